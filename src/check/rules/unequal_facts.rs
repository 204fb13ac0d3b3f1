//! `unequal-facts`: facts that are one number differ.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unequal-facts",
    severity: Severity::Error,
    explanation: "\
facts that are one number differ.

What it does: meets the intervals of the facts.
Why it matters: one of them is wrong, or they are not of one thing.
What to do: check each in its source.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Equal { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "fact") {
            let message = format!("`{}` is not equal to the facts beside it", mismatch.name());
            found.push(mismatch.report(context, "unequal-facts", message, "check each figure in its source, and that they are of one thing"));
        }
    }
}
