//! Numbers written in words: "three pillars", "hai mươi lăm dự án".

use super::lexis::{Lexis, starts_at};
use super::scan::Token;

/// A number in words: where it starts and ends, and its value without scale words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cardinal {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: u32,
}

/// Every number in words.
pub(super) fn cardinals(tokens: &[Token<'_>], lexis: &Lexis) -> Vec<Cardinal> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match cardinal_at(tokens, at, lexis) {
            Some(cardinal) => {
                at = cardinal.end;
                found.push(cardinal);
            }
            None => at += 1,
        }
    }
    found
}

/// The number in words that starts at this token, if one does.
pub(super) fn cardinal_at(tokens: &[Token<'_>], at: usize, lexis: &Lexis) -> Option<Cardinal> {
    if lexis.before_word_not.longest_to(tokens, at).is_some() || lexis.words_not.longest_from(tokens, at).is_some() {
        return None;
    }
    let (mut end, mut value) = below_hundred(tokens, at, lexis)?;
    // "năm 2023" is a year, not five.
    if tokens.get(end).is_some_and(Token::is_number) {
        return None;
    }
    // "hai trăm triệu" and "two hundred" both; a hundred of hundreds is nothing.
    if (1..10).contains(&value)
        && let Some(after) = starts_at(tokens, end, lexis.hundred)
    {
        value *= 100;
        end = after;
        let next = lexis.hundred_links.longest_from(tokens, end).unwrap_or(end);
        if let Some((after, rest)) = below_hundred(tokens, next, lexis) {
            value += rest;
            end = after;
        }
    }
    Some(Cardinal { start: at, end, value })
}

fn below_hundred(tokens: &[Token<'_>], at: usize, lexis: &Lexis) -> Option<(usize, u32)> {
    let Some((end, tens)) = lexis.tens.longest_from(tokens, at) else {
        return lexis.small.longest_from(tokens, at);
    };
    let next = if tokens.get(end).is_some_and(Token::is_dash) { end + 1 } else { end };
    let unit = lexis.after_tens.longest_from(tokens, next).or_else(|| lexis.small.longest_from(tokens, next));
    match unit {
        Some((after, unit)) if (1..10).contains(&unit) => Some((after, tens + unit)),
        _ => Some((end, tens)),
    }
}
