//! What each element of a document's structure holds, in reading order.

use super::links::LinkedArea;
use super::mark::{Marks, is_transparent};
use crate::typeset::{Document, ElementId, Role};
use lopdf::ObjectId;
use std::collections::BTreeMap;

/// Where content stands in reading order: its page, and its number there.
pub(super) type Place = (usize, usize);

/// What an element holds.
pub(super) enum Kid {
    /// The marked content at a place.
    Content,
    /// The area of a link.
    Area(ObjectId),
    Element(ElementId),
    /// An empty cell, where a row has fewer than its table has columns.
    Padding,
}

/// The elements with what they hold, in reading order.
pub(super) struct Tree<'a> {
    document: &'a Document,
    pub(super) kids: Vec<Vec<(Place, Kid)>>,
    /// Where the content of each element and of those below it starts.
    pub(super) starts: Vec<Option<Place>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(document: &'a Document, marks: &Marks<'_>, links: &[LinkedArea]) -> Tree<'a> {
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

    pub(super) fn role(&self, element: ElementId) -> Option<&Role> {
        self.document.structure.get(element.0).map(|element| &element.role)
    }

    /// The element above, of those that have a tag; `None` for the document.
    pub(super) fn parent(&self, element: ElementId) -> Option<ElementId> {
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
    pub(super) fn is_kept(&self, index: usize) -> bool {
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
    pub(super) fn pad_rows(&mut self) {
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
    pub(super) fn levels(&self) -> BTreeMap<ElementId, usize> {
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
