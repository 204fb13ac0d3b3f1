//! Pages to bytes. The only place that knows printpdf and lopdf.
//!
//! printpdf lays out the file: its pages and fonts. What it lacks is added to the objects that it returns: page contents in one piece,
//! the structure tree, nested bookmarks, links, attachments, metadata from the document rather than from the clock, and an identity
//! from the content. Every file is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once.
#![allow(clippy::float_arithmetic, reason = "coordinates; no figure of a sheet is computed here")]

mod attachment;
mod content;
mod extent;
mod file;
mod finish;
mod font;
mod identity;
mod links;
mod mark;
mod metadata;
mod object;
mod outline;
mod page;
pub mod read;
mod shape;
mod structure;

pub use attachment::{Attachment, Packed, Relationship};
pub use identity::identity_holds;

use crate::typeset::style::{PAGE_HEIGHT, PAGE_WIDTH};
use crate::typeset::{Document, Fonts};
use lopdf::ObjectId;
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt};

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
    let contents: Vec<Vec<u8>> =
        document.pages.iter().map(|page| page::contents(page, &mut used, &mut marks)).collect();
    let mut objects = lay_out(contents, used)?;
    let places = links::Places::new(document, &objects);
    let links = links::add(document, &places, &mut objects)?;
    structure::add(document, &marks, &links, &places.pages, &mut objects)?;
    outline::add(&document.outline, &places, &mut objects)?;
    attachment::add(attachments, document, &mut objects)?;
    finish::finish(document, objects)
}

/// The objects of pages with these contents, and of their fonts.
fn lay_out(contents: Vec<Vec<u8>>, used: font::UsedGlyphs<'_>) -> Result<lopdf::Document, PdfError> {
    let mut pdf = PdfDocument::new("");
    // printpdf embeds the glyphs that its own page contents show. It is shown each of them once, in place of the first page's.
    let mut specimen = used.embed(&mut pdf.resources)?;
    let page = |_| PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), std::mem::take(&mut specimen));
    pdf.with_pages(contents.iter().map(page).collect());
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut objects = pdf.to_lopdf_document(&options, &mut Vec::new());
    let pages: Vec<ObjectId> = objects.get_pages().into_values().collect();
    for (page, contents) in pages.into_iter().zip(contents) {
        let stream = objects.get_dictionary(page)?.get(b"Contents")?.as_reference()?;
        objects.get_object_mut(stream)?.as_stream_mut()?.set_content(contents);
    }
    Ok(objects)
}
