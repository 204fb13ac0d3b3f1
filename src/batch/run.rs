//! One run: read, check, compare, render, typeset, write.

use super::error::BatchError;
use super::event::{Event, Observer, Reason};
use super::evidence::{Dress, Evidence};
use super::job::{Built, BuiltFile, Document, Format, Job, Subject};
use super::lock::{self, LockError};
use super::manifest;
use super::plan::{self, Plan};
use super::sheets::{Sheets, load};
use super::teller::Teller;
use super::write;
use crate::catalog::Catalog;
use crate::chart::{Pictures, svg};
use crate::check::UNTRACED_NUMBER;
use crate::compare::{Comparison, compare};
use crate::diag::Diagnostic;
use crate::office::Office;
use crate::pdf;
use crate::render::{Briefing, RenderError, Renderer};
use crate::sheet;
use crate::typeset::layout::BRIEFING;
use crate::typeset::layout::Layout;
use crate::typeset::{self, Fonts, Settings};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What a document is made with, shared by all.
struct Workshop<'a> {
    comparison: &'a Comparison,
    catalog: &'a Catalog,
    renderer: &'a Renderer,
    /// For PDF only.
    press: Option<Press>,
    layout: &'a Layout,
    office: Option<&'a Office>,
    folder: &'a Path,
    formats: &'a BTreeSet<Format>,
    teller: &'a Teller<'a>,
}

/// What a PDF is made with.
struct Press {
    fonts: Fonts,
    evidence: Evidence,
}

/// Runs a job. The sheets come back whatever happened to the documents, for their diagnostics.
///
/// # Errors
/// Nothing could be made at all; the observer has heard of it. What befell single documents is in [`Built::failures`].
pub fn run(
    job: &Job,
    catalog: &Catalog,
    renderer: &Renderer,
    observer: &dyn Observer,
) -> Result<(Sheets, Built), BatchError> {
    let teller = Teller::new(observer);
    let run_here = || run_here(job, catalog, renderer, &teller);
    let ended = match job.jobs {
        None => run_here(),
        Some(jobs) => match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
            Ok(pool) => pool.install(run_here),
            Err(_) => Err(BatchError::Threads(jobs)),
        },
    };
    if let Err(error) = &ended {
        teller.tell(&Event::Refused { error });
    }
    teller.finish();
    ended
}

fn run_here(
    job: &Job,
    catalog: &Catalog,
    renderer: &Renderer,
    teller: &Teller<'_>,
) -> Result<(Sheets, Built), BatchError> {
    teller.tell(&Event::Started {
        version: env!("CARGO_PKG_VERSION"),
        quarter: job.quarter,
        folder: &job.sheets,
        sheets: sheet::sheet_paths(&job.sheets)?.len(),
    });
    let sheets = load(&job.sheets, catalog, &job.policy)?;
    let comparison = compare(&plan::columns(&sheets), catalog, job.quarter);
    let Plan { documents, mut built } = plan::plan(job, catalog, &sheets, &comparison);
    teller.checked("provinces", &sheets, &built);
    teller.planned(job, &sheets, &documents, &built);
    if documents.is_empty() {
        return Ok((sheets, built));
    }
    let press = if job.formats.contains(&Format::Pdf) {
        let fonts = match &job.fonts {
            Some(fonts) => fonts.clone(),
            None => Fonts::bundled()?,
        };
        let dress = Dress::new(job.layout, job.office.as_ref(), &fonts);
        let evidence = Evidence::gather(&sheets, job.quarter, job.policy.today, dress, catalog)?;
        Some(Press { fonts, evidence })
    } else {
        None
    };
    let folder = job.out.join(job.quarter.to_string());
    let _lock = prepare(&folder)?;
    let workshop = Workshop {
        comparison: &comparison,
        catalog,
        renderer,
        press,
        layout: job.layout,
        office: job.office.as_ref(),
        folder: &folder,
        formats: &job.formats,
        teller,
    };
    let made: Vec<Built> = documents.par_iter().map(|document| make(document, &workshop)).collect();
    for part in made {
        built.files.extend(part.files);
        built.failures.extend(part.failures);
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
    let made = make_into(document, workshop, &mut built);
    let files = &built.files;
    match made {
        Ok(()) => workshop.teller.tell(&Event::Built { document, why: &[Reason::NoRecord], files }),
        Err(error) => {
            workshop.teller.tell(&Event::Failed { document, error: &error, files });
            built.failures.push(error);
        }
    }
    built
}

/// Sees to it that the pages show the numerals of the Markdown, and no others.
fn prove(stem: &str, markdown: &str, pictures: &Pictures, pages: &typeset::Document) -> Result<(), BatchError> {
    let faults = typeset::compare_numerals_with_pictures(markdown, pictures, pages);
    if faults.is_empty() {
        return Ok(());
    }
    let diagnostic = |fault: &typeset::NumeralFault| {
        let diagnostic = Diagnostic::error(UNTRACED_NUMBER, format!("{stem}.pdf: {fault}"));
        match fault {
            typeset::NumeralFault::Alternative { .. } => {
                diagnostic.help("place the chart with its words: `![{{alternative}}]({{{path}}})`")
            }
            _ => diagnostic.note("the typesetter must neither add nor change a number: this is a fault of the program, not of a sheet or a template"),
        }
    };
    Err(BatchError::Untraced { document: stem.to_owned(), diagnostics: faults.iter().map(diagnostic).collect() })
}

/// The Markdown of a document, with its charts.
pub(crate) fn write_briefing(
    document: &Document,
    comparison: &Comparison,
    catalog: &Catalog,
    renderer: &Renderer,
) -> Result<Briefing, RenderError> {
    match document.subject {
        Subject::Province(column) => renderer.province(comparison, catalog, column, document.language),
        Subject::Comparison => renderer.comparative(comparison, catalog, document.language),
    }
}

/// Makes a document in every format, and writes it only when all are made: its files stay of one mind.
fn make_into(document: &Document, workshop: &Workshop<'_>, built: &mut Built) -> Result<(), BatchError> {
    let Workshop { comparison, catalog, renderer, .. } = workshop;
    let stem = document.stem();
    let briefing = write_briefing(document, comparison, catalog, renderer);
    let Briefing { markdown, pictures } = briefing.map_err(|error| match error {
        RenderError::Untraced(diagnostics) => BatchError::Untraced { document: stem.clone(), diagnostics },
        error => error.into(),
    })?;
    let mut files = Vec::new();
    for format in workshop.formats {
        let path = workshop.folder.join(format!("{stem}.{}", format.extension()));
        let bytes = match (format, &workshop.press) {
            (Format::Pdf, Some(Press { fonts, evidence })) => {
                let typeset = |error| BatchError::Typeset { document: stem.clone(), error };
                let Workshop { layout, office, .. } = *workshop;
                let settings = Settings { fonts, layout, office, pictures: &pictures };
                let pages = typeset::set(&markdown, &settings).map_err(typeset)?;
                prove(&stem, &markdown, &pictures, &pages)?;
                for warning in &pages.warnings {
                    workshop.teller.tell(&Event::Remarked { document, message: &warning.to_string() });
                }
                let attachments = evidence.attachments(document, &markdown, renderer)?;
                pdf::write(&pages, fonts, &attachments)
                    .map_err(|error| BatchError::Pdf { document: stem.clone(), error })?
            }
            _ => markdown.clone().into_bytes(),
        };
        files.push((path, bytes));
    }
    if workshop.formats.contains(&Format::Markdown) {
        for (name, chart) in &pictures {
            let drawing = svg::draw(chart, document.language, |tone| typeset::palette(&BRIEFING, tone));
            files.push((workshop.folder.join(name), drawing.into_bytes()));
        }
    }
    for (path, bytes) in files {
        match write::atomically(&path, &bytes) {
            Ok(is_written) => built.files.push(BuiltFile { path, is_written }),
            Err(error) => return Err(BatchError::Write { path, error }),
        }
    }
    Ok(())
}
