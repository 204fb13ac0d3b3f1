//! `percentage-mismatch`: a percentage is not what its part and whole give.

use super::mismatch::Mismatch;
use super::{Context, Rule};
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
    for judged in context.judged() {
        let RelationKind::Percentage { .. } = &judged.relation.kind else { continue };
        if judged.is_impossible() {
            continue;
        }
        let Some(mismatch) = Mismatch::of(context, judged, "percent") else { continue };
        let reference = format!("the share of `{}` in `{}`", mismatch.other("part"), mismatch.other("whole"));
        let message = mismatch.claim("lower than", "higher than", &reference);
        let help = "check the three figures, and what the percentage is of";
        found.push(mismatch.report("percentage-mismatch", message, help));
    }
}
