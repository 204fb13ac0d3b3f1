//! The file as a whole: readable, ours, unchanged.

use super::codes::{ALTERED_FILE, ENCRYPTED_PDF, NOT_A_BRIEFING, NOT_A_PDF, TRUNCATED_PDF, UNREADABLE_PDF};
use super::finding::Verdict;
use crate::batch::evidence::STATEMENT;
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

/// Reads a file, and asks whether it is ours and unchanged; `None` if there is nothing to go on with.
pub(super) fn open(bytes: &[u8], verdict: &mut Verdict) -> Option<Opened> {
    let pdf = match PdfFile::open(bytes) {
        Ok(pdf) => pdf,
        Err(fault) => {
            let (code, message, help) = match &fault {
                UnreadablePdf::NotPdf => (NOT_A_PDF, "this is no PDF", "verify the PDF that `brief` wrote"),
                UnreadablePdf::Truncated => (TRUNCATED_PDF, "the end of this PDF is missing", GET_IT_AGAIN),
                UnreadablePdf::Encrypted => {
                    (ENCRYPTED_PDF, "this PDF is encrypted", "verify the PDF as `brief` wrote it")
                }
                UnreadablePdf::Broken(_) => (UNREADABLE_PDF, "this PDF cannot be read", GET_IT_AGAIN),
            };
            let found = verdict.error(code, message).note(fault.to_string()).help(help);
            verdict.find(found);
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
        let found = verdict
            .error(NOT_A_BRIEFING, "this PDF is not one that `brief` made")
            .note(format!("{by}, and there is no `{STATEMENT}` inside"))
            .help("verify the PDF as `brief` wrote it: one that was printed or saved anew carries no evidence");
        verdict.find(found);
        return None;
    }
    let message = match identity_holds(bytes) {
        Some(true) => None,
        Some(false) => Some("the file was changed after it was made: its bytes do not give its identity"),
        None => Some("the file was changed after it was made: it has lost its identity"),
    };
    if let Some(message) = message {
        let found = verdict.error(ALTERED_FILE, message).help(GET_IT_AGAIN);
        verdict.find(found);
    }
    if let Some(producer) = producer.filter(|_| !is_ours) {
        let message = format!("the file names another producer: `{}`", producer.escape_debug());
        let found = verdict.error(ALTERED_FILE, message).help(GET_IT_AGAIN);
        verdict.find(found);
    }
    Some(Opened { pdf, attached })
}
