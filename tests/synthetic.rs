//! The sheets that `cargo run --example synthetic` writes: repeatable, plausible, without findings unless findings are asked for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

#[path = "../examples/synthetic/generator/mod.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod generator;

use brief::calendar::Quarter;
use brief::catalog::{Catalog, CommuneKind, Locality};
use brief::check::{Checked, Policy, check};
use brief::diag::{Severity, SourceFile};
use brief::sheet::{FactSheet, load};
use generator::{Level, Made, Plan, Size, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Commune-level units of the country.
const COUNTRY: usize = 3_321;

fn plan(level: Level, sheets: usize) -> Plan {
    Plan { level, sheets, size: Size::usual(level), seed: 1, faulty: 0 }
}

fn made(plan: &Plan) -> Vec<Made> {
    let catalog = Catalog::builtin().unwrap();
    let units = plan.units(&catalog).unwrap();
    units.iter().zip(0..).map(|(unit, number)| plan.make(unit, number, &catalog).unwrap()).collect()
}

fn read(made: &Made) -> FactSheet {
    let file = Arc::new(SourceFile::new(&*made.file, &*made.text));
    load(&file).unwrap_or_else(|faults| panic!("{} does not read: {faults:?}", made.file))
}

fn checked(made: &Made) -> Checked {
    check(&read(made), &Catalog::builtin().unwrap(), &Policy::default())
}

/// The errors and warnings of a sheet, without the notes.
fn findings(made: &Made) -> Vec<String> {
    let found = checked(made).diagnostics.into_iter().filter(|diagnostic| diagnostic.severity != Severity::Note);
    found.map(|diagnostic| format!("{}: {}: {}", made.file, diagnostic.code, diagnostic.message)).collect()
}

/// The communes of the country.
fn country() -> Vec<Unit> {
    plan(Level::Commune, COUNTRY).units(&Catalog::builtin().unwrap()).unwrap()
}

#[test]
fn the_same_arguments_give_the_same_bytes_and_another_seed_gives_others() {
    for level in [Level::Province, Level::Commune] {
        let texts = |seed| made(&Plan { seed, ..plan(level, 5) }).into_iter().map(|made| made.text).collect::<Vec<_>>();
        assert_eq!(texts(1), texts(1));
        assert!(texts(1).iter().zip(&texts(2)).all(|(one, other)| one != other));
    }
}

#[test]
fn a_commune_has_one_sheet_however_many_others_are_written() {
    let (few, many) = (made(&plan(Level::Commune, 3)), made(&plan(Level::Commune, 120)));
    assert!(few.iter().zip(&many).all(|(one, other)| (&one.file, &one.text) == (&other.file, &other.text)));
}

#[test]
fn sheets_of_all_provinces_have_neither_errors_nor_warnings() {
    let sheets = made(&plan(Level::Province, 34));
    let provinces: BTreeSet<String> = sheets.iter().map(|made| read(made).province.value).collect();
    assert_eq!(provinces.len(), 34);
    assert!(provinces.contains("nghe-an") && !provinces.contains("long-an"), "Long An ended in 2025");
    assert_eq!(sheets.iter().flat_map(findings).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn sheets_of_communes_have_neither_errors_nor_warnings() {
    let (plan, catalog) = (plan(Level::Commune, COUNTRY), Catalog::builtin().unwrap());
    let sample: Vec<Made> = (0_u64..)
        .zip(&country())
        .step_by(83)
        .map(|(number, unit)| plan.make(unit, number, &catalog).unwrap())
        .collect();
    assert_eq!(sample.len(), 41);
    assert_eq!(sample.iter().flat_map(findings).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(sample.iter().all(|made| read(made).facts.len() == 20 && read(made).relations.len() == 10));
}

#[test]
fn every_quarter_brings_something() {
    let quarters = [(2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3)];
    for sheet in [plan(Level::Province, 3), plan(Level::Commune, 12)].iter().flat_map(made) {
        let sheet = read(&sheet);
        let days: Vec<_> = (sheet.facts.iter().flat_map(|fact| &fact.printed))
            .map(|printed| sheet.sources[&printed.source.value].published.latest)
            .collect();
        for (year, number) in quarters {
            let quarter: Quarter = format!("{year}-Q{number}").parse().unwrap();
            let within = quarter.first_day()..=quarter.last_day();
            assert!(days.iter().any(|day| within.contains(day)), "{} says nothing in {quarter}", sheet.province.value);
        }
    }
}

#[test]
fn some_figures_are_revised_by_a_later_source_and_allowed() {
    let sheets = made(&plan(Level::Commune, 40));
    let revised = sheets.iter().filter(|made| {
        let sheet = read(made);
        let day = |source: &str| sheet.sources[source].published.latest;
        sheet.facts.iter().any(|fact| match fact.printed.as_slice() {
            [later, earlier] => day(&later.source.value) > day(&earlier.source.value),
            _ => false,
        })
    });
    let revised = revised.count();
    let allowed = sheets.iter().filter(|made| !checked(made).allowed.is_empty()).count();
    assert!((5..35).contains(&revised), "{revised} of 40 sheets have a revised figure");
    assert!((1..=revised).contains(&allowed), "{allowed} of 40 sheets allow one");
}

#[test]
fn communes_are_those_of_a_country() {
    let units = country();
    assert_eq!(units.len(), COUNTRY);
    let communes: Vec<_> = units.iter().map(|unit| unit.commune.as_ref().unwrap()).collect();
    let codes: BTreeSet<&str> = communes.iter().map(|commune| commune.code.as_str()).collect();
    assert_eq!(codes.len(), COUNTRY);
    assert!(codes.iter().all(|code| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit())));
    let of = |kind| communes.iter().filter(|commune| commune.kind == kind).count();
    let kinds = [CommuneKind::Commune, CommuneKind::Ward, CommuneKind::SpecialZone].map(of);
    assert_eq!(kinds, [2_621, 687, 13]);
    let mut provinces: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in &units {
        *provinces.entry(&unit.province).or_default() += 1;
    }
    let (full, others): (Vec<_>, Vec<_>) = provinces.values().partition(|communes| **communes == 98);
    assert_eq!((full.len(), others), (33, vec![&87]));
}

#[test]
fn names_are_distinct_in_a_province_but_for_a_ward_and_its_commune() {
    let catalog = Catalog::builtin().unwrap();
    let mut provinces: BTreeMap<String, Vec<Unit>> = BTreeMap::new();
    for unit in country() {
        provinces.entry(unit.province.clone()).or_default().push(unit);
    }
    for (province, units) in provinces {
        let mut bearers: BTreeMap<String, Vec<CommuneKind>> = BTreeMap::new();
        for commune in units.iter().filter_map(|unit| unit.commune.as_ref()) {
            bearers.entry(brief::catalog::fold(&commune.name.vietnamese)).or_default().push(commune.kind);
            assert_eq!(brief::catalog::fold(&commune.name.vietnamese), brief::catalog::fold(&commune.name.english));
            assert!(commune.name.english.is_ascii(), "{} has marks", commune.name.english);
        }
        let shared: Vec<_> = bearers.values().filter(|kinds| kinds.len() > 1).collect();
        assert_eq!(shared, [&vec![CommuneKind::Commune, CommuneKind::Ward]], "in {province}");
    }
    // What the program makes of them.
    let sheets = made(&plan(Level::Commune, 98));
    let ids: BTreeSet<String> = sheets
        .iter()
        .map(|made| {
            let sheet = read(made);
            let province = catalog.provinces.find(&sheet.province).unwrap();
            Locality::new(province, sheet.commune.as_ref().map(|commune| &commune.value)).id
        })
        .collect();
    let files: BTreeSet<&str> = sheets.iter().map(|made| made.file.as_str()).collect();
    assert_eq!((ids.len(), files.len()), (98, 98));
}

#[test]
fn wrong_digits_are_one_to_a_sheet_and_errors_and_change_no_other_sheet() {
    let right = made(&plan(Level::Commune, 60));
    let wrong = made(&Plan { faulty: 20, ..plan(Level::Commune, 60) });
    for (right, wrong) in right.iter().zip(&wrong) {
        let different = right.text.bytes().zip(wrong.text.bytes()).filter(|(one, other)| one != other).count();
        assert_eq!(right.text.len(), wrong.text.len());
        assert_eq!(different, usize::from(wrong.is_faulty), "{}", wrong.file);
        assert_eq!(checked(wrong).sheet.is_none(), wrong.is_faulty, "{}", wrong.file);
    }
    let faulty = wrong.iter().filter(|made| made.is_faulty).count();
    assert!((6..=18).contains(&faulty), "{faulty} of 60 sheets are faulty, where about 12 were asked for");
}

#[test]
fn a_sheet_in_which_nothing_would_be_noticed_cannot_be_made_wrong() {
    let catalog = Catalog::builtin().unwrap();
    let plan = Plan { size: Size { facts: 0, relations: 0 }, faulty: 100, ..plan(Level::Province, 1) };
    let error = plan.make(&Unit::province("nghe-an"), 0, &catalog).unwrap_err();
    assert!(error.contains("would notice a wrong digit"), "{error}");
}

#[test]
fn too_many_sheets_are_refused() {
    let catalog = Catalog::builtin().unwrap();
    let error = plan(Level::Province, 35).units(&catalog).unwrap_err();
    assert_eq!(error, "there are 34 provinces; write `--level commune` for more sheets");
    assert_eq!(plan(Level::Commune, 20_000).units(&catalog).unwrap().len(), 20_000);
    assert!(plan(Level::Commune, 40_000).units(&catalog).is_err());
}
