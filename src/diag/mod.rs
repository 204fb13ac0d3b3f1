//! Diagnostics as data: what was found, where, and what to do. Rendering, severity policy and exit codes live elsewhere.

mod github;
pub mod human;
pub mod json;
mod junit;
mod report;
mod sarif;
mod source;

pub(crate) use report::plural;
pub use report::{
    Accepted, Channel, Detail, Findings, Form, Part, Relation, RelationFigure, Report, ReportFormat, RuleText, Setting,
    Summary, Told,
};
pub use source::{ByteSpan, Region, SourceFile};

use crate::figure::Decimal;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// How grave a diagnostic is. Errors withhold the sheet's briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// Doubtful; the briefing says so.
    Warning,
    /// False or unreadable; the briefing is withheld.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// A place in a file and why it is shown.
#[derive(Debug, Clone)]
pub struct Label {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes that are underlined.
    pub span: ByteSpan,
    /// Why it is shown.
    pub text: String,
}

impl Label {
    /// Path, line and column (from 1, in characters), as a message writes them: `path:line:column`.
    pub fn place(&self) -> String {
        let (line, column) = self.file.line_column(self.span.start);
        format!("{}:{line}:{column}", self.file.path())
    }
}

/// The one correction that would settle a finding: offered, never applied.
#[derive(Debug, Clone)]
pub struct Fix {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes that are replaced.
    pub span: ByteSpan,
    /// What takes their place.
    pub replacement: String,
    /// What it does, lower case, without a full stop.
    pub description: String,
}

/// The closed range that a figure or a computation admits, in the base unit; `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// Lower end.
    #[serde(serialize_with = "json::optional_decimal")]
    pub lower: Option<Decimal>,
    /// Upper end.
    #[serde(serialize_with = "json::optional_decimal")]
    pub upper: Option<Decimal>,
}

/// One finding. The first label is the primary one: the finding stands at its line and column.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The code, kebab-case, naming the fault.
    pub code: &'static str,
    /// How grave it is after policy.
    pub severity: Severity,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// Where; the primary label first.
    pub labels: Vec<Label>,
    /// Further facts of the case.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Ids of the facts concerned.
    pub facts: Vec<String>,
    /// What the sheet states.
    pub stated: Option<Bounds>,
    /// What the arithmetic gives.
    pub computed: Option<Bounds>,
    /// The correction, if there is one and no other.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of the given severity, with no place yet.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            facts: Vec::new(),
            stated: None,
            computed: None,
            fix: None,
        }
    }

    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    /// Adds a place; the first one added is the primary.
    #[must_use]
    pub fn at(mut self, file: &Arc<SourceFile>, span: ByteSpan, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { file: Arc::clone(file), span, text: text.into() });
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Diagnostic {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// Names the facts concerned.
    #[must_use]
    pub fn facts<I: IntoIterator<Item = S>, S: Into<String>>(mut self, ids: I) -> Diagnostic {
        self.facts.extend(ids.into_iter().map(Into::into));
        self
    }

    /// What is stated and what is computed.
    #[must_use]
    pub fn bounds(mut self, stated: Bounds, computed: Bounds) -> Diagnostic {
        self.stated = Some(stated);
        self.computed = Some(computed);
        self
    }

    /// Offers the one correction: `replacement` in place of the bytes of `span`.
    #[must_use]
    pub fn fix(
        mut self,
        file: &Arc<SourceFile>,
        span: ByteSpan,
        replacement: impl Into<String>,
        description: impl Into<String>,
    ) -> Diagnostic {
        let (replacement, description) = (replacement.into(), description.into());
        self.fix = Some(Fix { file: Arc::clone(file), span, replacement, description });
        self
    }

    /// The same finding about another file of the same text.
    #[must_use]
    pub(crate) fn moved(&self, from: &Arc<SourceFile>, to: &Arc<SourceFile>) -> Diagnostic {
        let mut moved = self.clone();
        let files =
            moved.labels.iter_mut().map(|label| &mut label.file).chain(moved.fix.iter_mut().map(|fix| &mut fix.file));
        for file in files.filter(|file| Arc::ptr_eq(file, from)) {
            *file = Arc::clone(to);
        }
        moved
    }

    /// Path, line and column (from 1, in characters) of the primary label.
    pub fn place(&self) -> Option<(&str, usize, usize)> {
        let label = self.labels.first()?;
        let (line, column) = label.file.line_column(label.span.start);
        Some((label.file.path(), line, column))
    }
}

/// The near miss clause of a message: "did you mean `a` or `b`?" or nothing.
pub fn did_you_mean(unknown: &str, known: impl IntoIterator<Item = impl AsRef<str>>) -> Option<String> {
    let length = unknown.chars().count();
    let mut candidates: Vec<(usize, String)> = known
        .into_iter()
        .filter_map(|word| {
            let word = word.as_ref();
            let other = word.chars().count();
            let limit = (length.max(other) / 3).max(1);
            // Words of very unlike length are far apart, and comparing them takes time by the product of their lengths.
            let distance = (length.abs_diff(other) <= limit).then(|| strsim::damerau_levenshtein(unknown, word))?;
            (distance <= limit).then(|| (distance, word.to_owned()))
        })
        .collect();
    candidates.sort();
    candidates.dedup();
    let nearest = candidates.first().map_or(0, |(distance, _)| *distance);
    let near = candidates.into_iter().filter(|(distance, _)| *distance == nearest).take(2);
    let words: Vec<String> = near.map(|(_, word)| format!("`{word}`")).collect();
    if words.is_empty() { None } else { Some(format!("did you mean {}?", words.join(" or "))) }
}
