//! `percentage-mismatch`: a percentage is not what its part and whole give.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "percentage-mismatch",
    severity: Severity::Error,
    explanation: "\
a percentage is not what its part and whole give.

What it does: computes 100 × part / whole from the digits printed and meets it with the stated percentage.
Why it matters: one of the three figures is wrong, or the percentage is of another whole.
What to do: check the three figures; check what the percentage is of.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Percentage { .. }) && !judged.is_impossible()) {
        if let Some(mismatch) = Mismatch::of(judged, "percent") {
            let message = format!("`{}` is not the percentage that part and whole give", mismatch.name());
            found.push(mismatch.report(context, "percentage-mismatch", message, "check the three figures, and what the percentage is of"));
        }
    }
}
