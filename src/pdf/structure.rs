//! The structure tree: what a screen reader goes through, and what text is taken out by.

use super::finish::catalog;
use super::links::LinkedArea;
use super::mark::{Marks, is_transparent, owner, tag};
use super::object::{self, Entries};
use super::{PdfError, extent};
use crate::typeset::{Document, ElementId, FrameItem, Role, Scope};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where content stands in reading order: its page, and its number there.
type Place = (usize, usize);

/// What an element holds.
enum Kid {
    /// The marked content at a place.
    Content,
    /// The area of a link.
    Area(ObjectId),
    Element(ElementId),
    /// An empty cell, where a row has fewer than its table has columns.
    Padding,
}

/// Objects that are written already.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    /// The number of each object, and where it lies among the bytes.
    pub(super) places: Vec<(u32, Range<usize>)>,
}

/// Adds the structure tree to the catalog, and ties pages and links to it. Returns its elements.
pub(super) fn add(
    document: &Document,
    marks: &Marks<'_>,
    links: &[LinkedArea],
    pages: &[ObjectId],
    objects: &mut lopdf::Document,
) -> Result<Written, PdfError> {
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
    let mut written = Written::default();
    for (index, object) in ids.iter().enumerate() {
        let (Some(object), Some(element)) = (object, document.structure.get(index)) else { continue };
        let parent = tree.parent(ElementId(index)).map_or(root, id);
        let kids = tree.kids.get(index).map_or(&[][..], Vec::as_slice);
        let own = writer.own_page(index);
        let start = written.bytes.len();
        let mut entries = Entries::begin(&mut written.bytes);
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
        written.places.push((object.0, start..written.bytes.len()));
    }
    let mut numbers = Vec::new();
    for (index, (page, elements)) in pages.iter().zip(&marks.pages).enumerate() {
        numbers.push(integer(index));
        numbers.push(Object::Array(elements.iter().map(|element| Object::Reference(id(*element))).collect()));
        let page = objects.get_object_mut(*page)?.as_dict_mut()?;
        page.set("StructParents", integer(index));
        page.set("Tabs", Object::Name(b"S".to_vec()));
    }
    for (key, link) in (pages.len()..).zip(links) {
        numbers.extend([integer(key), Object::Reference(id(link.element))]);
        objects.get_object_mut(link.annotation)?.as_dict_mut()?.set("StructParent", integer(key));
    }
    let parents = objects.add_object(dictionary! { "Nums" => numbers });
    let whole = ids.first().copied().flatten().unwrap_or(root);
    let entries = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => whole,
        "ParentTree" => parents,
        "ParentTreeNextKey" => integer(pages.len() + links.len()),
    };
    objects.objects.insert(root, Object::Dictionary(entries));
    let catalog = catalog(objects)?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(written)
}

/// What needs a space before it, except as the first member of a list.
fn plain(is_first: bool, bytes: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    if !is_first {
        bytes.push(b' ');
    }
    write(bytes);
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The elements with what they hold, in reading order.
struct Tree<'a> {
    document: &'a Document,
    kids: Vec<Vec<(Place, Kid)>>,
    /// Where the content of each element and of those below it starts.
    starts: Vec<Option<Place>>,
}

impl<'a> Tree<'a> {
    fn new(document: &'a Document, marks: &Marks<'_>, links: &[LinkedArea]) -> Tree<'a> {
        let count = document.structure.len();
        let mut tree = Tree { document, kids: (0..count).map(|_| Vec::new()).collect(), starts: vec![None; count] };
        let mut last = BTreeMap::new();
        for (page, elements) in marks.pages.iter().enumerate() {
            for (number, element) in elements.iter().enumerate() {
                last.insert((*element, page), (page, number));
                tree.hold(*element, (page, number), Kid::Content);
            }
        }
        for link in links {
            // Behind the text that it lies over.
            let place = last.get(&(link.element, link.page)).copied().unwrap_or((link.page, usize::MAX));
            tree.hold(link.element, place, Kid::Area(link.annotation));
        }
        for index in (1..count).rev() {
            if let (Some(parent), Some(start)) = (tree.parent(ElementId(index)), tree.starts[index]) {
                tree.start_at(parent, start);
            }
        }
        let mut previous: BTreeMap<ElementId, Place> = BTreeMap::new();
        for index in 1..count {
            let (element, Some(parent)) = (ElementId(index), tree.parent(ElementId(index))) else { continue };
            if is_transparent(document, element) || !tree.is_kept(index) {
                continue;
            }
            // What is empty follows what was made before it. A row's cells are read in their order, wherever their lines lie.
            let before = previous.get(&parent).copied();
            let place = match tree.starts[index] {
                Some(_) if tree.is_ordered(parent) => before.or(tree.starts[index]),
                start => start.or(before),
            };
            let place = place.unwrap_or_default();
            previous.insert(parent, place);
            if let Some(kids) = tree.kids.get_mut(parent.0) {
                kids.push((place, Kid::Element(element)));
            }
        }
        for kids in &mut tree.kids {
            kids.sort_by_key(|(place, _)| *place);
        }
        tree
    }

    fn hold(&mut self, element: ElementId, place: Place, kid: Kid) {
        if let Some(kids) = self.kids.get_mut(element.0) {
            kids.push((place, kid));
        }
        self.start_at(element, place);
    }

    fn start_at(&mut self, element: ElementId, place: Place) {
        if let Some(start) = self.starts.get_mut(element.0) {
            *start = Some(start.map_or(place, |start| start.min(place)));
        }
    }

    fn role(&self, element: ElementId) -> Option<&Role> {
        self.document.structure.get(element.0).map(|element| &element.role)
    }

    /// The element above, of those that have a tag; `None` for the document.
    fn parent(&self, element: ElementId) -> Option<ElementId> {
        let mut below = element;
        loop {
            // Parents come first: anything else would be a circle, and belongs to the document.
            let parent = self.document.structure.get(below.0)?.parent?;
            if parent >= below {
                return Some(ElementId(0)).filter(|root| *root != element);
            }
            if !is_transparent(self.document, parent) {
                return Some(parent);
            }
            below = parent;
        }
    }

    /// Whether the order of what an element holds is that in which it was made.
    fn is_ordered(&self, element: ElementId) -> bool {
        matches!(self.role(element), Some(Role::Table | Role::TableHead | Role::TableBody | Role::Row))
    }

    /// Elements without content are left out, except the document, and the cells of rows that have others.
    fn is_kept(&self, index: usize) -> bool {
        let has_content = |index: usize| self.starts.get(index).copied().flatten().is_some();
        let element = ElementId(index);
        if is_transparent(self.document, element) && index > 0 {
            return false;
        }
        index == 0
            || has_content(index)
            || matches!(self.role(element), Some(Role::Cell | Role::HeaderCell(_)))
                && self.parent(element).is_some_and(|row| has_content(row.0))
    }

    /// Gives every row of a table as many cells as its longest one.
    fn pad_rows(&mut self) {
        let mut columns: BTreeMap<ElementId, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for index in 0..self.kids.len() {
            let row = ElementId(index);
            if self.role(row) != Some(&Role::Row) || !self.is_kept(index) {
                continue;
            }
            let mut table = self.parent(row);
            while let Some(above) = table.filter(|above| self.role(*above) != Some(&Role::Table)) {
                table = self.parent(above);
            }
            let Some(table) = table else { continue };
            let count = columns.entry(table).or_default();
            *count = (*count).max(self.kids[index].len());
            rows.push((index, table));
        }
        for (index, table) in rows {
            let count = columns.get(&table).copied().unwrap_or_default();
            while self.kids[index].len() < count {
                self.kids[index].push(((0, 0), Kid::Padding));
            }
        }
    }

    /// The level of each heading, closed up: the first is 1, and none is more than one below the heading before it, whatever
    /// the Markdown skips (ISO 14289-1, 7.4.2). The title is of the first level.
    fn levels(&self) -> BTreeMap<ElementId, usize> {
        let mut headings: Vec<(Place, ElementId, u8)> = Vec::new();
        for (index, element) in self.document.structure.iter().enumerate() {
            let level = match element.role {
                Role::Title => 1,
                Role::Heading(level) => level,
                _ => continue,
            };
            if let Some(start) = self.starts[index] {
                headings.push((start, ElementId(index), level));
            }
        }
        headings.sort();
        let mut open: Vec<u8> = Vec::new();
        let mut levels = BTreeMap::new();
        for (_, element, level) in headings {
            while open.last().is_some_and(|above| *above >= level) {
                open.pop();
            }
            open.push(level);
            levels.insert(element, open.len().min(6));
        }
        levels
    }
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
        if let Some(attributes) = self.attributes(element, role) {
            object::dictionary(&attributes, entries.key("A"));
        }
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

    fn attributes(&self, element: ElementId, role: &Role) -> Option<Dictionary> {
        let is_block = self.tree.parent(element).and_then(|parent| self.tree.role(parent)).is_none_or(|parent| {
            !matches!(parent, Role::Paragraph | Role::Heading(_) | Role::Cell | Role::HeaderCell(_) | Role::Link)
        });
        Some(match role {
            Role::HeaderCell(_) if self.tree.starts.get(element.0).is_none_or(Option::is_none) => return None,
            Role::HeaderCell(Scope::Column) => dictionary! { "O" => "Table", "Scope" => "Column" },
            Role::HeaderCell(Scope::Row) => dictionary! { "O" => "Table", "Scope" => "Row" },
            Role::List => {
                let numbering = self.numberings.get(&element).copied().unwrap_or("None");
                dictionary! { "O" => "List", "ListNumbering" => numbering }
            }
            Role::Figure(_) => {
                let mut attributes = dictionary! { "O" => "Layout" };
                if is_block {
                    attributes.set("Placement", "Block");
                }
                if let Some(area) = self.areas.get(&element) {
                    attributes.set("BBox", area.map(Object::Real).to_vec());
                }
                attributes
            }
            // By itself, a piece of code or a note stands in a line.
            Role::Code | Role::Note if is_block => dictionary! { "O" => "Layout", "Placement" => "Block" },
            _ => return None,
        })
    }

    /// The page of the first content that an element itself holds.
    fn own_page(&self, index: usize) -> Option<usize> {
        let kids = self.tree.kids.get(index)?;
        kids.iter().find(|(_, kid)| matches!(kid, Kid::Content | Kid::Area(_))).map(|((page, _), _)| *page)
    }

    fn content(&self, (page, number): Place, own: Option<usize>, is_first: bool, bytes: &mut Vec<u8>) {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
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
