//! What a PDF must keep to, read back from its bytes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test that cannot read its input fails"
)]

mod archive;
mod attachments;
#[path = "../judges/mod.rs"]
mod judges;
#[path = "../pdf_reader/mod.rs"]
mod pdf_reader;
mod structure;

use brief::pdf::{identity_holds, write};
use brief::typeset::{Document, Fonts, FrameItem, GlyphRun, LinkTarget, layout};
use lopdf::{Dictionary, Object};
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

const ENGLISH: &str = include_str!("../typeset/nghe-an.en.md");
const VIETNAMESE: &str = include_str!("../typeset/nghe-an.vi.md");
const CONSTRUCTS: &str = include_str!("../typeset/constructs.md");

fn set(markdown: &str) -> Document {
    layout(markdown, &FONTS).unwrap()
}

fn pdf(markdown: &str) -> Vec<u8> {
    write(&set(markdown), &FONTS, &[]).unwrap()
}

fn load(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).unwrap()
}

#[test]
fn every_letter_comes_back() {
    for markdown in [ENGLISH, VIETNAMESE, CONSTRUCTS] {
        let document = set(markdown);
        let read = pdf_reader::pages(&write(&document, &FONTS, &[]).unwrap());
        for (page, read) in document.pages.iter().zip(read) {
            let written: Vec<String> = page
                .items
                .iter()
                .filter_map(|item| match item {
                    FrameItem::Text(run) => Some(read_as(&document, run)),
                    _ => None,
                })
                .collect();
            let read: Vec<&str> = read.split_terminator('\u{1f}').collect();
            assert_eq!(read.len(), written.len());
            for (read, written) in read.into_iter().zip(written) {
                assert!(read == written || read.trim_start() == written, "`{written}` was read as `{read}`");
            }
        }
    }
}

/// What is read in place of a run: a note mark in brackets, what keeps two of them apart as a space, all else as it is.
fn read_as(document: &Document, run: &GlyphRun) -> String {
    let items = || document.pages.iter().flat_map(|page| &page.items);
    let is_mark = items().any(|item| match item {
        FrameItem::Link(link) if Some(link.element) == run.element => {
            matches!(&link.target, LinkTarget::Anchor(anchor) if anchor.starts_with("note-"))
        }
        _ => false,
    });
    match run.text.as_str() {
        text if is_mark => format!("[{text}]"),
        ",\u{2009}" => " ".to_owned(),
        "9" => "⁹".to_owned(),
        text => text.to_owned(),
    }
}

/// More letters than a byte can number, most of them in one face, under a heading in another.
fn many_letters() -> String {
    let letters: Vec<char> = ('\u{c0}'..='\u{24f}').chain('α'..='ω').chain('а'..='я').collect();
    let words = letters.chunks(8).map(|word| word.iter().collect::<String>() + " ");
    format!("# Letters\n\n{}", words.collect::<String>())
}

#[test]
fn codes_have_two_bytes_where_one_cannot_number_all_glyphs_of_a_face() {
    let widths = |bytes: &[u8]| -> Vec<usize> {
        let document = load(bytes);
        let page = document.get_pages()[&1];
        document.get_page_fonts(page).unwrap().into_values().map(pdf_reader::code_width).collect()
    };
    assert!(widths(&pdf(VIETNAMESE)).iter().all(|width| *width == 1));
    let many = pdf(&many_letters());
    assert!(widths(&many).contains(&2) && widths(&many).contains(&1), "{:?}", widths(&many));
    let read = pdf_reader::pages(&many).join("").replace('\u{1f}', " ");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(read.trim_end().trim_end_matches("page 1 of 1")), words(many_letters().trim_start_matches('#')));
}

#[test]
fn a_mark_does_not_run_into_the_figure_before_it() {
    let markdown = "Exports of 15[^1][^2] and 16 [^1] in 2022<sup>d</sup>, 10<sup>9</sup> m<sup>2</sup>, on the 1<sup>st</sup>.\n\n\
        | 9,620[^1]<br>2023 |\n|---|\n| 7[^2] |\n\n[^1]: One.\n[^2]: Two.";
    let read = pdf_reader::structure(&pdf(markdown));
    let texts: Vec<String> =
        read.all().into_iter().filter(|node| node.tag == "P" || node.tag == "TH").map(pdf_reader::Node::text).collect();
    assert_eq!(
        texts,
        ["Exports of 15 [1] [2] and 16 [1] in 2022 [d], 10⁹ m², on the 1st.", "9,620 [1]2023", "7 [2]", "One.", "Two."]
    );
}

#[test]
fn words_come_back_in_order_with_ligatures_and_hyphens() {
    let sentence = "The office of foreign affairs first waffled about efficient baffling fjords, and internationalisation flourished. ";
    let markdown = format!("{}{}", sentence.repeat(9), "Đối ngoại Nghệ An, vượt kế hoạch. ".repeat(12));
    let read = pdf_reader::pages(&pdf(&markdown)).join("").replace(['\u{ad}', '\u{1f}'], "");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(read.trim_end_matches("page 1 of 1")), words(&markdown));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = (pdf(ENGLISH), pdf(VIETNAMESE));
    let threads: Vec<_> = (0..4)
        .map(|index| {
            std::thread::spawn(move || if index % 2 == 0 { (pdf(ENGLISH), pdf(VIETNAMESE)) } else { swapped() })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap() == first);
    }
    let identity = |bytes: &[u8]| load(bytes).trailer.get(b"ID").unwrap().clone();
    assert_ne!(identity(&first.0), identity(&first.1));
}

fn swapped() -> (Vec<u8>, Vec<u8>) {
    let vietnamese = pdf(VIETNAMESE);
    (pdf(ENGLISH), vietnamese)
}

#[test]
fn metadata_comes_from_the_front_matter() {
    let document = load(&pdf(VIETNAMESE));
    let information = document.get_object(document.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let information = information.as_dict().unwrap();
    let entry = |key: &[u8]| lopdf::decode_text_string(information.get(key).unwrap()).unwrap();
    assert_eq!(entry(b"Title"), "Nghệ An – Báo cáo đối ngoại, Quý III năm 2026");
    assert_eq!(entry(b"Author"), "Sở Ngoại vụ");
    assert_eq!(entry(b"Subject"), "Quan hệ đối ngoại của tỉnh Nghệ An, so với ba tỉnh khác.");
    assert_eq!(entry(b"CreationDate"), "D:20260930000000Z");
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"vi");
    let viewer = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
}

#[test]
fn without_a_date_no_clock_is_asked() {
    let document = load(&pdf("Text."));
    let information = document.get_object(document.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    assert!(!information.as_dict().unwrap().has(b"CreationDate"));
}

#[test]
fn bookmarks_nest_as_headings_do() {
    let document = load(&pdf(ENGLISH));
    let outlines = document.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let mut titles = Vec::new();
    walk(&document, document.get_object(outlines).unwrap().as_dict().unwrap(), 0, &mut titles);
    assert_eq!(
        titles,
        [
            "Points to take",
            "Comparison",
            "Partners and agreements",
            "  Localities abroad",
            "  Events across provinces",
            "How far to trust these figures",
            "Sources"
        ]
    );
}

fn walk(document: &lopdf::Document, parent: &Dictionary, depth: usize, titles: &mut Vec<String>) {
    let mut next = parent.get(b"First").ok().cloned();
    while let Some(Object::Reference(id)) = next {
        let item = document.get_object(id).unwrap().as_dict().unwrap();
        let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
        titles.push(format!("{}{title}", "  ".repeat(depth)));
        assert!(item.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().is_ok());
        walk(document, item, depth + 1, titles);
        next = item.get(b"Next").ok().cloned();
    }
}

#[test]
fn links_say_where_they_lead() {
    let document = load(&pdf(ENGLISH));
    let (mut outward, mut inward) = (Vec::new(), 0);
    for page in document.get_pages().into_values() {
        let page = document.get_object(page).unwrap().as_dict().unwrap();
        for annotation in page.get(b"Annots").unwrap().as_array().unwrap() {
            let annotation = document.get_object(annotation.as_reference().unwrap()).unwrap().as_dict().unwrap();
            assert!(!annotation.get(b"Contents").unwrap().as_str().unwrap().is_empty());
            match annotation.get(b"A") {
                Ok(action) => {
                    let uri = action.as_dict().unwrap().get(b"URI").unwrap().as_str().unwrap();
                    outward.push(String::from_utf8(uri.to_vec()).unwrap());
                }
                Err(_) => inward += usize::from(annotation.has(b"Dest")),
            }
        }
    }
    outward.dedup();
    assert_eq!(outward, ["https://example.org/reports/2026-Q3/nghe-an.check.json", "https://example.org/nghe-an"]);
    assert!(inward > 30, "{inward} links between text and notes");
}

#[test]
fn the_identity_is_that_of_the_bytes() {
    let honest = pdf(VIETNAMESE);
    assert_eq!(identity_holds(&honest), Some(true));
    for place in [20, honest.len() / 2, honest.len() - 8] {
        let mut altered = honest.clone();
        altered[place] ^= 1;
        assert_eq!(identity_holds(&altered), Some(false), "byte {place} is another");
    }
    assert_eq!(identity_holds(&honest[..honest.len() / 2]), None, "half a file has no identity");
    assert_eq!(identity_holds(b"%PDF-1.7\ntrailer <</ID[<00><00>]>>"), None);
    // A second `/ID` behind the first would be the one that readers go by.
    assert_ne!(identity_holds(&[honest.as_slice(), &honest].concat()), Some(true));
}
