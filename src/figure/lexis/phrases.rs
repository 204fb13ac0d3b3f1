//! Lists of phrases, and where one of them stands among the tokens of a text.
//!
//! A reader asks of nearly every token whether it begins or ends a phrase of nearly every list, and hardly ever does one. So each
//! list keeps a filter over the first and last words of its phrases, made by the compiler: Bloom, *Space/time trade-offs in hash
//! coding with allowable errors* (1970), with one hash. What passes the filter is compared word by word.

use crate::figure::scan::Token;
use std::sync::OnceLock;

/// A phrase is one or more words in lower case, divided by spaces; a mark such as `$` is a word of its own.
pub(in crate::figure) type Phrase = &'static str;

/// Phrases that mean one thing.
pub(in crate::figure) struct Phrases {
    entries: &'static [Phrase],
    opens: Filter,
    closes: Filter,
}

/// What phrases mean: each value with the phrases that have it.
pub(in crate::figure) struct Table<T: 'static> {
    entries: &'static [(T, &'static [Phrase])],
    opens: Filter,
    closes: Filter,
    /// Every phrase and its value by the place of its first word: units have hundreds, and every number is asked for its unit.
    by_first: OnceLock<Vec<(u16, Phrase, T)>>,
}

/// A set of words that may hold others as well.
#[derive(Clone, Copy)]
pub(in crate::figure) struct Filter([u64; Filter::WORDS]);

impl Filter {
    /// Some ten bits to a word of the longest lists.
    const WORDS: usize = 16;
    const NONE: Filter = Filter([0; Filter::WORDS]);

    /// The place of a word in every filter.
    pub(in crate::figure) const fn place(word: &str) -> u16 {
        Filter::place_of(word.as_bytes(), 0, word.len())
    }

    /// FNV-1a, folded.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "below the bits of a filter; a constant function has no other means"
    )]
    const fn place_of(bytes: &[u8], start: usize, end: usize) -> u16 {
        let mut hash = 0x811c_9dc5_u32;
        let mut at = start;
        while at < end {
            hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        ((hash ^ (hash >> 10) ^ (hash >> 20)) % (Filter::WORDS as u32 * 64)) as u16
    }

    /// With the first words of some phrases, or else their last ones.
    const fn with(mut self, phrases: &[Phrase], first: bool) -> Filter {
        let mut at = 0;
        while at < phrases.len() {
            let bytes = phrases[at].as_bytes();
            let (mut start, mut end) = (0, bytes.len());
            if first {
                end = 0;
                while end < bytes.len() && bytes[end] != b' ' {
                    end += 1;
                }
            } else {
                start = bytes.len();
                while start > 0 && bytes[start - 1] != b' ' {
                    start -= 1;
                }
            }
            let place = Filter::place_of(bytes, start, end) as usize;
            self.0[place / 64] |= 1 << (place % 64);
            at += 1;
        }
        self
    }

    /// Whether the token may be one of the words.
    fn admits(&self, token: Option<&Token<'_>>) -> bool {
        token.is_some_and(|token| {
            let place = usize::from(token.filter);
            self.0.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
        })
    }
}

/// A list of phrases.
pub(super) const fn list(phrases: &'static [Phrase]) -> Phrases {
    Phrases { entries: phrases, opens: Filter::NONE.with(phrases, true), closes: Filter::NONE.with(phrases, false) }
}

/// A table of phrases.
pub(super) const fn table<T: Copy>(entries: &'static [(T, &'static [Phrase])]) -> Table<T> {
    let (mut opens, mut closes) = (Filter::NONE, Filter::NONE);
    let mut at = 0;
    while at < entries.len() {
        opens = opens.with(entries[at].1, true);
        closes = closes.with(entries[at].1, false);
        at += 1;
    }
    Table { entries, opens, closes, by_first: OnceLock::new() }
}

impl Phrases {
    /// Every phrase.
    pub(in crate::figure) fn iter(&self) -> impl Iterator<Item = &'static Phrase> + use<> {
        self.entries.iter()
    }

    /// Whether there is none.
    pub(in crate::figure) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where the longest phrase ends, if one starts at this token.
    pub(in crate::figure) fn longest_from(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        if !self.opens.admits(tokens.get(at)) {
            return None;
        }
        let first = tokens.get(at).and_then(Token::first_byte);
        self.iter()
            .filter(|phrase| phrase.bytes().next() == first)
            .filter_map(|phrase| starts_at(tokens, at, phrase))
            .max()
    }

    /// Where the longest phrase starts, if one ends before this token.
    pub(in crate::figure) fn longest_to(&self, tokens: &[Token<'_>], end: usize) -> Option<usize> {
        if !self.closes.admits(tokens.get(end.checked_sub(1)?)) {
            return None;
        }
        self.iter().filter_map(|phrase| ends_at(tokens, end, phrase)).min()
    }
}

impl<T: Copy> Table<T> {
    /// Every value with its phrases.
    pub(in crate::figure) fn iter(&self) -> impl Iterator<Item = &'static (T, &'static [Phrase])> + use<T> {
        self.entries.iter()
    }

    /// Whether a phrase that passes a test starts at this token.
    pub(in crate::figure) fn any_from(&self, tokens: &[Token<'_>], at: usize, test: impl Fn(Phrase) -> bool) -> bool {
        self.from(tokens, at).iter().any(|(_, phrase, _)| test(phrase) && starts_at(tokens, at, phrase).is_some())
    }

    /// The phrases that may start at this token, in the table's order.
    fn from(&self, tokens: &[Token<'_>], at: usize) -> &[(u16, Phrase, T)] {
        let Some(token) = tokens.get(at).filter(|token| self.opens.admits(Some(token))) else { return &[] };
        let all = self.by_first.get_or_init(|| {
            let phrases = self.iter().flat_map(|(value, phrases)| phrases.iter().map(|phrase| (*phrase, *value)));
            let first = |phrase: Phrase| phrase.split(' ').next().unwrap_or(phrase);
            let mut all: Vec<(u16, Phrase, T)> =
                phrases.map(|(phrase, value)| (Filter::place(first(phrase)), phrase, value)).collect();
            all.sort_by_key(|(place, _, _)| *place);
            all
        });
        let start = all.partition_point(|(place, _, _)| *place < token.filter);
        let length = all.get(start..).unwrap_or_default().partition_point(|(place, _, _)| *place == token.filter);
        all.get(start..start + length).unwrap_or_default()
    }

    /// The longest phrase that starts at this token, the last of equals: where it ends, and its value.
    pub(in crate::figure) fn longest_from(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, T)> {
        let phrases = self.from(tokens, at).iter();
        let ends = phrases.filter_map(|(_, phrase, value)| Some((starts_at(tokens, at, phrase)?, *value)));
        ends.max_by_key(|(end, _)| *end)
    }

    /// The longest phrase that ends before this token, the first of equals: where it starts, and its value.
    pub(in crate::figure) fn longest_to(&self, tokens: &[Token<'_>], end: usize) -> Option<(usize, T)> {
        if !self.closes.admits(tokens.get(end.checked_sub(1)?)) {
            return None;
        }
        let starts = |phrases: &[Phrase]| phrases.iter().filter_map(|phrase| ends_at(tokens, end, phrase)).min();
        self.iter()
            .filter_map(|(value, phrases)| starts(phrases).map(|start| (start, *value)))
            .min_by_key(|(start, _)| *start)
    }
}

/// Where the phrase ends, if it starts at this token.
pub(in crate::figure) fn starts_at(tokens: &[Token<'_>], at: usize, phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    let mut end = at;
    loop {
        rest = rest.strip_prefix(tokens.get(end)?.lower.as_ref())?;
        end += 1;
        match rest.strip_prefix(' ') {
            Some(words) => rest = words,
            None => return rest.is_empty().then_some(end),
        }
    }
}

/// Where the phrase starts, if it ends before this token.
pub(in crate::figure) fn ends_at(tokens: &[Token<'_>], end: usize, phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    let mut start = end;
    loop {
        start = start.checked_sub(1)?;
        rest = rest.strip_suffix(tokens.get(start)?.lower.as_ref())?;
        match rest.strip_suffix(' ') {
            Some(words) => rest = words,
            None => return rest.is_empty().then_some(start),
        }
    }
}
