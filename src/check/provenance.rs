//! The printed figures of a sheet held against the texts of its sources: where each is found, and how what is found differs.

use super::facts::Facts;
use crate::article::{Article, ArticleError, Library, Number, Words};
use crate::figure::{self, Decimal, Figure, Hedge, Unit, UnitKind};
use crate::language::Language;
use crate::sheet::{Fact, Printed, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Words before a number that may limit it ("up to 62") or lead to it ("tăng lên đến 62"): which, a shortened phrase cannot tell.
const LEADS: [&str; 4] = ["to", "đến", "tới", "lên"];

/// What may stand between the numbers of a list that share one scale word: "1.6 and 2.08 million USD".
const JOINTS: [&str; 9] = [",", ";", "and", ", and", "or", "và", ", và", "hoặc", "&"];

/// A sentence of fewer words than this is a row of a table or a heading, where scale and unit stand elsewhere.
const FEW_WORDS: usize = 4;

/// Every source that prints a figure, with its text.
pub(super) struct Provenance<'a> {
    /// By the sources' ids.
    pub(super) texts: Vec<(&'a Source, Result<SourceText<'a>, ArticleError>)>,
}

/// The text of a source, and the figures that the sheet says it prints.
pub(super) struct SourceText<'a> {
    /// The text.
    pub(super) article: Article,
    /// Its numbers by the grammar of the source's language, and by that of figures that keep another's form.
    numbers: BTreeMap<Language, Vec<Number>>,
    /// The figures, in the order of the sheet.
    pub(super) look_ups: Vec<LookUp<'a>>,
    /// Those that could not be read; another rule says so.
    unread: Vec<&'a Printed>,
    /// The source's language.
    language: Language,
}

/// One printed figure, looked up.
pub(super) struct LookUp<'a> {
    /// The fact that it is printed for.
    pub(super) fact: &'a Fact,
    /// As the sheet has it.
    pub(super) printed: &'a Printed,
    /// As it was read.
    pub(super) figure: &'a Figure,
    /// The words beside its number.
    pub(super) words: Words,
    /// Where it is, and what differs there; none if its number is nowhere.
    pub(super) found: Option<(Difference, Number)>,
}

/// How a number of an article differs from a printed figure of the same value, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// Not at all.
    None,
    /// It is printed to another place: 0.96 million, 960 thousand.
    Place,
    /// Another hedge, or none where the sheet has one.
    Hedge,
    /// A decrease where the sheet has none, or the reverse.
    Sign,
    /// It is one end of a range.
    EndOfRange,
    /// Bare digits in a table, without the scale word or the unit.
    Bare,
    /// Other words stand around it: it counts something else.
    Words,
}

impl<'a> Provenance<'a> {
    /// Reads the text of every source that prints a figure, and looks the figures up.
    pub(super) fn of(facts: &Facts<'a>, library: &Library) -> Provenance<'a> {
        let province = facts.catalog.provinces.find(&facts.sheet.province).ok().map(|province| province.id.as_str());
        let mut printed: BTreeMap<&str, Vec<(&'a Fact, &'a Printed)>> = BTreeMap::new();
        for fact in &facts.sheet.facts {
            for figure in &fact.printed {
                printed.entry(&figure.source.value).or_default().push((fact, figure));
            }
        }
        let sources = facts.sheet.sources.values();
        let texts = sources.filter_map(|source| {
            let printed = printed.remove(source.id.value.as_str())?;
            let article = library.read(province, &source.id, source.language);
            Some((source, article.map(|article| SourceText::new(article, source.language, &printed))))
        });
        Provenance { texts: texts.collect() }
    }
}

impl<'a> SourceText<'a> {
    fn new(article: Article, language: Language, printed: &[(&'a Fact, &'a Printed)]) -> SourceText<'a> {
        let mut numbers = BTreeMap::from([(language, article.numbers(language))]);
        let (mut look_ups, mut unread) = (Vec::new(), Vec::new());
        for (fact, printed) in printed {
            let Ok(figure) = &printed.figure else {
                unread.push(*printed);
                continue;
            };
            let language = figure.language();
            let numbers = numbers.entry(language).or_insert_with(|| article.numbers(language));
            let words = Words::of_figure(figure.text(), language);
            let found = search(&article, numbers, figure, &words);
            look_ups.push(LookUp { fact, printed, figure, words, found });
        }
        SourceText { article, numbers, look_ups, unread, language }
    }

    /// The numbers by the grammar of a language.
    pub(super) fn numbers(&self, language: Language) -> &[Number] {
        self.numbers.get(&language).map_or(&[], Vec::as_slice)
    }

    /// Where the numbers start that some figure of the sheet carries. Of several in one sentence, it is the one that stands nearest to
    /// the figure's words: in "the 2 provinces … of the 2 peoples", a fact of provinces carries the first.
    pub(super) fn carried(&self) -> BTreeSet<usize> {
        let mut carried = BTreeSet::new();
        for LookUp { figure, words, .. } in &self.look_ups {
            let mut nearest: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
            for (difference, number) in candidates(&self.article, self.numbers(figure.language()), figure, words) {
                if difference == Difference::Words {
                    continue;
                }
                let start = number.mention.number.start;
                if words.is_empty() {
                    carried.insert(start);
                    continue;
                }
                let place = (self.article.distance(number, words), start);
                let best = nearest.entry(number.sentence).or_insert(place);
                *best = place.min(*best);
            }
            carried.extend(nearest.into_values().map(|(_, start)| start));
        }
        for printed in &self.unread {
            let numbers = self.numbers(self.language).iter();
            let digits = numbers.filter(|number| has_digits(&self.article, number, &printed.text, self.language));
            carried.extend(digits.map(|number| number.mention.number.start));
        }
        carried
    }
}

/// The number that a figure is taken from: that which differs least.
fn search(article: &Article, numbers: &[Number], figure: &Figure, words: &Words) -> Option<(Difference, Number)> {
    let mut best: Option<(Difference, &Number)> = None;
    for (difference, number) in candidates(article, numbers, figure, words) {
        if best.is_none_or(|(least, _)| difference < least) {
            best = Some((difference, number));
        }
        if difference == Difference::None {
            break;
        }
    }
    best.map(|(difference, number)| (difference, number.clone()))
}

/// The numbers of an article that are of a figure's value.
fn candidates<'n>(
    article: &'n Article,
    numbers: &'n [Number],
    figure: &'n Figure,
    words: &'n Words,
) -> impl Iterator<Item = (Difference, &'n Number)> {
    numbers.iter().enumerate().filter_map(move |(at, number)| {
        let difference = match &number.mention.figure {
            Ok(other) => difference(article, numbers, figure, at, other)?,
            // What cannot be read in the article is the sheet's figure if it has its digits.
            Err(_) if has_digits(article, number, figure.text(), figure.language()) => Difference::None,
            Err(_) => return None,
        };
        let agree = words.agree(&article.words_near(number.sentence));
        // A date or a name is the figure only if the words say so.
        if !number.mention.is_report && (words.is_empty() || !agree) {
            return None;
        }
        Some((if agree { difference } else { Difference::Words }, number))
    })
}

fn difference(article: &Article, numbers: &[Number], figure: &Figure, at: usize, other: &Figure) -> Option<Difference> {
    let number = numbers.get(at)?;
    if !is_same_value(figure, other) {
        let digits = !figure.is_range() && !other.is_range() && digits(figure) == digits(other);
        let bare = other.first().power() == 0 && other.unit() == Unit::COUNT;
        if !digits || !bare {
            return None;
        }
        let shares = lender(article, numbers, at)
            .is_some_and(|lender| lender.first().power() == figure.first().power() && units_agree(figure, lender));
        return if shares {
            Some(Difference::None)
        } else {
            is_table(article.sentence(number.sentence)).then_some(Difference::Bare)
        };
    }
    if !units_agree(figure, other) {
        let shares = lender(article, numbers, at).is_some_and(|lender| lender.unit() == figure.unit());
        let bare = other.unit() == Unit::COUNT && is_table(article.sentence(number.sentence));
        return if shares { Some(Difference::None) } else { bare.then_some(Difference::Bare) };
    }
    let sign = |figure: &Figure| figure.first().digits().is_sign_negative();
    let place = |figure: &Figure| i64::from(figure.first().power()) - i64::from(figure.first().digits().scale());
    Some(if number.mention.is_end_of_range && !figure.is_range() {
        Difference::EndOfRange
    } else if sign(figure) != sign(other) && !figure.first().digits().is_zero() {
        Difference::Sign
    } else if figure.hedge() != other.hedge() && !may_lead(article, number, figure.hedge(), other.hedge()) {
        Difference::Hedge
    } else if place(figure) != place(other) {
        Difference::Place
    } else {
        Difference::None
    })
}

/// Whether two figures have the same size; a fall of 5 % has that of a rise of 5 %.
fn is_same_value(one: &Figure, other: &Figure) -> bool {
    let sizes = |figure: &Figure| {
        let (low, high) = figure.ends();
        let (low, high) = (low.abs(), high.abs());
        (low.min(high), low.max(high))
    };
    one.is_range() == other.is_range() && sizes(one) == sizes(other)
}

/// The digits of a figure, without sign and without zeros at the end of its decimals.
pub(super) fn digits(figure: &Figure) -> Decimal {
    figure.first().digits().abs().normalize()
}

/// Whether nothing speaks against two units being one: where either names none, the other's is meant, but per cent are named.
pub(super) fn units_agree(one: &Figure, other: &Figure) -> bool {
    let (one, other) = (one.unit(), other.unit());
    let share = |unit: Unit| unit.kind() == UnitKind::Percent;
    one == other || ((one == Unit::COUNT || other == Unit::COUNT) && !share(one) && !share(other))
}

/// The next number of a list, with the scale word or the unit that the ones before it share.
fn lender<'n>(article: &Article, numbers: &'n [Number], at: usize) -> Option<&'n Figure> {
    let mut numbers = numbers.get(at..)?.iter();
    let mut last = numbers.next()?;
    for number in numbers {
        let gap = article.file().text().get(last.mention.span.end..number.mention.span.start)?;
        if number.sentence != last.sentence || !JOINTS.contains(&gap.trim().to_lowercase().as_str()) {
            return None;
        }
        let figure = number.mention.figure.as_ref().ok()?;
        if figure.first().power() > 0 || figure.unit() != Unit::COUNT {
            return Some(figure);
        }
        last = number;
    }
    None
}

/// Whether a sentence is a row of a table, or a few words that stand alone.
fn is_table(sentence: &str) -> bool {
    let words = sentence.split_whitespace().filter(|word| word.chars().filter(|sign| sign.is_alphabetic()).count() > 1);
    sentence.contains(['|', '\t']) || words.count() < FEW_WORDS
}

/// Whether one of two hedges is none and the other may be none as well.
fn may_lead(article: &Article, number: &Number, one: Hedge, other: Hedge) -> bool {
    let hedges = [one, other];
    let before = article.file().text().get(..number.mention.span.start).unwrap_or_default();
    let word = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    hedges.contains(&Hedge::Exact) && hedges.contains(&Hedge::UpTo) && LEADS.contains(&word.as_str())
}

/// Whether the digits of a number in an article are those of a phrase of the sheet.
fn has_digits(article: &Article, number: &Number, phrase: &str, language: Language) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let raw = plain(article.file().text().get(number.mention.number.clone()).unwrap_or_default());
    let own = figure::survey(phrase, language);
    own.iter().any(|own| phrase.get(own.number.clone()).is_some_and(|own| plain(own) == raw))
}
