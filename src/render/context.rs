//! What templates see. Every number, date and name is in the language's form; texts that hold marks or Markdown of ours end in
//! `_md` or are called `marks` and go into a template with three braces; all other texts with two, which escape Markdown.

use serde::Serialize;

/// The briefing of one province.
#[derive(Debug, Serialize)]
pub struct ProvinceContext {
    /// What both briefings have.
    #[serde(flatten)]
    pub common: Common,
    /// The province that it was merged into, and since when.
    pub merged: Option<Merged>,
    /// The other provinces, as a list.
    pub peers: Option<String>,
    /// The time of the latest figure, by name; null if there is none.
    pub latest: Option<String>,
    /// Whether the latest figure is of the quarter itself.
    pub is_current: bool,
    /// The points to take, most telling first.
    pub points: Vec<Point>,
    /// Whether any figure of the band has a trend.
    pub has_trends: bool,
    /// The figures of the band.
    pub key_figures: Vec<KeyFigure>,
    /// The themes with their tables.
    pub themes: Vec<ThemeTable>,
    /// What may be ranked with this province in it.
    pub rankings: Vec<Ranking>,
    /// What may not, and why.
    pub not_ranked: Vec<NotRanked>,
    /// What other provinces report and this one does not.
    pub not_published: Vec<Shared>,
    /// Indicators of other provinces that are not the same as this one's.
    pub not_the_same: Vec<NotTheSame>,
    /// Partners by country.
    pub partners: Vec<CountryPartners>,
    /// Partners shared with other provinces.
    pub shared_partners: Vec<Shared>,
    /// Countries dealt with by other provinces too.
    pub shared_countries: Vec<Shared>,
    /// What happened with places abroad.
    pub events: Vec<EventLine>,
    /// Figures that the last quarter's briefing did not have.
    pub changes: Vec<Change>,
    /// How far the figures can be trusted.
    pub trust: Trust,
    /// The sources, in the order of their numbers.
    pub sources: Vec<SourceNote>,
}

/// The comparative briefing.
#[derive(Debug, Serialize)]
pub struct ComparativeContext {
    /// What both briefings have.
    #[serde(flatten)]
    pub common: Common,
    /// How many provinces, in words.
    pub count: String,
    /// The provinces, as a list.
    pub provinces: String,
    /// The points to take.
    pub points: Vec<Point>,
    /// The themes: one table each where the provinces are few enough for a column each.
    pub themes: Vec<ThemeTable>,
    /// The same, a table to an indicator, where they are not.
    pub long_themes: Vec<LongTheme>,
    /// What may be ranked and is no point to take.
    pub rankings: Vec<Ranking>,
    /// What may not, and why.
    pub not_ranked: Vec<NotRanked>,
    /// Partners that provinces share.
    pub shared_partners: Vec<Shared>,
    /// Countries that provinces share.
    pub shared_countries: Vec<Shared>,
    /// Figures that the last quarter's briefing did not have.
    pub changes: Vec<Change>,
    /// How far the figures can be trusted.
    pub trust: Trust,
    /// The sources, in the order of their numbers.
    pub sources: Vec<SourceNote>,
}

/// What both briefings have.
#[derive(Debug, Serialize)]
pub struct Common {
    /// The language's code.
    pub language: String,
    /// The province's name, or nothing.
    pub title: String,
    /// The quarter as in a title.
    pub edition: String,
    /// The quarter as in a sentence.
    pub quarter: String,
    /// The quarter before, as in a sentence.
    pub previous_quarter: String,
    /// The quarter's last day, ISO 8601.
    pub date_iso: String,
    /// The quarter's last day in words.
    pub date: String,
    /// The quarter's first day in words.
    pub first_date: String,
    /// Provinces whose figures are withheld, as a list.
    pub withheld: Option<String>,
    /// Whether any derived figure is shown.
    pub has_derived: bool,
}

/// A merger.
#[derive(Debug, Serialize)]
pub struct Merged {
    /// Into which province.
    pub into: String,
    /// Since when.
    pub since: String,
}

/// A point to take: exactly one of its kinds is there.
#[derive(Debug, Default, Serialize)]
pub struct Point {
    /// The indicator's label.
    pub label: String,
    /// A plan and what was reached of it.
    pub attainment: Option<Attainment>,
    /// A rise or a fall.
    pub growth: Option<Growth>,
    /// The province's place among its peers.
    pub standing: Option<Ranking>,
    /// Partners abroad.
    pub partners: Option<PartnersPoint>,
    /// The main figures of a theme.
    pub theme: Option<ThemePoint>,
}

/// A plan and what was reached of it.
#[derive(Debug, Serialize)]
pub struct Attainment {
    /// The figure in a sentence.
    pub sentence: String,
    /// When.
    pub during: String,
    /// The share of the plan.
    pub percent: String,
    /// Whether more than the plan was reached.
    pub above: bool,
    /// Whether less than the plan was reached.
    pub below: bool,
    /// The plan, if it is derived.
    pub plan: Option<String>,
    /// Source numbers.
    pub marks: String,
}

/// A rise or a fall.
#[derive(Debug, Serialize)]
pub struct Growth {
    /// The figure in a sentence.
    pub sentence: String,
    /// When.
    pub during: String,
    /// By how much, said as a rise or a fall.
    pub change: String,
    /// Whether it fell.
    pub fell: bool,
    /// The figure of the year before, if it is derived.
    pub previous: Option<String>,
    /// Source numbers.
    pub marks: String,
}

/// Partners abroad.
#[derive(Debug, Serialize)]
pub struct PartnersPoint {
    /// How many localities, in a sentence; null if no source says.
    pub sentence: Option<String>,
    /// The localities named, as a list.
    pub places: String,
    /// The countries, as a list.
    pub countries: String,
    /// How many countries, in words.
    pub country_count: String,
    /// Whether it is one country.
    pub one_country: bool,
    /// Partners shared with other provinces.
    pub shared: Vec<Shared>,
    /// Source numbers.
    pub marks: String,
}

/// The main figures of a theme at one time.
#[derive(Debug, Serialize)]
pub struct ThemePoint {
    /// The theme.
    pub theme: String,
    /// When.
    pub during: String,
    /// One or two figures in sentences, as a list.
    pub sentences: String,
    /// Source numbers.
    pub marks: String,
}

/// A figure in large type.
#[derive(Debug, Serialize)]
pub struct KeyFigure {
    /// The hedge, or nothing.
    pub hedge: String,
    /// The number.
    pub number: String,
    /// The scale word and the unit, or nothing.
    pub unit: String,
    /// The indicator.
    pub label: String,
    /// When.
    pub period: String,
    /// A change, a share of a plan, or nothing.
    pub trend: String,
    /// Source numbers.
    pub marks: String,
}

/// A theme's table: a column to a province, this briefing's own first.
#[derive(Debug, Serialize)]
pub struct ThemeTable {
    /// The theme.
    pub name: String,
    /// Whether one province alone reports the theme: its table then has a column for the time.
    pub is_single: bool,
    /// The provinces.
    pub columns: Vec<ColumnHead>,
    /// The indicators.
    pub rows: Vec<TableRow>,
    /// In the comparative briefing, what one province alone reports.
    pub single_rows: Vec<SingleRow>,
}

/// A figure that one province alone reports.
#[derive(Debug, Serialize)]
pub struct SingleRow {
    /// The province; nothing where it is that of the row above.
    pub province: String,
    /// The indicator.
    pub label: String,
    /// The figure.
    pub cell: Cell,
}

/// The head of a column.
#[derive(Debug, Serialize)]
pub struct ColumnHead {
    /// The province.
    pub name: String,
    /// Whether the briefing is about it.
    pub is_own: bool,
}

/// An indicator in a table.
#[derive(Debug, Serialize)]
pub struct TableRow {
    /// The indicator.
    pub label: String,
    /// A cell to a column.
    pub cells: Vec<Cell>,
    /// The same per year, where flows of different spans are compared.
    pub per_year: Option<Vec<Cell>>,
}

/// A figure in a table.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// The figure, or what stands for one that no source prints.
    pub figure: String,
    /// Whether there is one.
    pub is_present: bool,
    /// Whether it is this briefing's own.
    pub is_own: bool,
    /// When, or nothing.
    pub period: String,
    /// Source numbers.
    pub marks: String,
}

/// A theme with a table to each indicator that several provinces report.
#[derive(Debug, Serialize)]
pub struct LongTheme {
    /// The theme.
    pub name: String,
    /// The tables.
    pub tables: Vec<LongTable>,
}

/// An indicator's table, a row to a province.
#[derive(Debug, Serialize)]
pub struct LongTable {
    /// The indicator.
    pub label: String,
    /// The rows, in the order of the ranking where there is one.
    pub rows: Vec<LongRow>,
}

/// A province in an indicator's table.
#[derive(Debug, Serialize)]
pub struct LongRow {
    /// Its place, or nothing.
    pub rank: String,
    /// The province.
    pub province: String,
    /// Its figure.
    pub cell: Cell,
    /// Per year, or nothing.
    pub per_year: String,
}

/// Provinces in order.
#[derive(Debug, Clone, Serialize)]
pub struct Ranking {
    /// The indicator.
    pub label: String,
    /// This briefing's province's place in words, or null in the comparative briefing.
    pub ordinal: Option<String>,
    /// Whether it is the first.
    pub is_first: bool,
    /// Whether another has the same place.
    pub is_shared: bool,
    /// How many provinces report it, in words.
    pub count: String,
    /// Whether the figures are per year.
    pub per_year: bool,
    /// The provinces with their figures, greatest first, as a list.
    pub entries_md: String,
    /// The first province.
    pub leader: String,
    /// How many times the second's (or this province's) figure the leader's is, at least; null if it is near.
    pub times: Option<String>,
    /// The province that the leader is held against.
    pub against: String,
}

/// Provinces that report an indicator and may not be ranked.
#[derive(Debug, Serialize)]
pub struct NotRanked {
    /// The indicator.
    pub label: String,
    /// Why.
    pub reason: String,
}

/// Indicators that a reader might take for one another.
#[derive(Debug, Serialize)]
pub struct NotTheSame {
    /// This province's indicator.
    pub own: String,
    /// Its time.
    pub own_period: String,
    /// The other province.
    pub peer: String,
    /// The other indicator.
    pub other: String,
    /// Its time.
    pub other_period: String,
}

/// Partners in one country.
#[derive(Debug, Serialize)]
pub struct CountryPartners {
    /// The country.
    pub country: String,
    /// The partners, as a list.
    pub places: String,
    /// Source numbers.
    pub marks: String,
}

/// What several provinces have in common: a place that they deal with, or an indicator that they report.
#[derive(Debug, Clone, Serialize)]
pub struct Shared {
    /// The place or the indicator.
    pub place: String,
    /// The provinces, as a list; in a province's briefing the others.
    pub provinces: String,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct EventLine {
    /// What it was.
    pub event: String,
    /// Where, as a list.
    pub places: String,
    /// When.
    pub period: String,
    /// Source numbers.
    pub marks: String,
}

/// A figure that the last quarter's briefing did not have.
#[derive(Debug, Serialize)]
pub struct Change {
    /// The province, in the comparative briefing.
    pub province: String,
    /// The indicator.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// When.
    pub period: String,
    /// Source numbers.
    pub marks: String,
}

/// How far the figures can be trusted.
#[allow(clippy::struct_excessive_bools)] // templates can test a field, and compare nothing
#[derive(Debug, Default, Serialize)]
pub struct Trust {
    /// Relations that could have failed and did not.
    pub passed: String,
    /// Whether there is one.
    pub any_passed: bool,
    /// Whether it is exactly one.
    pub one_passed: bool,
    /// The smallest error that the tightest relation would have caught, in percent.
    pub tightest: Option<String>,
    /// The smallest error that the loosest relation would have caught, in percent.
    pub loosest: Option<String>,
    /// Figures printed by two sources or more.
    pub twice_printed: String,
    /// Whether there is one.
    pub any_twice_printed: bool,
    /// Whether all are.
    pub all_twice_printed: bool,
    /// Derived figures.
    pub derived: String,
    /// Whether there is one.
    pub any_derived: bool,
    /// Whether it is exactly one.
    pub one_derived: bool,
    /// Whether there is a figure that neither a relation nor a second source covers.
    pub any_unchecked: bool,
    /// Whether every figure is one.
    pub all_unchecked: bool,
    /// The indicators of such figures as a list, if they are few.
    pub unchecked: Option<String>,
    /// How many there are.
    pub unchecked_count: String,
    /// How many figures the briefing's province has.
    pub figures: String,
    /// Figures read in the number form of another language.
    pub corrections: Vec<Correction>,
    /// What the checks found doubtful and the analyst accepted: how many.
    pub allowed: String,
    /// Whether there is one.
    pub any_allowed: bool,
    /// Warnings: how many.
    pub warnings: String,
    /// Whether there is one.
    pub any_warnings: bool,
}

/// A figure read in the number form of another language.
#[derive(Debug, Serialize)]
pub struct Correction {
    /// The indicator.
    pub label: String,
    /// The text as printed.
    pub text: String,
    /// The figure as read.
    pub figure: String,
    /// Source number.
    pub marks: String,
}

/// A source.
#[derive(Debug, Serialize)]
pub struct SourceNote {
    /// Its number.
    pub number: usize,
    /// Who published it, or null.
    pub publisher: Option<String>,
    /// Its title as printed, or null.
    pub title: Option<String>,
    /// Its author as printed, or null.
    pub author: Option<String>,
    /// What it is, where it prints no title.
    pub description: Option<String>,
    /// When it was published.
    pub date: String,
    /// Why the date is estimated, or null.
    pub why: Option<String>,
    /// Its address, or null.
    pub url: Option<String>,
    /// The address's host, or null.
    pub host: Option<String>,
}
