//! `implausible-value`: a figure lies outside the plausible range of its indicator.

use super::{Context, Rule};
use super::form;
use crate::check::facts;
use crate::diag::{Diagnostic, Severity};
use crate::figure::{self, Interval};
use crate::language::Language;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "implausible-value",
    severity: Severity::Error,
    explanation: "\
a figure lies outside the plausible range of its indicator.

What it does: meets the interval of each figure with the catalogue's range for the indicator.
Why it matters: a province's land border is not 134,906 km long: a decimal comma was read as a group.
What to do: check the figure, its scale word and its decimal mark; `read_as:` says whose number form a text keeps.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fact in &context.facts.sheet.facts {
        let Some(indicator) = context.facts.indicator(&fact.indicator) else { continue };
        let (least, greatest) = indicator.plausible;
        let Some(plausible) = facts::range(Interval { lower: least, upper: greatest }) else { continue };
        for printed in &fact.printed {
            let Ok(figure) = &printed.figure else { continue };
            let fits = facts::range(figure.expected()).is_some_and(|range| range.meets(&plausible));
            if fits || figure.unit() != indicator.unit {
                continue;
            }
            let message = format!("`{}` is not a plausible figure for a province", fact.id.value);
            let range = form::bounds_words(least, greatest, indicator.unit);
            let other = figure::read(&printed.text.value, figure.language().other())
                .ok()
                .filter(|other| facts::range(other.expected()).is_some_and(|range| range.meets(&plausible)));
            let help = match other {
                Some(other) => format!(
                    "read as {} it is {}: write {{text: …, read_as: {}}} if that is meant",
                    form::language_words(other.language()),
                    figure::format::figure(&other, Language::En),
                    other.language()
                ),
                None => "check the figure, its scale word and its decimal mark in the source".to_owned(),
            };
            found.push(
                context
                    .error("implausible-value", message, printed.text.span, form::interval_words(figure))
                    .facts([fact.id.value.as_str()])
                    .bounds(form::bounds(figure.strict()), form::bounds(Interval { lower: least, upper: greatest }))
                    .note(format!("plausible: {range}"))
                    .help(help),
            );
        }
    }
}
