//! `attainment-mismatch`: the share of a plan is not what result and plan give.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "attainment-mismatch",
    severity: Severity::Error,
    explanation: "\
the share of a plan is not what result and plan give.

What it does: computes 100 × actual / plan from the digits printed and meets it with the stated percentage; for an excess,
100 × (actual / plan − 1).
Why it matters: one of the three figures is wrong, or the plan was revised.
What to do: check the three figures, and whether the percentage is of the plan or beyond it.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Attainment { .. }) && !judged.is_impossible()) {
        if let Some(mismatch) = Mismatch::of(judged, "percent") {
            let message = format!("`{}` is not the share of the plan that was reached", mismatch.name());
            found.push(mismatch.report(context, "attainment-mismatch", message, "check the three figures, and whether the percentage is of the plan or beyond it"));
        }
    }
}
