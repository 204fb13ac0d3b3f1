//! Common slips of the pen that would explain a relation that does not hold.

use super::form;
use crate::check::facts::range;
use crate::check::fraction::Fraction;
use crate::check::judge::{Verdict, judge};
use crate::check::relate::{Judged, Term};
use crate::check::solve::{Domain, Level};
use crate::figure::{self, Figure, format};
use crate::language::Language;

/// The one slip, of all the printed figures, that would explain a relation that cannot hold. None if there is none or more than
/// one: a guess among several would mislead.
pub(super) fn explain(judged: &Judged<'_>) -> Option<String> {
    if judged.verdict() != Verdict::Inconsistent || judged.is_impossible() {
        return None;
    }
    let mut found = judged.terms.iter().flat_map(|term| slips(judged, term));
    let first = found.next()?;
    if found.next().is_some() { None } else { Some(first) }
}

/// The slips in one term's figure that would explain it.
fn slips(judged: &Judged<'_>, term: &Term<'_>) -> Vec<String> {
    let Some(figure) = term.fact.and_then(|fact| fact.figure()) else { return Vec::new() };
    let words = |figure: &Figure| form::plain(&format::figure(figure, Language::En));
    let quoted = figure.text();
    let mut found = Vec::new();
    let other = figure::read(quoted, figure.language().other()).ok();
    for other in other.iter().filter(|other| other.value() != figure.value()) {
        if agrees(judged, term, &domain(term, other)) {
            let language = form::language_words(other.language());
            found.push(format!("`{quoted}` would agree if read as {language}: {}", words(other)));
        }
    }
    for swapped in swaps(quoted) {
        if let Ok(other) = figure::read(&swapped, figure.language())
            && agrees(judged, term, &domain(term, &other))
        {
            found.push(format!("`{quoted}` would agree with two digits swapped: {}", words(&other)));
        }
    }
    let thousand = Fraction::from(1000);
    let factors = [(thousand.clone(), "larger"), (thousand.reciprocal().unwrap_or_default(), "smaller")];
    for (factor, word) in factors {
        if agrees(judged, term, &scaled(term, &factor)) {
            found.push(format!("`{quoted}` would agree if it were a thousand times {word}"));
        }
    }
    found
}

/// Whether the relation would hold, without any strain, with another domain for one term.
fn agrees(judged: &Judged<'_>, term: &Term<'_>, other: &Option<Domain>) -> bool {
    let Some(other) = other else { return false };
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
    let domain = Domain::printed(crate::check::range::Range::new(scale(own.lower()), scale(own.upper()))?);
    Some(if term.domain.is_whole() { domain.whole() } else { domain })
}

/// The text with each two neighbouring digits swapped, a sign between them left in its place.
fn swaps(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let digits: Vec<usize> = (0..characters.len()).filter(|at| characters.get(*at).is_some_and(char::is_ascii_digit)).collect();
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
