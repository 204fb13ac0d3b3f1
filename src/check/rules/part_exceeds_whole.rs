//! `part-exceeds-whole`: a part is larger than the whole that it belongs to.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "part-exceeds-whole",
    severity: Severity::Error,
    explanation: "\
a part is larger than the whole that it belongs to.

What it does: compares the least that the part may be with the most that the whole may be.
Why it matters: the two figures cannot both be true of one time and one scope.
What to do: check both figures, and whether they are of one date.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Part { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "part") {
            let message = format!("`{}` is more than the whole that it is a part of", mismatch.name());
            found.push(mismatch.report(context, "part-exceeds-whole", message, "check both figures, and that they are of one date and one scope"));
        }
    }
}
