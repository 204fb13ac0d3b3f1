//! A comparison of more than can be listed: a line to each indicator, and of the weightiest the first and the last places. What is
//! left out is counted; every figure left out stands in the briefing of the one that reports it.

use super::context::{
    Alone, Between, CutTable, LongRow, NewsEntry, Shared, Summary, SummaryNews, SummaryRow, SummaryTheme,
};
use super::markdown::escape;
use super::notes::Notes;
use super::ranking::names;
use super::tables::cell;
use super::trace::{self, traced};
use super::words::{MOST_LISTED, Words};
use crate::catalog::Catalog;
use crate::check::{CheckedFact, Time};
use crate::compare::{Basis, Column, Comparison, Known, Place, Row, SharedPlace, Standing};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The first places that a table has.
const FIRST_PLACES: usize = 10;
/// The last places that a table has.
const LAST_PLACES: usize = 3;
/// Most indicators that have a table and a chart.
const MOST_TABLES: usize = 8;
/// Most entries of a list of countries, partners or indicators.
const MOST_ENTRIES: usize = 20;
/// Most that are named where several share the greatest or the least figure.
const MOST_TIED: usize = 2;

/// Whether a comparison is of more than can be listed.
pub(super) fn is_summed_up(comparison: &Comparison) -> bool {
    let known = comparison.columns.iter().filter_map(Column::known);
    known.filter(|known| !known.facts.is_empty()).count() > MOST_LISTED
}

/// The indicators that have a table and a chart: of those that are ranked the weightiest, and those that most report.
pub(super) fn weightiest(comparison: &Comparison) -> Vec<&Row> {
    let mut ranked: Vec<(&Row, usize)> = comparison
        .rows
        .iter()
        .filter(|row| !row.indicator.background)
        .filter_map(|row| match &row.standing {
            Standing::Ranked { places, .. } if places.len() > FIRST_PLACES => Some((row, places.len())),
            _ => None,
        })
        .collect();
    ranked.sort_by_key(|(row, count)| Reverse((row.indicator.weight, *count)));
    ranked.truncate(MOST_TABLES);
    ranked.into_iter().map(|(row, _)| row).collect()
}

/// The themes without their charts, what one alone reports, and what is new; what several have in common, cut to the most common.
pub(super) fn summary(
    comparison: &Comparison,
    catalog: &Catalog,
    common: [&mut Vec<Shared>; 2],
    words: &Words,
    notes: &mut Notes,
) -> Summary {
    let weighty: BTreeSet<&str> = weightiest(comparison).iter().map(|row| row.indicator.id.as_str()).collect();
    let mut themes = Vec::new();
    for theme in catalog.indicators.themes() {
        let of_theme = |row: &&Row| row.indicator.theme == theme.id && !row.indicator.background;
        let reported: Vec<&Row> =
            comparison.rows.iter().filter(of_theme).filter(|row| row.cells.iter().flatten().count() > 1).collect();
        let rows: Vec<SummaryRow> = reported.iter().map(|row| line(row, words, notes)).collect();
        let of_weight = reported.iter().filter(|row| weighty.contains(row.indicator.id.as_str()));
        let tables = of_weight.filter_map(|row| table(row, words, notes)).collect();
        if !rows.is_empty() {
            let name = traced(theme.name.get(words.language));
            themes.push(SummaryTheme { name, rows, tables, charts: Vec::new() });
        }
    }
    let [partners, countries] = common;
    Summary {
        themes,
        first: words.count(FIRST_PLACES),
        last: words.count(LAST_PLACES),
        alone: alone(comparison, words),
        news: news(comparison, words),
        partners_left_out: cut(partners, words),
        countries_left_out: cut(countries, words),
    }
}

/// Cuts a list to its first entries; how many it loses, in words. One alone is not left out for its line.
fn cut<T>(entries: &mut Vec<T>, words: &Words) -> Option<String> {
    let left_out = entries.len().checked_sub(MOST_ENTRIES).filter(|left_out| *left_out > 1)?;
    entries.truncate(MOST_ENTRIES);
    Some(words.count(left_out))
}

/// An indicator in a line.
fn line(row: &Row, words: &Words, notes: &mut Notes) -> SummaryRow {
    let facts = || row.cells.iter().flatten();
    let time = facts().next().map(|fact| fact.time);
    let one_time = time.filter(|time| facts().all(|fact| fact.time == *time));
    let (places, per_year): (&[Place], bool) = match &row.standing {
        Standing::Ranked { places, basis } => (places, *basis == Basis::PerYear),
        _ => (&[], false),
    };
    let ranks = places.first().zip(places.last()).map(|(first, last)| (first.rank, last.rank));
    let mut tied = |rank: usize| {
        let tied: Vec<&Place> = places.iter().filter(|place| place.rank == rank).collect();
        tied_md(row, &tied, (per_year, one_time), words, notes)
    };
    SummaryRow {
        label: words.label(row),
        count: trace::number(&facts().count()),
        period: if per_year { String::new() } else { one_time.map(|time| words.short(time)).unwrap_or_default() },
        per_year,
        is_ranked: ranks.is_some(),
        is_level: ranks.is_some_and(|(first, last)| first == last),
        greatest_md: ranks.map(|(first, _)| tied(first)).unwrap_or_default(),
        least_md: ranks.filter(|(first, last)| first != last).map(|(_, last)| tied(last)).unwrap_or_default(),
    }
}

/// Those of one place, each with its figure, and with its time where that is not the time of all.
fn tied_md(
    row: &Row,
    tied: &[&Place],
    (per_year, one_time): (bool, Option<Time>),
    words: &Words,
    notes: &mut Notes,
) -> String {
    // One other would be named as shortly as it is counted.
    let named = if tied.len() > MOST_TIED + 1 { MOST_TIED } else { tied.len() };
    let entry = |place: &&Place| {
        let figure = figure_md(row, place.column, per_year, words, notes)?;
        let name = escape(words.column_name(place.column));
        let time = if per_year || one_time.is_some() {
            String::new()
        } else {
            format!("{}{}", words.terms.comma, escape(&words.cell(row, place.column)?.period))
        };
        Some(format!("{name} {figure}{time}"))
    };
    let entries: Vec<String> = tied.iter().take(named).filter_map(entry).collect();
    match tied.len() - named {
        0 => entries.join(&words.terms.semicolon),
        others => words.and_others(&entries, others),
    }
}

/// A figure with its sources, per year if that is what is ranked.
fn figure_md(row: &Row, column: usize, per_year: bool, words: &Words, notes: &mut Notes) -> Option<String> {
    let (fact, cell) = (row.cells.get(column)?.as_ref()?, words.cell(row, column)?);
    if per_year {
        let figure = cell.per_year.as_ref()?;
        let sources = notes.marks(column, fact.sources());
        return Some(format!("{}{}", escape(figure), notes.and_derived(&sources)));
    }
    Some(format!("{}{}", escape(&cell.figure), notes.fact(column, fact)))
}

/// An indicator's table; none if it is not ranked.
fn table(row: &Row, words: &Words, notes: &mut Notes) -> Option<CutTable> {
    let Standing::Ranked { places, basis } = &row.standing else { return None };
    let per_year = *basis == Basis::PerYear;
    let is_cut = places.len() > FIRST_PLACES + LAST_PLACES + 1;
    let (first, rest) = places.split_at(if is_cut { FIRST_PLACES } else { places.len() });
    let (left_out, last) = rest.split_at(rest.len().saturating_sub(LAST_PLACES));
    let first = long_rows(row, first, per_year, words, notes);
    let mut figure = |place: &Place| figure_md(row, place.column, per_year, words, notes);
    let between = match left_out {
        [start, .., end] => Some(Between {
            count: words.count(left_out.len()),
            first_rank: trace::number(&start.rank),
            last_rank: trace::number(&end.rank),
            first_md: figure(start)?,
            last_md: figure(end)?,
        }),
        _ => None,
    };
    let last = long_rows(row, last, per_year, words, notes);
    Some(CutTable { label: words.label(row), per_year, first, between, last })
}

/// A row to each of some places.
fn long_rows(row: &Row, places: &[Place], per_year: bool, words: &Words, notes: &mut Notes) -> Vec<LongRow> {
    let of_place = |place: &Place| {
        let per_year = words.cell(row, place.column)?.per_year.as_ref().filter(|_| per_year);
        Some(LongRow {
            rank: trace::number(&place.rank),
            province: words.column_name(place.column).to_owned(),
            cell: cell(row, place.column, false, words, notes),
            per_year: per_year.cloned().unwrap_or_default(),
        })
    };
    places.iter().filter_map(of_place).collect()
}

/// What several have in common, that of most first.
pub(super) fn most_common_first(mut shared: Vec<SharedPlace>) -> Vec<SharedPlace> {
    shared.sort_by_key(|shared| Reverse(shared.columns.len()));
    shared
}

/// What one alone reports.
fn alone(comparison: &Comparison, words: &Words) -> Option<Alone> {
    let reporting = comparison.rows.iter().filter(|row| !row.indicator.background).filter_map(|row| {
        let mut reporting = row.cells.iter().enumerate().filter(|(_, cell)| cell.is_some());
        let (column, _) = reporting.next()?;
        reporting.next().is_none().then_some(column)
    });
    let columns: Vec<usize> = reporting.collect();
    let localities = columns.iter().collect::<BTreeSet<_>>().len();
    let alone = Alone {
        indicators: words.count(columns.len()),
        is_one: columns.len() == 1,
        count: words.count(localities),
        localities: words.counted(localities),
    };
    (!columns.is_empty()).then_some(alone)
}

/// The figures that are new, by indicator: those that most have first.
fn news(comparison: &Comparison, words: &Words) -> Option<SummaryNews> {
    let mut by_indicator: BTreeMap<&str, (&CheckedFact, usize, BTreeSet<usize>)> = BTreeMap::new();
    let known = comparison.columns.iter().enumerate().filter_map(|(column, own)| Some((column, own.known()?)));
    for (column, known) in known {
        for fact in new_facts(known) {
            let entry = by_indicator.entry(&fact.indicator.id).or_insert_with(|| (fact, 0, BTreeSet::new()));
            entry.1 += 1;
            entry.2.insert(column);
        }
    }
    let figures: usize = by_indicator.values().map(|(_, count, _)| count).sum();
    let columns: BTreeSet<usize> = by_indicator.values().flat_map(|(_, _, columns)| columns).copied().collect();
    let mut entries: Vec<&(&CheckedFact, usize, BTreeSet<usize>)> = by_indicator.values().collect();
    entries.sort_by_key(|(fact, count, _)| Reverse((*count, fact.indicator.weight)));
    let left_out = cut(&mut entries, words);
    let entry = |(fact, count, columns): &(&CheckedFact, usize, BTreeSet<usize>)| {
        let columns: Vec<usize> = columns.iter().copied().collect();
        NewsEntry {
            label: traced(fact.indicator.label(words.language)),
            count: words.count(*count),
            provinces: names(&columns, words),
        }
    };
    let news = SummaryNews {
        figures: words.count(figures),
        is_one: figures == 1,
        localities: words.counted(columns.len()),
        entries: entries.into_iter().map(entry).collect(),
        left_out,
    };
    (figures > 0).then_some(news)
}

fn new_facts(known: &Known) -> impl Iterator<Item = &CheckedFact> {
    let is_told = |fact: &&CheckedFact| !fact.indicator.background && !fact.is_derived();
    known
        .facts
        .iter()
        .filter(is_told)
        .filter(|fact| known.new.contains(&fact.id) || known.revised.contains_key(&fact.id))
}
