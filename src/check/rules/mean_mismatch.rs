//! `mean-mismatch`: a mean is not what total and count give, or no whole total gives it.

use super::{Context, Rule};
use super::mismatch::Mismatch;
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
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Mean { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "mean") {
            let message = if judged.is_impossible() { format!("no whole number of things has the mean `{}`", mismatch.name()) } else { format!("`{}` is not the mean that total and count give", mismatch.name()) };
            found.push(mismatch.report(context, "mean-mismatch", message, "check the total, the count and the mean against the source"));
        }
    }
}
