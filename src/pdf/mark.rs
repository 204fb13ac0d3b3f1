//! Marked content: which letters of a page belong to which element, and what is decoration.

use super::content::{Content as Drawn, Property};
use crate::typeset::style::PAGE_HEIGHT;
use crate::typeset::{Document, ElementId, FrameItem, GlyphRun, LinkTarget, MARK_SEPARATOR, NOTE_ANCHOR, Page, Role};
use std::collections::{BTreeMap, BTreeSet};

/// What is marked so far.
pub(super) struct Marks<'a> {
    document: &'a Document,
    /// What is read in place of the letters of note marks and other superscripts.
    readings: BTreeMap<ElementId, Reading>,
    /// What was said in their place, as the letters around them asked.
    pub(super) said: BTreeMap<ElementId, String>,
    /// For each page, the elements of its sequences; a sequence's index is its number on the page (MCID).
    pub(super) pages: Vec<Vec<ElementId>>,
    open: Option<Open>,
    /// The last letter that was drawn.
    last_letter: Option<char>,
    /// From this item of the page on, there is running matter only.
    running_from: usize,
    /// The note marks that were drawn, by their letters, place and size: where a head is repeated, so are its marks.
    drawn: BTreeMap<(String, u32, u32), ElementId>,
    /// The items of the page that only keep note marks apart.
    separators: BTreeSet<usize>,
}

/// What is read in place of letters above the line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    /// A mark's label, in brackets: the mark of note 1 behind 15 is not to be read, searched or copied as 151.
    Mark(String),
    /// Other letters: `10⁹` is not 109.
    Letters(String),
}

/// A sequence that is open.
struct Open {
    content: Content,
    /// How many ends it needs.
    depth: usize,
}

/// What a stretch of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// Text or drawing of an element.
    Element(ElementId),
    /// Text of an element that is read as a mere space: it keeps note marks apart, and these are read in brackets.
    Separator(ElementId),
    /// Rules, panels, and pictures that say nothing.
    Layout,
    /// What a page break repeats: a table's header.
    Pagination,
    /// The mark of a note in what a page break repeats.
    RepeatedMark(ElementId),
    /// The head of the page.
    Header,
    /// The foot of the page.
    Footer,
}

impl<'a> Marks<'a> {
    pub(super) fn new(document: &'a Document) -> Marks<'a> {
        Marks {
            document,
            readings: readings(document),
            said: BTreeMap::new(),
            pages: Vec::new(),
            open: None,
            last_letter: None,
            running_from: 0,
            drawn: BTreeMap::new(),
            separators: BTreeSet::new(),
        }
    }

    /// Begins a page.
    pub(super) fn start(&mut self, page: &Page) {
        self.pages.push(Vec::new());
        self.running_from = page.items.iter().rposition(|item| owner(item).is_some()).map_or(0, |last| last + 1);
        let runs: Vec<_> = page
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| match item {
                FrameItem::Text(run) => Some((index, run)),
                _ => None,
            })
            .collect();
        let separating = runs.array_windows().filter(|[(_, before), (_, run), (_, after)]| {
            run.text == MARK_SEPARATOR && self.is_mark(before.element) && self.is_mark(after.element)
        });
        self.separators = separating.map(|[_, (index, _), _]| *index).collect();
    }

    /// Opens the sequence that an item of the page belongs to, unless it is open; tells whether what is read there is said
    /// once for all of it.
    pub(super) fn turn_to(&mut self, index: usize, item: &FrameItem, drawn: &mut Drawn) -> bool {
        let content = self.content(index, item);
        if self.open.as_ref().is_none_or(|open| open.content != content) {
            self.close(drawn);
            self.open(content, drawn);
        }
        if let FrameItem::Text(run) = item {
            self.last_letter = run.text.chars().last().or(self.last_letter);
            if let (Content::Element(element), true) = (content, self.is_mark(run.element)) {
                self.drawn.entry(look(run)).or_insert(element);
            }
        }
        self.open.as_ref().is_some_and(|open| open.depth > 1)
    }

    fn is_mark(&self, element: Option<ElementId>) -> bool {
        matches!(element.and_then(|element| self.readings.get(&element)), Some(Reading::Mark(_)))
    }

    /// Ends the open sequence.
    pub(super) fn close(&mut self, drawn: &mut Drawn) {
        let depth = self.open.take().map_or(0, |open| open.depth);
        (0..depth).for_each(|_| drawn.end_marked());
    }

    fn content(&self, index: usize, item: &FrameItem) -> Content {
        match (owner(item).and_then(|element| speaking(self.document, element)), item) {
            (Some(element), _) if self.separators.contains(&index) => Content::Separator(element),
            (Some(element), _) => Content::Element(element),
            (None, FrameItem::Text(run)) if run.element.is_none() => {
                if index < self.running_from {
                    self.drawn.get(&look(run)).map_or(Content::Pagination, |mark| Content::RepeatedMark(*mark))
                } else if run.y < PAGE_HEIGHT / 2.0 {
                    Content::Header
                } else {
                    Content::Footer
                }
            }
            _ => Content::Layout,
        }
    }

    fn open(&mut self, content: Content, drawn: &mut Drawn) {
        let mut begin = |tag: &str, properties: &[(&str, Property<'_>)]| drawn.begin_marked(tag, properties);
        let mut depth = 1;
        match content {
            Content::Element(element) | Content::Separator(element) => {
                let mut number = 0;
                if let Some(page) = self.pages.last_mut() {
                    number = page.len();
                    page.push(element);
                }
                let role = self.document.structure.get(element.0).map_or("Span", |element| tag(&element.role));
                begin(role, &[("MCID", Property::Number(number))]);
                let said = match self.readings.get(&element) {
                    _ if content == Content::Separator(element) => Some(" ".to_owned()),
                    // What goes on in another line is said already.
                    Some(_) if self.said.contains_key(&element) => Some(String::new()),
                    Some(Reading::Letters(letters)) => Some(letters.clone()),
                    Some(Reading::Mark(label)) => {
                        let is_apart = self.last_letter.is_none_or(char::is_whitespace);
                        Some(format!("{}[{label}]", if is_apart { "" } else { " " }))
                    }
                    None => None,
                };
                if let Some(said) = said {
                    begin("Span", &[("ActualText", Property::Text(&said))]);
                    depth += 1;
                    if content == Content::Element(element) {
                        self.said.entry(element).or_insert(said);
                    }
                }
            }
            Content::Layout => begin("Artifact", &[("Type", Property::Name("Layout"))]),
            Content::Pagination => begin("Artifact", &[("Type", Property::Name("Pagination"))]),
            Content::RepeatedMark(element) => {
                begin("Artifact", &[("Type", Property::Name("Pagination"))]);
                let said = self.said.get(&element).map_or("", String::as_str);
                begin("Span", &[("ActualText", Property::Text(said))]);
                depth += 1;
            }
            Content::Header => {
                begin("Artifact", &[("Subtype", Property::Name("Header")), ("Type", Property::Name("Pagination"))]);
            }
            Content::Footer => {
                begin("Artifact", &[("Subtype", Property::Name("Footer")), ("Type", Property::Name("Pagination"))]);
            }
        }
        self.open = Some(Open { content, depth });
    }
}

/// What a mark looks like, and where it stands across the page.
fn look(run: &GlyphRun) -> (String, u32, u32) {
    (run.text.clone(), run.x.to_bits(), run.size.to_bits())
}

/// What is read in place of the letters of each note mark and superscript, where they would be mistaken.
fn readings(document: &Document) -> BTreeMap<ElementId, Reading> {
    let mut readings = BTreeMap::new();
    let mut superscripts: BTreeMap<ElementId, String> = BTreeMap::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        match item {
            FrameItem::Link(link) => {
                if let LinkTarget::Anchor(anchor) = &link.target
                    && let Some(label) = anchor.strip_prefix(NOTE_ANCHOR)
                {
                    readings.insert(link.element, Reading::Mark(label.to_owned()));
                }
            }
            FrameItem::Text(run) => {
                if let Some(element) = run.element
                    && document.structure.get(element.0).is_some_and(|element| element.role == Role::Superscript)
                {
                    superscripts.entry(element).or_default().push_str(&run.text);
                }
            }
            FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Anchor { .. } => {}
        }
    }
    readings.extend(superscripts.into_iter().filter_map(|(element, text)| Some((element, superscript(&text)?))));
    readings
}

/// What is read in place of a superscript; `None` for what may be read as it is, such as an ordinal's ending.
fn superscript(text: &str) -> Option<Reading> {
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_alphabetic()
    {
        return Some(Reading::Mark(text.to_owned()));
    }
    let raised = |letter: char| {
        Some(match letter {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32(u32::from(letter) - u32::from('4') + u32::from('⁴'))?,
            '+' => '⁺',
            '-' | '\u{2212}' => '⁻',
            _ => return None,
        })
    };
    let raised: String = text.chars().map(raised).collect::<Option<String>>()?;
    (!raised.is_empty()).then_some(Reading::Letters(raised))
}

/// The element that an item names.
pub(super) fn owner(item: &FrameItem) -> Option<ElementId> {
    match item {
        FrameItem::Text(run) => run.element,
        FrameItem::Shape(shape) => shape.element,
        FrameItem::Link(_) | FrameItem::Fill(_) | FrameItem::Anchor { .. } => None,
    }
}

/// The element that speaks for what an element shows: the figure that it is in, or else itself. A figure without an
/// alternative text says nothing: it is decoration, and nobody speaks for it.
pub(super) fn speaking(document: &Document, element: ElementId) -> Option<ElementId> {
    let mut above = Some(element);
    while let Some(id) = above {
        let node = document.structure.get(id.0)?;
        if let Role::Figure(alternative) = &node.role {
            return (!alternative.trim().is_empty()).then_some(id);
        }
        // Parents come first: anything else would be a circle.
        above = node.parent.filter(|parent| parent < &id);
    }
    match document.structure.get(element.0)? {
        node if is_transparent(document, element) => node.parent.filter(|parent| *parent < element),
        _ => Some(element),
    }
}

/// Whether the element has no tag of its own: a note's content stands in the note itself, as an item's body belongs to lists.
pub(super) fn is_transparent(document: &Document, element: ElementId) -> bool {
    let Some(node) = document.structure.get(element.0) else { return true };
    let parent = node.parent.and_then(|parent| document.structure.get(parent.0));
    node.role == Role::ItemBody && parent.is_none_or(|parent| parent.role != Role::Item)
}

/// The structure type of a role (ISO 32000-1, 14.8.4); a heading's level is left to the structure tree.
pub(super) fn tag(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Title | Role::Heading(_) => "H1",
        Role::Paragraph => "P",
        Role::Quote => "BlockQuote",
        Role::Code => "Code",
        Role::List => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::ItemBody => "LBody",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::HeaderCell(_) => "TH",
        Role::Cell => "TD",
        Role::Note => "Note",
        Role::Link => "Link",
        Role::Figure(_) => "Figure",
        Role::Superscript | Role::Foreign(_) => "Span",
    }
}
