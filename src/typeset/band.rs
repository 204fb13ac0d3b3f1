//! The band of key figures: a table set as large figures on a tinted panel.

use super::Context;
use super::blocks::{Inline, Marks, Table};
use super::flow::{Strip, placed};
use super::frame::{Area, ElementId, Fill, FrameItem, Role};
use super::inline::{Piece, pieces};
use super::layout::Layout;
use super::line::Line;
use super::lines::Paragraph;
use super::style::{Figures, ParagraphStyle};

/// More columns than this make a second row.
const MOST_COLUMNS: usize = 6;

/// Sets the band at a measure in points, a strip for each row of columns.
pub(super) fn key_figures(context: &mut Context<'_>, table: &Table, measure: f32, parent: ElementId) -> Vec<Strip> {
    let layout = context.layout;
    let count = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
    let element = context.element(Role::List, parent);
    let rows = count.div_ceil(MOST_COLUMNS).max(1);
    let in_a_row = count.div_ceil(rows).max(1);
    let mut strips = Vec::new();
    for start in (0..count).step_by(in_a_row) {
        let columns = start..(start + in_a_row).min(count);
        let strip = panel(context, table, columns, in_a_row, measure, element);
        strips.push(Strip { above: if start > 0 { layout.paragraph_space } else { 0.0 }, ..strip });
    }
    strips
}

fn panel(
    context: &mut Context<'_>,
    table: &Table,
    columns: std::ops::Range<usize>,
    in_a_row: usize,
    measure: f32,
    parent: ElementId,
) -> Strip {
    let layout = context.layout;
    let count = f32::from(u16::try_from(in_a_row).unwrap_or(u16::MAX));
    let gutters = layout.panel_gutter * (count - 1.0);
    let width = ((measure - 2.0 * layout.panel_padding - gutters) / count).max(1.0);
    let mut items = Vec::new();
    let cells: Vec<(ElementId, Vec<Piece>)> = columns
        .clone()
        .map(|column| {
            let item = context.element(Role::Item, parent);
            let body = context.element(Role::ItemBody, item);
            let figure = context.element(Role::Paragraph, body);
            let empty = Vec::new();
            (body, figure_pieces(context, table.head.get(column).unwrap_or(&empty), figure))
        })
        .collect();
    let sizes = sizes(context, &cells, width);
    let mut figures = Vec::new();
    let mut figure_height = 0.0_f32;
    for (_, pieces) in &cells {
        let lines = figure_lines(context, pieces, sizes, width);
        figure_height = figure_height.max(lines.1);
        figures.push(lines.0);
    }
    // A row's lines start on one height in all columns: labels, periods and trends are read across. What is said of one figure is
    // still read together: a column after the other.
    let mut details: Vec<Vec<Vec<Line>>> = Vec::new();
    for (column, (body, _)) in columns.zip(&cells) {
        let mut of_column = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let style = detail_style(layout, index);
            let mut lines = Vec::new();
            if let Some(inlines) = row.get(column).filter(|inlines| !inlines.is_empty()) {
                let element = context.element(Role::Paragraph, *body);
                let pieces = pieces(context, inlines, style.text, element);
                lines = Paragraph::new(context, &pieces).lines(context, width, &style);
            }
            of_column.push(lines);
        }
        details.push(of_column);
    }
    let mut tops = vec![layout.panel_padding + figure_height];
    for index in 0..table.rows.len() {
        let lines = details.iter().filter_map(|column| column.get(index)).map(Vec::len).max().unwrap_or(0);
        let lines = f32::from(u16::try_from(lines).unwrap_or(u16::MAX));
        let top = tops.last().copied().unwrap_or_default();
        tops.push(top + lines * detail_style(layout, index).leading);
    }
    let depth = tops.last().copied().unwrap_or_default();
    for (place, (figure, details)) in figures.into_iter().zip(details).enumerate() {
        let x = column_left(layout, place, width);
        items.extend(figure.into_iter().map(|mut item| {
            item.shift(x, layout.panel_padding);
            item
        }));
        for (index, (lines, top)) in details.into_iter().zip(&tops).enumerate() {
            let style = detail_style(layout, index);
            let mut down = top + super::flow::baseline(&style);
            for line in lines {
                items.append(&mut placed(line, x, down));
                down += style.leading;
            }
        }
    }
    let height = depth + layout.panel_padding - 3.0;
    let area = Area { x: 0.0, y: 0.0, width: measure, height };
    items.insert(0, FrameItem::Fill(Fill { area, colour: layout.tint, radius: layout.panel_radius }));
    Strip { height, items, ..Strip::default() }
}

/// A row below the figures: first the labels, then what is said of them.
fn detail_style(layout: &Layout, index: usize) -> ParagraphStyle {
    if index == 0 { layout.key_label } else { layout.key_detail }
}

/// The left edge of a column of the panel, in points.
fn column_left(layout: &Layout, index: usize, width: f32) -> f32 {
    layout.panel_padding + f32::from(u16::try_from(index).unwrap_or(u16::MAX)) * (width + layout.panel_gutter)
}

/// The header cell's pieces: what is strong is the figure, the rest its hedge and unit.
fn figure_pieces(context: &mut Context<'_>, inlines: &[Inline], element: ElementId) -> Vec<Piece> {
    let layout = context.layout;
    let is_strong = |inline: &Inline| matches!(inline, Inline::Text { marks: Marks { strong: true, .. }, .. });
    let mut all = Vec::new();
    for part in inlines.chunk_by(|a, b| is_strong(a) == is_strong(b)) {
        let base = if part.iter().any(is_strong) { layout.key_figure.text } else { layout.key_unit.text };
        all.append(&mut pieces(context, part, base, element));
    }
    all
}

fn is_large(layout: &Layout, piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text) if text.style.size > layout.key_unit.text.size)
}

/// How a band's figures and units are set.
#[derive(Clone, Copy)]
struct Sizes {
    /// In points.
    figure: f32,
    /// To the style sheet's size.
    unit: f32,
    /// Units stand below their figures: beside them, the figures would have to be small.
    stacked: bool,
}

/// The largest sizes at which every figure stands on one line with its unit, or else above it.
fn sizes(context: &mut Context<'_>, cells: &[(ElementId, Vec<Piece>)], width: f32) -> Sizes {
    let layout = context.layout;
    let full = layout.key_figure.text.size;
    let room = width - 0.1;
    let mut sizes = Sizes { figure: full, unit: 1.0, stacked: false };
    let mut alone = full;
    for (_, pieces) in cells {
        let (large, small) = widths(context, pieces);
        let (above, _) = pieces.split_at(unit_start(layout, pieces));
        let (_, hedge) = widths(context, above);
        if large > 0.0 {
            let beside = (room - small) / large;
            if beside < layout.key_figure_smallest && small > 0.0 {
                let unit = (room - large * layout.key_figure_smallest) / small;
                sizes.stacked |= unit < layout.key_unit_smallest;
                sizes.unit = sizes.unit.min(unit);
            }
            sizes.figure = sizes.figure.min(beside.max(layout.key_figure_smallest));
            alone = alone.min(((room - hedge) / large).max(room / large / 2.0));
        }
    }
    if sizes.stacked {
        Sizes { figure: alone, unit: 1.0, stacked: true }
    } else {
        Sizes { figure: sizes.figure.min(alone), ..sizes }
    }
}

/// The width of the large pieces, in ems of their size, and that of the small ones, in points.
fn widths(context: &mut Context<'_>, pieces: &[Piece]) -> (f32, f32) {
    let layout = context.layout;
    let (mut large, mut small) = (0.0, 0.0);
    for piece in pieces {
        let width = Paragraph::new(context, std::slice::from_ref(piece)).extremes().1;
        *(if is_large(layout, piece) { &mut large } else { &mut small }) += width;
    }
    (large / layout.key_figure.text.size, small)
}

/// Where the unit starts: after the last large piece and what is written close to it, such as note marks.
fn unit_start(layout: &Layout, pieces: &[Piece]) -> usize {
    let after = pieces.iter().rposition(|piece| is_large(layout, piece)).map_or(0, |last| last + 1);
    let is_attached = |piece: &&Piece| match piece {
        Piece::Text(text) => is_mark(piece) || !text.letters.starts_with(char::is_whitespace),
        Piece::LineBreak => false,
    };
    after + pieces[after..].iter().take_while(is_attached).count()
}

fn is_mark(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text) if text.style.cut.figures == Figures::Superior || text.style.rise > 0.0)
}

/// A figure's lines, and their height in points.
fn figure_lines(context: &mut Context<'_>, pieces: &[Piece], sizes: Sizes, width: f32) -> (Vec<FrameItem>, f32) {
    let layout = context.layout;
    let mut pieces = pieces.to_vec();
    let unit = unit_start(layout, &pieces);
    let mut beside_figure = false;
    for piece in &mut pieces {
        let (large, mark) = (is_large(layout, piece), is_mark(piece));
        if let Piece::Text(text) = piece {
            text.style.size = if large { sizes.figure } else { text.style.size * sizes.unit };
            beside_figure = large || (mark && beside_figure);
            if mark && beside_figure {
                // A note mark beside a large figure stands as high as the figure.
                text.style.rise += (sizes.figure - layout.key_unit.text.size * sizes.unit) * FIGURE_HEIGHT * 0.9;
            }
        }
    }
    if sizes.stacked && unit > 0 && unit < pieces.len() {
        pieces.insert(unit, Piece::LineBreak);
    }
    let style = ParagraphStyle { text: layout.key_unit.text, ..layout.key_figure };
    let mut items = Vec::new();
    // All figures of the band share a baseline, with their heads at the panel's padding.
    let mut down = sizes.figure * FIGURE_HEIGHT;
    let mut height = down + BELOW_FIGURE;
    for (index, line) in Paragraph::new(context, &pieces).lines(context, width, &style).into_iter().enumerate() {
        if index > 0 {
            let is_figure =
                |item: &FrameItem| matches!(item, FrameItem::Text(run) if run.size > layout.key_unit.text.size);
            let leading = if line.items.iter().any(is_figure) { sizes.figure * 1.1 } else { layout.key_unit.leading };
            down += leading;
            height += leading;
        }
        items.append(&mut placed(line, 0.0, down));
    }
    (items, height)
}

/// How high a figure stands, in ems.
const FIGURE_HEIGHT: f32 = 0.66;
/// From the figures' baseline to the label's line, in points.
const BELOW_FIGURE: f32 = 4.0;
