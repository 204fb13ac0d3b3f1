//! `cumulative-decrease`: a period has a smaller figure than a part of it.

use super::{Context, Rule, form};
use crate::calendar::Span;
use crate::catalog::Kind;
use crate::check::facts;
use crate::check::fraction::Fraction;
use crate::diag::{Diagnostic, Severity};
use crate::figure::{Figure, Interval, Unit, UnitKind};
use crate::sheet::{Fact, Source};
use std::collections::BTreeMap;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "cumulative-decrease",
    severity: Severity::Error,
    explanation: "\
a period has a smaller figure than a part of it.

What it does: compares the facts of one flow whose periods lie one within the other: eleven months cannot have brought less than
nine, nor less than their quarters together. Indicators that can be below zero are left out, and those of amounts that say nothing
of it (`plausible:`).
Why it matters: figures that count up from the start of the year can only rise; one of them is wrong, or was revised.
What to do: check both figures and both periods. Where a later source revised the earlier figure, it is a warning.
",
    check,
};

/// A fact of a flow that only adds up.
struct Flow<'a> {
    fact: &'a Fact,
    span: Span,
    unit: Unit,
    figures: Printings<'a>,
}

/// What each source prints, without what a later one revised.
type Printings<'a> = Vec<(&'a Source, &'a Figure)>;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut flows: BTreeMap<&str, Vec<Flow<'_>>> = BTreeMap::new();
    for fact in &context.facts.sheet.facts {
        let Some(indicator) = context.facts.indicator_of(fact) else { continue };
        let is_positive = match indicator.plausible.0 {
            Some(least) => !least.is_sign_negative() || least.is_zero(),
            None => facts::is_counted(indicator),
        };
        let adds_up = is_positive && indicator.kind == Kind::Flow && indicator.unit.kind() != UnitKind::Percent;
        let (true, Some(span)) = (adds_up, context.facts.span(fact)) else { continue };
        let figures: Printings<'_> = fact
            .standing()
            .into_iter()
            .filter_map(|printed| Some((context.facts.source(&printed.source)?, printed.figure.as_ref().ok()?)))
            .filter(|(_, figure)| figure.unit() == indicator.unit)
            .collect();
        flows.entry(fact.indicator.as_str()).or_default().push(Flow { fact, span, unit: indicator.unit, figures });
    }
    for flows in flows.values_mut() {
        // In the order of their starts, the longer first, a fact can lie only within one before it.
        flows.sort_by_key(|flow| (flow.span.start, std::cmp::Reverse(flow.span.end_latest)));
        for (at, part) in flows.iter().enumerate() {
            let wholes = flows.iter().take(at).rev().filter(|whole| lies_within(part.span, whole.span));
            found.extend(wholes.take(MOST_WHOLES).find_map(|whole| compare(context, &[part], whole)));
        }
        for whole in flows.iter().take(MOST_SUMMED) {
            let parts = apart(flows.iter().filter(|part| lies_within(part.span, whole.span)));
            let alone = parts.iter().any(|part| compare(context, &[part], whole).is_some());
            if parts.len() > 1 && !alone {
                found.extend(compare(context, &parts, whole));
            }
        }
    }
}

/// The periods around one that it is compared with, the nearest first.
const MOST_WHOLES: usize = 20;

/// The periods that are compared with the sum of those within.
const MOST_SUMMED: usize = 100;

/// Whether a span lies within another whatever the days on which they may have ended, and is not the same.
fn lies_within(part: Span, whole: Span) -> bool {
    part != whole && part.start >= whole.start && part.end_latest <= whole.end_earliest
}

/// Of some facts as many as possible of which no two periods overlap.
fn apart<'f, 'a>(facts: impl Iterator<Item = &'f Flow<'a>>) -> Vec<&'f Flow<'a>> {
    let mut by_end: Vec<&Flow<'_>> = facts.collect();
    by_end.sort_by_key(|flow| flow.span.end_latest);
    let mut chosen: Vec<&Flow<'_>> = Vec::new();
    for flow in by_end {
        if chosen.last().is_none_or(|last| flow.span.start > last.span.end_latest) {
            chosen.push(flow);
        }
    }
    chosen
}

/// The finding that a period's figure is less than the sum of some of its parts: of the figures of one source where it prints all
/// of them, of any otherwise.
fn compare<'a>(context: &Context<'_>, parts: &[&Flow<'a>], whole: &Flow<'a>) -> Option<Diagnostic> {
    let prints =
        |source: &Source, flow: &Flow<'_>| flow.figures.iter().any(|(other, _)| other.id.value == source.id.value);
    let common =
        whole.figures.iter().map(|(source, _)| *source).find(|source| parts.iter().all(|part| prints(source, part)));
    let own = |flow: &Flow<'a>| -> Printings<'a> {
        let of_common = |source: &Source| common.is_none_or(|common| common.id.value == source.id.value);
        flow.figures.iter().filter(|(source, _)| of_common(source)).copied().collect()
    };
    let bound = |flow: &Flow<'a>, reach: fn(&Figure) -> Interval, least: bool| {
        let ends = own(flow)
            .into_iter()
            .filter_map(|(_, figure)| if least { reach(figure).lower } else { reach(figure).upper });
        if least { ends.min() } else { ends.max() }
    };
    let is_less = |reach: fn(&Figure) -> Interval| {
        let sum: Option<Vec<Fraction>> =
            parts.iter().map(|part| bound(part, reach, true).map(Fraction::from)).collect();
        let sum = sum.map(|sum| sum.iter().fold(Fraction::ZERO, |sum, part| &sum + part));
        sum.zip(bound(whole, reach, false).map(Fraction::from)).is_some_and(|(parts, whole)| whole < parts)
    };
    if !is_less(Figure::expected) {
        return None;
    }
    let certain = is_less(Figure::strict) && is_less(Figure::truncated);
    let revised = common.is_none() && parts.iter().any(|part| published_apart(&own(part), &own(whole)));
    let (severity, unless) = match (certain, revised) {
        (true, false) => (Severity::Error, ""),
        (true, true) => (Severity::Warning, ", unless the later source revised it"),
        (false, _) => (Severity::Warning, ", unless a figure is meant more widely than one expects"),
    };
    let names: Vec<String> = parts.iter().map(|part| format!("`{}`", part.fact.id.value)).collect();
    let what = match names.as_slice() {
        [name] => format!("{name}, which covers a part of its period"),
        names => format!("{} together, which cover parts of its period", form::list(names)),
    };
    let message = format!("`{}` is less than {what}{unless}", whole.fact.id.value);
    let file = &context.facts.sheet.file;
    let label = |flow: &Flow<'a>| {
        let words =
            form::bounds_words(bound(flow, Figure::strict, true), bound(flow, Figure::strict, false), flow.unit);
        format!("{words}, {} to {}", flow.span.start, flow.span.end_latest)
    };
    let mut diagnostic =
        Diagnostic::new(severity, "cumulative-decrease", message).at(file, whole.fact.place(), label(whole));
    for part in parts {
        diagnostic = diagnostic.at(file, part.fact.place(), label(part));
    }
    let ids = std::iter::once(whole).chain(parts.iter().copied()).map(|flow| flow.fact.id.value.as_str());
    Some(
        diagnostic
            .facts(ids)
            .help("check the figures and their periods; what counts up from the start of the year can only rise"),
    )
}

/// Whether no source of some figures can be as old as one of the others.
fn published_apart(one: &Printings<'_>, other: &Printings<'_>) -> bool {
    let before = |one: &Printings<'_>, other: &Printings<'_>| {
        let last = one.iter().map(|(source, _)| source.published.latest).max();
        let first = other.iter().map(|(source, _)| source.published.earliest).min();
        last.zip(first).is_some_and(|(last, first)| last < first)
    };
    before(one, other) || before(other, one)
}
