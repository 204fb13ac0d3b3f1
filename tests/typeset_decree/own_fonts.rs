//! A user's own fonts, told apart by what they say of themselves. The fonts are the bundled ones, written to a folder.

use super::*;
use brief::typeset::{FontError, TypesetError};
use skrifa::MetadataProvider;
use skrifa::raw::{FontRef, types::Tag};
use skrifa::string::StringId;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The bundled fonts whose names start with a text, by their PostScript names.
fn bundled(start: &str) -> Vec<(String, Vec<u8>)> {
    let named = |data: &'static [u8]| {
        let font = FontRef::new(data).ok()?;
        let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first()?.to_string();
        name.starts_with(start).then(|| (name, data.to_vec()))
    };
    let found: Vec<_> = typst_assets::fonts().filter_map(named).collect();
    assert!(found.len() >= 4, "{start}: {}", found.len());
    found
}

/// A folder of fonts, under names that tell nothing.
fn folder(fonts: &[(String, Vec<u8>)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (index, (_, data)) in fonts.iter().enumerate() {
        let ending = if data.starts_with(b"OTTO") { "OTF" } else { "ttf" };
        fs::write(folder.path().join(format!("{index}.{ending}")), data).unwrap();
    }
    folder
}

fn read(folder: &Path) -> Result<Fonts, FontError> {
    Fonts::in_folder(folder, &both())
}

/// For English documents only: the bundled monospaced font, the one in TrueType's form, lacks letters of Vietnamese.
fn read_english(folder: &Path) -> Result<Fonts, FontError> {
    Fonts::in_folder(folder, &BTreeSet::from([Language::En]))
}

fn refused(fonts: &[(String, Vec<u8>)]) -> FontError {
    read(folder(fonts).path()).unwrap_err()
}

/// Where a table lies in a font file.
fn table(data: &[u8], tag: [u8; 4]) -> std::ops::Range<usize> {
    let font = FontRef::new(data).unwrap();
    let record = font.table_directory().table_records().iter().find(|record| record.tag() == Tag::new(&tag)).unwrap();
    let start = usize::try_from(record.offset()).unwrap();
    start..start + usize::try_from(record.length()).unwrap()
}

/// The font with a character map of ASCII only.
fn ascii_only(mut data: Vec<u8>) -> Vec<u8> {
    let charmap: Vec<(u32, u32)> = {
        let font = FontRef::new(&data).unwrap();
        (' '..='~').filter_map(|letter| Some((u32::from(letter), font.charmap().map(letter)?.to_u32()))).collect()
    };
    let mut map = [0_u16, 1, 3, 10].map(u16::to_be_bytes).concat();
    map.extend(12_u32.to_be_bytes());
    map.extend([12_u16, 0].map(u16::to_be_bytes).concat());
    let count = u32::try_from(charmap.len()).unwrap();
    map.extend([16 + 12 * count, 0, count].map(u32::to_be_bytes).concat());
    for (letter, glyph) in charmap {
        map.extend([letter, letter, glyph].map(u32::to_be_bytes).concat());
    }
    let place = table(&data, *b"cmap");
    data[place.start..place.start + map.len()].copy_from_slice(&map);
    data
}

/// The font with its permission to be embedded changed.
fn with_permission(mut data: Vec<u8>, permission: u16) -> Vec<u8> {
    let place = table(&data, *b"OS/2").start + 8;
    data[place..place + 2].copy_from_slice(&permission.to_be_bytes());
    data
}

/// Fonts as one collection.
fn collection(fonts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"ttcf\0\x01\0\0".to_vec();
    file.extend(u32::try_from(fonts.len()).unwrap().to_be_bytes());
    let mut start = file.len() + 4 * fonts.len();
    for (_, data) in fonts {
        file.extend(u32::try_from(start).unwrap().to_be_bytes());
        start += data.len().next_multiple_of(4);
    }
    for (_, data) in fonts {
        let shift = u32::try_from(file.len()).unwrap();
        let mut font = data.clone();
        let tables = usize::from(u16::from_be_bytes([data[4], data[5]]));
        for record in 0..tables {
            let place = 12 + 16 * record + 8;
            let offset = u32::from_be_bytes(data[place..place + 4].try_into().unwrap()) + shift;
            font[place..place + 4].copy_from_slice(&offset.to_be_bytes());
        }
        file.extend(font);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// The names of the faces that a document uses.
fn used(document: &Document, fonts: &Fonts) -> BTreeSet<String> {
    document.pages.iter().flat_map(runs).map(|run| fonts.face(run.face).unwrap().name.clone()).collect()
}

#[test]
fn styles_are_found_by_what_the_fonts_say() {
    let office = office();
    let check = |fonts: &Fonts, markdown: &str, layout: &'static Layout, wanted: &[&str]| {
        let document = set(markdown, &Settings { office: Some(&office), ..Settings::new(fonts, layout) }).unwrap();
        let used = used(&document, fonts);
        for face in wanted {
            assert!(used.contains(*face), "{face} in {used:?}");
        }
        assert_eq!(document.warnings, []);
        assert_eq!(compare_numerals(markdown, &document), []);
        assert!(brief::pdf::write(&document, fonts, &[]).unwrap().starts_with(b"%PDF"));
    };
    let truetype = read_english(folder(&bundled("DejaVuSansMono")).path()).unwrap();
    assert_eq!(truetype.own_family(), Some("DejaVu Sans Mono"));
    let faces = ["DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-Oblique", "DejaVuSansMono-BoldOblique"];
    check(&truetype, ENGLISH, &DECREE_30, &faces);
    check(&truetype, ENGLISH, &BRIEFING, &faces[..2]);
    let mut found = bundled("LibertinusSerif");
    found.retain(|(name, _)| !name.contains("Semibold"));
    let postscript = read(folder(&found).path()).unwrap();
    assert_eq!(postscript.own_family(), Some("Libertinus Serif"));
    let faces = ["LibertinusSerif-Regular", "LibertinusSerif-Bold", "LibertinusSerif-Italic"];
    check(&postscript, VIETNAMESE, &DECREE_30, &faces);
    check(&postscript, VIETNAMESE, &BRIEFING, &faces[..2]);
}

#[test]
fn a_semibold_that_is_not_there_is_bold() {
    let found = bundled("DejaVuSansMono");
    let fonts = read_english(folder(&found).path()).unwrap();
    let document = set("## Heading\n", &Settings::new(&fonts, &BRIEFING)).unwrap();
    let heading = runs(&document.pages[0]).find(|run| run.text == "Heading").unwrap();
    assert_eq!(fonts.face(heading.face).unwrap().name, "DejaVuSansMono-Bold");
}

#[test]
fn a_collection_holds_a_family() {
    let found = bundled("DejaVuSansMono");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("all.ttc"), collection(&found)).unwrap();
    let fonts = read_english(folder.path()).unwrap();
    assert_eq!(fonts.own().count(), 4);
    let document = set("**Text**\n", &Settings::new(&fonts, &DECREE_30)).unwrap();
    assert!(brief::pdf::write(&document, &fonts, &[]).is_ok());
}

#[test]
fn folders_that_are_no_family_are_refused() {
    let nowhere = read(Path::new("no/such/folder")).unwrap_err();
    assert!(nowhere.to_string().starts_with("cannot open the folder of fonts no/such/folder: "));
    let empty = TempDir::new().unwrap();
    fs::write(empty.path().join("readme.txt"), "no font").unwrap();
    assert!(matches!(read(empty.path()).unwrap_err(), FontError::Empty(_)));
    fs::write(empty.path().join("a.ttf"), "no font either").unwrap();
    assert!(matches!(read(empty.path()).unwrap_err(), FontError::Unreadable(path) if path.ends_with("a.ttf")));
    let both: Vec<_> = bundled("DejaVuSansMono").into_iter().chain(bundled("NewCM10")).collect();
    let FontError::Families { families, .. } = refused(&both) else { panic!() };
    assert_eq!(families.len(), 2);
    assert!(families.contains(&"DejaVu Sans Mono".to_owned()), "{families:?}");
    let found = bundled("DejaVuSansMono");
    for (missing, style) in
        [("DejaVuSansMono", "regular"), ("DejaVuSansMono-Bold", "bold"), ("DejaVuSansMono-Oblique", "italic")]
    {
        let rest: Vec<_> = found.iter().filter(|(name, _)| name != missing).cloned().collect();
        let error = refused(&rest).to_string();
        assert!(error.contains(&format!("`DejaVu Sans Mono` has no {style}: there are ")), "{error}");
    }
}

#[test]
fn a_licence_that_forbids_embedding_is_heeded() {
    let with = |permission: u16| {
        let found: Vec<_> = bundled("DejaVuSansMono")
            .into_iter()
            .map(|(name, data)| (name, with_permission(data, permission)))
            .collect();
        read_english(folder(&found).path())
    };
    for forbidden in [0x0002, 0x0100, 0x0200] {
        assert!(matches!(with(forbidden), Err(FontError::Forbidden { .. })), "{forbidden:#x}");
    }
    for allowed in [0x0000, 0x0004, 0x0008, 0x000a] {
        assert!(with(allowed).is_ok(), "{allowed:#x}");
    }
}

#[test]
fn a_font_without_vietnamese_is_refused_for_vietnamese_only() {
    let found: Vec<_> = bundled("DejaVuSansMono").into_iter().map(|(name, data)| (name, ascii_only(data))).collect();
    let folder = folder(&found);
    let error = read(folder.path()).unwrap_err();
    let FontError::Letters { font, letters } = &error else { panic!("{error}") };
    assert_eq!(font, "DejaVu Sans Mono Book");
    for letter in "Ơơ Ưư ẵẴ đĐ".chars().filter(|letter| letter.is_alphabetic()) {
        assert!(letters.contains(&letter), "{letter}");
    }
    assert_eq!(letters.len(), 2 * 67, "the letters of Vietnamese beyond ASCII, small and capital");
    assert!(error.to_string().contains("`à` (U+00E0)") || error.to_string().contains("`À` (U+00C0)"), "{error}");

    let fonts = Fonts::in_folder(folder.path(), &BTreeSet::from([Language::En])).unwrap();
    let settings = Settings::new(&fonts, &DECREE_30);
    assert!(set("Plain English: 12.5% – “quoted” → ☐\n", &settings).is_ok(), "signs may be lent, letters not");
    let error = set("Visit to Nghệ An and 東京\n", &settings).unwrap_err();
    let TypesetError::LackingLetters { family, letters } = &error else { panic!("{error}") };
    assert_eq!((family.as_str(), letters.iter().collect::<String>().as_str()), ("DejaVu Sans Mono", "ệ京東"));
}

#[test]
fn note_marks_are_raised_where_the_font_has_no_superiors() {
    let found: Vec<_> = bundled("DejaVuSansMono").into_iter().map(|(name, data)| (name, ascii_only(data))).collect();
    let fonts = Fonts::in_folder(folder(&found).path(), &BTreeSet::from([Language::En])).unwrap();
    let settings = Settings::new(&fonts, &BRIEFING);
    let document = set("A figure.[^d]\n\n[^d]: Derived.\n", &settings).unwrap();
    let text = runs(&document.pages[0]).find(|run| run.text.starts_with('A')).unwrap();
    let mark = runs(&document.pages[0]).find(|run| run.text == "d").unwrap();
    assert!(mark.size < text.size * 0.7 && mark.y < text.y - 2.0, "{} {}", mark.size, mark.y);
}
