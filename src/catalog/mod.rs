//! The catalogue: indicators, provinces and places, and the look-ups that find them by any spelling.
//!
//! The entries are YAML files embedded in the program: to add one, write its entry; no Rust changes.

pub mod error;
mod fold;
pub mod indicators;
pub mod locality;
pub mod name;
pub mod places;
pub mod provinces;
mod rows;
pub mod spelling;

pub use error::{CatalogError, Fault, FaultyEntry};
pub use fold::fold;
pub use indicators::{Indicator, IndicatorEntry, Indicators, Kind, Theme};
pub use locality::{Commune, CommuneKind, Group, Locality};
pub use name::LocalizedName;
pub use places::{Place, PlaceEntry, PlaceKind, Places, UnknownPlace};
pub use provinces::{Province, ProvinceKind, Provinces, UnknownProvince};
pub use spelling::NearMiss;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// What the program knows before it reads a fact sheet. A copy is cheap: the entries are shared.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// What can be measured.
    pub indicators: Arc<Indicators>,
    /// The provinces of Viet Nam, former and present.
    pub provinces: Arc<Provinces>,
    /// Countries, and partner localities and bodies abroad.
    pub places: Arc<Places>,
}

impl Catalog {
    /// The catalogue that is built into the program. An entry is read when it is first asked for.
    ///
    /// # Errors
    ///
    /// None: the build script and tests keep the embedded files sound.
    pub fn builtin() -> Result<Catalog, CatalogError> {
        static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            indicators: Arc::new(Indicators::built_in()),
            provinces: Arc::new(Provinces::built_in()),
            places: Arc::new(Places::built_in()),
        });
        Ok(BUILTIN.clone())
    }

    /// The catalogue with the places that a fact sheet adds.
    ///
    /// # Errors
    ///
    /// As [`Places::with`].
    pub fn with_places(&self, extra: BTreeMap<String, PlaceEntry>) -> Result<Catalog, FaultyEntry> {
        if extra.is_empty() {
            return Ok(self.clone());
        }
        Ok(Catalog { places: Arc::new(self.places.with(extra)?), ..self.clone() })
    }
}
