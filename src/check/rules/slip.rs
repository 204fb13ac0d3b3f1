//! Common slips of the pen that would explain a relation that does not hold.

use super::form;
use crate::check::facts::range;
use crate::check::formula;
use crate::check::fraction::Fraction;
use crate::check::judge::{Verdict, judge};
use crate::check::range::Range;
use crate::check::relate::{Judged, Term};
use crate::check::solve::{Domain, Level};
use crate::figure::{self, Figure, Interval, UnitKind, format};
use crate::language::Language;
use crate::sheet::RelationKind;

/// A scale word mistaken for the next one, a zero or a digit too few or too many.
const FACTORS: [(i64, i64, &str); 4] = [
    (1000, 1, "a thousand times larger"),
    (1, 1000, "a thousand times smaller"),
    (10, 1, "ten times larger"),
    (1, 10, "ten times smaller"),
];

/// The one slip, of all the printed figures, that would explain a relation that cannot hold. None if there is none or more than
/// one: a guess among several would mislead.
pub(super) fn explain(judged: &Judged<'_>) -> Option<String> {
    // A part that is too large would be explained by any slip that makes it smaller.
    let told = !matches!(judged.relation.kind, RelationKind::Part { .. }) && !judged.is_impossible();
    if judged.verdict() != Verdict::Inconsistent || !told {
        return None;
    }
    let mut found = other_form(judged).into_iter().chain(judged.terms.iter().flat_map(|term| slips(judged, term)));
    let first = found.next()?;
    if found.next().is_some() { None } else { Some(first) }
}

/// A rate taken for an index, a share of the plan for what goes beyond it, or the reverse.
fn other_form(judged: &Judged<'_>) -> Option<String> {
    let [result, base, percent] = judged.terms.as_slice() else { return None };
    let (ratio, change): (fn(_, _, _) -> _, fn(_, _, _) -> _) = (formula::index, formula::growth);
    let (other, words) = match &judged.relation.kind {
        RelationKind::Growth { as_index: true, .. } => (change, "`rate`, a change"),
        RelationKind::Growth { .. } => (ratio, "`index`, a ratio"),
        RelationKind::Attainment { as_excess: true, .. } => (ratio, "`percent`, a share of the plan"),
        RelationKind::Attainment { .. } => (change, "`excess`, what goes beyond the plan"),
        _ => return None,
    };
    let domains: Vec<Domain> = judged.terms.iter().map(|term| term.domain.clone()).collect();
    let verdict = judge(&other(result.variable, base.variable, percent.variable), &domains).verdict;
    (verdict == Verdict::Consistent).then(|| format!("`{}` would agree as {words}", percent.id.unwrap_or(percent.role)))
}

/// The slips in one term's figure that would explain it.
fn slips(judged: &Judged<'_>, term: &Term<'_>) -> Vec<String> {
    let Some(figure) = term.fact.and_then(|fact| fact.figure()) else { return Vec::new() };
    let words = |figure: &Figure| form::plain(&format::figure(figure, Language::En));
    let quoted = figure.text();
    let mut found = Vec::new();
    let other = figure::read(quoted, figure.language().other()).ok();
    for other in other.iter().filter(|other| other.value() != figure.value()) {
        if agrees(judged, term, domain(term, other).as_ref()) {
            let language = form::language_words(other.language());
            found.push(format!("`{quoted}` would agree if read as {language}: {}", words(other)));
        }
    }
    for swapped in swaps(quoted) {
        if let Ok(other) = figure::read(&swapped, figure.language())
            && agrees(judged, term, domain(term, &other).as_ref())
        {
            found.push(format!("`{quoted}` would agree with two digits swapped: {}", words(&other)));
        }
    }
    for (numerator, denominator, words) in FACTORS {
        let factor = Fraction::ratio(numerator, denominator).unwrap_or_default();
        if agrees(judged, term, scaled(term, &factor).as_ref()) {
            found.push(format!("`{quoted}` would agree if it were {words}"));
        }
    }
    if figure.unit().kind() == UnitKind::Percent && agrees(judged, term, scaled(term, &-&Fraction::ONE).as_ref()) {
        let word =
            if figure.value().is_some_and(|value| value.is_sign_negative()) { "an increase" } else { "a decrease" };
        found.push(format!("`{quoted}` would agree as {word}"));
    }
    found
}

/// Whether the relation would hold, without any strain, with another plausible domain for one term.
fn agrees(judged: &Judged<'_>, term: &Term<'_>, other: Option<&Domain>) -> bool {
    let plausible =
        term.indicator.map(|indicator| Interval { lower: indicator.plausible.0, upper: indicator.plausible.1 });
    let plausible = plausible.and_then(range);
    let fits =
        |domain: &&Domain| plausible.as_ref().is_none_or(|plausible| domain.range(Level::Expected).meets(plausible));
    let Some(other) = other.filter(fits) else { return false };
    let domain = |own: &Term<'_>| if own.variable == term.variable { other.clone() } else { own.domain.clone() };
    let domains: Vec<Domain> = judged.terms.iter().map(domain).collect();
    judged.equations.iter().all(|equation| judge(equation, &domains).verdict == Verdict::Consistent)
}

fn domain(term: &Term<'_>, figure: &Figure) -> Option<Domain> {
    if term.unit() != Some(figure.unit()) {
        return None;
    }
    let domain = Domain::printed(range(figure.expected())?).hedged(&range(figure.strict())?);
    Some(if term.domain.is_whole() { domain.whole() } else { domain })
}

fn scaled(term: &Term<'_>, factor: &Fraction) -> Option<Domain> {
    let own = term.domain.range(Level::Expected);
    let scale = |end: Option<&Fraction>| end.map(|end| end * factor);
    let (lower, upper) = (scale(own.lower()), scale(own.upper()));
    let (lower, upper) = if factor.is_negative() { (upper, lower) } else { (lower, upper) };
    let domain = Domain::printed(Range::new(lower, upper)?);
    Some(if term.domain.is_whole() { domain.whole() } else { domain })
}

/// The text with each two neighbouring digits swapped, a sign between them left in its place.
fn swaps(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let digits: Vec<usize> =
        (0..characters.len()).filter(|at| characters.get(*at).is_some_and(char::is_ascii_digit)).collect();
    let near = digits.windows(2).filter_map(|pair| match pair {
        [one, other] if other - one <= 2 && characters.get(*one) != characters.get(*other) => Some((*one, *other)),
        _ => None,
    });
    near.map(|(one, other)| {
        let mut swapped = characters.clone();
        swapped.swap(one, other);
        swapped.into_iter().collect()
    })
    .collect()
}
