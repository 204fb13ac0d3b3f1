//! The text of an article that a sheet's figures come from: read once, cut into sentences, every number in it with its place.
//!
//! [`Library`] finds and reads the texts; `html` takes the text out of a page; `sentences` tells where sentences end, `contact`
//! hides what is written in digits and is no number; `words` compares the words around two numbers.

mod contact;
mod html;
mod library;
mod sentences;
mod words;

pub use library::{ArticleError, Library};
pub use words::Words;

use crate::diag::{ByteSpan, SourceFile};
use crate::figure::{self, Mention};
use crate::language::Language;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// An article's text.
#[derive(Debug, Clone)]
pub struct Article {
    file: Arc<SourceFile>,
    sentences: Vec<Range<usize>>,
}

/// A number of an article: what the reader of figures makes of it, with its places in the whole text.
#[derive(Debug, Clone)]
pub struct Number {
    /// The sentence that it stands in, by its place among the sentences.
    pub sentence: usize,
    /// The reading; its places are bytes of the article's text.
    pub mention: Mention,
}

impl Number {
    /// The bytes of the number with what belongs to it.
    pub fn span(&self) -> ByteSpan {
        ByteSpan { start: self.mention.span.start, end: self.mention.span.end }
    }
}

impl Article {
    /// A plain text, or Markdown, under the path that messages name.
    pub fn plain(path: impl Into<String>, text: &str) -> Article {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let text = if is_nfc(&text) { text } else { text.nfc().collect() };
        let sentences = sentences::sentences(&text);
        Article { file: Arc::new(SourceFile::new(path, text)), sentences }
    }

    /// The text of an HTML page, line for line.
    pub fn html(path: impl Into<String>, page: &str) -> Article {
        Article::plain(path, &html::text(page))
    }

    /// The text, for messages that point into it: in composed form (NFC); of a page without what no reader sees.
    pub const fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// Every number, read by the grammar of a language, in the order of the text.
    pub fn numbers(&self, language: Language) -> Vec<Number> {
        let mut numbers = Vec::new();
        for (at, sentence) in self.sentences.iter().enumerate() {
            let Some(text) = self.file.text().get(sentence.clone()) else { continue };
            let shifted = |range: &Range<usize>| sentence.start + range.start..sentence.start + range.end;
            for mention in figure::survey(&contact::masked(text), language) {
                let (span, number) = (shifted(&mention.span), shifted(&mention.number));
                numbers.push(Number { sentence: at, mention: Mention { span, number, ..mention } });
            }
        }
        numbers
    }

    /// The text of a sentence.
    pub fn sentence(&self, at: usize) -> &str {
        self.sentences.get(at).and_then(|sentence| self.file.text().get(sentence.clone())).unwrap_or_default()
    }

    /// The words of a sentence and of the one before it, where what a bare number counts is often named.
    pub fn words_near(&self, sentence: usize) -> BTreeSet<String> {
        let before = sentence.checked_sub(1).map_or("", |before| self.sentence(before));
        words::words(before).chain(words::words(self.sentence(sentence))).collect()
    }

    /// How many words stand between a number and the nearest of some words in its sentence; all of them where none is there.
    pub fn distance(&self, number: &Number, words: &Words) -> usize {
        let sentence = self.sentences.get(number.sentence).cloned().unwrap_or_default();
        let text = |range: Range<usize>| self.file.text().get(range).unwrap_or_default();
        let before: Vec<String> = words::words(text(sentence.start..number.mention.span.start)).collect();
        let after = words::words(text(number.mention.span.end..sentence.end));
        let is_one = |word: &String| words.contains(word);
        // What is counted stands after its number more often than before it.
        let before = before.iter().rev().position(is_one).map_or(usize::MAX, |place| place * 2 + 1);
        before.min(after.take_while(|word| !is_one(word)).count().saturating_mul(2))
    }

    /// The byte at which the line of a number starts.
    pub fn line_start(&self, number: &Number) -> usize {
        let before = self.file.text().get(..number.mention.span.start).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// Whether a sentence gives an address or a telephone number.
    pub fn is_contact(&self, sentence: usize) -> bool {
        contact::is_contact(self.sentence(sentence))
    }
}
