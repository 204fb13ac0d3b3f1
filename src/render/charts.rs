//! Which figures of a comparison are drawn, where, and with which words. Nothing is drawn that the figures cannot bear:
//!
//! | chart | drawn when |
//! | --- | --- |
//! | bars, or a dot strip | the comparison ranks at least two provinces; flows over different spans per year only |
//! | bullet | a relation ties a figure to its plan, and the plan is printed or derived |
//! | slope | a growth rate ties a figure to that of a year before; or one indicator has two times of one length, surely apart |
//!
//! A province's two most telling charts say where it stands; the others go to their themes.

mod changes;
mod standing;

pub(super) use standing::RowDrawing;

use super::context::{ChartImage, ThemeTable};
use super::markdown::capital;
use super::notes::Notes;
use super::summary::is_summed_up;
use super::terms::fill;
use super::trace::{self, restore, traced};
use super::words::{MOST_NAMED, Words};
use crate::catalog::{Catalog, Indicator};
use crate::chart::{Amount, Chart, Mark, Pictures};
use crate::check::CheckedFact;
use crate::compare::{Comparison, Known, Row};
use crate::diag::Bounds;
use crate::figure::{Decimal, Figure, Hedge};
use std::collections::BTreeSet;

/// How many charts say where a province stands, and the most that a theme has in a province's briefing.
const CHARTS_IN_A_ROW: usize = 2;
/// An interval narrower than this part of its middle, in hundredths, is drawn as one value; it is said as "about" elsewhere.
const NARROW: i64 = 2;

/// Most sources that a chart of many provinces has the numbers of.
const MOST_SOURCES: usize = 6;

/// Charts that are not placed yet.
pub(super) struct Charts<'a> {
    sources: Sources<'a>,
    /// The briefing's own column, if it is one's.
    own: Option<usize>,
    /// The name of the document's files, without ending.
    stem: String,
    /// What stands for the numbers of too many sources; none where there are not many provinces.
    sources_elsewhere: Option<String>,
    drafts: Vec<Draft<'a>>,
    /// Those that were placed.
    pub pictures: Pictures,
}

/// A chart without the numbers of its sources.
struct Draft<'a> {
    kind: Kind,
    /// How much the indicator matters.
    weight: u32,
    /// The theme's name.
    theme: String,
    /// What tells its file from those of other charts of the document.
    name: String,
    content: Content<'a>,
}

enum Content<'a> {
    Drawn(Box<Drawing>),
    /// A row that can be drawn. It has a mark to each of the provinces, and most rows of a province's briefing are not placed.
    Standing(&'a Row),
}

/// A chart, with the columns and the sources that its figures come from.
struct Drawing {
    chart: Chart,
    cited: Vec<(usize, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Standing,
    Plan,
    Change,
}

/// What the charts of a document are made from.
#[derive(Clone, Copy)]
struct Sources<'a> {
    comparison: &'a Comparison,
    catalog: &'a Catalog,
    words: &'a Words,
}

impl<'a> Charts<'a> {
    /// Those of a province's briefing.
    pub(super) fn of_province(
        comparison: &'a Comparison,
        catalog: &'a Catalog,
        column: usize,
        words: &'a Words,
    ) -> Charts<'a> {
        let sources = Sources { comparison, catalog, words };
        let rows = comparison.rows.iter().filter(|row| !row.indicator.background);
        let mut drafts: Vec<Draft<'_>> = rows.filter_map(|row| standing::draft(&sources, row, Some(column))).collect();
        if let Some(known) = comparison.columns.get(column).and_then(|column| column.known()) {
            drafts.extend(changes::drafts(&sources, known, column));
        }
        drafts.sort_by(|one, other| other.weight.cmp(&one.weight).then_with(|| one.name.cmp(&other.name)));
        let id = comparison.columns.get(column).map_or_else(String::new, |column| column.locality.stem().to_owned());
        let elsewhere = &words.terms.chart.sources_in_comparison;
        Charts::new(format!("{id}.{}", words.language), drafts, Some(column), elsewhere, sources)
    }

    /// Those of the comparative briefing: one to each indicator that is ranked, of those given.
    pub(super) fn of_all(
        rows: impl IntoIterator<Item = &'a Row>,
        comparison: &'a Comparison,
        catalog: &'a Catalog,
        words: &'a Words,
    ) -> Charts<'a> {
        let sources = Sources { comparison, catalog, words };
        let drafts = rows.into_iter().filter_map(|row| standing::draft(&sources, row, None)).collect();
        let elsewhere = &words.terms.chart.sources_in_table;
        Charts::new(format!("{COMPARISON}.{}", words.language), drafts, None, elsewhere, sources)
    }

    fn new(
        stem: String,
        drafts: Vec<Draft<'a>>,
        own: Option<usize>,
        elsewhere: &str,
        sources: Sources<'a>,
    ) -> Charts<'a> {
        let Sources { comparison, words, .. } = sources;
        // The tables of a comparison of too many have not all of the sources.
        let elsewhere = if is_summed_up(comparison) { &words.terms.chart.sources_in_briefings } else { elsewhere };
        let sources_elsewhere = (comparison.columns.len() > MOST_NAMED).then(|| words.fill_level(elsewhere, &[]));
        Charts { sources, own, stem, sources_elsewhere, drafts, pictures: Pictures::new() }
    }

    /// Places the charts that say where the province stands: among its peers, and against its plan.
    pub(super) fn standing(&mut self, words: &Words, notes: &mut Notes) -> Vec<ChartImage> {
        let mut chosen = Vec::new();
        for kinds in [&[Kind::Standing][..], &[Kind::Plan], &[Kind::Standing], &[Kind::Change, Kind::Plan]] {
            let place = self.drafts.iter().position(|draft| kinds.contains(&draft.kind));
            if let Some(place) = place.filter(|_| chosen.len() < CHARTS_IN_A_ROW) {
                chosen.push(self.drafts.remove(place));
            }
        }
        chosen.into_iter().filter_map(|draft| self.place(draft, words, notes)).collect()
    }

    /// Places what is left of a province's charts in its themes.
    pub(super) fn fill(&mut self, themes: &mut [ThemeTable], words: &Words, notes: &mut Notes) {
        for theme in themes {
            theme.charts = self.of_theme(&theme.name, CHARTS_IN_A_ROW, words, notes);
        }
    }

    /// Places all charts of the comparative briefing in its themes: the name and the charts of each.
    pub(super) fn fill_all<'t>(
        &mut self,
        themes: impl Iterator<Item = (&'t String, &'t mut Vec<ChartImage>)>,
        words: &Words,
        notes: &mut Notes,
    ) {
        for (name, charts) in themes {
            *charts = self.of_theme(name, usize::MAX, words, notes);
        }
    }

    fn of_theme(&mut self, theme: &str, most: usize, words: &Words, notes: &mut Notes) -> Vec<ChartImage> {
        let (mut own, others): (Vec<Draft<'_>>, Vec<Draft<'_>>) =
            std::mem::take(&mut self.drafts).into_iter().partition(|draft| draft.theme == theme);
        self.drafts = others;
        own.truncate(most);
        own.into_iter().filter_map(|draft| self.place(draft, words, notes)).collect()
    }

    fn place(&mut self, draft: Draft<'_>, words: &Words, notes: &mut Notes) -> Option<ChartImage> {
        let (chart, alternative) = match draft.content {
            Content::Drawn(drawing) => {
                let Drawing { mut chart, cited } = *drawing;
                chart.notes.push(self.told_sources(&cited, distinct(&cited), words, notes));
                let alternative = alternative(&chart, words);
                chart.alternative.clone_from(&alternative);
                (chart.with_texts(restore), alternative)
            }
            Content::Standing(row) => {
                let drawing = words.drawing(row, || standing::draw(&self.sources, row))?;
                let told = self.told_sources(&drawing.cited, drawing.distinct, words, notes);
                drawing.chart(&self.sources, row, self.own, &told)?
            }
        };
        let path = format!("{}.{}.svg", self.stem, draft.name);
        let image = ChartImage { alternative, path: traced(&path) };
        self.pictures.insert(path, chart);
        Some(image)
    }

    /// The line that tells the sources of a chart, of which so many are distinct.
    fn told_sources(&self, cited: &[(usize, String)], distinct: usize, words: &Words, notes: &mut Notes) -> String {
        match &self.sources_elsewhere {
            Some(elsewhere) if distinct > MOST_SOURCES => elsewhere.clone(),
            _ => source_numbers(cited, words, notes),
        }
    }
}

/// How many different ones there are.
fn distinct(cited: &[(usize, String)]) -> usize {
    cited.iter().collect::<BTreeSet<_>>().len()
}

/// The name of the comparative briefing's files.
const COMPARISON: &str = "comparison";

impl<'a> Draft<'a> {
    fn new(sources: &Sources<'_>, kind: Kind, indicator: &Indicator, content: Content<'a>) -> Draft<'a> {
        let theme = sources.catalog.indicators.themes().iter().find(|theme| theme.id == indicator.theme);
        let ending = match kind {
            Kind::Standing => "",
            Kind::Plan => ".plan",
            Kind::Change => ".change",
        };
        // A sheet may define indicators of its own, under any id.
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        let id: String = indicator.id.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
        Draft {
            kind,
            weight: indicator.weight,
            theme: theme.map(|theme| traced(theme.name.get(sources.words.language))).unwrap_or_default(),
            name: format!("{id}{ending}"),
            content,
        }
    }
}

/// The line that tells the numbers of a chart's sources.
fn source_numbers(cited: &[(usize, String)], words: &Words, notes: &mut Notes) -> String {
    let numbers: BTreeSet<usize> = cited.iter().map(|(column, source)| notes.number(*column, source)).collect();
    let numbers: Vec<String> = numbers.iter().map(trace::number).collect();
    let term = if numbers.len() == 1 { &words.terms.chart.source } else { &words.terms.chart.sources };
    fill(term, &[("numbers", &numbers.join(&words.terms.comma))])
}

/// The message and all of the data in words.
fn alternative(chart: &Chart, words: &Words) -> String {
    let entries: Vec<String> = chart.marks().into_iter().map(|mark| entry(mark, words)).collect();
    let mut text = String::new();
    for sentence in [&chart.headline, &chart.subtitle, &words.long_list(&entries)].into_iter().chain(&chart.notes) {
        push_sentence(&mut text, sentence);
    }
    text
}

/// A mark in words.
fn entry(mark: &Mark, words: &Words) -> String {
    let colon = if mark.label.is_empty() { "" } else { ": " };
    let detail = match mark.detail.as_str() {
        "" => String::new(),
        detail if mark.figure.ends_with(')') => format!("{}{detail}", words.terms.comma),
        detail => format!(" ({detail})"),
    };
    format!("{}{colon}{}{detail}", mark.label, mark.figure)
}

/// Adds a text as a sentence, if it is not empty.
fn push_sentence(text: &mut String, sentence: &str) {
    if sentence.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&capital(sentence.trim_end_matches('.')));
    text.push('.');
}

/// What a figure, which may be taken to a year, can be drawn as; none if nothing is certain of its size.
fn amount(fact: &CheckedFact, bounds: Bounds, per_year: bool) -> Option<Amount> {
    let figure = fact.figure();
    let hedge = figure.map_or(Hedge::Exact, Figure::hedge);
    let is_negative = bounds.lower.is_some_and(|lower| lower < Decimal::ZERO);
    match (hedge, bounds.lower, bounds.upper) {
        _ if is_negative => interval(bounds),
        (Hedge::Over | Hedge::AtLeast, Some(lower), _) => Some(Amount::AtLeast(lower)),
        (Hedge::Nearly | Hedge::UpTo, lower, Some(upper)) => {
            Some(Amount::AtMost(lower.unwrap_or(Decimal::ZERO), upper))
        }
        (Hedge::About, Some(lower), Some(upper)) => Some(Amount::Between(lower, upper)),
        (Hedge::Exact, ..) if !per_year => match figure.and_then(Figure::value) {
            // What rounding left open is in the digits.
            Some(value) => Some(Amount::At(value)),
            None => interval(bounds),
        },
        _ => interval(bounds),
    }
}

/// A range as one value where it is narrow.
fn interval(bounds: Bounds) -> Option<Amount> {
    match (bounds.lower, bounds.upper) {
        (Some(lower), Some(upper)) => {
            let middle = lower.checked_add(upper)?.checked_div(Decimal::TWO)?;
            let limit = middle.abs().checked_mul(Decimal::new(NARROW, 2))?;
            let is_narrow = upper.checked_sub(lower)? <= limit;
            Some(if is_narrow { Amount::At(middle) } else { Amount::Between(lower, upper) })
        }
        (Some(lower), None) => Some(Amount::AtLeast(lower)),
        (None, Some(upper)) if upper >= Decimal::ZERO => Some(Amount::AtMost(Decimal::ZERO, upper)),
        (None, _) => None,
    }
}

/// The sources of a fact of a column.
fn cited(column: usize, fact: &CheckedFact) -> Vec<(usize, String)> {
    fact.sources().into_iter().map(|source| (column, source.to_owned())).collect()
}

/// A figure that no source prints says so.
fn said(fact: &CheckedFact, words: &Words) -> String {
    let figure = words.figure(fact);
    if fact.is_derived() { fill(&words.terms.chart.derived, &[("figure", &figure)]) } else { figure }
}

/// Whether a province has any figure.
fn has_figures(known: &Known) -> bool {
    !known.facts.is_empty()
}
