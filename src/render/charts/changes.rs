//! A province's own figures against a plan, and against an earlier time.

use super::{Content, Draft, Drawing, Kind, Sources, amount, cited, interval, said};
use crate::catalog;
use crate::chart::{Amount, Chart, Mark, Plot};
use crate::check::{CheckedFact, RelationReport, Time};
use crate::compare::Known;
use crate::figure::Decimal;
use crate::render::terms::fill;
use crate::render::trace::traced;
use crate::render::words::Words;
use std::collections::BTreeSet;

/// The bullets and slopes of a province.
pub(super) fn drafts(sources: &Sources<'_>, known: &Known, column: usize) -> Vec<Draft<'static>> {
    let mut drafts = Vec::new();
    let mut drawn: BTreeSet<(Kind, &str)> = BTreeSet::new();
    for relation in &known.relations {
        let (kind, role) = match relation.kind {
            "attainment" => (Kind::Plan, "actual"),
            "growth" => (Kind::Change, "current"),
            _ => continue,
        };
        let Some(fact) = relation.roles.get(role).and_then(|id| known.fact(id)) else { continue };
        let is_latest = known.latest(&fact.indicator.id).is_some_and(|latest| latest.id == fact.id);
        if fact.indicator.background || !is_latest || drawn.contains(&(kind, fact.indicator.id.as_str())) {
            continue;
        }
        let draft = match kind {
            Kind::Plan => plan(sources, known, relation, fact, column),
            _ => growth(sources, known, relation, fact, column),
        };
        if let Some(draft) = draft {
            drawn.insert((kind, &fact.indicator.id));
            drafts.push(draft);
        }
    }
    for fact in &known.facts {
        let is_latest = known.latest(&fact.indicator.id).is_some_and(|latest| latest.id == fact.id);
        if is_latest && !fact.indicator.background && !drawn.contains(&(Kind::Change, fact.indicator.id.as_str())) {
            drafts.extend(periods(sources, known, fact, column));
        }
    }
    drafts
}

/// A mark without label: the headline says what it is.
fn mark(figure: String, detail: String, amount: Amount, is_own: bool) -> Mark {
    Mark { label: String::new(), figure, detail, amount: Some(amount), is_own }
}

/// The figure in a role that another fact has, or that the relation derives: its words, its amount, and the fact.
fn operand<'k>(
    known: &'k Known,
    relation: &RelationReport,
    role: &str,
    fact: &CheckedFact,
    words: &Words,
) -> Option<(String, Amount, Option<&'k CheckedFact>)> {
    if let Some(other) = relation.roles.get(role).and_then(|id| known.fact(id)) {
        return Some((said(other, words), amount(other, other.bounds(), false)?, Some(other)));
    }
    let derived = relation.derived.as_ref().filter(|derived| derived.role == role)?;
    let figure = words.derived(derived.bounds, fact.unit(), derived.whole);
    Some((fill(&words.terms.chart.derived, &[("figure", &figure)]), interval(derived.bounds)?, None))
}

fn plan(
    sources: &Sources<'_>,
    known: &Known,
    relation: &RelationReport,
    fact: &CheckedFact,
    column: usize,
) -> Option<Draft<'static>> {
    let words = sources.words;
    let percent = known.fact(relation.roles.get("percent")?)?;
    let (plan_figure, planned, plan_fact) = operand(known, relation, "plan", fact, words)?;
    let reached = amount(fact, fact.bounds(), false)?;
    if !reached.is_from_zero() || planned.ends().0 <= Decimal::ZERO {
        return None;
    }
    let hundred = Some(Decimal::ONE_HUNDRED);
    let share = percent.bounds();
    let term = match (share.lower > hundred, share.upper.is_some() && share.upper < hundred) {
        (true, _) => &words.terms.chart.ahead,
        (_, true) => &words.terms.chart.short,
        _ => &words.terms.chart.as_planned,
    };
    let label = traced(fact.indicator.label(words.language));
    let planned = Mark { label: words.terms.chart.plan.clone(), ..mark(plan_figure, String::new(), planned, false) };
    let chart = Chart {
        headline: fill(term, &[("label", &label), ("percent", &words.figure(percent))]),
        subtitle: words.short(fact.time),
        plot: Plot::Bullet { actual: mark(said(fact, words), String::new(), reached, true), plan: planned },
        notes: Vec::new(),
        alternative: String::new(),
    };
    let facts = [Some(fact), Some(percent), plan_fact].into_iter().flatten();
    let cited = facts.flat_map(|fact| cited(column, fact)).collect();
    Some(Draft::new(sources, Kind::Plan, &fact.indicator, Content::Drawn(Box::new(Drawing { chart, cited }))))
}

fn growth(
    sources: &Sources<'_>,
    known: &Known,
    relation: &RelationReport,
    fact: &CheckedFact,
    column: usize,
) -> Option<Draft<'static>> {
    let words = sources.words;
    let rate = known.fact(relation.roles.get("rate")?)?;
    let (figure, earlier, earlier_fact) = operand(known, relation, "previous", fact, words)?;
    let time = match (earlier_fact, fact.time) {
        (Some(earlier), _) => earlier.time,
        (None, Time::Over(span)) => Time::Over(span.year_before()),
        // A date a year before is nobody's date.
        (None, Time::At(_)) => return None,
    };
    let change = words.change(rate.figure()?);
    let label = traced(fact.indicator.label(words.language));
    let headline = fill(&words.terms.chart.changed, &[("label", &label), ("change", &change)]);
    let from = mark(figure, words.short(time), earlier, false);
    let facts = [Some(fact), Some(rate), earlier_fact].into_iter().flatten();
    slope(sources, fact, headline, from, facts.flat_map(|fact| cited(column, fact)).collect())
}

/// A slope to a fact's figure.
fn slope(
    sources: &Sources<'_>,
    fact: &CheckedFact,
    headline: String,
    from: Mark,
    cited: Vec<(usize, String)>,
) -> Option<Draft<'static>> {
    let words = sources.words;
    let amount = amount(fact, fact.bounds(), false)?;
    if !amount.is_from_zero() || !from.amount?.is_from_zero() {
        return None;
    }
    let to = mark(said(fact, words), words.short(fact.time), amount, true);
    let chart = Chart {
        headline,
        subtitle: String::new(),
        plot: Plot::Slope { from, to },
        notes: Vec::new(),
        alternative: String::new(),
    };
    Some(Draft::new(sources, Kind::Change, &fact.indicator, Content::Drawn(Box::new(Drawing { chart, cited }))))
}

/// The latest figure of an indicator and the one before it, where both are of one length of time and surely apart.
fn periods(sources: &Sources<'_>, known: &Known, latest: &CheckedFact, column: usize) -> Option<Draft<'static>> {
    let words = sources.words;
    let span = latest.time.span();
    let is_before = |fact: &&CheckedFact| {
        let other = fact.time.span();
        let is_comparable = || fact.indicator.kind == catalog::Kind::Stock || other.months() == span.months();
        fact.indicator.id == latest.indicator.id && other.end_latest < span.start && is_comparable()
    };
    let earlier = known.facts.iter().filter(is_before).max_by_key(|fact| fact.time.span().end_latest)?;
    let (before, after) = (earlier.bounds(), latest.bounds());
    let is_above =
        |lower: Option<Decimal>, upper: Option<Decimal>| lower.zip(upper).is_some_and(|(lower, upper)| lower > upper);
    let term = if is_above(after.lower, before.upper) {
        &words.terms.chart.rose
    } else if is_above(before.lower, after.upper) {
        &words.terms.chart.fell
    } else {
        return None;
    };
    let (label, from, to) =
        (traced(latest.indicator.label(words.language)), words.short(earlier.time), words.short(latest.time));
    let headline = fill(term, &[("label", &label), ("from", &from), ("to", &to)]);
    let from = mark(said(earlier, words), from, amount(earlier, before, false)?, false);
    slope(sources, latest, headline, from, [earlier, latest].into_iter().flat_map(|fact| cited(column, fact)).collect())
}
