//! Every number of a sentence, read as [`read`](super::read) reads the one of a phrase.

use super::error::ReadError;
use super::grammar::{Piece, Words, piece, range_start};
use super::lexis::{self, Lexis, both};
use super::reader::Reader;
use super::scan::{Token, merge_groups, normal, scan, spelt};
use super::skip::{Role, ends_date, roles};
use super::words::cardinal_at;
use super::{Figure, Unit};
use crate::language::Language;
use std::borrow::Cow;
use std::ops::Range;

/// The words before and after a number that are looked at for what they say of it: no phrase of hedge, unit or decrease is farther.
const BEFORE: usize = 40;
const AFTER: usize = 16;

/// A number in a text.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The bytes of the number, with the currency, scale words and unit that belong to it.
    pub span: Range<usize>,
    /// The bytes of its digits, or of the words that stand for them.
    pub number: Range<usize>,
    /// What it says, or why that cannot be told.
    pub figure: Result<Figure, ReadError>,
    /// Whether it reports something: no date, name, ordinal or span of time.
    pub is_report: bool,
    /// Whether it is written in words: "three".
    pub is_in_words: bool,
    /// Whether it is one end of a range, which is a mention of its own.
    pub is_end_of_range: bool,
}

/// Every number of a sentence, in order; a range follows its two ends.
///
/// The text is in composed form (NFC), or the places are not where the numbers stand. What a number is (`is_report`) is told by the
/// rules by which [`read`](super::read) finds the one figure of a phrase; here none of them is passed over.
pub fn survey(text: &str, language: Language) -> Vec<Mention> {
    let spelt = spelt(text);
    let tokens = merge_groups(scan(&spelt), |before| ends_date(before, language));
    let own = lexis::of(language);
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(_, character)| normal(*character).is_some())
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let sentence = Sentence { text, language, tokens: &tokens, starts: &starts, words: Words(both(language)) };
    let numbers = numbers(&tokens, own);
    if numbers.is_empty() {
        return Vec::new();
    }
    let roles = roles(&tokens, language);
    let mut mentions = Vec::new();
    let mut last: Option<(Piece<'_>, bool)> = None;
    for Found { place, raw, is_counting } in numbers {
        let floor = last.as_ref().map_or(0, |(last, _)| last.tokens.end);
        if place.start < floor {
            continue;
        }
        let is_in_words = !tokens.get(place.start).is_some_and(Token::is_number);
        let is_report = if is_in_words { is_counting } else { roles.get(place.start) == Some(&Role::Figure) };
        let piece = piece(&tokens, place.clone(), raw, floor, sentence.words);
        let mut mention = sentence.mention(&place, std::slice::from_ref(&piece));
        mention.is_in_words = is_in_words;
        mention.is_report = is_report;
        let range = last.as_ref().filter(|(_, reports)| *reports && is_report);
        let range = range.and_then(|(first, _)| sentence.range(first, &piece));
        mentions.push(mention);
        if let Some(range) = range {
            for end in mentions.iter_mut().rev().take(2) {
                end.is_end_of_range = true;
            }
            mentions.push(range);
        }
        last = Some((piece, is_report));
    }
    mentions
}

/// A number before it is read.
struct Found<'t> {
    /// Its tokens.
    place: Range<usize>,
    /// Its digits, or those that its words stand for.
    raw: Cow<'t, str>,
    /// Whether the words before it leave no doubt that it counts: "cả ba" is all three, and "thứ ba" the third.
    is_counting: bool,
}

/// Every number: those in digits, and those in words.
fn numbers<'t>(tokens: &[Token<'t>], lexis: &'static Lexis) -> Vec<Found<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let end = if token.is_number() {
            found.push(Found { place: at..at + 1, raw: token.text.clone(), is_counting: true });
            at + 1
        } else if token.is_word() && begins_number(&token.lower, lexis) {
            let rest = tokens.get(at..).unwrap_or_default();
            match cardinal_at(rest, 0, lexis) {
                Some(cardinal) => {
                    let is_counting = cardinal_at(tokens, at, lexis).is_some();
                    let end = at + cardinal.end;
                    found.push(Found { place: at..end, raw: cardinal.value.to_string().into(), is_counting });
                    end
                }
                None => at + 1,
            }
        } else {
            at + 1
        };
        at = end;
    }
    found
}

/// Whether a number in words may begin with this word: most words are told apart by their first letters.
fn begins_number(word: &str, lexis: &'static Lexis) -> bool {
    let phrases = lexis.small.iter().chain(lexis.tens.iter()).flat_map(|(_, phrases)| *phrases);
    phrases
        .into_iter()
        .any(|phrase| phrase.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

struct Sentence<'a> {
    text: &'a str,
    language: Language,
    tokens: &'a [Token<'a>],
    /// The byte at which each character starts that the tokens count, and the text's end.
    starts: &'a [usize],
    words: Words,
}

impl Sentence<'_> {
    /// The bytes that tokens take.
    fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.tokens.get(tokens.start);
        let last = tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at));
        let end = self.text.len();
        let start = first.and_then(|token| self.starts.get(token.place.start)).copied().unwrap_or(end);
        // The last character may take several bytes: its end is where nothing of it is left.
        let last = last.and_then(|token| self.starts.get(token.place.end.saturating_sub(1))).copied().unwrap_or(start);
        let length = self.text.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..(last + length).max(start).min(end)
    }

    /// The mention of one piece, or of two that are a range's ends.
    fn mention(&self, number: &Range<usize>, pieces: &[Piece<'_>]) -> Mention {
        let start = pieces.first().map_or(number.start, |piece| piece.tokens.start);
        let end = pieces.last().map_or(number.end, |piece| piece.tokens.end);
        let base = start.saturating_sub(BEFORE);
        let limit = end.saturating_add(AFTER).min(self.tokens.len());
        let span = self.bytes(&(start..end));
        let near = Reader {
            text: self.text.get(span.clone()).unwrap_or_default(),
            language: self.language,
            tokens: self.tokens.get(base..limit).unwrap_or_default(),
            words: self.words,
        };
        let mut pieces = pieces.to_vec();
        for piece in &mut pieces {
            piece.tokens = piece.tokens.start.saturating_sub(base)..piece.tokens.end.saturating_sub(base);
        }
        Mention {
            span,
            number: self.bytes(number),
            figure: near.figure(start - base, &pieces),
            is_report: true,
            is_in_words: false,
            is_end_of_range: false,
        }
    }

    /// The range of which two neighbouring pieces are the ends, if they are.
    fn range(&self, first: &Piece<'_>, last: &Piece<'_>) -> Option<Mention> {
        let unit = |piece: &Piece<'_>| piece.unit.unwrap_or(Unit::COUNT);
        let same_unit = first.unit.is_none() || last.unit.is_none() || unit(first) == unit(last);
        range_start(self.tokens, first, last, self.words).filter(|_| same_unit)?;
        let range = self.mention(&(first.tokens.start..last.tokens.end), &[first.clone(), last.clone()]);
        // What does not rise is a change from one value to another.
        range.figure.is_ok().then_some(range)
    }
}
