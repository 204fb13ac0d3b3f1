//! What our own reader reads, the library reads alike.

use super::super::raw::RawSheet;
use super::super::{node, yaml};
use proptest::prelude::*;
use std::fs;
use std::sync::LazyLock;

/// A sheet that uses every key, in block and flow style, with comments and odd values.
const EVERY_KEY: &str = r#"# A comment
schema: 1   # the form
province: "Nghệ An"
commune: {name: {en: Vinh Hung, vi: 'Vinh Hưng'}, kind: ward, code: "16681"}

sources:
  a-2023:
    publisher: {en: People's Committee, vi: "Ủy ban: nhân dân"}
    title: Đầu tư - thương mại (2023)
    author: 2023
    url: https://example.org/a?b=c#d
    description:
      en: an article

      vi: bài viết
      # the end
    published: 2023-11-05
    language: en
  b: {publisher: B, published: {estimated: 2025-07..2025-12, why: "it prints none"}, language: vi}
  c: {published: 2024, language: vi,
      title: "x, y"}
facts:
- indicator: goods-exports
  id: goods-exports-2023
  period: 2023-01..2023-11
  printed: {a-2023: estimated at 2.45 billion USD, b: "2,45 tỉ USD", c: {text: "1.5", read_as: en}}
  note: {en: one, vi: một}
- indicator: fdi-projects
  as_of: 2023-11
  printed:
    a-2023: 12.50
    b: 1155
    c: -5
-   indicator: fdi-projects
    as_of: 2022
    printed: {a-2023: 44.19%, b: $12}
partners:
  - {place: gyeonggi, source: a-2023, note: twin}
events:
  - event: {en: Visit, vi: Thăm}
    places: [singapore,
      khammouane]
    period: 2025-Q2
    source: b
  - {event: Games, places: [], period: 2025, source: b}
relations:
  - total: {parts: [x, v, {derive: fdi-projects, id: z}], whole: w}
  - part:
      part: x
      whole: v
  - count: {list: partners, stated: x}
  - count: {list: [singapore, laos], stated: x}
  - equal:
      facts:
        - x
        - v
  - equation: "x >= v * 2"
  - equation: x <= v
allow:
  - {code: stale-fact, fact: x, reason: the source is old, until: 2026-01}
indicators:
  own: {label: {en: Own, vi: Riêng}, theme: trade, unit: "%", kind: ratio, plausible: [0, 99.5], weight: 3, background: true}
  other:
    label: {en: Other, vi: Khác}
    theme: trade
    unit: VND
    kind: flow
    plausible: [-5, ~]
    plausible_by_year: {2023: [0, null]}
places:
  nowhere: {name: {en: Nowhere, vi: Không đâu}, kind: locality, country: laos, spellings: [No where, Now here]}
"#;

/// What the sheets of the rules' pages leave out.
const PREAMBLE: &str = "schema: 1\nprovince: nghe-an\n";

/// Sheets to begin with: that above, the shipped ones, and those of the rules' pages.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut texts = vec![EVERY_KEY.to_owned()];
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    for folder in ["fixtures", "tests/rules"] {
        let mut paths: Vec<_> =
            fs::read_dir(format!("{root}{folder}")).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for text in paths.iter().filter_map(|path| fs::read_to_string(path).ok()) {
            let fences = text.split("\n```yaml").skip(1).filter_map(|rest| rest.split("\n```").next());
            let sheets = fences.filter_map(|fence| fence.split_once('\n'));
            texts.extend(sheets.map(|(_, sheet)| format!("{PREAMBLE}{sheet}\n")));
            if folder == "fixtures" {
                texts.push(text);
            }
        }
    }
    texts
});

/// What stands where a text is changed.
const PIECES: [&str; 48] = [
    "", " ", "  ", "\n", "\n  ", "\n    ", ":", ": ", "#", " # ", "-", "- ", "\n- ", ",", ", ", "{", "}", "[", "]",
    "\"", "'", "''", "\\", "null", "~", "true", "0", "1", "0x1f", "1e3", ".5", "1_0", "é", "\u{a0}", "\u{85}",
    "\u{2028}", "\u{feff}", "\t", "\r", "&a ", "*a", "!t ", "|", ">", "?", "<<: ", "---", "x: y",
];

/// Whether our own reader takes the text; panics where the library does not read the same.
fn is_plain(text: &str) -> bool {
    let Some(own) = node::read::<RawSheet>(text) else { return false };
    match yaml::read::<RawSheet>(text) {
        Ok(librarys) => assert_eq!(format!("{own:#?}"), format!("{librarys:#?}"), "{text}"),
        Err(error) => panic!("the library does not read what we read: {error}\n{text}"),
    }
    true
}

#[test]
fn every_key_is_read_as_the_library_reads_it() {
    assert!(is_plain(EVERY_KEY));
}

#[test]
fn shipped_sheets_are_plain() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            assert!(is_plain(&fs::read_to_string(&path).unwrap()), "{}", path.display());
        }
    }
}

#[test]
fn whatever_we_read_the_library_reads_alike() {
    assert!(TEXTS.iter().filter(|text| is_plain(text)).count() > 100);
}

proptest! {
    #[test]
    fn changed_texts_are_read_alike(
        which: prop::sample::Index,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6, 0..PIECES.len()), 1..4),
    ) {
        let mut text = which.get(&TEXTS).clone();
        for (place, length, piece) in changes {
            let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
            let start = boundary(place.index(text.len() + 1));
            let end = boundary((start + length).min(text.len()));
            text.replace_range(start..end, PIECES[piece]);
        }
        is_plain(&text);
    }
}
