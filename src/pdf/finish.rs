//! The document as a whole: metadata, language, identity, bytes.

use super::{PdfError, identity};
use crate::typeset::{Document, FrontMatter};
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use std::collections::BTreeSet;

/// Adds what belongs to the whole document, and writes it.
pub(super) fn finish(document: &Document, mut objects: lopdf::Document) -> Result<Vec<u8>, PdfError> {
    let metadata = &document.metadata;
    let information = objects.add_object(information(metadata));
    if let Ok(Object::Reference(unwanted)) = objects.trailer.get(b"Info").cloned() {
        objects.objects.remove(&unwanted);
    }
    objects.trailer.set("Info", information);
    let catalog = catalog(&mut objects)?;
    catalog.set("Lang", Object::string_literal(metadata.language().code()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLayout", Object::Name(b"OneColumn".to_vec()));
    objects.version = String::from("1.7");
    compress(&mut objects)?;
    let unknown = Object::String(identity::UNKNOWN.to_vec(), StringFormat::Hexadecimal);
    objects.trailer.set("ID", vec![unknown.clone(), unknown]);
    let mut bytes = bytes(&mut objects)?;
    identity::set(&mut bytes)?;
    Ok(bytes)
}

/// Deflates the streams, at a middling level: the slowest one, which lopdf would take, saves two bytes in a hundred. One
/// compressor serves all streams: setting one up costs more than it works on a short stream.
fn compress(objects: &mut lopdf::Document) -> Result<(), PdfError> {
    let contents: BTreeSet<ObjectId> =
        objects.get_pages().into_values().flat_map(|page| objects.get_page_contents(page)).collect();
    let mut compressor = Compress::new(Compression::new(4), true);
    for (id, object) in &mut objects.objects {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.has(b"Filter") || !stream.allows_compression {
            continue;
        }
        let content = if contents.contains(id) { join_strings(&stream.content) } else { stream.content.clone() };
        // What cannot be compressed grows by less than this.
        let mut deflated = Vec::with_capacity(content.len() + content.len() / 8 + 128);
        compressor.reset();
        match compressor.compress_vec(&content, &mut deflated, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => {}
            _ => return Err(PdfError::Structure("a stream cannot be compressed".to_owned())),
        }
        stream.set_content(deflated);
        stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    }
    Ok(())
}

/// Makes one string of glyphs that follow each other: printpdf writes each as a string of its own.
fn join_strings(content: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(content.len());
    let mut bytes = content.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'>' && bytes.peek() == Some(&b'<') {
            bytes.next();
        } else {
            joined.push(byte);
        }
    }
    joined
}

fn bytes(objects: &mut lopdf::Document) -> Result<Vec<u8>, PdfError> {
    let mut bytes = Vec::new();
    objects.save_to(&mut bytes).map_err(|error| PdfError::Structure(error.to_string()))?;
    Ok(bytes)
}

fn information(metadata: &FrontMatter) -> Dictionary {
    let mut information = dictionary! { "Producer" => text_string(concat!("brief ", env!("CARGO_PKG_VERSION"))) };
    let keywords = Some(metadata.keywords.join(", ")).filter(|keywords| !keywords.is_empty());
    let entries = [
        ("Title", &metadata.title),
        ("Author", &metadata.author),
        ("Subject", &metadata.description),
        ("Keywords", &keywords),
    ];
    for (key, value) in entries {
        if let Some(value) = value {
            information.set(key, text_string(value));
        }
    }
    if let Some(date) = metadata.date.as_deref().and_then(date) {
        information.set("CreationDate", date.clone());
        information.set("ModDate", date);
    }
    information
}

/// An ISO date (`2026-09-30`) as a PDF date; `None` for anything else.
pub(super) fn date(iso: &str) -> Option<Object> {
    let parsed = chrono::NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok()?;
    Some(Object::string_literal(parsed.format("D:%Y%m%d000000Z").to_string()))
}

/// Text as PDF's text string type: UTF-16 where it is not ASCII.
pub(super) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The document's catalog.
pub(super) fn catalog(objects: &mut lopdf::Document) -> Result<&mut Dictionary, PdfError> {
    let root = objects.trailer.get(b"Root")?.as_reference()?;
    Ok(objects.get_object_mut(root)?.as_dict_mut()?)
}
