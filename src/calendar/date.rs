//! A date known to the day, the month or the year.

use chrono::{Datelike, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A date as a source states it: `2022`, `2022-12` or `2022-12-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// A calendar year.
    Year(i32),
    /// A year and a month from 1 to 12.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

/// The text is not a date that a sheet may write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write a year `2022`, a month `2022-12` or a day `2022-12-05`")]
pub struct DateError(pub String);

impl PartialDate {
    /// The first day that the date may mean.
    pub fn first_day(self) -> NaiveDate {
        match self {
            PartialDate::Year(year) => day(year, 1, 1),
            PartialDate::Month(year, month) => day(year, month, 1),
            PartialDate::Day(day) => day,
        }
    }

    /// The last day that the date may mean.
    pub fn last_day(self) -> NaiveDate {
        match self {
            PartialDate::Year(year) => day(year, 12, 31),
            PartialDate::Month(year, month) => last_of_month(year, month),
            PartialDate::Day(day) => day,
        }
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.first_day().year()
    }
}

/// The day, which callers have checked to exist; the earliest date there is stands for one that does not.
fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// The last day of a month.
pub(super) fn last_of_month(year: i32, month: u32) -> NaiveDate {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    day(next_year, next_month, 1).pred_opt().unwrap_or(NaiveDate::MIN)
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || DateError(text.to_owned());
        let mut parts = text.split('-');
        let number = |part: &str, digits: usize| -> Option<u32> {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let year = parts.next().and_then(|part| number(part, 4)).filter(|year| (1900..=2200).contains(year));
        let year = i32::try_from(year.ok_or_else(error)?).map_err(|_| error())?;
        let Some(month) = parts.next() else { return Ok(PartialDate::Year(year)) };
        let month = number(month, 2).filter(|month| (1..=12).contains(month)).ok_or_else(error)?;
        let Some(day) = parts.next() else { return Ok(PartialDate::Month(year, month)) };
        let day = number(day, 2).and_then(|day| NaiveDate::from_ymd_opt(year, month, day)).ok_or_else(error)?;
        if parts.next().is_some() { Err(error()) } else { Ok(PartialDate::Day(day)) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year}"),
            PartialDate::Month(year, month) => write!(f, "{year}-{month:02}"),
            PartialDate::Day(day) => write!(f, "{day}"),
        }
    }
}
