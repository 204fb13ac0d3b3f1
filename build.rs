//! Turns the catalogue's YAML into JSON, which the program reads twenty times faster at each start; and hashes what the program is
//! built from, so that a run can tell whether an earlier one was of the same build.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const CATALOGUE: &str = "src/catalog";
/// What a report depends on, beside what a run is given.
const BUILT_FROM: [&str; 4] = ["Cargo.lock", "build.rs", "src", "templates"];
const FILES: [&str; 4] = ["indicators", "places", "provinces", "themes"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    for name in FILES {
        let path = format!("{CATALOGUE}/{name}.yaml");
        let yaml = fs::read_to_string(&path)?;
        let value: serde_json::Value = serde_saphyr::from_str(&yaml).map_err(|error| format!("{path}: {error}"))?;
        fs::write(Path::new(&out).join(format!("{name}.json")), serde_json::to_string(&value)?)?;
    }
    println!("cargo::rustc-env=BRIEF_BUILD={}", build()?);
    Ok(())
}

/// SHA-256 of every file that the program is built from, with its path.
fn build() -> Result<String, Box<dyn Error>> {
    let mut digest = Sha256::new();
    for path in BUILT_FROM {
        println!("cargo::rerun-if-changed={path}");
        let mut files = Vec::new();
        collect(Path::new(path), &mut files)?;
        files.sort();
        for file in files {
            let bytes = fs::read(&file)?;
            digest.update(format!("{} {}\n", file.display(), bytes.len()));
            digest.update(bytes);
        }
    }
    let mut text = String::new();
    for byte in digest.finalize() {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
