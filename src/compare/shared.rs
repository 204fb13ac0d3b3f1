//! Partners and countries that several provinces have in common.

use super::{Column, Comparison};
use crate::catalog::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A place abroad, and the columns of the provinces that deal with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPlace {
    /// The place.
    pub place: Place,
    /// The columns.
    pub columns: BTreeSet<usize>,
}

/// Partner localities and bodies that at least two provinces have, in the order of their ids.
pub fn shared_places(comparison: &Comparison) -> Vec<SharedPlace> {
    shared(comparison, partners)
}

/// Countries with which at least two provinces have partners or events, in the order of their ids; `country` gives the country
/// of a place.
pub fn shared_countries<'c>(
    comparison: &'c Comparison,
    country: impl Fn(&'c Place) -> Option<&'c Place>,
) -> Vec<SharedPlace> {
    shared(comparison, |column| {
        let events = column.known().into_iter().flat_map(|known| &known.events).flat_map(|event| &event.places);
        partners(column).chain(events).filter_map(&country)
    })
}

fn partners(column: &Column) -> impl Iterator<Item = &Place> {
    column.known().into_iter().flat_map(|known| &known.partners).map(|partner| &partner.place)
}

fn shared<'c, I: Iterator<Item = &'c Place>>(
    comparison: &'c Comparison,
    places: impl Fn(&'c Column) -> I,
) -> Vec<SharedPlace> {
    let mut found: BTreeMap<&str, (&Place, BTreeSet<usize>)> = BTreeMap::new();
    for (position, column) in comparison.columns.iter().enumerate() {
        for place in places(column) {
            found.entry(&place.id).or_insert_with(|| (place, BTreeSet::new())).1.insert(position);
        }
    }
    let shared = found.into_values().filter(|(_, columns)| columns.len() > 1);
    shared.map(|(place, columns)| SharedPlace { place: place.clone(), columns }).collect()
}
