//! `mean-mismatch`: a mean is not what total and count give, or no whole total gives it.

use super::mismatch::Mismatch;
use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "mean-mismatch",
    severity: Severity::Error,
    explanation: "\
a mean is not what total and count give, or no whole total gives it.

What it does: computes total / count from the digits printed and meets it with the stated mean. Where things are counted, the
total must be a whole number: a mean of 20 counts cannot be 3.47.
Why it matters: one of the three figures is wrong.
What to do: check the three figures.
Source of the rule: Brown and Heathers, The GRIM test (2017).
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged() {
        let RelationKind::Mean { .. } = &judged.relation.kind else { continue };
        let Some(mismatch) = Mismatch::of(context, judged, "mean") else { continue };
        let message = if judged.is_impossible() {
            format!("no whole number of things has the mean `{}`", mismatch.other("mean"))
        } else {
            let reference = format!("`{}` to each of `{}`", mismatch.other("total"), mismatch.other("count"));
            mismatch.claim("less than", "more than", &reference)
        };
        let help = "check the total, the count and the mean against the source";
        found.push(mismatch.report("mean-mismatch", message, help));
    }
}
