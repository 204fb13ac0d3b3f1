//! Lays the catalogue's YAML out in lines that the program looks up without reading them all (`src/catalog/rows.rs`), turns the terms into
//! JSON, which is read twenty times faster at each start, and the built-in templates into source text, which need not be read at all; lays
//! the fonts out a file to each, of which the program takes the few that it uses; and hashes what the program is built from, so that a
//! run can tell whether an earlier one was of the same build.

#[path = "src/render/script/compile.rs"]
mod compile;
#[path = "src/render/sections.rs"]
mod sections;
#[path = "src/render/weight.rs"]
mod weight;

#[path = "src/catalog/fold.rs"]
mod fold;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const CATALOGUE: &str = "src/catalog";
/// What a report depends on, beside what a run is given.
const BUILT_FROM: [&str; 4] = ["Cargo.lock", "build.rs", "src", "templates"];
/// The catalogue's files, each with what may be looked up in it beside ids: by any spelling, or nothing else.
const FILES: [(&str, &[&str]); 4] =
    [("indicators", &[]), ("places", &["spellings"]), ("provinces", &["code", "aliases"]), ("themes", &[])];
const LANGUAGES: [&str; 2] = ["en", "vi"];
const TEMPLATES: [&str; 2] = ["province", "comparative"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    for (name, spelled) in FILES {
        let path = format!("{CATALOGUE}/{name}.yaml");
        let entries = yaml(&path)?;
        let entries = entries.as_object().ok_or_else(|| format!("{path} has no entries"))?;
        fs::write(out.join(format!("{name}.rows")), rows(entries)?)?;
        if !spelled.is_empty() {
            fs::write(out.join(format!("{name}.spellings")), spellings(entries, spelled)?)?;
        }
    }
    let mut templates = String::new();
    for language in LANGUAGES {
        let terms = yaml(&format!("templates/{language}/terms.yaml"))?;
        fs::write(out.join(format!("terms.{language}.json")), serde_json::to_string(&terms)?)?;
        for name in TEMPLATES {
            let path = format!("templates/{language}/{name}.md.hbs");
            let constant = format!("{language}_{name}").to_uppercase();
            let source = compile::constant(&constant, &fs::read_to_string(&path)?);
            templates.push_str(&source.map_err(|error| format!("{path}: {error}"))?);
        }
    }
    fs::write(out.join("templates.rs"), templates)?;
    for font in typst_assets::fonts() {
        let name = postscript_name(font).ok_or("a font of typst-assets has no PostScript name")?;
        fs::write(out.join(name), font)?;
    }
    fs::write(out.join("sRGB.icc"), typst_assets::icc::S_RGB_V4)?;
    println!("cargo::rustc-env=BRIEF_BUILD={}", build()?);
    Ok(())
}

/// A line to an entry, in the order of their ids: id, number in the file, JSON.
fn rows(entries: &Map<String, Value>) -> Result<String, Box<dyn Error>> {
    let mut rows: Vec<(&String, usize, &Value)> =
        entries.iter().enumerate().map(|(number, (id, entry))| (id, number, entry)).collect();
    rows.sort_unstable_by_key(|(id, _, _)| *id);
    let mut text = String::new();
    for (id, number, entry) in rows {
        writeln!(text, "{id}\t{number}\t{}", serde_json::to_string(entry)?)?;
    }
    Ok(text)
}

/// A line to a spelling, without its marks, case, spaces and punctuation: the spelling, and the ids that bear it in their order.
fn spellings(entries: &Map<String, Value>, spelled: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut bearers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let sorted: BTreeMap<&String, &Value> = entries.iter().collect();
    for (id, entry) in sorted {
        let texts = ["/name/en", "/name/vi"].into_iter().filter_map(|place| entry.pointer(place));
        let others = spelled.iter().filter_map(|key| entry.get(*key));
        let others = others.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
        for spelling in texts.chain(others).filter_map(Value::as_str).chain([id.as_str()]) {
            let ids = bearers.entry(fold::compact(spelling)).or_default();
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
    }
    let mut text = String::new();
    for (spelling, ids) in bearers {
        writeln!(text, "{spelling}\t{}", ids.join(" "))?;
    }
    Ok(text)
}

/// The PostScript name of a font, as its `name` table has it for Windows (OpenType: platform 3, name 6, UTF-16). Such names are ASCII.
fn postscript_name(font: &[u8]) -> Option<String> {
    let long = |at: usize| Some(u32::from_be_bytes(*font.get(at..)?.first_chunk()?) as usize);
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(*font.get(at..)?.first_chunk()?)));
    let entry = (0..short(4)?).map(|index| 12 + 16 * index).find(|at| font.get(*at..at + 4) == Some(b"name"))?;
    let table = long(entry + 8)?;
    let mut records = (0..short(table + 2)?).map(|index| table + 6 + 12 * index);
    let record = records.find(|at| short(*at) == Some(3) && short(at + 6) == Some(6))?;
    let start = table + short(table + 4)? + short(record + 10)?;
    let text = font.get(start..start + short(record + 8)?)?;
    Some(text.chunks_exact(2).map(|unit| char::from(unit[1])).collect())
}

/// What a YAML file says.
fn yaml(path: &str) -> Result<Value, Box<dyn Error>> {
    Ok(serde_saphyr::from_str(&fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}"))?)
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
