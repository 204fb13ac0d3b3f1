//! One document: rendered, typeset, proved, written.

use super::error::BatchError;
use super::evidence::Evidence;
use super::job::{BuiltFile, Document, Format, Subject};
use super::name::FileName;
use super::record::MadeFile;
use super::temporary::Sync;
use super::write::{LaidOut, Place};
use crate::chart::{Pictures, svg};
use crate::check::UNTRACED_NUMBER;
use crate::diag::Diagnostic;
use crate::office::Office;
use crate::pdf::Press;
use crate::render::{Briefing, COMPARATIVE, Documents, PROVINCE, RenderError, Renderer};
use crate::typeset::layout::{BRIEFING, Layout};
use crate::typeset::{self, Fonts, Manuscript, Settings};
use std::collections::BTreeMap;

/// What the documents of a group are made with.
pub(super) struct Workshop<'a> {
    pub(super) documents: Documents<'a>,
    pub(super) renderer: &'a Renderer,
    /// For PDF only.
    pub(super) printing: Option<Printing<'a>>,
    pub(super) place: &'a Place,
}

/// What PDFs are made with besides.
pub(super) struct Printing<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) press: Press<'a>,
    pub(super) evidence: Evidence,
    pub(super) layout: &'a Layout,
    pub(super) office: Option<&'a Office>,
}

/// A document that is made and of which nothing is written yet.
#[derive(Debug, Default)]
pub(super) struct Draft {
    files: Vec<(FileName, Vec<u8>)>,
    /// The format that each file belongs to.
    of_format: Vec<Format>,
    /// Remarks on it, such as letters that no font has.
    remarks: Vec<String>,
}

/// A document whose files are written beside their places.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) laid_out: LaidOut,
    files: Vec<(Format, FileName, MadeFile)>,
    remarks: Vec<String>,
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
pub(crate) fn write_briefing(document: &Document, documents: &Documents<'_>) -> Option<Result<Briefing, RenderError>> {
    Some(match document.subject {
        Subject::Locality => documents.province(documents.comparison().column(&document.name)?, document.language),
        Subject::Comparison => documents.comparative(document.language),
    })
}

/// Makes a document in every format that is asked for; nothing of it is written before all are made: its files stay of one mind.
///
/// # Errors
/// It cannot be made, or is withheld.
pub(super) fn make(document: &Document, formats: &[Format], workshop: &Workshop<'_>) -> Result<Draft, BatchError> {
    let Workshop { documents, renderer, .. } = workshop;
    let mut draft = Draft::default();
    let stem = document.key();
    let Some(briefing) = write_briefing(document, documents) else { return Ok(draft) };
    let Briefing { markdown, pictures } = briefing.map_err(|error| match error {
        RenderError::Untraced(diagnostics) => BatchError::Untraced { document: stem.clone(), diagnostics },
        error => error.into(),
    })?;
    let Draft { files, of_format, remarks } = &mut draft;
    for format in formats {
        let name = format!("{stem}.{}", format.extension()).parse()?;
        if let (Format::Pdf, Some(printing)) = (format, &workshop.printing) {
            files.push((name, print(document, &markdown, &pictures, (printing, renderer), remarks)?));
        } else {
            for (picture, chart) in &pictures {
                let drawing = svg::draw(chart, document.language, |tone| typeset::palette(&BRIEFING, tone));
                files.push((document.beside(picture).parse()?, drawing.into_bytes()));
            }
            files.push((name, markdown.clone().into_bytes()));
        }
        of_format.resize(files.len(), *format);
    }
    Ok(draft)
}

impl Draft {
    /// Writes its files beside their places.
    ///
    /// # Errors
    /// They cannot be written; the files of an earlier run are left as they were.
    pub(super) fn lay_out(self, place: &Place, sync: Sync) -> Result<Waiting, BatchError> {
        let Draft { files, of_format, remarks } = self;
        let laid_out = place.lay_out(&files, sync)?;
        let files = of_format.into_iter().zip(files).map(|(format, (name, bytes))| {
            let file = MadeFile::new(&name, &bytes);
            (format, name, file)
        });
        Ok(Waiting { laid_out, files: files.collect(), remarks })
    }
}

impl Waiting {
    /// Puts its files, which must be on the disk, in their places.
    ///
    /// # Errors
    /// A folder cannot be written.
    pub(super) fn put(self, place: &Place) -> Result<MadeDocument, BatchError> {
        let Waiting { laid_out, files, remarks } = self;
        let written = laid_out.put()?;
        let mut made = MadeDocument { remarks, ..MadeDocument::default() };
        for ((format, name, file), is_written) in files.into_iter().zip(written) {
            made.formats.entry(format).or_default().push(file.stamped(place.stamp(&name)));
            made.files.push(BuiltFile { path: place.path_of(&name), is_written });
        }
        Ok(made)
    }
}

/// The PDF of a briefing.
fn print(
    document: &Document,
    markdown: &str,
    pictures: &Pictures,
    (printing, renderer): (&Printing<'_>, &Renderer),
    remarks: &mut Vec<String>,
) -> Result<Vec<u8>, BatchError> {
    let Printing { fonts, press, evidence, layout, office } = printing;
    let stem = document.key();
    let settings = Settings { fonts, layout, pictures, office: *office };
    let set = || {
        let read = |error| BatchError::Typeset { document: stem.clone(), error };
        let manuscript = Manuscript::read(markdown).map_err(read)?;
        let pages = manuscript.set(&settings).map_err(read)?;
        prove(&stem, &manuscript, pictures, &pages)?;
        Ok::<_, BatchError>(pages)
    };
    // A single document has all cores to itself.
    let (pages, attachments) = rayon::join(set, || evidence.attachments(document, markdown, renderer));
    let (pages, attachments) = (pages?, attachments?);
    remarks.extend(pages.warnings.iter().map(ToString::to_string));
    press.write(&pages, &attachments).map_err(|error| BatchError::Pdf { document: stem, error })
}

/// Sees to it that the pages show the numerals of the Markdown, and no others.
fn prove(
    stem: &str,
    manuscript: &Manuscript,
    pictures: &Pictures,
    pages: &typeset::Document,
) -> Result<(), BatchError> {
    let faults = manuscript.compare_numerals(pictures, pages);
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
