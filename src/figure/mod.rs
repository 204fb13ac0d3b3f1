//! a figure as printed.
