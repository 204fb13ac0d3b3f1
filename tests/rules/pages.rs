//! Every rule has its page, and every page holds.

use crate::harness::Page;
use brief::catalog::Catalog;
use brief::check::{self, Policy};
use brief::diag::SourceFile;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

pub(crate) fn pages() -> Vec<PathBuf> {
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

/// A rate says nothing of its own year's base: that is a figure of the year before.
#[test]
fn the_figure_that_a_growth_rate_is_on_is_of_a_year_earlier() {
    let text = "\
schema: 1
province: nghe-an
sources:
  paper: {published: 2024-01-15, language: en}
facts:
  - {indicator: goods-exports, period: 2023-01..2023-11, printed: {paper: 2.45 billion USD}}
  - {indicator: goods-exports-growth, period: 2023-01..2023-11, printed: {paper: up 12.02%}}
relations:
  - growth: {current: goods-exports, previous: {derive: goods-exports, id: exports-before}, rate: goods-exports-growth}
";
    let sheet = brief::sheet::load(&Arc::new(SourceFile::new("sheet.yaml", text))).unwrap();
    let checked = check::check(&sheet, &Catalog::builtin().unwrap(), &Policy::default()).sheet.unwrap();
    let before = checked.facts.iter().find(|fact| fact.id == "exports-before").unwrap();
    let span = before.time.span();
    assert_eq!((span.start.to_string(), span.end_latest.to_string()), ("2022-01-01".into(), "2022-11-30".into()));
    assert!(before.is_derived());
}
