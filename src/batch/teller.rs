//! The run's own voice: it counts what it tells.

use super::event::{Event, Named, Observer, Summary, Withholding};
use super::job::Unpublished;
use super::manifest::Verdict;
use super::sheets::{Loaded, Sheets};
use crate::catalog::Locality;
use crate::diag::Severity;
use crate::language::Language;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Tells an observer, and keeps count.
pub(super) struct Teller<'a> {
    observer: &'a dyn Observer,
    summary: Mutex<Summary>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(observer: &'a dyn Observer) -> Teller<'a> {
        Teller { observer, summary: Mutex::default() }
    }

    pub(super) fn tell(&self, event: &Event<'_>) {
        self.summary.lock().unwrap_or_else(PoisonError::into_inner).count(event);
        self.observer.tell(event);
    }

    /// The last word.
    pub(super) fn finish(self) {
        let summary = self.summary.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.observer.tell(&Event::Finished { summary: &summary });
    }

    /// What the checks found in sheets of a group, and what they found before in `known` others.
    pub(super) fn checked(&self, group: &str, sheets: &Sheets, concerned: &BTreeSet<usize>, known: usize) {
        if known > 0 {
            self.tell(&Event::Known { group, sheets: known });
        }
        if sheets.is_empty() {
            return;
        }
        for (place, loaded) in sheets.iter().enumerate() {
            let is_concerned = concerned.contains(&place);
            self.tell(&Event::Sheet { loaded, verdict: Verdict::of(loaded), is_concerned });
        }
        self.tell(&Event::Checked {
            group,
            sheets: sheets.len(),
            facts: sheets.iter().filter_map(|loaded| loaded.sheet.as_ref()).map(|sheet| sheet.facts.len()).sum(),
            relations: sheets
                .iter()
                .filter_map(|loaded| loaded.checked.as_ref())
                .map(|found| found.relations.len())
                .sum(),
            errors: sheets.iter().map(|loaded| loaded.count(Severity::Error)).sum(),
            warnings: sheets.iter().map(|loaded| loaded.count(Severity::Warning)).sum(),
        });
    }

    /// Who has no briefing.
    pub(super) fn without_briefing(
        &self,
        languages: &BTreeSet<Language>,
        sheets: &Sheets,
        withheld: &[Locality],
        unpublished: &[Unpublished],
    ) {
        for Unpublished { locality, first } in unpublished {
            self.tell(&Event::Unpublished { locality: named(locality), first: *first });
        }
        for locality in withheld {
            let why = withholding(locality, sheets);
            self.tell(&Event::Withheld { locality: named(locality), languages, why: &why });
        }
    }
}

fn named(locality: &Locality) -> Named<'_> {
    Named { id: &locality.id, name: locality.name(Language::En) }
}

fn withholding(locality: &Locality, sheets: &Sheets) -> Withholding {
    let is_its = |loaded: &&Loaded| loaded.locality.as_ref().is_some_and(|other| other.id == locality.id);
    let mut why = Withholding { errors: 0, sheets: Vec::new() };
    for loaded in sheets.iter().filter(is_its) {
        let errors = loaded.count(Severity::Error);
        if errors > 0 {
            why.errors += errors;
            why.sheets.push(loaded.path.clone());
        }
    }
    why
}
