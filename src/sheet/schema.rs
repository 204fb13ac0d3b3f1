//! The JSON Schema of a fact sheet, for editors that complete and underline.

use super::raw::RawSheet;
use schemars::Schema;

/// The schema, made from the types that read a sheet.
pub fn schema() -> Schema {
    schemars::schema_for!(RawSheet)
}
