//! Which documents a run is asked for, which a group gives, and what of an order cannot be done.

use super::error::BatchError;
use super::job::{Document, Job, Selection, Subject};
use super::scan::Scanned;
use super::sheets::{Loaded, Sheets};
use crate::calendar::Quarter;
use crate::catalog::{Catalog, Group, Locality};
use crate::check::CheckedSheet;
use crate::compare::{Column, Comparison, Known, Sheet};
use crate::language::Language;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the comparative briefing's files.
const COMPARISON: &str = "comparison";

/// A column to each locality; of two sheets of one locality none is shown.
pub(super) fn columns(sheets: &Sheets) -> Vec<Sheet<'_>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns: Vec<(&Locality, Option<&CheckedSheet>)> = Vec::new();
    for loaded in sheets.iter() {
        let Some(locality) = &loaded.locality else { continue };
        match places.get(locality.key()).and_then(|place| columns.get_mut(*place)) {
            Some(known) => known.1 = None,
            None => {
                places.insert(locality.key(), columns.len());
                columns.push((locality, loaded.passed()));
            }
        }
    }
    columns
}

/// What of a group has a briefing, whatever is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// The names of the documents that there are.
    pub(super) documents: BTreeSet<String>,
    /// The ids of the localities whose sheets have errors.
    pub(super) withheld: BTreeSet<String>,
    /// The ids of those of whom nothing was published by the quarter's end, and the first quarter in which something is.
    pub(super) unpublished: BTreeMap<String, Option<Quarter>>,
}

/// What of a group has a briefing.
pub(super) fn outline(group: &Group, sheets: &Sheets, comparison: &Comparison) -> Outline {
    let mut outline = Outline::default();
    for column in &comparison.columns {
        let id = &column.locality.id;
        match column.known() {
            None => {
                outline.withheld.insert(id.clone());
            }
            Some(known) if says_anything(known) => {
                outline.documents.insert(id.clone());
            }
            Some(_) => {
                let of_locality =
                    |loaded: &&Loaded| loaded.locality.as_ref().is_some_and(|locality| locality.id == *id);
                let first = sheets.iter().find(of_locality).and_then(Loaded::passed).and_then(first_quarter);
                outline.unpublished.insert(id.clone(), first);
            }
        }
    }
    if comparison.columns.iter().filter_map(Column::known).any(says_anything) {
        outline.documents.insert(comparison_of(group));
    }
    outline
}

/// The name of the comparative briefing of a group.
pub(super) fn comparison_of(group: &Group) -> String {
    format!("{}{COMPARISON}", group.folder())
}

fn says_anything(known: &Known) -> bool {
    !(known.facts.is_empty() && known.partners.is_empty() && known.events.is_empty())
}

/// The quarter in which something of a sheet was first known.
fn first_quarter(sheet: &CheckedSheet) -> Option<Quarter> {
    let facts = sheet.facts.iter().map(|fact| fact.known_from);
    let partners = sheet.partners.iter().map(|partner| partner.known_from);
    let events = sheet.events.iter().map(|event| event.known_from);
    facts.chain(partners).chain(events).min().map(Quarter::containing)
}

/// What a run is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// Everything.
    All,
    /// The briefings of these localities, by their ids.
    These(BTreeSet<String>),
}

impl Asked {
    /// Whether a document is asked for: of a locality by its id, or a comparison.
    pub(super) fn holds(&self, name: &str) -> bool {
        match self {
            Asked::All => true,
            Asked::These(ids) => ids.contains(name),
        }
    }

    /// Whether anything of a group is asked for.
    pub(super) fn concerns(&self, sheets: &[Scanned]) -> bool {
        match self {
            Asked::All => true,
            Asked::These(ids) => {
                sheets.iter().filter_map(|sheet| sheet.locality.as_ref()).any(|it| ids.contains(&it.id))
            }
        }
    }
}

/// What is asked for, among the sheets that there are.
///
/// # Errors
/// Every name that is no province's, or of a province that has no sheet: such an order is refused as a whole.
pub(super) fn asked(
    job: &Job,
    catalog: &Catalog,
    groups: &BTreeMap<Group, Vec<Scanned>>,
) -> Result<Asked, Vec<BatchError>> {
    let Selection::Provinces(spellings) = &job.selection else { return Ok(Asked::All) };
    let sheets = groups.get(&Group::Provinces).into_iter().flatten();
    let there: BTreeMap<&str, &Locality> =
        sheets.filter_map(|sheet| sheet.locality.as_ref()).map(|locality| (locality.id.as_str(), locality)).collect();
    let ids: BTreeSet<String> = there.keys().map(|id| (*id).to_owned()).collect();
    let find = |spelling: &String| {
        let province = catalog.provinces.find_among(spelling, &ids)?;
        if ids.contains(&province.id) {
            return Ok(province.id.clone());
        }
        Err(BatchError::NoSheet {
            province: province.name(Language::En).to_owned(),
            folder: job.sheets.clone(),
            others: others(there.values().map(|locality| locality.name(Language::En))),
        })
    };
    let (found, failures): (Vec<_>, Vec<_>) = spellings.iter().map(find).partition(Result::is_ok);
    if failures.is_empty() {
        Ok(Asked::These(found.into_iter().flatten().collect()))
    } else {
        Err(failures.into_iter().filter_map(Result::err).collect())
    }
}

fn others<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    if names.is_empty() {
        "no sheet there could be read".to_owned()
    } else {
        format!("there are sheets of {}", names.join(", "))
    }
}

/// The documents of a group that are asked of this part of a run.
pub(super) fn documents(job: &Job, asked: &Asked, group: &Group, outline: &Outline) -> Vec<Document> {
    let comparison = comparison_of(group);
    let is_asked = |name: &&String| asked.holds(name) && job.holds(name);
    let documents = outline.documents.iter().filter(is_asked).flat_map(|name| {
        job.languages.iter().map(|language| Document {
            subject: if *name == comparison { Subject::Comparison } else { Subject::Locality },
            language: *language,
            name: name.clone(),
        })
    });
    documents.collect()
}

/// How many documents of a group are asked of this part of a run, as far as that is known before its sheets are checked.
pub(super) fn about(job: &Job, asked: &Asked, group: &Group, sheets: &[Scanned]) -> usize {
    let localities = sheets.iter().filter_map(|sheet| sheet.locality.as_ref()).map(|locality| locality.id.clone());
    let names = localities.chain([comparison_of(group)]).filter(|name| asked.holds(name) && job.holds(name));
    names.count() * job.languages.len()
}

impl Job {
    /// Whether a document, or a locality, belongs to the part of the work that this run is.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.shard.is_none_or(|shard| shard.holds(name))
    }
}
