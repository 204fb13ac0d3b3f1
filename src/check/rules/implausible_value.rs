//! `implausible-value`: a figure lies outside the plausible range of its indicator.

use super::mismatch::operand_label;
use super::working::Working;
use super::{Context, Rule, form};
use crate::catalog::Indicator;
use crate::check::facts;
use crate::check::range::Range;
use crate::check::relate::{Judged, Term};
use crate::diag::{Diagnostic, Severity};
use crate::figure::{self, Figure, Unit};
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
    for (fact, printed, figure) in context.figures() {
        let Some(indicator) = context.facts.indicator_of(fact) else { continue };
        let plausible = context.facts.possible(fact);
        let year = context.facts.year(fact).filter(|_| !indicator.plausible_by_year.is_empty());
        let held = Held { indicator, plausible, year };
        if figure.unit() == indicator.unit && !held.fits(figure) {
            found.push(printed_diagnostic(context, fact, printed, figure, &held));
        }
    }
    for judged in context.judged() {
        let Some((term, range)) = judged.derived() else { continue };
        let Some((name, unit, plausible)) = derived_range(context, judged, term) else { continue };
        if range.meets(&plausible) {
            continue;
        }
        let message = format!("the derived {name} is not plausible");
        let label = format!("derived: {}", form::range_words(&range, unit));
        let mut diagnostic = context
            .error("implausible-value", message, term.span, label)
            .facts(judged.terms.iter().filter_map(|term| term.id))
            .bounds(facts::bounds(&range), facts::bounds(&plausible))
            .help("check the figures that it is derived from, and their scale words");
        for (place, words) in judged.terms.iter().filter_map(|other| Some((other.fact?.place(), operand_label(other)?)))
        {
            diagnostic = diagnostic.at(&context.facts.sheet.file, place, words);
        }
        diagnostic.notes.extend(Working { context, judged }.of(term));
        found.push(diagnostic.note(format!("plausible: {}", form::range_words(&plausible, unit))));
    }
}

/// The name, the unit and the plausible range of a derived figure: those of its indicator, or of the rate between two currencies.
fn derived_range(context: &Context<'_>, judged: &Judged<'_>, term: &Term<'_>) -> Option<(String, Unit, Range)> {
    let year = judged.terms.iter().find_map(|other| context.facts.year(other.fact?));
    if let (Some(id), Some(indicator)) = (term.id, term.indicator) {
        return Some((format!("`{id}`"), indicator.unit, facts::plausible(indicator, year)));
    }
    let (from, to) = (judged.term("amount")?.unit()?, judged.term("result")?.unit()?);
    let name = format!("rate of {} to {}", from.code(), to.code());
    (term.role == "rate").then_some((name, to, context.facts.exchange_rate(from, to, year)?))
}

/// What a figure is held to.
struct Held<'a> {
    indicator: &'a Indicator,
    plausible: &'a Range,
    /// The year that the range is of, where it moves with time.
    year: Option<i32>,
}

impl Held<'_> {
    /// Whether a figure can be one of the indicator: within the plausible range, and whole where things are counted.
    fn fits(&self, figure: &Figure) -> bool {
        let within = facts::range(figure.expected()).is_some_and(|range| range.meets(self.plausible));
        within && is_whole_enough(figure, self.indicator)
    }
}

fn printed_diagnostic(
    context: &Context<'_>,
    fact: &Fact,
    printed: &Printed,
    figure: &Figure,
    expected: &Held<'_>,
) -> Diagnostic {
    let Held { indicator, plausible, year } = expected;
    let (message, note) = if is_whole_enough(figure, indicator) {
        let (of, when) = year.map_or((" for a province", String::new()), |year| ("", format!(" in {year}")));
        let message = format!("`{}` is not a plausible figure{of}", fact.id.value);
        (message, format!("plausible{when}: {}", form::range_words(plausible, indicator.unit)))
    } else {
        let message = format!("`{}` counts things, and this is no whole number", fact.id.value);
        (message, "things that are counted come in whole numbers".to_owned())
    };
    let other = figure::read(&printed.text.value, figure.language().other()).ok();
    let help = match other.filter(|other| other.unit() == indicator.unit && expected.fits(other)) {
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
        .bounds(form::bounds(figure.strict()), facts::bounds(plausible))
        .note(note)
        .help(help)
}

/// Whether a whole number is among those that a figure admits, if the indicator counts things.
fn is_whole_enough(figure: &Figure, indicator: &Indicator) -> bool {
    !facts::is_counted(indicator) || facts::range(figure.strict()).is_some_and(|range| range.to_integers().is_some())
}
