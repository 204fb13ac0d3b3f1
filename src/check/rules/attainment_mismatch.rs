//! `attainment-mismatch`: the share of a plan is not what result and plan give.

use super::mismatch::Mismatch;
use super::{Context, Rule};
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
    for judged in context.judged() {
        let RelationKind::Attainment { as_excess, .. } = &judged.relation.kind else { continue };
        if judged.is_impossible() {
            continue;
        }
        let Some(mismatch) = Mismatch::of(context, judged, if *as_excess { "excess" } else { "percent" }) else {
            continue;
        };
        let reference = if *as_excess {
            format!("the excess of `{}` over the plan", mismatch.other("actual"))
        } else {
            format!("the share of the plan that `{}` reached", mismatch.other("actual"))
        };
        let message = mismatch.claim("lower than", "higher than", &reference);
        let help = "check the three figures, and whether the percentage is of the plan or beyond it";
        found.push(mismatch.report("attainment-mismatch", message, help));
    }
}
