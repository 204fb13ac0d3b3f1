//! Which numbers of a text are figures, and which are dates, names and other numbers that report nothing.

use super::lexis::{Lexis, Phrases, both, ends_at};
use super::scan::Token;
use super::unit::{Unit, UnitKind};
use crate::language::Language;

/// What a number token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A number that reports something.
    Figure,
    /// A figure only where the text has no other: "top 10", "5 years", "16-member".
    Aside,
    /// A date, a name, an ordinal.
    Skipped,
}

/// The role of every token; that of words and marks means nothing.
pub(super) fn roles(tokens: &[Token<'_>], language: Language) -> Vec<Role> {
    let reader = Roles { tokens, lexes: both(language) };
    let mut roles = vec![Role::Skipped; tokens.len()];
    let mut years = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens.get(at).is_some_and(Token::is_number) {
            at += 1;
            continue;
        }
        let last = reader.chain_end(at);
        let together = reader.chain_role(at, last);
        for index in (at..=last).step_by(2) {
            match together.or_else(|| reader.single_role(index)) {
                Some(role) => roles[index] = role,
                None => years.push(index),
            }
        }
        at = last + 1;
    }
    reader.spread_days(&mut roles);
    let others = (0..tokens.len()).any(|index| !years.contains(&index) && roles[index] == Role::Figure);
    for index in years {
        roles[index] = reader.year_role(index, others);
    }
    roles
}

/// Whether a number that stands after these tokens ends a date or name, so that digits after it are another number.
pub(super) fn ends_date(before: &[Token<'_>], language: Language) -> bool {
    let end = before.len();
    both(language).iter().any(|lexis| {
        [&lexis.months, &lexis.names].iter().any(|list| list.longest_to(before, end).is_some())
            || lexis.dates.longest_to(before, end).is_some()
    })
}

struct Roles<'a> {
    tokens: &'a [Token<'a>],
    lexes: [&'static Lexis; 2],
}

impl Roles<'_> {
    fn from(&self, at: usize, list: impl Fn(&'static Lexis) -> &'static Phrases) -> bool {
        self.lexes.into_iter().any(|lexis| list(lexis).longest_from(self.tokens, at).is_some())
    }

    fn to(&self, end: usize, list: impl Fn(&'static Lexis) -> &'static Phrases) -> bool {
        self.lexes.into_iter().any(|lexis| list(lexis).longest_to(self.tokens, end).is_some())
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_ref())
    }

    fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// A number as small digits without signs, if it is that.
    fn plain(&self, at: usize) -> Option<u32> {
        let text = self.text(at);
        (text.len() <= 4).then(|| text.parse().ok()).flatten()
    }

    fn is_year(&self, at: usize) -> bool {
        self.text(at).len() == 4 && self.plain(at).is_some_and(|year| (1900..=2100).contains(&year))
    }

    /// A scale word, percent sign or currency follows, so that the number is no date whatever stands before it.
    fn is_amount(&self, at: usize) -> bool {
        let next = at + 1;
        let long = |phrase: &str| phrase.chars().count() > 1 || !phrase.chars().all(char::is_alphabetic);
        self.lexes.iter().any(|lexis| {
            let found = lexis.scales.any_from(self.tokens, next, long) || lexis.units.any_from(self.tokens, next, long);
            found && lexis.compounds.longest_from(self.tokens, next).is_none()
        })
    }

    /// The last of the numbers joined to this one by slashes, dashes or colons, which every second token is.
    fn chain_end(&self, at: usize) -> usize {
        let mut last = at;
        while let (Some(mark), Some(next)) = (self.tokens.get(last + 1), self.tokens.get(last + 2)) {
            let tight = !mark.spaced && !next.spaced && matches!(mark.lower.as_ref(), "/" | "-" | ":");
            let loose = mark.is_dash() && mark.spaced && next.spaced;
            if !next.is_number() || !(tight || loose) {
                break;
            }
            last += 2;
        }
        last
    }

    /// Dates and codes that show by their form: 27/11/2020, 11/2023, 2016-2020, 10:28. `None` where the numbers speak for themselves.
    fn chain_role(&self, first: usize, last: usize) -> Option<Role> {
        if first == last {
            return None;
        }
        let is_pair = last == first + 2;
        if self.is_amount(last) {
            return (is_pair && !self.is_dated(first)).then_some(Role::Figure);
        }
        let mark = self.text(first + 1);
        let dated = self.is_dated(first);
        let day = |at: usize| self.plain(at).is_some_and(|day| (1..=31).contains(&day));
        let month = |at: usize| self.plain(at).is_some_and(|month| (1..=12).contains(&month));
        let date = if !is_pair || mark == ":" {
            true
        } else if self.is_month_day(first) && day(last) && !self.is_noun(last + 1) {
            // "February 8-12"
            true
        } else if self.is_year(first) {
            // 2021-2025, 2021-25, 2022/23
            self.is_year(last) || (self.text(last).len() == 2 && !self.is_noun(last + 1))
        } else if self.is_year(last) {
            month(first)
        } else {
            let pair = (day(first) && month(last)) || (month(first) && day(last));
            let told = dated || self.to(first, |lexis| &lexis.before_day);
            (pair && told && (mark == "/" || dated)) || (dated && month(first) && month(last))
        };
        (date || self.is_name(first)).then_some(Role::Skipped)
    }

    /// The role of a number by itself; `None` for what may be a year.
    fn single_role(&self, at: usize) -> Option<Role> {
        let amount = self.is_amount(at);
        if self.is_rate_base(at) {
            return Some(Role::Aside);
        }
        if self.is_glued_name(at, amount)
            || self.is_glued_before(at)
            || self.is_list_mark(at)
            || self.is_dotted_date(at)
        {
            return Some(Role::Skipped);
        }
        if amount {
            return Some(Role::Figure);
        }
        if self.is_dated(at) || self.is_month_day(at) || self.is_name(at) || self.is_document(at) {
            return Some(Role::Skipped);
        }
        if let Some(role) = self.span_role(at) {
            return Some(role);
        }
        if self.is_year(at) {
            return None;
        }
        let compound =
            self.text(at + 1) == "-" && self.glued(at + 1) && self.glued(at + 2) && self.text(at + 2) != "odd";
        let compound = compound && self.tokens.get(at + 2).is_some_and(Token::is_word);
        if compound || self.to(at, |lexis| &lexis.asides) {
            return Some(Role::Aside);
        }
        Some(Role::Figure)
    }

    /// "1 USD = 23,750 VND", "23.750 đồng đổi 1 USD": the one that a rate is of, beside an amount in another currency.
    fn is_rate_base(&self, at: usize) -> bool {
        if self.text(at) != "1" {
            return false;
        }
        let currency_from = |at: usize| {
            let found = self.lexes.iter().filter_map(|lexis| lexis.units.longest_from(self.tokens, at));
            let (end, code) = found.max_by_key(|(end, _)| *end)?;
            Unit::parse(code).filter(|unit| unit.kind() == UnitKind::Currency).map(|unit| (end, unit))
        };
        let amount_from = |at: usize| {
            let number = (at..at + 3).find(|at| self.tokens.get(*at).is_some_and(Token::is_number))?;
            currency_from(number + 1).map(|(_, unit)| unit)
        };
        let Some((end, unit)) = currency_from(at + 1) else { return false };
        let link_end = self.lexes.iter().find_map(|lexis| lexis.rate_links.longest_from(self.tokens, end));
        let link_start = self.lexes.iter().find_map(|lexis| lexis.rate_links.longest_to(self.tokens, at));
        let before = link_start.and_then(|end| {
            (end.saturating_sub(4)..end).find_map(|at| {
                let number = self.tokens.get(at).filter(|token| token.is_number());
                number.and_then(|_| currency_from(at + 1)).filter(|(last, _)| *last == end).map(|(_, unit)| unit)
            })
        });
        let other = link_end.and_then(amount_from).or(before);
        other.is_some_and(|other| other != unit)
    }

    /// "tháng 11", "năm 2023", "Q1".
    fn is_dated(&self, at: usize) -> bool {
        self.lexes.iter().any(|lexis| {
            lexis.dates.longest_to(self.tokens, at).is_some_and(|(start, most)| {
                let rate = self.to(start, |lexis| &lexis.dates_not);
                let fits = self.plain(at).is_some_and(|value| value <= most);
                fits && !rate && (most < 1900 || self.is_year(at))
            })
        })
    }

    /// "January 5", "5 January", "November 2023".
    fn is_month_day(&self, at: usize) -> bool {
        let dateable = self.plain(at).is_some_and(|value| (1..=31).contains(&value) || self.is_year(at));
        let month = |at: usize| {
            let capital = self.tokens.get(at).is_some_and(|token| token.text.starts_with(char::is_uppercase));
            capital && self.from(at, |lexis| &lexis.months)
        };
        let before = at.checked_sub(1).is_some_and(month);
        let after_day =
            at >= 2 && self.is_year(at) && matches!(self.text(at - 1), "," | ".") && at >= 3 && month(at - 3);
        dateable && (before || month(at + 1) || after_day || (self.text(at + 1) == "of" && month(at + 2)))
    }

    /// "Resolution No. 22", "thứ 5".
    fn is_name(&self, at: usize) -> bool {
        let number_word = ends_at(self.tokens, at, "số").is_some();
        // Without a document before it, "số" tells how many: "tổng số 588 dự án", "dân số 1.700.000".
        self.to(at, |lexis| &lexis.names) || (number_word && at == 1)
    }

    /// "12-CT/TW", "31/NQ-CP": capitals after a dash or slash.
    fn is_document(&self, at: usize) -> bool {
        let marked = matches!(self.text(at + 1), "-" | "/") && self.glued(at + 1) && self.glued(at + 2);
        let capitals = |token: &Token<'_>| {
            token.is_word() && token.text.chars().count() >= 2 && token.text.chars().take(2).all(char::is_uppercase)
        };
        let unit = self.lexes.iter().any(|lexis| lexis.units.longest_from(self.tokens, at + 2).is_some());
        marked && !unit && self.tokens.get(at + 2).is_some_and(capitals)
    }

    /// "G20", "Covid-19", "QL1A": letters straight before the digits that are no currency and no slip of the space bar.
    fn is_glued_name(&self, at: usize, amount: bool) -> bool {
        if at == 0 || !self.glued(at) {
            return false;
        }
        let before = at - 1;
        if self.tokens[before].is_word() {
            let currency = self.lexes.iter().any(|lexis| lexis.prefixes.longest_to(self.tokens, at).is_some());
            let hedge = self.lexes.iter().any(|lexis| lexis.hedges.longest_to(self.tokens, at).is_some());
            return !(currency || hedge || (amount && self.tokens[before].text.chars().count() > 2));
        }
        // "ASEAN+3"
        if self.tokens[before].is("+") && self.glued(before) && before > 0 && self.tokens[before - 1].is_word() {
            return true;
        }
        let word = before.checked_sub(1).and_then(|at| self.tokens.get(at)).filter(|word| word.is_word());
        let Some(word) = word.filter(|_| self.tokens[before].is_dash() && self.glued(before)) else { return false };
        let named = word.text.starts_with(char::is_uppercase) || self.to(before, |lexis| &lexis.glued_names);
        let measured = self.lexes.iter().any(|lexis| {
            lexis.units.longest_to(self.tokens, before).is_some()
                || lexis.scales.longest_to(self.tokens, before).is_some()
        });
        named && !measured && !self.to(before, |lexis| &lexis.before_date)
    }

    /// "5G", "19th", "8h30": letters straight after the digits that are no unit.
    fn is_glued_before(&self, at: usize) -> bool {
        let Some(word) = self.tokens.get(at + 1).filter(|word| word.is_word() && !word.spaced) else { return false };
        if self.from(at + 1, |lexis| &lexis.ordinals) {
            return true;
        }
        if self.tokens.get(at + 2).is_some_and(|next| next.is_number() && !next.spaced) {
            return true;
        }
        let known = self.lexes.iter().any(|lexis| {
            lexis.scales.longest_from(self.tokens, at + 1).is_some()
                || lexis.short_scales.longest_from(self.tokens, at + 1).is_some()
                || lexis.units.longest_from(self.tokens, at + 1).is_some()
        });
        let length = word.text.chars().count();
        let capitals = length <= 3 && word.text.chars().all(char::is_uppercase);
        let generation = word.text == "G" && self.text(at).len() == 1;
        generation || (!known && (length == 1 || capitals))
    }

    /// "1. Exports", "2) Imports", at the start.
    fn is_list_mark(&self, at: usize) -> bool {
        let mark = matches!(self.text(at + 1), "." | ")") && self.glued(at + 1);
        let start = at == 0 || (at == 1 && self.text(0) == "(");
        start && mark && self.tokens.get(at + 2).is_some_and(|next| next.spaced)
    }

    /// "10.8.2022"; "ngày 20.1".
    fn is_dotted_date(&self, at: usize) -> bool {
        let mut parts = self.text(at).split('.');
        let (Some(day), Some(month)) = (parts.next(), parts.next()) else { return false };
        let told = || self.lexes.iter().any(|lexis| lexis.dates.longest_to(self.tokens, at).is_some());
        let is_dated = match (parts.next(), parts.next()) {
            (None, _) => told(),
            (Some(year), None) => year.len() == 4,
            (Some(_), Some(_)) => false,
        };
        is_dated && day.len() <= 2 && month.len() <= 2
    }

    /// "the first 11 months", "5 years".
    fn span_role(&self, at: usize) -> Option<Role> {
        if !self.from(at + 1, |lexis| &lexis.spans) {
            return None;
        }
        let part_of_year =
            self.plain(at).is_some_and(|value| value <= 12) && self.from(at + 1, |lexis| &lexis.months_spans);
        let period = part_of_year || self.to(at, |lexis| &lexis.before_span);
        Some(if period { Role::Skipped } else { Role::Aside })
    }

    /// "5 and 6 January", "from May 5 to 7": a number joined to a date's day is a day as well.
    fn spread_days(&self, roles: &mut [Role]) {
        let day = |at: usize| self.plain(at).is_some_and(|day| (1..=31).contains(&day)) && !self.is_amount(at);
        for at in 2..self.tokens.len() {
            let first = at - 2;
            let joined = matches!(self.text(at - 1), "and" | "to" | "-" | "và" | "đến" | ",");
            if !joined || !day(first) || !day(at) {
                continue;
            }
            if self.is_month_day(at) {
                roles[first] = Role::Skipped;
            } else if self.is_month_day(first) && self.text(at - 1) != "," && !self.is_noun(at + 1) {
                roles[at] = Role::Skipped;
            }
        }
    }

    /// A word that can be counted follows: not the end, a mark, or a word of grammar.
    fn is_noun(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_word) && !self.from(at, |lexis| &lexis.after_year)
    }

    fn year_role(&self, at: usize, others: bool) -> Role {
        if self.is_range_end(at) {
            return Role::Figure;
        }
        let noun = self.is_noun(at + 1);
        let placed = self.to(at, |lexis| &lexis.before_date) || self.is_acronym_before(at);
        let skipped = if noun { placed && others } else { placed || others };
        if skipped && !self.is_hedged(at, others) { Role::Skipped } else { Role::Figure }
    }

    /// "from 2000 to 2500 people", "800 to 2000": joined to a number that is no year.
    fn is_range_end(&self, at: usize) -> bool {
        let counts = |at: usize| {
            self.tokens.get(at).is_some_and(Token::is_number)
                && (!self.is_year(at) || self.is_amount(at))
                && !self.is_dated(at)
        };
        let after = self.from(at + 1, |lexis| &lexis.range_joins) && counts(at + 2);
        let before = at >= 2 && self.from(at - 1, |lexis| &lexis.range_joins) && counts(at - 2);
        (after && !self.is_amount(at)) || before
    }

    /// "APEC 2017", "FDI 2022".
    fn is_acronym_before(&self, at: usize) -> bool {
        let word = at.checked_sub(1).and_then(|before| self.tokens.get(before)).filter(|word| word.is_word());
        let hedge = self.lexes.iter().any(|lexis| lexis.hedges.longest_to(self.tokens, at).is_some());
        !hedge && word.is_some_and(|word| word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase))
    }

    /// "over 2022" counts something where nothing else does.
    fn is_hedged(&self, at: usize, others: bool) -> bool {
        !others && self.lexes.iter().any(|lexis| lexis.hedges.longest_to(self.tokens, at).is_some())
    }
}
