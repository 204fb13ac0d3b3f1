//! The same texts in PDF and SVG: objects, strings, metadata, names of attachments.

use crate::markdown::{TEXTS, briefing};
use crate::world::{World, is_chart};
use lopdf::{Document, Object};
use std::process::Command;

/// Whether another program finds the file whole, where one is there to ask.
fn is_whole(path: &std::path::Path) -> bool {
    Command::new("qpdf").arg("--check").arg(path).output().map_or(true, |ended| ended.status.success())
}

/// The addresses that the links of a document lead to.
fn addresses(document: &Document) -> Vec<String> {
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let actions = dictionaries.filter_map(|entries| entries.get(b"A").ok()?.as_dict().ok());
    let text = |object: &Object| String::from_utf8_lossy(object.as_str().unwrap()).into_owned();
    actions.filter_map(|action| action.get(b"URI").ok()).map(text).collect()
}

#[test]
fn no_text_of_a_sheet_breaks_a_pdf() {
    let world = World::empty();
    // All in one sheet would be one document; a few at a time are as many as a moment allows.
    for texts in TEXTS.chunks(6) {
        let text = texts.join(" ");
        briefing(&world, &text, "pdf").unwrap_or_else(|| panic!("{text:?} is refused"));
        let path = world.path("reports/2026-Q3/nghe-an.en.pdf");
        let bytes = std::fs::read(&path).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        assert!(is_whole(&path), "{text:?}");
        for address in addresses(&document) {
            assert!(address.starts_with("https://example.org/"), "{text:?}: {address}");
        }
        let actions = ["/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/OpenAction"];
        for object in document.objects.values().filter_map(|object| object.as_dict().ok()) {
            let named = object.get(b"S").and_then(Object::as_name).unwrap_or_default();
            assert!(!actions.iter().any(|action| action.as_bytes().get(1..) == Some(named)), "{text:?}");
        }
        let metadata = document.objects.values().find_map(|object| {
            let stream = object.as_stream().ok()?;
            (stream.dict.get(b"Type").ok()?.as_name().ok()? == b"Metadata").then(|| stream.content.clone())
        });
        let metadata = String::from_utf8(metadata.unwrap()).unwrap();
        roxmltree::Document::parse(&metadata).unwrap_or_else(|error| panic!("{text:?}: {error}\n{metadata}"));
    }
}

#[test]
fn a_pdf_of_hostile_texts_verifies() {
    let world = World::empty();
    let text = TEXTS.join(" ").chars().take(1500).collect::<String>();
    briefing(&world, &text, "pdf").unwrap();
    let run = world.brief(&["verify", "reports/2026-Q3/nghe-an.en.pdf"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn no_text_of_a_sheet_breaks_a_chart() {
    let world = World::empty();
    let text = TEXTS.join(" ").chars().take(1500).collect::<String>();
    briefing(&world, &text, "md").unwrap();
    for (name, bytes) in world.files("reports").into_iter().filter(|(name, _)| is_chart(name)) {
        let svg = String::from_utf8(bytes).unwrap();
        let drawn = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{name}: {error}"));
        let known = ["svg", "title", "desc", "rect", "circle", "polyline", "text"];
        for element in drawn.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(&element.tag_name().name()), "{name} holds <{}>", element.tag_name().name());
            assert!(element.attributes().all(|attribute| !attribute.name().starts_with("on")), "{name}");
        }
    }
}

#[test]
fn a_template_cannot_make_a_link_that_runs() {
    let world = World::new();
    let template = "# {{title}}\n\n[a](javascript:alert) [b](JaVaScRiPt:alert) [c](data:text/html,x) [d](file:///etc/passwd)\n\
                    [e](&#106;avascript:alert) [f](<java\tscript:alert>) [g](https://example.org) [h](mailto:a@example.org) \
                    [i](comparison.en.pdf) ![j](/etc/passwd)\n";
    world.write("templates/en/province.md.hbs", template);
    let made = ["--province", "nghe-an", "--lang", "en", "--format", "pdf", "--templates", "templates"];
    world.brief(&made).refuses(0, &[]);
    let document = Document::load(world.path("reports/2026-Q3/nghe-an.en.pdf")).unwrap();
    assert_eq!(addresses(&document), ["https://example.org", "mailto:a@example.org", "comparison.en.pdf"]);
}

#[test]
fn a_sheet_of_a_strange_name_travels_under_a_plain_one() {
    let world = World::new();
    world.write("sheets/a\n\u{7}\u{1b}[31m\\..b.yaml", crate::world::shipped("nghe-an"));
    let made = ["--province", "nghe-an", "--lang", "en", "--format", "pdf", "--sheets", "sheets"];
    world.brief(&made).refuses(0, &[]);
    let run = world.brief(&["verify", "reports/2026-Q3/nghe-an.en.pdf"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}
