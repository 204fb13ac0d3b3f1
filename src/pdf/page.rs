//! A page's items as page contents.

use super::content::{Content, Property};
use super::font::{UsedGlyph, UsedGlyphs, code};
use super::mark::Marks;
use super::shape;
use crate::typeset::style::PAGE_HEIGHT;
use crate::typeset::{Fill, FrameItem, Glyph, GlyphRun, Page};

/// Draws a page, marks what it draws, and notes the glyphs that it uses.
pub(super) fn contents(page: &Page, used: &mut UsedGlyphs<'_, '_>, marks: &mut Marks<'_>) -> Vec<u8> {
    let mut content = Content::default();
    marks.start(page);
    for (index, item) in page.items.iter().enumerate() {
        // Links and anchors are not drawn: see `links`.
        if matches!(item, FrameItem::Link(_) | FrameItem::Anchor { .. }) {
            continue;
        }
        let is_said = marks.turn_to(index, item, &mut content);
        match item {
            FrameItem::Fill(fill) => draw_fill(fill, &mut content),
            FrameItem::Text(run) => draw_run(run, is_said, used, &mut content),
            FrameItem::Shape(shape) => shape::draw(shape, &mut content),
            FrameItem::Link(_) | FrameItem::Anchor { .. } => {}
        }
    }
    marks.close(&mut content);
    content.finish()
}

/// PDF measures from the foot of the page.
pub(super) fn from_foot(y: f32) -> f32 {
    PAGE_HEIGHT - y
}

fn draw_fill(fill: &Fill, content: &mut Content) {
    let area = fill.area;
    content.fill(fill.colour);
    if fill.radius > 0.0 {
        round(fill, content);
    } else {
        content.rectangle(area.x, from_foot(area.y + area.height), area.width, area.height);
    }
    content.operator("f");
}

/// The path of a rectangle with rounded corners, as Bézier curves.
fn round(fill: &Fill, content: &mut Content) {
    /// Where a curve's handles lie so that it is nearly a quarter of a circle.
    const HANDLE: f32 = 0.552_285;
    let area = fill.area;
    let (left, right) = (area.x, area.x + area.width);
    let (top, foot) = (from_foot(area.y), from_foot(area.y + area.height));
    let radius = fill.radius.min(area.width / 2.0).min(area.height / 2.0);
    let inner = radius * (1.0 - HANDLE);
    content.numbers(&[left + radius, foot], "m");
    content.numbers(&[right - radius, foot], "l");
    content.numbers(&[right - inner, foot, right, foot + inner, right, foot + radius], "c");
    content.numbers(&[right, top - radius], "l");
    content.numbers(&[right, top - inner, right - inner, top, right - radius, top], "c");
    content.numbers(&[left + radius, top], "l");
    content.numbers(&[left + inner, top, left, top - inner, left, top - radius], "c");
    content.numbers(&[left, foot + radius], "l");
    content.numbers(&[left, foot + inner, left + inner, foot, left + radius, foot], "c");
}

/// Shows a run; where its text is not said already, says what its glyphs do not tell by themselves.
fn draw_run(run: &GlyphRun, is_said: bool, used: &mut UsedGlyphs<'_, '_>, content: &mut Content) {
    let used = used.face(run.face);
    content.fill(run.colour);
    content.font(run.face, &used.resource, run.size);
    content.begin_text();
    let is_wide = used.is_wide;
    let mut pen = Pen { run, x: run.x, drawn: f32::NAN, is_wide, content };
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
            pen.content.begin_marked("Span", &[("ActualText", Property::Text(text))]);
        }
        for glyph in cluster {
            pen.show(glyph, used.glyph(glyph.id, text));
        }
        if !is_said {
            pen.content.end_marked();
        }
    }
    content.operator("ET");
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
    is_wide: bool,
    content: &'a mut Content,
}

impl Pen<'_> {
    fn show(&mut self, glyph: &Glyph, used: &UsedGlyph) {
        let x = self.x + glyph.x_offset;
        let (advance, is_raised) = (glyph.advance, glyph.y_offset != 0.0);
        if is_raised || self.drawn.is_nan() {
            self.content.move_to(x, from_foot(self.run.y - glyph.y_offset), self.run.size);
            self.drawn = x;
        } else {
            let correction = ((self.drawn - x) * 1000.0 / self.run.size).round();
            if correction != 0.0 {
                self.content.correct(correction);
                self.drawn -= correction * self.run.size / 1000.0;
            }
        }
        self.content.show(code(&used.id.to_be_bytes(), self.is_wide), used.width);
        self.drawn += f32::from(used.width) * self.run.size / 1000.0;
        self.x += advance;
        if is_raised {
            self.drawn = f32::NAN;
        }
    }
}
