//! The sheets inside, checked again.

use super::Means;
use super::attachments::Inside;
use super::codes::{ABSENT_PEERS, ALTERED_CHECKS, ALTERED_EVIDENCE, FAILED_SHEET};
use super::difference;
use super::file::GET_IT_AGAIN;
use super::finding::Verdict;
use super::peers::Checked;
use crate::batch::evidence::Evidence;
use crate::batch::statement::{CHECKS, Role, STATEMENT, hash};
use crate::batch::{BatchError, Sheets};
use crate::diag::{ByteSpan, Diagnostic, Severity, SourceFile, plural};
use std::sync::Arc;

/// So many errors of a sheet are told: each shows its lines, and a forged sheet may have thousands.
const MOST_FAULTS: usize = 20;

/// Checks the sheets again and compares what is said of them; `None` if one does not pass, or is not there.
pub(super) fn check_again(inside: &Inside, means: &Means<'_>, verdict: &mut Verdict) -> Option<Arc<Checked>> {
    let mut carried = Vec::new();
    let mut is_whole = true;
    for (name, bytes) in inside.of_role(Role::Sheet) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            carried.push(Arc::new(SourceFile::new(name, text)));
            continue;
        }
        is_whole = false;
        let message = format!("the sheet `{}` inside the PDF is not UTF-8 text", name.escape_debug());
        verdict.find(Diagnostic::error(FAILED_SHEET, message).help(GET_IT_AGAIN));
    }
    if inside.statement.is_of_all() {
        means.peers.hold(&carried);
    }
    let peers = &inside.statement.peers;
    let (checked, absent) = match checked(inside, &carried, means) {
        Ok(made) => made,
        Err(error) => {
            verdict.find(Diagnostic::error(ALTERED_EVIDENCE, error.to_string()));
            return None;
        }
    };
    let Checked { evidence, sheets, .. } = checked.as_ref();
    verdict.sheets = sheets.len();
    for loaded in sheets.iter() {
        let faults = loaded.diagnostics().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let is_peer = loaded.path.to_str().is_some_and(|name| peers.contains_key(name));
        for fault in faults.take(MOST_FAULTS) {
            is_whole = false;
            let found = failed(fault, is_peer, verdict);
            verdict.find(found);
        }
    }
    let stated = inside.statement.files.values().filter(|file| file.role == Role::Sheet).count();
    // Without one of the sheets, whatever is made of the others differs, and says no more than that it is missing.
    if inside.of_role(Role::Sheet).count() < stated {
        return None;
    }
    let checks = match carried.first().filter(|_| !peers.is_empty()) {
        Some(own) => {
            must_be_about_its_subject(inside, own.path(), sheets, verdict);
            evidence.checks_of_sheet(own.path())
        }
        None => evidence.checks(),
    };
    match checks {
        Ok(checks) => compare_checks(inside, &checks, verdict),
        Err(error) => verdict.find(Diagnostic::error(ALTERED_EVIDENCE, error.to_string())),
    }
    if absent > 0 {
        verdict.absent_peers = absent;
        let (all, of) = (peers.len(), plural(peers.len(), "sheet"));
        let message = match absent {
            1 if all == 1 => "the sheet that this briefing was compared with is not here".to_owned(),
            _ if absent == all => format!("none of the {of} that this briefing was compared with is here"),
            1 => format!("1 of the {of} that this briefing was compared with is not here"),
            _ => format!("{absent} of the {of} that this briefing was compared with are not here"),
        };
        let less = "it is not written and made again: its ranks, and that its numbers are drawn as they are read, are not proved";
        let help = if means.peers.is_empty() {
            "name the folder of the sheets with `--sheets DIR`; their names there do not matter"
        } else {
            "name a folder that has them as they were then with `--sheets DIR`: they are looked up by SHA-256"
        };
        verdict.find(Diagnostic::warning(ABSENT_PEERS, message).note(less).help(help));
        return None;
    }
    is_whole.then_some(checked)
}

/// The sheets that are carried, and those that the statement names, checked; and how many of these are not to be had. Without them, the
/// sheets that are carried are checked alone.
fn checked(
    inside: &Inside,
    carried: &[Arc<SourceFile>],
    means: &Means<'_>,
) -> Result<(Arc<Checked>, usize), BatchError> {
    let Inside { statement, quarter, as_of, .. } = inside;
    let make = |files: Vec<Arc<SourceFile>>| {
        let withheld = statement.withheld.clone();
        let (evidence, sheets) = Evidence::of(files, withheld, (*quarter, *as_of), inside.dress(), means.catalog)?;
        let comparison = evidence.comparison(&sheets, means.catalog);
        Ok::<_, BatchError>(Arc::new(Checked { evidence, sheets, comparison }))
    };
    let there = statement.peers.values().filter(|sha256| means.peers.has(sha256)).count();
    // What another PDF happened to be checked with is no proof of having the sheets.
    if there < statement.peers.len() {
        return Ok((make(carried.to_vec())?, statement.peers.len() - there));
    }
    let key = key(inside, carried);
    if let Some(known) = means.peers.known(&key) {
        return Ok((known, 0));
    }
    let found: Vec<Arc<SourceFile>> =
        statement.peers.iter().filter_map(|(name, sha256)| means.peers.find(name, sha256)).collect();
    let absent = statement.peers.len() - found.len();
    if absent > 0 {
        return Ok((make(carried.to_vec())?, absent));
    }
    let checked = make(carried.iter().cloned().chain(found).collect())?;
    means.peers.remember(key, &checked);
    Ok((checked, 0))
}

/// What the sheets of a PDF and all that they are checked by come to, by the contents: two PDFs of the same have the same.
fn key(inside: &Inside, carried: &[Arc<SourceFile>]) -> String {
    let Inside { statement, quarter, as_of, .. } = inside;
    let mut sheets = statement.peers.clone();
    sheets.extend(carried.iter().map(|file| (file.path().to_owned(), hash(file.text().as_bytes()))));
    hash(format!("{sheets:?} {:?} {quarter} {as_of} {:?}", statement.withheld, inside.dress()).as_bytes())
}

/// Sees to it that the sheet of a PDF that carries no other is of the commune that the PDF is about.
fn must_be_about_its_subject(inside: &Inside, own: &str, sheets: &Sheets, verdict: &mut Verdict) {
    let subject = &inside.statement.subject;
    let own = sheets.iter().find(|loaded| loaded.path.as_os_str() == own);
    let about = own.and_then(|loaded| loaded.locality.as_ref()).map(|locality| locality.id.as_str());
    if about != Some(subject) {
        let message = format!(
            "`{STATEMENT}` inside the PDF says that it is about `{}`, and its sheet is about `{}`",
            subject.escape_debug(),
            about.unwrap_or("no place that is known")
        );
        verdict.find(Diagnostic::error(ALTERED_EVIDENCE, message).help(GET_IT_AGAIN));
    }
}

/// An error of a sheet, as one of the PDF that it is in.
fn failed(fault: &Diagnostic, is_peer: bool, verdict: &Verdict) -> Diagnostic {
    let mut found = fault.clone();
    let sheet = fault.labels.first().map(|label| label.file.path().to_owned()).unwrap_or_default();
    found.code = FAILED_SHEET;
    let which = if is_peer { "that it was compared with" } else { "inside the PDF" };
    found.message = format!("the sheet `{sheet}` {which} does not pass `{}`: {}", fault.code, fault.message);
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
