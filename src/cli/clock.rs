//! Today's date, the moment and how long something takes: the clock is read in this one place.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use std::env;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The environment variable that stands for the clock in reproducible runs, in seconds since 1970; see
/// reproducible-builds.org.
const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The years that a briefing can be of, as for `--quarter`.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The day in UTC, from `SOURCE_DATE_EPOCH` if that is set, else from the clock.
///
/// # Errors
/// The variable is no number of seconds of a day in our time, or the clock stands before 1970.
pub(super) fn today() -> Result<NaiveDate, String> {
    let Some(text) = env::var_os(SOURCE_DATE_EPOCH) else { return clock() };
    let text = text.to_string_lossy();
    let error =
        || format!("{SOURCE_DATE_EPOCH} is `{text}`: write seconds since 1970, such as `1790812800`, or unset it");
    let seconds: i64 = text.parse().map_err(|_| error())?;
    day(seconds).filter(|_| seconds >= 0).ok_or_else(error)
}

#[allow(clippy::disallowed_methods)] // the one place that reads the clock
fn clock() -> Result<NaiveDate, String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| "the clock stands before 1970".to_owned())?;
    i64::try_from(since.as_secs()).ok().and_then(day).ok_or_else(|| "the clock is out of range".to_owned())
}

/// This moment in UTC as RFC 3339 writes it, to the millisecond; from `SOURCE_DATE_EPOCH` if that says one, so that two logs can
/// be compared.
pub(super) fn now() -> String {
    let told = env::var(SOURCE_DATE_EPOCH).ok().and_then(|text| text.parse().ok());
    let told = told.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    told.unwrap_or_else(moment).to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[allow(clippy::disallowed_methods)] // the one place that reads the clock
fn moment() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// Measures how long something takes; it decides nothing of what is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[allow(clippy::disallowed_methods)] // the one place that reads the clock
    pub(super) fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Since the start.
    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

fn day(seconds: i64) -> Option<NaiveDate> {
    let day = DateTime::from_timestamp(seconds, 0)?.date_naive();
    YEARS.contains(&day.year()).then_some(day)
}
