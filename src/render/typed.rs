//! Numbers that a template or the terms type, found before anything is rendered: with their line, and in every branch.

use super::terms::Terms;
use super::trace::{is_mark, is_numeral, untraced};
use super::{CODE, RenderError};
use crate::diag::{ByteSpan, Diagnostic, SourceFile};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

/// What there is to do about a number that was typed.
pub(super) const HELP: &str = "give the figure a line in the fact sheet, with its source, and take it from there; docs/templates.md lists what there is";

/// The lists of the terms that are words for numbers: an entry may hold its own number, and no other.
const NUMBERED: [&str; 5] = ["months", "months_short", "quarters", "counts", "ordinals"];
/// The terms that are ids, and no text.
const IDS: &str = "with_article";

/// Helpers whose parameters choose, and are not printed.
const CHOOSING: [&str; 12] = ["if", "unless", "lookup", "eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not"];
/// What prints a number that the template counts.
const COUNTING: [&str; 2] = ["len", "@index"];

/// Refuses the characters by which numerals are traced, written out or as an escape: no text has a use for them.
///
/// # Errors
/// The text holds one.
pub(super) fn refuse_marks(path: &str, text: &str) -> Result<(), RenderError> {
    let written = text.char_indices().find(|(_, character)| is_mark(*character)).map(|(at, _)| at);
    let escaped =
        text.match_indices('\\').map(|(at, _)| at).find(|at| is_escaped_mark(text.get(at + 1..).unwrap_or_default()));
    let Some(at) = written.or(escaped) else { return Ok(()) };
    let (line, column) = SourceFile::new(path, text).line_column(at);
    let message = "a character between U+FDD0 and U+FDDA is no text; remove it".to_owned();
    Err(RenderError::Template { path: path.to_owned(), line, column, message })
}

fn is_escaped_mark(escape: &str) -> bool {
    let digits = escape.strip_prefix('u').or_else(|| escape.strip_prefix("U0000")).unwrap_or_default();
    let value = digits.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    value.and_then(char::from_u32).is_some_and(is_mark)
}

/// The numbers that a template types, as text or in an expression.
pub(super) fn in_template(path: &str, text: &str) -> Vec<Diagnostic> {
    let mut shown = text.as_bytes().to_vec();
    let mut found = Vec::new();
    for tag in tags(text) {
        found.extend(in_tag(text, &tag));
        if let Some(bytes) = shown.get_mut(tag) {
            // A tag shows nothing here; its lines are kept, so that each line still starts where it did.
            bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = 0);
        }
    }
    found.extend(untraced(&String::from_utf8_lossy(&shown)));
    if found.is_empty() {
        return Vec::new();
    }
    found.sort_by_key(|range| range.start);
    let file = Arc::new(SourceFile::new(path, text));
    let report = |range: Range<usize>| {
        let number = text.get(range.clone()).unwrap_or_default();
        let is_counted = !number.contains(is_numeral);
        let message = if is_counted {
            format!("the template prints a number that it counts: `{number}`")
        } else {
            format!("the template types the number `{number}`")
        };
        let label = if is_counted {
            "figures come from the context, as `{{…}}`"
        } else {
            "typed in the template; figures come from `{{…}}`"
        };
        Diagnostic::error(CODE, message).at(&file, ByteSpan { start: range.start, end: range.end }, label).help(HELP)
    };
    found.into_iter().map(report).collect()
}

/// The tags and comments of a template, from brace to brace.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        let before = text.get(..start).unwrap_or_default();
        if before.ends_with('\\') && !before.ends_with("\\\\") {
            from = start + 2;
            continue;
        }
        let length = tag_length(text.get(start..).unwrap_or_default());
        tags.push(start..start + length);
        from = start + length;
    }
    tags
}

/// The length of the tag at the start of a text; all of it if the tag does not end.
fn tag_length(text: &str) -> usize {
    let inner = text.trim_start_matches('{').trim_start_matches('~');
    let end = if inner.starts_with("!--") { "--" } else { "" };
    let is_comment = inner.starts_with('!');
    let mut quote = None;
    let mut at = text.len() - inner.len();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let after_end = rest.strip_prefix(end).map(|rest| rest.trim_start_matches('~'));
        if quote.is_none()
            && let Some(after) = after_end.and_then(|rest| rest.strip_prefix("}}"))
        {
            return text.len() - after.trim_start_matches('}').len();
        }
        let Some(character) = rest.chars().next() else { break };
        match (quote, character) {
            (None, '"' | '\'') if !is_comment => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        at += character.len_utf8();
    }
    text.len()
}

/// The literals of a tag that would be printed and hold a numeral, and what prints a count.
fn in_tag(text: &str, tag: &Range<usize>) -> Vec<Range<usize>> {
    let source = text.get(tag.clone()).unwrap_or_default();
    let inner = source.trim_start_matches(['{', '~', '&', ' ', '\t', '\r', '\n']);
    let is_block = inner.starts_with(['#', '^', '/']);
    if inner.starts_with('!') || !source.contains(is_numeral) && !COUNTING.iter().any(|word| source.contains(word)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // The heads of the calls that are open: a word's own call decides whether it is printed.
    let mut calls: Vec<Option<&str>> = vec![None];
    for (at, word) in words(source) {
        let place = || tag.start + at..tag.start + at + word.len();
        let depth = calls.len();
        match (word, calls.last_mut()) {
            ("(", _) => calls.push(None),
            (")", _) => drop(calls.pop().filter(|_| depth > 1)),
            (word, Some(head)) => {
                let is_head = head.is_none();
                let call = *head.get_or_insert(word);
                let is_literal =
                    word.starts_with(['"', '\'', '-']) || word.starts_with(|first: char| first.is_ascii_digit());
                let is_typed = is_literal && word.contains(is_numeral) && !CHOOSING.contains(&call);
                let is_counted = is_head && depth == 1 && !is_block && COUNTING.contains(&word);
                if is_typed || is_counted {
                    found.push(place());
                }
            }
            (_, None) => {}
        }
    }
    found
}

/// The words, texts in quotes and brackets of a tag, each with its place.
fn words(tag: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = tag.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or_default();
        let length = match first {
            '"' | '\'' => rest.get(1..).and_then(|rest| rest.find(first)).map_or(rest.len(), |end| end + 2),
            '(' | ')' => 1,
            '{' | '}' | '~' | '#' | '^' | '/' | '&' | '=' => {
                at += 1;
                continue;
            }
            other if other.is_whitespace() => {
                at += other.len_utf8();
                continue;
            }
            _ => rest
                .find(|end: char| end.is_whitespace() || "()}=\"'".contains(end))
                .unwrap_or(rest.len())
                .max(first.len_utf8()),
        };
        words.push((at, rest.get(..length).unwrap_or_default()));
        at += length;
    }
    words
}

/// The numbers that the terms type: any, but for a month's, a quarter's, a count's or an ordinal's own.
pub(super) fn in_terms(path: &str, text: &str, terms: &Terms) -> Vec<Diagnostic> {
    let Ok(Value::Object(entries)) = serde_json::to_value(terms) else { return Vec::new() };
    let mut found = Vec::new();
    for (key, value) in entries.iter().filter(|(key, _)| *key != IDS) {
        collect(&[key], value, &mut found);
    }
    if found.is_empty() {
        return Vec::new();
    }
    let file = Arc::new(SourceFile::new(path, text));
    let report = |(keys, term, number): (Vec<String>, String, String)| {
        let message = format!("the term `{}` types the number `{number}`", keys.join("."));
        Diagnostic::error(CODE, message)
            .at(
                &file,
                place(text, &keys, &term, &number),
                "typed in the terms; figures and dates are filled in as `{…}`",
            )
            .help("write the term without a number; an entry of a list of numbers may hold its own")
    };
    found.into_iter().map(report).collect()
}

/// The numbers that a term types, each with its keys and its text.
fn collect(keys: &[&str], value: &Value, found: &mut Vec<(Vec<String>, String, String)>) {
    match value {
        Value::String(term) => {
            for number in untraced_term(term) {
                found.push((keys.iter().map(|key| (*key).to_owned()).collect(), term.clone(), number));
            }
        }
        Value::Array(entries) => {
            for (place, entry) in entries.iter().enumerate() {
                let Some(term) = entry.as_str() else { continue };
                let own = (place + 1).to_string();
                let is_own = |number: &str| {
                    number.trim_start_matches('0') == own && keys.iter().any(|key| NUMBERED.contains(key))
                };
                for number in untraced_term(term).into_iter().filter(|number| !is_own(number)) {
                    found.push((keys.iter().map(|key| (*key).to_owned()).collect(), term.to_owned(), number));
                }
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                collect(&[keys, &[key]].concat(), entry, found);
            }
        }
        _ => {}
    }
}

/// The numbers of a term; `{…}` is no part of its text.
fn untraced_term(term: &str) -> Vec<String> {
    let parts = term.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
        Some((_, text)) if at > 0 => text,
        _ => part,
    });
    let mut numbers = Vec::new();
    for part in parts {
        let runs = part.split(|character| !is_numeral(character)).filter(|run| !run.is_empty());
        numbers.extend(runs.map(str::to_owned));
    }
    numbers
}

/// Where the terms type a number: within the term, after its keys; or where its key is, if YAML wrote it otherwise.
fn place(text: &str, keys: &[String], term: &str, number: &str) -> ByteSpan {
    let mut start = 0;
    for key in keys {
        let label = format!("{key}:");
        let rest = text.get(start..).unwrap_or_default();
        let at = rest.match_indices(&label).map(|(at, _)| at).find(|at| {
            rest.get(..*at).is_some_and(|before| {
                before.lines().next_back().is_none_or(|line| before.ends_with('\n') || line.trim().is_empty())
            })
        });
        start += at.unwrap_or(0);
    }
    let within = text.get(start..).and_then(|rest| rest.find(term)).map(|at| start + at);
    let inside =
        term.match_indices(number).map(|(at, _)| at).find(|at| !term.get(..*at).unwrap_or_default().ends_with('{'));
    match (within, inside) {
        (Some(within), Some(inside)) => ByteSpan { start: within + inside, end: within + inside + number.len() },
        _ => ByteSpan { start, end: start + keys.last().map_or(0, String::len) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::render::{TERMS, built_in, overrides};

    fn numbers(template: &str) -> Vec<String> {
        let found = in_template("t.hbs", template).into_iter();
        found.map(|found| found.labels[0].file.slice(found.labels[0].span).to_owned()).collect()
    }

    #[test]
    fn the_built_in_templates_and_terms_type_no_number() {
        for (name, text) in Language::ALL.into_iter().flat_map(built_in) {
            assert_eq!(refuse_marks(name, text).map_err(|error| error.to_string()), Ok(()));
            let found = if name == TERMS {
                in_terms(name, text, &overrides::terms(name.to_owned(), text).unwrap())
            } else {
                in_template(name, text)
            };
            assert!(found.is_empty(), "{name}: {found:?}");
        }
    }

    #[test]
    fn tags_and_comments_are_no_text() {
        for template in [
            "{{points.0.label}} {{~#if x~}} {{/if}} {{{a.[1].b}}} {{&x}}",
            "{{!-- }} 12 --}}{{! it's 13 }}{{!-- 14 --~}}{{~! 15}}",
            "{{#if (and (gt number 3) (eq title \"15}}\"))}}x{{else}}y{{/if}}",
            "{{lookup points 0}} {{#unless (lt (len points) 4)}}{{/unless}}",
            "{{#if x}}1. a{{/if}}\n{{#if y}}\n1. b\n{{/if}}",
        ] {
            assert_eq!(numbers(template), Vec::<String>::new(), "{template}");
        }
    }

    #[test]
    fn what_would_be_printed_is_found_in_tags() {
        assert_eq!(numbers("{{capital '15'}}{{#each \"1\"}}{{/each}}"), ["'15'", "\"1\""]);
        assert_eq!(numbers("{{capital (lookup (array 1 2) 0)}} {{capital (concat title \"3\")}}"), ["1", "2", "\"3\""]);
        assert_eq!(numbers("{{#if (gt (len points) 3)}}{{len points}}{{/if}}"), ["len"]);
        assert_eq!(numbers("a \\{{12}} b \\\\{{x}} 13"), ["12", "13"]);
    }

    #[test]
    fn a_place_counts_whole_characters() {
        let found = in_template("t.hbs", "{{tên}}\nĐã ký 15 thỏa thuận");
        assert_eq!(found[0].place(), Some(("t.hbs", 2, 7)));
    }
}
