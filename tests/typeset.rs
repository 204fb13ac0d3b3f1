//! What a typeset document must keep to, read from the pages themselves.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test that cannot read its input fails"
)]

use brief::typeset::layout::BRIEFING;
use brief::typeset::{
    Document, ElementId, FaceId, Fonts, FrameItem, GlyphRun, LinkTarget, Page, Role, TypesetError, Warning, layout,
};
use proptest::prelude::*;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

const ENGLISH: &str = include_str!("typeset/nghe-an.en.md");
const VIETNAMESE: &str = include_str!("typeset/nghe-an.vi.md");
const CONSTRUCTS: &str = include_str!("typeset/constructs.md");

fn set(markdown: &str) -> Document {
    layout(markdown, &FONTS).unwrap()
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    })
}

fn text(document: &Document) -> String {
    document.pages.iter().flat_map(runs).filter(|run| run.element.is_some()).map(|run| run.text.as_str()).collect()
}

/// The nearest element of a role above a run.
fn owner(document: &Document, run: &GlyphRun, is_wanted: fn(&Role) -> bool) -> Option<ElementId> {
    let mut element = run.element;
    while let Some(id) = element {
        if is_wanted(&document.structure[id.0].role) {
            return Some(id);
        }
        element = document.structure[id.0].parent;
    }
    None
}

/// Lines of prose of many lengths, with headings between them.
fn prose() -> String {
    let sentence =
        "Delegations from partner localities were received by the provincial department in the course of the year. ";
    let mut markdown = String::new();
    for index in 1..90 {
        if index % 4 == 0 {
            writeln!(markdown, "## Section {index}\n").unwrap();
        }
        writeln!(markdown, "{}\n", &sentence.repeat(9)[..150 + 97 * (index % 7)]).unwrap();
    }
    markdown
}

#[test]
fn nothing_is_overfull() {
    let narrow = format!("|{}\n|{}\n|{}\n", "h|".repeat(40), "-|".repeat(40), "incomprehensibilities|".repeat(40));
    let deep = format!("{}text of a quotation in a quotation\n\n- item", "> ".repeat(30));
    let long = format!("{} https://example.org/{} end", "x".repeat(400), "path/".repeat(60));
    let held = "một\u{a0}".repeat(80);
    let tall = format!("| a | b |\n|---|---:|\n| {} | c<br>{} |\n", "word ".repeat(3000), "period ".repeat(900));
    for markdown in [ENGLISH, VIETNAMESE, CONSTRUCTS, &prose(), &narrow, &deep, &long, &held, &tall] {
        let document = set(markdown);
        for (number, page) in document.pages.iter().enumerate() {
            for run in runs(page) {
                let right = run.x + run.width();
                assert!(run.x >= BRIEFING.margin_left - 0.1, "page {number}: `{}` starts at {}", run.text, run.x);
                assert!(
                    right <= BRIEFING.margin_left + BRIEFING.text_width() + 0.6,
                    "page {number}: `{}` ends at {right}",
                    run.text
                );
                if run.element.is_some() {
                    assert!(
                        run.y <= BRIEFING.margin_top + BRIEFING.text_height(),
                        "page {number}: `{}` lies at {}",
                        run.text,
                        run.y
                    );
                }
            }
        }
    }
}

#[test]
fn no_widow_no_orphan_and_no_heading_at_a_foot() {
    let document = set(&prose());
    assert!(document.pages.len() > 3);
    let mut parts: BTreeMap<ElementId, Vec<usize>> = BTreeMap::new();
    for page in &document.pages {
        let mut lines: BTreeMap<ElementId, Vec<i32>> = BTreeMap::new();
        let mut last = None;
        for run in runs(page) {
            if let Some(id) = owner(&document, run, |role| *role == Role::Paragraph) {
                #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
                lines.entry(id).or_default().push(run.y.round() as i32);
            }
            last = run.element.or(last);
        }
        for (id, mut baselines) in lines {
            baselines.dedup();
            parts.entry(id).or_default().push(baselines.len());
        }
        let role = &document.structure[last.unwrap().0].role;
        assert!(!matches!(role, Role::Heading(_)), "a page ends with a heading");
    }
    let split: Vec<_> = parts.values().filter(|lines| lines.len() > 1).collect();
    assert!(!split.is_empty(), "no paragraph was split, so nothing was tested");
    assert!(split.iter().all(|lines| lines.iter().all(|count| *count >= 2)), "{split:?}");
}

#[test]
fn a_table_repeats_its_header_and_keeps_its_rows_whole() {
    let mut markdown = "| Province | Delegations |\n|---|---:|\n".to_owned();
    for row in 1..90 {
        writeln!(markdown, "| Province {row} | {row}.5<br>period {row} |").unwrap();
    }
    let document = set(&markdown);
    assert!(document.pages.len() >= 3);
    for (index, page) in document.pages.iter().enumerate() {
        let headers: Vec<_> = runs(page).filter(|run| run.text.trim() == "Delegations").collect();
        assert_eq!(headers.len(), 1, "page {index}");
        assert_eq!(headers[0].element.is_none(), index > 0, "a repeated header is not read twice");
        for row in 1..90 {
            let has = |text: &str| runs(page).any(|run| run.text.trim() == text);
            assert_eq!(has(&format!("Province {row}")), has(&format!("period {row}")), "row {row} is cut");
        }
    }
}

#[test]
fn a_table_in_a_list_goes_on_below_itself() {
    let mut markdown = "- An item\n\n  | Province | Delegations |\n  |---|---:|\n".to_owned();
    for row in 1..60 {
        writeln!(markdown, "  | Province {row} | {row} |").unwrap();
    }
    let document = set(&markdown);
    let place = |page: usize| runs(&document.pages[page]).find(|run| run.text.trim() == "Province").unwrap().x;
    assert!((place(0) - place(1)).abs() < 0.01 && place(0) > BRIEFING.margin_left + 10.0);
}

#[test]
fn plain_numbers_align_on_the_decimal_mark() {
    let document = set("| Year | Rate |\n|---|---:|\n| 2021 | 12.5 |\n| 2022 | 1,003 |\n| 2023 | 7.025 |\n");
    let mark = |number: &str| {
        let run = runs(&document.pages[0]).find(|run| run.text.trim() == number).unwrap();
        let places = run.glyphs.iter().take_while(|glyph| &run.text[glyph.text.clone()] != ".");
        run.x + places.map(|glyph| glyph.advance).sum::<f32>()
    };
    assert!((mark("12.5") - mark("7.025")).abs() < 0.05);
    assert!((mark("12.5") - mark("1,003")).abs() < 0.05, "a whole number ends where the others have their mark");
    // A count and a share of a plan are not parts of one scale: both end at the column's edge.
    let document = set("| | A |\n|---|---:|\n| Workers | 18,639 |\n| Share | 128.54% |\n");
    let end = |number: &str| {
        let run = runs(&document.pages[0]).find(|run| run.text.trim() == number).unwrap();
        run.x + run.width()
    };
    assert!((end("18,639") - end("128.54%")).abs() < 0.05);
}

#[test]
fn tables_of_one_form_stand_below_each_other() {
    let small = "| Goods | A | Time |\n|---|--:|--:|\n| Rice | 1 | 2023 |\n";
    let large = "| A rather long name of goods | A | Time |\n|---|--:|--:|\n| Cloth | nearly 9.98 billion USD | first half of 2023 |\n";
    let right = |document: &Document, wanted: &str| {
        let run = runs(&document.pages[0]).find(|run| run.text == wanted).unwrap();
        run.x + run.width()
    };
    let together = set(&format!("{small}\n## Next\n\n{large}"));
    for (of_small, of_large) in [("1", "USD"), ("2023", "2023")] {
        let edges: Vec<f32> = runs(&together.pages[0])
            .filter(|run| run.text == of_small || run.text.ends_with(of_large))
            .map(|run| run.x + run.width())
            .collect();
        assert!(edges.len() > 1 && edges.iter().all(|edge| (edge - edges[0]).abs() < 0.1), "{of_small}: {edges:?}");
    }
    // Alone, the small one would stand otherwise: it is the other table that moves it.
    assert!((right(&set(small), "1") - right(&together, "1")).abs() > 5.0);
    // A table of another form moves nothing.
    let other = set(&format!("{small}\n| Goods | A |\n|---|---|\n| A rather long name | of goods in a table |\n"));
    assert!((right(&set(small), "1") - right(&other, "1")).abs() < 0.1);
}

#[test]
fn no_item_of_a_list_stands_alone_at_a_page_break() {
    for filler in 0..50 {
        let markdown = format!("{}1. One\n2. Two\n3. Three\n4. Four\n", "Filling.\n\n".repeat(filler));
        let document = set(&markdown);
        for page in &document.pages {
            let shown =
                ["One", "Two", "Three", "Four"].iter().filter(|item| runs(page).any(|run| run.text == **item)).count();
            assert_ne!(shown, 1, "after {filler} paragraphs");
        }
    }
}

#[test]
fn stacked_diacritics_never_touch_the_line_above() {
    let capitals = "ẶẴẲẮẰ ỄỂỐỘỖỔ ỰỮỬỨỪ gjpqy ";
    let body = format!("{}\n\n# {}\n\n## {}\n", capitals.repeat(12), capitals.repeat(5), capitals.repeat(6));
    let document = set(&format!("---\ntitle: {}\nlanguage: vi\n---\n\n{body}", capitals.repeat(3)));
    let mut lines: BTreeMap<i32, (f32, f32)> = BTreeMap::new();
    for run in document.pages.iter().take(1).flat_map(runs) {
        let face = FONTS.face(run.face).unwrap();
        let font = skrifa::FontRef::new(&face.data).unwrap();
        let metrics = font.glyph_metrics(Size::new(run.size), LocationRef::default());
        for glyph in &run.glyphs {
            let Some(bounds) = metrics.bounds(skrifa::GlyphId::from(glyph.id)) else { continue };
            #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
            let line = lines.entry((run.y * 10.0) as i32).or_insert((f32::MAX, f32::MIN));
            line.0 = line.0.min(run.y - bounds.y_max - glyph.y_offset);
            line.1 = line.1.max(run.y - bounds.y_min - glyph.y_offset);
        }
    }
    let extents: Vec<_> = lines.into_values().collect();
    assert!(extents.len() > 8);
    for pair in extents.windows(2) {
        assert!(
            pair[1].0 > pair[0].1,
            "a line reaches up to {} where the one above reaches down to {}",
            pair[1].0,
            pair[0].1
        );
    }
}

#[test]
fn bold_italic_vietnamese_borrows_whole_words() {
    let document = set("***thương lượng* ợ**");
    assert_eq!(text(&document).trim(), "thương lượng ợ");
    assert!(document.warnings.is_empty());
    let words: Vec<_> = runs(&document.pages[0]).map(|run| run.text.trim()).filter(|text| !text.is_empty()).collect();
    assert_eq!(words, ["thương", "lượng", "ợ", "page 1 of 1"], "a word is set in one face");
}

#[test]
fn letters_that_no_font_has_are_boxed_and_named() {
    let document = set("Tokyo (東京).");
    assert!(text(&document).contains("東京"));
    let [Warning::MissingLetters(letters)] = document.warnings.as_slice() else { panic!("{:?}", document.warnings) };
    assert!(letters.contains(&'東') && letters.contains(&'京'));
}

#[test]
fn the_title_is_not_printed_twice() {
    let count = |markdown: &str| {
        let document = set(markdown);
        runs(&document.pages[0]).filter(|run| run.text.contains("Nghe An")).count()
    };
    assert_eq!(count("---\ntitle: Nghe An\n---\n\n# Nghe An\n\nText."), 1);
    assert_eq!(count("---\ntitle: Nghe An\n---\n\n# Nghe An in brief\n\nText."), 2);
}

#[test]
fn notes_link_there_and_back() {
    let document = set("A figure.[^1] Two.[^1][^d]\n\n## Sources\n\n[^1]: One.\n[^d]: Derived.\n");
    let targets: Vec<_> = document.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            FrameItem::Link(link) => Some((link.target.clone(), link.contents.as_str())),
            _ => None,
        })
        .collect();
    let to = |name: &str| LinkTarget::Anchor(name.to_owned());
    assert_eq!(
        targets,
        [
            (to("note-1"), "Note 1"),
            (to("note-1"), "Note 1"),
            (to("note-d"), "Note d"),
            (to("reference-1"), "Back to the text, note 1"),
            (to("reference-d"), "Back to the text, note d"),
        ]
    );
    for (target, _) in targets {
        let LinkTarget::Anchor(wanted) = target else { continue };
        let is_it = |item: &FrameItem| matches!(item, FrameItem::Anchor { name, .. } if *name == wanted);
        assert_eq!(document.pages[0].items.iter().filter(|item| is_it(item)).count(), 1, "{wanted}");
    }
}

#[test]
fn front_matter_that_is_not_a_mapping_is_an_error() {
    assert!(matches!(layout("---\n- one\n---\n", &FONTS), Err(TypesetError::FrontMatter(_))));
    assert!(matches!(layout("---\nlanguage: fr\n---\n", &FONTS), Err(TypesetError::FrontMatter(_))));
    let document = set("---\ntitle: 2026\nunknown: {a: 1}\n---\n\nText.");
    assert_eq!(document.metadata.title.as_deref(), Some("2026"));
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let document = set(&format!("{} deep", ">".repeat(20_000)));
    assert!(text(&document).contains("deep"));
    assert!(text(&set(&format!("{}a{}", "![".repeat(2000), "](b)".repeat(2000)))).contains('a'));
}

/// Letters and digits, counted.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut count = BTreeMap::new();
    for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
        *count.entry(letter).or_default() += 1;
    }
    count
}

/// Enough to meet most pairs of constructs, few enough for every run of the tests.
const CASES: u32 = 200;

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_set(markdown in "\\PC{0,200}") {
        let _ = layout(&markdown, &FONTS);
    }

    #[test]
    fn no_letter_of_any_markdown_is_lost(parts in prop::collection::vec(part(), 0..30)) {
        let markdown = parts.concat();
        let expected = letters(&expected_text(&markdown));
        if let Ok(document) = layout(&markdown, &FONTS) {
            let set = letters(&text(&document));
            for (letter, count) in expected {
                prop_assert!(set.get(&letter).copied().unwrap_or(0) >= count, "`{}` of {:?}", letter, markdown);
            }
        }
    }
}

/// Pieces that Markdown is made of, in any order.
fn part() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\n",
        "\n\n",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "```\n",
        "---\n",
        "| a | b |\n|---|---:|\n| 1 | 2 |\n",
        "|",
        "*",
        "**",
        "~~",
        "`",
        "[^1]",
        "[^1]: note ",
        "[link](https://example.org)",
        "![image](x.png)",
        "<br>",
        "<sup>2</sup>",
        "<div>raw</div>",
        "<!-- points -->\n",
        "<!-- key-figures -->\n",
        "<!-- lead -->\n",
        "- [x] ",
        "\u{a0}",
        "\u{ad}",
        "\t",
        "\\",
        "&amp;",
        "🎉",
        "東",
        "a\u{301}\u{323}",
        "\u{200b}",
        "שלום",
        "مرحبا",
    ]);
    prop_oneof![3 => fixed.prop_map(str::to_owned), 2 => "[a-z]{1,12} ", 1 => "[ăâđêôơưẠ-ỹ]{1,7} ", 1 => "[0-9.,%]{1,8} "]
}

/// The text of Markdown, by another way than ours.
fn expected_text(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut expected, mut in_metadata) = (String::new(), false);
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_metadata = false,
            Event::Text(text) | Event::Code(text) if !in_metadata => expected.push_str(&text),
            _ => {}
        }
    }
    unicode_normalization::UnicodeNormalization::nfc(expected.as_str()).collect()
}

/// A page as text: each run's place, size, font and letters.
fn transcript(document: &Document) -> String {
    let mut transcript = String::new();
    for (number, page) in document.pages.iter().enumerate() {
        writeln!(transcript, "page {}", number + 1).unwrap();
        for item in &page.items {
            match item {
                FrameItem::Text(run) => {
                    let role =
                        run.element.map_or("artifact".to_owned(), |id| format!("{:?}", document.structure[id.0].role));
                    let (x, right) = (run.x - BRIEFING.margin_left, run.x + run.width() - BRIEFING.margin_left);
                    let name = &FONTS.face(run.face).unwrap().name;
                    writeln!(
                        transcript,
                        "{x:6.1}–{right:<6.1}{:6.1} {name} {:.1} {role} {:?}",
                        run.y, run.size, run.text
                    )
                    .unwrap();
                }
                FrameItem::Fill(fill) => {
                    let area = fill.area;
                    let x = area.x - BRIEFING.margin_left;
                    writeln!(transcript, "{x:6.1}–{:<6.1}{:6.1} fill {:.1} high", x + area.width, area.y, area.height)
                        .unwrap();
                }
                FrameItem::Shape(shape) => {
                    let x = shape.x - BRIEFING.margin_left;
                    writeln!(transcript, "{x:6.1}        {:6.1} shape of {} steps", shape.y, shape.path.len()).unwrap();
                }
                FrameItem::Link(link) => writeln!(transcript, "              link to {:?}", link.target).unwrap(),
                FrameItem::Anchor { name, .. } => writeln!(transcript, "              anchor {name}").unwrap(),
            }
        }
    }
    transcript
}

#[test]
fn a_small_document() {
    let markdown = "---\ntitle: Nghe An\nkicker: Briefing\nedition: 2026 Q3\nrunning_foot: Facts.\n---\n\n# Nghe An\n\n## Trade\n\n\
        An **estimated** 2.45 billion USD of goods, up 12.02% on the same months of 2022, when exports were considerably lower.[^1]\n\n\
        - One\n- Two\n\n| Goods | USD |\n|---|---:|\n| Rice | 1.5<br>2023 |\n\n[^1]: A source.\n";
    insta::assert_snapshot!(transcript(&set(markdown)));
}

/// Vietnamese stacks two marks on a capital (Ẫ, Ổ) and sets dots below (ụ, ợ): in no style may a line touch the one above it.
#[test]
fn every_style_leaves_room_for_stacked_marks() {
    let alphabet = "ẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỶỸÝỲĐắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỷỹýỳđgjpqyQ";
    let layout = &BRIEFING;
    let styles = [
        ("body", layout.body),
        ("lead", layout.lead),
        ("note", layout.note),
        ("title", layout.title),
        ("edition", layout.edition),
        ("key label", layout.key_label),
        ("key detail", layout.key_detail),
        ("cell", layout.cell),
        ("header cell", layout.header_cell),
        ("cell detail", layout.cell_detail),
        ("running", layout.running),
        ("heading 1", layout.heading(1).paragraph),
        ("heading 2", layout.heading(2).paragraph),
        ("heading 3", layout.heading(3).paragraph),
        ("heading 4", layout.heading(4).paragraph),
    ];
    for name in ["Regular", "Semibold", "Bold", "Italic"] {
        let face =
            (0..10).filter_map(|id| FONTS.face(FaceId(id))).find(|face| face.name.ends_with(&format!("Serif-{name}")));
        let font = skrifa::FontRef::new(&face.unwrap().data).unwrap();
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let bounds: Vec<_> =
            alphabet.chars().map(|letter| metrics.bounds(font.charmap().map(letter).unwrap()).unwrap()).collect();
        let above = bounds.iter().map(|bounds| bounds.y_max).fold(0.0, f32::max);
        let below = bounds.iter().map(|bounds| -bounds.y_min).fold(0.0, f32::max);
        for (style, paragraph) in styles {
            let needed = (above + below) * paragraph.text.size;
            assert!(
                needed <= paragraph.leading,
                "{style} in {name}: {needed} pt of letters in {} pt",
                paragraph.leading
            );
        }
    }
}
