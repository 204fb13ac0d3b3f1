//! `part-exceeds-whole`: a part is larger than the whole that it belongs to.

use super::mismatch::Mismatch;
use super::{Context, Rule, form};
use crate::diag::{Diagnostic, Severity};
use crate::figure::Unit;
use crate::sheet::{Fact, RelationKind};

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
        let Some(mismatch) = Mismatch::of(context, judged, "part") else { continue };
        let Some(whole) = judged.term("whole") else { continue };
        let message = format!(
            "`{}` is more than `{}`, the whole that it is a part of",
            mismatch.other("part"),
            mismatch.other("whole")
        );
        let most = judged
            .admitted(mismatch.primary.variable)
            .map(|range| form::range_words(&range, whole.unit().unwrap_or(Unit::COUNT)));
        let help = "check both figures, and that they are of one date and one scope";
        let mut diagnostic = mismatch.report("part-exceeds-whole", message, help);
        if let Some(most) = most.filter(|_| mismatch.primary.role == "part") {
            diagnostic.notes.insert(
                0,
                format!("{most} as printed{}", form::lines(context, whole.fact.map(Fact::place).into_iter())),
            );
        }
        found.push(diagnostic);
    }
}
