//! `total-mismatch`: the parts of a total do not add up to it.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "total-mismatch",
    severity: Severity::Error,
    explanation: "\
the parts of a total do not add up to it.

What it does: adds the parts as intervals, from the digits printed, and meets the sum with the stated total.
Why it matters: either the total or a part is wrong, or a part is missing.
What to do: check the total and its parts in the source. Rounding is already allowed for.
Source of the rule: XBRL Calculations 1.1.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Total { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "whole") {
            let message = format!("`{}` is {} the sum of its parts", mismatch.name(), mismatch.direction("less than", "more than"));
            found.push(mismatch.report(context, "total-mismatch", message, "check the total and its parts against the source"));
        }
    }
}
