//! `brief verify`: PDFs held against what is inside them.

use super::output::Output;
use super::{Outcome, VerifyArguments};
use crate::catalog::Catalog;
use crate::diag::Diagnostic;
use crate::typeset::Fonts;
use crate::verify::{Means, Verdict, verify};
use rayon::prelude::*;
use serde_json::json;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes: thirty times a comparison of all provinces.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

pub(super) fn run(arguments: &VerifyArguments, output: &Output) -> Outcome {
    let (catalog, fonts) = match (Catalog::builtin(), Fonts::bundled()) {
        (Ok(catalog), Ok(fonts)) => (catalog, fonts),
        (Err(error), _) => return refuse(&error.to_string(), output),
        (_, Err(error)) => return refuse(&error.to_string(), output),
    };
    let means = Means { catalog: &catalog, fonts: &fonts };
    let look = |path: &PathBuf| {
        let shown = path.display().to_string();
        match read(path) {
            Ok(bytes) => Ok(verify(&shown, &bytes, &means)),
            Err(error) => Err((format!("cannot read {shown}: {error}"), shown)),
        }
    };
    let verdicts: Vec<Result<Verdict, (String, String)>> = arguments.files.par_iter().map(look).collect();
    let mut outcome = Outcome::Done;
    let mut documents = Vec::new();
    for verdict in verdicts {
        match verdict {
            Ok(verdict) => {
                outcome = outcome.max(if verdict.is_valid() { Outcome::Done } else { Outcome::Failed });
                if arguments.json {
                    documents.push(json!(verdict.to_json()));
                } else {
                    verdict
                        .findings
                        .iter()
                        .for_each(|finding| output.diagnostic(&named(&finding.diagnostic, &verdict.path)));
                    output.result(&verdict.to_string());
                }
            }
            Err((message, path)) => {
                outcome = outcome.max(Outcome::Unusable);
                documents.push(json!({ "path": path, "valid": false, "error": message }));
                output.failure(&message, Some("name the PDFs that `brief` wrote"));
            }
        }
    }
    if arguments.json {
        outcome = outcome.max(output.json(&json!({ "files": documents })));
    }
    outcome
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
