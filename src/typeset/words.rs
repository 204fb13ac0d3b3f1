//! The words that have been shaped. Documents of a batch say much in the same words: what one has shaped, the next one finds.

use super::fonts::FaceId;
use super::style::Cut;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A shaped word. Measures are ems.
#[derive(Debug)]
pub(super) struct Word {
    pub text: Arc<str>,
    pub glyphs: Vec<WordGlyph>,
    pub width: f32,
    /// Its glyphs show its letters in their order, each once.
    pub in_order: bool,
    /// What the fonts lack of it.
    pub lacking: Option<Box<Lacking>>,
    manner: Manner,
}

impl Word {
    pub(super) fn new(text: &str, glyphs: Vec<WordGlyph>, lacking: Lacking) -> Word {
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        let lacking = (!lacking.is_empty()).then(|| Box::new(lacking));
        let shown = glyphs.iter().try_fold(0, |end, glyph| (glyph.text.start == end).then_some(glyph.text.end));
        let in_order = shown == Some(text.len());
        Word { text: text.into(), glyphs, width, in_order, lacking, manner: Manner(0) }
    }

    /// About how many bytes it takes.
    fn size(&self) -> usize {
        size_of::<Word>() + OVERHEAD + self.text.len() + self.glyphs.len() * size_of::<WordGlyph>()
    }
}

/// About how many bytes are needed to find a word again.
const OVERHEAD: usize = 64;

/// A glyph of a word. Measures are ems.
#[derive(Debug, Clone)]
pub(super) struct WordGlyph {
    pub face: FaceId,
    pub id: u16,
    pub advance: f32,
    pub x_offset: f32,
    pub y_offset: f32,
    /// The bytes of the word that it shows; empty for the later glyphs of a cluster.
    pub text: Range<usize>,
}

/// Letters of a word that are not as they should be.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    /// Letters that no font has.
    pub missing: BTreeSet<char>,
    /// Letters that a user's own family lacks, so that a bundled font lent them.
    pub lent: BTreeSet<char>,
}

impl Lacking {
    fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.lent.is_empty()
    }
}

/// A word's place in the [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordId(u32);

/// How a word is set, but for its size and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Manner(u8);

/// Which way the letters of a word run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// As their script says, numbers from left to right.
    Own,
    /// From right to left, brackets mirrored.
    Leftward,
    /// It is the hyphen of a divided word: shown as a hyphen, read as a soft one.
    Hyphen,
}

impl Manner {
    pub(super) fn new(cut: Cut, way: Way) -> Manner {
        let parts = [(2, cut.family as u8), (3, cut.weight as u8), (2, u8::from(cut.italic)), (3, cut.figures as u8)];
        Manner(parts.into_iter().fold(way as u8, |manner, (count, part)| manner * count + part))
    }
}

/// The words that have been shaped, each once.
pub(super) struct Vocabulary {
    words: Vec<Word>,
    ids: BTreeMap<Manner, BTreeMap<Arc<str>, WordId>>,
    /// The word that was asked for last among those of one hash: most questions end here.
    recent: Vec<u32>,
    /// About how many bytes the words take.
    size: usize,
}

/// How many hashes there are, as a power of two.
const HASH_BITS: u32 = 12;
/// A vocabulary of more bytes than this is not kept for the next document.
const LARGEST: usize = 2 << 20;
/// No word has this number.
const NONE: u32 = u32::MAX;

impl Vocabulary {
    pub(super) fn new() -> Vocabulary {
        Vocabulary { words: Vec::new(), ids: BTreeMap::new(), recent: vec![NONE; 1 << HASH_BITS], size: 0 }
    }

    /// A word that was shaped before.
    pub(super) fn find(&mut self, text: &str, manner: Manner) -> Option<WordId> {
        let recent = self.recent.get_mut(hash(text, manner))?;
        if let Some(word) = self.words.get(*recent as usize)
            && word.manner == manner
            && *word.text == *text
        {
            return Some(WordId(*recent));
        }
        let found = *self.ids.get(&manner)?.get(text)?;
        *recent = found.0;
        Some(found)
    }

    /// Adds a word that was not found.
    pub(super) fn add(&mut self, word: Word, manner: Manner) -> WordId {
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(NONE));
        self.size += word.size();
        self.ids.entry(manner).or_default().insert(Arc::clone(&word.text), id);
        self.words.push(Word { manner, ..word });
        id
    }

    /// A word by its place.
    pub(super) fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// Whether it has grown too large to be kept.
    pub(super) fn is_full(&self) -> bool {
        self.size > LARGEST
    }
}

fn hash(text: &str, manner: Manner) -> usize {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = text.bytes().fold(u64::from(manner.0), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    // The upper bits depend on every letter.
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - HASH_BITS)) as usize
}
