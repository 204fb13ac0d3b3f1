//! Diagnostics for people: the lines of the sheet, what is underlined and why, what to do.

use super::{Diagnostic, Label, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::sync::Arc;

/// Draws one diagnostic, with terminal colours or without.
pub fn render(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group: Group<'_> = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
    let mut drawn: Vec<&Label> = Vec::new();
    for label in &diagnostic.labels {
        if drawn.iter().any(|other| Arc::ptr_eq(&other.file, &label.file)) {
            continue;
        }
        drawn.push(label);
        let same_file = diagnostic.labels.iter().filter(|other| Arc::ptr_eq(&other.file, &label.file));
        let primary = diagnostic.labels.first();
        let annotations = same_file.map(|label| {
            let kind = if primary.is_some_and(|first| std::ptr::eq(first, label)) {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let annotation = kind.span(label.span.start..visible_end(label));
            if label.text.is_empty() { annotation } else { annotation.label(&label.text) }
        });
        group = group.element(Snippet::source(label.file.text()).path(label.file.path()).annotations(annotations));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.decor_style(DecorStyle::Unicode).render(&[group]);
    text.push('\n');
    text
}

/// The end of what is underlined: a block of several lines is underlined on its first.
fn visible_end(label: &Label) -> usize {
    let text = label.file.text();
    let span = label.file.slice(label.span);
    let first_line = span.lines().next().unwrap_or_default().trim_end();
    let end = label.span.start + first_line.len();
    if end > label.span.start || span.is_empty() { end.min(text.len()) } else { label.span.end.min(text.len()) }
}
