//! Where two texts begin to differ, and how that is shown.

use crate::diag::ByteSpan;

/// Characters of a text that are shown on each side of a place.
const CONTEXT: usize = 24;

/// The first place at which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The word there, in the text that was found.
    pub(super) span: ByteSpan,
    /// The word there, in the text that was found; empty at its end.
    pub(super) found: String,
    /// The word there, in the text that was expected; empty at its end.
    pub(super) expected: String,
    /// What is around the word that was expected.
    pub(super) context: String,
}

/// The first difference of two texts, white space apart: lines may end anywhere.
pub(super) fn first(expected: &str, found: &str) -> Option<Difference> {
    let letters = |text: &'_ str| -> Vec<(usize, char)> {
        text.char_indices().filter(|(_, letter)| !letter.is_whitespace()).collect()
    };
    let (one, other) = (letters(expected), letters(found));
    let same = one.iter().zip(&other).take_while(|((_, one), (_, other))| one == other).count();
    if same == one.len() && same == other.len() {
        return None;
    }
    let place = |letters: &[(usize, char)], text: &str| letters.get(same).map_or(text.len(), |(at, _)| *at);
    let (in_expected, in_found) = (word(expected, place(&one, expected)), word(found, place(&other, found)));
    Some(Difference {
        found: slice(found, in_found),
        expected: slice(expected, in_expected),
        context: around(expected, in_expected),
        span: in_found,
    })
}

/// The first line of the found text that is not the expected one, with the first difference in it.
pub(super) fn first_line(expected: &str, found: &str) -> Option<(usize, Difference)> {
    let (mut one, mut other) = (expected.split_inclusive('\n'), found.split_inclusive('\n'));
    let mut start = 0;
    loop {
        let (expected_line, found_line) = (one.next(), other.next());
        if expected_line.is_none() && found_line.is_none() {
            return None;
        }
        let (wanted, line) = (expected_line.unwrap_or_default(), found_line.unwrap_or_default());
        if wanted != line {
            let whole = ByteSpan { start: 0, end: line.trim_end().len() };
            let mut difference = first(wanted, line).unwrap_or_else(|| Difference {
                span: whole,
                found: line.trim_end().to_owned(),
                expected: wanted.trim_end().to_owned(),
                context: around(wanted, ByteSpan { start: 0, end: 0 }),
            });
            difference.span.start += start;
            difference.span.end += start;
            return Some((start, difference));
        }
        start += line.len();
    }
}

/// The word at a place: what stands there between white space.
fn word(text: &str, at: usize) -> ByteSpan {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before
        .rfind(char::is_whitespace)
        .map_or(0, |space| space + before.get(space..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let end = at + after.find(char::is_whitespace).unwrap_or(after.len());
    // At the end of a text there is no word.
    if after.is_empty() { ByteSpan { start: text.len(), end: text.len() } } else { ByteSpan { start, end } }
}

fn slice(text: &str, span: ByteSpan) -> String {
    text.get(span.start..span.end).unwrap_or_default().to_owned()
}

/// A word with a little of the text around it, in whole words on one line.
fn around(text: &str, span: ByteSpan) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let start = before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    let (mut left, mut right) = (before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default());
    // A word that was cut is left out.
    let is_cut =
        |before: &str, after: &str| !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace);
    if start > 0 && is_cut(before.get(..start).unwrap_or_default(), left) {
        left = left.split_once(char::is_whitespace).map_or("", |(_, whole)| whole);
    }
    if end < after.len() && is_cut(right, after.get(end..).unwrap_or_default()) {
        right = right.rsplit_once(char::is_whitespace).map_or("", |(whole, _)| whole);
    }
    let (open, close) = (if start > 0 { "… " } else { "" }, if end < after.len() { " …" } else { "" });
    let shown = format!("{left}{}{right}", text.get(span.start..span.end).unwrap_or_default());
    format!("{open}{}{close}", shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_no_difference() {
        assert_eq!(first("up 12.02% on\nthe year", "up 12.02%\non the year "), None);
        assert_eq!(first("", " \n"), None);
    }

    #[test]
    fn the_word_is_told_whole() {
        let difference = first("exports of 2.45 billion USD", "exports of\n2.54 billion USD").unwrap();
        assert_eq!((difference.found.as_str(), difference.expected.as_str()), ("2.54", "2.45"));
        assert_eq!(difference.span, ByteSpan { start: 11, end: 15 });
        assert_eq!(difference.context, "exports of 2.45 billion USD");
    }

    #[test]
    fn the_text_around_is_in_whole_words() {
        let text = "the latest figures for Nghe An are from November 2023: read them as the last published ones";
        let difference = first(text, &text.replace("2023", "2024")).unwrap();
        // 24 characters before the place begin within "Nghe".
        assert_eq!(difference.context, "… An are from November 2023: read them as the last …");
    }

    #[test]
    fn what_is_left_out_or_added_at_the_end() {
        let less = first("gần 9,98 tỉ USD", "gần 9,98 tỉ").unwrap();
        assert_eq!((less.found.as_str(), less.expected.as_str()), ("", "USD"));
        let more = first("gần 9,98 tỉ", "gần 9,98 tỉ USD").unwrap();
        assert_eq!((more.found.as_str(), more.expected.as_str()), ("USD", ""));
    }

    #[test]
    fn lines_differ_even_by_a_space() {
        let (line, difference) = first_line("một\nhai\nba\n", "một\nhai  \nba\n").unwrap();
        // `ộ` takes three bytes.
        assert_eq!((line, difference.found.as_str()), (6, "hai"));
        assert_eq!(first_line("một\n", "một\n"), None);
        assert!(first_line("một\n", "một\nhai\n").is_some());
    }
}
