//! The files inside a PDF.

use super::{MAX_DEPTH, MAX_STREAM, PdfFile};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// Most files that are taken out of a PDF.
const MAX_FILES: usize = 10_000;

/// A file inside a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its contents; `None` if they cannot be read.
    pub bytes: Option<Vec<u8>>,
}

impl PdfFile {
    /// The files inside, in the order of the list of names; then those that are associated with the document and not in that list.
    pub fn attachments(&self) -> Vec<Attached> {
        let Some(catalog) = self.catalog() else { return Vec::new() };
        let mut specifications = Vec::new();
        let mut seen = BTreeSet::new();
        let names = self.entry_dictionary(catalog, b"Names");
        if let Some(tree) = names.and_then(|names| self.entry_dictionary(names, b"EmbeddedFiles")) {
            self.collect_names(tree, 0, &mut seen, &mut specifications);
        }
        for associated in self.entry_array(catalog, b"AF") {
            if associated.as_reference().map_or(true, |id| seen.insert(id)) {
                specifications.push(associated);
            }
        }
        specifications.into_iter().take(MAX_FILES).filter_map(|object| self.attached(object)).collect()
    }

    fn collect_names<'a>(
        &'a self,
        node: &'a Dictionary,
        depth: usize,
        seen: &mut BTreeSet<ObjectId>,
        found: &mut Vec<&'a Object>,
    ) {
        // Names stand before what they name.
        for specification in self.entry_array(node, b"Names").iter().skip(1).step_by(2) {
            if specification.as_reference().map_or(true, |id| seen.insert(id)) {
                found.push(specification);
            }
        }
        for kid in self.entry_array(node, b"Kids") {
            let is_new = kid.as_reference().is_ok_and(|id| seen.insert(id));
            if is_new
                && depth < MAX_DEPTH
                && let Some(kid) = self.dictionary(kid)
            {
                self.collect_names(kid, depth + 1, seen, found);
            }
        }
    }

    fn attached(&self, specification: &Object) -> Option<Attached> {
        let specification = self.dictionary(specification)?;
        let name = self.string(specification, b"UF").or_else(|| self.string(specification, b"F")).unwrap_or_default();
        let files = self.entry_dictionary(specification, b"EF");
        let stream = files.and_then(|files| self.entry(files, b"UF").or_else(|| self.entry(files, b"F")));
        let bytes = stream.and_then(|stream| self.content(stream.as_stream().ok()?, MAX_STREAM));
        Some(Attached { name, bytes })
    }
}
