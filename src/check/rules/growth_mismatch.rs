//! `growth-mismatch`: a growth rate is not what the two figures give.

use super::mismatch::Mismatch;
use super::{Context, Rule};
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
    for judged in context.judged() {
        let RelationKind::Growth { as_index, .. } = &judged.relation.kind else { continue };
        if judged.is_impossible() {
            continue;
        }
        let Some(mismatch) = Mismatch::of(context, judged, if *as_index { "index" } else { "rate" }) else { continue };
        let reference = if *as_index {
            format!("the ratio of `{}` to `{}`", mismatch.other("current"), mismatch.other("previous"))
        } else {
            format!("the change from `{}` to `{}`", mismatch.other("previous"), mismatch.other("current"))
        };
        let message = mismatch.claim("lower than", "higher than", &reference);
        let help = "check the three figures, and the base of the rate: the same period a year earlier, the last period, or the plan";
        found.push(mismatch.report("growth-mismatch", message, help));
    }
}
