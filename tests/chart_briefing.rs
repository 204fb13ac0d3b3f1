//! Which charts a briefing has, what they say, and what is never drawn.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

use brief::batch;
use brief::catalog::Catalog;
use brief::chart::{Amount, Chart, Mark, Pictures, Plot, svg};
use brief::check::{CheckedSheet, Policy, check};
use brief::compare::compare;
use brief::diag::SourceFile;
use brief::figure::Decimal;
use brief::language::Language;
use brief::render::{Briefing, COMPARATIVE, PROVINCE, Renderer};
use brief::typeset::layout::BRIEFING;
use brief::typeset::{
    Document, Fonts, FrameItem, NumeralFault, Role, Settings, compare_numerals_with_pictures, palette, set,
};
use brief::{pdf, sheet};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Every briefing of the shipped sheets, made once.
static SAMPLES: LazyLock<BTreeMap<(String, Language), Briefing>> = LazyLock::new(|| {
    let catalog = Catalog::builtin().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let sheets = batch::load(&fixtures, &catalog, &Policy::default()).unwrap();
    let columns: Vec<_> = sheets.iter().map(|loaded| (loaded.locality.as_ref().unwrap(), loaded.passed())).collect();
    let comparison = compare(&columns, &catalog, "2026-Q3".parse().unwrap());
    let renderer = Renderer::new(None, &Language::ALL.into(), &[PROVINCE, COMPARATIVE]).unwrap();
    let mut samples = BTreeMap::new();
    for language in Language::ALL {
        for (column, province) in comparison.columns.iter().enumerate() {
            let briefing = renderer.province(&comparison, &catalog, column, language).unwrap();
            samples.insert((province.locality.id.clone(), language), briefing);
        }
        let briefing = renderer.comparative(&comparison, &catalog, language).unwrap();
        samples.insert(("comparison".to_owned(), language), briefing);
    }
    samples
});

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

fn sample(name: &str, language: Language) -> &'static Briefing {
    &SAMPLES[&(name.to_owned(), language)]
}

fn pages(markdown: &str, pictures: &Pictures) -> Document {
    set(markdown, &Settings { pictures, ..Settings::new(&FONTS, &BRIEFING) }).unwrap()
}

fn checked(province: &str, facts: &str) -> CheckedSheet {
    let text = format!(
        "schema: 1\nprovince: {province}\nsources:\n  paper: {{publisher: Paper, published: 2024-06-30, language: en}}\nfacts:\n{facts}"
    );
    let file = Arc::new(SourceFile::new(format!("{province}.yaml"), text));
    let sheet = sheet::load(&file).expect("the sheet reads");
    let checked = check(&sheet, &Catalog::builtin().unwrap(), &Policy::default());
    checked.sheet.unwrap_or_else(|| panic!("the sheet passes: {:?}", checked.diagnostics))
}

fn fact(indicator: &str, time: &str, figure: &str) -> String {
    format!("  - {{indicator: {indicator}, {time}, printed: {{paper: \"{figure}\"}}}}\n")
}

fn visitors(period: &str, figure: &str) -> String {
    fact("visitors-received", &format!("period: {period}"), figure)
}

/// The charts of the first of some sheets' provinces, by the end of their names.
fn charts(sheets: &[CheckedSheet]) -> BTreeMap<String, Chart> {
    let catalog = Catalog::builtin().unwrap();
    let columns: Vec<_> = sheets.iter().map(|sheet| (&sheet.locality, Some(sheet))).collect();
    let comparison = compare(&columns, &catalog, "2024-Q2".parse().unwrap());
    let renderer = Renderer::new(None, &BTreeSet::from([Language::En]), &[PROVINCE, COMPARATIVE]).unwrap();
    let column = comparison.column(&sheets[0].locality.id).unwrap();
    let pictures = renderer.province(&comparison, &catalog, column, Language::En).unwrap().pictures;
    let name = |path: String| path.splitn(3, '.').nth(2).unwrap().trim_end_matches(".svg").to_owned();
    pictures.into_iter().map(|(path, chart)| (name(path), chart)).collect()
}

fn amounts(chart: &Chart) -> Vec<(&str, Option<Amount>)> {
    chart.marks().into_iter().map(|Mark { label, amount, .. }| (label.as_str(), *amount)).collect()
}

fn at(value: i64) -> Amount {
    Amount::At(Decimal::from(value))
}

#[test]
fn nghe_an_has_the_charts_that_its_figures_bear() {
    for language in Language::ALL {
        let briefing = sample("nghe-an", language);
        let names: Vec<&str> = briefing.pictures.keys().map(String::as_str).collect();
        let expected = [
            "delegations-received.svg",
            "goods-exports.change.svg",
            "visitors-per-delegation.svg",
            "visitors-received.svg",
            "workers-sent-abroad.plan.svg",
        ];
        assert_eq!(names, expected.map(|name| format!("nghe-an.{language}.{name}")));
        // Its place comes first, then the plan, side by side after the key figures; the others with their themes.
        let place = |name: &str| briefing.markdown.find(name).unwrap();
        let order = ["<!-- key-figures -->", names[0], names[4], names[1], names[3], names[2], "## "];
        assert!(order[..6].windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{}", briefing.markdown);
        assert!(briefing.markdown.contains(&format!("]({})\n![", names[0])));
    }
    assert_eq!(sample("long-an", Language::En).pictures, Pictures::new(), "nothing of Long An's can be ranked");
}

#[test]
fn the_comparison_has_a_chart_to_each_indicator_that_is_ranked() {
    let names: Vec<&str> = sample("comparison", Language::Vi).pictures.keys().map(String::as_str).collect();
    let expected = ["delegations-received", "visitors-per-delegation", "visitors-received"];
    assert_eq!(names, expected.map(|name| format!("comparison.vi.{name}.svg")));
}

#[test]
fn flows_over_different_spans_are_drawn_per_year_and_say_so() {
    let briefing = sample("nghe-an", Language::En);
    let chart = &briefing.pictures["nghe-an.en.delegations-received.svg"];
    let [
        (_, Some(Amount::AtLeast(over))),
        (_, Some(Amount::Between(lower, upper))),
        (own, Some(Amount::At(value))),
        (_, None),
    ] = amounts(chart)[..]
    else {
        panic!("{chart:?}")
    };
    // 800 in five years; 381 in 67 to 72 months; 40 in eleven months.
    assert_eq!(over, Decimal::from(160));
    assert_eq!((lower.round_dp(1).to_string(), upper.round_dp(1).to_string()), ("63.5".into(), "68.2".into()));
    assert_eq!((own, value.round_dp(2).to_string()), ("Nghe An", "43.64".into()));
    assert!(chart.subtitle.starts_with("Per year"), "{}", chart.subtitle);
    assert_eq!(chart.headline, "Delegations received: more in Tien\u{a0}Giang and Lang\u{a0}Son than in Nghe\u{a0}An");
    assert_eq!(chart.marks()[3].figure, "not published");
}

#[test]
fn a_stock_is_never_drawn_beside_a_flow_nor_one_of_another_year() {
    let stock = |date: &str, figure: &str| fact("fdi-projects", &format!("as_of: {date}"), figure);
    let flow = |figure: &str| fact("fdi-projects-adjusted", "period: 2023", figure);
    let far =
        [checked("nghe-an", &stock("2020-12", "40 projects")), checked("ha-tinh", &stock("2023-12", "30 projects"))];
    assert_eq!(charts(&far), BTreeMap::new());
    let mixed = [checked("nghe-an", &stock("2023-12", "40 projects")), checked("ha-tinh", &flow("30 projects"))];
    assert_eq!(charts(&mixed), BTreeMap::new());
    let near =
        [checked("nghe-an", &stock("2023-06", "40 projects")), checked("ha-tinh", &stock("2023-12", "30 projects"))];
    assert_eq!(amounts(&charts(&near)["fdi-projects"]), [("Nghe An", Some(at(40))), ("Ha Tinh", Some(at(30)))]);
}

#[test]
fn one_value_alone_or_an_order_left_open_is_not_drawn() {
    assert_eq!(charts(&[checked("nghe-an", &visitors("2023", "40 visitors"))]), BTreeMap::new());
    let open = [
        checked("nghe-an", &visitors("2023", "about 40 visitors")),
        checked("ha-tinh", &visitors("2023", "about 42 visitors")),
    ];
    assert_eq!(charts(&open), BTreeMap::new());
    let other = [
        checked("nghe-an", &fact("workers-sent-abroad", "period: 2023", "40 workers")),
        checked("ha-tinh", &visitors("2023", "40 visitors")),
    ];
    assert_eq!(charts(&other), BTreeMap::new());
}

#[test]
fn figures_of_one_time_say_it_once_and_keep_their_hedges() {
    let sheets = [
        checked("nghe-an", &visitors("2023", "nearly 400 visitors")),
        checked("ha-tinh", &visitors("2023", "200 to 250 visitors")),
        checked("quang-ninh", &visitors("2023", "up to 100 visitors")),
        checked("thanh-hoa", &visitors("2023", "0 visitors")),
    ];
    let chart = &charts(&sheets)["visitors-received"];
    assert_eq!(chart.subtitle, "2023");
    let figures: Vec<(&str, &str)> =
        chart.marks().iter().map(|mark| (mark.figure.as_str(), mark.detail.as_str())).collect();
    assert_eq!(
        figures,
        [("nearly\u{a0}400", ""), ("200\u{a0}to\u{a0}250", ""), ("up\u{a0}to\u{a0}100", ""), ("0", "")]
    );
    let number = Decimal::from;
    assert_eq!(
        chart.marks().iter().map(|mark| mark.amount.unwrap()).collect::<Vec<_>>(),
        [
            Amount::AtMost(number(360), number(400)),
            Amount::Between(number(200), number(250)),
            Amount::AtMost(number(0), number(100)),
            Amount::At(number(0)),
        ]
    );
}

#[test]
fn many_provinces_are_dots_on_a_line() {
    let ids = [
        "nghe-an",
        "ha-tinh",
        "quang-ninh",
        "thanh-hoa",
        "lang-son",
        "lai-chau",
        "dien-bien",
        "son-la",
        "cao-bang",
        "tien-giang",
    ];
    let sheets: Vec<CheckedSheet> =
        (1..).zip(ids).map(|(place, id)| checked(id, &visitors("2023", &format!("{} visitors", place * 10)))).collect();
    let chart = &charts(&sheets)["visitors-received"];
    let Plot::Strip(strip) = &chart.plot else { panic!("{chart:?}") };
    assert_eq!(strip.labelled().map(|mark| mark.label.as_str()).collect::<Vec<_>>(), ["Nghe An", "Tien Giang"]);
    assert!(!strip.logarithmic && strip.zero == "0");
    assert_eq!(chart.headline, "Foreign visitors received: Nghe\u{a0}An is tenth of ten provinces");
    for (place, id) in ids.iter().enumerate() {
        let figure = format!(": {}", (place + 1) * 10);
        assert!(chart.alternative.contains(&figure), "the dot of {id} is in words: {}", chart.alternative);
    }

    let sheets: Vec<CheckedSheet> = [1, 20, 300, 4_000, 50_000, 600_000, 7, 8, 9, 10]
        .into_iter()
        .zip(ids)
        .map(|(visitors_count, id)| checked(id, &visitors("2023", &format!("{visitors_count} visitors"))))
        .collect();
    let chart = &charts(&sheets)["visitors-received"];
    assert!(matches!(&chart.plot, Plot::Strip(strip) if strip.logarithmic && strip.zero.is_empty()));
    assert_eq!(chart.notes[0], "Equal distances are equal ratios");
}

#[test]
fn two_times_of_one_length_make_a_slope() {
    let slope = |period: &str, figure: &str| {
        let earlier = visitors(period, figure).replacen('{', "{id: earlier, ", 1);
        charts(&[checked("nghe-an", &(earlier + &visitors("2023", "400 visitors")))])
    };
    let made = slope("2022", "300 visitors");
    let chart = &made["visitors-received.change"];
    assert_eq!(amounts(chart), [("", Some(at(300))), ("", Some(at(400)))]);
    assert_eq!(chart.headline, "Foreign visitors received: more in 2023 than in 2022");
    assert_eq!(slope("2021..2022", "300 visitors"), BTreeMap::new());
    assert_eq!(slope("2022", "about 390 visitors"), BTreeMap::new());
}

#[test]
fn a_plan_that_no_source_prints_is_drawn_as_derived() {
    let chart = &sample("nghe-an", Language::En).pictures["nghe-an.en.workers-sent-abroad.plan.svg"];
    let Plot::Bullet { actual, plan } = &chart.plot else { panic!("{chart:?}") };
    assert_eq!(actual.amount, Some(at(18_639)));
    assert_eq!(plan.amount, Some(Amount::At("14500.5".parse().unwrap())));
    assert_eq!(plan.figure, "14,500 or 14,501 (derived)");
    let slope = &sample("nghe-an", Language::En).pictures["nghe-an.en.goods-exports.change.svg"];
    assert_eq!(slope.marks()[0].figure.replace('\u{a0}', " "), "about 2.19 billion USD (derived)");
    assert_eq!(slope.marks()[0].detail, "Jan–Nov 2022");
}

#[test]
fn the_alternative_text_says_all_that_is_drawn() {
    for ((name, language), briefing) in SAMPLES.iter() {
        for (path, chart) in &briefing.pictures {
            let said = chart.alternative.to_lowercase();
            for text in chart.texts() {
                let text = text.to_lowercase();
                assert!(
                    said.contains(text.trim_end_matches('.')),
                    "{name} {language} {path}: {text:?} is not in {said:?}"
                );
            }
        }
    }
}

#[test]
fn the_pages_show_the_charts_as_figures() {
    for (key, briefing) in SAMPLES.iter() {
        let document = pages(&briefing.markdown, &briefing.pictures);
        let figures: Vec<&str> = document
            .structure
            .iter()
            .filter_map(
                |element| if let Role::Figure(alternative) = &element.role { Some(alternative.as_str()) } else { None },
            )
            .collect();
        let expected: BTreeSet<&str> = briefing.pictures.values().map(|chart| chart.alternative.as_str()).collect();
        assert_eq!(figures.iter().copied().collect::<BTreeSet<_>>(), expected, "{key:?}");
        let is_figure =
            |element: &brief::typeset::ElementId| matches!(document.structure[element.0].role, Role::Figure(_));
        for (number, page) in document.pages.iter().enumerate() {
            for item in &page.items {
                if let FrameItem::Shape(shape) = item {
                    assert!(shape.element.as_ref().is_some_and(is_figure), "page {number} of {key:?}");
                }
            }
        }
        assert_eq!(compare_numerals_with_pictures(&briefing.markdown, &briefing.pictures, &document), [], "{key:?}");
        pdf::write(&document, &FONTS, &[]).unwrap();
    }
}

#[test]
fn a_number_that_a_page_shows_and_the_data_or_the_words_do_not_is_found() {
    let path = "nghe-an.en.workers-sent-abroad.plan.svg";
    let Briefing { markdown, pictures } = sample("nghe-an", Language::En).clone();
    let change = |from: &str, to: &str| {
        let mut changed = pictures.clone();
        let chart = changed.remove(path).unwrap().with_texts(|text| text.replace(from, to));
        changed.insert(path.to_owned(), chart);
        changed
    };
    let changed = change("18,639", "18,693");
    let document = pages(&markdown, &changed);
    // The page shows another number than the data.
    let faults = compare_numerals_with_pictures(&markdown, &pictures, &document);
    assert!(matches!(&faults[..], [NumeralFault::Content { shown, .. }] if shown.contains("18,693")), "{faults:?}");
    // The words in the Markdown say another number than the page.
    let faults = compare_numerals_with_pictures(&markdown, &changed, &document);
    assert!(matches!(&faults[..], [NumeralFault::Alternative { shown, .. }] if shown == "18,693"), "{faults:?}");
}

#[test]
fn an_image_that_is_no_chart_is_set_as_its_words() {
    let markdown = "![One](unknown.svg)\n\n![Two](nghe-an.en.delegations-received.svg) and words\n";
    let document = pages(markdown, &sample("nghe-an", Language::En).pictures);
    assert!(!document.pages[0].items.iter().any(|item| matches!(item, FrameItem::Shape(_))));
    let text: String = document.pages[0]
        .items
        .iter()
        .filter_map(|item| if let FrameItem::Text(run) = item { Some(run.text.as_str()) } else { None })
        .collect();
    assert!(text.contains("One") && text.contains("Two and words"), "{text}");
}

#[test]
fn each_kind_in_both_languages() {
    for language in Language::ALL {
        for kind in
            ["delegations-received", "visitors-per-delegation", "goods-exports.change", "workers-sent-abroad.plan"]
        {
            let path = format!("nghe-an.{language}.{kind}.svg");
            let drawing =
                svg::draw(&sample("nghe-an", language).pictures[&path], language, |tone| palette(&BRIEFING, tone));
            roxmltree::Document::parse(&drawing).unwrap();
            insta::assert_snapshot!(path, drawing);
        }
    }
}
