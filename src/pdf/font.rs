//! Fonts cut to the glyphs that a document uses, each glyph with the text that it stands for.

use super::PdfError;
use super::object::{digits, integer, utf_16_digits, whole};
use super::program::{Program, Programs};
use crate::typeset::{self, Face, FaceId, Fonts, FrameItem};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{GlyphId, MetadataProvider};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use subsetter::GlyphRemapper;

/// Fonts with what is got ready of them for all documents, at the first that uses it.
pub(super) struct PressFonts<'a> {
    fonts: &'a Fonts,
    faces: Vec<OnceLock<PressFace<'a>>>,
}

/// A face with what is got ready of it.
struct PressFace<'a> {
    face: &'a Face,
    metrics: Option<GlyphMetrics<'a>>,
    programs: Programs<'a>,
}

/// The glyphs used of each face, numbered in the order of their first use.
pub(super) struct UsedGlyphs<'p, 'f> {
    fonts: &'p PressFonts<'f>,
    faces: BTreeMap<FaceId, UsedFace<'p, 'f>>,
    /// The faces of which the document uses more glyphs than a byte can number.
    wide: BTreeSet<FaceId>,
}

/// The glyphs used of one face.
pub(super) struct UsedFace<'p, 'f> {
    press: Option<&'p PressFace<'f>>,
    /// How page contents call it.
    pub(super) resource: String,
    /// Whether its codes in page contents are two bytes each, not one.
    pub(super) is_wide: bool,
    chosen: GlyphRemapper,
    /// For each glyph of the face, one more than its place among those used; 0 for one that is not.
    places: Vec<u16>,
    glyphs: Vec<UsedGlyph>,
}

/// A glyph in the cut font.
pub(super) struct UsedGlyph {
    /// Its number there.
    pub(super) id: u16,
    /// What it stands for wherever nothing else is said: the first text that it was used for, as far as a font may say it.
    pub(super) text: String,
    /// Its width as the PDF states it, in thousandths of an em.
    pub(super) width: u16,
}

impl<'a> PressFonts<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> PressFonts<'a> {
        let count = (0..=u8::MAX).take_while(|id| fonts.face(FaceId(*id)).is_some()).count();
        PressFonts { fonts, faces: (0..count).map(|_| OnceLock::new()).collect() }
    }

    fn face(&self, id: FaceId) -> Option<&PressFace<'a>> {
        let face = self.fonts.face(id)?;
        Some(self.faces.get(usize::from(id.0))?.get_or_init(|| {
            let font = skrifa::FontRef::new(&face.data).ok();
            let metrics = font.map(|font| font.glyph_metrics(Size::unscaled(), LocationRef::default()));
            PressFace { face, metrics, programs: Programs::new(&face.data) }
        }))
    }
}

impl<'p, 'f> UsedGlyphs<'p, 'f> {
    /// Those of a document, none of which is used yet.
    pub(super) fn new(fonts: &'p PressFonts<'f>, document: &typeset::Document) -> UsedGlyphs<'p, 'f> {
        UsedGlyphs { fonts, faces: BTreeMap::new(), wide: wide(document) }
    }

    /// The face's record, opened at its first use.
    pub(super) fn face(&mut self, id: FaceId) -> &mut UsedFace<'p, 'f> {
        let (fonts, wide) = (self.fonts, &self.wide);
        self.faces.entry(id).or_insert_with(|| UsedFace {
            press: fonts.face(id),
            resource: format!("F{}", id.0),
            is_wide: wide.contains(&id),
            chosen: GlyphRemapper::new(),
            places: Vec::new(),
            glyphs: Vec::new(),
        })
    }

    /// Embeds the faces, each cut to its glyphs; returns the fonts by their names in page contents.
    pub(super) fn embed(self, objects: &mut Document) -> Result<Dictionary, PdfError> {
        let mut resources = Dictionary::new();
        let is_narrow = self.faces.values().any(|used| !used.is_wide);
        let codes = is_narrow.then(|| objects.add_object(codes()));
        let cut = |(id, mut used): (FaceId, UsedFace<'p, 'f>)| {
            let press = used
                .press
                .ok_or_else(|| PdfError::Font { font: id.0.to_string(), reason: "it is not loaded".to_owned() })?;
            used.glyphs.sort_by_key(|glyph| glyph.id);
            let program = press.cut(&used)?;
            Ok((press, used, program))
        };
        // A single document has all cores to itself, and its faces are cut for the first time.
        let cut: Vec<_> = self.faces.into_par_iter().map(cut).collect::<Result<_, PdfError>>()?;
        for (press, used, program) in cut {
            let encoding = match codes {
                Some(codes) if !used.is_wide => Object::Reference(codes),
                _ => Object::Name(b"Identity-H".to_vec()),
            };
            let font = press.embed(&used, program, encoding, objects)?;
            resources.set(used.resource, font);
        }
        Ok(resources)
    }
}

impl UsedFace<'_, '_> {
    /// The glyph in the cut font; at its first use, it comes to stand for a text.
    pub(super) fn glyph(&mut self, id: u16, text: &str) -> &UsedGlyph {
        let index = usize::from(id);
        if self.places.len() <= index {
            self.places.resize(index + 1, 0);
        }
        if self.places[index] == 0 {
            let metrics = self.press.and_then(|press| press.metrics.as_ref());
            let width = metrics.and_then(|metrics| metrics.advance_width(GlyphId::from(id)));
            let units_per_em = self.press.map_or(1000, |press| press.face.units_per_em).max(1);
            let width = u32::from(whole_unsigned(width.unwrap_or(0.0))) * 1000 / u32::from(units_per_em);
            let width = u16::try_from(width).unwrap_or(u16::MAX);
            let text = if text.chars().all(may_be_mapped) { text } else { "\u{fffd}" };
            self.glyphs.push(UsedGlyph { id: self.chosen.remap(id), text: text.to_owned(), width });
            self.places[index] = u16::try_from(self.glyphs.len()).unwrap_or(u16::MAX);
        }
        &self.glyphs[usize::from(self.places[index]) - 1]
    }
}

impl PressFace<'_> {
    /// The program with the glyphs that are used.
    fn cut(&self, used: &UsedFace<'_, '_>) -> Result<Program, PdfError> {
        self.programs.cut(&used.chosen).map_err(|error| self.broken(error.to_string()))
    }

    fn broken(&self, reason: String) -> PdfError {
        PdfError::Font { font: self.face.name.clone(), reason }
    }

    /// Embeds the face as a composite font whose codes are the numbers of its glyphs (ISO 32000-1, 9.7).
    fn embed(
        &self,
        used: &UsedFace<'_, '_>,
        program: Program,
        encoding: Object,
        objects: &mut Document,
    ) -> Result<ObjectId, PdfError> {
        let name = Object::Name(format!("{}+{}", tag(&used.chosen), self.face.name).into_bytes());
        let (subtype, key, program) = match program {
            Program::Compact(table) => {
                ("CIDFontType0", "FontFile3", Stream::new(dictionary! { "Subtype" => "CIDFontType0C" }, table))
            }
            Program::TrueType(font) => {
                ("CIDFontType2", "FontFile2", Stream::new(dictionary! { "Length1" => whole(font.len()) }, font))
            }
        };
        let program = objects.add_object(program);
        let texts = objects.add_object(Stream::new(Dictionary::new(), texts(used)));
        let mut descriptor = self.descriptor(&name).map_err(|reason| self.broken(reason))?;
        descriptor.set(key, program);
        let descriptor = objects.add_object(descriptor);
        let mut descendant = dictionary! {
            "Type" => "Font",
            "BaseFont" => name.clone(),
            "Subtype" => subtype,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "W" => widths(used),
            "DW" => 1000,
            "FontDescriptor" => descriptor,
        };
        if subtype == "CIDFontType2" {
            descendant.set("CIDToGIDMap", "Identity");
        }
        Ok(objects.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name,
            "Encoding" => encoding,
            "ToUnicode" => texts,
            "DescendantFonts" => vec![Object::Dictionary(descendant)],
        }))
    }

    /// What the face looks like as a whole, for readers that have to find another (ISO 32000-1, 9.8).
    fn descriptor(&self, name: &Object) -> Result<Dictionary, String> {
        /// The letters are Latin.
        const NONSYMBOLIC: i64 = 1 << 5;
        /// They slant.
        const ITALIC: i64 = 1 << 6;
        let font = skrifa::FontRef::new(&self.face.data).map_err(|error| error.to_string())?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let per_em = |units: f32| nearest(units.trunc() * 1000.0 / f32::from(self.face.units_per_em.max(1)));
        let bounds = metrics.bounds.unwrap_or_default();
        let ascent = per_em(metrics.ascent);
        let weight = font.attributes().weight.value();
        Ok(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => name.clone(),
            "Ascent" => ascent,
            "Descent" => per_em(metrics.descent),
            "CapHeight" => ascent,
            "ItalicAngle" => metrics.italic_angle,
            "Flags" => NONSYMBOLIC | if metrics.italic_angle == 0.0 { 0 } else { ITALIC },
            // No table of a font tells how thick its stems are; its weight does, by custom.
            "StemV" => 50 + nearest((weight.trunc() / 65.0).powi(2)),
            "FontBBox" => vec![
                per_em(bounds.x_min).into(),
                per_em(bounds.y_min).into(),
                per_em(bounds.x_max).into(),
                per_em(bounds.y_max).into(),
            ],
        })
    }
}

/// The faces of which a document uses more glyphs than a byte can number, beside the box for missing letters.
fn wide(document: &typeset::Document) -> BTreeSet<FaceId> {
    let mut seen: BTreeMap<FaceId, (Vec<u64>, usize)> = BTreeMap::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        let FrameItem::Text(run) = item else { continue };
        let (seen, count) = seen.entry(run.face).or_insert_with(|| (vec![0; 1 << 10], 0));
        for glyph in run.glyphs.iter().filter(|glyph| glyph.id != 0) {
            let (word, bit) = (usize::from(glyph.id >> 6), 1 << (glyph.id & 63));
            if seen[word] & bit == 0 {
                seen[word] |= bit;
                *count += 1;
            }
        }
    }
    seen.into_iter().filter(|(_, (_, count))| *count > usize::from(u8::MAX)).map(|(face, _)| face).collect()
}

/// The map of codes of one byte to the glyphs of the same numbers (ISO 32000-1, 9.7.5). Most of a page's contents are codes: half as
/// long, they are written, compressed and read in less time. Some programs that take text out know this map by its name only.
fn codes() -> Stream {
    let information = dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    };
    let entries = dictionary! {
        "Type" => "CMap",
        "CMapName" => "OneByteIdentityH",
        "CIDSystemInfo" => information,
        "WMode" => 0,
    };
    let map = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n/Supplement 0 def\nend def\n\
        /CMapName /OneByteIdentityH def\n/CMapType 1 def\n/WMode 0 def\n\
        1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 begincidrange\n<00> <FF> 0\nendcidrange\n\
        endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    Stream::new(entries, map.to_vec())
}

/// The widths of the glyphs: the number of the first of each sequence, and those of the sequence.
fn widths(used: &UsedFace<'_, '_>) -> Vec<Object> {
    let sequences = used.glyphs.chunk_by(|glyph, next| glyph.id + 1 == next.id);
    let widths = sequences.filter_map(|sequence| {
        let widths = sequence.iter().map(|glyph| Object::Integer(i64::from(glyph.width))).collect();
        Some([Object::Integer(i64::from(sequence.first()?.id)), Object::Array(widths)])
    });
    widths.flatten().collect()
}

/// What the glyphs stand for (ISO 32000-1, 9.10.3).
fn texts(used: &UsedFace<'_, '_>) -> Vec<u8> {
    /// A table has this many lines at the most.
    const LINES: usize = 100;
    let name = &used.resource;
    let codes = if used.is_wide { "<0000> <FFFF>" } else { "<00> <FF>" };
    let mut bytes = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo 3 dict dup begin\n\
         /Registry (FontSpecific) def\n/Ordering ({name}) def\n/Supplement 0 def\nend def\n\
         /CMapName /FontSpecific-{name} def\n/CMapType 2 def\n1 begincodespacerange\n{codes}\nendcodespacerange\n"
    )
    .into_bytes();
    let said: Vec<&UsedGlyph> = used.glyphs.iter().filter(|glyph| !glyph.text.is_empty()).collect();
    // The codes of a table differ in their last byte only.
    for table in said.chunk_by(|glyph, next| glyph.id >> 8 == next.id >> 8).flat_map(|table| table.chunks(LINES)) {
        integer(whole(table.len()), &mut bytes);
        bytes.extend(b" beginbfchar\n");
        for glyph in table {
            bytes.push(b'<');
            digits(code(&glyph.id.to_be_bytes(), used.is_wide), &mut bytes);
            bytes.extend(b"> <");
            utf_16_digits(&glyph.text, &mut bytes);
            bytes.extend(b">\n");
        }
        bytes.extend(b"endbfchar\n");
    }
    bytes.extend(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    bytes
}

/// The code of a glyph's number in page contents.
pub(super) fn code(number: &[u8; 2], is_wide: bool) -> &[u8] {
    if is_wide { number } else { &number[1..] }
}

/// Whether a glyph may stand for a letter by itself: not for those without a meaning of their own, which PDF/A and PDF/UA forbid
/// or want said (ISO 19005-3, 6.2.11.7; ISO 14289-1, 7.21.7).
fn may_be_mapped(letter: char) -> bool {
    !matches!(letter, '\0' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// The six capitals that mark a cut font, from the glyphs in it.
fn tag(chosen: &GlyphRemapper) -> String {
    let mut hasher = Sha256::new();
    for glyph in chosen.remapped_gids() {
        hasher.update(glyph.to_be_bytes());
    }
    hasher.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a measure of a font fits, and the cast saturates")]
fn nearest(number: f32) -> i64 {
    number.round() as i64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "widths and weights are small and not negative, and the cast saturates"
)]
fn whole_unsigned(units: f32) -> u16 {
    units as u16
}
