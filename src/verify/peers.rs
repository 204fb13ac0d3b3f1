//! The sheets that a commune was compared with. Its PDF names them by their SHA-256 and does not carry them: they are looked up where the user
//! says, whatever their names there. What was checked of one group serves all of its PDFs.

use crate::batch::Sheets;
use crate::batch::evidence::Evidence;
use crate::batch::statement::hash;
use crate::compare::Comparison;
use crate::diag::SourceFile;
use crate::sheet::{self, ReadSheetError};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Sheets by the SHA-256 of their text, and the group that was checked last.
#[derive(Debug, Default)]
pub struct Peers {
    paths: BTreeMap<String, PathBuf>,
    /// Sheets that were inside another PDF of the same folder, while a folder is gone through.
    held: Mutex<Option<BTreeMap<String, Arc<SourceFile>>>>,
    last: Mutex<Option<(String, Arc<Checked>)>>,
}

/// The sheets of a group, checked again, and the evidence and comparison that they make.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) evidence: Evidence,
    pub(super) sheets: Sheets,
    /// The comparison; or the id, among those withheld, that is no province's.
    pub(super) comparison: Result<Comparison, String>,
}

impl Peers {
    /// The sheets of a folder, each read once to know its hash.
    ///
    /// # Errors
    /// The folder cannot be opened, or holds no sheet. A single sheet that cannot be read is nobody's peer.
    pub fn of(folder: &Path) -> Result<Peers, ReadSheetError> {
        let hashed = |path: PathBuf| Some((hash(sheet::read_file(&path).ok()?.text().as_bytes()), path));
        let paths = sheet::sheet_paths(folder)?.into_par_iter().filter_map(hashed).collect();
        Ok(Peers { paths, ..Peers::default() })
    }

    /// Whether there is no sheet to look up.
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Whether there is a sheet of a hash, as far as is known without reading it once more.
    pub(super) fn has(&self, sha256: &str) -> bool {
        self.paths.contains_key(sha256) || self.held().as_ref().is_some_and(|held| held.contains_key(sha256))
    }

    /// The sheet of a hash, under the name that it was attached by.
    pub(super) fn find(&self, name: &str, sha256: &str) -> Option<Arc<SourceFile>> {
        let named = |text: &str| Arc::new(SourceFile::new(name, text));
        let held = self.held().as_ref().and_then(|held| held.get(sha256).cloned());
        if let Some(file) = held {
            return Some(named(file.text()));
        }
        let file = sheet::read_file(self.paths.get(sha256)?).ok()?;
        // It may have been changed since it was hashed.
        (hash(file.text().as_bytes()) == sha256).then(|| named(file.text()))
    }

    /// From now on, keeps the sheets that PDFs carry for others that name them; those kept before are forgotten.
    pub(super) fn collect(&self) {
        *self.held() = Some(BTreeMap::new());
    }

    /// Keeps no more sheets, and forgets those kept.
    pub(super) fn forget(&self) {
        *self.held() = None;
    }

    /// Keeps sheets that a PDF carries, if that is wanted.
    pub(super) fn hold(&self, files: &[Arc<SourceFile>]) {
        if let Some(held) = self.held().as_mut() {
            held.extend(files.iter().map(|file| (hash(file.text().as_bytes()), Arc::clone(file))));
        }
    }

    fn held(&self) -> MutexGuard<'_, Option<BTreeMap<String, Arc<SourceFile>>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was checked last, if it is this.
    pub(super) fn known(&self, key: &str) -> Option<Arc<Checked>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(known, _)| known == key).map(|(_, checked)| Arc::clone(checked))
    }

    /// Keeps what was checked for the next PDF of the group.
    pub(super) fn remember(&self, key: String, checked: &Arc<Checked>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(checked)));
    }
}
