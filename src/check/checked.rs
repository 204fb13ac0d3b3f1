//! A sheet that passed: the only way from a fact sheet to a briefing.

use super::policy::Allowed;
use super::report::RelationReport;
use crate::calendar::{PartialDate, Period, Span};
use crate::catalog::{Indicator, Locality, Place};
use crate::diag::{Bounds, Diagnostic};
use crate::figure::{Figure, Unit};
use crate::language::Language;
use crate::sheet::{LocalText, Source};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Proof that a value was made by the check stage: nothing outside it can make one.
#[derive(Debug, Clone)]
pub(super) struct Seal(pub(super) ());

/// A sheet without errors. Each figure in it has a source or a derivation, and survived the arithmetic of the sheet.
#[derive(Debug, Clone)]
pub struct CheckedSheet {
    /// What it is about.
    pub locality: Locality,
    /// The sources by id.
    pub sources: BTreeMap<String, Source>,
    /// The facts, printed and derived.
    pub facts: Vec<CheckedFact>,
    /// Localities and bodies abroad with agreements.
    pub partners: Vec<CheckedPartner>,
    /// What happened with places abroad.
    pub events: Vec<CheckedEvent>,
    /// The relations, as judged.
    pub relations: Vec<RelationReport>,
    /// What is doubtful.
    pub warnings: Vec<Diagnostic>,
    /// What the sheet allows.
    pub allowed: Vec<Allowed>,
    #[expect(dead_code, reason = "it is there so that only the check stage can build one")]
    pub(super) seal: Seal,
}

/// A figure for an indicator and a time, with what it rests on.
#[derive(Debug, Clone)]
pub struct CheckedFact {
    /// Its id.
    pub id: String,
    /// What is measured.
    pub indicator: Indicator,
    /// When.
    pub time: Time,
    /// The figure.
    pub value: Value,
    /// The day from which it is known.
    pub known_from: NaiveDate,
    /// A remark for readers.
    pub note: Option<LocalText>,
    #[expect(dead_code, reason = "it is there so that only the check stage can build one")]
    pub(super) seal: Seal,
}

/// The time of a checked fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// In force at a date.
    At(PartialDate),
    /// Over a span.
    Over(Span),
}

impl Time {
    /// The days covered.
    pub fn span(self) -> Span {
        match self {
            Time::At(date) => Span::at(date),
            Time::Over(span) => span,
        }
    }
}

/// A figure and what it rests on.
#[derive(Debug, Clone)]
pub enum Value {
    /// Sources print it.
    Printed(Vec<PrintedValue>),
    /// A relation gives it.
    Derived {
        /// What it may be, in the unit.
        bounds: Bounds,
        /// The unit.
        unit: Unit,
        /// Whether only whole numbers are meant.
        whole: bool,
        /// The sources of the figures that it is derived from.
        sources: Vec<String>,
        /// The kind of the relation.
        relation: &'static str,
    },
}

/// A figure as one source prints it.
#[derive(Debug, Clone)]
pub struct PrintedValue {
    /// The source's id.
    pub source: String,
    /// The figure.
    pub figure: Figure,
    /// The language whose number form the text keeps, where it is not the source's.
    pub read_as: Option<Language>,
    /// The day from which it is known.
    pub known_from: NaiveDate,
}

impl CheckedFact {
    /// The unit.
    pub fn unit(&self) -> Unit {
        self.indicator.unit
    }

    /// The figure as printed; none for a derived one.
    pub fn figure(&self) -> Option<&Figure> {
        match &self.value {
            Value::Printed(printed) => printed.first().map(|printed| &printed.figure),
            Value::Derived { .. } => None,
        }
    }

    /// What a reader takes the figure to mean, in the unit.
    pub fn bounds(&self) -> Bounds {
        match &self.value {
            Value::Printed(_) => self.figure().map_or(Bounds { lower: None, upper: None }, |figure| {
                let expected = figure.expected();
                Bounds { lower: expected.lower, upper: expected.upper }
            }),
            Value::Derived { bounds, .. } => *bounds,
        }
    }

    /// Whether no source prints it.
    pub fn is_derived(&self) -> bool {
        matches!(self.value, Value::Derived { .. })
    }

    /// The ids of its sources.
    pub fn sources(&self) -> Vec<&str> {
        match &self.value {
            Value::Printed(printed) => printed.iter().map(|printed| printed.source.as_str()).collect(),
            Value::Derived { sources, .. } => sources.iter().map(String::as_str).collect(),
        }
    }

    /// The fact as it was known on a day: without the sources published later. None if it was not known.
    #[must_use]
    pub fn known_on(&self, day: NaiveDate) -> Option<CheckedFact> {
        if self.known_from > day {
            return None;
        }
        let mut fact = self.clone();
        if let Value::Printed(printed) = &mut fact.value {
            printed.retain(|printed| printed.known_from <= day);
        }
        Some(fact)
    }
}

/// A partner, found in the catalogue or defined by the sheet.
#[derive(Debug, Clone)]
pub struct CheckedPartner {
    /// The place.
    pub place: Place,
    /// The source that names it.
    pub source: String,
    /// The day from which it is known.
    pub known_from: NaiveDate,
}

/// An event, its places found.
#[derive(Debug, Clone)]
pub struct CheckedEvent {
    /// What it was.
    pub event: LocalText,
    /// Where, or with whom.
    pub places: Vec<Place>,
    /// When, as the sheet writes it.
    pub period: Period,
    /// When, with its end settled.
    pub span: Span,
    /// The source that tells it.
    pub source: String,
    /// The day from which it is known.
    pub known_from: NaiveDate,
}
