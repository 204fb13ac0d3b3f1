//! Everything that Markdown can say reaches the pages, and the PDF: the examples of the specifications are set, and the words that
//! their HTML shows are looked up on the pages, in their order.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test that cannot read its input fails"
)]

mod judges;
mod pdf_reader;

use brief::pdf;
use brief::typeset::{Document, ElementId, Fonts, FrameItem, GlyphRun, LinkTarget, Page, layout};
use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, TagEnd};
use rayon::prelude::*;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

/// An example of a specification.
struct Example {
    /// The file and its number there, from 1.
    name: String,
    markdown: String,
    html: String,
}

/// The examples of a file in the form of the `CommonMark` specification.
fn examples(file: &str, text: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let open = format!("{fence} example\n");
    let parts = text.split(&open).skip(1).enumerate();
    parts
        .map(|(index, part)| {
            let part = part.split(&fence).next().unwrap().replace('→', "\t");
            let (markdown, html) =
                part.split_once("\n.\n").or(part.strip_prefix(".\n").map(|html| ("", html))).unwrap();
            Example { name: format!("{file} {}", index + 1), markdown: format!("{markdown}\n"), html: html.to_owned() }
        })
        .collect()
}

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let mut all = examples("CommonMark", include_str!("commonmark/commonmark-0.31.2.txt"));
    assert_eq!(all.len(), 652, "the specification has 652 examples");
    all.extend(examples("GFM", include_str!("commonmark/gfm.txt")));
    all.extend(examples("pulldown-cmark", include_str!("commonmark/pulldown-cmark.txt")));
    all
});

/// Elements that divide no word.
const WITHIN_LINES: &[&[u8]] = &[b"a", b"code", b"em", b"strong", b"del"];

/// The words that a reader of the HTML sees, alternative texts among them. The numbers of notes are left out: pages show
/// their labels.
fn words(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut hidden = false;
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let is_number_of_note =
                    tag.attributes.get(&b"class"[..]).is_some_and(|class| class.starts_with(b"footnote-"));
                if *tag.name == *b"sup" && is_number_of_note {
                    hidden = true;
                    text.push(' ');
                } else if *tag.name == *b"img" {
                    let alternative = tag.attributes.get(&b"alt"[..]).map(|value| value.value.to_vec());
                    text.push_str(&String::from_utf8(alternative.unwrap_or_default()).unwrap());
                } else if !WITHIN_LINES.contains(&&tag.name[..]) {
                    text.push(' ');
                }
            }
            Token::EndTag(tag) if *tag.name == *b"sup" => hidden = false,
            Token::EndTag(tag) if !WITHIN_LINES.contains(&&tag.name[..]) => text.push(' '),
            Token::String(string) if !hidden => text.push_str(std::str::from_utf8(&string).unwrap()),
            _ => {}
        }
    }
    text.nfc().collect::<String>().split_whitespace().map(str::to_owned).collect()
}

/// The HTML that is left as text: all but comments, breaks, and the marks that are obeyed.
fn literal_html(markdown: &str) -> Vec<String> {
    let obeyed = ["<br", "<sup>", "</sup>", "<span lang", "</span>"];
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut literal = Vec::new();
    let mut block = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Html(html) => block.push_str(&html),
            Event::InlineHtml(html) => literal.push(html.to_string()),
            Event::End(TagEnd::HtmlBlock) => literal.push(std::mem::take(&mut block)),
            _ => {}
        }
    }
    literal.retain(|html| {
        let start = html.trim().to_lowercase();
        let is_comment = start.find("-->").is_some_and(|end| start.starts_with("<!--") && end + 3 == start.len());
        !is_comment && !obeyed.iter().any(|tag| start.starts_with(tag))
    });
    literal.join(" ").nfc().collect::<String>().split_whitespace().map(str::to_owned).collect()
}

/// The examples as pages, each below front matter, which a rule at the start of a document would be taken for.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let set = |example: &Example| layout(&format!("---\nlanguage: en\n---\n\n{}", example.markdown), &FONTS).unwrap();
    EXAMPLES.par_iter().map(set).collect()
});

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    })
}

/// The letters of a document's own text, without the spaces, at which lines may end.
fn letters(document: &Document) -> String {
    let runs = document.pages.iter().flat_map(runs).filter(|run| run.element.is_some());
    runs.flat_map(|run| run.text.chars()).filter(|letter| is_seen(*letter)).collect()
}

fn is_seen(letter: char) -> bool {
    !letter.is_whitespace() && letter != '\u{ad}'
}

/// The first word that does not follow the ones before it.
fn first_lost<'w>(shown: &str, words: &'w [String]) -> Option<&'w str> {
    let mut rest = shown;
    for word in words {
        let word_seen: String = word.chars().filter(|letter| is_seen(*letter)).collect();
        match rest.split_once(word_seen.as_str()) {
            Some((_, after)) => rest = after,
            None => return Some(word),
        }
    }
    None
}

#[test]
fn every_word_of_the_examples_is_on_the_pages_in_order() {
    let mut lost = Vec::new();
    for (example, document) in EXAMPLES.iter().zip(DOCUMENTS.iter()) {
        let shown = letters(document);
        for wanted in [words(&example.html), literal_html(&example.markdown)] {
            if let Some(word) = first_lost(&shown, &wanted) {
                lost.push(format!("{}: `{word}` of\n{}\nis not in `{shown}`", example.name, example.markdown));
            }
        }
    }
    assert!(lost.is_empty(), "{} examples lose text\n{}", lost.len(), lost.join("\n\n"));
}

#[test]
fn a_word_that_is_lost_or_out_of_order_is_found() {
    let words: Vec<String> = ["one", "two"].map(str::to_owned).into();
    assert_eq!(first_lost("•one,two", &words), None);
    assert_eq!(first_lost("onetw", &words), Some("two"));
    assert_eq!(first_lost("twoone", &words), Some("two"));
}

/// All pages of several documents as one, so that a PDF need not be made of each.
fn bound(documents: impl Iterator<Item = Document>) -> Document {
    let mut bound = layout("", &FONTS).unwrap();
    bound.pages.clear();
    for (number, document) in documents.enumerate() {
        let base = bound.structure.len();
        for mut element in document.structure {
            element.parent = element.parent.map(|parent| ElementId(parent.0 + base)).or(Some(ElementId(0)));
            bound.structure.push(element);
        }
        for mut page in document.pages {
            for item in &mut page.items {
                match item {
                    FrameItem::Text(run) => run.element = run.element.map(|id| ElementId(id.0 + base)),
                    FrameItem::Shape(shape) => shape.element = shape.element.map(|id| ElementId(id.0 + base)),
                    FrameItem::Link(link) => {
                        link.element.0 += base;
                        if let LinkTarget::Anchor(name) = &mut link.target {
                            *name = format!("{number}-{name}");
                        }
                    }
                    FrameItem::Anchor { name, .. } => *name = format!("{number}-{name}"),
                    FrameItem::Fill(_) => {}
                }
            }
            bound.pages.push(page);
        }
    }
    bound
}

#[test]
fn the_examples_read_back_from_a_pdf() {
    let document = bound(DOCUMENTS.iter().cloned());
    let pdf = pdf::write(&document, &FONTS, &[]).unwrap();
    let read = pdf_reader::pages(&pdf);
    assert_eq!(read.len(), document.pages.len());
    for (number, (read, page)) in read.iter().zip(&document.pages).enumerate() {
        let shown: String = runs(page).flat_map(|run| run.text.chars()).filter(|letter| is_seen(*letter)).collect();
        let read: String = read.chars().filter(|letter| is_seen(*letter) && *letter != '\u{1f}').collect();
        assert_eq!(read, shown, "page {}", number + 1);
    }
}

/// Markdown that the specifications have no examples of.
const OTHERS: [&str; 5] = [
    "# Words\n\nThe province of <span lang=\"vi\">Nghệ An, [báo](https://example.org/1)</span> and [see <span lang=\"vi\">Long An</span>](https://example.org/2).\n",
    "# Directions\n\nabc [שלום (עולם) 25](https://example.org) def\n\nمرحبا 25 عالم.\n\n東京は日本の首都。（人口） ภาษาไทย\n",
    "# Pictures\n\n[![A map](map.png)](https://example.org)\n\n![Another map](map.png)\n\nWith ![a small one](map.png) in a line.\n\n![](empty.png)\n",
    "# Notes\n\n> Quoted.[^q]\n>\n> [^q]: In a quotation.\n\n- [x] Item.[^l] Again.[^l]\n\n  [^l]: In a list.\n\n- [ ] Another.\n\n[^n]: Never.\n",
    "# Empty\n\n>\n\n-\n\n```\n```\n\n||\n|-|\n||\n\n[]()\n\n[^1]:\n",
];

#[test]
fn the_examples_are_accessible_and_fit_for_the_archive() {
    let others = OTHERS.iter().map(|markdown| layout(markdown, &FONTS).unwrap());
    let document = bound(DOCUMENTS.iter().cloned().chain(others));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("examples.pdf");
    std::fs::write(&path, pdf::write(&document, &FONTS, &[]).unwrap()).unwrap();
    judges::qpdf(std::slice::from_ref(&path));
    judges::verapdf(&[path]);
}
