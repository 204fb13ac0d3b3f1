//! Dates, periods, lists and derived figures in a language's words.

use super::level::Level;
use super::terms::{PeriodTerms, Terms, fill, fill_with};
use super::told::Told;
use super::trace::{self, traced};
use crate::calendar::{PartialDate, Quarter, Span};
use crate::catalog::Place;
use crate::check::{CheckedFact, Time, Value};
use crate::compare::per_year;
use crate::diag::Bounds;
use crate::figure::{Decimal, Figure, Hedge, Unit, format};
use crate::language::Language;
use chrono::{Datelike, NaiveDate};
use rust_decimal::RoundingStrategy;
use std::sync::Arc;

/// Significant digits of a derived figure in text and tables.
const DERIVED_DIGITS: u32 = 3;
/// Significant digits of the ends of a derived range.
const RANGE_DIGITS: u32 = 2;

/// Most localities that a comparison lists in full; of more, its tables have the first and the last.
pub(super) const MOST_LISTED: usize = 40;
/// Most localities that a sentence names one by one; of more it names the first [`FIRST_NAMED`].
pub(super) const MOST_NAMED: usize = 8;
/// How many localities a sentence names where there are more than [`MOST_NAMED`].
pub(super) const FIRST_NAMED: usize = 3;

/// A language's terms with the functions that use them.
#[derive(Debug, Clone)]
pub struct Words {
    /// The language.
    pub language: Language,
    /// Its terms.
    pub terms: Arc<Terms>,
    /// What a document compares.
    pub(super) level: Arc<Level>,
    /// The word for what the document is about; nothing where it is about all of them.
    pub(super) subject: String,
    /// What the documents of the comparison say alike.
    pub(super) told: Arc<Told>,
}

impl Words {
    /// The words for provinces.
    pub(super) fn new(language: Language, terms: Terms) -> Words {
        Words { language, terms: Arc::new(terms), level: Arc::default(), subject: String::new(), told: Arc::default() }
    }

    /// A list: "A, B and C".
    pub fn list(&self, entries: &[String]) -> String {
        match entries {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{}{}{last}", first.join(&self.terms.comma), self.terms.and),
        }
    }

    /// A list whose entries have commas of their own.
    pub fn long_list(&self, entries: &[String]) -> String {
        entries.join(&self.terms.semicolon)
    }

    /// Some localities, and how many others there are.
    pub fn and_others(&self, first: &[String], others: usize) -> String {
        let first = first.join(&self.terms.comma);
        self.fill_level(&self.terms.many.others, &[("provinces", &first), ("count", &self.count(others))])
    }

    /// A place in a sentence, with the article that its name takes.
    pub fn place(&self, place: &Place) -> String {
        let name = traced(place.name(self.language));
        let takes_article = self.terms.with_article.contains(&place.id);
        if takes_article { fill(&self.terms.article, &[("place", &name)]) } else { name }
    }

    /// A number from 1 to 12 in words, a greater one in digits.
    pub fn count(&self, number: usize) -> String {
        match number.checked_sub(1).and_then(|place| self.terms.counts.get(place)) {
            Some(word) => traced(word),
            None => traced(&format::number(Decimal::from(number), self.language)),
        }
    }

    /// A place: "first".
    pub fn ordinal(&self, number: usize) -> String {
        let word = number.checked_sub(1).and_then(|place| self.terms.ordinals.get(place));
        match word {
            Some(word) => traced(word),
            None => fill(&self.terms.ordinal_beyond, &[("number", &trace::number(&number))]),
        }
    }

    /// A day.
    pub fn date(&self, day: NaiveDate) -> String {
        fill_with(&self.terms.date, |text, name| {
            match name {
                "day" => trace::push_number(text, day.day(), 1),
                "day_padded" => trace::push_number(text, day.day(), 2),
                "month" => push_named(text, &self.terms.months, day.month0()),
                "year" => trace::push_year(text, day.year()),
                _ => return None,
            }
            Some(())
        })
    }

    /// A quarter in a title.
    pub fn quarter(&self, quarter: Quarter) -> String {
        self.fill_quarter(&self.terms.quarter, quarter)
    }

    /// A quarter in a sentence.
    pub fn quarter_long(&self, quarter: Quarter) -> String {
        self.fill_quarter(&self.terms.quarter_long, quarter)
    }

    fn fill_quarter(&self, term: &str, quarter: Quarter) -> String {
        fill_with(term, |text, name| {
            match name {
                "quarter" => push_named(text, &self.terms.quarters, quarter.number().saturating_sub(1)),
                "ordinal" => text.push_str(&self.ordinal(quarter.number() as usize)),
                "year" => trace::push_year(text, quarter.year()),
                _ => return None,
            }
            Some(())
        })
    }

    /// A time in a table: "Jan–Nov 2023".
    pub fn short(&self, time: Time) -> String {
        self.time(time, &self.terms.short)
    }

    /// A time by name: "January–November 2023".
    pub fn named(&self, time: Time) -> String {
        self.time(time, &self.terms.named)
    }

    /// A time in a sentence: "in the first eleven months of 2023", "as of December 2022".
    pub fn during(&self, time: Time) -> String {
        match time {
            Time::Over(span) => self.period(span, &self.terms.during),
            Time::At(date) => {
                let term = match date {
                    PartialDate::Year(_) => &self.terms.at.year,
                    PartialDate::Month(..) => &self.terms.at.month,
                    PartialDate::Day(_) => &self.terms.at.day,
                };
                self.fill_period(term, date.first_day(), date.last_day())
            }
        }
    }

    fn time(&self, time: Time, terms: &PeriodTerms) -> String {
        match time {
            Time::Over(span) => self.period(span, terms),
            Time::At(date) => {
                let term = match date {
                    PartialDate::Year(_) => &terms.year,
                    PartialDate::Month(..) => &terms.month,
                    PartialDate::Day(_) => &terms.day,
                };
                self.fill_period(term, date.first_day(), date.last_day())
            }
        }
    }

    /// A period in the coarsest form that says what is known of it.
    pub fn period(&self, span: Span, terms: &PeriodTerms) -> String {
        let (start, end) = (span.start, span.end_latest);
        let from_january = start.ordinal() == 1;
        let whole_years = from_january && (end.month(), end.day()) == (12, 31);
        let end_is_open = span.end_earliest != span.end_latest;
        let whole_months = start.day() == 1 && end.succ_opt().is_some_and(|next| next.day() == 1);
        let same_year = start.year() == end.year();
        let months = end.month0() + 1 - start.month0().min(end.month0());
        let term = if start == end {
            &terms.day
        } else if same_year && (whole_years || end_is_open && from_january) {
            &terms.year
        } else if from_january && (whole_years || end_is_open) {
            &terms.years
        } else if whole_months && same_year && start.month() == end.month() {
            &terms.month
        } else if whole_months && same_year && months == 3 && start.month0() % 3 == 0 {
            &terms.quarter
        } else if whole_months && same_year && from_january {
            &terms.first_months
        } else if (whole_months || end_is_open) && same_year {
            &terms.months_of_year
        } else if whole_months || end_is_open {
            &terms.months
        } else {
            &terms.days
        };
        self.fill_period(term, start, end)
    }

    fn fill_period(&self, term: &str, from: NaiveDate, to: NaiveDate) -> String {
        fill_with(term, |text, name| {
            let (day, name) = match (name.strip_prefix("from_"), name.strip_prefix("to_")) {
                (Some(name), _) => (from, name),
                (_, Some(name)) => (to, name),
                _ => return self.push_of_period(text, name, from, to),
            };
            match name {
                "year" => trace::push_year(text, day.year()),
                "month" => push_named(text, &self.terms.months, day.month0()),
                "month_short" => push_named(text, &self.terms.months_short, day.month0()),
                "day" => trace::push_number(text, day.day(), 1),
                "day_padded" => trace::push_number(text, day.day(), 2),
                _ => return None,
            }
            Some(())
        })
    }

    /// Adds what a period is called by, without its days.
    fn push_of_period(&self, text: &mut String, name: &str, from: NaiveDate, to: NaiveDate) -> Option<()> {
        let quarter = to.month0() / 3 + 1;
        match name {
            "year" => trace::push_year(text, to.year()),
            "count" => text.push_str(&self.count((to.month0() + 1).saturating_sub(from.month0()) as usize)),
            "quarter" => push_named(text, &self.terms.quarters, quarter.saturating_sub(1)),
            "ordinal" => text.push_str(&self.ordinal(quarter as usize)),
            _ => return None,
        }
        Some(())
    }

    /// The figure of a fact, as printed or as derived.
    pub fn figure(&self, fact: &CheckedFact) -> String {
        match &fact.value {
            Value::Printed(_) => fact.figure().map(|figure| self.printed(figure)).unwrap_or_default(),
            Value::Derived { bounds, unit, whole, .. } => self.derived(*bounds, *unit, *whole),
        }
    }

    /// A figure as printed, in the language's form.
    pub fn printed(&self, figure: &Figure) -> String {
        traced(&format::figure(figure, self.language))
    }

    /// A number between two ends, in a unit.
    pub fn scaled(&self, lower: Decimal, upper: Decimal, unit: Unit) -> String {
        traced(&format::scaled(lower, upper, unit, self.language))
    }

    /// A figure that no source prints.
    pub fn derived(&self, bounds: Bounds, unit: Unit, whole: bool) -> String {
        let text = |lower: Decimal, upper: Decimal| self.scaled(lower, upper, unit);
        let (lower, upper) = match (bounds.lower, bounds.upper) {
            (Some(lower), Some(upper)) => (lower, upper),
            (Some(lower), None) => return fill(&self.terms.at_least, &[("figure", &text(shown(lower), shown(lower)))]),
            (None, Some(upper)) => return fill(&self.terms.up_to, &[("figure", &text(shown(upper), shown(upper)))]),
            (None, None) => return self.terms.missing.clone(),
        };
        if whole && lower == upper {
            return text(lower, upper);
        }
        if whole && upper.checked_sub(lower) == Some(Decimal::ONE) {
            return fill(&self.terms.either, &[("lower", &text(lower, lower)), ("upper", &text(upper, upper))]);
        }
        if lower == upper {
            let exact = shown(lower);
            return text(exact, exact);
        }
        let middle = lower.checked_add(upper).and_then(|sum| sum.checked_div(Decimal::TWO)).unwrap_or(lower);
        let narrow = upper.checked_sub(lower).zip(middle.checked_mul(Decimal::new(2, 2)));
        if narrow.is_some_and(|(width, limit)| width <= limit.abs()) {
            return fill(&self.terms.about, &[("figure", &text(shown(middle), shown(middle)))]);
        }
        let (lower, upper) = (rounded(lower, RANGE_DIGITS), rounded(upper, RANGE_DIGITS));
        text(lower, upper)
    }

    /// A flow per year, with the hedge that its figure is printed with. None for what is no flow.
    pub fn per_year(&self, fact: &CheckedFact) -> Option<String> {
        let bounds = per_year(fact)?;
        let unit = fact.unit();
        let hedge = fact.figure().map_or(Hedge::Exact, Figure::hedge);
        let edge = |end: Option<Decimal>, term: &str| {
            let end = rounded(end?, RANGE_DIGITS);
            Some(fill(term, &[("figure", &self.scaled(end, end, unit))]))
        };
        match hedge {
            Hedge::Over => edge(bounds.lower, &self.terms.over),
            Hedge::AtLeast => edge(bounds.lower, &self.terms.at_least),
            Hedge::Nearly => edge(bounds.upper, &self.terms.nearly),
            Hedge::UpTo => edge(bounds.upper, &self.terms.up_to),
            Hedge::About | Hedge::Exact => {
                let (lower, upper) = (bounds.lower?, bounds.upper?);
                let (low, high) = (rounded(lower, RANGE_DIGITS), rounded(upper, RANGE_DIGITS));
                let text = self.scaled(low, high, unit);
                Some(if hedge == Hedge::About && low == high {
                    fill(&self.terms.about, &[("figure", &text)])
                } else {
                    text
                })
            }
        }
    }

    /// A change in percent, said as a rise or a fall.
    pub fn change(&self, figure: &Figure) -> String {
        let (value, _) = figure.ends();
        if value.is_zero() {
            return self.terms.unchanged.clone();
        }
        let term = if value.is_sign_negative() { &self.terms.down } else { &self.terms.up };
        fill(term, &[("figure", &self.share(figure))])
    }

    /// The size of a percentage, without its sign.
    pub fn share(&self, figure: &Figure) -> String {
        self.printed(figure).replace('\u{2212}', "")
    }
}

/// A derived number at the digits that are shown.
fn shown(number: Decimal) -> Decimal {
    rounded(number, DERIVED_DIGITS)
}

/// A number at a count of significant digits; whole numbers of less than five digits keep all of theirs.
fn rounded(number: Decimal, digits: u32) -> Decimal {
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    number.round_sf_with_strategy(digits, strategy).unwrap_or(number).normalize()
}

/// Adds a name from a list, by its place.
fn push_named(text: &mut String, names: &[String], place: u32) {
    if let Some(name) = names.get(place as usize) {
        trace::push_traced(text, name);
    }
}
