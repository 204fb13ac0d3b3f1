//! PDFs of communes carry their own sheet; the others are looked up by their hashes, in a folder of sheets.

use crate::forge::Forgery;
use crate::generator::{Level, Plan, Size};
use crate::made::{CATALOG, TODAY, codes, fonts, made};
use brief::verify::{Means, Peers, Verdict, verify};
use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Four communes of one province, one of them withheld.
pub(crate) static SHEETS: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let size = Size { facts: 8, relations: 3 };
    let plan = Plan { level: Level::Commune, sheets: 4, size, seed: 7, faulty: 0 };
    for (unit, number) in plan.units(&CATALOG).unwrap().iter().zip(0..) {
        let made = plan.make(unit, number, &CATALOG).unwrap();
        let text = if number == 3 { made.text + "\nnonsense: 1\n" } else { made.text };
        fs::write(folder.path().join(made.file), text).unwrap();
    }
    folder
});

static PDFS: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| made(SHEETS.path(), &["--all", "--lang", "en"], TODAY));

/// The PDF of the first commune.
fn commune() -> &'static [u8] {
    PDFS.iter().find(|(name, _)| name.starts_with("00")).unwrap().1
}

fn verdict(bytes: &[u8], peers: &Peers) -> Verdict {
    verify("the.pdf", bytes, &Means { catalog: &CATALOG, fonts: fonts(), peers })
}

fn all() -> Peers {
    Peers::of(SHEETS.path()).unwrap()
}

fn none() -> Peers {
    Peers::default()
}

#[test]
fn with_the_sheets_whatever_their_names_every_pdf_is_made_again() {
    assert_eq!(PDFS.len(), 4, "three communes and their comparison: {:?}", PDFS.keys());
    let renamed = TempDir::new().unwrap();
    for (entry, number) in fs::read_dir(SHEETS.path()).unwrap().zip(0..) {
        fs::copy(entry.unwrap().path(), renamed.path().join(format!("{number}.yml"))).unwrap();
    }
    for peers in [all(), Peers::of(renamed.path()).unwrap()] {
        for (name, bytes) in PDFS.iter() {
            let verdict = verdict(bytes, &peers);
            assert!(verdict.is_valid() && verdict.findings.is_empty(), "{name}: {verdict}");
            assert_eq!(verdict.sheets, 3, "{name}: the one that is withheld is not among them");
        }
    }
}

#[test]
fn without_the_sheets_it_is_unproved_and_what_can_be_is_looked_at() {
    for (name, bytes) in PDFS.iter().filter(|(name, _)| !name.starts_with("comparison")) {
        let verdict = verdict(bytes, &none());
        assert_eq!(codes(&verdict), [("absent-peers", None)], "{name}");
        assert!(!verdict.is_valid() && verdict.is_faultless(), "{name}");
        assert_eq!((verdict.sheets, verdict.absent_peers), (1, 2), "{name}");
        let line = verdict.to_string();
        assert!(line.starts_with("unproved: the.pdf: "), "{line}");
        assert!(line.ends_with("1 sheet checked again, compared with 2 sheets that are not here and not made again"));
        assert!(verdict.findings[0].diagnostic.help.as_ref().unwrap().contains("`--sheets DIR`"));
    }
    let comparison = PDFS.iter().find(|(name, _)| name.starts_with("comparison")).unwrap().1;
    assert!(verdict(comparison, &none()).is_valid(), "it carries all sheets");
}

#[test]
fn a_sheet_that_was_changed_since_is_not_the_one_it_was_compared_with() {
    let changed = TempDir::new().unwrap();
    let mut is_first = true;
    for entry in fs::read_dir(SHEETS.path()).unwrap() {
        let path = entry.unwrap().path();
        let mut text = fs::read_to_string(&path).unwrap();
        let is_peer = path.file_name().unwrap().to_str().unwrap() != named(&mut Forgery::of(commune()), "sheet");
        if is_peer && !text.contains("nonsense") && is_first {
            is_first = false;
            text.push_str("# looked through\n");
        }
        fs::write(changed.path().join(path.file_name().unwrap()), text).unwrap();
    }
    let verdict = verdict(commune(), &Peers::of(changed.path()).unwrap());
    assert_eq!(codes(&verdict), [("absent-peers", None)]);
    assert_eq!(verdict.absent_peers, 1);
    assert!(verdict.findings[0].diagnostic.message.contains("1 of the 2 sheets"));
}

/// A PDF changed and given its identity anew, said with and without the other sheets: never valid.
#[track_caller]
fn is_never_valid(change: impl Fn(&mut Forgery), alone: &[&str], with_sheets: &[&str]) {
    let mut pdf = Forgery::of(commune());
    change(&mut pdf);
    let bytes = pdf.with_new_identity();
    for (peers, expected) in [(none(), alone), (all(), with_sheets)] {
        let verdict = verdict(&bytes, &peers);
        let found: Vec<&str> = codes(&verdict).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, expected, "{verdict}");
        assert!(!verdict.is_valid());
    }
}

/// The name of the file of a role.
fn named(pdf: &mut Forgery, role: &str) -> String {
    let statement: serde_json::Value = serde_json::from_str(&pdf.text("evidence.json")).unwrap();
    let files = statement["files"].as_object().unwrap();
    files.iter().find(|(_, file)| file["role"] == role).unwrap().0.clone()
}

#[test]
fn forged_files_are_never_valid() {
    let subject_of_another = |pdf: &mut Forgery| {
        let statement: serde_json::Value = serde_json::from_str(&pdf.text("evidence.json")).unwrap();
        let subject = statement["subject"].as_str().unwrap().to_owned();
        pdf.change("evidence.json", &format!("\"{subject}\""), "\"an-giang/99999-xa\"");
    };
    is_never_valid(
        subject_of_another,
        &["altered-evidence", "absent-peers"],
        &["altered-evidence", "altered-evidence"],
    );
    // Its own sheet is another, and so is its hash.
    let mut pdf = Forgery::of(commune());
    let sheet = named(&mut pdf, "sheet");
    pdf.change_with_hash(&sheet, "schema: 1\n", "schema: 1\nnonsense: 1\n");
    let bytes = pdf.with_new_identity();
    for peers in [none(), all()] {
        let verdict = verdict(&bytes, &peers);
        assert!(!verdict.is_faultless() && codes(&verdict).contains(&("failed-sheet", None)), "{verdict}");
    }
    // A peer that nobody has: without the sheets that is as good as any other, and no proof.
    let invented = |pdf: &mut Forgery| {
        let statement: serde_json::Value = serde_json::from_str(&pdf.text("evidence.json")).unwrap();
        let sha256 = statement["peers"].as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        pdf.change("evidence.json", &sha256, &"0".repeat(64));
    };
    is_never_valid(invented, &["absent-peers"], &["absent-peers"]);
    // A patch on a page: without the sheets, numbers alone are looked at.
    let mut pdf = Forgery::of(commune());
    pdf.draw(1, "\nq 1 0 0 rg 0 0 10 10 re f Q\n");
    let verdict = verdict(&pdf.with_new_identity(), &all());
    assert!(!verdict.is_faultless(), "{verdict}");
}

#[test]
fn a_number_that_the_markdown_does_not_give_is_found_even_without_the_sheets() {
    let mut pdf = Forgery::of(commune());
    let markdown = named(&mut pdf, "markdown");
    let text = pdf.text(&markdown);
    let number = typeset_number(&text);
    let other: String = number.chars().map(|digit| if digit == '1' { '7' } else { '1' }).collect();
    pdf.replace(&markdown, &text.replace(&number, &other));
    let before = crate::forge::hash(text.as_bytes());
    let after = crate::forge::hash(text.replace(&number, &other).as_bytes());
    pdf.change("evidence.json", &before, &after);
    let verdict = verdict(&pdf.with_new_identity(), &none());
    assert!(codes(&verdict).iter().any(|(code, page)| *code == "altered-page" && page.is_some()), "{verdict}");
}

/// A number with a decimal point that stands in a Markdown.
fn typeset_number(markdown: &str) -> String {
    let words = markdown.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
    // A point at the end is that of the sentence.
    let mut numbers = words.map(|word| word.trim_matches('.')).filter(|word| word.len() >= 4);
    numbers.find(|word| word.matches('.').count() == 1).unwrap().to_owned()
}

#[test]
fn only_a_commune_may_leave_sheets_out() {
    let mut pdf = Forgery::of(crate::made::report("nghe-an.en.pdf"));
    pdf.change(
        "evidence.json",
        "\"files\": {",
        &format!("\"peers\": {{\"x.yaml\": \"{}\"}},\n  \"files\": {{", "0".repeat(64)),
    );
    let verdict = verdict(&pdf.with_new_identity(), &none());
    assert_eq!(codes(&verdict), [("altered-evidence", None)]);
}
