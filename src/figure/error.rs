//! What can be wrong with a figure's text.

use crate::language::Language;
use rust_decimal::Decimal;

/// One way to read a number: the language whose grouping it follows, and the value that gives, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The language whose signs make groups and decimals.
    pub language: Language,
    /// The value, scale word applied.
    pub value: Decimal,
}

/// A text from which no single figure can be read with certainty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no figure, or more than one, or one that its language does not form so.
    #[error("{message}")]
    Unreadable {
        /// What is wrong, quoting the text.
        message: String,
        /// How to write it.
        help: String,
        /// The reading that is possible, if one is.
        readings: Vec<Reading>,
    },
    /// The number is ill-formed in its language and can be read in two ways or more.
    #[error("{message}")]
    Ambiguous {
        /// What is wrong, quoting the text.
        message: String,
        /// How to write it.
        help: String,
        /// The possible readings, two or more.
        readings: Vec<Reading>,
    },
}

impl ReadError {
    /// The diagnostic's code: `unreadable-figure` or `ambiguous-figure`.
    pub const fn code(&self) -> &'static str {
        match self {
            ReadError::Unreadable { .. } => "unreadable-figure",
            ReadError::Ambiguous { .. } => "ambiguous-figure",
        }
    }

    /// How to write the figure so that it can be read.
    pub fn help(&self) -> &str {
        match self {
            ReadError::Unreadable { help, .. } | ReadError::Ambiguous { help, .. } => help,
        }
    }

    /// The possible readings, in base units; none where there is no telling.
    pub fn readings(&self) -> &[Reading] {
        match self {
            ReadError::Unreadable { readings, .. } | ReadError::Ambiguous { readings, .. } => readings,
        }
    }

    pub(super) fn unreadable(message: String, help: String) -> ReadError {
        ReadError::Unreadable { message, help, readings: Vec::new() }
    }
}
