//! `brief init`: the built-in templates, an example sheet and an example office, written out to be changed.

use super::Outcome;
use super::output::Output;
use crate::batch::set_permissions;
use crate::language::Language;
use crate::office;
use crate::render;
use std::fs;
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
    files.push(("office.yaml".to_owned(), office::EXAMPLE));
    for (name, text) in files {
        let path = folder.join(&name);
        match write_new(&path, text) {
            Ok(true) => output.result(&path.display().to_string()),
            Ok(false) => output.progress(&format!("{} is there already and was left as it is", path.display())),
            Err(error) => {
                let help = "name a folder that can be written: `brief init DIR`";
                output.failure(&format!("cannot write {}: {error}", path.display()), Some(help));
                return Outcome::Machine;
            }
        }
    }
    Outcome::Done
}

/// Writes a file that is not there yet, whole or not at all; false if it is there.
fn write_new(path: &Path, text: &str) -> io::Result<bool> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    set_permissions(file.as_file())?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error),
    }
}
