//! The numbers that a text gives its own lists.

/// The numbering of a text's lists so far. A list starts at 1, or goes on where the last one stopped; its items all carry its first number,
/// or count up. Any other number at a line's start is one that the reader takes for a figure.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    last: u32,
}

/// What may stand before a list's number: indentation, a quotation's mark, another list's bullet, a template's tag.
const BEFORE: &[char] = &[' ', '\t', '>', '-', '*', '+', '\0'];

impl Numbering {
    /// The bytes of a line up to the end of the number that numbers it in a list; none if nothing does.
    pub(super) fn marker(&mut self, line: &str) -> usize {
        let text = line.trim_start_matches(BEFORE);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = text.split_at(digits);
        let ends =
            after.strip_prefix(['.', ')']).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        match number.parse::<u32>() {
            Ok(number) if ends && (number == 1 || number == self.last || Some(number) == self.last.checked_add(1)) => {
                self.last = number;
                line.len() - after.len()
            }
            _ => 0,
        }
    }
}
