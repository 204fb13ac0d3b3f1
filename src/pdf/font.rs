//! Fonts cut to the glyphs that a document uses, each glyph with the text that it stands for.

use super::PdfError;
use super::object::{digits, integer, utf_16_digits, whole};
use super::program::{Program, Programs};
use crate::typeset::{Face, FaceId, Fonts};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{GlyphId, MetadataProvider};
use std::collections::BTreeMap;
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
}

/// The glyphs used of one face.
pub(super) struct UsedFace<'p, 'f> {
    press: Option<&'p PressFace<'f>>,
    /// How page contents call it.
    pub(super) resource: String,
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
    pub(super) fn new(fonts: &'p PressFonts<'f>) -> UsedGlyphs<'p, 'f> {
        UsedGlyphs { fonts, faces: BTreeMap::new() }
    }

    /// The face's record, opened at its first use.
    pub(super) fn face(&mut self, id: FaceId) -> &mut UsedFace<'p, 'f> {
        let fonts = self.fonts;
        self.faces.entry(id).or_insert_with(|| UsedFace {
            press: fonts.face(id),
            resource: format!("Face{}", id.0),
            chosen: GlyphRemapper::new(),
            places: Vec::new(),
            glyphs: Vec::new(),
        })
    }

    /// Embeds the faces, each cut to its glyphs; returns the fonts by their names in page contents.
    pub(super) fn embed(self, objects: &mut Document) -> Result<Dictionary, PdfError> {
        let mut resources = Dictionary::new();
        for (id, mut used) in self.faces {
            let press = used
                .press
                .ok_or_else(|| PdfError::Font { font: id.0.to_string(), reason: "it is not loaded".to_owned() })?;
            used.glyphs.sort_by_key(|glyph| glyph.id);
            let font = press.embed(&used, objects)?;
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
    /// Embeds the face as a composite font whose codes are the numbers of its glyphs (ISO 32000-1, 9.7).
    fn embed(&self, used: &UsedFace<'_, '_>, objects: &mut Document) -> Result<ObjectId, PdfError> {
        let broken = |reason: String| PdfError::Font { font: self.face.name.clone(), reason };
        let program = self.programs.cut(&used.chosen).map_err(|error| broken(error.to_string()))?;
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
        let mut descriptor = self.descriptor(&name).map_err(broken)?;
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
            "Encoding" => "Identity-H",
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
    let mut bytes = format!(
        "/CIDInit /ProcSet findresource begin\n\n12 dict begin\n\nbegincmap\n\n%!PS-Adobe-3.0 Resource-CMap\n\
         %%DocumentNeededResources: procset CIDInit\n%%IncludeResource: procset CIDInit\n\n/CIDSystemInfo 3 dict dup begin\n\
         /Registry (FontSpecific) def\n/Ordering ({name}) def\n/Supplement 0 def\nend def\n\n\
         /CMapName /FontSpecific-{name} def\n/CMapVersion 1 def\n/CMapType 2 def\n/WMode 0 def\n\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    .into_bytes();
    let said: Vec<&UsedGlyph> = used.glyphs.iter().filter(|glyph| !glyph.text.is_empty()).collect();
    // The codes of a table differ in their last byte only.
    for table in said.chunk_by(|glyph, next| glyph.id >> 8 == next.id >> 8).flat_map(|table| table.chunks(LINES)) {
        integer(whole(table.len()), &mut bytes);
        bytes.extend(b" beginbfchar\n");
        for glyph in table {
            bytes.push(b'<');
            digits(&glyph.id.to_be_bytes(), &mut bytes);
            bytes.extend(b"> <");
            utf_16_digits(&glyph.text, &mut bytes);
            bytes.extend(b">\n");
        }
        bytes.extend(b"endbfchar\n");
    }
    bytes.extend(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    bytes
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
