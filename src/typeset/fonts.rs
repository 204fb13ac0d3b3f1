//! The fonts, parsed once and shared by documents and threads.

use super::font_folder;
use super::shape::Desk;
use super::style::{Cut, Family, Weight};
use crate::language::Language;
use harfrust::{FontRef, ShaperData};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

/// The fonts that documents are set in. A clone shares them.
#[derive(Clone)]
pub struct Fonts {
    faces: Arc<Vec<Face>>,
    /// Regular, semibold, bold; the italics of the same.
    serif: [FaceId; 6],
    /// Regular, bold.
    mono: [FaceId; 2],
    fallback: Vec<FaceId>,
    /// A user's own family in place of the bundled one.
    own: Option<OwnFamily>,
    /// One for each document that was being set at the same time, while none is.
    desks: Arc<Mutex<Vec<Desk>>>,
}

#[derive(Clone)]
struct OwnFamily {
    name: String,
    /// How many faces it has: the first ones.
    count: u8,
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
    /// The folder of a user's own fonts cannot be opened.
    #[error("cannot open the folder of fonts {folder}: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        reason: String,
    },
    /// The folder has no font.
    #[error("there is no font in {0}")]
    Empty(String),
    /// The folder has more fonts than are read.
    #[error("there are more than {most} fonts in {folder}")]
    Crowded {
        /// The folder.
        folder: String,
        /// How many are read.
        most: usize,
    },
    /// The folder has fonts of several families.
    #[error("there are fonts of {} families in {folder}: {}", .families.len(), names(.families))]
    Families {
        /// The folder.
        folder: String,
        /// The families.
        families: Vec<String>,
    },
    /// A style that every document needs is missing.
    #[error("the font family `{family}` has no {style}: there are {}", names(.found))]
    NoStyle {
        /// The family.
        family: String,
        /// The style.
        style: &'static str,
        /// The fonts that there are.
        found: Vec<String>,
    },
    /// The fonts are variable.
    #[error("the font `{0}` is a variable one, which has no bold of its own")]
    Variable(String),
    /// A font must not be embedded.
    #[error("the font `{font}` cannot be used: {reason}")]
    Forbidden {
        /// The font.
        font: String,
        /// What its licence says.
        reason: &'static str,
    },
    /// A font lacks letters of a language that documents are made in.
    #[error("the font `{font}` lacks {}, which the documents need", super::missing::name(.letters))]
    Letters {
        /// The font.
        font: String,
        /// The letters.
        letters: BTreeSet<char>,
    },
}

/// The most names that a message tells.
const MOST_NAMES: usize = 12;

fn names(names: &[String]) -> String {
    let told = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect::<Vec<String>>().join(", ");
    if names.len() > MOST_NAMES { format!("{told}, …") } else { told }
}

impl FontError {
    /// What to do about it, if the user can do something.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            FontError::Unreadable(_) => "take it out of the folder, or replace it by a whole one",
            FontError::Folder { .. } => "`--fonts DIR` names a folder that holds the fonts of one family",
            FontError::Empty(_) => {
                "put the .ttf, .otf or .ttc files of one family into it: regular, bold, italic, bold italic"
            }
            FontError::Crowded { .. } | FontError::Families { .. } => {
                "put the fonts of the family that you want into a folder of its own, and name that folder"
            }
            FontError::NoStyle { .. } => "a document needs regular, bold and italic: add the missing one",
            FontError::Variable(_) => "use the family's static fonts, a file to each style",
            FontError::Forbidden { .. } => "choose a font whose licence allows it, or leave `--fonts` out",
            FontError::Letters { .. } => "choose a font that has them, such as Times New Roman, or leave `--fonts` out",
        };
        Some(help.to_owned())
    }
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
    fn bundled(name: &str, data: &'static [u8]) -> Result<Face, FontError> {
        let font = FontRef::new(data).map_err(|_| FontError::Unreadable(name.to_owned()))?;
        let units_per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        Ok(Face { name: name.to_owned(), data: Cow::Borrowed(data), units_per_em, shaper_data: OnceLock::new() })
    }

    /// A face of a user's own, which may lack the name that PDF calls it by.
    pub(super) fn own(data: Cow<'static, [u8]>, called: &str) -> Result<Face, FontError> {
        let unreadable = |_| FontError::Unreadable(called.to_owned());
        let font = FontRef::new(&data).map_err(unreadable)?;
        let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first().map(|name| name.to_string());
        let mut name = name.unwrap_or_else(|| called.to_owned());
        name.retain(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        let units_per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
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

/// A face within the program, by its PostScript name: `build.rs` lays out those of typst-assets, and no other gets into the program.
macro_rules! bundled {
    ($name:literal) => {
        ($name, include_bytes!(concat!(env!("OUT_DIR"), "/", $name)))
    };
}

/// The faces within the program, in the order of their [`FaceId`]s: first those that a style sheet names, then those that lend single
/// letters to them, best first.
const BUNDLED: [(&str, &[u8]); 10] = [
    bundled!("LibertinusSerif-Regular"),
    bundled!("LibertinusSerif-Semibold"),
    bundled!("LibertinusSerif-Bold"),
    bundled!("LibertinusSerif-Italic"),
    bundled!("LibertinusSerif-SemiboldItalic"),
    bundled!("LibertinusSerif-BoldItalic"),
    bundled!("DejaVuSansMono"),
    bundled!("DejaVuSansMono-Bold"),
    bundled!("NewCM10-Regular"),
    bundled!("NewCMMath-Regular"),
];

impl Fonts {
    /// The fonts within the program.
    ///
    /// # Errors
    ///
    /// A bundled font is unreadable: the program was built wrongly.
    pub fn bundled() -> Result<Fonts, FontError> {
        let faces = Fonts::bundled_faces()?;
        let fallback = [0, 6, 8, 9].map(FaceId).to_vec();
        let serif = [0, 1, 2, 3, 4, 5].map(FaceId);
        Ok(Fonts {
            faces: Arc::new(faces),
            serif,
            mono: [6, 7].map(FaceId),
            fallback,
            own: None,
            desks: Arc::default(),
        })
    }

    fn bundled_faces() -> Result<Vec<Face>, FontError> {
        BUNDLED.into_iter().map(|(name, data)| Face::bundled(name, data)).collect()
    }

    /// A user's own family in place of the bundled serif: the one family of a folder, told apart by the fonts' own names and styles. The
    /// bundled fonts remain for code, and for signs that the family lacks; letters are never lent.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or holds no font, several families, or one without regular, bold or italic; a font is unreadable,
    /// must not be embedded, or lacks letters of one of the languages.
    pub fn in_folder(folder: &Path, languages: &BTreeSet<Language>) -> Result<Fonts, FontError> {
        let family = font_folder::read(folder, languages)?;
        let mut faces = vec![family.regular, family.bold, family.italic];
        let mut add = |face: Option<Face>, otherwise: FaceId| match face {
            None => otherwise,
            Some(face) => {
                faces.push(face);
                FaceId(u8::try_from(faces.len() - 1).unwrap_or(0))
            }
        };
        let (regular, bold, italic) = (FaceId(0), FaceId(1), FaceId(2));
        let bold_italic = add(family.bold_italic, bold);
        let semibold = add(family.semibold, bold);
        let semibold_italic = add(family.semibold_italic, bold_italic);
        let count = u8::try_from(faces.len()).unwrap_or(u8::MAX);
        faces.append(&mut Fonts::bundled_faces()?);
        let bundled = |index: u8| FaceId(count + index);
        Ok(Fonts {
            faces: Arc::new(faces),
            serif: [regular, semibold, bold, italic, semibold_italic, bold_italic],
            mono: [6, 7].map(bundled),
            fallback: std::iter::once(regular).chain([0, 6, 8, 9].map(bundled)).collect(),
            own: Some(OwnFamily { name: family.name, count }),
            desks: Arc::default(),
        })
    }

    /// The name of a user's own family, if there is one.
    pub fn own_family(&self) -> Option<&str> {
        self.own.as_ref().map(|own| own.name.as_str())
    }

    /// The faces of a user's own family.
    pub fn own(&self) -> impl Iterator<Item = &Face> {
        self.faces.iter().take(self.own.as_ref().map_or(0, |own| usize::from(own.count)))
    }

    /// Whether a face stands in for a user's own family, which lacks something.
    pub(super) fn is_lent(&self, id: FaceId) -> bool {
        self.own.as_ref().is_some_and(|own| id.0 >= own.count)
    }

    /// A face by its index.
    pub fn face(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    /// Every index, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..u8::try_from(self.faces.len()).unwrap_or(u8::MAX)).map(FaceId)
    }

    /// A desk to shape a document's words at: that of an earlier document, if there is one.
    pub(super) fn desk(&self) -> Desk {
        self.desks.lock().ok().and_then(|mut desks| desks.pop()).unwrap_or_else(Desk::new)
    }

    /// Takes back a desk.
    pub(super) fn clear(&self, desk: Desk) {
        if let Ok(mut desks) = self.desks.lock()
            && !desk.is_full()
        {
            desks.push(desk);
        }
    }

    /// The faces to try for a cut, best first: an italic without ơ borrows it from the upright of the same weight.
    pub(super) fn chain(&self, cut: Cut) -> Vec<FaceId> {
        let [regular, semibold, bold, italic, semibold_italic, bold_italic] = self.serif;
        let mut chain = match (cut.family, cut.weight) {
            (Family::Mono, Weight::Regular) => vec![self.mono[0]],
            (Family::Mono, Weight::Semibold | Weight::Bold) => vec![self.mono[1]],
            (Family::Serif, Weight::Regular) if cut.italic => vec![italic, regular],
            (Family::Serif, Weight::Semibold) if cut.italic => vec![semibold_italic, semibold],
            // Libertinus' bold italic lacks ơ and ư: semibold italic is nearer to it than upright bold.
            (Family::Serif, Weight::Bold) if cut.italic => vec![bold_italic, semibold_italic, bold],
            (Family::Serif, Weight::Regular) => vec![regular],
            (Family::Serif, Weight::Semibold) => vec![semibold],
            (Family::Serif, Weight::Bold) => vec![bold],
        };
        chain.extend(&self.fallback);
        chain
    }
}
