//! Paragraphs to lines: parts are measured, and lines are broken.

use super::Context;
use super::bidi;
use super::breaks::{self, Measure};
use super::inline::{Piece, Text};
use super::joint;
use super::line::{Line, Setting};
use super::parts::{Part, Words, extremes, is_open_space, opportunity, soft_hyphen};
use super::shape::clusters;
use super::style::{Align, ParagraphStyle};
use crate::language::Language;
use std::borrow::Cow;
use std::sync::Arc;

/// A paragraph ready to be broken, once or at several measures.
pub(super) struct Paragraph<'p> {
    pieces: &'p [Piece],
    words: Cow<'p, Words>,
}

/// The cost of breaking where only need allows it: within a word too long for the measure.
const NEED_COST: f32 = 3000.0;
/// A first try without divided words is kept if no space grows by more than this many times [`STRETCH`].
const EVEN_ENOUGH: f32 = 0.9;

impl<'p> Paragraph<'p> {
    /// Measures the words of pieces.
    pub(super) fn new(context: &mut Context<'_>, pieces: &'p [Piece]) -> Paragraph<'p> {
        Paragraph { pieces, words: Cow::Owned(Words::new(context, pieces)) }
    }

    /// Pieces whose words have been measured.
    pub(super) fn measured(pieces: &'p [Piece], words: &'p Words) -> Paragraph<'p> {
        Paragraph { pieces, words: Cow::Borrowed(words) }
    }

    /// The widest unbreakable stretch, and the widest line if none is broken, in points.
    pub(super) fn extremes(&self) -> (f32, f32) {
        self.words.extremes()
    }

    /// Breaks at a measure in points, and sets the lines.
    pub(super) fn lines(&self, context: &mut Context<'_>, measure: f32, style: &ParagraphStyle) -> Vec<Line> {
        let mut lines = Vec::new();
        let both_ways = self.words.both_ways;
        for (position, segment) in self.words.segments().enumerate() {
            let right_to_left = both_ways
                && bidi::is_right_to_left(&segment.iter().map(|part| part.letters(&context.words)).collect::<String>());
            let direction = both_ways.then_some(right_to_left);
            let indent = if position == 0 { style.first_line.clamp(0.0, measure / 3.0) } else { 0.0 };
            let (parts, ends) = self.broken(context, segment, measure, indent, style);
            let mut start = parts.iter().take_while(|part| is_open_space(part)).count();
            for (index, end) in ends.iter().copied().enumerate() {
                let last = index + 1 == ends.len();
                let stop = end.max(start);
                let hyphen = matches!(parts.get(end), Some(Part::Opportunity { hyphen: true, .. }));
                let align = match style.align {
                    Align::Justified if last && right_to_left => Align::Right,
                    Align::Justified if last => Align::Left,
                    align => align,
                };
                let ends_in_space =
                    parts.get(end).filter(|part| !last && matches!(part, Part::Space { .. })).map(Part::piece);
                let indent = if index == 0 { indent } else { 0.0 };
                let setting =
                    Setting { paragraph: self, measure: measure - indent, align, hyphen, ends_in_space, direction };
                let mut line = setting.line(context, &parts[start.min(stop)..stop.min(parts.len())]);
                if indent > 0.0 {
                    line.width += indent;
                    if !right_to_left {
                        for item in &mut line.items {
                            item.shift(indent, 0.0);
                        }
                    }
                }
                lines.push(line);
                start = (end + 1).min(parts.len());
                start += parts[start..].iter().take_while(|part| is_open_space(part)).count();
            }
        }
        lines
    }

    /// The parts of a segment, words that are too long or may be divided cut further, and where its lines end.
    fn broken<'s>(
        &self,
        context: &mut Context<'_>,
        segment: &'s [Part],
        measure: f32,
        indent: f32,
        style: &ParagraphStyle,
    ) -> (Cow<'s, [Part]>, Vec<usize>) {
        let (unbroken, whole) = extremes(segment);
        if indent == 0.0 && breaks::is_one_line(segment.len(), unbroken.max(whole), measure) {
            return (Cow::Borrowed(segment), vec![segment.len()]);
        }
        let justified = style.align == Align::Justified;
        let parts = if unbroken <= measure - indent {
            Cow::Borrowed(segment)
        } else {
            Cow::Owned(self.fit(context, segment, measure - indent))
        };
        let (ends, loosest) = break_indented(&parts, measure, indent, justified);
        if style.hyphenate && justified && loosest > EVEN_ENOUGH {
            let divided = self.divide(context, &parts);
            if divided.len() > parts.len() {
                let ends = break_indented(&divided, measure, indent, justified).0;
                return (Cow::Owned(divided), ends);
            }
        }
        (parts, ends)
    }

    /// The text that a part was cut from.
    pub(super) fn text(&self, piece: usize) -> Option<&'p Text> {
        match self.pieces.get(piece) {
            Some(Piece::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Lets what is wider than the measure break between its letters: nothing is ever overfull.
    fn fit(&self, context: &mut Context<'_>, parts: &[Part], measure: f32) -> Vec<Part> {
        let mut fitted = Vec::new();
        let mut index = 0;
        while index < parts.len() {
            let held = parts[index..].iter().take_while(|part| !is_open_space(part)).count();
            if extremes(&parts[index..index + held]).0 > measure {
                for part in &parts[index..index + held] {
                    self.loosen(context, part, measure, &mut fitted);
                }
            } else {
                fitted.extend_from_slice(&parts[index..index + held]);
            }
            index += held;
            if let Some(part) = parts.get(index) {
                fitted.push(*part);
                index += 1;
            }
        }
        fitted
    }

    fn loosen(&self, context: &mut Context<'_>, part: &Part, measure: f32, fitted: &mut Vec<Part>) {
        match part {
            Part::Word { word, piece, width } => {
                let Some(style) = self.text(*piece).map(|text| text.style) else { return };
                if !fitted.is_empty() {
                    fitted.push(opportunity(*piece, NEED_COST / 10.0));
                }
                if *width <= measure {
                    fitted.push(*part);
                    return;
                }
                let text = Arc::clone(&context.words.get(*word).text);
                for (index, range) in clusters(&text).enumerate() {
                    if index > 0 {
                        fitted.push(opportunity(*piece, NEED_COST));
                    }
                    let word = context.words.word(&text[range], style.cut);
                    fitted.push(Part::word(&context.words, word, *piece, &style));
                }
            }
            Part::Space { piece, width, .. } => {
                fitted.push(Part::Space { piece: *piece, breakable: true, width: *width });
            }
            Part::Opportunity { .. } => fitted.push(*part),
        }
    }

    /// Adds the places where English words may be divided: never names, nor words with digits or marks, nor the last word, whose end
    /// would stand alone.
    fn divide(&self, context: &mut Context<'_>, parts: &[Part]) -> Vec<Part> {
        let mut divided = Vec::with_capacity(parts.len() * 2);
        let is_word = |part: &Part| matches!(part, Part::Word { .. });
        let end = parts.iter().rposition(is_word).unwrap_or(0);
        let last =
            parts[..end].iter().rposition(|part| matches!(part, Part::Space { breakable: true, .. })).unwrap_or(0);
        for (index, part) in parts.iter().enumerate() {
            let Some((text, piece)) = self.divisible(context, part).filter(|_| index < last) else {
                divided.push(*part);
                continue;
            };
            let letters = text.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
            let before = text.len() - text.trim_start_matches(|letter: char| !letter.is_ascii_alphabetic()).len();
            let plain = letters.len() >= 6 && letters.bytes().all(|letter| letter.is_ascii_lowercase());
            let Some(style) = self.text(piece).filter(|text| plain && !text.verbatim).map(|text| text.style) else {
                divided.push(*part);
                continue;
            };
            let syllables: Vec<&str> = hypher::hyphenate_bounded(letters, hypher::Lang::English, 3, 3).collect();
            let hyphen = soft_hyphen(&mut context.words, piece, &style);
            let (mut start, mut end) = (0, before);
            for (index, syllable) in syllables.iter().enumerate() {
                end = if index + 1 == syllables.len() { text.len() } else { end + syllable.len() };
                if index > 0 {
                    divided.push(hyphen);
                }
                let word = context.words.word(&text[start..end], style.cut);
                divided.push(Part::word(&context.words, word, piece, &style));
                start = end;
            }
        }
        divided
    }

    /// A word of English, the one language that is divided.
    fn divisible(&self, context: &Context<'_>, part: &Part) -> Option<(Arc<str>, usize)> {
        let Part::Word { word, piece, .. } = part else { return None };
        let language = self.text(*piece)?.language.as_deref().unwrap_or(context.language.code());
        let english = Language::En.code();
        let is_english = language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(english));
        let text = &context.words.get(*word).text;
        (is_english && !joint::is_unit(text)).then(|| (Arc::clone(text), *piece))
    }
}

/// Where lines end if the first one is set in, and how loose the loosest line is: to the breaker the indent is a word.
fn break_indented(parts: &[Part], measure: f32, indent: f32, justified: bool) -> (Vec<usize>, f32) {
    let mut measures: Vec<Measure> = Vec::with_capacity(parts.len() + 1);
    measures.extend(parts.iter().map(Part::measure));
    if indent <= 0.0 {
        return breaks::break_lines(&measures, measure, justified);
    }
    let open = parts.iter().take_while(|part| is_open_space(part)).count();
    measures.insert(open, Measure::Word(indent));
    let (ends, loosest) = breaks::break_lines(&measures, measure, justified);
    (ends.into_iter().map(|end| if end > open { end - 1 } else { end }).collect(), loosest)
}
