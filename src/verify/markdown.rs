//! The briefing, written again from the sheets inside, and held against the Markdown inside.

use super::attachments::Inside;
use super::codes::{ALTERED_ATTACHMENT, ALTERED_EVIDENCE, ALTERED_MARKDOWN};
use super::difference::{self, Difference};
use super::file::GET_IT_AGAIN;
use super::finding::Verdict;
use super::peers::Checked;
use crate::batch::statement::Role;
use crate::batch::{Document, Subject, write_briefing};
use crate::catalog::Catalog;
use crate::diag::{Diagnostic, Severity, SourceFile};
use crate::render::{Briefing, COMPARATIVE, PROVINCE, Renderer};
use crate::typeset::amounts;
use std::collections::BTreeMap;

/// A briefing that was written again.
pub(super) struct Written {
    pub(super) document: Document,
    pub(super) renderer: Renderer,
    pub(super) briefing: Briefing,
}

/// The Markdown inside, if it is there and is text.
pub(super) fn attached(inside: &Inside) -> Option<(&str, &str)> {
    let (name, bytes) = inside.of_role(Role::Markdown).next()?;
    Some((name, std::str::from_utf8(bytes).ok()?))
}

/// Writes the briefing again and compares it; `None` if it cannot be written.
pub(super) fn write_again(
    checked: &Checked,
    inside: &Inside,
    catalog: &Catalog,
    verdict: &mut Verdict,
) -> Option<Written> {
    let statement = &inside.statement;
    let comparison = checked.comparison.as_ref();
    let made = comparison.map_err(|id| unknown_province(id)).and_then(|comparison| {
        let subject = if statement.is_of_all() { Subject::Comparison } else { Subject::Locality };
        if subject == Subject::Locality && comparison.column(&statement.subject).is_none() {
            return Err(unknown_province(&statement.subject));
        }
        let document = Document { subject, language: statement.language, name: statement.subject.clone() };
        Ok((comparison, document))
    });
    let (comparison, document) = match made {
        Ok(made) => made,
        Err(message) => {
            verdict.find(Diagnostic::error(ALTERED_EVIDENCE, message).help(GET_IT_AGAIN));
            return None;
        }
    };
    let texts: BTreeMap<String, String> = inside
        .of_role(Role::Template)
        .map(|(name, bytes)| (name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let template = if statement.is_of_all() { COMPARATIVE } else { PROVINCE };
    let renderer = Renderer::with_texts(&texts, statement.language, template);
    let written = renderer.and_then(|renderer| {
        let briefing = write_briefing(&document, &renderer.documents(comparison, catalog)).transpose()?;
        Ok(briefing.map(|briefing| Written { document, renderer, briefing }))
    });
    let written = match written {
        Ok(written) => written?,
        Err(error) => {
            let (code, message) = if texts.is_empty() {
                (ALTERED_MARKDOWN, format!("the briefing cannot be written again: {error}"))
            } else {
                (ALTERED_ATTACHMENT, format!("the templates inside the PDF cannot be used: {error}"))
            };
            verdict.find(Diagnostic::error(code, message).help(GET_IT_AGAIN));
            return None;
        }
    };
    if let Some(found) =
        attached(inside).and_then(|(name, text)| compare(&written.briefing.markdown, name, text, inside, verdict))
    {
        verdict.find(found);
    }
    Some(written)
}

fn unknown_province(id: &str) -> String {
    format!("the statement inside the PDF names `{}`, of which there is no sheet and no province", id.escape_debug())
}

fn compare(made: &str, name: &str, text: &str, inside: &Inside, verdict: &Verdict) -> Option<Diagnostic> {
    let (_, difference) = difference::first_line(made, text)?;
    let file: std::sync::Arc<SourceFile> = verdict.within(name, text);
    let message = format!("`{}` inside the PDF is not what its sheets give", name.escape_debug());
    let Difference { expected, context, span, .. } = difference;
    let label = match expected.as_str() {
        "" => "the sheets give nothing here".to_owned(),
        word if word == context => format!("the sheets give `{word}`"),
        word => format!("the sheets give `{word}`, in “{context}”"),
    };
    let mut found = Diagnostic::error(ALTERED_MARKDOWN, message).at(&file, span, label);
    if inside.is_this_version || amounts(made) != amounts(text) {
        found = found.help("trust neither the Markdown nor the sheets; get the PDF again from where it came from");
    } else {
        found.severity = Severity::Warning;
        found = found.note("the numbers are the same; another version made it, and words may have changed since");
    }
    Some(found)
}
