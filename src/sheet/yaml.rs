//! YAML: plain texts by our own reader, all others by a library, its faults in our words.

use crate::diag::{ByteSpan, did_you_mean};
use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Location};

/// Deepest nesting that a text may have; real sheets have six levels.
const MAX_DEPTH: usize = 24;
/// Most nodes that a text may have: some ten thousand facts, more than a sheet may hold.
const MAX_NODES: usize = 150_000;
/// Most faults that are told of one text.
const MAX_FAULTS: usize = 20;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// One sentence, lower case, without a full stop.
    pub(crate) message: String,
    /// What to do, where that can be told from the fault alone.
    pub(crate) help: Option<String>,
    /// Where it stands.
    pub(crate) span: ByteSpan,
}

/// Reads a value of type `T`.
///
/// # Errors
/// The first fault, with the nearest known key where a key is not known; and, as if such a key had been mended, those after it.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Fault>> {
    if let Some(value) = super::node::read(text) {
        return Ok(value);
    }
    let error = match read(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let mut faults = vec![explain(text, &error)];
    let mut mended = Mended::new(text);
    let mut error = error;
    while faults.len() < MAX_FAULTS && mended.mend(&error) {
        error = match read::<T>(&mended.text) {
            Ok(_) => break,
            Err(error) => error,
        };
        // The mended key may be there already: that fault is of our making.
        if matches!(error.without_snippet(), Error::DuplicateMappingKey { .. }) {
            break;
        }
        let fault = explain(&mended.text, &error);
        faults.push(Fault { span: mended.original(fault.span), ..fault });
    }
    Err(faults)
}

/// Reads a text by the library.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: MAX_NODES, max_aliases: 0, max_anchors: 0 },
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// A text in which unknown keys are replaced by the nearest known ones, so that reading can go on.
struct Mended {
    text: String,
    /// Where a key was replaced, and its lengths before and after.
    changes: Vec<(usize, usize, usize)>,
}

impl Mended {
    fn new(text: &str) -> Mended {
        Mended { text: text.to_owned(), changes: Vec::new() }
    }

    /// Replaces the key that the error complains of; false if it is no unknown key, or has no near one.
    fn mend(&mut self, error: &Error) -> bool {
        let error = error.without_snippet();
        let (Error::SerdeUnknownField { field: unknown, expected, .. }
        | Error::SerdeUnknownVariant { variant: unknown, expected, .. }) = error
        else {
            return false;
        };
        let Some(known) = expected.iter().min_by_key(|known| strsim::damerau_levenshtein(unknown, known)) else {
            return false;
        };
        let Some(location) = error.location() else { return false };
        let span = span_of(&self.text, location);
        let stands_there = self.text.get(span.start..).is_some_and(|rest| rest.starts_with(unknown.as_str()));
        let is_later = self.changes.last().is_none_or(|(start, _, _)| *start < span.start);
        if !stands_there || !is_later || did_you_mean(unknown, expected).is_none() {
            return false;
        }
        self.text.replace_range(span.start..span.start + unknown.len(), known);
        self.changes.push((span.start, unknown.len(), known.len()));
        true
    }

    /// A place of the mended text in the original.
    fn original(&self, span: ByteSpan) -> ByteSpan {
        let place = |byte: usize| {
            let changes = self.changes.iter().filter(|(start, _, _)| *start < byte);
            changes.fold(byte, |byte, (_, before, after)| (byte + before).saturating_sub(*after))
        };
        let start = place(span.start);
        ByteSpan { start, end: place(span.end).max(start) }
    }
}

fn explain(text: &str, error: &Error) -> Fault {
    let error = error.without_snippet();
    let span = error.location().map_or_else(ByteSpan::default, |location| span_of(text, location));
    let fault = |message: String, help: Option<String>| Fault { message, help, span };
    let known = |unknown: &str, expected: &[&'static str]| {
        did_you_mean(unknown, expected).unwrap_or_else(|| format!("known here: {}", expected.join(", ")))
    };
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            fault(format!("`{field}` is not a key of this place"), Some(known(field, expected)))
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            fault(format!("`{variant}` is not known here"), Some(known(variant, expected)))
        }
        Error::SerdeMissingField { field, .. } => Fault {
            span: mapping_start(text, span),
            ..fault(format!("the key `{field}` is missing"), Some(format!("add `{field}: …`")))
        },
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            fault(format!("the key `{key}` stands twice"), Some("keep one of the two".to_owned()))
        }
        Error::Budget { .. } | Error::UnknownAnchor { .. } => fault(
            "the text is nested too deep, too large, or uses YAML anchors or aliases".to_owned(),
            Some("write everything out in full; anchors, aliases and deep nesting are refused, so that no text can exhaust the machine".to_owned()),
        ),
        Error::MultipleDocuments { .. } => fault(
            "a second document starts after `---`".to_owned(),
            Some("keep one document to a file, and take the line `---` out".to_owned()),
        ),
        Error::SerdeInvalidLength { .. } => fault(format!("this list has too few or too many entries: {}", plain(error)), None),
        Error::Eof { .. } => fault("the text ends before anything is said".to_owned(), None),
        other => told(&plain(other), span),
    }
}

/// A fault that the library has no type for, by its message.
fn told(message: &str, span: ByteSpan) -> Fault {
    let (message, help) = match message {
        "expected mapping start" => ("keys belong here", Some("write `key: value`, each on its line")),
        "expected sequence start" => ("a list belongs here", Some("start each entry with `- `")),
        "expected string scalar" => ("a single value belongs here, not a list or keys", None),
        "invalid u32" => ("a whole number belongs here", None),
        message if message.starts_with("cannot deserialize null") => ("a value is missing here", None),
        message if message.starts_with("invalid type: unit value") => (
            "a value is missing here",
            Some(
                "write it after the colon; within braces a comma ends a text, so that a text with one needs quotes: {source: \"9,98 tỉ USD\"}",
            ),
        ),
        message if message.contains("recursion limit") => (
            "the text is nested too deep",
            Some("write everything out in full; deep nesting is refused, so that no text can exhaust the machine"),
        ),
        message if message.contains("found a tab") || message.contains("tabs disallowed") => {
            ("a tab stands where YAML allows only spaces", Some("indent with spaces"))
        }
        message
            if message.contains("is only valid inside a block") || message.contains("did not find expected ','") =>
        {
            (
                message,
                Some(
                    "a bracket or brace above may not be closed; put a text that holds `: `, `,` or a bracket between quotes",
                ),
            )
        }
        message if message.contains("trailing content after") || message.contains("scanning a quoted scalar") => {
            (message, Some("a quotation mark above may not be closed"))
        }
        message => (message, None),
    };
    Fault { message: message.to_owned(), help: help.map(str::to_owned), span }
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

/// The first key of the block that a key stands in: where a reader looks for what is missing.
fn mapping_start(text: &str, span: ByteSpan) -> ByteSpan {
    let line_of = |byte: usize| text.get(..byte).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let content = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut first = line_of(span.start);
    let indent = span.start - first;
    if text.get(first..span.start).is_none_or(|before| !before.trim_start_matches([' ', '-']).is_empty()) {
        return span;
    }
    let mut start = span.start;
    while !text
        .get(first..)
        .is_some_and(|line| line.trim_start_matches(' ').starts_with("- ") && content(line) == indent)
        && first > 0
    {
        let above = line_of(first - 1);
        let line = text.get(above..first).unwrap_or_default().trim_end();
        let is_blank = line.is_empty() || line.trim_start().starts_with('#');
        if !is_blank && content(line) < indent {
            break;
        }
        if !is_blank && content(line) == indent {
            start = above + indent;
        }
        first = above;
    }
    let end = text.get(start..).and_then(|rest| rest.find([':', '\n'])).map_or(start, |length| start + length);
    ByteSpan { start, end }
}

fn span_of(text: &str, location: Location) -> ByteSpan {
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
