//! What a run leaves for the next one, so that only what changed is made again: a cache beside the reports of a group, which may be
//! deleted at any time.
//!
//! What goes into documents is compared by its contents. A report is taken to be as it was made if its size and the time of its
//! last change are; else its contents tell. Whoever trusts neither has `brief verify`.

use super::error::BatchError;
use super::event::{Change, Reason};
use super::folder::Stamp;
use super::job::{Document, Format};
use super::manifest::Input;
use super::name::FileName;
use super::plan::Outline;
use super::scan::Scanned;
use super::shard::Shard;
use super::statement::hash;
use super::write::Place;
use crate::calendar::Quarter;
use crate::catalog::Group;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More sheets that changed are counted, not named.
const MOST_NAMED: usize = 3;
/// The form of a record; one of another form is as none.
const SCHEMA: u32 = 1;
/// The build of the program, by a hash of what it was built from.
pub(super) const BUILD: &str = env!("BRIEF_BUILD");

/// What a document is made from, each thing by its hash or its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recipe {
    /// The build of the program.
    pub(super) program: String,
    /// The sheets of the group.
    pub(super) sheets: String,
    /// The day by which allowances had run out or not.
    pub(super) checked_as_of: String,
    /// The templates and terms that are not the built-in ones, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) templates: BTreeMap<String, String>,
    /// The layout, of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) layout: Option<String>,
    /// The file of the issuing office, of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) office: Option<String>,
    /// The fonts that are not the bundled ones, of a PDF, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fonts: BTreeMap<String, String>,
}

impl Recipe {
    /// In what a document that was made from an older recipe would be another.
    fn differences(&self, old: &Recipe, changed: &[Reason]) -> Vec<Reason> {
        if self == old {
            return Vec::new();
        }
        let mut reasons = Vec::new();
        if self.program != old.program {
            reasons.push(Reason::Program);
        }
        if self.sheets != old.sheets {
            reasons.extend(changed.iter().cloned());
        }
        if self.checked_as_of != old.checked_as_of {
            reasons.push(Reason::Allowances);
        }
        let template = |(file, change)| Reason::Template { file, change };
        reasons.extend(changes(&self.templates, &old.templates).map(template));
        if let (Some(from), Some(to)) = (&old.layout, &self.layout)
            && from != to
        {
            reasons.push(Reason::Layout { from: from.clone(), to: to.clone() });
        }
        reasons.extend(change(self.office.as_ref(), old.office.as_ref()).map(|change| Reason::Office { change }));
        let font = |(file, change)| Reason::Font { file, change };
        reasons.extend(changes(&self.fonts, &old.fonts).map(font));
        // Of a record that lost what a difference is made of, at least the difference is known.
        if reasons.is_empty() {
            reasons.push(Reason::NoRecord);
        }
        reasons
    }
}

/// What became of something between an earlier run and this one.
fn change<T: PartialEq>(now: Option<T>, then: Option<T>) -> Option<Change> {
    match (now, then) {
        (Some(_), None) => Some(Change::New),
        (None, Some(_)) => Some(Change::Gone),
        (Some(now), Some(then)) if now != then => Some(Change::Changed),
        _ => None,
    }
}

/// What became of named things.
fn changes<'a>(
    now: &'a BTreeMap<String, String>,
    then: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (String, Change)> {
    let names: BTreeSet<&String> = now.keys().chain(then.keys()).collect();
    names.into_iter().filter_map(|name| Some((name.clone(), change(now.get(name), then.get(name))?)))
}

/// The record of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    schema: u32,
    program: String,
    /// The first and the last day on which the same allowances hold, where there are such.
    from: Option<String>,
    until: Option<String>,
    /// A day that stands for all of them.
    checked_as_of: String,
    /// The sheets, by file name.
    pub(super) sheets: BTreeMap<String, Input>,
    documents: BTreeSet<String>,
    withheld: BTreeSet<String>,
    unpublished: BTreeMap<String, Option<String>>,
    recipes: Vec<Recipe>,
    /// The documents that were made, by name and language.
    pub(super) made: BTreeMap<String, Made>,
    /// Whether it says anything else than the file that it was read from.
    #[serde(skip)]
    is_changed: bool,
}

/// A document that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    /// By the ending of the format.
    pub(super) formats: BTreeMap<String, MadeFormat>,
    /// What was remarked of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) remarks: Vec<String>,
}

/// A document in one format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeFormat {
    /// The place, among the recipes, of what it was made from.
    recipe: usize,
    /// Its files.
    pub(super) files: Vec<MadeFile>,
}

/// A file of a document: path below the quarter's folder, SHA-256, size, seconds and nanoseconds of its last change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeFile(pub(super) String, pub(super) String, pub(super) u64, pub(super) i64, pub(super) u64);

impl MadeFile {
    /// A file that was just made, and is not in its place yet.
    pub(super) fn new(name: &FileName, bytes: &[u8]) -> MadeFile {
        MadeFile(name.to_string(), hash(bytes), bytes.len() as u64, 0, 0)
    }

    /// The same with the time of its last change, if that is known.
    pub(super) fn stamped(self, stamp: Option<Stamp>) -> MadeFile {
        let (seconds, nanoseconds) = stamp.map_or((0, 0), |stamp| stamp.modified);
        MadeFile(self.0, self.1, self.2, seconds, nanoseconds)
    }

    /// Why it is not as it was made, if it is not.
    fn fault(&self, place: &Place) -> Option<Reason> {
        let MadeFile(path, sha256, bytes, seconds, nanoseconds) = self;
        let missing = || Some(Reason::Missing { file: path.clone() });
        let Ok(name) = path.parse::<FileName>() else { return missing() };
        match place.stamp(&name) {
            None => missing(),
            Some(stamp) if stamp == Stamp { bytes: *bytes, modified: (*seconds, *nanoseconds) } => None,
            Some(_) => match place.read(&name) {
                Ok(Some(now)) if hash(&now) == *sha256 => None,
                Ok(Some(_)) => Some(Reason::Altered { file: path.clone() }),
                _ => missing(),
            },
        }
    }
}

/// What the sheets of a group are together, by names and contents.
pub(super) fn digest(sheets: &[Scanned]) -> String {
    let line = |sheet: &Scanned| format!("{} {}\n", sheet.sha256.as_deref().unwrap_or("-"), sheet.name());
    hash(sheets.iter().map(line).collect::<String>().as_bytes())
}

/// What is said of a group without reading its sheets once more.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) outline: Outline,
    pub(super) checked_as_of: NaiveDate,
}

impl Record {
    /// The record of a group; an empty one if there is none that can be read.
    pub(super) fn read(place: &Place, group: &Group, name: &str) -> Record {
        let bytes = place.read_record_in(folder_of(group), name).ok().flatten();
        let record: Option<Record> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        record.filter(|record| record.schema == SCHEMA).unwrap_or_default()
    }

    /// Writes the record, without the recipes that no document was made from; one that is as it was read lies there already.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn write(&mut self, place: &Place, group: &Group, name: &str) -> Result<(), BatchError> {
        if !self.is_changed {
            return Ok(());
        }
        self.tidy();
        let bytes = serde_json::to_vec(self).map_err(|error| BatchError::Evidence(error.into()))?;
        place.record_in(folder_of(group), name, &bytes)
    }

    /// What was found of the same sheets, by the same program, on a day like this one.
    pub(super) fn of_same(&self, sheets: &[Scanned], today: Option<NaiveDate>) -> Option<Known> {
        let day = |text: &Option<String>| text.as_deref().map(str::parse::<NaiveDate>).transpose().ok();
        let (from, until) = (day(&self.from)?, day(&self.until)?);
        let is_within =
            |today: NaiveDate| from.is_none_or(|from| from <= today) && until.is_none_or(|until| today <= until);
        let is_same = self.program == BUILD
            && today.is_some_and(is_within)
            && self.sheets.len() == sheets.len()
            && sheets.iter().all(|sheet| {
                self.sheets
                    .get(&*sheet.name())
                    .is_some_and(|known| known.sha256.is_some() && known.sha256 == sheet.sha256)
            });
        if !is_same {
            return None;
        }
        let quarter = |(id, first): (&String, &Option<String>)| {
            let first = first.as_deref().map(str::parse::<Quarter>).transpose().ok()?;
            Some((id.clone(), first))
        };
        let unpublished = self.unpublished.iter().map(quarter).collect::<Option<BTreeMap<_, _>>>()?;
        let outline = Outline { documents: self.documents.clone(), withheld: self.withheld.clone(), unpublished };
        Some(Known { outline, checked_as_of: self.checked_as_of.parse().ok()? })
    }

    /// The sheets that were changed, added or removed since.
    pub(super) fn changed(&self, sheets: &[Scanned]) -> Vec<Reason> {
        let now: BTreeMap<Cow<'_, str>, &String> =
            sheets.iter().filter_map(|sheet| Some((sheet.name(), sheet.sha256.as_ref()?))).collect();
        let then: BTreeMap<Cow<'_, str>, &String> = self
            .sheets
            .iter()
            .filter_map(|(name, input)| Some((Cow::Borrowed(name.as_str()), input.sha256.as_ref()?)))
            .collect();
        let names: BTreeSet<&Cow<'_, str>> = now.keys().chain(then.keys()).collect();
        let reason = |name: &Cow<'_, str>| {
            Some(Reason::Sheet { file: name.to_string(), change: change(now.get(name), then.get(name))? })
        };
        let mut reasons: Vec<Reason> = names.into_iter().filter_map(reason).collect();
        let count = reasons.len().saturating_sub(MOST_NAMED);
        if count > 0 {
            reasons.truncate(MOST_NAMED);
            reasons.push(Reason::MoreSheets { count });
        }
        reasons
    }

    /// Takes over what was found of the sheets of a group.
    pub(super) fn find(
        &mut self,
        sheets: BTreeMap<String, Input>,
        outline: &Outline,
        (from, until): (Option<NaiveDate>, Option<NaiveDate>),
        checked_as_of: NaiveDate,
    ) {
        self.is_changed = true;
        SCHEMA.clone_into(&mut self.schema);
        BUILD.clone_into(&mut self.program);
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        (self.from, self.until, self.checked_as_of) = (text(from), text(until), checked_as_of.to_string());
        self.sheets = sheets;
        self.documents.clone_from(&outline.documents);
        self.withheld.clone_from(&outline.withheld);
        let unpublished = outline.unpublished.iter();
        self.unpublished = unpublished.map(|(id, first)| (id.clone(), first.map(|first| first.to_string()))).collect();
    }

    /// Why a document has to be made in a format; nothing if it is as it would be made.
    pub(super) fn reasons(
        &self,
        (document, format): (&Document, Format),
        recipe: &Recipe,
        changed: &[Reason],
        place: Option<&Place>,
    ) -> Vec<Reason> {
        let made = self.made.get(&document.key()).and_then(|made| made.formats.get(format.extension()));
        let Some((made, old, place)) = made.and_then(|made| Some((made, self.recipes.get(made.recipe)?, place?)))
        else {
            return vec![Reason::NoRecord];
        };
        let reasons = recipe.differences(old, changed);
        if reasons.is_empty() {
            made.files.iter().find_map(|file| file.fault(place)).into_iter().collect()
        } else {
            reasons
        }
    }

    /// Enters a document that was made.
    pub(super) fn enter(
        &mut self,
        document: &Document,
        formats: Vec<(Format, Arc<Recipe>, Vec<MadeFile>)>,
        remarks: Vec<String>,
    ) {
        let mut entered = Vec::new();
        for (format, recipe, files) in formats {
            let known = self.recipes.iter().position(|known| *known == *recipe);
            let recipe = known.unwrap_or_else(|| {
                self.recipes.push(Arc::unwrap_or_clone(recipe));
                self.recipes.len() - 1
            });
            entered.push((format.extension().to_owned(), MadeFormat { recipe, files }));
        }
        self.is_changed = true;
        let made = self.made.entry(document.key()).or_default();
        made.formats.extend(entered);
        made.remarks = remarks;
    }

    /// Forgets the recipes that no document was made from.
    fn tidy(&mut self) {
        let formats = || self.made.values().flat_map(|made| made.formats.values());
        let used: BTreeSet<usize> = formats().map(|format| format.recipe).collect();
        let places: BTreeMap<usize, usize> = used.iter().copied().zip(0..).collect();
        self.recipes = used.iter().filter_map(|place| self.recipes.get(*place).cloned()).collect();
        for format in self.made.values_mut().flat_map(|made| made.formats.values_mut()) {
            format.recipe = places.get(&format.recipe).copied().unwrap_or(usize::MAX);
        }
    }
}

/// The name of the record of a part of a batch, or of a whole one.
pub(super) fn file_name(shard: Option<Shard>) -> String {
    let part = shard.map_or_else(String::new, |shard| format!("-{}", shard.file_name_part()));
    format!(".brief-state{part}.json")
}

/// The folder of a group in that of the quarter.
pub(super) fn folder_of(group: &Group) -> Option<&str> {
    match group {
        Group::Provinces => None,
        Group::Communes(province) => Some(province),
    }
}
