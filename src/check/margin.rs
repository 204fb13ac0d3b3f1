//! What a check is worth: the smallest error that it would have caught.

use super::fraction::Fraction;
use super::judge::{Reading, read};
use super::range::Range;
use super::solve::{Domain, Layout, Level};

/// How many times too large or too small a figure can be: a thousand for a million is a slip that is made, a lost minus sign is
/// another kind. What passes beyond passes for uncaught.
const MOST_TIMES: i64 = 1_000_000;
/// The first try of an error sought by halving: most are found below ten times the value, where halving is fine.
const FIRST_TIMES: i64 = 10;
/// Halvings of the error sought by trial: to about a millionth of the largest.
const HALVINGS: usize = 20;

/// The margin of each operand of an equation that holds at one of the levels, given the operands' ranges at each and what was read
/// with them: the smallest error in either direction beyond which none of them passes it.
pub(super) fn margins(layout: &Layout, domains: &[&Domain], levels: &[(&[Range], &Reading)]) -> Vec<Option<Fraction>> {
    let mut passed: Option<Vec<Errors>> = None;
    for (own, reading) in levels {
        let found = passed_at(layout, domains, own, reading);
        passed = Some(match passed {
            None => found,
            Some(others) => others.into_iter().zip(found).map(|(one, other)| larger(one, other)).collect(),
        });
    }
    let relative = passed.unwrap_or_default().into_iter().zip(domains).map(|(errors, domain)| {
        let value = domain.range(Level::Expected).midpoint().filter(|value| domain.is_known() && !value.is_zero())?;
        let (up, down) = limits(&value, MOST_TIMES);
        let [upward, downward] = errors;
        let caught = [upward.filter(|error| *error <= up), downward.filter(|error| *error <= down)];
        caught.into_iter().flatten().min()?.divided_by(&value.abs())
    });
    relative.collect()
}

/// The greatest error upward and downward that is passed, as amounts; none where all are.
type Errors = [Option<Fraction>; 2];

/// What either of two levels passes.
fn larger([up, down]: Errors, [other_up, other_down]: Errors) -> Errors {
    [up.zip(other_up).map(|(one, other)| one.max(other)), down.zip(other_down).map(|(one, other)| one.max(other))]
}

/// The errors in each operand that pass if the operands have these ranges, with which the equation was read.
fn passed_at(layout: &Layout, domains: &[&Domain], own: &[Range], reading: &Reading) -> Vec<Errors> {
    let places = layout.operands().iter().enumerate();
    let passed = places.map(|(place, operand)| {
        let domain = domains.get(place).filter(|domain| domain.is_known())?;
        if operand.repeated {
            let value = domain.range(Level::Expected).midpoint()?;
            let tried = |side: fn((Fraction, Fraction)) -> Fraction| {
                let limits = [FIRST_TIMES, MOST_TIMES].map(|times| side(limits(&value, times)));
                limits.iter().find_map(|limit| by_trial(layout, domains, own, place, limit))
            };
            // A level at which the equation does not hold is not tried at a distance.
            return Some(if reading.holds {
                [tried(|(up, _)| up), tried(|(_, down)| -&down)]
            } else {
                [Some(Fraction::ZERO), Some(Fraction::ZERO)]
            });
        }
        let own = domain.round(own.get(place)?.clone())?;
        let Some(admitted) = reading.admitted.get(place)?.clone().and_then(|range| domain.round(range)) else {
            return Some([Some(Fraction::ZERO), Some(Fraction::ZERO)]);
        };
        let gap = |end: Option<&Fraction>, start: Option<&Fraction>| {
            let gap = end? - start?;
            Some(if domain.is_whole() { &gap + &Fraction::ONE } else { gap })
        };
        Some([gap(admitted.upper(), own.lower()), gap(own.upper(), admitted.lower())])
    });
    passed.map(Option::unwrap_or_default).collect()
}

/// How far a value may be moved up and down before it is so many times as large or as small.
fn limits(value: &Fraction, times: i64) -> (Fraction, Fraction) {
    let size = value.abs();
    let away = &size * &Fraction::from(times - 1);
    let back = away.divided_by(&Fraction::from(times)).unwrap_or_default();
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
