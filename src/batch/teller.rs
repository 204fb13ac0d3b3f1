//! The run's own voice: it counts what it tells.

use super::event::{Event, Observer, Summary, Unit, Withholding};
use super::job::{Built, Document, Job};
use super::manifest::Verdict;
use super::sheets::{Loaded, Sheets};
use crate::catalog::Province;
use crate::diag::Severity;
use crate::language::Language;
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

    /// What the checks found in a group of sheets.
    pub(super) fn checked(&self, group: &str, sheets: &Sheets, built: &Built) {
        for (place, loaded) in sheets.iter().enumerate() {
            let is_concerned = built.concerned.contains(&place);
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
            errors: sheets.iter().map(|loaded| count(loaded, Severity::Error)).sum(),
            warnings: sheets.iter().map(|loaded| count(loaded, Severity::Warning)).sum(),
        });
    }

    /// What a group's plan says before anything of it is made.
    pub(super) fn planned(&self, job: &Job, sheets: &Sheets, documents: &[Document], built: &Built) {
        for error in &built.failures {
            self.tell(&Event::Refused { error });
        }
        for unpublished in &built.unpublished {
            self.tell(&Event::Unpublished { unit: unit(&unpublished.province), first: unpublished.first });
        }
        for province in &built.withheld {
            let why = withholding(province, sheets);
            self.tell(&Event::Withheld { unit: unit(province), languages: &job.languages, why: &why });
        }
        self.tell(&Event::Planned { documents: documents.len() });
    }
}

fn count(loaded: &Loaded, severity: Severity) -> usize {
    loaded.diagnostics().filter(|diagnostic| diagnostic.severity == severity).count()
}

fn unit(province: &Province) -> Unit<'_> {
    Unit { id: &province.id, name: province.name(Language::En) }
}

fn withholding(province: &Province, sheets: &Sheets) -> Withholding {
    let is_its = |loaded: &&Loaded| loaded.province.as_ref().is_some_and(|other| other.id == province.id);
    let mut why = Withholding { errors: 0, sheets: Vec::new() };
    for loaded in sheets.iter().filter(is_its) {
        let errors = count(loaded, Severity::Error);
        if errors > 0 {
            why.errors += errors;
            why.sheets.push(loaded.path.clone());
        }
    }
    why
}
