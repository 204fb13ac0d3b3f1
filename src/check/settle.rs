//! From a sheet without errors to a [`CheckedSheet`]: the facts with their spans, sources and first days, derived ones among
//! them.

use super::checked::{CheckedEvent, CheckedFact, CheckedPartner, CheckedSheet, PrintedValue, Seal, Time, Value};
use super::facts::Facts;
use super::facts::bounds;
use super::known;
use super::policy::Allowed;
use super::relate::{Judged, Judging};
use super::report::RelationReport;
use crate::calendar::PartialDate;
use crate::diag::Diagnostic;
use crate::sheet::{Fact, RelationKind, When, vintage};
use chrono::{Datelike, Months, NaiveDate};

/// Seals a sheet. None if its province is not in the catalogue, which a diagnostic of the loader has said.
pub(super) fn settle(
    facts: &Facts<'_>,
    judged: &[Judging<'_>],
    relations: &[RelationReport],
    warnings: &[Diagnostic],
    allowed: &[Allowed],
) -> Option<CheckedSheet> {
    let sheet = facts.sheet;
    let locality = sheet.locality(facts.catalog)?;
    let mut checked: Vec<CheckedFact> = sheet.facts.iter().filter_map(|fact| printed(facts, fact)).collect();
    for judged in judged.iter().filter_map(|judged| judged.as_ref().ok()) {
        if let Some(fact) = derived(facts, judged, &checked) {
            checked.push(fact);
        }
    }
    let known_from = |source: &str| facts.source(source).map(|source| source.published.latest);
    let partners = sheet.partners.iter().filter_map(|partner| {
        Some(CheckedPartner {
            place: facts.place(&partner.place)?.clone(),
            source: partner.source.value.clone(),
            known_from: known_from(&partner.source)?,
        })
    });
    let events = sheet.events.iter().filter_map(|event| {
        let published = &facts.source(&event.source)?.published;
        Some(CheckedEvent {
            event: event.event.clone(),
            places: event.places.iter().filter_map(|place| facts.place(place).cloned()).collect(),
            period: event.period.value.clone(),
            span: event.period.resolve((published.earliest, published.latest)),
            source: event.source.value.clone(),
            known_from: published.latest,
        })
    });
    Some(CheckedSheet {
        locality,
        sources: sheet.sources.clone(),
        partners: partners.collect(),
        events: events.collect(),
        facts: checked,
        relations: relations.to_vec(),
        first_known: known::first_day(sheet),
        warnings: warnings.to_vec(),
        allowed: allowed.to_vec(),
        seal: Seal(()),
    })
}

fn printed(facts: &Facts<'_>, fact: &Fact) -> Option<CheckedFact> {
    let mut values: Vec<PrintedValue> = fact
        .printed
        .iter()
        .filter_map(|printed| {
            let time = match &fact.when {
                When::AsOf(date) => Time::At(date.value),
                When::Period(_) => Time::Over(fact.when.span(printed.published)?),
                When::Missing | When::Both(_) => return None,
            };
            Some(PrintedValue {
                source: printed.source.value.clone(),
                figure: printed.figure.as_ref().ok()?.clone(),
                read_as: printed.read_as,
                time,
                published: printed.published,
            })
        })
        .collect();
    values.sort_by_key(|value| value.published.1);
    let first = values.first()?;
    Some(CheckedFact {
        id: fact.id.value.clone(),
        indicator: facts.indicator_of(fact)?.clone(),
        time: vintage::leading(&values)?.time,
        known_from: first.published.1,
        value: Value::Printed(values),
        note: fact.note.clone(),
        seal: Seal(()),
    })
}

/// The derived figure of a relation, if the sheet gives it an indicator of its own.
fn derived(facts: &Facts<'_>, judged: &Judged<'_>, checked: &[CheckedFact]) -> Option<CheckedFact> {
    let (term, range) = judged.derived()?;
    let (id, indicator) = (term.id?, term.indicator?);
    if checked.iter().any(|fact| fact.id == id) {
        return None;
    }
    let operands: Vec<&CheckedFact> = judged
        .terms
        .iter()
        .filter(|other| other.variable != term.variable)
        .filter_map(|other| checked.iter().find(|fact| Some(fact.id.as_str()) == other.id))
        .collect();
    let partners = &facts.sheet.partners;
    let counted = matches!(judged.relation.kind, RelationKind::Count { .. });
    let mut sources: Vec<String> = if counted {
        partners.iter().map(|partner| partner.source.value.clone()).collect()
    } else if let Some(source) = judged.source {
        vec![source.to_owned()]
    } else {
        operands.iter().flat_map(|fact| fact.sources()).map(str::to_owned).collect()
    };
    sources.sort();
    sources.dedup();
    let published = sources.iter().filter_map(|id| facts.source(id)).map(|source| source.published.latest);
    let known_from: NaiveDate = operands.iter().map(|fact| fact.known_from).chain(published).max()?;
    let time = match operands.first() {
        Some(first) if term.role == "previous" => year_before(first.time),
        Some(first) => first.time,
        None => Time::At(publication_date(facts, &sources)?),
    };
    Some(CheckedFact {
        id: id.to_owned(),
        indicator: indicator.clone(),
        time,
        value: Value::Derived {
            bounds: bounds(&range),
            unit: indicator.unit,
            whole: term.domain.is_whole(),
            sources,
            relation: judged.relation.kind.name(),
        },
        known_from,
        note: None,
        seal: Seal(()),
    })
}

/// The time of the figure that a growth rate is on: the same period a year earlier.
fn year_before(time: Time) -> Time {
    match time {
        Time::Over(span) => Time::Over(span.year_before()),
        Time::At(date) => Time::At(match date {
            PartialDate::Year(year) => PartialDate::Year(year - 1),
            PartialDate::Month(year, month) => PartialDate::Month(year - 1, month),
            PartialDate::Day(day) => PartialDate::Day(day.checked_sub_months(Months::new(12)).unwrap_or(day)),
        }),
    }
}

/// When the last of some sources was published, as far as it is known.
fn publication_date(facts: &Facts<'_>, sources: &[String]) -> Option<PartialDate> {
    let published = sources.iter().filter_map(|id| facts.source(id)).map(|source| &source.published);
    let last = published.max_by_key(|published| published.latest)?;
    let (year, month) = (last.latest.year(), last.latest.month());
    Some(if last.earliest == last.latest {
        PartialDate::Day(last.latest)
    } else if (last.earliest.year(), last.earliest.month()) == (year, month) {
        PartialDate::Month(year, month)
    } else {
        PartialDate::Year(year)
    })
}
