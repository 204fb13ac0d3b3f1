//! Today's date, read in this one place.

use chrono::{DateTime, NaiveDate};
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

/// The environment variable that stands for the clock in reproducible runs, in seconds since 1970; see
/// reproducible-builds.org.
const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The day in UTC, from `SOURCE_DATE_EPOCH` if that is set, else from the clock.
///
/// # Errors
/// The variable is no number of seconds, or the clock stands before 1970.
#[allow(clippy::disallowed_methods)] // the one place that reads the clock
pub(super) fn today() -> Result<NaiveDate, String> {
    let seconds = match env::var(SOURCE_DATE_EPOCH) {
        Ok(text) => text.trim().parse::<i64>().map_err(|_| format!("{SOURCE_DATE_EPOCH} is `{text}`, not a number of seconds"))?,
        Err(_) => {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| "the clock stands before 1970".to_owned())?;
            i64::try_from(since.as_secs()).map_err(|_| "the clock is out of range".to_owned())?
        }
    };
    DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive()).ok_or_else(|| format!("{seconds} s is out of range"))
}
