//! What templates see. Every number, date and name is in the language's form; texts that hold marks or Markdown of ours end in
//! `_md` or are called `marks` and go into a template with three braces; all other texts with two, which escape Markdown. Digits
//! are traced here: see `render/trace.rs`.

mod charts;
mod lists;
mod points;
mod summary;
mod tables;
mod trust;

pub use charts::ChartImage;
pub use lists::{
    Change, CountryPartners, EventLine, NewPartner, News, NotRanked, NotTheSame, Ranking, Revised, Shared,
};
pub use points::{Attainment, Growth, PartnersPoint, Point, ThemePoint};
pub use summary::{Alone, Between, CutTable, NewsEntry, Summary, SummaryNews, SummaryRow, SummaryTheme};
pub use tables::{Cell, ColumnHead, KeyFigure, LongRow, LongTable, LongTheme, SingleRow, TableRow, ThemeTable};
pub use trust::{Correction, SourceNote, Trust};

use crate::chart::Pictures;
use crate::render::script::view::fields;
use serde::Serialize;

/// The briefing of one province, or of one commune: what is said of provinces here is then true of the communes of its province.
#[derive(Debug, Serialize)]
pub struct ProvinceContext {
    /// What both briefings have.
    #[serde(flatten)]
    pub common: Common,
    /// The name in sentences and tables.
    pub name: String,
    /// The name by itself, in a sentence: a commune's with its kind and its province.
    pub full_name: String,
    /// The province that it was merged into, and since when.
    pub merged: Option<Merged>,
    /// The other provinces, as a list; how many, where they are too many to be named.
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
    /// The charts that say where the province stands, at most two.
    pub standing_charts: Vec<ChartImage>,
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
    /// What the last quarter's briefing did not have, or had otherwise.
    #[serde(flatten)]
    pub news: News,
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
    /// How many provinces or communes, in words.
    pub count: String,
    /// The same with the word for them: "four provinces".
    pub counted: String,
    /// Whether they are too many to be named one by one.
    pub is_many: bool,
    /// The provinces, as a list; nothing where they are too many.
    pub provinces: String,
    /// The points to take.
    pub points: Vec<Point>,
    /// The themes: one table each where the provinces are few enough for a column each.
    pub themes: Vec<ThemeTable>,
    /// The same, a table to an indicator, where they are not.
    pub long_themes: Vec<LongTheme>,
    /// What stands for the themes, and for what is new, where they are too many to be listed; null where they are not.
    pub summary: Option<Summary>,
    /// What may be ranked and is no point to take.
    pub rankings: Vec<Ranking>,
    /// What may not, and why.
    pub not_ranked: Vec<NotRanked>,
    /// Partners that provinces share.
    pub shared_partners: Vec<Shared>,
    /// Countries that provinces share.
    pub shared_countries: Vec<Shared>,
    /// What the last quarter's briefing did not have, or had otherwise.
    #[serde(flatten)]
    pub news: News,
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
    /// What the document is called.
    pub title: String,
    /// The word for one of those that are compared: "province" or "commune".
    pub locality: String,
    /// The word for several of them.
    pub localities: String,
    /// All of them: "all provinces", "the communes of Nghe An".
    pub all_localities: String,
    /// The province in which the communes lie; null where provinces are compared.
    pub province: Option<String>,
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
    /// Provinces whose figures are withheld, as a list; of many the first, and how many others.
    pub withheld: Option<String>,
    /// Whether any derived figure is shown.
    pub has_derived: bool,
    /// The data of the charts, by path: not for templates.
    #[serde(skip)]
    pub pictures: Pictures,
}

/// A merger.
#[derive(Debug, Serialize)]
pub struct Merged {
    /// Into which province.
    pub into: String,
    /// Since when.
    pub since: String,
}

fields! {
    ProvinceContext {
        name, full_name, merged, peers, latest, is_current, points, has_trends, key_figures, standing_charts, themes, rankings,
        not_ranked, not_published, not_the_same, partners, shared_partners, shared_countries, events, trust, sources [common,
        news]
    }
    ComparativeContext {
        count, counted, is_many, provinces, points, themes, long_themes, summary, rankings, not_ranked, shared_partners,
        shared_countries, trust, sources [common, news]
    }
    Common {
        language, title, locality, localities, all_localities, province, edition, quarter, previous_quarter, date_iso, date,
        first_date, withheld, has_derived !pictures
    }
    Merged { into, since }
}
