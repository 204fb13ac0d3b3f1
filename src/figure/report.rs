//! The answer of `brief figure --json`.

use super::error::{ReadError, Reading};
use super::{Decimal, Figure, Hedge, Unit};
use crate::language::Language;
use serde::Serialize;

/// How a text was read, or why not. Decimals are strings in base units, without zeros at the end; an open end is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Report {
    /// The text holds one figure.
    Read(Box<Account>),
    /// It does not.
    Error(Fault),
}

/// A figure that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The text as given.
    pub text: String,
    /// The language in which it was read.
    pub language: Language,
    /// The value; null for a range.
    pub value: Option<String>,
    /// The unit's code.
    pub unit: Unit,
    /// The hedge.
    pub hedge: Hedge,
    /// The least value that a careful writer means.
    pub lower: Option<String>,
    /// The greatest value that a careful writer means.
    pub upper: Option<String>,
    /// The least value that the words admit.
    pub strict_lower: Option<String>,
    /// The greatest value that the words admit.
    pub strict_upper: Option<String>,
    /// The ways to read the number, the one that was taken first.
    pub readings: Vec<WrittenReading>,
}

/// A text that holds no figure, or more than one, or one that can be read in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `unreadable-figure` or `ambiguous-figure`.
    pub error: &'static str,
    /// What is wrong.
    pub message: String,
    /// How to write it.
    pub help: String,
    /// The possible readings.
    pub readings: Vec<WrittenReading>,
}

/// One way to read a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenReading {
    /// The language whose signs make groups and decimals.
    pub language: Language,
    /// The value in base units.
    pub value: String,
}

impl Report {
    /// The report of what [`read`](super::read) answered.
    pub fn new(answer: &Result<Figure, ReadError>) -> Report {
        match answer {
            Ok(figure) => Report::Read(Box::new(Account::new(figure))),
            Err(error) => Report::Error(Fault {
                error: error.code(),
                message: error.to_string(),
                help: error.help().to_owned(),
                readings: written(error.readings()),
            }),
        }
    }
}

impl Account {
    fn new(figure: &Figure) -> Account {
        let (expected, strict) = (figure.expected(), figure.strict());
        Account {
            text: figure.text().to_owned(),
            language: figure.language(),
            value: figure.value().map(plain),
            unit: figure.unit(),
            hedge: figure.hedge(),
            lower: expected.lower.map(plain),
            upper: expected.upper.map(plain),
            strict_lower: strict.lower.map(plain),
            strict_upper: strict.upper.map(plain),
            readings: written(figure.readings()),
        }
    }
}

fn written(readings: &[Reading]) -> Vec<WrittenReading> {
    readings.iter().map(|reading| WrittenReading { language: reading.language, value: plain(reading.value) }).collect()
}

/// The decimal as a plain string without zeros at the end; zero without sign.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}
