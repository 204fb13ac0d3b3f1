//! Markdown to pages: blocks, then lines, then strips, then pages. Our own types; no PDF here.
//!
//! The steps, one file each: `blocks` reads Markdown, `inline` turns marks into styles, `shape` turns words into glyphs, `lines`
//! breaks paragraphs (by `breaks`) and `line` sets each line, `flow` stacks blocks (with `title`, `table` in `columns`, and `band`), `pages` cuts
//! the stack into pages; `numerals` proves that none was added or changed on the way. Every measure is in [`style`]; the result is in `frame`.
#![allow(clippy::float_arithmetic, reason = "typesetting measures; no figure of a sheet is computed here")]

mod band;
mod blocks;
mod breaks;
mod columns;
mod flow;
mod fonts;
mod frame;
mod front_matter;
mod inline;
mod line;
mod lines;
mod numerals;
mod pages;
mod shape;
pub mod style;
mod table;
mod title;

pub use fonts::{Face, FaceId, FontError, Fonts};
pub use frame::{
    Area, Bookmark, Document, Element, ElementId, Fill, FrameItem, Glyph, GlyphRun, Link, LinkTarget, Page, Role,
    Scope, Segment, Shape, Stroke, Warning,
};
pub use front_matter::FrontMatter;
pub use inline::{MARK_SEPARATOR, NOTE_ANCHOR};
pub use numerals::{NumeralFault, compare_numerals};

use crate::language::Language;
use std::collections::BTreeSet;

/// A document could not be typeset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The front matter is not the YAML mapping that it should be.
    #[error("the front matter is not readable: {0}")]
    FrontMatter(String),
}

/// Sets Markdown (`CommonMark`, GFM tables and footnotes, front matter) as pages.
///
/// # Errors
///
/// Only the front matter can be wrong; any Markdown is set.
pub fn layout(markdown: &str, fonts: &Fonts) -> Result<Document, TypesetError> {
    let (metadata, blocks) = blocks::parse(markdown).map_err(TypesetError::FrontMatter)?;
    let mut context = Context::new(fonts, metadata.language());
    let mut strips = title::title_block(&mut context, &metadata);
    strips.extend(flow::body(&mut context, &metadata, &blocks));
    let pages = pages::paginate(&mut context, strips, &metadata);
    let missing = context.words.missing;
    let warnings = if missing.is_empty() { Vec::new() } else { vec![Warning::MissingLetters(missing)] };
    Ok(Document { pages, outline: context.outline, metadata, structure: context.structure, warnings })
}

/// What the steps share while one document is set.
struct Context<'a> {
    words: shape::WordShaper<'a>,
    language: Language,
    structure: Vec<Element>,
    outline: Vec<Bookmark>,
    /// The notes that were referred to, so that only the first reference is a place to return to.
    referenced: BTreeSet<String>,
    /// The header of each table, for the pages on which it goes on.
    table_heads: Vec<Option<flow::Strip>>,
}

impl<'a> Context<'a> {
    fn new(fonts: &'a Fonts, language: Language) -> Context<'a> {
        Context {
            words: shape::WordShaper::new(fonts),
            language,
            structure: vec![Element { role: Role::Document, parent: None }],
            outline: Vec::new(),
            referenced: BTreeSet::new(),
            table_heads: Vec::new(),
        }
    }

    /// Adds an element to the structure.
    fn element(&mut self, role: Role, parent: ElementId) -> ElementId {
        self.structure.push(Element { role, parent: Some(parent) });
        ElementId(self.structure.len() - 1)
    }
}

/// The document's own element.
const ROOT: ElementId = ElementId(0);
