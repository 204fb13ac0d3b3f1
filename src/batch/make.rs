//! One document: rendered, typeset, proved, written.

use super::error::BatchError;
use super::evidence::Evidence;
use super::job::{BuiltFile, Document, Format, Subject};
use super::name::FileName;
use super::record::MadeFile;
use super::write::Place;
use crate::catalog::Catalog;
use crate::chart::{Pictures, svg};
use crate::check::UNTRACED_NUMBER;
use crate::compare::Comparison;
use crate::diag::Diagnostic;
use crate::office::Office;
use crate::pdf;
use crate::render::{Briefing, COMPARATIVE, PROVINCE, RenderError, Renderer};
use crate::typeset::layout::{BRIEFING, Layout};
use crate::typeset::{self, Fonts, Settings};
use std::collections::BTreeMap;

/// What the documents of a group are made with.
pub(super) struct Workshop<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) catalog: &'a Catalog,
    pub(super) renderer: &'a Renderer,
    /// For PDF only.
    pub(super) press: Option<Press<'a>>,
    pub(super) place: &'a Place,
}

/// What PDFs are made with besides.
pub(super) struct Press<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) evidence: Evidence,
    pub(super) layout: &'a Layout,
    pub(super) office: Option<&'a Office>,
}

/// A document that was made.
#[derive(Debug, Default)]
pub(super) struct MadeDocument {
    /// Its files, by format.
    pub(super) formats: BTreeMap<Format, Vec<MadeFile>>,
    /// The same files, and whether each was written.
    pub(super) files: Vec<BuiltFile>,
    /// Remarks on it, such as letters that no font has.
    pub(super) remarks: Vec<String>,
}

/// The template of a document.
pub(super) const fn template(subject: Subject) -> &'static str {
    match subject {
        Subject::Locality => PROVINCE,
        Subject::Comparison => COMPARATIVE,
    }
}

/// The Markdown of a document, with its charts; nothing if it is about a locality that is not compared.
pub(crate) fn write_briefing(
    document: &Document,
    comparison: &Comparison,
    catalog: &Catalog,
    renderer: &Renderer,
) -> Option<Result<Briefing, RenderError>> {
    Some(match document.subject {
        Subject::Locality => {
            renderer.province(comparison, catalog, comparison.column(&document.name)?, document.language)
        }
        Subject::Comparison => renderer.comparative(comparison, catalog, document.language),
    })
}

/// Makes a document in every format that is asked for, and writes it only when all are made: its files stay of one mind.
///
/// # Errors
/// It cannot be made, or is withheld, or cannot be written; the files of an earlier run are left as they were.
pub(super) fn make(
    document: &Document,
    formats: &[Format],
    workshop: &Workshop<'_>,
) -> Result<MadeDocument, BatchError> {
    let Workshop { comparison, catalog, renderer, place, .. } = workshop;
    let mut made = MadeDocument::default();
    let stem = document.key();
    let Some(briefing) = write_briefing(document, comparison, catalog, renderer) else { return Ok(made) };
    let Briefing { markdown, pictures } = briefing.map_err(|error| match error {
        RenderError::Untraced(diagnostics) => BatchError::Untraced { document: stem.clone(), diagnostics },
        error => error.into(),
    })?;
    let mut files: Vec<(FileName, Vec<u8>)> = Vec::new();
    let mut of_format: Vec<Format> = Vec::new();
    for format in formats {
        let name = format!("{stem}.{}", format.extension()).parse()?;
        if let (Format::Pdf, Some(press)) = (format, &workshop.press) {
            files.push((name, print(document, &markdown, &pictures, (press, renderer), &mut made.remarks)?));
        } else {
            for (picture, chart) in &pictures {
                let drawing = svg::draw(chart, document.language, |tone| typeset::palette(&BRIEFING, tone));
                files.push((document.beside(picture).parse()?, drawing.into_bytes()));
            }
            files.push((name, markdown.clone().into_bytes()));
        }
        of_format.resize(files.len(), *format);
    }
    let written = place.write(&files)?;
    for ((format, (name, bytes)), is_written) in of_format.iter().zip(&files).zip(written) {
        made.formats.entry(*format).or_default().push(MadeFile::new(name, bytes, place));
        made.files.push(BuiltFile { path: place.path_of(name), is_written });
    }
    Ok(made)
}

/// The PDF of a briefing.
fn print(
    document: &Document,
    markdown: &str,
    pictures: &Pictures,
    (press, renderer): (&Press<'_>, &Renderer),
    remarks: &mut Vec<String>,
) -> Result<Vec<u8>, BatchError> {
    let Press { fonts, evidence, layout, office } = press;
    let stem = document.key();
    let settings = Settings { fonts, layout, pictures, office: *office };
    let pages =
        typeset::set(markdown, &settings).map_err(|error| BatchError::Typeset { document: stem.clone(), error })?;
    prove(&stem, markdown, pictures, &pages)?;
    remarks.extend(pages.warnings.iter().map(ToString::to_string));
    let attachments = evidence.attachments(document, markdown, renderer)?;
    pdf::write(&pages, fonts, &attachments).map_err(|error| BatchError::Pdf { document: stem, error })
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
