//! The order of words where Arabic or Hebrew stands in a line (Unicode Standard Annex 9).

use super::Context;
use super::lines::Paragraph;
use super::parts::Part;
use super::words::Word;
use std::ops::Range;
use unicode_bidi::{BidiClass, BidiInfo, Direction, Level, bidi_class, get_base_direction};

/// Whether a text has letters or signs that do not run from left to right.
pub(super) fn runs_both_ways(text: &str) -> bool {
    // The first of them is a letter of Hebrew.
    text.chars().any(|letter| {
        letter >= '\u{590}'
            && !runs_rightward(letter)
            && matches!(
                bidi_class(letter),
                BidiClass::R
                    | BidiClass::AL
                    | BidiClass::AN
                    | BidiClass::RLE
                    | BidiClass::RLO
                    | BidiClass::RLI
                    | BidiClass::LRO
            )
    })
}

/// Whether a letter surely runs from left to right, or any way: those of Vietnamese do, and the usual signs.
fn runs_rightward(letter: char) -> bool {
    matches!(letter, '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

/// Whether a paragraph runs from right to left: its first letter does.
pub(super) fn is_right_to_left(text: &str) -> bool {
    get_base_direction(text) == Direction::Rtl
}

/// Parts of a line whose letters each run one way, in the order of the text.
pub(super) struct Ordered {
    pub parts: Vec<Part>,
    pub levels: Vec<Level>,
}

impl Ordered {
    /// Cuts a line's parts where the direction changes.
    pub(super) fn new(
        context: &mut Context<'_>,
        paragraph: &Paragraph<'_>,
        parts: &[Part],
        right_to_left: bool,
    ) -> Ordered {
        let line: String = parts.iter().map(|part| part.letters(&context.words)).collect();
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let info = BidiInfo::new(&line, Some(base));
        let mut levels = vec![base; line.len()];
        for whole in &info.paragraphs {
            let found = info.reordered_levels(whole, whole.range.clone());
            for index in whole.range.clone() {
                if let (Some(level), Some(found)) = (levels.get_mut(index), found.get(index)) {
                    *level = *found;
                }
            }
        }
        let mut ordered = Ordered { parts: Vec::with_capacity(parts.len()), levels: Vec::with_capacity(parts.len()) };
        let mut start = 0;
        for part in parts {
            let end = start + part.letters(&context.words).len();
            match part {
                Part::Word { piece, .. } => {
                    for range in runs(&levels, start..end) {
                        let level = levels.get(range.start).copied().unwrap_or(base);
                        let Some(letters) = line.get(range) else { continue };
                        let Some(style) = paragraph.text(*piece).map(|text| &text.style) else { continue };
                        let word = if level.is_rtl() {
                            context.words.word_right_to_left(letters, style.cut)
                        } else {
                            context.words.word(letters, style.cut)
                        };
                        ordered.parts.push(Part::word(&context.words, word, *piece, style));
                        ordered.levels.push(level);
                    }
                }
                Part::Space { .. } | Part::Opportunity { .. } => {
                    ordered.parts.push(*part);
                    ordered.levels.push(levels.get(start).copied().unwrap_or(base));
                }
            }
            start = end;
        }
        ordered
    }

    /// The indices of the parts, from left to right.
    pub(super) fn visual_order(&self) -> Vec<usize> {
        BidiInfo::reorder_visual(&self.levels)
    }
}

/// The stretches of one level.
fn runs(levels: &[Level], range: Range<usize>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = range.start;
    for end in range.start + 1..=range.end {
        if end == range.end || levels.get(end) != levels.get(start) {
            runs.push(start..end);
            start = end;
        }
    }
    runs
}

/// The clusters of a word that runs from right to left, in the order of its text: the glyphs of each, and how far it stands from the
/// word's left edge, in ems.
pub(super) fn clusters(word: &Word, tracking: f32) -> Vec<(f32, Range<usize>)> {
    let mut clusters: Vec<(usize, f32, Range<usize>)> = Vec::new();
    let mut x = 0.0;
    for (index, glyph) in word.glyphs.iter().enumerate() {
        match clusters.last_mut() {
            Some((_, _, range)) if glyph.text.is_empty() => range.end = index + 1,
            _ => clusters.push((glyph.text.start, x, index..index + 1)),
        }
        x += glyph.advance + if glyph.text.is_empty() { 0.0 } else { tracking };
    }
    clusters.sort_by_key(|(start, _, _)| *start);
    clusters.into_iter().map(|(_, x, range)| (x, range)).collect()
}

#[cfg(test)]
mod tests {
    use super::{BidiClass, bidi_class, runs_rightward};

    #[test]
    fn what_surely_runs_rightward_does() {
        use BidiClass::{CS, EN, ES, ET, L, ON};
        for letter in ('\0'..=char::MAX).filter(|letter| runs_rightward(*letter)) {
            assert!(matches!(bidi_class(letter), L | ON | ES | EN | ET | CS), "{letter:?}");
        }
    }
}
