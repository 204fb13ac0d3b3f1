//! Fonts cut to the glyphs that a document uses, each glyph with the text that it stands for.

use super::PdfError;
use crate::typeset::{FaceId, Fonts};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfFont, PdfFontHandle, PdfResources, Pt, TextItem,
};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// The glyphs used of each face, numbered in the order of their first use.
pub(super) struct UsedGlyphs<'a> {
    fonts: &'a Fonts,
    faces: BTreeMap<FaceId, UsedFace<'a>>,
}

/// The glyphs used of one face.
pub(super) struct UsedFace<'a> {
    metrics: Option<GlyphMetrics<'a>>,
    remapper: GlyphRemapper,
    glyphs: BTreeMap<u16, UsedGlyph>,
    units_per_em: u16,
}

/// A glyph in the cut font.
pub(super) struct UsedGlyph {
    /// Its number there.
    pub(super) id: u16,
    /// What it stands for wherever nothing else is said: the first text that it was used for, as far as a font may say it.
    pub(super) text: String,
    /// Its width as the PDF will state it, in thousandths of an em.
    pub(super) width: u16,
    /// Its width in font units.
    units: u16,
}

impl<'a> UsedGlyphs<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> UsedGlyphs<'a> {
        UsedGlyphs { fonts, faces: BTreeMap::new() }
    }

    /// The face's record, opened at its first use.
    pub(super) fn face(&mut self, id: FaceId) -> &mut UsedFace<'a> {
        let fonts = self.fonts;
        self.faces.entry(id).or_insert_with(|| {
            let face = fonts.face(id);
            let font = face.and_then(|face| skrifa::FontRef::new(&face.data).ok());
            UsedFace {
                metrics: font.map(|font| font.glyph_metrics(Size::unscaled(), LocationRef::default())),
                remapper: GlyphRemapper::new(),
                glyphs: BTreeMap::new(),
                units_per_em: face.map_or(1000, |face| face.units_per_em),
            }
        })
    }

    /// Embeds the faces, each cut to its glyphs; returns page contents that show each glyph once.
    pub(super) fn embed(self, resources: &mut PdfResources) -> Result<Vec<Op>, PdfError> {
        let mut specimen = vec![Op::StartTextSection];
        for (id, used) in self.faces {
            let face = self
                .fonts
                .face(id)
                .ok_or_else(|| PdfError::Font { font: id.0.to_string(), reason: "it is not loaded".to_owned() })?;
            let broken = |reason: String| PdfError::Font { font: face.name.clone(), reason };
            let program =
                subsetter::subset(&face.data, 0, &used.remapper).map_err(|error| broken(error.to_string()))?;
            let font = skrifa::FontRef::new(&face.data).map_err(|error| broken(error.to_string()))?;
            let metrics = font.metrics(Size::unscaled(), LocationRef::default());
            let name = format!("{}+{}", tag(&used.remapper), face.name);
            let vertical = FontMetrics { ascent: whole(metrics.ascent), descent: whole(metrics.descent) };
            let mut parsed = ParsedFont::with_glyph_data(
                program,
                0,
                Some(name),
                BTreeMap::new(),
                used.glyphs.values().map(|glyph| (glyph.id, glyph.units)).collect(),
                face.units_per_em,
                vertical,
            );
            let descriptor = &mut parsed.pdf_font_metrics;
            if let Some(bounds) = metrics.bounds {
                descriptor.x_min = whole(bounds.x_min);
                descriptor.y_min = whole(bounds.y_min);
                descriptor.x_max = whole(bounds.x_max);
                descriptor.y_max = whole(bounds.y_max);
            }
            if metrics.italic_angle != 0.0 {
                // printpdf takes the slant as rise over run.
                descriptor.caret_slope_rise = 1000;
                descriptor.caret_slope_run = whole(-1000.0 * metrics.italic_angle.to_radians().tan());
            }
            descriptor.us_weight_class = whole_unsigned(font.attributes().weight.value());
            resources.fonts.map.insert(resource_name(id), PdfFont::new(parsed));
            let glyphs = used.glyphs.into_values().map(|glyph| Codepoint::with_cid(glyph.id, 0.0, glyph.text)).collect();
            let font = PdfFontHandle::External(resource_name(id));
            specimen.push(Op::SetFont { font, size: Pt(1.0) });
            specimen.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        }
        specimen.push(Op::EndTextSection);
        Ok(specimen)
    }
}

impl UsedFace<'_> {
    /// The glyph in the cut font; at its first use, it comes to stand for a text.
    pub(super) fn glyph(&mut self, id: u16, text: &str) -> &UsedGlyph {
        let (metrics, remapper, units_per_em) = (&self.metrics, &mut self.remapper, self.units_per_em.max(1));
        self.glyphs.entry(id).or_insert_with(|| {
            let width = metrics.as_ref().and_then(|metrics| metrics.advance_width(GlyphId::from(id)));
            let units = whole_unsigned(width.unwrap_or(0.0));
            let width = u16::try_from(u32::from(units) * 1000 / u32::from(units_per_em)).unwrap_or(u16::MAX);
            let text = if text.chars().all(may_be_mapped) { text } else { "\u{fffd}" };
            UsedGlyph { id: remapper.remap(id), text: text.to_owned(), width, units }
        })
    }
}

/// Whether a glyph may stand for a letter by itself: not for those without a meaning of their own, which PDF/A and PDF/UA forbid
/// or want said (ISO 19005-3, 6.2.11.7; ISO 14289-1, 7.21.7).
fn may_be_mapped(letter: char) -> bool {
    !matches!(letter, '\0' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// The name by which page contents call a face.
pub(super) fn resource_name(id: FaceId) -> FontId {
    FontId(format!("Face{}", id.0))
}

/// The six capitals that mark a cut font, from the glyphs in it.
fn tag(remapper: &GlyphRemapper) -> String {
    let mut hasher = Sha256::new();
    for glyph in remapper.remapped_gids() {
        hasher.update(glyph.to_be_bytes());
    }
    hasher.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "font units fit, and the cast saturates")]
fn whole(units: f32) -> i16 {
    units as i16
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "widths and weights are small and not negative, and the cast saturates"
)]
fn whole_unsigned(units: f32) -> u16 {
    units as u16
}
