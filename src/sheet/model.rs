//! The fact sheet as later stages see it: facts with their figures read, nothing judged yet.

use super::located::Located;
use super::vintage::{self, Dated, Published};
use crate::calendar::{PartialDate, Period, Span};
use crate::catalog::{Catalog, Commune, Indicator, Locality, PlaceEntry};
use crate::diag::{ByteSpan, SourceFile};
use crate::figure::{Figure, ReadError};
use crate::language::Language;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sources, facts, partners and relations.
#[derive(Debug, Clone)]
pub struct FactSheet {
    /// The file that it was read from.
    pub file: Arc<SourceFile>,
    /// The province as the sheet spells it.
    pub province: Located<String>,
    /// The commune-level locality of it that the sheet is about, if it is about one.
    pub commune: Option<Located<Commune>>,
    /// The sources by id.
    pub sources: BTreeMap<String, Source>,
    /// The facts, in the sheet's order.
    pub facts: Vec<Fact>,
    /// Localities and bodies abroad with agreements.
    pub partners: Vec<Partner>,
    /// What happened with places abroad.
    pub events: Vec<Event>,
    /// Arithmetic that ties facts.
    pub relations: Vec<Relation>,
    /// Diagnostics that the analyst accepts.
    pub allowances: Vec<Allowance>,
    /// Indicators that the sheet defines beyond the catalogue's.
    pub indicators: BTreeMap<String, Located<Indicator>>,
    /// Places that the sheet defines beyond the catalogue's.
    pub places: BTreeMap<String, PlaceEntry>,
}

impl FactSheet {
    /// What the sheet is about; `None` if its province is not in the catalogue.
    pub fn locality(&self, catalog: &Catalog) -> Option<Locality> {
        let province = catalog.provinces.find(&self.province).ok()?;
        Some(Locality::new(province, self.commune.as_deref()))
    }
}

/// Text for readers: one for both languages, or one for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalText {
    /// The same in both languages, such as a name.
    Same(String),
    /// One for each language named.
    Each(BTreeMap<Language, String>),
}

impl LocalText {
    /// The text in a language, if the sheet gives it.
    pub fn in_language(&self, language: Language) -> Option<&str> {
        match self {
            LocalText::Same(text) => Some(text),
            LocalText::Each(texts) => texts.get(&language).map(String::as_str),
        }
    }
}

/// An article or report that prints figures.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id in the sheet.
    pub id: Located<String>,
    /// Who published it.
    pub publisher: Option<LocalText>,
    /// Its title as printed.
    pub title: Option<String>,
    /// Its author as printed.
    pub author: Option<String>,
    /// Its address.
    pub url: Option<Located<String>>,
    /// What it is, where it prints no title.
    pub description: Option<LocalText>,
    /// When it was published.
    pub published: Publication,
    /// The language that its figures are read in.
    pub language: Language,
}

/// When a source was published.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The first day that it may have been.
    pub earliest: NaiveDate,
    /// The last day that it may have been; what a source prints counts as known from this day.
    pub latest: NaiveDate,
    /// The reason for the estimate, where the source prints no date.
    pub estimated: Option<LocalText>,
    /// Where the date stands.
    pub span: ByteSpan,
}

/// An indicator, a time, and the figure that each source prints for it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its id: the indicator's unless the sheet gives another.
    pub id: Located<String>,
    /// What is measured.
    pub indicator: Located<String>,
    /// A point in time for a stock, a period for a flow.
    pub when: When,
    /// The figure as each source prints it, in the sheet's order.
    pub printed: Vec<Printed>,
    /// A remark for the briefing's readers.
    pub note: Option<LocalText>,
    /// Where the fact stands.
    pub span: ByteSpan,
}

impl Fact {
    /// The figure that stands for the fact: of those that could be read, the one published last.
    pub fn figure(&self) -> Option<&Figure> {
        self.leading().and_then(Dated::figure)
    }

    /// What prints the figure that stands for the fact.
    pub fn leading(&self) -> Option<&Printed> {
        vintage::leading(&self.printed)
    }

    /// What sources print of the vintage that stands: nothing that a later source revised.
    pub fn standing(&self) -> Vec<&Printed> {
        vintage::standing(&self.printed)
    }

    /// Where the figure that stands for the fact is printed, or the fact itself.
    pub fn place(&self) -> ByteSpan {
        self.leading().or(self.printed.first()).map_or(self.span, |printed| printed.text.span)
    }
}

/// The time of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The point in time of a stock.
    AsOf(Located<PartialDate>),
    /// The period of a flow.
    Period(Located<Period>),
    /// Neither was written.
    Missing,
    /// Both were written; the period's place.
    Both(ByteSpan),
}

impl When {
    /// The days covered, given when the source may have been published.
    pub fn span(&self, published: (NaiveDate, NaiveDate)) -> Option<Span> {
        match self {
            When::AsOf(date) => Some(Span::at(**date)),
            When::Period(period) => Some(period.resolve(published)),
            When::Missing | When::Both(_) => None,
        }
    }
}

/// A figure as one source prints it.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The source's id.
    pub source: Located<String>,
    /// When the source was published: any day, where the sheet has no such source.
    pub published: Published,
    /// The text.
    pub text: Located<String>,
    /// The language whose number form the text keeps, where it is not the source's.
    pub read_as: Option<Language>,
    /// The reading.
    pub figure: Result<Figure, ReadError>,
}

impl Dated for Printed {
    fn published(&self) -> Published {
        self.published
    }

    fn figure(&self) -> Option<&Figure> {
        self.figure.as_ref().ok()
    }
}

/// A locality or body abroad with which the province has an agreement.
#[derive(Debug, Clone)]
pub struct Partner {
    /// The place as the sheet spells it.
    pub place: Located<String>,
    /// The source that names it.
    pub source: Located<String>,
    /// A remark for the briefing's readers.
    pub note: Option<LocalText>,
}

/// Something that happened with places abroad.
#[derive(Debug, Clone)]
pub struct Event {
    /// What it was.
    pub event: LocalText,
    /// Where, or with whom.
    pub places: Vec<Located<String>>,
    /// When.
    pub period: Located<Period>,
    /// The source that tells it.
    pub source: Located<String>,
    /// Where the event stands.
    pub span: ByteSpan,
}

/// A diagnostic that the analyst accepts.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// The code.
    pub code: Located<String>,
    /// The fact, or every fact.
    pub fact: Option<Located<String>>,
    /// Why it is accepted.
    pub reason: Located<String>,
    /// The last day on which it holds.
    pub until: Option<PartialDate>,
    /// Where it stands.
    pub span: ByteSpan,
}

/// An operand of a relation.
#[derive(Debug, Clone)]
pub enum Operand {
    /// A fact's id.
    Fact(Located<String>),
    /// A figure that no source prints, for an indicator; its id is the indicator's unless another is given.
    Derived {
        /// The indicator of the derived figure.
        indicator: Located<String>,
        /// Its id.
        id: Located<String>,
    },
    /// Left out: derived, with no name of its own.
    Missing,
}

/// What the `count` relation counts.
#[derive(Debug, Clone)]
pub enum List {
    /// The sheet's partners that are localities.
    Partners,
    /// Places written out.
    Places(Vec<Located<String>>),
}

/// Arithmetic that ties facts.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Which arithmetic, over which facts.
    pub kind: RelationKind,
    /// Where the relation's kind stands.
    pub span: ByteSpan,
}

/// The kinds of relation. Each operand is a fact; one may be left out and is then derived.
#[derive(Debug, Clone)]
pub enum RelationKind {
    /// The parts add up to the whole.
    Total {
        /// The summands.
        parts: Vec<Operand>,
        /// Their sum.
        whole: Operand,
    },
    /// The part is at most the whole.
    Part {
        /// The part.
        part: Operand,
        /// The whole.
        whole: Operand,
    },
    /// `percent` = 100 × `part` / `whole`.
    Percentage {
        /// The part.
        part: Operand,
        /// The whole.
        whole: Operand,
        /// The percentage.
        percent: Operand,
    },
    /// `rate` = 100 × (`current` / `previous` − 1), or as an index 100 × `current` / `previous`.
    Growth {
        /// The later figure.
        current: Operand,
        /// The earlier figure.
        previous: Operand,
        /// The rate or the index, in percent.
        rate: Operand,
        /// Whether the rate is an index ("equal to 94 % of last year").
        as_index: bool,
    },
    /// `percent` = 100 × `actual` / `plan`, or as an excess 100 × (`actual` / `plan` − 1).
    Attainment {
        /// What was reached.
        actual: Operand,
        /// What was planned.
        plan: Operand,
        /// The share of the plan, in percent.
        percent: Operand,
        /// Whether the percentage is what exceeds the plan.
        as_excess: bool,
    },
    /// `from` − `less` = `is`.
    Difference {
        /// The minuend.
        from: Operand,
        /// The subtrahend.
        less: Operand,
        /// The difference.
        is: Operand,
    },
    /// `mean` = `total` / `count`.
    Mean {
        /// The total.
        total: Operand,
        /// The number of things.
        count: Operand,
        /// The mean.
        mean: Operand,
    },
    /// The list has as many entries as stated.
    Count {
        /// The list.
        list: List,
        /// The number stated.
        stated: Operand,
    },
    /// The facts are one number.
    Equal {
        /// The facts.
        facts: Vec<Operand>,
    },
    /// `result` = `amount` × `rate`.
    Conversion {
        /// The amount in its own unit.
        amount: Operand,
        /// Units of the result to a unit of the amount.
        rate: Operand,
        /// The amount in the other unit.
        result: Operand,
    },
    /// An equation written out.
    Equation(Located<String>),
}

impl RelationKind {
    /// The kind's name, as the sheet writes it.
    pub fn name(&self) -> &'static str {
        match self {
            RelationKind::Total { .. } => "total",
            RelationKind::Part { .. } => "part",
            RelationKind::Percentage { .. } => "percentage",
            RelationKind::Growth { .. } => "growth",
            RelationKind::Attainment { .. } => "attainment",
            RelationKind::Difference { .. } => "difference",
            RelationKind::Mean { .. } => "mean",
            RelationKind::Count { .. } => "count",
            RelationKind::Equal { .. } => "equal",
            RelationKind::Conversion { .. } => "conversion",
            RelationKind::Equation(_) => "equation",
        }
    }

    /// The operands with their roles, in the order of the formula.
    pub fn operands(&self) -> impl Iterator<Item = (&'static str, &Operand)> {
        let (of_many, many): (&'static str, &[Operand]) = match self {
            RelationKind::Total { parts, .. } => ("part", parts),
            RelationKind::Equal { facts } => ("fact", facts),
            _ => ("", &[]),
        };
        let single = match self {
            RelationKind::Total { whole, .. } => [Some(("whole", whole)), None, None],
            RelationKind::Part { part, whole } => [Some(("part", part)), Some(("whole", whole)), None],
            RelationKind::Percentage { part, whole, percent } => {
                [Some(("part", part)), Some(("whole", whole)), Some(("percent", percent))]
            }
            RelationKind::Growth { current, previous, rate, as_index } => {
                let rate = (if *as_index { "index" } else { "rate" }, rate);
                [Some(("current", current)), Some(("previous", previous)), Some(rate)]
            }
            RelationKind::Attainment { actual, plan, percent, as_excess } => {
                let percent = (if *as_excess { "excess" } else { "percent" }, percent);
                [Some(("actual", actual)), Some(("plan", plan)), Some(percent)]
            }
            RelationKind::Difference { from, less, is } => {
                [Some(("from", from)), Some(("less", less)), Some(("is", is))]
            }
            RelationKind::Mean { total, count, mean } => {
                [Some(("total", total)), Some(("count", count)), Some(("mean", mean))]
            }
            RelationKind::Count { stated, .. } => [Some(("stated", stated)), None, None],
            RelationKind::Conversion { amount, rate, result } => {
                [Some(("amount", amount)), Some(("rate", rate)), Some(("result", result))]
            }
            RelationKind::Equal { .. } | RelationKind::Equation(_) => [None; 3],
        };
        many.iter().map(move |operand| (of_many, operand)).chain(single.into_iter().flatten())
    }
}
