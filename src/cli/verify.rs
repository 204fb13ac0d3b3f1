//! `brief verify`: PDFs held against what is inside them, and folders against their manifests.

use super::briefing;
use super::output::Output;
use super::{Outcome, VerifyArguments};
use crate::batch::Shelf;
use crate::catalog::Catalog;
use crate::diag::Diagnostic;
use crate::typeset::Fonts;
use crate::verify::{Means, Peers, Verdict, verify, verify_folder};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes: thirty times a comparison of all provinces.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// What to do where there is nothing to verify.
const NAME_PDFS: &str = "name the PDFs that `brief` wrote, or the folder of a quarter";

pub(super) fn run(arguments: &VerifyArguments, output: &Output) -> Outcome {
    let (catalog, fonts) = match (Catalog::builtin(), Fonts::bundled()) {
        (Ok(catalog), Ok(fonts)) => (catalog, fonts),
        (Err(error), _) => return refuse(&error.to_string(), output),
        (_, Err(error)) => return refuse(&error.to_string(), output),
    };
    let peers = match arguments.sheets.as_deref().map(Peers::of).transpose() {
        Ok(peers) => peers.unwrap_or_default(),
        Err(error) => {
            output.failure(&error.to_string(), Some("`--sheets DIR` names the folder of fact sheets"));
            return Outcome::Unusable;
        }
    };
    let means = Means { catalog: &catalog, fonts: &fonts, peers: &peers };
    let mut told = Told { is_json: arguments.json, outcome: Outcome::Done, files: Vec::new(), folders: Vec::new() };
    for run in arguments.files.chunk_by(|one, other| !one.is_dir() && !other.is_dir()) {
        match run {
            [folder] if folder.is_dir() => {
                for folder in with_manifests(folder) {
                    told.folder(&folder, &means, output);
                }
            }
            files => told.these(files, &means, output),
        }
    }
    if told.is_json {
        let mut document = json!({ "files": told.files });
        if let (false, Some(document)) = (told.folders.is_empty(), document.as_object_mut()) {
            document.insert("folders".to_owned(), json!(told.folders));
        }
        told.outcome = told.outcome.max(output.json(&document));
    }
    told.outcome
}

/// A folder; or, if it has no manifest and folders in it have, these: whoever names `reports` means its quarters.
fn with_manifests(folder: &Path) -> Vec<PathBuf> {
    let has_manifest = |folder: &Path| Shelf::open(folder).is_ok_and(|shelf| !shelf.manifests().is_empty());
    if !has_manifest(folder)
        && let Ok(entries) = folder.read_dir()
    {
        let mut quarters: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        quarters.retain(|path| path.is_dir() && has_manifest(path));
        quarters.sort();
        if !quarters.is_empty() {
            return quarters;
        }
    }
    vec![folder.to_owned()]
}

/// What was told, and what it comes to.
struct Told {
    is_json: bool,
    outcome: Outcome,
    files: Vec<Value>,
    folders: Vec<Value>,
}

impl Told {
    fn these(&mut self, files: &[PathBuf], means: &Means<'_>, output: &Output) {
        let look = |path: &PathBuf| {
            let shown = path.display().to_string();
            match read(path) {
                Ok(bytes) => Ok(verify(&shown, &bytes, means)),
                Err(error) => Err((format!("cannot read {shown}: {error}"), shown)),
            }
        };
        let verdicts: Vec<Result<Verdict, (String, String)>> = files.par_iter().map(look).collect();
        for verdict in verdicts {
            match verdict {
                Ok(verdict) => {
                    self.came_to(verdict.is_valid());
                    if self.is_json {
                        self.files.push(json!(verdict.to_json()));
                    } else {
                        tell(&verdict, output);
                        output.result(&verdict.to_string());
                    }
                }
                Err((message, path)) => {
                    self.outcome = self.outcome.max(Outcome::Unusable);
                    self.files.push(json!({ "path": path, "valid": false, "error": message }));
                    output.failure(&message, Some(NAME_PDFS));
                }
            }
        }
    }

    fn folder(&mut self, folder: &Path, means: &Means<'_>, output: &Output) {
        let mut files = Vec::new();
        let is_json = self.is_json;
        let said = verify_folder(folder, means, |report| {
            if is_json {
                let mut file = json!(report.verdict.to_json());
                if let Some(file) = file.as_object_mut() {
                    file.insert("valid".to_owned(), report.is_valid().into());
                }
                files.push(file);
            } else if output.is_verbose() || report.is_worth_telling() {
                tell(&report.verdict, output);
                output.result(&report.to_string());
            }
        });
        match said {
            Ok(verdict) => {
                self.came_to(verdict.is_valid());
                if is_json {
                    let mut folder = verdict.to_json();
                    if let Some(folder) = folder.as_object_mut() {
                        folder.insert("files".to_owned(), files.into());
                    }
                    self.folders.push(folder);
                } else {
                    verdict.findings.iter().for_each(|finding| output.diagnostic(finding));
                    output.result(&verdict.to_string());
                }
            }
            Err(error) => {
                self.outcome = self.outcome.max(briefing::outcome(&error));
                let message = error.to_string();
                output.failure(&message, Some(NAME_PDFS));
                self.folders.push(json!({ "path": folder.display().to_string(), "valid": false, "error": message }));
            }
        }
    }

    fn came_to(&mut self, is_valid: bool) {
        self.outcome = self.outcome.max(if is_valid { Outcome::Done } else { Outcome::Failed });
    }
}

/// Tells what was found of a file.
fn tell(verdict: &Verdict, output: &Output) {
    verdict.findings.iter().for_each(|finding| output.diagnostic(&named(&finding.diagnostic, &verdict.path)));
}

/// A finding that says which file it is about.
fn named(diagnostic: &Diagnostic, path: &str) -> Diagnostic {
    let mut named = diagnostic.clone();
    if named.labels.is_empty() {
        named.message = format!("{path}: {}", named.message);
    }
    named
}

fn refuse(message: &str, output: &Output) -> Outcome {
    output.failure(message, None);
    Outcome::Machine
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other("it is larger than 16 MiB: that is not a briefing"));
    }
    Ok(bytes)
}
