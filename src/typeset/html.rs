//! The HTML in Markdown: a few marks are obeyed, the rest is left as the text that it is.

use super::blocks::{Inline, Marks, Span};
use html5gum::{Token, Tokenizer};
use std::rc::Rc;

/// What an HTML comment on a line of its own says of the block after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    KeyFigures,
    Comparison,
    Lead,
    Points,
    /// Nothing that we know.
    Other,
}

/// What a piece of HTML within a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Superiors begin, or end.
    Superscript(bool),
    /// A line ends.
    Break,
    /// Words of a language begin.
    Language(Rc<str>),
    /// A span begins that says nothing of a language.
    Span,
    /// A span ends.
    SpanEnd,
    /// Nothing.
    Comment,
    /// What we do not set: it is left as text.
    Text,
}

/// The longest language tag that a reader of BCP 47 must take (RFC 5646, 4.4.1).
const LONGEST_TAG: usize = 35;

/// Reads a piece of HTML within a line.
pub(super) fn mark(html: &str) -> Mark {
    let html = html.trim();
    if comment(html).is_some() {
        return Mark::Comment;
    }
    match html.to_ascii_lowercase().as_str() {
        "<sup>" => Mark::Superscript(true),
        "</sup>" => Mark::Superscript(false),
        "<br>" | "<br/>" | "<br />" => Mark::Break,
        "</span>" => Mark::SpanEnd,
        tag if tag.starts_with("<span") => span(html),
        _ => Mark::Text,
    }
}

fn span(html: &str) -> Mark {
    let mut tokens = Tokenizer::new(html);
    let (Some(Ok(Token::StartTag(tag))), None) = (tokens.next(), tokens.next()) else { return Mark::Text };
    if *tag.name != *b"span" {
        return Mark::Text;
    }
    let language = tag.attributes.get(&b"lang"[..]).and_then(|value| std::str::from_utf8(value).ok());
    match language {
        Some(language) if is_language_tag(language) => Mark::Language(language.into()),
        _ => Mark::Span,
    }
}

fn is_language_tag(tag: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_alphanumeric());
    tag.len() <= LONGEST_TAG
        && tag.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && tag.split('-').all(is_part)
}

/// What a comment says; `None` if the HTML is no comment, or more than one.
pub(super) fn comment(html: &str) -> Option<Directive> {
    let (inner, rest) = html.trim().strip_prefix("<!--")?.split_once("-->")?;
    if !rest.is_empty() {
        return None;
    }
    Some(match inner.trim() {
        "key-figures" => Directive::KeyFigures,
        "comparison" => Directive::Comparison,
        "lead" => Directive::Lead,
        "points" => Directive::Points,
        _ => Directive::Other,
    })
}

/// HTML that we do not set, as the text it is, but for the tags of languages on lines of their own.
pub(super) fn verbatim(html: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut spans = Spans::default();
    for line in html.trim_end().lines() {
        let mark = mark(line);
        if matches!(mark, Mark::Language(_) | Mark::Span | Mark::SpanEnd) && spans.obey(mark, false) {
            continue;
        }
        if !inlines.is_empty() {
            inlines.push(Inline::LineBreak);
        }
        inlines.push(Inline::Text {
            text: line.to_owned(),
            marks: Marks::default(),
            link: None,
            span: spans.innermost().cloned(),
        });
    }
    inlines
}

/// The spans that are open; those without a language are shown as text, and so are their ends.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<Option<Span>>);

impl Spans {
    /// Opens or closes a span; tells whether its tag is not to be shown.
    pub(super) fn obey(&mut self, mark: Mark, within_link: bool) -> bool {
        match mark {
            Mark::Language(language) => {
                self.0.push(Some(Span { language, within_link }));
                true
            }
            Mark::SpanEnd => self.0.pop() != Some(None),
            _ => {
                self.0.push(None);
                false
            }
        }
    }

    /// The language that holds here.
    pub(super) fn innermost(&self) -> Option<&Span> {
        self.0.iter().rev().find_map(Option::as_ref)
    }
}
