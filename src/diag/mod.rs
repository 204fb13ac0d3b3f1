//! diagnostics as data.
