//! Markdown to pages: blocks, then lines, then strips, then pages. Our own types; no PDF here.
//!
//! The steps, one file each: `blocks` reads Markdown, `inline` turns marks into styles, `parts` cuts them into words, `shape` turns words
//! into glyphs (`words` remembers them), `lines` breaks paragraphs (by `breaks`) and `line` sets each line, `flow` stacks blocks (with
//! `list`, `title`, `table` in `columns`, `band`, and charts in `figure`), `pages` cuts the stack into pages (where `paging` says);
//! `numerals` proves that none was added or changed on the way. Every measure is in [`mod@layout`]; the result is in `frame`.
#![allow(clippy::float_arithmetic, reason = "typesetting measures; no figure of a sheet is computed here")]

mod arrange;
mod band;
mod bidi;
mod blocks;
mod breaks;
mod columns;
mod figure;
mod flow;
mod font_folder;
mod fonts;
mod frame;
mod front_matter;
mod grid;
mod html;
mod inline;
mod joint;
pub mod layout;
mod letterhead;
mod line;
mod lines;
mod list;
mod missing;
mod numerals;
mod pages;
mod paging;
mod parts;
mod run_in;
mod shape;
mod signature;
mod signs;
pub mod style;
mod table;
mod title;
mod words;

pub use figure::palette;
pub use fonts::{Face, FaceId, FontError, Fonts};
pub use frame::{
    Area, Bookmark, Document, Element, ElementId, Fill, FrameItem, Glyph, GlyphRun, Link, LinkTarget, Page, Role,
    Scope, Segment, Shape, Stroke, Warning,
};
pub use front_matter::FrontMatter;
pub use inline::{MARK_SEPARATOR, NOTE_ANCHOR};
pub use numerals::{NumeralFault, compare_numerals, compare_numerals_with_pictures};
pub use signs::amounts;

use crate::chart::Pictures;
use crate::language::Language;
use crate::office::Office;
use layout::Layout;
use std::collections::{BTreeMap, BTreeSet};
use words::Lacking;

/// A document could not be typeset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The front matter is not the YAML mapping that it should be.
    #[error("the front matter is not readable: {0}")]
    FrontMatter(String),
    /// The user's own fonts lack letters of the text: a document in them must not borrow letters, nor show boxes.
    #[error("the font `{family}` lacks {}, which the text needs", missing::name(.letters))]
    LackingLetters {
        /// The fonts' family.
        family: String,
        /// The letters.
        letters: BTreeSet<char>,
    },
}

/// Sets Markdown (`CommonMark`, GFM tables and footnotes, front matter) as pages of the layout for reading.
///
/// # Errors
///
/// Only the front matter can be wrong; any Markdown is set.
pub fn layout(markdown: &str, fonts: &Fonts) -> Result<Document, TypesetError> {
    set(markdown, &Settings::new(fonts, &layout::BRIEFING))
}

/// What documents are set with.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The style sheet.
    pub layout: &'a Layout,
    /// The charts, drawn where a paragraph holds nothing but images of theirs. Of any other image the alternative text is set.
    pub pictures: &'a Pictures,
    /// The office that issues the document, for layouts in the form of an official one: without it, what it would say is left open.
    pub office: Option<&'a Office>,
}

/// No charts.
static NO_PICTURES: Pictures = Pictures::new();

impl<'a> Settings<'a> {
    /// Fonts and a style sheet; no charts, no office.
    pub fn new(fonts: &'a Fonts, layout: &'a Layout) -> Settings<'a> {
        Settings { fonts, layout, pictures: &NO_PICTURES, office: None }
    }
}

/// Sets Markdown as pages of a layout.
///
/// # Errors
///
/// The front matter is wrong; or letters of the text are not in a user's own fonts. Any other Markdown is set.
pub fn set(markdown: &str, settings: &Settings<'_>) -> Result<Document, TypesetError> {
    Manuscript::read(markdown)?.set(settings)
}

/// Markdown that has been read: to be set, and to hold the pages against.
#[derive(Debug, Clone)]
pub struct Manuscript {
    metadata: FrontMatter,
    blocks: Vec<blocks::Block>,
}

impl Manuscript {
    /// Reads Markdown.
    ///
    /// # Errors
    ///
    /// Only the front matter can be wrong.
    pub fn read(markdown: &str) -> Result<Manuscript, TypesetError> {
        let (metadata, blocks) = blocks::parse(markdown).map_err(TypesetError::FrontMatter)?;
        Ok(Manuscript { metadata, blocks })
    }

    /// Sets it as pages of a layout.
    ///
    /// # Errors
    ///
    /// Letters of the text are not in a user's own fonts.
    pub fn set(&self, settings: &Settings<'_>) -> Result<Document, TypesetError> {
        let (metadata, blocks) = (&self.metadata, &self.blocks);
        let mut context = Context::new(settings, metadata.language());
        let text = flow::without_title(metadata, blocks);
        let text = arrange::arrange(settings.layout.arrangement, text, metadata.language());
        let mut strips = match &settings.layout.form {
            None => title::title_block(&mut context, metadata),
            Some(form) => letterhead::letterhead(&mut context, form, metadata, settings.office),
        };
        strips.extend(flow::body(&mut context, &text));
        if let Some(form) = &settings.layout.form {
            signature::sign(&mut context, form, settings.office, &mut strips);
        }
        let pages = pages::paginate(&mut context, strips, metadata);
        let Lacking { missing, lent } = context.words.finish();
        if let Some(family) = settings.fonts.own_family() {
            let mut letters = lent;
            letters.extend(&missing);
            if !letters.is_empty() {
                return Err(TypesetError::LackingLetters { family: family.to_owned(), letters });
            }
        }
        let warnings = if missing.is_empty() { Vec::new() } else { vec![Warning::MissingLetters(missing)] };
        Ok(Document {
            pages,
            outline: context.outline,
            metadata: metadata.clone(),
            structure: context.structure,
            warnings,
            arrangement: settings.layout.arrangement,
            form: context.form,
        })
    }

    /// Holds the numerals of a document's pages against those of the Markdown that it was set from. Text of the structure must have the
    /// same ones in the same order; running matter may have those of the front matter, and the number of its page; a chart has the numerals
    /// of its data, and its alternative text says every number of it.
    pub fn compare_numerals(&self, pictures: &Pictures, document: &Document) -> Vec<NumeralFault> {
        numerals::compare(&self.metadata, &self.blocks, pictures, document)
    }
}

/// What the steps share while one document is set.
struct Context<'a> {
    words: shape::WordShaper<'a>,
    layout: &'a Layout,
    pictures: &'a Pictures,
    language: Language,
    structure: Vec<Element>,
    outline: Vec<Bookmark>,
    /// The notes that were referred to, so that only the first reference is a place to return to.
    referenced: BTreeSet<String>,
    /// What the tables of each form need, so that they align.
    tables_together: BTreeMap<Vec<u8>, columns::Together>,
    /// The words of tables that were measured on trial, a cell after the other.
    tables_measured: BTreeMap<*const blocks::Table, Vec<[parts::Words; 3]>>,
    /// The header of each table, for the pages on which it goes on.
    table_heads: Vec<Option<flow::Strip>>,
    /// The elements of an official document's form, and their texts.
    form: BTreeMap<ElementId, String>,
}

impl<'a> Context<'a> {
    fn new(settings: &Settings<'a>, language: Language) -> Context<'a> {
        Context {
            words: shape::WordShaper::new(settings.fonts),
            layout: settings.layout,
            pictures: settings.pictures,
            language,
            structure: vec![Element { role: Role::Document, parent: None }],
            outline: Vec::new(),
            referenced: BTreeSet::new(),
            tables_together: BTreeMap::new(),
            tables_measured: BTreeMap::new(),
            table_heads: Vec::new(),
            form: BTreeMap::new(),
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
