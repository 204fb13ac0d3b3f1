//! `brief init`: the built-in templates, and an example sheet, written out to be changed.

use super::Outcome;
use super::output::Output;
use crate::language::Language;
use crate::render;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// A sheet that a new user can start from.
const EXAMPLE: &str = include_str!("../../fixtures/nghe-an.yaml");

pub(super) fn run(folder: &Path, output: &Output) -> Outcome {
    let mut files: Vec<(String, &str)> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            render::built_in(language).map(|(name, text)| (format!("templates/{language}/{name}"), text))
        })
        .collect();
    files.push(("fixtures/nghe-an.yaml".to_owned(), EXAMPLE));
    let mut outcome = Outcome::Done;
    for (name, text) in files {
        let path = folder.join(&name);
        match write_new(&path, text) {
            Ok(()) => output.result(&path.display().to_string()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                output.progress(&format!("{} is there already and was left as it is", path.display()));
            }
            Err(error) => {
                output.failure(&format!("cannot write {}: {error}", path.display()), Some("name a folder that can be written: `brief init DIR`"));
                outcome = Outcome::Machine;
            }
        }
    }
    outcome
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
