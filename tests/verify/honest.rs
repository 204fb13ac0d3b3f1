//! What was not touched is valid, however it was made.

use crate::forge::{Forgery, hash};
use crate::made::{REPORTS, TODAY, codes, fonts, made, report, said_of};
use brief::typeset::FaceId;
use std::fs;
use std::path::Path;

fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

/// A folder of two of the shipped sheets, one of them changed.
fn two_sheets(change: impl Fn(String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nghe-an.yaml"), fixture("nghe-an.yaml")).unwrap();
    fs::write(folder.path().join("lang-son.yaml"), change(fixture("lang-son.yaml"))).unwrap();
    folder
}

#[test]
fn every_report_is_valid_and_made_again_byte_for_byte() {
    assert_eq!(REPORTS.len(), 10, "five documents in two languages");
    for (name, bytes) in REPORTS.iter() {
        let verdict = said_of(bytes);
        assert!(verdict.is_valid() && verdict.is_reproduced && verdict.findings.is_empty(), "{name}: {verdict}");
        assert_eq!(verdict.sheets, 4, "{name}");
        assert!(verdict.pages >= 2 && verdict.numerals > 50, "{name}: {verdict}");
    }
}

#[test]
fn the_verdict_is_one_clear_line() {
    let verdict = said_of(report("tien-giang.vi.pdf"));
    let (pages, numerals) = (verdict.pages, verdict.numerals);
    assert_eq!(
        verdict.to_string(),
        format!("valid: the.pdf: {pages} pages, {numerals} numerals, 4 sheets checked again, made again byte for byte")
    );
}

#[test]
fn the_sheets_come_out_as_they_went_in() {
    let mut pdf = Forgery::of(report("nghe-an.vi.pdf"));
    for name in ["lang-son.yaml", "long-an.yaml", "nghe-an.yaml", "tien-giang.yaml"] {
        assert!(pdf.text(name) == fixture(name), "{name}");
        assert!(pdf.text("evidence.json").contains(&hash(fixture(name).as_bytes())), "{name}");
    }
    assert!(pdf.text("nghe-an.vi.md").contains("# Nghệ An"));
    let checks: serde_json::Value = serde_json::from_str(&pdf.text("checks.json")).unwrap();
    assert_eq!(checks["summary"]["sheets"], 4);
    assert_eq!(checks["summary"]["valid"], true);
    let paths = checks["diagnostics"].as_array().unwrap().iter().map(|found| found["path"].as_str().unwrap());
    assert!(paths.clone().count() > 0);
    assert!(paths.clone().all(|path| !path.contains('/')), "no folder shows: {:?}", paths.collect::<Vec<_>>());
    let statement: serde_json::Value = serde_json::from_str(&pdf.text("evidence.json")).unwrap();
    assert_eq!(statement["quarter"], "2026-Q3");
    assert_eq!((&statement["subject"], &statement["language"]), (&"nghe-an".into(), &"vi".into()));
    assert_eq!(statement["checked_as_of"], "2026-09-30");
    assert_eq!(statement["files"].as_object().unwrap().len(), 6);
}

#[test]
fn neither_the_folder_nor_the_batch_nor_the_day_shows_in_the_bytes() {
    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["lang-son.yaml", "long-an.yaml", "nghe-an.yaml", "tien-giang.yaml"] {
        fs::write(elsewhere.path().join(name), fixture(name)).unwrap();
    }
    // 1 January 2031.
    let alone = made(elsewhere.path(), &["--province", "nghe an", "--lang", "vi", "--jobs", "1"], "1924992000");
    assert!(alone["nghe-an.vi.pdf"] == report("nghe-an.vi.pdf"));
}

#[test]
fn a_province_that_was_withheld_is_withheld_again() {
    let sheets = two_sheets(|sheet| sheet.replacen("3.86 million USD", "3.68 million USD", 1) + "\nnonsense: 1\n");
    let pdfs = made(sheets.path(), &["--all", "--lang", "en"], TODAY);
    let bytes = &pdfs["nghe-an.en.pdf"];
    let verdict = said_of(bytes);
    assert!(verdict.is_valid() && verdict.is_reproduced, "{verdict}");
    assert_eq!(verdict.sheets, 1);
    let statement = Forgery::of(bytes).text("evidence.json");
    assert!(statement.contains("\"withheld\": [\n    \"lang-son\"\n  ]"), "{statement}");
    assert!(!statement.contains("lang-son.yaml"));
}

#[test]
fn an_allowance_that_has_run_out_since_is_taken_as_it_was() {
    let allowed = "allow:\n  - {code: unchecked-fact, until: 2026-06, reason: no second source prints them}\n";
    let sheets = two_sheets(|sheet| {
        assert!(!sheet.contains("\nallow:"));
        sheet + allowed
    });
    for day in ["1780272000", TODAY] {
        let pdfs = made(sheets.path(), &["--province", "lang-son"], day);
        let verdict = said_of(&pdfs["lang-son.en.pdf"]);
        assert!(verdict.is_valid() && verdict.is_reproduced, "{day}: {verdict}");
    }
}

#[test]
fn templates_of_ones_own_are_inside_and_are_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let templates = folder.path().join("templates/en");
    fs::create_dir_all(&templates).unwrap();
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/en");
    let template = fs::read_to_string(built_in.join("province.md.hbs")).unwrap();
    fs::write(templates.join("province.md.hbs"), format!("{template}\n\nIssued by the department.\n")).unwrap();
    // The terms are the built-in ones: they are not carried.
    fs::copy(built_in.join("terms.yaml"), templates.join("terms.yaml")).unwrap();
    let own = templates.parent().unwrap().to_str().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let pdfs = made(&fixtures, &["--all", "--lang", "en", "--templates", own], TODAY);
    let bytes = &pdfs["tien-giang.en.pdf"];
    let verdict = said_of(bytes);
    assert!(verdict.is_valid() && verdict.is_reproduced, "{verdict}");
    let mut pdf = Forgery::of(bytes);
    assert!(pdf.text("province.md.hbs").ends_with("Issued by the department.\n"));
    let statement = pdf.text("evidence.json");
    assert!(!statement.contains("terms.yaml"), "{statement}");
    assert!(pdfs["comparison.en.pdf"] == report("comparison.en.pdf"), "its template is the built-in one");
}

#[test]
fn a_report_in_the_official_form_carries_its_office() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let office = home.join("docs/office.yaml");
    let arguments =
        ["--province", "nghe-an", "--lang", "en,vi", "--layout", "decree-30", "--office", office.to_str().unwrap()];
    let pdfs = made(&home.join("fixtures"), &arguments, TODAY);
    for (name, bytes) in &pdfs {
        let verdict = said_of(bytes);
        assert!(verdict.is_valid() && verdict.is_reproduced && verdict.findings.is_empty(), "{name}: {verdict}");
        let mut pdf = Forgery::of(bytes);
        assert!(pdf.text("office.yaml") == fs::read_to_string(&office).unwrap());
        assert!(pdf.text("evidence.json").contains("\"layout\": \"decree-30\""));
        // Another office makes another page.
        let line = pdf.text("office.yaml").lines().find(|line| line.starts_with("symbol:")).unwrap().to_owned();
        pdf.change_with_hash("office.yaml", &line, "symbol: BC-KHAC");
        let verdict = said_of(&pdf.with_new_identity());
        let found = codes(&verdict);
        assert_eq!(found, [("altered-page", Some(1))], "{name}: {verdict}");
    }
}

/// Fonts are not carried: the numbers are held against the sheets, and the verdict says what is not proved.
#[test]
fn fonts_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    for face in
        (0..).map_while(|number| fonts().face(FaceId(number))).filter(|face| face.name.starts_with("LibertinusSerif"))
    {
        fs::write(folder.path().join(format!("{}.otf", face.name)), &face.data).unwrap();
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let arguments = ["--province", "tien-giang", "--fonts", folder.path().to_str().unwrap()];
    let pdfs = made(&fixtures, &arguments, TODAY);
    let bytes = &pdfs["tien-giang.en.pdf"];
    let verdict = said_of(bytes);
    assert_eq!(codes(&verdict), [("own-fonts", None)], "{verdict}");
    assert!(verdict.is_faultless() && !verdict.is_valid());
    assert!(verdict.to_string().ends_with("set in fonts of its own and not made again"), "{verdict}");
    let mut pdf = Forgery::of(bytes);
    pdf.redraw(1, "800", "880");
    let verdict = said_of(&pdf.with_new_identity());
    assert_eq!(codes(&verdict), [("own-fonts", None), ("altered-page", Some(1))], "{verdict}");
}
