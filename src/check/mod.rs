//! arithmetic over the facts of a sheet.

pub mod conflict;
pub mod expression;
pub mod formula;
pub mod fraction;
pub mod judge;
pub mod locate;
mod margin;
pub mod parse;
pub mod propagate;
pub mod range;
pub mod solve;
