//! What holds for every briefing of the shipped sheets, in both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

use brief::batch;
use brief::catalog::Catalog;
use brief::check::Policy;
use brief::compare::{Comparison, compare};
use brief::language::Language;
use brief::render::{COMPARATIVE, PROVINCE, Renderer};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

fn comparison(quarter: &str) -> Comparison {
    let catalog = Catalog::builtin().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let sheets = batch::load(&fixtures, &catalog, &Policy::default()).unwrap();
    let columns: Vec<_> = sheets.iter().map(|loaded| (loaded.locality.as_ref().unwrap(), loaded.passed())).collect();
    compare(&columns, &catalog, quarter.parse().unwrap())
}

/// Briefings by name and language.
type Briefings = BTreeMap<(String, Language), String>;

/// Those of the sample's quarter, made once for all tests.
fn samples() -> &'static Briefings {
    static SAMPLES: LazyLock<Briefings> = LazyLock::new(|| briefings("2026-Q3"));
    &SAMPLES
}

/// Every briefing of a quarter.
fn briefings(quarter: &str) -> Briefings {
    let catalog = Catalog::builtin().unwrap();
    let comparison = comparison(quarter);
    let renderer = Renderer::new(None, &Language::ALL.into(), &[PROVINCE, COMPARATIVE]).unwrap();
    let mut briefings = BTreeMap::new();
    for language in Language::ALL {
        for (column, province) in comparison.columns.iter().enumerate() {
            let text = renderer.province(&comparison, &catalog, column, language).unwrap().markdown;
            briefings.insert((province.locality.id.clone(), language), text);
        }
        let text = renderer.comparative(&comparison, &catalog, language).unwrap().markdown;
        briefings.insert(("comparison".to_owned(), language), text);
    }
    briefings
}

/// The body without front matter, sources and the account of trust, whose dates and words differ between languages.
fn figures_part(text: &str) -> &str {
    let body = text.splitn(3, "---\n").nth(2).unwrap();
    let end = body.find("## Since").or_else(|| body.find("## Thay đổi")).unwrap();
    &body[..end]
}

/// The figures of a text's tables, in the order of rows and columns, without marks, times and words.
fn table_figures(text: &str, language: Language) -> Vec<String> {
    let (group, point) = match language {
        Language::En => (',', '.'),
        Language::Vi => ('.', ','),
    };
    let rows = figures_part(text).lines().filter(|line| line.starts_with('|') && line.contains("[^"));
    let cells = rows.flat_map(|row| row.split(" | ").skip(1).map(str::to_owned).collect::<Vec<_>>());
    cells
        .filter(|cell| cell.contains("[^"))
        .map(|cell| {
            let figure = cell.split("[^").next().unwrap_or_default();
            let digits = figure.chars().filter(|c| c.is_ascii_digit() || *c == group || *c == point);
            digits.filter(|c| *c != group).map(|c| if c == point { '.' } else { c }).collect::<String>()
        })
        .filter(|digits| digits.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn the_languages_never_differ_in_numbers() {
    let briefings = samples();
    for ((name, language), english) in briefings {
        if *language == Language::En {
            let vietnamese = &briefings[&(name.clone(), Language::Vi)];
            let (en, vi) = (table_figures(english, Language::En), table_figures(vietnamese, Language::Vi));
            assert!(!en.is_empty(), "{name} has figures");
            assert_eq!(en, vi, "{name}");
        }
    }
}

#[test]
fn no_template_leaves_a_gap() {
    for ((name, language), text) in samples() {
        let body = text.splitn(3, "---\n").nth(2).unwrap();
        for gap in ["{", "}", "null", "  ", " .", " ,", "..", "()", "N/A", "{{"] {
            let found = body.lines().find(|line| line.contains(gap) && !(gap == "  " && line.starts_with('|')));
            assert!(found.is_none(), "{name}.{language}: `{gap}` in: {}", found.unwrap());
        }
        assert!(!body.contains("fdi-") && !body.contains("_of"), "{name}.{language}: a field's name");
    }
}

#[test]
fn every_figure_in_a_table_carries_its_source() {
    for ((name, language), text) in samples() {
        for row in figures_part(text).lines().filter(|line| line.contains("<br>")) {
            for cell in row.split(" | ").skip(1).filter(|cell| cell.contains("<br>")) {
                assert!(cell.contains("[^"), "{name}.{language}: no source in `{cell}`");
            }
        }
    }
}

#[test]
fn every_mark_has_its_note_and_every_note_is_cited() {
    for ((name, language), text) in samples() {
        let (body, notes) = text.rsplit_once("\n## ").unwrap();
        for number in 1..20 {
            let mark = format!("[^{number}]");
            let has_note = notes.contains(&format!("{mark}:"));
            assert_eq!(body.contains(&mark), has_note, "{name}.{language}: {mark}");
        }
    }
}

#[test]
fn sources_are_numbered_in_the_order_of_first_mention() {
    for ((name, language), text) in samples() {
        let mut last = 0;
        for mark in text.split("[^").skip(1).filter_map(|rest| rest.split(']').next()?.parse::<usize>().ok()) {
            assert!(mark <= last + 1, "{name}.{language}: {mark} comes before {}", last + 1);
            last = last.max(mark);
        }
    }
}

#[test]
fn a_vietnamese_briefing_has_no_english_words() {
    // Titles of English articles stand as printed; names of people, places and publishers do too.
    let english =
        [" the ", " of ", " and ", " from ", " in ", "January", "November", "about", "over ", "nearly", "billion"];
    for ((name, language), text) in samples() {
        if *language == Language::Vi {
            let prose = text.lines().filter(|line| !line.contains("*Improving the Effect"));
            for line in prose {
                let found = english.iter().find(|word| line.contains(**word));
                assert!(found.is_none(), "{name}: {found:?} in: {line}");
            }
        }
    }
}

#[test]
fn what_cannot_be_ranked_is_not() {
    let briefings = samples();
    let nghe_an = &briefings[&("nghe-an".to_owned(), Language::En)];
    assert!(nghe_an.contains(
        "**FDI capital, new and adjusted** (January–November 2023) and Long An’s **Registered FDI capital**"
    ));
    assert!(!nghe_an.contains("FDI capital, new and adjusted, a year"));
}

#[test]
fn the_plan_behind_a_percentage_is_a_whole_number_of_people() {
    let briefings = samples();
    assert!(briefings[&("nghe-an".to_owned(), Language::En)].contains("14,500 or 14,501<sup>d</sup>"));
    assert!(briefings[&("nghe-an".to_owned(), Language::Vi)].contains("14.500 hoặc 14.501<sup>d</sup>"));
}

#[test]
fn an_old_quarter_is_as_it_was_known() {
    let briefings = briefings("2021-Q1");
    let tien_giang = &briefings[&("tien-giang".to_owned(), Language::En)];
    assert!(tien_giang.contains("over **800**"));
    assert!(!tien_giang.contains("Dong Thap"), "the merger of 2025 is not known in 2021");
    let nghe_an = &briefings[&("nghe-an".to_owned(), Language::En)];
    assert!(nghe_an.contains("No figure for Nghe An had been published by 31 March 2021."));
}

/// A sentence is the program's own: a number in it would reach the page with no figure behind it.
#[test]
fn no_sentence_of_the_catalogue_tells_a_number() {
    let catalog = Catalog::builtin().unwrap();
    let sentences: Vec<_> = catalog.indicators.iter().filter_map(|indicator| indicator.sentence.as_ref()).collect();
    assert!(sentences.len() > 30);
    for sentence in sentences {
        for language in Language::ALL {
            let text = sentence.get(language);
            assert!(text.contains("{figure}") && !text.contains(char::is_numeric), "{text}");
        }
    }
}
