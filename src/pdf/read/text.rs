//! The text of pages, read back as a reader without eyes does: the glyphs through their fonts' `ToUnicode` maps, and what the
//! document says in place of them (`ActualText`).

use super::cmap::{CodeMap, utf16};
use super::{MAX_CONTENT, PdfFile};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many times its bytes a page's content counts, against what a file may make us hold.
const READ: usize = 7;

/// What is read from a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageText {
    /// Its text, in the order in which it is drawn.
    pub pieces: Vec<Piece>,
    /// What lies on it and is neither text nor line nor link: pictures, forms, annotations, in words.
    pub strange: Vec<String>,
    /// Whether its contents could be read at all.
    pub is_readable: bool,
}

/// A stretch of text that is drawn in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// What its glyphs stand for.
    pub shown: String,
    /// What is said in place of them: the same, but where the document gives another text.
    pub said: String,
    /// Whether it stands on another line than the piece before it.
    pub starts_line: bool,
    /// Whether it stands apart from the piece before it: in another cell, in another font.
    pub stands_apart: bool,
    /// Whether the document says that it is running matter or decoration.
    pub is_artifact: bool,
}

/// How the codes of a font are read.
enum Font {
    /// By a map.
    Mapped(CodeMap),
    /// A byte each, as Latin letters.
    Latin,
}

/// What is open at a place of the contents.
#[derive(Default)]
struct Marked {
    is_artifact: bool,
    /// Whether a text is given in place of what is shown.
    is_said: bool,
}

impl PdfFile {
    /// The text of every page, in order.
    pub fn pages(&self) -> Vec<PageText> {
        let mut fonts: BTreeMap<ObjectId, Rc<Font>> = BTreeMap::new();
        self.page_dictionaries().into_iter().map(|page| self.page(&page, &mut fonts)).collect()
    }

    /// A page, given with what it inherits from, nearest first. Each font is read once a file.
    fn page(&self, inherited: &[&Dictionary], fonts: &mut BTreeMap<ObjectId, Rc<Font>>) -> PageText {
        let Some(page) = inherited.first() else { return PageText::default() };
        let strange = self.strange_annotations(page);
        let Some(content) = self.page_content(page).and_then(|content| Content::decode(&content).ok()) else {
            return PageText { strange, ..PageText::default() };
        };
        let resources = inherited.iter().find_map(|node| self.entry_dictionary(node, b"Resources"));
        let mut names = BTreeMap::new();
        if let Some(resources) = resources.and_then(|resources| self.entry_dictionary(resources, b"Font")) {
            for (name, object) in resources {
                let Some(dictionary) = self.dictionary(object) else { continue };
                let font = match object.as_reference() {
                    Ok(id) => Rc::clone(fonts.entry(id).or_insert_with(|| Rc::new(self.font(dictionary)))),
                    Err(_) => Rc::new(self.font(dictionary)),
                };
                names.insert(name.clone(), font);
            }
        }
        let mut reader = Reader {
            file: self,
            fonts: names,
            properties: resources.and_then(|resources| self.entry_dictionary(resources, b"Properties")),
            font: None,
            marked: Vec::new(),
            line: None,
            is_unplaced: false,
            piece: Piece::default(),
            page: PageText { strange, is_readable: true, pieces: Vec::new() },
        };
        for operation in &content.operations {
            reader.read(operation);
        }
        reader.end_piece();
        reader.page
    }

    fn page_content(&self, page: &Dictionary) -> Option<Vec<u8>> {
        let parts = match self.entry(page, b"Contents") {
            None => return Some(Vec::new()),
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        let mut content = Vec::new();
        for part in parts {
            let most = MAX_CONTENT.checked_sub(content.len())?;
            let part = self.content(self.resolve(part).as_stream().ok()?, most)?;
            // Read, operators take far more than their bytes, and a stream may serve many pages.
            if !self.spend(part.len().saturating_mul(READ)) {
                return None;
            }
            content.extend(part);
            content.push(b'\n');
        }
        Some(content)
    }

    fn font(&self, font: &Dictionary) -> Font {
        let map = self.entry(font, b"ToUnicode").and_then(|stream| self.content(stream.as_stream().ok()?, MAX_CONTENT));
        let is_composite =
            self.entry(font, b"Subtype").is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Type0"));
        match map {
            Some(map) => Font::Mapped(CodeMap::parse(&String::from_utf8_lossy(&map))),
            None if is_composite => Font::Mapped(CodeMap::default()),
            None => Font::Latin,
        }
    }

    fn strange_annotations(&self, page: &Dictionary) -> Vec<String> {
        let kind = |annotation| {
            let annotation = self.dictionary(annotation)?;
            let kind = self.entry(annotation, b"Subtype").and_then(|kind| kind.as_name().ok()).unwrap_or_default();
            (kind != b"Link").then(|| format!("an annotation ({})", String::from_utf8_lossy(kind)))
        };
        self.entry_array(page, b"Annots").iter().filter_map(kind).collect()
    }
}

/// A page's contents on the way.
struct Reader<'a> {
    file: &'a PdfFile,
    fonts: BTreeMap<Vec<u8>, Rc<Font>>,
    properties: Option<&'a Dictionary>,
    font: Option<Rc<Font>>,
    marked: Vec<Marked>,
    /// How far above the page's foot the text stands.
    line: Option<Object>,
    /// Whether the place of the text that was begun is still to be told.
    is_unplaced: bool,
    piece: Piece,
    page: PageText,
}

impl Reader<'_> {
    fn read(&mut self, operation: &Operation) {
        let operands = operation.operands.as_slice();
        match (operation.operator.as_str(), operands) {
            ("Tf", [Object::Name(name), ..]) => self.font = self.fonts.get(name).cloned(),
            ("BT", _) => {
                self.end_piece();
                self.piece.stands_apart = true;
                self.is_unplaced = true;
            }
            ("Tm" | "Td", [.., line]) => self.place(line),
            ("TD" | "T*", _) => self.start_line(),
            ("BDC", [tag, properties]) => self.begin(tag, Some(properties)),
            ("BMC", [tag]) => self.begin(tag, None),
            ("EMC", _) => {
                self.end_piece();
                self.marked.pop();
            }
            ("Tj" | "TJ", [shown]) => self.show(shown),
            ("'" | "\"", [.., shown]) => {
                self.start_line();
                self.show(shown);
            }
            ("ET", _) => self.end_piece(),
            ("Do" | "sh", [Object::Name(name)]) => {
                self.page.strange.push(format!("a picture or form (`{}`)", String::from_utf8_lossy(name)));
            }
            ("BI", _) => self.page.strange.push("a picture".to_owned()),
            _ => {}
        }
    }

    /// Heeds the place of a text that was begun; later on in it, a letter may only be raised.
    fn place(&mut self, line: &Object) {
        if std::mem::take(&mut self.is_unplaced) && self.line.as_ref() != Some(line) {
            self.line = Some(line.clone());
            self.start_line();
        }
    }

    fn start_line(&mut self) {
        self.end_piece();
        self.piece.starts_line = true;
        self.piece.stands_apart = true;
    }

    fn begin(&mut self, tag: &Object, properties: Option<&Object>) {
        self.end_piece();
        let properties = properties.and_then(|properties| match properties {
            Object::Name(name) => self.file.entry_dictionary(self.properties?, name),
            direct => self.file.dictionary(direct),
        });
        let said = properties.and_then(|properties| properties.get(b"ActualText").ok());
        if let Some(Object::String(bytes, _)) = said {
            let said = match bytes.strip_prefix(&[0xfe, 0xff]) {
                Some(units) => utf16(units),
                None => String::from_utf8_lossy(bytes).into_owned(),
            };
            if !self.is_said() {
                self.piece.said.push_str(&said);
            }
        }
        let is_artifact = tag.as_name().is_ok_and(|name| name == b"Artifact");
        self.marked.push(Marked { is_artifact, is_said: said.is_some() });
    }

    fn is_said(&self) -> bool {
        self.marked.iter().any(|marked| marked.is_said)
    }

    fn show(&mut self, shown: &Object) {
        let mut text = String::new();
        match shown {
            Object::Array(items) => items.iter().for_each(|item| self.letters(item, &mut text)),
            item => self.letters(item, &mut text),
        }
        if !self.file.spend(text.len()) {
            self.page.is_readable = false;
            return;
        }
        self.piece.shown.push_str(&text);
        if !self.is_said() {
            self.piece.said.push_str(&text);
        }
    }

    fn letters(&self, item: &Object, text: &mut String) {
        let Object::String(codes, _) = item else { return };
        match self.font.as_deref() {
            Some(Font::Mapped(map)) => {
                for code in map.codes(codes) {
                    text.push_str(map.text(code).unwrap_or("\u{fffd}"));
                }
            }
            Some(Font::Latin) | None => text.extend(codes.iter().copied().map(char::from)),
        }
    }

    fn end_piece(&mut self) {
        if self.piece.shown.is_empty() && self.piece.said.is_empty() {
            return;
        }
        let is_artifact = self.marked.iter().any(|marked| marked.is_artifact);
        self.page.pieces.push(Piece { is_artifact, ..std::mem::take(&mut self.piece) });
    }
}
