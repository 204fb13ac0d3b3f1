//! One run: read, check, compare, render, typeset, write.

use super::error::BatchError;
use super::lock::{self, LockError};
use super::manifest;
use super::plan::{self, Plan};
use super::shard::Shard;
use super::sheets::{Sheets, load};
use super::write;
use crate::calendar::Quarter;
use crate::catalog::{Catalog, Province};
use crate::check::Policy;
use crate::compare::{Comparison, compare};
use crate::language::Language;
use crate::pdf;
use crate::render::Renderer;
use crate::typeset::{self, Fonts};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a run shall do.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which briefings.
    pub selection: Selection,
    /// For which quarter.
    pub quarter: Quarter,
    /// In which languages.
    pub languages: BTreeSet<Language>,
    /// In which formats.
    pub formats: BTreeSet<Format>,
    /// The folder of sheets.
    pub sheets: PathBuf,
    /// The folder of templates that take the place of the built-in ones.
    pub templates: Option<PathBuf>,
    /// The folder to write into.
    pub out: PathBuf,
    /// How many documents at once; as many as there are cores if none.
    pub jobs: Option<usize>,
    /// The part of the work.
    pub shard: Option<Shard>,
    /// Severities.
    pub policy: Policy,
}

/// Which briefings a run makes.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Of every province that has a sheet, and the comparison.
    All,
    /// Of these provinces, in any spelling.
    Provinces(Vec<String>),
}

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// PDF.
    Pdf,
}

impl Format {
    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Pdf => "pdf",
        }
    }
}

/// What a briefing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The province of a column.
    Province(usize),
    /// All of them.
    Comparison,
}

/// A briefing in a language.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is about.
    pub subject: Subject,
    /// In which language.
    pub language: Language,
    /// The name of its files, without language and ending.
    pub name: String,
}

/// What a run made.
#[derive(Debug, Default)]
pub struct Built {
    /// The files, in the order of their paths.
    pub files: Vec<BuiltFile>,
    /// The provinces whose briefing was withheld.
    pub withheld: Vec<Province>,
    /// The provinces of which nothing had been published by the quarter's end: they have no briefing.
    pub unpublished: Vec<Unpublished>,
    /// The places, among the sheets, of those that this run had to make a briefing of.
    pub concerned: BTreeSet<usize>,
    /// What went wrong with the order, or with single documents.
    pub failures: Vec<BatchError>,
    /// Remarks on documents, such as letters that no font has.
    pub remarks: Vec<String>,
}

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuiltFile {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was written; a file that held the same bytes already was left alone.
    pub is_written: bool,
}

/// A province of which nothing was known yet.
#[derive(Debug, Clone)]
pub struct Unpublished {
    /// The province.
    pub province: Province,
    /// The first quarter in which something is.
    pub first: Option<Quarter>,
}

/// What a document is made with, shared by all.
struct Workshop<'a> {
    comparison: &'a Comparison,
    catalog: &'a Catalog,
    renderer: &'a Renderer,
    fonts: Option<Fonts>,
    folder: &'a Path,
    formats: &'a BTreeSet<Format>,
}

/// Runs a job. The sheets come back whatever happened to the documents, for their diagnostics.
///
/// # Errors
/// Nothing could be made at all. What befell single documents is in [`Built::failures`].
pub fn run(job: &Job, catalog: &Catalog, renderer: &Renderer) -> Result<(Sheets, Built), BatchError> {
    match job.jobs {
        None => run_here(job, catalog, renderer),
        Some(jobs) => {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|_| BatchError::Threads(jobs))?;
            pool.install(|| run_here(job, catalog, renderer))
        }
    }
}

fn run_here(job: &Job, catalog: &Catalog, renderer: &Renderer) -> Result<(Sheets, Built), BatchError> {
    let sheets = load(&job.sheets, catalog, &job.policy)?;
    let comparison = compare(&plan::columns(&sheets), catalog, job.quarter);
    let Plan { documents, mut built } = plan::plan(job, catalog, &sheets, &comparison);
    if documents.is_empty() {
        return Ok((sheets, built));
    }
    let fonts = if job.formats.contains(&Format::Pdf) { Some(Fonts::bundled()?) } else { None };
    let folder = job.out.join(job.quarter.to_string());
    let _lock = prepare(&folder)?;
    let workshop =
        Workshop { comparison: &comparison, catalog, renderer, fonts, folder: &folder, formats: &job.formats };
    let made: Vec<Built> = documents.par_iter().map(|document| make(document, &workshop)).collect();
    for part in made {
        built.files.extend(part.files);
        built.failures.extend(part.failures);
        built.remarks.extend(part.remarks);
    }
    built.files.sort();
    let path = folder.join(manifest::FILE_NAME);
    manifest::write(&folder, job, &sheets, &built).map_err(|error| BatchError::Write { path, error })?;
    Ok((sheets, built))
}

fn prepare(folder: &Path) -> Result<lock::Lock, BatchError> {
    let failed = |error| BatchError::Write { path: folder.to_owned(), error };
    fs::create_dir_all(folder).map_err(failed)?;
    let lock = lock::take(folder).map_err(|error| match error {
        LockError::Held(holder) => BatchError::Locked { folder: folder.to_owned(), holder },
        LockError::Io(error) => failed(error),
    })?;
    write::clear_remains(folder);
    Ok(lock)
}

fn make(document: &Document, workshop: &Workshop<'_>) -> Built {
    let mut built = Built::default();
    if let Err(error) = make_into(document, workshop, &mut built) {
        built.failures.push(error);
    }
    built
}

/// Makes a document in every format, and writes it only when all are made: its files stay of one mind.
fn make_into(document: &Document, workshop: &Workshop<'_>, built: &mut Built) -> Result<(), BatchError> {
    let Workshop { comparison, catalog, renderer, .. } = workshop;
    let markdown = match document.subject {
        Subject::Province(column) => renderer.province(comparison, catalog, column, document.language)?,
        Subject::Comparison => renderer.comparative(comparison, catalog, document.language)?,
    };
    let stem = format!("{}.{}", document.name, document.language);
    let mut files = Vec::new();
    for format in workshop.formats {
        let path = workshop.folder.join(format!("{stem}.{}", format.extension()));
        let bytes = match (format, &workshop.fonts) {
            (Format::Pdf, Some(fonts)) => {
                let typeset = |error| BatchError::Typeset { document: stem.clone(), error };
                let pages = typeset::layout(&markdown, fonts).map_err(typeset)?;
                built.remarks.extend(pages.warnings.iter().map(|warning| format!("{stem}: {warning}")));
                pdf::write(&pages, fonts).map_err(|error| BatchError::Pdf { document: stem.clone(), error })?
            }
            _ => markdown.clone().into_bytes(),
        };
        files.push((path, bytes));
    }
    for (path, bytes) in files {
        match write::atomically(&path, &bytes) {
            Ok(is_written) => built.files.push(BuiltFile { path, is_written }),
            Err(error) => return Err(BatchError::Write { path, error }),
        }
    }
    Ok(())
}
