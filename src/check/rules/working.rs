//! The working of a relation as a reader would do it on paper: `1.6 + 2.08 = 3.68 million USD, 3.625 to 3.735 as printed`.

use super::{Context, form};
use crate::check::fraction::Fraction;
use crate::check::judge::judge;
use crate::check::range::Range;
use crate::check::relate::{Judged, Term};
use crate::check::solve::{Domain, Level};
use crate::check::tie;
use crate::figure::{Unit, UnitKind, format};
use crate::language::Language;
use crate::sheet::RelationKind;

/// Decimals that a working shows in full; a value with more, such as a quotient, is rounded.
const EXACT_PLACES: u32 = 4;
/// Decimals of a quotient beyond those of the figure that it is held against.
const FURTHER_PLACES: u32 = 2;
/// Decimals at which two numbers that differ are given up as alike.
const MOST_PLACES: u32 = 12;

/// A relation whose working is shown.
#[derive(Clone, Copy)]
pub(super) struct Working<'c, 'j, 'a> {
    pub(super) context: &'c Context<'c>,
    pub(super) judged: &'j Judged<'a>,
}

/// How the numbers of a working are written.
pub(super) struct Scale {
    /// The power of ten of the result's scale word.
    power: u32,
    /// The result's scale word and unit: `million USD`, `%`.
    words: String,
    /// Whether the operands are written without scale word and unit, the result's standing for all.
    pub(super) bare: bool,
}

impl Scale {
    /// A number with the scale word and the unit.
    pub(super) fn full(&self, number: &str) -> String {
        match self.words.as_str() {
            "" => number.to_owned(),
            "%" => format!("{number}%"),
            words => format!("{number} {words}"),
        }
    }

    /// A number as the operands are written.
    pub(super) fn short(&self, number: &str) -> String {
        if self.bare && self.words != "%" { number.to_owned() } else { self.full(number) }
    }

    /// A value in digits, rounded to some decimals.
    pub(super) fn digits(&self, value: &Fraction, places: u32) -> Option<String> {
        form::rounded(value, self.power, places)
    }
}

/// The kinds of relation by the way they are computed, with the roles of the operands.
enum Shape {
    /// The parts, and the whole.
    Sum,
    /// The first is the product of the others.
    Product([&'static str; 3]),
    /// The first is the second, changed by the third.
    Change([&'static str; 3]),
    /// The first less the second is the third.
    Difference([&'static str; 3]),
    /// Not by arithmetic on operands.
    Other,
}

fn shape(kind: &RelationKind, is_multiple: bool, divides: bool) -> Shape {
    match kind {
        RelationKind::Total { .. } => Shape::Sum,
        RelationKind::Percentage { .. } => Shape::Product(["part", "whole", "percent"]),
        RelationKind::Growth { as_index: true, .. } => Shape::Product(["current", "previous", "index"]),
        RelationKind::Growth { .. } if is_multiple => Shape::Product(["current", "previous", "rate"]),
        RelationKind::Growth { .. } => Shape::Change(["current", "previous", "rate"]),
        RelationKind::Attainment { as_excess: true, .. } => Shape::Change(["actual", "plan", "excess"]),
        RelationKind::Attainment { .. } => Shape::Product(["actual", "plan", "percent"]),
        RelationKind::Mean { .. } => Shape::Product(["total", "count", "mean"]),
        RelationKind::Conversion { .. } if divides => Shape::Product(["amount", "result", "rate"]),
        RelationKind::Conversion { .. } => Shape::Product(["result", "amount", "rate"]),
        RelationKind::Difference { .. } => Shape::Difference(["from", "less", "is"]),
        RelationKind::Part { .. }
        | RelationKind::Count { .. }
        | RelationKind::Equal { .. }
        | RelationKind::Equation(_) => Shape::Other,
    }
}

impl<'a> Working<'_, '_, 'a> {
    /// The computation of one term from the others, with its result and where the figures stand.
    pub(super) fn of(&self, target: &Term<'a>) -> Option<String> {
        let formula = self.formula(target)?;
        let places = self.lines(target);
        let Some(range) = self.judged.admitted(target.variable) else {
            return Some(format!("{formula} has no value{places}"));
        };
        let nominal = self.nominal(target);
        let scale = self.scale(target);
        let decimals = decimals(target, &scale, &range, nominal.as_ref());
        let digits = |value: &Fraction| scale.digits(value, decimals);
        let result = match nominal {
            Some(nominal) if range.as_point() == Some(&nominal) => scale.full(&digits(&nominal)?),
            Some(nominal) => {
                let bounds = form::ends(range.lower().and_then(digits), range.upper().and_then(digits));
                format!("{}, {bounds} as printed", scale.full(&digits(&nominal)?))
            }
            None => scale.full(&form::ends(range.lower().and_then(digits), range.upper().and_then(digits))),
        };
        Some(format!("{formula} = {result}{places}"))
    }

    /// The value of a term if every other one were just what its digits say; none if one is a range.
    pub(super) fn nominal(&self, target: &Term<'a>) -> Option<Fraction> {
        let points: Option<Vec<Domain>> = self
            .judged
            .terms
            .iter()
            .map(|term| {
                if term.variable == target.variable {
                    return Some(Domain::default());
                }
                digits_of(term).map(|value| Domain::printed(Range::point(value)))
            })
            .collect();
        let judgement = judge(self.judged.equations.first()?, &points?);
        judgement.operand(target.variable)?.admitted.as_ref()?.as_point().cloned()
    }

    /// The formula that gives a term, with the others' printed numbers; none if one of them is not known.
    fn formula(&self, target: &Term<'a>) -> Option<String> {
        let bare = self.scale(target).bare;
        let all: Vec<(&str, String)> = self
            .judged
            .terms
            .iter()
            .filter(|term| term.variable != target.variable)
            .map(|term| Some((term.role, operand(term, bare)?)))
            .collect::<Option<_>>()?;
        let by = |role: &str| all.iter().find(|(other, _)| *other == role).map(|(_, text)| text.as_str());
        Some(
            match shape(
                &self.judged.relation.kind,
                self.judged.terms.iter().any(tie::is_multiple),
                tie::divides(&self.judged.terms),
            ) {
                Shape::Sum => {
                    let parts: Vec<&str> =
                        all.iter().filter(|(role, _)| *role == "part").map(|(_, text)| text.as_str()).collect();
                    match by("whole") {
                        None => parts.join(" + "),
                        Some(whole) => [&[whole], parts.as_slice()].concat().join(" \u{2212} "),
                    }
                }
                Shape::Product([product, factor, rate]) => match (by(product), by(factor), by(rate)) {
                    (None, Some(factor), Some(rate)) => format!("{factor} × {rate}"),
                    (Some(product), None, Some(other)) | (Some(product), Some(other), None) => {
                        format!("{product} / {other}")
                    }
                    _ => return None,
                },
                Shape::Change([current, previous, rate]) => match (by(current), by(previous), by(rate)) {
                    (None, Some(previous), Some(rate)) => format!("{previous} × {}", changed(rate)),
                    (Some(current), None, Some(rate)) => format!("{current} / {}", changed(rate)),
                    (Some(current), Some(previous), None) => format!("{current} / {previous} \u{2212} 1"),
                    _ => return None,
                },
                Shape::Difference([from, less, is]) => match (by(from), by(less), by(is)) {
                    (None, Some(less), Some(is)) => format!("{less} + {is}"),
                    (Some(from), None, Some(other)) | (Some(from), Some(other), None) => {
                        format!("{from} \u{2212} {other}")
                    }
                    _ => return None,
                },
                Shape::Other => return None,
            },
        )
    }

    /// How the numbers are written if a term is computed.
    pub(super) fn scale(&self, target: &Term<'a>) -> Scale {
        let amounts =
            || self.judged.terms.iter().filter(|term| term.unit().is_none_or(|unit| unit.kind() != UnitKind::Percent));
        let scales: Vec<(u32, String)> = amounts().filter_map(scale_of).collect();
        let one_unit = amounts().map(Term::unit).collect::<std::collections::BTreeSet<_>>().len() <= 1;
        let bare = one_unit && scales.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        let unit = target.unit().unwrap_or(Unit::COUNT);
        let label = unit.label(Language::En);
        if unit.kind() == UnitKind::Percent {
            return Scale { power: 0, words: label.to_owned(), bare };
        }
        let admitted = self.judged.admitted(target.variable);
        let own = if bare { scales.into_iter().next() } else { scale_of(target) };
        // A result of 0.08 trillion is told as 84.6 billion, as long as no operand leans on its scale word.
        let suits = |power: u32| bare || form::lowered(&size(admitted.as_ref()), power) >= Fraction::ONE;
        let (power, word) = own.filter(|(power, _)| suits(*power)).unwrap_or_else(|| fitting(admitted.as_ref()));
        let words = [word.as_str(), label].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        Scale { power, words, bare }
    }

    /// Where the other terms' figures stand: ` (lines 22, 26)`.
    pub(super) fn lines(&self, target: &Term<'a>) -> String {
        let others = self.judged.terms.iter().filter(|term| term.variable != target.variable);
        form::lines(self.context, others.filter_map(|term| term.fact).map(crate::sheet::Fact::place))
    }
}

/// The decimals of a result: all of them if they are few; else two more than the figure that it is held against, and as many as
/// it takes to tell the two apart.
fn decimals(target: &Term<'_>, scale: &Scale, range: &Range, nominal: Option<&Fraction>) -> u32 {
    let ends: Vec<&Fraction> = range.lower().into_iter().chain(range.upper()).chain(nominal).collect();
    let round = |value: &Fraction, places| form::round_at(value, scale.power, places);
    if ends.iter().all(|end| round(end, EXACT_PLACES) == form::lowered(end, scale.power)) {
        return EXACT_PLACES;
    }
    let printed = target.fact.and_then(crate::sheet::Fact::figure).map_or(0, |figure| figure.first().digits().scale());
    let stated = target.domain.is_known().then(|| target.domain.range(Level::Strict));
    let told_apart = |places: u32| {
        let apart = |end: Option<&Fraction>, bound: Option<&Fraction>| match (end, bound) {
            (Some(end), Some(bound)) => round(end, places) != form::lowered(bound, scale.power) || end == bound,
            _ => true,
        };
        let from_stated =
            stated.is_none_or(|stated| apart(range.lower(), stated.upper()) && apart(range.upper(), stated.lower()));
        let from_whole =
            !target.domain.is_whole() || ends.iter().all(|end| end.is_whole() || !round(end, places).is_whole());
        from_stated && from_whole
    };
    let fewest = printed + FURTHER_PLACES;
    (fewest..=MOST_PLACES).find(|places| told_apart(*places)).unwrap_or(MOST_PLACES)
}

/// The value of a term by its digits alone; none for a range, or an unknown.
pub(super) fn digits_of(term: &Term<'_>) -> Option<Fraction> {
    match term.fact {
        Some(fact) => fact.figure()?.value().map(Fraction::from),
        None if term.domain.is_known() => term.domain.range(Level::Strict).as_point().cloned(),
        None => None,
    }
}

/// The power of ten and the word of a printed figure's scale.
pub(super) fn scale_of(term: &Term<'_>) -> Option<(u32, String)> {
    let figure = term.fact?.figure()?;
    let word = form::plain(&format::parts(figure, Language::En).scale);
    let power = match word.as_str() {
        "" => 0,
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        "trillion" => 12,
        _ => 15,
    };
    Some((power, word))
}

/// The size of a range's end.
fn size(range: Option<&Range>) -> Fraction {
    range.and_then(|range| range.lower().or(range.upper())).map(Fraction::abs).unwrap_or_default()
}

/// The scale that suits a range that no source prints.
fn fitting(range: Option<&Range>) -> (u32, String) {
    let size = size(range);
    let words = [(12, "trillion"), (9, "billion"), (6, "million")];
    let fits = words.into_iter().find(|(power, _)| form::lowered(&size, *power) >= Fraction::ONE);
    fits.map(|(power, word)| (power, word.to_owned())).unwrap_or_default()
}

/// A term's number as a formula shows it: the digits printed, or what a relation derived. None for an unknown.
pub(super) fn operand(term: &Term<'_>, bare: bool) -> Option<String> {
    let text = match term.fact {
        Some(fact) => {
            let parts = format::parts(fact.figure()?, Language::En);
            let number = form::plain(&parts.number);
            let words = form::plain(&format!("{} {}", parts.scale, parts.unit)).trim().to_owned();
            match words.as_str() {
                "%" => format!("{number}%"),
                words if bare || words.is_empty() => number,
                words => format!("{number} {words}"),
            }
        }
        None if term.domain.is_known() => {
            form::range_words(term.domain.range(Level::Strict), term.unit().unwrap_or(Unit::COUNT))
        }
        None => return None,
    };
    Some(if text.contains(" to ") || text.contains(" or ") { format!("({text})") } else { text })
}

/// The factor of a rate of change: `(1 + 12.02%)`, `(1 − 5%)`.
fn changed(rate: &str) -> String {
    match rate.strip_prefix('\u{2212}') {
        Some(fall) => format!("(1 \u{2212} {fall})"),
        None => format!("(1 + {rate})"),
    }
}
