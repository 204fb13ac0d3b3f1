//! The numbers that a remark tells.

use super::scan::{Token, merge_groups, scan, spelt};
use super::skip::{Role, ends_date, roles};
use crate::language::Language;

/// The numbers in digits that a text reports, as written. Dates, years, ordinals, names and the numbers of documents report nothing.
pub(crate) fn told(text: &str, language: Language) -> Vec<String> {
    let text = spelt(text);
    let tokens = merge_groups(scan(&text), |before| ends_date(before, language));
    let roles = roles(&tokens, language);
    let in_other_digits =
        |token: &Token<'_>| token.text.chars().any(|sign| sign.is_numeric() && !matches!(sign, '²' | '³'));
    let numbers = tokens
        .into_iter()
        .zip(roles)
        .filter(|(token, role)| if token.is_number() { *role != Role::Skipped } else { in_other_digits(token) });
    numbers.map(|(token, _)| token.text.into_owned()).collect()
}
