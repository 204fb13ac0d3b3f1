//! `not-in-sheet`: the text of a source prints numbers that no fact of the sheet carries.

use super::{Context, Rule, near};
use crate::article::{Article, Number};
use crate::check::provenance::SourceText;
use crate::diag::{Diagnostic, Severity};
use crate::figure::{Decimal, Figure, Hedge, Unit};
use crate::language::Language;
use crate::sheet::Source;
use std::collections::{BTreeMap, BTreeSet};

/// The code.
const CODE: &str = "not-in-sheet";

/// How many numbers are shown; a text with many more is no article about the province alone.
const MOST_SHOWN: usize = 20;

/// A line up to this many bytes is shown whole.
const LONG_LINE: usize = 160;

/// Words before "two" and "hai" that point to a pair and count nothing: "the two sides".
const POINTERS: [&str; 10] = ["the", "these", "those", "both", "their", "our", "between", "giữa", "cả", "of"];

/// Words between a part and its whole.
const PART_OF: [&str; 7] = ["of", "out", "in", "the", "trong", "số", "tổng"];

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Note,
    explanation: "\
the text of a source prints numbers that no fact of the sheet carries.

What it does: with `--sources DIR`, lists the numbers of each source's text that no figure printed from it has. Dates, years, times,
spans of time, ordinals, list and document numbers, addresses, telephone numbers and the words one and two in passing are no figures.
Why it matters: a figure that was overlooked is missing from the briefing, and nothing else would tell.
What to do: add a fact for each figure that the briefing should have, and leave the others.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(provenance) = context.provenance else { return };
    for (source, text) in &provenance.texts {
        found.extend(text.as_ref().ok().and_then(|text| list(context, source, text)));
    }
}

fn list(context: &Context<'_>, source: &Source, text: &SourceText<'_>) -> Option<Diagnostic> {
    let mut carried = text.carried();
    // What a figure is told to be taken from, or near to, is no news.
    for look_up in &text.look_ups {
        match &look_up.found {
            Some((_, number)) => carried.insert(number.mention.number.start),
            None => near::nearest(text, look_up).is_some_and(|near| carried.insert(near.number.mention.number.start)),
        };
    }
    let article = &text.article;
    let mut told = BTreeSet::new();
    let missing: Vec<(&Number, String)> = text
        .numbers(source.language)
        .iter()
        .filter(|number| is_figure(article, number) && carried.range(number.mention.span.clone()).next().is_none())
        .map(|number| (number, quote(article, number, source.language)))
        // What an article repeats is one figure.
        .filter(|(_, quote)| told.insert(quote.to_lowercase()))
        .collect();
    let (count, left) = (missing.len(), missing.len().saturating_sub(MOST_SHOWN));
    if count == 0 {
        return None;
    }
    let numbers = if count == 1 { "a number".to_owned() } else { format!("{count} numbers") };
    let message = format!("the source `{}` prints {numbers} that no fact carries", source.id.value);
    let mut diagnostic =
        Diagnostic::new(Severity::Note, CODE, message).at(&context.facts.sheet.file, source.id.span, "");
    let mut lines: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (number, quote) in missing.iter().take(MOST_SHOWN) {
        let (line, _) = article.file().line_column(number.mention.number.start);
        let quotes = lines.entry(line).or_default();
        // A paragraph that is one long line is drawn around its first number only; the note has the others.
        if quotes.is_empty() || number.mention.span.end - article.line_start(number) < LONG_LINE {
            diagnostic = diagnostic.at(article.file(), number.span(), "");
        }
        quotes.push(quote);
    }
    for (line, quotes) in lines {
        diagnostic = diagnostic.note(format!("line {line}: {}", quotes.join(", ")));
    }
    if left > 0 {
        diagnostic = diagnostic.note(format!("and {left} more"));
    }
    Some(diagnostic.help("add a fact for each figure that the briefing should have, and leave the others"))
}

/// The number as the article prints it, and the word after it where that tells what is counted; two in Vietnamese, where most words
/// are of two syllables.
fn quote(article: &Article, number: &Number, language: Language) -> String {
    let text = article.file().text();
    let span = number.mention.span.clone();
    let counts = number.mention.figure.as_ref().is_ok_and(|figure| figure.unit() == Unit::COUNT);
    let after = text.get(span.end..).unwrap_or_default();
    let length = after.find(|sign: char| !(sign.is_alphabetic() || sign.is_whitespace())).unwrap_or(after.len());
    let after =
        after.get(..length).filter(|after| counts && after.starts_with(char::is_whitespace)).unwrap_or_default();
    let most = if language == Language::Vi { 2 } else { 1 };
    let number = text.get(span).unwrap_or_default();
    let quote: Vec<&str> = number.split_whitespace().chain(after.split_whitespace().take(most)).collect();
    format!("`{}`", quote.join(" "))
}

/// Whether a number reports something that a fact could carry.
fn is_figure(article: &Article, number: &Number) -> bool {
    let mention = &number.mention;
    let text = article.file().text();
    let (before, after) =
        (text.get(..mention.span.start).unwrap_or_default(), text.get(mention.span.end..).unwrap_or_default());
    if !mention.is_report || mention.is_end_of_range || article.is_contact(number.sentence) {
        return false;
    }
    if mention.is_in_words {
        return is_counting(before, text.get(mention.number.clone()).unwrap_or_default(), mention.figure.as_ref().ok());
    }
    let digits = text.get(mention.number.clone()).unwrap_or_default();
    let bare = mention.span == mention.number
        && mention.figure.as_ref().is_ok_and(|figure| figure.hedge() == Hedge::Exact && figure.unit() == Unit::COUNT);
    // "(0)" under an article, "[3]" for a footnote.
    let bracketed = before.ends_with(['(', '[']) && after.starts_with([')', ']']);
    let year = digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year));
    let coded = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    // "1 in 10 localities": the whole is the figure.
    let part = digits == "1" && is_whole(after);
    !(bare && (bracketed || year || coded || part))
}

/// Whether a whole follows, of which the number before is a part.
fn is_whole(after: &str) -> bool {
    let mut words = after.split_whitespace().skip_while(|word| PART_OF.contains(word));
    let is_number = words.next().is_some_and(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
    is_number && after.split_whitespace().next().is_some_and(|word| PART_OF.contains(&word))
}

/// Whether a number in words counts: not "the two sides", nor "năm", which is a year as well as five.
fn is_counting(before: &str, words: &str, figure: Option<&Figure>) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let Some(value) = figure.and_then(Figure::value) else { return false };
    let scaled = figure.is_some_and(|figure| figure.unit() != Unit::COUNT || figure.first().power() > 0);
    let small = value < Decimal::TWO || (value == Decimal::TWO && POINTERS.contains(&last.as_str()));
    scaled || !(small || words.to_lowercase() == "năm")
}
