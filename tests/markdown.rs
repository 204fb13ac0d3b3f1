//! Markdown beyond the specifications' examples: other scripts, other languages, odd nestings, and where lines end.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test that cannot read its input fails"
)]

use brief::typeset::layout::BRIEFING;
use brief::typeset::{
    Document, ElementId, Fonts, FrameItem, GlyphRun, LinkTarget, Page, Role, Warning, compare_numerals, layout,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::fmt::Write as _;
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

fn set(markdown: &str) -> Document {
    let document = layout(markdown, &FONTS).unwrap();
    assert_eq!(compare_numerals(markdown, &document), [], "{markdown}");
    document
}

fn vietnamese(markdown: &str) -> Document {
    set(&format!("---\nlanguage: vi\n---\n\n{markdown}"))
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    })
}

fn own_runs(document: &Document) -> impl Iterator<Item = &GlyphRun> {
    document.pages.iter().flat_map(runs).filter(|run| run.element.is_some())
}

/// The text in the order in which it is read.
fn text(document: &Document) -> String {
    own_runs(document).map(|run| run.text.as_str()).collect()
}

/// The lines of a document's one page: their texts, as they are seen from left to right.
fn lines(document: &Document) -> Vec<String> {
    let mut letters: Vec<(f32, f32, String)> = Vec::new();
    for run in own_runs(document) {
        let mut x = run.x;
        for glyph in &run.glyphs {
            // Note marks that are raised belong to their line.
            letters.push((run.y, x, run.text[glyph.text.clone()].to_owned()));
            x += glyph.advance;
        }
    }
    let mut lines: Vec<(f32, Vec<(f32, String)>)> = Vec::new();
    for (y, x, letter) in letters {
        match lines.iter_mut().find(|(baseline, _)| (*baseline - y).abs() < 6.0) {
            Some((_, line)) => line.push((x, letter)),
            None => lines.push((y, vec![(x, letter)])),
        }
    }
    let seen = |(_, mut line): (f32, Vec<(f32, String)>)| {
        line.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        line.into_iter().map(|(_, letter)| letter).collect::<String>().trim().to_owned()
    };
    lines.into_iter().map(seen).collect()
}

/// How far each line of a document reaches, in points, from the top of the page down.
fn widths(document: &Document) -> Vec<f32> {
    let mut widths: Vec<(f32, f32)> = Vec::new();
    for run in own_runs(document) {
        let right = run.x + run.width() - BRIEFING.margin_left;
        match widths.iter_mut().find(|(y, _)| (*y - run.y).abs() < 6.0) {
            Some((_, width)) => *width = width.max(right),
            None => widths.push((run.y, right)),
        }
    }
    widths.into_iter().map(|(_, width)| width).collect()
}

/// The roles from an element up to the document.
fn roles(document: &Document, element: ElementId) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut next = Some(element);
    while let Some(id) = next {
        roles.push(document.structure[id.0].role.clone());
        next = document.structure[id.0].parent;
    }
    roles
}

fn roles_of(document: &Document, wanted: &str) -> Vec<Role> {
    let run = own_runs(document).find(|run| run.text.contains(wanted)).unwrap_or_else(|| panic!("no `{wanted}`"));
    roles(document, run.element.unwrap())
}

#[test]
fn words_of_another_language_are_told_apart() {
    let document = set("The province of <span lang=\"vi\">Nghệ An</span>, in short.");
    assert_eq!(text(&document).trim(), "The province of Nghệ An, in short.");
    assert_eq!(roles_of(&document, "Nghệ")[..2], [Role::Foreign("vi".to_owned()), Role::Paragraph]);
    assert_eq!(roles_of(&document, "province")[0], Role::Paragraph);
    assert_eq!(roles_of(&document, "short")[0], Role::Paragraph);
}

#[test]
fn a_span_of_the_document_s_own_language_says_nothing() {
    let document = vietnamese("Tỉnh <span lang=\"vi\">Nghệ An</span>.");
    assert_eq!(roles_of(&document, "Nghệ")[0], Role::Paragraph);
}

#[test]
fn a_link_in_a_span_and_a_span_in_a_link_lead_somewhere() {
    let document = set(
        "<span lang='vi'>Báo [Nghệ An](https://example.org/1)</span> and [see <span lang=vi>Long An</span> too](https://example.org/2)",
    );
    let foreign = || Role::Foreign("vi".to_owned());
    assert_eq!(roles_of(&document, "Nghệ")[..3], [Role::Link, foreign(), Role::Paragraph]);
    assert_eq!(roles_of(&document, "Báo")[..2], [foreign(), Role::Paragraph]);
    assert_eq!(roles_of(&document, "Long")[..3], [foreign(), Role::Link, Role::Paragraph]);
    assert_eq!(roles_of(&document, "see")[..2], [Role::Link, Role::Paragraph]);
    assert_eq!(document.structure.iter().filter(|element| element.role == Role::Link).count(), 2);
    let targets: Vec<_> = document.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            FrameItem::Link(link) => Some(link.target.clone()),
            _ => None,
        })
        .collect();
    for address in ["https://example.org/1", "https://example.org/2"] {
        assert!(targets.contains(&LinkTarget::Uri(address.to_owned())), "{targets:?}");
    }
}

#[test]
fn spans_without_end_or_beginning_are_harmless() {
    assert_eq!(text(&set("a <span lang=\"vi\">b\n\nc")).trim(), "a b c".replace(" c", "c"));
    assert_eq!(roles_of(&set("a <span lang=\"vi\">b\n\nc"), "c")[0], Role::Paragraph);
    assert_eq!(text(&set("a</span> b")).trim(), "a b");
    assert_eq!(text(&set("<span lang=\"vi\">\nb\n</span>\n")).trim(), "b");
}

#[test]
fn other_html_is_left_as_text() {
    for html in [
        "<span class=\"x\">b</span>",
        "<span lang=\"not a tag\">b</span>",
        "<b>b</b>",
        "<span lang=\"vi\"",
        "<sub>2</sub>",
    ] {
        assert_eq!(text(&set(&format!("a {html} c"))).trim(), format!("a {html} c"));
    }
}

#[test]
fn what_is_no_markdown_here_is_left_as_it_is_typed() {
    let typed = "x^2^ and H~2~O and $a_b$ and ==this== and :smile: and {#id}";
    assert_eq!(text(&set(typed)).trim(), typed);
}

#[test]
fn a_comment_ends_where_it_ends() {
    assert_eq!(text(&set("<!-- a --> b <!-- c -->")).trim(), "<!-- a --> b <!-- c -->");
    assert_eq!(text(&set("<!-- a -->\n\nb")).trim(), "b");
}

#[test]
fn a_rule_further_down_is_no_front_matter() {
    let document = set("---\ntitle: T\n---\n\ntext\n\n---\nkept\n---\n");
    assert!(text(&document).contains("kept"));
}

#[test]
fn words_that_run_from_right_to_left_stand_in_their_order() {
    // Each letter is a box, but its place is that of the letter: "shalom olam" and a number between, within English.
    let document = set("In Hebrew שלום 25 עולם is said.");
    assert_eq!(lines(&document), ["In Hebrew םלוע 25 םולש is said."]);
    assert_eq!(text(&document).trim(), "In Hebrew שלום 25 עולם is said.", "read in the order of the text");
}

#[test]
fn a_paragraph_that_begins_from_right_to_left_runs_so() {
    let document = set("שלום (Nghe An) עולם 12.5");
    // The text of a bracket is what was typed; what is drawn for it is its mirror image.
    assert_eq!(lines(&document), ["12.5 םלוע )Nghe An( םולש"]);
    assert_eq!(text(&document).trim(), "שלום (Nghe An) עולם 12.5");
    let arabic = set("مرحبا 25 عالم.");
    assert_eq!(lines(&arabic), [".ملاع 25 ابحرم"]);
}

#[test]
fn brackets_are_mirrored_among_letters_from_right_to_left() {
    let document = set("abc שלום (עולם) שלום");
    let line = lines(&document).remove(0);
    assert_eq!(line, "abc םולש )םלוע( םולש");
    let glyph = |document: &Document, sign: &str| {
        let run = own_runs(document).find(|run| run.text.contains(sign)).unwrap();
        run.glyphs.iter().find(|glyph| &run.text[glyph.text.clone()] == sign).unwrap().id
    };
    assert_eq!(glyph(&document, "("), glyph(&set("abc (def) ghi"), ")"));
}

#[test]
fn a_link_among_letters_from_right_to_left_lies_over_them() {
    let document = set("abc [שלום עולם](https://example.org) def");
    let areas: Vec<_> = document.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            FrameItem::Link(link) => Some(link.area),
            _ => None,
        })
        .collect();
    for run in own_runs(&document).filter(|run| run.text.chars().any(|letter| ('א'..='ת').contains(&letter))) {
        let inside =
            |area: &&brief::typeset::Area| run.x >= area.x - 0.01 && run.x + run.width() <= area.x + area.width + 0.01;
        assert!(areas.iter().any(|area| inside(&area)), "`{}` is outside {areas:?}", run.text);
    }
    let covered: f32 = areas.iter().map(|area| area.width).sum();
    let latin = own_runs(&document).find(|run| run.text.starts_with("abc")).unwrap();
    assert!(areas.iter().all(|area| area.x >= latin.x + latin.width() - 5.0) && covered > 0.0);
}

#[test]
fn ideographs_break_between_each_other_but_not_before_a_stop() {
    let document = set(&"東京は日本の首都。（人口）".repeat(30));
    let lines = lines(&document);
    assert!(lines.len() > 3, "{lines:?}");
    let full = BRIEFING.text_width() - 30.0;
    assert!(widths(&document)[..lines.len() - 1].iter().all(|width| *width > full), "lines are full");
    for line in &lines {
        assert!(!line.starts_with(['。', '）']) && !line.ends_with('（'), "{line}");
    }
}

#[test]
fn many_missing_letters_are_named_by_their_script() {
    let name = |text: &str| set(text).warnings.iter().map(Warning::to_string).collect::<String>();
    assert_eq!(name("東京"), "no font has the letters `京` (U+4EAC), `東` (U+6771): a box stands in their place");
    assert_eq!(
        name("東京 ภาษาไทย \u{10ffff}"),
        "no font has 2 letters of Han, such as `京` (U+4EAC); 6 letters of Thai, such as `ท` (U+0E17); the sign `\u{10ffff}` (U+10FFFF): a box stands in their place"
    );
}

#[test]
fn vietnamese_typed_in_parts_is_composed() {
    let document = vietnamese("Nghe\u{323}\u{302} An, tie\u{302}\u{300}n gia\u{309}i, u\u{31b}\u{301}c");
    assert_eq!(text(&document).trim(), "Nghệ An, tiền giải, ước".replace("ước", "ứ\u{63}"));
    assert_eq!(document.warnings, []);
}

#[test]
fn a_task_has_its_box_in_loose_lists_too() {
    let document = set("- [x] one\n\n- [ ] two\n\n  1. [ ] three\n- four\n");
    assert_eq!(text(&document).trim(), "☑one☐two☐three•four");
}

#[test]
fn notes_may_stand_anywhere_and_be_referred_to_never_or_often() {
    let document = set(
        "> Quoted.[^q]\n>\n> [^q]: In a quotation.\n\n- Item.[^l] Again.[^l][^q]\n\n  [^l]: In a list.\n\n[^n]: Never.\n\nNowhere.[^x]\n",
    );
    let shown = text(&document);
    for part in ["In a quotation.", "In a list.", "Never.", "Nowhere.[^x]"] {
        assert!(shown.contains(part), "{shown}");
    }
    let anchors: Vec<&String> = document.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            FrameItem::Anchor { name, .. } => Some(name),
            _ => None,
        })
        .collect();
    for item in &document.pages[0].items {
        if let FrameItem::Link(link) = item
            && let LinkTarget::Anchor(name) = &link.target
        {
            assert_eq!(anchors.iter().filter(|anchor| **anchor == name).count(), 1, "{name}");
        }
    }
}

#[test]
fn a_picture_that_is_a_link_is_told_and_leads_somewhere() {
    let document = set("[![A map](map.png)](https://example.org)");
    assert_eq!(roles_of(&document, "A map")[..3], [Role::Figure("A map".to_owned()), Role::Link, Role::Paragraph]);
    assert!(document.pages[0].items.iter().any(|item| matches!(item, FrameItem::Link(_))));
}

#[test]
fn odd_documents_are_set() {
    let wide = format!("|{}\n|{}\n|{}\n", "head|".repeat(20), "---|".repeat(20), "12.5 million|".repeat(20));
    assert_eq!(text(&set(&wide)).matches("million").count(), 20);
    let mut long = "| Year | Rate |\n|---|---:|\n".to_owned();
    for row in 0..500 {
        writeln!(long, "| row {row} end | {row}.5 |").unwrap();
    }
    let shown = text(&set(&long));
    assert!((0..500).all(|row| shown.contains(&format!("row {row} end"))));
    for (markdown, shown) in [
        ("", ""),
        ("\u{feff}", ""),
        ("#\n\n>\n\n-\n\n```\n```\n\n||\n|-|\n||\n\n![]()\n\n[]()\n\n[^1]:\n", "•1"),
        ("a\0b", "a\u{fffd}b"),
        ("a\\\nb `c`\n===\n\n> # d\n\n- # e\n", "abcd•e"),
        ("| a |\n|---|\n| b<br>c<br/>d |\n", "abcd"),
        ("| a |\n|---|\n| b \\| `c|d` |\n", "ab|`c"),
        ("\ta\tb\n\n\t\tc\n", "a b c"),
        ("a  \n\n\\\nb", "ab"),
        (">>>> - > 1. a\n", "•1.a"),
    ] {
        let set: String = text(&set(markdown)).split_whitespace().collect();
        let wanted: String = shown.split_whitespace().collect();
        assert_eq!(set, wanted, "`{markdown}`");
    }
}

/// Words as they come in prose.
fn words(syllable: &'static str) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(syllable, 30..120)
}

/// Where the lines above have no room for another word, a paragraph has to end so: one in a hundred may.
#[test]
fn hardly_a_paragraph_ends_in_a_syllable_alone() {
    let mut runner = TestRunner::deterministic();
    let paragraphs = (words("[a-zăâđêôơư]{1,6}"), any::<bool>());
    let mut alone = Vec::new();
    for _ in 0..100 {
        let (words, is_listed) = paragraphs.new_tree(&mut runner).unwrap().current();
        let prefix = if is_listed { "- " } else { "" };
        let document = vietnamese(&format!("{prefix}{}.", words.join(" ")));
        let widths = widths(&document);
        assert!(widths.len() > 1);
        assert!(!text(&document).contains('\u{ad}'), "Vietnamese is not divided");
        if *widths.last().unwrap() <= 30.0 {
            alone.extend(lines(&document).last().cloned());
        }
    }
    assert!(alone.len() <= 1, "{alone:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_note_mark_is_never_alone(words in words("[a-z]{1,9}")) {
        let document = set(&format!("{} [^1]\n\n[^1]: Source.\n", words.join(" [^1] ")));
        let lines = lines(&document);
        prop_assert!(lines.iter().take(lines.len() - 1).all(|line| !line.starts_with('1')), "{lines:?}");
    }

    #[test]
    fn a_number_keeps_its_unit(words in prop::collection::vec("[a-z]{1,9}|2026 Q3|12.5 %|3 million|J\\. Smith|9,98\u{a0}tỉ|27 November|\\(ngày 31|quý IV", 40..120)) {
        let document = set(&words.join(" "));
        for line in lines(&document) {
            for part in ["Q3", "%", "million", "Smith", "tỉ", "November", "31", "IV"] {
                prop_assert!(!line.starts_with(part), "{line}");
            }
        }
    }
}

#[test]
fn only_english_is_divided() {
    let english =
        "Intergovernmental administrations internationally communicated considerable responsibilities. ".repeat(4);
    let is_divided = |document: &Document| text(document).contains('\u{ad}');
    assert!(is_divided(&set(&english)), "or nothing is tested");
    assert!(!is_divided(&set(&format!("<span lang=\"fr\">{english}</span>"))));
    assert!(!is_divided(&vietnamese(&english)));
    assert!(is_divided(&vietnamese(&format!("<span lang=\"en-GB\">{english}</span>"))));
}

#[test]
fn no_page_ends_within_a_word() {
    let sentence = "intergovernmental administrations internationally communicated considerable responsibilities, ";
    // Each paragraph shifts the lines of the next ones, so that pages end at many places of a paragraph.
    let paragraphs: Vec<String> =
        (5..30).map(|count| format!("{}{}", "> ".repeat(14), sentence.repeat(count))).collect();
    let document = set(&paragraphs.join("\n\n"));
    let divided = text(&document).matches('\u{ad}').count();
    assert!(document.pages.len() > 10 && divided > 100, "{} pages, {divided} divided words", document.pages.len());
    for page in &document.pages {
        let last = runs(page).filter(|run| run.element.is_some()).last().unwrap();
        assert!(!last.text.trim_end().ends_with('\u{ad}'), "{}", last.text);
    }
}

#[test]
fn the_last_word_is_whole() {
    let mut divided = 0;
    for count in 1..60 {
        let start = "a bc def ".repeat(count % 9);
        let words = "administrations internationally ".repeat(2 + count / 9);
        let lines = lines(&set(&format!("{}{start}{words}responsibilities", "> ".repeat(14))));
        divided += lines.iter().filter(|line| line.ends_with('\u{ad}')).count();
        assert!(lines.last().unwrap().ends_with("responsibilities"), "{lines:?}");
    }
    assert!(divided > 20, "{divided} words are divided");
}
