//! Words that several rules share.

use super::Context;
use crate::diag::{Bounds, Diagnostic};
use crate::figure::{Decimal, Figure, Interval, ReadError, Unit, UnitKind, format};
use crate::language::Language;

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
        UnitKind::Count => "a plain number of things".to_owned(),
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
    match (lower, upper) {
        (Some(lower), Some(upper)) => format::scaled(lower, upper, unit, Language::En),
        (Some(lower), None) => format!("{} or more", format::scaled(lower, lower, unit, Language::En)),
        (None, Some(upper)) => format!("at most {}", format::scaled(upper, upper, unit, Language::En)),
        (None, None) => "any number".to_owned(),
    }
}

/// How a text could be read.
fn readings(error: &ReadError) -> String {
    let readings: Vec<String> = error
        .readings()
        .iter()
        .map(|reading| {
            let value = format::number(reading.value, Language::En);
            format!("{value} as {}", language_words(reading.language))
        })
        .collect();
    readings.join(", ")
}
