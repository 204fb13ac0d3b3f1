//! The equations behind the named kinds of relation, and what is known of an operand left out.

use super::expression::{Equation, Expression};
use super::facts::Facts;
use super::formula;
use super::fraction::Fraction;
use super::range::Range;
use super::relate::Term;
use super::solve::{Domain, Variable};
use crate::catalog::{Place, PlaceKind};
use crate::figure::Unit;
use crate::sheet::{List, RelationKind};

/// An operand left out is of the same kind as the one it stands beside: the plan behind a whole number of workers is a whole
/// number of workers, the exports of the year before are dollars and not below zero.
pub(super) fn settle_unknowns(terms: &mut [Term<'_>]) {
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
    match (kind, all.as_slice()) {
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
        (RelationKind::Equal { .. }, facts) => {
            // Every pair, not only neighbours: 3.4 and 3.6 may each meet "about 3.5" and not each other.
            let pairs = facts
                .iter()
                .enumerate()
                .flat_map(|(place, one)| facts.iter().skip(place + 1).map(move |other| [*one, *other]));
            pairs.flat_map(formula::equal).collect()
        }
        (RelationKind::Conversion { .. }, [amount, rate, result]) => {
            vec![formula::conversion(*amount, *rate, *result)]
        }
        _ => Vec::new(),
    }
}

/// `the number of entries = stated`.
fn counted(entries: usize, stated: Variable) -> Equation<Variable> {
    let entries = Fraction::from(i64::try_from(entries).unwrap_or(i64::MAX));
    Equation::equal(Expression::Number(entries), Expression::Variable(stated))
}
