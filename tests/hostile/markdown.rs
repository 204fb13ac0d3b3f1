//! Texts of a sheet in Markdown: whatever they hold, the document's headings, tables, lists and links are those of a harmless text.

use crate::world::World;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Texts that would be markup, directives, controls or marks of our own, if they were let.
pub(crate) const TEXTS: [&str; 34] = [
    "a | b | c",
    "one\ntwo\n\n# three\n\n- four\n",
    "`code` ``` ~~~",
    "](javascript:alert(1)) [x](javascript:alert(1))",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "<!-- key-figures -->",
    "x --> y <!-- lead",
    "---",
    "===",
    "\n---\ntitle: other\n---\n",
    "# heading",
    "[^1]: a note\n[^1] [^9]",
    "[a]: https://example.org 'title'\n[a]",
    "\" \\ ' {{title}} {{{title}}} {{#each sources}}",
    "|\n| --- |\n| cell",
    "![](/etc/passwd) ![x](nghe-an.en.goods-exports.svg)",
    "<https://example.org> <a@example.org>",
    "&lt;b&gt; &#x202e; &amp; &nbsp;",
    "\u{202e}desrever\u{202c} \u{2066}isolate\u{2069}",
    "zero\u{200b}width\u{feff}and\u{2060}joiner",
    "\u{fdd1}\u{fdd9} \u{fdda}\u{fdef} \u{fffe}\u{ffff} \u{1fffe}",
    "\u{e000} \u{f8ff} \u{10fffd}",
    "Zá\u{301}\u{302}\u{303}\u{304}\u{306} combining",
    "\u{7}\u{1b}[31mred\u{1b}[0m \u{9b}31m \u{85}next \u{2028}line \u{2029}paragraph",
    "    indented code",
    "\tindented code",
    "1. first",
    "- item",
    "+ item",
    "> quoted",
    "*a* **b** __c__ ~~d~~ $e$",
    "</rdf:li></rdf:RDF> ]]> ?> %PDF-1.7 endstream endobj",
    ") Tj ET Q (\\) \\0 >> stream",
    "\u{e0041}\u{e0042}tags \u{ad}soft \u{600}prefix",
];

/// A text as YAML in double quotes writes it.
fn yaml(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            other => write!(quoted, "\\U{:08X}", u32::from(other)).unwrap(),
        }
    }
    quoted.push('"');
    quoted
}

/// A sheet whose every free text is one text; two sources, one in the other language.
pub(crate) fn sheet(text: &str) -> String {
    // The name of a place has letters, and single spaces between its words.
    let words: Vec<&str> = text.split_whitespace().collect();
    let place = yaml(format!("Here {}", words.join(" ")).chars().take(100).collect::<String>().trim());
    let text = yaml(text);
    format!(
        "schema: 1
province: nghe-an
sources:
  one:
    publisher: {text}
    title: {text}
    author: {text}
    url: https://example.org/a|b)(c<d>\"e`f[g]
    description: {text}
    published: {{estimated: 2026-08, why: {text}}}
    language: en
  two:
    description: {{en: {text}, vi: {text}}}
    published: 2026-08-02
    language: vi
facts:
  - {{indicator: fdi-projects, as_of: 2026-07, printed: {{one: 115 projects}}, note: {text}}}
  - {{indicator: own, period: 2026-07, printed: {{two: 2.345 đoàn}}, note: {text}}}
  - {{indicator: other, as_of: 2026-07, printed: {{one: {{text: \"134,906km\", read_as: vi}}}}}}
partners:
  - {{place: here, source: one, note: {text}}}
events:
  - {{event: {text}, places: [here], period: 2026-07, source: two}}
allow:
  - {{code: stale-fact, reason: {text}}}
indicators:
  own:
    label: {{en: {text}, vi: {text}}}
    sentence: {{en: {text}, vi: {text}}}
    of: {{en: {text}, vi: {text}}}
    theme: delegations
    unit: count
    kind: flow
    weight: 90
  other:
    label: {{en: {text}, vi: {text}}}
    theme: borders
    unit: km
    kind: stock
places:
  here: {{kind: locality, country: laos, name: {{en: {place}, vi: {place}}}}}
"
    )
}

/// The briefing of such a sheet, by language; nothing where the sheet is refused.
pub(crate) fn briefing(world: &World, text: &str, format: &str) -> Option<()> {
    world.write("sheets/nghe-an.yaml", sheet(text));
    let made =
        ["--province", "nghe-an", "--sheets", "sheets", "--lang", "en,vi", "--quarter", "2026-Q3", "--format", format];
    let run = world.brief(&made);
    assert!(run.code < 3, "{text:?}: {}", run.err);
    let raw = |sign: char| sign.is_control() && sign != '\n' || matches!(sign, '\u{202a}'..='\u{202e}');
    assert!(!run.err.contains(raw), "{text:?}: {:?}", run.err);
    (run.code == 0).then_some(())
}

/// What a text must not change: every event but the words, and the addresses of links and pictures.
fn structure(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut is_metadata = false;
    let mut found = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => is_metadata = true,
            Event::Text(_) if is_metadata => is_metadata = false,
            Event::Text(_) | Event::SoftBreak => {}
            Event::Html(html) | Event::InlineHtml(html) => found.push(format!("html {}", html.trim())),
            other => found.push(format!("{other:?}")),
        }
    }
    found
}

/// The keys of the front matter, which must parse.
fn keys(markdown: &str) -> BTreeSet<String> {
    let front = markdown.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap().0;
    let front: std::collections::BTreeMap<String, String> = serde_saphyr::from_str(front).unwrap();
    front.into_keys().collect()
}

#[test]
fn no_text_of_a_sheet_is_markup() {
    let world = World::empty();
    briefing(&world, "harmless", "md").unwrap();
    let read = |language: &str| world.read(&format!("reports/2026-Q3/nghe-an.{language}.md"));
    let harmless = ["en", "vi"].map(read);
    assert!(structure(&harmless[0]).iter().any(|event| event.contains("Table")), "{}", harmless[0]);
    assert!(harmless[0].matches("harmless").count() >= 8, "{}", harmless[0]);
    let mut shown = 0;
    for text in TEXTS {
        if briefing(&world, text, "md").is_none() {
            continue;
        }
        shown += 1;
        for (language, harmless) in ["en", "vi"].into_iter().zip(&harmless) {
            let markdown = read(language);
            let (found, expected) = (structure(&markdown), structure(harmless));
            let differing = found.iter().zip(&expected).position(|(found, expected)| found != expected);
            let around = differing.map(|at| &found[at.saturating_sub(3)..(at + 3).min(found.len())]);
            assert_eq!(around, None, "{text:?} in {language}:\n{markdown}");
            assert_eq!(found.len(), expected.len());
            assert_eq!(keys(&markdown), keys(harmless));
            let acts = |sign: char| {
                sign.is_control() && sign != '\n'
                    || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}')
            };
            assert!(!markdown.contains(acts), "{text:?} in {language}");
        }
    }
    assert_eq!(shown, TEXTS.len(), "texts for which a briefing was made");
}

#[test]
fn only_addresses_of_web_pages_are_links() {
    let world = World::empty();
    for address in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "JavaScript://x", "//example.org"]
    {
        world.write("nghe-an.yaml", sheet("x").replace("https://example.org/", &format!("{address}/")));
        world.brief(&["check", "nghe-an.yaml"]).refuses(2, &["is not the address of a web page"]);
    }
}
