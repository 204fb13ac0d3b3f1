//! `unit-mismatch`: a figure is in another unit than its indicator, or a relation mixes units.

use super::{Context, Rule};
use super::form;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::RelationKind;

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
    for fact in &context.facts.sheet.facts {
        let Some(indicator) = context.facts.indicator(&fact.indicator) else { continue };
        for printed in &fact.printed {
            let Ok(figure) = &printed.figure else { continue };
            if figure.unit() != indicator.unit {
                let message = format!(
                    "`{}` is measured in {}, and this figure is in {}",
                    indicator.id,
                    form::unit_words(indicator.unit),
                    form::unit_words(figure.unit())
                );
                let help = "check the unit in the source, or choose the indicator that measures this";
                found.push(
                    context
                        .error("unit-mismatch", message, printed.text.span, form::unit_words(figure.unit()))
                        .facts([fact.id.value.as_str()])
                        .help(help),
                );
            }
        }
    }
    for judged in context.judged() {
        let alike: &[&str] = match judged.relation.kind {
            RelationKind::Total { .. } | RelationKind::Part { .. } | RelationKind::Percentage { .. } => &["part", "whole"],
            RelationKind::Growth { .. } => &["current", "previous"],
            RelationKind::Attainment { .. } => &["actual", "plan"],
            RelationKind::Difference { .. } => &["from", "less", "is"],
            RelationKind::Equal { .. } => &["fact"],
            _ => &[],
        };
        let terms: Vec<_> = judged.terms.iter().filter(|term| alike.contains(&term.role)).collect();
        let first = terms.iter().find_map(|term| term.unit().map(|unit| (unit, term.id.unwrap_or(term.role))));
        let Some((unit, name)) = first else { continue };
        let Some(other) = terms.iter().find(|term| term.unit().is_some_and(|other| other != unit)) else { continue };
        let (Some(other_unit), Some(fact)) = (other.unit(), other.fact) else { continue };
        let message = format!("the relation `{}` ties {} to {}", judged.relation.kind.name(), form::unit_words(other_unit), form::unit_words(unit));
        let label = format!("in {}, where `{name}` is in {}", form::unit_words(other_unit), form::unit_words(unit));
        found.push(context.error("unit-mismatch", message, fact.place(), label).facts([fact.id.value.as_str()]).help("tie amounts of one unit, or state the exchange rate with `conversion`"));
    }
}
