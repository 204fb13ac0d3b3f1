//! Vintages: of the figures that sources of different dates print for one fact, those that stand.
//!
//! A source that was certainly published after another one may have revised what that prints, and its figure stands from its own
//! publication on. Sources whose dates cannot be told apart are of one vintage, and so is an older source that prints the very
//! figure that stands: it was confirmed, not revised.

use crate::figure::Figure;
use chrono::NaiveDate;

/// The first and the last day on which a source may have been published.
pub type Published = (NaiveDate, NaiveDate);

/// A figure and when its source was published.
pub trait Dated {
    /// When.
    fn published(&self) -> Published;
    /// The figure; none if it could not be read.
    fn figure(&self) -> Option<&Figure>;
}

/// Whether a source was certainly published before another one.
pub fn is_before(one: Published, other: Published) -> bool {
    one.1 < other.0
}

/// The figure that stands for a fact: of those that could be read, the one published last; of several, the first as they are
/// listed.
pub fn leading<T: Dated>(values: &[T]) -> Option<&T> {
    let read = values.iter().filter(|value| value.figure().is_some());
    // Of equals, `max_by_key` takes the last.
    read.rev().max_by_key(|value| value.published().1)
}

/// The figures of the vintage that stands, as they are listed: without those that a later source revised.
pub fn standing<T: Dated>(values: &[T]) -> Vec<&T> {
    // Nothing revises a figure that stands alone, as most do.
    if values.len() < 2 {
        return values.iter().collect();
    }
    let lead = leading(values).and_then(Dated::figure);
    let last_start = values.iter().filter(|value| value.figure().is_some()).map(|value| value.published().0).max();
    let (Some(lead), Some(last_start)) = (lead, last_start) else { return values.iter().collect() };
    let stands = |value: &&T| {
        let is_last = value.published().1 >= last_start;
        is_last || value.figure().is_some_and(|figure| figure.says_the_same_as(lead))
    };
    values.iter().filter(stands).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PartialDate;
    use crate::figure;
    use crate::language::Language;

    struct Value(&'static str, Published, Figure);

    impl Dated for Value {
        fn published(&self) -> Published {
            self.1
        }
        fn figure(&self) -> Option<&Figure> {
            Some(&self.2)
        }
    }

    fn value(name: &'static str, date: &str, text: &str) -> Value {
        let date: PartialDate = date.parse().unwrap();
        Value(name, (date.first_day(), date.last_day()), figure::read(text, Language::En).unwrap())
    }

    fn names(values: &[Value]) -> (Vec<&str>, &str) {
        (standing(values).into_iter().map(|value| value.0).collect(), leading(values).unwrap().0)
    }

    #[test]
    fn the_later_source_stands_in_whatever_order_they_are_listed() {
        let old = || value("old", "2022-12", "1,155 projects");
        let new = || value("new", "2023-06-15", "1,160 projects");
        assert_eq!(names(&[old(), new()]), (vec!["new"], "new"));
        assert_eq!(names(&[new(), old()]), (vec!["new"], "new"));
    }

    #[test]
    fn sources_of_one_date_are_one_vintage() {
        let values = [value("en", "2022-12", "nearly 10 projects"), value("vi", "2022-12", "10 projects")];
        assert_eq!(names(&values), (vec!["en", "vi"], "en"));
    }

    #[test]
    fn dates_that_overlap_cannot_be_told_apart() {
        let values = [
            value("year", "2022", "10 projects"),
            value("march", "2022-03", "9 projects"),
            value("may", "2022-05", "10 projects"),
        ];
        assert_eq!(names(&values), (vec!["year", "may"], "year"), "March is before May, the year is before neither");
    }

    #[test]
    fn an_older_source_of_the_very_figure_confirms_it_and_one_of_other_words_does_not() {
        let values = [value("old", "2022", "1,155 projects"), value("new", "2023", "1,155 FDI projects")];
        assert_eq!(names(&values), (vec!["old", "new"], "new"));
        let values = [value("old", "2022", "nearly 10 billion USD"), value("new", "2023", "9.98 billion USD")];
        assert_eq!(names(&values), (vec!["new"], "new"));
        let values = [value("old", "2022", "9.9 billion USD"), value("new", "2023", "9.90 billion USD")];
        assert_eq!(names(&values), (vec!["new"], "new"), "one digit more is another figure");
    }
}
