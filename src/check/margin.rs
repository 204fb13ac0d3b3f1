//! What a check is worth: the smallest error that it would have caught.

use super::fraction::Fraction;
use super::judge::read;
use super::range::Range;
use super::solve::{Domain, Layout, Level};

/// The relative errors of a figure ten times too large, and of one ten times too small; what passes those passes for uncaught.
const TENFOLD: (i64, (i64, i64)) = (9, (9, 10));
/// Halvings of the error sought by trial: to about a millionth of the largest.
const HALVINGS: usize = 20;

/// The margin of each operand of an equation that holds at the loose level, where `admitted` is what the others admit.
pub(super) fn margins(
    layout: &Layout,
    domains: &[&Domain],
    own: &[Range],
    admitted: &[Option<Range>],
) -> Vec<Option<Fraction>> {
    let places = layout.operands().iter().enumerate();
    places
        .map(|(place, operand)| {
            let domain = domains.get(place).filter(|domain| domain.is_known())?;
            let value = domain.range(Level::Expected).midpoint().filter(|value| !value.is_zero())?;
            let (up, down) = limits(&value);
            let caught = if operand.repeated {
                let tried = |limit: &Fraction| by_trial(layout, domains, own, place, limit);
                [tried(&up), tried(&-&down)]
            } else {
                let own = domain.round(own.get(place)?.clone())?;
                let admitted = domain.round(admitted.get(place)?.clone()?)?;
                let gap = |end: Option<&Fraction>, start: Option<&Fraction>, limit: &Fraction| {
                    let gap = end? - start?;
                    let error = if domain.is_whole() { &gap + &Fraction::ONE } else { gap };
                    (error <= *limit).then_some(error)
                };
                [gap(admitted.upper(), own.lower(), &up), gap(own.upper(), admitted.lower(), &down)]
            };
            caught.into_iter().flatten().min()?.divided_by(&value.abs())
        })
        .collect()
}

/// How far a value may be moved up and down before it is ten times as large or as small.
fn limits(value: &Fraction) -> (Fraction, Fraction) {
    let (larger, (numerator, denominator)) = TENFOLD;
    let size = value.abs();
    let away = &size * &Fraction::from(larger);
    let back = &size * &Fraction::ratio(numerator, denominator).unwrap_or_default();
    if value.is_negative() { (back, away) } else { (away, back) }
}

/// The smallest shift towards `limit` that the equation catches, found by halving: a variable that occurs more than once is not
/// free of its own range in what the equation admits for it.
fn by_trial(layout: &Layout, domains: &[&Domain], own: &[Range], place: usize, limit: &Fraction) -> Option<Fraction> {
    let caught = |shift: &Fraction| {
        let mut shifted = own.to_vec();
        if let Some(range) = shifted.get_mut(place) {
            *range = range.shift(shift);
        }
        !read(layout, domains, &shifted, true).holds
    };
    if !caught(limit) {
        return None;
    }
    let half = Fraction::ratio(1, 2)?;
    let (mut passed, mut seen) = (Fraction::ZERO, limit.clone());
    for _ in 0..HALVINGS {
        let middle = &(&passed + &seen) * &half;
        if caught(&middle) {
            seen = middle;
        } else {
            passed = middle;
        }
    }
    Some(seen.abs())
}
