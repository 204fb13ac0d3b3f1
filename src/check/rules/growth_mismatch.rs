//! `growth-mismatch`: a growth rate is not what the two figures give.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "growth-mismatch",
    severity: Severity::Error,
    explanation: "\
a growth rate is not what the two figures give.

What it does: computes 100 × (current / previous − 1) from the digits printed and meets it with the stated rate; for an index,
100 × current / previous.
Why it matters: one of the three figures is wrong, or the rate has another base.
What to do: check the three figures; check whether the rate is on the same period of the year before, on the last period, or on
the plan.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Growth { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "rate") {
            let message = format!("`{}` is not the change that the two figures give", mismatch.name());
            found.push(mismatch.report(context, "growth-mismatch", message, "check the three figures, and the base of the rate: the same period a year earlier, the last period, or the plan"));
        }
    }
}
