//! Reads a PDF back as a reader without eyes does: its text through the fonts' `ToUnicode` maps and `ActualText`, its structure through
//! the structure tree.
#![allow(dead_code, reason = "test programs share it, and each reads a part")]

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The text of each page, in the order of the content; each run ends with U+001F.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    let text = |page| sequences(&document, page).into_iter().map(|sequence| sequence.text).collect();
    document.get_pages().into_values().map(text).collect()
}

/// A marked-content sequence at the top level of a page.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    /// Its tag; empty for what is not marked.
    pub(crate) tag: String,
    /// What the page says of it.
    pub(crate) properties: Dictionary,
    /// Its text; each run ends with U+001F.
    pub(crate) text: String,
    /// Whether anything is drawn in it.
    pub(crate) is_drawn: bool,
}

impl Sequence {
    fn new(tag: &str, properties: Dictionary) -> Sequence {
        Sequence { tag: tag.to_owned(), properties, text: String::new(), is_drawn: false }
    }

    /// Its number on the page.
    pub(crate) fn number(&self) -> Option<i64> {
        self.properties.get(b"MCID").ok().map(|number| number.as_i64().unwrap())
    }
}

/// What a page shows, in the order of the content.
pub(crate) fn sequences(document: &Document, page: ObjectId) -> Vec<Sequence> {
    let maps: BTreeMap<Vec<u8>, (usize, BTreeMap<u16, String>)> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, (code_width(font), to_unicode(document, font))))
        .collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut sequences = vec![Sequence::new("", Dictionary::new())];
    let mut map = None;
    let mut spans: Vec<bool> = Vec::new();
    for operation in content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => map = maps.get(operands[0].as_name().unwrap()),
            "BDC" | "BMC" => {
                let properties = operands.get(1).and_then(|span| span.as_dict().ok()).cloned().unwrap_or_default();
                let tag = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap();
                assert!(spans.is_empty() || tag == "Span", "`{tag}` within another sequence");
                let said = properties.get(b"ActualText").ok().map(|text| lopdf::decode_text_string(text).unwrap());
                if spans.is_empty() {
                    sequences.push(Sequence::new(&tag, properties));
                }
                if let (Some(said), false) = (&said, spans.contains(&true)) {
                    sequences.last_mut().unwrap().text.push_str(said);
                }
                spans.push(said.is_some());
            }
            "EMC" => {
                spans.pop().unwrap();
                if spans.is_empty() {
                    sequences.push(Sequence::new("", Dictionary::new()));
                }
            }
            "TJ" | "Tj" => {
                let sequence = sequences.last_mut().unwrap();
                sequence.is_drawn = true;
                let shown = match &operands[0] {
                    Object::Array(items) => items.clone(),
                    item => vec![item.clone()],
                };
                for item in shown {
                    let Object::String(bytes, _) = item else { continue };
                    let (width, texts) = map.unwrap();
                    for code in bytes.chunks(*width).filter(|_| !spans.contains(&true)) {
                        sequence.text.push_str(&texts[&glyph(code)]);
                    }
                }
            }
            "ET" => sequences.last_mut().unwrap().text.push('\u{1f}'),
            "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" => sequences.last_mut().unwrap().is_drawn = true,
            _ => {}
        }
    }
    assert!(spans.is_empty(), "a sequence is left open");
    sequences
}

/// An element of the structure tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) id: ObjectId,
    /// Its structure type.
    pub(crate) tag: String,
    /// All that the file says of it.
    pub(crate) entries: Dictionary,
    /// What it holds, in order.
    pub(crate) kids: Vec<Kid>,
}

/// What an element holds.
#[derive(Debug, Clone)]
pub(crate) enum Kid {
    Node(Node),
    /// Marked content: its page's index, its number there, its text.
    Text(usize, i64, String),
    /// The annotation of a link.
    Annotation(ObjectId),
}

impl Node {
    /// Its text and that of all below it.
    pub(crate) fn text(&self) -> String {
        let text = |kid: &Kid| match kid {
            Kid::Node(node) => node.text(),
            Kid::Text(_, _, text) => text.clone(),
            Kid::Annotation(_) => String::new(),
        };
        self.kids.iter().map(text).collect()
    }

    /// It and every element below it, in order.
    pub(crate) fn all(&self) -> Vec<&Node> {
        let mut all = vec![self];
        all.extend(self.nodes().flat_map(Node::all));
        all
    }

    /// The elements right below it.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Node(node) => Some(node),
            _ => None,
        })
    }

    /// The pages that its own text stands on.
    pub(crate) fn pages(&self) -> Vec<usize> {
        let mut pages: Vec<usize> = self
            .kids
            .iter()
            .filter_map(|kid| match kid {
                Kid::Text(page, _, _) => Some(*page),
                _ => None,
            })
            .collect();
        pages.dedup();
        pages
    }

    /// A value of its attributes or its own entries, if it is a name or a text.
    pub(crate) fn says(&self, key: &str) -> Option<String> {
        let attributes = self.entries.get(b"A").and_then(Object::as_dict).ok();
        let value = attributes.and_then(|attributes| attributes.get(key.as_bytes()).ok());
        match value.or_else(|| self.entries.get(key.as_bytes()).ok())? {
            Object::Name(name) => Some(String::from_utf8(name.clone()).unwrap()),
            text => lopdf::decode_text_string(text).ok(),
        }
    }

    /// The tree as lines, each element with what is said of it and the text that it holds.
    pub(crate) fn told(&self) -> String {
        let mut told = String::new();
        self.tell(0, &mut told);
        told
    }

    fn tell(&self, depth: usize, told: &mut String) {
        write!(told, "{}{}", "  ".repeat(depth), self.tag).unwrap();
        for key in ["Scope", "ListNumbering", "Alt", "Lang"] {
            if let Some(value) = self.says(key) {
                write!(told, " {key}={value}").unwrap();
            }
        }
        let holds_text_alone = self.nodes().next().is_none();
        if holds_text_alone && !self.text().is_empty() {
            write!(told, " \"{}\"", self.text()).unwrap();
        }
        told.push('\n');
        for kid in self.kids.iter().filter(|_| !holds_text_alone) {
            match kid {
                Kid::Node(node) => node.tell(depth + 1, told),
                Kid::Text(_, _, text) => writeln!(told, "{}\"{text}\"", "  ".repeat(depth + 1)).unwrap(),
                Kid::Annotation(_) => {}
            }
        }
    }
}

/// The structure tree, from the document down.
pub(crate) fn structure(pdf: &[u8]) -> Node {
    let document = Document::load_mem(pdf).unwrap();
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut texts = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for sequence in sequences(&document, *page) {
            if let Some(number) = sequence.number() {
                assert!(texts.insert((index, number), sequence.text.replace('\u{1f}', "")).is_none());
            }
        }
    }
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let top = document.get_dictionary(root).unwrap().get(b"K").unwrap().as_reference().unwrap();
    node(&document, &pages, &texts, top, root)
}

fn node(
    document: &Document,
    pages: &[ObjectId],
    texts: &BTreeMap<(usize, i64), String>,
    id: ObjectId,
    parent: ObjectId,
) -> Node {
    let entries = document.get_dictionary(id).unwrap().clone();
    assert_eq!(entries.get(b"P").unwrap().as_reference().unwrap(), parent);
    let page_of = |entries: &Dictionary| {
        let page = entries.get(b"Pg").ok()?.as_reference().unwrap();
        Some(pages.iter().position(|other| *other == page).unwrap())
    };
    let own = page_of(&entries);
    let text = |page: Option<usize>, number: &Object| {
        let place = (page.unwrap(), number.as_i64().unwrap());
        Kid::Text(place.0, place.1, texts[&place].clone())
    };
    let held = match entries.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    let kids = held.iter().map(|kid| match kid {
        Object::Reference(kid) => Kid::Node(node(document, pages, texts, *kid, id)),
        Object::Dictionary(kid) if kid.has(b"Obj") => Kid::Annotation(kid.get(b"Obj").unwrap().as_reference().unwrap()),
        Object::Dictionary(kid) => text(page_of(kid).or(own), kid.get(b"MCID").unwrap()),
        number => text(own, number),
    });
    let kids = kids.collect();
    let tag = String::from_utf8(entries.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    Node { id, tag, entries, kids }
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16(&bytes.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect::<Vec<_>>()).unwrap()
}

/// How many bytes a code of a font has: its encoding is a map of our own only where that is one.
pub(crate) fn code_width(font: &Dictionary) -> usize {
    if font.get(b"Encoding").unwrap().as_name().is_ok_and(|name| name == b"Identity-H") { 2 } else { 1 }
}

/// The number of the glyph that a code shows.
pub(crate) fn glyph(code: &[u8]) -> u16 {
    code.iter().fold(0, |number, byte| number << 8 | u16::from(*byte))
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
