//! Text of others inside our Markdown.

use super::trace;

/// Escapes a text so that Markdown takes it as it stands: nothing in a sheet can make a heading, a link or a table cell.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let marker = list_marker(text);
    for (place, character) in text.char_indices() {
        if marker == Some(place) {
            escaped.push('\\');
        }
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' | '\r' | '\t' => escaped.push(' '),
            '\'' if is_apostrophe(text, place) => escaped.push('’'),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Whether a straight stroke stands between letters, or ends a plural's possessive: sheets are typed on keyboards.
fn is_apostrophe(text: &str, place: usize) -> bool {
    let (before, after) = text.split_at_checked(place).unwrap_or((text, ""));
    before.ends_with(char::is_alphabetic) && after.chars().nth(1).is_none_or(|next| next.is_alphabetic() || next == ' ')
}

/// Whether a text would start a list where it starts a line, and the byte of the character that makes it one.
fn list_marker(text: &str) -> Option<usize> {
    let digits = text.find(|character| !trace::is_digit(character)).unwrap_or(text.len());
    let mark = text.as_bytes().get(digits)?;
    let is_alone = text.as_bytes().get(digits + 1).is_none_or(|next| *next == b' ');
    let makes_list = if digits == 0 { matches!(mark, b'-' | b'+') } else { matches!(mark, b'.' | b')') };
    (makes_list && is_alone).then_some(digits)
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_become_markup() {
        assert_eq!(escape("# [a](b) | <i>*x*</i>\n---"), "\\# \\[a\\](b) \\| \\<i\\>\\*x\\*\\</i\\> ---");
    }

    #[test]
    fn a_value_cannot_start_a_list() {
        assert_eq!(escape("1. x"), "1\\. x");
        assert_eq!(escape("- x"), "\\- x");
        assert_eq!(escape("1,155 projects"), "1,155 projects");
        assert_eq!(escape("-3.4%"), "-3.4%");
        assert_eq!(escape("2016–2020"), "2016–2020");
        assert_eq!(trace::restore(&escape(&trace::traced("12. x"))), "12\\. x");
    }

    #[test]
    fn vietnamese_letters_have_capitals() {
        assert_eq!(capital("đến nay"), "Đến nay");
    }
}
