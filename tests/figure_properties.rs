//! What holds for every text: nothing panics, the intervals nest, and what is printed reads back the same.

#![expect(clippy::unwrap_used, reason = "the helpers of tests")]

use brief::figure::{Figure, format, read};
use brief::language::Language;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Pieces of phrases, so that random texts come near to figures.
const PIECES: &[&str] = &[
    "nearly",
    "over",
    "about",
    "at least",
    "up to",
    "an estimated",
    "down",
    "from",
    "to",
    "between",
    "and",
    "of",
    "the",
    "a",
    "million",
    "billion",
    "thousand",
    "USD",
    "VND",
    "$",
    "%",
    "per cent",
    "km",
    "ha",
    "projects",
    "times",
    "in",
    "2022",
    "first",
    "months",
    "No.",
    "May",
    "one",
    "twenty",
    "half",
    "gần",
    "hơn",
    "trên",
    "khoảng",
    "ước đạt",
    "giảm",
    "tăng",
    "từ",
    "đến",
    "tới",
    "vượt",
    "nghìn",
    "triệu",
    "tỷ",
    "tỉ",
    "đồng",
    "đô la Mỹ",
    "lượt",
    "năm",
    "tháng",
    "ngày",
    "quý",
    "thứ",
    "số",
    "một",
    "hai mươi",
    "lần",
    "rưỡi",
    "trở lên",
    "/",
    "-",
    "–",
    "−",
    "+",
    ",",
    ".",
    "(",
    ")",
    ":",
    "5",
    "12",
    "800",
    "1,155",
    "1.155",
    "9.98",
    "9,98",
    "2020",
    "0",
    "0.0",
    "000",
    "1 155",
    "m",
    "k",
    "b",
    "tr",
    "đ",
    "99999999999999999999",
    "0,000000000000000001",
    "\u{a0}",
    "\u{301}",
    "½",
    "Covid-19",
];

fn phrase() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES), prop::sample::select(&["", " "][..])), 0..9)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space]).collect())
}

fn language() -> impl Strategy<Value = Language> {
    prop::sample::select(&Language::ALL[..])
}

/// A figure of the kinds that sheets hold, in the language's own grammar.
fn figure() -> impl Strategy<Value = (String, Language)> {
    let hedges = [
        ["", "nearly", "over", "about", "at least", "up to", "an estimated"],
        ["", "gần", "hơn", "khoảng", "ít nhất", "tối đa", "ước"],
    ];
    let scales = [["", "thousand", "million", "billion", "trillion"], ["", "nghìn", "triệu", "tỉ", "nghìn tỉ"]];
    let units = [["", "USD", "VND", "%", "km", "tonnes"], ["", "USD", "đồng", "%", "km", "tấn"]];
    (0..2_usize, 0..7_usize, any::<bool>(), -1..2_i8, 0..10_000_000_u64, 0..3_u32, 0..5_usize, 0..6_usize).prop_map(
        move |(language, hedge, range, sign, digits, places, scale, unit)| {
            let tongue = Language::ALL[language];
            let printed = |digits: u64| {
                let number = brief::figure::Decimal::try_from_i128_with_scale(i128::from(digits), places).unwrap();
                format::number(number, tongue)
            };
            let join = ["to", "đến"][language];
            let minus = if sign < 0 { "−" } else { "" };
            let number = printed(digits);
            let number = if range { format!("{number} {join} {minus}{}", printed(digits + 7)) } else { number };
            let text = format!(
                "{} {minus}{number} {} {}",
                hedges[language][hedge], scales[language][scale], units[language][unit]
            );
            (text, tongue)
        },
    )
}

fn nested(figure: &Figure) {
    let (lower, upper) = figure.ends();
    let (expected, strict, truncated) = (figure.expected(), figure.strict(), figure.truncated());
    assert!(strict.encloses(&expected), "{figure:?}");
    assert!(truncated.contains(lower) && truncated.contains(upper), "{figure:?}");
    assert!(expected.contains(lower) && expected.contains(upper), "{figure:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}", language in language()) {
        if let Ok(figure) = read(&text, language) {
            nested(&figure);
        }
    }

    #[test]
    fn texts_near_to_figures_are_read_or_refused(text in phrase(), language in language()) {
        match read(&text, language) {
            Ok(figure) => {
                nested(&figure);
                for printed in Language::ALL {
                    format::figure(&figure, printed);
                    let (lower, upper) = figure.ends();
                    format::scaled(lower, upper, figure.unit(), printed);
                }
            }
            Err(error) => prop_assert!(!error.help().is_empty()),
        }
    }

    #[test]
    fn composed_and_decomposed_text_read_alike(text in phrase(), language in language()) {
        let parts = |text: String| read(&text, language).map(|figure| (figure.ends(), figure.unit(), figure.hedge(), figure.strict())).ok();
        prop_assert_eq!(parts(text.nfc().collect()), parts(text.nfd().collect()));
    }

    #[test]
    fn what_is_printed_reads_back_the_same((text, language) in figure(), printed in language()) {
        let figure = read(&text, language).unwrap();
        let again = read(&format::figure(&figure, printed), printed).unwrap();
        let parts = |figure: &Figure| {
            (figure.ends(), figure.unit(), figure.hedge(), figure.is_estimate(), figure.expected(), figure.strict(), figure.truncated())
        };
        prop_assert_eq!(parts(&figure), parts(&again));
    }

    #[test]
    fn ambiguity_has_two_readings_or_more(text in phrase(), language in language()) {
        if let Err(error) = read(&text, language) {
            prop_assert_eq!(error.code() == "ambiguous-figure", error.readings().len() > 1);
        }
    }
}
