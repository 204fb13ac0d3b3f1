//! Figures and numbers as a briefing prints them.
//!
//! Number, scale word and unit are joined by no-break spaces, and the minus is U+2212, as the style guides of both languages have
//! it. The digits are those that the source printed: 9.980 stays 9.980.

use super::hedge::Hedge;
use super::unit::{Unit, UnitKind};
use super::{Figure, Quantity, lexis, shifted};
use crate::language::Language;
use rust_decimal::Decimal;

const NO_BREAK_SPACE: &str = "\u{a0}";
const MINUS: char = '\u{2212}';

/// A figure in pieces, for display in large type; a piece that it lacks is empty.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Parts {
    /// "nearly", "gần"; with "estimated" or "ước" where it is an estimate.
    pub hedge: String,
    /// "9.98", "200 to 250".
    pub number: String,
    /// "billion", "tỉ".
    pub scale: String,
    /// "USD", "%", "đồng".
    pub unit: String,
}

/// A number with the language's groups and decimal sign; the decimals are as many as the number has.
pub fn number(value: Decimal, language: Language) -> String {
    let lexis = lexis::of(language);
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        text.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(lexis.group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(lexis.point);
        text.push_str(fraction);
    }
    text
}

/// A figure as running text prints it: "nearly 9.98 billion USD", "gần 9,98 tỉ USD".
pub fn figure(figure: &Figure, language: Language) -> String {
    let Parts { hedge, number, scale, unit } = parts(figure, language);
    joined(&hedge, &joined_amount(&number, &scale, &unit, figure.unit()))
}

/// The same in pieces.
pub fn parts(figure: &Figure, language: Language) -> Parts {
    let first = figure.first();
    let unit = figure.unit().label(language).to_owned();
    let hedge = hedge_words(figure, language);
    let Some(last) = figure.last() else {
        let (digits, scale) = named(first, figure.hedge(), language);
        return Parts { hedge, number: number(digits, language), scale, unit };
    };
    let ((low, low_scale), (high, scale)) =
        (named(first, figure.hedge(), language), named(last, figure.hedge(), language));
    let (low, high) = (number(low, language), number(high, language));
    let low = if low_scale == scale { low } else { joined(&low, &low_scale) };
    Parts { hedge, number: joined(&joined(&low, to(language)), &high), scale, unit }
}

/// A range of values in words, for messages and derived values: "3.35 to 3.45 million USD"; one value where the ends are equal.
/// The scale word is the largest that leaves few decimals.
pub fn scaled(lower: Decimal, upper: Decimal, unit: Unit, language: Language) -> String {
    let (lower, upper) = (lower.normalize(), upper.normalize());
    let power = suitable_power(lower, upper, unit);
    let print = |value: Decimal| number(lowered(value, power).unwrap_or(value).normalize(), language);
    let low = print(lower);
    let text = if lower == upper { low } else { joined(&joined(&low, to(language)), &print(upper)) };
    joined_amount(&text, scale_word(power, language).unwrap_or_default(), unit.label(language), unit)
}

fn to(language: Language) -> &'static str {
    match language {
        Language::En => "to",
        Language::Vi => "đến",
    }
}

fn joined(first: &str, second: &str) -> String {
    let space = if first.is_empty() || second.is_empty() { "" } else { NO_BREAK_SPACE };
    format!("{first}{space}{second}")
}

/// The percent sign stands close to its number; other units a space apart.
fn joined_amount(number: &str, scale: &str, unit: &str, kind: Unit) -> String {
    let amount = joined(number, scale);
    if kind.kind() == UnitKind::Percent { format!("{amount}{unit}") } else { joined(&amount, unit) }
}

fn hedge_words(figure: &Figure, language: Language) -> String {
    let hedge = match (language, figure.hedge()) {
        (_, Hedge::Exact) => "",
        (Language::En, Hedge::About) => "about",
        (Language::En, Hedge::Over) => "over",
        (Language::En, Hedge::Nearly) => "nearly",
        (Language::En, Hedge::AtLeast) => "at least",
        (Language::En, Hedge::UpTo) => "up to",
        (Language::Vi, Hedge::About) => "khoảng",
        (Language::Vi, Hedge::Over) => "hơn",
        (Language::Vi, Hedge::Nearly) => "gần",
        (Language::Vi, Hedge::AtLeast) => "ít nhất",
        (Language::Vi, Hedge::UpTo) => "tối đa",
    };
    let estimate = match (language, figure.is_estimate(), hedge.is_empty()) {
        (_, false, _) => "",
        (Language::En, true, true) => "an estimated",
        (Language::En, true, false) => "estimated",
        (Language::Vi, true, _) => "ước",
    };
    joined(estimate, hedge).replace(' ', NO_BREAK_SPACE)
}

/// The scale words that running text uses, the largest first.
const SCALES: &[(u32, &str, &str)] = &[
    (15, "thousand trillion", "triệu tỉ"),
    (12, "trillion", "nghìn tỉ"),
    (9, "billion", "tỉ"),
    (6, "million", "triệu"),
    (3, "thousand", "nghìn"),
    (0, "", ""),
];

fn scale_word(power: u32, language: Language) -> Option<&'static str> {
    let (_, english, vietnamese) = SCALES.iter().find(|(exponent, _, _)| *exponent == power)?;
    Some(match language {
        Language::En => english,
        Language::Vi => vietnamese,
    })
}

/// The printed digits and the scale word. Where the source's scale has no word here (5 vạn, 2 hundred), that of a neighbour: for an
/// exact figure the larger, with decimals that keep the place of the last digit; for a hedged one the smaller, with zeros that leave the
/// last significant digit where it was.
fn named(quantity: Quantity, hedge: Hedge, language: Language) -> (Decimal, String) {
    let (digits, power) = (quantity.digits(), quantity.power());
    let larger = SCALES.iter().rev().find(|(exponent, _, _)| *exponent >= power);
    let smaller = SCALES.iter().find(|(exponent, _, _)| *exponent <= power);
    let neighbour = if hedge == Hedge::Exact { larger.or(smaller) } else { smaller };
    let named = neighbour.and_then(|(exponent, _, _)| {
        let digits =
            if *exponent >= power { lowered(digits, exponent - power)? } else { shifted(digits, power - exponent) };
        Some((digits, scale_word(*exponent, language)?.replace(' ', NO_BREAK_SPACE)))
    });
    named.unwrap_or_else(|| (quantity.scaled(), String::new()))
}

/// The number divided by a power of ten, exactly; none where a decimal cannot keep that many places.
fn lowered(value: Decimal, power: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(value.mantissa(), value.scale().checked_add(power)?).ok()
}

fn suitable_power(lower: Decimal, upper: Decimal, unit: Unit) -> u32 {
    let largest = lower.abs().max(upper.abs());
    let places = if unit.kind() == UnitKind::Count { 2 } else { 6 };
    let suits = |power: u32| {
        let reached = largest >= shifted(Decimal::ONE, power);
        let short = |value: Decimal| lowered(value, power).is_some_and(|value| value.normalize().scale() <= places);
        reached && short(lower) && short(upper)
    };
    [12, 9, 6].into_iter().find(|power| suits(*power)).unwrap_or(0)
}
