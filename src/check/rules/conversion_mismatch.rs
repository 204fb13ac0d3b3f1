//! `conversion-mismatch`: an amount in another unit is not what the rate gives.

use super::mismatch::Mismatch;
use super::{Context, Rule};
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
    for judged in context.judged() {
        let RelationKind::Conversion { .. } = &judged.relation.kind else { continue };
        let Some(mismatch) = Mismatch::of(context, judged, "result") else { continue };
        let reference = format!("`{}` at the rate `{}`", mismatch.other("amount"), mismatch.other("rate"));
        let message = mismatch.claim("less than", "more than", &reference);
        let help = "check the three figures and their scale words";
        found.push(mismatch.report("conversion-mismatch", message, help));
    }
}
