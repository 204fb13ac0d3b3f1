//! Hedges: what a source says of a number's exactness.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How a source hedges a number. The size of a figure is meant: "down nearly 5%" is between −5 % and 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// No hedge: the digits are as good as they were printed.
    #[default]
    Exact,
    /// about, around, some / khoảng, chừng, xấp xỉ.
    About,
    /// over, more than, "800+" / trên, hơn, vượt.
    Over,
    /// nearly, almost, just under / gần.
    Nearly,
    /// at least, no fewer than / ít nhất, không dưới.
    AtLeast,
    /// up to, at most, under / tối đa, không quá, dưới.
    UpTo,
}

impl Hedge {
    /// Every hedge.
    pub const ALL: [Hedge; 6] = [Hedge::Exact, Hedge::About, Hedge::Over, Hedge::Nearly, Hedge::AtLeast, Hedge::UpTo];

    /// The code, as in JSON: `exact about over nearly at-least up-to`.
    pub const fn code(self) -> &'static str {
        match self {
            Hedge::Exact => "exact",
            Hedge::About => "about",
            Hedge::Over => "over",
            Hedge::Nearly => "nearly",
            Hedge::AtLeast => "at-least",
            Hedge::UpTo => "up-to",
        }
    }
}

impl fmt::Display for Hedge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
