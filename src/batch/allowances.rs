//! What the day of a run has to do with what it makes: allowances of sheets run out.

use super::sheets::Sheets;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The days on which allowances of sheets hold for the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LastDays(BTreeSet<NaiveDate>);

impl LastDays {
    /// Those of the allowances of sheets.
    pub(super) fn of(sheets: &Sheets) -> LastDays {
        let allowances = sheets.iter().filter_map(|loaded| loaded.sheet.as_ref()).flat_map(|sheet| &sheet.allowances);
        LastDays(allowances.filter_map(|allowance| Some(allowance.until?.last_day())).collect())
    }

    /// The first and the last of the days on which the same allowances hold as on this one; open where there is none.
    pub(super) fn same(&self, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let from = self.0.range(..today).next_back().and_then(NaiveDate::succ_opt);
        (from, self.0.range(today..).next().copied())
    }

    /// A day on which the same allowances have run out as today: the quarter's last one if it is such a day, so that today does
    /// not show in what is made.
    pub(super) fn day_of_check(&self, today: Option<NaiveDate>, last_day: NaiveDate) -> NaiveDate {
        let Some(today) = today else { return last_day };
        let run_out = |day: NaiveDate| self.0.range(..day);
        if run_out(today).eq(run_out(last_day)) {
            return last_day;
        }
        let day_after_the_last = run_out(today).next_back().and_then(NaiveDate::succ_opt);
        day_after_the_last.or_else(|| self.0.first().copied()).unwrap_or(last_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_of_the_check_tells_what_has_run_out_and_nothing_more() {
        let last_day = day("2026-09-30");
        let until = LastDays([day("2026-06-30"), day("2026-10-31")].into());
        let checked = |today: &str| until.day_of_check(Some(day(today)), last_day).to_string();
        assert_eq!(checked("2026-10-01"), "2026-09-30");
        assert_eq!(checked("2026-10-31"), "2026-09-30");
        assert_eq!(checked("2026-11-01"), "2026-11-01");
        assert_eq!(checked("2031-01-01"), "2026-11-01");
        assert_eq!(checked("2026-06-30"), "2026-06-30", "before the quarter's end, nothing had run out");
        assert_eq!(LastDays::default().day_of_check(Some(day("2031-01-01")), last_day), last_day);
    }

    #[test]
    fn the_same_allowances_hold_from_the_day_after_one_ran_out_to_the_last_of_the_next() {
        let until = LastDays([day("2026-06-30"), day("2026-10-31")].into());
        assert_eq!(until.same(day("2026-06-30")), (None, Some(day("2026-06-30"))));
        assert_eq!(until.same(day("2026-07-01")), (Some(day("2026-07-01")), Some(day("2026-10-31"))));
        assert_eq!(until.same(day("2026-12-01")), (Some(day("2026-11-01")), None));
    }
}
