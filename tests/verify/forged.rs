//! Each way of tampering has an answer of its own, with the page and the place.

use crate::forge::Forgery;
use crate::made::{codes, fonts, found, report, said_of, set};
use brief::pdf::{Attachment, Packed, Relationship};
use lopdf::{Object, dictionary};

const PDF: &str = "nghe-an.en.pdf";

fn forgery() -> Forgery {
    Forgery::of(report(PDF))
}

/// What is underlined in the first finding, and what is said of it.
fn place(verdict: &brief::verify::Verdict, at: usize) -> (String, String, String) {
    let label = &verdict.findings[at].diagnostic.labels[0];
    (label.file.path().to_owned(), label.file.slice(label.span).to_owned(), label.text.clone())
}

#[test]
fn a_file_that_was_only_saved_anew() {
    found(&forgery().with_old_identity(), &[("altered-file", None)]);
    let verdict = found(&forgery().with_new_identity(), &[("not-reproduced", None)]);
    assert!(verdict.findings[0].diagnostic.notes[0].contains("the text of the pages is the same"));
}

#[test]
fn a_figure_changed_on_a_page() {
    let mut pdf = forgery();
    pdf.redraw(1, "18,639", "18,369");
    let verdict = found(&pdf.with_old_identity(), &[("altered-file", None), ("altered-page", Some(1))]);
    let message = &verdict.findings[1].diagnostic.message;
    assert_eq!(message, "page 1 shows `18,369` where its Markdown has `18,639`");
    let (path, underlined, label) = place(&verdict, 1);
    assert_eq!((path.as_str(), underlined.as_str()), ("the.pdf: page 1", "18,369"));
    assert!(label.contains("18,639"), "{label}");
    assert_eq!(verdict.to_string(), "invalid: the.pdf: altered-file, altered-page on page 1");
}

#[test]
fn a_figure_changed_on_a_page_under_a_new_identity() {
    let mut pdf = forgery();
    pdf.redraw(2, "9,620", "6,920");
    let verdict = found(&pdf.with_new_identity(), &[("altered-page", Some(2))]);
    assert_eq!(verdict.findings[0].diagnostic.message, "page 2 shows `6,920` where its Markdown has `9,620`");
}

#[test]
fn figures_changed_on_two_pages_are_both_told() {
    let mut pdf = forgery();
    pdf.redraw(1, "18,639", "18,369");
    pdf.redraw(2, "9,620", "6,920");
    found(&pdf.with_new_identity(), &[("altered-page", Some(1)), ("altered-page", Some(2))]);
}

/// The strongest forger sets a changed briefing with the program itself, and puts the honest evidence inside.
#[test]
fn a_forged_briefing_with_honest_evidence() {
    let mut honest = forgery();
    let markdown = honest.text("nghe-an.en.md");
    assert!(markdown.contains("128.54%"));
    let names = [
        "checks.json",
        "evidence.json",
        "lang-son.yaml",
        "long-an.yaml",
        "nghe-an.en.md",
        "nghe-an.yaml",
        "tien-giang.yaml",
    ];
    let attachments = names.map(|name| Attachment {
        name: name.to_owned(),
        media_type: "text/plain",
        description: String::new(),
        relationship: Relationship::Data,
        contents: Packed::new(honest.text(name).as_bytes()).unwrap(),
    });
    let pages = set(&markdown.replace("128.54%", "158.24%"));
    let forged = brief::pdf::write(&pages, fonts(), &attachments).unwrap();
    let verdict = said_of(&forged);
    let pages: Vec<_> = codes(&verdict);
    assert!(
        pages.iter().all(|(code, page)| *code == "altered-page" && page.is_some()) && !pages.is_empty(),
        "{verdict}"
    );
    assert!(verdict.findings[0].diagnostic.message.starts_with("page 1 shows `158.24%"), "{verdict}");
}

#[test]
fn a_sheet_changed() {
    let mut pdf = forgery();
    pdf.change("nghe-an.yaml", "18,639", "18,640");
    let verdict = said_of(&pdf.with_old_identity());
    let codes = codes(&verdict);
    assert_eq!(codes[..2], [("altered-file", None), ("altered-attachment", None)], "{verdict}");
    assert!(verdict.findings[1].diagnostic.message.contains("`nghe-an.yaml`"));
}

#[test]
fn a_sheet_changed_with_its_hash_and_the_identity() {
    let mut pdf = forgery();
    // No relation of the sheet holds this figure: it passes every check.
    pdf.change_with_hash("tien-giang.yaml", "more than 800", "more than 900");
    let verdict = said_of(&pdf.with_new_identity());
    let codes = codes(&verdict);
    assert!(codes.contains(&("altered-markdown", None)), "{verdict}");
    assert!(!codes.iter().any(|(code, _)| *code == "altered-page" || *code == "altered-attachment"), "{verdict}");
    assert!(!verdict.is_valid());
}

#[test]
fn a_sheet_changed_so_that_it_contradicts_itself() {
    let mut pdf = forgery();
    pdf.change_with_hash("long-an.yaml", "588 projects", "598 projects");
    let verdict = said_of(&pdf.with_new_identity());
    let failed = verdict.findings.iter().find(|finding| finding.diagnostic.code == "failed-sheet").unwrap();
    assert!(failed.diagnostic.message.contains("`long-an.yaml`"), "{}", failed.diagnostic.message);
    assert!(failed.diagnostic.message.contains("`sources-disagree`"), "{}", failed.diagnostic.message);
    assert_eq!(failed.diagnostic.labels[0].file.path(), "the.pdf: long-an.yaml");
    assert!(codes(&verdict).contains(&("altered-checks", None)));
}

#[test]
fn the_markdown_changed_with_its_hash_and_the_identity() {
    let mut pdf = forgery();
    pdf.change_with_hash("nghe-an.en.md", "18,639 people", "18,936 people");
    let verdict = found(&pdf.with_new_identity(), &[("altered-markdown", None)]);
    let (path, underlined, label) = place(&verdict, 0);
    assert_eq!((path.as_str(), underlined.as_str()), ("the.pdf: nghe-an.en.md", "18,936"));
    assert!(label.contains("the sheets give `18,639`"), "{label}");
}

#[test]
fn the_markdown_and_the_pages_changed_alike() {
    let mut pdf = forgery();
    pdf.change_with_hash("nghe-an.en.md", "18,639 people", "18,369 people");
    pdf.redraw(1, "18,639 people", "18,369 people");
    found(&pdf.with_new_identity(), &[("altered-markdown", None)]);
}

#[test]
fn the_check_result_changed() {
    let mut pdf = forgery();
    pdf.change_with_hash("checks.json", "\"warnings\": 0", "\"warnings\": 9");
    let verdict = found(&pdf.with_new_identity(), &[("altered-checks", None)]);
    let (path, underlined, label) = place(&verdict, 0);
    assert_eq!((path.as_str(), underlined.as_str()), ("the.pdf: checks.json", "9,"));
    assert!(label.contains("\"warnings\": 0"), "{label}");
}

#[test]
fn files_swapped_between_two_reports() {
    let (mut one, mut other) = (forgery(), Forgery::of(report("long-an.en.pdf")));
    one.replace("nghe-an.en.md", &other.text("long-an.en.md"));
    let verdict = found(&one.with_new_identity(), &[("altered-attachment", None), ("altered-markdown", None)]);
    assert!(verdict.findings[0].diagnostic.message.contains("`nghe-an.en.md`"));
    let mut one = forgery();
    for name in ["evidence.json", "checks.json"] {
        one.replace(name, &other.text(name));
    }
    let verdict = said_of(&one.with_new_identity());
    assert_eq!(codes(&verdict)[..2], [("missing-attachment", None), ("unknown-attachment", None)], "{verdict}");
}

#[test]
fn files_taken_out_and_put_in() {
    let mut pdf = forgery();
    pdf.remove("long-an.yaml");
    let verdict = found(&pdf.with_old_identity(), &[("altered-file", None), ("missing-attachment", None)]);
    assert_eq!(verdict.findings[1].diagnostic.message, "`long-an.yaml` is no longer inside the PDF");
    let mut pdf = forgery();
    pdf.add("proof.txt", "All of this is true.");
    found(&pdf.with_new_identity(), &[("unknown-attachment", None)]);
    let mut pdf = forgery();
    pdf.add("nghe-an.yaml", "schema: 1\n");
    assert_eq!(codes(&said_of(&pdf.with_new_identity()))[0], ("unknown-attachment", None));
}

#[test]
fn the_statement_taken_out_or_changed() {
    let mut pdf = forgery();
    pdf.remove("evidence.json");
    found(&pdf.with_new_identity(), &[("missing-attachment", None)]);
    for (from, to, said) in [
        ("{", "", "cannot be used"),
        ("2026-Q3", "2026-Q9", "`2026-Q9` is not a quarter"),
        ("\"subject\": \"nghe-an\"", "\"subject\": \"ha-noi\"", "`ha-noi`, of which there is no sheet"),
        ("\"schema\": 1", "\"schema\": 7", "form 7"),
    ] {
        let mut pdf = forgery();
        pdf.change("evidence.json", from, to);
        let verdict = said_of(&pdf.with_new_identity());
        assert_eq!(codes(&verdict)[0], ("altered-evidence", None), "{to}: {verdict}");
        assert!(verdict.findings[0].diagnostic.message.contains(said), "{}", verdict.findings[0].diagnostic.message);
    }
    // Another quarter, of which the sheets tell something else.
    let mut pdf = forgery();
    pdf.change("evidence.json", "2026-Q3", "2024-Q1");
    let verdict = said_of(&pdf.with_new_identity());
    assert_eq!(codes(&verdict), [("altered-markdown", None)], "{verdict}");
}

#[test]
fn text_and_pictures_laid_over_a_page() {
    let mut pdf = forgery();
    pdf.draw(2, "\nBT /Nothing 12 Tf 100 100 Td (999 projects) Tj ET");
    let verdict = found(&pdf.with_new_identity(), &[("altered-page", Some(2))]);
    assert!(verdict.findings[0].diagnostic.message.contains("`999`"), "{}", verdict.findings[0].diagnostic.message);
    let mut pdf = forgery();
    pdf.draw(1, "\n/Picture Do");
    let verdict = found(&pdf.with_new_identity(), &[("altered-page", Some(1))]);
    assert!(verdict.findings[0].diagnostic.message.contains("a picture or form (`Picture`)"));
    let mut pdf = forgery();
    let note = dictionary! {
        "Type" => "Annot", "Subtype" => "FreeText", "Rect" => vec![0.into(), 0.into(), 99.into(), 99.into()],
        "Contents" => Object::string_literal("2.54"),
    };
    let page = pdf.page(1);
    pdf.0.get_dictionary_mut(page).unwrap().get_mut(b"Annots").unwrap().as_array_mut().unwrap().push(note.into());
    let verdict = found(&pdf.with_new_identity(), &[("altered-page", Some(1))]);
    assert!(verdict.findings[0].diagnostic.message.contains("an annotation (FreeText)"));
    // A white box over a figure leaves the text as it is.
    let mut pdf = forgery();
    pdf.draw(1, "\n1 1 1 rg 0 0 300 300 re f");
    found(&pdf.with_new_identity(), &[("not-reproduced", None)]);
}

#[test]
fn what_is_read_aloud_changed() {
    let mut pdf = forgery();
    let mut content = b"/Span <</ActualText (999)>> BDC\n".to_vec();
    content.extend(pdf.0.get_page_content(pdf.page(1)));
    content.extend(b"\nEMC");
    pdf.set_content(1, content);
    let verdict = found(&pdf.with_new_identity(), &[("altered-page", Some(1))]);
    assert!(verdict.findings[0].diagnostic.notes[0].contains("read aloud"), "{verdict}");
}

#[test]
fn a_link_or_a_title_changed() {
    let mut pdf = forgery();
    let information = pdf.0.trailer.get(b"Info").unwrap().as_reference().unwrap();
    pdf.0.get_dictionary_mut(information).unwrap().set("Title", Object::string_literal("Long An"));
    found(&pdf.with_new_identity(), &[("not-reproduced", None)]);
    let mut pdf = forgery();
    let information = pdf.0.trailer.get(b"Info").unwrap().as_reference().unwrap();
    pdf.0.get_dictionary_mut(information).unwrap().set("Producer", Object::string_literal("Editor 7"));
    let verdict = found(&pdf.with_new_identity(), &[("altered-file", None)]);
    assert!(verdict.findings[0].diagnostic.message.contains("`Editor 7`"));
}

#[test]
fn pages_taken_out_and_turned_round() {
    let change = |change: fn(&mut Vec<Object>)| {
        let mut pdf = forgery();
        let pages = pdf.0.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        change(pdf.0.get_dictionary_mut(pages).unwrap().get_mut(b"Kids").unwrap().as_array_mut().unwrap());
        said_of(&pdf.with_new_identity())
    };
    let shorter = change(|kids| drop(kids.pop()));
    assert_eq!(codes(&shorter), [("altered-page", Some(3))], "{shorter}");
    let turned = change(|kids| kids.swap(0, 1));
    assert_eq!(codes(&turned), [("altered-page", Some(1)), ("altered-page", Some(2))], "{turned}");
    let twice = change(|kids| kids.extend(kids.clone()));
    assert!(!twice.is_valid());
}

/// A PDF of another version is not made again, and its numbers are still held against the sheets.
#[test]
fn another_version() {
    let of_another_version = || {
        let mut pdf = forgery();
        pdf.change("evidence.json", concat!("\"version\": \"", env!("CARGO_PKG_VERSION")), "\"version\": \"0.0.9");
        pdf
    };
    let verdict = said_of(&of_another_version().with_new_identity());
    assert_eq!(codes(&verdict), [("other-version", None)]);
    assert!(verdict.is_faultless() && !verdict.is_valid(), "what was not made again is not proved");
    assert!(verdict.to_string().starts_with("unproved: "), "{verdict}");
    assert!(verdict.to_string().ends_with("made by version 0.0.9 and not made again"), "{verdict}");

    let mut pdf = of_another_version();
    pdf.redraw(1, "18,639", "18,369");
    let verdict = found(&pdf.with_new_identity(), &[("other-version", None), ("altered-page", Some(1))]);
    assert!(verdict.findings[1].diagnostic.message.contains("`18,369`"));

    // Other words of another version are no forgery; other numbers are.
    let mut pdf = of_another_version();
    pdf.change_with_hash("nghe-an.en.md", "## Points to take", "## What to take from this");
    let verdict = said_of(&pdf.with_new_identity());
    assert_eq!(codes(&verdict), [("other-version", None), ("altered-markdown", None)]);
    assert!(verdict.is_faultless(), "{verdict}");
    // A point moved leaves every digit as it was.
    let mut pdf = of_another_version();
    pdf.change_with_hash("nghe-an.en.md", "1.298", "12.98");
    assert!(!said_of(&pdf.with_new_identity()).is_faultless());
    let mut pdf = of_another_version();
    pdf.change_with_hash("nghe-an.en.md", "18,639 people", "18,936 people");
    assert!(!said_of(&pdf.with_new_identity()).is_faultless());
}
