//! YAML by a library, its faults in our words.

use super::UNREADABLE_SHEET;
use crate::diag::{ByteSpan, Diagnostic, SourceFile, did_you_mean};
use serde::Deserialize;
use serde_saphyr::{Error, Location};
use std::sync::Arc;

/// Deepest nesting that a sheet may have; real ones have six levels.
const MAX_DEPTH: usize = 24;
/// Most nodes that a sheet may have: some ten thousand facts.
const MAX_NODES: usize = 400_000;

/// Reads a value of type `T`.
///
/// # Errors
/// The first fault, with its place, and the nearest known key where a key is not known.
pub(super) fn parse<'de, T: Deserialize<'de>>(file: &'de Arc<SourceFile>) -> Result<T, Box<Diagnostic>> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: MAX_NODES, max_aliases: 0, max_anchors: 0 },
    };
    serde_saphyr::from_str_with_options(file.text(), options).map_err(|error| Box::new(explain(file, &error)))
}

fn explain(file: &Arc<SourceFile>, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let span = error.location().map_or_else(ByteSpan::default, |location| span_of(file, location));
    let report = |message: String| Diagnostic::error(UNREADABLE_SHEET, message).at(file, span, "");
    match error {
        Error::SerdeUnknownField { field: invalid, expected, .. } => {
            let help = did_you_mean(invalid, expected).unwrap_or_else(|| format!("known here: {}", expected.join(", ")));
            report(format!("`{invalid}` is not a key of this place")).help(help)
        }
        Error::SerdeUnknownVariant { variant: invalid, expected, .. } => {
            let help = did_you_mean(invalid, expected).unwrap_or_else(|| format!("known here: {}", expected.join(", ")));
            report(format!("`{invalid}` is not known here")).help(help)
        }
        Error::SerdeMissingField { field, .. } => report(format!("the key `{field}` is missing")).help(format!("add `{field}: …`")),
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            report(format!("the key `{key}` stands twice")).help("keep one of the two")
        }
        Error::Budget { .. } => report("the sheet is too deep, too large, or uses YAML anchors or aliases".to_owned())
            .help("write facts out in full: anchors, aliases and deep nesting are refused so that a hostile sheet cannot exhaust the machine"),
        other if plain(other).starts_with("invalid type: unit value") => report("a value is missing here".to_owned())
            .help("write the value after the colon; within braces a comma ends a text, so that a text with one needs quotes: {source: \"9,98 tỉ USD\"}"),
        other => report(plain(other)).help("the form of a sheet is shown in the README and in `fixtures/`"),
    }
}

/// The library's message on one line, without its own account of the place.
fn plain(error: &Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let line = match line.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((place, rest)) if place.chars().all(|c| c.is_ascii_digit() || " column,".contains(c)) => rest,
        _ => line,
    };
    let line = line.split(" at line ").next().unwrap_or(line);
    line.trim_end_matches('.').to_owned()
}

fn span_of(file: &SourceFile, location: Location) -> ByteSpan {
    let text = file.text();
    let span = location.span();
    let start = match span.byte_offset() {
        Some(byte) => usize::try_from(byte).unwrap_or(0),
        None => text.char_indices().nth(usize::try_from(span.offset()).unwrap_or(0)).map_or(0, |(byte, _)| byte),
    };
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut start = start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (start + length).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    ByteSpan { start, end }
}
