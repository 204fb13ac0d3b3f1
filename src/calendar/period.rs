//! The span of time that a flow covers.

use super::date::PartialDate;
use super::quarter::Quarter;
use chrono::{Datelike, Months, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A period as a sheet writes it: `2023`, `2023-Q4`, `2023-11`, `2023-01..2023-11`, `2016..2020`, or `2020..` when it runs
/// up to the publication of the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    text: String,
    start: NaiveDate,
    end: Option<NaiveDate>,
}

/// The text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not one of the forms.
    #[error("`{0}` is not a period: write `2023`, `2023-Q4`, `2023-11`, `2023-01..2023-11`, `2016..2020` or `2020..`")]
    Form(String),
    /// The end comes before the start.
    #[error("the period `{0}` ends before it starts")]
    Reversed(String),
}

/// A period with its end settled. The end is two days where the source's own date is not known to the day: the period then
/// ended on one of the days between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first day.
    pub start: NaiveDate,
    /// The earliest day that may be the last.
    pub end_earliest: NaiveDate,
    /// The latest day that may be the last.
    pub end_latest: NaiveDate,
}

impl Period {
    /// The first day.
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The last day, or none for a period that runs up to publication.
    pub fn end(&self) -> Option<NaiveDate> {
        self.end
    }

    /// The span, given the first and last day on which the source may have been published.
    pub fn resolve(&self, published: (NaiveDate, NaiveDate)) -> Span {
        match self.end {
            Some(end) => Span { start: self.start, end_earliest: end, end_latest: end },
            None => Span {
                start: self.start,
                end_earliest: published.0.max(self.start),
                end_latest: published.1.max(self.start),
            },
        }
    }
}

impl Span {
    /// The span of a stock: the last day that `as_of` may mean.
    pub fn at(date: PartialDate) -> Span {
        Span { start: date.last_day(), end_earliest: date.last_day(), end_latest: date.last_day() }
    }

    /// Its length in whole months, the shortest and the longest that it may be; a part of a month counts as one.
    pub fn months(&self) -> (u32, u32) {
        let months = |end: NaiveDate| {
            let count =
                (end.year() - self.start.year()) * 12 + end.month0().cast_signed() - self.start.month0().cast_signed();
            u32::try_from(count + 1).unwrap_or(1)
        };
        (months(self.end_earliest), months(self.end_latest))
    }

    /// The same span a year earlier, the base of a growth rate.
    #[must_use]
    pub fn year_before(&self) -> Span {
        let back = |day: NaiveDate| {
            // 28 February stands for the end of February in a leap year's predecessor, and the reverse.
            let earlier = day.checked_sub_months(Months::new(12)).unwrap_or(day);
            let is_month_end = day.succ_opt().is_some_and(|next| next.month() != day.month());
            if is_month_end { super::date::last_of_month(earlier.year(), earlier.month()) } else { earlier }
        };
        Span { start: back(self.start), end_earliest: back(self.end_earliest), end_latest: back(self.end_latest) }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || PeriodError::Form(text.to_owned());
        let bounds = |part: &str| -> Result<(NaiveDate, NaiveDate), PeriodError> {
            if let Ok(quarter) = part.parse::<Quarter>() {
                return Ok((quarter.first_day(), quarter.last_day()));
            }
            let date: PartialDate = part.parse().map_err(|_| error())?;
            Ok((date.first_day(), date.last_day()))
        };
        let (start, end) = match text.split_once("..") {
            None => {
                let (start, end) = bounds(text)?;
                (start, Some(end))
            }
            Some((start, "")) => (bounds(start)?.0, None),
            Some((start, end)) => (bounds(start)?.0, Some(bounds(end)?.1)),
        };
        if end.is_some_and(|end| end < start) {
            return Err(PeriodError::Reversed(text.to_owned()));
        }
        Ok(Period { text: text.to_owned(), start, end })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> (String, Option<String>) {
        let period: Period = text.parse().unwrap();
        (period.start().to_string(), period.end().map(|day| day.to_string()))
    }

    #[test]
    fn every_form_of_the_sheet_is_read() {
        let end = |text: &str| Some(text.to_owned());
        assert_eq!(days("2023"), ("2023-01-01".into(), end("2023-12-31")));
        assert_eq!(days("2023-Q4"), ("2023-10-01".into(), end("2023-12-31")));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), end("2024-02-29")));
        assert_eq!(days("2023-01..2023-11"), ("2023-01-01".into(), end("2023-11-30")));
        assert_eq!(days("2016..2020"), ("2016-01-01".into(), end("2020-12-31")));
        assert_eq!(days("2020.."), ("2020-01-01".into(), None));
    }

    #[test]
    fn what_is_not_a_period_is_refused() {
        for wrong in ["", "..", "2023-13", "2023..2022", "23", "2023-1", "..2020", "2023-Q5", "2020...", "year"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn months_count_what_the_span_may_cover() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open: Period = "2020..".parse().unwrap();
        let span = open.resolve((day("2025-07-01"), day("2025-12-31")));
        assert_eq!(span.months(), (67, 72));
        let closed: Period = "2023-01..2023-11".parse().unwrap();
        assert_eq!(closed.resolve((day("2023-12-01"), day("2023-12-31"))).months(), (11, 11));
    }

    #[test]
    fn the_year_before_keeps_month_ends() {
        let february: Period = "2024-02".parse().unwrap();
        let span = february.resolve((NaiveDate::MIN, NaiveDate::MAX)).year_before();
        assert_eq!((span.start.to_string(), span.end_latest.to_string()), ("2023-02-01".into(), "2023-02-28".into()));
    }
}
