//! The columns of a table: how wide each is, and where its figures align.

use super::inline::Piece;
use super::layout::Layout;
use super::table::Cell;
use pulldown_cmark::Alignment;

/// What a cell or a column needs, in points.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    /// Its widest unbreakable stretch.
    pub least: f32,
    /// Its figures unbroken; the periods below them may wrap.
    pub figures: f32,
    /// Everything unbroken.
    pub most: f32,
}

impl Need {
    /// The same with something beside it, in points.
    fn beside(self, marks: f32) -> Need {
        Need { least: self.least + marks, figures: self.figures + marks, most: self.most + marks }
    }

    /// What serves both.
    fn or(self, other: Need) -> Need {
        Need {
            least: self.least.max(other.least),
            figures: self.figures.max(other.figures),
            most: self.most.max(other.most),
        }
    }
}

/// A column's place, in points.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Column {
    pub x: f32,
    pub width: f32,
    /// Kept free at the right for hanging note marks.
    pub marks: f32,
    /// The widest fraction, if the column's figures align on the decimal mark.
    pub fraction: Option<f32>,
}

/// What the columns of a table need, and what they keep free.
pub(super) fn needs(rows: &[Vec<Cell>], alignments: &[Alignment], count: usize) -> (Vec<Column>, Vec<Need>) {
    let mut columns = vec![Column::default(); count];
    let mut needs = vec![Need::default(); count];
    for (index, (column, need)) in columns.iter_mut().zip(&mut needs).enumerate() {
        let cells = || rows.iter().filter_map(|row| row.get(index));
        if alignments.get(index) == Some(&Alignment::Right) {
            column.marks = cells().map(|cell| cell.marks_width).fold(0.0, f32::max);
            let mut body = rows.iter().skip(1).filter_map(|row| row.get(index)).filter(|cell| !is_blank(cell));
            // Over a period set flush right, a figure set left of it would look lost: such columns stay flush.
            let is_plain = |cell: &Cell| cell.fraction.is_some() && cell.detail.is_empty();
            // A count and a share have no decimal mark in common.
            let of_one_kind = body.clone().all(is_share) || !body.clone().any(is_share);
            if body.clone().next().is_some() && body.clone().all(is_plain) && of_one_kind {
                column.fraction = Some(body.by_ref().filter_map(|cell| cell.fraction).fold(0.0, f32::max));
            }
        }
        for cell in cells() {
            // Marks that hang beside a column of figures are the column's; elsewhere they are part of their cell.
            let marks = if column.marks > 0.0 { 0.0 } else { cell.marks_width };
            let shift = shift(column, cell);
            // Rounding must not break a line that fits.
            let beside = marks + shift + 0.05;
            *need = need.or(Need {
                least: cell.need.least + beside,
                figures: cell.need.figures + beside,
                most: cell.need.most + beside,
            });
        }
    }
    (columns, needs)
}

/// Divides the measure among the columns; also tells whether every word fits.
pub(super) fn place(layout: &Layout, columns: &mut [Column], needs: &[Need], measure: f32) -> bool {
    let gaps = f32::from(u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX));
    let gutter = layout.cell_gutter.min(measure / (4.0 * gaps.max(1.0)));
    let needs: Vec<Need> = needs.iter().zip(columns.iter()).map(|(need, column)| need.beside(column.marks)).collect();
    let (widths, fits) = divide(&needs, measure - gutter * gaps);
    let mut x = 0.0;
    for (column, width) in columns.iter_mut().zip(widths) {
        (column.x, column.width) = (x, width);
        x += width + gutter;
    }
    fits
}

/// What tables of one form need together, so that their columns stand below each other through the document.
#[derive(Debug, Clone, Default)]
pub(super) struct Together {
    tables: usize,
    needs: Vec<Need>,
    marks: Vec<f32>,
}

impl Together {
    /// Adds what one more table needs.
    pub(super) fn add(&mut self, columns: &[Column], needs: &[Need]) {
        self.tables += 1;
        self.needs.resize(needs.len().max(self.needs.len()), Need::default());
        self.marks.resize(columns.len().max(self.marks.len()), 0.0);
        for (all, one) in self.needs.iter_mut().zip(needs) {
            *all = all.or(*one);
        }
        for (all, one) in self.marks.iter_mut().zip(columns) {
            *all = all.max(one.marks);
        }
    }

    /// Places a table's columns where those of the others are; `false` if there are no others, or not all words fit so.
    pub(super) fn place(&self, layout: &Layout, columns: &mut [Column], own: &[Need], measure: f32) -> bool {
        if self.tables < 2 || self.needs.len() != columns.len() {
            return false;
        }
        let mut aligned = columns.to_vec();
        for (column, marks) in aligned.iter_mut().zip(&self.marks) {
            column.marks = *marks;
        }
        let own_fits = place(layout, columns, own, measure);
        // No label wraps for the sake of another table's figures.
        let wraps = |columns: &[Column]| {
            columns.first().zip(own.first()).is_some_and(|(column, need)| column.width + 0.1 < need.most)
        };
        let fits =
            place(layout, &mut aligned, &self.needs, measure) && !(own_fits && wraps(&aligned) && !wraps(columns));
        if fits {
            columns.copy_from_slice(&aligned);
        }
        fits
    }
}

/// How far a figure is set left of the column's edge for its decimal mark to align, in points.
pub(super) fn shift(column: &Column, cell: &Cell) -> f32 {
    match (column.fraction, cell.fraction) {
        (Some(widest), Some(fraction)) if !cell.is_head => widest - fraction,
        _ => 0.0,
    }
}

/// A figure in percent.
fn is_share(cell: &Cell) -> bool {
    matches!(cell.main.last(), Some(Piece::Text(text)) if text.letters.trim_end().ends_with('%'))
}

/// A dash or nothing: it says that there is no number, and aligns with any.
fn is_blank(cell: &Cell) -> bool {
    cell.main.iter().all(|piece| match piece {
        Piece::Text(text) => matches!(text.letters.trim(), "" | "–" | "—" | "-" | "…"),
        Piece::LineBreak => true,
    })
}

/// Widths for columns, in points; also tells whether every word fits.
fn divide(needs: &[Need], available: f32) -> (Vec<f32>, bool) {
    if let [first, rest @ ..] = needs {
        let count = f32::from(u16::try_from(rest.len()).unwrap_or(u16::MAX));
        let widest = |width: fn(&Need) -> f32| rest.iter().map(width).fold(0.0, f32::max);
        for widest in [widest(|need| need.most), widest(|need| need.figures)] {
            if !rest.is_empty() && first.most + count * widest <= available {
                // Columns of figures are equally wide, so that the eye finds the same place in each.
                let spare = available - count * widest;
                let first = first.most.max(spare / (1.0 + count * 0.35)).min(spare);
                let equal = (available - first) / count;
                return (std::iter::once(first).chain(rest.iter().map(|_| equal)).collect(), true);
            }
        }
    }
    let least: f32 = needs.iter().map(|need| need.least).sum();
    let most: f32 = needs.iter().map(|need| need.most).sum();
    if most <= available {
        let share = available / most.max(1.0);
        return (needs.iter().map(|need| need.most * share).collect(), true);
    }
    if least > available {
        return (squeeze(needs, least, available), false);
    }
    (level(needs, available), true)
}

/// Less than the words need: the labels keep theirs, up to a part of the measure, and the figures share the rest.
fn squeeze(needs: &[Need], least: f32, available: f32) -> Vec<f32> {
    let labels = needs.first().map_or(0.0, |need| need.least.min(available * 0.3));
    let figures = least - needs.first().map_or(0.0, |need| need.least);
    let share = if figures > 0.0 { (available - labels) / figures } else { 1.0 };
    let figures = needs.iter().skip(1).map(|need| need.least * share);
    if needs.len() > 1 { std::iter::once(labels).chain(figures).collect() } else { vec![available; needs.len()] }
}

/// Gives narrow columns all that they need, and the wide ones equal parts of the rest.
fn level(needs: &[Need], available: f32) -> Vec<f32> {
    let mut widths: Vec<Option<f32>> = vec![None; needs.len()];
    loop {
        let taken: f32 = widths.iter().flatten().sum();
        let open = widths.iter().filter(|width| width.is_none()).count();
        let fair = (available - taken) / f32::from(u16::try_from(open.max(1)).unwrap_or(u16::MAX));
        let unsettled = || widths.iter().zip(needs).enumerate().filter(|(_, (width, _))| width.is_none());
        // First those that need more than their part: what is left must do for the others.
        let settled =
            unsettled().find(|(_, (_, need))| need.least > fair).map(|(index, (_, need))| (index, need.least)).or_else(
                || unsettled().find(|(_, (_, need))| need.most <= fair).map(|(index, (_, need))| (index, need.most)),
            );
        match settled {
            Some((index, width)) => widths[index] = Some(width),
            None => return widths.into_iter().map(|width| width.unwrap_or(fair)).collect(),
        }
    }
}
