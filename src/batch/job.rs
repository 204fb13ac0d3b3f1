//! One run: read, check, compare, render, typeset, write.

use super::lock::{self, LockError};
use super::shard::Shard;
use super::sheets::{Loaded, Sheets, load};
use super::write;
use crate::calendar::Quarter;
use crate::catalog::{Catalog, Province, UnknownProvince};
use crate::check::{CheckedSheet, Policy};
use crate::compare::{Comparison, Sheet, compare};
use crate::language::Language;
use crate::pdf::{self, PdfError};
use crate::render::{RenderError, Renderer};
use crate::sheet::ReadSheetError;
use crate::typeset::{self, FontError, Fonts, TypesetError};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

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
    pub paths: Vec<PathBuf>,
    /// The provinces whose briefing was withheld.
    pub withheld: Vec<Province>,
    /// What went wrong with single documents.
    pub failures: Vec<BatchError>,
    /// Remarks on documents, such as letters that no font has.
    pub remarks: Vec<String>,
}

/// Why a run, or a document of it, failed.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The sheets cannot be read.
    #[error(transparent)]
    Sheets(#[from] ReadSheetError),
    /// A province is not known.
    #[error(transparent)]
    UnknownProvince(#[from] UnknownProvince),
    /// A province has no sheet.
    #[error("{province} has no fact sheet in {folder}; there are sheets of {known}", folder = folder.display())]
    NoSheet {
        /// The province.
        province: String,
        /// The folder.
        folder: PathBuf,
        /// The provinces that have one.
        known: String,
    },
    /// Templates or terms cannot be used.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The fonts cannot be used.
    #[error(transparent)]
    Fonts(#[from] FontError),
    /// A document cannot be typeset.
    #[error("{document}: {error}")]
    Typeset {
        /// The document.
        document: String,
        /// Why.
        error: TypesetError,
    },
    /// A document cannot be written as PDF.
    #[error("{document}: {error}")]
    Pdf {
        /// The document.
        document: String,
        /// Why.
        error: PdfError,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {path}: {error}", path = path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Another run is writing into the folder.
    #[error("another run is writing into {folder} ({holder})", folder = folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// Who holds the lock.
        holder: String,
    },
    /// The threads cannot be started.
    #[error("cannot start {0} threads")]
    Threads(usize),
}

/// What a document is made with, shared by all.
struct Workshop<'a> {
    comparison: &'a Comparison,
    catalog: &'a Catalog,
    renderer: &'a Renderer,
    fonts: Option<Fonts>,
    folder: PathBuf,
    formats: &'a BTreeSet<Format>,
}

/// Runs a job. The sheets come back whatever happened to the documents, for their diagnostics.
///
/// # Errors
/// Nothing could be made at all. What befell single documents is in [`Built::failures`].
pub fn run(job: &Job, catalog: &Catalog, renderer: &Renderer) -> Result<(Sheets, Built), BatchError> {
    let sheets = load(&job.sheets, catalog, &job.policy)?;
    let columns: Vec<Sheet<'_>> = columns(&sheets);
    let comparison = compare(&columns, catalog, job.quarter);
    let (documents, withheld) = plan(job, catalog, &comparison)?;
    let fonts = if job.formats.contains(&Format::Pdf) && !documents.is_empty() { Some(Fonts::bundled()?) } else { None };
    let folder = job.out.join(job.quarter.to_string());
    let _lock = prepare(&job.out, &folder)?;
    let workshop = Workshop { comparison: &comparison, catalog, renderer, fonts, folder, formats: &job.formats };
    let make_all = || documents.par_iter().map(|document| make(document, &workshop)).collect::<Vec<Built>>();
    let made = match job.jobs {
        None => make_all(),
        Some(jobs) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|_| BatchError::Threads(jobs))?;
            pool.install(make_all)
        }
    };
    let mut built = Built { withheld, ..Built::default() };
    for part in made {
        built.paths.extend(part.paths);
        built.failures.extend(part.failures);
        built.remarks.extend(part.remarks);
    }
    built.paths.sort();
    drop(columns);
    Ok((sheets, built))
}

/// A column to each province; of two sheets of one province none is shown.
fn columns(sheets: &Sheets) -> Vec<Sheet<'_>> {
    let mut columns: Vec<(&Province, Option<&CheckedSheet>)> = Vec::new();
    for loaded in sheets.iter() {
        let Some(province) = &loaded.province else { continue };
        match columns.iter_mut().find(|(known, _)| known.id == province.id) {
            Some(known) => known.1 = None,
            None => columns.push((province, Loaded::passed(loaded))),
        }
    }
    columns
}

/// The documents to make, and the provinces whose briefing is withheld.
fn plan(
    job: &Job,
    catalog: &Catalog,
    comparison: &Comparison,
) -> Result<(Vec<Document>, Vec<Province>), BatchError> {
    let mut subjects: Vec<Subject> = Vec::new();
    match &job.selection {
        Selection::All => {
            subjects.extend((0..comparison.columns.len()).map(Subject::Province));
            subjects.push(Subject::Comparison);
        }
        Selection::Provinces(spellings) => {
            let ids: BTreeSet<String> = comparison.columns.iter().map(|column| column.province.id.clone()).collect();
            for spelling in spellings {
                let province = catalog.provinces.find_among(spelling, &ids)?;
                let column = comparison.column(&province.id).ok_or_else(|| BatchError::NoSheet {
                    province: province.name(Language::En).to_owned(),
                    folder: job.sheets.clone(),
                    known: comparison
                        .columns
                        .iter()
                        .map(|column| column.province.name(Language::En))
                        .collect::<Vec<&str>>()
                        .join(", "),
                })?;
                let subject = Subject::Province(column);
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
            }
        }
    }
    let mut documents = Vec::new();
    let mut withheld = Vec::new();
    for subject in subjects {
        let name = match subject {
            Subject::Comparison => COMPARISON_NAME.to_owned(),
            Subject::Province(place) => {
                let Some(column) = comparison.columns.get(place) else { continue };
                if column.known().is_none() {
                    withheld.push(column.province.clone());
                    continue;
                }
                column.province.id.clone()
            }
        };
        if job.shard.is_some_and(|shard| !shard.holds(&name)) {
            continue;
        }
        documents
            .extend(job.languages.iter().map(|language| Document { subject, language: *language, name: name.clone() }));
    }
    Ok((documents, withheld))
}

/// The name of the comparative briefing's files.
const COMPARISON_NAME: &str = "comparison";

fn prepare(out: &Path, folder: &Path) -> Result<lock::Lock, BatchError> {
    let failed = |path: &Path, error| BatchError::Write { path: path.to_owned(), error };
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    lock::take(folder).map_err(|error| match error {
        LockError::Held(holder) => BatchError::Locked { folder: out.to_owned(), holder },
        LockError::Io(error) => failed(folder, error),
    })
}

fn make(document: &Document, workshop: &Workshop<'_>) -> Built {
    let mut built = Built::default();
    if let Err(error) = make_into(document, workshop, &mut built) {
        built.failures.push(error);
    }
    built
}

fn make_into(document: &Document, workshop: &Workshop<'_>, built: &mut Built) -> Result<(), BatchError> {
    let Workshop { comparison, catalog, renderer, .. } = workshop;
    let markdown = match document.subject {
        Subject::Province(column) => renderer.province(comparison, catalog, column, document.language)?,
        Subject::Comparison => renderer.comparative(comparison, catalog, document.language)?,
    };
    let stem = format!("{}.{}", document.name, document.language);
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
        write::atomically(&path, &bytes).map_err(|error| BatchError::Write { path: path.clone(), error })?;
        built.paths.push(path);
    }
    Ok(())
}
