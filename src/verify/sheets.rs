//! The sheets inside, checked again.

use super::attachments::Inside;
use super::codes::{ALTERED_CHECKS, ALTERED_EVIDENCE, FAILED_SHEET};
use super::difference;
use super::file::GET_IT_AGAIN;
use super::finding::Verdict;
use crate::batch::Sheets;
use crate::batch::evidence::Evidence;
use crate::batch::statement::{CHECKS, Role};
use crate::catalog::Catalog;
use crate::diag::{ByteSpan, Diagnostic, Severity, SourceFile};
use std::sync::Arc;

/// The sheets of a PDF, checked again, and the evidence that they make.
pub(super) struct Checked {
    pub(super) evidence: Evidence,
    pub(super) sheets: Sheets,
}

/// So many errors of a sheet are told: each shows its lines, and a forged sheet may have thousands.
const MOST_FAULTS: usize = 20;

/// Checks the sheets again and compares what is said of them; `None` if one does not pass.
pub(super) fn check_again(inside: &Inside, catalog: &Catalog, verdict: &mut Verdict) -> Option<Checked> {
    let mut files = Vec::new();
    let mut is_whole = true;
    for (name, bytes) in inside.of_role(Role::Sheet) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            files.push(Arc::new(SourceFile::new(name, text)));
            continue;
        }
        is_whole = false;
        let message = format!("the sheet `{}` inside the PDF is not UTF-8 text", name.escape_debug());
        verdict.find(Diagnostic::error(FAILED_SHEET, message).help(GET_IT_AGAIN));
    }
    let withheld = inside.statement.withheld.clone();
    let evidence = Evidence::of(files, withheld, (inside.quarter, inside.as_of), inside.dress(), catalog);
    let (evidence, sheets) = match evidence {
        Ok(made) => made,
        Err(error) => {
            verdict.find(Diagnostic::error(ALTERED_EVIDENCE, error.to_string()));
            return None;
        }
    };
    verdict.sheets = sheets.len();
    for loaded in sheets.iter() {
        let faults = loaded.diagnostics().filter(|diagnostic| diagnostic.severity == Severity::Error);
        for fault in faults.take(MOST_FAULTS) {
            is_whole = false;
            let found = failed(fault, verdict);
            verdict.find(found);
        }
    }
    let stated = inside.statement.files.values().filter(|file| file.role == Role::Sheet).count();
    // Without one of the sheets, whatever is made of the others differs, and says no more than that it is missing.
    if inside.of_role(Role::Sheet).count() < stated {
        return None;
    }
    match evidence.checks(catalog) {
        Ok(checks) => compare_checks(inside, &checks, verdict),
        Err(error) => verdict.find(Diagnostic::error(ALTERED_EVIDENCE, error.to_string())),
    }
    is_whole.then_some(Checked { evidence, sheets })
}

/// An error of a sheet, as one of the PDF that it is in.
fn failed(fault: &Diagnostic, verdict: &Verdict) -> Diagnostic {
    let mut found = fault.clone();
    let sheet = fault.labels.first().map(|label| label.file.path().to_owned()).unwrap_or_default();
    found.code = FAILED_SHEET;
    found.message = format!("the sheet `{sheet}` inside the PDF does not pass `{}`: {}", fault.code, fault.message);
    found.fix = None;
    let mut files: Vec<Arc<SourceFile>> = Vec::new();
    for label in &mut found.labels {
        let path = label.file.path().to_owned();
        let known = files.iter().find(|file| file.text() == label.file.text() && file.path().ends_with(&path));
        let file = known.cloned().unwrap_or_else(|| verdict.within(&path, label.file.text()));
        files.push(Arc::clone(&file));
        label.file = file;
    }
    found
}

fn compare_checks(inside: &Inside, made: &str, verdict: &mut Verdict) {
    let attached = inside.of_role(Role::Checks).next().map(|(_, bytes)| String::from_utf8_lossy(bytes));
    let Some(attached) = attached else { return };
    let Some((_, difference)) = difference::first_line(made, &attached) else { return };
    let file = verdict.within(CHECKS, &attached);
    let message = format!("`{CHECKS}` inside the PDF is not what the checks say of the sheets inside");
    let label = if difference.expected.is_empty() {
        "the checks say nothing here".to_owned()
    } else {
        format!("the checks say `{}`", difference.context)
    };
    let mut found = Diagnostic::error(ALTERED_CHECKS, message).at(&file, difference.span, label);
    if inside.is_this_version {
        found = found.help(GET_IT_AGAIN);
    } else {
        found.severity = Severity::Note;
        found = found.note("another version made it: rules and messages may have changed since");
    }
    // An empty place at the very end would underline nothing.
    if let Some(label) = found.labels.first_mut()
        && label.span.start >= attached.len()
    {
        label.span = ByteSpan { start: attached.trim_end().len(), end: attached.trim_end().len() };
    }
    verdict.find(found);
}
