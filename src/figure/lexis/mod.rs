//! The words around numbers, one table to a language. A new language is a new table here and a line in [`of`].

mod en;
mod phrases;
mod vi;

pub(super) use phrases::{Filter, Phrase, Phrases, Table, ends_at, starts_at};

use super::hedge::Hedge;
use crate::language::Language;

/// What a word before a number says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// It hedges the number.
    Hedge(Hedge),
    /// It looks like a hedge and is none: "cao hơn 5%" is a difference of 5 %, not more than 5 %.
    Plain,
    /// đến, tới: a limit, unless it leads to a place ("xuất khẩu tới 36 nước") or to a level reached.
    Reach,
    /// trên: over, unless it says on or in what something is done ("trên 3 trụ cột").
    On,
    /// vượt: over, unless it tells by how much a plan was exceeded ("vượt 5% kế hoạch").
    Exceed,
}

/// The words and number signs of one language.
pub(super) struct Lexis {
    /// The sign between groups of three digits.
    pub(super) group: char,
    /// The sign before decimals.
    pub(super) point: char,
    /// The language's own name in help texts.
    pub(super) name: &'static str,
    /// An example for help texts.
    pub(super) example: &'static str,

    /// Scale words and the power of ten of each.
    pub(super) scales: Table<u32>,
    /// Letters that scale only when glued to digits, or beside a currency.
    pub(super) short_scales: Table<u32>,
    /// Units after a number, and their codes.
    pub(super) units: Table<&'static str>,
    /// Currencies that may stand before a number.
    pub(super) prefixes: Table<&'static str>,
    /// Pairs of words that begin like a unit or scale and are something else: "đồng chí", "tỷ lệ".
    pub(super) compounds: Phrases,

    /// Words before a number that hedge it, or seem to.
    pub(super) hedges: Table<Sense>,
    /// Words after a number and its unit that hedge it.
    pub(super) hedges_after: Table<Hedge>,
    /// The same, some words of the thing counted later: "15 đoàn trở lên".
    pub(super) hedges_far: Table<Hedge>,
    /// Words that mark an estimate.
    pub(super) estimates: Phrases,
    /// Words that hold an estimate's word and mark none: "hiệp ước" is a treaty.
    pub(super) estimates_not: Phrases,
    /// After "vượt 5%": words of the plan that was exceeded.
    pub(super) plans: Phrases,
    /// Before "vượt 8%": words of a rate that passed a mark, where otherwise a plan was exceeded by so much.
    pub(super) rates: Phrases,
    /// After "trên 3": things on or in which something is done.
    pub(super) grounds: Phrases,
    /// Places: things a number of which is reached by going there.
    pub(super) places: Phrases,

    /// Words of decrease before a number.
    pub(super) decreases: Phrases,
    /// Phrases that hold such a word and tell of no decrease of the figure: "giảm nghèo" is poverty reduction.
    pub(super) decreases_not: Phrases,
    /// Words of decrease straight after a figure: "a 5% drop".
    pub(super) decreases_after: Phrases,
    /// Words of increase, at which the search for a decrease stops.
    pub(super) increases: Phrases,
    /// Words that may stand between a decrease and its figure.
    pub(super) sign_light: Phrases,
    /// Words that turn the figure into the level reached: "fell to 5%".
    pub(super) sign_blocks: Phrases,
    /// Words next to a decrease that carry it over others: "giảm tỷ lệ hộ nghèo 2%".
    pub(super) sign_bridges_first: Phrases,
    /// Words next to the figure that do so: "a drop in exports of 5%".
    pub(super) sign_bridges_last: Phrases,
    /// Words after a number that make it a multiple: "3 lần".
    pub(super) multiples: Phrases,
    /// Words before such a number, without which "held 9 times" is a count.
    pub(super) multiple_verbs: Phrases,
    /// Words after such a number that do the same: "3 times higher".
    pub(super) multiple_ends: Phrases,

    /// Words that open a range.
    pub(super) range_opens: Phrases,
    /// Words between the ends of a range.
    pub(super) range_joins: Phrases,
    /// The same, only after a word that opens.
    pub(super) range_joins_opened: Phrases,
    /// Verbs after which "from A to B" is a change and no range.
    pub(super) changes: Phrases,

    /// Names of months.
    pub(super) months: Phrases,
    /// Words after which a number is a date, and the greatest it can be: "tháng 11", "năm 2023".
    pub(super) dates: Table<u32>,
    /// Before such a word, these make a rate of it: "mỗi ngày 12 chuyến" is twelve trips a day.
    pub(super) dates_not: Phrases,
    /// Words after which a number of four digits from 1900 to 2100 may be a year.
    pub(super) before_date: Phrases,
    /// Words after which two numbers with a slash or dash are a day and a month.
    pub(super) before_day: Phrases,
    /// Words that follow a year and no count.
    pub(super) after_year: Phrases,
    /// Words after which a number is part of a name: "Resolution No. 22".
    pub(super) names: Phrases,
    /// Words in lower case that a dash joins to a number to make a name: "covid-19".
    pub(super) glued_names: Phrases,
    /// Spans of time, in which a number is not what is reported.
    pub(super) spans: Phrases,
    /// Spans of which up to twelve make part of a year, which never are a figure: "11 months".
    pub(super) months_spans: Phrases,
    /// Words before a span that make it a period: "the first 9 months", "trong 5 năm".
    pub(super) before_span: Phrases,
    /// Words after which a number is a figure only where there is no other: "top 10".
    pub(super) asides: Phrases,
    /// Glued after digits, these make an ordinal.
    pub(super) ordinals: Phrases,
    /// Words of halves, which no digits show.
    pub(super) halves: Phrases,

    /// Number words: units and teens.
    pub(super) small: Table<u32>,
    /// Number words: tens.
    pub(super) tens: Table<u32>,
    /// Units after tens that are written in another way: "hai mươi lăm".
    pub(super) after_tens: Table<u32>,
    /// The word for a hundred.
    pub(super) hundred: Phrase,
    /// Words between a hundred and what follows.
    pub(super) hundred_links: Phrases,
    /// Words before which a number word is something else: "thứ hai".
    pub(super) before_word_not: Phrases,
    /// Phrases that begin with a number word and count nothing: "một số".
    pub(super) words_not: Phrases,
    /// Words between a part and its whole: "15 of the 63".
    pub(super) part_of: Phrases,
    /// Words between the two currencies of an exchange rate: "23,750 VND per USD", "1 USD = 23,750 VND".
    pub(super) rate_links: Phrases,
}

/// The table of a language.
pub(super) fn of(language: Language) -> &'static Lexis {
    match language {
        Language::En => &en::LEXIS,
        Language::Vi => &vi::LEXIS,
    }
}

/// Both tables, the language's own first: an English article may keep Vietnamese words, and be read as Vietnamese.
pub(super) fn both(language: Language) -> [&'static Lexis; 2] {
    [of(language), of(language.other())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::unit::{Unit, UnitKind};

    #[test]
    fn every_unit_word_has_a_known_code() {
        for lexis in Language::ALL.map(of) {
            for (code, phrases) in lexis.units.iter().chain(lexis.prefixes.iter()) {
                assert!(Unit::parse(code).is_some(), "{phrases:?}: {code}");
            }
            for (code, phrases) in lexis.prefixes.iter() {
                assert_eq!(Unit::parse(code).unwrap().kind(), UnitKind::Currency, "{phrases:?}");
            }
        }
    }

    #[test]
    fn phrases_are_in_the_form_that_tokens_have() {
        for lexis in Language::ALL.map(of) {
            let hedges = lexis.hedges.iter().flat_map(|(_, phrases)| *phrases);
            let scales = lexis.scales.iter().flat_map(|(_, phrases)| *phrases);
            let units = lexis.units.iter().flat_map(|(_, phrases)| *phrases);
            for phrase in hedges.chain(scales).chain(units).chain(lexis.decreases.iter()).chain(lexis.names.iter()) {
                let tokens: Vec<String> =
                    crate::figure::scan::scan(phrase).into_iter().map(|token| token.lower.into_owned()).collect();
                assert_eq!(tokens.join(" "), *phrase);
            }
        }
    }

    #[test]
    fn no_phrase_stands_twice_in_a_table() {
        for lexis in Language::ALL.map(of) {
            for table in [&lexis.units, &lexis.prefixes] {
                let mut phrases: Vec<&str> = table.iter().flat_map(|(_, phrases)| phrases.iter().copied()).collect();
                let count = phrases.len();
                phrases.sort_unstable();
                phrases.dedup();
                assert_eq!(phrases.len(), count);
            }
        }
    }
}
