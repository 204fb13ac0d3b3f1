//! The reports that are kept with the program are those that it makes.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const QUARTER: &str = "2026-Q3";
const REFRESH: &str = "to refresh them: cargo run --release -- --all --quarter 2026-Q3";

/// The files of a folder by name, but dot files.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}; {REFRESH}", folder.display()));
    let entries = entries.map(|entry| entry.unwrap().path());
    let named = entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path));
    named.filter(|(name, _)| !name.starts_with('.')).map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

#[test]
fn the_sample_reports_are_up_to_date() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(["--all", "--quarter", QUARTER, "--quiet", "--out"])
        .arg(out.path())
        .current_dir(home)
        .env_remove("SOURCE_DATE_EPOCH")
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "the sheets that are shipped make no reports: {status}");
    let kept = files(&home.join("reports").join(QUARTER));
    let made = files(&out.path().join(QUARTER));
    let missing: Vec<&String> = made.keys().filter(|name| !kept.contains_key(*name)).collect();
    let extra: Vec<&String> = kept.keys().filter(|name| !made.contains_key(*name)).collect();
    let differing: Vec<&String> = made
        .iter()
        .filter(|(name, bytes)| kept.get(*name).is_some_and(|old| old != *bytes))
        .map(|(name, _)| name)
        .collect();
    assert!(
        missing.is_empty() && extra.is_empty() && differing.is_empty(),
        "reports/{QUARTER} is not what the program makes: missing {missing:?}, extra {extra:?}, differing {differing:?}; {REFRESH}"
    );
}
