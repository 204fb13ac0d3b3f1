//! Slips of the pen: a printed figure with its digits changed so far that no rounding and no hedge explains it.

use brief::figure::Figure;
use brief::language::Language;

/// A figure's text as it might have been mistyped.
#[derive(Debug)]
pub(crate) struct Slip {
    /// What was done to it.
    pub(crate) kind: &'static str,
    /// The text after.
    pub(crate) text: String,
}

/// The slips of a figure: ten times too large, ten times too small, another leading digit, two neighbouring digits exchanged among the
/// first three. A range has none.
pub(crate) fn slips(figure: &Figure) -> Vec<Slip> {
    if figure.is_range() {
        return Vec::new();
    }
    let (group, point) = if figure.language() == Language::Vi { ('.', ',') } else { (',', '.') };
    let Some(number) = Number::find(figure, group, point) else { return Vec::new() };
    let mut slips = vec![("ten times", number.tenfold(point)), ("a tenth", number.tenth(point))];
    slips.push(("leading digit", number.leading(point)));
    slips.extend(number.swapped(point).map(|swapped| ("swapped digits", swapped)));
    slips.into_iter().map(|(kind, digits)| Slip { kind, text: number.within(figure.text(), &digits) }).collect()
}

/// The digits of a figure within its text.
struct Number {
    start: usize,
    end: usize,
    whole: String,
    decimals: String,
}

impl Number {
    /// The run of digits and signs that has the figure's value: the others of a text are dates and names.
    fn find(figure: &Figure, group: char, point: char) -> Option<Number> {
        let text = figure.text();
        let wanted = figure.first().digits().abs().to_string();
        let mut start = 0;
        while let Some(found) = text.get(start..)?.find(|sign: char| sign.is_ascii_digit()) {
            start += found;
            let joins = |(at, sign): (usize, char)| {
                let digit_after = text[start + at..].chars().nth(1).is_some_and(|next| next.is_ascii_digit());
                sign.is_ascii_digit() || (digit_after && matches!(sign, '.' | ',' | ' '))
            };
            let length =
                text[start..].char_indices().find(|place| !joins(*place)).map_or(text.len() - start, |(at, _)| at);
            let plain = text[start..start + length].replace([group, ' '], "");
            if plain.replace(point, ".") == wanted {
                let (whole, decimals) = plain.split_once(point).unwrap_or((&plain, ""));
                return Some(Number {
                    start,
                    end: start + length,
                    whole: whole.to_owned(),
                    decimals: decimals.to_owned(),
                });
            }
            start += length;
        }
        None
    }

    fn within(&self, text: &str, digits: &str) -> String {
        format!("{}{digits}{}", &text[..self.start], &text[self.end..])
    }

    /// "9,98" as "99,8", "588" as "5880".
    fn tenfold(&self, point: char) -> String {
        match self.decimals.split_at_checked(1) {
            Some((first, rest)) => written(&format!("{}{first}", self.whole), rest, point),
            None => format!("{}0", self.whole),
        }
    }

    /// "9,98" as "0,998"; a whole number loses its last digit, and one digit alone gets a zero before it.
    fn tenth(&self, point: char) -> String {
        match self.whole.split_at_checked(self.whole.len() - 1) {
            Some((rest, _)) if self.decimals.is_empty() && !rest.is_empty() => rest.to_owned(),
            Some((rest, last)) => written(rest, &format!("{last}{}", self.decimals), point),
            None => self.whole.clone(),
        }
    }

    /// The first digit that is not zero, five further on: 3 as 8, 7 as 2.
    fn leading(&self, point: char) -> String {
        let digits = self.digits();
        let first = digits.find(|digit| digit != '0').unwrap_or(0);
        let old = digits[first..].chars().next().and_then(|digit| digit.to_digit(10)).unwrap_or(0);
        let new = (old + 4) % 9 + 1;
        self.rejoined(&format!("{}{new}{}", &digits[..first], &digits[first + 1..]), point)
    }

    /// The first two neighbours that differ, exchanged, if they stand among the first three significant digits.
    fn swapped(&self, point: char) -> Option<String> {
        let digits: Vec<char> = self.digits().chars().collect();
        let first = digits.iter().position(|digit| *digit != '0')?;
        let at = (first..digits.len().saturating_sub(1)).take(2).find(|at| digits[*at] != digits[*at + 1])?;
        let mut swapped = digits;
        swapped.swap(at, at + 1);
        Some(self.rejoined(&swapped.into_iter().collect::<String>(), point))
    }

    fn digits(&self) -> String {
        format!("{}{}", self.whole, self.decimals)
    }

    fn rejoined(&self, digits: &str, point: char) -> String {
        let (whole, decimals) = digits.split_at(self.whole.len());
        written(whole, decimals, point)
    }
}

fn written(whole: &str, decimals: &str, point: char) -> String {
    let stripped = whole.trim_start_matches('0');
    let whole = if stripped.is_empty() { "0" } else { stripped };
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}{point}{decimals}") }
}
