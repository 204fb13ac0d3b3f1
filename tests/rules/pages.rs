//! Every rule has its page, and every page holds.

use crate::harness::Page;
use brief::check;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn pages() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    pages.sort();
    pages
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let pages: BTreeSet<String> =
        pages().iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let rules: BTreeSet<String> = check::rules().map(|rule| rule.code.to_owned()).collect();
    let without_page: Vec<_> = rules.difference(&pages).collect();
    let without_rule: Vec<_> = pages.difference(&rules).collect();
    assert!(without_page.is_empty(), "rules without a page in tests/rules: {without_page:?}");
    assert!(without_rule.is_empty(), "pages in tests/rules without a rule: {without_rule:?}");
}

#[test]
fn codes_are_unique_and_explained() {
    let mut seen = BTreeSet::new();
    for rule in check::rules() {
        assert!(seen.insert(rule.code), "two rules are called {}", rule.code);
        for heading in ["What it does: ", "Why it matters: ", "What to do: "] {
            assert!(rule.explanation.contains(heading), "{} does not say `{heading}`", rule.code);
        }
    }
}

#[test]
fn pages_hold() {
    let mut faults = Vec::new();
    for path in pages() {
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        let page = Page::read(&path);
        assert!(page.text().starts_with(&format!("# {code}\n")), "{} has no title", path.display());
        for needed in ["\n## What must not fire\n", &format!("[{code}]"), "```text\n"] {
            assert!(page.text().contains(needed), "{} lacks {needed:?}", path.display());
        }
        faults.extend(page.run());
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
