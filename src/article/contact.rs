//! What is written in digits and is no number: addresses of pages and mail, telephone numbers.

use std::borrow::Cow;

/// Letters in place of what is hidden, so that the numbers at its sides are not joined: no word of any table.
const MASK: &str = "z";

/// Words before the numbers of a house, a room or a telephone.
const CONTACT: &[&str] = &[
    "address:",
    "tel:",
    "tel.",
    "telephone:",
    "phone:",
    "fax:",
    "hotline:",
    "mobile:",
    "địa chỉ:",
    "điện thoại:",
    "đt:",
    "đường dây nóng:",
    "liên hệ:",
];

/// The fewest digits of a telephone number, its area code included, and the most (ITU-T E.164).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Whether a sentence gives an address or a telephone number.
pub(super) fn is_contact(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    CONTACT.iter().any(|word| lower.contains(word))
}

/// The text with such things hidden; every other byte keeps its place.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let mut masked = Cow::Borrowed(text);
    let mut hide = |start: usize, end: usize| {
        let mask = MASK.repeat(end.saturating_sub(start));
        masked.to_mut().replace_range(start..end, &mask);
    };
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if is_address(word) {
            hide(at, at + word.trim_end().len());
        }
        at += word.len();
    }
    let mut floor = 0;
    for (at, _) in text.match_indices(['0', '+', '(']) {
        if at >= floor
            && let Some(length) = phone(text, at)
        {
            hide(at, at + length);
            floor = at + length;
        }
    }
    masked
}

/// `https://…`, `www.…`, `name@place`.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains("www.") || word.contains('@')
}

/// The length of the telephone number that starts here, if one does: `0272 3826 123`, `(84-24) 3825 5555`, `+84 912 345 678`.
fn phone(text: &str, at: usize) -> Option<usize> {
    let starts =
        !text.get(..at)?.ends_with(|before: char| before.is_alphanumeric() || matches!(before, '.' | ',' | '-' | '/'));
    let rest = text.get(at..)?;
    let sign = |character: char| matches!(character, ' ' | '\u{a0}' | '.' | '-' | '(' | ')' | '+');
    let run = rest.find(|character: char| !(character.is_ascii_digit() || sign(character))).unwrap_or(rest.len());
    let run = rest.get(..run)?.trim_end_matches(sign);
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let first = run.trim_start_matches(['+', '(']);
    let area = first.bytes().take_while(u8::is_ascii_digit).count();
    // The parts of a date that begins with 0 are shorter than an area code.
    let coded = if run.starts_with('0') { area >= 3 } else { first.starts_with('0') || first.starts_with("84") };
    (starts && coded && PHONE_DIGITS.contains(&digits)).then_some(run.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn hides(text: &str, shown: &str) {
        let masked = masked(text);
        assert_eq!(masked.replace(MASK, ""), shown);
        assert_eq!(masked.len(), text.len());
    }

    #[test]
    fn addresses_and_telephones_are_hidden() {
        hides("Source: https://baolangson.vn/tang-5056657.html and 12 more", "Source:  and 12 more");
        hides("call 0272 3826 123, or (84-24) 3825 5555", "call , or ");
        hides("call +84 912 345 678.", "call .");
        hides("write to ngoaivu2024@longan.gov.vn", "write to ");
    }

    #[test]
    fn figures_and_dates_are_not() {
        for text in ["05-01-2022 588 dự án", "1.155 dự án", "+12.02% (1,549 officials)", "0.123456789", "(588) 120"]
        {
            hides(text, text);
        }
    }
}
