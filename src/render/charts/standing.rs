//! Where provinces stand: bars, or a dot strip.

use super::{Content, Draft, Drawing, Kind, Sources, amount, cited, has_figures, said};
use crate::catalog::{self, Indicator};
use crate::chart::{Amount, Chart, Mark, Plot, Strip};
use crate::check::CheckedFact;
use crate::compare::{Basis, Place, Row, Standing};
use crate::figure::Decimal;
use crate::render::ranking::name;
use crate::render::summary::is_summed_up;
use crate::render::terms::fill;
use crate::render::trace::{self, traced};
use crate::render::words::Words;

/// Most bars, with those that stand for nothing published; more are read better as dots on a line.
const MOST_BARS: usize = 8;
/// Most ratios that are dots on a line with a label each.
const MOST_LABELLED: usize = 3;
/// From this many times the least amount on, dots on a line lie at equal ratios.
const OUT_OF_SCALE: Decimal = Decimal::ONE_HUNDRED;
/// Most provinces that a headline or a note names.
const MOST_NAMES: usize = 3;

/// The chart of a row that is ranked, to be drawn where it is placed; `own` is the briefing's province, and must be among the ranked.
pub(super) fn draft<'a>(sources: &Sources<'_>, row: &'a Row, own: Option<usize>) -> Option<Draft<'a>> {
    let Standing::Ranked { basis, places } = &row.standing else { return None };
    if own.is_some_and(|own| !places.iter().any(|place| place.column == own)) {
        return None;
    }
    let per_year = *basis == Basis::PerYear;
    let facts = places.iter().filter_map(|place| Some((place, row.cells.get(place.column)?.as_ref()?)));
    let mut count = 0;
    for (place, fact) in facts {
        amount(fact, place.bounds, per_year)?;
        if per_year {
            sources.words.per_year(fact)?;
        }
        count += 1;
    }
    (count > 1).then(|| Draft::new(sources, Kind::Standing, &row.indicator, Content::Standing(row)))
}

/// Draws the chart of a row.
pub(super) fn draw(sources: &Sources<'_>, row: &Row, own: Option<usize>) -> Option<Drawing> {
    let Standing::Ranked { basis, places } = &row.standing else { return None };
    let words = sources.words;
    let shown: Vec<(&Place, &CheckedFact)> =
        places.iter().filter_map(|place| Some((place, row.cells.get(place.column)?.as_ref()?))).collect();
    let per_year = *basis == Basis::PerYear;
    let one_time = !per_year && shown.windows(2).all(|pair| pair.first().map(time) == pair.last().map(time));
    let all_derived = per_year || shown.iter().all(|(_, fact)| fact.is_derived());
    let mut marks = Vec::new();
    for (place, fact) in &shown {
        let figure = match () {
            () if per_year => words.per_year(fact)?,
            () if all_derived => words.figure(fact),
            () => said(fact, words),
        };
        marks.push(Mark {
            label: name(sources.comparison, place.column, words),
            figure,
            detail: if one_time { String::new() } else { words.short(fact.time) },
            amount: Some(amount(fact, place.bounds, per_year)?),
            // Without a province of its own, a document points at the one that its headline names.
            is_own: own.map_or(Some(place.column) == leader(places), |own| own == place.column),
        });
    }
    let subtitle = match shown.first() {
        _ if per_year => words.terms.chart.per_year.clone(),
        Some((_, fact)) if one_time && all_derived => {
            fill(&words.terms.chart.derived, &[("figure", &words.short(fact.time))])
        }
        Some((_, fact)) if one_time => words.short(fact.time),
        _ if all_derived => words.terms.chart.all_derived.clone(),
        _ => String::new(),
    };
    let (plot, notes) = plot(sources, row, marks);
    let chart = Chart {
        headline: headline(sources, row, places, own),
        subtitle: crate::render::markdown::capital(&subtitle),
        plot,
        notes,
        alternative: String::new(),
    };
    let cited = shown.iter().flat_map(|(place, fact)| cited(place.column, fact)).collect();
    Some(Drawing { chart, cited })
}

fn time((_, fact): &(&Place, &CheckedFact)) -> crate::check::Time {
    fact.time
}

/// The column of the first, if it is surely the first.
fn leader(places: &[Place]) -> Option<usize> {
    let [first, others @ ..] = places else { return None };
    others.iter().all(|other| is_above(first, other)).then_some(first.column)
}

/// Those who share the first place, if they are few and surely above all others.
fn leaders(places: &[Place]) -> Vec<&Place> {
    let (first, others): (Vec<&Place>, Vec<&Place>) = places.iter().partition(|place| place.rank == 1);
    let is_sure = others.iter().all(|other| first.iter().all(|place| is_above(place, other)));
    if is_sure && !others.is_empty() && first.len() <= MOST_NAMES { first } else { Vec::new() }
}

/// Whether every value of the one lies above every value of the other.
fn is_above(one: &Place, other: &Place) -> bool {
    matches!((one.bounds.lower, other.bounds.upper), (Some(lower), Some(upper)) if lower > upper)
}

/// Bars where there are few and none goes below zero; else dots.
fn plot(sources: &Sources<'_>, row: &Row, mut marks: Vec<Mark>) -> (Plot, Vec<String>) {
    let words = sources.words;
    let amounts: Vec<Amount> = marks.iter().filter_map(|mark| mark.amount).collect();
    let is_from_zero = amounts.iter().all(|amount| amount.is_from_zero());
    let is_ratio = row.indicator.kind == catalog::Kind::Ratio;
    let missing = missing(sources, row);
    let mut notes = Vec::new();
    let is_few = marks.len() <= MOST_BARS && !(is_ratio && marks.len() <= MOST_LABELLED);
    let names = if is_from_zero && is_few && marks.len() + missing.len() <= MOST_BARS {
        let figure = &words.terms.chart.not_published;
        marks.extend(missing.into_iter().map(|label| Mark {
            label,
            figure: figure.clone(),
            detail: String::new(),
            amount: None,
            is_own: false,
        }));
        Vec::new()
    } else {
        missing
    };
    if !names.is_empty() {
        let provinces = if names.len() > MOST_NAMES { words.counted(names.len()) } else { words.list(&names) };
        notes.push(fill(&words.terms.chart.not_published_by, &[("provinces", &provinces)]));
    }
    if is_from_zero && is_few {
        return (Plot::Bars(marks), notes);
    }
    marks.reverse();
    let logarithmic = is_out_of_scale(&amounts);
    if logarithmic {
        notes.insert(0, words.terms.chart.logarithmic.clone());
    }
    let zero = if is_from_zero && !logarithmic { trace::number(&0) } else { String::new() };
    (Plot::Strip(Strip { marks, logarithmic, zero }), notes)
}

fn is_out_of_scale(amounts: &[Amount]) -> bool {
    let least = amounts.iter().map(|amount| amount.ends().0).min();
    let greatest = amounts.iter().map(|amount| amount.ends().1).max();
    let ratio = least.filter(|least| *least > Decimal::ZERO).zip(greatest);
    ratio.and_then(|(least, greatest)| greatest.checked_div(least)).is_some_and(|ratio| ratio > OUT_OF_SCALE)
}

/// The provinces that publish figures, but none of this indicator.
fn missing(sources: &Sources<'_>, row: &Row) -> Vec<String> {
    let columns = sources.comparison.columns.iter().enumerate().filter(|(place, column)| {
        column.known().is_some_and(has_figures) && row.cells.get(*place).is_some_and(Option::is_none)
    });
    columns.map(|(place, _)| name(sources.comparison, place, sources.words)).collect()
}

/// What is certain of the order, in a sentence.
fn headline(sources: &Sources<'_>, row: &Row, places: &[Place], own: Option<usize>) -> String {
    let words = sources.words;
    let terms = &words.terms.chart;
    let label = label(&row.indicator, words);
    let names = |places: &[&Place]| {
        // A headline is two or three lines long: a name that is cut in two would be read twice.
        let whole = |place: &&Place| name(sources.comparison, place.column, words).replace(' ', "\u{a0}");
        let names: Vec<String> = places.iter().map(whole).collect();
        words.list(&names)
    };
    let is_ratio = row.indicator.kind == catalog::Kind::Ratio;
    let more = |provinces: &str, others: &str| {
        let term = if is_ratio { &terms.higher } else { &terms.more };
        fill(term, &[("label", &label), ("provinces", provinces), ("others", others)])
    };
    let most = |places: &[&Place]| {
        let term = if is_ratio { &terms.highest } else { &terms.most };
        fill(term, &[("label", &label), ("province", &names(places))])
    };
    let Some(own) = own.and_then(|own| places.iter().find(|place| place.column == own)) else {
        return match places.first().filter(|first| leader(places) == Some(first.column)) {
            Some(first) => most(&[first]),
            // Of very many the order is open for some, and certain for others.
            None if is_summed_up(sources.comparison) => {
                let leaders = leaders(places);
                if leaders.is_empty() { label } else { most(&leaders) }
            }
            None => fill(&terms.unclear, &[("label", &label)]),
        };
    };
    let above: Vec<&Place> = places.iter().filter(|place| is_above(place, own)).collect();
    let below: Vec<&Place> = places.iter().filter(|place| is_above(own, place)).collect();
    match (above.len(), below.len()) {
        (0, 0) => fill(&terms.unclear, &[("label", &label)]),
        (0, count) if count > MOST_NAMES && count + 1 == places.len() => most(&[own]),
        (0, count) if count <= MOST_NAMES => more(&names(&[own]), &names(&below)),
        (count, _) if count <= MOST_NAMES && count > 0 => more(&names(&above), &names(&[own])),
        _ => words.fill_level(
            &terms.among,
            &[
                ("label", &label),
                ("province", &names(&[own])),
                ("ordinal", &words.ordinal(own.rank)),
                ("count", &words.count(places.len())),
            ],
        ),
    }
}

fn label(indicator: &Indicator, words: &Words) -> String {
    traced(indicator.label(words.language))
}
