//! Links, and the places in the document that links and bookmarks lead to.

use super::PdfError;
use super::object::{self, Entries, Written, whole};
use crate::typeset::style::PAGE_HEIGHT;
use crate::typeset::{Document, ElementId, FrameItem, Link, LinkTarget, Role};
use lopdf::{Object, ObjectId};
use std::collections::BTreeMap;

/// How much is shown above a place that is gone to, in points.
const HEADROOM: f32 = 6.0;

/// Where each anchor lies.
pub(super) struct Places {
    pub(super) pages: Vec<ObjectId>,
    anchors: BTreeMap<String, (ObjectId, f32, f32)>,
}

impl Places {
    pub(super) fn new(document: &Document, objects: &lopdf::Document) -> Places {
        let pages: Vec<ObjectId> = objects.get_pages().into_values().collect();
        let mut anchors = BTreeMap::new();
        for (page, id) in document.pages.iter().zip(&pages) {
            for item in &page.items {
                if let FrameItem::Anchor { name, x, y } = item {
                    anchors.entry(name.clone()).or_insert((*id, *x, *y));
                }
            }
        }
        Places { pages, anchors }
    }

    /// The destination of an anchor: its page, scrolled to it.
    pub(super) fn destination(&self, anchor: &str) -> Option<Object> {
        let (page, x, y) = self.anchors.get(anchor)?;
        let top = (PAGE_HEIGHT - y + HEADROOM).min(PAGE_HEIGHT);
        Some(Object::Array(vec![
            Object::Reference(*page),
            Object::Name(b"XYZ".to_vec()),
            Object::Real(rounded((x - HEADROOM).max(0.0))),
            Object::Real(rounded(top)),
            Object::Null,
        ]))
    }
}

/// An area that leads somewhere, as it was written.
pub(super) struct LinkedArea {
    pub(super) annotation: ObjectId,
    /// The index of its page.
    pub(super) page: usize,
    pub(super) element: ElementId,
}

/// Adds each page's links as its annotations, and writes these.
pub(super) fn add(
    document: &Document,
    places: &Places,
    written: &mut Written,
    objects: &mut lopdf::Document,
) -> Result<Vec<LinkedArea>, PdfError> {
    let mut areas = Vec::new();
    for (index, (page, id)) in document.pages.iter().zip(&places.pages).enumerate() {
        let mut annotations = Vec::new();
        for item in &page.items {
            if let FrameItem::Link(link) = item
                && let Some(target) = target(link, places)
            {
                let annotation = objects.new_object_id();
                // In the parent tree, links come after the pages.
                let key = whole(places.pages.len() + areas.len());
                written.add(annotation, |bytes| write(link, &target, key, bytes));
                areas.push(LinkedArea { annotation, page: index, element: link_of(document, link.element) });
                annotations.push(Object::Reference(annotation));
            }
        }
        let page = objects.get_object_mut(*id)?.as_dict_mut()?;
        page.remove(b"Annots");
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
    }
    Ok(areas)
}

/// The link that an element is, or is in: a picture, or words of another language, may be all that a link shows.
fn link_of(document: &Document, element: ElementId) -> ElementId {
    let mut above = Some(element);
    while let Some(id) = above
        && let Some(node) = document.structure.get(id.0)
    {
        if node.role == Role::Link {
            return id;
        }
        // Parents come first: anything else would be a circle.
        above = node.parent.filter(|parent| *parent < id);
    }
    element
}

/// Where a link leads, as it is written; `None` if it leads nowhere.
fn target(link: &Link, places: &Places) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match &link.target {
        LinkTarget::Uri(uri) if uri.trim().is_empty() => return None,
        LinkTarget::Uri(uri) => {
            bytes.extend(b"/A");
            let mut action = Entries::begin(&mut bytes);
            action.name("S", "URI");
            action.text("URI", &ascii(uri));
            action.end();
        }
        LinkTarget::Anchor(anchor) => {
            bytes.extend(b"/Dest");
            object::object(&places.destination(anchor)?, &mut bytes);
        }
    }
    Some(bytes)
}

/// Writes a link's area on its page (ISO 32000-1, 12.5.6.5).
fn write(link: &Link, target: &[u8], key: i64, bytes: &mut Vec<u8>) {
    let area = link.area;
    let foot = PAGE_HEIGHT - area.y - area.height;
    let mut entries = Entries::begin(bytes);
    entries.name("Subtype", "Link");
    object::area([area.x, foot, area.x + area.width, foot + area.height], entries.key("Rect"));
    // No border, and printed: PDF/A asks for it.
    entries.key("Border").extend(b"[0 0 0]/F 4");
    entries.text("Contents", &link.contents);
    entries.bytes().extend(target);
    entries.number("StructParent", key);
    entries.end();
}

/// To the hundredth of a point.
fn rounded(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

/// A URI is ASCII: other letters are percent-encoded.
fn ascii(uri: &str) -> String {
    let mut ascii = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push('%');
            for digit in [byte >> 4, byte & 15] {
                ascii.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    ascii
}
