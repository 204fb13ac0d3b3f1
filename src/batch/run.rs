//! One run: read, check, compare, render, typeset, write.

use super::error::BatchError;
use super::evidence::{Dress, Evidence};
use super::job::{Built, BuiltFile, Document, Format, Job, Subject};
use super::manifest;
use super::name::FileName;
use super::plan::{self, Plan};
use super::sheets::{Sheets, load};
use super::write::Place;
use crate::catalog::Catalog;
use crate::chart::{Pictures, svg};
use crate::check::UNTRACED_NUMBER;
use crate::compare::{Comparison, compare};
use crate::diag::Diagnostic;
use crate::office::Office;
use crate::pdf;
use crate::render::{Briefing, RenderError, Renderer};
use crate::typeset::layout::BRIEFING;
use crate::typeset::layout::Layout;
use crate::typeset::{self, Fonts, Settings};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a document is made with, shared by all.
struct Workshop<'a> {
    comparison: &'a Comparison,
    catalog: &'a Catalog,
    renderer: &'a Renderer,
    /// For PDF only.
    press: Option<Press>,
    layout: &'a Layout,
    office: Option<&'a Office>,
    place: &'a Place,
    formats: &'a BTreeSet<Format>,
}

/// What a PDF is made with.
struct Press {
    fonts: Fonts,
    evidence: Evidence,
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
    let place = Place::take(&job.out, &job.quarter.to_string(), job.shard)?;
    let workshop = Workshop {
        comparison: &comparison,
        catalog,
        renderer,
        press,
        layout: job.layout,
        office: job.office.as_ref(),
        place: &place,
        formats: &job.formats,
    };
    let made: Vec<Built> =
        documents.par_iter().filter(|_| !job.stop.asked()).map(|document| make(document, &workshop)).collect();
    if made.len() < documents.len() {
        built.failures.push(BatchError::Stopped { done: made.len(), of: documents.len() });
    }
    for part in made {
        built.files.extend(part.files);
        built.failures.extend(part.failures);
        built.remarks.extend(part.remarks);
    }
    built.files.sort();
    manifest::write(&place, job, &sheets, &built)?;
    Ok((sheets, built))
}

fn make(document: &Document, workshop: &Workshop<'_>) -> Built {
    let mut built = Built::default();
    if let Err(error) = make_into(document, workshop, &mut built) {
        built.failures.push(error);
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
    let stem = format!("{}.{}", document.name, document.language);
    let briefing = write_briefing(document, comparison, catalog, renderer);
    let Briefing { markdown, pictures } = briefing.map_err(|error| match error {
        RenderError::Untraced(diagnostics) => BatchError::Untraced { document: stem.clone(), diagnostics },
        error => error.into(),
    })?;
    let mut files = Vec::new();
    for format in workshop.formats {
        let name: FileName = format!("{stem}.{}", format.extension()).parse()?;
        let bytes = match (format, &workshop.press) {
            (Format::Pdf, Some(Press { fonts, evidence })) => {
                let typeset = |error| BatchError::Typeset { document: stem.clone(), error };
                let Workshop { layout, office, .. } = *workshop;
                let settings = Settings { fonts, layout, office, pictures: &pictures };
                let pages = typeset::set(&markdown, &settings).map_err(typeset)?;
                prove(&stem, &markdown, &pictures, &pages)?;
                built.remarks.extend(pages.warnings.iter().map(|warning| format!("{stem}: {warning}")));
                let attachments = evidence.attachments(document, &markdown, renderer)?;
                pdf::write(&pages, fonts, &attachments)
                    .map_err(|error| BatchError::Pdf { document: stem.clone(), error })?
            }
            _ => markdown.clone().into_bytes(),
        };
        files.push((name, bytes));
    }
    if workshop.formats.contains(&Format::Markdown) {
        for (name, chart) in &pictures {
            let drawing = svg::draw(chart, document.language, |tone| typeset::palette(&BRIEFING, tone));
            files.push((name.parse::<FileName>()?, drawing.into_bytes()));
        }
    }
    let written = workshop.place.write(&files)?;
    let paths = files.iter().map(|(name, _)| workshop.place.path_of(name));
    built.files.extend(paths.zip(written).map(|(path, is_written)| BuiltFile { path, is_written }));
    Ok(())
}
