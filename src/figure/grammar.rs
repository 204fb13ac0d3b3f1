//! A number with what belongs to it: sign, currency before, scale words, unit after; and two such joined to a range.

use super::hedge::Hedge;
use super::lexis::{Lexis, Phrases, Table, ends_at};
use super::scan::Token;
use super::unit::{Unit, UnitKind};
use std::borrow::Cow;
use std::ops::Range;

/// The digits of a number as printed, and the power of ten that its scale words make.
#[derive(Debug, Clone)]
pub(super) struct Printed<'t> {
    pub(super) raw: Cow<'t, str>,
    pub(super) power: u32,
}

/// A number and what belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Piece<'t> {
    /// The tokens that it takes.
    pub(super) tokens: Range<usize>,
    /// One number; more for "1 tỷ 200 triệu".
    pub(super) printed: Vec<Printed<'t>>,
    /// Whether a scale word stands after it.
    pub(super) scaled: bool,
    /// The unit before or after it.
    pub(super) unit: Option<Unit>,
    /// Whether the unit stands after it, so that a scale word further on is not its own.
    pub(super) closed: bool,
    /// Whether a minus sign stands before it.
    pub(super) minus: bool,
    /// A hedge that stands after it.
    pub(super) hedge: Option<Hedge>,
    /// Two different currencies, or letters that could be any scale.
    pub(super) unclear: Option<String>,
}

/// The tables in use, the text's own language first.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) [&'static Lexis; 2]);

impl Words {
    pub(super) fn longest_from<T: Copy + 'static>(
        self,
        tokens: &[Token<'_>],
        at: usize,
        table: impl Fn(&'static Lexis) -> &'static Table<T>,
    ) -> Option<(usize, T)> {
        let ends = self.0.into_iter().filter_map(|lexis| table(lexis).longest_from(tokens, at));
        // The first of equals is the text's own.
        ends.reduce(|best, next| if next.0 > best.0 { next } else { best })
    }

    pub(super) fn longest_to<T: Copy + 'static>(
        self,
        tokens: &[Token<'_>],
        end: usize,
        table: impl Fn(&'static Lexis) -> &'static Table<T>,
    ) -> Option<(usize, T)> {
        let starts = self.0.into_iter().filter_map(|lexis| table(lexis).longest_to(tokens, end));
        starts.reduce(|best, next| if next.0 < best.0 { next } else { best })
    }

    pub(super) fn any_from(
        self,
        tokens: &[Token<'_>],
        at: usize,
        list: impl Fn(&'static Lexis) -> &'static Phrases,
    ) -> Option<usize> {
        self.0.into_iter().filter_map(|lexis| list(lexis).longest_from(tokens, at)).max()
    }

    pub(super) fn any_to(
        self,
        tokens: &[Token<'_>],
        end: usize,
        list: impl Fn(&'static Lexis) -> &'static Phrases,
    ) -> Option<usize> {
        self.0.into_iter().filter_map(|lexis| list(lexis).longest_to(tokens, end)).min()
    }
}

/// The piece whose number takes these tokens; `floor` is where the piece before it ends.
pub(super) fn piece<'t>(
    tokens: &'t [Token<'t>],
    number: Range<usize>,
    raw: Cow<'t, str>,
    floor: usize,
    words: Words,
) -> Piece<'t> {
    let prefix = words.longest_to(tokens, number.start, |lexis| &lexis.prefixes).filter(|(start, _)| *start >= floor);
    let mut start = prefix.map_or(number.start, |(start, _)| start);
    let prefix = prefix.and_then(|(_, code)| Unit::parse(code));
    let mut minus = false;
    for candidate in [number.start, start] {
        if let Some(sign) = sign_before(tokens, candidate, floor) {
            minus = tokens[sign].is_dash();
            start = start.min(sign);
            break;
        }
    }
    let mut reader = After { tokens, words, at: number.end, unclear: None };
    let hedge = reader.hedge();
    let (power, scaled) = reader.scale(prefix);
    let mut printed = vec![Printed { raw, power }];
    if scaled {
        reader.compound(&mut printed);
    }
    let hedge = hedge.or_else(|| reader.hedge());
    let suffix = reader.unit();
    let mut scaled = scaled;
    if !scaled && suffix.is_some_and(|unit| unit.kind() == UnitKind::Currency) {
        // "9.98 USD billion"
        let (power, late) = reader.scale(None);
        scaled = late;
        if let Some(first) = printed.first_mut() {
            first.power = power;
        }
    }
    let hedge = hedge.or_else(|| reader.hedge()).or_else(|| reader.far_hedge());
    if let (Some(before), Some(after)) = (prefix, suffix)
        && before != after
        && after.kind() == UnitKind::Currency
    {
        reader.unclear = Some(format!("{before} stands before the number and {after} after it"));
    }
    let symbol = number.start.checked_sub(1).filter(|at| *at >= floor).and_then(|at| tokens.get(at));
    if let Some(symbol) = symbol.filter(|symbol| prefix.is_none() && is_currency_sign(&symbol.text)) {
        reader.unclear = Some(format!("`{}` stands for no one currency", symbol.text));
    }
    let unit = suffix.filter(|unit| prefix.is_none() || unit.kind() == UnitKind::Percent).or(prefix);
    Piece {
        tokens: start..reader.at,
        printed,
        scaled,
        unit,
        closed: suffix.is_some(),
        minus,
        hedge,
        unclear: reader.unclear,
    }
}

/// A currency sign of Unicode's blocks; those that mean one currency are in the word tables, ¥ is both yen and yuan.
fn is_currency_sign(text: &str) -> bool {
    text.chars().all(|character| matches!(character, '$' | '¢' | '£' | '¤' | '¥' | '₠'..='\u{20cf}'))
}

/// The sign glued to the left of this token, if it is one: not a dash between words or numbers, nor a bullet.
fn sign_before(tokens: &[Token<'_>], at: usize, floor: usize) -> Option<usize> {
    let sign = at.checked_sub(1).filter(|sign| *sign >= floor)?;
    let mark = tokens.get(sign)?;
    let glued = !tokens.get(at)?.spaced;
    let free = mark.spaced
        || sign == 0
        || tokens.get(sign - 1).is_some_and(|before| matches!(before.lower.as_ref(), "(" | ":" | "~" | ">" | "<"));
    (glued && free && matches!(mark.lower.as_ref(), "-" | "+")).then_some(sign)
}

/// Reads on after the digits.
struct After<'a> {
    tokens: &'a [Token<'a>],
    words: Words,
    at: usize,
    unclear: Option<String>,
}

impl<'a> After<'a> {
    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// Where to look on: past the hyphen of "2.5-billion-dollar".
    fn next(&self) -> usize {
        let word = self.tokens.get(self.at + 1).is_some_and(|next| next.is_word() && !next.spaced);
        let hyphen = self.is(self.at, "-") && self.glued(self.at) && word;
        if hyphen { self.at + 1 } else { self.at }
    }

    /// "tỷ lệ" and "đồng chí" begin like a scale and a unit.
    fn is_compound(&self, at: usize) -> bool {
        self.words.any_from(self.tokens, at, |lexis| &lexis.compounds).is_some()
    }

    /// A hedge after the thing counted: "15 đoàn trở lên", "500 workers or more".
    fn far_hedge(&self) -> Option<Hedge> {
        let mut words =
            (self.at..self.tokens.len()).take(6).take_while(|at| self.tokens.get(*at).is_some_and(Token::is_word));
        words.find_map(|at| self.words.longest_from(self.tokens, at, |lexis| &lexis.hedges_far).map(|(_, hedge)| hedge))
    }

    fn hedge(&mut self) -> Option<Hedge> {
        let (end, hedge) = self.words.longest_from(self.tokens, self.at, |lexis| &lexis.hedges_after)?;
        // "588 + 36" is a sum.
        if self.is(self.at, "+") && (!self.glued(self.at) || self.tokens.get(end).is_some_and(Token::is_number)) {
            return None;
        }
        self.at = end;
        Some(hedge)
    }

    /// The power of ten of the scale words, and whether there are any.
    fn scale(&mut self, prefix: Option<Unit>) -> (u32, bool) {
        let mut power: u32 = 0;
        let mut scaled = false;
        loop {
            let at = self.next();
            let found =
                self.words.longest_from(self.tokens, at, |lexis| &lexis.scales).filter(|_| !self.is_compound(at));
            let Some((end, exponent)) = found else { break };
            power = power.saturating_add(exponent);
            scaled = true;
            self.at = end;
        }
        if !scaled {
            if let Some((end, exponent)) = self.short_scale(prefix) {
                self.at = end;
                return (exponent, true);
            }
            self.reject_unknown_letters(prefix);
        }
        (power, scaled)
    }

    /// k, m, b and the like, where they cannot be metres or tonnes. Where they could be either, the piece is unclear.
    fn short_scale(&mut self, prefix: Option<Unit>) -> Option<(usize, u32)> {
        let own = self.words.0.first()?;
        let (end, exponent) = own.short_scales.longest_from(self.tokens, self.at)?;
        let word = self.tokens.get(self.at)?;
        let is_unit = self.words.longest_from(self.tokens, self.at, |lexis| &lexis.units).is_some();
        let after = self.words.longest_from(self.tokens, end, |lexis| &lexis.units);
        let measured =
            after.and_then(|(_, code)| Unit::parse(code)).is_some_and(|unit| unit.kind() != UnitKind::Percent);
        let counted = self.is_plural(end);
        let sure = prefix.is_some() || measured || (!word.spaced && (!is_unit || (counted && word.is("m"))));
        if !sure && (!is_unit || (counted && word.is("m"))) {
            self.unclear = Some(format!("`{}` apart from the number is no scale word", word.text));
        }
        sure.then_some((end, exponent))
    }

    /// "visitors", "people": what a short "m" counts in millions, where metres have no plural after them.
    fn is_plural(&self, at: usize) -> bool {
        let grammar = self.words.any_from(self.tokens, at, |lexis| &lexis.after_year).is_some();
        let plural = |word: &str| {
            (word.ends_with('s') && word.len() > 4 && word != "across" && word != "towards") || word == "people"
        };
        !grammar && self.tokens.get(at).is_some_and(|next| next.is_word() && plural(&next.lower))
    }

    /// "$1.2tr": letters glued to an amount of money that no table knows could be any scale.
    fn reject_unknown_letters(&mut self, prefix: Option<Unit>) {
        // "500 xyz USD", but not "5 to USD 7" and not "23,750 VND per USD"
        if self.words.any_from(self.tokens, self.at, |lexis| &lexis.rate_links).is_some() {
            return;
        }
        let code = self.words.longest_from(self.tokens, self.at + 1, |lexis| &lexis.prefixes);
        let coded = code.is_some_and(|(end, _)| !self.tokens.get(end).is_some_and(Token::is_number));
        let letters = |word: &&Token<'_>| word.is_word() && (!word.spaced || (coded && word.text.chars().count() <= 4));
        let Some(word) = self.tokens.get(self.at).filter(letters) else { return };
        let known = self.words.longest_from(self.tokens, self.at, |lexis| &lexis.units).is_some();
        let short = word.text.chars().count() <= 4;
        let after = self.words.longest_from(self.tokens, self.at + 1, |lexis| &lexis.units).is_some();
        if !known && short && (prefix.is_some() || after) {
            self.unclear = Some(format!("`{}` after the number is no scale word", word.text));
        }
    }

    /// "1 tỷ 200 triệu": numbers with ever smaller scale words.
    fn compound(&mut self, printed: &mut Vec<Printed<'a>>) {
        while let Some(number) = self.tokens.get(self.at).filter(|token| token.is_number() && token.spaced) {
            let mut ahead = After { tokens: self.tokens, words: self.words, at: self.at + 1, unclear: None };
            let (power, scaled) = ahead.scale(None);
            let Some(last) = printed.last() else { return };
            let digits = number.text.chars().filter(char::is_ascii_digit).count();
            let fits = u32::try_from(digits).is_ok_and(|digits| digits + power <= last.power);
            if !scaled || !fits || last.raw.contains(['.', ',']) || number.text.contains(['.', ',']) {
                return;
            }
            printed.push(Printed { raw: number.text.clone(), power });
            self.at = ahead.at;
        }
    }

    fn unit(&mut self) -> Option<Unit> {
        let at = self.next();
        let bracket = self.is(at, "(");
        let at = if bracket || self.is(at, "of") { at + 1 } else { at };
        let found = self.words.longest_from(self.tokens, at, |lexis| &lexis.units);
        let (end, code) = found.filter(|_| !self.is_compound(at))?;
        // "2.45 billion (USD)", but not "VND 8 billion ($350,000)"; and "US$5m-US$7m" has a range's second currency.
        let next_amount = self.tokens.get(end).is_some_and(|next| next.is_number() && !next.spaced);
        if (bracket && !self.is(end, ")")) || (next_amount && at > self.at) {
            return None;
        }
        self.at = end;
        Unit::parse(code)
    }
}

/// Whether two pieces are the ends of one range; returns where the opening word starts, or the first piece does.
pub(super) fn range_start(tokens: &[Token<'_>], first: &Piece<'_>, last: &Piece<'_>, words: Words) -> Option<usize> {
    let gap = first.tokens.end;
    let width = last.tokens.start.checked_sub(gap)?;
    let opened = words.any_to(tokens, first.tokens.start, |lexis| &lexis.range_opens);
    let joined = |list: fn(&'static Lexis) -> &'static Phrases| {
        words
            .0
            .iter()
            .any(|lexis| list(lexis).iter().any(|phrase| ends_at(tokens, last.tokens.start, phrase) == Some(gap)))
    };
    if width == 0
        || !(joined(|lexis| &lexis.range_joins) || (opened.is_some() && joined(|lexis| &lexis.range_joins_opened)))
    {
        return None;
    }
    let start = opened.unwrap_or(first.tokens.start);
    let dash = tokens.get(gap).is_some_and(Token::is_dash);
    let changed = words.any_to(tokens, start, |lexis| &lexis.changes).is_some();
    // "up 15 to 20 percent" is a range, "up from 15 to 20 percent" and "up 5 to 20" are changes.
    let shared = opened.is_none() && first.unit.is_none() && last.unit == Some(Unit::PERCENT);
    (dash || shared || !changed).then_some(start)
}
