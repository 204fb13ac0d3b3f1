//! What verification finds, and the verdict on a file.

use crate::diag::json::JsonDiagnostic;
use crate::diag::{Diagnostic, Severity, SourceFile, plural};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// One finding about a PDF.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What was found; without a place if it is about the file as a whole.
    pub diagnostic: Diagnostic,
    /// The page, from 1, if it is about one.
    pub page: Option<usize>,
}

/// What is said of a file.
#[derive(Debug)]
pub struct Verdict {
    /// The file.
    pub path: String,
    /// Everything that was found, in the order of the steps.
    pub findings: Vec<Finding>,
    /// How many pages were read.
    pub pages: usize,
    /// How many numerals stand on them, running matter apart.
    pub numerals: usize,
    /// How many sheets were checked again.
    pub sheets: usize,
    /// The version of the program that made it, as it says.
    pub version: Option<String>,
    /// Whether it was made again byte for byte.
    pub is_reproduced: bool,
    /// How many of the sheets that it was compared with are neither inside nor to be had.
    pub absent_peers: usize,
    /// What it says that it is.
    pub identity: Option<Identity>,
    /// Whether templates or terms inside it took the place of the program's.
    pub has_own_templates: bool,
}

/// What a PDF says that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The quarter.
    pub quarter: String,
    /// How the names of its files begin, below the quarter's folder: `nghe-an/16681-vinh-hung.en`.
    pub document: String,
    /// SHA-256 of the Markdown inside, if there is one.
    pub markdown: Option<String>,
    /// SHA-256 of each sheet that it was made from, carried or not.
    pub sheets: BTreeSet<String>,
}

impl Verdict {
    pub(super) fn new(path: &str) -> Verdict {
        Verdict {
            path: path.to_owned(),
            findings: Vec::new(),
            pages: 0,
            numerals: 0,
            sheets: 0,
            version: None,
            is_reproduced: false,
            absent_peers: 0,
            identity: None,
            has_own_templates: false,
        }
    }

    /// Whether the file is proved to be what its sheets give: nothing is wrong with it, and it was made again byte for byte.
    pub fn is_valid(&self) -> bool {
        self.is_faultless() && self.is_reproduced
    }

    /// Whether nothing wrong was found. That is less than [`Verdict::is_valid`]: of a file that cannot be made again, much is not looked at.
    pub fn is_faultless(&self) -> bool {
        self.findings.iter().all(|finding| finding.diagnostic.severity != Severity::Error)
    }

    /// Notes a finding about the file, or a file inside.
    pub(super) fn find(&mut self, diagnostic: Diagnostic) {
        self.findings.push(Finding { diagnostic, page: None });
    }

    /// Notes a finding about a page.
    pub(super) fn find_on_page(&mut self, page: usize, diagnostic: Diagnostic) {
        self.findings.push(Finding { diagnostic, page: Some(page) });
    }

    /// A text inside the file, under a path that tells where it is.
    pub(super) fn within(&self, part: &str, text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(format!("{}: {part}", self.path), text))
    }

    /// The verdict for programs.
    pub fn to_json(&self) -> impl Serialize + '_ {
        JsonVerdict {
            path: &self.path,
            valid: self.is_valid(),
            version: self.version.as_deref(),
            pages: self.pages,
            numerals: self.numerals,
            sheets: self.sheets,
            reproduced: self.is_reproduced,
            diagnostics: self.findings.iter().map(JsonFinding::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonVerdict<'a> {
    path: &'a str,
    valid: bool,
    version: Option<&'a str>,
    pages: usize,
    numerals: usize,
    sheets: usize,
    reproduced: bool,
    diagnostics: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    page: Option<usize>,
    #[serde(flatten)]
    diagnostic: JsonDiagnostic<'a>,
}

impl<'a> From<&'a Finding> for JsonFinding<'a> {
    fn from(finding: &'a Finding) -> Self {
        JsonFinding { page: finding.page, diagnostic: JsonDiagnostic::from(&finding.diagnostic) }
    }
}

/// One clear line: valid, invalid, or neither proved, and what was looked at or what is wrong.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_faultless() {
            let errors = self.findings.iter().filter(|finding| finding.diagnostic.severity == Severity::Error);
            let named = errors.map(|Finding { diagnostic, page }| match page {
                Some(page) => format!("{} on page {page}", diagnostic.code),
                None => diagnostic.code.to_owned(),
            });
            let mut told = BTreeSet::new();
            let codes: Vec<String> = named.filter(|code| told.insert(code.clone())).collect();
            return write!(f, "invalid: {}: {}", self.path, codes.join(", "));
        }
        let (pages, numerals, sheets) = (self.pages, self.numerals, self.sheets);
        write!(
            f,
            "{}: {}: {}, {}, {} checked again, ",
            if self.is_reproduced { "valid" } else { "unproved" },
            self.path,
            plural(pages, "page"),
            plural(numerals, "numeral"),
            plural(sheets, "sheet")
        )?;
        match &self.version {
            _ if self.is_reproduced && self.has_own_templates => {
                f.write_str("made again byte for byte by templates of its own")
            }
            _ if self.is_reproduced => f.write_str("made again byte for byte"),
            Some(version) if version != env!("CARGO_PKG_VERSION") => {
                write!(f, "made by version {} and not made again", version.escape_debug())
            }
            _ if self.absent_peers > 0 => write!(
                f,
                "compared with {} that {} not here and not made again",
                plural(self.absent_peers, "sheet"),
                if self.absent_peers == 1 { "is" } else { "are" }
            ),
            _ => f.write_str("set in fonts of its own and not made again"),
        }
    }
}
