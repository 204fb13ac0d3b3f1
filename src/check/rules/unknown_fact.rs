//! `unknown-fact`: a relation or an allowance names a fact that the sheet does not hold.

use super::{Context, Rule};
use crate::check::relate::Fault;
use crate::diag::{ByteSpan, Diagnostic, Severity, did_you_mean};

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
    let mut report = |id: &str, span: ByteSpan, later: bool| {
        let message = format!("no fact of this sheet is called `{id}`");
        let (label, help) = if later {
            let help = "put the relation that derives it before this one".to_owned();
            ("derived by a later relation", help)
        } else {
            let help = did_you_mean(id, context.facts.ids()).unwrap_or_else(|| {
                "add the fact, or write `{derive: indicator}` for a figure that no source prints".to_owned()
            });
            ("not under `facts:`", help)
        };
        found.push(Diagnostic::error("unknown-fact", message).at(file, span, label).help(help));
    };
    for fault in context.faults() {
        if let Fault::UnknownFact { id, span, derived_later } = fault {
            report(id, *span, *derived_later);
        }
    }
    let allowed = context.facts.sheet.allowances.iter().filter_map(|allowance| allowance.fact.as_ref());
    for id in allowed.filter(|id| !context.facts.knows(id)) {
        report(id, id.span, false);
    }
}
