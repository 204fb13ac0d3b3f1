//! Closed ranges of exact numbers, either end open to infinity: what is known of a quantity, and interval arithmetic on it.
//!
//! Rules: Moore, Kearfott and Cloud, *Introduction to Interval Analysis* (2009), chapters 2 and 8; division by a range around
//! zero as in Benhamou, Goualard, Granvilliers and Puget, *Revising hull and box consistency* (1999).

use super::fraction::{Direction, Fraction};
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// All numbers from a lower to an upper end, both included; an end that is `None` is open to infinity.
///
/// A range is never empty: what may be empty is an `Option<Range>`.
///
/// ```
/// use brief::check::range::Range;
/// let stated: Range = "3.35..3.45".parse()?;
/// let computed: Range = "3.625..3.735".parse()?;
/// assert_eq!(stated.meet(&computed), None);
/// # Ok::<(), brief::check::range::NotARange>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Range {
    lower: Option<Fraction>,
    upper: Option<Fraction>,
}

/// What a division yields: nothing, one range, or two with a gap around zero between them, in ascending order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    first: Option<Range>,
    second: Option<Range>,
}

impl Range {
    /// Every number.
    pub const EVERYTHING: Range = Range { lower: None, upper: None };

    /// The range between two ends, or `None` if the lower is above the upper.
    pub fn new(lower: Option<Fraction>, upper: Option<Fraction>) -> Option<Range> {
        match (&lower, &upper) {
            (Some(low), Some(high)) if low > high => None,
            _ => Some(Range { lower, upper }),
        }
    }

    /// The range with two ends, or `None` if the lower is above the upper.
    pub fn closed(lower: Fraction, upper: Fraction) -> Option<Range> {
        Range::new(Some(lower), Some(upper))
    }

    /// One number.
    pub fn point(value: Fraction) -> Range {
        Range { lower: Some(value.clone()), upper: Some(value) }
    }

    /// The number and all above it.
    pub fn at_least(lower: Fraction) -> Range {
        Range { lower: Some(lower), upper: None }
    }

    /// The number and all below it.
    pub fn at_most(upper: Fraction) -> Range {
        Range { lower: None, upper: Some(upper) }
    }

    /// The lower end; `None` is −∞.
    pub fn lower(&self) -> Option<&Fraction> {
        self.lower.as_ref()
    }

    /// The upper end; `None` is ∞.
    pub fn upper(&self) -> Option<&Fraction> {
        self.upper.as_ref()
    }

    /// Whether neither end is open.
    pub fn is_bounded(&self) -> bool {
        self.lower.is_some() && self.upper.is_some()
    }

    /// The one number in the range, if there is but one.
    pub fn as_point(&self) -> Option<&Fraction> {
        self.lower.as_ref().filter(|_| self.lower == self.upper)
    }

    /// Whether the number lies in the range.
    pub fn contains(&self, value: &Fraction) -> bool {
        self.lower.as_ref().is_none_or(|lower| lower <= value) && self.upper.as_ref().is_none_or(|upper| value <= upper)
    }

    /// Whether every number of `other` lies in this range.
    pub fn covers(&self, other: &Range) -> bool {
        self.hull(other) == *self
    }

    /// Whether some number lies in both.
    pub fn meets(&self, other: &Range) -> bool {
        let apart = |upper: &Option<Fraction>, lower: &Option<Fraction>| matches!((upper, lower), (Some(upper), Some(lower)) if upper < lower);
        !apart(&self.upper, &other.lower) && !apart(&other.upper, &self.lower)
    }

    /// The numbers that lie in both.
    pub fn meet(&self, other: &Range) -> Option<Range> {
        let lower = match (&self.lower, &other.lower) {
            (Some(mine), Some(theirs)) => Some(mine.max(theirs)),
            (mine, theirs) => mine.as_ref().or(theirs.as_ref()),
        };
        let upper = match (&self.upper, &other.upper) {
            (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
            (mine, theirs) => mine.as_ref().or(theirs.as_ref()),
        };
        Range::new(lower.cloned(), upper.cloned())
    }

    /// The least range that covers both.
    #[must_use]
    pub fn hull(&self, other: &Range) -> Range {
        let lower = self.lower.as_ref().zip(other.lower.as_ref()).map(|(mine, theirs)| mine.min(theirs));
        let upper = self.upper.as_ref().zip(other.upper.as_ref()).map(|(mine, theirs)| mine.max(theirs));
        Range { lower: lower.cloned(), upper: upper.cloned() }
    }

    /// From the least to the greatest whole number in the range, or `None` if it holds none.
    pub fn to_integers(&self) -> Option<Range> {
        Range::new(self.lower.as_ref().map(Fraction::ceil), self.upper.as_ref().map(Fraction::floor))
    }

    /// The range moved by a distance, its width kept.
    #[must_use]
    pub fn shift(&self, distance: &Fraction) -> Range {
        Range {
            lower: self.lower.as_ref().map(|lower| lower + distance),
            upper: self.upper.as_ref().map(|upper| upper + distance),
        }
    }

    /// The number halfway between the ends, if both are there.
    pub fn midpoint(&self) -> Option<Fraction> {
        match self.as_point() {
            Some(point) => Some(point.clone()),
            None => (self.lower.as_ref()? + self.upper.as_ref()?).divided_by(&Fraction::from(2)),
        }
    }

    /// This range, or one around it: an end with more than `bits` bits is rounded outward to `digits` significant digits.
    #[must_use]
    pub fn slim(self, bits: u64, digits: u32) -> Range {
        let slim = |end: Option<Fraction>, direction| {
            end.map(|end| if end.bits() > bits { end.widen(direction, digits) } else { end })
        };
        Range { lower: slim(self.lower, Direction::Down), upper: slim(self.upper, Direction::Up) }
    }

    /// All quotients `x / y` of an `x` of this range by a `y ≠ 0` of the divisor; nothing if the divisor is but zero.
    pub fn divide(&self, divisor: &Range) -> Pieces {
        if divisor.lower.as_ref().is_some_and(Fraction::is_positive) {
            return divisor.reciprocal().map_or(Pieces::NONE, |reciprocal| Pieces::one(self * &reciprocal));
        }
        let below = divisor.meet(&Range::at_most(Fraction::ZERO)).and_then(|part| part.reciprocal());
        let above = divisor.meet(&Range::at_least(Fraction::ZERO)).and_then(|part| part.reciprocal());
        let quotients = [below, above].map(|reciprocal| reciprocal.map(|reciprocal| self * &reciprocal));
        match quotients {
            [Some(one), Some(other)] if one.meets(&other) => Pieces::one(one.hull(&other)),
            [Some(one), Some(other)] => match (&one.upper, &other.lower) {
                (Some(end), Some(start)) if end < start => Pieces::two(one, other),
                _ => Pieces::two(other, one),
            },
            [one, other] => Pieces { first: one.or(other), second: None },
        }
    }

    /// All `x` such that `x * y` lies in this range for some `y` of the factor: everything if both hold zero.
    pub fn other_factor(&self, factor: &Range) -> Pieces {
        if self.contains(&Fraction::ZERO) && factor.contains(&Fraction::ZERO) {
            Pieces::one(Range::EVERYTHING)
        } else {
            self.divide(factor)
        }
    }

    /// All `1 / y` of a range whose numbers have one sign or are zero; zero itself has none, and `None` if there is but zero.
    fn reciprocal(&self) -> Option<Range> {
        let positive = self.lower.as_ref().is_some_and(|lower| !lower.is_negative());
        let inverse = |end: &Option<Fraction>| end.as_ref().and_then(Fraction::reciprocal);
        if self.as_point().is_some_and(Fraction::is_zero) {
            return None;
        }
        let (mut lower, mut upper) = (inverse(&self.upper), inverse(&self.lower));
        // 1/∞ is approached and never reached; zero closes the range from outside.
        if positive && self.upper.is_none() {
            lower = Some(Fraction::ZERO);
        }
        if !positive && self.lower.is_none() {
            upper = Some(Fraction::ZERO);
        }
        Some(Range { lower, upper })
    }
}

impl Pieces {
    /// No number at all.
    pub const NONE: Pieces = Pieces { first: None, second: None };

    /// One range.
    pub fn one(range: Range) -> Pieces {
        Pieces { first: Some(range), second: None }
    }

    fn two(first: Range, second: Range) -> Pieces {
        Pieces { first: Some(first), second: Some(second) }
    }

    /// The least range that covers the pieces, or `None` if there are none.
    pub fn hull(&self) -> Option<Range> {
        match (&self.first, &self.second) {
            (Some(first), Some(second)) => Some(first.hull(second)),
            (first, second) => first.as_ref().or(second.as_ref()).cloned(),
        }
    }

    /// The least range that covers what each piece shares with `range`: the gap between the pieces may thus cut an end.
    pub fn meet(&self, range: &Range) -> Option<Range> {
        let meet = |piece: &Option<Range>| piece.as_ref().and_then(|piece| piece.meet(range));
        Pieces { first: meet(&self.first), second: meet(&self.second) }.hull()
    }
}

impl From<Range> for Pieces {
    fn from(range: Range) -> Pieces {
        Pieces::one(range)
    }
}

impl Add for &Range {
    type Output = Range;

    fn add(self, other: &Range) -> Range {
        let sum = |one: &Option<Fraction>, other: &Option<Fraction>| Some(one.as_ref()? + other.as_ref()?);
        Range { lower: sum(&self.lower, &other.lower), upper: sum(&self.upper, &other.upper) }
    }
}

impl Sub for &Range {
    type Output = Range;

    fn sub(self, other: &Range) -> Range {
        self + &-other
    }
}

impl Neg for &Range {
    type Output = Range;

    /// The ends change places, open ones too.
    fn neg(self) -> Range {
        Range { lower: self.upper.as_ref().map(Neg::neg), upper: self.lower.as_ref().map(Neg::neg) }
    }
}

impl Mul for &Range {
    type Output = Range;

    fn mul(self, other: &Range) -> Range {
        let not_negative = |range: &Range| range.lower.as_ref().is_some_and(|lower| !lower.is_negative());
        if not_negative(self) && not_negative(other) {
            let lower = |range: &Range| range.lower.clone().map_or(End::Below, End::At);
            let upper = |range: &Range| range.upper.clone().map_or(End::Above, End::At);
            return Range {
                lower: lower(self).times(&lower(other)).into_finite(),
                upper: upper(self).times(&upper(other)).into_finite(),
            };
        }
        let (lower, upper) = (End::of(self), End::of(other));
        let mut products = [
            lower[0].times(&upper[0]),
            lower[0].times(&upper[1]),
            lower[1].times(&upper[0]),
            lower[1].times(&upper[1]),
        ];
        products.sort();
        let [least, _, _, greatest] = products;
        Range { lower: least.into_finite(), upper: greatest.into_finite() }
    }
}

/// An end of a range on the extended number line; the order of the variants is the order of the line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Below,
    At(Fraction),
    Above,
}

impl End {
    fn of(range: &Range) -> [End; 2] {
        [range.lower.clone().map_or(End::Below, End::At), range.upper.clone().map_or(End::Above, End::At)]
    }

    fn sign(&self) -> i8 {
        match self {
            End::Below => -1,
            End::At(value) if value.is_negative() => -1,
            End::At(value) if value.is_zero() => 0,
            End::At(_) | End::Above => 1,
        }
    }

    /// Zero times an infinite end is zero: the infinite end stands for numbers that grow without bound, each of them finite.
    fn times(&self, other: &End) -> End {
        if let (End::At(one), End::At(other)) = (self, other) {
            return End::At(one * other);
        }
        match self.sign() * other.sign() {
            0 => End::At(Fraction::ZERO),
            1 => End::Above,
            _ => End::Below,
        }
    }

    fn into_finite(self) -> Option<Fraction> {
        match self {
            End::At(value) => Some(value),
            End::Below | End::Above => None,
        }
    }
}

impl fmt::Display for Range {
    /// `69/20..7/2`, an open end left out: `0..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(lower) = &self.lower {
            write!(f, "{lower}")?;
        }
        f.write_str("..")?;
        if let Some(upper) = &self.upper {
            write!(f, "{upper}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is no range such as `3.35..3.45`, `0..` or `7`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a range such as `3.35..3.45`, `0..` or `7`")]
pub struct NotARange(pub String);

impl std::str::FromStr for Range {
    type Err = NotARange;

    /// Two plain numbers with two points between, either left out where the range is open, or one number.
    fn from_str(text: &str) -> Result<Range, NotARange> {
        let number = |end: &str| match end {
            "" => Ok(None),
            end => end.parse().map(Some).map_err(|_| NotARange(text.to_owned())),
        };
        let (lower, upper) = text.split_once("..").unwrap_or((text, text));
        let (lower, upper) = (number(lower)?, number(upper)?);
        if text.is_empty() { None } else { Range::new(lower, upper) }.ok_or_else(|| NotARange(text.to_owned()))
    }
}
