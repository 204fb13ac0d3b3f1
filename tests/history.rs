//! What a quarter knew: vintages of a figure, past quarters made again, and what changed from one quarter to the next.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

#[path = "history/strip.rs"]
mod strip;

use brief::batch;
use brief::calendar::Quarter;
use brief::catalog::Catalog;
use brief::check::Policy;
use brief::compare::{Comparison, Standing, compare};
use brief::diag::SourceFile;
use brief::language::Language;
use brief::render::{COMPARATIVE, PROVINCE, Renderer};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, LazyLock};
use strip::known_by;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::builtin().unwrap());
static RENDERER: LazyLock<Renderer> =
    LazyLock::new(|| Renderer::new(None, &Language::ALL.into(), &[PROVINCE, COMPARATIVE]).unwrap());

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The sheets of a folder, by file name.
fn sheets(name: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let sheets = entries.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    sheets
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// The sheets written for this test.
fn own() -> BTreeMap<String, String> {
    sheets("tests/history")
}

/// The comparison of some sheets as a run for a quarter makes it, many years later.
fn comparison(sheets: &BTreeMap<String, String>, quarter: Quarter) -> Comparison {
    let files: Vec<_> =
        sheets.iter().map(|(name, text)| Arc::new(SourceFile::new(name.clone(), text.clone()))).collect();
    let today = "2026-11-22".parse().unwrap();
    let policy = Policy { today: Some(today), known_by: Some(quarter.last_day()), ..Policy::default() };
    let loaded = batch::load_files(&files, &CATALOG, &policy);
    let columns: Vec<_> = loaded.iter().map(|loaded| (loaded.locality.as_ref().unwrap(), loaded.passed())).collect();
    compare(&columns, &CATALOG, quarter)
}

/// Every briefing of a quarter, by name and language; a province that is withheld has none.
fn briefings(sheets: &BTreeMap<String, String>, quarter: Quarter) -> BTreeMap<String, String> {
    let comparison = comparison(sheets, quarter);
    let names = comparison.columns.iter().map(|column| column.locality.id.as_str()).chain(["comparison"]);
    let documents = names.flat_map(|name| Language::ALL.map(|language| (name, language)));
    documents.map(|(name, language)| (format!("{name}.{language}"), written(&comparison, name, language))).collect()
}

fn written(comparison: &Comparison, name: &str, language: Language) -> String {
    match comparison.column(name) {
        None => RENDERER.comparative(comparison, &CATALOG, language).unwrap().markdown,
        Some(column) if comparison.columns[column].known().is_none() => "withheld".to_owned(),
        Some(column) => RENDERER.province(comparison, &CATALOG, column, language).unwrap().markdown,
    }
}

/// One briefing of the sheets written for this test, with plain spaces.
fn briefing(quarter: &str, name: &str) -> String {
    let (name, language) = name.split_once('.').unwrap();
    let comparison = comparison(&own(), quarter.parse().unwrap());
    written(&comparison, name, language.parse().unwrap()).replace('\u{a0}', " ")
}

/// The part of a briefing under a heading, up to the next one.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let start = text.find(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no `{heading}` in:\n{text}"));
    let rest = &text[start..];
    let end = rest[3..].find("\n## ").map_or(rest.len(), |end| end + 3);
    rest[..end].split_once('\n').unwrap().1.trim()
}

/// A text without the numbers of its notes.
fn without_marks(text: &str) -> String {
    let mut parts = text.split("[^");
    let first = parts.next().unwrap().to_owned();
    let rest: String = parts.map(|part| part.split_once(']').unwrap().1).collect();
    (first + &rest).replace("<sup>,</sup>", "")
}

/// The source that each note number of a briefing stands for, as its note begins.
fn sources(text: &str) -> BTreeMap<String, String> {
    let notes = text.lines().filter_map(|line| line.strip_prefix("[^")?.split_once("]: "));
    notes.map(|(number, source)| (number.to_owned(), source.split(',').next().unwrap().to_owned())).collect()
}

/// The first line of a briefing with a text in it.
fn line<'a>(text: &'a str, with: &str) -> &'a str {
    text.lines().find(|line| line.contains(with)).unwrap_or_else(|| panic!("no `{with}` in:\n{text}"))
}

/// The publishers whose marks stand right behind a text of a briefing.
fn publishers(text: &str, figure: &str) -> Vec<String> {
    let notes = sources(text);
    let (_, mut rest) = line(text, figure).split_once(figure).unwrap();
    let mut publishers = Vec::new();
    rest = rest.trim_start_matches('*');
    while let Some(mark) = rest.strip_prefix("<sup>,</sup>").unwrap_or(rest).strip_prefix("[^") {
        let (number, after) = mark.split_once(']').unwrap();
        publishers.push(notes[number].clone());
        rest = after;
    }
    publishers
}

#[test]
fn a_quarter_shows_the_figure_that_was_published_last_by_its_end() {
    for (quarter, shown, gone) in [("2022-Q4", "1,155", "1,160"), ("2023-Q1", "1,155", "1,160")] {
        let text = briefing(quarter, "ha-tinh.en");
        assert!(text.contains(shown), "{quarter}");
        assert!(!text.contains(gone), "{quarter}");
    }
    let text = briefing("2023-Q3", "ha-tinh.en");
    assert!(text.contains("1,160"));
    assert!(!text.contains("1,155"), "a figure that was revised is not shown any more");
    let vietnamese = briefing("2023-Q3", "ha-tinh.vi");
    assert!(vietnamese.contains("1.160"));
    assert!(!vietnamese.contains("1.155"));
}

#[test]
fn the_marks_are_those_of_the_vintage_that_is_shown() {
    let theme = |text: &str| section(text, "Figures by theme").to_owned() + "\n" + section(text, "Sources");
    let before = theme(&briefing("2023-Q1", "ha-tinh.en"));
    assert_eq!(publishers(&before, "**1,155"), ["Ha Tinh Newspaper", "Báo Hà Tĩnh"], "one date, one vintage");
    let after = theme(&briefing("2023-Q3", "ha-tinh.en"));
    assert_eq!(publishers(&after, "**1,160"), ["Statistical Yearbook", "Niên giám thống kê"]);
    assert_eq!(publishers(&after, "**36"), ["Ha Tinh Newspaper"]);
    let confirmed = theme(&briefing("2026-Q1", "ha-tinh.en"));
    assert_eq!(publishers(&confirmed, "**36"), ["Ha Tinh Newspaper", "Ha Tinh Newspaper"], "two articles print it");
}

#[test]
fn ranks_charts_and_key_figures_follow_the_vintage() {
    let leader = |quarter: &str, indicator: &str| {
        let comparison = comparison(&own(), quarter.parse().unwrap());
        let row = comparison.row(indicator).unwrap();
        let Standing::Ranked { places, .. } = &row.standing else { panic!("{:?}", row.standing) };
        comparison.columns[places[0].column].locality.id.clone()
    };
    // 1,155 are less than the 1,158 of Quang Ninh, 1,160 are more.
    assert_eq!(leader("2023-Q1", "fdi-projects"), "quang-ninh");
    assert_eq!(leader("2023-Q2", "fdi-projects"), "ha-tinh");
    let chart = |quarter: &str| line(&briefing(quarter, "ha-tinh.en"), "![FDI projects").to_owned();
    assert!(chart("2023-Q1").contains("Ha Tinh: 1,155"), "{}", chart("2023-Q1"));
    assert!(chart("2023-Q2").contains("Ha Tinh: 1,160"), "{}", chart("2023-Q2"));
    let band = |quarter: &str| {
        let text = briefing(quarter, "ha-tinh.en");
        let (_, rest) = text.split_once("<!-- key-figures -->").unwrap();
        without_marks(rest.split("\n\n").next().unwrap())
    };
    assert!(band("2023-Q1").contains("nearly **10** billion USD"), "{}", band("2023-Q1"));
    assert!(band("2023-Q2").contains("**9.98** billion USD"), "{}", band("2023-Q2"));
}

#[test]
fn relations_and_what_they_derive_follow_the_vintage() {
    // 18,639 workers at 128.54 % of the plan: 14,500 or 14,501; 18,700 of them: 14,548.
    assert!(briefing("2024-Q1", "ha-tinh.en").contains("14,500 or 14,501"));
    let text = briefing("2024-Q2", "ha-tinh.en");
    assert!(text.contains("14,548"), "{text}");
    assert!(!text.contains("14,500"));
    // 2.45 up 12.02 % was 2.19 the year before, 2.52 was 2.25.
    assert!(briefing("2025-Q4", "ha-tinh.en").contains("from about 2.19 billion USD"));
    assert!(briefing("2026-Q1", "ha-tinh.en").contains("from about 2.25 billion USD"));
    // One partner in 2019, a second one in 2022, a third one in 2026; the second article on Gifu makes no fourth.
    for (quarter, count) in [("2019-Q3", "1"), ("2022-Q4", "2"), ("2025-Q4", "2"), ("2026-Q1", "3")] {
        let comparison = comparison(&own(), quarter.parse().unwrap());
        let column = comparison.column("ha-tinh").unwrap();
        let fact = comparison.columns[column].known().unwrap().fact("partner-localities").unwrap();
        assert_eq!(fact.bounds().lower.unwrap().to_string(), count, "{quarter}");
    }
}

#[test]
fn what_one_article_printed_together_stays_checked_when_a_part_of_it_is_revised() {
    let relations = |quarter: &str| {
        let comparison = comparison(&own(), quarter.parse().unwrap());
        let column = comparison.column("ha-tinh").unwrap();
        let known = comparison.columns[column].known().expect("588 of 1,160 are not 50.9 %, and yet nothing is wrong");
        let relation = known.relations.iter().find(|relation| relation.kind == "percentage").unwrap();
        let unchecked: Vec<String> = known.unchecked().map(|fact| fact.id.clone()).collect();
        (relation.verdict_name(), relation.roles.len(), unchecked)
    };
    let (verdict, roles, unchecked) = relations("2023-Q1");
    assert_eq!((verdict, roles), ("consistent", 3));
    assert!(!unchecked.contains(&"fdi-operating-share".to_owned()));
    let (verdict, roles, unchecked) = relations("2023-Q2");
    assert_eq!((verdict, roles), ("consistent", 0), "it says nothing of the figures shown together");
    assert!(!unchecked.contains(&"fdi-operating-share".to_owned()), "the report's own arithmetic holds it");
}

#[test]
fn a_correction_is_told_from_the_vintage_on_that_needs_it() {
    let corrected = |quarter: &str| briefing(quarter, "ha-tinh.en").contains("145,3km");
    assert!(!corrected("2024-Q1"));
    assert!(corrected("2024-Q2"));
}

#[test]
fn a_period_up_to_publication_ends_with_the_vintage_shown() {
    let row = |quarter: &str| without_marks(line(&briefing(quarter, "ha-tinh.en"), "| Delegations received"));
    assert!(row("2024-Q1").contains("**30** | 2020–2022"), "{}", row("2024-Q1"));
    assert!(row("2024-Q2").contains("**41**"), "{}", row("2024-Q2"));
    assert!(row("2024-Q2").contains("1 Jan 2020–10 May 2024"), "{}", row("2024-Q2"));
}

#[test]
fn an_error_in_what_was_published_later_does_not_reach_back() {
    assert_ne!(briefing("2024-Q4", "quang-ninh.en"), "withheld");
    assert_eq!(briefing("2025-Q1", "quang-ninh.en"), "withheld");
    assert!(briefing("2025-Q1", "comparison.en").contains("Withheld until their figures are mended: Quang Ninh."));
    assert!(!briefing("2024-Q4", "comparison.en").contains("Withheld"));
}

#[test]
fn an_error_that_a_later_source_put_right_withholds_until_then() {
    assert_eq!(briefing("2020-Q4", "dong-nai.en"), "withheld");
    let text = briefing("2021-Q1", "dong-nai.en");
    let theme = section(&text, "Figures by theme");
    assert!(theme.contains("3.68 million USD"), "{theme}");
    assert!(!theme.contains("3.4 million"), "{theme}");
}

#[test]
fn a_note_that_an_allowance_hides_today_was_none_then() {
    let allowed = |quarter: &str, name: &str| briefing(quarter, name).contains("the analyst accepted");
    // The figures of 2022 are more than two years old from 2025 on.
    assert!(!allowed("2024-Q4", "ha-tinh.en"));
    assert!(allowed("2025-Q1", "ha-tinh.en"));
}

fn changes(quarter: &str, name: &str) -> String {
    let (_, language) = name.split_once('.').unwrap();
    let heading = if language == "vi" { "Thay đổi so với quý trước" } else { "Since the last quarter" };
    without_marks(section(&briefing(quarter, name), heading))
}

#[test]
fn what_is_new_and_what_was_revised_since_the_last_quarter() {
    assert_eq!(
        changes("2023-Q2", "ha-tinh.en"),
        "\
New since the first quarter of 2023:

- Goods exports: 2.45 billion USD, 2022
- Goods exports, change on a year earlier: 12.02%, 2022

Changed since the first quarter of 2023:

- FDI projects, Dec 2022: revised from 1,155 to 1,160
- Registered FDI capital, Dec 2022: published more exactly as 9.98 billion USD, before as nearly 10 billion USD"
    );
    assert_eq!(
        changes("2023-Q2", "ha-tinh.vi"),
        "\
Mới so với quý I năm 2023:

- Kim ngạch xuất khẩu hàng hóa: 2,45 tỉ USD, 2022
- Tăng trưởng xuất khẩu so với cùng kỳ: 12,02%, 2022

Thay đổi so với quý I năm 2023:

- Dự án FDI, 12/2022: điều chỉnh từ 1.155 thành 1.160
- Vốn FDI đăng ký, 12/2022: công bố chính xác hơn là 9,98 tỉ USD, trước đó là gần 10 tỉ USD"
    );
}

#[test]
fn both_figures_of_a_revision_name_their_sources() {
    let text = briefing("2023-Q2", "ha-tinh.en");
    let part = section(&text, "Since the last quarter").to_owned() + "\n" + section(&text, "Sources");
    assert_eq!(publishers(&part, "from 1,155"), ["Ha Tinh Newspaper", "Báo Hà Tĩnh"]);
    assert_eq!(publishers(&part, "to 1,160"), ["Statistical Yearbook", "Niên giám thống kê"]);
}

#[test]
fn new_partners_and_events_are_listed_and_a_confirmed_figure_is_not() {
    assert_eq!(
        changes("2026-Q1", "ha-tinh.en"),
        "\
New since the fourth quarter of 2025:

- Sister schools abroad: 25, Jan 2026
- Pupils of the Hope School: 17, Jan 2026
- Partner: Savannakhet, Laos
- Border talks: Laos (Jan 2026)

Changed since the fourth quarter of 2025:

- Goods exports, 2022: revised from 2.45 billion USD to 2.52 billion USD"
    );
    let vietnamese = changes("2026-Q1", "ha-tinh.vi");
    assert!(vietnamese.contains("- Đối tác: Savannakhet, Lào\n- Hội đàm biên giới: Lào (1/2026)"), "{vietnamese}");
    assert!(vietnamese.contains("điều chỉnh từ 2,45 tỉ USD thành 2,52 tỉ USD"), "{vietnamese}");
}

#[test]
fn the_comparison_tells_the_changes_of_every_province() {
    let english = changes("2024-Q2", "comparison.en");
    assert_eq!(
        english,
        "\
New since the first quarter of 2024:

- Ha Tinh, Delegations received: 41, 1 Jan 2020–10 May 2024

Changed since the first quarter of 2024:

- Ha Tinh, Workers sent abroad, 2022: revised from 18,639 to 18,700
- Ha Tinh, Land border, Dec 2022: published more exactly as 145.3 km, before as 145 km"
    );
    let vietnamese = changes("2021-Q1", "comparison.vi");
    assert!(vietnamese.contains("Đồng Nai, "), "{vietnamese}");
}

#[test]
fn a_quarter_in_which_nothing_was_published_says_so_in_one_line() {
    let nothing = "No new figure was published between 1 July 2025 and 30 September 2025.";
    assert_eq!(changes("2025-Q3", "ha-tinh.en"), nothing);
    assert_eq!(changes("2025-Q3", "comparison.en"), nothing);
    let nothing = "Từ ngày 01 tháng 7 năm 2025 đến ngày 30 tháng 9 năm 2025 không có số liệu mới được công bố.";
    assert_eq!(changes("2025-Q3", "ha-tinh.vi"), nothing);
}

/// For every quarter the briefings of today's sheets are those of sheets without what was published later.
fn past_quarters_are_made_as_they_were(sheets: &BTreeMap<String, String>) {
    let names = (2015..=2026).flat_map(|year| (1..=4).map(move |number| format!("{year}-Q{number}")));
    let quarters: Vec<Quarter> = names.take_while(|name| name != "2026-Q4").map(|name| name.parse().unwrap()).collect();
    assert_eq!(quarters.len(), 47);
    quarters.par_iter().for_each(|&quarter| {
        let then: BTreeMap<String, String> =
            sheets.iter().map(|(name, text)| (name.clone(), known_by(text, quarter.last_day()))).collect();
        let (made_today, made_then) = (briefings(sheets, quarter), briefings(&then, quarter));
        assert_eq!(made_then.len(), 2 * (sheets.len() + 1));
        for (name, text) in &made_then {
            assert_eq!(&made_today[name], text, "{name} of {quarter}: left is made of today's sheets");
        }
    });
}

#[test]
fn past_quarters_of_the_shipped_sheets_are_made_as_they_were() {
    past_quarters_are_made_as_they_were(&sheets("fixtures"));
}

#[test]
fn past_quarters_of_sheets_with_vintages_are_made_as_they_were() {
    past_quarters_are_made_as_they_were(&own());
}

fn brief(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_brief")).args(arguments).output().unwrap()
}

#[test]
fn the_command_makes_a_past_quarter_as_it_was() {
    let scratch = tempfile::tempdir().unwrap();
    let path = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    for quarter in ["2020-Q3", "2023-Q1", "2025-Q2"] {
        let then = path(&format!("sheets-{quarter}"));
        fs::create_dir(&then).unwrap();
        for (name, text) in own() {
            let stripped = known_by(&text, quarter.parse::<Quarter>().unwrap().last_day());
            fs::write(Path::new(&then).join(name), stripped).unwrap();
        }
        let run = |sheets: &str, out: &str| {
            brief(&["--all", "--quarter", quarter, "--format", "md", "--sheets", sheets, "--out", out]).status.code()
        };
        let (old, new) = (path(&format!("then-{quarter}")), path(&format!("today-{quarter}")));
        let status = run(&then, &old);
        assert_eq!(run(folder("tests/history").to_str().unwrap(), &new), status, "{quarter}");
        assert_eq!(status, Some(i32::from(quarter != "2023-Q1")), "{quarter}: one sheet had errors, or none");
        let files = |out: &str| {
            let entries = fs::read_dir(Path::new(out).join(quarter)).unwrap().map(|entry| entry.unwrap().path());
            let reports =
                entries.filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "svg"));
            reports
                .map(|path| (path.file_name().unwrap().to_owned(), fs::read(path).unwrap()))
                .collect::<BTreeMap<_, _>>()
        };
        assert!(files(&old).len() >= 4, "{quarter}");
        assert!(files(&old) == files(&new), "{quarter}: the reports differ");
    }
}

#[test]
fn a_past_quarter_is_verified_from_the_sheets_of_today() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().to_str().unwrap();
    let sheets = folder("tests/history");
    let made = brief(&["-p", "quang-ninh", "--quarter", "2024-Q4", "--sheets", sheets.to_str().unwrap(), "--out", out]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let pdf = scratch.path().join("2024-Q4/quang-ninh.en.pdf");
    let verified = brief(&["verify", pdf.to_str().unwrap()]);
    assert!(verified.status.success(), "its sheet has an error of 2025: {}", String::from_utf8_lossy(&verified.stderr));
}
