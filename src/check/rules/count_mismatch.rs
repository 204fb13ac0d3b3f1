//! `count-mismatch`: a list has more or fewer entries than stated.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "count-mismatch",
    severity: Severity::Error,
    explanation: "\
a list has more or fewer entries than stated.

What it does: counts the list (of partners: the localities, not the bodies) and compares it with the stated number.
Why it matters: a name is missing from the sheet, or the source miscounts.
What to do: check the names in the source; list all of them.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Count { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "stated") {
            let message = format!("`{}` is {} the number of entries listed", mismatch.name(), mismatch.direction("less than", "more than"));
            found.push(mismatch.report(context, "count-mismatch", message, "list every name that the source prints, or check the number"));
        }
    }
}
