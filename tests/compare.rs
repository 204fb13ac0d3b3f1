//! Which provinces may be ranked, and on what ground: the table in `compare/rank.rs`, row by row.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

use brief::catalog::Catalog;
use brief::check::{CheckedSheet, Policy, check};
use brief::compare::{Basis, Comparison, Incomparable, Standing, compare};
use brief::diag::SourceFile;
use brief::sheet;
use std::sync::Arc;

/// A province's sheet with one source and the given facts.
fn checked(province: &str, facts: &str) -> CheckedSheet {
    let text = format!(
        "schema: 1\nprovince: {province}\nsources:\n  paper: {{publisher: Paper, published: 2024-06-30, language: en}}\nfacts:\n{facts}"
    );
    let file = Arc::new(SourceFile::new(format!("{province}.yaml"), text));
    let sheet = sheet::load(&file).expect("the sheet reads");
    let checked = check(&sheet, &Catalog::builtin().unwrap(), &Policy::default());
    checked.sheet.unwrap_or_else(|| panic!("the sheet passes: {:?}", checked.diagnostics))
}

fn flow(period: &str, figure: &str) -> String {
    format!("  - {{indicator: delegations-received, period: {period}, printed: {{paper: \"{figure}\"}}}}\n")
}

fn stock(date: &str, figure: &str) -> String {
    format!("  - {{indicator: fdi-projects, as_of: {date}, printed: {{paper: \"{figure}\"}}}}\n")
}

fn compared(sheets: &[CheckedSheet], quarter: &str) -> Comparison {
    let catalog = Catalog::builtin().unwrap();
    let columns: Vec<_> = sheets.iter().map(|sheet| (&sheet.locality, Some(sheet))).collect();
    compare(&columns, &catalog, quarter.parse().unwrap())
}

/// The standing of the only row.
fn standing(sheets: &[CheckedSheet]) -> Standing {
    let comparison = compared(sheets, "2024-Q2");
    comparison.rows.into_iter().next().expect("a row").standing
}

/// The basis, and the provinces' places in the order of columns (ha-tinh, nghe-an, quang-ninh).
fn ranks(standing: &Standing) -> (Basis, Vec<(usize, usize)>) {
    match standing {
        Standing::Ranked { basis, places } => (*basis, places.iter().map(|place| (place.column, place.rank)).collect()),
        other => panic!("not ranked: {other:?}"),
    }
}

#[test]
fn flows_of_one_period_are_ranked_as_they_stand() {
    let sheets = [
        checked("ha-tinh", &flow("2023", "30 delegations")),
        checked("nghe-an", &flow("2023", "40 delegations")),
        checked("quang-ninh", &flow("2023", "20 delegations")),
    ];
    assert_eq!(ranks(&standing(&sheets)), (Basis::SameTime, vec![(1, 1), (0, 2), (2, 3)]));
}

#[test]
fn flows_of_different_spans_are_ranked_per_year() {
    // 100 in five years are 20 a year; 11 months with 40 are 43.6 a year.
    let sheets = [
        checked("ha-tinh", &flow("2016..2020", "100 delegations")),
        checked("nghe-an", &flow("2023-01..2023-11", "40 delegations")),
    ];
    let standing = standing(&sheets);
    assert_eq!(ranks(&standing), (Basis::PerYear, vec![(1, 1), (0, 2)]));
    let Standing::Ranked { places, .. } = standing else { panic!() };
    assert_eq!(places[1].bounds.lower, Some(20.into()));
}

#[test]
fn stocks_are_ranked_within_twelve_months_and_not_beyond() {
    let near =
        [checked("ha-tinh", &stock("2023-06", "30 projects")), checked("nghe-an", &stock("2024-06", "40 projects"))];
    assert_eq!(ranks(&standing(&near)), (Basis::SameTime, vec![(1, 1), (0, 2)]));
    let far =
        [checked("ha-tinh", &stock("2023-05", "30 projects")), checked("nghe-an", &stock("2024-06", "40 projects"))];
    assert!(matches!(standing(&far), Standing::Incomparable(Incomparable::DatesApart(..))));
}

#[test]
fn what_hedges_leave_open_is_not_decided() {
    // "About 40" admits 36 to 44: 42 may be more or less.
    let sheets = [
        checked("ha-tinh", &flow("2023", "about 40 delegations")),
        checked("nghe-an", &flow("2023", "42 delegations")),
        checked("quang-ninh", &flow("2023", "20 delegations")),
    ];
    let (_, places) = ranks(&standing(&sheets));
    assert_eq!(places.iter().map(|(_, rank)| *rank).collect::<Vec<_>>(), [1, 1, 3]);
    let two = [
        checked("ha-tinh", &flow("2023", "about 40 delegations")),
        checked("nghe-an", &flow("2023", "42 delegations")),
    ];
    assert_eq!(standing(&two), Standing::Incomparable(Incomparable::Indistinct));
}

#[test]
fn equal_counts_share_a_place() {
    let sheets =
        [checked("ha-tinh", &flow("2023", "40 delegations")), checked("nghe-an", &flow("2023", "40 delegations"))];
    let Standing::Ranked { places, .. } = standing(&sheets) else { panic!("equal counts are known to be equal") };
    assert!(places.iter().all(|place| place.rank == 1 && place.shared));
}

#[test]
fn one_province_alone_is_not_ranked() {
    assert_eq!(standing(&[checked("ha-tinh", &flow("2023", "40 delegations"))]), Standing::Alone);
}

#[test]
fn a_quarter_knows_only_what_was_published_by_its_end() {
    let sheets = [checked("ha-tinh", &flow("2023", "40 delegations"))];
    assert_eq!(compared(&sheets, "2024-Q1").rows.len(), 0, "published on 30 June 2024");
    let comparison = compared(&sheets, "2024-Q2");
    assert_eq!(comparison.rows.len(), 1);
    let known = comparison.columns[0].known().unwrap();
    assert!(known.new.contains("delegations-received"), "new in the quarter of its publication");
    let later = compared(&sheets, "2024-Q3");
    assert!(later.columns[0].known().unwrap().new.is_empty(), "and not new in the next");
}

#[test]
fn the_latest_of_several_facts_stands_for_an_indicator() {
    let facts = format!(
        "{}  - {{id: delegations-2023, indicator: delegations-received, period: 2023, printed: {{paper: \"50 delegations\"}}}}\n",
        flow("2022", "40 delegations")
    );
    let comparison = compared(&[checked("ha-tinh", &facts)], "2024-Q2");
    assert_eq!(comparison.rows[0].cells[0].as_ref().unwrap().id, "delegations-2023");
}

#[test]
fn a_merged_province_names_its_successor_from_the_day_of_the_merger() {
    let sheets = [checked("long-an", &flow("2023", "40 delegations"))];
    assert!(compared(&sheets, "2025-Q2").columns[0].merged_into.is_none());
    let merged = compared(&sheets, "2025-Q3");
    assert_eq!(merged.columns[0].merged_into.as_ref().unwrap().id, "tay-ninh");
}
