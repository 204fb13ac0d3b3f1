//! Pieces to parts: words, spaces and the places between letters where a line may end.

use super::Context;
use super::bidi;
use super::breaks::Measure;
use super::inline::{Piece, normal_form};
use super::joint;
use super::shape::{WordShaper, clusters};
use super::style::TextStyle;
use super::words::WordId;
use std::ops::Range;

/// A part of a paragraph: [`Measure`] with what it shows. Widths are points.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Word {
        word: WordId,
        piece: usize,
        width: f32,
    },
    Space {
        piece: usize,
        breakable: bool,
        width: f32,
    },
    /// The width is that of the hyphen.
    Opportunity {
        piece: usize,
        hyphen: bool,
        width: f32,
        cost: f32,
    },
}

impl Part {
    /// A word in the style of its piece.
    pub(super) fn word(words: &WordShaper<'_>, word: WordId, piece: usize, style: &TextStyle) -> Part {
        Part::Word { word, piece, width: width(words, word, style) }
    }

    /// The piece that it was cut from.
    pub(super) fn piece(&self) -> usize {
        match self {
            Part::Word { piece, .. } | Part::Space { piece, .. } | Part::Opportunity { piece, .. } => *piece,
        }
    }

    /// Its letters.
    pub(super) fn letters<'w>(&self, words: &'w WordShaper<'_>) -> &'w str {
        match self {
            Part::Word { word, .. } => &words.get(*word).text,
            Part::Space { .. } => " ",
            Part::Opportunity { .. } => "",
        }
    }

    pub(super) fn measure(&self) -> Measure {
        match *self {
            Part::Word { width, .. } => Measure::Word(width),
            Part::Space { breakable, width, .. } => Measure::Space { width, breakable },
            Part::Opportunity { width, cost, .. } => Measure::Opportunity { width, cost },
        }
    }
}

/// The words of pieces, measured.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    parts: Vec<Part>,
    /// Where lines end by force: the parts before them are counted.
    forced: Vec<usize>,
    /// Some of their letters run from right to left.
    pub both_ways: bool,
}

impl Words {
    /// Measures the words of pieces.
    pub(super) fn new(context: &mut Context<'_>, pieces: &[Piece]) -> Words {
        let (mut parts, mut forced) = (Vec::new(), Vec::new());
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::LineBreak => forced.push(parts.len()),
                Piece::Text(text) => {
                    let start = forced.last().copied().unwrap_or(0);
                    if text.is_note_mark() {
                        hold(&mut parts, start);
                    }
                    let kind = Kind { style: &text.style, verbatim: text.verbatim, piece: index };
                    cut(&mut context.words, &text.letters, kind, &mut parts, start);
                }
            }
        }
        let both_ways =
            pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if bidi::runs_both_ways(&text.letters)));
        Words { parts, forced, both_ways }
    }

    /// The parts between forced breaks.
    pub(super) fn segments(&self) -> impl Iterator<Item = &[Part]> {
        let starts = std::iter::once(0).chain(self.forced.iter().copied());
        let ends = self.forced.iter().copied().chain([self.parts.len()]);
        starts.zip(ends).map(|(start, end)| &self.parts[start..end])
    }

    /// The widest unbreakable stretch, and the widest line if none is broken, in points.
    pub(super) fn extremes(&self) -> (f32, f32) {
        let (mut narrowest, mut widest) = (0.0_f32, 0.0_f32);
        for segment in self.segments() {
            let (unbroken, whole) = extremes(segment);
            narrowest = narrowest.max(unbroken);
            widest = widest.max(whole);
        }
        (narrowest, widest)
    }
}

/// The cost of dividing a word.
const HYPHEN_COST: f32 = 100.0;
/// The widest stretch without a break, and the width of the whole on one line, in points.
pub(super) fn extremes(parts: &[Part]) -> (f32, f32) {
    let (mut unbroken, mut narrowest, mut whole) = (0.0_f32, 0.0_f32, 0.0_f32);
    for part in parts {
        match part {
            Part::Word { width, .. } | Part::Space { width, breakable: false, .. } => {
                unbroken += width;
                whole += width;
            }
            Part::Space { width, breakable: true, .. } => {
                whole += width;
                unbroken = 0.0;
            }
            Part::Opportunity { .. } => unbroken = 0.0,
        }
        narrowest = narrowest.max(unbroken);
    }
    (narrowest, whole)
}

pub(super) fn is_open_space(part: &Part) -> bool {
    matches!(part, Part::Space { breakable: true, .. } | Part::Opportunity { .. })
}

/// The width of a word in a style, in points.
pub(super) fn width(words: &WordShaper<'_>, word: WordId, style: &TextStyle) -> f32 {
    let word = words.get(word);
    if style.tracking == 0.0 {
        return word.width * style.size;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let tracking = style.tracking * clusters(&word.text).count() as f32;
    (word.width + tracking) * style.size
}

/// A place where a word may be divided.
pub(super) fn soft_hyphen(words: &mut WordShaper<'_>, piece: usize, style: &TextStyle) -> Part {
    let hyphen = words.word("-", style.cut);
    Part::Opportunity { piece, hyphen: true, width: width(words, hyphen, style), cost: HYPHEN_COST }
}

/// A place where a line may end without a sign.
pub(super) fn opportunity(piece: usize, cost: f32) -> Part {
    Part::Opportunity { piece, hyphen: false, width: 0.0, cost }
}

/// Keeps what comes next on the line of what is there: a space before the mark of a note does not break.
fn hold(parts: &mut Vec<Part>, start: usize) {
    while let Some(Part::Opportunity { .. }) = parts[start..].last() {
        parts.pop();
    }
    if let Some(Part::Space { breakable, .. }) = parts[start..].last_mut() {
        *breakable = false;
    }
}

/// How far a line of `start` points reaches with more text, whose spaces are all kept. The parts are only made to be measured.
pub(super) fn width_on_one_line(
    words: &mut WordShaper<'_>,
    start: f32,
    text: &str,
    style: &TextStyle,
    parts: &mut Vec<Part>,
) -> f32 {
    parts.clear();
    cut(words, &normal_form(text), Kind { style, verbatim: true, piece: 0 }, parts, 0);
    parts.iter().fold(start, |reached, part| match part {
        Part::Word { width, .. } | Part::Space { width, .. } => reached + width,
        Part::Opportunity { .. } => reached,
    })
}

/// What there is to know of a text that is cut.
#[derive(Clone, Copy)]
struct Kind<'t> {
    style: &'t TextStyle,
    /// Spaces are kept as they are typed.
    verbatim: bool,
    piece: usize,
}

/// Whether a line may end within a text as within an address.
pub(super) fn is_address(letters: &str) -> bool {
    letters.starts_with("www.") || letters.match_indices(':').any(|(at, _)| letters[at..].starts_with("://"))
}

/// Cuts a text into words, spaces and the places between letters where a line may end. The line began with the part `start`.
fn cut(words: &mut WordShaper<'_>, letters: &str, kind: Kind<'_>, parts: &mut Vec<Part>, start: usize) {
    let Kind { style, verbatim, piece } = kind;
    let space = words.width(" ", style.cut) * style.size;
    let is_address = is_address(letters);
    // The byte at which the word begins whose letters are being passed.
    let mut word = 0;
    let flush = |words: &mut WordShaper<'_>, parts: &mut Vec<Part>, word: Range<usize>| {
        if !word.is_empty() {
            let word = words.word(&letters[word], style.cut);
            parts.push(Part::word(words, word, piece, style));
        }
    };
    let mut at = 0;
    loop {
        if !is_address {
            at = after_plain(letters, at);
        }
        let Some(letter) = letters[at..].chars().next() else { break };
        let after = at + letter.len_utf8();
        let previous = || letters[..at].chars().next_back();
        match letter {
            _ if is_space(letter) => {
                flush(words, parts, word..at);
                if verbatim {
                    let count = if letter == '\t' { 4 } else { 1 };
                    parts.extend((0..count).map(|_| Part::Space { piece, breakable: false, width: space }));
                    parts.push(opportunity(piece, 0.0));
                } else if !previous().is_some_and(is_space)
                    && !matches!(parts[start..].last(), Some(Part::Space { breakable: true, .. }))
                {
                    parts.push(Part::Space { piece, breakable: !joint::holds(letters, at), width: space });
                }
                word = after;
            }
            '\u{a0}' => {
                flush(words, parts, word..at);
                parts.push(Part::Space { piece, breakable: false, width: space });
                word = after;
            }
            '\u{ad}' | '\u{200b}' => {
                flush(words, parts, word..at);
                let hyphen = letter == '\u{ad}';
                parts.push(if hyphen { soft_hyphen(words, piece, style) } else { opportunity(piece, 0.0) });
                word = after;
            }
            _ => {
                let next = || letters[after..].chars().next();
                let between_letters =
                    || previous().is_some_and(char::is_alphabetic) && next().is_some_and(char::is_alphabetic);
                let breaks_after = match letter {
                    '-' | '/' | '—' if between_letters() => true,
                    '/' => is_address && !matches!((previous(), next()), (Some('/' | ':'), _) | (_, Some('/') | None)),
                    '?' | '&' | '=' | '-' | '_' | '.' | '#' => is_address && after < letters.len(),
                    _ => next().is_some_and(|next| joint::breaks_between(letter, next)),
                };
                if breaks_after {
                    flush(words, parts, word..after);
                    parts.push(opportunity(piece, if is_address { 5.0 } else { 20.0 }));
                    word = after;
                }
            }
        }
        at = after;
    }
    flush(words, parts, word..letters.len());
}

/// Passes letters that are no more than letters of a word: where the first one lies that must be looked at.
fn after_plain(letters: &str, from: usize) -> usize {
    let bytes = letters.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at)
        && PLAIN[usize::from(*byte)]
    {
        at += 1;
    }
    // A line may end before a letter of Chinese, according to the one before that.
    if bytes.get(at).is_some_and(|byte| *byte >= WIDE) {
        while at > from {
            at -= 1;
            if letters.is_char_boundary(at) {
                break;
            }
        }
    }
    at
}

/// With this byte or a greater one begin the letters of Chinese, Japanese and Korean, and spaces and dashes of typesetting.
const WIDE: u8 = 0xe2;

/// The bytes of letters that [`cut`] does nothing about, outside addresses.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let special = b" \t\n\r-/";
    let mut index = 0;
    while index < special.len() {
        plain[special[index] as usize] = false;
        index += 1;
    }
    // No-break space and soft hyphen begin with it.
    plain[0xc2] = false;
    let mut byte = WIDE as usize;
    while byte < plain.len() {
        plain[byte] = false;
        byte += 1;
    }
    plain
};

/// Spaces at which a line may end.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}')
}
