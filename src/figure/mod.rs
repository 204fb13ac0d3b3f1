//! A figure as printed: digits, hedge and unit, in English and Vietnamese, and the ranges of true values that it admits.
//!
//! [`read`] goes one step after another: the text becomes tokens (`scan`), dates and names are set aside (`skip`), each number
//! left takes its sign, scale words and unit (`grammar`), the digits are read by the grouping of the language (`number`), and the
//! words around tell hedge, estimate and decrease (`sense`). [`survey`] takes the same
//! steps for every number of a longer text. All words stand in the tables of `lexis`, one file a language.

mod error;
pub mod format;
mod grammar;
mod hedge;
mod interval;
mod lexis;
mod number;
mod reader;
pub mod report;
mod scan;
mod sense;
mod skip;
mod survey;
mod told;
mod unit;
mod words;

pub use error::{ReadError, Reading};
pub use hedge::Hedge;
pub use interval::Interval;
pub use reader::read;
pub use rust_decimal::Decimal;
pub use survey::{Mention, survey};
pub(crate) use told::told;
pub use unit::{Unit, UnitKind, UnknownUnit};

use crate::language::Language;
use interval::{End, Reach, interval};

/// A number as written: its digits, and the power of ten of its scale word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    digits: Decimal,
    power: u32,
}

impl Quantity {
    /// The digits as written, zeros at the end included, with the sign: `9.98`, `1.30`, `9620`.
    pub const fn digits(&self) -> Decimal {
        self.digits
    }

    /// The power of ten that the scale words make: 9 for billion, 12 for "nghìn tỷ", 0 where there are none.
    pub const fn power(&self) -> u32 {
        self.power
    }

    /// The value in base units.
    pub fn scaled(&self) -> Decimal {
        shifted(self.digits, self.power)
    }

    /// Whether its digits end with two zeros or more, or are too many to tell at once.
    fn is_round(&self) -> bool {
        let mantissa = u64::try_from(self.digits.mantissa().unsigned_abs());
        mantissa.is_ok_and(|mantissa| mantissa.is_multiple_of(100) && mantissa > 0) || mantissa.is_err()
    }

    /// The size in base units, and how exact the digits are.
    fn end(&self, exact: bool) -> End {
        let size = self.scaled().abs();
        let printed = shifted(Decimal::new(1, self.digits.scale()), self.power);
        let mantissa = self.digits.mantissa().unsigned_abs();
        let zeros = if self.digits.scale() == 0 && mantissa > 0 { trailing_zeros(mantissa) } else { 0 };
        let significant = shifted(printed, zeros);
        let tenth = size * Decimal::new(1, 1);
        End { size, place: if exact { Decimal::ZERO } else { printed }, slack: significant.min(tenth) }
    }
}

/// A figure as a source prints it. Made by [`read`] alone, so every figure has a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    text: String,
    language: Language,
    unit: Unit,
    hedge: Hedge,
    estimated: bool,
    exact: bool,
    first: Quantity,
    last: Option<Quantity>,
    readings: Vec<Reading>,
    admitted: Admitted,
}

/// The values that a figure admits, kept because every rule and every relation asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Admitted {
    expected: Interval,
    strict: Interval,
    truncated: Interval,
}

impl Figure {
    /// The text that the figure was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language in which it was read.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The unit; [`Unit::COUNT`] for things counted and for whatever the table does not know.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The hedge.
    pub const fn hedge(&self) -> Hedge {
        self.hedge
    }

    /// Whether the source calls it an estimate: "an estimated 2.45 billion USD", "ước đạt".
    pub const fn is_estimate(&self) -> bool {
        self.estimated
    }

    /// Whether it is a range with two ends: "200 to 250".
    pub const fn is_range(&self) -> bool {
        self.last.is_some()
    }

    /// Whether it is a plain whole number of things, without scale word, which stands for itself alone.
    pub const fn is_exact_count(&self) -> bool {
        self.exact
    }

    /// The number as written, or the first of a range.
    pub const fn first(&self) -> Quantity {
        self.first
    }

    /// The second number of a range.
    pub const fn last(&self) -> Option<Quantity> {
        self.last
    }

    /// The value in base units; none for a range.
    pub fn value(&self) -> Option<Decimal> {
        if self.last.is_some() { None } else { Some(self.first.scaled()) }
    }

    /// The ends in base units, the lesser first; the value twice where it is no range.
    pub fn ends(&self) -> (Decimal, Decimal) {
        let first = self.first.scaled();
        let last = self.last.map_or(first, |last| last.scaled());
        (first.min(last), first.max(last))
    }

    /// The values that a careful writer means: "over 3.6" is 3.6 to 3.7.
    pub const fn expected(&self) -> Interval {
        self.admitted.expected
    }

    /// The values that the words admit at their widest: "over 3.6" is 3.6 or more.
    pub const fn strict(&self) -> Interval {
        self.admitted.strict
    }

    /// The values whose further digits were cut off rather than rounded: 3.6 is 3.6 to just below 3.7. A whole number such as
    /// 952,000 may have been rounded at its last digit that is no zero. As strict where the words hedge.
    pub const fn truncated(&self) -> Interval {
        self.admitted.truncated
    }

    /// Whether it is a whole number that looks rounded at its last digit that is no zero, as 952,000 does.
    pub fn may_be_rounded(&self) -> bool {
        let (truncated, strict) = (self.truncated(), self.strict());
        self.hedge == Hedge::Exact && truncated.lower < strict.lower
    }

    /// Whether another figure says the same: as much, as exactly, and hedged in the same way, in whatever language and words.
    pub fn says_the_same_as(&self, other: &Figure) -> bool {
        let meaning = |figure: &Figure| (figure.unit, figure.hedge, figure.is_range(), figure.ends(), figure.admitted);
        meaning(self) == meaning(other)
    }

    /// The ways to read the number: the language's own first, then the other language's where that gives another value.
    /// Empty for a range, whose ends would each have their own.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }
}

impl Admitted {
    /// What a number, or a range with two ends, admits.
    fn by(first: Quantity, last: Option<Quantity>, hedge: Hedge, exact: bool) -> Admitted {
        let negative = first.digits.is_sign_negative() && !first.digits.is_zero();
        // So many things, neither hedged nor round, are so many however that is taken.
        if exact && hedge == Hedge::Exact && last.is_none() && !first.is_round() {
            let value = if negative { first.digits } else { first.digits.abs() };
            let point = Interval::between(value, value);
            return Admitted { expected: point, strict: point, truncated: point };
        }
        let first = first.end(exact);
        let last = last.map_or(first, |last| last.end(exact));
        let reach = |reach| interval(first, last, hedge, negative, reach);
        let strict = reach(Reach::Strict);
        let is_narrower = matches!(hedge, Hedge::Over | Hedge::Nearly);
        let expected = if is_narrower { reach(Reach::Expected) } else { strict };
        let truncated = if hedge == Hedge::Exact { reach(Reach::Truncated) } else { strict };
        Admitted { expected, strict, truncated }
    }
}

/// The number times a power of ten, exactly, keeping what decimal places remain.
pub(crate) fn shifted(number: Decimal, power: u32) -> Decimal {
    if power == 0 {
        return number;
    }
    let (mantissa, scale) = (number.mantissa(), number.scale());
    let factor = 10_i128.checked_pow(power.saturating_sub(scale));
    let whole = factor.and_then(|factor| mantissa.checked_mul(factor));
    whole.and_then(|whole| Decimal::try_from_i128_with_scale(whole, scale.saturating_sub(power)).ok()).unwrap_or(number)
}

fn trailing_zeros(mantissa: u128) -> u32 {
    // Most fit a word, and division of those is many times as fast.
    let Ok(mut mantissa) = u64::try_from(mantissa) else {
        return if mantissa.is_multiple_of(10) { 1 + trailing_zeros(mantissa / 10) } else { 0 };
    };
    let mut zeros = 0;
    while mantissa > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        zeros += 1;
    }
    zeros
}
