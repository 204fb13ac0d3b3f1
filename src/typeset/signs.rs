//! The numerals of a text.

use std::ops::Range;

/// The numerals, points and commas of a text, each with its place.
pub(super) fn signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            while let Some(byte) = bytes.get(at)
                && LETTERS[usize::from(*byte)]
            {
                at += 1;
            }
            let (start, sign) = (at, text.get(at..)?.chars().next()?);
            at += sign.len_utf8();
            if is_mark(sign) || sign.is_numeric() {
                return Some((start, sign));
            }
        }
    })
}

/// A decimal mark, or a mark between groups of digits.
pub(super) fn is_mark(sign: char) -> bool {
    matches!(sign, '.' | ',')
}

/// The bytes of letters: of ASCII all that is no numeral, point or comma, and what letters of Latin up to U+024F begin and go on with.
const LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte: u8 = 0;
    while byte <= 0xc9 {
        letters[byte as usize] =
            matches!(byte, 0..=0x7f | 0x80..=0xbf | 0xc3..=0xc9) && !matches!(byte, b'0'..=b'9' | b'.' | b',');
        byte += 1;
    }
    letters
};

/// The numbers of a text, one after the other, each with the points and commas within it.
pub fn amounts(text: &str) -> Vec<&str> {
    let mut amounts = Vec::new();
    let mut run = 0..0;
    let mut add = |run: Range<usize>| {
        let amount = text.get(run).unwrap_or_default().trim_matches(['.', ',']);
        if !amount.is_empty() {
            amounts.push(amount);
        }
    };
    for (at, sign) in signs(text) {
        if at != run.end {
            add(std::mem::replace(&mut run, at..at));
        }
        run.end = at + sign.len_utf8();
    }
    add(run);
    amounts
}

#[cfg(test)]
mod tests {
    use super::{amounts, signs};

    #[test]
    fn every_numeral_is_seen() {
        let all: String = ('\0'..=char::MAX).collect();
        let expected: Vec<(usize, char)> =
            all.char_indices().filter(|(_, sign)| sign.is_numeric() || matches!(sign, '.' | ',')).collect();
        assert_eq!(signs(&all).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn amounts_are_told_apart() {
        assert_eq!(amounts("1.200 và 3,5% (2026)., ½ ế²"), ["1.200", "3,5", "2026", "½", "²"]);
        assert_eq!(amounts(". , a"), [""; 0]);
        assert_eq!(amounts("5"), ["5"]);
    }
}
