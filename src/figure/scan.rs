//! Text to tokens: numbers, words and marks, with the spacing that tells `5-7` from `- 7` and `G20` from `G 20`.

use super::lexis::Filter;
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

/// A piece of the text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As written, composed (NFC).
    pub(super) text: String,
    /// In lower case, as the word tables have it.
    pub(super) lower: String,
    /// Whether a space, or the start of the text, stands before it.
    pub(super) spaced: bool,
    /// Its characters' places among those that [`normal`] keeps of the composed text.
    pub(super) place: Range<usize>,
    /// Where the word tables' filters keep it.
    pub(super) filter: u16,
}

impl Token {
    fn new(kind: Kind, text: String, spaced: bool, place: Range<usize>) -> Token {
        let lower = text.to_lowercase();
        let filter = Filter::place(&lower);
        Token { kind, text, lower, spaced, place, filter }
    }

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

/// The tokens of a text.
pub(super) fn scan(text: &str) -> Vec<Token> {
    // Most texts are composed already, and composing them again costs more than all the rest.
    let composed = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    let characters: Vec<char> =
        if composed { text.chars().filter_map(normal).collect() } else { text.nfc().filter_map(normal).collect() };
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut spaced = true;
    while let Some(&first) = characters.get(at) {
        if first == ' ' {
            spaced = true;
            at += 1;
            continue;
        }
        let start = at;
        let rest = &characters[at..];
        // ".5" is a number where no digit or letter stands before it.
        let bare = spaced && matches!(first, '.' | ',') && rest.get(1).is_some_and(char::is_ascii_digit);
        let (kind, length) = if bare {
            (Kind::Number, 1 + number_length(&rest[1..]))
        } else if first.is_ascii_digit() {
            (Kind::Number, number_length(rest))
        } else if is_letter(first) {
            (Kind::Word, word_length(rest))
        } else {
            (Kind::Mark, 1)
        };
        let mut token: String = rest.iter().take(length).collect();
        at += length;
        if kind == Kind::Word {
            if let Some(whole) = initials(&characters[at - length..]) {
                token = whole.0;
                at = at - length + whole.1;
            }
            match token.as_str() {
                "m2" | "M2" => "m²".clone_into(&mut token),
                "m3" | "M3" => "m³".clone_into(&mut token),
                "km2" | "KM2" | "Km2" => "km²".clone_into(&mut token),
                _ => {}
            }
        }
        let abbreviated = |token: &Token| token.is_word() && ABBREVIATIONS.contains(&token.lower.as_str());
        if token == "." && !spaced && tokens.last().is_some_and(abbreviated) {
            continue;
        }
        let (scale, dong) = split_dong(&token);
        let end = if dong.is_empty() { at } else { at - 1 };
        tokens.push(Token::new(kind, scale.to_owned(), spaced, start..end));
        if !dong.is_empty() {
            tokens.push(Token::new(kind, dong.to_owned(), false, end..at));
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

/// Digits, and single points or commas between digits.
fn number_length(rest: &[char]) -> usize {
    let digit = |at: usize| rest.get(at).is_some_and(char::is_ascii_digit);
    let mut length = 0;
    while digit(length) || (matches!(rest.get(length), Some('.' | ',')) && digit(length + 1)) {
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

/// Letters; and a 2 or 3 that stands for a square or cube after a metre.
fn word_length(rest: &[char]) -> usize {
    let length = rest.iter().take_while(|character| is_letter(**character)).count();
    let metres = matches!(rest.get(..length), Some(['m' | 'M'] | ['k' | 'K', 'm' | 'M']));
    let power = metres && matches!(rest.get(length), Some('2' | '3'));
    let ends = rest.get(length + 1).is_none_or(|next| !next.is_alphanumeric());
    if power && ends { length + 1 } else { length }
}

/// `U.S.` as `US`: single capitals with full stops, and how many characters they take.
fn initials(rest: &[char]) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut at = 0;
    while let (Some(letter), Some('.')) = (rest.get(at), rest.get(at + 1)) {
        if !letter.is_uppercase() {
            break;
        }
        letters.push(*letter);
        at += 2;
    }
    (letters.chars().count() >= 2).then_some((letters, at))
}

/// Joins `1 155 000` to one number, unless the first group ends a date or a name: "tháng 11 588 dự án" holds two numbers.
pub(super) fn merge_groups(tokens: Vec<Token>, ends_elsewhere: impl Fn(&[Token]) -> bool) -> Vec<Token> {
    let mut merged: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let group = token.is_number() && token.spaced && is_group(&token.text);
        let joins = group
            && merged.last().is_some_and(|last| is_head(&last.text) && last.is_number())
            && !ends_elsewhere(&merged[..merged.len() - 1]);
        match merged.last_mut() {
            Some(last) if joins => {
                last.text = format!("{} {}", last.text, token.text);
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
