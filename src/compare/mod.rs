//! Checked sheets to a comparison: what each province published by a quarter's end, side by side; numbers only, no words.

mod known;
mod rank;
mod shared;

pub use known::{Column, Known, Revision, RevisionKind, Status};
pub use rank::{Basis, Incomparable, Place, Standing, per_year};
pub use shared::{SharedPlace, shared_countries, shared_places};

use crate::calendar::Quarter;
use crate::catalog::{Catalog, Indicator, Locality};
use crate::check::{CheckedFact, CheckedSheet};
use std::collections::BTreeSet;

/// The provinces side by side, as known by the end of a quarter.
#[derive(Debug)]
pub struct Comparison {
    /// The quarter.
    pub quarter: Quarter,
    /// A column to a province, in the order of their names.
    pub columns: Vec<Column>,
    /// A row to an indicator that any province reports, in the catalogue's order.
    pub rows: Vec<Row>,
}

/// One indicator over all provinces.
#[derive(Debug)]
pub struct Row {
    /// Its place among the rows.
    pub position: usize,
    /// The indicator.
    pub indicator: Indicator,
    /// Each column's latest fact.
    pub cells: Vec<Option<CheckedFact>>,
    /// What may be said of the provinces' order.
    pub standing: Standing,
}

/// A province or commune and its sheet, or nothing where its sheet has errors.
pub type Sheet<'a> = (&'a Locality, Option<&'a CheckedSheet>);

/// Compares the provinces.
pub fn compare(sheets: &[Sheet<'_>], catalog: &Catalog, quarter: Quarter) -> Comparison {
    let mut columns: Vec<Column> =
        sheets.iter().map(|(locality, sheet)| Column::new(locality, *sheet, catalog, quarter)).collect();
    columns.sort_by(|one, other| one.locality.id.cmp(&other.locality.id));
    let (mut indicators, mut found): (Vec<&Indicator>, BTreeSet<&str>) = (Vec::new(), BTreeSet::new());
    for known in columns.iter().filter_map(Column::known) {
        for fact in &known.facts {
            if found.insert(fact.indicator.id.as_str()) {
                indicators.push(&fact.indicator);
            }
        }
    }
    indicators.sort_by_cached_key(|indicator| (catalog.indicators.position(&indicator.id), indicator.id.clone()));
    let rows = indicators
        .into_iter()
        .enumerate()
        .map(|(position, indicator)| {
            let cells: Vec<Option<CheckedFact>> = columns
                .iter()
                .map(|column| column.known().and_then(|known| known.latest(&indicator.id)).cloned())
                .collect();
            let standing = rank::standing(indicator, &cells);
            Row { position, indicator: indicator.clone(), cells, standing }
        })
        .collect();
    Comparison { quarter, columns, rows }
}

impl Comparison {
    /// The column of a province or commune, by its id.
    pub fn column(&self, locality: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.locality.id == locality)
    }

    /// The row of an indicator.
    pub fn row(&self, indicator: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.indicator.id == indicator)
    }
}
