//! The sheets of a run: read, checked, none twice.

use crate::catalog::{Catalog, Province};
use crate::check::{self, Checked, CheckedSheet, FirstSheets, Policy};
use crate::diag::Diagnostic;
use crate::sheet::{self, FactSheet, ReadSheetError};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// One sheet of a run.
#[derive(Debug)]
pub struct Loaded {
    /// Where it was read from.
    pub path: PathBuf,
    /// Its province, if it names one that exists.
    pub province: Option<Province>,
    /// The sheet, if its form could be read.
    pub sheet: Option<FactSheet>,
    /// What the check stage says; nothing if the form could not be read.
    pub checked: Option<Checked>,
    /// Faults outside the check of this sheet alone.
    pub faults: Vec<Diagnostic>,
}

/// The sheets of a run, in the order of their paths.
#[derive(Debug, Default)]
pub struct Sheets(Vec<Loaded>);

/// Reads and checks a sheet, or all sheets of a folder, on all cores.
///
/// # Errors
/// The path cannot be opened, or is a folder without sheets. A single sheet of a folder that cannot be read is a fault of that
/// sheet.
pub fn load(path: &Path, catalog: &Catalog, policy: &Policy) -> Result<Sheets, ReadSheetError> {
    let paths = sheet::sheet_paths(path)?;
    let mut loaded: Vec<Loaded> = paths.par_iter().map(|path| load_one(path, catalog, policy)).collect();
    let mut first = FirstSheets::default();
    for loaded in &mut loaded {
        loaded.enter(&mut first);
    }
    Ok(Sheets(loaded))
}

pub(super) fn load_one(path: &Path, catalog: &Catalog, policy: &Policy) -> Loaded {
    let unread = |province, faults| Loaded { path: path.to_owned(), province, sheet: None, checked: None, faults };
    let file = match sheet::read_file(path) {
        Ok(file) => file,
        Err(error) => return unread(guess_province(path, "", catalog), vec![error.diagnostic()]),
    };
    match sheet::load(&file) {
        Ok(sheet) => {
            let checked = check::check(&sheet, catalog, policy);
            let province = catalog.provinces.find(&sheet.province).ok().cloned();
            Loaded { path: path.to_owned(), province, sheet: Some(sheet), checked: Some(checked), faults: Vec::new() }
        }
        Err(faults) => unread(guess_province(path, file.text(), catalog), faults),
    }
}

/// The province of a sheet that cannot be read, by its line `province: …` or else its file's name: it is withheld where that
/// tells which.
fn guess_province(path: &Path, text: &str, catalog: &Catalog) -> Option<Province> {
    let line = text.lines().find_map(|line| line.strip_prefix("province:"));
    let written = line.map(|value| value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']));
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    written.into_iter().chain(stem.as_deref()).find_map(|spelling| catalog.provinces.find(spelling).ok()).cloned()
}

impl Sheets {
    /// The sheets.
    pub fn iter(&self) -> impl Iterator<Item = &Loaded> {
        self.0.iter()
    }

    /// How many sheets there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Loaded {
    /// Every finding about the sheet.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.iter().chain(self.checked.iter().flat_map(|checked| &checked.diagnostics))
    }

    /// Enters the sheet as the first of its province, or notes that it is not.
    pub(super) fn enter(&mut self, first: &mut FirstSheets) {
        if let (Some(province), Some(sheet)) = (&self.province, &self.sheet) {
            self.faults.extend(first.enter(province, sheet));
        }
    }

    /// The sheet, if it passed.
    pub fn passed(&self) -> Option<&CheckedSheet> {
        if self.faults.is_empty() { self.checked.as_ref()?.sheet.as_ref() } else { None }
    }
}
