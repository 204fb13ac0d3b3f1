//! What the documents of one comparison say alike, in a language. Each of it is put into words by the first document that needs it.

use super::charts::RowDrawing;
use super::summary::{is_summed_up, most_common_first};
use super::trace::traced;
use super::words::Words;
use crate::catalog::Catalog;
use crate::compare::{Basis, Comparison, Row, SharedPlace, Standing, shared_countries, shared_places};
use std::sync::OnceLock;

/// The words of a comparison.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The names of the columns' localities.
    names: Vec<String>,
    rows: Vec<ToldRow>,
    partners: OnceLock<Vec<SharedPlace>>,
    countries: OnceLock<Vec<SharedPlace>>,
}

/// The words of a row.
#[derive(Debug)]
struct ToldRow {
    label: String,
    cells: Vec<OnceLock<ToldCell>>,
    can_be_drawn: OnceLock<bool>,
    drawing: OnceLock<Option<RowDrawing>>,
}

/// The words of a figure.
#[derive(Debug)]
pub(super) struct ToldCell {
    /// The figure, as printed or as derived.
    pub(super) figure: String,
    /// Its time, as in a table.
    pub(super) period: String,
    /// The figure taken to a year, where the row is ranked so and it can be.
    pub(super) per_year: Option<String>,
}

impl Told {
    /// Nothing but the names so far; `words` know the level of the comparison.
    pub(super) fn new(comparison: &Comparison, words: &Words) -> Told {
        let row = |row: &Row| ToldRow {
            label: traced(row.indicator.label(words.language)),
            cells: row.cells.iter().map(|_| OnceLock::new()).collect(),
            can_be_drawn: OnceLock::new(),
            drawing: OnceLock::new(),
        };
        Told {
            names: comparison.columns.iter().map(|column| words.name(&column.locality)).collect(),
            rows: comparison.rows.iter().map(row).collect(),
            partners: OnceLock::new(),
            countries: OnceLock::new(),
        }
    }
}

impl Words {
    /// The name of a column's locality.
    pub(super) fn column_name(&self, column: usize) -> &str {
        self.told.names.get(column).map_or("", String::as_str)
    }

    /// The label of a row's indicator.
    pub(super) fn label(&self, row: &Row) -> String {
        match self.told.rows.get(row.position) {
            Some(told) => told.label.clone(),
            None => traced(row.indicator.label(self.language)),
        }
    }

    /// The words of a row's figure in a column; none if it has none there.
    pub(super) fn cell(&self, row: &Row, column: usize) -> Option<&ToldCell> {
        let fact = row.cells.get(column)?.as_ref()?;
        let cell = self.told.rows.get(row.position)?.cells.get(column)?;
        Some(cell.get_or_init(|| {
            let is_yearly = matches!(row.standing, Standing::Ranked { basis: Basis::PerYear, .. });
            ToldCell {
                figure: self.figure(fact),
                period: self.short(fact.time),
                per_year: if is_yearly { self.per_year(fact) } else { None },
            }
        }))
    }

    /// Whether a row can be drawn: asked of each row by each document, while few of them are drawn.
    pub(super) fn can_be_drawn(&self, row: &Row, can_be: impl FnOnce() -> bool) -> bool {
        self.told.rows.get(row.position).is_some_and(|told| *told.can_be_drawn.get_or_init(can_be))
    }

    /// The drawing of a row, without what a document says of its own; none if it cannot be drawn.
    pub(super) fn drawing(&self, row: &Row, draw: impl FnOnce() -> Option<RowDrawing>) -> Option<&RowDrawing> {
        self.told.rows.get(row.position)?.drawing.get_or_init(draw).as_ref()
    }

    /// The partners that several of the comparison have.
    pub(super) fn shared_partners(&self, comparison: &Comparison) -> &[SharedPlace] {
        self.told.partners.get_or_init(|| shared_places(comparison))
    }

    /// The countries that several of the comparison deal with; of very many, those of most first.
    pub(super) fn shared_countries(&self, comparison: &Comparison, catalog: &Catalog) -> &[SharedPlace] {
        self.told.countries.get_or_init(|| {
            let shared = shared_countries(comparison, |place| catalog.places.country_of(&place.id).or(Some(place)));
            if is_summed_up(comparison) { most_common_first(shared) } else { shared }
        })
    }
}
