//! `difference-mismatch`: a difference is not what the two figures give.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "difference-mismatch",
    severity: Severity::Error,
    explanation: "\
a difference is not what the two figures give.

What it does: subtracts as intervals, from the digits printed, and meets the result with the stated difference.
Why it matters: one of the three figures is wrong.
What to do: check the three figures.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Difference { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "is") {
            let message = format!("`{}` is not the difference of the two figures", mismatch.name());
            found.push(mismatch.report(context, "difference-mismatch", message, "check the three figures against the source"));
        }
    }
}
