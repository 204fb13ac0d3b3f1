//! Proof that setting a text has neither added nor changed a numeral: what the pages hold, read in the order of their structure, is held
//! against the Markdown.

use super::Manuscript;
use super::arrange::arrange;
use super::blocks::{Block, Inline, Item, Table};
use super::figure;
use super::frame::{Document, ElementId, FrameItem, GlyphRun, LinkTarget, Role};
use super::front_matter::FrontMatter;
use super::inline::{MARK_SEPARATOR, NOTE_ANCHOR};
use super::signs::{amounts, is_mark, signs};
use crate::chart::Pictures;
use std::collections::{BTreeMap, BTreeSet};

/// Numerals of the pages that are not those of the Markdown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumeralFault {
    /// A block of text.
    #[error("page {page} shows the numerals `{shown}` where the text has `{written}`, in “{context}”")]
    Content {
        /// The page on which the block starts; the last one, if it is not there at all.
        page: usize,
        /// The numerals on the pages, one after the other.
        shown: String,
        /// Those of the Markdown.
        written: String,
        /// The text around them.
        context: String,
    },
    /// A running head or foot, or a table's header on a later page.
    #[error(
        "page {page} shows the number `{shown}` outside the text, where only those of its front matter and the page number belong"
    )]
    RunningMatter {
        /// The page.
        page: usize,
        /// The number.
        shown: String,
    },
    /// A chart.
    #[error("a chart shows the number `{shown}`, which its alternative text does not say: “{alternative}”")]
    Alternative {
        /// The number.
        shown: String,
        /// The alternative text.
        alternative: String,
    },
}

/// A stretch of text that is read in one go, with the marks of its notes apart: a mark stands close to the figure before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Stretch {
    text: String,
    notes: Vec<String>,
}

impl Stretch {
    fn of(text: impl Into<String>) -> Stretch {
        Stretch { text: text.into(), notes: Vec::new() }
    }

    /// The numerals, one after the other, with the points and commas of the text, which may be decimal marks. Spaces count for
    /// nothing: a line may end at them.
    fn numerals(&self) -> String {
        let mut numerals = String::new();
        for (at, sign) in signs(&self.text) {
            if !self.text[at..].starts_with(MARK_SEPARATOR) {
                numerals.push(sign);
            }
        }
        for note in self.notes.iter().filter(|note| has_numeral(note)) {
            numerals.push_str(" [");
            numerals.push_str(note);
            numerals.push(']');
        }
        numerals
    }

    fn has_numeral(&self) -> bool {
        has_numeral(&self.text) || self.notes.iter().any(|note| has_numeral(note))
    }
}

fn has_numeral(text: &str) -> bool {
    signs(text).any(|(_, sign)| !is_mark(sign))
}

/// Holds the numerals of a document's pages against those of the Markdown that it was set from. Text of the structure must have the same ones
/// in the same order; running matter may have those of the front matter, and the number of its page.
pub fn compare_numerals(markdown: &str, document: &Document) -> Vec<NumeralFault> {
    compare_numerals_with_pictures(markdown, &Pictures::new(), document)
}

/// The same for a document with charts: a chart on a page has the numerals of its data, and its alternative text says every number of it.
pub fn compare_numerals_with_pictures(markdown: &str, pictures: &Pictures, document: &Document) -> Vec<NumeralFault> {
    // A document was set from it, so that its front matter can be read.
    Manuscript::read(markdown).map(|text| text.compare_numerals(pictures, document)).unwrap_or_default()
}

/// The same for Markdown that has been read.
pub(super) fn compare(
    metadata: &FrontMatter,
    blocks: &[Block],
    pictures: &Pictures,
    document: &Document,
) -> Vec<NumeralFault> {
    let mut written = Vec::new();
    if document.form.is_empty() {
        let uppercase = metadata.kicker.as_ref().map(|kicker| kicker.to_uppercase());
        let block = [uppercase.as_ref(), metadata.edition.as_ref(), metadata.title.as_ref()];
        written.extend(block.into_iter().flatten().map(Stretch::of));
    }
    let text = super::flow::without_title(metadata, blocks);
    let blocks = arrange(document.arrangement, text, metadata.language());
    let mut reader = Reader { pictures, written, unsaid: Vec::new() };
    reader.read_all(&blocks);
    let Reader { written, unsaid, .. } = reader;
    let mut heads = Vec::new();
    table_heads(&blocks, &mut heads);
    let mut faults = Vec::from_iter(content(&written, document));
    faults.extend(unsaid);
    faults.extend(form(document));
    faults.extend(running_matter(document, &heads));
    faults
}

/// Where the stretches with numerals differ: the first place only, since every later one would be an echo.
fn content(written: &[Stretch], document: &Document) -> Option<NumeralFault> {
    let shown = stretches(document, |element| !document.form.contains_key(&element));
    let mut shown = shown.iter().filter(|(_, stretch)| stretch.has_numeral());
    let mut written = written.iter().filter(|stretch| stretch.has_numeral());
    loop {
        let (shown, written) = (shown.next(), written.next());
        let numerals = (shown.map(|(_, stretch)| stretch.numerals()), written.map(Stretch::numerals));
        if numerals.0 != numerals.1 {
            let text = shown.map(|(_, stretch)| stretch).or(written).map(|stretch| stretch.text.clone());
            return Some(NumeralFault::Content {
                page: shown.map_or(document.pages.len(), |(page, _)| *page),
                shown: numerals.0.unwrap_or_default(),
                written: numerals.1.unwrap_or_default(),
                context: text.unwrap_or_default(),
            });
        }
        shown?;
    }
}

/// Where the form of an official document shows other numerals than its office and its date gave.
fn form(document: &Document) -> Option<NumeralFault> {
    document.form.iter().find_map(|(element, text)| {
        let shown = stretches(document, |other| other == *element);
        let page = shown.first().map_or(document.pages.len(), |(page, _)| *page);
        let shown: String = shown.iter().map(|(_, stretch)| stretch.text.as_str()).collect();
        let (shown, written) = (Stretch::of(shown.as_str()).numerals(), Stretch::of(text.as_str()).numerals());
        (shown != written).then(|| NumeralFault::Content { page, shown, written, context: text.clone() })
    })
}

/// Collects the stretches of the Markdown, in the order in which they are read.
struct Reader<'a> {
    pictures: &'a Pictures,
    written: Vec<Stretch>,
    /// Numbers of charts that their alternative texts do not say.
    unsaid: Vec<NumeralFault>,
}

impl Reader<'_> {
    fn read_all(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.read(block);
        }
    }

    fn read(&mut self, block: &Block) {
        let written = &mut self.written;
        match block {
            Block::Paragraph { inlines, .. } if figure::charts(self.pictures, inlines).is_some() => {
                self.charts(inlines);
            }
            Block::Heading { inlines, .. } | Block::Paragraph { inlines, .. } => written.push(stretch(inlines)),
            Block::Code(code) => written.push(Stretch::of(code.as_str())),
            Block::Quote(blocks) => self.read_all(blocks),
            Block::List(list) => {
                for (index, Item { task, blocks }) in list.items.iter().enumerate() {
                    self.written.push(Stretch::of(super::list::marker(list, index, *task)));
                    self.read_all(blocks);
                }
            }
            Block::Table(table) if table.key_figures => {
                for column in 0..columns(table) {
                    let cells = rows(table).filter_map(|row| row.get(column));
                    written.extend(cells.map(|cell| stretch(cell)));
                }
            }
            Block::Table(table) => written.extend(rows(table).flatten().map(|cell| stretch(cell))),
            Block::Notes(notes) => {
                for note in notes {
                    self.written.push(Stretch::of(note.label.as_str()));
                    self.read_all(&note.blocks);
                }
            }
            Block::ThematicBreak => {}
        }
    }

    fn charts(&mut self, inlines: &[Inline]) {
        for (alternative, chart) in figure::charts(self.pictures, inlines).unwrap_or_default() {
            let texts = chart.texts();
            let said = amounts(alternative);
            let unsaid = texts.iter().flat_map(|text| amounts(text)).filter(|number| !said.contains(number));
            self.unsaid.extend(unsaid.map(|number| NumeralFault::Alternative {
                shown: number.to_owned(),
                alternative: alternative.to_owned(),
            }));
            self.written.push(Stretch::of(texts.concat()));
        }
    }
}

fn rows(table: &Table) -> impl Iterator<Item = &Vec<Vec<Inline>>> {
    std::iter::once(&table.head).chain(&table.rows)
}

fn columns(table: &Table) -> usize {
    rows(table).map(Vec::len).max().unwrap_or(0)
}

fn stretch(inlines: &[Inline]) -> Stretch {
    let mut stretch = Stretch::default();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Image { alternative: text, .. } => stretch.text.push_str(text),
            Inline::NoteMark(label) => stretch.notes.push(label.clone()),
            Inline::LineBreak => {}
        }
    }
    stretch
}

/// The texts of the headers of tables, which may be repeated.
fn table_heads<'a>(blocks: &'a [Block], heads: &mut Vec<&'a [Vec<Inline>]>) {
    for block in blocks {
        match block {
            Block::Table(table) => heads.push(&table.head),
            Block::Quote(blocks) => table_heads(blocks, heads),
            Block::List(list) => list.items.iter().for_each(|item| table_heads(&item.blocks, heads)),
            Block::Notes(notes) => notes.iter().for_each(|note| table_heads(&note.blocks, heads)),
            _ => {}
        }
    }
}

/// What the pages hold as text of some elements, in the order of the structure, each with its page from 1.
fn stretches(document: &Document, is_wanted: impl Fn(ElementId) -> bool) -> Vec<(usize, Stretch)> {
    let count = document.structure.len();
    let mut is_note_mark = vec![false; count];
    for (_, item) in items(document) {
        if let FrameItem::Link(link) = item
            && let LinkTarget::Anchor(anchor) = &link.target
            && anchor.starts_with(NOTE_ANCHOR)
            && let Some(is_mark) = is_note_mark.get_mut(link.element.0)
        {
            *is_mark = true;
        }
    }
    let order = reading_order(document);
    // By the place at which they are read; what has none is read last.
    let mut stretches: Vec<Option<(usize, Stretch)>> = vec![None; count + 1];
    let mut marks: BTreeMap<ElementId, (usize, String)> = BTreeMap::new();
    for (page, run) in runs(document) {
        let Some(element) = run.element.filter(|element| is_wanted(*element)) else { continue };
        let place = order.get(block_of(document, element).0).map_or(count, |place| (*place).min(count));
        let Some(slot) = stretches.get_mut(place) else { continue };
        let (_, stretch) = slot.get_or_insert_with(|| (page, Stretch::default()));
        if is_note_mark.get(element.0) == Some(&true) {
            marks.entry(element).or_insert_with(|| (place, String::new())).1.push_str(&run.text);
        } else {
            stretch.text.push_str(&run.text);
        }
    }
    for (place, mark) in marks.into_values() {
        if let Some(Some((_, stretch))) = stretches.get_mut(place) {
            stretch.notes.push(mark);
        }
    }
    stretches.into_iter().flatten().collect()
}

fn items(document: &Document) -> impl Iterator<Item = (usize, &FrameItem)> {
    let pages = document.pages.iter().enumerate();
    pages.flat_map(|(index, page)| page.items.iter().map(move |item| (index + 1, item)))
}

fn runs(document: &Document) -> impl Iterator<Item = (usize, &GlyphRun)> {
    items(document).filter_map(|(page, item)| match item {
        FrameItem::Text(run) => Some((page, run)),
        _ => None,
    })
}

/// The element that a text is read with: links and pictures within a line are read with the line.
fn block_of(document: &Document, element: ElementId) -> ElementId {
    let mut block = element;
    while let Some(found) = document.structure.get(block.0)
        && matches!(found.role, Role::Link | Role::Superscript | Role::Figure(_) | Role::Foreign(_))
        && let Some(parent) = found.parent
        && document.structure.get(parent.0).is_some_and(|parent| holds_lines(&parent.role))
    {
        block = parent;
    }
    block
}

fn holds_lines(role: &Role) -> bool {
    matches!(
        role,
        Role::Title
            | Role::Heading(_)
            | Role::Paragraph
            | Role::Code
            | Role::Label
            | Role::HeaderCell(_)
            | Role::Cell
            | Role::Link
            | Role::Superscript
            | Role::Figure(_)
            | Role::Foreign(_)
    )
}

/// The place of each element when the structure is read from its root: an element before its children, children as they were made.
fn reading_order(document: &Document) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let count = document.structure.len();
    // Each element's last child, and the one that was made before it of the same parent.
    let mut last_child = vec![NONE; count];
    let mut sibling_before = vec![NONE; count];
    for (index, element) in document.structure.iter().enumerate() {
        if let Some(last) = element.parent.and_then(|parent| last_child.get_mut(parent.0)) {
            sibling_before[index] = std::mem::replace(last, index);
        }
    }
    let mut order = vec![NONE; count];
    let mut open = vec![0];
    let mut next = 0;
    while let Some(element) = open.pop() {
        let Some(place) = order.get_mut(element) else { continue };
        *place = next;
        next += 1;
        // The last of them is the first to be put on the stack, and so the last to be read.
        open.extend(
            std::iter::successors(last_child.get(element).copied(), |child| sibling_before.get(*child).copied())
                .take_while(|child| *child != NONE),
        );
    }
    order
}

/// Numbers outside the text that belong neither to the front matter nor to the page.
fn running_matter(document: &Document, heads: &[&[Vec<Inline>]]) -> Vec<NumeralFault> {
    let metadata = &document.metadata;
    let matter = [&metadata.title, &metadata.edition, &metadata.running_head, &metadata.running_foot];
    let mut allowed: BTreeSet<String> = matter.into_iter().flatten().flat_map(|text| numbers(text)).collect();
    for cell in heads.iter().copied().flatten() {
        let Stretch { text, notes } = stretch(cell);
        allowed.extend(numbers(&text).into_iter().chain(notes));
    }
    let mut faults = Vec::new();
    let mut page_label = (0, Vec::new());
    for (page, run) in runs(document).filter(|(_, run)| run.element.is_none() && has_numeral(&run.text)) {
        if page_label.0 != page {
            page_label = (page, numbers(&metadata.page_label(page, document.pages.len())));
        }
        let strange =
            numbers(&run.text).into_iter().filter(|number| !allowed.contains(number) && !page_label.1.contains(number));
        faults.extend(strange.map(|shown| NumeralFault::RunningMatter { page, shown }));
    }
    faults
}

/// The runs of numerals of a text.
fn numbers(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_numeric()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}
