//! What layout returns: pages of placed items, and the structure they belong to. No PDF here.

use super::fonts::FaceId;
use super::front_matter::FrontMatter;
use super::layout::Arrangement;
use super::style::Colour;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A typeset document. All measures are points; y grows downwards from the top of the page.
#[derive(Debug, Clone)]
pub struct Document {
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// The headings, in order, for the bookmarks.
    pub outline: Vec<Bookmark>,
    /// What the front matter says of the document.
    pub metadata: FrontMatter,
    /// The logical structure that the items name by [`ElementId`]; the first element is the document.
    pub structure: Vec<Element>,
    /// What the reader should know: letters that no font has.
    pub warnings: Vec<Warning>,
    /// How the text of the Markdown was arranged.
    pub arrangement: Arrangement,
    /// The elements whose text is no part of the Markdown but of the form of an official document, each with its text: motto, number,
    /// date, subject, signature, recipients.
    pub form: BTreeMap<ElementId, String>,
}

/// Something that was set, but not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// Letters that none of the fonts has: a box stands in their place, and the text remains extractable.
    #[error("no font has {}: a box stands in their place", super::missing::name(.0))]
    MissingLetters(BTreeSet<char>),
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What is drawn, in reading order.
    pub items: Vec<FrameItem>,
}

/// One thing at a place.
#[derive(Debug, Clone)]
pub enum FrameItem {
    /// Letters.
    Text(GlyphRun),
    /// A filled box; a rule is a thin one. Always decoration.
    Fill(Fill),
    /// A drawn part of a figure.
    Shape(Shape),
    /// A link over an area.
    Link(Link),
    /// A place that a link or a bookmark may go to.
    Anchor {
        /// Its name, unique in the document.
        name: String,
        /// Distance from the left, in points.
        x: f32,
        /// Distance from the top, in points.
        y: f32,
    },
}

impl FrameItem {
    /// Moves the item, in points.
    pub fn shift(&mut self, right: f32, down: f32) {
        let (x, y) = match self {
            FrameItem::Text(run) => (&mut run.x, &mut run.y),
            FrameItem::Fill(fill) => (&mut fill.area.x, &mut fill.area.y),
            FrameItem::Shape(shape) => (&mut shape.x, &mut shape.y),
            FrameItem::Link(link) => (&mut link.area.x, &mut link.area.y),
            FrameItem::Anchor { x, y, .. } => (x, y),
        };
        *x += right;
        *y += down;
    }

    /// The same item as decoration: for what is repeated, and must not be read twice.
    #[must_use]
    pub fn into_artifact(mut self) -> Option<FrameItem> {
        match &mut self {
            FrameItem::Text(run) => run.element = None,
            FrameItem::Shape(shape) => shape.element = None,
            FrameItem::Fill(_) => {}
            FrameItem::Link(_) | FrameItem::Anchor { .. } => return None,
        }
        Some(self)
    }
}

/// An upright rectangle, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A filled area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Where.
    pub area: Area,
    /// Its colour.
    pub colour: Colour,
    /// Radius of its corners, in points.
    pub radius: f32,
}

/// A path of lines, filled, stroked or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Where the path's own origin lies, in points.
    pub x: f32,
    /// Where the path's own origin lies, in points.
    pub y: f32,
    /// The path, from its own origin; y grows downwards.
    pub path: Vec<Segment>,
    /// The colour inside.
    pub fill: Option<Colour>,
    /// The line along the path.
    pub stroke: Option<Stroke>,
    /// The figure that it is part of; `None` for decoration.
    pub element: Option<ElementId>,
}

/// A step of a path. Points are (right, down) from the path's origin, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Starts a part of the path.
    Move((f32, f32)),
    /// A straight line.
    Line((f32, f32)),
    /// A straight line back to where this part started.
    Close,
}

/// A line along a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width, in points.
    pub width: f32,
    /// The lengths of its dashes and of the gaps between them, in points; a whole line if none.
    pub dash: Option<(f32, f32)>,
    /// Whether its ends are round: a line that goes nowhere is a dot then.
    pub has_round_ends: bool,
}

/// Letters of one font, size and colour on one baseline.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// Where the first glyph starts, in points.
    pub x: f32,
    /// The baseline, in points.
    pub y: f32,
    /// The font.
    pub face: FaceId,
    /// Type size, in points.
    pub size: f32,
    /// The colour.
    pub colour: Colour,
    /// The text that the glyphs show.
    pub text: String,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// The element whose text this is; `None` for decoration and running matter.
    pub element: Option<ElementId>,
}

impl GlyphRun {
    /// The sum of the advances, in points.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// A placed glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// From its origin to the next one's, in points: kerning, tracking and justification included.
    pub advance: f32,
    /// How far it is drawn right of its origin, in points.
    pub x_offset: f32,
    /// How far it is drawn above the baseline, in points.
    pub y_offset: f32,
    /// The bytes of [`GlyphRun::text`] that it shows; empty for the later glyphs of a cluster.
    pub text: Range<usize>,
}

/// An area that leads somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where.
    pub area: Area,
    /// To what.
    pub target: LinkTarget,
    /// What a screen reader says of it.
    pub contents: String,
    /// The link's element.
    pub element: ElementId,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the document.
    Uri(String),
    /// To the [`FrameItem::Anchor`] of that name.
    Anchor(String),
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// The heading's level, 1 to 6.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The name of the heading's [`FrameItem::Anchor`].
    pub anchor: String,
}

/// The index of an element in [`Document::structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElementId(pub usize);

/// A node of the logical structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// What it is part of; `None` for the document.
    pub parent: Option<ElementId>,
}

/// What an element is; the names follow the structure types of tagged PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The whole.
    Document,
    /// The document's title.
    Title,
    /// A heading of a level from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A quotation.
    Quote,
    /// A block of code.
    Code,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// An item's marker.
    Label,
    /// An item's content.
    ItemBody,
    /// A table.
    Table,
    /// A table's header.
    TableHead,
    /// A table's rows.
    TableBody,
    /// A row.
    Row,
    /// A header cell: of its column, or of its row.
    HeaderCell(Scope),
    /// A data cell.
    Cell,
    /// A note or a source.
    Note,
    /// A link, in text.
    Link,
    /// Letters above the line: a power, an ordinal's ending, a mark.
    Superscript,
    /// A picture, with its alternative text.
    Figure(String),
    /// Words of another language, which has this tag (BCP 47, such as `vi`).
    Foreign(String),
}

/// What a header cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The cells below it.
    Column,
    /// The cells beside it.
    Row,
}
