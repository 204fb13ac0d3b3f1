//! The contents of a page as they are written: operators after their operands, a line each (ISO 32000-1, 7.8.2).
//!
//! printpdf makes an object of every operand and a string of every glyph; a page has thousands of them. Here they are bytes from
//! the start.

use super::object::{self, in_hundredths};
use crate::typeset::style::Colour;
use crate::typeset::{FaceId, Stroke};
use std::mem;
use std::sync::LazyLock;

/// A page's contents.
#[derive(Debug, Default)]
pub(super) struct Content {
    bytes: Vec<u8>,
    /// The text that is being shown.
    shown: Option<Shown>,
    /// What the next text or area is filled with, the next line drawn with, and the next text set in: said only where it changes.
    fill: Option<Colour>,
    stroke: Option<Colour>,
    font: Option<(FaceId, f32)>,
    /// What the next line is drawn with: its width in points, whether its ends are round, and its dashes.
    width: Option<f32>,
    has_round_ends: bool,
    dash: Option<(f32, f32)>,
    /// Where the last text was begun in the text object that is open, in hundredths of a point.
    line: (i64, i64),
}

/// Glyphs on one baseline.
#[derive(Debug, Default)]
struct Shown {
    /// Where the first one's origin is, in points from the page's left and foot; nothing if it goes on where the text before it ended.
    start: Option<(f32, f32)>,
    /// Where a reader's pen is, in thousandths of an em from the start.
    pen: f64,
    /// The operand of `TJ`, or the only string in it: strings of glyphs, and corrections between them.
    array: Vec<u8>,
    /// Whether there are corrections.
    is_corrected: bool,
    /// Whether the array ends in a string that is open.
    is_open: bool,
}

/// A property of marked content.
pub(super) enum Property<'a> {
    Number(usize),
    Name(&'a str),
    Text(&'a str),
}

/// The parts of colours from 0 to 255 as numbers from 0 to 1, as exactly as a reader needs to tell them all.
static PARTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let part = |part: u8| {
        let mut bytes = Vec::new();
        let thousandths = (u32::from(part) * 2000 + 255) / 510;
        match thousandths {
            0 => bytes.push(b'0'),
            1000 => bytes.push(b'1'),
            _ => bytes.extend(format!(".{thousandths:03}").trim_end_matches('0').bytes()),
        }
        bytes
    };
    (0..=u8::MAX).map(part).collect()
});

impl Content {
    /// The bytes, once nothing more is added.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.end_shown();
        self.bytes
    }

    /// An operator without operands.
    pub(super) fn operator(&mut self, operator: &str) {
        self.begin().extend(operator.as_bytes());
    }

    /// An operator with numbers, to the hundredth.
    pub(super) fn numbers(&mut self, numbers: &[f32], operator: &str) {
        operation(numbers.iter().map(|number| in_hundredths(*number)), operator, self.begin());
    }

    /// The path of a rectangle, from its left foot.
    pub(super) fn rectangle(&mut self, left: f32, foot: f32, width: f32, height: f32) {
        let (x, y) = (in_hundredths(left), in_hundredths(foot));
        // Where the other edges lie is what is exact to the hundredth: areas meet.
        let numbers = [x, y, in_hundredths(left + width) - x, in_hundredths(foot + height) - y];
        operation(numbers, "re", self.begin());
    }

    /// Begins a text object.
    pub(super) fn begin_text(&mut self) {
        self.operator("BT");
        self.line = (0, 0);
    }

    /// The colour of what is filled from here on.
    pub(super) fn fill(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            self.colour(colour, "rg");
        }
    }

    /// The colour of the lines from here on.
    fn stroke(&mut self, colour: Colour) {
        if self.stroke.replace(colour) != Some(colour) {
            self.colour(colour, "RG");
        }
    }

    fn colour(&mut self, colour: Colour, operator: &str) {
        let bytes = self.begin();
        for part in [colour.0, colour.1, colour.2] {
            bytes.extend(&PARTS[usize::from(part)]);
            bytes.push(b' ');
        }
        bytes.extend(operator.as_bytes());
    }

    /// How the lines from here on are drawn: their colour, width, ends and dashes.
    pub(super) fn line(&mut self, stroke: &Stroke) {
        self.stroke(stroke.colour);
        if self.width.replace(stroke.width) != Some(stroke.width) {
            self.numbers(&[stroke.width], "w");
        }
        if mem::replace(&mut self.has_round_ends, stroke.has_round_ends) != stroke.has_round_ends {
            self.operator(if stroke.has_round_ends { "1 J" } else { "0 J" });
        }
        // A dot is too short for dashes.
        if !stroke.has_round_ends && mem::replace(&mut self.dash, stroke.dash) != stroke.dash {
            let bytes = self.begin();
            bytes.push(b'[');
            if let Some((dash, gap)) = stroke.dash {
                object::hundredths(in_hundredths(dash), bytes);
                bytes.push(b' ');
                object::hundredths(in_hundredths(gap), bytes);
            }
            bytes.extend(b"]0 d");
        }
    }

    /// The font of the text from here on, by the name that page contents have for it, and its size in points.
    pub(super) fn font(&mut self, face: FaceId, name: &str, size: f32) {
        if self.font.replace((face, size)) == Some((face, size)) {
            return;
        }
        let bytes = self.begin();
        object::name(name.as_bytes(), bytes);
        bytes.push(b' ');
        object::real(size, bytes);
        bytes.extend(b" Tf");
    }

    /// Begins marked content, with its properties in the order of their names.
    pub(super) fn begin_marked(&mut self, tag: &str, properties: &[(&str, Property<'_>)]) {
        let bytes = self.begin();
        object::name(tag.as_bytes(), bytes);
        bytes.extend(b"<<");
        for (key, value) in properties {
            object::name(key.as_bytes(), bytes);
            match value {
                Property::Number(number) => {
                    bytes.push(b' ');
                    object::integer(object::whole(*number), bytes);
                }
                Property::Name(value) => object::name(value.as_bytes(), bytes),
                Property::Text(text) => object::utf_16(text, bytes),
            }
        }
        bytes.extend(b">>BDC");
    }

    /// Ends marked content.
    pub(super) fn end_marked(&mut self) {
        self.operator("EMC");
    }

    /// Moves the pen to a place, in points from the page's left and foot, for glyphs of a size. On the baseline of the glyphs before it
    /// that is a correction between them: a reader that selects text sees one line.
    pub(super) fn move_to(&mut self, x: f32, y: f32, size: f32) {
        if let Some(shown) = &mut self.shown
            && let Some((start, baseline)) = shown.start
            && baseline.to_bits() == y.to_bits()
            && size > 0.0
        {
            let place = (f64::from(x) - f64::from(start)) * 1000.0 / f64::from(size);
            #[expect(clippy::cast_possible_truncation, reason = "a correction is a single-precision number")]
            shown.correct((shown.pen - place) as f32);
            return;
        }
        self.end_shown();
        self.shown = Some(Shown { start: Some((x, y)), ..Shown::default() });
    }

    /// Moves the pen back by thousandths of an em.
    pub(super) fn correct(&mut self, back: f32) {
        self.shown.get_or_insert_default().correct(back);
    }

    /// Shows a glyph by its code in the font, and moves the pen by its width in thousandths of an em.
    pub(super) fn show(&mut self, code: &[u8], width: u16) {
        let shown = self.shown.get_or_insert_default();
        if !shown.is_open {
            shown.array.push(b'(');
            shown.is_open = true;
        }
        for byte in code {
            object::character(*byte, &mut shown.array);
        }
        shown.pen += f64::from(width);
    }

    /// Begins an operator, after what was shown.
    fn begin(&mut self) -> &mut Vec<u8> {
        self.end_shown();
        self.next()
    }

    fn next(&mut self) -> &mut Vec<u8> {
        if !self.bytes.is_empty() {
            self.bytes.push(b'\n');
        }
        &mut self.bytes
    }

    fn end_shown(&mut self) {
        let Some(mut shown) = self.shown.take().filter(|shown| !shown.array.is_empty()) else { return };
        shown.close();
        if let Some((x, y)) = shown.start {
            let (x, y) = (in_hundredths(x), in_hundredths(y));
            let before = mem::replace(&mut self.line, (x, y));
            operation([x - before.0, y - before.1], "Td", self.next());
        }
        let bytes = self.next();
        if shown.is_corrected {
            bytes.push(b'[');
            bytes.extend(&shown.array);
            bytes.extend(b"]TJ");
        } else {
            bytes.extend(&shown.array);
            bytes.extend(b"Tj");
        }
    }
}

/// Writes an operator after numbers of hundredths.
fn operation(numbers: impl IntoIterator<Item = i64>, operator: &str, bytes: &mut Vec<u8>) {
    for number in numbers {
        object::hundredths(number, bytes);
        bytes.push(b' ');
    }
    bytes.extend(operator.as_bytes());
}

impl Shown {
    fn close(&mut self) {
        if self.is_open {
            self.array.push(b')');
            self.is_open = false;
        }
    }

    /// Thousandths of an em are finer than hundredths of a point at any size of text: a correction is a whole number.
    fn correct(&mut self, back: f32) {
        #[expect(clippy::cast_possible_truncation, reason = "no wider than a page, and the cast saturates")]
        let back = back.round() as i32;
        if back == 0 {
            return;
        }
        self.close();
        self.is_corrected = true;
        object::integer(i64::from(back), &mut self.array);
        self.pen -= f64::from(back);
    }
}
