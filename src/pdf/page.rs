//! A page's items as page contents.

use super::font::{UsedGlyph, UsedGlyphs, resource_name};
use super::mark::{Marks, text_item};
use super::shape;
use crate::typeset::style::{Colour, PAGE_HEIGHT, PAGE_WIDTH};
use crate::typeset::{Fill, FrameItem, Glyph, GlyphRun, Page};
use printpdf::{
    Codepoint, Color, DictItem, LinePoint, Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Pt,
    Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};
use std::collections::BTreeMap;

/// Draws a page, marks what it draws, and notes the glyphs that it uses.
pub(super) fn contents(page: &Page, used: &mut UsedGlyphs<'_>, marks: &mut Marks<'_>) -> PdfPage {
    let mut operations = Vec::new();
    marks.start(page);
    for (index, item) in page.items.iter().enumerate() {
        // Links and anchors are not drawn: see `links`.
        if matches!(item, FrameItem::Link(_) | FrameItem::Anchor { .. }) {
            continue;
        }
        let is_said = marks.turn_to(index, item, &mut operations);
        match item {
            FrameItem::Fill(fill) => draw_fill(fill, &mut operations),
            FrameItem::Text(run) => draw_run(run, is_said, used, &mut operations),
            FrameItem::Shape(shape) => shape::draw(shape, &mut operations),
            FrameItem::Link(_) | FrameItem::Anchor { .. } => {}
        }
    }
    marks.close(&mut operations);
    PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), operations)
}

/// PDF measures from the foot of the page.
pub(super) fn from_foot(y: f32) -> f32 {
    PAGE_HEIGHT - y
}

pub(super) fn colour(colour: Colour) -> Color {
    let part = |part: u8| f32::from(part) / 255.0;
    Color::Rgb(Rgb { r: part(colour.0), g: part(colour.1), b: part(colour.2), icc_profile: None })
}

fn draw_fill(fill: &Fill, operations: &mut Vec<Op>) {
    let area = fill.area;
    operations.push(Op::SetFillColor { col: colour(fill.colour) });
    if fill.radius > 0.0 {
        let polygon =
            Polygon { rings: vec![rounded(fill)], mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        operations.push(Op::DrawPolygon { polygon });
        return;
    }
    let rectangle = Rect {
        x: Pt(area.x),
        y: Pt(from_foot(area.y + area.height)),
        width: Pt(area.width),
        height: Pt(area.height),
        mode: Some(PaintMode::Fill),
        winding_order: Some(WindingOrder::NonZero),
    };
    operations.push(Op::DrawRectangle { rectangle });
}

/// A rectangle with rounded corners, as Bézier curves.
fn rounded(fill: &Fill) -> PolygonRing {
    /// Where a curve's handles lie so that it is nearly a quarter of a circle.
    const HANDLE: f32 = 0.552_285;
    let area = fill.area;
    let (left, right) = (area.x, area.x + area.width);
    let (top, foot) = (from_foot(area.y), from_foot(area.y + area.height));
    let radius = fill.radius.min(area.width / 2.0).min(area.height / 2.0);
    let inner = radius * (1.0 - HANDLE);
    let mut points = Vec::new();
    let mut point = |x: f32, y: f32, bezier: bool| points.push(LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier });
    point(left + radius, foot, false);
    point(right - radius, foot, false);
    point(right - inner, foot, true);
    point(right, foot + inner, true);
    point(right, foot + radius, false);
    point(right, top - radius, false);
    point(right, top - inner, true);
    point(right - inner, top, true);
    point(right - radius, top, false);
    point(left + radius, top, false);
    point(left + inner, top, true);
    point(left, top - inner, true);
    point(left, top - radius, false);
    point(left, foot + radius, false);
    point(left, foot + inner, true);
    point(left + inner, foot, true);
    point(left + radius, foot, false);
    PolygonRing { points }
}

/// Shows a run; where its text is not said already, says what its glyphs do not tell by themselves.
fn draw_run(run: &GlyphRun, is_said: bool, used: &mut UsedGlyphs<'_>, operations: &mut Vec<Op>) {
    let used = used.face(run.face);
    operations.push(Op::StartTextSection);
    operations.push(Op::SetFillColor { col: colour(run.colour) });
    operations.push(Op::SetFont { font: PdfFontHandle::External(resource_name(run.face)), size: Pt(run.size) });
    let mut pen = Pen { run, x: run.x, drawn: f32::NAN, items: Vec::new(), operations };
    for cluster in clusters(&run.glyphs) {
        let text = cluster.first().map_or("", |glyph| run.text.get(glyph.text.clone()).unwrap_or_default());
        // One glyph may stand for several texts (a box for each missing letter), or several for one: then the text is said.
        if let [glyph] = cluster {
            let used = used.glyph(glyph.id, text);
            if is_said || used.text == text {
                pen.show(glyph, used);
                continue;
            }
        }
        if !is_said {
            pen.begin_actual_text(text);
        }
        for glyph in cluster {
            pen.show(glyph, used.glyph(glyph.id, text));
        }
        if !is_said {
            pen.end_actual_text();
        }
    }
    pen.flush();
    operations.push(Op::EndTextSection);
}

/// The glyphs of each letter: one that shows text, and those that only add marks to it.
fn clusters(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    glyphs.chunk_by(|_, next| next.text.is_empty())
}

/// Shows glyphs, and corrects the distance between them where it is not the font's own.
struct Pen<'a> {
    run: &'a GlyphRun,
    /// Where the next glyph's origin should be, in points.
    x: f32,
    /// Where the reader's pen is after what was shown, in points.
    drawn: f32,
    items: Vec<TextItem>,
    operations: &'a mut Vec<Op>,
}

impl Pen<'_> {
    fn show(&mut self, glyph: &Glyph, used: &UsedGlyph) {
        let x = self.x + glyph.x_offset;
        let (advance, raised) = (glyph.advance, glyph.y_offset != 0.0);
        if raised || self.drawn.is_nan() {
            self.flush();
            self.move_to(x, self.run.y - glyph.y_offset);
        } else {
            let correction = ((self.drawn - x) * 1000.0 / self.run.size * 10.0).round() / 10.0;
            if correction != 0.0 {
                self.items.push(TextItem::Offset(correction));
                self.drawn -= correction * self.run.size / 1000.0;
            }
        }
        let glyph = Codepoint::with_cid(used.id, 0.0, used.text.clone());
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(glyphs)) => glyphs.push(glyph),
            _ => self.items.push(TextItem::GlyphIds(vec![glyph])),
        }
        self.drawn += f32::from(used.width) * self.run.size / 1000.0;
        self.x += advance;
        if raised {
            self.flush();
            self.drawn = f32::NAN;
        }
    }

    fn move_to(&mut self, x: f32, y: f32) {
        self.operations.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(from_foot(y))) });
        self.drawn = x;
    }

    fn flush(&mut self) {
        if !self.items.is_empty() {
            self.operations.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }

    fn begin_actual_text(&mut self, text: &str) {
        self.flush();
        let map = BTreeMap::from([("ActualText".to_owned(), text_item(text))]);
        let properties = DictItem::Dict { map };
        self.operations.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
    }

    fn end_actual_text(&mut self) {
        self.flush();
        self.operations.push(Op::EndMarkedContent);
    }
}
