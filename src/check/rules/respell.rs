//! Other spellings of a printed figure, each one slip away: digits swapped, doubled or lost, another scale word.

use crate::language::Language;

/// A text one slip away from the printed one.
pub(super) struct Spelling {
    /// The text.
    pub(super) text: String,
    /// What was changed, after "would agree": "with two digits swapped".
    pub(super) change: &'static str,
}

/// The scale words of a language, in steps of a thousand; the first of each step is the one written.
const SCALES: [(Language, [&[&str]; 4]); 2] = [
    (Language::En, [&["thousand"], &["million", "mln", "mn"], &["billion", "bln", "bn"], &["trillion", "trn", "tn"]]),
    (Language::Vi, [&["nghìn", "ngàn"], &["triệu"], &["tỷ", "tỉ"], &["nghìn tỷ", "nghìn tỉ", "ngàn tỷ", "ngàn tỉ"]]),
];

/// All spellings one slip away. Any one digit may be missing from a number whose every digit counts; from a rounded one, only
/// one of two alike or a zero, as the range that it leaves would let many a digit in.
pub(super) fn spellings(text: &str, language: Language, is_exact: bool) -> Vec<Spelling> {
    let mut found: Vec<Spelling> = Vec::new();
    found.extend(rescaled(text, language));
    for run in runs(text) {
        let parts = (text.get(..run.0), text.get(run.0..run.1), text.get(run.1..));
        let (Some(before), Some(number), Some(after)) = parts else { continue };
        let mut spell =
            |number: String, change| found.push(Spelling { text: format!("{before}{number}{after}"), change });
        let Some(numeral) = Numeral::read(number, language) else { continue };
        for (at, pair) in numeral.digits.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            if one == other {
                spell(numeral.without(at).write(language), "with a doubled digit taken out");
            } else {
                spell(numeral.swapped(at).write(language), "with two digits swapped");
            }
        }
        for at in 0..=numeral.digits.len() {
            for digit in '0'..='9' {
                let doubles = at.checked_sub(1).and_then(|before| numeral.digits.get(before)) == Some(&digit);
                let leads = at == 0 && digit == '0';
                if !leads && (is_exact || doubles || digit == '0') {
                    spell(numeral.with(at, digit).write(language), "with a lost digit put back");
                }
            }
        }
        if numeral.decimals > 0 {
            spell(Numeral { decimals: 0, ..numeral.clone() }.write(language), "without its decimal mark");
        }
    }
    found
}

/// A number as digits, and how many of them are decimals.
#[derive(Clone)]
struct Numeral {
    digits: Vec<char>,
    decimals: usize,
    is_grouped: bool,
}

impl Numeral {
    fn read(text: &str, language: Language) -> Option<Numeral> {
        let (group, mark) = marks(language);
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        let decimals =
            text.rsplit_once(mark).map_or(0, |(_, decimals)| decimals.chars().filter(char::is_ascii_digit).count());
        let other_sign = text.chars().any(|sign| !sign.is_ascii_digit() && sign != group && sign != mark);
        let is_number = !digits.is_empty() && !other_sign && text.matches(mark).count() <= 1;
        is_number.then_some(Numeral { digits, decimals, is_grouped: text.contains(group) })
    }

    fn swapped(&self, at: usize) -> Numeral {
        let mut other = self.clone();
        other.digits.swap(at, at + 1);
        other
    }

    fn without(&self, at: usize) -> Numeral {
        let mut other = self.clone();
        let is_decimal = at >= other.digits.len() - other.decimals;
        other.digits.remove(at);
        other.decimals -= usize::from(is_decimal);
        other
    }

    fn with(&self, at: usize, digit: char) -> Numeral {
        let mut other = self.clone();
        let is_decimal = self.decimals > 0 && at > other.digits.len() - other.decimals;
        other.digits.insert(at, digit);
        other.decimals += usize::from(is_decimal);
        other
    }

    /// The number in a language's form, in groups if it was, or is long enough now.
    fn write(&self, language: Language) -> String {
        let (group, mark) = marks(language);
        let whole = self.digits.len() - self.decimals;
        let mut text = String::new();
        for (at, digit) in self.digits.iter().enumerate() {
            if at == whole {
                text.push(mark);
            } else if at > 0 && at < whole && (whole - at).is_multiple_of(3) && (self.is_grouped || whole > 3) {
                text.push(group);
            }
            text.push(*digit);
        }
        text
    }
}

/// The sign between groups of three, and the decimal mark.
fn marks(language: Language) -> (char, char) {
    match language {
        Language::En => (',', '.'),
        Language::Vi => ('.', ','),
    }
}

/// The bytes of each number in a text.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, sign) in text.char_indices() {
        if !sign.is_ascii_digit() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if matches!(text.get(run.1..at), Some("" | "." | ",")) => run.1 = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

/// The text with its scale word one step higher and one step lower.
fn rescaled(text: &str, language: Language) -> Vec<Spelling> {
    let lowered = text.to_lowercase();
    // A letter whose capital has another length would put the bytes out of step.
    if lowered.len() != text.len() {
        return Vec::new();
    }
    let Some((_, steps)) = SCALES.iter().find(|(other, _)| *other == language) else { return Vec::new() };
    let spelt = steps.iter().enumerate().flat_map(|(step, words)| words.iter().map(move |word| (step, *word)));
    let longest = spelt.filter_map(|(step, word)| Some((word.len(), step, lowered.find(word)?))).max();
    let Some((length, step, at)) = longest else { return Vec::new() };
    let near = [step.checked_sub(1), step.checked_add(1)];
    let (Some(before), Some(after)) = (text.get(..at), text.get(at + length..)) else { return Vec::new() };
    let words = near.into_iter().flatten().filter_map(|step| steps.get(step)?.first());
    words.map(|word| Spelling { text: format!("{before}{word}{after}"), change: "with another scale word" }).collect()
}
