//! Where the numerals of a rendered text come from.
//!
//! What the context says of a figure, a date or a source, and what it quotes, has its digits exchanged for characters that no text
//! holds: U+FDD0 to U+FDD9 stand for 0 to 9, and U+FDDA before a numeral of another script. Templates and terms may hold none of
//! them. A plain digit in a rendered text was therefore typed, or counted, by the template. [`restore`] puts the digits back.

use super::numbering::Numbering;
use std::ops::Range;

/// The first of the ten characters that stand for the digits; Unicode promises that text for interchange holds none.
const ZERO: u32 = 0xFDD0;
/// The character before a traced numeral that is no ASCII digit.
const OTHER: char = '\u{fdda}';

/// Whether a character is one of the marks.
pub(super) fn is_mark(character: char) -> bool {
    matches!(character, '\u{fdd0}'..=OTHER)
}

/// The digit that a mark stands for.
fn digit(mark: char) -> Option<char> {
    u32::from(mark).checked_sub(ZERO).and_then(|value| char::from_digit(value, 10))
}

/// Whether a character is an ASCII digit, or a mark that stands for one.
pub(super) fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || digit(character).is_some()
}

/// Whether a character reads as a number or a part of one, in any script. The exponents of a unit (km²) do not.
pub(super) fn is_numeral(character: char) -> bool {
    match character {
        '0'..='9' => true,
        // Letters of the two languages are told apart before Unicode's tables are asked.
        '\0'..='\u{b1}' | '²' | '³' | '\u{c0}'..='\u{36f}' | '\u{1e00}'..='\u{206f}' => false,
        other => other.is_numeric(),
    }
}

/// Whether a numeral after this character was typed: a traced one of another script has a mark before it.
pub(super) fn is_typed(previous: char) -> bool {
    previous != OTHER
}

/// A text whose numerals have a figure, a date, a source or a quoted text behind them. To be said once of a text: a mark that is in it
/// already is somebody else's, and becomes U+FFFD.
pub(super) fn traced(text: &str) -> String {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mut marked = String::with_capacity(text.len() + 2 * digits);
    push_traced(&mut marked, text);
    marked
}

/// Adds a text to another, its numerals traced.
pub(super) fn push_traced(marked: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_digit() && !may_begin_numeral(bytes, at) {
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let mark = match character {
            digit if digit.is_ascii_digit() => mark(*byte),
            other if is_mark(other) => char::REPLACEMENT_CHARACTER,
            other if is_numeral(other) => OTHER,
            _ => continue,
        };
        marked.push_str(text.get(copied..at).unwrap_or_default());
        marked.push(mark);
        copied = if mark == OTHER { at } else { at + character.len_utf8() };
    }
    marked.push_str(text.get(copied..).unwrap_or_default());
}

/// The mark that stands for an ASCII digit.
fn mark(digit: u8) -> char {
    char::from_u32(ZERO + u32::from(digit.saturating_sub(b'0'))).unwrap_or(OTHER)
}

/// Whether the character that begins at a byte may be a numeral other than an ASCII digit, or a mark: a quick look, which says no of
/// all other characters that the two languages are written with.
fn may_begin_numeral(bytes: &[u8], at: usize) -> bool {
    let next = || bytes.get(at + 1).copied().unwrap_or_default();
    match bytes.get(at) {
        Some(0xc2) => next() > 0xb3,
        Some(0xe1) => next() < 0xb8,
        Some(0xe2) => next() != 0x80,
        Some(0xcd..=0xff) => true,
        _ => false,
    }
}

/// Whether a text holds a numeral without asking whether it is traced, as those of other scripts can be.
pub(super) fn holds_numeral(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_numeral_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_numeral);
    let is_numeral_byte = |(at, byte): (usize, &u8)| {
        byte.is_ascii_digit() || *byte > 0x7f && may_begin_numeral(bytes, at) && is_numeral_at(at)
    };
    bytes.iter().enumerate().any(is_numeral_byte)
}

/// A whole number that the program counted, or took from a date.
pub(super) fn number(number: &impl ToString) -> String {
    traced(&number.to_string())
}

/// Adds a whole number to a text, traced, with zeros before it up to a count of digits.
pub(super) fn push_number(marked: &mut String, number: u32, digits: u32) {
    if number >= 10 || digits > 1 {
        push_number(marked, number / 10, digits.saturating_sub(1));
    }
    let last = u8::try_from(number % 10).unwrap_or_default();
    marked.push(mark(b'0' + last));
}

/// Adds a year to a text, traced.
pub(super) fn push_year(marked: &mut String, year: i32) {
    if year < 0 {
        marked.push('-');
    }
    push_number(marked, year.unsigned_abs(), 1);
}

/// The text with its digits put back.
pub(super) fn restore(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut restored = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == 0xef
            && let Some([0xb7, last @ 0x90..=0x9a]) = bytes.get(at + 1..at + 3)
        {
            restored.push_str(text.get(copied..at).unwrap_or_default());
            copied = at + 3;
            if *last < 0x9a {
                restored.push(char::from(b'0' + (last - 0x90)));
            }
        }
    }
    restored.push_str(text.get(copied..).unwrap_or_default());
    restored
}

/// The numerals, byte by byte, that nothing stands behind: all but traced ones, the numbering of lists, and what no reader sees
/// (comments, the addresses of links). A NUL stands for a template's tag, which shows nothing here.
pub(super) fn untraced(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut numbering = Numbering::default();
    let mut comment_end = 0;
    let mut line_start = 0;
    // A comment that nothing closes is none: it is not looked for again at each of its beginnings.
    let last_close = text.rfind("-->").unwrap_or(0);
    for line in text.split_inclusive('\n') {
        let last_close_here = line.rfind("-->").map_or(0, |end| line_start + end);
        let mut hidden_end = comment_end.max(line_start + numbering.marker(line));
        let mut previous = '\n';
        for (at, character) in line.char_indices() {
            let place = line_start + at;
            if place >= hidden_end {
                match character {
                    '<' if place < last_close => {
                        let starts_line = line.trim_start().len() == line.len() - at;
                        if (starts_line || place < last_close_here)
                            && let Some(length) = comment(text.get(place..).unwrap_or_default(), starts_line)
                        {
                            comment_end = place + length;
                            hidden_end = comment_end;
                        }
                    }
                    '(' if previous == ']' => hidden_end = place + address(line, at),
                    numeral if is_numeral(numeral) && previous != OTHER => note(&mut found, text, place, numeral),
                    _ => {}
                }
            }
            previous = character;
        }
        line_start += line.len();
    }
    found
}

/// Adds a numeral to the number that it goes on with, or as a new one.
fn note(found: &mut Vec<Range<usize>>, text: &str, at: usize, numeral: char) {
    let end = at + numeral.len_utf8();
    match found.last_mut() {
        Some(last) if matches!(text.get(last.end..at), Some("" | "." | ",")) => last.end = end,
        _ => found.push(at..end),
    }
}

/// The length of the comment at the start of a text. One that does not start its line must end on it: a paragraph's comment holds
/// no empty line.
fn comment(text: &str, starts_line: bool) -> Option<usize> {
    let rest = text.strip_prefix("<!--")?;
    let within = if starts_line { rest } else { rest.lines().next()? };
    Some(within).and_then(|rest| rest.find("-->")).map(|end| "<!--".len() + end + "-->".len())
}

/// The longest address of a link, in bytes.
const LONGEST_ADDRESS: usize = 4_000;

/// The length of a link's address in a line, from its bracket on; none of what only looks like one.
fn address(line: &str, bracket: usize) -> usize {
    let before = line.get(..bracket).unwrap_or_default();
    let rest = line.get(bracket + 1..).unwrap_or_default();
    // To look for the end of a line at each of its brackets would take long.
    let end = rest.bytes().take(LONGEST_ADDRESS).position(|sign| matches!(sign, b')' | b' ' | b'\t' | b'\n'));
    let target = rest.get(..end.unwrap_or(rest.len().min(LONGEST_ADDRESS))).unwrap_or_default();
    let is_address = target.contains(':') || target.starts_with(['#', '/', '.']);
    if before.contains('[') && is_address { 1 + target.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The untraced numbers of a text.
    fn typed(text: &str) -> Vec<&str> {
        untraced(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_traced_text_comes_back_as_it_was() {
        for text in ["", "1,155 dự án", "gần 9,98 tỉ USD", "٣ and ２ and ½", "km²", "– \\| x"] {
            assert_eq!(restore(&traced(text)), text);
            assert_eq!(typed(&traced(text)), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_typed_number_is_found_whatever_figures_say() {
        let text = format!("{} of 15 projects, 1,155.5 in all, and {}5", traced("15"), traced("202"));
        assert_eq!(typed(&text), ["15", "1,155.5", "5"]);
    }

    #[test]
    fn numerals_of_other_scripts_are_numbers_too() {
        assert_eq!(typed("１５ đoàn, ٣٤ đoàn, ½, Ⅳ, ①, ¹"), ["１５", "٣٤", "½", "Ⅳ", "①", "¹"]);
        assert_eq!(typed("m², m³, mười lăm, “–”"), Vec::<&str>::new());
    }

    #[test]
    fn a_mark_in_a_quoted_text_does_not_become_a_digit() {
        assert_eq!(restore(&traced("a\u{fdd1}\u{fdda}b")), "a\u{fffd}\u{fffd}b");
    }

    #[test]
    fn lists_may_be_numbered() {
        for text in ["1. x\n1. y\n", "1. x\n2. y\n3) z\n", "> 1. x\n- 1. y\n", "\0\x001. x\n\n2. y", "   1.\n"] {
            assert_eq!(typed(text), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(typed("15. Projects were licensed"), ["15"]);
        assert_eq!(typed("1. 5 projects\n2 projects\n1.5 projects"), ["5", "2", "1.5"]);
        assert_eq!(typed("In all, 1. or 2."), ["1.", "2"].map(|number| number.trim_end_matches('.')));
    }

    #[test]
    fn what_no_reader_sees_is_no_number_on_the_page() {
        assert_eq!(typed("<!-- 12 -->x<!-- 3\n\n4 -->5"), ["3", "4", "5"]);
        assert_eq!(typed("<!-- 3\n\n4 -->5"), ["5"]);
        assert_eq!(typed("x <!-- 12 --> 13"), ["13"]);
        assert_eq!(typed("<!-- never closed 12"), ["12"]);
        assert_eq!(typed("[a](https://a.vn/12?b=3 \"4\") [5](#n-6) x](7) [b](8)"), ["4", "5", "7", "8"]);
    }

    #[test]
    fn a_note_that_is_typed_is_a_number() {
        assert_eq!(typed("as told[^1] and[^note]"), ["1"]);
    }
}
