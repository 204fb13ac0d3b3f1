//! Tables: columns as wide as they need, numbers aligned on the decimal mark, rows that are never cut.

use super::blocks::{Inline, Marks, Table};
use super::columns::{self, Column, Need};
use super::flow::{Strip, baseline, fill, placed};
use super::frame::{ElementId, FrameItem, Role, Scope};
use super::grid::{self, GridLines};
use super::inline::{Piece, pieces};
use super::layout::Layout;
use super::lines::Paragraph;
use super::parts::Words;
use super::style::{Align, ParagraphStyle, Weight};
use super::{Context, ROOT};
use crate::language::Language;
use pulldown_cmark::Alignment;

/// A cell, measured.
pub(super) struct Cell {
    /// The first line's pieces: the figure.
    pub main: Vec<Piece>,
    /// Note marks after the figure: they hang, so that figures stay aligned.
    pub marks: Vec<Piece>,
    /// What stands below, small: the period.
    pub detail: Vec<Piece>,
    /// The words of the three.
    words: [Words; 3],
    pub style: ParagraphStyle,
    /// The widths that it needs, without its marks.
    pub need: Need,
    pub marks_width: f32,
    /// The width from the decimal mark on, if the cell is a plain number.
    pub fraction: Option<f32>,
    pub is_empty: bool,
    pub is_head: bool,
}

/// The sizes that are tried, of the style sheet's, until the words of a crowded table fit their columns.
const SCALES: [f32; 3] = [1.0, 0.94, 0.88];

/// Measures tables on trial, those of one form together: tables of the same columns align with each other through the document.
pub(super) fn align<'b>(context: &mut Context<'_>, tables: impl Iterator<Item = &'b Table>) {
    let elements = context.structure.len();
    let referenced = context.referenced.clone();
    for table in tables {
        let rows = set_rows(context, table, ROOT, Vec::new());
        let (columns, needs) = columns::needs(&rows, &table.alignments, count(&rows));
        let words = rows.into_iter().flatten().map(|cell| cell.words).collect();
        context.tables_measured.insert(std::ptr::from_ref(table), words);
        context.tables_together.entry(form(table)).or_default().add(&columns, &needs);
        context.structure.truncate(elements);
        context.referenced.clone_from(&referenced);
    }
}

/// What tables have in common that align: the alignment of each column.
fn form(table: &Table) -> Vec<u8> {
    table.alignments.iter().map(|alignment| *alignment as u8).collect()
}

fn count(rows: &[Vec<Cell>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0)
}

/// Sets the cells of a table, whose words may have been measured before.
fn set_rows(context: &mut Context<'_>, table: &Table, element: ElementId, measured: Vec<[Words; 3]>) -> Vec<Vec<Cell>> {
    let mut measured = measured.into_iter();
    let layout = context.layout;
    let has_strong = table.head.iter().flatten().any(is_strong);
    let mut head_style = layout.header_cell;
    if has_strong && layout.grid.is_none() {
        // The header marks one column as the subject: the others step back.
        head_style.text.cut.weight = Weight::Regular;
    }
    let head_element = context.element(Role::TableHead, element);
    let mut rows = vec![set_row(context, &table.head, head_element, head_style, RowKind::Head, &mut measured)];
    let body_element = context.element(Role::TableBody, element);
    let is_grouped = table.rows.iter().any(|row| row.len() > 2 && row.first().is_some_and(Vec::is_empty));
    let kind = if is_grouped { RowKind::Grouped } else { RowKind::Body };
    for row in &table.rows {
        rows.push(set_row(context, row, body_element, layout.cell, kind, &mut measured));
    }
    rows
}

/// Places the columns: where those of the other tables of its form are, else as wide as they need, in a smaller size where they are
/// crowded.
fn place_columns(context: &mut Context<'_>, table: &Table, rows: &mut [Vec<Cell>], measure: f32) -> Vec<Column> {
    let layout = context.layout;
    let (mut columns, mut needs) = columns::needs(rows, &table.alignments, count(rows));
    if let Some(together) = context.tables_together.get(&form(table))
        && together.place(layout, &mut columns, &needs, measure)
    {
        return columns;
    }
    let mut scale = 1.0;
    for candidate in SCALES {
        if candidate < scale {
            rescale(context, rows, candidate / scale);
            scale = candidate;
            (columns, needs) = columns::needs(rows, &table.alignments, count(rows));
        }
        if columns::place(layout, &mut columns, &needs, measure) {
            break;
        }
    }
    columns
}

/// Sets a table at a measure in points: its header as one strip, then a strip a row.
pub(super) fn set(context: &mut Context<'_>, table: &Table, measure: f32, parent: ElementId) -> Vec<Strip> {
    let layout = context.layout;
    let element = context.element(Role::Table, parent);
    let id = context.table_heads.len();
    context.table_heads.push(None);
    let measured = context.tables_measured.remove(&std::ptr::from_ref(table)).unwrap_or_default();
    let mut rows = set_rows(context, table, element, measured);
    let columns = place_columns(context, table, &mut rows, grid::inner_measure(layout, measure));
    let grid = GridLines::new(layout, &columns, measure);
    let mut strips = Vec::new();
    let last = rows.len() - 1;
    for (index, row) in rows.iter().enumerate() {
        let mut set = row_strips(context, row, &columns, &table.alignments, index == 0);
        if let Some(grid) = &grid {
            let next = rows.get(index + 1).and_then(|next| next.first());
            let goes_on = index > 0 && next.is_some_and(|cell| cell.is_empty);
            grid.draw(&mut set, layout, index == 0, row.iter().all(|cell| cell.is_empty), goes_on);
        } else if index == 0 {
            rule_head(layout, &mut set, measure, row.iter().all(|cell| cell.is_empty));
        }
        if index == 0 {
            context.table_heads[id] = set.first().filter(|head| head.height < layout.text_height() / 3.0).cloned();
        } else {
            for strip in &mut set {
                strip.table = Some(id);
            }
        }
        if let Some(strip) = set.last_mut() {
            // Neither the first row nor the last one stands alone with a page break.
            strip.keep = index == 0 || (last > 1 && (index == 1 || index + 1 == last));
            if index == last {
                if grid.is_none() {
                    strip.items.push(fill(0.0, strip.height, measure, layout.rule, layout.accent));
                    strip.height += layout.rule;
                }
                strip.keep = false;
            }
        }
        strips.append(&mut set);
    }
    let whole: f32 = strips.iter().map(|strip| strip.above + strip.height).sum();
    if whole <= layout.text_height() * layout.whole_table
        && let Some((_, rows)) = strips.split_last_mut()
    {
        for strip in rows {
            strip.whole = true;
        }
    }
    strips
}

fn is_strong(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { marks: Marks { strong: true, .. }, .. })
}

fn rule_head(layout: &Layout, strips: &mut [Strip], measure: f32, is_empty: bool) {
    let Some(strip) = strips.first_mut() else { return };
    if is_empty {
        strip.items.clear();
        strip.height = 0.0;
    } else {
        strip.items.push(fill(0.0, strip.height, measure, layout.thin_rule, layout.accent));
        strip.height += layout.thin_rule;
    }
    strip.items.iter_mut().for_each(|item| item.shift(0.0, layout.rule));
    strip.height += layout.rule;
    strip.items.insert(0, fill(0.0, 0.0, measure, layout.rule, layout.accent));
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Head,
    Body,
    /// Of a table whose first column says a name once for several rows: what stands beside it heads each of them.
    Grouped,
}

fn set_row(
    context: &mut Context<'_>,
    cells: &[Vec<Inline>],
    parent: ElementId,
    style: ParagraphStyle,
    kind: RowKind,
    measured: &mut impl Iterator<Item = [Words; 3]>,
) -> Vec<Cell> {
    let row = context.element(Role::Row, parent);
    let cells = cells.iter().enumerate().map(|(column, inlines)| {
        let role = match (kind, column) {
            (RowKind::Head, _) => Role::HeaderCell(Scope::Column),
            (_, 0) | (RowKind::Grouped, 1) => Role::HeaderCell(Scope::Row),
            _ => Role::Cell,
        };
        let element = context.element(role, row);
        let mut cell = set_cell(context, inlines, style, element, measured.next());
        // A year at the head of a column is a name, not one of its numbers.
        cell.is_head = kind == RowKind::Head;
        cell
    });
    cells.collect()
}

fn set_cell(
    context: &mut Context<'_>,
    inlines: &[Inline],
    style: ParagraphStyle,
    element: ElementId,
    measured: Option<[Words; 3]>,
) -> Cell {
    let layout = context.layout;
    let cut = inlines.iter().position(|inline| *inline == Inline::LineBreak).unwrap_or(inlines.len());
    let (main, detail) = inlines.split_at(cut);
    let hanging = main.iter().rev().take_while(|inline| is_mark(inline)).count();
    let (main, marks) = main.split_at(main.len() - hanging);
    let detail_style = layout.cell_detail.text;
    let mut cell = Cell {
        main: pieces(context, main, style.text, element),
        marks: pieces(context, marks, style.text, element),
        detail: pieces(context, detail.get(1..).unwrap_or_default(), detail_style, element),
        words: <[Words; 3]>::default(),
        style,
        need: Need::default(),
        marks_width: 0.0,
        fraction: None,
        is_empty: inlines.is_empty(),
        is_head: false,
    };
    measure_cell(context, &mut cell, measured);
    cell
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::NoteMark(_) | Inline::Text { marks: Marks { superscript: true, .. }, .. })
}

fn measure_cell(context: &mut Context<'_>, cell: &mut Cell, measured: Option<[Words; 3]>) {
    let pieces = [&cell.main, &cell.marks, &cell.detail];
    cell.words = measured.unwrap_or_else(|| pieces.map(|pieces| Words::new(context, pieces)));
    let [main, marks, detail] = cell.words.each_ref().map(Words::extremes);
    cell.marks_width = marks.1;
    let least = main.0.max(detail.0);
    cell.need = Need { least, figures: main.1.max(least), most: main.1.max(detail.1) };
    cell.fraction = fraction(context, &cell.main);
}

/// The width of a plain number from its decimal mark on, in points; `None` for anything else.
fn fraction(context: &mut Context<'_>, pieces: &[Piece]) -> Option<f32> {
    let [Piece::Text(text)] = pieces else { return None };
    let number = text.letters.trim().trim_start_matches(['-', '\u{2212}', '+']);
    let (mark, group) = match context.language {
        Language::En => ('.', ','),
        Language::Vi => (',', '.'),
    };
    let is_number = number.starts_with(|digit: char| digit.is_ascii_digit())
        && number.chars().all(|letter| letter.is_ascii_digit() || letter == mark || letter == group || letter == '%');
    if !is_number {
        return None;
    }
    let tail = number.find([mark, '%']).map_or("", |start| &number[start..]);
    Some(context.words.width(tail, text.style.cut) * text.style.size)
}

fn rescale(context: &mut Context<'_>, rows: &mut [Vec<Cell>], factor: f32) {
    for cell in rows.iter_mut().flatten() {
        cell.style.leading *= factor;
        cell.style.text.size *= factor;
        for piece in cell.main.iter_mut().chain(&mut cell.marks).chain(&mut cell.detail) {
            if let Piece::Text(text) = piece {
                text.style.size *= factor;
                text.style.rise *= factor;
            }
        }
        measure_cell(context, cell, None);
    }
}

/// A row as one strip; as a strip a line if the row is deeper than a page.
fn row_strips(
    context: &mut Context<'_>,
    row: &[Cell],
    columns: &[Column],
    alignments: &[Alignment],
    is_head: bool,
) -> Vec<Strip> {
    let layout = context.layout;
    let mut cells: Vec<Vec<(f32, Vec<FrameItem>)>> = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        let Some(column) = columns.get(index) else { continue };
        let align = match alignments.get(index) {
            Some(Alignment::Right) => Align::Right,
            Some(Alignment::Center) => Align::Centre,
            _ => Align::Left,
        };
        cells.push(cell_lines(context, cell, *column, align));
    }
    let depth = |lines: &[(f32, Vec<FrameItem>)]| lines.iter().map(|(height, _)| height).sum::<f32>();
    let deepest = cells.iter().map(|lines| depth(lines)).fold(0.0, f32::max);
    if deepest > layout.text_height() * 0.6 {
        return line_strips(cells);
    }
    let mut strip = Strip { height: deepest + 2.0 * layout.cell_padding, ..Strip::default() };
    for lines in cells {
        // Headers stand on the rule below them; figures hang from the row's top.
        let mut down = layout.cell_padding + if is_head { deepest - depth(&lines) } else { 0.0 };
        for (height, mut items) in lines {
            for item in &mut items {
                item.shift(0.0, down);
            }
            strip.items.append(&mut items);
            down += height;
        }
    }
    vec![strip]
}

fn line_strips(cells: Vec<Vec<(f32, Vec<FrameItem>)>>) -> Vec<Strip> {
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut strips = vec![Strip::default(); count];
    for lines in cells {
        for (strip, (height, mut items)) in strips.iter_mut().zip(lines) {
            strip.height = strip.height.max(height);
            strip.items.append(&mut items);
        }
    }
    strips
}

/// A cell's lines, each with its height, placed from the row's left edge and the line's top.
fn cell_lines(context: &mut Context<'_>, cell: &Cell, column: Column, align: Align) -> Vec<(f32, Vec<FrameItem>)> {
    let layout = context.layout;
    let style = ParagraphStyle { align, ..cell.style };
    let shift = columns::shift(&column, cell);
    let marks_width = if align == Align::Right { column.marks } else { cell.marks_width };
    let measure = (column.width - marks_width - shift).max(1.0);
    let [main, marks, detail] = &cell.words;
    let mut lines = Vec::new();
    if !cell.main.is_empty() {
        for line in Paragraph::measured(&cell.main, main).lines(context, measure, &style) {
            let width = line.width;
            lines.push((style.leading, width, placed(line, column.x, baseline(&style))));
        }
    }
    if !cell.marks.is_empty() {
        if lines.is_empty() {
            lines.push((style.leading, 0.0, Vec::new()));
        }
        if let Some((_, width, items)) = lines.last_mut() {
            let x = match align {
                Align::Right => measure,
                Align::Centre => f32::midpoint(measure, *width),
                Align::Left | Align::Justified => *width,
            };
            let plain = ParagraphStyle { align: Align::Left, ..style };
            for line in Paragraph::measured(&cell.marks, marks).lines(context, f32::MAX, &plain) {
                items.append(&mut placed(line, column.x + x, baseline(&style)));
            }
        }
    }
    if !cell.detail.is_empty() {
        let scale = cell.style.text.size / layout.cell.text.size;
        let leading = layout.cell_detail.leading * scale;
        let style = ParagraphStyle { leading, align, ..layout.cell_detail };
        let measure = (column.width - if align == Align::Right { column.marks } else { 0.0 }).max(1.0);
        for line in Paragraph::measured(&cell.detail, detail).lines(context, measure, &style) {
            lines.push((leading, 0.0, placed(line, column.x, baseline(&style))));
        }
    }
    lines.into_iter().map(|(height, _, items)| (height, items)).collect()
}
