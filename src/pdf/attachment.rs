//! Files that travel inside a PDF.

use super::PdfError;
use super::file::deflated;
use super::finish::{catalog, text_string};
use super::metadata::date;
use super::object::whole;
use crate::typeset::Document;
use lopdf::{Object, Stream, dictionary};
use std::sync::Arc;

/// A file inside a PDF, associated with the whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file's name, unique in the document.
    pub name: String,
    /// Its media type, such as `application/yaml`.
    pub media_type: &'static str,
    /// What it is, in the document's language, for the reader's list of attachments.
    pub description: String,
    /// What it is to the document.
    pub relationship: Relationship,
    /// Its contents.
    pub contents: Packed,
}

/// The contents of a file, compressed once for all the documents that carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    size: usize,
    deflated: Arc<[u8]>,
}

impl Packed {
    /// Compresses.
    ///
    /// # Errors
    /// The compressor fails.
    pub fn new(bytes: &[u8]) -> Result<Packed, PdfError> {
        Ok(Packed { size: bytes.len(), deflated: deflated(bytes)?.into() })
    }
}

/// What an attached file is to the document: the names of ISO 32000-2 (7.11.3, `AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The document was made from it.
    Source,
    /// The figures behind the document.
    Data,
    /// It adds to the document.
    Supplement,
}

impl Relationship {
    /// The name in the file.
    fn name(self) -> &'static str {
        match self {
            Relationship::Source => "Source",
            Relationship::Data => "Data",
            Relationship::Supplement => "Supplement",
        }
    }
}

/// Adds the attachments, sorted by name, as files associated with the document.
pub(super) fn add(
    attachments: &[Attachment],
    document: &Document,
    objects: &mut lopdf::Document,
) -> Result<(), PdfError> {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    if let Some([twice, _]) = sorted.array_windows().find(|[one, next]| one.name == next.name) {
        return Err(PdfError::Attachment(twice.name.clone()));
    }
    if sorted.is_empty() {
        return Ok(());
    }
    let (mut names, mut associated) = (Vec::new(), Vec::new());
    for attachment in sorted {
        let file = objects.add_object(embedded(attachment, document));
        let name = text_string(&attachment.name);
        let specification = objects.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => name.clone(),
            "UF" => name.clone(),
            "Desc" => text_string(&attachment.description),
            "AFRelationship" => attachment.relationship.name(),
            "EF" => dictionary! { "F" => file, "UF" => file },
        });
        names.extend([name, Object::Reference(specification)]);
        associated.push(Object::Reference(specification));
    }
    let catalog = catalog(objects)?;
    catalog.set("AF", associated);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    Ok(())
}

fn embedded(attachment: &Attachment, document: &Document) -> Stream {
    let mut parameters = dictionary! { "Size" => whole(attachment.contents.size) };
    if let Some(date) = date(document) {
        parameters.set("ModDate", date);
    }
    let entries = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(attachment.media_type.as_bytes().to_vec()),
        "Params" => parameters,
    };
    let mut stream = Stream::new(entries, attachment.contents.deflated.to_vec());
    stream.dict.set("Filter", "FlateDecode");
    stream
}
