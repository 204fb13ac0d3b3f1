//! Blocks to strips: the horizontal slices of which pages are made.

use super::blocks::{self, Block, Inline, List, Note};
use super::frame::{Area, Bookmark, ElementId, Fill, FrameItem, LinkTarget, Role};
use super::front_matter::FrontMatter;
use super::inline::{self, Piece, Text, note_anchor, pieces, reference_anchor};
use super::line::Line;
use super::lines::Paragraph;
use super::style::{self, Align, Colour, ParagraphStyle};
use super::{Context, ROOT, band, figure, table};
use crate::language::Language;
use std::collections::BTreeSet;

/// A slice of the text block that no page break cuts. Its items are placed from its top left corner.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip {
    /// Space above it, in points, dropped at the top of a page.
    pub above: f32,
    /// In points.
    pub height: f32,
    pub items: Vec<FrameItem>,
    /// No page break may follow it.
    pub keep: bool,
    /// The table it is a body row of.
    pub table: Option<usize>,
}

/// How text flows in a container: its paragraphs' style.
#[derive(Clone, Copy)]
struct Flow {
    body: ParagraphStyle,
    parent: ElementId,
    measure: f32,
    /// Within a tight list.
    tight: bool,
}

/// The document's blocks, without the title where the first heading repeats it.
pub(super) fn body(context: &mut Context<'_>, metadata: &FrontMatter, blocks: &[Block]) -> Vec<Strip> {
    let blocks = without_title(metadata, blocks);
    let flow = Flow { body: style::BODY, parent: ROOT, measure: style::TEXT_WIDTH, tight: false };
    let mut strips = set(context, blocks, flow);
    if let (Some(first), Some(Block::Heading { level, .. })) = (strips.first_mut(), blocks.first()) {
        // The title block brings half of a heading's distance itself.
        first.above = style::heading(*level).1 / 2.0;
    }
    strips
}

/// The blocks after the first heading, where that repeats the title block.
pub(super) fn without_title<'a>(metadata: &FrontMatter, blocks: &'a [Block]) -> &'a [Block] {
    match (&metadata.title, blocks) {
        (Some(title), [Block::Heading { level: 1, inlines }, rest @ ..])
            if blocks::plain_text(inlines).trim() == title.trim() =>
        {
            rest
        }
        _ => blocks,
    }
}

fn set(context: &mut Context<'_>, blocks: &[Block], flow: Flow) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    let mut previous: Option<&Block> = None;
    let mut previous_strips = 0;
    for block in blocks {
        let mut set = set_block(context, block, flow);
        if let (Some(first), Some(previous)) = (set.first_mut(), previous) {
            first.above = match block {
                Block::List(_) if flow.tight => style::TIGHT_ITEM_SPACE,
                _ => space_between(previous, block),
            };
        }
        // A line or two before a table or a picture are its caption.
        let is_caption = matches!(previous, Some(Block::Paragraph { .. })) && previous_strips <= 2;
        if let (true, true, Some(last)) = (is_caption, is_display(block), strips.last_mut()) {
            last.keep = true;
        }
        // What is said of a table stands on the table's page.
        if matches!((previous, block), (Some(Block::Table(_)), Block::Paragraph { lead: true, .. }))
            && let Some(last) = strips.last_mut()
        {
            last.keep = true;
        }
        if !set.is_empty() {
            previous = Some(block);
            previous_strips = set.len();
        }
        strips.append(&mut set);
    }
    strips
}

/// A table or a picture.
fn is_display(block: &Block) -> bool {
    match block {
        Block::Table(_) => true,
        Block::Paragraph { inlines, .. } => figure::is_display(inlines),
        _ => false,
    }
}

fn space_between(above: &Block, below: &Block) -> f32 {
    let before = |block: &Block| match block {
        Block::Paragraph { inlines, .. } if figure::is_display(inlines) => style::BLOCK_SPACE,
        Block::Heading { level, .. } => style::heading(*level).1,
        Block::Paragraph { .. } | Block::List(_) | Block::Notes(_) => style::PARAGRAPH_SPACE,
        Block::Table(_) | Block::Code(_) | Block::Quote(_) | Block::ThematicBreak => style::BLOCK_SPACE,
    };
    match (above, below) {
        (Block::Heading { level, .. }, Block::Table(_)) => style::heading(*level).2 + style::PARAGRAPH_SPACE / 2.0,
        (Block::Heading { level, .. }, Block::Heading { level: next, .. }) => {
            style::heading(*level).2.max(style::heading(*next).1 / 2.0)
        }
        (Block::Heading { level, .. }, _) => style::heading(*level).2,
        (Block::Table(_), Block::Paragraph { lead: true, .. }) => style::PARAGRAPH_SPACE,
        (Block::Paragraph { .. }, Block::Table(table)) if !table.key_figures => style::PARAGRAPH_SPACE + 2.0,
        (above, below) => before(above).max(before(below)),
    }
}

fn set_block(context: &mut Context<'_>, block: &Block, flow: Flow) -> Vec<Strip> {
    match block {
        Block::Heading { level, inlines } => heading(context, *level, inlines, flow),
        Block::Paragraph { inlines, lead } => {
            if let Some(charts) = figure::charts(context.pictures, inlines) {
                figure::set(context, &charts, flow.measure, flow.parent)
            } else if let [Inline::Image { alternative, .. }] = inlines.as_slice() {
                unknown_picture(context, alternative, flow)
            } else {
                let body = if *lead { style::LEAD } else { flow.body };
                let element = context.element(Role::Paragraph, flow.parent);
                paragraph(context, inlines, &body, flow.measure, element)
            }
        }
        Block::List(list) => set_list(context, list, flow),
        Block::Quote(blocks) => quote(context, blocks, flow),
        Block::Code(code) => set_code(context, code, flow),
        Block::ThematicBreak => vec![thematic_break(flow)],
        Block::Table(table) if table.key_figures => band::key_figures(context, table, flow.measure, flow.parent),
        Block::Table(table) => table::set(context, table, flow.measure, flow.parent),
        Block::Notes(notes) => set_notes(context, notes, flow),
    }
}

fn heading(context: &mut Context<'_>, level: u8, inlines: &[Inline], flow: Flow) -> Vec<Strip> {
    let (style, _, _) = style::heading(level);
    let element = context.element(Role::Heading(level), flow.parent);
    let mut strips = paragraph(context, inlines, &style, flow.measure, element);
    let anchor = format!("heading-{}", context.outline.len() + 1);
    if let Some(first) = strips.first_mut() {
        first.items.insert(0, FrameItem::Anchor { name: anchor.clone(), x: 0.0, y: 0.0 });
        let title = inline::normal_form(blocks::plain_text(inlines).trim()).into_owned();
        context.outline.push(Bookmark { level, title, anchor });
    }
    for strip in &mut strips {
        strip.keep = true;
    }
    strips
}

fn paragraph(
    context: &mut Context<'_>,
    inlines: &[Inline],
    style: &ParagraphStyle,
    measure: f32,
    element: ElementId,
) -> Vec<Strip> {
    let pieces = pieces(context, inlines, style.text, element);
    let mut strips = set_pieces(context, &pieces, style, measure);
    // What announces a list or a table stays with it.
    if let Some(last) = strips.last_mut() {
        last.keep = blocks::plain_text(inlines).trim_end().ends_with(':');
    }
    strips
}

/// A paragraph's lines as strips: no line alone at the foot or the head of a page.
pub(super) fn set_pieces(
    context: &mut Context<'_>,
    pieces: &[Piece],
    style: &ParagraphStyle,
    measure: f32,
) -> Vec<Strip> {
    if pieces.is_empty() {
        return Vec::new();
    }
    let lines = Paragraph::new(context, pieces).lines(context, measure, style);
    let count = lines.len();
    let strips = lines.into_iter().enumerate().map(|(index, line)| {
        let keep = index + 1 < count && (count <= 3 || index == 0 || index + 2 == count);
        Strip { height: style.leading, items: placed(line, 0.0, baseline(style)), keep, ..Strip::default() }
    });
    strips.collect()
}

/// Where a line's baseline lies below the top of its strip, in points: the letters are centred in the leading.
pub(super) fn baseline(style: &ParagraphStyle) -> f32 {
    style.leading / 2.0 + style.text.size * 0.32
}

/// A line's items, moved.
pub(super) fn placed(line: Line, right: f32, down: f32) -> Vec<FrameItem> {
    let mut items = line.items;
    for item in &mut items {
        item.shift(right, down);
    }
    items
}

/// Moves strips to the right, and the headers that their tables repeat.
fn indent(context: &mut Context<'_>, strips: &mut [Strip], right: f32) {
    let tables: BTreeSet<usize> = strips.iter().filter_map(|strip| strip.table).collect();
    let heads = context.table_heads.iter_mut().enumerate().filter(|(table, _)| tables.contains(table));
    for item in strips.iter_mut().chain(heads.filter_map(|(_, head)| head.as_mut())).flat_map(|strip| &mut strip.items)
    {
        item.shift(right, 0.0);
    }
}

/// A list's text hangs in, as long as that leaves room for it.
fn hang(measure: f32, indent: f32) -> f32 {
    if measure - indent < style::NARROWEST_MEASURE { 0.0 } else { indent }
}

fn set_list(context: &mut Context<'_>, list: &List, flow: Flow) -> Vec<Strip> {
    let element = context.element(Role::List, flow.parent);
    let mut style = flow.body;
    style.align = Align::Left;
    if list.points {
        style.text.colour = style::ACCENT;
        style.text.cut.weight = style::Weight::Semibold;
    }
    let markers: Vec<String> =
        list.items.iter().enumerate().map(|(index, item)| marker(list, index, item.task)).collect();
    let mut width = 0.0_f32;
    for marker in &markers {
        width = width.max(context.words.word(marker, style.text.cut).width * style.text.size);
    }
    let wanted = (width + style.text.size * 0.55).max(style::LIST_INDENT);
    let indent = if list.items.is_empty() { 0.0 } else { hang(flow.measure, wanted) };
    let space = if list.tight && !list.points { style::TIGHT_ITEM_SPACE } else { style::ITEM_SPACE };
    let mut strips = Vec::new();
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

fn set_notes(context: &mut Context<'_>, notes: &[Note], flow: Flow) -> Vec<Strip> {
    let mut style = style::NOTE.text;
    style.colour = style::ACCENT;
    let mut width = 0.0_f32;
    for note in notes {
        width = width.max(context.words.word(&note.label, style.cut).width * style.size);
    }
    let indent = hang(flow.measure, (width + 7.0).max(style::LIST_INDENT));
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
        let mut set = hanging(context, marker, &note.blocks, owner, indent, Flow { body: style::NOTE, ..flow });
        if let (Some(first), false) = (set.first_mut(), strips.is_empty()) {
            first.above = style::TIGHT_ITEM_SPACE;
        }
        strips.append(&mut set);
    }
    strips
}

fn quote(context: &mut Context<'_>, blocks: &[Block], flow: Flow) -> Vec<Strip> {
    let element = context.element(Role::Quote, flow.parent);
    let by = hang(flow.measure, style::QUOTE_INDENT);
    let mut strips = set(context, blocks, Flow { parent: element, measure: flow.measure - by, ..flow });
    indent(context, &mut strips, by);
    for (index, strip) in strips.iter_mut().enumerate() {
        let above = if index == 0 { 0.0 } else { strip.above };
        if by > 0.0 {
            strip.items.insert(0, fill(0.0, -above, 1.6, strip.height + above, style::FAINT));
        }
    }
    strips
}

fn set_code(context: &mut Context<'_>, code: &str, flow: Flow) -> Vec<Strip> {
    const PADDING: f32 = 6.0;
    let element = context.element(Role::Code, flow.parent);
    let mut pieces = Vec::new();
    for line in code.split('\n') {
        if !pieces.is_empty() {
            pieces.push(Piece::LineBreak);
        }
        pieces.push(Piece::Text(Text { verbatim: true, ..Text::plain(line, style::CODE.text, element) }));
    }
    let mut strips = set_pieces(context, &pieces, &style::CODE, (flow.measure - 2.0 * PADDING).max(PADDING));
    indent(context, &mut strips, PADDING);
    let edge = Strip { height: PADDING, ..Strip::default() };
    strips.insert(0, Strip { keep: true, ..edge.clone() });
    if let Some(last) = strips.last_mut() {
        last.keep = true;
    }
    strips.push(edge);
    for strip in &mut strips {
        strip.items.insert(0, fill(0.0, 0.0, flow.measure, strip.height, style::TINT));
    }
    strips
}

fn unknown_picture(context: &mut Context<'_>, alternative: &str, flow: Flow) -> Vec<Strip> {
    const PADDING: f32 = 10.0;
    let element = context.element(Role::Figure(alternative.to_owned()), flow.parent);
    let pieces = [Piece::Text(Text::plain(alternative, style::ALTERNATIVE.text, element))];
    let lines = set_pieces(context, &pieces, &style::ALTERNATIVE, (flow.measure - 2.0 * PADDING).max(PADDING));
    let mut strip = Strip { height: PADDING, ..Strip::default() };
    for mut line in lines {
        line.items.iter_mut().for_each(|item| item.shift(PADDING, strip.height));
        strip.items.append(&mut line.items);
        strip.height += line.height;
    }
    strip.height += PADDING;
    let area = Area { x: 0.0, y: 0.0, width: flow.measure, height: strip.height };
    strip.items.insert(0, FrameItem::Fill(Fill { area, colour: style::TINT, radius: style::PANEL_RADIUS }));
    vec![strip]
}

fn thematic_break(flow: Flow) -> Strip {
    let width = 72.0_f32.min(flow.measure);
    let rule = fill((flow.measure - width) / 2.0, 2.0, width, style::THIN_RULE, style::FAINT);
    Strip { height: 4.0, items: vec![rule], ..Strip::default() }
}

/// A rectangle of colour, in points.
pub(super) fn fill(x: f32, y: f32, width: f32, height: f32, colour: Colour) -> FrameItem {
    FrameItem::Fill(Fill { area: Area { x, y, width, height }, colour, radius: 0.0 })
}
