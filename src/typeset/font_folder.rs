//! A user's own fonts: one family in a folder, its faces told apart by the fonts' own names and styles.

use super::fonts::{Face, FontError};
use super::shape::has_letter;
use crate::language::Language;
use skrifa::attribute::{Stretch, Style};
use skrifa::raw::{FileRef, FontRef, TableProvider, types::Tag};
use skrifa::string::StringId;
use skrifa::{MetadataProvider, charmap::Charmap};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// No font is larger; the largest of East Asia have some 20 MB.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// More files than a family has, and than should be read into memory.
const MAX_FILES: usize = 256;
/// The letters that Vietnamese has beyond ASCII, in small.
const VIETNAMESE: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
/// The bits of `fsType` in a font's OS/2 table that say how it may be embedded (OpenType specification, OS/2).
const RESTRICTED: u16 = 0x0002;
/// A looser permission than restricted: preview and print, or editable.
const LOOSER: u16 = 0x0004 | 0x0008;
/// Only whole fonts may be embedded.
const NO_SUBSETTING: u16 = 0x0100;
/// Only bitmaps may be embedded.
const ONLY_BITMAPS: u16 = 0x0200;

/// The faces of a family. What it lacks is told apart from what it must have.
pub(super) struct Family {
    /// Its name.
    pub(super) name: String,
    pub(super) regular: Face,
    pub(super) bold: Face,
    pub(super) italic: Face,
    pub(super) semibold: Option<Face>,
    pub(super) semibold_italic: Option<Face>,
    pub(super) bold_italic: Option<Face>,
}

/// A font of the folder.
struct Found {
    data: Vec<u8>,
    family: String,
    /// The family and style, as people call the font.
    name: String,
    weight: f32,
    is_italic: bool,
    /// How far from the normal width.
    off_width: f32,
    is_variable: bool,
    /// Why it must not be embedded.
    forbidden: Option<&'static str>,
}

/// Reads the one family of a folder, and sees that its upright, bold and italic have the letters of the languages.
pub(super) fn read(folder: &Path, languages: &BTreeSet<Language>) -> Result<Family, FontError> {
    let mut found = Vec::new();
    for (path, bytes) in files(folder)? {
        let unreadable = || FontError::Unreadable(path.clone());
        let fonts = match FileRef::new(&bytes).map_err(|_| unreadable())? {
            FileRef::Font(font) => vec![look(&font, bytes.clone()).ok_or_else(unreadable)?],
            FileRef::Collection(collection) => collection
                .iter()
                .map(|font| font.ok().and_then(|font| look(&font, alone(&font)?)).ok_or_else(unreadable))
                .collect::<Result<Vec<Found>, FontError>>()?,
        };
        found.extend(fonts);
    }
    let shown = folder.display().to_string();
    let families: BTreeSet<String> = found.iter().map(|font| font.family.clone()).collect();
    let name = match families.iter().collect::<Vec<&String>>().as_slice() {
        [] => return Err(FontError::Empty(shown)),
        [name] => (*name).clone(),
        _ => return Err(FontError::Families { folder: shown, families: families.into_iter().collect() }),
    };
    let styles: Vec<String> = found.iter().map(|font| font.name.clone()).collect();
    if found.iter().all(|font| font.is_variable) {
        return Err(FontError::Variable(name));
    }
    found.retain(|font| !font.is_variable);
    let mut pick = |weights: std::ops::RangeInclusive<f32>, wanted: f32, is_italic: bool| {
        let fits = |font: &Found| font.is_italic == is_italic && weights.contains(&font.weight);
        let distance = |font: &Found| font.off_width * 10_000.0 + (font.weight - wanted).abs();
        let nearest = found.iter().enumerate().filter(|(_, font)| fits(font)).min_by(|(_, first), (_, second)| {
            distance(first).total_cmp(&distance(second)).then(first.name.cmp(&second.name))
        });
        nearest.map(|(index, _)| index).map(|index| found.remove(index))
    };
    let regular = pick(300.0..=500.0, 400.0, false);
    let italic = pick(300.0..=500.0, 400.0, true);
    let semibold = pick(550.0..=650.0, 600.0, false);
    let semibold_italic = pick(550.0..=650.0, 600.0, true);
    // A family whose boldest is a semibold has that for its bold.
    let bold = pick(651.0..=950.0, 700.0, false);
    let bold_italic = pick(651.0..=950.0, 700.0, true);
    let (bold, semibold) = if bold.is_some() { (bold, semibold) } else { (semibold, None) };
    let (bold_italic, semibold_italic) =
        if bold_italic.is_some() { (bold_italic, semibold_italic) } else { (semibold_italic, None) };
    let need = |font: Option<Found>, style: &'static str| {
        font.ok_or_else(|| FontError::NoStyle { family: name.clone(), style, found: styles.clone() })
    };
    let (regular, bold, italic) = (need(regular, "regular")?, need(bold, "bold")?, need(italic, "italic")?);
    let all =
        [Some(&regular), Some(&bold), Some(&italic), semibold.as_ref(), semibold_italic.as_ref(), bold_italic.as_ref()];
    for font in all.into_iter().flatten() {
        if let Some(reason) = font.forbidden {
            return Err(FontError::Forbidden { font: font.name.clone(), reason });
        }
    }
    for font in [&regular, &bold, &italic] {
        lacks(font, languages)?;
    }
    let face = |font: Found| Face::own(Cow::Owned(font.data), &font.name);
    Ok(Family {
        regular: face(regular)?,
        bold: face(bold)?,
        italic: face(italic)?,
        semibold: semibold.map(face).transpose()?,
        semibold_italic: semibold_italic.map(face).transpose()?,
        bold_italic: bold_italic.map(face).transpose()?,
        name,
    })
}

/// The font files of a folder, in the order of their names.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, FontError> {
    let failed =
        |error: std::io::Error| FontError::Folder { folder: folder.display().to_string(), reason: error.to_string() };
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_font = path.extension().is_some_and(|extension| {
            ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
        });
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !is_font || is_hidden || !path.is_file() {
            continue;
        }
        let shown = path.display().to_string();
        let size = fs::metadata(&path).map_err(failed)?.len();
        if size > MAX_BYTES {
            return Err(FontError::Unreadable(shown));
        }
        if files.len() == MAX_FILES {
            return Err(FontError::Crowded { folder: folder.display().to_string(), most: MAX_FILES });
        }
        let bytes = fs::read(&path).map_err(|_| FontError::Unreadable(shown.clone()))?;
        files.insert(shown, bytes);
    }
    Ok(files)
}

/// What a font says of itself; `None` if it cannot be set with.
fn look(font: &FontRef<'_>, data: Vec<u8>) -> Option<Found> {
    let string = |id: StringId| font.localized_strings(id).english_or_first().map(|name| name.to_string());
    let named = |ids: [StringId; 2]| ids.into_iter().find_map(string).filter(|name| !name.trim().is_empty());
    let family = named([StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME])?;
    let style = named([StringId::TYPOGRAPHIC_SUBFAMILY_NAME, StringId::SUBFAMILY_NAME]).unwrap_or_default();
    let has_outlines = font.glyf().is_ok() || font.cff().is_ok() || font.cff2().is_ok();
    if !has_outlines || font.cmap().is_err() || font.hmtx().is_err() {
        return None;
    }
    let attributes = font.attributes();
    let permission = font.os2().map_or(0, |table| table.fs_type());
    let forbidden = if permission & RESTRICTED != 0 && permission & LOOSER == 0 {
        Some("its licence forbids embedding it in documents")
    } else if permission & NO_SUBSETTING != 0 {
        Some("its licence forbids embedding a part of it")
    } else if permission & ONLY_BITMAPS != 0 {
        Some("its licence allows embedding bitmaps only")
    } else {
        None
    };
    Some(Found {
        name: format!("{family} {style}").trim().to_owned(),
        family,
        weight: attributes.weight.value(),
        is_italic: attributes.style != Style::Normal,
        off_width: (attributes.stretch.ratio() - Stretch::NORMAL.ratio()).abs(),
        is_variable: font.fvar().is_ok() || font.cff2().is_ok(),
        forbidden,
        data,
    })
}

/// A font of a collection as a file of its own: its tables behind a directory.
fn alone(font: &FontRef<'_>) -> Option<Vec<u8>> {
    let directory = font.table_directory();
    let tables: Vec<(Tag, u32, &[u8])> = directory
        .table_records()
        .iter()
        .filter_map(|record| Some((record.tag(), record.checksum(), font.table_data(record.tag())?.as_bytes())))
        .collect();
    let mut file = Vec::new();
    file.extend(directory.sfnt_version().to_be_bytes());
    file.extend(u16::try_from(tables.len()).ok()?.to_be_bytes());
    for number in [directory.search_range(), directory.entry_selector(), directory.range_shift()] {
        file.extend(number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, checksum, table) in &tables {
        file.extend(tag.to_be_bytes());
        file.extend(checksum.to_be_bytes());
        file.extend(u32::try_from(offset).ok()?.to_be_bytes());
        file.extend(u32::try_from(table.len()).ok()?.to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for (_, _, table) in &tables {
        file.extend(*table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    Some(file)
}

/// Refuses a font without the letters of a language.
fn lacks(font: &Found, languages: &BTreeSet<Language>) -> Result<(), FontError> {
    let unreadable = |_| FontError::Unreadable(font.name.clone());
    let file = FontRef::new(&font.data).map_err(unreadable)?;
    let charmap: Charmap<'_> = file.charmap();
    let mut letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
    if languages.contains(&Language::Vi) {
        letters.extend(VIETNAMESE.chars().flat_map(|small| small.to_uppercase().chain(std::iter::once(small))));
    }
    letters.retain(|letter| !has_letter(&charmap, *letter));
    if letters.is_empty() {
        return Ok(());
    }
    Err(FontError::Letters { font: font.name.clone(), letters: letters.into_iter().collect() })
}
