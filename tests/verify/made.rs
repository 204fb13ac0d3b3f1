//! PDFs as the program makes them, and what verification says of bytes.

use brief::catalog::Catalog;
use brief::typeset::Fonts;
use brief::verify::{Means, Peers, Verdict, verify};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

pub(crate) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::builtin().unwrap());
static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

/// 1 October 2026.
pub(crate) const TODAY: &str = "1790812800";

/// The PDFs of the shipped sheets, by their names.
pub(crate) static REPORTS: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| made(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &["--all"], TODAY));

/// One of them.
pub(crate) fn report(name: &str) -> &'static [u8] {
    &REPORTS[name]
}

/// The PDFs that a run of the program makes of a folder of sheets, on a day.
pub(crate) fn made(sheets: &Path, arguments: &[&str], day: &str) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(arguments)
        .args(["--quarter", "2026-Q3", "--format", "pdf", "--quiet", "--out"])
        .arg(out.path())
        .arg("--sheets")
        .arg(sheets)
        .env("SOURCE_DATE_EPOCH", day)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    let paths = String::from_utf8(ended.stdout).unwrap();
    let read = |path: &str| {
        let name = Path::new(path).file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    };
    let files: BTreeMap<String, Vec<u8>> = paths.lines().map(read).collect();
    assert!(!files.is_empty(), "{said}");
    files
}

/// What is said of bytes.
pub(crate) fn said_of(bytes: &[u8]) -> Verdict {
    verify("the.pdf", bytes, &Means { catalog: &CATALOG, fonts: &FONTS, peers: &Peers::default() })
}

/// The codes of what is found, each with its page, in order.
pub(crate) fn codes(verdict: &Verdict) -> Vec<(&'static str, Option<usize>)> {
    verdict.findings.iter().map(|finding| (finding.diagnostic.code, finding.page)).collect()
}

/// Asserts that bytes are invalid for these reasons alone, and returns what is said of them.
#[track_caller]
pub(crate) fn found(bytes: &[u8], expected: &[(&str, Option<usize>)]) -> Verdict {
    let verdict = said_of(bytes);
    let messages: Vec<&str> = verdict.findings.iter().map(|finding| finding.diagnostic.message.as_str()).collect();
    assert_eq!(codes(&verdict), expected, "{messages:#?}");
    assert!(!verdict.is_valid());
    assert!(verdict.to_string().starts_with("invalid: the.pdf: "), "{verdict}");
    verdict
}

/// Pages as text, as the program sets them.
pub(crate) fn set(markdown: &str) -> brief::typeset::Document {
    brief::typeset::layout(markdown, &FONTS).unwrap()
}

pub(crate) fn fonts() -> &'static Fonts {
    &FONTS
}
