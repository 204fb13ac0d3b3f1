//! The verdict on one equation.

use super::expression::Equation;
use super::fraction::Fraction;
use super::margin;
use super::range::Range;
use super::solve::{Domain, Layout, Level, Variable};
use std::borrow::Cow;

/// What an equation says of the figures in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, and would have caught an error in at least one figure.
    Consistent,
    /// It holds only at a stretch.
    Strained(Strain),
    /// It cannot hold.
    Inconsistent,
    /// It holds, and would hold whatever the figures were: it tells nothing.
    Undetermined,
}

/// What an equation takes to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strain {
    /// A hedged figure must lie beyond what its hedge makes one expect, as 60 does for "over 40".
    BeyondExpected,
    /// Digits must have been cut off instead of rounded.
    OnlyTruncated,
}

/// The verdict on an equation, and what led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// At which levels it holds.
    pub holds: Holds,
    /// Inconsistent for whole numbers alone: the ranges would meet, but no whole number is where one must be.
    pub impossible: bool,
    /// The left side as printed ([`Level::Strict`]); `None` if it divides by nothing but zero.
    pub left: Option<Range>,
    /// The right side as printed ([`Level::Strict`]); `None` if it divides by nothing but zero.
    pub right: Option<Range>,
    /// The variables of the equation, in order of first occurrence.
    pub operands: Vec<Operand>,
}

/// The levels at which an equation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    /// [`Level::Expected`].
    pub expected: bool,
    /// [`Level::Strict`].
    pub strict: bool,
    /// [`Level::Truncated`].
    pub truncated: bool,
}

impl Holds {
    /// Where both hold.
    #[must_use]
    pub fn and(self, other: Holds) -> Holds {
        Holds {
            expected: self.expected && other.expected,
            strict: self.strict && other.strict,
            truncated: self.truncated && other.truncated,
        }
    }

    /// The verdict on what holds there, told of a relation that would catch something or nothing.
    pub fn verdict(self, tells: bool) -> Verdict {
        match (self.expected, self.strict, self.truncated) {
            (true, _, _) if tells => Verdict::Consistent,
            (true, _, _) => Verdict::Undetermined,
            (_, true, _) => Verdict::Strained(Strain::BeyondExpected),
            (_, _, true) => Verdict::Strained(Strain::OnlyTruncated),
            _ => Verdict::Inconsistent,
        }
    }
}

impl Judgement {
    /// What the equation says of a variable; `None` if that does not occur in it.
    pub fn operand(&self, variable: Variable) -> Option<&Operand> {
        self.operands.iter().find(|operand| operand.variable == variable)
    }
}

/// What an equation says of one of its variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// The variable.
    pub variable: Variable,
    /// What the other operands, as printed ([`Level::Strict`]), admit for it: "computed 41.2 to 41.4". Its own range counts only
    /// if it occurs more than once. `None` if they admit no number.
    pub admitted: Option<Range>,
    /// What of its own range they admit, from whole number to whole number if it is one; the derived range of an unknown.
    pub narrowed: Option<Range>,
    /// The smallest error that the equation would have caught, relative to the middle of the expected range: an error in that
    /// direction that is greater (for a whole number, as great) leaves no level at which the equation holds. Where hedges leave so much open that none is, the smallest error that would have made it strained.
    /// Only errors count that leave the figure its sign and its size within a million times; nor do the gaps between the whole numbers that an unknown may be, as a greater error can fall on the next one. `None` if
    /// no such error is caught, or the figure is not printed or has no middle other than zero.
    pub margin: Option<Fraction>,
}

/// An equation read at one level.
pub(super) struct Reading {
    pub(super) sides: Option<(Range, Range)>,
    pub(super) admitted: Vec<Option<Range>>,
    pub(super) narrowed: Vec<Option<Range>>,
    pub(super) holds: bool,
}

/// The most whole numbers of one operand that are tried one by one.
const MOST_TRIED: i64 = 200;

/// Reads an equation with the given ranges for its operands, in their order. Where several operands must be whole numbers, those
/// of one that has but few to choose from are tried one by one: 3 to 5 things and a share of 41 % may leave a whole number of
/// parts to the range, and to none of 3, 4 and 5.
pub(super) fn read(layout: &Layout, domains: &[&Domain], own: &[Range], whole: bool) -> Reading {
    let mut reading = read_once(layout, domains, own, whole);
    if !whole || !reading.holds || domains.iter().filter(|domain| domain.is_whole()).count() < 2 {
        return reading;
    }
    let few = |(place, range): (usize, &Option<Range>)| {
        let range = range.as_ref().filter(|_| domains.get(place).is_some_and(|domain| domain.is_whole()))?;
        let (lower, upper) = (range.lower()?.clone(), range.upper()?.clone());
        let count = &upper - &lower;
        (!count.is_zero() && count < Fraction::from(MOST_TRIED)).then_some((count, place, lower, upper))
    };
    let Some((_, place, lower, upper)) = reading.narrowed.iter().enumerate().filter_map(few).min() else {
        return reading;
    };
    let mut narrowed: Option<Vec<Option<Range>>> = None;
    let mut number = lower;
    while number <= upper {
        let mut own = own.to_vec();
        if let Some(range) = own.get_mut(place) {
            *range = Range::point(number.clone());
        }
        let trial = read_once(layout, domains, &own, whole);
        if trial.holds {
            narrowed = Some(match narrowed {
                None => trial.narrowed,
                Some(before) => before.into_iter().zip(trial.narrowed).map(|(one, other)| join(one, other)).collect(),
            });
        }
        number = &number + &Fraction::ONE;
    }
    reading.holds = narrowed.is_some();
    if let Some(narrowed) = narrowed {
        reading.narrowed = narrowed;
    }
    reading
}

/// The range that holds two.
fn join(one: Option<Range>, other: Option<Range>) -> Option<Range> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.hull(&other)),
        (one, other) => one.or(other),
    }
}

fn read_once(layout: &Layout, domains: &[&Domain], own: &[Range], whole: bool) -> Reading {
    let round = |domain: &Domain, range: Range| if whole { domain.round(range) } else { Some(range) };
    let rounded = own.iter().zip(domains).map(|(range, domain)| {
        let is_rounded = whole && domain.is_whole();
        if is_rounded { range.to_integers().map(Cow::Owned) } else { Some(Cow::Borrowed(range)) }
    });
    let rounded: Option<Vec<Cow<'_, Range>>> = rounded.collect();
    let possible = rounded.is_some();
    let range = |place: usize| match &rounded {
        Some(ranges) => ranges.get(place).map(AsRef::as_ref),
        None => own.get(place),
    };
    let Some(values) = layout.forward(range) else {
        let nothing = vec![None; own.len()];
        return Reading { sides: None, admitted: nothing.clone(), narrowed: nothing, holds: false };
    };
    let admitted = layout.admit(&values);
    let narrowed: Vec<_> = admitted
        .iter()
        .zip(own)
        .zip(domains)
        .map(|((admitted, own), domain)| round(domain, admitted.as_ref()?.meet(own)?))
        .collect();
    let holds = possible && layout.holds(&values) && narrowed.iter().all(Option::is_some);
    let sides = layout.sides(&values).map(|(left, right)| (left.clone(), right.clone()));
    Reading { sides, admitted, narrowed, holds }
}

/// Judges an equation by itself.
///
/// The equation holds at a [`Level`] if its two sides can compare as it says and every operand that must be a whole number can be
/// one. It is consistent if it holds at the expected level, strained if only at the strict or the truncated one, and inconsistent if
/// at none. A consistent equation in which no operand has a margin is undetermined; a strained one stays strained, as it has found
/// something to say. A variable without a domain is unknown.
///
/// The whole-number rule is GRIM: Brown and Heathers, *The GRIM test* (2017): a mean of 20 counts cannot be 3.47.
pub fn judge(equation: &Equation<Variable>, domains: &[Domain]) -> Judgement {
    let layout = Layout::new(equation);
    let anything = Domain::default();
    let domains: Vec<&Domain> =
        layout.operands().iter().map(|operand| domains.get(operand.variable.0).unwrap_or(&anything)).collect();
    let own = |level| domains.iter().map(|domain| domain.range(level).clone()).collect::<Vec<Range>>();
    let same = |one, other| domains.iter().all(|domain| domain.range(one) == domain.range(other));

    let at = |level| {
        let ranges = own(level);
        let reading = read(&layout, &domains, &ranges, true);
        (ranges, reading)
    };
    let (strict_ranges, strict) = at(Level::Strict);
    let expected = (!same(Level::Expected, Level::Strict)).then(|| at(Level::Expected));
    let expected_holds = expected.as_ref().map_or(strict.holds, |(_, expected)| expected.holds);
    let truncated = (!same(Level::Strict, Level::Truncated)).then(|| at(Level::Truncated));
    let truncated_holds = truncated.as_ref().map_or(strict.holds, |(_, truncated)| truncated.holds);

    let margins = if strict.holds || truncated_holds {
        let cut_off = truncated.as_ref().map(|(ranges, truncated)| (ranges.as_slice(), truncated));
        let levels: Vec<(&[Range], &Reading)> =
            std::iter::once((strict_ranges.as_slice(), &strict)).chain(cut_off).collect();
        let firm = margin::margins(&layout, &domains, &levels);
        match &expected {
            Some((ranges, expected)) if expected.holds && firm.iter().all(Option::is_none) => {
                margin::margins(&layout, &domains, &[(ranges.as_slice(), expected)])
            }
            _ => firm,
        }
    } else {
        vec![None; domains.len()]
    };
    let holds = Holds { expected: expected_holds, strict: strict.holds, truncated: truncated_holds };
    let verdict = holds.verdict(margins.iter().any(Option::is_some));
    let holds_in_parts = |own: &[Range]| read(&layout, &domains, own, false).holds;
    let impossible = verdict == Verdict::Inconsistent
        && (holds_in_parts(&strict_ranges) || truncated.as_ref().is_some_and(|(ranges, _)| holds_in_parts(ranges)));
    let (left, right) = strict.sides.unzip();
    let operands = layout
        .operands()
        .iter()
        .zip(strict.admitted)
        .zip(strict.narrowed)
        .zip(margins)
        .map(|(((operand, admitted), narrowed), margin)| Operand {
            variable: operand.variable,
            admitted,
            narrowed,
            margin,
        })
        .collect();
    Judgement { verdict, holds, impossible, left, right, operands }
}
