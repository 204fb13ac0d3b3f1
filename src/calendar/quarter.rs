//! The quarter that a briefing is for.

use super::date::last_of_month;
use chrono::{Datelike, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A quarter of a calendar year, written `2026-Q3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u32,
}

/// The text is not a quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a quarter: write it as `2026-Q3`")]
pub struct QuarterError(pub String);

impl Quarter {
    /// The quarter that a day lies in.
    pub fn containing(day: NaiveDate) -> Quarter {
        Quarter { year: day.year(), number: day.month0() / 3 + 1 }
    }

    /// The last quarter that had ended before the day began.
    pub fn last_completed(today: NaiveDate) -> Quarter {
        Quarter::containing(today).previous()
    }

    /// The quarter before this one.
    #[must_use]
    pub fn previous(self) -> Quarter {
        match self.number {
            1 => Quarter { year: self.year - 1, number: 4 },
            number => Quarter { year: self.year, number: number - 1 },
        }
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The quarter's number, 1 to 4.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day: what was published by then is known to the quarter's briefing.
    pub fn last_day(self) -> NaiveDate {
        last_of_month(self.year, self.number * 3)
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || QuarterError(text.to_owned());
        let (year, number) = text.split_once("-Q").or_else(|| text.split_once("-q")).ok_or_else(error)?;
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        let year: i32 = year.parse().map_err(|_| error())?;
        let number = match number {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            "4" => 4,
            _ => return Err(error()),
        };
        if (1900..=2200).contains(&year) { Ok(Quarter { year, number }) } else { Err(error()) }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_last_completed_quarter() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(Quarter::last_completed(day(2026, 11, 21)).to_string(), "2026-Q3");
        assert_eq!(Quarter::last_completed(day(2026, 1, 1)).to_string(), "2025-Q4");
        assert_eq!(Quarter::last_completed(day(2026, 3, 31)).to_string(), "2025-Q4");
    }

    #[test]
    fn only_the_written_form_is_read() {
        assert_eq!("2023-Q4".parse::<Quarter>().unwrap().last_day().to_string(), "2023-12-31");
        for wrong in ["2023-Q5", "2023Q4", "23-Q4", "2023-4", "", "2023-Q", "+023-Q1"] {
            assert!(wrong.parse::<Quarter>().is_err(), "{wrong}");
        }
    }
}
