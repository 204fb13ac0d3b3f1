//! The order in which relations are judged: one that derives a figure comes before those that use it, wherever it stands.

use super::expression::Equation;
use super::facts::Facts;
use super::parse::Name;
use crate::sheet::{Operand, RelationKind};
use std::collections::BTreeSet;

/// The places of a sheet's relations in an order in which each figure is derived before it is used, and otherwise as they stand.
/// Relations in a circle come last. By Kahn, *Topological sorting of large networks* (1962).
pub(super) fn of(facts: &Facts<'_>) -> Vec<usize> {
    let relations = &facts.sheet.relations;
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); relations.len()];
    let mut waits: Vec<usize> = vec![0; relations.len()];
    if facts.derives_any() {
        for (place, relation) in relations.iter().enumerate() {
            let named = used(&relation.kind, facts.equation(place));
            let makers: BTreeSet<usize> = named.into_iter().filter_map(|id| facts.derived_by(id)).collect();
            for maker in makers.into_iter().filter(|maker| *maker != place) {
                if let (Some(users), Some(waits)) = (users.get_mut(maker), waits.get_mut(place)) {
                    users.push(place);
                    *waits += 1;
                }
            }
        }
    }
    let mut ready: BTreeSet<usize> = (0..relations.len()).filter(|place| waits.get(*place) == Some(&0)).collect();
    let mut order = Vec::with_capacity(relations.len());
    while let Some(place) = ready.pop_first() {
        order.push(place);
        for user in users.get(place).into_iter().flatten() {
            if let Some(waits) = waits.get_mut(*user) {
                *waits -= 1;
                if *waits == 0 {
                    ready.insert(*user);
                }
            }
        }
    }
    let circle = waits.iter().enumerate().filter(|(_, waits)| **waits > 0).map(|(place, _)| place);
    order.extend(circle);
    order
}

/// The ids that a relation names; those of an equation as it was read, if it could be.
pub(super) fn used<'k>(kind: &'k RelationKind, equation: Option<&Equation<Name<'k>>>) -> Vec<&'k str> {
    let named = |operand: &'k Operand| if let Operand::Fact(id) = operand { Some(id.as_str()) } else { None };
    let operands = kind.operands().filter_map(|(_, operand)| named(operand));
    operands.chain(equation.iter().flat_map(|equation| equation.variables()).map(|name| name.text)).collect()
}
