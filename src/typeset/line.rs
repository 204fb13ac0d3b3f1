//! One line: its spaces spread, its words joined again, its glyphs placed.

use super::Context;
use super::bidi::{self, Ordered};
use super::breaks::{LOOSEST, SHRINK, STRETCH};
use super::fonts::FaceId;
use super::frame::{Area, Fill, FrameItem, Glyph, GlyphRun, Link};
use super::inline::Text;
use super::lines::{Paragraph, Part, width};
use super::shape::{Word, WordGlyph};
use super::style::Align;
use std::rc::Rc;
use unicode_bidi::Level;

/// A set line. Its items are placed from its left edge, with the baseline at 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub items: Vec<FrameItem>,
    /// How far the letters reach, in points.
    pub width: f32,
    /// Its last word goes on in the next line.
    pub divided: bool,
}

/// How one line is set.
pub(super) struct Setting<'s, 'p> {
    pub paragraph: &'s Paragraph<'p>,
    pub measure: f32,
    pub align: Align,
    /// The last word is divided.
    pub hyphen: bool,
    /// The piece of the space after which the text goes on: it is kept, without width, for those who read the letters only.
    pub ends_in_space: Option<usize>,
    /// Where some of the paragraph's letters run from right to left: whether the paragraph does.
    pub direction: Option<bool>,
}

impl Setting<'_, '_> {
    /// Sets the parts between two breaks.
    pub(super) fn line(&self, context: &mut Context<'_>, parts: &[Part]) -> Line {
        let parts = trim(parts);
        let mut words = self.join(context, parts);
        let (mut natural, mut spaces) = self.widths(&words);
        if natural - SHRINK * spaces > self.measure {
            // Letters of a word too long for the line, which kerning would push over its end.
            words = parts.iter().filter(|part| !matches!(part, Part::Opportunity { .. })).cloned().collect();
            (natural, spaces) = self.widths(&words);
        }
        let mut levels = Vec::new();
        let mut order: Vec<usize> = (0..words.len()).collect();
        if let Some(right_to_left) = self.direction {
            let ordered = Ordered::new(context, self.paragraph, &words, right_to_left);
            order = ordered.visual_order();
            (words, levels) = (ordered.parts, ordered.levels);
            (natural, spaces) = self.widths(&words);
        }
        let slack = self.measure - natural;
        let stretch = if self.align == Align::Justified && spaces > 0.0 { slack / spaces } else { slack.min(0.0) };
        let stretch = if stretch > LOOSEST * STRETCH || spaces == 0.0 { 0.0 } else { stretch.max(-SHRINK) };
        let stretch = if self.align != Align::Justified && slack >= 0.0 { 0.0 } else { stretch };
        let width = natural + stretch * spaces;
        let left = match self.align {
            Align::Justified | Align::Left => 0.0,
            Align::Right => self.measure - width,
            Align::Centre => (self.measure - width) / 2.0,
        };
        let line = Line { items: Vec::new(), width, divided: self.hyphen };
        let mut builder = LineBuilder { line, x: left, reached: f32::NAN };
        let places = self.places(&words, &order, left, stretch);
        for ((index, part), x) in words.iter().enumerate().zip(places) {
            if self.direction.is_some() {
                builder.x = x;
            }
            match part {
                Part::Word { text, word, piece } => {
                    if let Some(piece) = self.paragraph.text(*piece) {
                        if levels.get(index).is_some_and(Level::is_rtl) {
                            builder.word_right_to_left(text, word, piece);
                        } else {
                            builder.word(text, word, piece);
                        }
                    }
                }
                Part::Space { piece, width, .. } => {
                    if let Some(piece) = self.paragraph.text(*piece) {
                        let space = context.words.word(" ", piece.style.cut);
                        builder.space(&space, width * (1.0 + stretch), piece);
                    }
                }
                Part::Opportunity { .. } => {}
            }
        }
        if let Some(piece) = self.ends_in_space.and_then(|piece| self.paragraph.text(piece)) {
            let space = context.words.word(" ", piece.style.cut);
            builder.space(&space, 0.0, piece);
        }
        builder.line
    }

    /// Where each part starts, in points, if they stand from left to right in an order.
    fn places(&self, parts: &[Part], order: &[usize], left: f32, stretch: f32) -> Vec<f32> {
        let mut places = vec![left; parts.len()];
        let mut x = left;
        for index in order {
            let (Some(part), Some(place)) = (parts.get(*index), places.get_mut(*index)) else { continue };
            *place = x;
            let (width, space) = self.widths(std::slice::from_ref(part));
            x += width + stretch * space;
        }
        places
    }

    /// The width of parts, and that of the spaces among them, in points.
    fn widths(&self, parts: &[Part]) -> (f32, f32) {
        parts.iter().fold((0.0, 0.0), |(natural, spaces), part| match part {
            Part::Word { text, word, piece } => {
                let style = self.paragraph.text(*piece).map(|text| text.style);
                (natural + style.map_or(0.0, |style| width(text, word, &style)), spaces)
            }
            Part::Space { width, .. } => (natural + width, spaces + width),
            Part::Opportunity { .. } => (natural, spaces),
        })
    }

    /// Joins what was cut for breaking, so that kerning and ligatures come back; adds the hyphen.
    fn join(&self, context: &mut Context<'_>, parts: &[Part]) -> Vec<Part> {
        let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
        for part in parts {
            match (joined.last_mut(), part) {
                (_, Part::Opportunity { .. }) => {}
                (Some(Part::Word { text: start, word, piece: first }), Part::Word { text: more, piece, .. })
                    if first == piece =>
                {
                    let whole: Rc<str> = format!("{start}{more}").into();
                    if let Some(text) = self.paragraph.text(*piece) {
                        *word = context.words.word(&whole, text.style.cut);
                    }
                    *start = whole;
                }
                _ => joined.push(part.clone()),
            }
        }
        if self.hyphen {
            let piece = joined.last().map(Part::piece);
            if let Some(text) = piece.and_then(|piece| self.paragraph.text(piece)) {
                // Shown as a hyphen, read as a soft one: the word stays whole for search and for screen readers.
                let word = context.words.word("-", text.style.cut);
                joined.push(Part::Word { text: "\u{ad}".into(), word, piece: piece.unwrap_or(0) });
            }
        }
        joined
    }
}

fn trim(mut parts: &[Part]) -> &[Part] {
    while let [rest @ .., Part::Space { breakable: true, .. } | Part::Opportunity { .. }] = parts {
        parts = rest;
    }
    parts
}

/// Places glyphs one after the other.
struct LineBuilder {
    line: Line,
    x: f32,
    /// Where the last glyph ends.
    reached: f32,
}

impl LineBuilder {
    fn word(&mut self, text: &str, word: &Word, piece: &Text) {
        let start = self.x;
        self.anchor(piece);
        self.glyphs(text, &word.glyphs, piece);
        self.mark(start, piece);
    }

    /// The same for letters that run from right to left: each is placed by itself, so that they are read in their order.
    fn word_right_to_left(&mut self, text: &str, word: &Word, piece: &Text) {
        let start = self.x;
        self.anchor(piece);
        let mut end = start;
        for (x, range) in bidi::clusters(word, piece.style.tracking) {
            self.x = start + x * piece.style.size;
            self.glyphs(text, word.glyphs.get(range).unwrap_or_default(), piece);
            end = end.max(self.x);
        }
        self.x = end;
        self.mark(start, piece);
    }

    fn anchor(&mut self, piece: &Text) {
        if let Some(name) = &piece.anchor {
            self.line.items.push(FrameItem::Anchor { name: name.clone(), x: self.x, y: -piece.style.size });
        }
    }

    fn glyphs(&mut self, text: &str, glyphs: &[WordGlyph], piece: &Text) {
        for glyph in glyphs {
            let style = &piece.style;
            // The hyphen of a divided word shows other letters than it was shaped from.
            let shown = if text == "\u{ad}" { text } else { text.get(glyph.text.clone()).unwrap_or_default() };
            let tracking = if shown.is_empty() { 0.0 } else { style.tracking };
            let placed = Glyph {
                id: glyph.id,
                advance: (glyph.advance + tracking) * style.size,
                x_offset: glyph.x_offset * style.size,
                y_offset: glyph.y_offset * style.size,
                text: 0..0,
            };
            self.push(glyph.face, placed, shown, piece);
        }
    }

    fn space(&mut self, space: &Word, width: f32, piece: &Text) {
        let Some(glyph) = space.glyphs.first() else { return };
        let start = self.x;
        let placed = Glyph { id: glyph.id, advance: width, x_offset: 0.0, y_offset: 0.0, text: 0..0 };
        self.push(glyph.face, placed, " ", piece);
        self.mark(start, piece);
    }

    /// Adds a glyph to the last run if all is alike, else to a new one.
    fn push(&mut self, face: FaceId, mut glyph: Glyph, shown: &str, piece: &Text) {
        let style = &piece.style;
        let advance = glyph.advance;
        let last = self.line.items.iter_mut().rev().find_map(|item| match item {
            FrameItem::Text(run) => Some(run),
            _ => None,
        });
        let goes_on = (self.x - self.reached).abs() < f32::EPSILON;
        let joined = last.filter(|run| {
            goes_on
                && run.face == face
                && (run.size - style.size).abs() < f32::EPSILON
                && run.colour == style.colour
                && (run.y + style.rise).abs() < f32::EPSILON
                && run.element == Some(piece.element)
        });
        if let Some(run) = joined {
            let from = run.text.len();
            run.text.push_str(shown);
            glyph.text = from..run.text.len();
            run.glyphs.push(glyph);
        } else {
            glyph.text = 0..shown.len();
            self.line.items.push(FrameItem::Text(GlyphRun {
                x: self.x,
                y: -style.rise,
                face,
                size: style.size,
                colour: style.colour,
                text: shown.to_owned(),
                glyphs: vec![glyph],
                element: Some(piece.element),
            }));
        }
        self.x += advance;
        self.reached = self.x;
    }

    /// Links and strikes what was placed since `start`.
    fn mark(&mut self, start: f32, piece: &Text) {
        let size = piece.style.size;
        let width = self.x - start;
        if piece.struck {
            let area = Area { x: start, y: -piece.style.rise - size * 0.26, width, height: size * 0.05 };
            self.line.items.push(FrameItem::Fill(Fill { area, colour: piece.style.colour, radius: 0.0 }));
        }
        let Some(target) = &piece.target else { return };
        if let Some(FrameItem::Link(link)) = self.line.items.iter_mut().rfind(|item| matches!(item, FrameItem::Link(_)))
        {
            let touches = (link.area.x + link.area.width - start).abs() < 0.01;
            if touches && link.target == *target && link.element == piece.element {
                link.area.width += width;
                return;
            }
        }
        let area = Area { x: start, y: -piece.style.rise - size * 0.8, width, height: size * 1.05 };
        let contents = piece.spoken.clone().unwrap_or_else(|| piece.letters.clone());
        let link = Link { area, target: target.clone(), contents, element: piece.element };
        self.line.items.push(FrameItem::Link(link));
    }
}
