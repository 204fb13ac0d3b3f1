//! The check stage over any number of sheets: a few at a time, on all cores, told in the order of their paths.

use super::sheets::{self, Loaded};
use crate::catalog::Catalog;
use crate::check::{FirstSheets, Policy};
use crate::diag::Diagnostic;
use crate::sheet;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Sheets that are held at a time: enough to keep every core busy, few enough to weigh nothing.
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
pub fn survey<T: Send>(
    paths: &[PathBuf],
    catalog: &Catalog,
    policy: &Policy,
    draw: impl Fn(&Visited) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let mut first = FirstSheets::default();
    for stops in route(paths).chunks(AT_ONCE) {
        let mut visited: Vec<Visited> = stops.par_iter().map(|stop| visit(stop, catalog, policy)).collect();
        for met in &mut visited {
            if let Visited::Sheet(loaded) = met {
                loaded.enter(&mut first);
            }
        }
        let drawn: Vec<T> = visited.par_iter().map(&draw).collect();
        drop(visited);
        drawn.into_iter().for_each(&mut take);
    }
}

fn route(paths: &[PathBuf]) -> Vec<Stop> {
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    let mut stops = Vec::new();
    for path in paths {
        match sheet::sheet_paths(path) {
            Ok(sheets) => stops.extend(sheets.into_iter().filter(|path| known.insert(file(path))).map(Stop::Sheet)),
            Err(error) => stops.push(Stop::Nothing(path.clone(), Box::new(error.diagnostic()))),
        }
    }
    stops
}

/// The file itself, by whatever path it is named.
fn file(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn visit(stop: &Stop, catalog: &Catalog, policy: &Policy) -> Visited {
    match stop {
        Stop::Sheet(path) => Visited::Sheet(Box::new(sheets::examine_one(path, catalog, policy))),
        Stop::Nothing(path, fault) => Visited::Nothing(path.clone(), fault.clone()),
    }
}
