//! What is said of a number in a rendered text that nothing stands behind.

use super::CODE;
use super::shown::untraced_in_document;
use super::trace::restore;
use super::typed::HELP;
use crate::diag::{ByteSpan, Diagnostic, SourceFile};
use std::ops::Range;
use std::sync::Arc;

/// A part of a rendered text: where it ends, and the lines of the template, from 1, that made it.
pub(super) struct Part {
    pub(super) end: usize,
    pub(super) lines: Range<usize>,
}

/// What a template made, before and after empty lines were taken out.
pub(super) struct Rendered<'a> {
    /// The file that the text would be written to.
    pub(super) name: &'a str,
    pub(super) template: &'a str,
    pub(super) parts: &'a [Part],
    pub(super) raw: &'a str,
    pub(super) tidy: &'a str,
}

/// A finding for each number that is not traced, at its place in the text as it would be written.
pub(super) fn report(rendered: &Rendered<'_>, numbers: Vec<Range<usize>>) -> Vec<Diagnostic> {
    let file = Arc::new(SourceFile::new(rendered.name, restore(rendered.tidy)));
    // Taking out empty lines takes out no number: the first number here is the first one there.
    let origins = untraced_in_document(rendered.raw);
    let length = |end: usize| restore(rendered.tidy.get(..end).unwrap_or_default()).len();
    let report = |(place, range): (usize, Range<usize>)| {
        let number = rendered.tidy.get(range.clone()).unwrap_or_default();
        let part = origins.get(place).and_then(|origin| rendered.parts.iter().find(|part| origin.start < part.end));
        let span = ByteSpan { start: length(range.start), end: length(range.end) };
        let found = Diagnostic::error(CODE, format!("no figure, date or source stands behind the number `{number}`"))
            .at(&file, span, "typed or counted by the template; figures come from `{{…}}`")
            .help(HELP);
        match part {
            Some(part) => {
                found.note(format!("lines {} to {} of {} made it", part.lines.start, part.lines.end, rendered.template))
            }
            None => found,
        }
    };
    numbers.into_iter().enumerate().map(report).collect()
}
