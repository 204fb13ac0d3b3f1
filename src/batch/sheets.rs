//! The sheets of a run: read, checked, none twice.

use super::scan::{self, Scanned};
use crate::catalog::{Catalog, Group, Locality};
use crate::check::{self, Checked, CheckedSheet, Claim, FirstSheets, Policy};
use crate::diag::{Accepted, Diagnostic, Findings, Form, Severity, SourceFile, Told};
use crate::sheet::{self, FactSheet, ReadSheetError, UNREADABLE_SHEET};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One sheet of a run.
#[derive(Debug)]
pub struct Loaded {
    /// Where it was read from.
    pub path: PathBuf,
    /// What it is about, if it names a province that exists.
    pub locality: Option<Locality>,
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
    Ok(Sheets::entered(paths.par_iter().map(|path| load_one(path, catalog, policy)).collect()))
}

/// Reads and checks the sheets of a group, on all cores.
pub(super) fn load_group(group: &Group, scanned: &[&Scanned], catalog: &Catalog, policy: &Policy) -> Sheets {
    let load = |scanned: &&Scanned| {
        let mut loaded = load_one(&scanned.path, catalog, policy);
        if let (Some(locality), Some(sheet)) = (&loaded.locality, &loaded.sheet)
            && locality.group() != *group
        {
            let help = "write `province: …`, and `commune: …` if it is about one, as lines of their own that begin so";
            let message = "the province or commune that this sheet is about cannot be found in its lines";
            let fault =
                Diagnostic::error(UNREADABLE_SHEET, message).at(&sheet.file, sheet.province.span, "").help(help);
            loaded.faults.push(fault);
            loaded.locality = None;
        }
        loaded
    };
    Sheets::entered(scanned.par_iter().map(load).collect())
}

/// Checks sheets that were read already, on all cores; each is named by its file's path.
pub fn load_files(files: &[Arc<SourceFile>], catalog: &Catalog, policy: &Policy) -> Sheets {
    let load = |file: &Arc<SourceFile>| check_one(check::check, Path::new(file.path()), file, catalog, policy);
    Sheets::entered(files.par_iter().map(load).collect())
}

pub(super) fn load_one(path: &Path, catalog: &Catalog, policy: &Policy) -> Loaded {
    load_with(check::check, path, catalog, policy)
}

/// Reads and checks a sheet of which nothing is wanted but what is found.
pub(super) fn examine_one(path: &Path, catalog: &Catalog, policy: &Policy) -> Loaded {
    load_with(check::examine, path, catalog, policy)
}

/// The check stage, with a sealed sheet or without.
type Check = fn(&FactSheet, &Catalog, &Policy) -> Checked;

fn load_with(check: Check, path: &Path, catalog: &Catalog, policy: &Policy) -> Loaded {
    match sheet::read_file(path) {
        Ok(file) => check_one(check, path, &file, catalog, policy),
        Err(error) => unread(path, scan::guess_locality(path, "", catalog), vec![error.diagnostic()]),
    }
}

fn unread(path: &Path, locality: Option<Locality>, faults: Vec<Diagnostic>) -> Loaded {
    Loaded { path: path.to_owned(), locality, sheet: None, checked: None, faults }
}

fn check_one(check: Check, path: &Path, file: &Arc<SourceFile>, catalog: &Catalog, policy: &Policy) -> Loaded {
    match sheet::load(file) {
        Ok(sheet) => {
            let checked = check(&sheet, catalog, policy);
            let locality = sheet.locality(catalog);
            Loaded { path: path.to_owned(), locality, sheet: Some(sheet), checked: Some(checked), faults: Vec::new() }
        }
        Err(faults) => unread(path, scan::guess_locality(path, file.text(), catalog), faults),
    }
}

impl Sheets {
    /// Sheets of which none is the second of its province unnoticed.
    fn entered(mut loaded: Vec<Loaded>) -> Sheets {
        let mut first = FirstSheets::default();
        for loaded in &mut loaded {
            loaded.enter(&mut first);
        }
        Sheets(loaded)
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
}

impl Loaded {
    /// Every finding about the sheet.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.iter().chain(self.checked.iter().flat_map(|checked| &checked.diagnostics))
    }

    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// What is reported of the sheet, were there no other.
    pub(super) fn findings_alone(&self) -> Findings<'_> {
        let diagnostics = self.checked.iter().flat_map(|checked| &checked.diagnostics).collect();
        Findings { diagnostics, ..self.findings() }
    }

    /// What is reported of the sheet.
    pub fn findings(&self) -> Findings<'_> {
        let checked = || self.checked.iter();
        Findings {
            path: self.path.display().to_string(),
            form: if self.sheet.is_some() { Form::Read } else { Form::Unreadable },
            facts: self.sheet.as_ref().map_or(0, |sheet| sheet.facts.len()),
            diagnostics: self.diagnostics().collect(),
            accepted: checked()
                .flat_map(|checked| &checked.allowed)
                .map(|allowed| Accepted { diagnostic: &allowed.diagnostic, reason: &allowed.reason })
                .collect(),
            relations: checked().flat_map(|checked| &checked.relations).map(|relation| relation as &dyn Told).collect(),
        }
    }

    /// Enters the sheet as the first of its province, or notes that it is not.
    pub(super) fn enter(&mut self, first: &mut FirstSheets) {
        if let (Some(locality), Some(sheet)) = (&self.locality, &self.sheet) {
            self.faults.extend(first.enter(locality, sheet));
        }
    }

    /// The sheet as one that may be the first of its province.
    pub(super) fn claim(&self) -> Option<Claim> {
        self.locality.as_ref().zip(self.sheet.as_ref()).map(|(locality, sheet)| Claim::of(locality, sheet))
    }

    /// Notes that another sheet is the first of its province.
    pub(super) fn stand_beside(&mut self, first: &FirstSheets) {
        if let (Some(locality), Some(sheet)) = (&self.locality, &self.sheet) {
            self.faults.extend(first.second(locality, sheet));
        }
    }

    /// The sheet, if it passed.
    pub fn passed(&self) -> Option<&CheckedSheet> {
        if self.faults.is_empty() { self.checked.as_ref()?.sheet.as_ref() } else { None }
    }
}
