//! Dates, periods and quarters, as fact sheets write them. The clock is read in `cli` alone and handed down.

mod date;
mod period;
mod quarter;

pub use date::{DateError, PartialDate};
pub use period::{Period, PeriodError, Span};
pub use quarter::{Quarter, QuarterError};
