//! Figures as a briefing prints them, in both languages.

#![expect(clippy::unwrap_used, reason = "the helpers of tests")]

use brief::figure::{Decimal, Unit, format, read};
use brief::language::Language::{self, En, Vi};

/// `language | text | English | Vietnamese`; no-break spaces are written as spaces here.
const PRINTED: &str = "
    en | nearly 9.98 billion USD     | nearly 9.98 billion USD      | gần 9,98 tỉ USD
    vi | gần 9,98 tỉ USD             | nearly 9.98 billion USD      | gần 9,98 tỉ USD
    vi | gần 16 nghìn tỷ đồng        | nearly 16 trillion VND       | gần 16 nghìn tỉ đồng
    en | VND9,620 billion            | 9,620 billion VND            | 9.620 tỉ đồng
    en | 1,155 projects              | 1,155                        | 1.155
    en | 128.54% of the plan         | 128.54%                      | 128,54%
    en | 9.980 billion               | 9.980 billion                | 9,980 tỉ
    en | up to 120 countries         | up to 120                    | tối đa 120
    vi | ít nhất 500 ha              | at least 500 ha              | ít nhất 500 ha
    vi | hơn 15.000 tấn              | over 15,000 tonnes           | hơn 15.000 tấn
    en | down about 3.2%             | about −3.2%                  | khoảng −3,2%
    vi | từ 5 đến 7 triệu            | 5 to 7 million               | 5 đến 7 triệu
    en | 200-250 km                  | 200 to 250 km                | 200 đến 250 km
    vi | 800 nghìn đến 1,2 triệu     | 800 thousand to 1.2 million  | 800 nghìn đến 1,2 triệu
    en | an estimated 2.45 bn USD    | an estimated 2.45 billion USD | ước 2,45 tỉ USD
    vi | ước khoảng 2,37 triệu lượt  | estimated about 2.37 million | ước khoảng 2,37 triệu
    vi | 20 vạn người                | 0.20 million                 | 0,20 triệu
    vi | hơn 20 vạn người            | over 200 thousand            | hơn 200 nghìn
";

fn visible(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn both_languages_print_the_same_figure() {
    for line in PRINTED.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let row: Vec<&str> = line.split('|').map(str::trim).collect();
        let figure = read(row[1], row[0].parse::<Language>().unwrap()).unwrap();
        assert_eq!(visible(&format::figure(&figure, En)), row[2]);
        assert_eq!(visible(&format::figure(&figure, Vi)), row[3]);
    }
}

#[test]
fn no_ordinary_space_lets_a_figure_break() {
    let figure = read("an estimated 5 to 7 thousand billion VND", En).unwrap();
    for language in Language::ALL {
        assert!(!format::figure(&figure, language).contains(' '));
    }
}

#[test]
fn numbers_have_groups_decimals_and_a_true_minus() {
    assert_eq!(format::number(decimal("-1234567.80"), En), "−1,234,567.80");
    assert_eq!(format::number(decimal("-1234567.80"), Vi), "−1.234.567,80");
    assert_eq!(format::number(decimal("999"), En), "999");
}

#[test]
fn pieces_for_large_type() {
    let parts = format::parts(&read("nearly 9.98 billion USD", En).unwrap(), Vi);
    assert_eq!([parts.hedge.as_str(), &parts.number, &parts.scale, &parts.unit], ["gần", "9,98", "tỉ", "USD"]);
}

#[test]
fn values_for_messages_take_the_scale_that_suits() {
    let scaled = |lower: &str, upper: &str, unit, language| {
        visible(&format::scaled(decimal(lower), decimal(upper), unit, language))
    };
    assert_eq!(scaled("3350000", "3450000", Unit::USD, En), "3.35 to 3.45 million USD");
    assert_eq!(scaled("3350000", "3450000", Unit::USD, Vi), "3,35 đến 3,45 triệu USD");
    assert_eq!(scaled("9620000000000", "9620000000000", Unit::VND, Vi), "9,62 nghìn tỉ đồng");
    assert_eq!(scaled("14500", "14501", Unit::COUNT, En), "14,500 to 14,501");
    assert_eq!(scaled("1234567", "1234567", Unit::COUNT, En), "1,234,567");
    assert_eq!(scaled("12.5", "12.50", Unit::PERCENT, Vi), "12,5%");
}
