//! One line: its spaces spread, its words joined again, its glyphs placed.

use super::Context;
use super::bidi::{self, Ordered};
use super::breaks::{LOOSEST, SHRINK, STRETCH};
use super::fonts::FaceId;
use super::frame::{Area, Fill, FrameItem, Glyph, GlyphRun, Link};
use super::inline::Text;
use super::lines::Paragraph;
use super::parts::{self, Part};
use super::style::Align;
use super::words::{Word, WordGlyph};
use std::borrow::Cow;

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
        let (mut natural, mut spaces) = widths(&words);
        if natural - SHRINK * spaces > self.measure {
            // Letters of a word too long for the line, which kerning would push over its end.
            words = parts.iter().filter(|part| !matches!(part, Part::Opportunity { .. })).copied().collect();
            (natural, spaces) = widths(&words);
        }
        let mut ordered = None;
        if let Some(right_to_left) = self.direction {
            let found = Ordered::new(context, self.paragraph, &words, right_to_left);
            (natural, spaces) = widths(&found.parts);
            ordered = Some(found);
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
        let mut builder = LineBuilder { line, x: left, reached: f32::NAN, run: None, room: (0, 0) };
        match ordered {
            None => {
                for parts in words.chunk_by(|one, next| one.piece() == next.piece()) {
                    builder.expect(context, parts);
                    for part in parts {
                        self.place(context, &mut builder, part, stretch, false);
                    }
                }
            }
            Some(ordered) => {
                let places = places(&ordered.parts, &ordered.visual_order(), left, stretch);
                for ((part, level), x) in ordered.parts.iter().zip(&ordered.levels).zip(places) {
                    builder.x = x;
                    self.place(context, &mut builder, part, stretch, level.is_rtl());
                }
            }
        }
        if let Some(piece) = self.ends_in_space.and_then(|piece| self.paragraph.text(piece)) {
            let space = context.words.word(" ", piece.style.cut);
            builder.space(context.words.get(space), 0.0, piece);
        }
        builder.line
    }

    /// Places a part after what is there.
    fn place(
        &self,
        context: &mut Context<'_>,
        builder: &mut LineBuilder,
        part: &Part,
        stretch: f32,
        right_to_left: bool,
    ) {
        let Some(piece) = self.paragraph.text(part.piece()) else { return };
        match part {
            Part::Word { word, .. } if right_to_left => builder.word_right_to_left(context.words.get(*word), piece),
            Part::Word { word, .. } => builder.word(context.words.get(*word), piece),
            Part::Space { width, .. } => {
                let space = context.words.word(" ", piece.style.cut);
                builder.space(context.words.get(space), width * (1.0 + stretch), piece);
            }
            Part::Opportunity { .. } => {}
        }
    }

    /// Joins what was cut for breaking, so that kerning and ligatures come back; adds the hyphen.
    fn join<'w>(&self, context: &mut Context<'_>, parts: &'w [Part]) -> Cow<'w, [Part]> {
        if !self.hyphen && !parts.iter().any(|part| matches!(part, Part::Opportunity { .. })) {
            return Cow::Borrowed(parts);
        }
        let mut joined: Vec<Part> = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            match (joined.last_mut(), part) {
                (_, Part::Opportunity { .. }) => {}
                (Some(Part::Word { word: start, piece: first, width }), Part::Word { word: more, piece, .. })
                    if first == piece =>
                {
                    let whole = [&*context.words.get(*start).text, &*context.words.get(*more).text].concat();
                    if let Some(text) = self.paragraph.text(*piece) {
                        *start = context.words.word(&whole, text.style.cut);
                        *width = parts::width(&context.words, *start, &text.style);
                    }
                }
                _ => joined.push(*part),
            }
        }
        if self.hyphen {
            let piece = joined.last().map(Part::piece);
            if let Some((piece, text)) = piece.and_then(|piece| Some((piece, self.paragraph.text(piece)?))) {
                let hyphen = context.words.hyphen(text.style.cut);
                joined.push(Part::word(&context.words, hyphen, piece, &text.style));
            }
        }
        Cow::Owned(joined)
    }
}

/// The width of parts, and that of the spaces among them, in points.
fn widths(parts: &[Part]) -> (f32, f32) {
    parts.iter().fold((0.0, 0.0), |(natural, spaces), part| match part {
        Part::Word { width, .. } => (natural + width, spaces),
        Part::Space { width, .. } => (natural + width, spaces + width),
        Part::Opportunity { .. } => (natural, spaces),
    })
}

/// Where each part starts, in points, if they stand from left to right in an order.
fn places(parts: &[Part], order: &[usize], left: f32, stretch: f32) -> Vec<f32> {
    let mut places = vec![left; parts.len()];
    let mut x = left;
    for index in order {
        let (Some(part), Some(place)) = (parts.get(*index), places.get_mut(*index)) else { continue };
        *place = x;
        let (width, space) = widths(std::slice::from_ref(part));
        x += width + stretch * space;
    }
    places
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
    /// The item that is the last run of glyphs.
    run: Option<usize>,
    /// How many glyphs and bytes of text are to be placed next.
    room: (usize, usize),
}

impl LineBuilder {
    /// Says what is to be placed next, so that there is room for it.
    fn expect(&mut self, context: &Context<'_>, parts: &[Part]) {
        self.room = parts.iter().fold((0, 0), |(glyphs, bytes), part| match part {
            Part::Word { word, .. } => {
                let word = context.words.get(*word);
                (glyphs + word.glyphs.len(), bytes + word.text.len())
            }
            Part::Space { .. } => (glyphs + 1, bytes + 1),
            Part::Opportunity { .. } => (glyphs, bytes),
        });
    }

    fn word(&mut self, word: &Word, piece: &Text) {
        let start = self.x;
        self.anchor(piece);
        self.glyphs(word, &word.glyphs, piece);
        self.mark(start, piece);
    }

    /// The same for letters that run from right to left: each is placed by itself, so that they are read in their order.
    fn word_right_to_left(&mut self, word: &Word, piece: &Text) {
        let start = self.x;
        self.anchor(piece);
        let mut end = start;
        for (x, range) in bidi::clusters(word, piece.style.tracking) {
            self.x = start + x * piece.style.size;
            self.glyphs(word, word.glyphs.get(range).unwrap_or_default(), piece);
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

    fn space(&mut self, space: &Word, width: f32, piece: &Text) {
        let Some(glyph) = space.glyphs.first() else { return };
        let start = self.x;
        let Some(run) = self.run(glyph.face, piece) else { return };
        let from = run.text.len();
        run.text.push(' ');
        run.glyphs.push(Glyph { id: glyph.id, advance: width, x_offset: 0.0, y_offset: 0.0, text: from..from + 1 });
        self.x += width;
        self.reached = self.x;
        self.mark(start, piece);
    }

    /// Adds the glyphs of a word, or some of them.
    fn glyphs(&mut self, word: &Word, glyphs: &[WordGlyph], piece: &Text) {
        let style = &piece.style;
        for glyphs in glyphs.chunk_by(|one, next| one.face == next.face) {
            let mut x = self.x;
            let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { continue };
            let Some(run) = self.run(first.face, piece) else { continue };
            let start = run.text.len();
            if word.in_order {
                run.text.push_str(&word.text[first.text.start..last.text.end]);
            }
            for glyph in glyphs {
                let text = if word.in_order {
                    start + glyph.text.start - first.text.start..start + glyph.text.end - first.text.start
                } else {
                    let from = run.text.len();
                    run.text.push_str(word.text.get(glyph.text.clone()).unwrap_or_default());
                    from..run.text.len()
                };
                let tracking = if text.is_empty() { 0.0 } else { style.tracking };
                let advance = (glyph.advance + tracking) * style.size;
                run.glyphs.push(Glyph {
                    id: glyph.id,
                    advance,
                    x_offset: glyph.x_offset * style.size,
                    y_offset: glyph.y_offset * style.size,
                    text,
                });
                x += advance;
            }
            self.x = x;
            self.reached = x;
        }
    }

    /// The last run if glyphs of a face go on with it, else a new one.
    fn run(&mut self, face: FaceId, piece: &Text) -> Option<&mut GlyphRun> {
        let style = &piece.style;
        let goes_on = (self.x - self.reached).abs() < f32::EPSILON;
        let last = self.run.filter(|last| match self.line.items.get(*last) {
            Some(FrameItem::Text(run)) => {
                goes_on
                    && run.face == face
                    && (run.size - style.size).abs() < f32::EPSILON
                    && run.colour == style.colour
                    && (run.y + style.rise).abs() < f32::EPSILON
                    && run.element == Some(piece.element)
            }
            _ => false,
        });
        let index = last.unwrap_or(self.line.items.len());
        if last.is_none() {
            self.run = Some(index);
            self.line.items.push(FrameItem::Text(GlyphRun {
                x: self.x,
                y: -style.rise,
                face,
                size: style.size,
                colour: style.colour,
                text: String::new(),
                glyphs: Vec::new(),
                element: Some(piece.element),
            }));
        }
        let Some(FrameItem::Text(run)) = self.line.items.get_mut(index) else { return None };
        let (glyphs, bytes) = std::mem::take(&mut self.room);
        run.glyphs.reserve(glyphs);
        run.text.reserve(bytes);
        Some(run)
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
