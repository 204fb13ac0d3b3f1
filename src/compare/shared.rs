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
    shared(comparison, |column| partners(column).cloned().collect())
}

/// Countries with which at least two provinces have partners or events, in the order of their ids; `country` gives the country
/// of a place.
pub fn shared_countries(comparison: &Comparison, country: impl Fn(&Place) -> Option<Place>) -> Vec<SharedPlace> {
    shared(comparison, |column| {
        let events = column.known().into_iter().flat_map(|known| &known.events).flat_map(|event| &event.places);
        partners(column).chain(events).filter_map(&country).collect()
    })
}

fn partners(column: &Column) -> impl Iterator<Item = &Place> {
    column.known().into_iter().flat_map(|known| &known.partners).map(|partner| &partner.place)
}

fn shared(comparison: &Comparison, places: impl Fn(&Column) -> Vec<Place>) -> Vec<SharedPlace> {
    let mut found: BTreeMap<String, SharedPlace> = BTreeMap::new();
    for (position, column) in comparison.columns.iter().enumerate() {
        for place in places(column) {
            let entry = found.entry(place.id.clone());
            entry.or_insert_with(|| SharedPlace { place, columns: BTreeSet::new() }).columns.insert(position);
        }
    }
    found.into_values().filter(|shared| shared.columns.len() > 1).collect()
}
