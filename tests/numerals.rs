//! The pages hold the numerals of the Markdown: none added, none changed, none lost, none elsewhere.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input fails")]

mod pdf_reader;

use brief::typeset::{Document, Fonts, FrameItem, GlyphRun, NumeralFault, compare_numerals, layout};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

fn set(markdown: &str) -> Document {
    layout(markdown, &FONTS).unwrap()
}

/// The Markdown files of the sample reports.
fn samples() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/2026-Q3")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    assert!(paths.len() >= 10, "five documents in two languages");
    paths
}

/// How often each number stands in some texts: digits, with points and commas between them.
fn numbers<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        for run in text.split(|sign: char| !sign.is_numeric() && !matches!(sign, '.' | ',')) {
            let number = run.trim_matches(['.', ',']);
            if !number.is_empty() {
                *counts.entry(number.to_owned()).or_default() += 1;
            }
        }
    }
    counts
}

/// What a reader of the Markdown sees, by a reading of its own: no comments, no addresses, list items counted.
fn seen(markdown: &str) -> String {
    let mut seen = String::new();
    let mut item = 0;
    for line in markdown.splitn(3, "---\n").nth(2).unwrap().lines() {
        item = if line.starts_with("1. ") { item + 1 } else { 0 };
        let line = line.strip_prefix("1. ").map_or_else(|| line.to_owned(), |rest| format!("{item} {rest}"));
        for (at, part) in line.split("](").enumerate() {
            seen.push_str(if at == 0 { part } else { part.split_once(')').unwrap().1 });
        }
        seen.push('\n');
    }
    assert!(!seen.contains("<!-- 1"), "no comment of the samples has a number");
    seen
}

/// A value of the front matter.
fn front_matter<'a>(markdown: &'a str, key: &str) -> &'a str {
    let lines = markdown.split("---\n").nth(1).unwrap().lines();
    let mut values = lines.filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    values.next().unwrap().trim_matches('"')
}

#[test]
fn the_pdfs_hold_the_numbers_of_the_markdown_and_no_others() {
    for path in samples() {
        let markdown = std::fs::read_to_string(&path).unwrap();
        let pages = pdf_reader::pages(&std::fs::read(path.with_extension("pdf")).unwrap());
        let body = seen(&markdown);
        let value = |key| front_matter(&markdown, key);
        let mut written = vec![body.clone(), value("edition").to_owned()];
        for number in 1..=pages.len() {
            written.push(value("running_foot").to_owned());
            let label = value("page_label").replace("{page}", &number.to_string());
            written.push(label.replace("{pages}", &pages.len().to_string()));
            if number > 1 {
                written.extend([value("running_head").to_owned(), value("edition").to_owned()]);
            }
        }
        let shown = numbers(pages.iter().flat_map(|page| page.split('\u{1f}')));
        assert_eq!(shown, numbers(written.iter().map(String::as_str)), "{}", path.display());
        assert!(numbers([body.as_str()]).values().sum::<usize>() > 40, "{} has figures", path.display());
    }
}

#[test]
fn a_document_as_it_was_set_has_no_fault() {
    let table =
        "| a | 2020 |\n| --- | ---: |\n| x | **1.5**[^1][^2]<br>2021 |\n".to_owned() + &"| y | 12[^2] |\n".repeat(90);
    let narrow = format!("| {} |\n| {} |\n| {} |\n", "a | ".repeat(30), "--- | ".repeat(30), "123456789 | ".repeat(30));
    for markdown in [
        include_str!("typeset/constructs.md"),
        include_str!("typeset/nghe-an.en.md"),
        include_str!("typeset/nghe-an.vi.md"),
        "",
        &format!("{table}\n[^1]: One of 3\n\n[^2]: Two"),
        &narrow,
        "1. a 5\n   1. b 6\n   2. c\n\n   7 d\n8. e\n\n> 9\n> 1. f[^n4]\n\n[^n4]: 10\n    \n    11 | 12\n",
        "```\n1.\n5 , 6\n```\n\n1,\\\n2 &#51; `4` <b>5</b> ![6 *7*](8.png) [9](10) 11**12**13<sup>14</sup>\n\n![15](16.png)",
        "---\ntitle: \"Q1 2026\"\nedition: \"2\"\nkicker: 3rd\n---\n# Q1 2026\n\n4\n",
        "<!-- key-figures -->\n| **1** a | 2 | **3** | 4 | 5 | 6 | 7 |\n| - | - | - | - | - | - | - |\n| 8[^1] | | 9 |\n| 10 | 11 | 12 | 13 | 14 | 15 | 16 |\n\n[^1]: x",
        "１２ and ٣٤ and ½, x² m³ ①",
        &"123456789".repeat(200),
    ] {
        assert_eq!(compare_numerals(markdown, &set(markdown)), [], "{markdown}");
    }
}

const TAMPERED: &str = "---\ntitle: Report\nedition: 2026 Q3\nrunning_foot: As of 30 September\n---\n\nIn all 1,155 projects[^1].\n\n| a | b |\n| --- | --- |\n| 15 | 16 |\n\n[^1]: Source of 2022\n";

/// The fault of the document after a change to its runs.
fn tampered(change: impl Fn(&mut GlyphRun)) -> Vec<NumeralFault> {
    let mut document = set(TAMPERED);
    for item in document.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let FrameItem::Text(run) = item {
            change(run);
        }
    }
    compare_numerals(TAMPERED, &document)
}

#[test]
fn a_numeral_that_was_changed_lost_added_or_moved_is_found() {
    assert_eq!(tampered(|_| {}), []);
    for (from, to, shown, written) in [
        ("1,155", "1,115", "1,115. [1]", "1,155. [1]"),
        ("1,155", "1155", "1155. [1]", "1,155. [1]"),
        ("1,155", "many", ". [1]", "1,155. [1]"),
        ("all", "all 3", "31,155. [1]", "1,155. [1]"),
        ("15", "16", "16", "15"),
        ("a", "a4", "4", "15"),
    ] {
        let faults = tampered(|run| {
            if run.element.is_some() && (run.text == from || run.text.contains(&format!("{from} "))) {
                run.text = run.text.replace(from, to);
            }
        });
        let [NumeralFault::Content { page: 1, shown: found, written: expected, .. }] = faults.as_slice() else {
            panic!("{from} to {to}: {faults:?}");
        };
        assert_eq!((found.as_str(), expected.as_str()), (shown, written), "{from} to {to}");
    }
    // Two cells that were swapped hold the same numbers, at the wrong places.
    let swapped = tampered(|run| match run.text.as_str() {
        "15" => run.text = "16".to_owned(),
        "16" => run.text = "15".to_owned(),
        _ => {}
    });
    assert!(matches!(swapped.as_slice(), [NumeralFault::Content { .. }]), "{swapped:?}");
}

#[test]
fn running_matter_holds_the_page_number_and_what_the_front_matter_says() {
    let faults = tampered(|run| {
        if run.element.is_none() && run.text.starts_with("page 1") {
            run.text = "page 1 of 15".to_owned();
        }
    });
    assert_eq!(faults, [NumeralFault::RunningMatter { page: 1, shown: "15".to_owned() }]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Whatever Markdown is set, the proof does not mistake it for another: a false alarm would withhold a good document.
    #[test]
    fn no_markdown_is_mistaken(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40)) {
        let markdown = format!("Text\n\n{}", parts.concat());
        prop_assert_eq!(compare_numerals(&markdown, &set(&markdown)), [], "{}", markdown);
    }
}

/// Pieces of Markdown, to be put together at random.
const PARTS: &[&str] = &[
    "1",
    "23",
    "4,5",
    "6.7 ",
    " ",
    "\n",
    "\n\n",
    "1. ",
    "2) ",
    "- ",
    "* ",
    "> ",
    "    ",
    "\t",
    "# ",
    "## ",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "[^1]",
    "[^2]",
    "[^1]: ",
    "\n\n[^2]: ",
    "[",
    "](8)",
    "![9](",
    ")",
    "<br>",
    "<sup>",
    "</sup>",
    "<!-- 3 -->",
    "<b>",
    "|",
    "\n| a | 1 |\n| - | -: |\n",
    "| 10 | 11<br>12 |\n",
    "\n<!-- key-figures -->\n| **13** b |\n| - |\n",
    "| 14[^1] |\n",
    "-----\n",
    "~~",
    "\\",
    "&#52;",
    "- [x] ",
    "word",
    "nghìn tỉ ",
    "%",
    "–",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    ",\u{2009}",
    "１",
    "٣",
    "½",
    "a\u{301}",
    "averyveryverylongwordthatisnotbroken0123456789",
    "https://a.vn/1-2?3=4",
];
