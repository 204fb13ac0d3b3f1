//! The briefing of one province, part by part in the reader's order.

use super::changes::{event_line, news};
use super::charts::Charts;
use super::context::{Common, CountryPartners, EventLine, Merged, ProvinceContext, Shared};
use super::markdown::capital;
use super::notes::Notes;
use super::ranking::{names, not_published, not_ranked, not_the_same, ranking};
use super::tables::{Layout, MOST_COLUMNS, key_figures, themes};
use super::terms::fill;
use super::trace::{self, traced};
use super::words::{MOST_NAMED, Words};
use super::{points, trust};
use crate::calendar::PartialDate;
use crate::catalog::{Catalog, Place, PlaceKind};
use crate::chart::Pictures;
use crate::check::Time;
use crate::compare::{Column, Comparison, Known};
use chrono::{Datelike, NaiveDate};

/// The context of the briefing of the province of a column.
pub(super) fn context(comparison: &Comparison, catalog: &Catalog, column: usize, words: &Words) -> ProvinceContext {
    let mut notes = Notes::default();
    let own = comparison.columns.get(column);
    let known = own.and_then(Column::known);
    let points = points::points(comparison, catalog, column, words, &mut notes);
    let key_figures = known.map(|known| key_figures(known, column, words, &mut notes)).unwrap_or_default();
    let layout = Layout { comparison, columns: table_columns(comparison, column), own: Some(column) };
    let mut charts = Charts::of_province(comparison, catalog, column, words);
    let standing_charts = charts.standing(words, &mut notes);
    let mut themes = themes(&layout, catalog, words, &mut notes);
    charts.fill(&mut themes, words, &mut notes);
    let rankings = comparison
        .rows
        .iter()
        .filter(|row| !row.indicator.background)
        .filter_map(|row| ranking(row, Some(column), words, &mut notes))
        .collect();
    let partners = known.map(|known| partners(known, catalog, column, words, &mut notes)).unwrap_or_default();
    let events = known.map(|known| events(known, column, words, &mut notes)).unwrap_or_default();
    let news = news(comparison, catalog, &[column], words, &mut notes);
    let trust = trust::trust(&known.map(|known| (column, known)).into_iter().collect::<Vec<_>>(), words, &mut notes);
    let latest = known.and_then(latest);
    let quarter = comparison.quarter;
    let full_name = own.map(|own| words.full_name(&own.locality)).unwrap_or_default();
    ProvinceContext {
        merged: own.and_then(|own| merged(own, words)),
        peers: peers(comparison, column, words),
        latest: latest.map(|(time, _)| words.named(time)),
        is_current: latest.is_some_and(|(_, day)| day >= quarter.first_day()),
        points,
        has_trends: key_figures.iter().any(|figure| !figure.trend.is_empty()),
        key_figures,
        standing_charts,
        themes,
        rankings,
        not_ranked: not_ranked(comparison, Some(column), words),
        not_published: not_published(comparison, column, words),
        not_the_same: not_the_same(comparison, column, words),
        partners,
        shared_partners: points::shared_with(comparison, column, words),
        shared_countries: countries(comparison, catalog, Some(column), words),
        events,
        news,
        trust,
        name: words.column_name(column).to_owned(),
        common: common(comparison, capital(&full_name), words, &notes, charts.pictures),
        full_name,
        sources: notes.sources(comparison, words),
    }
}

/// What both briefings have.
pub(super) fn common(
    comparison: &Comparison,
    title: String,
    words: &Words,
    notes: &Notes,
    pictures: Pictures,
) -> Common {
    let quarter = comparison.quarter;
    let withheld: Vec<usize> = (0..comparison.columns.len())
        .filter(|column| comparison.columns.get(*column).is_some_and(|column| column.known().is_none()))
        .collect();
    Common {
        language: words.language.code().to_owned(),
        title,
        locality: words.level().locality.clone(),
        localities: words.level().localities.clone(),
        all_localities: words.all_localities(),
        province: words.province(),
        edition: words.quarter(quarter),
        quarter: words.quarter_long(quarter),
        previous_quarter: words.quarter_long(quarter.previous()),
        date_iso: trace::number(&quarter.last_day()),
        date: words.date(quarter.last_day()),
        first_date: words.date(quarter.first_day()),
        withheld: if withheld.is_empty() { None } else { Some(names(&withheld, words)) },
        has_derived: notes.has_derived(),
        pictures,
    }
}

/// The last day that the figures of a province cover, and its month, or its year where no more is known. A figure covers nothing
/// after the day from which it is known, whatever its period says.
fn latest(known: &Known) -> Option<(Time, NaiveDate)> {
    let printed = known.facts.iter().filter(|fact| !fact.is_derived());
    let last = printed.max_by_key(|fact| fact.time.span().end_latest.min(fact.stands_from()))?;
    let span = last.time.span();
    let day = span.end_latest.min(last.stands_from());
    let known_to_the_month = span.end_earliest == span.end_latest || last.stands_from() < span.end_latest;
    let date = match last.time {
        Time::At(PartialDate::Year(year)) => PartialDate::Year(year),
        _ if known_to_the_month => PartialDate::Month(day.year(), day.month()),
        _ => PartialDate::Year(day.year()),
    };
    Some((Time::At(date), day))
}

/// What a province was merged into. A commune of it was not: it lies in another province now, or is no more.
fn merged(column: &Column, words: &Words) -> Option<Merged> {
    if column.locality.commune.is_some() {
        return None;
    }
    let into = column.merged_into.as_ref()?;
    let since = column.locality.province.until?.succ_opt()?;
    Some(Merged { into: traced(into.name(words.language)), since: words.date(since) })
}

/// A province's name, with what it was merged into.
pub(super) fn name_with_merger(column: &Column, words: &Words) -> String {
    let name = words.name(&column.locality);
    match merged(column, words) {
        None => name,
        Some(Merged { into, since }) => {
            fill(&words.terms.part_of, &[("place", &name), ("province", &into), ("date", &since)])
        }
    }
}

fn peers(comparison: &Comparison, own: usize, words: &Words) -> Option<String> {
    let peers: Vec<&Column> = comparison
        .columns
        .iter()
        .enumerate()
        .filter(|(column, peer)| *column != own && peer.known().is_some_and(|known| !known.facts.is_empty()))
        .map(|(_, peer)| peer)
        .collect();
    match peers.len() {
        0 => None,
        count if count > MOST_NAMED => Some(fill(&words.level().others, &[("count", &words.count(count))])),
        _ => Some(words.list(&peers.into_iter().map(|peer| name_with_merger(peer, words)).collect::<Vec<_>>())),
    }
}

/// The briefing's own column, then those of the provinces that report most of what it reports: few enough for a table, or all of
/// many, from which each table takes its own.
fn table_columns(comparison: &Comparison, own: usize) -> Vec<usize> {
    let in_common = |column: usize| {
        let both = |cells: &[Option<_>]| {
            cells.get(own).is_some_and(Option::is_some) && cells.get(column).is_some_and(Option::is_some)
        };
        comparison.rows.iter().filter(|row| both(&row.cells)).count()
    };
    let mut peers: Vec<usize> = (0..comparison.columns.len()).filter(|column| *column != own).collect();
    peers.sort_by_cached_key(|column| (std::cmp::Reverse(in_common(*column)), *column));
    if comparison.columns.len() <= MOST_NAMED {
        peers.truncate(MOST_COLUMNS - 1);
        peers.sort_unstable();
    }
    std::iter::once(own).chain(peers).collect()
}

fn partners(known: &Known, catalog: &Catalog, column: usize, words: &Words, notes: &mut Notes) -> Vec<CountryPartners> {
    let mut countries: Vec<(&Place, Vec<&str>, Vec<&str>)> = Vec::new();
    for partner in &known.partners {
        let country = catalog.places.country_of(&partner.place.id).unwrap_or(&partner.place);
        let place = partner.place.name(words.language);
        let own = partner.place.kind != PlaceKind::Country;
        match countries.iter_mut().find(|(known, ..)| known.id == country.id) {
            Some((_, places, sources)) => {
                places.extend(own.then_some(place));
                sources.push(&partner.source);
            }
            None => countries.push((country, own.then_some(place).into_iter().collect(), vec![&partner.source])),
        }
    }
    countries
        .into_iter()
        .map(|(country, places, sources)| CountryPartners {
            country: traced(country.name(words.language)),
            places: words.list(&places.into_iter().map(traced).collect::<Vec<_>>()),
            marks: notes.marks(column, sources),
        })
        .collect()
}

fn events(known: &Known, column: usize, words: &Words, notes: &mut Notes) -> Vec<EventLine> {
    known.events.iter().filter_map(|event| event_line(event, "", column, words, notes)).collect()
}

/// The countries that provinces share; those of one province with the others, if `own` is given.
pub(super) fn countries(comparison: &Comparison, catalog: &Catalog, own: Option<usize>, words: &Words) -> Vec<Shared> {
    words
        .shared_countries(comparison, catalog)
        .iter()
        .filter(|shared| own.is_none_or(|own| shared.columns.contains(&own)))
        .map(|shared| {
            let others: Vec<usize> = shared.columns.iter().copied().filter(|column| Some(*column) != own).collect();
            Shared { place: traced(shared.place.name(words.language)), provinces: names(&others, words) }
        })
        .collect()
}
