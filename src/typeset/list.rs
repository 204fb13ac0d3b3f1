//! Lists and notes: markers with blocks hanging beside them.

use super::Context;
use super::blocks::{Block, List, Note};
use super::flow::{Flow, Strip, baseline, indent, placed, set};
use super::frame::{ElementId, FrameItem, LinkTarget, Role};
use super::inline::{Piece, Text, note_anchor, reference_anchor};
use super::layout::{Layout, Lists};
use super::lines::Paragraph;
use super::run_in;
use super::style::{Align, ParagraphStyle, Weight};
use crate::language::Language;

/// A list's text hangs in, as long as that leaves room for it.
pub(super) fn hang(layout: &Layout, measure: f32, indent: f32) -> f32 {
    if measure - indent < layout.narrowest_measure { 0.0 } else { indent }
}

pub(super) fn set_list(context: &mut Context<'_>, list: &List, flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    if layout.lists == Lists::RunIn {
        return run_in::set_list(context, list, flow);
    }
    let element = context.element(Role::List, flow.parent);
    let mut style = flow.body;
    style.align = Align::Left;
    if list.points {
        style.text.colour = layout.accent;
        style.text.cut.weight = Weight::Semibold;
    }
    let markers: Vec<String> =
        list.items.iter().enumerate().map(|(index, item)| marker(list, index, item.task)).collect();
    let mut width = 0.0_f32;
    for marker in &markers {
        width = width.max(context.words.width(marker, style.text.cut) * style.text.size);
    }
    let wanted = (width + style.text.size * 0.55).max(layout.list_indent);
    let indent = if list.items.is_empty() { 0.0 } else { hang(layout, flow.measure, wanted) };
    let space = if list.tight && !list.points { layout.tight_item_space } else { layout.item_space };
    let mut strips: Vec<Strip> = Vec::new();
    let mut ends = Vec::new();
    for (item, marker) in list.items.iter().zip(&markers) {
        let owner = context.element(Role::Item, element);
        let label = context.element(Role::Label, owner);
        let text = Text::plain(marker, style.text, label);
        let inner = Flow { parent: element, tight: list.tight, ..flow };
        let mut set = hanging(context, text, &item.blocks, owner, indent, inner);
        if let (Some(first), false) = (set.first_mut(), strips.is_empty()) {
            first.above = space;
        }
        strips.append(&mut set);
        ends.push(strips.len().saturating_sub(1));
    }
    // No item of three or more stands alone before or after a page break.
    if let [first, .., before_last, _] = ends.as_slice() {
        for end in [*first, *before_last] {
            if let Some(strip) = strips.get_mut(end) {
                strip.keep = true;
            }
        }
    }
    strips
}

/// What stands before an item of a list.
pub(super) fn marker(list: &List, index: usize, task: Option<bool>) -> String {
    match (task, list.start) {
        (Some(true), _) => "☑".to_owned(),
        (Some(false), _) => "☐".to_owned(),
        (None, None) => "•".to_owned(),
        (None, Some(start)) => {
            let number = start.saturating_add(u64::try_from(index).unwrap_or(u64::MAX));
            if list.points { number.to_string() } else { format!("{number}.") }
        }
    }
}

/// A marker with blocks hanging beside it; short ones stay on one page.
fn hanging(
    context: &mut Context<'_>,
    marker: Text,
    blocks: &[Block],
    owner: ElementId,
    indent_by: f32,
    flow: Flow,
) -> Vec<Strip> {
    let body = context.element(Role::ItemBody, owner);
    let style = ParagraphStyle { text: marker.style, align: Align::Left, ..flow.body };
    let pieces = [Piece::Text(marker)];
    let label = Paragraph::new(context, &pieces).lines(context, flow.measure, &style);
    let inner = Flow { parent: body, measure: flow.measure - indent_by, ..flow };
    let mut strips = set(context, blocks, inner);
    indent(context, &mut strips, indent_by);
    if strips.is_empty() || indent_by == 0.0 {
        strips.insert(0, Strip { height: style.leading, keep: !strips.is_empty(), ..Strip::default() });
    }
    if let Some(first) = strips.first_mut() {
        let mut items: Vec<FrameItem> =
            label.into_iter().flat_map(|line| placed(line, 0.0, baseline(&flow.body))).collect();
        items.append(&mut first.items);
        first.items = items;
    }
    let last = strips.len() - 1;
    if last < 4 {
        strips[..last].iter_mut().for_each(|strip| strip.keep = true);
    }
    strips
}

pub(super) fn set_notes(context: &mut Context<'_>, notes: &[Note], flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let mut style = layout.note.text;
    style.colour = layout.accent;
    let mut width = 0.0_f32;
    for note in notes {
        width = width.max(context.words.width(&note.label, style.cut) * style.size);
    }
    let indent = hang(layout, flow.measure, (width + 7.0).max(layout.list_indent));
    let mut strips: Vec<Strip> = Vec::new();
    for note in notes {
        let owner = context.element(Role::Note, flow.parent);
        let label = context.element(Role::Label, owner);
        let mut marker = Text::plain(&note.label, style, label);
        if context.referenced.contains(&note.label) {
            marker.target = Some(LinkTarget::Anchor(reference_anchor(&note.label)));
            marker.spoken = Some(match context.language {
                Language::En => format!("Back to the text, note {}", note.label),
                Language::Vi => format!("Trở lại nội dung, chú thích {}", note.label),
            });
            marker.element = context.element(Role::Link, label);
        }
        marker.anchor = Some(note_anchor(&note.label));
        let mut set = hanging(context, marker, &note.blocks, owner, indent, Flow { body: layout.note, ..flow });
        if let (Some(first), false) = (set.first_mut(), strips.is_empty()) {
            first.above = layout.tight_item_space;
        }
        strips.append(&mut set);
    }
    strips
}
