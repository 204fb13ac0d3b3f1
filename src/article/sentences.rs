//! Where sentences end. Cut too rarely, two numbers stand in one sentence; cut too often, a number loses its unit: so a line break
//! alone ends nothing, as texts are broken anywhere.

use std::ops::Range;

/// A sentence is cut at the next space beyond this many bytes: the reader looks back and forth within one.
const LONGEST: usize = 2000;

/// The sentences of a text, without the spaces around them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let end = at + character.len_utf8();
        let cut = if character.is_whitespace() {
            let mut last = end;
            while let Some((next, _)) = characters.next_if(|(_, next)| next.is_whitespace()) {
                last = next + text.get(next..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            }
            let (before, space, after) = split(text, start, at, last);
            if ends_at(before, space, after) || at - start > LONGEST { Some((at, last)) } else { None }
        } else if end - start > 2 * LONGEST {
            Some((end, end))
        } else {
            None
        };
        if let Some((end, next)) = cut {
            push(&mut sentences, start..end);
            start = next;
        }
    }
    push(&mut sentences, start..text.len());
    sentences
}

fn push(sentences: &mut Vec<Range<usize>>, sentence: Range<usize>) {
    if sentence.start < sentence.end {
        sentences.push(sentence);
    }
}

/// What stands before, in and after a run of spaces.
fn split(text: &str, start: usize, at: usize, end: usize) -> (&str, &str, &str) {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    (part(start..at), part(at..end), part(end..text.len()))
}

/// Whether a sentence ends at a run of spaces.
fn ends_at(before: &str, space: &str, after: &str) -> bool {
    let digit_before = before.ends_with(|character: char| character.is_ascii_digit());
    let digit_after = after.starts_with(|character: char| character.is_ascii_digit());
    // A tab divides like a line break: the cells of a table.
    let breaks = space.matches(['\n', '\t', '\u{2028}', '\u{2029}']).count();
    if breaks > 1 || (breaks == 1 && ((digit_before && digit_after) || is_list_item(after))) {
        return true;
    }
    let closed = before.trim_end_matches(['"', '\'', ')', '”', '’', '»']);
    if closed.ends_with([';', '!', '?', '…']) {
        return true;
    }
    // The mark of a list belongs to its item.
    let is_mark = before.strip_suffix('.').is_some_and(|mark| mark.bytes().all(|byte| byte.is_ascii_digit()));
    // "No. 12", "approx. 500", "St. Petersburg" too, which does no harm.
    closed.ends_with('.') && !is_mark && !digit_after && !after.starts_with(char::is_lowercase)
}

/// "- item", "2. item", "# heading", "| cell": a line that stands for itself.
fn is_list_item(line: &str) -> bool {
    let Some(mark) = line.split_whitespace().next() else { return false };
    let number = mark.strip_suffix(['.', ')']).unwrap_or_default();
    let numbered = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered
        || mark.starts_with('|')
        || mark.chars().all(|sign| matches!(sign, '#' | '*' | '-' | '+' | '•' | '–' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_full_stop_ends_a_sentence_and_an_abbreviation_does_not() {
        assert_eq!(
            cut("It has 1,155 projects. Of which, 588 work."),
            ["It has 1,155 projects.", "Of which, 588 work."]
        );
        assert_eq!(cut("Directive No. 12 stands"), ["Directive No. 12 stands"]);
        assert_eq!(cut("He said: “There are 5.” Then he left"), ["He said: “There are 5.”", "Then he left"]);
    }

    #[test]
    fn a_line_break_alone_ends_nothing_but_between_two_numbers() {
        assert_eq!(cut("nearly 9.98\nbillion USD"), ["nearly 9.98\nbillion USD"]);
        assert_eq!(cut("36\n588\t120"), ["36", "588", "120"]);
        assert_eq!(cut("in 2022\n\n588 projects"), ["in 2022", "588 projects"]);
        assert_eq!(cut("the following:\n1. Exports\n2. Imports"), ["the following:", "1. Exports", "2. Imports"]);
    }

    #[test]
    fn no_sentence_is_without_end() {
        assert!(sentences(&"word ".repeat(10_000)).iter().all(|sentence| sentence.len() <= 2 * LONGEST));
        assert!(sentences(&"ổ".repeat(10_000)).iter().all(|sentence| sentence.len() <= 2 * LONGEST + 4));
    }
}
