//! the fact sheet.
