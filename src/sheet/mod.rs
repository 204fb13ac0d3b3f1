//! The fact sheet: YAML with positions to typed facts.

mod about;
mod limits;
mod load;
mod located;
mod model;
mod node;
mod plain;
mod raw;
mod read;
mod relations;
mod schema;
pub mod vintage;
pub(crate) mod yaml;

pub use about::{commune_of, names_commune, province_of};
pub use load::load;
pub use located::Located;
pub(crate) use located::{ScalarOr, Written};
pub use model::{
    Allowance, Event, Fact, FactSheet, List, LocalText, Operand, Partner, Printed, Publication, Relation, RelationKind,
    Source, When,
};
pub use read::{ReadSheetError, read_file, sheet_paths};
pub use schema::schema;

/// The version of the sheet's form that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

/// The code of every fault of form: not YAML, an unknown key, a value of the wrong kind.
pub const UNREADABLE_SHEET: &str = "unreadable-sheet";
