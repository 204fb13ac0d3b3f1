//! A number's digits and signs to a decimal, by the grouping of one language.

use super::lexis::Lexis;
use rust_decimal::Decimal;

/// The most digits that a figure may have, scale word included: a decimal keeps 28, and intervals need some beyond the printed.
pub(super) const MOST_DIGITS: usize = 24;
/// The digits that a machine word holds.
const WORD_DIGITS: usize = 18;

/// The value of a number that is well-formed in the language: groups of three, or none, and one decimal sign.
pub(super) fn well_formed(raw: &str, lexis: &Lexis) -> Option<Decimal> {
    // Most numbers have no signs at all, and mean the same in every language.
    if raw.len() <= WORD_DIGITS && is_digits(raw) {
        return raw.parse::<u64>().ok().map(Decimal::from);
    }
    let (whole, fraction) = match raw.split_once(lexis.point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (raw, None),
    };
    // ".5" leaves out its zero.
    let whole = if whole.is_empty() && fraction.is_some() { "0" } else { whole };
    let mark = if whole.contains(' ') { ' ' } else { lexis.group };
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
    }
    if !is_digits(first) || (grouped && (first.len() > 3 || first.starts_with('0'))) {
        return None;
    }
    if fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return None;
    }
    decimal(raw, fraction.map_or(0, str::len))
}

/// The value of a number whose group signs stand in the wrong places, if it has any: `12,34` in English may be 1,234.
pub(super) fn misplaced(raw: &str, lexis: &Lexis) -> Option<Decimal> {
    let whole = raw.split(lexis.point).next().unwrap_or_default();
    let decimals_grouped = raw.len() > whole.len() && raw[whole.len()..].contains(lexis.group);
    if !whole.contains(lexis.group)
        || decimals_grouped
        || raw.starts_with(['0', lexis.group])
        || well_formed(raw, lexis).is_some()
    {
        return None;
    }
    let plain: String = raw.chars().filter(|character| *character != lexis.group && *character != ' ').collect();
    well_formed(&plain, lexis)
}

/// Whether the digits alone are too many to keep, whatever the signs between them mean.
pub(super) fn too_long(raw: &str) -> bool {
    raw.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS
}

/// Whether a text is of digits alone.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a text as one number, so many of them as decimals.
fn decimal(text: &str, decimals: usize) -> Option<Decimal> {
    if too_long(text) {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit);
    let mantissa = digits.fold(0_i128, |value, digit| value * 10 + i128::from(digit - b'0'));
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(decimals).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::lexis;
    use super::*;
    use crate::language::Language;

    type Texts = (Option<&'static str>, Option<&'static str>);

    fn check(raw: &str, language: Language, (formed, mended): Texts) {
        let lexis = lexis::of(language);
        let text = |value: Option<Decimal>| value.map(|value| value.to_string());
        assert_eq!(text(well_formed(raw, lexis)).as_deref(), formed, "{raw}");
        assert_eq!(text(misplaced(raw, lexis)).as_deref(), mended, "{raw}");
    }

    #[test]
    fn groups_of_three_and_one_decimal_sign() {
        check("1,234.50", Language::En, (Some("1234.50"), None));
        check("1.234,50", Language::Vi, (Some("1234.50"), None));
        check("1 234 567", Language::Vi, (Some("1234567"), None));
        check("05", Language::Vi, (Some("5"), None));
        check(".5", Language::En, (Some("0.5"), None));
    }

    #[test]
    fn groups_in_the_wrong_places_are_a_second_reading_only() {
        check("12,34", Language::En, (None, Some("1234")));
        check("1.15", Language::Vi, (None, Some("115")));
        check("0.5", Language::Vi, (None, None));
        check("0,123", Language::En, (None, None));
        check("1.234,5", Language::En, (None, None));
    }
}
