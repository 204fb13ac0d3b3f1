//! Bookmarks, nested as the headings are.

use super::PdfError;
use super::finish::{catalog, text_string};
use super::links::Places;
use crate::typeset::Bookmark;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// A bookmark with those below it.
struct Branch<'a> {
    bookmark: &'a Bookmark,
    branches: Vec<Branch<'a>>,
}

/// Adds the outline to the catalog, if there is a heading.
pub(super) fn add(bookmarks: &[Bookmark], places: &Places, objects: &mut lopdf::Document) -> Result<(), PdfError> {
    let (branches, _) = grow(bookmarks, 0);
    if branches.is_empty() {
        return Ok(());
    }
    let root = objects.new_object_id();
    let (first, last, count) = write(&branches, root, places, objects);
    let outlines = dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count };
    objects.objects.insert(root, Object::Dictionary(outlines));
    let catalog = catalog(objects)?;
    catalog.set("Outlines", root);
    catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    Ok(())
}

/// The bookmarks deeper than a level, as branches, and how many they are in all.
fn grow(bookmarks: &[Bookmark], above: u8) -> (Vec<Branch<'_>>, usize) {
    let mut branches = Vec::new();
    let mut taken = 0;
    while let Some(bookmark) = bookmarks.get(taken).filter(|bookmark| bookmark.level > above) {
        let (below, count) = grow(&bookmarks[taken + 1..], bookmark.level);
        branches.push(Branch { bookmark, branches: below });
        taken += 1 + count;
    }
    (branches, taken)
}

/// Writes branches; tells the first one, the last one, and how many show when all is open.
fn write(
    branches: &[Branch<'_>],
    parent: ObjectId,
    places: &Places,
    objects: &mut lopdf::Document,
) -> (Object, Object, i64) {
    let ids: Vec<ObjectId> = branches.iter().map(|_| objects.new_object_id()).collect();
    let mut shown = 0;
    for (index, (branch, id)) in branches.iter().zip(&ids).enumerate() {
        let mut item = Dictionary::new();
        item.set("Title", text_string(&branch.bookmark.title));
        item.set("Parent", parent);
        if let Some(destination) = places.destination(&branch.bookmark.anchor) {
            item.set("Dest", destination);
        }
        if let Some(previous) = index.checked_sub(1).and_then(|previous| ids.get(previous)) {
            item.set("Prev", *previous);
        }
        if let Some(next) = ids.get(index + 1) {
            item.set("Next", *next);
        }
        shown += 1;
        if !branch.branches.is_empty() {
            let (first, last, count) = write(&branch.branches, *id, places, objects);
            item.set("First", first);
            item.set("Last", last);
            item.set("Count", count);
            shown += count;
        }
        objects.objects.insert(*id, Object::Dictionary(item));
    }
    let end = |id: Option<&ObjectId>| id.map_or(Object::Null, |id| Object::Reference(*id));
    (end(ids.first()), end(ids.last()), shown)
}
