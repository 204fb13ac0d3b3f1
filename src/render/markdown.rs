//! Text of others inside our Markdown.

/// Escapes a text so that Markdown takes it as it stands: nothing in a sheet can make a heading, a link or a table cell.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' | '\r' | '\t' => escaped.push(' '),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
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
    fn vietnamese_letters_have_capitals() {
        assert_eq!(capital("đến nay"), "Đến nay");
    }
}
