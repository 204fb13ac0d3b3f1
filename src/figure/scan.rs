//! Text to tokens: numbers, words and marks, with the spacing that tells `5-7` from `- 7` and `G20` from `G 20`.

use super::lexis::Filter;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits, with points, commas or group spaces between them.
    Number,
    /// Letters.
    Word,
    /// Any other single character.
    Mark,
}

/// A piece of a text in one spelling.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// As the text has it.
    pub(super) text: Cow<'t, str>,
    /// In lower case, as the word tables have it.
    pub(super) lower: Cow<'t, str>,
    /// Whether a space, or the start of the text, stands before it.
    pub(super) spaced: bool,
    /// The places of its characters.
    pub(super) place: Range<usize>,
    /// Where the word tables' filters keep it.
    pub(super) filter: u16,
}

impl<'t> Token<'t> {
    fn new(kind: Kind, text: Cow<'t, str>, spaced: bool, place: Range<usize>) -> Token<'t> {
        let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let lower = if is_lower { text.clone() } else { text.to_lowercase().into() };
        let filter = Filter::place(&lower);
        Token { kind, text, lower, spaced, place, filter }
    }
}

impl Token<'_> {
    pub(super) fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn is_dash(&self) -> bool {
        self.kind == Kind::Mark && self.lower == "-"
    }

    /// The first byte, by which most phrases can be told apart from it.
    pub(super) fn first_byte(&self) -> Option<u8> {
        self.lower.bytes().next()
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.lower == text
    }
}

/// Abbreviations whose full stop is no end of anything.
const ABBREVIATIONS: &[&str] = &[
    "approx", "est", "mln", "bln", "mn", "bn", "trn", "sq", "no", "nos", "ca", "max", "min", "tr", "vs", "us", "tp",
    "cu", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// A text composed (NFC) and in one spelling, as [`normal`] has it.
pub(super) fn spelt(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    // Most texts are composed already, and composing them again costs more than all the rest.
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        let is_normal = text.chars().all(|character| normal(character) == Some(character));
        if is_normal { Cow::Borrowed(text) } else { text.chars().filter_map(normal).collect() }
    } else {
        text.nfc().filter_map(normal).collect()
    }
}

/// The tokens of a text in one spelling.
pub(super) fn scan(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = text;
    let mut place = 0;
    let mut spaced = true;
    while let Some(first) = rest.chars().next() {
        if first == ' ' {
            spaced = true;
            rest = &rest[1..];
            place += 1;
            continue;
        }
        // ".5" is a number where no digit or letter stands before it.
        let bare = spaced && matches!(first, '.' | ',') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let (kind, length) = if bare {
            (Kind::Number, 1 + number_length(&rest[1..]))
        } else if first.is_ascii_digit() {
            (Kind::Number, number_length(rest))
        } else if is_letter(first) {
            (Kind::Word, word_length(rest))
        } else {
            (Kind::Mark, first.len_utf8())
        };
        let start = place;
        let (mut token, mut after) = rest.split_at(length);
        place += token.chars().count();
        let mut letters = None;
        if kind == Kind::Word {
            if let Some((capitals, length)) = initials(rest) {
                after = &rest[length..];
                place = start + 2 * capitals.chars().count();
                letters = Some(capitals);
            }
            token = match token {
                "m2" | "M2" => "m²",
                "m3" | "M3" => "m³",
                "km2" | "KM2" | "Km2" => "km²",
                other => other,
            };
        }
        rest = after;
        let abbreviated = |token: &Token<'_>| token.is_word() && ABBREVIATIONS.contains(&&*token.lower);
        if token == "." && !spaced && tokens.last().is_some_and(abbreviated) {
            continue;
        }
        let (scale, dong): (Cow<'_, str>, Cow<'_, str>) = if let Some(letters) = letters {
            let (scale, dong) = split_dong(&letters);
            (scale.to_owned().into(), dong.to_owned().into())
        } else {
            let (scale, dong) = split_dong(token);
            (scale.into(), dong.into())
        };
        let end = if dong.is_empty() { place } else { place - 1 };
        tokens.push(Token::new(kind, scale, spaced, start..end));
        if !dong.is_empty() {
            tokens.push(Token::new(kind, dong, false, end..place));
        }
        spaced = false;
    }
    tokens
}

/// One spelling for the many of spaces, dashes and full-width forms; nothing for characters that do not show.
pub(super) fn normal(character: char) -> Option<char> {
    match character {
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{200a}' | '\u{202f}' => Some(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        other if other.is_whitespace() => Some(' '),
        other => Some(other),
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '²' | '³') || is_combining(character)
}

fn is_combining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// The bytes of digits, and of single points or commas between digits.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut length = 0;
    while digit(length) || (matches!(bytes.get(length), Some(b'.' | b',')) && digit(length + 1)) {
        length += 1;
    }
    length
}

/// "trđ" and "tỷđ" as scale and currency.
fn split_dong(word: &str) -> (&str, &str) {
    if !word.ends_with(['đ', 'Đ']) {
        return (word, "");
    }
    let lower = word.to_lowercase();
    let stem = lower.strip_suffix('đ').unwrap_or_default();
    let splits = matches!(stem, "tr" | "triệu" | "tỷ" | "tỉ" | "k" | "nghìn" | "ngàn" | "ng");
    word.char_indices().last().filter(|_| splits).map_or((word, ""), |(at, _)| word.split_at(at))
}

/// The bytes of letters; and of a 2 or 3 that stands for a square or cube after a metre.
fn word_length(rest: &str) -> usize {
    let length = rest.find(|character| !is_letter(character)).unwrap_or(rest.len());
    let (word, after) = rest.split_at(length);
    let power = after.starts_with(['2', '3']) && (word.eq_ignore_ascii_case("m") || word.eq_ignore_ascii_case("km"));
    let ends = after.chars().nth(1).is_none_or(|next| !next.is_alphanumeric());
    if power && ends { length + 1 } else { length }
}

/// `U.S.` as `US`: single capitals with full stops, and how many bytes they take.
fn initials(rest: &str) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut at = 0;
    let mut characters = rest.chars();
    while let (Some(letter), Some('.')) = (characters.next(), characters.next()) {
        if !letter.is_uppercase() {
            break;
        }
        letters.push(letter);
        at += letter.len_utf8() + 1;
    }
    (letters.chars().nth(1).is_some()).then_some((letters, at))
}

/// Joins `1 155 000` to one number, unless the first group ends a date or a name: "tháng 11 588 dự án" holds two numbers.
pub(super) fn merge_groups<'t>(
    tokens: Vec<Token<'t>>,
    ends_elsewhere: impl Fn(&[Token<'t>]) -> bool,
) -> Vec<Token<'t>> {
    let are_numbers = |pair: &[Token<'_>]| pair.iter().all(Token::is_number);
    if !tokens.windows(2).any(are_numbers) {
        return tokens;
    }
    let mut merged: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let group = token.is_number() && token.spaced && is_group(&token.text);
        let joins = group
            && merged.last().is_some_and(|last| is_head(&last.text) && last.is_number())
            && !ends_elsewhere(&merged[..merged.len() - 1]);
        match merged.last_mut() {
            Some(last) if joins => {
                last.text = format!("{} {}", last.text, token.text).into();
                last.lower.clone_from(&last.text);
                last.place.end = token.place.end;
                last.filter = Filter::place(&last.lower);
            }
            _ => merged.push(token),
        }
    }
    merged
}

/// Three digits, and decimals after them if any.
fn is_group(text: &str) -> bool {
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    whole.len() == 3 && text.matches(['.', ',']).count() <= 1
}

/// One to three digits that do not begin with 0, or such groups already joined.
fn is_head(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    first.len() <= 3 && !first.starts_with('0') && !text.contains(['.', ','])
}
