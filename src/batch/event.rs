//! What a run tells while it works, for whoever watches it. A run tells no time: it reads no clock.

use super::error::BatchError;
use super::job::{BuiltFile, Document};
use super::manifest::Verdict;
use super::sheets::Loaded;
use crate::calendar::Quarter;
use crate::diag::plural;
use crate::language::Language;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// Who watches a run. Documents are made at the same time: they are told of by several threads, in the order in which they are done.
pub trait Observer: Sync {
    /// Hears of something that has happened.
    fn tell(&self, event: &Event<'_>);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Observer for Unwatched {
    fn tell(&self, _: &Event<'_>) {}
}

/// Something that has happened in a run. [`Event::Started`] comes first, unless the sheets cannot be found, and [`Event::Finished`]
/// last. Every document is told of once: in [`Event::Skipped`], [`Event::Built`], [`Event::Withheld`] or [`Event::Failed`]; those of
/// which nothing is told were left.
#[derive(Debug)]
pub enum Event<'a> {
    /// The sheets are found.
    Started {
        /// The program's version.
        version: &'a str,
        /// The quarter of the briefings.
        quarter: Quarter,
        /// The folder of sheets.
        folder: &'a Path,
        /// How many sheets are there.
        sheets: usize,
    },
    /// A sheet is checked; told group by group, in the order of their paths.
    Sheet {
        /// The sheet, with all that was found.
        loaded: &'a Loaded,
        /// What the checks said of it.
        verdict: Verdict,
        /// Whether the run has a briefing to make of it.
        is_concerned: bool,
    },
    /// All sheets of a group are checked.
    Checked {
        /// The group, in words: `provinces`, `communes of Nghe An`.
        group: &'a str,
        /// Its sheets.
        sheets: usize,
        /// Their facts.
        facts: usize,
        /// The relations among them that could be judged.
        relations: usize,
        /// Errors.
        errors: usize,
        /// Warnings.
        warnings: usize,
    },
    /// Sheets of a group are as an earlier run found them, without error or warning: they are not checked again.
    Known {
        /// The group, in words.
        group: &'a str,
        /// How many sheets.
        sheets: usize,
    },
    /// So many documents more are to be made, or found to be unchanged.
    Planned {
        /// How many.
        documents: usize,
    },
    /// Of a locality nothing had been published by the quarter's end: it has no briefing.
    Unpublished {
        /// The locality.
        locality: Named<'a>,
        /// The first quarter in which something is.
        first: Option<Quarter>,
    },
    /// The briefings of a locality are withheld because of its sheet; they are not among those that are planned.
    Withheld {
        /// The locality.
        locality: Named<'a>,
        /// Its briefings.
        languages: &'a BTreeSet<Language>,
        /// Why.
        why: &'a Withholding,
    },
    /// A document is as an earlier run left it: it was not made.
    Skipped {
        /// The document.
        document: &'a Document,
        /// Its files.
        files: &'a [BuiltFile],
    },
    /// A document was made; its files were written, unless they held the same bytes already.
    Built {
        /// The document.
        document: &'a Document,
        /// Why it was made, and not left as it was.
        why: &'a [Reason],
        /// Its files.
        files: &'a [BuiltFile],
    },
    /// A remark on a document that is made all the same, such as letters that no font has.
    Remarked {
        /// The document.
        document: &'a Document,
        /// The remark.
        message: &'a str,
    },
    /// A document could not be made, or is withheld for a number in it; the last good one stays.
    Failed {
        /// The document.
        document: &'a Document,
        /// Why.
        error: &'a BatchError,
        /// Files of it that were written before.
        files: &'a [BuiltFile],
    },
    /// A report is there whose sheet is gone; it is left alone.
    Orphaned {
        /// The report.
        file: &'a Path,
    },
    /// The run was told to stop.
    Stopped {
        /// Documents that are done.
        done: usize,
        /// Documents that are left.
        left: usize,
    },
    /// Something that was ordered cannot be had, or the run cannot go on.
    Refused {
        /// Why.
        error: &'a BatchError,
    },
    /// The run is at its end.
    Finished {
        /// All of it, in numbers.
        summary: &'a Summary,
    },
}

/// What a briefing is about.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// As in the names of its files: `nghe-an`, `nghe-an/16681-vinh-hung`.
    pub id: &'a str,
    /// Its name in English.
    pub name: &'a str,
}

/// Why the briefings of a locality are withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withholding {
    /// How many errors its sheets have.
    pub errors: usize,
    /// The sheets that have them.
    pub sheets: Vec<PathBuf>,
}

impl fmt::Display for Withholding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plural(self.errors, "error"))?;
        for (place, sheet) in self.sheets.iter().enumerate() {
            f.write_str(if place == 0 { " in " } else { " and " })?;
            write!(f, "{}", sheet.file_name().map_or(sheet.as_path(), Path::new).display())?;
        }
        Ok(())
    }
}

/// What became of something that a document is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was not there in the earlier run.
    New,
    /// It is another.
    Changed,
    /// It was there in the earlier run.
    Gone,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Change::New => "is new",
            Change::Changed => "changed",
            Change::Gone => "is gone",
        })
    }
}

/// Why a document is made, and not left as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing is known of how the document was made.
    NoRecord,
    /// The program is another build.
    Program,
    /// A sheet.
    Sheet {
        /// Its file's name.
        file: String,
        /// What became of it.
        change: Change,
    },
    /// More sheets of the group than are named.
    MoreSheets {
        /// How many more.
        count: usize,
    },
    /// An allowance of a sheet ran out, or holds again.
    Allowances,
    /// A template, or the terms of a language.
    Template {
        /// Its path in the folder of templates.
        file: String,
        /// What became of it.
        change: Change,
    },
    /// A font of the user's own.
    Font {
        /// Its file's name.
        file: String,
        /// What became of it.
        change: Change,
    },
    /// The issuing office.
    Office {
        /// What became of it.
        change: Change,
    },
    /// The layout.
    Layout {
        /// The earlier one.
        from: String,
        /// The one that is asked for.
        to: String,
    },
    /// A report is not there.
    Missing {
        /// Its file's name.
        file: String,
    },
    /// A report is not as it was written.
    Altered {
        /// Its file's name.
        file: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NoRecord => f.write_str("there is no record of an earlier run"),
            Reason::Program => f.write_str("the program changed"),
            Reason::Sheet { file, change } => write!(f, "the sheet {file} {change}"),
            Reason::MoreSheets { count } => write!(f, "{} more changed", plural(*count, "sheet")),
            Reason::Allowances => f.write_str("an allowance ran out, or holds again"),
            Reason::Template { file, change } => write!(f, "the template {file} {change}"),
            Reason::Font { file, change } => write!(f, "the font {file} {change}"),
            Reason::Office { change } => write!(f, "the issuing office {change}"),
            Reason::Layout { from, to } => write!(f, "the layout changed from {from} to {to}"),
            Reason::Missing { file } => write!(f, "the report {file} is missing"),
            Reason::Altered { file } => write!(f, "the report {file} is not as it was written"),
        }
    }
}

/// A run in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Documents that were to be there, those that are withheld among them: the sum of the five that follow.
    pub documents: usize,
    /// Documents of which a file was written.
    pub built: usize,
    /// Documents that are as they were.
    pub unchanged: usize,
    /// Documents that are withheld.
    pub withheld: usize,
    /// Documents that could not be made.
    pub failed: usize,
    /// Documents that the run did not come to.
    pub left: usize,
    /// Localities of which nothing had been published.
    pub unpublished: usize,
    /// Reports whose sheet is gone.
    pub orphaned: usize,
    /// Files that were written.
    pub files_written: usize,
    /// Files that were left alone.
    pub files_unchanged: usize,
    /// The sheets that were read.
    pub sheets: SheetCounts,
}

/// Sheets by what the checks said of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SheetCounts {
    /// Without error.
    pub valid: usize,
    /// With errors.
    pub invalid: usize,
    /// Whose form cannot be read.
    pub unreadable: usize,
}

impl Summary {
    /// Counts what an event tells.
    pub(super) fn count(&mut self, event: &Event<'_>) {
        match event {
            Event::Sheet { verdict: Verdict::Valid, .. } => self.sheets.valid += 1,
            Event::Sheet { verdict: Verdict::Invalid, .. } => self.sheets.invalid += 1,
            Event::Sheet { verdict: Verdict::Unreadable, .. } => self.sheets.unreadable += 1,
            Event::Known { sheets, .. } => self.sheets.valid += sheets,
            Event::Planned { documents } => {
                self.documents += documents;
                self.left += documents;
            }
            Event::Withheld { languages, .. } => {
                self.documents += languages.len();
                self.withheld += languages.len();
            }
            Event::Unpublished { .. } => self.unpublished += 1,
            Event::Orphaned { .. } => self.orphaned += 1,
            Event::Skipped { files, .. } | Event::Built { files, .. } => {
                let is_built = self.count_files(files);
                *(if is_built { &mut self.built } else { &mut self.unchanged }) += 1;
                self.left = self.left.saturating_sub(1);
            }
            Event::Failed { error, files, .. } => {
                self.count_files(files);
                *(if error.withholds() { &mut self.withheld } else { &mut self.failed }) += 1;
                self.left = self.left.saturating_sub(1);
            }
            Event::Started { .. }
            | Event::Checked { .. }
            | Event::Remarked { .. }
            | Event::Stopped { .. }
            | Event::Refused { .. }
            | Event::Finished { .. } => {}
        }
    }

    /// Counts the files of a document; true if one was written.
    fn count_files(&mut self, files: &[BuiltFile]) -> bool {
        let written = files.iter().filter(|file| file.is_written).count();
        self.files_written += written;
        self.files_unchanged += files.len() - written;
        written > 0
    }
}
