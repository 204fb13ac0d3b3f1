//! A drawing that grows downwards, and what all kinds of charts draw alike.

use super::scene::{Anchor, Item, Line, Measure, Scene, Tone, Type, Weight};
use super::{Amount, Decimal};
use num_traits::ToPrimitive;

/// A drawing while it is made.
pub(super) struct Canvas<'m> {
    pub scene: Scene,
    measure: &'m mut dyn Measure,
}

impl<'m> Canvas<'m> {
    /// The message.
    const HEADLINE: Type = Type { size: 9.5, weight: Weight::Semibold };
    /// Labels and figures.
    pub(super) const LABEL: Type = Type { size: 9.0, weight: Weight::Regular };
    /// Labels and figures of what the document is about.
    pub(super) const OWN_LABEL: Type = Type { size: 9.0, weight: Weight::Semibold };
    /// Periods and small print.
    pub(super) const DETAIL: Type = Type { size: 8.5, weight: Weight::Regular };
    /// From a text's baseline to the next one's, to its size.
    const LEADING: f32 = 1.27;
    /// How far a text's middle lies above its baseline, to its size.
    const MIDDLE: f32 = 0.32;
    /// Between words, and between head and plot, in points.
    pub(super) const SPACE: f32 = 6.0;

    pub(super) fn new(width: f32, measure: &'m mut dyn Measure) -> Canvas<'m> {
        Canvas::below(Scene { width, height: 0.0, items: Vec::new() }, measure)
    }

    /// Goes on with a drawing, below what is there.
    pub(super) fn below(scene: Scene, measure: &'m mut dyn Measure) -> Canvas<'m> {
        Canvas { scene, measure }
    }

    pub(super) fn finish(self) -> Scene {
        self.scene
    }

    /// The whole width.
    pub(super) fn width(&self) -> f32 {
        self.scene.width
    }

    /// How far the drawing reaches down.
    pub(super) fn bottom(&self) -> f32 {
        self.scene.height
    }

    pub(super) fn gap(&mut self, height: f32) {
        self.scene.height += height;
    }

    pub(super) fn text_width(&mut self, text: &str, face: Type) -> f32 {
        if text.is_empty() { 0.0 } else { self.measure.width(text, face) }
    }

    /// The height of a line of text.
    pub(super) fn leading(face: Type) -> f32 {
        face.size * Canvas::LEADING
    }

    /// The face of a label.
    pub(super) fn label(is_own: bool) -> Type {
        if is_own { Canvas::OWN_LABEL } else { Canvas::LABEL }
    }

    /// A paragraph below all that is there.
    pub(super) fn paragraph(&mut self, text: &str, face: Type, tone: Tone) {
        let width = self.width();
        let lines = self.wrap(text, face, width);
        self.scene.height += self.lines(&lines, face, tone, (0.0, self.bottom()), Anchor::Start);
    }

    /// The message: what it is about on a line of its own where that takes two, else lines that are about equally long.
    pub(super) fn headline(&mut self, text: &str) {
        let face = Canvas::HEADLINE;
        let full = self.width();
        let mut lines = self.wrap(text, face, full);
        let most = lines.len();
        if let (2, Some((topic, message))) = (most, text.split_once(": ")) {
            let lines = [format!("{topic}:"), message.to_owned()];
            if lines.iter().all(|line| self.text_width(line, face) <= full) {
                self.scene.height += self.lines(&lines, face, Tone::Ink, (0.0, self.bottom()), Anchor::Start);
                return;
            }
        }
        if most > 1 {
            let parts: f32 = (0..most).map(|_| 1.0).sum();
            let mut narrow = self.text_width(text, face) / parts;
            while narrow < full {
                let narrower = self.wrap(text, face, narrow);
                if narrower.len() <= most {
                    lines = narrower;
                    break;
                }
                narrow += face.size;
            }
        }
        self.scene.height += self.lines(&lines, face, Tone::Ink, (0.0, self.bottom()), Anchor::Start);
    }

    /// Lines below each other, the first one's top at a place; their height.
    pub(super) fn lines(
        &mut self,
        lines: &[String],
        face: Type,
        tone: Tone,
        (x, top): (f32, f32),
        anchor: Anchor,
    ) -> f32 {
        let leading = Canvas::leading(face);
        let mut middle = top + leading / 2.0;
        for line in lines {
            self.line_of_text(line, face, tone, (x, middle), anchor);
            middle += leading;
        }
        middle - leading / 2.0 - top
    }

    /// One line of text, its middle at a height.
    pub(super) fn line_of_text(&mut self, text: &str, face: Type, tone: Tone, (x, middle): (f32, f32), anchor: Anchor) {
        let y = middle + face.size * Canvas::MIDDLE;
        self.scene.items.push(Item::Text { x, y, anchor, face, tone, text: text.to_owned() });
    }

    /// The word for zero at the start of a line, if there is one.
    pub(super) fn line_of_text_unless_empty(&mut self, text: &str, place: (f32, f32)) {
        if !text.is_empty() {
            self.line_of_text(text, Canvas::DETAIL, Tone::Grey, place, Anchor::Start);
        }
    }

    pub(super) fn bar(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), tone: Tone) {
        self.scene.items.push(Item::Bar { x, y, width, height, tone });
    }

    pub(super) fn dot(&mut self, (x, y): (f32, f32), radius: f32, tone: Tone) {
        self.scene.items.push(Item::Dot { x, y, radius, tone });
    }

    pub(super) fn line(&mut self, points: &[(f32, f32)], width: f32, tone: Tone) {
        self.scene.items.push(Item::Line(Line { points: points.to_vec(), width, tone, dotted: false }));
    }

    pub(super) fn dotted(&mut self, points: &[(f32, f32)], tone: Tone) {
        self.scene.items.push(Item::Line(Line { points: points.to_vec(), width: 0.7, tone, dotted: true }));
    }

    /// An interval: a line with an end at both ends.
    pub(super) fn whisker(&mut self, (from, to): (f32, f32), middle: f32, half: f32) {
        // On a dark bar, paper around the ink: black on navy is no mark.
        for (width, tone) in [(2.4, Tone::Paper), (0.8, Tone::Ink)] {
            self.line(&[(from, middle), (to, middle)], width, tone);
            for end in [from, to] {
                self.line(&[(end, middle - half), (end, middle + half)], width, tone);
            }
        }
    }

    /// The lines of a text, none wider than a width: broken at spaces, and where a word is too long also at no-break spaces, and at last
    /// between letters.
    pub(super) fn wrap(&mut self, text: &str, face: Type, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if self.append(&mut lines, word, ' ', face, width) {
                continue;
            }
            for (place, part) in word.split('\u{a0}').enumerate() {
                let space = if place == 0 { ' ' } else { '\u{a0}' };
                if !self.append(&mut lines, part, space, face, width) {
                    self.append_letters(&mut lines, part, face, width);
                }
            }
        }
        lines
    }

    /// Adds a word to the last line, or as a new one; false if it is wider than any line.
    fn append(&mut self, lines: &mut Vec<String>, word: &str, space: char, face: Type, width: f32) -> bool {
        if let Some(last) = lines.last_mut() {
            let end = last.len();
            last.push(space);
            last.push_str(word);
            if self.text_width(last, face) <= width {
                return true;
            }
            last.truncate(end);
        }
        if self.text_width(word, face) > width {
            return false;
        }
        lines.push(word.to_owned());
        true
    }

    fn append_letters(&mut self, lines: &mut Vec<String>, word: &str, face: Type, width: f32) {
        let mut line = String::new();
        for letter in word.chars() {
            let mut longer = line.clone();
            longer.push(letter);
            if !line.is_empty() && self.text_width(&longer, face) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
        lines.push(line);
    }

    /// An amount's bar from zero, at a scale of points to a unit, with what its words leave open at its end. Where it ends.
    pub(super) fn amount_bar(
        &mut self,
        amount: Amount,
        scale: f32,
        (x, top): (f32, f32),
        height: f32,
        tone: Tone,
    ) -> f32 {
        let (lower, upper) = amount.ends();
        let (solid, end) = (x + size(lower).max(0.0) * scale, x + size(upper).max(0.0) * scale);
        if solid > x {
            self.bar((x, top), ((solid - x).max(THINNEST), height), tone);
        }
        let (bottom, middle) = (top + height, top + height / 2.0);
        match amount {
            Amount::At(_) => solid,
            Amount::Between(..) => {
                let end = end.max(solid + SHORTEST_INTERVAL);
                self.whisker((solid, end), middle, height * 0.3);
                end
            }
            Amount::AtLeast(_) => {
                let (from, to) = (solid + 1.5, solid + OPEN_END);
                self.dotted(&[(from, top + 0.4), (to, top + 0.4)], Tone::Ink);
                self.dotted(&[(from, bottom - 0.4), (to, bottom - 0.4)], Tone::Ink);
                to
            }
            Amount::AtMost(..) => {
                let end = end.max(solid + SHORTEST_INTERVAL);
                let corners = [(solid, top + 0.4), (end, top + 0.4), (end, bottom - 0.4), (solid, bottom - 0.4)];
                self.dotted(&corners, Tone::Ink);
                end
            }
        }
    }
}

/// How far an open end is drawn beyond what is certain; it stands for no amount.
pub(super) const OPEN_END: f32 = 16.0;
/// The least length at which an interval is seen.
pub(super) const SHORTEST_INTERVAL: f32 = 3.0;
/// The least thickness at which a bar is seen.
const THINNEST: f32 = 0.5;

/// How far what words leave open may reach beyond an amount's bar, in points.
pub(super) fn overhang(amount: Amount) -> f32 {
    match amount {
        Amount::At(_) => 0.0,
        Amount::Between(..) | Amount::AtMost(..) => SHORTEST_INTERVAL,
        Amount::AtLeast(_) => OPEN_END,
    }
}

/// An exact number as a length; only ever drawn.
pub(super) fn size(value: Decimal) -> f32 {
    value.to_f32().unwrap_or(0.0)
}
