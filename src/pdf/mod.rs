//! Pages to bytes. The only place that knows printpdf and lopdf.
//!
//! printpdf lays out the file and its pages. What it lacks, or does more slowly, is added to the objects that it returns: page contents,
//! fonts, the structure tree, nested bookmarks, links, attachments, metadata from the document rather than from the clock, and an identity
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
mod program;
pub mod read;
mod shape;
mod structure;
mod tree;

pub use attachment::{Attachment, Packed, Relationship};
pub use identity::identity_holds;

use crate::typeset::style::{PAGE_HEIGHT, PAGE_WIDTH};
use crate::typeset::{Document, Fonts};
use lopdf::{Object, ObjectId};
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

/// Writes documents, and keeps for the next ones what it got ready for the first: the glyphs that it cut out of fonts.
pub struct Press<'a>(font::PressFonts<'a>);

impl<'a> Press<'a> {
    /// A press with these fonts.
    pub fn new(fonts: &'a Fonts) -> Press<'a> {
        Press(font::PressFonts::new(fonts))
    }

    /// Writes a document as a PDF file, with files inside it: the same input gives the same bytes, whatever was written before.
    ///
    /// # Errors
    ///
    /// A font of the document is not among the fonts, or cannot be cut; two attachments have one name.
    pub fn write(&self, document: &Document, attachments: &[Attachment]) -> Result<Vec<u8>, PdfError> {
        let mut used = font::UsedGlyphs::new(&self.0, document);
        let mut marks = mark::Marks::new(document);
        let contents: Vec<Vec<u8>> =
            document.pages.iter().map(|page| page::contents(page, &mut used, &mut marks)).collect();
        let mut objects = lay_out(contents, used)?;
        let places = links::Places::new(document, &objects);
        let mut written = object::Written::default();
        let links = links::add(document, &places, &mut written, &mut objects)?;
        structure::add(document, &marks, &links, &places.pages, &mut written, &mut objects)?;
        outline::add(&document.outline, &places, &mut objects)?;
        attachment::add(attachments, document, &mut objects)?;
        finish::finish(document, objects, &written)
    }
}

/// Writes one document as a PDF file, with files inside it: see [`Press::write`].
///
/// # Errors
///
/// As there.
pub fn write(document: &Document, fonts: &Fonts, attachments: &[Attachment]) -> Result<Vec<u8>, PdfError> {
    Press::new(fonts).write(document, attachments)
}

/// The objects of pages with these contents, and of the fonts that they use.
fn lay_out(contents: Vec<Vec<u8>>, used: font::UsedGlyphs<'_, '_>) -> Result<lopdf::Document, PdfError> {
    let mut pdf = PdfDocument::new("");
    let page = |_: &Vec<u8>| PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), Vec::new());
    pdf.with_pages(contents.iter().map(page).collect());
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut objects = pdf.to_lopdf_document(&options, &mut Vec::new());
    let fonts = used.embed(&mut objects)?;
    let pages: Vec<ObjectId> = objects.get_pages().into_values().collect();
    if let Some(first) = pages.first() {
        // All pages have one dictionary of fonts.
        let resources = objects.get_dictionary(*first)?.get(b"Resources")?.as_reference()?;
        let dictionary = objects.get_dictionary(resources)?.get(b"Font")?.as_reference()?;
        objects.objects.insert(dictionary, Object::Dictionary(fonts));
    }
    for (page, contents) in pages.into_iter().zip(contents) {
        let stream = objects.get_dictionary(page)?.get(b"Contents")?.as_reference()?;
        objects.get_object_mut(stream)?.as_stream_mut()?.set_content(contents);
    }
    Ok(objects)
}
