//! The words around a number, by which the same number of two different things is told apart.

use crate::figure;
use crate::language::Language;
use std::collections::BTreeSet;

/// Words of grammar, of hedges and of direction, which tell nothing of what is counted.
const LIGHT: &[&str] = &[
    "a",
    "about",
    "all",
    "almost",
    "an",
    "and",
    "approximately",
    "around",
    "as",
    "at",
    "by",
    "down",
    "estimated",
    "for",
    "from",
    "in",
    "is",
    "least",
    "more",
    "most",
    "nearly",
    "of",
    "on",
    "or",
    "over",
    "some",
    "than",
    "the",
    "to",
    "up",
    "was",
    "were",
    "with",
    "và",
    "với",
    "của",
    "các",
    "những",
    "có",
    "là",
    "gần",
    "hơn",
    "trên",
    "khoảng",
    "đạt",
    "được",
    "đến",
    "từ",
    "ước",
    "tăng",
    "giảm",
    "trong",
    "cả",
    "ít",
    "nhất",
    "tối",
    "đa",
    "thiểu",
];

/// The words of a printed figure that say what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(BTreeSet<String>);

impl Words {
    /// The words of a phrase beside its number, unit and hedge.
    pub fn of_figure(phrase: &str, language: Language) -> Words {
        let mut rest = String::new();
        let mut end = 0;
        for mention in figure::survey(phrase, language) {
            rest.push_str(phrase.get(end..mention.span.start).unwrap_or_default());
            rest.push(' ');
            end = end.max(mention.span.end);
        }
        rest.push_str(phrase.get(end..).unwrap_or_default());
        Words(words(&rest).filter(|word| word.chars().count() > 1 && !LIGHT.contains(&word.as_str())).collect())
    }

    /// Whether the phrase has no such word: "1.6 million USD".
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a word is one of them.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether at least half of the words are among those of a text. A phrase that was shortened or turned around still has the
    /// words of its source; nothing is held against one that has none.
    pub fn agree(&self, near: &BTreeSet<String>) -> bool {
        let shared = self.0.iter().filter(|word| near.contains(*word)).count();
        shared * 2 >= self.0.len()
    }

    /// How many of the words are among those of a text.
    pub fn shared(&self, near: &BTreeSet<String>) -> usize {
        self.0.iter().filter(|word| near.contains(*word)).count()
    }
}

/// The words of a text in lower case, an English plural like its singular.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()).map(|word| {
        let word = word.to_lowercase();
        match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 => stem.to_owned(),
            _ => word,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str) -> BTreeSet<String> {
        words(text).collect()
    }

    #[test]
    fn a_shortened_phrase_agrees_with_its_sentence_and_another_thing_does_not() {
        let sentence = near("The province has newly granted 15 FDI projects and adjusted capital for 10 FDI projects");
        for phrase in ["15 projects", "newly granted 15 FDI projects", "15", "projects adjusted: 15"] {
            assert!(Words::of_figure(phrase, Language::En).agree(&sentence), "{phrase}");
        }
        for phrase in ["15 delegations", "15 consulting sessions abroad"] {
            assert!(!Words::of_figure(phrase, Language::En).agree(&sentence), "{phrase}");
        }
    }

    #[test]
    fn number_unit_and_hedge_are_no_such_words() {
        for (phrase, language) in [
            ("more than 2.08 million USD", Language::En),
            ("VND9,620 billion", Language::En),
            ("gần 9,98 tỉ USD", Language::Vi),
            ("134,906km", Language::Vi),
        ] {
            assert!(Words::of_figure(phrase, language).is_empty(), "{phrase}");
        }
    }
}
