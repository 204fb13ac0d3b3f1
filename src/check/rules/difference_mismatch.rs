//! `difference-mismatch`: a difference is not what the two figures give.

use super::mismatch::Mismatch;
use super::{Context, Rule};
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
    for judged in context.judged() {
        let RelationKind::Difference { .. } = &judged.relation.kind else { continue };
        let Some(mismatch) = Mismatch::of(context, judged, "is") else { continue };
        let reference = format!("`{}` less `{}`", mismatch.other("from"), mismatch.other("less"));
        let message = mismatch.claim("less than", "more than", &reference);
        let help = "check the three figures against the source";
        found.push(mismatch.report("difference-mismatch", message, help));
    }
}
