//! The fonts, parsed once and shared by documents and threads.

use super::style::{Cut, Family, Weight};
use harfrust::{FontRef, ShaperData};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The fonts that documents are set in. A clone shares them.
#[derive(Clone)]
pub struct Fonts {
    faces: Arc<Vec<Face>>,
    fallback: Vec<FaceId>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.faces.iter().map(|face| &face.name)).finish()
    }
}

/// A font could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// The bytes are not a font.
    #[error("font {0} is not readable")]
    Unreadable(String),
    /// A face that every document needs is missing.
    #[error("no font is named `{0}`")]
    Missing(&'static str),
}

/// The index of a face in [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// One font file.
pub struct Face {
    /// Its PostScript name.
    pub name: String,
    /// The file.
    pub data: Cow<'static, [u8]>,
    /// The grid of its outlines.
    pub units_per_em: u16,
    /// Cached tables for the shaper, made at first use: a document uses four faces of a dozen.
    shaper_data: OnceLock<ShaperData>,
}

impl Face {
    fn new(data: Cow<'static, [u8]>, position: usize) -> Result<Face, FontError> {
        let unreadable = || FontError::Unreadable(position.to_string());
        let font = FontRef::new(&data).map_err(|_| unreadable())?;
        let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first().ok_or_else(unreadable)?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let (name, units_per_em) = (name.to_string(), metrics.units_per_em);
        Ok(Face { name, data, units_per_em, shaper_data: OnceLock::new() })
    }

    /// The tables, if the file is readable; it was when [`Fonts`] was made.
    pub(super) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.data).ok()
    }

    pub(super) fn shaper(&self) -> Option<harfrust::Shaper<'_>> {
        let font = self.font()?;
        let data = self.shaper_data.get_or_init(|| ShaperData::new(&font));
        Some(data.shaper(&font).build())
    }
}

/// The faces that a style sheet names, in the order of their [`FaceId`]s.
const NAMED: [&str; 8] = [
    "LibertinusSerif-Regular",
    "LibertinusSerif-Semibold",
    "LibertinusSerif-Bold",
    "LibertinusSerif-Italic",
    "LibertinusSerif-SemiboldItalic",
    "LibertinusSerif-BoldItalic",
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
];

/// The faces that lend single letters to the named ones, best first.
const LENDING: [&str; 2] = ["NewCM10-Regular", "NewCMMath-Regular"];

impl Fonts {
    /// The fonts within the program.
    ///
    /// # Errors
    ///
    /// A bundled font is missing or unreadable: the program was built wrongly.
    pub fn bundled() -> Result<Fonts, FontError> {
        let mut found = Vec::new();
        for (position, data) in typst_assets::fonts().enumerate() {
            if data.starts_with(b"OTTO") || data.starts_with(&[0, 1, 0, 0]) {
                found.push(Face::new(Cow::Borrowed(data), position)?);
            }
        }
        let mut faces = Vec::new();
        for name in NAMED.into_iter().chain(LENDING) {
            let position = found.iter().position(|face| face.name == name).ok_or(FontError::Missing(name))?;
            faces.push(found.swap_remove(position));
        }
        let fallback = [0, 6, 8, 9].map(FaceId).to_vec();
        Ok(Fonts { faces: Arc::new(faces), fallback })
    }

    /// A face by its index.
    pub fn face(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    /// Every index, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..u8::try_from(self.faces.len()).unwrap_or(u8::MAX)).map(FaceId)
    }

    /// The faces to try for a cut, best first: an italic without ơ borrows it from the upright of the same weight.
    pub(super) fn chain(&self, cut: Cut) -> Vec<FaceId> {
        let upright = match (cut.family, cut.weight) {
            (Family::Serif, Weight::Regular) => 0,
            (Family::Serif, Weight::Semibold) => 1,
            (Family::Serif, Weight::Bold) => 2,
            (Family::Mono, Weight::Regular) => 6,
            (Family::Mono, Weight::Semibold | Weight::Bold) => 7,
        };
        let wanted = if cut.italic && cut.family == Family::Serif { upright + 3 } else { upright };
        let mut chain = vec![FaceId(wanted)];
        if wanted == 5 {
            // Bold italic lacks ơ and ư: semibold italic is nearer to it than upright bold.
            chain.push(FaceId(4));
        }
        chain.push(FaceId(upright));
        chain.extend(&self.fallback);
        chain
    }
}
