//! arithmetic over the facts of a sheet.
