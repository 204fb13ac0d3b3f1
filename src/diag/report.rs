//! What a run reports, whatever the format: findings a sheet, a summary, and the table of formats.

use super::{Bounds, Diagnostic, Severity, github, human, json, junit, sarif};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::io;

/// Every format, in the order in which help lists them.
const FORMATS: &[ReportFormat] = &[human::FORMAT, json::FORMAT, sarif::FORMAT, junit::FORMAT, github::FORMAT];

/// A format of reports.
#[derive(Debug)]
pub struct ReportFormat {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// Where its text goes.
    pub channel: Channel,
    /// Prepares a report.
    pub make: fn(Setting) -> Box<dyn Report>,
}

impl ReportFormat {
    /// Every format.
    pub fn all() -> impl Iterator<Item = &'static ReportFormat> {
        FORMATS.iter()
    }

    /// The format of a name.
    pub fn named(name: &str) -> Option<&'static ReportFormat> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// Where a format's text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Findings are remarks beside the result, which is the verdict.
    Remarks,
    /// Findings are results, a line each; the verdict is the last.
    Lines,
    /// The result is one document; the verdict is a remark.
    Document,
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Errors only.
    Errors,
    /// Errors and warnings, and notes in short.
    Usual,
    /// Every note, and what the sheets allow.
    Everything,
}

/// What a format may heed.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Whether terminal colours are wanted.
    pub colour: bool,
    /// How much is told; documents always tell all.
    pub detail: Detail,
    /// The rules that findings can be of.
    pub rules: Vec<RuleText>,
}

/// A rule as a report shows it.
#[derive(Debug, Clone, Copy)]
pub struct RuleText {
    /// The code.
    pub code: &'static str,
    /// The gravest severity that it reports.
    pub severity: Severity,
    /// What it does, why the fault matters, what to do; the first line completes "`code`: …".
    pub explanation: &'static str,
}

/// What is told of one sheet, or of a path where no sheet is.
#[derive(Debug)]
pub struct Findings<'a> {
    /// The path, as it was given or found.
    pub path: String,
    /// What could be made of it.
    pub form: Form,
    /// How many facts the sheet holds.
    pub facts: usize,
    /// Every finding, in the order of the sheet.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// What the sheet allows.
    pub accepted: Vec<Accepted<'a>>,
    /// Every relation that could be judged.
    pub relations: Vec<&'a dyn Told>,
}

/// A relation that is put into words and numbers when a format asks for them: most only count it.
pub trait Told: fmt::Debug {
    /// What is told of it.
    fn told(&self) -> Relation<'_>;
}

/// What could be made of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A sheet, and it was checked.
    Read,
    /// A sheet whose form cannot be read.
    Unreadable,
    /// Nothing is there, or a folder without sheets.
    Absent,
}

/// A finding that the sheet allows.
#[derive(Debug, Clone, Copy)]
pub struct Accepted<'a> {
    /// The finding.
    pub diagnostic: &'a Diagnostic,
    /// The analyst's reason.
    pub reason: &'a str,
}

/// A relation and its verdict.
#[derive(Debug, Serialize)]
pub struct Relation<'a> {
    /// The path of its sheet.
    pub path: &'a str,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1, in characters.
    pub column: usize,
    /// Its kind, as the sheet writes it.
    pub kind: &'a str,
    /// The ids of its facts.
    pub facts: &'a [String],
    /// `consistent`, `inconsistent`, `strained` or `undetermined`.
    pub verdict: &'a str,
    /// The smallest relative error in any operand that it would have caught.
    pub margin: Option<String>,
    /// The same for each fact that it holds.
    pub margins: BTreeMap<&'a str, String>,
    /// The figure that it gives and no source prints.
    pub derived: Option<RelationFigure<'a>>,
}

/// A figure that a relation gives and no source prints.
#[derive(Debug, Serialize)]
pub struct RelationFigure<'a> {
    /// Its role in the relation.
    pub role: &'a str,
    /// Its id, if the sheet names it.
    pub fact: Option<&'a str>,
    /// Its indicator, if it is known.
    pub indicator: Option<&'a str>,
    /// The code of its unit, if it is known.
    pub unit: Option<&'a str>,
    /// What it may be.
    #[serde(flatten)]
    pub bounds: Bounds,
}

/// What a run found, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Whether there is no error.
    pub valid: bool,
    /// Sheets, the unreadable ones among them.
    pub sheets: usize,
    /// Facts of the sheets that could be read.
    pub facts: usize,
    /// Relations that could be judged.
    pub relations: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Findings that the sheets allow.
    pub allowed: usize,
    /// Paths of which no sheet could be read.
    #[serde(skip)]
    pub unread: usize,
}

impl Default for Summary {
    fn default() -> Summary {
        Summary {
            valid: true,
            sheets: 0,
            facts: 0,
            relations: 0,
            errors: 0,
            warnings: 0,
            notes: 0,
            allowed: 0,
            unread: 0,
        }
    }
}

impl Summary {
    /// Counts what was found at one path.
    pub fn of(findings: &Findings<'_>) -> Summary {
        let count = |severity| findings.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let errors = count(Severity::Error);
        Summary {
            valid: errors == 0,
            sheets: usize::from(findings.form != Form::Absent),
            facts: findings.facts,
            relations: findings.relations.len(),
            errors,
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: findings.accepted.len(),
            unread: usize::from(findings.form != Form::Read),
        }
    }

    /// Adds what was found at another path.
    pub fn add(&mut self, other: &Summary) {
        self.valid &= other.valid;
        self.sheets += other.sheets;
        self.facts += other.facts;
        self.relations += other.relations;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.allowed += other.allowed;
        self.unread += other.unread;
    }
}

/// One clear line: valid or invalid, and what was looked at.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.valid { "valid: " } else { "invalid: " })?;
        f.write_str(&plural(self.sheets, "sheet"))?;
        for (count, word) in
            [(self.facts, "fact"), (self.relations, "relation"), (self.errors, "error"), (self.warnings, "warning")]
        {
            write!(f, ", {}", plural(count, word))?;
        }
        if self.notes > 0 {
            write!(f, ", {}", plural(self.notes, "note"))?;
        }
        if self.allowed > 0 {
            write!(f, ", {} allowed", self.allowed)?;
        }
        Ok(())
    }
}

/// A number and its word: `1 note`, `2 notes`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// What a format makes of one sheet.
#[derive(Debug, Default)]
pub struct Part {
    /// What is written in the sheet's turn.
    pub items: Vec<String>,
    /// What is written when every sheet had its turn.
    pub later: Vec<String>,
}

impl Part {
    /// Items that are written in the sheet's turn, and none later.
    pub fn now(items: Vec<String>) -> Part {
        Part { items, later: Vec::new() }
    }
}

/// A format at work: head, the sheets' items, middle, their later items, tail. It keeps nothing of a sheet, so that sheets
/// can be drawn on all cores and a run holds but a few of them.
pub trait Report: Sync {
    /// What stands before everything.
    ///
    /// # Errors
    /// It cannot be written as the format wants it.
    fn head(&self) -> io::Result<String> {
        Ok(String::new())
    }

    /// What is told of one sheet.
    ///
    /// # Errors
    /// It cannot be written as the format wants it.
    fn sheet(&self, findings: &Findings<'_>) -> io::Result<Part>;

    /// What stands between two items.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands between the items and the later ones.
    fn middle(&self) -> &'static str {
        ""
    }

    /// What stands after everything, the verdict line of the program aside.
    ///
    /// # Errors
    /// It cannot be written as the format wants it.
    fn tail(&self, _summary: &Summary) -> io::Result<String> {
        Ok(String::new())
    }
}

/// A path as addresses and annotations have it: forward slashes, nothing of `./` before it.
pub(super) fn forward(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").map_or(path.clone(), |rest| rest.trim_start_matches('/').to_owned())
}

/// A message with everything that the finding says besides, a line each: its labels if they are not drawn, notes, help.
pub(super) fn full_message(diagnostic: &Diagnostic, with_labels: bool) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    if with_labels {
        for (at, label) in diagnostic.labels.iter().enumerate().filter(|(_, label)| !label.text.is_empty()) {
            lines.push(if at == 0 { label.text.clone() } else { format!("{}: {}", label.place(), label.text) });
        }
    }
    lines.extend(diagnostic.notes.iter().cloned());
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}
