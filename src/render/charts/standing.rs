//! Where provinces stand: bars, or a dot strip.

use super::{Content, Draft, Kind, Sources, amount, cited, distinct, entry, has_figures, push_sentence};
use crate::catalog;
use crate::chart::{Amount, Chart, Mark, Plot, Strip};
use crate::check::CheckedFact;
use crate::compare::{Basis, Place, Row, Standing};
use crate::figure::Decimal;
use crate::render::markdown::capital;
use crate::render::summary::is_summed_up;
use crate::render::terms::fill;
use crate::render::trace::{self, restore};
use crate::render::words::MOST_LISTED;
use std::sync::Arc;

/// Most bars, with those that stand for nothing published; more are read better as dots on a line.
const MOST_BARS: usize = 8;
/// Most ratios that are dots on a line with a label each.
const MOST_LABELLED: usize = 3;
/// From this many times the least amount on, dots on a line lie at equal ratios.
const OUT_OF_SCALE: Decimal = Decimal::ONE_HUNDRED;
/// Most provinces that a headline or a note names.
const MOST_NAMES: usize = 3;

/// The chart of a row without what a document says of its own.
#[derive(Debug)]
pub(in crate::render) struct RowDrawing {
    /// The marks in the order in which they are drawn, nobody's own yet: their digits are traced.
    marks: Vec<Mark>,
    /// The same as they are shown.
    shown: Arc<[Mark]>,
    /// The columns of the marks; none of those that stand for nothing published in the way of bars.
    columns: Vec<Option<usize>>,
    /// All marks in words; none where they are too many.
    told: Option<String>,
    subtitle: String,
    notes: Vec<String>,
    /// The line, where it is dots on one.
    strip: Option<StripLine>,
    pub(super) cited: Vec<(usize, String)>,
    /// How many of them are distinct.
    pub(super) distinct: usize,
}

/// The line of a dot strip.
#[derive(Debug)]
struct StripLine {
    logarithmic: bool,
    /// The word for zero.
    zero: String,
}

/// The chart of a row that is ranked, to be drawn where it is placed; `own` is the briefing's province, and must be among the ranked.
pub(super) fn draft<'a>(sources: &Sources<'_>, row: &'a Row, own: Option<usize>) -> Option<Draft<'a>> {
    let Standing::Ranked { basis, places } = &row.standing else { return None };
    if own.is_some_and(|own| !places.iter().any(|place| place.column == own)) {
        return None;
    }
    let is_drawn = |place: &Place, fact: &CheckedFact| {
        let per_year = *basis == Basis::PerYear;
        amount(fact, place.bounds, per_year).is_some()
            && (!per_year || sources.words.cell(row, place.column).is_some_and(|cell| cell.per_year.is_some()))
    };
    let can_be_drawn =
        || shown(row, places).len() > 1 && shown(row, places).iter().all(|(place, fact)| is_drawn(place, fact));
    sources
        .words
        .can_be_drawn(row, can_be_drawn)
        .then(|| Draft::new(sources, Kind::Standing, &row.indicator, Content::Standing(row)))
}

/// The places that have a figure.
fn shown<'r>(row: &'r Row, places: &'r [Place]) -> Vec<(&'r Place, &'r CheckedFact)> {
    places.iter().filter_map(|place| Some((place, row.cells.get(place.column)?.as_ref()?))).collect()
}

/// Draws a row for all documents.
pub(super) fn draw(sources: &Sources<'_>, row: &Row) -> Option<RowDrawing> {
    let Standing::Ranked { basis, places } = &row.standing else { return None };
    let words = sources.words;
    let shown = shown(row, places);
    let per_year = *basis == Basis::PerYear;
    let one_time = !per_year && shown.windows(2).all(|pair| pair.first().map(time) == pair.last().map(time));
    let all_derived = per_year || shown.iter().all(|(_, fact)| fact.is_derived());
    let (mut marks, mut columns) = (Vec::new(), Vec::new());
    for (place, fact) in &shown {
        let cell = words.cell(row, place.column)?;
        let figure = match () {
            () if per_year => cell.per_year.clone()?,
            () if all_derived || !fact.is_derived() => cell.figure.clone(),
            () => fill(&words.terms.chart.derived, &[("figure", &cell.figure)]),
        };
        columns.push(Some(place.column));
        marks.push(Mark {
            label: words.column_name(place.column).to_owned(),
            figure,
            detail: if one_time { String::new() } else { cell.period.clone() },
            amount: Some(amount(fact, place.bounds, per_year)?),
            is_own: false,
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
    let (strip, notes) = plot(sources, row, &mut marks);
    if strip.is_some() {
        columns.reverse();
    }
    let told = (marks.len() <= MOST_LISTED)
        .then(|| words.long_list(&marks.iter().map(|mark| entry(mark, words)).collect::<Vec<_>>()));
    let cited: Vec<(usize, String)> = shown.iter().flat_map(|(place, fact)| cited(place.column, fact)).collect();
    Some(RowDrawing {
        shown: marks.iter().map(|mark| mark.with_texts(&restore)).collect(),
        marks,
        columns,
        told,
        subtitle: capital(&subtitle),
        notes,
        strip,
        distinct: distinct(&cited),
        cited,
    })
}

impl RowDrawing {
    /// The chart of one document, with the line that tells its sources; and the message and all of the data in words, traced: of very many,
    /// the data that the chart names.
    pub(super) fn chart(
        &self,
        sources: &Sources<'_>,
        row: &Row,
        own: Option<usize>,
        told_sources: &str,
    ) -> Option<(Chart, String)> {
        let Standing::Ranked { places, .. } = &row.standing else { return None };
        let words = sources.words;
        let headline = headline(sources, row, places, own);
        // Without a province of its own, a document points at the one that its headline names.
        let pointed_at = own.or_else(|| leader(places));
        let is_own = |at: usize| pointed_at.is_some() && self.columns.get(at).copied().flatten() == pointed_at;
        let mut alternative = String::new();
        push_sentence(&mut alternative, &headline);
        push_sentence(&mut alternative, &self.subtitle);
        if let Some(told) = &self.told {
            push_sentence(&mut alternative, told);
        } else {
            let ends = [0, self.marks.len().saturating_sub(1)];
            let named = self.marks.iter().enumerate().filter(|(at, _)| is_own(*at) || ends.contains(at));
            let entries: Vec<String> = named.map(|(_, mark)| entry(mark, words)).collect();
            let count = words.count(self.marks.len());
            push_sentence(&mut alternative, &words.fill_level(&words.terms.chart.dots, &[("count", &count)]));
            push_sentence(&mut alternative, &words.long_list(&entries));
        }
        if let Some(strip) = self.strip.as_ref().filter(|strip| !strip.zero.is_empty()) {
            push_sentence(&mut alternative, &fill(&words.terms.chart.from_zero, &[("zero", &strip.zero)]));
        }
        for note in self.notes.iter().map(String::as_str).chain([told_sources]) {
            push_sentence(&mut alternative, note);
        }
        let own_mark = |(at, mark): (usize, &Mark)| Mark { is_own: is_own(at), ..mark.clone() };
        let plot = match &self.strip {
            Some(strip) => Plot::Strip(Strip {
                marks: Arc::clone(&self.shown),
                own: (0..self.shown.len()).find(|at| is_own(*at)),
                logarithmic: strip.logarithmic,
                zero: restore(&strip.zero),
            }),
            None => Plot::Bars(self.shown.iter().enumerate().map(own_mark).collect()),
        };
        let chart = Chart {
            headline: restore(&headline),
            subtitle: restore(&self.subtitle),
            plot,
            notes: self.notes.iter().map(String::as_str).chain([told_sources]).map(restore).collect(),
            alternative: restore(&alternative),
        };
        Some((chart, alternative))
    }
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

/// Bars where there are few and none goes below zero; else dots on a line. Brings the marks into the order in which they are drawn.
fn plot(sources: &Sources<'_>, row: &Row, marks: &mut Vec<Mark>) -> (Option<StripLine>, Vec<String>) {
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
        return (None, notes);
    }
    marks.reverse();
    let logarithmic = is_out_of_scale(&amounts);
    if logarithmic {
        notes.insert(0, words.terms.chart.logarithmic.clone());
    }
    let zero = if is_from_zero && !logarithmic { trace::number(&0) } else { String::new() };
    (Some(StripLine { logarithmic, zero }), notes)
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
    columns.map(|(place, _)| sources.words.column_name(place).to_owned()).collect()
}

/// What is certain of the order, in a sentence.
fn headline(sources: &Sources<'_>, row: &Row, places: &[Place], own: Option<usize>) -> String {
    let words = sources.words;
    let terms = &words.terms.chart;
    let label = words.label(row);
    let names = |places: &[&Place]| {
        // A headline is two or three lines long: a name that is cut in two would be read twice.
        let whole = |place: &&Place| words.column_name(place.column).replace(' ', "\u{a0}");
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
