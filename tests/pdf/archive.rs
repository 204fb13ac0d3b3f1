//! What archives and screen readers ask for, judged by programs that others wrote, where they are installed.

use super::pdf_reader::{Node, structure};
use super::{CONSTRUCTS, ENGLISH, FONTS, VIETNAMESE, judges, load, many_letters, set};
use brief::pdf::{Attachment, Packed, Relationship, write};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Markdown that a template might produce and its author did not think of.
const HOSTILE: [(&str, &str); 24] = [
    ("nothing", ""),
    ("no-language", "---\nlanguage: vi\n---\n"),
    ("no-title", "A paragraph, no title, no date."),
    (
        "strange-metadata",
        "---\ntitle: \"A & B <c> \\x01 \\\"q\\\"\"\ndate: 2026-13-45\nauthor: \"Đ\\nX\"\nkeywords: [a, \"b, c\", \"\"]\n---\n",
    ),
    ("no-title-but-edition", "---\nedition: Q3\nkicker: k\n---\ntext"),
    ("only-a-table", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("an-empty-table", "|  |  |\n|---|---|\n|  |  |\n"),
    ("only-a-head", "| a | b |\n|---|---|\n"),
    ("no-head", "|  |  |\n|---|---|\n| a |  |\n|  | b |\n"),
    ("ragged-rows", "| a | b | c |\n|---|---|---|\n| 1 |\n|  | | 3 |\n| 1 | 2 | 3 | 4 |\n"),
    (
        "empty-items",
        "1.\n2. > quote\n\n- [ ] to do\n- [x] done\n\n- # heading\n- | t | u |\n  |---|---|\n  | 1 | 2 |\n-\n\n0. zero\n   - \n   - c\n",
    ),
    (
        "a-deep-quote",
        "> > > > > > > > > > > > > > > > > > > > > > > > > > > > deep\n\n> # H\n>\n> ```\n> code\n> ```\n\n>\n",
    ),
    (
        "skipped-headings",
        "### three\n\n# one\n\n#### four\n\n###### six\n\n## two\n\n#\n\ntext\n\n##### five\n\n> ###### q\n",
    ),
    (
        "pictures",
        "![](a)\n\n![alone](a)\n\ntext ![](b) and ![ ](c) and ![inline *one*](d) [![linked](i)](https://example.org)\n\n| ![in a cell](x) | ![](y) |\n|---|---|\n| ![z](z) | [![l](l)](m) |\n\n# ![in a heading](h)\n",
    ),
    ("scripts", "שלום עולם 123 \u{200f} العربية مرحبا\n\n中文字符 日本語\n\nदेवनागरी ไทย ລາວ 😀 👨‍👩‍👧 🇻🇳\n"),
    (
        "letters-without-meaning",
        "\u{e000} \u{f8ff} \u{feff}x\u{feff}y \u{fffe} \u{ffff} \u{1}\u{7} \u{200b}\u{200d}\u{2060} \u{ad} soft\u{ad}hyphen \u{fffd} Z̸̢a̵l̷g̶o̴ ệ\n",
    ),
    ("code", "```rust\nfn main() {}\n\n\ttab\n```\n\n    indented\n\n```\n```\n\n`code` and ``` `` ```\n"),
    (
        "links",
        "[]( ) [a]() [b](#x) [c](<https://example.org/a b?q=ü>) <mailto:a@b.c> [ ](https://example.org) [**bold** and `code`](https://example.org/1) [par](https://example.org/\\)()\n",
    ),
    (
        "notes",
        "a[^1]b[^1][^2] [^3] [^missing]\n\n# h[^1]\n\n| x[^1] | [^2] |\n|---|---|\n| 15[^1] | 3[^2][^3] |\n\n[^1]: one\n[^2]: - list\n[^3]:\n    > quote\n\n    ```\n    code\n    ```\n[^4]: # heading\n[^a label & <x>]: y\n\nz[^a label & <x>]",
    ),
    (
        "html",
        "<div>\n<p>x</p>\n\n</div>\n\n<!-- c -->\n\n<script>alert(1)</script>\n\na <b>x</b> <sup>2</sup> <br> <img src=x>\n",
    ),
    (
        "empty-key-figures",
        "<!-- key-figures -->\n| **1** |  |\n|---|---|\n|  |  |\n\n<!-- key-figures -->\n|  |  |\n|---|---|\n|  |  |\n\n<!-- points -->\n1. \n2. b\n",
    ),
    ("rules", "***\n\n---\n"),
    ("struck", "~~struck~~ **~~x~~** ~~two words~~"),
    ("ligatures", "office waffle efficient fjord ﬁ ﬂ Ǆ ß İ ſt 10<sup>9</sup>"),
];

/// A document that is written once for all tests.
pub(super) struct Sample {
    pub(super) name: String,
    /// Its PDF, with its Markdown inside.
    pub(super) bytes: Vec<u8>,
    /// Its structure, read back.
    pub(super) tree: Node,
}

/// The Markdown of the tests and the sample briefings, as PDF.
pub(super) static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    markdown()
        .into_par_iter()
        .map(|(name, markdown)| {
            let attachment = Attachment {
                name: format!("{name}.md"),
                media_type: "text/markdown",
                description: "Bản thảo".to_owned(),
                relationship: Relationship::Source,
                contents: Packed::new(markdown.as_bytes()).unwrap(),
            };
            let bytes = write(&set(&markdown), &FONTS, &[attachment]).unwrap();
            let tree = structure(&bytes);
            Sample { name, bytes, tree }
        })
        .collect()
});

/// The Markdown of the tests and the sample briefings, by name.
fn markdown() -> Vec<(String, String)> {
    let mut samples: Vec<(String, String)> = HOSTILE
        .iter()
        .chain(&[("english", ENGLISH), ("vietnamese", VIETNAMESE), ("constructs", CONSTRUCTS)])
        .map(|(name, markdown)| ((*name).to_owned(), (*markdown).to_owned()))
        .collect();
    samples.push(("many-letters".to_owned(), many_letters()));
    let cell = "word ".repeat(1500);
    samples.push(("a-tall-row".to_owned(), format!("| a | b |\n|---|---|\n| {cell} | c<br>{cell} |\n")));
    samples.push(("a-long-table".to_owned(), format!("| a | b |\n|---|---|\n{}", "| 1 | two words |\n".repeat(120))));
    let levels: Vec<String> = (0..30).map(|level| format!("{}- {level}\n", "  ".repeat(level))).collect();
    samples.push(("deep-lists".to_owned(), levels.concat()));
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/2026-Q3");
    let mut count = 0;
    for entry in std::fs::read_dir(reports).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            samples.push((name, std::fs::read_to_string(path).unwrap()));
            count += 1;
        }
    }
    assert!(count >= 10, "the sample briefings are missing");
    samples
}

/// Puts every sample into a folder.
fn write_all(folder: &Path) -> Vec<PathBuf> {
    let write_one = |sample: &Sample| {
        let path = folder.join(format!("{}.pdf", sample.name));
        std::fs::write(&path, &sample.bytes).unwrap();
        path
    };
    SAMPLES.iter().map(write_one).collect()
}

#[test]
fn verapdf_finds_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    judges::verapdf(&write_all(folder.path()));
}

#[test]
fn qpdf_finds_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    judges::qpdf(&write_all(folder.path()));
}

#[test]
fn the_colours_are_those_of_a_real_profile() {
    let document = load(&write(&set(ENGLISH), &FONTS, &[]).unwrap());
    let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap();
    let intent = document.get_dictionary(intents[0].as_reference().unwrap()).unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
    let profile = document.get_object(intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap()).unwrap();
    let profile = profile.as_stream().unwrap();
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
    // The header of ISO 15076-1, 7.2: size, colour space, signature.
    let bytes = profile.get_plain_content().unwrap();
    let size = u32::from_be_bytes(bytes[..4].try_into().unwrap());
    assert_eq!(usize::try_from(size).unwrap(), bytes.len());
    assert_eq!((&bytes[12..16], &bytes[16..20], &bytes[36..40]), (&b"mntr"[..], &b"RGB "[..], &b"acsp"[..]));
}

/// The XMP of a document, as it lies in the file.
fn xmp(bytes: &[u8]) -> String {
    let find = |mark: &[u8]| bytes.windows(mark.len()).position(|window| window == mark).unwrap();
    String::from_utf8(bytes[find(b"<?xpacket begin")..find(b"<?xpacket end")].to_vec()).unwrap()
}

#[test]
fn metadata_is_told_twice_and_agrees() {
    let xmp = xmp(&write(&set(VIETNAMESE), &FONTS, &[]).unwrap());
    for told in [
        r#"<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Nghệ An – Báo cáo đối ngoại, Quý III năm 2026</rdf:li></rdf:Alt></dc:title>"#,
        "<dc:creator><rdf:Seq><rdf:li>Sở Ngoại vụ</rdf:li></rdf:Seq></dc:creator>",
        r#"<rdf:li xml:lang="x-default">Quan hệ đối ngoại của tỉnh Nghệ An, so với ba tỉnh khác.</rdf:li>"#,
        "<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>",
        "<xmp:CreateDate>2026-09-30T00:00:00Z</xmp:CreateDate>",
        "<xmp:ModifyDate>2026-09-30T00:00:00Z</xmp:ModifyDate>",
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(xmp.contains(told), "{told}\n{xmp}");
    }
}

#[test]
fn a_document_without_title_or_date_has_a_title_and_no_date() {
    let title = |markdown: &str| {
        let xmp = xmp(&write(&set(markdown), &FONTS, &[]).unwrap());
        assert!(!xmp.contains("Date>"), "{xmp}");
        let (_, rest) = xmp.split_once(r#"<dc:title><rdf:Alt><rdf:li xml:lang="x-default">"#).unwrap();
        rest.split_once("</rdf:li>").unwrap().0.to_owned()
    };
    assert_eq!(title("Text.\n\n## Trade & *aid*\n"), "Trade &amp; aid");
    assert_eq!(title("Text."), "Untitled");
    assert_eq!(title("---\nlanguage: vi\ndate: soon\n---\nText."), "Không có tiêu đề");
    assert_eq!(title("---\ntitle: \"A\\x01 <b>\\n  \\\"c\\\"\"\n---\n"), "A &lt;b&gt; &quot;c&quot;");
}
