//! Reads the text of a PDF back through its fonts' `ToUnicode` maps, as a reader without eyes does.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// The text of each page, in the order of the content.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    document.get_pages().into_values().map(|page| page_text(&document, page)).collect()
}

fn page_text(document: &Document, page: lopdf::ObjectId) -> String {
    let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, to_unicode(document, font)))
        .collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let (mut text, mut map) = (String::new(), None);
    let mut spans: Vec<bool> = Vec::new();
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => map = maps.get(operation.operands[0].as_name().unwrap()),
            "BDC" => {
                let said = operation.operands[1].as_dict().ok().and_then(|span| span.get(b"ActualText").ok());
                if let Some(Object::String(bytes, _)) = said {
                    text.push_str(&utf16(&bytes[2..]));
                }
                spans.push(said.is_some());
            }
            "BMC" => spans.push(false),
            "EMC" => drop(spans.pop()),
            "TJ" | "Tj" if !spans.contains(&true) => {
                let shown = match &operation.operands[0] {
                    Object::Array(items) => items.clone(),
                    item => vec![item.clone()],
                };
                for item in shown {
                    let Object::String(bytes, _) = item else { continue };
                    for code in bytes.chunks(2) {
                        text.push_str(&map.unwrap()[&u16::from_be_bytes([code[0], code[1]])]);
                    }
                }
            }
            "ET" => text.push('\u{1f}'),
            _ => {}
        }
    }
    text
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16(&bytes.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect::<Vec<_>>()).unwrap()
}

pub(crate) fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = document.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
    let map = String::from_utf8(stream.as_stream().unwrap().get_plain_content().unwrap()).unwrap();
    let hex = |token: &str| -> Vec<u8> {
        (0..token.len() / 2).map(|at| u8::from_str_radix(&token[2 * at..2 * at + 2], 16).unwrap()).collect()
    };
    let mut texts = BTreeMap::new();
    let mut section = "";
    for line in map.lines() {
        for name in ["beginbfchar", "beginbfrange", "endbfchar", "endbfrange"] {
            if line.ends_with(name) {
                section = name;
            }
        }
        let tokens: Vec<&str> = line.split(['<', '>']).filter(|token| !token.trim().is_empty()).collect();
        let code = |token: &str| u16::from_str_radix(token, 16).unwrap();
        match (section, tokens.as_slice()) {
            ("beginbfchar", [from, to]) if line.starts_with('<') => {
                texts.insert(code(from), utf16(&hex(to)));
            }
            ("beginbfrange", [first, last, to]) if line.starts_with('<') => {
                for (step, glyph) in (code(first)..=code(last)).enumerate() {
                    let mut units = hex(to);
                    let end = units.len() - 1;
                    units[end] += u8::try_from(step).unwrap();
                    texts.insert(glyph, utf16(&units));
                }
            }
            _ => {}
        }
    }
    texts
}
