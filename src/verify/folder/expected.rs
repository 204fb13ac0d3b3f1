//! What should be in a folder: what its manifests tell, or else whatever PDFs there are.

use super::{Paper, is_pdf};
use crate::batch::manifest::{Manifest, Output};
use crate::batch::{BatchError, Found, Shelf};
use crate::diag::Diagnostic;
use crate::verify::codes::{INCOMPLETE_PARTS, UNREADABLE_MANIFEST};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What a folder is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// The manifest of a whole run, or of merged parts.
    Whole,
    /// Manifests of parts.
    Parts,
    /// Nothing: there is no manifest that can be read.
    None,
}

impl Record {
    /// The name, for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Record::Whole => "whole",
            Record::Parts => "parts",
            Record::None => "none",
        }
    }

    /// Whether it tells of all that should be there, or nobody ever said what that is.
    pub(super) const fn is_whole(self) -> bool {
        matches!(self, Record::Whole | Record::None)
    }
}

/// What should be in a folder.
pub(super) struct Expected {
    pub(super) record: Record,
    /// What is wrong with its manifests.
    pub(super) findings: Vec<Diagnostic>,
    /// The reports by their paths below the folder, with what is recorded of them.
    pub(super) reports: BTreeMap<String, Option<Output>>,
    /// SHA-256 of the sheets that they were made from.
    pub(super) sheets: BTreeSet<String>,
    pub(super) quarter: Option<String>,
    /// What is there and is not recorded.
    pub(super) unrecorded: Vec<String>,
}

impl Expected {
    /// What should be in a folder.
    pub(super) fn of(shelf: &Shelf) -> Result<Expected, BatchError> {
        let found = shelf.manifests();
        let mut expected = Expected {
            record: Record::None,
            findings: Vec::new(),
            reports: BTreeMap::new(),
            sheets: BTreeSet::new(),
            quarter: None,
            unrecorded: Vec::new(),
        };
        let names: BTreeSet<String> = found.iter().map(|found| found.name.clone()).collect();
        let has_whole = found.iter().any(|found| found.shard.is_none());
        let parts: Vec<String> = found.iter().filter_map(|found| found.shard).map(|shard| shard.to_string()).collect();
        // Beside the manifest of the whole, those of the parts that it was merged from say nothing more.
        for Found { name, shard, manifest } in found.into_iter().filter(|found| found.shard.is_none() || !has_whole) {
            match manifest {
                Ok(manifest) => {
                    expected.record = if shard.is_none() { Record::Whole } else { Record::Parts };
                    expected.take(manifest);
                }
                Err(reason) => {
                    let path = shelf.path().join(&name);
                    let message = format!("{} cannot be used: {reason}", path.display());
                    let help = if shard.is_none() {
                        "run the batch again, or merge its parts again; the PDFs are verified each by itself"
                    } else {
                        "run that part again"
                    };
                    expected.findings.push(Diagnostic::error(UNREADABLE_MANIFEST, message).help(help));
                }
            }
        }
        if !has_whole && !parts.is_empty() {
            let message = format!(
                "{}: there are manifests of parts ({}) and none of the whole",
                shelf.path().display(),
                parts.join(", ")
            );
            let help = format!("run the parts that are missing, if any, then `brief merge {}`", shelf.path().display());
            expected.findings.push(Diagnostic::warning(INCOMPLETE_PARTS, message).help(help));
        }
        let there = shelf.contents().into_iter().filter(|name| !names.contains(name));
        if expected.record == Record::None {
            expected.reports = there.filter(|name| is_pdf(name)).map(|name| (name, None)).collect();
            if expected.reports.is_empty() && expected.findings.is_empty() {
                let error = io::Error::other("there is neither a manifest nor a PDF in it");
                return Err(BatchError::Read { path: shelf.path().to_owned(), error });
            }
        } else {
            expected.unrecorded = there.filter(|name| !expected.reports.contains_key(name)).collect();
        }
        Ok(expected)
    }

    fn take(&mut self, manifest: Manifest) {
        self.sheets.extend(manifest.sheets.into_values().filter_map(|sheet| sheet.sha256));
        self.reports.extend(manifest.reports.into_iter().map(|(path, output)| (path, Some(output))));
        self.quarter = Some(manifest.quarter);
    }

    /// The documents, by the folder that they lie in, comparisons first: these carry all sheets of their group.
    pub(super) fn by_folder(&self) -> Vec<Vec<Paper<'_>>> {
        let mut folders: BTreeMap<&str, BTreeMap<(bool, &str), Paper<'_>>> = BTreeMap::new();
        for (path, output) in &self.reports {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let (is_single, key) = (!name.starts_with("comparison."), document_of(path));
            let papers = folders.entry(folder).or_default();
            let paper = papers.entry((is_single, key)).or_insert_with(|| Paper { key, files: Vec::new() });
            paper.files.push((path, output.as_ref()));
        }
        folders.into_values().map(|papers| papers.into_values().collect()).collect()
    }
}

/// How the names of a document's files begin: up to the language, which is the second part between points.
fn document_of(path: &str) -> &str {
    path.match_indices('.').nth(1).map_or(path, |(at, _)| path.get(..at).unwrap_or(path))
}
