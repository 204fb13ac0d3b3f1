//! Blocks to strips: the horizontal slices of which pages are made.

use super::blocks::{self, Block, Inline};
use super::frame::{Area, Bookmark, ElementId, Fill, FrameItem, Role};
use super::front_matter::FrontMatter;
use super::inline::{self, Piece, Text, pieces};
use super::layout::Layout;
use super::line::Line;
use super::lines::Paragraph;
use super::style::{Colour, ParagraphStyle};
use super::{Context, ROOT, band, figure, list, table};
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
    /// A page should rather not end after it.
    pub whole: bool,
    /// The table it is a body row of.
    pub table: Option<usize>,
}

/// How text flows in a container: its paragraphs' style.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    pub body: ParagraphStyle,
    pub parent: ElementId,
    pub measure: f32,
    /// Within a tight list.
    pub tight: bool,
}

/// The document's blocks.
pub(super) fn body(context: &mut Context<'_>, blocks: &[Block]) -> Vec<Strip> {
    let layout = context.layout;
    let flow = Flow { body: layout.body, parent: ROOT, measure: layout.text_width(), tight: false };
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) if !table.key_figures => Some(table),
        _ => None,
    });
    table::align(context, tables);
    let mut strips = set(context, blocks, flow);
    if let (Some(first), Some(Block::Heading { level, .. })) = (strips.first_mut(), blocks.first()) {
        // The title block brings half of a heading's distance itself.
        first.above = layout.heading(*level).above / 2.0;
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

pub(super) fn set(context: &mut Context<'_>, blocks: &[Block], flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let mut strips: Vec<Strip> = Vec::new();
    let mut previous: Option<&Block> = None;
    let mut previous_strips = 0;
    for block in blocks {
        let mut set = set_block(context, block, flow);
        if let (Some(first), Some(previous)) = (set.first_mut(), previous) {
            first.above = match block {
                Block::List(_) if flow.tight => layout.tight_item_space,
                _ => space_between(layout, previous, block),
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

fn space_between(layout: &Layout, above: &Block, below: &Block) -> f32 {
    let before = |block: &Block| match block {
        Block::Paragraph { inlines, .. } if figure::is_display(inlines) => layout.block_space,
        Block::Heading { level, .. } => layout.heading(*level).above,
        Block::Paragraph { .. } | Block::List(_) | Block::Notes(_) => layout.paragraph_space,
        Block::Table(_) | Block::Code(_) | Block::Quote(_) | Block::ThematicBreak => layout.block_space,
    };
    match (above, below) {
        (Block::Heading { level, .. }, Block::Table(_)) => layout.heading(*level).below + layout.paragraph_space / 2.0,
        (Block::Heading { level, .. }, Block::Heading { level: next, .. }) => {
            layout.heading(*level).below.max(layout.heading(*next).above / 2.0)
        }
        (Block::Heading { level, .. }, _) => layout.heading(*level).below,
        (Block::Table(_), Block::Paragraph { lead: true, .. }) => layout.paragraph_space,
        (Block::Paragraph { .. }, Block::Table(table)) if !table.key_figures => layout.paragraph_space + 2.0,
        (above, below) => before(above).max(before(below)),
    }
}

fn set_block(context: &mut Context<'_>, block: &Block, flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    match block {
        Block::Heading { level, inlines } => heading(context, *level, inlines, flow),
        Block::Paragraph { inlines, lead } => {
            if let Some(charts) = figure::charts(context.pictures, inlines) {
                figure::set(context, &charts, flow.measure, flow.parent)
            } else if let [Inline::Image { alternative, link: None, .. }] = inlines.as_slice() {
                unknown_picture(context, alternative, flow)
            } else {
                let body = if *lead { layout.lead } else { flow.body };
                let element = context.element(Role::Paragraph, flow.parent);
                paragraph(context, inlines, &body, flow.measure, element)
            }
        }
        Block::List(list) => list::set_list(context, list, flow),
        Block::Quote(blocks) => quote(context, blocks, flow),
        Block::Code(code) => set_code(context, code, flow),
        Block::ThematicBreak => vec![thematic_break(layout, flow)],
        Block::Table(table) if table.key_figures => band::key_figures(context, table, flow.measure, flow.parent),
        Block::Table(table) => table::set(context, table, flow.measure, flow.parent),
        Block::Notes(notes) => list::set_notes(context, notes, flow),
    }
}

fn heading(context: &mut Context<'_>, level: u8, inlines: &[Inline], flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let style = layout.heading(level).paragraph;
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
        last.keep = ends_in_colon(inlines);
    }
    strips
}

fn ends_in_colon(inlines: &[Inline]) -> bool {
    let mut texts = inlines.iter().rev().filter_map(|inline| match inline {
        Inline::Text { text, .. } | Inline::Image { alternative: text, .. } => Some(text.trim_end()),
        Inline::LineBreak | Inline::NoteMark(_) => None,
    });
    texts.find(|text| !text.is_empty()).is_some_and(|text| text.ends_with(':'))
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
        // A page does not end within a word.
        let keep = index + 1 < count && (count <= 3 || index == 0 || index + 2 == count || line.divided);
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
pub(super) fn indent(context: &mut Context<'_>, strips: &mut [Strip], right: f32) {
    let tables: BTreeSet<usize> = strips.iter().filter_map(|strip| strip.table).collect();
    let heads = context.table_heads.iter_mut().enumerate().filter(|(table, _)| tables.contains(table));
    for item in strips.iter_mut().chain(heads.filter_map(|(_, head)| head.as_mut())).flat_map(|strip| &mut strip.items)
    {
        item.shift(right, 0.0);
    }
}

fn quote(context: &mut Context<'_>, blocks: &[Block], flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let element = context.element(Role::Quote, flow.parent);
    let by = list::hang(layout, flow.measure, layout.quote_indent);
    let mut strips = set(context, blocks, Flow { parent: element, measure: flow.measure - by, ..flow });
    indent(context, &mut strips, by);
    for (index, strip) in strips.iter_mut().enumerate() {
        let above = if index == 0 { 0.0 } else { strip.above };
        if by > 0.0 {
            strip.items.insert(0, fill(0.0, -above, 1.6, strip.height + above, layout.faint));
        }
    }
    strips
}

fn set_code(context: &mut Context<'_>, code: &str, flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let element = context.element(Role::Code, flow.parent);
    let mut pieces = Vec::new();
    for line in code.split('\n') {
        if !pieces.is_empty() {
            pieces.push(Piece::LineBreak);
        }
        pieces.push(Piece::Text(Text { verbatim: true, ..Text::plain(line, layout.code.text, element) }));
    }
    let mut strips =
        set_pieces(context, &pieces, &layout.code, (flow.measure - 2.0 * layout.code_padding).max(layout.code_padding));
    indent(context, &mut strips, layout.code_padding);
    let edge = Strip { height: layout.code_padding, ..Strip::default() };
    strips.insert(0, Strip { keep: true, ..edge.clone() });
    if let Some(last) = strips.last_mut() {
        last.keep = true;
    }
    strips.push(edge);
    for strip in &mut strips {
        strip.items.insert(0, fill(0.0, 0.0, flow.measure, strip.height, layout.tint));
    }
    strips
}

fn unknown_picture(context: &mut Context<'_>, alternative: &str, flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let element = context.element(Role::Figure(alternative.to_owned()), flow.parent);
    let pieces = [Piece::Text(Text::plain(alternative, layout.alternative.text, element))];
    let lines = set_pieces(
        context,
        &pieces,
        &layout.alternative,
        (flow.measure - 2.0 * layout.picture_padding).max(layout.picture_padding),
    );
    let mut strip = Strip { height: layout.picture_padding, ..Strip::default() };
    for mut line in lines {
        line.items.iter_mut().for_each(|item| item.shift(layout.picture_padding, strip.height));
        strip.items.append(&mut line.items);
        strip.height += line.height;
    }
    strip.height += layout.picture_padding;
    let area = Area { x: 0.0, y: 0.0, width: flow.measure, height: strip.height };
    strip.items.insert(0, FrameItem::Fill(Fill { area, colour: layout.tint, radius: layout.panel_radius }));
    vec![strip]
}

fn thematic_break(layout: &Layout, flow: Flow) -> Strip {
    let width = 72.0_f32.min(flow.measure);
    let rule = fill((flow.measure - width) / 2.0, 2.0, width, layout.thin_rule, layout.faint);
    Strip { height: 4.0, items: vec![rule], ..Strip::default() }
}

/// A rectangle of colour, in points.
pub(super) fn fill(x: f32, y: f32, width: f32, height: f32, colour: Colour) -> FrameItem {
    FrameItem::Fill(Fill { area: Area { x, y, width, height }, colour, radius: 0.0 })
}
