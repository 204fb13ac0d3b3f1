//! The facts of a sheet as variables of the constraint system.

use super::expression::Equation;
use super::fraction::Fraction;
use super::parse::{self, Name, ParseError};
use super::range::Range;
use super::solve::Domain;
use crate::calendar::Span;
use crate::catalog::{Catalog, Indicator, Kind, Place};
use crate::diag::{Bounds, ByteSpan};
use crate::figure::{Figure, Interval, Unit, UnitKind};
use crate::sheet::{Fact, FactSheet, Located, Operand, Printed, Source};
use chrono::Datelike;
use std::collections::BTreeMap;

/// The sheet beside the catalogue: look-ups that the rules share.
pub(super) struct Facts<'a> {
    /// The sheet.
    pub sheet: &'a FactSheet,
    /// The catalogue, with the places that the sheet adds.
    pub catalog: &'a Catalog,
    by_id: BTreeMap<&'a str, usize>,
    /// The indicators that facts are of: few, and asked for again and again.
    indicators: BTreeMap<&'a str, &'a Indicator>,
    derived: BTreeMap<&'a str, Derivation>,
    /// What is asked of each fact again and again, in the order of the sheet.
    known: Vec<Known<'a>>,
    /// The equations that relations write out, by the relations' places.
    equations: Vec<Option<Result<Equation<Name<'a>>, ParseError>>>,
}

/// What is known of a fact beside its figures.
struct Known<'a> {
    indicator: Option<&'a Indicator>,
    span: Option<Span>,
    /// What a figure of its indicator can be in its year; everything where the indicator is not known.
    plausible: Range,
}

/// Where a figure that no source prints is derived first.
#[derive(Debug, Clone, Copy)]
struct Derivation {
    /// The relation's place among those of the sheet.
    relation: usize,
    /// The place of its id.
    span: ByteSpan,
}

impl<'a> Facts<'a> {
    /// Indexes a sheet. Of two facts with one id, the first counts.
    pub(super) fn new(sheet: &'a FactSheet, catalog: &'a Catalog) -> Facts<'a> {
        let mut by_id = BTreeMap::new();
        for (place, fact) in sheet.facts.iter().enumerate() {
            by_id.entry(fact.id.value.as_str()).or_insert(place);
        }
        let mut derived = BTreeMap::new();
        for (relation, written) in sheet.relations.iter().enumerate() {
            for (_, operand) in written.kind.operands() {
                if let Operand::Derived { id, .. } = operand {
                    derived.entry(id.value.as_str()).or_insert(Derivation { relation, span: id.span });
                }
            }
        }
        let mut indicators = BTreeMap::new();
        for fact in &sheet.facts {
            let id = fact.indicator.as_str();
            if !indicators.contains_key(id)
                && let Some(indicator) = look_up(sheet, catalog, id)
            {
                indicators.insert(id, indicator);
            }
        }
        let known = sheet.facts.iter().map(|fact| {
            let indicator = indicators.get(fact.indicator.as_str()).copied();
            let span = span(sheet, fact);
            let year = span.map(|span| span.end_latest.year());
            let plausible = indicator.map_or(Range::EVERYTHING, |indicator| plausible(indicator, year));
            Known { indicator, span, plausible }
        });
        let known = known.collect();
        let equations = sheet.relations.iter().map(|relation| parse::of(&relation.kind)).collect();
        Facts { sheet, catalog, by_id, indicators, derived, known, equations }
    }

    fn known(&self, fact: &Fact) -> Option<&Known<'a>> {
        self.known.get(self.sheet.facts.element_offset(fact)?)
    }

    /// The indicator of a fact of the sheet.
    pub(super) fn indicator_of(&self, fact: &Fact) -> Option<&'a Indicator> {
        self.known(fact)?.indicator
    }

    /// The equation that the relation of a place writes out, if it could be read.
    pub(super) fn equation(&self, relation: usize) -> Option<&Equation<Name<'a>>> {
        self.read_equation(relation)?.as_ref().ok()
    }

    /// The same, or why it could not be read.
    pub(super) fn read_equation(&self, relation: usize) -> Option<&Result<Equation<Name<'a>>, ParseError>> {
        self.equations.get(relation)?.as_ref()
    }

    /// The place of the first relation that derives a figure of an id.
    pub(super) fn derived_by(&self, id: &str) -> Option<usize> {
        self.derived.get(id).map(|derivation| derivation.relation)
    }

    /// Whether any relation derives a figure that has an id.
    pub(super) fn derives_any(&self) -> bool {
        !self.derived.is_empty()
    }

    /// For an id that is derived: the place of the fact, or of the earlier derivation, that has the same.
    pub(super) fn elsewhere(&self, id: &Located<String>) -> Option<ByteSpan> {
        let printed = self.get(id).map(|fact| fact.id.span);
        printed.or_else(|| self.derived.get(id.as_str()).map(|first| first.span).filter(|first| *first != id.span))
    }

    /// Whether a fact of an id is printed or derived.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.by_id.contains_key(id) || self.derived.contains_key(id)
    }

    /// The fact of an id.
    pub(super) fn get(&self, id: &str) -> Option<&'a Fact> {
        self.by_id.get(id).and_then(|place| self.sheet.facts.get(*place))
    }

    /// The ids of the facts, printed and derived.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.by_id.keys().chain(self.derived.keys()).copied()
    }

    /// An indicator of the sheet's own or the catalogue's.
    pub(super) fn indicator(&self, id: &str) -> Option<&'a Indicator> {
        self.indicators.get(id).copied().or_else(|| look_up(self.sheet, self.catalog, id))
    }

    /// A place by any spelling.
    pub(super) fn place(&self, spelling: &str) -> Option<&'a Place> {
        self.catalog.places.known(spelling)
    }

    /// The source of an id.
    pub(super) fn source(&self, id: &str) -> Option<&'a Source> {
        self.sheet.sources.get(id)
    }

    /// The days that a fact of the sheet covers, by the source of the figure that stands; where none can be read, by the first source.
    pub(super) fn span(&self, fact: &Fact) -> Option<Span> {
        self.known(fact)?.span
    }

    /// The year that a fact ends in.
    pub(super) fn year(&self, fact: &Fact) -> Option<i32> {
        self.span(fact).map(|span| span.end_latest.year())
    }

    /// What a figure of a fact of the sheet can be.
    pub(super) fn possible(&self, fact: &Fact) -> &Range {
        self.known(fact).map_or(&Range::EVERYTHING, |known| &known.plausible)
    }

    /// The plausible range of the rate at which one currency is converted to another in a year; none for other units, or if the
    /// catalogue has no such rate.
    pub(super) fn exchange_rate(&self, from: Unit, to: Unit, year: Option<i32>) -> Option<Range> {
        let rate = |from: Unit, to: Unit| {
            let id = format!("{}-per-{}", to.code().to_lowercase(), from.code().to_lowercase());
            self.indicator(&id).map(|indicator| plausible(indicator, year))
        };
        rate(from, to).or_else(|| rate(to, from).and_then(|range| Range::point(Fraction::ONE).divide(&range).hull()))
    }

    /// What the figures of a fact admit together: those of one vintage. Where they admit nothing together (`sources-disagree` says
    /// so), what that of one source does: of the source that the figures beside it have in common, or else of the one published last.
    /// Nothing if a figure is in another unit than the indicator, or none could be read; other rules say so.
    pub(super) fn domain(&self, fact: &'a Fact, vintage: Vintage<'_>) -> Option<Domain> {
        let indicator = self.indicator_of(fact)?;
        let printed = match vintage {
            Vintage::Standing { .. } => fact.standing(),
            Vintage::Of(source) => fact.printed.iter().filter(|printed| printed.source.value == source).collect(),
        };
        let figures: Vec<(&str, &Figure)> = printed
            .into_iter()
            .filter_map(|printed| Some((printed.source.as_str(), printed.figure.as_ref().ok()?)))
            .collect();
        if figures.iter().any(|(_, figure)| figure.unit() != indicator.unit) {
            return None;
        }
        let common = match vintage {
            Vintage::Standing { common } => common,
            Vintage::Of(source) => Some(source),
        };
        let of_common = figures.iter().find(|(source, _)| Some(*source) == common).map(|(_, figure)| *figure);
        let own = of_common.or_else(|| fact.figure())?;
        let all = |reach: fn(&Figure) -> Interval| -> Option<Range> {
            let mut ranges = figures.iter().filter_map(|(_, figure)| range(reach(figure)));
            let first = ranges.next()?;
            ranges.try_fold(first, |known, next| known.meet(&next))
        };
        let alone = |reach: fn(&Figure) -> Interval| range(reach(own));
        let possible = self.possible(fact).clone();
        let settled = |domain: Domain| if is_counted(indicator) { domain.whole() } else { domain };
        // What is counted and not hedged means the same however it is taken.
        let means_one = |figure: &Figure| figure.expected() == figure.strict() && figure.strict() == figure.truncated();
        if figures.iter().all(|(_, figure)| means_one(figure))
            && let Some(range) = all(Figure::expected)
        {
            return Some(settled(Domain::printed(range).among(possible)));
        }
        let (expected, strict, truncated) = match (all(Figure::expected), all(Figure::strict), all(Figure::truncated)) {
            (Some(expected), Some(strict), truncated) => {
                let truncated = truncated.unwrap_or_else(|| strict.clone());
                (expected, strict, truncated)
            }
            (None, Some(strict), truncated) => (strict.clone(), strict.clone(), truncated.unwrap_or(strict)),
            _ => (alone(Figure::expected)?, alone(Figure::strict)?, alone(Figure::truncated)?),
        };
        Some(settled(Domain::printed(expected).hedged(&strict).truncated(&truncated).among(possible)))
    }
}

/// The plausible range of an indicator, in a year where it is known.
pub(super) fn plausible(indicator: &Indicator, year: Option<i32>) -> Range {
    let (lower, upper) = year.map_or(indicator.plausible, |year| indicator.plausible_in(year));
    range(Interval { lower, upper }).unwrap_or(Range::EVERYTHING)
}

fn span(sheet: &FactSheet, fact: &Fact) -> Option<Span> {
    let known = |printed: &&Printed| sheet.sources.contains_key(printed.source.as_str());
    let printed = fact.leading().filter(known).or_else(|| fact.printed.iter().find(known))?;
    fact.when.span(printed.published)
}

fn look_up<'a>(sheet: &'a FactSheet, catalog: &'a Catalog, id: &str) -> Option<&'a Indicator> {
    sheet.indicators.get(id).map(|own| &own.value).or_else(|| catalog.indicators.get(id))
}

/// Which of a fact's figures count.
#[derive(Debug, Clone, Copy)]
pub(super) enum Vintage<'s> {
    /// Those that no later source revised.
    Standing {
        /// The source that prints all figures beside it, if there is one.
        common: Option<&'s str>,
    },
    /// That of a source, though a later one may have revised it.
    Of(&'s str),
}

/// Whether the figures of an indicator are whole numbers: things counted, and not a mean of them.
pub(super) fn is_counted(indicator: &Indicator) -> bool {
    indicator.unit.kind() == UnitKind::Count && indicator.kind != Kind::Ratio
}

/// The interval as a range of exact numbers.
pub(super) fn range(interval: Interval) -> Option<Range> {
    Range::new(interval.lower.map(Fraction::from), interval.upper.map(Fraction::from))
}

/// Digits to which a computed bound is kept; bounds of printed figures have fewer.
const BOUND_DIGITS: u32 = 12;

/// The ends of a range as decimals.
pub(super) fn bounds(range: &Range) -> Bounds {
    let decimal = |end: Option<&Fraction>| end.and_then(|end| end.to_decimal(BOUND_DIGITS));
    Bounds { lower: decimal(range.lower()), upper: decimal(range.upper()) }
}
