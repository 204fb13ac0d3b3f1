//! What stands for the tables of a comparison of more provinces or communes than can be listed.

use super::{ChartImage, LongRow};
use crate::render::script::view::fields;
use serde::Serialize;

/// The themes of a comparison of very many, summed up.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The themes.
    pub themes: Vec<SummaryTheme>,
    /// How many of the first places a table has, in words.
    pub first: String,
    /// How many of the last places a table has, in words.
    pub last: String,
    /// What one alone reports, or null.
    pub alone: Option<Alone>,
    /// Figures that the last quarter's briefing did not have.
    pub news: Option<SummaryNews>,
    /// How many more countries several deal with than are listed, in words; null if none.
    pub countries_left_out: Option<String>,
    /// How many more partners several have than are listed, in words; null if none.
    pub partners_left_out: Option<String>,
}

/// A theme: a line to each indicator that several report, and tables of the weightiest.
#[derive(Debug, Serialize)]
pub struct SummaryTheme {
    /// The theme.
    pub name: String,
    /// The indicators.
    pub rows: Vec<SummaryRow>,
    /// The tables of those that matter most.
    pub tables: Vec<CutTable>,
    /// The charts of the same.
    pub charts: Vec<ChartImage>,
}

/// An indicator in a line.
#[derive(Debug, Serialize)]
pub struct SummaryRow {
    /// The indicator.
    pub label: String,
    /// How many report it.
    pub count: String,
    /// The time, where it is that of all figures; nothing else.
    pub period: String,
    /// Whether the figures are per year.
    pub per_year: bool,
    /// Whether they may be ranked.
    pub is_ranked: bool,
    /// Whether all of those ranked share one place.
    pub is_level: bool,
    /// Who has the greatest figure, with it; of those that share the place the first, and how many others.
    pub greatest_md: String,
    /// The same of the least.
    pub least_md: String,
}

/// An indicator's table: the first places and the last ones.
#[derive(Debug, Serialize)]
pub struct CutTable {
    /// The indicator.
    pub label: String,
    /// Whether the figures are ranked per year.
    pub per_year: bool,
    /// The first places; all of them where nothing is left out.
    pub first: Vec<LongRow>,
    /// What is left out between the first and the last, or null.
    pub between: Option<Between>,
    /// The last places.
    pub last: Vec<LongRow>,
}

/// What a table leaves out.
#[derive(Debug, Serialize)]
pub struct Between {
    /// How many.
    pub count: String,
    /// The place of the first of them.
    pub first_rank: String,
    /// The place of the last of them.
    pub last_rank: String,
    /// The figure of the first of them, with source numbers.
    pub first_md: String,
    /// The figure of the last of them, with source numbers.
    pub last_md: String,
}

/// What one alone reports.
#[derive(Debug, Serialize)]
pub struct Alone {
    /// How many indicators, in words.
    pub indicators: String,
    /// Whether it is exactly one.
    pub is_one: bool,
    /// How many report one or more of them, in words.
    pub count: String,
    /// The same with the word for them.
    pub localities: String,
}

/// New figures, by indicator.
#[derive(Debug, Serialize)]
pub struct SummaryNews {
    /// How many figures, in words.
    pub figures: String,
    /// Whether it is exactly one.
    pub is_one: bool,
    /// Of how many, with the word for them.
    pub localities: String,
    /// The indicators with the most of them.
    pub entries: Vec<NewsEntry>,
    /// How many more indicators have any, in words; null if none.
    pub left_out: Option<String>,
}

/// The new figures of an indicator.
#[derive(Debug, Serialize)]
pub struct NewsEntry {
    /// The indicator.
    pub label: String,
    /// How many.
    pub count: String,
    /// Whose, as a list; of many the first, and how many more.
    pub provinces: String,
}

fields! {
    Summary { themes, first, last, alone, news, countries_left_out, partners_left_out }
    SummaryTheme { name, rows, tables, charts }
    SummaryRow { label, count, period, per_year, is_ranked, is_level, greatest_md, least_md }
    CutTable { label, per_year, first, between, last }
    Between { count, first_rank, last_rank, first_md, last_md }
    Alone { indicators, is_one, count, localities }
    SummaryNews { figures, is_one, localities, entries, left_out }
    NewsEntry { label, count, provinces }
}
