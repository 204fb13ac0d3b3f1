//! `untraced-number`: a number on a page has no figure behind it. Here, the texts that the analyst words; templates and terms are searched
//! when they are read, rendered texts and typeset pages when they are made.

use super::{Context, Rule};
use crate::diag::{ByteSpan, Diagnostic, Severity, SourceFile};
use crate::figure::told;
use crate::language::Language;
use crate::sheet::{FactSheet, LocalText};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// The code, for the stages that report it of templates and pages.
pub const UNTRACED_NUMBER: &str = "untraced-number";

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: UNTRACED_NUMBER,
    severity: Severity::Error,
    explanation: "\
a number on a page, or in a remark that may come to one, has no figure behind it.

What it does: follows every numeral of a briefing, Markdown and PDF alike, to a figure, a derived figure, a date, a source or the
template's own list numbering, and finds what a template or `terms.yaml` types, counts (`{{len …}}`) or writes as a literal, in
branches that are not taken too. Of a sheet it reads what the analyst words: `why`, `note`, `reason`, `description`, events, and the
sentences of indicators of the sheet's own. There a number must be printed by a source of the sheet or stand in a title; dates,
ordinals, names and the numbers of documents are no figures.
Why it matters: a typed number has no source, survives no arithmetic, and stays when the figures change.
What to do: put the figure into the sheet, with its source, and take it from the context as `{{…}}`; or do without the number. A document
with such a number is withheld, and the last good one stays.
",
    check,
};

/// A text that the analyst words.
struct Remark<'a> {
    /// What it is, as a message names it.
    name: String,
    text: &'a LocalText,
    /// Where what it belongs to begins.
    from: usize,
    fact: Option<&'a str>,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let sheet = context.facts.sheet;
    let mut known: Option<BTreeSet<String>> = None;
    let mut report = |name: &str, text: &str, language: Language, from: usize, fact: Option<&str>| {
        if !text.contains(char::is_numeric) {
            return;
        }
        let known = known.get_or_insert_with(|| numbers(sheet));
        // Telling dates from figures takes time: where every number is known, it does not matter which it is.
        if runs(text).all(|run| known.contains(&run)) {
            return;
        }
        for number in
            told(&text.replace("{figure}", ""), language).into_iter().filter(|number| !known.contains(&plain(number)))
        {
            let message = format!("{name} tells a number that no source of the sheet prints: `{number}`");
            found.push(
                context
                    .error(
                        UNTRACED_NUMBER,
                        message,
                        place(&sheet.file, from, text, &number),
                        "no figure stands behind it",
                    )
                    .help("make it a fact, with its source, or do without the number")
                    .facts(fact),
            );
        }
    };
    for remark in remarks(sheet) {
        match remark.text {
            LocalText::Same(text) => report(&remark.name, text, Language::En, remark.from, remark.fact),
            LocalText::Each(texts) => {
                for (language, text) in texts {
                    report(&remark.name, text, *language, remark.from, remark.fact);
                }
            }
        }
    }
    for allowance in &sheet.allowances {
        let name = format!("the reason to allow `{}`", allowance.code.value);
        report(&name, &allowance.reason, Language::En, allowance.reason.span.start, None);
    }
    for indicator in sheet.indicators.values() {
        for language in Language::ALL {
            let Some(sentence) = &indicator.sentence else { continue };
            let name = format!("the sentence of `{}`", indicator.id);
            report(&name, sentence.get(language), language, indicator.span.start, None);
        }
    }
}

/// The remarks of a sheet, in the order of its parts.
fn remarks(sheet: &FactSheet) -> Vec<Remark<'_>> {
    let mut remarks = Vec::new();
    for source in sheet.sources.values() {
        let id = source.id.as_str();
        let mut add = |name: String, text| remarks.push(Remark { name, text, from: source.id.span.start, fact: None });
        if let Some(text) = &source.description {
            add(format!("the description of `{id}`"), text);
        }
        if let Some(text) = &source.published.estimated {
            add(format!("the reason for the date of `{id}`"), text);
        }
    }
    for fact in &sheet.facts {
        if let Some(text) = &fact.note {
            let id = fact.id.as_str();
            remarks.push(Remark { name: format!("the note on `{id}`"), text, from: fact.span.start, fact: Some(id) });
        }
    }
    for partner in &sheet.partners {
        if let Some(text) = &partner.note {
            let name = format!("the note on `{}`", partner.place.value);
            remarks.push(Remark { name, text, from: partner.place.span.start, fact: None });
        }
    }
    for event in &sheet.events {
        remarks.push(Remark { name: "an event".to_owned(), text: &event.event, from: event.span.start, fact: None });
    }
    remarks
}

/// The numbers that the sheet's sources print, in figures and in titles, and the years that the sheet is about.
fn numbers(sheet: &FactSheet) -> BTreeSet<String> {
    let printed = sheet.facts.iter().flat_map(|fact| &fact.printed).map(|printed| printed.text.as_str());
    let titles = sheet.sources.values().filter_map(|source| source.title.as_deref());
    let printed = printed.chain(titles).flat_map(runs);
    let published = sheet.sources.values().map(|source| (source.published.earliest, source.published.latest));
    let times = sheet.facts.iter().filter_map(|fact| fact.when.span((NaiveDate::MAX, NaiveDate::MAX)));
    let days = published.chain(times.map(|span| (span.start, span.end_latest))).flat_map(|(first, last)| [first, last]);
    let years = days.map(|day| day.year().to_string());
    printed.chain(years).collect()
}

/// The numbers of a text, dates and all.
fn runs(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|sign: char| !sign.is_numeric() && !matches!(sign, '.' | ','));
    runs.filter(|run| run.contains(char::is_numeric)).map(plain)
}

/// A number whichever language groups its digits: 1,155, 1.155 and 1155 are one, as are 9.98 and 9,98.
fn plain(number: &str) -> String {
    let number = number.trim_matches(['.', ',']);
    let groups: Vec<&str> = number.split(['.', ',', ' ', '\u{a0}']).collect();
    match groups.split_first() {
        Some((_, rest)) if rest.iter().all(|group| group.len() == 3) => groups.concat(),
        _ => groups.join("."),
    }
}

/// Where the sheet writes a number of a text; what the text belongs to, where YAML writes the text otherwise.
fn place(file: &SourceFile, from: usize, text: &str, number: &str) -> ByteSpan {
    let rest = file.text().get(from..).unwrap_or_default();
    let within = text.find(number).and_then(|at| {
        let start = text.get(..at)?.rsplit('\n').next().map_or(at, str::len);
        let line_start = at - start;
        let line = text.get(line_start..)?.lines().next()?;
        Some(from + rest.find(line)? + start)
    });
    match within {
        Some(start) => ByteSpan { start, end: start + number.len() },
        None => ByteSpan { start: from, end: from + rest.lines().next().unwrap_or_default().trim_end().len() },
    }
}
