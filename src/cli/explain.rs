//! `brief explain`: what a diagnostic's code means.

use super::Outcome;
use super::output::Output;
use crate::check;
use crate::diag::did_you_mean;

pub(super) fn run(code: Option<&str>, output: &Output) -> Outcome {
    let Some(code) = code else {
        for rule in check::rules() {
            let summary = rule.explanation.lines().next().unwrap_or_default();
            output.result(&format!("{:<28} {summary}", rule.code));
        }
        return Outcome::Done;
    };
    if let Some(rule) = check::rules().find(|rule| rule.code == code) {
        output.result(&format!("{} ({})\n\n{}", rule.code, rule.severity, rule.explanation.trim_end()));
        return Outcome::Done;
    }
    let help = did_you_mean(code, check::rules().map(|rule| rule.code));
    let help = help.as_deref().or(Some("`brief explain` lists the codes"));
    output.failure(&format!("no diagnostic has the code `{code}`"), help);
    Outcome::Unusable
}
