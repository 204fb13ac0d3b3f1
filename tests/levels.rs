//! Briefings of communes: words of their level and no other, names that tell them apart, and comparisons of very many that stay short.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says what is wrong by failing

mod communes;

use brief::batch;
use brief::catalog::Catalog;
use brief::check::{CheckedSheet, Policy};
use brief::compare::{Comparison, compare};
use brief::language::Language::{self, En, Vi};
use brief::render::{Briefing, COMPARATIVE, PROVINCE, Renderer, TERMS, built_in};
use brief::typeset::{Fonts, Settings, compare_numerals_with_pictures, layout, set};
use communes::{NGHE_AN, QUANG_NINH, checked, comparison, fact, many, sheets};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

static RENDERER: LazyLock<Renderer> =
    LazyLock::new(|| Renderer::new(None, &Language::ALL.into(), &[PROVINCE, COMPARATIVE]).unwrap());
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::builtin().unwrap());
static NINETY_EIGHT: LazyLock<Vec<CheckedSheet>> = LazyLock::new(|| many(98));

/// The briefing of the locality of an id's ending, or the comparative one.
fn briefing(comparison: &Comparison, of: Option<&str>, language: Language) -> Briefing {
    let Some(ending) = of else { return RENDERER.comparative(comparison, &CATALOG, language).unwrap() };
    let column = comparison.columns.iter().position(|column| column.locality.id.ends_with(ending)).unwrap();
    RENDERER.province(comparison, &CATALOG, column, language).unwrap()
}

/// Its text, with plain spaces.
fn text(sheets: &[CheckedSheet], of: Option<&str>, language: Language) -> String {
    briefing(&comparison(sheets), of, language).markdown.replace('\u{a0}', " ")
}

/// Every document over some sheets, in a language.
fn all(comparison: &Comparison, language: Language) -> Vec<String> {
    let own =
        comparison.columns.iter().map(|column| briefing(comparison, Some(&column.locality.id), language).markdown);
    own.chain([briefing(comparison, None, language).markdown]).collect()
}

fn has(text: &str, line: &str) {
    assert!(text.lines().any(|found| found == line), "no line `{line}` in {text}");
}

/// The lines after a heading, up to the next one.
fn below<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let mut lines = text.lines().skip_while(|line| *line != heading);
    assert!(lines.next().is_some(), "no heading `{heading}` in {text}");
    lines.take_while(|line| !line.starts_with('#')).collect()
}

/// The rows of the tables after a heading, without their heads.
fn rows<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = below(text, heading);
    lines.into_iter().filter(|line| line.starts_with('|')).skip(2).collect()
}

/// The words of a text that start so, but for those of some phrases.
fn words_of(text: &str, starts: &[&str], phrases: &[&str]) -> Vec<String> {
    let text = phrases.iter().fold(text.to_lowercase(), |text, phrase| text.replace(phrase, ""));
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| starts.iter().any(|start| word.starts_with(start))).map(str::to_owned).collect()
}

#[test]
fn no_page_of_a_commune_speaks_of_provinces() {
    let groups =
        [sheets("nghe-an", &NGHE_AN), sheets("quang-ninh", &QUANG_NINH), sheets("nghe-an", &NGHE_AN[..1]), many(45)];
    // Provinces abroad, and those who lead the province itself.
    let english = ["provinces and cities abroad", "provincial leaders", "vientiane province"];
    let vietnamese = ["tỉnh, thành phố nước ngoài", "lãnh đạo tỉnh", "tỉnh viêng chăn", "tỉnh tổ chức"];
    for group in &groups {
        let comparison = comparison(group);
        for text in all(&comparison, En) {
            assert_eq!(words_of(&text, &["provinc"], &english), Vec::<String>::new(), "{text}");
            assert!(!text.replace("{page}", "").replace("{pages}", "").contains('{'), "{text}");
        }
        for text in all(&comparison, Vi) {
            assert_eq!(words_of(&text, &["tỉnh"], &vietnamese), Vec::<String>::new(), "{text}");
            assert!(!text.replace("{page}", "").replace("{pages}", "").contains('{'), "{text}");
        }
    }
}

#[test]
fn no_page_of_a_province_speaks_of_communes() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let sheets = batch::load(&fixtures, &CATALOG, &Policy::default()).unwrap();
    let columns: Vec<_> = sheets.iter().map(|loaded| (loaded.locality.as_ref().unwrap(), loaded.passed())).collect();
    let comparison = compare(&columns, &CATALOG, "2026-Q3".parse().unwrap());
    for text in all(&comparison, En) {
        assert_eq!(words_of(&text, &["commune", "ward", "special"], &[]), Vec::<String>::new(), "{text}");
        assert!(words_of(&text, &["province"], &[]).len() > 1, "{text}");
    }
    for text in all(&comparison, Vi) {
        assert_eq!(words_of(&text, &["xã", "phường", "khu"], &["xã hội"]), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_title_says_the_kind_and_the_province() {
    let nghe_an = sheets("nghe-an", &NGHE_AN);
    let ward = text(&nghe_an, Some("cua-lo"), En);
    has(&ward, "title: \"Cua Lo Ward, Nghe An\"");
    has(&ward, "subject: \"Foreign affairs of Cua Lo Ward, Nghe An in the third quarter of 2026\"");
    has(&ward, "running_head: \"Cua Lo Ward, Nghe An · Foreign affairs briefing\"");
    has(&ward, "# Cua Lo Ward, Nghe An");
    has(&ward, "## Where Cua Lo stands");
    assert!(ward.contains("key figures, comparison with other communes, sources\"\n"), "{ward}");
    assert!(text(&nghe_an, Some("kim-lien"), En).contains("\n# Kim Lien Commune, Nghe An\n"));
    let ward = text(&nghe_an, Some("cua-lo"), Vi);
    has(&ward, "# Phường Cửa Lò, Nghệ An");
    has(&ward, "title: \"Phường Cửa Lò, Nghệ An\"");
    has(&ward, "subject: \"Công tác đối ngoại của phường Cửa Lò, Nghệ An quý III năm 2026\"");
    let quang_ninh = sheets("quang-ninh", &QUANG_NINH);
    has(&text(&quang_ninh, Some("van-don"), En), "# Van Don Special Zone, Quang Ninh");
    has(&text(&quang_ninh, Some("van-don"), Vi), "# Đặc khu Vân Đồn, Quảng Ninh");
    let locality = &nghe_an[5].locality;
    assert_eq!(RENDERER.full_name(locality, En).as_deref(), Some("Kim Lien Commune, Nghe An"));
    assert_eq!(RENDERER.full_name(locality, Vi).as_deref(), Some("xã Kim Liên, Nghệ An"));
}

#[test]
fn the_comparison_names_the_province_whose_communes_it_compares() {
    let nghe_an = sheets("nghe-an", &NGHE_AN);
    let english = text(&nghe_an, None, En);
    has(&english, "title: \"Communes of Nghe An compared\"");
    has(&english, "# Communes of Nghe An compared");
    has(&english, "subject: \"Foreign affairs of twelve communes of Nghe An compared, the third quarter of 2026\"");
    has(
        &english,
        "description: \"Foreign affairs of twelve communes of Nghe An compared, as known by 30 September 2026\"",
    );
    assert!(english.contains("\nTwelve communes of Nghe An are compared. "), "{english}");
    let vietnamese = text(&nghe_an, None, Vi);
    has(&vietnamese, "# So sánh các xã, phường của Nghệ An");
    assert!(vietnamese.contains("| Thứ hạng | Xã, phường | Số liệu |"), "{vietnamese}");
    // A province with special zones has all three kinds.
    let vietnamese = text(&sheets("quang-ninh", &QUANG_NINH), None, Vi);
    has(&vietnamese, "# So sánh các xã, phường, đặc khu của Quảng Ninh");
    assert!(text(&sheets("nghe-an", &NGHE_AN[..1]), None, En).contains("Foreign affairs of one commune of Nghe An"));
}

#[test]
fn a_sentence_says_what_the_commune_is() {
    let nghe_an = sheets("nghe-an", &NGHE_AN);
    assert!(text(&nghe_an, Some("16681-vinh-hung"), Vi).contains("phường cử 3 đoàn ra nước ngoài"));
    assert!(text(&nghe_an, Some("16685-vinh-hung"), Vi).contains("xã cử 7 đoàn ra nước ngoài"));
    assert!(text(&sheets("quang-ninh", &QUANG_NINH), Some("van-don"), Vi).contains("đặc khu cử 3 đoàn ra nước ngoài"));
    let alone = [checked(
        "quang-ninh",
        QUANG_NINH[1],
        16_700,
        &format!("facts:\n{}", fact("fdi-projects", "as_of: 2025-12", "3 projects")),
    )];
    let english = text(&alone, Some("co-to"), En);
    assert!(english.contains("3 foreign-invested projects are registered in the special zone"), "{english}");
}

#[test]
fn peers_and_tables_elsewhere_are_of_the_level() {
    let nghe_an = sheets("nghe-an", &NGHE_AN);
    let english = text(&nghe_an, Some("que-phong"), En);
    assert!(english.contains("\nCompared with eleven other communes. "), "{english}");
    has(&english, "Seven more communes are in the comparison of the communes of Nghe An.");
    assert!(english.contains("Sources: see the comparison of the communes of Nghe An."), "{english}");
    assert!(english.contains("the first of twelve communes; Que Phong 10"), "{english}");
    assert!(english.contains("Published for several other communes, but not for Que Phong: "), "{english}");
    assert!(english.contains("Que Phong is twelfth of twelve communes"), "{english}");
    let vietnamese = text(&nghe_an, Some("que-phong"), Vi);
    assert!(vietnamese.contains("So sánh với 11 xã, phường khác. "), "{vietnamese}");
    has(&vietnamese, "Còn 7 xã, phường khác trong báo cáo so sánh các xã, phường của Nghệ An.");
}

#[test]
fn two_of_one_name_are_told_apart_by_their_kind() {
    let nghe_an = sheets("nghe-an", &NGHE_AN);
    let ranking = "Vinh Hung (ward) 120[^1], Thanh Vinh 110[^2]";
    assert!(text(&nghe_an, None, En).contains(ranking));
    let vietnamese = text(&nghe_an, Some("16685-vinh-hung"), Vi);
    assert!(vietnamese.contains("**Vinh Hưng (xã)** | "), "{vietnamese}");
    has(&vietnamese, "# Xã Vinh Hưng, Nghệ An");
    assert!(vietnamese.contains("Vinh Hưng (phường) 120"), "{vietnamese}");
    assert!(!vietnamese.contains("Cửa Lò ("), "only those of one name: {vietnamese}");
}

#[test]
fn two_of_one_name_and_kind_are_told_apart_by_their_code() {
    // In English alone they have one name.
    let communes =
        [("Tan An", "Tân An", "commune"), ("Tan An", "Tấn An", "commune"), ("Nam Can", "Nậm Cắn", "commune")];
    let group = sheets("nghe-an", &communes);
    let english = text(&group, Some("16681-tan-an"), En);
    has(&english, "# Tan An Commune, Nghe An (16681)");
    assert!(english.contains("Tan An (16681) 30[^1], Tan An (16682) 20[^2] and Nam Can 10[^3]"), "{english}");
    let vietnamese = text(&group, Some("16681-tan-an"), Vi);
    has(&vietnamese, "# Xã Tân An, Nghệ An");
    assert!(!vietnamese.contains("(16681)"), "{vietnamese}");
}

#[test]
fn a_commune_of_a_province_that_was_merged_says_nothing_of_it() {
    let group = sheets("ba-ria-vung-tau", &NGHE_AN[5..8]);
    for text in all(&comparison(&group), En) {
        assert!(text.contains("Ba Ria - Vung Tau"), "{text}");
        assert!(!text.contains("part of") && !text.contains("former"), "{text}");
    }
    for text in all(&comparison(&group), Vi) {
        assert!(!text.contains("(thuộc") && !text.contains("sáp nhập"), "{text}");
    }
}

#[test]
fn of_very_many_a_table_has_the_first_and_the_last_and_counts_the_rest() {
    let english = text(&NINETY_EIGHT, None, En);
    let table = rows(&english, "#### Delegations received");
    assert_eq!(table.len(), 14);
    // 303 delegations and 3 less for each place; the table has places 1 to 10 and 96 to 98.
    assert!(table[0].starts_with("| 1 | Cao Hai | 303[^") && table[0].ends_with("] | 2025 |"), "{}", table[0]);
    assert!(table[10].starts_with("| 11–95 | *85 more* | 270[^") && table[10].contains(" … 12[^"), "{}", table[10]);
    assert!(table[13].starts_with("| 98 | An Binh | 3[^"), "{}", table[13]);
    let between = rows(&english, "#### Goods exports")[10].split('|').map(str::trim).collect::<Vec<_>>();
    assert_eq!(between[2..5], ["*85 more*", "", ""], "the range is of yearly figures: {between:?}");
    assert!(between[5].starts_with("160 million USD[^"), "{between:?}");
    let vietnamese = text(&NINETY_EIGHT, None, Vi);
    assert!(rows(&vietnamese, "#### Đoàn vào")[10].starts_with("| 11–95 | *85 xã, phường khác* | 270[^"));
    let tables = english.lines().filter(|line| line.starts_with("#### ")).count();
    assert!((5..=8).contains(&tables), "{tables} tables");
}

#[test]
fn of_very_many_each_indicator_has_a_line_with_its_ends() {
    let english = text(&NINETY_EIGHT, None, En);
    let line = |start: &str| {
        let found: Vec<&str> = english.lines().filter(|line| line.starts_with(start)).collect();
        let [line] = found[..] else { panic!("one line starts with `{start}`: {found:?}") };
        let mut parts = line.split("[^");
        let first = parts.next().unwrap().to_owned();
        parts.fold(first, |said, part| said + part.split_once(']').unwrap().1)
    };
    assert_eq!(line("| Delegations received<br>"), "| Delegations received<br>2025 | 98 | Cao Hai 303 | An Binh 3 |");
    assert_eq!(
        line("| FDI projects<br>"),
        "| FDI projects<br>Dec 2025 | 98 | Cao Hai 25; Ha Ly 25 | An Binh 0; Yen Hai 0; Bac Phong 0 |"
    );
    assert_eq!(line("| Partner localities abroad |"), "| Partner localities abroad | 98 | not ranked | not ranked |");
    assert!(line("- **Partner localities abroad**").contains("more than a year apart"));
    assert!(line("| Goods exports, a year |").starts_with("| Goods exports, a year | 98 | Kim Chau 200 million USD"));
    // A chart claims no more than is certain: two have the most projects.
    assert!(line("![FDI projects").starts_with("![FDI projects: most in Cao Hai and Ha Ly. "));
}

#[test]
fn of_very_many_what_one_reports_alone_and_what_is_new_is_counted() {
    let english = text(&NINETY_EIGHT, None, En);
    let intro = below(&english, "## Figures by theme").join(" ");
    assert!(intro.contains("the first ten places and the last three. "), "{intro}");
    assert!(intro.contains("Every other figure is in the briefing of the commune that reports it. "), "{intro}");
    assert!(
        intro.contains("Two indicators more have a figure from a single commune each, one commune in all."),
        "{intro}"
    );
    assert!(!english.contains("School pupils") && !english.contains("Land border"), "{english}");
    let news = below(&english, "## Since the last quarter");
    // Five of each, and of the others every second, third … commune's; two alone.
    let facts: usize = NINETY_EIGHT.iter().map(|sheet| sheet.facts.len()).sum();
    let said = format!(
        "New or revised since the second quarter of 2026: {},{:03} figures of 98 communes.",
        facts / 1000,
        facts % 1000
    );
    assert!(news.contains(&said.as_str()), "no `{said}` in {news:#?}");
    assert_eq!(news.iter().filter(|line| line.starts_with("- ")).count(), 20);
    assert!(news.iter().any(|line| line.ends_with(" more indicators have such figures too.")), "{news:#?}");
    assert!(
        news.iter().any(|line| line.starts_with("- Delegations received, 98: ") && line.ends_with(" and 95 others"))
    );
    assert!(!english.contains("No new figure"));
    assert!(!english.contains("## Also ranked"));
}

#[test]
fn of_very_many_only_the_sources_that_are_cited_are_listed() {
    for language in Language::ALL {
        let text = text(&NINETY_EIGHT, None, language);
        let notes: BTreeSet<&str> =
            text.lines().filter(|line| line.starts_with("[^")).map(|line| line.split_once("]: ").unwrap().0).collect();
        let body: Vec<&str> = text.lines().filter(|line| !line.starts_with("[^")).collect();
        let body = body.join("\n");
        assert!(notes.len() < 98, "{} sources", notes.len());
        for note in &notes {
            assert!(body.contains(&format!("{note}]")), "{note} is cited nowhere");
        }
        for mark in body.split("[^").skip(1) {
            let number = mark.split_once(']').unwrap().0;
            assert!(notes.contains(format!("[^{number}").as_str()), "{number} has no source");
        }
        assert!(!text.contains("see the table") && !text.contains("xem bảng"), "the table has not all of them: {text}");
    }
}

#[test]
fn up_to_forty_are_listed_in_full() {
    let forty = text(&NINETY_EIGHT[..40], None, En);
    assert_eq!(rows(&forty, "#### Delegations received").len(), 40);
    assert!(forty.contains("Sources: see the table.") && !forty.contains(" more* |"));
    assert!(forty.contains("\n## Also ranked\n"));
    let one_more = text(&NINETY_EIGHT[..41], None, En);
    assert_eq!(rows(&one_more, "#### Delegations received").len(), 14);
    assert!(one_more.contains("| *28 more* |"), "{one_more}");
}

#[test]
fn the_comparison_of_ninety_eight_has_few_pages() {
    let comparison = comparison(&NINETY_EIGHT);
    let fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let Briefing { markdown, pictures } = briefing(&comparison, None, language);
        let settings = Settings { pictures: &pictures, ..Settings::new(&fonts, &layout::BRIEFING) };
        let pages = set(&markdown, &settings).unwrap();
        assert!((5..=15).contains(&pages.pages.len()), "{} pages in {language}", pages.pages.len());
        assert!(pages.warnings.is_empty(), "{:?}", pages.warnings);
        let faults: Vec<String> =
            compare_numerals_with_pictures(&markdown, &pictures, &pages).iter().map(ToString::to_string).collect();
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn a_briefing_among_very_many_is_no_longer_than_among_some() {
    let (some, very_many) = (&NINETY_EIGHT[..34], &NINETY_EIGHT[..]);
    for language in Language::ALL {
        let [some, very_many] = [some, very_many].map(|group| text(group, Some("17003-dong-binh"), language));
        assert!(very_many.len() < some.len() * 5 / 4, "{} bytes, then {}", some.len(), very_many.len());
    }
    let english = text(very_many, Some("17003-dong-binh"), En);
    assert!(english.contains("Sources: see the briefing of each commune."), "{english}");
    // Of the dots of a chart the words name the ends and the own.
    let chart = english.lines().find(|line| line.starts_with("![Delegations received")).unwrap();
    assert!(chart.contains(" A dot to each of 98 communes. An Binh: 3; Dong Binh: 33; Cao Hai: 303. "), "{chart}");
}

#[test]
fn terms_without_the_words_of_the_levels_are_refused() {
    let (_, terms) = built_in(En).into_iter().find(|(name, _)| *name == TERMS).unwrap();
    let without = |lines: &str| {
        assert!(terms.contains(lines), "{lines}");
        let texts = BTreeMap::from([(TERMS.to_owned(), terms.replacen(lines, "", 1))]);
        Renderer::with_texts(&texts, En, PROVINCE).err().expect("a term is missing").to_string()
    };
    for (lines, key) in [
        ("  ward: {locality: ward, full_name: \"{name} Ward, {province}\"}\n", "ward"),
        ("    all: \"the communes of {province}\"\n", "all"),
        ("counted: \"{count} {localities}\"\n", "counted"),
        ("apart: \"{name} ({mark})\"\n", "apart"),
    ] {
        let message = without(lines);
        assert!(message.contains(&format!("the key `{key}` is missing")), "{message}");
    }
}
