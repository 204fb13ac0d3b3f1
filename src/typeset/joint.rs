//! Where a line may end between two letters or two words, beyond what spaces and hyphens say.

/// Units and scale words that stay with the number before them.
const UNITS: &[&str] = &[
    "%", "‰", "°C", "USD", "EUR", "VND", "km", "km²", "km2", "m", "m²", "m2", "m³", "m3", "cm", "mm", "ha", "kg", "g",
    "t", "kW", "kWh", "MW", "MWh", "GWh", "thousand", "million", "billion", "trillion", "nghìn", "ngàn", "triệu", "tỷ",
    "tỉ", "đồng", "tấn", "người", "lượt", "tháng",
];

/// The months in English: a day stays before its month.
pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a date's number stays with: day, month, year, quarter.
const DATED: &[&str] = &["ngày", "tháng", "năm", "quý", "Ngày", "Tháng", "Năm", "Quý"];

/// Whether the space at a byte of a text joins two words that a line must not part: a number and its unit, a day and its month, a
/// year and its quarter, an initial and its name.
pub(super) fn holds(text: &str, space: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..space), text.get(space..)) else { return false };
    // Most words join with none: their last and first letters say so.
    let (last, first) = (before.as_bytes().last(), after.chars().nth(1));
    let may_join = |first: char| first.is_ascii_digit() || first == 'I' || first.is_whitespace();
    if !last.is_some_and(|last| last.is_ascii_digit() || *last == b'.') && !first.is_some_and(may_join) {
        return false;
    }
    let before = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let before = before.trim_start_matches(['(', '[', '“', '"']);
    let after = after.split_whitespace().next().unwrap_or_default();
    let after = after.trim_end_matches(|sign: char| sign.is_ascii_punctuation() && sign != '%');
    let is_number = before.ends_with(|sign: char| sign.is_ascii_digit());
    let names_number = is_quarter(before) || DATED.contains(&before);
    (is_number && (UNITS.contains(&after) || MONTHS.contains(&after) || is_quarter(after)))
        || (names_number && (after.starts_with(|sign: char| sign.is_ascii_digit()) || is_roman_quarter(after)))
        || is_initial(before)
}

/// A unit or a scale word: it is not divided.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

/// Q1 to Q4.
fn is_quarter(word: &str) -> bool {
    matches!(word, "Q1" | "Q2" | "Q3" | "Q4")
}

/// The number of a quarter as Vietnamese writes it.
fn is_roman_quarter(word: &str) -> bool {
    matches!(word, "I" | "II" | "III" | "IV")
}

/// One capital with its point.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') && letters.next().is_none()
}

/// Whether a line may end between two letters, one of which is a letter of Chinese, Japanese or Korean: but not after an opening bracket,
/// nor before a closing one, a stop or a small kana (JIS X 4051).
pub(super) fn breaks_between(before: char, after: char) -> bool {
    (is_ideographic(before) || is_ideographic(after))
        && !before.is_whitespace()
        && !opens(before)
        && (opens(after) || after.is_alphanumeric())
        && !STAYS.contains(after)
        && !unicode_normalization::char::is_combining_mark(after)
}

/// Small kana and signs that lengthen or repeat.
const STAYS: &str = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々〻";

fn is_ideographic(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn opens(sign: char) -> bool {
    "([{‘“〈《「『【〔〖〘〚〝（［｛｟｢".contains(sign)
}
