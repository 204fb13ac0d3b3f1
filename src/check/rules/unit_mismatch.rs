//! `unit-mismatch`: a figure is in another unit than its indicator, or a relation mixes units.

use super::{Context, Rule, form};
use crate::check::relate::{Fault, Term};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unit-mismatch",
    severity: Severity::Error,
    explanation: "\
a figure is in another unit than its indicator, or a relation mixes units.

What it does: compares the unit read from each figure with its indicator's, and the units of summands, parts and wholes.
Why it matters: dollars are not dong, and a percentage is not a number of people.
What to do: check the unit that the source prints; pick the indicator that measures it.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (fact, printed, figure) in context.figures() {
        let Some(indicator) = context.facts.indicator_of(fact) else { continue };
        if figure.unit() != indicator.unit {
            let (wanted, given) = (form::unit_words(indicator.unit), form::unit_words(figure.unit()));
            let message = format!("`{}` is measured in {wanted}, and this figure is in {given}", indicator.id);
            let help = "check the unit in the source, or choose the indicator that measures this";
            found.push(
                context
                    .error("unit-mismatch", message, printed.text.span, format!("in {given}"))
                    .facts([fact.id.value.as_str()])
                    .help(help),
            );
        }
    }
    for fault in context.faults() {
        if let Fault::Units { relation, term, like } = fault {
            found.push(mixed(context, relation.kind.name(), term, like.as_deref()));
        }
    }
}

/// A relation that ties an operand to one of another unit, or takes it for a percentage.
fn mixed(context: &Context<'_>, kind: &str, term: &Term<'_>, like: Option<&Term<'_>>) -> Diagnostic {
    let words = |term: &Term<'_>| term.unit().map(form::unit_words).unwrap_or_default();
    let label = format!("in {}", words(term));
    let ids = [Some(term), like].into_iter().flatten().filter_map(|term| term.id);
    match like {
        Some(like) => context
            .error(
                "unit-mismatch",
                format!("the relation `{kind}` ties {} to {}", words(like), words(term)),
                term.span,
                label,
            )
            .at(&context.facts.sheet.file, like.span, format!("in {}", words(like)))
            .help("tie amounts of one unit, or state the exchange rate with `conversion`"),
        None => context
            .error(
                "unit-mismatch",
                format!("the relation `{kind}` takes {} for a percentage", words(term)),
                term.span,
                label,
            )
            .help(format!("`{}` names the figure that is in per cent", term.role)),
    }
    .facts(ids)
}
