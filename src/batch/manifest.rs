//! `manifest.json`: what the briefings of a quarter were made from, and what they are.

use super::error::BatchError;
use super::job::{Format, Job};
use super::name::FileName;
use super::shard::Shard;
use super::sheets::Loaded;
use super::statement::hash;
use super::write::Place;
use crate::diag::Severity;
use crate::language::Language;
use crate::typeset::Fonts;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The manifest's name in a quarter's folder.
pub const FILE_NAME: &str = "manifest.json";
/// The form of the manifest.
pub const SCHEMA: u32 = 2;

/// The name of the manifest of a part of a batch, or of a whole one.
pub fn file_name(shard: Option<Shard>) -> String {
    shard.map_or_else(|| FILE_NAME.to_owned(), |shard| format!("manifest-{}.json", shard.file_name_part()))
}

/// The part of a batch whose manifest has a name; nothing if none has it.
pub(super) fn shard_of(file_name: &str) -> Option<Shard> {
    let part = file_name.strip_prefix("manifest-")?.strip_suffix(".json")?;
    let shard: Shard = part.replacen("-of-", "/", 1).parse().ok()?;
    (shard.file_name_part() == part).then_some(shard)
}

/// The record of a quarter's folder. It holds no path, host or time of a machine: the same run gives the same record anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this record.
    pub schema: u32,
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The quarter.
    pub quarter: String,
    /// The part of the batch that it is of, such as `1/4`, if it is of a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// What the last run was asked for.
    pub options: Options,
    /// The sheets, by file name.
    pub sheets: BTreeMap<String, Input>,
    /// The ids of those whose briefing was withheld, because of their sheet.
    pub withheld: BTreeSet<String>,
    /// The ids of those of whom nothing had been published by the quarter's end.
    pub unpublished: BTreeSet<String>,
    /// The reports, by their paths below the quarter's folder: those of the last run, and those of earlier runs that are still
    /// there.
    pub reports: BTreeMap<String, Output>,
}

/// What a run was asked for, as far as it shows in reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The languages.
    pub languages: BTreeSet<Language>,
    /// The endings of the formats.
    pub formats: BTreeSet<String>,
    /// The layout of the PDFs.
    pub layout: String,
    /// SHA-256 of the file of the office that issued them, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// SHA-256 of each of the user's own fonts that they were set in, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fonts: BTreeMap<String, String>,
    /// SHA-256 of each template and of the terms that took the place of the built-in ones, by language and name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub templates: BTreeMap<String, String>,
}

impl Options {
    /// Those of a job.
    pub(super) fn of(job: &Job, templates: BTreeMap<String, String>) -> Options {
        Options {
            languages: job.languages.clone(),
            formats: job.formats.iter().copied().map(Format::extension).map(str::to_owned).collect(),
            layout: job.layout.name.to_owned(),
            office: job.office.as_ref().map(|office| hash(office.text.as_bytes())),
            fonts: job.fonts.iter().flat_map(Fonts::own).map(|face| (face.name.clone(), hash(&face.data))).collect(),
            templates,
        }
    }
}

/// A sheet that went into the reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The id of what it is about, if it names a province that exists.
    pub locality: Option<String>,
    /// SHA-256 of its text, if it could be read.
    pub sha256: Option<String>,
    /// What the checks said of it.
    pub verdict: Verdict,
    /// How many facts it holds.
    pub facts: usize,
    /// How many errors the checks found.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
}

impl Input {
    /// A sheet that was checked.
    pub(super) fn of(loaded: &Loaded, sha256: Option<String>) -> Input {
        Input {
            locality: loaded.locality.as_ref().map(|locality| locality.id.clone()),
            sha256,
            verdict: Verdict::of(loaded),
            facts: loaded.sheet.as_ref().map_or(0, |sheet| sheet.facts.len()),
            errors: loaded.count(Severity::Error),
            warnings: loaded.count(Severity::Warning),
        }
    }
}

/// What the checks said of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It has no error.
    Valid,
    /// It has errors: its figures are withheld.
    Invalid,
    /// Its form cannot be read.
    Unreadable,
}

impl Verdict {
    /// What the checks said of a sheet.
    pub fn of(loaded: &Loaded) -> Verdict {
        match (&loaded.sheet, loaded.passed()) {
            (None, _) => Verdict::Unreadable,
            (Some(_), None) => Verdict::Invalid,
            (Some(_), Some(_)) => Verdict::Valid,
        }
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Why it is one of an earlier run that was left as it was; nothing if it is what the sheets give now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// Why a report of an earlier run was left as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// The sheet of its locality has errors: it is the last good one.
    Withheld,
    /// It could not be made.
    Failed,
    /// By the quarter's end nothing is known of its locality any more.
    Unpublished,
    /// Its locality has no sheet any more.
    WithoutSheet,
    /// The last run was not asked for it, or makes no such file any more.
    NotMade,
}

impl Manifest {
    /// The record of a run that is yet to begin.
    pub(super) fn new(job: &Job, options: Options) -> Manifest {
        Manifest {
            schema: SCHEMA,
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            quarter: job.quarter.to_string(),
            shard: job.shard.map(|shard| shard.to_string()),
            options,
            sheets: BTreeMap::new(),
            withheld: BTreeSet::new(),
            unpublished: BTreeSet::new(),
            reports: BTreeMap::new(),
        }
    }

    /// The record of an earlier run. One that cannot be read, or is of another form, is as none: it records, it decides nothing.
    pub(super) fn read(place: &Place, shard: Option<Shard>) -> Option<Manifest> {
        let bytes = place.read_record(&file_name(shard)).ok().flatten()?;
        let manifest: Manifest = serde_json::from_slice(&bytes).ok()?;
        (manifest.schema == SCHEMA).then_some(manifest)
    }

    /// Takes over from an earlier run what this one did not look at, as far as it is still there.
    pub(super) fn keep(&mut self, earlier: Manifest, was_all_asked: bool, place: &Place) {
        if !was_all_asked {
            self.withheld.extend(earlier.withheld.into_iter().filter(|id| !is_known(&self.sheets, id)));
            self.unpublished.extend(earlier.unpublished.into_iter().filter(|id| !is_known(&self.sheets, id)));
            for (name, input) in earlier.sheets {
                self.sheets.entry(name).or_insert(input);
            }
        }
        let localities: BTreeSet<&str> = self.sheets.values().filter_map(|sheet| sheet.locality.as_deref()).collect();
        for (path, output) in earlier.reports {
            if self.reports.contains_key(&path) {
                continue;
            }
            // A name from an old manifest leads nowhere but to a file of this folder.
            let Ok(name) = path.parse::<FileName>() else { continue };
            if place.stamp(&name).is_none() {
                continue;
            }
            let about = path.split_once('.').map_or(path.as_str(), |(about, _)| about);
            let kept = match output.kept {
                _ if !was_all_asked => output.kept,
                _ if localities.contains(about) || about.ends_with("comparison") => Some(Kept::NotMade),
                _ => Some(Kept::WithoutSheet),
            };
            self.reports.insert(path, Output { kept, ..output });
        }
    }

    /// Whether it lies in a folder already, to the byte.
    pub(super) fn lies_in(&self, place: &Place, shard: Option<Shard>) -> bool {
        place.says(&file_name(shard), &|out| self.write_json(out))
    }

    /// Writes it, after every report that it tells of; false if it lay there already.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn write(&self, place: &Place, shard: Option<Shard>) -> Result<bool, BatchError> {
        place.record(&file_name(shard), &|out| self.write_json(out))
    }

    /// The text of the file.
    fn write_json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

fn is_known(sheets: &BTreeMap<String, Input>, id: &str) -> bool {
    sheets.values().any(|sheet| sheet.locality.as_deref() == Some(id))
}
