//! `manifest.json`: what the briefings of a quarter were made from, and what they are.

use super::evidence::hash;
use super::job::{Built, Job};
use super::sheets::{Loaded, Sheets};
use super::write;
use crate::typeset::Fonts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The manifest's name in a quarter's folder.
pub const FILE_NAME: &str = "manifest.json";

/// The record of a quarter's folder. It holds no path, host or time of a machine: the same run gives the same record anywhere.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The quarter.
    pub quarter: String,
    /// The layout of the last run's PDFs.
    #[serde(default)]
    pub layout: String,
    /// SHA-256 of the file of the office that issued them, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// SHA-256 of each of the user's own fonts that they were set in, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fonts: BTreeMap<String, String>,
    /// The sheets of the last run, by file name.
    pub sheets: BTreeMap<String, Input>,
    /// The reports, by file name: those of the last run, and those of earlier runs that are still there.
    pub reports: BTreeMap<String, Output>,
}

/// A sheet that went into the reports.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The province's id, if the sheet names one that exists.
    pub province: Option<String>,
    /// SHA-256 of its text, if it could be read.
    pub sha256: Option<String>,
    /// What the checks said of it.
    pub verdict: Verdict,
    /// How many facts it holds.
    pub facts: usize,
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

/// A report.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Writes the manifest of a quarter's folder, after its reports.
///
/// # Errors
/// A report cannot be read back, or the manifest cannot be written.
pub(super) fn write(folder: &Path, job: &Job, sheets: &Sheets, built: &Built) -> io::Result<()> {
    let path = folder.join(FILE_NAME);
    // A manifest that cannot be read is replaced: it records, it decides nothing.
    let earlier: Option<Manifest> = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let names = earlier.into_iter().flat_map(|manifest| manifest.reports.into_keys());
    let made = built.files.iter().filter_map(|file| Some(file.path.file_name()?.to_string_lossy().into_owned()));
    let mut reports = BTreeMap::new();
    for name in names.chain(made) {
        // A name from an old manifest leads nowhere but to a file of this folder.
        if Path::new(&name).file_name().is_none_or(|plain| plain != name.as_str()) {
            continue;
        }
        match fs::read(folder.join(&name)) {
            Ok(bytes) => {
                reports.insert(name, Output { sha256: hash(&bytes), bytes: bytes.len() as u64 });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let manifest = Manifest {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        quarter: job.quarter.to_string(),
        layout: job.layout.name.to_owned(),
        office: job.office.as_ref().map(|office| hash(office.text.as_bytes())),
        fonts: job.fonts.iter().flat_map(Fonts::own).map(|face| (face.name.clone(), hash(&face.data))).collect(),
        sheets: sheets.iter().map(input).collect(),
        reports,
    };
    let mut json = serde_json::to_string_pretty(&manifest).map_err(io::Error::other)?;
    json.push('\n');
    write::atomically(&path, json.as_bytes()).map(drop)
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

fn input(loaded: &Loaded) -> (String, Input) {
    let name = loaded.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let input = Input {
        province: loaded.province.as_ref().map(|province| province.id.clone()),
        sha256: loaded.sheet.as_ref().map(|sheet| hash(sheet.file.text().as_bytes())),
        verdict: Verdict::of(loaded),
        facts: loaded.sheet.as_ref().map_or(0, |sheet| sheet.facts.len()),
    };
    (name, input)
}
