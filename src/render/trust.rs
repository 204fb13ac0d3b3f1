//! How far the figures can be trusted: what was checked, and what could not be.

use super::context::{Correction, Trust};
use super::notes::Notes;
use super::trace::traced;
use super::words::{MOST_LISTED, Words};
use crate::check::fraction::Fraction;
use crate::check::judge::Verdict;
use crate::compare::Known;
use crate::figure::{Decimal, Unit};
use std::collections::BTreeSet;

/// Digits of a margin: it is an order of size.
const MARGIN_DIGITS: u32 = 2;

/// Most unchecked figures that are named one by one.
const MOST_NAMED: usize = 6;

/// Most corrections that a comparison of very many tells one by one.
const MOST_CORRECTIONS: usize = 10;

/// The account of some provinces' figures, each with its column.
pub(super) fn trust(provinces: &[(usize, &Known)], words: &Words, notes: &mut Notes) -> Trust {
    let relations = || provinces.iter().flat_map(|(_, known)| &known.relations);
    let passed = relations().filter(|relation| relation.verdict == Verdict::Consistent).count();
    let margins = || relations().filter_map(|relation| relation.margin.as_ref());
    let facts = || provinces.iter().flat_map(|(_, known)| &known.facts).filter(|fact| !fact.indicator.background);
    let printed = facts().filter(|fact| !fact.is_derived()).count();
    let derived = facts().filter(|fact| fact.is_derived()).count()
        + relations().filter(|relation| relation.derived.as_ref().is_some_and(|derived| derived.id.is_none())).count();
    let twice = facts().filter(|fact| !fact.is_derived() && fact.sources().len() > 1).count();
    let unchecked =
        || provinces.iter().flat_map(|(_, known)| known.unchecked()).filter(|fact| !fact.indicator.background);
    let unchecked_count = unchecked().count();
    let named: BTreeSet<String> = unchecked().map(|fact| fact.indicator.label(words.language).to_owned()).collect();
    let named: Vec<String> = named.iter().map(|label| traced(label)).collect();
    let allowed = provinces.iter().map(|(_, known)| known.allowed.len()).sum();
    let warnings = provinces.iter().map(|(_, known)| known.warnings.len()).sum();
    let (corrections, corrections_left_out) = corrections(provinces, words, notes);
    Trust {
        passed: words.count(passed),
        any_passed: passed > 0,
        one_passed: passed == 1,
        tightest: margins().min().and_then(|margin| percent(margin, words)),
        loosest: margins().max().and_then(|margin| percent(margin, words)),
        twice_printed: words.count(twice),
        any_twice_printed: twice > 0,
        all_twice_printed: twice == printed,
        derived: words.count(derived),
        any_derived: derived > 0,
        one_derived: derived == 1,
        unchecked_count: words.count(unchecked_count),
        any_unchecked: unchecked_count > 0,
        all_unchecked: unchecked_count == printed,
        unchecked: if named.len() > MOST_NAMED { None } else { Some(words.long_list(&named)) },
        figures: words.count(printed),
        corrections,
        corrections_left_out: (corrections_left_out > 0).then(|| words.count(corrections_left_out)),
        allowed: words.count(allowed),
        any_allowed: allowed > 0,
        warnings: words.count(warnings),
        any_warnings: warnings > 0,
    }
}

/// A relative error as a percentage, rounded up so that it is never told smaller than it is.
fn percent(margin: &Fraction, words: &Words) -> Option<String> {
    let percent = (margin * &Fraction::HUNDRED).to_decimal(MARGIN_DIGITS + 4)?;
    let rounded = percent.round_sf_with_strategy(MARGIN_DIGITS, rust_decimal::RoundingStrategy::AwayFromZero)?;
    let shown: Decimal = rounded.normalize();
    Some(words.scaled(shown, shown, Unit::PERCENT))
}

/// The figures read in the number form of another language; of very many provinces the first, and how many more there are.
fn corrections(provinces: &[(usize, &Known)], words: &Words, notes: &mut Notes) -> (Vec<Correction>, usize) {
    let most = if provinces.len() > MOST_LISTED { MOST_CORRECTIONS } else { usize::MAX };
    let (mut corrections, mut left_out) = (Vec::new(), 0);
    for (column, known) in provinces {
        for fact in &known.facts {
            for value in fact.standing().into_iter().filter(|value| value.read_as.is_some()) {
                if corrections.len() == most {
                    left_out += 1;
                    continue;
                }
                corrections.push(Correction {
                    label: traced(fact.indicator.label(words.language)),
                    text: traced(value.figure.text()),
                    figure: words.printed(&value.figure),
                    marks: notes.mark(*column, &value.source),
                });
            }
        }
    }
    (corrections, left_out)
}
