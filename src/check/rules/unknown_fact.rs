//! `unknown-fact`: a relation or an allowance names a fact that the sheet does not hold.

use super::{Context, Rule};
use crate::check::relate::Unjudged;
use crate::diag::{Diagnostic, Severity, did_you_mean};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unknown-fact",
    severity: Severity::Error,
    explanation: "\
a relation or an allowance names a fact that the sheet does not hold.

What it does: looks up every operand.
Why it matters: a relation over a fact that is not there checks nothing.
What to do: correct the spelling; a figure that no source prints is written `{derive: indicator}`.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let operands = context.judged.iter().filter_map(|judged| match judged {
        Err(Unjudged::UnknownFact(id)) => Some(*id),
        _ => None,
    });
    let allowed = context.facts.sheet.allowances.iter().filter_map(|allowance| allowance.fact.as_ref());
    for id in operands.chain(allowed).filter(|id| context.facts.get(id).is_none()) {
        let help = did_you_mean(id, context.facts.ids())
            .unwrap_or_else(|| "add the fact, or write `{derive: indicator}` for a figure that no source prints".to_owned());
        let message = format!("no fact of this sheet is called `{}`", id.value);
        found.push(context.error("unknown-fact", message, id.span, "not under `facts:`").help(help));
    }
}
