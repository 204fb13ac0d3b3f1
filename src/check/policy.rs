//! Severity as policy: what the sheet allows, what the caller denies.

use super::Checked;
use super::rules::{self, STALE_FACT};
use crate::article::Library;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{Allowance, FactSheet};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What a caller wants of a check: severities by code, and against what.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Codes that are errors.
    pub deny: BTreeSet<String>,
    /// Codes that are warnings.
    pub warn: BTreeSet<String>,
    /// The day on which allowances must still hold; none for a check without a date.
    pub today: Option<NaiveDate>,
    /// The day whose knowledge is checked: whatever rests on sources published later is left out. None for the whole sheet.
    pub known_by: Option<NaiveDate>,
    /// The texts of sources, in which every figure is looked up; none to leave that out.
    pub library: Option<Library>,
}

impl Policy {
    /// Whether a check of a sheet by another policy is sure to find what the check by this one did, to the word once those are
    /// [reworded](Policy::reword). The day goes into the allowances, which run out, and into the words of `stale-fact`.
    pub(crate) fn finds_the_same(&self, other: &Policy, sheet: &FactSheet, checked: &Checked) -> bool {
        let is_same = (&self.deny, &self.warn, self.known_by) == (&other.deny, &other.warn, other.known_by)
            && self.library.is_none()
            && other.library.is_none();
        if !is_same || self.today == other.today {
            return is_same;
        }
        let mut allowed = checked.allowed.iter().map(|allowed| &allowed.diagnostic);
        let names_the_day = |policy: &Policy| policy.today == policy.known_by;
        self.known_by.is_some()
            && sheet.allowances.iter().all(|allowance| self.admits(allowance) == other.admits(allowance))
            && (names_the_day(self) == names_the_day(other) || allowed.all(|found| found.code != STALE_FACT))
    }

    /// Puts a finding of a policy that finds the same into the words of this one.
    pub(crate) fn reword(&self, found: &mut Diagnostic) {
        if let Some(as_of) = self.known_by.filter(|_| found.code == STALE_FACT) {
            for label in &mut found.labels {
                rules::restate_age(&mut label.text, as_of, self.today);
            }
        }
    }

    /// Whether an allowance holds on the day.
    fn admits(&self, allowance: &Allowance) -> bool {
        self.today.zip(allowance.until).is_none_or(|(today, until)| today <= until.last_day())
    }
}

/// A diagnostic that the sheet allows, and why.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// The analyst's reason.
    pub reason: String,
}

/// Takes out of `found` what the sheet allows, sets the severities that the caller wants of the rest, and says which allowances matched.
pub(super) fn apply(
    sheet: &FactSheet,
    policy: &Policy,
    found: &mut Vec<Diagnostic>,
) -> (Vec<Allowed>, BTreeSet<usize>) {
    let mut matched = BTreeSet::new();
    let mut allowed = Vec::new();
    // The first allowance that holds, by code and fact: a sheet may have hundreds of them, and thousands of diagnostics.
    let mut first: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for (place, allowance) in sheet.allowances.iter().enumerate() {
        if policy.admits(allowance) && !allowance.reason.value.trim().is_empty() {
            let key = (allowance.code.as_str(), allowance.fact.as_ref().map(|fact| fact.as_str()));
            first.entry(key).or_insert(place);
        }
    }
    found.retain(|diagnostic| {
        let facts = diagnostic.facts.iter().map(|fact| Some(fact.as_str()));
        let places = facts.chain([None]).filter_map(|fact| first.get(&(diagnostic.code, fact)));
        let place = places.min().copied();
        if let Some((place, allowance)) = place.and_then(|place| Some((place, sheet.allowances.get(place)?))) {
            matched.insert(place);
            allowed.push(Allowed { diagnostic: diagnostic.clone(), reason: allowance.reason.value.clone() });
            return false;
        }
        true
    });
    grade(policy, found);
    (allowed, matched)
}

/// Sets the severities that the caller wants.
pub(super) fn grade(policy: &Policy, found: &mut [Diagnostic]) {
    for diagnostic in found {
        if policy.deny.contains(diagnostic.code) {
            diagnostic.severity = Severity::Error;
        } else if policy.warn.contains(diagnostic.code) {
            diagnostic.severity = Severity::Warning;
        }
    }
}
