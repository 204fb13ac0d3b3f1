//! The equations behind the named kinds of relation, and what is known of an operand left out.

use super::expression::{Equation, Expression};
use super::facts::Facts;
use super::formula;
use super::fraction::Fraction;
use super::range::Range;
use super::relate::Term;
use super::solve::{Domain, Level, Variable};
use crate::catalog::{Place, PlaceKind};
use crate::figure::{Unit, UnitKind};
use crate::sheet::{List, RelationKind};

/// Whether a relation's rate or share is told as a multiple, "2.3 times", instead of a percentage.
pub(super) fn is_multiple(term: &Term<'_>) -> bool {
    matches!(term.role, "rate" | "index" | "percent") && term.unit() == Some(Unit::COUNT)
}

/// Whether a conversion divides: a rate of dong to a dollar turns dollars into dong by multiplying, and dong into dollars by
/// dividing.
pub(super) fn divides(terms: &[Term<'_>]) -> bool {
    let unit = |role: &str| terms.iter().find(|term| term.role == role).and_then(Term::unit);
    let rate = unit("rate").filter(|rate| rate.kind() == UnitKind::Currency);
    rate.is_some_and(|rate| Some(rate) == unit("amount") && Some(rate) != unit("result") && unit("result").is_some())
}

/// What is known of operands beyond their own figures: of those left out, and of those whose words are open.
pub(super) fn settle(kind: &RelationKind, terms: &mut [Term<'_>]) {
    settle_unknowns(terms);
    // A percentage, a rate and a mean are of something: "nearly 8" things are not none.
    let base = match kind {
        RelationKind::Percentage { .. } => "whole",
        RelationKind::Growth { .. } => "previous",
        RelationKind::Attainment { .. } => "plan",
        RelationKind::Mean { .. } => "count",
        _ => "",
    };
    for term in terms.iter_mut().filter(|term| term.role == base) {
        let is_some = term.domain.range(Level::Expected).lower().is_some_and(Fraction::is_positive);
        if term.domain.is_whole() && term.domain.is_known() && is_some {
            term.domain = term.domain.clone().from_one();
        }
    }
    match kind {
        // "Up 2.3 times" is said of 2.3 times as much, and of 2.3 times more.
        RelationKind::Growth { as_index: false, .. } => {
            for term in terms.iter_mut().filter(|term| is_multiple(term)) {
                term.domain = term.domain.clone().or_more_by(&Fraction::ONE);
            }
        }
        // Shares without a whole are said to exhaust one.
        RelationKind::Total { .. } => {
            let are_shares =
                terms.iter().filter(|term| term.role == "part").all(|term| term.unit() == Some(Unit::PERCENT));
            let whole = terms.iter_mut().find(|term| term.role == "whole" && term.id.is_none());
            if let (true, Some(whole)) = (are_shares, whole) {
                whole.domain = Domain::printed(Range::point(Fraction::HUNDRED));
            }
        }
        _ => {}
    }
}

/// An operand left out is of the same kind as the one it stands beside: the plan behind a whole number of workers is a whole
/// number of workers, the exports of the year before are dollars and not below zero.
fn settle_unknowns(terms: &mut [Term<'_>]) {
    let beside = |role: &str| match role {
        "plan" => Some("actual"),
        "previous" => Some("current"),
        "actual" => Some("plan"),
        "current" => Some("previous"),
        "part" => Some("whole"),
        "whole" => Some("part"),
        "from" => Some("less"),
        _ => None,
    };
    for place in 0..terms.len() {
        let Some(term) = terms.get(place).filter(|term| term.id.is_none()) else { continue };
        let sibling = beside(term.role).and_then(|role| terms.iter().find(|other| other.role == role)).cloned();
        let mean_of_things = term.role == "total"
            && terms.iter().any(|other| other.role == "mean" && other.unit().is_some_and(|unit| unit == Unit::COUNT));
        let number_of_things = term.role == "count";
        let Some(term) = terms.get_mut(place) else { continue };
        let from_zero = Domain::unknown(Range::at_least(Fraction::ZERO));
        if let Some(sibling) = sibling {
            term.indicator = sibling.indicator;
            term.domain = if sibling.domain.is_whole() { from_zero.whole() } else { from_zero };
        } else if mean_of_things || number_of_things {
            term.domain = from_zero.whole();
        }
    }
}

/// The places that a count relation counts, each once however often and however spelt; nothing for other relations. None if
/// one of them is not known, which a diagnostic of its own says.
pub(super) fn listed<'a>(facts: &Facts<'a>, kind: &RelationKind) -> Option<Vec<&'a Place>> {
    let RelationKind::Count { list, .. } = kind else { return Some(Vec::new()) };
    let mut places: Vec<&Place> = match list {
        List::Places(places) => places.iter().map(|place| facts.place(place)).collect::<Option<_>>()?,
        List::Partners => {
            let partners = facts.sheet.partners.iter().map(|partner| facts.place(&partner.place));
            partners
                .filter(|place| place.is_none_or(|place| place.kind == PlaceKind::Locality))
                .collect::<Option<_>>()?
        }
    };
    let mut seen = Vec::new();
    places.retain(|place| {
        let new = !seen.contains(&place.id.as_str());
        seen.push(place.id.as_str());
        new
    });
    Some(places)
}

/// The equations of a relation whose operands are the terms, in order; `listed` is the length of the list that it counts.
pub(super) fn equations(kind: &RelationKind, terms: &[Term<'_>], listed: usize) -> Vec<Equation<Variable>> {
    let all: Vec<Variable> = terms.iter().map(|term| term.variable).collect();
    let is_multiple = terms.iter().any(is_multiple);
    match (kind, all.as_slice()) {
        (RelationKind::Growth { .. } | RelationKind::Attainment { .. }, [result, base, times]) if is_multiple => {
            vec![formula::multiple(*result, *base, *times)]
        }
        (RelationKind::Total { .. }, [parts @ .., whole]) => vec![formula::total(parts.iter().copied(), *whole)],
        (RelationKind::Part { .. }, [part, whole]) => vec![formula::part(*part, *whole)],
        (RelationKind::Percentage { .. }, [part, whole, percent]) => vec![formula::percentage(*part, *whole, *percent)],
        (RelationKind::Growth { as_index: false, .. }, [current, previous, rate]) => {
            vec![formula::growth(*current, *previous, *rate)]
        }
        (RelationKind::Growth { .. }, [current, previous, index]) => vec![formula::index(*current, *previous, *index)],
        (RelationKind::Attainment { as_excess: false, .. }, [actual, plan, percent]) => {
            vec![formula::attainment(*actual, *plan, *percent)]
        }
        (RelationKind::Attainment { .. }, [actual, plan, excess]) => vec![formula::excess(*actual, *plan, *excess)],
        (RelationKind::Difference { .. }, [from, less, is]) => vec![formula::difference(*from, *less, *is)],
        (RelationKind::Mean { .. }, [total, count, mean]) => vec![formula::mean(*total, *count, *mean)],
        (RelationKind::Count { .. }, [stated]) => vec![counted(listed, *stated)],
        (RelationKind::Equal { .. }, facts) => equal_pairs(terms, facts).into_iter().flat_map(formula::equal).collect(),
        (RelationKind::Conversion { .. }, [amount, rate, result]) => {
            let (from, to) = if divides(terms) { (result, amount) } else { (amount, result) };
            vec![formula::conversion(*from, *rate, *to)]
        }
        _ => Vec::new(),
    }
}

/// The most facts of which every pair is compared: of a thousand, there are half a million.
const MOST_PAIRED: usize = 24;

/// The pairs of facts to compare: every pair, not only neighbours, as 3.4 and 3.6 may each meet "about 3.5" and not each other.
/// Of many facts, neighbours, and the one that begins last with the one that ends first: if these meet, all share a number (Helly).
fn equal_pairs(terms: &[Term<'_>], facts: &[Variable]) -> Vec<[Variable; 2]> {
    let all: Vec<usize> = (0..facts.len()).collect();
    let mut places: Vec<(usize, usize)> = Vec::new();
    if facts.len() <= MOST_PAIRED {
        places.extend(all.iter().flat_map(|one| all.iter().skip(one + 1).map(move |other| (*one, *other))));
    } else {
        let ends = |level| terms.iter().map(move |term: &Term<'_>| term.domain.range(level)).enumerate();
        let mut extremes: Vec<usize> = Vec::new();
        for level in [Level::Expected, Level::Strict, Level::Truncated] {
            let last = ends(level).filter(|(_, range)| range.lower().is_some()).max_by_key(|(_, range)| range.lower());
            let first = ends(level).filter_map(|(place, range)| Some((range.upper()?, place))).min();
            extremes.extend(last.map(|(place, _)| place).into_iter().chain(first.map(|(_, place)| place)));
        }
        extremes.sort_unstable();
        extremes.dedup();
        places.extend(
            extremes
                .iter()
                .enumerate()
                .flat_map(|(at, one)| extremes.iter().skip(at + 1).map(move |other| (*one, *other))),
        );
        places.extend(all.iter().zip(all.iter().skip(1)).map(|(one, other)| (*one, *other)));
        places.sort_unstable();
        places.dedup();
    }
    places.into_iter().filter_map(|(one, other)| Some([*facts.get(one)?, *facts.get(other)?])).collect()
}

/// `the number of entries = stated`.
fn counted(entries: usize, stated: Variable) -> Equation<Variable> {
    let entries = Fraction::from(i64::try_from(entries).unwrap_or(i64::MAX));
    Equation::equal(Expression::Number(entries), Expression::Variable(stated))
}
