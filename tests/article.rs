//! Figures looked up in articles: what a sheet prints is found wherever the article has it, and a changed digit never is.

#![expect(clippy::unwrap_used, reason = "the helpers of tests")]

use brief::article::{Article, Library};
use brief::catalog::Catalog;
use brief::check::{self, Policy};
use brief::diag::{Diagnostic, SourceFile};
use brief::language::Language;
use brief::sheet;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::builtin().unwrap());

/// What is said of a figure that a sheet of an article has.
fn look_up(figure: &str, language: Language, article: &str) -> Vec<Diagnostic> {
    let text = format!(
        "schema: 1\nprovince: nghe-an\nsources:\n  paper: {{published: 2024-01-15, language: {language}}}\nfacts:\n  \
         - {{indicator: fdi-projects, as_of: 2023, printed: {{paper: {}}}}}\n",
        serde_json::to_string(figure).unwrap()
    );
    let sheet = sheet::load(&Arc::new(SourceFile::new("sheet.yaml", text))).unwrap();
    let library = Library::given("sources", [(PathBuf::from("paper.txt"), article.to_owned())]);
    let found = check::check(&sheet, &CATALOG, &Policy { library: Some(library), ..Policy::default() }).diagnostics;
    found.into_iter().filter(|diagnostic| diagnostic.code == "not-in-source").collect()
}

/// Figures of every kind, none of whose digits are those of the filler.
const FIGURES: &[(&str, Language)] = &[
    ("1,155 FDI projects", Language::En),
    ("nearly 9.98 billion USD", Language::En),
    ("over 3.6 billion USD", Language::En),
    ("134.906 km", Language::En),
    ("held 9 times", Language::En),
    ("USD574.71m", Language::En),
    ("VND9,620 billion", Language::En),
    ("up 12.02% over the same period", Language::En),
    ("down 6.1%", Language::En),
    ("about 300 students", Language::En),
    ("200 to 250 enterprises", Language::En),
    ("1.155 dự án", Language::Vi),
    ("gần 9,98 tỉ USD", Language::Vi),
    ("2,37triệu lượt khách", Language::Vi),
    ("gần 16 nghìn tỷ đồng", Language::Vi),
    ("giảm 6,1%", Language::Vi),
    ("từ 200 đến 250 doanh nghiệp", Language::Vi),
    ("134,906km", Language::Vi),
];

/// Filler without numbers of its own beyond dates and documents.
fn filler(language: Language) -> impl Strategy<Value = Vec<&'static str>> {
    let (english, vietnamese): (&[&str], &[&str]) = (
        &[
            "Foreign affairs work goes on at every level.",
            "In 2022, the province focused on trade;",
            "the leaders met partners abroad, and",
            "Directive No. 15, dated August 10, 2022, stands.",
            "Guests came from many places (Laos, Japan).",
            "Relations, it is said, are good:",
            "\n\n",
            "\n",
        ],
        &[
            "Công tác đối ngoại được triển khai đồng bộ.",
            "Năm 2022, tỉnh tập trung xúc tiến thương mại;",
            "lãnh đạo tỉnh gặp gỡ đối tác, và",
            "Chỉ thị số 15-CT/TW, ngày 10-8-2022 của Ban Bí thư.",
            "Khách đến từ nhiều nơi (Lào, Nhật Bản).",
            "\n\n",
            "\n",
        ],
    );
    let pieces = if language == Language::En { english } else { vietnamese };
    prop::collection::vec(prop::sample::select(pieces), 0..6)
}

/// A figure between fillers, its spaces as an article may have them.
fn article() -> impl Strategy<Value = (&'static str, Language, String)> {
    prop::sample::select(FIGURES).prop_flat_map(|(figure, language)| {
        let space = prop::sample::select(vec![" ", "\n", "\u{a0}", "  ", "\u{202f}"]);
        (filler(language), filler(language), space).prop_map(move |(before, after, space)| {
            let text = format!("{} {} . {}", before.join(" "), figure.replace(' ', space), after.join(" "));
            (figure, language, text)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_figure_is_found_anywhere_in_prose((figure, language, text) in article()) {
        let found = look_up(figure, language, &text);
        prop_assert!(found.is_empty(), "{}\n{text}", found[0].message);
    }

    #[test]
    fn a_figure_with_one_digit_changed_is_not(
        (figure, language, text) in article(),
        place in any::<prop::sample::Index>(),
        by in 1..10_u8,
    ) {
        let digits: Vec<usize> = figure.match_indices(|sign: char| sign.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = digits[place.index(digits.len())];
        let digit = (figure.as_bytes()[at] - b'0' + by) % 10;
        let changed = format!("{}{digit}{}", &figure[..at], &figure[at + 1..]);
        // A number that no longer starts with a digit of its own may be none, or a range that does not rise: other rules.
        prop_assume!(brief::figure::read(&changed, language).is_ok());
        let found = look_up(&changed, language, &text);
        prop_assert!(found.len() == 1, "{changed} is found in\n{text}");
    }

    #[test]
    fn no_text_makes_the_reader_panic_and_every_number_stands_where_it_says(text in ".{0,200}", language in prop::sample::select(&Language::ALL[..])) {
        for article in [Article::plain("a.txt", &text), Article::html("a.html", &text)] {
            for number in article.numbers(language) {
                let own = article.file().slice(number.span());
                prop_assert!(!own.is_empty(), "{number:?} in {text:?}");
            }
        }
    }
}

#[test]
fn a_number_s_place_is_that_of_its_digits_and_unit() {
    let article =
        Article::plain("a.txt", "Vốn đăng ký gần 9,98 tỉ USD từ 36 nước; 1.155 dự án, xem https://a.vn/x-588.html");
    let shown: Vec<&str> =
        article.numbers(Language::Vi).iter().map(|number| article.file().slice(number.span())).collect();
    assert_eq!(shown, ["9,98 tỉ USD", "36", "1.155"]);
}

#[test]
fn decomposed_letters_are_read_like_composed_ones() {
    let composed = "Tỉnh có gần 9,98 tỉ USD và 588 dự án.";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_ne!(composed, decomposed);
    assert!(look_up("588 dự án", Language::Vi, &decomposed).is_empty());
    assert_eq!(Article::plain("a.txt", &decomposed).file().text(), composed);
}
