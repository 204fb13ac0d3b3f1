//! The steps from a text to a figure.

use super::error::{ReadError, Reading};
use super::grammar::{Piece, Printed, Words, piece, range_start};
use super::lexis::{self, both};
use super::number::{MOST_DIGITS, is_digits, misplaced, too_long, well_formed};
use super::scan::{Token, merge_groups, scan, spelt};
use super::sense::{Bearer, said};
use super::skip::{Role, ends_date, roles};
use super::unit::{Unit, UnitKind};
use super::words::{Cardinal, cardinal_at, cardinals};
use super::{Admitted, Figure, Quantity};
use crate::language::Language;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Reads the one figure in a short text, by the number grammar of the language.
///
/// Words around it are welcome; dates and names are set aside. The rules are those of the tool's design, "Reading a figure".
///
/// ```
/// use brief::figure::read;
/// use brief::language::Language;
///
/// let figure = read("gần 9,98 tỉ USD", Language::Vi)?;
/// assert_eq!(figure.value().map(|value| value.normalize().to_string()).as_deref(), Some("9980000000"));
/// assert_eq!((figure.unit().code(), figure.hedge().code()), ("USD", "nearly"));
/// # Ok::<(), brief::figure::ReadError>(())
/// ```
///
/// # Errors
///
/// [`ReadError::Unreadable`] where there is no figure, or more than one, or one that cannot be understood;
/// [`ReadError::Ambiguous`] where its signs follow another grammar and it can be read in two ways.
pub fn read(text: &str, language: Language) -> Result<Figure, ReadError> {
    let spelt = spelt(text);
    let tokens = merge_groups(scan(&spelt), |before| ends_date(before, language));
    let words = Words(both(language));
    let reader = Reader { text, language, tokens: &tokens, words };
    reader.check_signs()?;
    let pieces = reader.pieces();
    let (start, pieces) = reader.one_figure(pieces)?;
    reader.figure(start, &pieces)
}

/// Reads figures among the tokens of a text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) tokens: &'a [Token<'a>],
    pub(super) words: Words,
}

impl Reader<'_> {
    /// Digits that are not 0 to 9 cannot be read past: "2½" is not 2.
    fn check_signs(&self) -> Result<(), ReadError> {
        let mut others = self.tokens.iter().filter(|token| !token.is_number() && !token.text.is_ascii());
        let strange = others.find(|token| !token.text.contains(['²', '³']) && token.text.chars().any(char::is_numeric));
        match strange {
            Some(token) => Err(ReadError::unreadable(
                format!("`{}` is not written in the digits 0 to 9", token.text),
                "write the number in the digits 0 to 9, with decimals".to_owned(),
            )),
            None => Ok(()),
        }
    }

    /// The numbers of the text that report something: in digits, or else in words.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let roles = roles(self.tokens, self.language);
        for wanted in [Role::Figure, Role::Aside] {
            let numbers: Vec<usize> =
                (0..self.tokens.len()).filter(|at| self.tokens[*at].is_number() && roles[*at] == wanted).collect();
            if !numbers.is_empty() {
                return self
                    .pieces_of(numbers.into_iter().map(|at| (at, at + 1, Cow::Borrowed(&*self.tokens[at].text))));
            }
        }
        let found = cardinals(self.tokens, lexis::of(self.language));
        self.pieces_of(found.into_iter().map(|Cardinal { start, end, value }| (start, end, value.to_string().into())))
    }

    fn pieces_of<'s>(&'s self, numbers: impl Iterator<Item = (usize, usize, Cow<'s, str>)>) -> Vec<Piece<'s>> {
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for (start, end, raw) in numbers {
            let floor = pieces.last().map_or(0, |last| last.tokens.end);
            // The later numbers of "1 tỷ 200 triệu" were taken with the first.
            if start >= floor {
                pieces.push(piece(self.tokens, start..end, raw, floor, self.words));
            }
        }
        pieces
    }

    /// The one figure: a single piece, or two that are the ends of a range; and where it starts.
    fn one_figure<'p>(&self, pieces: Vec<Piece<'p>>) -> Result<(usize, Vec<Piece<'p>>), ReadError> {
        match &pieces[..] {
            [] => Err(self.no_figure()),
            [one] => match self.part_before(one) {
                Some(part) => Err(self.two_figures(&[part, self.quote(one.tokens.start, one.tokens.end)])),
                None => Ok((one.tokens.start, pieces)),
            },
            [first, last] => {
                let same_unit = first.unit.is_none() || last.unit.is_none() || first.unit == last.unit;
                match range_start(self.tokens, first, last, self.words) {
                    Some(start) if same_unit => Ok((start, pieces)),
                    _ => Err(self.two_figures(&self.quotes(&pieces))),
                }
            }
            _ => Err(self.two_figures(&self.quotes(&pieces))),
        }
    }

    /// "one of the 10 provinces": the part in words before the whole in digits.
    fn part_before(&self, whole: &Piece<'_>) -> Option<String> {
        let own = lexis::of(self.language);
        let links = own.part_of.iter().filter_map(|link| lexis::ends_at(self.tokens, whole.tokens.start, link));
        let mut parts = links.flat_map(|link| (0..link).map(move |at| (at, link)));
        parts.find_map(|(at, link)| {
            // "một trong 10": what "một trong" else is, an idiom, does not matter here.
            let small = own.small.longest_from(self.tokens, at).is_some_and(|(end, _)| end == link);
            let part = small || cardinal_at(self.tokens, at, own).is_some_and(|part| part.end == link);
            part.then(|| self.quote(at, link))
        })
    }

    /// The figure of one piece, or of two that are the ends of a range, that starts at this token.
    pub(super) fn figure(&self, start: usize, pieces: &[Piece<'_>]) -> Result<Figure, ReadError> {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Err(self.no_figure()) };
        for piece in pieces {
            self.check_clear(piece)?;
        }
        let unit = last.unit.or(first.unit).unwrap_or(Unit::COUNT);
        let bearer = Bearer { place: start..last.tokens.end, unit, minus: first.minus, hedge: last.hedge };
        let said = said(self.tokens, &bearer, self.words);
        let (low, high, readings) = if pieces.len() > 1 {
            let (low, high) = self.ends(first, last)?;
            (low, Some(high), Vec::new())
        } else {
            let single = self.quantity(first)?;
            (single.own, None, single.readings)
        };
        let sign = |value: Decimal| if said.negative { -value } else { value };
        let signed = |quantity: Quantity| Quantity { digits: sign(quantity.digits), ..quantity };
        let whole = |quantity: Quantity| quantity.power == 0 && quantity.digits.scale() == 0;
        let counted = unit.kind() == UnitKind::Count && !said.multiple;
        let exact = counted && whole(low) && high.is_none_or(whole);
        let (first, last) = (signed(low), high.map(signed));
        Ok(Figure {
            text: self.text.to_owned(),
            language: self.language,
            unit,
            hedge: said.hedge,
            estimated: said.estimated,
            exact,
            first,
            last,
            admitted: Admitted::by(first, last, said.hedge, exact),
            readings: readings.into_iter().map(|reading| Reading { value: sign(reading.value), ..reading }).collect(),
        })
    }

    /// The sizes of a range's ends, the lesser first; the scale word of "5 to 7 million" covers the 5 as well.
    fn ends(&self, first: &Piece<'_>, last: &Piece<'_>) -> Result<(Quantity, Quantity), ReadError> {
        let (mut low, high) = (self.quantity(first)?.own, self.quantity(last)?.own);
        if !first.scaled && !first.closed {
            let lifted = Quantity { power: high.power, ..low };
            low = if fits(lifted) { lifted } else { low };
        }
        let rises = low.scaled() <= high.scaled();
        match (first.minus, last.minus) {
            // "from -5% to -3%": the sizes fall where the values rise.
            (true, true) => Ok(if rises { (low, high) } else { (high, low) }),
            (false, false) if rises => Ok((low, high)),
            _ => Err(self.descending(first, last)),
        }
    }

    fn check_clear(&self, piece: &Piece<'_>) -> Result<(), ReadError> {
        if let Some(unclear) = &piece.unclear {
            let quote = self.quote(piece.tokens.start, piece.tokens.end);
            return Err(ReadError::unreadable(
                format!("`{quote}` cannot be read: {unclear}"),
                format!("write the scale word and the unit in full: {}", lexis::of(self.language).example),
            ));
        }
        if self.words.any_from(self.tokens, piece.tokens.end, |lexis| &lexis.halves).is_some() {
            return Err(ReadError::unreadable(
                format!("`{}` holds a number that is not in digits", self.text),
                "write halves as decimals and dozens as their number, in digits".to_owned(),
            ));
        }
        Ok(())
    }

    /// The digits of a piece by the grouping of the language, or what is wrong with them.
    fn quantity(&self, piece: &Piece<'_>) -> Result<Quantities, ReadError> {
        let own = value(piece, self.language, well_formed);
        // Digits without signs mean the same in every language.
        let is_plain = piece.printed.iter().all(|printed| is_digits(&printed.raw));
        let other = if is_plain { own } else { value(piece, self.language.other(), well_formed) };
        let long = |printed: &Printed<'_>| too_long(&printed.raw);
        if piece.printed.iter().any(long) {
            return Err(self.too_long(piece));
        }
        let Some(quantity) = own else {
            return Err(self.ill_formed(piece, other));
        };
        if !fits(quantity) {
            return Err(self.too_long(piece));
        }
        let mut readings = vec![Reading { language: self.language, value: quantity.scaled() }];
        if let Some(other) = other.filter(|other| fits(*other) && other.scaled() != quantity.scaled()) {
            readings.push(Reading { language: self.language.other(), value: other.scaled() });
        }
        Ok(Quantities { own: quantity, readings })
    }

    fn ill_formed(&self, piece: &Piece<'_>, other: Option<Quantity>) -> ReadError {
        let raw = piece.printed.iter().map(|printed| &*printed.raw).collect::<Vec<_>>().join(" … ");
        let own = lexis::of(self.language);
        let swapped = value(piece, self.language, misplaced);
        let candidates = [(self.language.other(), other), (self.language, swapped)];
        let readings: Vec<Reading> = candidates
            .into_iter()
            .filter_map(|(language, quantity)| {
                let value = quantity.filter(|quantity| fits(*quantity))?.scaled();
                Some(Reading { language, value })
            })
            .collect();
        let sign = |character: char| if character == ',' { "a comma" } else { "a point" };
        let mut help = format!(
            "{} puts {} between groups of three digits and {} before decimals",
            own.name,
            sign(own.group),
            sign(own.point)
        );
        for reading in &readings {
            let way = if reading.language == self.language {
                "with its groups mended".to_owned()
            } else {
                format!("read as {} (`read_as: {}`)", lexis::of(reading.language).name, reading.language)
            };
            let value = super::format::number(reading.value.normalize(), self.language);
            help.extend(["; ", &way, " it is ", &value]);
        }
        if readings.len() > 1 {
            let message = format!(
                "`{raw}` is not formed as {} forms numbers, and can be read in {} ways",
                own.name,
                readings.len()
            );
            return ReadError::Ambiguous { message, help, readings };
        }
        ReadError::Unreadable {
            message: format!("`{raw}` is not formed as {} forms numbers", own.name),
            help,
            readings,
        }
    }

    fn too_long(&self, piece: &Piece<'_>) -> ReadError {
        ReadError::unreadable(
            format!("`{}` has more digits than can be kept exactly", self.quote(piece.tokens.start, piece.tokens.end)),
            format!("a figure has at most {MOST_DIGITS} digits, those of its scale word included"),
        )
    }

    fn no_figure(&self) -> ReadError {
        ReadError::unreadable(
            format!("there is no figure in `{}`", self.text),
            format!("write a number in digits, with its unit: {}", lexis::of(self.language).example),
        )
    }

    fn descending(&self, first: &Piece<'_>, last: &Piece<'_>) -> ReadError {
        ReadError::unreadable(
            format!("the range `{}` does not rise", self.quote(first.tokens.start, last.tokens.end)),
            "write the lesser end of a range first, and a change from one value to another as two facts".to_owned(),
        )
    }

    fn two_figures(&self, quotes: &[String]) -> ReadError {
        let list: Vec<String> = quotes.iter().take(5).map(|quote| format!("`{quote}`")).collect();
        ReadError::unreadable(
            format!("`{}` holds more than one figure", self.text),
            format!("write one figure to a fact: {}", list.join(" and ")),
        )
    }

    fn quotes(&self, pieces: &[Piece<'_>]) -> Vec<String> {
        pieces.iter().map(|piece| self.quote(piece.tokens.start, piece.tokens.end)).collect()
    }

    /// The tokens as the text has them, spaces made single.
    fn quote(&self, start: usize, end: usize) -> String {
        let mut quote = String::new();
        for token in self.tokens.get(start..end).unwrap_or_default() {
            if token.spaced && !quote.is_empty() {
                quote.push(' ');
            }
            quote.push_str(&token.text);
        }
        quote
    }
}

/// What a piece's digits mean in the language, and the ways to read them.
struct Quantities {
    own: Quantity,
    readings: Vec<Reading>,
}

/// The digits of a piece by one way of reading numbers.
fn value(
    piece: &Piece<'_>,
    language: Language,
    digits: impl Fn(&str, &lexis::Lexis) -> Option<Decimal>,
) -> Option<Quantity> {
    let lexis = lexis::of(language);
    let power = piece.printed.last()?.power;
    let mut total = Decimal::ZERO;
    for printed in &piece.printed {
        let number = digits(&printed.raw, lexis)?;
        let lifted = Quantity { digits: number, power: printed.power.checked_sub(power)? };
        if !fits(lifted) {
            return None;
        }
        total = if piece.printed.len() == 1 { number } else { total.checked_add(lifted.scaled())? };
    }
    Some(Quantity { digits: total, power })
}

/// Whether the digits and those of the scale word are few enough for exact arithmetic.
fn fits(quantity: Quantity) -> bool {
    let mantissa = quantity.digits.mantissa().unsigned_abs();
    let length = mantissa.checked_ilog10().map_or(1, |log| log + 1);
    let zeros = quantity.power.saturating_sub(quantity.digits.scale());
    let most = u32::try_from(MOST_DIGITS).unwrap_or(u32::MAX);
    length.saturating_add(zeros) <= most
}
