//! Which documents a run makes, which it withholds, and what of its order cannot be done.

use super::error::BatchError;
use super::job::{Built, Document, Job, Selection, Subject, Unpublished};
use super::sheets::{Loaded, Sheets};
use crate::calendar::Quarter;
use crate::catalog::{Catalog, Province};
use crate::check::CheckedSheet;
use crate::compare::{Column, Comparison, Known, Sheet};
use crate::language::Language;
use std::collections::BTreeSet;

/// The name of the comparative briefing's files.
const COMPARISON_NAME: &str = "comparison";

/// What a run has to do, and what is said of it before anything is made.
pub(super) struct Plan {
    pub(super) documents: Vec<Document>,
    pub(super) built: Built,
}

/// A column to each province; of two sheets of one province none is shown.
pub(super) fn columns(sheets: &Sheets) -> Vec<Sheet<'_>> {
    let mut columns: Vec<(&Province, Option<&CheckedSheet>)> = Vec::new();
    for loaded in sheets.iter() {
        let Some(province) = &loaded.province else { continue };
        match columns.iter_mut().find(|(known, _)| known.id == province.id) {
            Some(known) => known.1 = None,
            None => columns.push((province, loaded.passed())),
        }
    }
    columns
}

/// The documents to make. An order that names a province which is not there is refused as a whole, with every such name.
pub(super) fn plan(job: &Job, catalog: &Catalog, sheets: &Sheets, comparison: &Comparison) -> Plan {
    let mut plan = Plan { documents: Vec::new(), built: Built::default() };
    let subjects = match &job.selection {
        Selection::All => {
            let provinces = (0..comparison.columns.len()).map(Subject::Province);
            provinces.chain(std::iter::once(Subject::Comparison)).collect()
        }
        Selection::Provinces(spellings) => match find_all(spellings, job, catalog, comparison) {
            Ok(subjects) => subjects,
            Err(failures) => {
                // The sheet that is missed may be one of those whose province could not be told.
                plan.built.concerned = concerned(sheets, |loaded| loaded.province.is_none());
                plan.built.failures = failures;
                return plan;
            }
        },
    };
    let in_shard = |name: &str| job.shard.is_none_or(|shard| shard.holds(name));
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for subject in subjects {
        let name = match subject {
            Subject::Comparison => COMPARISON_NAME,
            Subject::Province(place) => {
                comparison.columns.get(place).map_or(COMPARISON_NAME, |column| &column.province.id)
            }
        };
        if !in_shard(name) {
            continue;
        }
        asked.insert(name);
        if plan.admits(subject, comparison, sheets) {
            let document = |language: &Language| Document { subject, language: *language, name: name.to_owned() };
            plan.documents.extend(job.languages.iter().map(document));
        }
    }
    let of_all = matches!(job.selection, Selection::All);
    plan.built.concerned = concerned(sheets, |loaded| match &loaded.province {
        Some(province) => asked.contains(province.id.as_str()),
        None => of_all && in_shard(&loaded.path.file_stem().unwrap_or_default().to_string_lossy()),
    });
    plan
}

impl Plan {
    /// Whether there is anything to write about a subject; if not, that is noted.
    fn admits(&mut self, subject: Subject, comparison: &Comparison, sheets: &Sheets) -> bool {
        let Subject::Province(place) = subject else {
            return comparison.columns.iter().filter_map(Column::known).any(says_anything);
        };
        let Some(column) = comparison.columns.get(place) else { return false };
        match column.known() {
            None => self.built.withheld.push(column.province.clone()),
            Some(known) if says_anything(known) => return true,
            Some(_) => {
                let of_province =
                    |loaded: &&Loaded| loaded.province.as_ref().is_some_and(|other| other.id == column.province.id);
                let first = sheets.iter().find(of_province).and_then(Loaded::passed).and_then(first_quarter);
                self.built.unpublished.push(Unpublished { province: column.province.clone(), first });
            }
        }
        false
    }
}

fn concerned(sheets: &Sheets, is_concerned: impl Fn(&Loaded) -> bool) -> BTreeSet<usize> {
    sheets.iter().enumerate().filter(|(_, loaded)| is_concerned(loaded)).map(|(place, _)| place).collect()
}

fn says_anything(known: &Known) -> bool {
    !(known.facts.is_empty() && known.partners.is_empty() && known.events.is_empty())
}

/// The quarter in which something of a sheet was first known.
fn first_quarter(sheet: &CheckedSheet) -> Option<Quarter> {
    sheet.first_known.map(Quarter::containing)
}

/// The columns of the provinces that are named, each once.
fn find_all(
    spellings: &[String],
    job: &Job,
    catalog: &Catalog,
    comparison: &Comparison,
) -> Result<Vec<Subject>, Vec<BatchError>> {
    let ids: BTreeSet<String> = comparison.columns.iter().map(|column| column.province.id.clone()).collect();
    let mut subjects = Vec::new();
    let mut failures = Vec::new();
    for spelling in spellings {
        let found = catalog.provinces.find_among(spelling, &ids).map_err(BatchError::from).and_then(|province| {
            comparison.column(&province.id).ok_or_else(|| BatchError::NoSheet {
                province: province.name(Language::En).to_owned(),
                folder: job.sheets.clone(),
                others: others(comparison),
            })
        });
        match found.map(Subject::Province) {
            Ok(subject) if subjects.contains(&subject) => {}
            Ok(subject) => subjects.push(subject),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(subjects) } else { Err(failures) }
}

fn others(comparison: &Comparison) -> String {
    let names: Vec<&str> = comparison.columns.iter().map(|column| column.province.name(Language::En)).collect();
    if names.is_empty() {
        "no sheet there could be read".to_owned()
    } else {
        format!("there are sheets of {}", names.join(", "))
    }
}
