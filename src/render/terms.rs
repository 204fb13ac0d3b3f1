//! The words of a language that templates do not hold. A missing term is an error: never a word of the other language.

use serde::{Deserialize, Serialize};

/// `terms.yaml` of a language. `{…}` in a term is filled in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The twelve months in a sentence.
    pub months: [String; 12],
    /// The twelve months in a table.
    pub months_short: [String; 12],
    /// The four quarters.
    pub quarters: [String; 4],
    /// Numbers from 1 to 12 in a sentence.
    pub counts: [String; 12],
    /// Places from 1 to 12.
    pub ordinals: [String; 12],
    /// A place beyond the twelfth: `{number}`.
    pub ordinal_beyond: String,
    /// Between the entries of a list.
    pub comma: String,
    /// Between the entries of a list that have commas of their own.
    pub semicolon: String,
    /// Before the last entry of a list.
    pub and: String,
    /// A day: `{day}` or `{day_padded}`, `{month}`, `{year}`.
    pub date: String,
    /// A quarter in a title: `{quarter}`, `{year}`.
    pub quarter: String,
    /// A quarter in a sentence: `{quarter}` or `{ordinal}`, `{year}`.
    pub quarter_long: String,
    /// Periods in a table.
    pub short: PeriodTerms,
    /// Periods in a sentence.
    pub during: PeriodTerms,
    /// Dates in a sentence.
    pub at: DateTerms,
    /// Periods by name.
    pub named: PeriodTerms,
    /// The time of an estimated figure under it: `{period}`.
    pub estimate: String,
    /// A derived figure close to `{figure}`.
    pub about: String,
    /// A derived figure over `{figure}`.
    pub over: String,
    /// A derived figure nearly `{figure}`.
    pub nearly: String,
    /// A derived figure of at least `{figure}`.
    pub at_least: String,
    /// A derived figure of up to `{figure}`.
    pub up_to: String,
    /// One of two whole numbers: `{lower}`, `{upper}`.
    pub either: String,
    /// A place with its article: `{place}`.
    pub article: String,
    /// The ids of the places that take an article in a sentence.
    pub with_article: Vec<String>,
    /// A merged province: `{place}`, `{province}`, `{date}`.
    pub part_of: String,
    /// A place and its country: `{place}`, `{country}`.
    pub country_of: String,
    /// Growth of `{figure}`.
    pub up: String,
    /// A fall of `{figure}`.
    pub down: String,
    /// No change.
    pub unchanged: String,
    /// A share of a plan.
    pub of_plan: String,
    /// Why stocks are not ranked: `{from}`, `{to}`.
    pub dates_apart: String,
    /// Why ratios are not ranked.
    pub periods_apart: String,
    /// Why overlapping figures are not ranked.
    pub indistinct: String,
    /// What stands for a figure that no source prints.
    pub missing: String,
    /// So many provinces or communes: `{count}`, `{localities}`.
    pub counted: String,
    /// A name that another has too: `{name}`, and the `{mark}` that tells them apart.
    pub apart: String,
    /// The words for those that are compared.
    pub levels: LevelsTerms,
    /// The words for what a briefing is about.
    pub kinds: KindsTerms,
    /// Where provinces or communes are too many to be named one by one.
    pub many: ManyTerms,
    /// The words of charts.
    pub chart: ChartTerms,
}

/// The words for those that are compared, by what they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelsTerms {
    /// The provinces of the country.
    pub provinces: LevelTerms,
    /// The communes and wards of a province.
    pub communes: LevelTerms,
    /// The communes and wards of a province that has special zones too.
    pub communes_and_special_zones: LevelTerms,
}

/// The words for what is compared. Other terms take them as `{locality}`, `{localities}` and `{all_localities}`, templates as
/// `{{locality}}` and so on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelTerms {
    /// One of them.
    pub locality: String,
    /// Several of them.
    pub localities: String,
    /// Those whom one is compared with, where they are too many to be named: `{count}`, more than five.
    pub others: String,
    /// All of them: of communes, those of a `{province}`.
    pub all: String,
    /// The title of the comparison: of communes, those of a `{province}`.
    pub compared: String,
}

/// The words for what a briefing is about, by its kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindsTerms {
    /// A province or a city directly under the State.
    pub province: KindTerms,
    /// A commune.
    pub commune: KindTerms,
    /// A ward.
    pub ward: KindTerms,
    /// A special zone.
    pub special_zone: KindTerms,
}

/// The words for one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindTerms {
    /// What it is: indicators' sentences take it as `{locality}`.
    pub locality: String,
    /// Its name by itself, in a sentence: `{name}`, `{province}`.
    pub full_name: String,
}

/// What stands for localities that are too many to be named one by one. Every count is of more than five.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManyTerms {
    /// The first `{provinces}` of a list, and the `{count}` of the others.
    pub others: String,
    /// The first `{provinces}` of a ranking, each with its figure, and the `{count}` of all that are ranked.
    pub ranked: String,
    /// Such a ranking as `{ranked}`, and then the briefing's own `{province}` with its figure, `{ordinal}` of all.
    pub ranked_own: String,
    /// The same where its place is another's too.
    pub ranked_own_shared: String,
}

/// The words of charts. Headlines are sentences without a full stop; `{label}` is the indicator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartTerms {
    /// A headline: amounts of `{provinces}` above those of `{others}`.
    pub more: String,
    /// A headline: ratios of `{provinces}` above those of `{others}`.
    pub higher: String,
    /// A headline: the greatest amount is that of `{province}`.
    pub most: String,
    /// A headline: the greatest ratio is that of `{province}`.
    pub highest: String,
    /// A headline: `{province}` is `{ordinal}` of `{count}`.
    pub among: String,
    /// A headline: no order is certain.
    pub unclear: String,
    /// A headline: `{percent}` of a plan, and more than all of it.
    pub ahead: String,
    /// A headline: `{percent}` of a plan, and less than all of it.
    pub short: String,
    /// A headline: `{percent}` of a plan, which may be all of it.
    pub as_planned: String,
    /// A headline: `{change}` on a year earlier.
    pub changed: String,
    /// A headline: more in `{to}` than in `{from}`.
    pub rose: String,
    /// A headline: less in `{to}` than in `{from}`.
    pub fell: String,
    /// Flows of different spans, taken to a year.
    pub per_year: String,
    /// All figures are derived.
    pub all_derived: String,
    /// A `{figure}` that is derived.
    pub derived: String,
    /// What was planned.
    pub plan: String,
    /// In the place of a figure.
    pub not_published: String,
    /// The `{provinces}` that publish no figure.
    pub not_published_by: String,
    /// Equal distances are equal ratios.
    pub logarithmic: String,
    /// What the dots of a line are, where they are too many to be told one by one: `{count}`.
    pub dots: String,
    /// Where a line starts: `{zero}`.
    pub from_zero: String,
    /// The number of the one source: `{numbers}`.
    pub source: String,
    /// The numbers of the sources: `{numbers}`.
    pub sources: String,
    /// In the place of too many numbers, in the comparative briefing, whose table has them.
    pub sources_in_table: String,
    /// The same in the briefing of one, whose table has not all of them.
    pub sources_in_comparison: String,
    /// The same where the comparison lists too many to have all of them in its tables.
    pub sources_in_briefings: String,
}

/// The forms of a period. Filled in: `{year}`; `{from_…}` and `{to_…}` with `day`, `day_padded`, `month`, `month_short`, `year`;
/// `{quarter}`, `{ordinal}`, `{count}` of months.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodTerms {
    /// A calendar year.
    pub year: String,
    /// Several calendar years.
    pub years: String,
    /// Months of one year, from January.
    pub first_months: String,
    /// Months of one year, from a later month.
    pub months_of_year: String,
    /// Months of several years.
    pub months: String,
    /// One month.
    pub month: String,
    /// A quarter.
    pub quarter: String,
    /// Days.
    pub days: String,
    /// One day.
    pub day: String,
}

/// The forms of a date, filled in as those of a period.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateTerms {
    /// A date known to the year.
    pub year: String,
    /// A date known to the month.
    pub month: String,
    /// A day.
    pub day: String,
}

/// Fills `{name}` in a term.
pub fn fill(term: &str, values: &[(&str, &str)]) -> String {
    fill_with(term, |text, name| {
        let value = values.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| text.push_str(value))
    })
}

/// The same with values that are made when they are asked for: added to the text, or none for a name that is not known.
pub(super) fn fill_with(term: &str, value: impl Fn(&mut String, &str) -> Option<()>) -> String {
    let mut text = String::with_capacity(term.len() + 32);
    let mut rest = term;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        if value(&mut text, name).is_none() {
            text.push('{');
            text.push_str(name);
            text.push('}');
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}
