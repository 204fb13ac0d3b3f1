//! The numbers of the sources, in the order in which a briefing first cites them.

use super::context::SourceNote;
use super::trace::{self, traced};
use super::words::Words;
use crate::calendar::Span;
use crate::check::{CheckedFact, Time};
use crate::compare::Comparison;
use crate::sheet::Source;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The mark of a derived figure.
const DERIVED_MARK: &str = "<sup>d</sup>";

/// What keeps two marks apart on a forge; the typesetter has a comma of its own.
const BETWEEN_MARKS: &str = "<sup>,</sup>";

/// The sources cited so far.
#[derive(Debug, Default)]
pub struct Notes {
    cited: Vec<(usize, String)>,
    /// The numbers of a column's sources.
    numbers: BTreeMap<usize, BTreeMap<String, usize>>,
    has_derived: bool,
}

impl Notes {
    /// The marks of a source of a column.
    pub fn mark(&mut self, column: usize, source: &str) -> String {
        format!("[^{}]", trace::number(&self.number(column, source)))
    }

    /// The number of a source of a column, from 1.
    pub fn number(&mut self, column: usize, source: &str) -> usize {
        let numbers = self.numbers.entry(column).or_default();
        if let Some(number) = numbers.get(source) {
            return *number;
        }
        self.cited.push((column, source.to_owned()));
        numbers.insert(source.to_owned(), self.cited.len());
        self.cited.len()
    }

    /// The marks of several sources of a column, each once.
    pub fn marks<'a>(&mut self, column: usize, sources: impl IntoIterator<Item = &'a str>) -> String {
        let (mut marks, mut told) = (String::new(), Vec::new());
        for source in sources {
            let number = self.number(column, source);
            if told.contains(&number) {
                continue;
            }
            marks.push_str(if told.is_empty() { "" } else { BETWEEN_MARKS });
            marks.push_str("[^");
            trace::push_number(&mut marks, u32::try_from(number).unwrap_or(u32::MAX), 1);
            marks.push(']');
            told.push(number);
        }
        marks
    }

    /// The marks of a fact: its sources, and that it is derived.
    pub fn fact(&mut self, column: usize, fact: &CheckedFact) -> String {
        let marks = self.marks(column, fact.sources());
        if fact.is_derived() { self.and_derived(&marks) } else { marks }
    }

    /// Marks of sources, and that the figure is derived from theirs.
    pub fn and_derived(&mut self, marks: &str) -> String {
        let between = if marks.is_empty() { "" } else { BETWEEN_MARKS };
        format!("{marks}{between}{}", self.derived())
    }

    /// The mark of a derived figure.
    pub fn derived(&mut self) -> &'static str {
        self.has_derived = true;
        DERIVED_MARK
    }

    /// Whether a derived figure was marked.
    pub fn has_derived(&self) -> bool {
        self.has_derived
    }

    /// The sources cited, described.
    pub fn sources(&self, comparison: &Comparison, words: &Words) -> Vec<SourceNote> {
        let described = self.cited.iter().enumerate().filter_map(|(position, (column, id))| {
            let known = comparison.columns.get(*column)?.known()?;
            Some(describe(position + 1, known.sources.get(id)?, words))
        });
        described.collect()
    }
}

/// An address as a Markdown link takes it: what would end the link is written in percent form.
fn link_target(url: &str) -> String {
    let mut target = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            '(' | ')' | '<' | '>' | '[' | ']' | '\\' | '"' | '|' | '`' | '{' | '}' => {
                // Writing to a string cannot fail.
                let _infallible = write!(target, "%{:02X}", u32::from(character));
            }
            other => target.push(other),
        }
    }
    target
}

fn describe(number: usize, source: &Source, words: &Words) -> SourceNote {
    let published = &source.published;
    let (earliest, latest) = (published.earliest, published.latest);
    let date = if earliest == latest {
        words.date(latest)
    } else {
        words.named(Time::Over(Span { start: earliest, end_earliest: latest, end_latest: latest }))
    };
    let text = |text: &crate::sheet::LocalText| text.in_language(words.language).map(traced);
    let url = source.url.as_ref().map(|url| link_target(&url.value));
    let host = url.as_deref().and_then(|url| url.split("://").nth(1)?.split('/').next()).map(traced);
    SourceNote {
        number: trace::number(&number),
        publisher: source.publisher.as_ref().and_then(text),
        title: source.title.as_deref().map(traced),
        title_language: (source.language != words.language).then(|| source.language.to_string()),
        author: source.author.as_deref().map(traced),
        description: source.description.as_ref().and_then(text),
        date,
        why: published.estimated.as_ref().and_then(text),
        url: url.as_deref().map(traced),
        host,
    }
}
