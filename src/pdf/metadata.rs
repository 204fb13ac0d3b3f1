//! What the file says of itself: once as the information dictionary, once as XMP, in agreement (ISO 19005-3, 6.6.2).

use super::PdfError;
use super::finish::{catalog, text_string};
use crate::language::Language;
use crate::typeset::Document;
use chrono::NaiveDate;
use lopdf::{Object, Stream, dictionary};
use std::fmt::Write as _;

/// The program that made the file.
const PRODUCER: &str = concat!("brief ", env!("CARGO_PKG_VERSION"));

/// What a document says of itself.
struct Metadata {
    title: String,
    author: Option<String>,
    description: Option<String>,
    keywords: Option<String>,
    language: Language,
    date: Option<NaiveDate>,
}

/// Adds the information dictionary and the XMP.
pub(super) fn add(document: &Document, objects: &mut lopdf::Document) -> Result<(), PdfError> {
    let metadata = Metadata::of(document);
    let mut information = dictionary! { "Producer" => text_string(PRODUCER), "Title" => text_string(&metadata.title) };
    let entries = [("Author", &metadata.author), ("Subject", &metadata.description), ("Keywords", &metadata.keywords)];
    for (key, value) in entries {
        if let Some(value) = value {
            information.set(key, text_string(value));
        }
    }
    if let Some(date) = metadata.date.map(pdf_date) {
        information.set("CreationDate", date.clone());
        information.set("ModDate", date);
    }
    // printpdf's own dictionary has the time of day.
    if let Ok(Object::Reference(unwanted)) = objects.trailer.get(b"Info").cloned() {
        objects.objects.remove(&unwanted);
    }
    let information = objects.add_object(information);
    objects.trailer.set("Info", information);
    let entries = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Archives read it without knowing PDF, so it is not compressed.
    let xmp = objects.add_object(Stream::new(entries, metadata.xmp().into_bytes()).with_compression(false));
    catalog(objects)?.set("Metadata", xmp);
    Ok(())
}

/// The day of a document, at midnight UTC; `None` if the front matter has no ISO date (`2026-09-30`).
pub(super) fn date(document: &Document) -> Option<Object> {
    day(document).map(pdf_date)
}

fn day(document: &Document) -> Option<NaiveDate> {
    let iso = document.metadata.date.as_deref()?;
    NaiveDate::parse_from_str(iso.trim(), "%Y-%m-%d").ok()
}

fn pdf_date(date: NaiveDate) -> Object {
    Object::string_literal(date.format("D:%Y%m%d000000Z").to_string())
}

impl Metadata {
    fn of(document: &Document) -> Metadata {
        let front = &document.metadata;
        let language = front.language();
        let said = |text: &Option<String>| text.as_deref().map(in_a_line).filter(|text| !text.is_empty());
        let heading = document.outline.iter().map(|bookmark| in_a_line(&bookmark.title)).find(|text| !text.is_empty());
        // What is read first must tell one briefing from another: its subject, what it is, and its quarter.
        let edition = [said(&front.kicker), said(&front.edition)].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let title =
            said(&front.title).map(|title| if edition.is_empty() { title } else { format!("{title} – {edition}") });
        let untitled = match language {
            Language::En => "Untitled",
            Language::Vi => "Không có tiêu đề",
        };
        Metadata {
            // PDF/UA asks for a title (7.1): the first heading is the best guess.
            title: title.or(heading).or(said(&front.kicker)).unwrap_or_else(|| untitled.to_owned()),
            author: said(&front.author),
            description: said(&front.description),
            keywords: said(&Some(front.keywords.join(", "))),
            language,
            date: day(document),
        }
    }

    fn xmp(&self) -> String {
        let mut properties = String::new();
        let mut property = |name: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = write!(properties, "<{name}>{value}</{name}>");
        };
        let in_any_language =
            |text: &str| format!(r#"<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>"#, escaped(text));
        property("dc:format", "application/pdf");
        property("dc:language", &format!("<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>", self.language));
        property("dc:title", &in_any_language(&self.title));
        if let Some(author) = &self.author {
            property("dc:creator", &format!("<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>", escaped(author)));
        }
        if let Some(description) = &self.description {
            property("dc:description", &in_any_language(description));
        }
        if let Some(keywords) = &self.keywords {
            property("pdf:Keywords", &escaped(keywords));
        }
        property("pdf:Producer", PRODUCER);
        if let Some(date) = self.date {
            let date = date.format("%Y-%m-%dT00:00:00Z").to_string();
            property("xmp:CreateDate", &date);
            property("xmp:ModifyDate", &date);
        }
        property("pdfaid:part", "3");
        property("pdfaid:conformance", "A");
        property("pdfuaid:part", "1");
        format!("{XMP_HEAD}{properties}{XMP_EXTENSION}{XMP_FOOT}")
    }
}

/// Text in one line, without the control characters that XML forbids.
fn in_a_line(text: &str) -> String {
    let allowed = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().filter(allowed).collect()).collect();
    words.join(" ").trim().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const XMP_HEAD: &str = concat!(
    "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
    r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">"#,
    r#"<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/""#,
    r#" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/""#,
    r#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/""#,
    r#" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">"#,
);

/// PDF/A knows the properties of PDF/UA only if they are described (ISO 19005-3, 6.6.2.3).
const XMP_EXTENSION: &str = concat!(
    r#"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">"#,
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    r#"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">"#,
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>",
);

const XMP_FOOT: &str = "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";
