//! `impossible-percentage`: no whole number of things gives the stated percentage.

use super::mismatch::Mismatch;
use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "impossible-percentage",
    severity: Severity::Error,
    explanation: "\
no whole number of things gives the stated percentage.

What it does: where things are counted, looks for a whole number behind the percentage: 3 of 7 is 42.86 %, and no part of 7 is
43.50 %.
Why it matters: the percentage, or the number that it is of, is wrong.
What to do: check both, and what the percentage is of.
Source of the rule: Brown and Heathers, The GRIM test (2017).
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| judged.is_impossible()) {
        let role = match &judged.relation.kind {
            RelationKind::Percentage { .. } | RelationKind::Attainment { as_excess: false, .. } => "percent",
            RelationKind::Attainment { .. } => "excess",
            RelationKind::Growth { as_index: true, .. } => "index",
            RelationKind::Growth { .. } => "rate",
            _ => continue,
        };
        let Some(mismatch) = Mismatch::of(context, judged, role) else { continue };
        let message = format!("no whole number gives the percentage `{}`", mismatch.other(role));
        let help = "check the percentage and the number beside it, and what it is a percentage of";
        found.push(mismatch.report("impossible-percentage", message, help));
    }
}
