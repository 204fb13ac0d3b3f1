//! `total-mismatch`: the parts of a total do not add up to it.

use super::mismatch::Mismatch;
use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "total-mismatch",
    severity: Severity::Error,
    explanation: "\
the parts of a total do not add up to it.

What it does: adds the parts as intervals, from the digits printed, and meets the sum with the stated total. Shares whose whole is
left out are said to exhaust it, and must be able to reach 100%.
Why it matters: either the total or a part is wrong, or a part is missing.
What to do: check the total and its parts in the source. Rounding is already allowed for.
Source of the rule: XBRL Calculations 1.1.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged() {
        let RelationKind::Total { .. } = &judged.relation.kind else { continue };
        let Some(mismatch) = Mismatch::of(context, judged, "whole") else { continue };
        let exhausts = judged.term("whole").is_some_and(|whole| whole.id.is_none() && whole.domain.is_known());
        if exhausts {
            let message = match mismatch.is_below() {
                Some(true) => "the shares of the whole do not reach 100%",
                _ => "the shares of the whole add up to more than 100%",
            };
            let help = "check the shares, and whether they are all there are; name the whole if it is not 100%";
            found.push(mismatch.report("total-mismatch", message.to_owned(), help));
            continue;
        }
        let message = mismatch.claim("less than", "more than", "the sum of its parts");
        let help = match mismatch.is_below() {
            Some(true) => "check the total and its parts",
            _ => "check the total and its parts, and whether a part is left out",
        };
        found.push(mismatch.report("total-mismatch", message, help));
    }
}
