//! `unknown-fact`: a relation or an allowance names a fact that the sheet does not hold.

use super::{Context, Rule};
use crate::check::relate::Fault;
use crate::diag::{ByteSpan, Diagnostic, Severity};

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
    let file = &context.facts.sheet.file;
    let mut report = |id: &str, span: ByteSpan, in_circle: bool| {
        let message = if in_circle {
            format!("`{id}` is derived from what is derived from it")
        } else {
            format!("no fact of this sheet is called `{id}`")
        };
        let (label, help) = if in_circle {
            let help = "print one of the figures that these relations derive from each other".to_owned();
            ("derived in a circle", help)
        } else {
            let help = context.did_you_mean(id, context.facts.ids()).unwrap_or_else(|| {
                "add the fact, or write `{derive: indicator}` for a figure that no source prints".to_owned()
            });
            ("not under `facts:`", help)
        };
        found.push(Diagnostic::error("unknown-fact", message).at(file, span, label).help(help));
    };
    for fault in context.faults() {
        if let Fault::UnknownFact { id, span, in_circle } = fault {
            report(id, *span, *in_circle);
        }
    }
    let allowed = context.facts.sheet.allowances.iter().filter_map(|allowance| allowance.fact.as_ref());
    for id in allowed.filter(|id| !context.facts.knows(id)) {
        report(id, id.span, false);
    }
}
