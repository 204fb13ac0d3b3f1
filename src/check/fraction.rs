//! Exact rational numbers: every judgement of the check stage is made in them, so that no verdict hangs on a rounding of ours.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

/// An exact rational number of any size.
///
/// Nearly all numbers of a fact sheet fit two machine words, and arithmetic on those neither allocates nor overflows; what does
/// not fit becomes a [`BigRational`]. Each number has one form only, so that equality is equality of forms.
///
/// ```
/// use brief::check::fraction::Fraction;
/// let third: Fraction = Fraction::ratio(1, 3).ok_or("no fraction over zero")?;
/// assert_eq!(&third + &third, Fraction::ratio(2, 3).ok_or("no fraction over zero")?);
/// assert_eq!("-0.005".parse::<Fraction>()?.to_string(), "-1/200");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Fraction(Form);

/// In lowest terms, denominator positive; `Small` whenever both fit, and never with `i64::MIN`, so that negation is safe.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small(i64, i64),
    Big(Box<BigRational>),
}

/// Which way a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards negative infinity: outward for the lower end of a range.
    Down,
    /// Towards positive infinity: outward for the upper end of a range.
    Up,
    /// To the nearest, and a half away from zero, as newspapers and spreadsheets round.
    Nearest,
}

/// The text is no plain decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a plain number such as `100` or `0.5`")]
pub struct NotANumber(pub String);

impl Fraction {
    /// Nought.
    pub const ZERO: Fraction = Fraction(Form::Small(0, 1));
    /// One.
    pub const ONE: Fraction = Fraction(Form::Small(1, 1));
    /// The hundred of a percentage.
    pub const HUNDRED: Fraction = Fraction(Form::Small(100, 1));

    /// `numerator / denominator`, or `None` over zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Fraction> {
        Fraction::from(numerator).divided_by(&Fraction::from(denominator))
    }

    /// Ten to a power.
    pub(super) fn ten_to(power: u32) -> Fraction {
        Fraction::from_big(power_of_ten(i64::from(power)))
    }

    /// `self / divisor`, or `None` over zero.
    pub fn divided_by(&self, divisor: &Fraction) -> Option<Fraction> {
        divisor.reciprocal().map(|reciprocal| self * &reciprocal)
    }

    /// `1 / self`, or `None` of zero.
    pub fn reciprocal(&self) -> Option<Fraction> {
        match &self.0 {
            Form::Small(0, _) => None,
            Form::Small(numerator, denominator) => {
                Some(Fraction(Form::Small(denominator * numerator.signum(), numerator.abs())))
            }
            Form::Big(value) => Some(Fraction::from_big(value.recip())),
        }
    }

    /// The distance from zero.
    #[must_use]
    pub fn abs(&self) -> Fraction {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Small(0, _))
    }

    /// Whether this is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Small(numerator, _) => *numerator < 0,
            Form::Big(value) => value.is_negative(),
        }
    }

    /// Whether this is above zero.
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// Whether this is a whole number.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Form::Small(_, denominator) => *denominator == 1,
            Form::Big(value) => value.is_integer(),
        }
    }

    /// Whether numerator and denominator fit a machine word each; the others cost memory and time.
    pub fn is_small(&self) -> bool {
        matches!(self.0, Form::Small(..))
    }

    /// The bits of numerator and denominator together: what a step of arithmetic costs.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Form::Small(..) => 128,
            Form::Big(value) => value.numer().bits() + value.denom().bits(),
        }
    }

    /// The greatest whole number that is not above this.
    #[must_use]
    pub fn floor(&self) -> Fraction {
        match &self.0 {
            Form::Small(_, 1) => self.clone(),
            Form::Small(numerator, denominator) => Fraction(Form::Small(numerator.div_euclid(*denominator), 1)),
            Form::Big(value) => Fraction::from_big(value.floor()),
        }
    }

    /// The least whole number that is not below this.
    #[must_use]
    pub fn ceil(&self) -> Fraction {
        if self.is_whole() { self.clone() } else { -&(-self).floor() }
    }

    /// This number with `digits` significant decimal digits (at least one), rounded in the given direction.
    ///
    /// With [`Direction::Down`] for a lower end and [`Direction::Up`] for an upper one, a range only grows: that keeps numerators
    /// short where equations feed each other in a circle. The cost grows with the number's order of magnitude.
    #[must_use]
    pub fn widen(&self, direction: Direction, digits: u32) -> Fraction {
        if self.is_zero() {
            return Fraction::ZERO;
        }
        let power = i64::from(digits.max(1)) - 1 - self.order_of_magnitude();
        self.round_at(power, direction)
    }

    /// floor(log10) of the distance from zero; this must not be zero.
    fn order_of_magnitude(&self) -> i64 {
        match &self.0 {
            Form::Small(numerator, denominator) => {
                let (size, denominator) = (numerator.unsigned_abs(), denominator.unsigned_abs());
                let estimate = i64::from(size.max(1).ilog10()) - i64::from(denominator.ilog10());
                let tens = 10_u128.pow(u32::try_from(estimate.unsigned_abs()).unwrap_or_default());
                let (size, denominator) = (u128::from(size), u128::from(denominator));
                let below = if estimate < 0 { size * tens < denominator } else { size < denominator * tens };
                if below { estimate - 1 } else { estimate }
            }
            Form::Big(value) => {
                // Bits tell the order of magnitude to within two; log10(2) is a little above 30102 / 100000.
                let bits = |number: &BigInt| i64::try_from(number.bits()).unwrap_or(i64::MAX);
                let mut order = (bits(value.numer()) - bits(value.denom()) - 1) * 30_102 / 100_000 - 1;
                let size = value.abs();
                while size >= power_of_ten(order + 1) {
                    order += 1;
                }
                while size < power_of_ten(order) {
                    order -= 1;
                }
                order
            }
        }
    }

    /// This number as a multiple of 10 to the minus `power`.
    fn round_at(&self, power: i64, direction: Direction) -> Fraction {
        let tens = u32::try_from(power.unsigned_abs()).unwrap_or(u32::MAX);
        if let Form::Small(numerator, denominator) = &self.0
            && tens <= 18
        {
            let (numerator, denominator, scale) = (i128::from(*numerator), i128::from(*denominator), 10_i64.pow(tens));
            let tens = i128::from(scale);
            if power < 0 {
                return Fraction::from_coprime(round(&numerator, &(denominator * tens), direction) * tens, 1);
            }
            let rounded = round(&(numerator * tens), &denominator, direction);
            let shared = i128::from(common_with(rounded, scale));
            return Fraction::from_coprime(rounded / shared, tens / shared);
        }
        let (value, tens) = (self.to_big(), BigInt::from(10).pow(tens));
        Fraction::from_big(if power < 0 {
            BigRational::from_integer(round(value.numer(), &(value.denom() * &tens), direction) * tens)
        } else {
            BigRational::new(round(&(value.numer() * &tens), value.denom(), direction), tens)
        })
    }

    /// This number with `digits` significant digits, to the nearest, and a half away from zero (1.25 to two digits is 1.3, −1.25
    /// is −1.3). `None` where a [`Decimal`] cannot hold the result: 28 digits, of which at most 28 after the mark.
    pub fn to_decimal(&self, digits: u32) -> Option<Decimal> {
        // What a decimal can hold as it is needs no rounding.
        if let Form::Small(numerator, denominator) = self.0
            && let Some((value, scale)) = decimal_digits(numerator, denominator)
            && value.unsigned_abs().checked_ilog10().unwrap_or(0) < digits.min(28)
        {
            return Decimal::try_from_i128_with_scale(value, scale).ok();
        }
        let rounded = self.widen(Direction::Nearest, digits.min(28));
        if let Form::Small(numerator, denominator) = rounded.0
            && let Some((value, scale)) = decimal_digits(numerator, denominator)
        {
            return Decimal::try_from_i128_with_scale(value, scale).ok();
        }
        let value = rounded.to_big();
        (0..=Decimal::MAX_SCALE).find_map(|scale| {
            let scaled = &value * power_of_ten(i64::from(scale));
            if !scaled.is_integer() {
                return None;
            }
            Decimal::try_from_i128_with_scale(scaled.numer().to_i128()?, scale).ok()
        })
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small(numerator, denominator) => {
                BigRational::new_raw(BigInt::from(*numerator), BigInt::from(*denominator))
            }
            Form::Big(value) => (**value).clone(),
        }
    }

    fn from_big(value: BigRational) -> Fraction {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(numerator), Some(denominator)) if numerator != i64::MIN => {
                Fraction(Form::Small(numerator, denominator))
            }
            _ => Fraction(Form::Big(Box::new(value))),
        }
    }

    /// From coprime parts, the denominator positive.
    fn from_coprime(numerator: i128, denominator: i128) -> Fraction {
        match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) if numerator != i64::MIN => Fraction(Form::Small(numerator, denominator)),
            _ => Fraction(Form::Big(Box::new(BigRational::new_raw(numerator.into(), denominator.into())))),
        }
    }
}

/// The whole number next to a quotient; the divisor is positive.
fn round<N: Integer + Signed + Clone>(numerator: &N, denominator: &N, direction: Direction) -> N {
    match direction {
        Direction::Down => numerator.div_floor(denominator),
        Direction::Up => numerator.div_ceil(denominator),
        Direction::Nearest => {
            let (whole, rest) = numerator.abs().div_rem(denominator);
            let whole = if rest.clone() >= denominator.clone() - rest { whole + N::one() } else { whole };
            whole * numerator.signum()
        }
    }
}

/// The digits of a fraction in lowest terms, and how many of them stand after the point; none where they do not end within
/// eighteen: a denominator of twos and fives alone ends with the more of the two.
fn decimal_digits(numerator: i64, denominator: i64) -> Option<(i128, u32)> {
    let twos = denominator.trailing_zeros();
    let (mut fives, mut rest) = (0, denominator >> twos);
    while rest % 5 == 0 {
        rest /= 5;
        fives += 1;
    }
    let scale = twos.max(fives);
    if rest != 1 || scale > 18 {
        return None;
    }
    Some((i128::from(numerator) * i128::from(10_i64.pow(scale)) / i128::from(denominator), scale))
}

fn power_of_ten(exponent: i64) -> BigRational {
    let power = BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).unwrap_or(u32::MAX));
    if exponent < 0 { BigRational::new_raw(BigInt::from(1), power) } else { BigRational::from_integer(power) }
}

/// The greatest common divisor as a machine word; `first` must not be zero, and no word is `i64::MIN`.
fn common(first: i64, second: i64) -> i64 {
    // Whole numbers abound.
    if first == 1 || second == 1 { 1 } else { first.gcd(&second) }
}

/// The greatest common divisor of a product and a word above zero, found in words: that of the word and the remainder.
fn common_with(product: i128, word: i64) -> i64 {
    if word == 1 { 1 } else { i64::try_from(product % i128::from(word)).map_or(1, |rest| common(word, rest)) }
}

/// The greatest common divisor of a number and a power of ten that fits a word: of twos and fives alone.
fn common_with_tens(number: i64, power: u32) -> i64 {
    let mut shared = 1 << number.trailing_zeros().min(power);
    let mut rest = number;
    for _ in 0..power {
        if rest % 5 != 0 {
            break;
        }
        rest /= 5;
        shared *= 5;
    }
    shared
}

impl Add for &Fraction {
    type Output = Fraction;

    /// Knuth, The Art of Computer Programming, volume 2, section 4.5.1: dividing by the common factor first keeps every product
    /// within `i128` and every greatest common divisor within a word.
    fn add(self, other: &Fraction) -> Fraction {
        let (Form::Small(a, b), Form::Small(c, d)) = (&self.0, &other.0) else {
            return Fraction::from_big(self.to_big() + other.to_big());
        };
        let shared = common(*b, *d);
        if shared == 1 {
            let sum = i128::from(*a) * i128::from(*d) + i128::from(*c) * i128::from(*b);
            return Fraction::from_coprime(sum, i128::from(*b) * i128::from(*d));
        }
        let (b_rest, d_rest) = (i128::from(b / shared), i128::from(d / shared));
        let sum = i128::from(*a) * d_rest + i128::from(*c) * b_rest;
        let cancelled = i128::from(common_with(sum, shared));
        Fraction::from_coprime(sum / cancelled, b_rest * (i128::from(*d) / cancelled))
    }
}

impl Sub for &Fraction {
    type Output = Fraction;

    fn sub(self, other: &Fraction) -> Fraction {
        self + &-other
    }
}

impl Mul for &Fraction {
    type Output = Fraction;

    fn mul(self, other: &Fraction) -> Fraction {
        let (Form::Small(a, b), Form::Small(c, d)) = (&self.0, &other.0) else {
            return Fraction::from_big(self.to_big() * other.to_big());
        };
        let (across, along) = (common(*a, *d).max(1), common(*c, *b).max(1));
        Fraction::from_coprime(
            i128::from(a / across) * i128::from(c / along),
            i128::from(b / along) * i128::from(d / across),
        )
    }
}

impl Neg for &Fraction {
    type Output = Fraction;

    fn neg(self) -> Fraction {
        match &self.0 {
            Form::Small(numerator, denominator) => Fraction(Form::Small(-numerator, *denominator)),
            Form::Big(value) => Fraction::from_big(-(**value).clone()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        if let (Form::Small(a, b), Form::Small(c, d)) = (&self.0, &other.0) {
            return (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)));
        }
        // Not `BigRational`'s own order, which takes many divisions to tell numbers apart that are close to each other.
        let (one, other) = (self.to_big(), other.to_big());
        (one.numer() * other.denom()).cmp(&(other.numer() * one.denom()))
    }
}

impl From<i64> for Fraction {
    fn from(value: i64) -> Fraction {
        Fraction::from_coprime(i128::from(value), 1)
    }
}

impl From<Decimal> for Fraction {
    /// Exactly the value; trailing zeros carry no value and are not kept.
    fn from(value: Decimal) -> Fraction {
        if let (Ok(mantissa), Some(tens)) = (i64::try_from(value.mantissa()), 10_i64.checked_pow(value.scale()))
            && mantissa != i64::MIN
        {
            let shared = common_with_tens(mantissa, value.scale());
            return Fraction(Form::Small(mantissa / shared, tens / shared));
        }
        let value = value.normalize();
        Fraction::from_big(BigRational::new(value.mantissa().into(), BigInt::from(10).pow(value.scale())))
    }
}

impl FromStr for Fraction {
    type Err = NotANumber;

    /// Digits, at most one point between digits, and a minus sign in front if need be; any number of digits.
    fn from_str(text: &str) -> Result<Fraction, NotANumber> {
        let error = || NotANumber(text.to_owned());
        let magnitude = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = match magnitude.split_once('.') {
            Some((_, "")) => return Err(error()),
            Some(parts) => parts,
            None => (magnitude, ""),
        };
        if whole.is_empty() || !(whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit())) {
            return Err(error());
        }
        let digits: BigInt = format!("{whole}{decimals}").parse().map_err(|_| error())?;
        let places = u32::try_from(decimals.len()).map_err(|_| error())?;
        let value = Fraction::from_big(BigRational::new(digits, BigInt::from(10).pow(places)));
        Ok(if magnitude.len() < text.len() { -&value } else { value })
    }
}

impl fmt::Display for Fraction {
    /// `7` or `69/20`; for people, see [`Fraction::to_decimal`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Small(numerator, 1) => write!(f, "{numerator}"),
            Form::Small(numerator, denominator) => write!(f, "{numerator}/{denominator}"),
            Form::Big(value) => write!(f, "{value}"),
        }
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Default for Fraction {
    fn default() -> Fraction {
        Fraction::ZERO
    }
}
