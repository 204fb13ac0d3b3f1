//! Markdown events to a tree of blocks.

use super::front_matter::FrontMatter;
use super::html::{self, Directive, Mark, Spans};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::iter::Peekable;
use std::rc::Rc;

/// A block of the document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Heading { level: u8, inlines: Vec<Inline> },
    Paragraph { inlines: Vec<Inline>, lead: bool },
    List(List),
    Quote(Vec<Block>),
    Code(String),
    ThematicBreak,
    Table(Table),
    Notes(Vec<Note>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct List {
    /// The first number, if the list is numbered.
    pub start: Option<u64>,
    pub items: Vec<Item>,
    pub tight: bool,
    /// The points to take: numbers in the accent colour.
    pub points: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Whether the box of a task is ticked.
    pub task: Option<bool>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
    pub key_figures: bool,
    /// Indicators by row, provinces or periods by column.
    pub comparison: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub label: String,
    pub blocks: Vec<Block>,
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    Text { text: String, marks: Marks, link: Option<String>, span: Option<Span> },
    LineBreak,
    NoteMark(String),
    Image { alternative: String, source: String, link: Option<String> },
}

/// Words of a language that is named beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Its tag (BCP 47).
    pub language: Rc<str>,
    /// The words are part of a link, rather than the link part of them.
    pub within_link: bool,
}

/// What is marked about a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "marks are independent of each other")]
pub(super) struct Marks {
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub struck: bool,
    pub superscript: bool,
}

/// Parses Markdown with tables, footnotes, task lists and strikethrough.
pub(super) fn parse(markdown: &str) -> Result<(FrontMatter, Vec<Block>), String> {
    // CommonMark 2.3: a reader must never meet U+0000.
    let markdown =
        if markdown.contains('\0') { Cow::Owned(markdown.replace('\0', "\u{fffd}")) } else { markdown.into() };
    let (front_matter, body) = divide(&markdown);
    let front_matter = front_matter.map_or_else(|| Ok(FrontMatter::default()), |yaml| FrontMatter::parse(&yaml))?;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader { events: Parser::new_ext(body, options).peekable(), depth: 0, task: None };
    Ok((front_matter, reader.blocks(None)))
}

/// The front matter and what follows it. It stands at the very start: between rules further down, a text is a heading.
fn divide(markdown: &str) -> (Option<String>, &str) {
    if !markdown.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}').starts_with("---") {
        return (None, markdown);
    }
    let has_rule = |line: &str| line.starts_with("---") || line.starts_with("...");
    // Front matter ends where its second rule does: the parser need not read all of the text to find it.
    let mut lines = markdown.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end, line))
    });
    let has_opened = lines.any(|(_, line)| has_rule(line));
    let closed = lines.find(|(_, line)| has_rule(line)).filter(|_| has_opened);
    closed
        .and_then(|(end, _)| front_matter(markdown, &markdown[..end]))
        .or_else(|| front_matter(markdown, markdown))
        .map_or((None, markdown), |(yaml, rest)| (Some(yaml), rest))
}

/// The front matter of a text, if the start of it that is read has one, and what of the text follows it.
fn front_matter<'m>(markdown: &'m str, start: &str) -> Option<(String, &'m str)> {
    let mut events = Parser::new_ext(start, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS).into_offset_iter();
    match events.next() {
        Some((Event::Start(Tag::MetadataBlock(_)), range)) => {
            let yaml = events.map_while(|(event, _)| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            });
            Some((yaml.collect(), markdown.get(range.end..).unwrap_or_default()))
        }
        _ => None,
    }
}

struct Reader<'a> {
    events: Peekable<Parser<'a>>,
    /// How many containers are open.
    depth: usize,
    /// The box of the task that is being read, which stands in its first paragraph.
    task: Option<bool>,
}

/// Containers nested deeper than this are set as if they were not nested: a page has no room to show them, and a
/// line of a million `>` must not exhaust the stack.
const DEEPEST: usize = 24;

impl Reader<'_> {
    /// Reads blocks up to the end of the container that `end` closes, or of the document.
    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<Block> {
        self.depth += 1;
        let mut blocks = Vec::new();
        let mut directive = None;
        while let Some(event) = self.events.peek() {
            match event {
                Event::End(tag) if Some(*tag) == end => {
                    self.events.next();
                    break;
                }
                Event::TaskListMarker(ticked) => {
                    self.task = self.task.or(Some(*ticked));
                    self.events.next();
                }
                Event::End(_) => {
                    self.events.next();
                }
                Event::Start(Tag::HtmlBlock) => {
                    let html = self.raw(TagEnd::HtmlBlock);
                    match html::comment(&html) {
                        None => blocks.push(Block::Paragraph { inlines: html::verbatim(&html), lead: false }),
                        Some(Directive::Other) => {}
                        known => directive = known,
                    }
                }
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) if self.depth > DEEPEST => {
                    self.events.next();
                }
                Event::Start(tag) if is_block(tag) => {
                    let tag = tag.clone();
                    self.events.next();
                    if let Some(block) = self.block(tag, directive.take()) {
                        push(&mut blocks, block);
                    }
                }
                Event::Rule => {
                    self.events.next();
                    blocks.push(Block::ThematicBreak);
                }
                _ => {
                    let before = self.events.peek().cloned();
                    let inlines = self.inlines(None);
                    if inlines.is_empty() && self.events.peek() == before.as_ref() {
                        self.events.next();
                    } else if !inlines.is_empty() {
                        let lead = directive.take() == Some(Directive::Lead);
                        blocks.push(Block::Paragraph { inlines, lead });
                    }
                }
            }
        }
        self.depth -= 1;
        blocks
    }

    fn block(&mut self, tag: Tag<'_>, directive: Option<Directive>) -> Option<Block> {
        match tag {
            Tag::Paragraph => {
                let inlines = self.inlines(Some(TagEnd::Paragraph));
                Some(Block::Paragraph { inlines, lead: directive == Some(Directive::Lead) })
            }
            Tag::Heading { level, .. } => {
                Some(Block::Heading { level: depth(level), inlines: self.inlines(Some(TagEnd::Heading(level))) })
            }
            Tag::BlockQuote(kind) => Some(Block::Quote(self.blocks(Some(TagEnd::BlockQuote(kind))))),
            Tag::CodeBlock(kind) => {
                let mut code = self.raw(TagEnd::CodeBlock);
                if matches!(kind, CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) && code.ends_with('\n') {
                    code.pop();
                }
                Some(Block::Code(code))
            }
            Tag::List(start) => Some(Block::List(self.list(start, directive == Some(Directive::Points)))),
            Tag::Table(alignments) => Some(Block::Table(self.table(alignments, directive))),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(Some(TagEnd::FootnoteDefinition));
                Some(Block::Notes(vec![Note { label: label.into_string(), blocks }]))
            }
            _ => None,
        }
    }

    fn list(&mut self, start: Option<u64>, points: bool) -> List {
        let end = TagEnd::List(start.is_some());
        let mut list = List { start, items: Vec::new(), tight: true, points };
        for_each_part(self, end, |reader, event| {
            if matches!(event, Event::Start(Tag::Item)) {
                let outer = reader.task.take();
                if matches!(reader.events.peek(), Some(Event::Start(Tag::Paragraph))) {
                    list.tight = false;
                }
                let blocks = reader.blocks(Some(TagEnd::Item));
                list.items.push(Item { task: std::mem::replace(&mut reader.task, outer), blocks });
            }
        });
        list
    }

    fn table(&mut self, alignments: Vec<Alignment>, directive: Option<Directive>) -> Table {
        let key_figures = directive == Some(Directive::KeyFigures);
        let comparison = directive == Some(Directive::Comparison);
        let mut table = Table { alignments, head: Vec::new(), rows: Vec::new(), key_figures, comparison };
        for_each_part(self, TagEnd::Table, |reader, event| match event {
            Event::Start(Tag::TableRow) => table.rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                let cell = reader.inlines(Some(TagEnd::TableCell));
                table.rows.last_mut().unwrap_or(&mut table.head).push(cell);
            }
            _ => {}
        });
        table
    }

    /// Reads the literal text up to `end`.
    fn raw(&mut self, end: TagEnd) -> String {
        let mut raw = String::new();
        for_each_part(self, end, |_, event| {
            if let Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) | Event::Code(text) = event {
                raw.push_str(&text);
            }
        });
        raw
    }

    /// Reads inlines up to `end`; without an end, up to the next block, as in a tight list.
    fn inlines(&mut self, end: Option<TagEnd>) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut marks = Marks::default();
        let mut links: Vec<Option<String>> = Vec::new();
        let mut spans = Spans::default();
        while let Some(event) = self.events.peek() {
            match event {
                Event::End(tag) if Some(*tag) == end => {
                    self.events.next();
                    break;
                }
                Event::Start(tag) if end.is_none() && is_block(tag) => break,
                Event::Rule => break,
                Event::End(tag) if end.is_none() && !is_inline_end(*tag) => break,
                _ => {}
            }
            let Some(event) = self.events.next() else { break };
            let text = |text: &str, marks| {
                let (link, span) = (links.last().cloned().flatten(), spans.innermost().cloned());
                Inline::Text { text: text.to_owned(), marks, link, span }
            };
            match event {
                // Between the marks of notes the typesetter sets a comma itself.
                Event::Text(content) if marks.superscript && &*content == "," => {}
                Event::Text(content) | Event::InlineMath(content) | Event::DisplayMath(content) => {
                    inlines.push(text(&content, marks));
                }
                Event::Code(content) => inlines.push(text(&content, Marks { code: true, ..marks })),
                Event::Html(html) | Event::InlineHtml(html) => match html::mark(&html) {
                    Mark::Superscript(is_on) => marks.superscript = is_on,
                    Mark::Break => inlines.push(Inline::LineBreak),
                    Mark::Comment => {}
                    Mark::Text => inlines.push(text(&html, marks)),
                    span => {
                        let shown = text(&html, marks);
                        if !spans.obey(span, links.iter().any(Option::is_some)) {
                            inlines.push(shown);
                        }
                    }
                },
                Event::FootnoteReference(label) => inlines.push(Inline::NoteMark(label.into_string())),
                Event::SoftBreak => inlines.push(text(" ", marks)),
                Event::HardBreak => inlines.push(Inline::LineBreak),
                Event::Start(Tag::Image { .. }) if self.depth > DEEPEST => {}
                Event::Start(Tag::Image { dest_url, .. }) => {
                    self.depth += 1;
                    let alternative = plain_text(&self.inlines(Some(TagEnd::Image)));
                    self.depth -= 1;
                    let link = links.last().cloned().flatten();
                    inlines.push(Inline::Image { alternative, source: dest_url.into_string(), link });
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    links.push(Some(dest_url.into_string()).filter(|address| may_be_followed(address)));
                }
                Event::End(TagEnd::Link) => drop(links.pop()),
                Event::Start(Tag::Strong) => marks.strong = true,
                Event::End(TagEnd::Strong) => marks.strong = false,
                Event::Start(Tag::Emphasis) => marks.emphasis = true,
                Event::End(TagEnd::Emphasis) => marks.emphasis = false,
                Event::Start(Tag::Strikethrough) => marks.struck = true,
                Event::End(TagEnd::Strikethrough) => marks.struck = false,
                Event::TaskListMarker(ticked) => self.task = self.task.or(Some(ticked)),
                Event::Start(_) | Event::End(_) | Event::Rule => {}
            }
        }
        inlines
    }
}

/// Whether a link leads to a page, a letter or a place beside the document: any other scheme may run something.
fn may_be_followed(address: &str) -> bool {
    let plain: String = address.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect();
    let scheme = plain.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    scheme.is_none_or(|scheme| ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// Hands each event up to the matching `end` to `part`.
fn for_each_part<'a>(reader: &mut Reader<'a>, end: TagEnd, mut part: impl FnMut(&mut Reader<'a>, Event<'a>)) {
    while let Some(event) = reader.events.next() {
        if event == Event::End(end) {
            break;
        }
        part(reader, event);
    }
}

/// Definitions that follow each other make one list of notes.
fn push(blocks: &mut Vec<Block>, block: Block) {
    match (blocks.last_mut(), block) {
        (Some(Block::Notes(notes)), Block::Notes(more)) => notes.extend(more),
        (_, block) => blocks.push(block),
    }
}

/// The letters of inlines, without marks.
pub(super) fn plain_text(inlines: &[Inline]) -> String {
    let mut plain = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Image { alternative: text, .. } => plain.push_str(text),
            Inline::LineBreak => plain.push(' '),
            Inline::NoteMark(_) => {}
        }
    }
    plain
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
