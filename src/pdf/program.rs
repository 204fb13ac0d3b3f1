//! Font programs cut to the glyphs of a document.
//!
//! Of a face with outlines of the Compact Font Format (Adobe Technical Note 5176), the subsetter makes a program whose glyphs need
//! nothing of each other. Programs of other glyphs of the face differ from it in two counts, and in the glyphs. So each glyph is cut
//! once for all documents, and a document's program put together from them: byte for byte the one that the subsetter would make.

use std::ops::Range;
use std::sync::OnceLock;
use subsetter::GlyphRemapper;

/// The programs of a face.
pub(super) struct Programs<'a> {
    data: &'a [u8],
    /// What is the same in all programs; nothing if the face has other outlines, or several dictionaries for its glyphs.
    mould: OnceLock<Option<Mould>>,
    /// The outlines of the glyphs that were cut, by their numbers in the face.
    glyphs: Vec<OnceLock<Box<[u8]>>>,
}

/// A program to embed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// A table of the Compact Font Format, keyed by the glyphs' numbers.
    Compact(Vec<u8>),
    /// A TrueType font.
    TrueType(Vec<u8>),
}

/// What is the same in all programs of a face.
struct Mould {
    /// The table up to the index of outlines, which is its last part.
    head: Vec<u8>,
    /// Where the charset's range of glyphs is counted, two less than all.
    charset_count: Range<usize>,
    /// Where the selection of dictionaries ends, at the number of glyphs.
    selection_end: Range<usize>,
}

impl<'a> Programs<'a> {
    /// The programs of a font file, none of which is made yet.
    pub(super) fn new(data: &'a [u8]) -> Programs<'a> {
        let count = table(data, *b"maxp").and_then(|maxp| maxp.get(4..6)).map_or(0, number);
        Programs { data, mould: OnceLock::new(), glyphs: (0..count).map(|_| OnceLock::new()).collect() }
    }

    /// The program with these glyphs.
    ///
    /// # Errors
    /// The face is broken.
    pub(super) fn cut(&self, chosen: &GlyphRemapper) -> Result<Program, subsetter::Error> {
        let numbers: Vec<u16> = chosen.remapped_gids().collect();
        let is_cut = |number: &u16| self.glyphs.get(usize::from(*number)).is_some_and(|glyph| glyph.get().is_some());
        let mut missing = GlyphRemapper::new();
        for number in numbers.iter().filter(|number| !is_cut(number)) {
            missing.remap(*number);
        }
        // A program of nothing but the box for missing letters has a charset of another form.
        let can_be_moulded = || self.mould.get().map_or_else(|| !is_keyed(self.data), Option::is_some);
        if missing.num_gids() > 1 && can_be_moulded() {
            self.cut_glyphs(&missing)?;
        }
        let moulded = self.mould.get().and_then(Option::as_ref).filter(|_| numbers.len() > 1);
        if let Some(program) = moulded.and_then(|mould| mould.fill(self.outlines(&numbers)?)) {
            return Ok(Program::Compact(program));
        }
        let font = subsetter::subset(self.data, 0, chosen)?;
        Ok(match table(&font, *b"CFF ") {
            Some(table) => Program::Compact(table.to_vec()),
            None => Program::TrueType(font),
        })
    }

    /// Cuts glyphs that were not cut before.
    fn cut_glyphs(&self, missing: &GlyphRemapper) -> Result<(), subsetter::Error> {
        let font = subsetter::subset(self.data, 0, missing)?;
        let parts = table(&font, *b"CFF ").and_then(Mould::take);
        let (mould, outlines) = parts.map_or((None, Vec::new()), |(mould, outlines)| (Some(mould), outlines));
        // Two threads that cut a glyph at once cut the same.
        let _ = self.mould.set(mould);
        for (number, outline) in missing.remapped_gids().zip(outlines) {
            if let Some(glyph) = self.glyphs.get(usize::from(number)) {
                let _ = glyph.set(outline.into());
            }
        }
        Ok(())
    }

    fn outlines(&self, numbers: &[u16]) -> Option<Vec<&[u8]>> {
        numbers.iter().map(|number| self.glyphs.get(usize::from(*number))?.get().map(AsRef::as_ref)).collect()
    }
}

impl Mould {
    /// Takes a program apart: what all programs of its face have, and the outlines.
    fn take(program: &[u8]) -> Option<(Mould, Vec<&[u8]>)> {
        let (_, names) = index(program, 4)?;
        let (dictionaries, _) = index(program, names)?;
        let &[dictionary] = dictionaries.as_slice() else { return None };
        let place = |operator: &[u8]| place(dictionary, operator);
        let (charset, outlines, selection) = (place(&[15])?, place(&[17])?, place(&[12, 37])?);
        // A charset of one range counts its glyphs after its form and its first; a selection of one range ends after its form, the
        // number of ranges, the first glyph and the dictionary.
        let is_known = program.get(charset..charset + 3)? == [2, 0, 1]
            && program.get(selection..selection + 6)? == [3, 0, 1, 0, 0, 0];
        let (glyphs, end) = index(program, outlines)?;
        let mould = Mould {
            head: program.get(..outlines)?.to_vec(),
            charset_count: charset + 3..charset + 5,
            selection_end: selection + 6..selection + 8,
        };
        (is_known && end == program.len()).then_some((mould, glyphs))
    }

    /// The program with these outlines.
    fn fill(&self, outlines: Vec<&[u8]>) -> Option<Vec<u8>> {
        let count = u16::try_from(outlines.len()).ok()?;
        let size: usize = outlines.iter().map(|outline| outline.len()).sum();
        let mut program = Vec::with_capacity(self.head.len() + size + 4 * outlines.len() + 8);
        program.extend(&self.head);
        program.get_mut(self.charset_count.clone())?.copy_from_slice(&count.checked_sub(2)?.to_be_bytes());
        program.get_mut(self.selection_end.clone())?.copy_from_slice(&count.to_be_bytes());
        let end = u32::try_from(size + 1).ok()?;
        let width = (1..4).find(|width| end >> (8 * width) == 0).unwrap_or(4);
        program.extend(count.to_be_bytes());
        program.push(u8::try_from(width).ok()?);
        let mut offset = 1_u32;
        let ends = outlines.iter().map(|outline| {
            offset += u32::try_from(outline.len()).unwrap_or(u32::MAX);
            offset
        });
        for offset in std::iter::once(1).chain(ends) {
            program.extend(&offset.to_be_bytes()[4 - width..]);
        }
        for outline in outlines {
            program.extend(outline);
        }
        Some(program)
    }
}

/// A table of a font file.
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = number(font.get(4..6)?);
    let records = font.get(12..)?.chunks_exact(16).take(count);
    let record = records.into_iter().find(|record| record.starts_with(&tag))?;
    let (start, length) = (number(&record[8..12]), number(&record[12..16]));
    font.get(start..start.checked_add(length)?)
}

/// Whether the glyphs of a face are keyed and have several dictionaries.
fn is_keyed(font: &[u8]) -> bool {
    let dictionary = || {
        let table = table(font, *b"CFF ")?;
        let (_, names) = index(table, usize::from(*table.get(2)?))?;
        let (dictionaries, _) = index(table, names)?;
        // What says so comes first, after three operands.
        operators(dictionaries.first()?).next().map(|(operator, _)| operator == [12, 30])
    };
    dictionary().unwrap_or(true)
}

/// The members of an index, and where it ends.
fn index(table: &[u8], start: usize) -> Option<(Vec<&[u8]>, usize)> {
    let count = number(table.get(start..start + 2)?);
    if count == 0 {
        return Some((Vec::new(), start + 2));
    }
    let width = usize::from(*table.get(start + 2)?);
    let offsets = table.get(start + 3..start + 3 + (count + 1) * width)?;
    // Offsets count from the byte before the first member.
    let before = start + 2 + (count + 1) * width;
    let offsets: Vec<usize> = offsets.chunks_exact(width.max(1)).map(|offset| before + number(offset)).collect();
    let members = offsets.array_windows().map(|[from, to]| table.get(*from..*to)).collect::<Option<_>>()?;
    Some((members, *offsets.last()?))
}

/// A place in the table that a dictionary tells by an operator: the subsetter writes it in five bytes.
fn place(dictionary: &[u8], operator: &[u8]) -> Option<usize> {
    let (_, operands) = operators(dictionary).find(|(found, _)| *found == operator)?;
    operands.strip_prefix(&[29]).filter(|place| place.len() == 4).map(number)
}

/// The operators of a dictionary, each with its operands.
fn operators(dictionary: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let (mut at, mut operands_from) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            match *dictionary.get(at)? {
                byte @ 0..=21 => {
                    let (from, operator) = (operands_from, at);
                    at += if byte == 12 { 2 } else { 1 };
                    operands_from = at;
                    return Some((dictionary.get(operator..at)?, &dictionary[from..operator]));
                }
                28 => at += 3,
                29 => at += 5,
                // A real number: half bytes up to one that ends it.
                30 => at += 2 + dictionary.get(at + 1..)?.iter().position(|pair| pair & 15 == 15 || pair >> 4 == 15)?,
                247..=254 => at += 2,
                _ => at += 1,
            }
        }
    })
}

/// A whole number of up to four bytes, the greatest first.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::{FaceId, Fonts};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

    fn chosen(numbers: &[u16]) -> GlyphRemapper {
        let mut chosen = GlyphRemapper::new();
        for number in numbers {
            chosen.remap(*number);
        }
        chosen
    }

    fn as_the_subsetter_has_it(data: &[u8], chosen: &GlyphRemapper) -> Program {
        let font = subsetter::subset(data, 0, chosen).unwrap();
        match table(&font, *b"CFF ") {
            Some(table) => Program::Compact(table.to_vec()),
            None => Program::TrueType(font),
        }
    }

    fn faces() -> impl Iterator<Item = &'static [u8]> {
        (0..).map_while(|id| FONTS.face(FaceId(id))).map(|face| -> &[u8] { &face.data })
    }

    #[test]
    fn the_bundled_faces_with_outlines_of_this_format_are_put_together() {
        let mut moulded = 0;
        for data in faces().filter(|data| data.starts_with(b"OTTO")) {
            let programs = Programs::new(data);
            programs.cut(&chosen(&[5, 9])).unwrap();
            assert!(programs.mould.get().is_some_and(Option::is_some) && programs.outlines(&[0, 5, 9]).is_some());
            moulded += 1;
        }
        assert!(moulded >= 4, "{moulded}");
    }

    #[test]
    fn a_program_without_glyphs_has_the_box_for_missing_ones() {
        for data in faces() {
            let programs = Programs::new(data);
            for numbers in [&[][..], &[7], &[], &[0, 8]] {
                let chosen = chosen(numbers);
                assert_eq!(programs.cut(&chosen).unwrap(), as_the_subsetter_has_it(data, &chosen));
            }
        }
    }

    #[test]
    fn what_is_no_font_is_told() {
        for data in [&b""[..], b"OTTO", &[0; 64], b"OTTO\0\x01\0\0\0\0\0\0CFF \0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"]
        {
            assert!(Programs::new(data).cut(&chosen(&[3])).is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn programs_are_those_of_the_subsetter(choices in proptest::collection::vec(proptest::collection::vec(0_u16..300, 1..90), 1..4)) {
            for data in faces() {
                let programs = Programs::new(data);
                for numbers in &choices {
                    let chosen = chosen(numbers);
                    prop_assert_eq!(programs.cut(&chosen).unwrap(), as_the_subsetter_has_it(data, &chosen));
                }
            }
        }
    }
}
