//! Text of others inside our Markdown.

use super::trace;

/// Escapes a text so that Markdown takes it as it stands: nothing in a sheet can make a heading, a link or a table cell.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    escape_to(&mut escaped, text);
    escaped
}

/// Adds a text, escaped, to another.
pub(super) fn escape_to(escaped: &mut String, text: &str) {
    // A space at either end would keep `*…*` around the text from being emphasis.
    let text = text.trim();
    let start = escaped.len();
    let marker = list_marker(text);
    let mut copied = 0;
    for (place, byte) in text.bytes().enumerate() {
        if is_plain(byte) && marker != Some(place) {
            continue;
        }
        let Some((before, character)) =
            text.get(copied..place).zip(text.get(place..).and_then(|rest| rest.chars().next()))
        else {
            continue;
        };
        escaped.push_str(before);
        copied = place + character.len_utf8();
        if marker == Some(place) {
            escaped.push('\\');
        }
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other if is_space(other) => escaped.push(' '),
            '\'' if is_apostrophe(text, place) => escaped.push('’'),
            other if is_unseen(other) => {}
            other => escaped.push(other),
        }
    }
    escaped.push_str(text.get(copied..).unwrap_or_default());
    let end = escaped.get(start..).map_or(start, |text| start + text.trim_end().len());
    escaped.truncate(end);
}

/// Whether a byte belongs to a character that is its own escape: what is not plain begins with one of the others.
const fn is_plain(byte: u8) -> bool {
    // Controls of ASCII; U+0080 to U+00BF; U+2000 to U+2FFF; U+F000 to U+FFFF; and what lies beyond.
    let is_unseen_or_space = matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef..=0xff);
    let is_markup = matches!(
        byte,
        b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'|' | b'~' | b'#' | b'&' | b'$' | b'\''
    );
    !is_unseen_or_space && !is_markup
}

/// A text as it stands between the double quotation marks of YAML.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' | '"' => quoted.extend(['\\', character]),
            other if is_space(other) => quoted.push(' '),
            other if is_unseen(other) => {}
            other => quoted.push(other),
        }
    }
    quoted
}

/// Whether a character ends a line somewhere, or stands for a space of some width.
fn is_space(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character has no form of its own and would only act on the text around it: controls, those that turn the direction of
/// writing (Unicode Technical Report 36, 2.10.3), tags, and what Unicode keeps out of text. The marks of traced digits are none.
fn is_unseen(character: char) -> bool {
    let value = u32::from(character);
    let is_mark = trace::is_mark(character);
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
        || matches!(value, 0xfdd0..=0xfdef | 0xe0000..=0xe007f) && !is_mark
        || value & 0xfffe == 0xfffe
}

/// Whether a straight stroke stands between letters, or ends a plural's possessive: sheets are typed on keyboards.
fn is_apostrophe(text: &str, place: usize) -> bool {
    let (before, after) = text.split_at_checked(place).unwrap_or((text, ""));
    before.ends_with(char::is_alphabetic) && after.chars().nth(1).is_none_or(|next| next.is_alphabetic() || next == ' ')
}

/// Whether a text would start a list or draw a line where it starts a line, and the byte of the character that makes it one.
fn list_marker(text: &str) -> Option<usize> {
    if let Some(rule) = rule(text) {
        return Some(rule);
    }
    let digits = text.find(|character| !trace::is_digit(character)).unwrap_or(text.len());
    let mark = text.as_bytes().get(digits)?;
    let is_alone = text.as_bytes().get(digits + 1).is_none_or(|next| *next == b' ');
    let makes_list = if digits == 0 { matches!(mark, b'-' | b'+') } else { matches!(mark, b'.' | b')') };
    (makes_list && is_alone).then_some(digits)
}

/// The first sign of a text that would be the line under a heading, or between sections.
fn rule(text: &str) -> Option<usize> {
    let mut signs = text.char_indices().filter(|(_, sign)| !sign.is_whitespace());
    let (place, first) = signs.next().filter(|(_, first)| matches!(first, '-' | '='))?;
    signs.all(|(_, sign)| sign == first).then_some(place)
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return String::new() };
    let mut capital = String::with_capacity(text.len() + 2);
    capital.extend(first.to_uppercase());
    capital.push_str(characters.as_str());
    capital
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
