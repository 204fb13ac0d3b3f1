//! `conversion-mismatch`: an amount in another unit is not what the rate gives.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "conversion-mismatch",
    severity: Severity::Error,
    explanation: "\
an amount in another unit is not what the rate gives.

What it does: multiplies amount and rate as intervals, from the digits printed, and meets the product with the stated result.
Why it matters: the amount, the rate or the result is wrong; a slip of a thousand is common.
What to do: check the three figures and their scale words.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Conversion { .. })) {
        if let Some(mismatch) = Mismatch::of(judged, "result") {
            let message = format!("`{}` is not the amount at the stated rate", mismatch.name());
            found.push(mismatch.report(context, "conversion-mismatch", message, "check the three figures and their scale words"));
        }
    }
}
