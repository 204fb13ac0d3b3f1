//! What a run shall do, and what it did.

use super::error::BatchError;
use super::shard::Shard;
use crate::calendar::Quarter;
use crate::catalog::Province;
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
    /// The province of a column.
    Province(usize),
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
    /// The name of its files, without language and ending.
    pub name: String,
}

impl Document {
    /// What the names of its files begin with: `nghe-an.en`.
    pub fn stem(&self) -> String {
        format!("{}.{}", self.name, self.language)
    }
}

/// What a run made.
#[derive(Debug, Default)]
pub struct Built {
    /// The files, in the order of their paths.
    pub files: Vec<BuiltFile>,
    /// The provinces whose briefing was withheld.
    pub withheld: Vec<Province>,
    /// The provinces of which nothing had been published by the quarter's end: they have no briefing.
    pub unpublished: Vec<Unpublished>,
    /// The places, among the sheets, of those that this run had to make a briefing of.
    pub concerned: BTreeSet<usize>,
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
    /// The province.
    pub province: Province,
    /// The first quarter in which something is.
    pub first: Option<Quarter>,
}
