//! Diagnostics for people: the lines of the sheet, what is underlined and why, what to do.

use super::report::{self, Accepted, Channel, Detail, Findings, Part, Relation, Report, ReportFormat, Setting};
use super::{ByteSpan, Diagnostic, Label, Severity, SourceFile};
use crate::figure::Decimal;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "human",
    about: "for people: the lines of the sheet, what is wrong with them, what to do",
    channel: Channel::Remarks,
    make: |setting: Setting| Box::new(Human { colour: setting.colour, detail: setting.detail }),
};

/// How many facts a line names before it breaks off.
const FACTS_NAMED: usize = 3;

/// The longest message that is shown whole, in characters.
const LONGEST: usize = 1000;

struct Human {
    colour: bool,
    detail: Detail,
}

impl Report for Human {
    fn sheet(&self, findings: &Findings<'_>) -> io::Result<Part> {
        let mut items = Vec::new();
        let mut notes: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in &findings.diagnostics {
            match (diagnostic.severity, self.detail) {
                (Severity::Error, _) | (Severity::Warning, Detail::Usual) | (_, Detail::Everything) => {
                    items.push(render(diagnostic, self.colour) + "\n");
                }
                (Severity::Note, Detail::Usual) => notes.entry(diagnostic.code).or_default().push(diagnostic),
                (Severity::Warning | Severity::Note, Detail::Errors) => {}
            }
        }
        items.extend(notes.iter().map(|(code, notes)| self.short(code, notes, &findings.path)));
        if self.detail == Detail::Everything {
            items.extend(
                findings
                    .accepted
                    .iter()
                    .map(|Accepted { diagnostic, reason }| accepted(diagnostic, reason, self.colour)),
            );
            items.extend(findings.relations.iter().map(|relation| self.relation(&relation.told())));
            // What is drawn next stands apart, as what is drawn always does.
            let is_open = !findings.accepted.is_empty() || !findings.relations.is_empty();
            items.extend(is_open.then(|| "\n".to_owned()));
        }
        Ok(Part::now(items))
    }
}

impl Human {
    /// The notes of a code in a line: one in its words, several by their facts.
    fn short(&self, code: &str, notes: &[&Diagnostic], path: &str) -> String {
        let title = title("note", code, self.colour.then_some("\u{1b}[1;92m"));
        if let [note] = notes {
            let place = note.labels.first().map_or_else(|| path.to_owned(), Label::place);
            return format!("{title}: {}: {} (-v shows it)\n", harmless(&place), harmless(&note.message));
        }
        let facts: BTreeSet<&str> = notes.iter().flat_map(|note| &note.facts).map(String::as_str).collect();
        let named: Vec<&str> = facts.iter().take(FACTS_NAMED).copied().collect();
        let what = if facts.is_empty() {
            report::plural(notes.len(), "note")
        } else {
            let cut = if facts.len() > FACTS_NAMED { " …" } else { "" };
            format!("{}: {}{cut}", report::plural(facts.len(), "fact"), named.join(", "))
        };
        format!("{title}: {}: {} (-v shows each)\n", harmless(path), harmless(&what))
    }
}

impl Human {
    /// A relation in a line: its verdict, and the smallest error in each figure that it would have caught.
    fn relation(&self, relation: &Relation<'_>) -> String {
        let title = title("relation", relation.kind, self.colour.then_some("\u{1b}[1;96m"));
        let place = format!("{}:{}:{}", harmless(relation.path), relation.line, relation.column);
        let caught = relation.margins.iter().filter_map(|(fact, margin)| {
            let margin: Decimal = margin.parse().ok()?;
            let percent = (margin * Decimal::ONE_HUNDRED).round_dp(MARGIN_PLACES).normalize();
            Some(format!("{percent}% in `{fact}`"))
        });
        let caught: Vec<String> = caught.take(MARGINS_TOLD).collect();
        let worth =
            if caught.is_empty() { String::new() } else { format!("; catches errors from {}", caught.join(", ")) };
        format!("{title}: {place}: {}{worth}\n", relation.verdict)
    }
}

/// Decimals of a margin in per cent, and the most figures of a relation that are named.
const MARGIN_PLACES: u32 = 2;
const MARGINS_TOLD: usize = 6;

/// What a sheet allows, and why, in a line, with terminal colours or without.
pub fn accepted(diagnostic: &Diagnostic, reason: &str, colour: bool) -> String {
    let title = title("allowed", diagnostic.code, colour.then_some("\u{1b}[1;96m"));
    let place = diagnostic.labels.first().map(Label::place).unwrap_or_default();
    format!("{title}: {}: {}: {}\n", harmless(&place), harmless(&diagnostic.message), harmless(reason))
}

/// How a line of a code begins, in a style if one is given.
fn title(word: &str, code: &str, style: Option<&str>) -> String {
    style.map_or_else(|| format!("{word}[{code}]"), |style| format!("{style}{word}[{code}]\u{1b}[0m"))
}

/// Draws one diagnostic, with terminal colours or without.
pub fn render(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(harmless(&diagnostic.message)).id(diagnostic.code);
    let mut group: Group<'_> = Group::with_title(title);
    let mut drawn: Vec<&Label> = Vec::new();
    for label in &diagnostic.labels {
        if !drawn.iter().any(|other| Arc::ptr_eq(&other.file, &label.file)) {
            drawn.push(label);
            group = group.element(snippet(diagnostic, &label.file));
        }
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(harmless(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.decor_style(DecorStyle::Unicode).render(&[group]);
    text.push('\n');
    text
}

/// The labels of a diagnostic in one of its files. Only the lines from the first label to the last are drawn from: a sheet may
/// have many thousands, and as many diagnostics.
fn snippet<'a>(diagnostic: &'a Diagnostic, file: &'a Arc<SourceFile>) -> Snippet<'a, Annotation<'a>> {
    let labels = || diagnostic.labels.iter().enumerate().filter(|(_, label)| Arc::ptr_eq(&label.file, file));
    let start = labels().map(|(_, label)| label.span.start).min().unwrap_or_default();
    let end = labels().map(|(_, label)| visible_end(label)).max().unwrap_or_default();
    let (first_line, lines) = file.lines_of(ByteSpan { start, end });
    let annotations = labels().map(|(at, label)| {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let from = label.span.start.saturating_sub(lines.start);
        let annotation = kind.span(from..visible_end(label).saturating_sub(lines.start));
        if label.text.is_empty() { annotation } else { annotation.label(harmless(&label.text)) }
    });
    let source = Snippet::source(of_one_width(file.slice(lines))).path(harmless(file.path()));
    source.line_start(first_line).annotations(annotations)
}

/// The end of what is underlined: a block of several lines is underlined on its first.
fn visible_end(label: &Label) -> usize {
    let text = label.file.text();
    let span = label.file.slice(label.span);
    let first_line = span.lines().next().unwrap_or_default().trim_end();
    let end = label.span.start + first_line.len();
    if end > label.span.start || span.is_empty() { end.min(text.len()) } else { label.span.end.min(text.len()) }
}

/// A text that can neither command nor flood a terminal: control characters, and those that turn the direction of writing, are
/// replaced, and a sheet's word of a thousand letters is cut.
fn harmless(text: &str) -> String {
    let shown = annotate_snippets::normalize_untrusted_str(&of_one_width(text));
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown,
    }
}

/// A text that cannot command a terminal, its line ends kept: for what is said outside any sheet, which may quote names of files.
pub fn plain(text: &str) -> String {
    let line = |line: &str| annotate_snippets::normalize_untrusted_str(&of_one_width(line));
    text.split('\n').map(line).collect::<Vec<String>>().join("\n")
}

/// A text of the same length in bytes without the second set of control characters, which the drawing leaves as they are.
fn of_one_width(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| matches!(character, '\u{80}'..='\u{9f}');
    if text.contains(is_control) { text.replace(is_control, "¿").into() } else { text.into() }
}

#[cfg(test)]
#[path = "human_tests.rs"]
mod tests;
