//! The file as a whole: readable, ours, unchanged.

use super::codes::{ALTERED_FILE, ENCRYPTED_PDF, NOT_A_BRIEFING, NOT_A_PDF, TRUNCATED_PDF, UNREADABLE_PDF};
use super::finding::Verdict;
use crate::batch::statement::STATEMENT;
use crate::diag::Diagnostic;
use crate::pdf::identity_holds;
use crate::pdf::read::{Attached, PdfFile, UnreadablePdf};

/// How the producer of our files begins.
const PRODUCER: &str = concat!(env!("CARGO_PKG_NAME"), " ");
/// What to do about a file that is not as it was made.
pub(super) const GET_IT_AGAIN: &str = "get the PDF again from where it came from";

/// A file that says it is ours.
pub(super) struct Opened {
    pub(super) pdf: PdfFile,
    pub(super) attached: Vec<Attached>,
}

fn unreadable(fault: &UnreadablePdf) -> Diagnostic {
    let as_made = "verify the PDF as `brief` wrote it";
    match fault {
        UnreadablePdf::NotPdf => Diagnostic::error(NOT_A_PDF, "this is no PDF")
            .note("a PDF begins with `%PDF-`")
            .help("verify the PDF that `brief` wrote, not another file of that name"),
        UnreadablePdf::Truncated => Diagnostic::error(TRUNCATED_PDF, "the end of this PDF is missing")
            .note("a PDF ends with the table of its parts and `%%EOF`")
            .help(GET_IT_AGAIN),
        UnreadablePdf::Encrypted => Diagnostic::error(ENCRYPTED_PDF, "this PDF is encrypted").help(as_made),
        UnreadablePdf::Broken(reason) => Diagnostic::error(UNREADABLE_PDF, "the parts of this PDF cannot be found")
            .note(reason.clone())
            .help(GET_IT_AGAIN),
    }
}

/// Reads a file, and asks whether it is ours and unchanged; `None` if there is nothing to go on with.
pub(super) fn open(bytes: &[u8], verdict: &mut Verdict) -> Option<Opened> {
    let pdf = match PdfFile::open(bytes) {
        Ok(pdf) => pdf,
        Err(fault) => {
            verdict.find(unreadable(&fault));
            return None;
        }
    };
    let attached = pdf.attachments();
    let producer = pdf.producer();
    let is_ours = producer.as_ref().is_some_and(|producer| producer.starts_with(PRODUCER));
    if !is_ours && !attached.iter().any(|file| file.name == STATEMENT) {
        let by = producer.map_or_else(
            || "it names no producer".to_owned(),
            |producer| format!("its producer is `{}`", producer.escape_debug()),
        );
        verdict.find(
            Diagnostic::error(NOT_A_BRIEFING, "this PDF is not one that `brief` made")
                .note(format!("{by}, and there is no `{STATEMENT}` inside"))
                .help("verify the PDF as `brief` wrote it: one that was printed or saved anew carries no evidence"),
        );
        return None;
    }
    let message = match identity_holds(bytes) {
        Some(true) => None,
        Some(false) => Some("the file was changed after it was made: its bytes do not give its identity"),
        None => Some("the file was changed after it was made: it has lost its identity"),
    };
    if let Some(message) = message {
        verdict.find(Diagnostic::error(ALTERED_FILE, message).help(GET_IT_AGAIN));
    }
    if let Some(producer) = producer.filter(|_| !is_ours) {
        let message = format!("the file names another producer: `{}`", producer.escape_debug());
        verdict.find(Diagnostic::error(ALTERED_FILE, message).help(GET_IT_AGAIN));
    }
    Some(Opened { pdf, attached })
}
