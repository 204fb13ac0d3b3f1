//! The closed ranges of true values that a printed figure admits.

use super::hedge::Hedge;
use rust_decimal::Decimal;
use std::fmt;

/// A closed range of values; an end that is `None` is open, without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The least value, or none.
    pub lower: Option<Decimal>,
    /// The greatest value, or none.
    pub upper: Option<Decimal>,
}

impl Interval {
    /// The range between two values, both within it.
    pub const fn between(lower: Decimal, upper: Decimal) -> Interval {
        Interval { lower: Some(lower), upper: Some(upper) }
    }

    /// Whether the value lies within the range, its ends included.
    pub fn contains(&self, value: Decimal) -> bool {
        self.lower.is_none_or(|lower| lower <= value) && self.upper.is_none_or(|upper| value <= upper)
    }

    /// Whether every value of the other range lies within this one.
    pub fn encloses(&self, other: &Interval) -> bool {
        let below = self.lower.is_none_or(|ours| other.lower.is_some_and(|theirs| ours <= theirs));
        let above = self.upper.is_none_or(|ours| other.upper.is_some_and(|theirs| theirs <= ours));
        below && above
    }

    /// The range of the same sizes below zero.
    fn mirrored(self) -> Interval {
        Interval { lower: self.upper.map(|upper| -upper), upper: self.lower.map(|lower| -lower) }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower == upper => write!(formatter, "{lower}"),
            (Some(lower), Some(upper)) => write!(formatter, "{lower} to {upper}"),
            (Some(lower), None) => write!(formatter, "{lower} or more"),
            (None, Some(upper)) => write!(formatter, "{upper} or less"),
            (None, None) => formatter.write_str("any value"),
        }
    }
}

/// One end of a figure: its size, and what the digits say of the rounding.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    /// The size, without sign.
    pub(super) size: Decimal,
    /// One unit of the last printed place; zero for an exact count.
    pub(super) place: Decimal,
    /// One unit of the last significant digit, at most a tenth of the size.
    pub(super) slack: Decimal,
}

/// Which of the ranges is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// What the words admit at their widest.
    Strict,
    /// What a careful writer means by them.
    Expected,
    /// As strict, but with the further digits cut off instead of rounded.
    Truncated,
}

/// How far below the next number an end lies that cutting off never reaches, in units of the last place: nobody cuts 5.25 to 5.24.
const SHORT_OF_IT: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

impl End {
    /// Half a unit of the last digit that is no zero, for a whole number that looks rounded there: 952,000 and 71,300, of three
    /// significant digits or more and two zeros or more at the end. Zero for others: 1,155 and 1,500 are counted.
    fn roundness(self) -> Decimal {
        let is_round = self.place <= Decimal::ONE && self.slack >= Decimal::ONE_HUNDRED;
        if is_round && self.slack * Decimal::ONE_HUNDRED <= self.size {
            self.slack / Decimal::TWO
        } else {
            Decimal::ZERO
        }
    }

    /// The sizes that are cut off, or rounded further up, to the printed digits.
    fn cut(self) -> (Decimal, Decimal) {
        let roundness = self.roundness();
        if roundness.is_zero() {
            (self.size, self.size + self.place - self.place * SHORT_OF_IT)
        } else {
            (self.size - roundness, self.size + roundness)
        }
    }
}

/// The range from the first end to the last, for sizes; the same end twice where the figure is a single number.
pub(super) fn interval(first: End, last: End, hedge: Hedge, negative: bool, reach: Reach) -> Interval {
    let half = |end: End| end.place / Decimal::TWO;
    let below = first.size - first.slack;
    let above = last.size + last.slack;
    let sizes = match (hedge, reach) {
        (Hedge::Exact, Reach::Truncated) => Interval::between(first.cut().0, last.cut().1),
        (Hedge::Exact, _) => Interval::between(first.size - half(first), last.size + half(last)),
        (Hedge::About, _) => Interval::between(below, above),
        (Hedge::Over, Reach::Expected) => Interval::between(first.size, above),
        (Hedge::Over | Hedge::AtLeast, _) => Interval { lower: Some(first.size), upper: None },
        (Hedge::Nearly, Reach::Expected) => Interval::between(below, last.size),
        (Hedge::Nearly | Hedge::UpTo, _) => Interval::between(Decimal::ZERO, last.size),
    };
    if negative { sizes.mirrored() } else { sizes }
}
