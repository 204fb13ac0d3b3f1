//! The check stage over any number of sheets: a few at a time, on all cores, told in the order of their paths.

use super::sheets::{self, Loaded};
use crate::catalog::Catalog;
use crate::check::{Claim, FirstSheets, Policy};
use crate::diag::Diagnostic;
use crate::sheet;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Sheets whose answers wait for each other: enough to keep every core busy, few enough to weigh nothing.
const AT_ONCE: usize = 256;

/// What a survey meets at a path.
#[derive(Debug)]
pub enum Visited {
    /// A sheet, read and checked if its form allowed.
    Sheet(Box<Loaded>),
    /// Nothing, or a folder without sheets.
    Nothing(PathBuf, Box<Diagnostic>),
}

/// Where a survey goes next.
enum Stop {
    Sheet(PathBuf),
    Nothing(PathBuf, Box<Diagnostic>),
}

/// Reads and checks the sheets of some paths, files or folders, no file twice. `draw` makes of each, on all cores, what `take`
/// is given in the order of the paths; nothing else is kept of a sheet but the line that names the first one of each province.
///
/// A core lets go of a sheet before it goes on to the next, which then takes its place in memory. What tells that a sheet is the second
/// of its province comes after that, so such a sheet is read again.
pub fn survey<T: Send>(
    paths: &[PathBuf],
    catalog: &Catalog,
    policy: &Policy,
    draw: impl Fn(&Visited) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let mut first = FirstSheets::default();
    for stops in route(paths).chunks(AT_ONCE) {
        // Each is a job of its own: what a core had put by for itself, the others would wait for in the end.
        let alone = stops.par_iter().with_max_len(1).map(|stop| {
            let visited = visit(stop, catalog, policy);
            (visited.claim(), draw(&visited))
        });
        let alone: Vec<(Option<Claim>, T)> = alone.collect();
        let mut if_first = |(claim, drawn): (Option<Claim>, T)| {
            let is_first = claim.is_none_or(|claim| first.admit(claim));
            is_first.then_some(drawn)
        };
        let told: Vec<Option<T>> = alone.into_iter().map(&mut if_first).collect();
        let again = |stop: &Stop| draw(&visit(stop, catalog, policy).beside(&first));
        let told = told.into_par_iter().zip(stops).map(|(told, stop)| told.unwrap_or_else(|| again(stop)));
        told.collect::<Vec<T>>().into_iter().for_each(&mut take);
    }
}

impl Visited {
    /// What the sheet would be the first of.
    fn claim(&self) -> Option<Claim> {
        match self {
            Visited::Sheet(loaded) => loaded.claim(),
            Visited::Nothing(..) => None,
        }
    }

    /// With the finding that another sheet is the first of its province, if one is.
    fn beside(mut self, first: &FirstSheets) -> Visited {
        if let Visited::Sheet(loaded) = &mut self {
            loaded.stand_beside(first);
        }
        self
    }
}

fn route(paths: &[PathBuf]) -> Vec<Stop> {
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    let mut stops = Vec::new();
    for path in paths {
        match sheet::sheet_paths(path) {
            Ok(sheets) => {
                let place = path.canonicalize().unwrap_or_else(|_| path.clone());
                let is_new = |sheet: &PathBuf| known.insert(file(sheet, path, &place));
                stops.extend(sheets.into_iter().filter(is_new).map(Stop::Sheet));
            }
            Err(error) => stops.push(Stop::Nothing(path.clone(), Box::new(error.diagnostic()))),
        }
    }
    stops
}

/// The file itself, by whatever path it is named; `place` is what the path of the sheet, or of the folder that it is in, leads to.
fn file(sheet: &Path, path: &Path, place: &Path) -> PathBuf {
    // Of a folder's files, only one that stands for another is anywhere else than in that folder.
    let is_link = || sheet.symlink_metadata().map_or(true, |metadata| metadata.is_symlink());
    match sheet.file_name() {
        _ if sheet == path => place.to_owned(),
        Some(name) if !is_link() => place.join(name),
        _ => sheet.canonicalize().unwrap_or_else(|_| sheet.to_owned()),
    }
}

fn visit(stop: &Stop, catalog: &Catalog, policy: &Policy) -> Visited {
    match stop {
        Stop::Sheet(path) => Visited::Sheet(Box::new(sheets::examine_one(path, catalog, policy))),
        Stop::Nothing(path, fault) => Visited::Nothing(path.clone(), fault.clone()),
    }
}
