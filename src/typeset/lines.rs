//! Pieces to lines: words are measured, and lines are broken.

use super::Context;
use super::bidi;
use super::breaks::{self, Measure};
use super::inline::{Piece, Text};
use super::joint;
use super::line::{Line, Setting};
use super::shape::{Word, clusters};
use super::style::{Align, ParagraphStyle, TextStyle};
use crate::language::Language;
use std::rc::Rc;

/// A part of a paragraph: [`Measure`] with what it shows.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Word { text: Rc<str>, word: Rc<Word>, piece: usize },
    Space { piece: usize, breakable: bool, width: f32 },
    Opportunity { piece: usize, hyphen: bool, cost: f32 },
}

impl Part {
    /// The piece that it was cut from.
    pub(super) fn piece(&self) -> usize {
        match self {
            Part::Word { piece, .. } | Part::Space { piece, .. } | Part::Opportunity { piece, .. } => *piece,
        }
    }

    /// Its letters.
    pub(super) fn letters(&self) -> &str {
        match self {
            Part::Word { text, .. } => text,
            Part::Space { .. } => " ",
            Part::Opportunity { .. } => "",
        }
    }
}

/// A paragraph ready to be broken, once or at several measures.
pub(super) struct Paragraph<'p> {
    pieces: &'p [Piece],
    /// Some of its letters run from right to left.
    both_ways: bool,
    /// The parts between forced breaks.
    segments: Vec<Vec<Part>>,
}

/// The cost of dividing a word.
const HYPHEN_COST: f32 = 100.0;
/// The cost of breaking where only need allows it: within a word too long for the measure.
const NEED_COST: f32 = 3000.0;
/// A first try without divided words is kept if no space grows by more than this many times [`STRETCH`].
const EVEN_ENOUGH: f32 = 0.9;

impl<'p> Paragraph<'p> {
    /// Measures the words of pieces.
    pub(super) fn new(context: &mut Context<'_>, pieces: &'p [Piece]) -> Paragraph<'p> {
        let mut segments = vec![Vec::new()];
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::LineBreak => segments.push(Vec::new()),
                Piece::Text(text) => {
                    if let Some(segment) = segments.last_mut() {
                        if text.is_note_mark() {
                            hold(segment);
                        }
                        cut(context, text, index, segment);
                    }
                }
            }
        }
        let both_ways =
            pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if bidi::runs_both_ways(&text.letters)));
        Paragraph { pieces, both_ways, segments }
    }

    /// The widest unbreakable stretch, and the widest line if none is broken, in points.
    pub(super) fn extremes(&self, context: &mut Context<'_>) -> (f32, f32) {
        let (mut narrowest, mut widest) = (0.0_f32, 0.0_f32);
        for segment in &self.segments {
            let (unbroken, whole) = breaks::extremes(&self.measures(context, segment));
            narrowest = narrowest.max(unbroken);
            widest = widest.max(whole);
        }
        (narrowest, widest)
    }

    /// Breaks at a measure in points, and sets the lines.
    pub(super) fn lines(&self, context: &mut Context<'_>, measure: f32, style: &ParagraphStyle) -> Vec<Line> {
        let mut lines = Vec::new();
        let justified = style.align == Align::Justified;
        for (position, segment) in self.segments.iter().enumerate() {
            let right_to_left =
                self.both_ways && bidi::is_right_to_left(&segment.iter().map(Part::letters).collect::<String>());
            let indent = if position == 0 { style.first_line.clamp(0.0, measure / 3.0) } else { 0.0 };
            let mut parts = self.fit(context, segment, measure - indent);
            let mut measures = self.measures(context, &parts);
            let (mut ends, loosest) = break_indented(&measures, measure, indent, justified);
            if style.hyphenate && justified && loosest > EVEN_ENOUGH {
                let divided = self.divide(context, &parts);
                if divided.len() > parts.len() {
                    parts = divided;
                    measures = self.measures(context, &parts);
                    ends = break_indented(&measures, measure, indent, justified).0;
                }
            }
            let mut start = measures.iter().take_while(|part| is_open_space(part)).count();
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
                let direction = self.both_ways.then_some(right_to_left);
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
                start = breaks::line_start(&measures, end);
            }
        }
        lines
    }

    /// The text that a part was cut from.
    pub(super) fn text(&self, piece: usize) -> Option<&'p Text> {
        match self.pieces.get(piece) {
            Some(Piece::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn measures(&self, context: &mut Context<'_>, parts: &[Part]) -> Vec<Measure> {
        parts
            .iter()
            .map(|part| match part {
                Part::Word { text, word, piece } => {
                    Measure::Word(self.text(*piece).map_or(0.0, |piece| width(text, word, &piece.style)))
                }
                Part::Space { breakable, width, .. } => Measure::Space { width: *width, breakable: *breakable },
                Part::Opportunity { piece, hyphen, cost } => {
                    let width = match self.text(*piece) {
                        Some(text) if *hyphen => width("-", &context.words.word("-", text.style.cut), &text.style),
                        _ => 0.0,
                    };
                    Measure::Opportunity { width, cost: *cost }
                }
            })
            .collect()
    }

    /// Lets what is wider than the measure break between its letters: nothing is ever overfull.
    fn fit(&self, context: &mut Context<'_>, parts: &[Part], measure: f32) -> Vec<Part> {
        let measures = self.measures(context, parts);
        if breaks::extremes(&measures).0 <= measure {
            return parts.to_vec();
        }
        let mut fitted = Vec::new();
        let mut index = 0;
        while index < parts.len() {
            let is_held = |part: &Measure| matches!(part, Measure::Word(_) | Measure::Space { breakable: false, .. });
            let held = measures[index..].iter().take_while(|part| is_held(part)).count();
            if breaks::extremes(&measures[index..index + held]).0 > measure {
                for part in &parts[index..index + held] {
                    self.loosen(context, part, measure, &mut fitted);
                }
            } else {
                fitted.extend_from_slice(&parts[index..index + held]);
            }
            index += held;
            if let Some(part) = parts.get(index) {
                fitted.push(part.clone());
                index += 1;
            }
        }
        fitted
    }

    fn loosen(&self, context: &mut Context<'_>, part: &Part, measure: f32, fitted: &mut Vec<Part>) {
        match part {
            Part::Word { text, word, piece } => {
                let Some(style) = self.text(*piece).map(|text| text.style) else { return };
                if !fitted.is_empty() {
                    fitted.push(Part::Opportunity { piece: *piece, hyphen: false, cost: NEED_COST / 10.0 });
                }
                if width(text, word, &style) <= measure {
                    fitted.push(part.clone());
                    return;
                }
                for (index, range) in clusters(text).enumerate() {
                    if index > 0 {
                        fitted.push(Part::Opportunity { piece: *piece, hyphen: false, cost: NEED_COST });
                    }
                    let word = context.words.word(&text[range.clone()], style.cut);
                    fitted.push(Part::Word { text: text[range].into(), word, piece: *piece });
                }
            }
            Part::Space { piece, width, .. } => {
                fitted.push(Part::Space { piece: *piece, breakable: true, width: *width });
            }
            Part::Opportunity { .. } => fitted.push(part.clone()),
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
                divided.push(part.clone());
                continue;
            };
            let letters = text.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
            let before = text.len() - text.trim_start_matches(|letter: char| !letter.is_ascii_alphabetic()).len();
            let plain = letters.len() >= 6 && letters.bytes().all(|letter| letter.is_ascii_lowercase());
            let Some(style) = self.text(piece).filter(|text| plain && !text.verbatim).map(|text| text.style) else {
                divided.push(part.clone());
                continue;
            };
            let syllables: Vec<&str> = hypher::hyphenate_bounded(letters, hypher::Lang::English, 3, 3).collect();
            let (mut start, mut end) = (0, before);
            for (index, syllable) in syllables.iter().enumerate() {
                end = if index + 1 == syllables.len() { text.len() } else { end + syllable.len() };
                if index > 0 {
                    divided.push(Part::Opportunity { piece, hyphen: true, cost: HYPHEN_COST });
                }
                let word = context.words.word(&text[start..end], style.cut);
                divided.push(Part::Word { text: text[start..end].into(), word, piece });
                start = end;
            }
        }
        divided
    }

    /// A word of English, the one language that is divided.
    fn divisible<'a>(&self, context: &Context<'_>, part: &'a Part) -> Option<(&'a str, usize)> {
        let Part::Word { text, piece, .. } = part else { return None };
        let language = self.text(*piece)?.language.as_deref().unwrap_or(context.language.code());
        let english = Language::En.code();
        let is_english = language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(english));
        (is_english && !joint::is_unit(text)).then_some((&**text, *piece))
    }
}

/// Where lines end if the first one is set in, and how loose the loosest line is: to the breaker the indent is a word.
fn break_indented(measures: &[Measure], measure: f32, indent: f32, justified: bool) -> (Vec<usize>, f32) {
    if indent <= 0.0 {
        return breaks::break_lines(measures, measure, justified);
    }
    let open = measures.iter().take_while(|part| is_open_space(part)).count();
    let indented: Vec<Measure> =
        measures[..open].iter().chain(&[Measure::Word(indent)]).chain(&measures[open..]).copied().collect();
    let (ends, loosest) = breaks::break_lines(&indented, measure, justified);
    (ends.into_iter().map(|end| if end > open { end - 1 } else { end }).collect(), loosest)
}

fn is_open_space(part: &Measure) -> bool {
    matches!(part, Measure::Space { breakable: true, .. } | Measure::Opportunity { .. })
}

/// The width of a word in a style, in points.
pub(super) fn width(text: &str, word: &Word, style: &TextStyle) -> f32 {
    if style.tracking == 0.0 {
        return word.width * style.size;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let tracking = style.tracking * clusters(text).count() as f32;
    (word.width + tracking) * style.size
}

/// Keeps what comes next on the line of what is there: a space before the mark of a note does not break.
fn hold(parts: &mut Vec<Part>) {
    while let Some(Part::Opportunity { .. }) = parts.last() {
        parts.pop();
    }
    if let Some(Part::Space { breakable, .. }) = parts.last_mut() {
        *breakable = false;
    }
}

/// Cuts a text into words, spaces and the places between letters where a line may end.
fn cut(context: &mut Context<'_>, text: &Text, piece: usize, parts: &mut Vec<Part>) {
    let space = context.words.word(" ", text.style.cut).width * text.style.size;
    let mut word = String::new();
    let is_address = text.letters.contains("://") || text.letters.starts_with("www.");
    let mut letters = text.letters.char_indices().peekable();
    let mut previous: Option<char> = None;
    let mut flush = |word: &mut String, parts: &mut Vec<Part>| {
        if !word.is_empty() {
            let shaped = context.words.word(word, text.style.cut);
            parts.push(Part::Word { text: std::mem::take(word).into(), word: shaped, piece });
        }
    };
    let opportunity = |hyphen, cost| Part::Opportunity { piece, hyphen, cost };
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        match letter {
            _ if is_space(letter) => {
                flush(&mut word, parts);
                if text.verbatim {
                    let count = if letter == '\t' { 4 } else { 1 };
                    parts.extend((0..count).map(|_| Part::Space { piece, breakable: false, width: space }));
                    parts.push(opportunity(false, 0.0));
                } else if !previous.is_some_and(is_space)
                    && !matches!(parts.last(), Some(Part::Space { breakable: true, .. }))
                {
                    parts.push(Part::Space { piece, breakable: !joint::holds(&text.letters, at), width: space });
                }
            }
            '\u{a0}' => {
                flush(&mut word, parts);
                parts.push(Part::Space { piece, breakable: false, width: space });
            }
            '\u{ad}' => {
                flush(&mut word, parts);
                parts.push(opportunity(true, HYPHEN_COST));
            }
            '\u{200b}' => {
                flush(&mut word, parts);
                parts.push(opportunity(false, 0.0));
            }
            _ => {
                word.push(letter);
                let between_letters =
                    previous.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
                let breaks_after = match letter {
                    '-' | '/' | '—' if between_letters => true,
                    '/' => is_address && !matches!((previous, next), (Some('/' | ':'), _) | (_, Some('/') | None)),
                    '?' | '&' | '=' | '-' | '_' | '.' | '#' => is_address && next.is_some(),
                    _ => next.is_some_and(|next| joint::breaks_between(letter, next)),
                };
                if breaks_after {
                    flush(&mut word, parts);
                    parts.push(opportunity(false, if is_address { 5.0 } else { 20.0 }));
                }
            }
        }
        previous = Some(letter);
    }
    flush(&mut word, parts);
}

/// Spaces at which a line may end.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}')
}
