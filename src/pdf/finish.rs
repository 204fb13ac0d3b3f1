//! The document as a whole: language, metadata, colours, identity.

use super::object::Written;
use super::{PdfError, file, identity, metadata};
use crate::typeset::Document;
use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

/// The profile of sRGB, which `build.rs` takes out of typst-assets.
const SRGB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sRGB.icc"));

/// Adds what belongs to the whole document, and writes it, with what is written already.
pub(super) fn finish(
    document: &Document,
    mut objects: lopdf::Document,
    written: &Written,
) -> Result<Vec<u8>, PdfError> {
    metadata::add(document, &mut objects)?;
    add_colours(&mut objects)?;
    let catalog = catalog(&mut objects)?;
    catalog.set("Lang", Object::string_literal(document.metadata.language().code()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLayout", Object::Name(b"OneColumn".to_vec()));
    let unknown = Object::String(identity::UNKNOWN.to_vec(), StringFormat::Hexadecimal);
    objects.trailer.set("ID", vec![unknown.clone(), unknown]);
    let mut bytes = file::bytes(objects, written)?;
    identity::set(&mut bytes)?;
    Ok(bytes)
}

/// Says what the numbers of colours mean: those of sRGB (IEC 61966-2-1).
fn add_colours(objects: &mut lopdf::Document) -> Result<(), PdfError> {
    let profile = objects.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = objects.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    });
    catalog(objects)?.set("OutputIntents", vec![Object::Reference(intent)]);
    Ok(())
}

/// Text as PDF's text string type: UTF-16 where it is not ASCII.
pub(super) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Literal)
}

/// The document's catalog.
pub(super) fn catalog(objects: &mut lopdf::Document) -> Result<&mut Dictionary, PdfError> {
    let root = objects.trailer.get(b"Root")?.as_reference()?;
    Ok(objects.get_object_mut(root)?.as_dict_mut()?)
}
