//! Which provinces stand where, and which cannot be held side by side.

use super::context::{NotRanked, NotTheSame, Ranking, Shared};
use super::markdown::escape;
use super::notes::Notes;
use super::terms::fill;
use super::trace::traced;
use super::words::{FIRST_NAMED, MOST_NAMED, Words};
use crate::check::fraction::Fraction;
use crate::check::{CheckedFact, Time};
use crate::compare::{Basis, Comparison, Incomparable, Known, Place, Row, Standing};
use crate::figure::{Decimal, format};
use std::collections::BTreeSet;

/// Digits of "so many times as much".
const TIMES_DIGITS: u32 = 2;

/// A row's ranking in words; `own` is the briefing's province, if it is one's. None if the row is not ranked, or `own` is not
/// in it.
pub(super) fn ranking(row: &Row, own: Option<usize>, words: &Words, notes: &mut Notes) -> Option<Ranking> {
    let Standing::Ranked { basis, places } = &row.standing else { return None };
    let own_place = match own {
        Some(own) => Some(places.iter().find(|place| place.column == own)?),
        None => None,
    };
    let per_year = *basis == Basis::PerYear;
    let mut entry = |place: &Place| {
        let fact = row.cells.get(place.column)?.as_ref()?;
        let cell = words.cell(row, place.column)?;
        let (figure, marks) = if per_year {
            let sources = notes.marks(place.column, fact.sources());
            (cell.per_year.as_ref()?, notes.and_derived(&sources))
        } else {
            (&cell.figure, notes.fact(place.column, fact))
        };
        Some(format!("{} {}{marks}", escape(words.column_name(place.column)), escape(figure)))
    };
    let entries_md = if places.len() > MOST_NAMED {
        first_entries(places, own_place, words, &mut entry)
    } else {
        words.list(&places.iter().filter_map(entry).collect::<Vec<String>>())
    };
    let leader = places.first()?;
    let against = match own_place {
        Some(own) if own.column != leader.column => own,
        _ => places.get(1)?,
    };
    let times = times(leader, against);
    if times.is_some() {
        notes.derived();
    }
    Some(Ranking {
        label: words.label(row),
        ordinal: own_place.map(|place| words.ordinal(place.rank)),
        is_first: own_place.is_some_and(|place| place.rank == 1),
        leads: !leader.shared,
        is_shared: own_place.is_some_and(|place| place.shared),
        count: words.count(places.len()),
        per_year,
        entries_md,
        leader: words.column_name(leader.column).to_owned(),
        times: times.map(|times| traced(&format::number(times, words.language))),
        against: words.column_name(against.column).to_owned(),
    })
}

/// The first of many places, and the briefing's own if it is not among them. Only these cite their sources.
fn first_entries(
    places: &[Place],
    own: Option<&Place>,
    words: &Words,
    entry: &mut impl FnMut(&Place) -> Option<String>,
) -> String {
    // Of those with the same place, the briefing's own comes first.
    let mut places: Vec<&Place> = places.iter().collect();
    if let Some(own) = own {
        let start = places.iter().position(|place| place.rank == own.rank);
        let at = places.iter().position(|place| place.column == own.column);
        let tied = start.zip(at).and_then(|(start, at)| places.get_mut(start..=at));
        if let Some(tied) = tied {
            tied.rotate_right(1);
        }
    }
    let (first, others) = places.split_at_checked(FIRST_NAMED).unwrap_or((&places, &[]));
    let entries: Vec<String> = first.iter().filter_map(|place| entry(place)).collect();
    // Those that share the last place named are no less the first.
    let is_cut = first.last().zip(others.first()).is_some_and(|(last, next)| last.rank == next.rank);
    let ranked = if is_cut {
        words.and_others(&entries, others.len())
    } else {
        let values = [("provinces", words.list(&entries)), ("count", words.count(places.len()))];
        words.fill_level(&words.terms.many.ranked, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let beyond = own.filter(|own| first.iter().all(|place| place.column != own.column));
    let Some((own, province)) = beyond.and_then(|own| Some((own, entry(own)?))) else { return ranked };
    let term = if own.shared { &words.terms.many.ranked_own_shared } else { &words.terms.many.ranked_own };
    fill(term, &[("ranked", &ranked), ("province", &province), ("ordinal", &words.ordinal(own.rank))])
}

/// The least number of times that the one figure holds the other, from a half more on.
fn times(leader: &Place, against: &Place) -> Option<Decimal> {
    let least = Fraction::from(leader.bounds.lower?).divided_by(&Fraction::from(against.bounds.upper?))?;
    let worth_saying = Fraction::ratio(3, 2)?;
    if least < worth_saying {
        return None;
    }
    // Cut off, not rounded: "at least" must hold.
    let cut = least
        .to_decimal(TIMES_DIGITS + 4)?
        .round_sf_with_strategy(TIMES_DIGITS, rust_decimal::RoundingStrategy::ToZero)?;
    Some(cut.normalize())
}

/// The names of some columns' localities as a list; of many the first, and how many others there are.
pub(super) fn names(columns: &[usize], words: &Words) -> String {
    let shown = if columns.len() > MOST_NAMED { columns.get(..FIRST_NAMED).unwrap_or_default() } else { columns };
    let shown: Vec<String> = shown.iter().map(|column| words.column_name(*column).to_owned()).collect();
    match columns.len() - shown.len() {
        0 => words.list(&shown),
        others => words.and_others(&shown, others),
    }
}

/// Every row that several provinces report and that may not be ranked; of one province's, if `own` is given.
pub(super) fn not_ranked(comparison: &Comparison, own: Option<usize>, words: &Words) -> Vec<NotRanked> {
    let concerns =
        |row: &&Row| !row.indicator.background && own.is_none_or(|own| row.cells.get(own).is_some_and(Option::is_some));
    comparison
        .rows
        .iter()
        .filter(concerns)
        .filter_map(|row| {
            let Standing::Incomparable(reason) = &row.standing else { return None };
            Some(NotRanked { label: words.label(row), reason: because(reason, row, words) })
        })
        .collect()
}

fn because(reason: &Incomparable, row: &Row, words: &Words) -> String {
    match reason {
        Incomparable::DatesApart(first, last) => {
            let at = |day| {
                let fact = row.cells.iter().flatten().find(|fact| fact.time.span().end_latest == day);
                fact.map(|fact| words.named(fact.time)).unwrap_or_default()
            };
            fill(&words.terms.dates_apart, &[("from", &at(*first)), ("to", &at(*last))])
        }
        Incomparable::PeriodsApart => words.terms.periods_apart.clone(),
        Incomparable::Indistinct => words.terms.indistinct.clone(),
    }
}

/// The indicators that at least two other provinces report and this one does not, each with those that do.
pub(super) fn not_published(comparison: &Comparison, own: usize, words: &Words) -> Vec<Shared> {
    let missing = comparison.rows.iter().filter(|row| {
        !row.indicator.background
            && row.cells.get(own).is_some_and(Option::is_none)
            && row.cells.iter().flatten().count() > 1
    });
    missing
        .map(|row| {
            let reporting = row.cells.iter().enumerate().filter(|(_, cell)| cell.is_some());
            let reporting: Vec<usize> = reporting.map(|(column, _)| column).collect();
            Shared { place: words.label(row), provinces: names(&reporting, words) }
        })
        .collect()
}

/// Indicators of one family that this province and another report, neither the other's; of many provinces, the first with each.
pub(super) fn not_the_same(comparison: &Comparison, own: usize, words: &Words) -> Vec<NotTheSame> {
    let known = |column: usize| comparison.columns.get(column).and_then(|column| column.known());
    let Some(own_known) = known(own) else { return Vec::new() };
    let own_facts = latest_of_families(own_known);
    if own_facts.is_empty() {
        return Vec::new();
    }
    let peers: Vec<(usize, &Known, Vec<&CheckedFact>)> = (0..comparison.columns.len())
        .filter(|peer| *peer != own)
        .filter_map(|peer| known(peer).map(|known| (peer, known, latest_of_families(known))))
        .collect();
    let is_many = comparison.columns.len() > MOST_NAMED;
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut found = Vec::new();
    for fact in own_facts {
        for (peer, peer_known, peer_facts) in &peers {
            if peer_known.latest(&fact.indicator.id).is_some() {
                continue;
            }
            let other = peer_facts.iter().find(|other| {
                other.indicator.family == fact.indicator.family && own_known.latest(&other.indicator.id).is_none()
            });
            let Some(other) = other else { continue };
            let is_new = told.insert((&fact.indicator.id, &other.indicator.id));
            if is_many && !is_new {
                continue;
            }
            found.push(NotTheSame {
                own: traced(fact.indicator.label(words.language)),
                own_period: time(fact, words),
                peer: words.column_name(*peer).to_owned(),
                other: traced(other.indicator.label(words.language)),
                other_period: time(other, words),
            });
        }
    }
    found
}

fn time(fact: &CheckedFact, words: &Words) -> String {
    match fact.time {
        Time::At(_) => words.during(fact.time),
        Time::Over(_) => words.named(fact.time),
    }
}

fn latest_of_families(known: &Known) -> Vec<&CheckedFact> {
    let mut facts: Vec<&CheckedFact> =
        known.facts.iter().filter(|fact| fact.indicator.family.is_some() && !fact.is_derived()).collect();
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.indicator.weight));
    facts
}
