//! A folder of a quarter, held against its manifest: every report as it was recorded, every PDF as it verifies by itself, nothing besides.

mod expected;

pub use expected::Record;

use super::Means;
use super::codes::{
    ABSENT_PEERS, ALTERED_REPORT, MISPLACED_REPORT, MISSING_REPORT, OTHER_MARKDOWN, OTHER_SHEETS, UNRECORDED_FILE,
};
use super::finding::Verdict;
use super::verify;
use crate::batch::manifest::Output;
use crate::batch::statement::hash;
use crate::batch::{BatchError, FileName, Shelf};
use crate::diag::{Diagnostic, Severity, plural};
use expected::Expected;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// Documents that are held at a time: enough to keep every core busy, few enough to weigh nothing.
const AT_ONCE: usize = 32;
/// The largest report that is read, in bytes: thirty times a comparison of all provinces.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// What to do about most of it.
const RUN_AGAIN: &str = "delete it and run the batch again: it makes what is missing";

/// What is said of one file of a folder.
#[derive(Debug)]
pub struct ReportVerdict {
    /// Whether it is a PDF, which can be made again; other files are held against their hashes.
    pub is_pdf: bool,
    /// The verdict.
    pub verdict: Verdict,
}

impl ReportVerdict {
    /// Whether the file is what it should be.
    pub fn is_valid(&self) -> bool {
        if self.is_pdf { self.verdict.is_valid() } else { self.verdict.is_faultless() }
    }

    /// Whether nothing is wrong but that sheets are not to be had, which is said once for the folder.
    fn lacks_peers_only(&self) -> bool {
        let mut findings = self.verdict.findings.iter();
        self.verdict.absent_peers > 0 && findings.all(|finding| finding.diagnostic.code == ABSENT_PEERS)
    }

    /// Whether there is something to say of this file alone.
    pub fn is_worth_telling(&self) -> bool {
        let speaks = || self.verdict.findings.iter().any(|it| it.diagnostic.severity != Severity::Note);
        !self.lacks_peers_only() && (!self.is_valid() || speaks())
    }
}

impl fmt::Display for ReportVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_pdf || !self.verdict.is_faultless() {
            return self.verdict.fmt(f);
        }
        write!(f, "valid: {}: as it was recorded", self.verdict.path)
    }
}

/// What is said of a folder.
#[derive(Debug)]
pub struct FolderVerdict {
    /// The folder.
    pub path: String,
    /// What it was held against.
    pub record: Record,
    /// What was found of the folder as a whole.
    pub findings: Vec<Diagnostic>,
    /// How many reports there are to be.
    pub reports: usize,
    /// How many of them are PDFs.
    pub pdfs: usize,
    /// How many of these are valid, made again byte for byte.
    pub reproduced: usize,
    /// How many lack nothing but sheets that they were compared with.
    pub without_peers: usize,
    /// How many reports have each error, by its code.
    pub errors: BTreeMap<&'static str, usize>,
    /// How many reports have errors.
    pub invalid: usize,
    /// How many files nobody recorded.
    pub unrecorded: usize,
}

impl FolderVerdict {
    /// Whether every report is what it should be, and every PDF was made again byte for byte.
    pub fn is_valid(&self) -> bool {
        self.is_faultless() && self.reproduced == self.pdfs && self.record.is_whole()
    }

    /// Whether nothing wrong was found.
    pub fn is_faultless(&self) -> bool {
        self.invalid == 0 && self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// The verdict for programs, without its files.
    pub fn to_json(&self) -> Value {
        let diagnostics: Vec<_> = self.findings.iter().map(crate::diag::json::JsonDiagnostic::from).collect();
        json!({
            "path": self.path, "valid": self.is_valid(), "record": self.record.name(), "reports": self.reports,
            "pdfs": self.pdfs, "reproduced": self.reproduced, "invalid": self.invalid, "unrecorded": self.unrecorded,
            "diagnostics": diagnostics,
        })
    }

    fn enter(&mut self, report: &ReportVerdict) {
        if report.is_pdf {
            self.pdfs += 1;
            self.reproduced += usize::from(report.verdict.is_reproduced);
            self.without_peers += usize::from(report.lacks_peers_only());
        }
        let mut codes: Vec<&'static str> = report
            .verdict
            .findings
            .iter()
            .filter(|finding| finding.diagnostic.severity == Severity::Error)
            .map(|finding| finding.diagnostic.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        self.invalid += usize::from(!codes.is_empty());
        for code in codes {
            *self.errors.entry(code).or_default() += 1;
        }
    }
}

/// One clear line: valid, invalid, or neither proved, and what was looked at or what is wrong.
impl fmt::Display for FolderVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_faultless() {
            let of_folder = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let mut told: Vec<String> = of_folder.map(|finding| finding.code.to_owned()).collect();
            told.extend(self.errors.iter().map(|(code, count)| match count {
                1 => (*code).to_owned(),
                more => format!("{code} ({more})"),
            }));
            let of = if self.invalid == 0 {
                plural(self.reports, "report")
            } else {
                format!("{} of {}", self.invalid, plural(self.reports, "report"))
            };
            return write!(f, "invalid: {}: {of}: {}", self.path, told.join(", "));
        }
        write!(f, "{}: {}: ", if self.is_valid() { "valid" } else { "unproved" }, self.path)?;
        if self.record != Record::None {
            write!(f, "{}, ", plural(self.reports, "report"))?;
        }
        if self.reproduced == self.pdfs {
            write!(f, "{} made again byte for byte", plural(self.pdfs, "PDF"))?;
        } else {
            write!(f, "{} of {} made again byte for byte", self.reproduced, plural(self.pdfs, "PDF"))?;
        }
        match self.record {
            Record::Whole => {}
            Record::Parts => f.write_str(", held against parts of a batch only")?,
            Record::None => f.write_str(", without a manifest")?,
        }
        if self.unrecorded > 0 {
            write!(f, ", {} that nobody recorded", plural(self.unrecorded, "file"))?;
        }
        Ok(())
    }
}

/// Verifies a folder. `take` is given what is said of each report, folder by folder in the order of their names; nothing else is kept of them.
///
/// # Errors
/// The folder cannot be read, or there is neither a manifest nor a PDF in it.
pub fn verify_folder(
    path: &Path,
    means: &Means<'_>,
    mut take: impl FnMut(ReportVerdict),
) -> Result<FolderVerdict, BatchError> {
    let shelf = Shelf::open(path)?;
    let expected = Expected::of(&shelf)?;
    let mut whole = FolderVerdict {
        path: path.display().to_string(),
        record: expected.record,
        findings: expected.findings.clone(),
        reports: expected.reports.len(),
        pdfs: 0,
        reproduced: 0,
        without_peers: 0,
        errors: BTreeMap::new(),
        invalid: 0,
        unrecorded: 0,
    };
    for unrecorded in &expected.unrecorded {
        whole.unrecorded += 1;
        let message = format!("{}: no manifest tells of this file", shelf.path().join(unrecorded).display());
        let help = "move it away if it is no report; delete it if it is one of an earlier batch";
        whole.findings.push(Diagnostic::warning(UNRECORDED_FILE, message).help(help));
    }
    for documents in expected.by_folder() {
        means.peers.collect();
        // The first one, a comparison if there is one, has the sheets checked that the others are then verified by.
        let (first, others) = documents.split_at(documents.len().min(1));
        for documents in first.chunks(1).chain(others.chunks(AT_ONCE)) {
            let said: Vec<Vec<ReportVerdict>> =
                documents.par_iter().map(|document| look(document, &shelf, &expected, means)).collect();
            for report in said.into_iter().flatten() {
                whole.enter(&report);
                take(report);
            }
        }
    }
    means.peers.forget();
    if whole.without_peers > 0 {
        let count = whole.without_peers;
        let message = format!("{path}: {} compared with sheets that are not here", were(count), path = whole.path);
        let help = "name the folder of the sheets with `--sheets DIR`: they are looked up by SHA-256";
        whole.findings.push(Diagnostic::warning(ABSENT_PEERS, message).help(help));
    }
    Ok(whole)
}

fn were(count: usize) -> String {
    format!("{} {}", plural(count, "PDF"), if count == 1 { "was" } else { "were" })
}

/// A document, in all its files: those of one name up to the language.
struct Paper<'a> {
    key: &'a str,
    files: Vec<(&'a str, Option<&'a Output>)>,
}

/// What is said of the files of a document.
fn look(paper: &Paper<'_>, shelf: &Shelf, expected: &Expected, means: &Means<'_>) -> Vec<ReportVerdict> {
    let mut markdown = None;
    let mut said = Vec::new();
    // The PDF first, for the Markdown is held against it.
    for (path, output) in paper.files.iter().filter(|(path, _)| is_pdf(path)) {
        let (mut verdict, bytes) = read(path, *output, shelf);
        if let Some(bytes) = bytes {
            let findings = std::mem::take(&mut verdict.findings);
            verdict = verify(&verdict.path, &bytes, means);
            verdict.findings.splice(0..0, findings);
            place(paper.key, *output, expected, &mut verdict);
            markdown = verdict.identity.as_ref().and_then(|identity| identity.markdown.clone());
        }
        said.push(ReportVerdict { is_pdf: true, verdict });
    }
    for (path, output) in paper.files.iter().filter(|(path, _)| !is_pdf(path)) {
        let (mut verdict, bytes) = read(path, *output, shelf);
        if let (Some(bytes), Some(inside)) = (bytes, &markdown)
            && **path == format!("{}.md", paper.key)
            && hash(&bytes) != *inside
        {
            let message = format!("this is not the Markdown inside `{}.pdf`", paper.key.escape_debug());
            let help = "run the batch again in both formats";
            verdict.find(Diagnostic::error(OTHER_MARKDOWN, message).help(help));
        }
        said.push(ReportVerdict { is_pdf: false, verdict });
    }
    said
}

/// Reads a report and holds it against what is recorded of it.
fn read(path: &str, output: Option<&Output>, shelf: &Shelf) -> (Verdict, Option<Vec<u8>>) {
    let mut verdict = Verdict::new(&shelf.path().join(path).display().to_string());
    let missing = |message: String| Diagnostic::error(MISSING_REPORT, message).help("run the batch again");
    let Ok(name) = path.parse::<FileName>() else {
        verdict.find(missing("no report can have this name".to_owned()));
        return (verdict, None);
    };
    if shelf.size(&name).is_some_and(|size| size > MAX_BYTES) {
        verdict.find(Diagnostic::error(ALTERED_REPORT, "this is larger than any report").help(RUN_AGAIN));
        return (verdict, None);
    }
    match shelf.read(&name) {
        Ok(Some(bytes)) => {
            if output.is_some_and(|output| output.bytes != bytes.len() as u64 || output.sha256 != hash(&bytes)) {
                let message = "this is not the file that the manifest tells of: its SHA-256 is another";
                verdict.find(Diagnostic::error(ALTERED_REPORT, message).help(RUN_AGAIN));
            }
            (verdict, Some(bytes))
        }
        Ok(None) => {
            verdict.find(missing("this report is not there".to_owned()));
            (verdict, None)
        }
        Err(error) => {
            verdict.find(missing(format!("this report cannot be read: {error}")));
            (verdict, None)
        }
    }
}

/// Holds what a PDF says that it is against its name, and its sheets against the manifest's.
fn place(key: &str, output: Option<&Output>, expected: &Expected, verdict: &mut Verdict) {
    let Some(identity) = verdict.identity.clone() else { return };
    let (document, quarter) = (identity.document.escape_debug().to_string(), identity.quarter.escape_debug());
    if output.is_some() && identity.document != key {
        let message = format!("this is `{document}`, and it lies in the place of `{}`", key.escape_debug());
        verdict.find(Diagnostic::error(MISPLACED_REPORT, message).help(RUN_AGAIN));
    }
    if let Some(ours) = &expected.quarter
        && identity.quarter != *ours
    {
        let message = format!("this is of the quarter {quarter}, and the manifest is of {}", ours.escape_debug());
        verdict.find(Diagnostic::error(MISPLACED_REPORT, message).help(RUN_AGAIN));
    }
    // What an earlier run left was made from the sheets of its time.
    if output.is_some_and(|output| output.kept.is_none())
        && let Some(sheet) = identity.sheets.iter().find(|sheet| !expected.sheets.contains(*sheet))
    {
        let message = "this was made from a sheet that the manifest does not record";
        let note = format!("its SHA-256 is {}", sheet.escape_debug());
        verdict.find(Diagnostic::warning(OTHER_SHEETS, message).note(note).help("run the batch again, whole"));
    }
}

fn is_pdf(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}
