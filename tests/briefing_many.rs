//! How a briefing reads where many provinces have sheets: it names the first and its own, and leaves the rest to the tables of the
//! comparison.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

use brief::catalog::Catalog;
use brief::check::{CheckedSheet, Policy, check};
use brief::compare::compare;
use brief::diag::SourceFile;
use brief::language::Language;
use brief::render::{COMPARATIVE, PROVINCE, Renderer};
use brief::sheet;
use std::fmt::Write;
use std::sync::Arc;

/// Twelve provinces in the order of the comparison.
const PROVINCES: [&str; 12] = [
    "an-giang-until-2025",
    "ba-ria-vung-tau",
    "bac-giang",
    "bac-kan",
    "bac-lieu",
    "ben-tre",
    "binh-dinh",
    "binh-duong",
    "binh-phuoc",
    "binh-thuan",
    "cao-bang",
    "hue",
];

fn checked(province: &str, rest: &str) -> CheckedSheet {
    let text = format!(
        "schema: 1\nprovince: {province}\nsources:\n  paper: {{publisher: {province} paper, published: 2025-02-10, language: en}}\n{rest}"
    );
    let file = Arc::new(SourceFile::new(format!("{province}.yaml"), text));
    let sheet = sheet::load(&file).expect("the sheet reads");
    let checked = check(&sheet, &Catalog::builtin().unwrap(), &Policy::default());
    checked.sheet.unwrap_or_else(|| panic!("the sheet passes: {:?}", checked.diagnostics))
}

fn fact(indicator: &str, figure: impl std::fmt::Display) -> String {
    format!("  - {{indicator: {indicator}, period: 2024, printed: {{paper: \"{figure}\"}}}}\n")
}

/// A province's sheet: delegations fall from An Giang's 120 to Hue's 10; Hue and Ben Tre have sent as many abroad; all but Hue
/// count visitors; the last four but Hue count large delegations; all deal with Trat.
fn sheets(provinces: &[&str]) -> Vec<CheckedSheet> {
    let sheet = |(place, province): (usize, &&str)| {
        let mut facts = fact("delegations-received", 10 * (PROVINCES.len() - place));
        let sent = match *province {
            "ben-tre" | "hue" => 500,
            _ => 100 + place,
        };
        facts += &fact("delegations-sent", sent);
        if *province != "hue" {
            facts += &fact("visitors-received", 5000 + place);
        }
        if ["binh-duong", "binh-phuoc", "binh-thuan", "cao-bang"].contains(province) {
            facts += &fact("large-delegations-received", 2 + place);
        }
        let mut rest = format!("facts:\n{facts}");
        writeln!(rest, "partners:\n  - {{place: trat, source: paper}}").unwrap();
        checked(province, &rest)
    };
    provinces.iter().enumerate().map(sheet).collect()
}

/// A province's briefing, or the comparative one.
fn briefing(provinces: &[&str], of: Option<&str>, language: Language) -> String {
    briefing_of_sheets(&sheets(provinces), of, language)
}

fn briefing_of_sheets(sheets: &[CheckedSheet], of: Option<&str>, language: Language) -> String {
    let catalog = Catalog::builtin().unwrap();
    let columns: Vec<_> = sheets.iter().map(|sheet| (&sheet.locality, Some(sheet))).collect();
    let comparison = compare(&columns, &catalog, "2026-Q3".parse().unwrap());
    let renderer = Renderer::new(None, &[language].into(), &[PROVINCE, COMPARATIVE]).unwrap();
    let briefing = match of {
        Some(province) => {
            let column = comparison.column(province).unwrap();
            renderer.province(&comparison, &catalog, column, language)
        }
        None => renderer.comparative(&comparison, &catalog, language),
    };
    briefing.unwrap().markdown
}

/// The only line that starts so, without the marks of its sources.
fn line(text: &str, start: &str) -> String {
    let found: Vec<&str> = text.lines().filter(|line| line.starts_with(start)).collect();
    let [line] = found[..] else { panic!("one line starts with `{start}`: {found:#?} in {text}") };
    let mut parts = line.split("[^");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |said, part| said + part.split_once(']').unwrap().1)
}

#[test]
fn a_ranking_names_the_first_and_its_own() {
    let english = briefing(&PROVINCES, Some("hue"), Language::En);
    assert_eq!(
        line(&english, "- **Delegations received**"),
        "- **Delegations received**: An Giang 120, Ba Ria - Vung Tau 110 and Bac Giang 100, the first of twelve provinces; \
         Hue 10, twelfth. An Giang’s figure is at least 12 times Hue’s<sup>d</sup>."
    );
    let vietnamese = briefing(&PROVINCES, Some("hue"), Language::Vi);
    assert_eq!(
        line(&vietnamese, "- **Đoàn vào**"),
        "- **Đoàn vào**: An Giang 120, Bà Rịa - Vũng Tàu 110 và Bắc Giang 100, đứng đầu trong 12 tỉnh; \
         Huế 10, đứng thứ mười hai. Con số của An Giang ít nhất gấp 12 lần của Huế<sup>d</sup>."
    );
}

#[test]
fn a_province_among_the_first_is_not_named_twice() {
    let text = briefing(&PROVINCES, Some("bac-giang"), Language::En);
    let ranking = line(&text, "- **Delegations received**");
    assert!(
        ranking.contains("An Giang 120, Ba Ria - Vung Tau 110 and Bac Giang 100, the first of twelve provinces."),
        "{ranking}"
    );
}

#[test]
fn of_a_tie_its_own_comes_first() {
    let text = briefing(&PROVINCES, Some("hue"), Language::En);
    let ranking = line(&text, "- **Delegations sent abroad**");
    assert!(ranking.contains("Hue 500, Ben Tre 500 and Cao Bang 110, the first of twelve provinces."), "{ranking}");
}

#[test]
fn only_the_sources_of_what_is_printed_are_listed() {
    let text = briefing(&PROVINCES, Some("hue"), Language::En);
    let sources = text.split_once("## Sources").unwrap().1;
    let tables: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(sources.contains("hue paper") && sources.contains("an-giang-until-2025 paper"));
    assert!(tables.iter().all(|row| !row.contains("Binh Dinh")), "Binh Dinh has no column: {tables:#?}");
    assert!(!sources.contains("binh-dinh paper"), "nothing that is printed is Binh Dinh's: {sources}");
    let chart = line(&text, "![Delegations received");
    assert!(chart.contains("Sources: see the comparison of all provinces."), "{chart}");
    let comparative = briefing(&PROVINCES, None, Language::En);
    assert!(line(&comparative, "![Delegations received").contains("Sources: see the table."));
}

#[test]
fn the_standfirst_counts_the_others() {
    let english = briefing(&PROVINCES, Some("hue"), Language::En);
    assert!(line(&english, "Compared with").starts_with("Compared with eleven other provinces. "));
    let vietnamese = briefing(&PROVINCES, Some("hue"), Language::Vi);
    let lead = line(&vietnamese, "So sánh với");
    assert!(lead.contains(" tỉnh, thành phố khác. ") && !lead.contains("Bắc Giang"), "{lead}");
    let comparative = briefing(&PROVINCES, None, Language::En);
    assert!(line(&comparative, "Twelve provinces are compared. ").contains("Each figure is the latest"));
    assert!(!comparative.contains("part of"), "no merger of a province that is not named");
}

#[test]
fn those_who_share_something_are_counted_after_the_first() {
    let text = briefing(&PROVINCES, Some("hue"), Language::En);
    let others = "An Giang, Ba Ria - Vung Tau, Bac Giang and eight others";
    assert!(text.contains(&format!("Trat is a partner of {others} too.")), "{text}");
    assert!(text.contains(&format!("Countries dealt with by other provinces too: Thailand ({others}).")));
    let comparative = briefing(&PROVINCES, None, Language::En);
    let others = "An Giang, Ba Ria - Vung Tau, Bac Giang and nine others";
    assert!(comparative.contains(&format!("Trat is a partner of {others}.")));
    assert!(comparative.contains(&format!("- **Thailand**: {others}")));
}

#[test]
fn what_many_publish_and_one_does_not_names_the_first() {
    let text = briefing(&PROVINCES, Some("hue"), Language::En);
    assert!(
        text.contains("Foreign visitors received (An Giang, Ba Ria - Vung Tau, Bac Giang and eight others)"),
        "{text}"
    );
    assert!(text.contains("Large delegations received (Binh Duong, Binh Phuoc, Binh Thuan and Cao Bang)"));
}

#[test]
fn what_is_not_the_same_is_told_with_one_province_each() {
    let sheet = |province: &&str| match *province {
        "hue" => checked("hue", &format!("facts:\n{}", fact("fdi-projects-new", 25))),
        other => {
            let registered = fact("fdi-projects", 400).replace("period: 2024", "as_of: 2024-12");
            checked(other, &format!("facts:\n{registered}"))
        }
    };
    let sheets: Vec<CheckedSheet> = PROVINCES.iter().map(sheet).collect();
    let text = briefing_of_sheets(&sheets, Some("hue"), Language::En);
    assert!(line(&text, "- **FDI projects, newly licensed** (2024) and ").contains("An Giang’s **FDI projects**"));
}

#[test]
fn a_table_has_its_own_and_those_who_publish_most() {
    let english = briefing(&PROVINCES, Some("hue"), Language::En);
    assert_eq!(line(&english, "| | **Hue**"), "| | **Hue** | Binh Duong | Binh Phuoc | Binh Thuan | Cao Bang |");
    assert!(english.contains("\n\nSeven more provinces are in the comparison of all provinces.\n"), "{english}");
    let vietnamese = briefing(&PROVINCES, Some("hue"), Language::Vi);
    assert!(line(&vietnamese, "Còn ").ends_with(" tỉnh khác trong báo cáo so sánh các tỉnh."));
}

#[test]
fn eight_provinces_are_named_one_by_one() {
    let provinces = &PROVINCES[..8];
    let text = briefing(provinces, Some("an-giang-until-2025"), Language::En);
    let ranking = line(&text, "- **Delegations received**");
    assert!(ranking.contains("Ben Tre 70, Binh Dinh 60 and Binh Duong 50."), "{ranking}");
    assert!(line(&text, "An Giang has been part of").contains("Compared with Ba Ria - Vung Tau (part of"), "{text}");
    for phrase in ["others", "the first of", "more province", "see the"] {
        assert!(!text.contains(phrase), "`{phrase}` in {text}");
    }
}
