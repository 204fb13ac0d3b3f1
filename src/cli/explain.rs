//! `brief explain`: what a diagnostic's code means.

use super::Outcome;
use super::output::Output;
use crate::check;
use crate::diag::{Severity, did_you_mean};
use crate::verify;

pub(super) fn run(code: Option<&str>, output: &Output) -> Outcome {
    let Some(code) = code else {
        for (_, code, _, explanation) in all() {
            let summary = explanation.lines().next().unwrap_or_default();
            output.result(&format!("{code:<28} {summary}"));
        }
        return Outcome::Done;
    };
    if let Some((_, code, severity, explanation)) = all().find(|(_, known, ..)| *known == code) {
        output.result(&format!("{code} ({severity})\n\n{}", explanation.trim_end()));
        return Outcome::Done;
    }
    let help = did_you_mean(code, all().map(|(_, code, ..)| code));
    let help = help.as_deref().or(Some("`brief explain` lists the codes"));
    output.failure(&format!("no diagnostic has the code `{code}`"), help);
    Outcome::Unusable
}

/// A code: what it is found in, its name, its gravest severity, what it means.
type Explained = (&'static str, &'static str, Severity, &'static str);

/// Every code: those of sheets, then those of PDFs.
pub(super) fn all() -> impl Iterator<Item = Explained> {
    let of_sheets = check::rules().map(|rule| ("sheet", rule.code, rule.severity, rule.explanation));
    of_sheets.chain(verify::CODES.iter().map(|code| ("pdf", code.code, code.severity, code.explanation)))
}
