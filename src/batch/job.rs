//! What a run shall do, and what it did.

use super::error::BatchError;
use super::shard::Shard;
use super::stop::Stop;
use crate::calendar::Quarter;
use crate::catalog::Locality;
use crate::check::Policy;
use crate::language::Language;
use crate::office::Office;
use crate::typeset::Fonts;
use crate::typeset::layout::Layout;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What a run shall do.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which briefings.
    pub selection: Selection,
    /// For which quarter.
    pub quarter: Quarter,
    /// In which languages.
    pub languages: BTreeSet<Language>,
    /// In which formats.
    pub formats: BTreeSet<Format>,
    /// The folder of sheets.
    pub sheets: PathBuf,
    /// The folder of templates that take the place of the built-in ones.
    pub templates: Option<PathBuf>,
    /// The style sheet of the PDFs.
    pub layout: &'static Layout,
    /// The fonts of the PDFs; the bundled ones if none.
    pub fonts: Option<Fonts>,
    /// The office that issues the documents.
    pub office: Option<Office>,
    /// The folder to write into.
    pub out: PathBuf,
    /// How many documents at once; as many as there are cores if none.
    pub jobs: Option<usize>,
    /// The part of the work.
    pub shard: Option<Shard>,
    /// Severities.
    pub policy: Policy,
    /// Whether every note on every sheet is wanted. Else sheets that an earlier run found without error or warning are not checked again.
    pub every_note: bool,
    /// Asked through this, the run begins no further document.
    pub stop: Stop,
}

/// Which briefings a run makes.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Of every province that has a sheet, and the comparison.
    All,
    /// Of these provinces, in any spelling.
    Provinces(Vec<String>),
}

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// PDF.
    Pdf,
}

impl Format {
    /// The formats.
    pub const ALL: [Format; 2] = [Format::Markdown, Format::Pdf];

    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Pdf => "pdf",
        }
    }
}

/// What a briefing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A province or commune.
    Locality,
    /// All of them.
    Comparison,
}

/// A briefing in a language.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is about.
    pub subject: Subject,
    /// In which language.
    pub language: Language,
    /// Its name below the quarter's folder, without language and ending: `nghe-an`, `nghe-an/16681-vinh-hung`, `comparison`.
    pub name: String,
}

impl Document {
    /// The name of its files, without language and ending, in their folder.
    pub fn stem(&self) -> &str {
        self.name.rsplit_once('/').map_or(&self.name, |(_, stem)| stem)
    }

    /// The name with its language, which no other document has.
    pub fn key(&self) -> String {
        format!("{}.{}", self.name, self.language)
    }

    /// The path below the quarter's folder of a file that lies beside its own.
    pub(super) fn beside(&self, file: &str) -> String {
        match self.name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{file}"),
            None => file.to_owned(),
        }
    }
}

/// What a run came to. An [`Observer`](super::Observer) hears of all of it as it happens.
#[derive(Debug, Default)]
pub struct Built {
    /// The files, in the order of their paths.
    pub files: Vec<BuiltFile>,
    /// Whose briefing was withheld.
    pub withheld: Vec<Locality>,
    /// Of whom nothing had been published by the quarter's end: they have no briefing.
    pub unpublished: Vec<Unpublished>,
    /// Whether a sheet that a briefing was asked of did not pass.
    pub is_short_of_sheets: bool,
    /// How many documents are done, those among them that could not be made.
    pub done: usize,
    /// How many were not begun, as the run was asked to stop.
    pub left: usize,
    /// The documents that could not be made, by name and language.
    pub failed: BTreeSet<String>,
    /// What went wrong with the order, or with single documents.
    pub failures: Vec<BatchError>,
}

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuiltFile {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was written; a file that held the same bytes already was left alone.
    pub is_written: bool,
}

/// A province of which nothing was known yet.
#[derive(Debug, Clone)]
pub struct Unpublished {
    /// The province or commune.
    pub locality: Locality,
    /// The first quarter in which something is.
    pub first: Option<Quarter>,
}
