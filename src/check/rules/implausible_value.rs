//! `implausible-value`: a figure lies outside the plausible range of its indicator.

use super::working::Working;
use super::{Context, Rule, form};
use crate::catalog::Indicator;
use crate::check::facts;
use crate::check::range::Range;
use crate::diag::{Diagnostic, Severity};
use crate::figure::{self, Figure, Interval};
use crate::language::Language;
use crate::sheet::{Fact, Printed};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "implausible-value",
    severity: Severity::Error,
    explanation: "\
a figure lies outside the plausible range of its indicator.

What it does: meets the interval of each figure, printed or derived, with the catalogue's range for the indicator; looks for a
whole number in it where things are counted.
Why it matters: a province's land border is not 134,906 km long: a decimal comma was read as a group.
What to do: check the figure, its scale word and its decimal mark; `read_as:` says whose number form a text keeps.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fact in &context.facts.sheet.facts {
        let Some(indicator) = context.facts.indicator(&fact.indicator) else { continue };
        for printed in &fact.printed {
            let Ok(figure) = &printed.figure else { continue };
            if figure.unit() == indicator.unit && !fits(figure, indicator) {
                found.push(printed_diagnostic(context, fact, printed, figure, indicator));
            }
        }
    }
    for judged in context.judged() {
        let Some((term, range)) = judged.derived() else { continue };
        let (Some(id), Some(indicator)) = (term.id, term.indicator) else { continue };
        let Some(plausible) = plausible(indicator) else { continue };
        if range.meets(&plausible) {
            continue;
        }
        let message = format!("the derived `{id}` is not a plausible figure for a province");
        let label = format!("derived: {}", form::range_words(&range, indicator.unit));
        let mut diagnostic = context
            .error("implausible-value", message, term.span, label)
            .facts(judged.terms.iter().filter_map(|term| term.id))
            .bounds(facts::bounds(&range), facts::bounds(&plausible))
            .help("check the figures that it is derived from, and their scale words");
        diagnostic.notes.extend(Working { context, judged }.of(term));
        found.push(diagnostic.note(format!("plausible: {}", form::range_words(&plausible, indicator.unit))));
    }
}

fn printed_diagnostic(
    context: &Context<'_>,
    fact: &Fact,
    printed: &Printed,
    figure: &Figure,
    indicator: &Indicator,
) -> Diagnostic {
    let (least, greatest) = indicator.plausible;
    let (message, note) = if is_whole_enough(figure, indicator) {
        let message = format!("`{}` is not a plausible figure for a province", fact.id.value);
        (message, format!("plausible: {}", form::bounds_words(least, greatest, indicator.unit)))
    } else {
        let message = format!("`{}` counts things, and this is no whole number", fact.id.value);
        (message, "things that are counted come in whole numbers".to_owned())
    };
    let other = figure::read(&printed.text.value, figure.language().other()).ok();
    let help = match other.filter(|other| other.unit() == indicator.unit && fits(other, indicator)) {
        Some(other) => format!(
            "read as {} it is {}: write {{text: …, read_as: {}}} if that is meant",
            form::language_words(other.language()),
            form::plain(&figure::format::figure(&other, Language::En)),
            other.language()
        ),
        None => "check the figure, its scale word and its decimal mark in the source".to_owned(),
    };
    context
        .error("implausible-value", message, printed.text.span, form::interval_words(figure))
        .facts([fact.id.value.as_str()])
        .bounds(form::bounds(figure.strict()), form::bounds(Interval { lower: least, upper: greatest }))
        .note(note)
        .help(help)
}

fn plausible(indicator: &Indicator) -> Option<Range> {
    let (lower, upper) = indicator.plausible;
    facts::range(Interval { lower, upper })
}

/// Whether a figure can be one of the indicator: within the plausible range, and whole where things are counted.
fn fits(figure: &Figure, indicator: &Indicator) -> bool {
    let within = |plausible: &Range| facts::range(figure.expected()).is_some_and(|range| range.meets(plausible));
    plausible(indicator).as_ref().is_none_or(within) && is_whole_enough(figure, indicator)
}

/// Whether a whole number is among those that a figure admits, if the indicator counts things.
fn is_whole_enough(figure: &Figure, indicator: &Indicator) -> bool {
    !facts::is_counted(indicator) || facts::range(figure.strict()).is_some_and(|range| range.to_integers().is_some())
}
