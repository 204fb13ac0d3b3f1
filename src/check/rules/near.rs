//! The number of an article that comes nearest to a figure that is not in it, and the slip that would explain it.

use super::form;
use crate::article::Number;
use crate::check::provenance::{LookUp, SourceText, digits, units_agree};
use crate::figure::{self, Figure, UnitKind};
use std::cmp::Reverse;

/// A hedge has at most so many words: "no more than", "trong khoảng từ".
const MOST_HEDGE_WORDS: usize = 4;

/// The nearest number.
pub(super) struct Near<'t> {
    /// The number.
    pub(super) number: &'t Number,
    /// What it is to the figure, for its label.
    pub(super) words: &'static str,
    /// What to do.
    pub(super) help: String,
}

/// How a number comes near, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kin {
    /// It is the figure if its digits are read in the other language's form.
    OtherForm,
    /// The same digits with another scale word or unit.
    OtherScale,
    /// Two neighbouring digits swapped.
    Swapped,
    /// One digit more, less or other.
    OneDigit,
    /// Another number of the same things.
    SameThings,
}

/// The number that comes nearest, if any comes near; of equals, the one with the most words of the figure around it.
pub(super) fn nearest<'t>(text: &'t SourceText<'_>, look_up: &LookUp<'_>) -> Option<Near<'t>> {
    let figure = look_up.figure;
    let near = text.numbers(figure.language()).iter().filter(|number| number.mention.is_report).filter_map(|number| {
        let around = text.article.words_near(number.sentence);
        let kin = kin(figure, number, look_up.words.agree(&around), look_up.words.is_empty())?;
        Some((kin, Reverse(look_up.words.shared(&around)), number))
    });
    let (kin, _, number) = near.min_by_key(|(kin, shared, _)| (*kin, *shared))?;
    let (line, _) = text.article.file().line_column(number.mention.number.start);
    let printed = format!("{} (line {line})", printed(text, number));
    let (words, help) = match kin {
        Kin::OtherForm => (
            "the same in the other language's form",
            format!(
                "the source prints {printed}, which is the figure as {} writes numbers: copy it, with `read_as: {}`",
                form::language_words(figure.language().other()),
                figure.language().other()
            ),
        ),
        Kin::OtherScale => (
            "the same digits, another size",
            format!("the source prints {printed}: correct the scale word or the unit"),
        ),
        Kin::Swapped => ("two digits swapped", format!("the source prints {printed}: two digits are swapped")),
        Kin::OneDigit => ("one digit differs", format!("the source prints {printed}: check the digits")),
        Kin::SameThings => ("of the same things", format!("the source prints {printed}: check the figure")),
    };
    Some(Near { number, words, help })
}

/// A number as its article prints it, with the words of its hedge.
pub(super) fn printed(text: &SourceText<'_>, number: &Number) -> String {
    let file = text.article.file();
    let own = file.slice(number.span()).split_whitespace().collect::<Vec<_>>().join(" ");
    let before = file.text().get(..number.mention.span.start).unwrap_or_default();
    let mut longer = own.clone();
    if let Ok(figure) = &number.mention.figure {
        let hedged = |phrase: &str| {
            let last = figure::survey(phrase, figure.language()).pop();
            last.and_then(|mention| mention.figure.ok()).is_some_and(|read| read.hedge() == figure.hedge())
        };
        for word in before.split_whitespace().rev().take(MOST_HEDGE_WORDS) {
            if hedged(&longer) {
                return format!("`{longer}`");
            }
            longer = format!("{word} {longer}");
        }
        if hedged(&longer) {
            return format!("`{longer}`");
        }
    }
    format!("`{own}`")
}

fn kin(figure: &Figure, number: &Number, words_agree: bool, has_no_words: bool) -> Option<Kin> {
    let value = figure.value();
    let readings = match &number.mention.figure {
        Ok(other) => other.readings(),
        Err(error) => error.readings(),
    };
    let is_other_form = readings.iter().any(|reading| Some(reading.value.abs()) == value.map(|value| value.abs()))
        || figure
            .readings()
            .iter()
            .any(|reading| number.mention.figure.as_ref().ok().and_then(Figure::value) == Some(reading.value));
    let other = match &number.mention.figure {
        Ok(other) if !other.is_range() && !figure.is_range() => other,
        _ => return is_other_form.then_some(Kin::OtherForm),
    };
    if is_other_form && units_agree(figure, other) {
        return Some(Kin::OtherForm);
    }
    let (one, two) = (plain_digits(figure), plain_digits(other));
    let long = one.len() > 1 && two.len() > 1;
    if digits(figure) == digits(other) && (long || words_agree) {
        return Some(Kin::OtherScale);
    }
    if long && units_agree(figure, other) && words_agree {
        let distance = strsim::damerau_levenshtein(&one, &two);
        let swapped = one.len() == two.len() && strsim::levenshtein(&one, &two) == 2;
        if distance == 1 {
            return Some(if swapped { Kin::Swapped } else { Kin::OneDigit });
        }
    }
    let amount = figure.unit().kind() != UnitKind::Count && figure.unit() == other.unit();
    (units_agree(figure, other) && words_agree && (!has_no_words || amount)).then_some(Kin::SameThings)
}

/// The digits of a figure in a row, without signs.
fn plain_digits(figure: &Figure) -> String {
    digits(figure).to_string().chars().filter(char::is_ascii_digit).collect()
}
