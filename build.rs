//! Turns the YAML of the catalogue and of the terms into JSON, which the program reads twenty times faster at each start, and the built-in
//! templates into source text, which it need not read at all; and hashes what the program is built from, so that a run can tell
//! whether an earlier one was of the same build.

#[path = "src/render/script/compile.rs"]
mod compile;
#[path = "src/render/sections.rs"]
mod sections;
#[path = "src/render/weight.rs"]
mod weight;

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const CATALOGUE: &str = "src/catalog";
/// What a report depends on, beside what a run is given.
const BUILT_FROM: [&str; 4] = ["Cargo.lock", "build.rs", "src", "templates"];
const FILES: [&str; 4] = ["indicators", "places", "provinces", "themes"];
const LANGUAGES: [&str; 2] = ["en", "vi"];
const TEMPLATES: [&str; 2] = ["province", "comparative"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    for name in FILES {
        json(&format!("{CATALOGUE}/{name}.yaml"), &out.join(format!("{name}.json")))?;
    }
    let mut templates = String::new();
    for language in LANGUAGES {
        json(&format!("templates/{language}/terms.yaml"), &out.join(format!("terms.{language}.json")))?;
        for name in TEMPLATES {
            let path = format!("templates/{language}/{name}.md.hbs");
            let constant = format!("{language}_{name}").to_uppercase();
            let source = compile::constant(&constant, &fs::read_to_string(&path)?);
            templates.push_str(&source.map_err(|error| format!("{path}: {error}"))?);
        }
    }
    fs::write(out.join("templates.rs"), templates)?;
    println!("cargo::rustc-env=BRIEF_BUILD={}", build()?);
    Ok(())
}

/// Turns a YAML file into JSON.
fn json(path: &str, to: &Path) -> Result<(), Box<dyn Error>> {
    let value: serde_json::Value =
        serde_saphyr::from_str(&fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}"))?;
    Ok(fs::write(to, serde_json::to_string(&value)?)?)
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
