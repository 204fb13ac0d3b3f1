//! Charts as strips: scenes drawn with the document's fonts, one or two side by side.

use super::Context;
use super::blocks::Inline;
use super::flow::{Strip, placed};
use super::frame::{ElementId, FrameItem, Role, Segment, Shape, Stroke};
use super::inline::{Piece, Text};
use super::layout::Layout;
use super::lines::Paragraph;
use super::parts::{self, Part, is_address};
use super::style::{self, Colour, Cut, TextStyle};
use crate::chart::{Anchor, Chart, Head, Item, Measure, Pictures, Scene, Tone, Type, Weight};

/// A chart and the alternative text that the Markdown gives it.
pub(super) type Placed<'a> = (&'a str, &'a Chart);

/// White.
const PAPER: Colour = Colour(0xff, 0xff, 0xff);

/// The colour of a tone of charts in a layout, as red, green and blue.
pub fn palette(layout: &Layout, tone: Tone) -> [u8; 3] {
    let Colour(red, green, blue) = colour(layout, tone);
    [red, green, blue]
}

const fn colour(layout: &Layout, tone: Tone) -> Colour {
    match tone {
        Tone::Ink => layout.ink,
        Tone::Accent => layout.accent,
        Tone::Peer => layout.peer,
        Tone::Grey => layout.grey,
        Tone::Tint => layout.tint,
        Tone::Paper => PAPER,
    }
}

/// The charts of a paragraph, if it holds nothing but images of charts.
pub(super) fn charts<'a>(pictures: &'a Pictures, inlines: &'a [Inline]) -> Option<Vec<Placed<'a>>> {
    let mut charts = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Image { alternative, source, .. } => charts.push((alternative.as_str(), pictures.get(source)?)),
            Inline::Text { text, .. } if text.trim().is_empty() => {}
            Inline::LineBreak => {}
            _ => return None,
        }
    }
    if charts.is_empty() { None } else { Some(charts) }
}

/// Whether a paragraph shows images only.
pub(super) fn is_display(inlines: &[Inline]) -> bool {
    let is_space = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.trim().is_empty(),
        Inline::LineBreak => true,
        _ => false,
    };
    inlines.iter().any(|inline| matches!(inline, Inline::Image { .. }))
        && inlines.iter().all(|inline| matches!(inline, Inline::Image { .. }) || is_space(inline))
}

/// Sets charts: one over the measure, several in rows of two. A row stays whole.
pub(super) fn set(context: &mut Context<'_>, charts: &[Placed<'_>], measure: f32, parent: ElementId) -> Vec<Strip> {
    let layout = context.layout;
    let half = (measure - layout.chart_gutter) / 2.0;
    let is_paired = charts.len() > 1 && half >= layout.narrowest_measure;
    let (width, in_row) = if is_paired { (half, 2) } else { (measure.min(layout.chart_widest), 1) };
    let mut strips: Vec<Strip> = Vec::new();
    for row in charts.chunks(in_row) {
        let above = if strips.is_empty() { 0.0 } else { layout.block_space };
        let mut strip = Strip { above, ..Strip::default() };
        let elements: Vec<ElementId> = row
            .iter()
            .map(|(alternative, _)| context.element(Role::Figure((*alternative).to_owned()), parent))
            .collect();
        let width_of_scene = width / layout.chart_scale;
        let heads: Vec<Head> =
            row.iter().map(|(_, chart)| Head::draw(chart, width_of_scene, &mut Ruler::new(context))).collect();
        let head = heads.iter().map(Head::height).fold(0.0, f32::max);
        let mut left = 0.0;
        for (((_, chart), element), own_head) in row.iter().zip(elements).zip(heads) {
            let drawing = own_head.with_plot(chart, head, &mut Ruler::new(context)).scaled(layout.chart_scale);
            strip.height = strip.height.max(drawing.height);
            let mut items = items(context, &drawing, element);
            for item in &mut items {
                item.shift(left, 0.0);
            }
            strip.items.append(&mut items);
            left += width + layout.chart_gutter;
        }
        strips.push(strip);
    }
    strips
}

/// Measures texts as they will be set.
struct Ruler<'s, 'c> {
    context: &'s mut Context<'c>,
    /// The text that was measured last, its face and its width: the next one often goes on with it.
    last: String,
    face: Option<Type>,
    width: f32,
    parts: Vec<Part>,
}

impl<'s, 'c> Ruler<'s, 'c> {
    fn new(context: &'s mut Context<'c>) -> Ruler<'s, 'c> {
        Ruler { context, last: String::new(), face: None, width: 0.0, parts: Vec::new() }
    }
}

impl Measure for Ruler<'_, '_> {
    fn width(&mut self, text: &str, face: Type) -> f32 {
        // Words are shaped each by itself: what a line gains by another word is that word and the space before it.
        let more = text
            .strip_prefix(self.last.as_str())
            .filter(|more| self.face == Some(face) && more.starts_with([' ', '\u{a0}']) && !is_address(text));
        let (start, more) = more.map_or((0.0, text), |more| (self.width, more));
        let style = text_style(self.context.layout, face, Tone::Ink);
        self.width = parts::width_on_one_line(&mut self.context.words, start, more, &style, &mut self.parts);
        self.last.truncate(text.len() - more.len());
        self.last.push_str(more);
        self.face = Some(face);
        self.width
    }
}

fn text_style(layout: &Layout, face: Type, tone: Tone) -> TextStyle {
    let weight = match face.weight {
        Weight::Regular => style::Weight::Regular,
        Weight::Semibold => style::Weight::Semibold,
    };
    let cut = Cut { weight, ..layout.body.text.cut };
    TextStyle { cut, size: face.size, colour: colour(layout, tone), tracking: 0.0, rise: 0.0 }
}

fn piece(layout: &Layout, text: &str, face: Type, tone: Tone, element: ElementId) -> Piece {
    Piece::Text(Text { verbatim: true, ..Text::plain(text, text_style(layout, face, tone), element) })
}

fn items(context: &mut Context<'_>, scene: &Scene, element: ElementId) -> Vec<FrameItem> {
    let layout = context.layout;
    let mut items = Vec::new();
    for item in &scene.items {
        match item {
            Item::Bar { x, y, width, height, tone } => {
                let path = vec![
                    Segment::Move((0.0, 0.0)),
                    Segment::Line((*width, 0.0)),
                    Segment::Line((*width, *height)),
                    Segment::Line((0.0, *height)),
                    Segment::Close,
                ];
                items.push(shape((*x, *y), path, Some(colour(layout, *tone)), None, element));
            }
            Item::Dot { x, y, radius, tone } => {
                let (colour, width) = (colour(layout, *tone), 2.0 * radius);
                let dot = Stroke { colour, width, dash: None, has_round_ends: true };
                items.push(shape((*x, *y), vec![Segment::Move((0.0, 0.0))], None, Some(dot), element));
            }
            Item::Line(line) => {
                let mut points = line.points.iter();
                let Some(start) = points.next() else { continue };
                let path = std::iter::once(Segment::Move((0.0, 0.0)))
                    .chain(points.map(|(x, y)| Segment::Line((x - start.0, y - start.1))))
                    .collect();
                let dash = line.dotted.then_some(crate::chart::DOTTED);
                let stroke =
                    Stroke { colour: colour(layout, line.tone), width: line.width, dash, has_round_ends: false };
                items.push(shape(*start, path, None, Some(stroke), element));
            }
            Item::Text { x, y, anchor, face, tone, text } => {
                items.append(&mut set_text(context, (*x, *y), *anchor, piece(layout, text, *face, *tone, element)));
            }
        }
    }
    items
}

fn shape(
    (x, y): (f32, f32),
    path: Vec<Segment>,
    fill: Option<Colour>,
    stroke: Option<Stroke>,
    element: ElementId,
) -> FrameItem {
    FrameItem::Shape(Shape { x, y, path, fill, stroke, element: Some(element) })
}

fn set_text(context: &mut Context<'_>, (x, y): (f32, f32), anchor: Anchor, piece: Piece) -> Vec<FrameItem> {
    let Piece::Text(text) = &piece else { return Vec::new() };
    // The scene has broken the text already: it stands on one line, however long.
    let style = style::ragged(text.style, text.style.size);
    let pieces = [piece];
    let lines = Paragraph::new(context, &pieces).lines(context, f32::MAX, &style);
    let mut items = Vec::new();
    for line in lines {
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - line.width / 2.0,
            Anchor::End => x - line.width,
        };
        items.append(&mut placed(line, left, y));
    }
    items
}
