//! Which provinces may be put in an order, on what ground, and why not.
//!
//! | indicator | ranked when |
//! | --- | --- |
//! | stock | the dates lie within twelve months |
//! | flow | the periods are the same; else per year, and marked so |
//! | ratio | the periods have days in common |
//!
//! Two provinces whose figures admit a common value share a place: what printed digits and hedges leave open is not decided.

use crate::calendar::Span;
use crate::catalog::{Indicator, Kind};
use crate::check::fraction::Fraction;
use crate::check::{CheckedFact, Time};
use crate::diag::Bounds;
use crate::figure::Decimal;
use chrono::{Datelike, NaiveDate};
use std::cmp::Ordering;

/// Most months that may lie between the dates of stocks that are ranked.
const STOCK_MONTHS: i32 = 12;
/// Digits to which a yearly figure is kept; shown ones have fewer.
const YEARLY_DIGITS: u32 = 12;

/// What may be said of the order of the provinces in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Fewer than two provinces report it.
    Alone,
    /// The provinces in order, greatest first.
    Ranked {
        /// On what ground.
        basis: Basis,
        /// The places, greatest first.
        places: Vec<Place>,
    },
    /// They may not be ranked.
    Incomparable(Incomparable),
}

/// On what ground provinces are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The figures are of one time.
    SameTime,
    /// Flows over different spans, taken to a year.
    PerYear,
    /// Ratios, whose size does not depend on the length of their periods.
    Ratio,
}

/// Why provinces may not be ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomparable {
    /// Stocks at dates more than a year apart: the earliest and the latest.
    DatesApart(NaiveDate, NaiveDate),
    /// Ratios of periods that have no day in common.
    PeriodsApart,
    /// What the figures admit overlaps for all: no order is certain.
    Indistinct,
}

/// A province's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The column.
    pub column: usize,
    /// The place, from 1; shared by those who cannot be told apart.
    pub rank: usize,
    /// Whether another has the same place.
    pub shared: bool,
    /// The figure that decided: as it stands, or per year.
    pub bounds: Bounds,
}

/// What may be said of a row.
pub(super) fn standing(indicator: &Indicator, cells: &[Option<CheckedFact>]) -> Standing {
    let facts: Vec<(usize, &CheckedFact)> =
        cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_ref()?))).collect();
    if facts.len() < 2 {
        return Standing::Alone;
    }
    let times: Vec<Time> = facts.iter().map(|(_, fact)| fact.time).collect();
    let basis = match basis(indicator.kind, &times) {
        Ok(basis) => basis,
        Err(reason) => return Standing::Incomparable(reason),
    };
    let bounded = facts.into_iter().filter_map(|(column, fact)| {
        let bounds = if basis == Basis::PerYear { per_year(fact)? } else { fact.bounds() };
        Some((column, bounds))
    });
    places(bounded.collect(), basis)
}

fn basis(kind: Kind, times: &[Time]) -> Result<Basis, Incomparable> {
    let spans: Vec<Span> = times.iter().map(|time| time.span()).collect();
    let same = spans.windows(2).all(|pair| pair.first() == pair.last());
    match kind {
        _ if same => Ok(Basis::SameTime),
        Kind::Flow => Ok(Basis::PerYear),
        Kind::Stock => {
            let days = spans.iter().map(|span| span.end_latest);
            match (days.clone().min(), days.max()) {
                (Some(first), Some(last)) if months(last) - months(first) > STOCK_MONTHS => {
                    Err(Incomparable::DatesApart(first, last))
                }
                _ => Ok(Basis::SameTime),
            }
        }
        Kind::Ratio => {
            let latest_start = spans.iter().map(|span| span.start).max();
            let earliest_end = spans.iter().map(|span| span.end_earliest).min();
            if latest_start <= earliest_end { Ok(Basis::Ratio) } else { Err(Incomparable::PeriodsApart) }
        }
    }
}

fn months(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

fn places(mut figures: Vec<(usize, Bounds)>, basis: Basis) -> Standing {
    let middle = |bounds: &Bounds| match (bounds.lower, bounds.upper) {
        (Some(lower), Some(upper)) => lower.checked_add(upper).unwrap_or(Decimal::MAX),
        (Some(lower), None) => lower.checked_add(lower).unwrap_or(Decimal::MAX),
        (None, Some(upper)) => upper,
        (None, None) => Decimal::ZERO,
    };
    figures.sort_by(|(one_column, one), (other_column, other)| {
        middle(other).cmp(&middle(one)).then(one_column.cmp(other_column))
    });
    let mut places: Vec<Place> = Vec::new();
    for (position, (column, bounds)) in figures.into_iter().enumerate() {
        let tied = places.last_mut().filter(|last| order(&last.bounds, &bounds) == Ordering::Equal);
        let (rank, shared) = match tied {
            Some(last) => {
                last.shared = true;
                (last.rank, true)
            }
            None => (position + 1, false),
        };
        places.push(Place { column, rank, shared, bounds });
    }
    if places.len() < 2 {
        Standing::Alone
    } else if places.iter().all(|place| place.rank == 1) && !places.iter().all(|place| is_point(&place.bounds)) {
        Standing::Incomparable(Incomparable::Indistinct)
    } else {
        Standing::Ranked { basis, places }
    }
}

fn is_point(bounds: &Bounds) -> bool {
    bounds.lower.is_some() && bounds.lower == bounds.upper
}

/// Greater if every value of the one is above every value of the other; equal if that cannot be told.
fn order(one: &Bounds, other: &Bounds) -> Ordering {
    let above = |one: &Bounds, other: &Bounds| match (one.lower, other.upper) {
        (Some(lower), Some(upper)) => lower > upper,
        _ => false,
    };
    if above(one, other) {
        Ordering::Greater
    } else if above(other, one) {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

/// A flow taken to a year: twelve times the figure over the months that it covers, as wide as figure and period leave it.
/// None for what is no flow, or has no ends.
pub fn per_year(fact: &CheckedFact) -> Option<Bounds> {
    if fact.indicator.kind != Kind::Flow {
        return None;
    }
    let (shortest, longest) = fact.time.span().months();
    let yearly = |figure: Option<Decimal>, months: u32| {
        let twelve = Fraction::from(12);
        (&Fraction::from(figure?) * &twelve).divided_by(&Fraction::from(i64::from(months)))?.to_decimal(YEARLY_DIGITS)
    };
    let bounds = fact.bounds();
    Some(Bounds { lower: yearly(bounds.lower, longest), upper: yearly(bounds.upper, shortest) })
}
