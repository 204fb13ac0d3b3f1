//! `cumulative-decrease`: a period has a smaller figure than a part of it.

use super::{Context, Rule, form};
use crate::calendar::Span;
use crate::catalog::Kind;
use crate::check::facts;
use crate::check::range::Range;
use crate::check::solve::{Domain, Level};
use crate::diag::{Diagnostic, Severity};
use crate::figure::UnitKind;
use crate::sheet::{Fact, Source};
use std::collections::BTreeMap;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "cumulative-decrease",
    severity: Severity::Error,
    explanation: "\
a period has a smaller figure than a part of it.

What it does: compares the facts of one flow whose periods lie one within the other: eleven months cannot have brought less than
nine. Indicators that can be below zero are left out.
Why it matters: figures that count up from the start of the year can only rise; one of them is wrong, or was revised.
What to do: check both figures and both periods. Where a later source revised the earlier figure, it is a warning.
",
    check,
};

/// A fact of a flow that only adds up.
struct Flow<'a> {
    fact: &'a Fact,
    span: Span,
    domain: Domain,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut flows: BTreeMap<&str, Vec<Flow<'_>>> = BTreeMap::new();
    for fact in &context.facts.sheet.facts {
        let Some(indicator) = context.facts.indicator(&fact.indicator) else { continue };
        let adds_up = indicator.kind == Kind::Flow
            && indicator.unit.kind() != UnitKind::Percent
            && indicator.plausible.0.is_some_and(|least| !least.is_sign_negative() || least.is_zero());
        if let (true, Some(span), Some(domain)) = (adds_up, context.facts.span(fact), context.facts.domain(fact)) {
            flows.entry(fact.indicator.as_str()).or_default().push(Flow { fact, span, domain });
        }
    }
    for facts in flows.values_mut() {
        // In the order of their starts, the longer first, a fact can lie only within one before it.
        facts.sort_by_key(|flow| (flow.span.start, std::cmp::Reverse(flow.span.end_latest)));
        for (at, part) in facts.iter().enumerate() {
            let around = facts.iter().take(at).rev().find_map(|whole| {
                let differs = part.span != whole.span;
                (differs && lies_within(part.span, whole.span)).then(|| compare(context, part, whole)).flatten()
            });
            found.extend(around);
        }
    }
}

/// Whether a span lies within another whatever the days on which they may have ended.
fn lies_within(part: Span, whole: Span) -> bool {
    part.start >= whole.start && part.end_latest <= whole.end_earliest
}

fn compare(context: &Context<'_>, part: &Flow<'_>, whole: &Flow<'_>) -> Option<Diagnostic> {
    let is_less = |level| {
        let (part, whole) = (part.domain.range(level), whole.domain.range(level));
        part.lower().zip(whole.upper()).is_some_and(|(part, whole)| whole < part)
    };
    if !is_less(Level::Expected) {
        return None;
    }
    let certain = is_less(Level::Loose);
    let revised = published_apart(context, part.fact, whole.fact);
    let (severity, unless) = match (certain, revised) {
        (true, false) => (Severity::Error, ""),
        (true, true) => (Severity::Warning, ", unless the later source revised it"),
        (false, _) => (Severity::Warning, ", unless a figure is meant more widely than one expects"),
    };
    let (part_id, whole_id) = (&part.fact.id.value, &whole.fact.id.value);
    let message = format!("`{whole_id}` is less than `{part_id}`, which covers a part of its period{unless}");
    let unit = context.facts.indicator(&part.fact.indicator)?.unit;
    let file = &context.facts.sheet.file;
    let label = |flow: &Flow<'_>| {
        let words = form::range_words(flow.domain.range(Level::Strict), unit);
        format!("{words}, {} to {}", flow.span.start, flow.span.end_latest)
    };
    let bounds = |range: &Range| facts::bounds(range);
    Some(
        Diagnostic::new(severity, "cumulative-decrease", message)
            .at(file, whole.fact.place(), label(whole))
            .at(file, part.fact.place(), label(part))
            .facts([whole_id.as_str(), part_id.as_str()])
            .bounds(bounds(whole.domain.range(Level::Strict)), bounds(part.domain.range(Level::Strict)))
            .help("check both figures and both periods; what counts up from the start of the year can only rise"),
    )
}

/// Whether no source of one fact can be as old as one of the other.
fn published_apart(context: &Context<'_>, one: &Fact, other: &Fact) -> bool {
    let sources = |fact: &Fact| -> Vec<&Source> {
        fact.printed.iter().filter_map(|printed| context.facts.source(&printed.source)).collect()
    };
    let before = |one: &[&Source], other: &[&Source]| {
        let last = one.iter().map(|source| source.published.latest).max();
        let first = other.iter().map(|source| source.published.earliest).min();
        last.zip(first).is_some_and(|(last, first)| last < first)
    };
    let (one, other) = (sources(one), sources(other));
    before(&one, &other) || before(&other, &one)
}
