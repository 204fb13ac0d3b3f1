//! The parts of a batch made one: their manifests into the one that a whole run writes, and their reports into one folder.

mod fault;

pub use fault::{MergeError, MergeFault};

use super::manifest::{Kept, Manifest, Options, Verdict};
use super::name::FileName;
use super::plan::comparison_of;
use super::shard::Shard;
use super::shelf::{Found, Shelf};
use super::statement::hash;
use super::write::Place;
use super::{BatchError, manifest};
use crate::catalog::Group;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What merging came to.
#[derive(Debug)]
pub struct Merged {
    /// The manifest's path.
    pub manifest: PathBuf,
    /// Whether it was written; one that held the same bytes already was left alone.
    pub is_written: bool,
    /// How many parts there are.
    pub parts: usize,
    /// How many reports they made.
    pub reports: usize,
    /// How many of them were copied into the folder; those that were there already were left alone.
    pub copied: usize,
    /// The reports that should be there and were not made, or not by the last run: it failed, or was stopped.
    pub lacking: Vec<String>,
}

/// A part, and where its reports are.
struct Part<'a> {
    shard: Shard,
    shelf: &'a Shelf,
    /// The path of its manifest, for messages.
    path: PathBuf,
    manifest: Manifest,
}

/// Merges the parts whose manifests are in some folders of a quarter, into one of these or another. Nothing is written unless all
/// parts are there, of one mind, with every report as it was made.
///
/// # Errors
/// Everything that is wrong with the parts; or the folder cannot be read or written.
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Merged, MergeError> {
    let mut shelves: BTreeMap<PathBuf, Shelf> = BTreeMap::new();
    for folder in folders {
        let shelf = Shelf::open(folder)?;
        let same = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        shelves.entry(same).or_insert(shelf);
    }
    // Of a folder that is there, nobody else may change anything from here on.
    let early = if out.is_dir() { Some(Place::take_named(out)?) } else { None };
    let parts = parts(&shelves)?;
    let mut merged = union(&parts)?;
    must_be_as_made(&parts)?;
    let place = match early {
        Some(place) => place,
        None => Place::take_named(out)?,
    };
    if let Some(earlier) = Manifest::read(&place, None) {
        if earlier.quarter != merged.quarter {
            let (path, theirs) = (out.join(manifest::FILE_NAME), earlier.quarter);
            return Err(MergeFault::TakenByQuarter { path, theirs, ours: merged.quarter }.into());
        }
        keep(&mut merged, earlier, &place);
    }
    let same = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    let elsewhere = |part: &&Part<'_>| !shelves.get(&same).is_some_and(|shelf| std::ptr::eq(shelf, part.shelf));
    let copied = copy(&parts.iter().filter(elsewhere).collect::<Vec<_>>(), &place)?;
    let is_written = merged.write(&place, None)?;
    Ok(Merged {
        manifest: place.path().join(manifest::FILE_NAME),
        is_written,
        parts: parts.len(),
        reports: parts.iter().map(|part| part.manifest.reports.len()).sum(),
        copied,
        lacking: lacking(&merged),
    })
}

/// The parts of the one batch that is in some folders, by their numbers.
fn parts<'a>(shelves: &'a BTreeMap<PathBuf, Shelf>) -> Result<Vec<Part<'a>>, MergeError> {
    let (mut parts, mut faults): (Vec<Part<'a>>, Vec<MergeFault>) = (Vec::new(), Vec::new());
    for shelf in shelves.values() {
        for Found { name, shard, manifest } in shelf.manifests() {
            let (Some(shard), path) = (shard, shelf.path().join(name)) else { continue };
            match manifest {
                Ok(manifest) => parts.push(Part { shard, shelf, path, manifest }),
                Err(reason) => faults.push(MergeFault::Unreadable { path, reason }),
            }
        }
    }
    parts.sort_by_key(|part| part.shard.place());
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let Some(first) = parts.first() else {
        return Err(MergeFault::NoParts(shelves.values().map(|shelf| shelf.path().to_owned()).collect()).into());
    };
    for pair in parts.windows(2) {
        if let [one, other] = pair
            && one.shard == other.shard
        {
            faults.push(MergeFault::Twice { shard: one.shard, paths: [one.path.clone(), other.path.clone()] });
        }
    }
    let counts: BTreeMap<u64, &Part<'_>> = parts.iter().rev().map(|part| (part.shard.place().0, part)).collect();
    let counted: Vec<&Part<'_>> = counts.into_values().collect();
    if let [one, other, ..] = counted.as_slice() {
        faults.push(MergeFault::OtherCount { one: one.path.clone(), other: other.path.clone() });
        return Err(faults.into());
    }
    for part in &parts {
        faults.extend(first.differs_from(part));
    }
    let there: Vec<(u64, u64)> = parts.iter().map(|part| part.shard.place()).collect();
    // A name may speak of more parts than there is time to count.
    let missing = first.shard.all().filter(|shard| !there.contains(&shard.place())).take(MOST_NAMED);
    let missing: Vec<Shard> = missing.collect();
    let count = there.len() as u64;
    if let Some(shard) = missing.first() {
        let command = first.command(*shard);
        faults.push(MergeFault::Missing { missing: missing.clone(), there: count, command });
    }
    if faults.is_empty() { Ok(parts) } else { Err(faults.into()) }
}

/// More parts, sheets or reports of one kind than these are counted, not named.
const MOST_NAMED: usize = 5;

impl Part<'_> {
    /// In what another part is not of the same batch.
    fn differs_from(&self, other: &Part<'_>) -> Option<MergeFault> {
        let texts = |manifest: &Manifest| {
            let Manifest { program, version, quarter, options, .. } = manifest;
            let Options { languages, formats, layout, office, fonts, templates } = options;
            let list = |items: Vec<String>| items.join(", ");
            [
                ("program", program.clone()),
                ("version", version.clone()),
                ("quarter", quarter.clone()),
                ("languages", list(languages.iter().map(ToString::to_string).collect())),
                ("formats", list(formats.iter().cloned().collect())),
                ("layout", layout.clone()),
                ("office", office.clone().unwrap_or_else(|| "none".to_owned())),
                ("fonts", format!("{fonts:?}")),
                ("templates", format!("{templates:?}")),
            ]
        };
        let pairs = texts(&self.manifest).into_iter().zip(texts(&other.manifest));
        let (what, one, other_text) =
            pairs.filter(|(one, other)| one != other).map(|((what, one), (_, other))| (what, one, other)).next()?;
        Some(MergeFault::Differs {
            what,
            one: (self.shard, one),
            other: (other.shard, other_text),
            command: self.command(other.shard),
        })
    }

    /// The command that makes another part of the same batch, as far as the manifest tells.
    fn command(&self, shard: Shard) -> String {
        let Manifest { quarter, options, .. } = &self.manifest;
        let Options { languages, formats, layout, office, fonts, templates } = options;
        let mut words: Vec<String> = ["brief", "--all", "--quarter", quarter].map(str::to_owned).into();
        let mut add = |option: &str, value: String| words.extend([format!("--{option}"), value]);
        add("shard", shard.to_string());
        if let (Some(language), 1) = (languages.first(), languages.len()) {
            add("lang", language.to_string());
        }
        if let (Some(format), 1) = (formats.first(), formats.len()) {
            add("format", format.clone());
        }
        if layout != crate::typeset::layout::BRIEFING.name {
            add("layout", layout.clone());
        }
        for (option, value, is_used) in [
            ("office", "FILE", office.is_some()),
            ("fonts", "DIR", !fonts.is_empty()),
            ("templates", "DIR", !templates.is_empty()),
        ] {
            if is_used {
                add(option, value.to_owned());
            }
        }
        let out = self.shelf.path().parent().filter(|parent| !parent.as_os_str().is_empty());
        add("out", out.map_or_else(|| ".".to_owned(), |out| out.display().to_string()));
        words.join(" ")
    }
}

/// The manifest of the whole.
fn union(parts: &[Part<'_>]) -> Result<Manifest, MergeError> {
    let Some(first) = parts.first() else { return Err(MergeFault::NoParts(Vec::new()).into()) };
    let mut merged = Manifest { shard: None, ..first.manifest.clone() };
    let mut faults = Vec::new();
    let mut makers: BTreeMap<&str, &Part<'_>> = BTreeMap::new();
    for part in parts {
        let (one, other) = (&first.manifest.sheets, &part.manifest.sheets);
        let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        let differing = names.into_iter().filter(|name| one.get(*name) != other.get(*name));
        let sheets: Vec<String> = differing.cloned().collect();
        if let Some(name) = sheets.first() {
            let lacks = match (one.get(name), other.get(name)) {
                (None, _) => Some(first.shard),
                (_, None) => Some(part.shard),
                _ => None,
            };
            let command = part.command(lacks.unwrap_or(part.shard));
            let shards = [first.shard, part.shard];
            faults.push(MergeFault::Sheets { sheet: name.clone(), more: sheets.len() - 1, shards, lacks, command });
        }
        merged.withheld.extend(part.manifest.withheld.iter().cloned());
        merged.unpublished.extend(part.manifest.unpublished.iter().cloned());
        for (path, output) in &part.manifest.reports {
            if merged.reports.insert(path.clone(), output.clone()).is_some_and(|other| other != *output)
                && let Some(maker) = makers.get(path.as_str())
            {
                faults.push(MergeFault::TwoReports { report: path.clone(), shards: [maker.shard, part.shard] });
            }
            makers.insert(path, part);
        }
    }
    if faults.is_empty() { Ok(merged) } else { Err(faults.into()) }
}

/// Sees to it that every report is there and has its hash.
fn must_be_as_made(parts: &[Part<'_>]) -> Result<(), MergeError> {
    let reports: Vec<_> = parts
        .iter()
        .flat_map(|part| part.manifest.reports.iter().map(move |(path, output)| (part, path, output)))
        .collect();
    let fault = |(part, path, output): &(&Part<'_>, &String, &manifest::Output)| {
        let fault = |reason: &str| {
            let (path, command) = (part.shelf.path().join(path), part.command(part.shard));
            Some(MergeFault::Report { path, shard: part.shard, reason: reason.to_owned(), command })
        };
        let Ok(name) = path.parse::<FileName>() else { return fault("it cannot be the name of a report") };
        // A file of another size needs no reading.
        if part.shelf.size(&name).is_some_and(|bytes| bytes != output.bytes) {
            return fault("it was changed after it was made");
        }
        match part.shelf.read(&name) {
            Ok(Some(bytes)) if hash(&bytes) == output.sha256 => None,
            Ok(Some(_)) => fault("it was changed after it was made"),
            Ok(None) => fault("it is not there"),
            Err(error) => fault(&error.to_string()),
        }
    };
    let faults: Vec<MergeFault> = reports.par_iter().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Takes over what the last whole run, or merge, left in the folder and no part tells of, as the next whole run would.
fn keep(merged: &mut Manifest, earlier: Manifest, place: &Place) {
    let made: BTreeSet<String> = merged.reports.keys().cloned().collect();
    merged.keep(earlier, true, place);
    let Manifest { withheld, unpublished, reports, .. } = merged;
    for (path, output) in reports.iter_mut().filter(|(path, _)| !made.contains(*path)) {
        let about = path.split_once('.').map_or(path.as_str(), |(about, _)| about);
        if withheld.contains(about) {
            output.kept = Some(Kept::Withheld);
        } else if unpublished.contains(about) {
            output.kept = Some(Kept::Unpublished);
        }
    }
}

/// Copies the reports of parts; how many were not there already.
fn copy(parts: &[&Part<'_>], place: &Place) -> Result<usize, MergeError> {
    let reports: Vec<_> = parts
        .iter()
        .flat_map(|part| part.manifest.reports.iter().map(move |(path, output)| (part, path, output)))
        .collect();
    let copy = |(part, path, output): &(&&Part<'_>, &String, &manifest::Output)| -> Result<usize, MergeError> {
        let name: FileName = path.parse().map_err(BatchError::Name)?;
        let bytes = part.shelf.read(&name)?.filter(|bytes| hash(bytes) == output.sha256);
        let Some(bytes) = bytes else {
            let (path, reason) = (part.shelf.path_of(&name), "it was changed while it was copied".to_owned());
            return Err(
                MergeFault::Report { path, shard: part.shard, reason, command: part.command(part.shard) }.into()
            );
        };
        Ok(place.write(&[(name, bytes)])?.into_iter().filter(|is_written| *is_written).count())
    };
    reports.par_iter().map(copy).sum()
}

/// The reports that the sheets call for and that the batch did not make.
fn lacking(merged: &Manifest) -> Vec<String> {
    let Manifest { sheets, withheld, unpublished, reports, options, .. } = merged;
    let good =
        sheets.values().filter(|sheet| sheet.verdict == Verdict::Valid).filter_map(|sheet| sheet.locality.as_ref());
    let mut names: BTreeSet<String> =
        good.filter(|id| !withheld.contains(*id) && !unpublished.contains(*id)).cloned().collect();
    let groups: BTreeSet<Group> = names
        .iter()
        .map(|id| id.split_once('/').map_or(Group::Provinces, |(province, _)| Group::Communes(province.to_owned())))
        .collect();
    names.extend(groups.iter().map(comparison_of));
    let mut lacking = Vec::new();
    for name in &names {
        for language in &options.languages {
            let paths = options.formats.iter().map(|format| format!("{name}.{language}.{format}"));
            lacking.extend(paths.filter(|path| reports.get(path).is_none_or(|output| output.kept.is_some())));
        }
    }
    lacking
}
