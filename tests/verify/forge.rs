//! Forging PDFs, as a forger would who knows how they are made.

use crate::pdf_reader::{code_width, glyph, to_unicode};
use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};

/// A PDF in the hands of a forger.
pub(crate) struct Forgery(pub(crate) Document);

impl Forgery {
    pub(crate) fn of(pdf: &[u8]) -> Forgery {
        let mut document = Document::load_mem(pdf).unwrap();
        let is_container = |object: &Object| {
            object.as_stream().is_ok_and(|stream| stream.dict.has_type(b"ObjStm") || stream.dict.has_type(b"XRef"))
        };
        document.objects.retain(|_, object| !is_container(object));
        for key in [&b"Type"[..], b"W", b"Index", b"Filter", b"Length", b"DecodeParms"] {
            document.trailer.remove(key);
        }
        Forgery(document)
    }

    /// The file with the identity of the honest one.
    pub(crate) fn with_old_identity(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.save_to(&mut bytes).unwrap();
        bytes
    }

    /// The file with an identity of its own.
    pub(crate) fn with_new_identity(self) -> Vec<u8> {
        identified(self.with_old_identity())
    }

    fn file_specification(&self, name: &str) -> ObjectId {
        let is_it = |object: &Object| {
            let specification = object.as_dict().ok().filter(|entries| entries.has_type(b"Filespec"));
            specification.is_some_and(|entries| lopdf::decode_text_string(entries.get(b"UF").unwrap()).unwrap() == name)
        };
        *self.0.objects.iter().find(|(_, object)| is_it(object)).unwrap_or_else(|| panic!("no {name}")).0
    }

    fn file_stream(&mut self, name: &str) -> &mut Stream {
        let specification = self.0.get_dictionary(self.file_specification(name)).unwrap();
        let stream = specification.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap().as_reference().unwrap();
        self.0.get_object_mut(stream).unwrap().as_stream_mut().unwrap()
    }

    /// The text of a file inside.
    pub(crate) fn text(&mut self, name: &str) -> String {
        String::from_utf8(self.file_stream(name).get_plain_content().unwrap()).unwrap()
    }

    /// Puts a text in the place of a file inside.
    pub(crate) fn replace(&mut self, name: &str, text: &str) {
        let stream = self.file_stream(name);
        stream.dict.remove(b"Filter");
        stream.set_content(text.as_bytes().to_vec());
    }

    /// Puts a stream in the place of a file inside.
    pub(crate) fn put(&mut self, name: &str, stream: Stream) {
        *self.file_stream(name) = stream;
    }

    /// Changes a text in a file inside; it must be there.
    pub(crate) fn change(&mut self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} does not hold {from:?}");
        self.replace(name, &text.replacen(from, to, 1));
    }

    /// Changes a text in a file inside, and its hash in the statement.
    pub(crate) fn change_with_hash(&mut self, name: &str, from: &str, to: &str) {
        let before = hash(self.text(name).as_bytes());
        self.change(name, from, to);
        let after = hash(self.text(name).as_bytes());
        self.change("evidence.json", &before, &after);
    }

    /// Takes a file out.
    pub(crate) fn remove(&mut self, name: &str) {
        let id = self.file_specification(name);
        let is_it = |object: &Object| object.as_reference().is_ok_and(|other| other == id);
        let catalog = self.0.catalog_mut().unwrap();
        catalog.get_mut(b"AF").unwrap().as_array_mut().unwrap().retain(|object| !is_it(object));
        let names = catalog.get_mut(b"Names").unwrap().as_dict_mut().unwrap();
        let files = names.get_mut(b"EmbeddedFiles").unwrap().as_dict_mut().unwrap();
        let list = files.get_mut(b"Names").unwrap().as_array_mut().unwrap();
        let at = list.iter().position(is_it).unwrap();
        list.drain(at - 1..=at);
    }

    /// Puts a file in.
    pub(crate) fn add(&mut self, name: &str, text: &str) {
        let stream = self.0.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, text.as_bytes().to_vec()));
        let specification = self.0.add_object(dictionary! {
            "Type" => "Filespec", "F" => Object::string_literal(name), "UF" => Object::string_literal(name),
            "EF" => dictionary! { "F" => stream },
        });
        let names = self.0.catalog_mut().unwrap().get_mut(b"Names").unwrap().as_dict_mut().unwrap();
        let files = names.get_mut(b"EmbeddedFiles").unwrap().as_dict_mut().unwrap();
        let list = files.get_mut(b"Names").unwrap().as_array_mut().unwrap();
        list.extend([Object::string_literal(name), specification.into()]);
    }

    /// The object of a page, from 1.
    pub(crate) fn page(&self, page: u32) -> ObjectId {
        self.0.get_pages()[&page]
    }

    /// Puts operations after a page's own.
    pub(crate) fn draw(&mut self, page: u32, operations: &str) {
        let mut content = self.0.get_page_content(self.page(page));
        content.extend(operations.as_bytes());
        self.set_content(page, content);
    }

    pub(crate) fn set_content(&mut self, page: u32, content: Vec<u8>) {
        let stream = self.0.add_object(Stream::new(dictionary! {}, content));
        let page = self.page(page);
        self.0.get_dictionary_mut(page).unwrap().set("Contents", stream);
    }

    /// Draws other letters of the same font in the place of a text that stands in one piece on a page.
    pub(crate) fn redraw(&mut self, page: u32, from: &str, to: &str) {
        assert_eq!(from.chars().count(), to.chars().count());
        let id = self.page(page);
        let fonts = self.0.get_page_fonts(id).unwrap();
        let maps: std::collections::BTreeMap<Vec<u8>, _> =
            fonts.into_iter().map(|(name, font)| (name, (code_width(font), to_unicode(&self.0, font)))).collect();
        let mut content = Content::decode(&self.0.get_page_content(id)).unwrap();
        let mut font = Vec::new();
        for operation in &mut content.operations {
            if operation.operator == "Tf" {
                font = operation.operands[0].as_name().unwrap().to_vec();
            }
            if !matches!(operation.operator.as_str(), "Tj" | "TJ") {
                continue;
            }
            let (width, map) = &maps[&font];
            let strings: Vec<&mut Vec<u8>> = match &mut operation.operands[0] {
                Object::Array(items) => items.iter_mut().filter_map(|item| item.as_str_mut().ok()).collect(),
                item => vec![item.as_str_mut().unwrap()],
            };
            let mut codes: Vec<&mut [u8]> = strings.into_iter().flat_map(|string| string.chunks_mut(*width)).collect();
            let letter = |code: &[u8]| map[&glyph(code)].clone();
            let letters: Vec<String> = codes.iter().map(|code| letter(code)).collect();
            let Some(at) = (0..letters.len()).find(|at| letters[*at..].concat().starts_with(from)) else { continue };
            for (code, letter) in codes[at..].iter_mut().zip(to.chars()) {
                let drawn = map.iter().find(|(_, text)| **text == letter.to_string()).unwrap().0;
                code.copy_from_slice(&drawn.to_be_bytes()[2 - width..]);
            }
            let content = content.encode().unwrap();
            self.set_content(page, content);
            return;
        }
        panic!("page {page} does not show {from:?} in one piece");
    }
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(digit.into(), 16).unwrap()).collect()
}

/// Computes the identity of a file anew, as anyone can: the hash of the file with zeros in its place.
pub(crate) fn identified(mut bytes: Vec<u8>) -> Vec<u8> {
    let start = bytes.windows(5).rposition(|window| window == b"/ID[<").unwrap() + 5;
    for at in [start, start + 34] {
        bytes[at..at + 32].fill(b'0');
    }
    let identity = hash(&bytes)[..32].to_uppercase();
    for at in [start, start + 34] {
        bytes[at..at + 32].copy_from_slice(identity.as_bytes());
    }
    bytes
}
