//! Pages to bytes. The only place that knows printpdf and lopdf.
//!
//! printpdf writes page contents and fonts; what it lacks is added to the objects that it returns: the structure tree, nested
//! bookmarks, links, attachments, metadata from the document rather than from the clock, and an identity from the content. Every file is
//! PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once.
#![allow(clippy::float_arithmetic, reason = "coordinates; no figure of a sheet is computed here")]

mod attachment;
mod extent;
mod file;
mod finish;
mod font;
mod identity;
mod links;
mod mark;
mod metadata;
mod outline;
mod page;
pub mod read;
mod shape;
mod structure;

pub use attachment::{Attachment, Packed, Relationship};
pub use identity::identity_holds;

use crate::typeset::{Document, Fonts};
use printpdf::{PdfDocument, PdfSaveOptions};

/// A document could not be written as PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A font could not be cut to the glyphs used.
    #[error("font `{font}` cannot be embedded: {reason}")]
    Font {
        /// The font's name.
        font: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two attachments have the same name.
    #[error("two attachments are named `{0}`")]
    Attachment(String),
    /// The PDF objects do not fit together.
    #[error("the PDF cannot be put together: {0}")]
    Structure(String),
}

impl From<lopdf::Error> for PdfError {
    fn from(error: lopdf::Error) -> PdfError {
        PdfError::Structure(error.to_string())
    }
}

/// Writes a document as a PDF file, with files inside it: the same input gives the same bytes.
///
/// # Errors
///
/// A font of the document is not among the fonts, or cannot be cut; two attachments have one name.
pub fn write(document: &Document, fonts: &Fonts, attachments: &[Attachment]) -> Result<Vec<u8>, PdfError> {
    let mut used = font::UsedGlyphs::new(fonts);
    let mut marks = mark::Marks::new(document);
    let pages = document.pages.iter().map(|page| page::contents(page, &mut used, &mut marks)).collect();
    let mut pdf = PdfDocument::new("");
    used.embed(&mut pdf.resources)?;
    pdf.with_pages(pages);
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut objects = pdf.to_lopdf_document(&options, &mut Vec::new());
    let places = links::Places::new(document, &objects);
    let links = links::add(document, &places, &mut objects)?;
    structure::add(document, &marks, &links, &places.pages, &mut objects)?;
    outline::add(&document.outline, &places, &mut objects)?;
    attachment::add(attachments, document, &mut objects)?;
    finish::finish(document, objects)
}
