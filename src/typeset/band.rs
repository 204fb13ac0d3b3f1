//! The band of key figures: a table set as large figures on a tinted panel.

use super::Context;
use super::blocks::{Inline, Marks, Table};
use super::flow::{Strip, placed};
use super::frame::{Area, ElementId, Fill, FrameItem, Role};
use super::inline::{Piece, pieces};
use super::lines::Paragraph;
use super::style::{self, ParagraphStyle};

/// More columns than this make a second row.
const MOST_COLUMNS: usize = 6;

/// Sets the band at a measure in points, a strip for each row of columns.
pub(super) fn key_figures(context: &mut Context<'_>, table: &Table, measure: f32, parent: ElementId) -> Vec<Strip> {
    let count = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
    let element = context.element(Role::List, parent);
    let rows = count.div_ceil(MOST_COLUMNS).max(1);
    let in_a_row = count.div_ceil(rows).max(1);
    let mut strips = Vec::new();
    for start in (0..count).step_by(in_a_row) {
        let columns = start..(start + in_a_row).min(count);
        let strip = panel(context, table, columns, in_a_row, measure, element);
        strips.push(Strip { above: if start > 0 { style::PARAGRAPH_SPACE } else { 0.0 }, ..strip });
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
    let count = f32::from(u16::try_from(in_a_row).unwrap_or(u16::MAX));
    let gutters = style::PANEL_GUTTER * (count - 1.0);
    let width = ((measure - 2.0 * style::PANEL_PADDING - gutters) / count).max(1.0);
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
    let size = figure_size(context, &cells, width);
    let mut figures = Vec::new();
    let mut figure_height = 0.0_f32;
    for (_, pieces) in &cells {
        let lines = figure_lines(context, pieces, size, width);
        figure_height = figure_height.max(lines.1);
        figures.push(lines.0);
    }
    let mut depth = 0.0_f32;
    let mut x = style::PANEL_PADDING;
    for ((column, (body, _)), figure) in columns.zip(&cells).zip(figures) {
        items.extend(figure.into_iter().map(|mut item| {
            item.shift(x, style::PANEL_PADDING);
            item
        }));
        let mut down = style::PANEL_PADDING + figure_height;
        for (index, row) in table.rows.iter().enumerate() {
            let Some(inlines) = row.get(column).filter(|inlines| !inlines.is_empty()) else { continue };
            let style = if index == 0 { style::KEY_LABEL } else { style::KEY_DETAIL };
            let element = context.element(Role::Paragraph, *body);
            let pieces = pieces(context, inlines, style.text, element);
            for line in Paragraph::new(context, &pieces).lines(context, width, &style) {
                items.append(&mut placed(line, x, down + super::flow::baseline(&style)));
                down += style.leading;
            }
        }
        depth = depth.max(down);
        x += width + style::PANEL_GUTTER;
    }
    let height = depth + style::PANEL_PADDING - 2.0;
    let area = Area { x: 0.0, y: 0.0, width: measure, height };
    items.insert(0, FrameItem::Fill(Fill { area, colour: style::TINT, radius: style::PANEL_RADIUS }));
    Strip { height, items, ..Strip::default() }
}

/// The header cell's pieces: what is strong is the figure, the rest its hedge and unit.
fn figure_pieces(context: &mut Context<'_>, inlines: &[Inline], element: ElementId) -> Vec<Piece> {
    let is_strong = |inline: &Inline| matches!(inline, Inline::Text { marks: Marks { strong: true, .. }, .. });
    let mut all = Vec::new();
    for part in inlines.chunk_by(|a, b| is_strong(a) == is_strong(b)) {
        let base = if part.iter().any(is_strong) { style::KEY_FIGURE.text } else { style::KEY_UNIT.text };
        all.append(&mut pieces(context, part, base, element));
    }
    all
}

fn is_large(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text) if text.style.size > style::KEY_UNIT.text.size)
}

/// The largest size at which every figure stands on one line with its unit, or the smallest allowed.
fn figure_size(context: &mut Context<'_>, cells: &[(ElementId, Vec<Piece>)], width: f32) -> f32 {
    let mut size = style::KEY_FIGURE.text.size;
    for (_, pieces) in cells {
        let (large, small): (Vec<Piece>, Vec<Piece>) = pieces.iter().cloned().partition(is_large);
        let large = Paragraph::new(context, &large).extremes(context).1;
        let small = Paragraph::new(context, &small).extremes(context).1;
        if large > 0.0 {
            let fitting = style::KEY_FIGURE.text.size * (width - small - 0.1) / large;
            let alone = style::KEY_FIGURE.text.size * (width - 0.1) / large;
            size = size.min(fitting.max(style::KEY_FIGURE_SMALLEST.min(alone)));
        }
    }
    size
}

/// A figure's lines, and their height in points.
fn figure_lines(context: &mut Context<'_>, pieces: &[Piece], size: f32, width: f32) -> (Vec<FrameItem>, f32) {
    let mut pieces = pieces.to_vec();
    for piece in &mut pieces {
        if let Piece::Text(text) = piece {
            if text.style.size > style::KEY_UNIT.text.size {
                text.style.size = size;
            }
        }
    }
    let style = ParagraphStyle { text: style::KEY_UNIT.text, ..style::KEY_FIGURE };
    let mut items = Vec::new();
    // All figures of the band share a baseline, whatever stands beside them.
    let mut down = style::KEY_FIGURE.leading * 0.78;
    let mut height = style::KEY_FIGURE.leading;
    for (index, line) in Paragraph::new(context, &pieces).lines(context, width, &style).into_iter().enumerate() {
        if index > 0 {
            let is_figure = line.items.iter().any(|item| matches!(item, FrameItem::Text(run) if run.size > 10.0));
            let leading = if is_figure { style::KEY_FIGURE.leading } else { style::KEY_UNIT.leading };
            down += leading;
            height += leading;
        }
        items.append(&mut placed(line, 0.0, down));
    }
    (items, height)
}
