//! The quarters that sources report on.

/// The year and the quarter that the newest sources report on.
const NEWEST: (usize, usize) = (2026, 3);

/// The quarters back from the newest, enough for five thousand facts of one province and beyond.
pub const QUARTERS: usize = 700;

/// A quarter that sources report on, in its last days, as statistics offices do.
#[derive(Debug, Clone)]
pub struct Time {
    /// How many quarters lie between it and the newest.
    pub back: usize,
    /// The ending of the ids of its facts and sources.
    pub suffix: String,
    /// The period of its flows.
    pub period: String,
    /// The date of its stocks.
    pub date: String,
    /// When its sources were published.
    pub published: String,
}

impl Time {
    /// So many quarters back.
    pub fn new(back: usize) -> Time {
        let quarters = NEWEST.0 * 4 + NEWEST.1 - 1 - back;
        let (year, quarter) = (quarters / 4, quarters % 4 + 1);
        let month = quarter * 3;
        Time {
            back,
            suffix: format!("{year}-q{quarter}"),
            period: format!("{year}-Q{quarter}"),
            date: format!("{year}-{month:02}"),
            published: format!("{year}-{month:02}-28"),
        }
    }

    /// The quarter after it, unless it is the newest.
    pub fn next(&self) -> Option<Time> {
        self.back.checked_sub(1).map(Time::new)
    }

    /// The same quarter a year earlier.
    pub fn year_before(&self) -> Time {
        Time::new(self.back + 4)
    }

    /// The same quarter a year later, if it is over.
    pub fn year_after(&self) -> Option<Time> {
        self.back.checked_sub(4).map(Time::new)
    }
}
