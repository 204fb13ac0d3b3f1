//! `equation-mismatch`: the two sides of an equation cannot be equal.

use super::{Context, Rule};
use super::mismatch::Mismatch;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "equation-mismatch",
    severity: Severity::Error,
    explanation: "\
the two sides of an equation cannot be equal.

What it does: computes both sides as intervals, from the digits printed.
Why it matters: one of the figures in the equation is wrong, or the equation is.
What to do: check the figures and the equation.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Equation(_))) {
        if let Some(mismatch) = Mismatch::of(judged, "operand") {
            let message = "the two sides of the equation do not meet".to_owned();
            found.push(mismatch.report(context, "equation-mismatch", message, "check the figures in the equation, and the equation"));
        }
    }
}
