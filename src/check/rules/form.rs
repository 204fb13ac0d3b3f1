//! Words that several rules share.

use super::Context;
use crate::check::fraction::Fraction;
use crate::check::range::Range;
use crate::diag::{Bounds, ByteSpan, Diagnostic};
use crate::figure::{Decimal, Figure, Interval, ReadError, Unit, UnitKind, format};
use crate::language::Language;
use std::collections::BTreeSet;

/// Reports the figures that could not be read, for one of the reader's two codes.
pub(super) fn unread(context: &Context<'_>, code: &'static str, found: &mut Vec<Diagnostic>) {
    for fact in &context.facts.sheet.facts {
        for printed in &fact.printed {
            let Err(error) = &printed.figure else { continue };
            if error.code() == code {
                found.push(
                    context
                        .error(code, error.to_string(), printed.text.span, readings(error))
                        .facts([fact.id.value.as_str()])
                        .help(error.help()),
                );
            }
        }
    }
}

/// A unit as a message names it.
pub(super) fn unit_words(unit: Unit) -> String {
    match unit.kind() {
        UnitKind::Count => "plain numbers".to_owned(),
        UnitKind::Percent => "per cent".to_owned(),
        UnitKind::Currency | UnitKind::Measure => unit.code().to_owned(),
    }
}

/// A language as a message names it.
pub(super) fn language_words(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Vi => "Vietnamese",
    }
}

/// The ends of an interval as a diagnostic carries them.
pub(super) fn bounds(interval: Interval) -> Bounds {
    Bounds { lower: interval.lower, upper: interval.upper }
}

/// What a figure admits: `3.35 to 3.45 million USD`.
pub(super) fn interval_words(figure: &Figure) -> String {
    bounds_words(figure.strict().lower, figure.strict().upper, figure.unit())
}

/// A range in words: `3.35 to 3.45 million USD`, `3.6 billion USD or more`, `at most 8`.
pub(super) fn bounds_words(lower: Option<Decimal>, upper: Option<Decimal>, unit: Unit) -> String {
    let scaled = |lower, upper| plain(&format::scaled(lower, upper, unit, Language::En));
    match (lower, upper) {
        (Some(lower), Some(upper)) => scaled(lower, upper),
        (lower, upper) => ends(lower.map(|lower| scaled(lower, lower)), upper.map(|upper| scaled(upper, upper))),
    }
}

/// A computed range in words, with two decimals where it has no end of them, or four below a hundred.
pub(super) fn range_words(range: &Range, unit: Unit) -> String {
    let places = |end: &Fraction| if end.abs() < Fraction::HUNDRED { 4 } else { 2 };
    let decimal = |end: Option<&Fraction>| end.and_then(|end| round_at(end, 0, places(end)).to_decimal(MOST_DIGITS));
    bounds_words(decimal(range.lower()), decimal(range.upper()), unit)
}

/// Two ends in words: `3.35 to 3.45`, `3.6 or more`, `at most 8`.
pub(super) fn ends(lower: Option<String>, upper: Option<String>) -> String {
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower == upper => lower,
        (Some(lower), Some(upper)) => format!("{lower} to {upper}"),
        (Some(lower), None) => format!("{lower} or more"),
        (None, Some(upper)) => format!("at most {upper}"),
        (None, None) => "any number".to_owned(),
    }
}

/// Text of a briefing as a terminal shows it: there, a no-break space could be neither searched for nor typed.
pub(super) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// Digits that a [`Decimal`] can always hold.
const MOST_DIGITS: u32 = 28;

/// A value in units of a power of ten.
pub(super) fn lowered(value: &Fraction, power: u32) -> Fraction {
    let unit = Fraction::from(10_i64.checked_pow(power).unwrap_or(1));
    value.divided_by(&unit).unwrap_or_default()
}

/// A value in units of a power of ten, rounded to some decimals, a half upward.
pub(super) fn round_at(value: &Fraction, power: u32, places: u32) -> Fraction {
    let tens = Fraction::from(10_i64.checked_pow(places).unwrap_or(1));
    let half = Fraction::ratio(1, 2).unwrap_or_default();
    let whole = (&(&lowered(value, power) * &tens) + &half).floor();
    whole.divided_by(&tens).unwrap_or_default()
}

/// The same in English digits, without zeros at the end; none for a number of more digits than any figure has.
pub(super) fn rounded(value: &Fraction, power: u32, places: u32) -> Option<String> {
    let decimal = round_at(value, power, places).to_decimal(MOST_DIGITS)?;
    Some(format::number(decimal.normalize(), Language::En))
}

/// The most lines that a message lists.
const MOST_LINES: usize = 20;

/// The lines of some places, each once: ` (lines 22, 26)`, of many the first ones; nothing for no place.
pub(super) fn lines(context: &Context<'_>, spans: impl Iterator<Item = ByteSpan>) -> String {
    let file = &context.facts.sheet.file;
    let lines: BTreeSet<usize> = spans.map(|span| file.line_column(span.start).0).collect();
    let mut words: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
    if lines.len() > MOST_LINES {
        words.push("…".to_owned());
    }
    match words.as_slice() {
        [] => String::new(),
        [line] => format!(" (line {line})"),
        lines => format!(" (lines {})", lines.join(", ")),
    }
}

/// How a text could be read.
fn readings(error: &ReadError) -> String {
    let readings: Vec<String> = error
        .readings()
        .iter()
        .map(|reading| {
            let value = format::number(reading.value.normalize(), Language::En);
            format!("{value} as {}", language_words(reading.language))
        })
        .collect();
    readings.join(", ")
}

/// Names that a message lists.
const MOST_NAMED: usize = 6;

/// `a`, `b` and `c`; of many, the first and how many more.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => "the figures".to_owned(),
        [one] => one.clone(),
        names if names.len() > MOST_NAMED => {
            format!(
                "{} and {} more",
                names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", "),
                names.len() - MOST_NAMED
            )
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
