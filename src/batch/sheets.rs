//! The sheets of a run: read, checked, none twice.

use crate::catalog::{Catalog, Province};
use crate::check::{self, Checked, CheckedSheet, Policy, RelationReport};
use crate::diag::Diagnostic;
use crate::sheet::{self, FactSheet, ReadSheetError};
use rayon::prelude::*;
use std::collections::BTreeSet;
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
    let loaded: Vec<Loaded> = paths.par_iter().map(|path| load_one(path, catalog, policy)).collect();
    let mut sheets = Sheets(loaded);
    sheets.mark_duplicates();
    Ok(sheets)
}

fn load_one(path: &Path, catalog: &Catalog, policy: &Policy) -> Loaded {
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
    /// Adds the sheets of another path, but no file twice.
    pub fn extend(&mut self, other: Sheets) {
        let mut known: BTreeSet<PathBuf> = self.0.iter().map(Loaded::file).collect();
        self.0.extend(other.0.into_iter().filter(|loaded| known.insert(loaded.file())));
        self.mark_duplicates();
    }

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

    /// How many facts they hold.
    pub fn fact_count(&self) -> usize {
        self.0.iter().filter_map(|loaded| loaded.sheet.as_ref()).map(|sheet| sheet.facts.len()).sum()
    }

    /// How many diagnostics they allow.
    pub fn allowed_count(&self) -> usize {
        self.0.iter().filter_map(|loaded| loaded.checked.as_ref()).map(|checked| checked.allowed.len()).sum()
    }

    /// Every finding.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().flat_map(Loaded::diagnostics)
    }

    /// Every relation.
    pub fn relations(&self) -> impl Iterator<Item = &RelationReport> {
        self.0.iter().filter_map(|loaded| loaded.checked.as_ref()).flat_map(|checked| &checked.relations)
    }

    /// Whether the form of any sheet could not be read.
    pub fn any_unreadable(&self) -> bool {
        self.0.iter().any(|loaded| loaded.sheet.is_none())
    }

    fn mark_duplicates(&mut self) {
        let sheets: Vec<Option<(&Province, &FactSheet)>> =
            self.0.iter().map(|loaded| Some((loaded.province.as_ref()?, loaded.sheet.as_ref()?))).collect();
        let faults = check::duplicate_provinces(&sheets);
        for (loaded, fault) in self.0.iter_mut().zip(faults) {
            if let Some(fault) = fault
                && !loaded.faults.iter().any(|known| known.code == fault.code)
            {
                loaded.faults.push(fault);
            }
        }
    }
}

impl Loaded {
    /// Every finding about the sheet.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.iter().chain(self.checked.iter().flat_map(|checked| &checked.diagnostics))
    }

    /// The file itself, by whatever path it was named.
    fn file(&self) -> PathBuf {
        self.path.canonicalize().unwrap_or_else(|_| self.path.clone())
    }

    /// The sheet, if it passed.
    pub fn passed(&self) -> Option<&CheckedSheet> {
        if self.faults.is_empty() { self.checked.as_ref()?.sheet.as_ref() } else { None }
    }
}
