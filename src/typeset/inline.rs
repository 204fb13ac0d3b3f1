//! Inlines to styled pieces of text: marks, links and note marks become styles, targets and elements.

use super::Context;
use super::blocks::{Inline, Marks};
use super::frame::{ElementId, LinkTarget, Role};
use super::style::{self, Family, TextStyle, Weight};
use crate::language::Language;
use std::borrow::Cow;
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
}

impl Text {
    pub(super) fn plain(text: &str, style: TextStyle, element: ElementId) -> Text {
        let text = normal_form(text).into_owned();
        Text { letters: text, style, element, target: None, spoken: None, anchor: None, struck: false, verbatim: false }
    }
}

/// Composes letters typed in parts.
pub(super) fn normal_form(text: &str) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The pieces of inlines, in a base style, as part of an element.
pub(super) fn pieces(context: &mut Context<'_>, inlines: &[Inline], base: TextStyle, element: ElementId) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(inlines.len());
    let mut open_link: Option<(&str, ElementId)> = None;
    let mut after_mark = false;
    for inline in inlines {
        let mut is_mark = false;
        match inline {
            Inline::LineBreak => pieces.push(Piece::LineBreak),
            Inline::Text { text, marks, link } => {
                let mut style = marked(context, base, *marks, text);
                let owner = match link {
                    None => element,
                    Some(uri) => {
                        style.colour = style::ACCENT;
                        match open_link {
                            Some((open, owner)) if open == uri => owner,
                            _ => context.element(Role::Link, element),
                        }
                    }
                };
                open_link = link.as_deref().map(|uri| (uri, owner));
                let shown_in =
                    if marks.superscript && link.is_none() { context.element(Role::Superscript, owner) } else { owner };
                let mut piece = Text::plain(text, style, shown_in);
                piece.target = link.clone().map(LinkTarget::Uri);
                piece.struck = marks.struck;
                pieces.push(Piece::Text(piece));
            }
            Inline::Image { alternative } => {
                let style = marked(context, base, Marks { emphasis: true, ..Marks::default() }, alternative);
                let figure = context.element(Role::Figure(alternative.clone()), element);
                pieces.push(Piece::Text(Text::plain(alternative, style, figure)));
            }
            Inline::NoteMark(label) => {
                is_mark = true;
                if after_mark {
                    // 1 and 2 side by side must not read as 12.
                    let style = marked(context, base, Marks { superscript: true, ..Marks::default() }, ",");
                    pieces.push(Piece::Text(Text::plain(MARK_SEPARATOR, style, element)));
                }
                pieces.push(Piece::Text(note_mark(context, label, base, element)));
            }
        }
        after_mark = is_mark;
    }
    pieces
}

fn note_mark(context: &mut Context<'_>, label: &str, base: TextStyle, element: ElementId) -> Text {
    let mut style = marked(context, base, Marks { superscript: true, ..Marks::default() }, label);
    style.colour = style::ACCENT;
    let link = context.element(Role::Link, element);
    let mut mark = Text::plain(label, style, link);
    mark.target = Some(LinkTarget::Anchor(note_anchor(label)));
    mark.spoken = Some(match context.language {
        Language::En => format!("Note {label}"),
        Language::Vi => format!("Chú thích {label}"),
    });
    if context.referenced.insert(label.to_owned()) {
        mark.anchor = Some(reference_anchor(label));
    }
    mark
}

/// The anchor of a note.
pub(super) fn note_anchor(label: &str) -> String {
    format!("{NOTE_ANCHOR}{label}")
}

/// The anchor of the first reference to a note.
pub(super) fn reference_anchor(label: &str) -> String {
    format!("reference-{label}")
}

/// The style of marked text.
fn marked(context: &mut Context<'_>, base: TextStyle, marks: Marks, text: &str) -> TextStyle {
    let mut style = base;
    if marks.strong {
        style.cut.weight = Weight::Bold;
    }
    if marks.emphasis {
        style.cut.italic = !style.cut.italic;
    }
    if marks.code {
        style.cut.family = Family::Mono;
        style.size *= style::CODE_SCALE;
    }
    if marks.superscript {
        let has_superiors = context.words.has_superiors(text, base.cut);
        style = style::superscript(style, has_superiors);
    }
    style
}
