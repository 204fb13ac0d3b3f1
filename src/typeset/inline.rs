//! Inlines to styled pieces of text: marks, links and note marks become styles, targets and elements.

use super::Context;
use super::blocks::{Inline, Marks, Span};
use super::frame::{ElementId, LinkTarget, Role};
use super::style::{self, Family, TextStyle, Weight};
use crate::language::Language;
use std::borrow::Cow;
use std::rc::Rc;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What stands between the marks of two notes.
pub const MARK_SEPARATOR: &str = ",\u{2009}";
/// How the [anchors](super::FrameItem::Anchor) of notes begin; the note's label follows.
pub const NOTE_ANCHOR: &str = "note-";

/// A stretch of text of one style and one element.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(Text),
    LineBreak,
}

#[derive(Debug, Clone)]
pub(super) struct Text {
    pub letters: String,
    pub style: TextStyle,
    pub element: ElementId,
    pub target: Option<LinkTarget>,
    /// What a screen reader says of the link, if not the text itself.
    pub spoken: Option<String>,
    /// A place that others link to: the first reference to a note.
    pub anchor: Option<String>,
    pub struck: bool,
    /// Spaces are kept as they are typed.
    pub verbatim: bool,
    /// The tag of its language, if that is named beside it; else it is the document's.
    pub language: Option<Rc<str>>,
}

impl Text {
    pub(super) fn plain(text: &str, style: TextStyle, element: ElementId) -> Text {
        let text = normal_form(text).into_owned();
        Text {
            letters: text,
            style,
            element,
            target: None,
            spoken: None,
            anchor: None,
            struck: false,
            verbatim: false,
            language: None,
        }
    }

    /// Whether it is the mark of a note, which stands close to what it is about.
    pub(super) fn is_note_mark(&self) -> bool {
        matches!(&self.target, Some(LinkTarget::Anchor(name)) if name.starts_with(NOTE_ANCHOR))
    }
}

/// Composes letters typed in parts.
pub(super) fn normal_form(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Whether a letter is surely in normal form C, whatever stands beside it: those of English and Vietnamese are, and their signs.
fn is_composed(letter: char) -> bool {
    matches!(letter, '\0'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}')
}

/// The pieces of inlines, in a base style, as part of an element.
pub(super) fn pieces(context: &mut Context<'_>, inlines: &[Inline], base: TextStyle, element: ElementId) -> Vec<Piece> {
    let layout = context.layout;
    let mut pieces = Vec::with_capacity(inlines.len());
    let mut open = OpenElements::default();
    let mut after_mark = false;
    for inline in inlines {
        let mut is_mark = false;
        match inline {
            Inline::LineBreak => pieces.push(Piece::LineBreak),
            Inline::Text { text, marks, link, span } => {
                let mut style = marked(context, base, *marks, text);
                if link.is_some() {
                    style.colour = layout.accent;
                }
                let owner = open.owner(context, element, link.as_deref(), span.as_ref());
                if after_mark && marks.superscript {
                    pieces.push(separator(context, base, element));
                }
                let shown_in =
                    if marks.superscript && link.is_none() { context.element(Role::Superscript, owner) } else { owner };
                let mut piece = Text::plain(text, style, shown_in);
                piece.target = link.clone().map(LinkTarget::Uri);
                piece.struck = marks.struck;
                piece.language = span.as_ref().map(|span| Rc::clone(&span.language));
                pieces.push(Piece::Text(piece));
            }
            Inline::Image { alternative, link, .. } => {
                let mut style = marked(context, base, Marks { emphasis: true, ..Marks::default() }, alternative);
                if link.is_some() {
                    style.colour = layout.accent;
                }
                let owner = open.owner(context, element, link.as_deref(), None);
                let figure = context.element(Role::Figure(alternative.clone()), owner);
                let mut piece = Text::plain(alternative, style, figure);
                piece.target = link.clone().map(LinkTarget::Uri);
                pieces.push(Piece::Text(piece));
            }
            Inline::NoteMark(label) => {
                is_mark = true;
                if after_mark {
                    pieces.push(separator(context, base, element));
                }
                pieces.push(Piece::Text(note_mark(context, label, base, element)));
            }
        }
        after_mark = is_mark;
    }
    pieces
}

/// What keeps two marks apart: 1 and 2 side by side must not read as 12.
fn separator(context: &mut Context<'_>, base: TextStyle, element: ElementId) -> Piece {
    let style = marked(context, base, Marks { superscript: true, ..Marks::default() }, ",");
    Piece::Text(Text::plain(MARK_SEPARATOR, style, element))
}

/// The elements that the next words of a paragraph may belong to as well.
#[derive(Default)]
struct OpenElements<'i> {
    link: Option<(&'i str, ElementId, ElementId)>,
    span: Option<(&'i str, ElementId, ElementId)>,
}

impl<'i> OpenElements<'i> {
    /// The element of words: a link, words of another language, or one within the other.
    fn owner(
        &mut self,
        context: &mut Context<'_>,
        element: ElementId,
        link: Option<&'i str>,
        span: Option<&'i Span>,
    ) -> ElementId {
        match (link, span) {
            (Some(uri), Some(span)) if span.within_link => {
                let link = self.link(context, uri, element);
                self.span(context, &span.language, link)
            }
            (Some(uri), Some(span)) => {
                let span = self.span(context, &span.language, element);
                self.link(context, uri, span)
            }
            (Some(uri), None) => {
                self.span = None;
                self.link(context, uri, element)
            }
            (None, Some(span)) => {
                self.link = None;
                self.span(context, &span.language, element)
            }
            (None, None) => {
                *self = OpenElements::default();
                element
            }
        }
    }

    fn link(&mut self, context: &mut Context<'_>, uri: &'i str, parent: ElementId) -> ElementId {
        match self.link {
            Some((open, outer, id)) if open == uri && outer == parent => id,
            _ => {
                let id = context.element(Role::Link, parent);
                self.link = Some((uri, parent, id));
                id
            }
        }
    }

    fn span(&mut self, context: &mut Context<'_>, language: &'i str, parent: ElementId) -> ElementId {
        match self.span {
            _ if language == context.language.code() => parent,
            Some((open, outer, id)) if open == language && outer == parent => id,
            _ => {
                let id = context.element(Role::Foreign(language.to_owned()), parent);
                self.span = Some((language, parent, id));
                id
            }
        }
    }
}

fn note_mark(context: &mut Context<'_>, label: &str, base: TextStyle, element: ElementId) -> Text {
    let layout = context.layout;
    let mut style = marked(context, base, Marks { superscript: true, ..Marks::default() }, label);
    style.colour = layout.accent;
    let link = context.element(Role::Link, element);
    let mut mark = Text::plain(label, style, link);
    mark.target = Some(LinkTarget::Anchor(note_anchor(label)));
    mark.spoken = Some(match context.language {
        Language::En => ["Note ", label].concat(),
        Language::Vi => ["Chú thích ", label].concat(),
    });
    if !context.referenced.contains(label) {
        context.referenced.insert(label.to_owned());
        mark.anchor = Some(reference_anchor(label));
    }
    mark
}

/// The anchor of a note.
pub(super) fn note_anchor(label: &str) -> String {
    [NOTE_ANCHOR, label].concat()
}

/// The anchor of the first reference to a note.
pub(super) fn reference_anchor(label: &str) -> String {
    format!("reference-{label}")
}

/// The style of marked text.
fn marked(context: &mut Context<'_>, base: TextStyle, marks: Marks, text: &str) -> TextStyle {
    let layout = context.layout;
    let mut style = base;
    if marks.strong {
        style.cut.weight = Weight::Bold;
    }
    if marks.emphasis {
        style.cut.italic = !style.cut.italic;
    }
    if marks.code {
        style.cut.family = Family::Mono;
        style.size *= layout.code_scale;
    }
    if marks.superscript {
        let has_superiors = context.words.has_superiors(text, base.cut);
        style = style::superscript(style, has_superiors);
    }
    style
}

#[cfg(test)]
mod tests {
    use super::is_composed;
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    #[test]
    fn what_is_surely_composed_is() {
        for letter in ('\0'..=char::MAX).filter(|letter| is_composed(*letter)) {
            assert_eq!(is_nfc_quick(std::iter::once(letter)), IsNormalized::Yes, "{letter:?}");
            assert_eq!(canonical_combining_class(letter), 0, "{letter:?}");
        }
    }
}
