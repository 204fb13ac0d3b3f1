//! A PDF read back: its producer, the files inside it, and the text of its pages. Anyone may have written it, so everything is bounded:
//! what streams inflate to, how deep trees go, how often anything is followed.

mod attached;
mod cmap;
mod text;

pub use attached::Attached;
pub use text::{PageText, Piece};

use lopdf::{Dictionary, LoadOptions, Object, ObjectId, Stream};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes that the streams of a file may inflate to in all, and any one of them: a sheet has four million at most.
const MAX_INFLATED: usize = 64 * 1024 * 1024;
const MAX_STREAM: usize = 8 * 1024 * 1024;
/// Bytes that a page's contents may have. Read, they take a hundred times as much.
const MAX_CONTENT: usize = 2 * 1024 * 1024;
/// Bytes that the streams of objects may inflate to in all, and any one of them. The library reads them before anything can be asked, and
/// read, they take fifty times as much.
const MAX_OBJECTS: usize = 8 * 1024 * 1024;
const MAX_OBJECT_STREAM: usize = 1024 * 1024;
/// Deepest tree of pages, of names, of inherited entries.
const MAX_DEPTH: usize = 32;
/// Most pages that are read.
const MAX_PAGES: usize = 2000;

/// Why nothing can be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadablePdf {
    /// It does not begin as a PDF does.
    #[error("it does not begin with `%PDF-`")]
    NotPdf,
    /// Its end is missing.
    #[error("its end is missing: the table of its parts and `%%EOF`, with which every PDF ends")]
    Truncated,
    /// It can be read with a password only.
    #[error("it is encrypted")]
    Encrypted,
    /// Its parts cannot be found.
    #[error("its parts cannot be found: {0}")]
    Broken(String),
}

/// A PDF that was read.
pub struct PdfFile {
    objects: lopdf::Document,
    /// Bytes that streams may still inflate to.
    budget: Cell<usize>,
}

thread_local! {
    /// Bytes that streams of objects may still inflate to in the file that is being read: the library takes a function without a
    /// memory of its own.
    static OBJECTS_LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Drops the streams of objects that together would take more than memory has.
fn within_bounds(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Ok(stream) = object.as_stream() else { return Some((id, object.clone())) };
    if stream.dict.has_type(b"ObjStm") {
        let left = OBJECTS_LEFT.get();
        let length = stream.get_plain_content_with_limit(left.min(MAX_OBJECT_STREAM)).ok()?.len();
        OBJECTS_LEFT.set(left.saturating_sub(length));
    }
    // A stream stays where it is; what is returned is used of objects within streams only.
    Some((id, Object::Null))
}

impl PdfFile {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no PDF, its end is missing, it is encrypted, or its parts cannot be found.
    pub fn open(bytes: &[u8]) -> Result<PdfFile, UnreadablePdf> {
        if !bytes.starts_with(b"%PDF-") {
            return Err(UnreadablePdf::NotPdf);
        }
        let tail = bytes.get(bytes.len().saturating_sub(1024)..).unwrap_or_default();
        let holds = |mark: &[u8]| tail.windows(mark.len()).any(|window| window == mark);
        if !holds(b"%%EOF") || !holds(b"startxref") {
            return Err(UnreadablePdf::Truncated);
        }
        OBJECTS_LEFT.set(MAX_OBJECTS);
        let options = LoadOptions {
            filter: Some(within_bounds),
            max_decompressed_size: Some(MAX_OBJECT_STREAM),
            ..LoadOptions::default()
        };
        // A library that reads what anyone may have written is not trusted to be without fault.
        let loaded = catch_unwind(AssertUnwindSafe(|| lopdf::Document::load_mem_with_options(bytes, options)));
        let objects = match loaded {
            Ok(Ok(objects)) => objects,
            Ok(Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_))) => {
                return Err(UnreadablePdf::Encrypted);
            }
            Ok(Err(error)) => return Err(UnreadablePdf::Broken(error.to_string())),
            Err(_) => return Err(UnreadablePdf::Broken("reading them failed".to_owned())),
        };
        if objects.is_encrypted() || objects.was_encrypted() {
            return Err(UnreadablePdf::Encrypted);
        }
        Ok(PdfFile { objects, budget: Cell::new(MAX_INFLATED) })
    }

    /// The program that says it made the file.
    pub fn producer(&self) -> Option<String> {
        let information = self.dictionary(self.objects.trailer.get(b"Info").ok()?)?;
        self.string(information, b"Producer")
    }

    /// An object in the place of a reference to it; references to references are followed a few times.
    fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        let mut object = object;
        for _ in 0..MAX_DEPTH {
            let Object::Reference(id) = object else { return object };
            match self.objects.objects.get(id) {
                Some(found) => object = found,
                None => return &Object::Null,
            }
        }
        &Object::Null
    }

    fn dictionary<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.resolve(object) {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    fn entry<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        dictionary.get(key).ok().map(|object| self.resolve(object)).filter(|object| !object.is_null())
    }

    fn entry_dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.dictionary(dictionary.get(key).ok()?)
    }

    fn entry_array<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> &'a [Object] {
        match self.entry(dictionary, key) {
            Some(Object::Array(items)) => items,
            _ => &[],
        }
    }

    fn string(&self, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
        lopdf::decode_text_string(self.entry(dictionary, key)?).ok()
    }

    fn catalog(&self) -> Option<&Dictionary> {
        self.dictionary(self.objects.trailer.get(b"Root").ok()?)
    }

    /// What a stream holds, inflated; `None` if it cannot be, or is larger than that.
    fn content(&self, stream: &Stream, most: usize) -> Option<Vec<u8>> {
        let content = stream.get_plain_content_with_limit(self.budget.get().min(most)).ok()?;
        self.spend(content.len()).then_some(content)
    }

    /// Counts bytes that the file makes us hold; false if they are too many.
    fn spend(&self, bytes: usize) -> bool {
        let left = self.budget.get().checked_sub(bytes);
        self.budget.set(left.unwrap_or_default());
        left.is_some()
    }

    /// The pages in order, each with what it inherits from.
    fn page_dictionaries(&self) -> Vec<Vec<&Dictionary>> {
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        if let Some(root) = self.catalog().and_then(|catalog| catalog.get(b"Pages").ok()) {
            self.collect_pages(root, &mut Vec::new(), &mut seen, &mut pages);
        }
        pages
    }

    fn collect_pages<'a>(
        &'a self,
        node: &'a Object,
        above: &mut Vec<&'a Dictionary>,
        seen: &mut BTreeSet<ObjectId>,
        pages: &mut Vec<Vec<&'a Dictionary>>,
    ) {
        // A node that was met before would lead round in a circle, or show a page twice.
        if node.as_reference().is_ok_and(|id| !seen.insert(id)) || above.len() >= MAX_DEPTH || pages.len() >= MAX_PAGES
        {
            return;
        }
        let Some(dictionary) = self.dictionary(node) else { return };
        above.push(dictionary);
        if dictionary.has(b"Kids") {
            for kid in self.entry_array(dictionary, b"Kids") {
                self.collect_pages(kid, above, seen, pages);
            }
        } else {
            pages.push(above.iter().rev().copied().collect());
        }
        above.pop();
    }
}
