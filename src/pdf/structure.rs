//! The structure tree: what a screen reader goes through, and what text is taken out by.

use super::finish::catalog;
use super::links::LinkedArea;
use super::mark::{Marks, owner, tag};
use super::object::{self, Entries, Written, whole};
use super::tree::{Kid, Place, Tree};
use super::{PdfError, extent};
use crate::typeset::{Document, ElementId, FrameItem, Role, Scope};
use lopdf::{Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Adds the structure tree to the catalog, ties pages and links to it, and writes its elements.
pub(super) fn add(
    document: &Document,
    marks: &Marks<'_>,
    links: &[LinkedArea],
    pages: &[ObjectId],
    written: &mut Written,
    objects: &mut lopdf::Document,
) -> Result<(), PdfError> {
    let root = objects.new_object_id();
    let mut tree = Tree::new(document, marks, links);
    tree.pad_rows();
    let ids: Vec<Option<ObjectId>> =
        (0..document.structure.len()).map(|index| tree.is_kept(index).then(|| objects.new_object_id())).collect();
    let id = |element: ElementId| ids.get(element.0).copied().flatten().unwrap_or(root);
    let writer = Writer {
        tree: &tree,
        pages,
        said: &marks.said,
        levels: tree.levels(),
        areas: extent::areas(document),
        numberings: numberings(document),
    };
    for (index, object) in ids.iter().enumerate() {
        let (Some(object), Some(element)) = (object, document.structure.get(index)) else { continue };
        let parent = tree.parent(ElementId(index)).map_or(root, id);
        let kids = tree.kids.get(index).map_or(&[][..], Vec::as_slice);
        let own = writer.own_page(index);
        written.add(*object, |bytes| {
            let mut entries = Entries::begin(bytes);
            writer.element(ElementId(index), &element.role, parent, &mut entries);
            if !kids.is_empty() {
                let bytes = entries.key("K");
                let is_list = kids.len() > 1;
                if is_list {
                    bytes.push(b'[');
                }
                for (number, (place, kid)) in kids.iter().enumerate() {
                    let is_first = is_list && number == 0;
                    match kid {
                        Kid::Element(element) => plain(is_first, bytes, |bytes| object::reference(id(*element), bytes)),
                        Kid::Padding => {
                            let cell = objects.add_object(dictionary! { "S" => "TD", "P" => *object });
                            plain(is_first, bytes, |bytes| object::reference(cell, bytes));
                        }
                        Kid::Content => writer.content(*place, own, is_first, bytes),
                        Kid::Area(area) => writer.area(*place, *area, own, bytes),
                    }
                }
                if is_list {
                    bytes.push(b']');
                }
            }
            entries.end();
        });
    }
    let mut numbers = Vec::new();
    for (index, (page, elements)) in pages.iter().zip(&marks.pages).enumerate() {
        numbers.push(whole(index).into());
        numbers.push(Object::Array(elements.iter().map(|element| Object::Reference(id(*element))).collect()));
        let page = objects.get_object_mut(*page)?.as_dict_mut()?;
        page.set("StructParents", whole(index));
        page.set("Tabs", Object::Name(b"S".to_vec()));
    }
    for (key, link) in (pages.len()..).zip(links) {
        numbers.extend([Object::Integer(whole(key)), Object::Reference(id(link.element))]);
    }
    let parents = objects.add_object(dictionary! { "Nums" => numbers });
    let document_element = ids.first().copied().flatten().unwrap_or(root);
    let entries = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => document_element,
        "ParentTree" => parents,
        "ParentTreeNextKey" => whole(pages.len() + links.len()),
    };
    objects.objects.insert(root, Object::Dictionary(entries));
    let catalog = catalog(objects)?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// What needs a space before it, except as the first member of a list.
fn plain(is_first: bool, bytes: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    if !is_first {
        bytes.push(b' ');
    }
    write(bytes);
}

/// Writes the attributes of an element that one owner defines (ISO 32000-1, 14.8.5).
fn attribute(owner: &str, write: impl FnOnce(&mut Entries<'_>), entries: &mut Entries<'_>) {
    let mut attributes = Entries::begin(entries.key("A"));
    attributes.name("O", owner);
    write(&mut attributes);
    attributes.end();
}

/// Turns elements into objects.
struct Writer<'a> {
    tree: &'a Tree<'a>,
    pages: &'a [ObjectId],
    said: &'a BTreeMap<ElementId, String>,
    levels: BTreeMap<ElementId, usize>,
    areas: BTreeMap<ElementId, [f32; 4]>,
    numberings: BTreeMap<ElementId, &'static str>,
}

impl Writer<'_> {
    /// What an element is, without what it holds.
    fn element(&self, element: ElementId, role: &Role, parent: ObjectId, entries: &mut Entries<'_>) {
        entries.name("S", self.tag(element, role));
        entries.reference("P", parent);
        if let Some(page) = self.own_page(element.0).and_then(|page| self.pages.get(page)) {
            entries.reference("Pg", *page);
        }
        match role {
            Role::Note => entries.text("ID", &format!("note-{}", element.0)),
            Role::Figure(alternative) => {
                let words: Vec<&str> = alternative.split_whitespace().collect();
                entries.text("Alt", &words.join(" "));
            }
            Role::Foreign(language) => entries.text("Lang", language),
            _ => {}
        }
        if let Some(said) = self.said.get(&element) {
            entries.text("ActualText", said);
        }
        self.attributes(element, role, entries);
    }

    fn tag(&self, element: ElementId, role: &Role) -> &'static str {
        let kids = self.tree.kids.get(element.0);
        let leads = kids.is_some_and(|kids| kids.iter().any(|(_, kid)| matches!(kid, Kid::Area(_))));
        let is_empty = self.tree.starts.get(element.0).is_none_or(Option::is_none);
        let has_rows = |table: ElementId| {
            let kids = self.tree.kids.get(table.0).into_iter().flatten();
            kids.filter_map(|(_, kid)| match kid {
                Kid::Element(part) => self.tree.role(*part),
                _ => None,
            })
            .any(|role| *role == Role::TableBody)
        };
        match (role, self.levels.get(&element)) {
            (_, Some(level)) => ["H1", "H2", "H3", "H4", "H5", "H6"].get(level.wrapping_sub(1)).unwrap_or(&"H6"),
            // A link that leads nowhere is text.
            (Role::Link, _) if !leads => "Span",
            // An empty cell heads nothing.
            (Role::HeaderCell(_), _) if is_empty => "TD",
            // A table has no head without a body (7.2).
            (Role::TableHead, _) if !self.tree.parent(element).is_some_and(has_rows) => "TBody",
            _ => tag(role),
        }
    }

    fn attributes(&self, element: ElementId, role: &Role, entries: &mut Entries<'_>) {
        let is_block = || {
            self.tree.parent(element).and_then(|parent| self.tree.role(parent)).is_none_or(|parent| {
                !matches!(parent, Role::Paragraph | Role::Heading(_) | Role::Cell | Role::HeaderCell(_) | Role::Link)
            })
        };
        let is_empty = || self.tree.starts.get(element.0).is_none_or(Option::is_none);
        match role {
            Role::HeaderCell(_) if is_empty() => {}
            Role::HeaderCell(scope) => {
                let scope = if *scope == Scope::Column { "Column" } else { "Row" };
                attribute("Table", |attributes| attributes.name("Scope", scope), entries);
            }
            Role::List => {
                let numbering = self.numberings.get(&element).copied().unwrap_or("None");
                attribute("List", |attributes| attributes.name("ListNumbering", numbering), entries);
            }
            Role::Figure(_) => {
                let layout = |attributes: &mut Entries<'_>| {
                    if is_block() {
                        attributes.name("Placement", "Block");
                    }
                    if let Some(area) = self.areas.get(&element) {
                        object::area(*area, attributes.key("BBox"));
                    }
                };
                attribute("Layout", layout, entries);
            }
            // By itself, a piece of code or a note stands in a line.
            Role::Code | Role::Note if is_block() => {
                attribute("Layout", |attributes| attributes.name("Placement", "Block"), entries);
            }
            _ => {}
        }
    }

    /// The page of the first content that an element itself holds.
    fn own_page(&self, index: usize) -> Option<usize> {
        let kids = self.tree.kids.get(index)?;
        kids.iter().find(|(_, kid)| matches!(kid, Kid::Content | Kid::Area(_))).map(|((page, _), _)| *page)
    }

    fn content(&self, (page, number): Place, own: Option<usize>, is_first: bool, bytes: &mut Vec<u8>) {
        let number = whole(number);
        let Some(page) = self.pages.get(page).filter(|_| own != Some(page)) else {
            return plain(is_first, bytes, |bytes| object::integer(number, bytes));
        };
        let mut entries = Entries::begin(bytes);
        entries.name("Type", "MCR");
        entries.reference("Pg", *page);
        let bytes = entries.key("MCID");
        bytes.push(b' ');
        object::integer(number, bytes);
        entries.end();
    }

    fn area(&self, (page, _): Place, annotation: ObjectId, own: Option<usize>, bytes: &mut Vec<u8>) {
        let mut entries = Entries::begin(bytes);
        entries.name("Type", "OBJR");
        entries.reference("Obj", annotation);
        if let Some(page) = self.pages.get(page).filter(|_| own != Some(page)) {
            entries.reference("Pg", *page);
        }
        entries.end();
    }
}

/// What marks the items of each list, from the first label: the names of ISO 32000-1, table 347.
fn numberings(document: &Document) -> BTreeMap<ElementId, &'static str> {
    let parent = |element: ElementId| document.structure.get(element.0).and_then(|element| element.parent);
    let mut numberings = BTreeMap::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        let (FrameItem::Text(run), Some(element)) = (item, owner(item)) else { continue };
        let is_label = document.structure.get(element.0).is_some_and(|element| element.role == Role::Label);
        let Some(list) = parent(element).and_then(parent).filter(|_| is_label) else { continue };
        let numbering = match run.text.trim_start().chars().next() {
            Some('0'..='9') => "Decimal",
            Some('☐' | '☑') => "Square",
            _ => "Disc",
        };
        numberings.entry(list).or_insert(numbering);
    }
    numberings
}
