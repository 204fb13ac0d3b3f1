//! How far a batch has come, how fast it goes, and when it is time to say so. It is handed the time, and reads no clock.

use crate::diag::plural;
use std::fmt;
use std::time::Duration;

/// Plain lines are no closer together than this, so that a short run says nothing between its beginning and its end …
const CLOSEST: Duration = Duration::from_secs(5);
/// … and no farther apart than this, so that a log shows that the run is alive.
const FARTHEST: Duration = Duration::from_secs(30);

/// How far a batch has come.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Sheets of the whole batch.
    pub(super) sheets: usize,
    /// Sheets of the groups that have been planned.
    pub(super) checked: usize,
    /// Documents of those groups.
    pub(super) planned: usize,
    /// Documents that are done, those that failed among them.
    pub(super) done: usize,
    /// Documents that are withheld.
    pub(super) withheld: usize,
    /// Documents that could not be made.
    pub(super) failed: usize,
    /// The group that is at hand.
    pub(super) group: String,
    /// How many tenths of the work have been told of.
    tenths: usize,
    /// When the last line was told.
    last: Duration,
}

impl Pace {
    /// How many documents there will be, and whether that is certain: groups that are still to come are taken to be like those
    /// that were.
    pub(super) fn expected(&self) -> (usize, bool) {
        if self.checked == 0 || self.checked >= self.sheets {
            return (self.planned, true);
        }
        (self.planned.saturating_mul(self.sheets) / self.checked, false)
    }

    /// A line for a log that nobody watches, if one is due: at every tenth of the work, or when nothing was said for long.
    pub(super) fn line(&mut self, elapsed: Duration) -> Option<String> {
        let since = elapsed.saturating_sub(self.last);
        let (expected, _) = self.expected();
        let tenths = self.done.saturating_mul(10).checked_div(expected).unwrap_or(0).min(10);
        let is_due = tenths > self.tenths && tenths < 10 && since >= CLOSEST;
        if !is_due && since < FARTHEST {
            return None;
        }
        self.tenths = self.tenths.max(tenths);
        self.last = elapsed;
        Some(match self.done.saturating_mul(100).checked_div(expected) {
            Some(percent) => format!("{}%: {}", percent.min(100), self.words(elapsed)),
            None => self.words(elapsed),
        })
    }

    /// How far it has come, in words.
    pub(super) fn words(&self, elapsed: Duration) -> String {
        let (expected, is_certain) = self.expected();
        if expected == 0 {
            return format!("checking {}", plural(self.sheets, "sheet"));
        }
        let about = if is_certain { "" } else { "about " };
        let mut words = vec![format!("{} of {about}{}", self.done, plural(expected, "document"))];
        let troubles = [(self.withheld, "withheld"), (self.failed, "failed")];
        words.extend(troubles.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
        words.extend(self.rate(elapsed));
        words.extend(self.left(elapsed).map(|left| format!("{} left", Spoken(left))));
        words.join(", ")
    }

    fn rate(&self, elapsed: Duration) -> Option<String> {
        let milliseconds = elapsed.as_millis();
        let of =
            |span: u128| (self.done as u128).saturating_mul(span).checked_div(milliseconds).filter(|rate| *rate > 0);
        let per_second = of(1000).map(|rate| format!("{rate} a second"));
        per_second.or_else(|| of(60_000).map(|rate| format!("{rate} a minute")))
    }

    fn left(&self, elapsed: Duration) -> Option<Duration> {
        let (expected, _) = self.expected();
        let to_do = expected.saturating_sub(self.done) as u128;
        let milliseconds = elapsed.as_millis().saturating_mul(to_do).checked_div(self.done as u128)?;
        Some(Duration::from_millis(u64::try_from(milliseconds).ok()?)).filter(|left| !left.is_zero())
    }
}

/// A span of time in words, as exactly as it matters.
pub(super) struct Spoken(pub(super) Duration);

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..10 => write!(f, "{seconds}.{} s", self.0.subsec_millis() / 100),
            10..60 => write!(f, "{seconds} s"),
            60..3600 => write!(f, "{} min {} s", seconds / 60, seconds % 60),
            _ => write!(f, "{} h {} min", seconds / 3600, seconds / 60 % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// What a run of a hundred documents says that takes so many seconds to each.
    fn told(to_each: u64) -> Vec<(u64, String)> {
        let mut pace = Pace { sheets: 50, checked: 50, planned: 100, ..Pace::default() };
        let mut lines = Vec::new();
        for second in 1..=100 * to_each {
            pace.done = usize::try_from(second / to_each).unwrap();
            lines.extend(pace.line(seconds(second)).map(|line| (second, line)));
        }
        lines
    }

    #[test]
    fn a_line_at_every_tenth() {
        let lines = told(1);
        let at: Vec<u64> = lines.iter().map(|(second, _)| *second).collect();
        assert_eq!(at, [10, 20, 30, 40, 50, 60, 70, 80, 90], "the end has a line of its own, the summary");
        assert_eq!(lines[1].1, "20%: 20 of 100 documents, 1 a second, 1 min 20 s left");
    }

    #[test]
    fn a_slow_run_shows_every_half_minute_that_it_is_alive() {
        let lines = told(10);
        let at: Vec<u64> = lines.iter().map(|(second, _)| *second).collect();
        assert_eq!(at[..5], [30, 60, 90, 100, 130], "a tenth is done at 100 s");
        assert_eq!(lines[0].1, "3%: 3 of 100 documents, 6 a minute, 16 min 10 s left");
    }

    #[test]
    fn a_quick_run_says_nothing_on_the_way() {
        let mut pace = Pace { sheets: 10, checked: 10, planned: 20, ..Pace::default() };
        for done in 0..=20 {
            pace.done = done;
            assert_eq!(pace.line(Duration::from_millis(99 * done as u64)), None);
        }
    }

    #[test]
    fn groups_that_are_still_to_come_are_taken_to_be_like_those_that_were() {
        let mut pace = Pace { sheets: 3321, checked: 34, planned: 70, done: 35, ..Pace::default() };
        assert_eq!(pace.expected(), (6837, false), "70 ÷ 34 × 3321 = 6837.4");
        pace.withheld = 2;
        pace.failed = 1;
        assert_eq!(
            pace.words(seconds(7)),
            "35 of about 6837 documents, 2 withheld, 1 failed, 5 a second, 22 min 40 s left",
            "6802 ÷ 5 = 1360.4 s"
        );
        pace.checked = 3321;
        assert_eq!(pace.expected(), (70, true));
    }

    #[test]
    fn before_anything_is_planned_nothing_is_promised() {
        let pace = Pace { sheets: 1, ..Pace::default() };
        assert_eq!(pace.words(seconds(40)), "checking 1 sheet");
    }

    #[test]
    fn times_are_told_as_exactly_as_it_matters() {
        for (milliseconds, words) in [
            (0, "0.0 s"),
            (9_999, "9.9 s"),
            (10_000, "10 s"),
            (59_999, "59 s"),
            (60_000, "1 min 0 s"),
            (3_599_000, "59 min 59 s"),
            (7_380_000, "2 h 3 min"),
        ] {
            assert_eq!(Spoken(Duration::from_millis(milliseconds)).to_string(), words);
        }
    }
}
