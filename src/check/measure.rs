//! Units in a relation: dollars are not added to dong, nor compared with them.
//!
//! Of an equation that is written out, only what is certain is a fault. A product of two measured figures, and a number of any size,
//! may change the unit (a price, an exchange rate), so nothing is said of what they make.

use super::expression::{Equation, Expression, Operator};
use super::fraction::Fraction;
use super::relate::{Fault, Term};
use super::solve::Variable;
use super::tie;
use crate::figure::{Unit, UnitKind};
use crate::sheet::{Relation, RelationKind};

/// What a part of an equation is measured in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// Not known.
    Open,
    /// A number, a share or a multiple.
    Plain,
    /// The unit of this variable.
    Of(Unit, Variable),
}

/// Two figures that the equation adds or compares and that are of different units.
type Clash = (Variable, Variable);

/// The first two figures of different units that an equation ties, the later one second.
pub(super) fn clash(equation: &Equation<Variable>, terms: &[Term<'_>]) -> Option<Clash> {
    let sides = [&equation.left, &equation.right].map(|side| measure(side, terms));
    match sides {
        [Ok(left), Ok(right)] => alike(left, right).err(),
        [Err(clash), _] | [_, Err(clash)] => Some(clash),
    }
}

fn measure(expression: &Expression<Variable>, terms: &[Term<'_>]) -> Result<Measure, Clash> {
    Ok(match expression {
        Expression::Number(number) if is_factor(number) => Measure::Plain,
        Expression::Number(_) => Measure::Open,
        Expression::Variable(variable) => match terms.get(variable.0).and_then(Term::unit) {
            None => Measure::Open,
            Some(unit) if matches!(unit.kind(), UnitKind::Count | UnitKind::Percent) => Measure::Plain,
            Some(unit) => Measure::Of(unit, *variable),
        },
        Expression::Negate(inner) => measure(inner, terms)?,
        Expression::Join(operator, left, right) => {
            let (left, right) = (measure(left, terms)?, measure(right, terms)?);
            match operator {
                Operator::Add | Operator::Subtract => alike(left, right)?,
                Operator::Multiply | Operator::Divide => match (left, right) {
                    (Measure::Plain, Measure::Plain) => Measure::Plain,
                    (unit, Measure::Plain) => unit,
                    (Measure::Plain, unit) if *operator == Operator::Multiply => unit,
                    _ => Measure::Open,
                },
            }
        }
    })
}

/// The measure of two parts that must be of one.
fn alike(left: Measure, right: Measure) -> Result<Measure, Clash> {
    match (left, right) {
        (Measure::Of(one, first), Measure::Of(other, second)) if one != other => Err((first, second)),
        (Measure::Of(..), _) => Ok(left),
        (_, Measure::Of(..)) => Ok(right),
        (Measure::Plain, Measure::Plain) => Ok(Measure::Plain),
        _ => Ok(Measure::Open),
    }
}

/// Whether a number is one that scales, such as the 100 of a percentage and the 12 of a year's months, and no price or rate.
fn is_factor(number: &Fraction) -> bool {
    number.is_whole() && *number <= Fraction::HUNDRED
}

/// The operands whose unit does not fit the relation: summands in dollars and dong, a share that is not a percentage.
pub(super) fn unit_clashes<'a>(relation: &'a Relation, terms: &[Term<'a>]) -> Vec<Fault<'a>> {
    let alike: &'static [&str] = match relation.kind {
        RelationKind::Total { .. } | RelationKind::Part { .. } | RelationKind::Percentage { .. } => &["part", "whole"],
        RelationKind::Growth { .. } => &["current", "previous"],
        RelationKind::Attainment { .. } => &["actual", "plan"],
        RelationKind::Difference { .. } => &["from", "less", "is"],
        RelationKind::Mean { .. } => &["total", "mean"],
        RelationKind::Equal { .. } => &["fact"],
        _ => &[],
    };
    let shares: &'static [&str] = match relation.kind {
        RelationKind::Percentage { .. } | RelationKind::Growth { .. } | RelationKind::Attainment { .. } => {
            &["percent", "rate", "index", "excess"]
        }
        _ => &[],
    };
    let named =
        |roles: &'static [&str]| terms.iter().filter(move |term| roles.contains(&term.role) && term.unit().is_some());
    let first = named(alike).next();
    let others = named(alike).filter(|term| first.is_some_and(|first| first.unit() != term.unit()));
    let unlike = others.map(|term| (term, first));
    let may_be_multiple = !matches!(relation.kind, RelationKind::Percentage { .. });
    let is_share = |term: &&Term<'_>| term.unit() == Some(Unit::PERCENT) || (may_be_multiple && tie::is_multiple(term));
    let not_percent = named(shares).filter(|term| !is_share(term)).map(|term| (term, None));
    unlike
        .chain(not_percent)
        .map(|(term, like)| Fault::Units { relation, term: Box::new(term.clone()), like: like.cloned().map(Box::new) })
        .collect()
}
