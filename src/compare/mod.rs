//! checked sheets to a comparison.
