//! What is no briefing, or no longer one: a clear answer, never a panic, never a pass.

use crate::forge::Forgery;
use crate::made::{codes, found, made, report, said_of};
use lopdf::{Document, Object, Stream, dictionary};
use rayon::prelude::*;
use std::sync::LazyLock;

/// A short PDF of one sheet and a template of a line.
static SHORT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "sheets/nghe-an.yaml",
        "schema: 1\nprovince: nghe-an\nsources:\n  paper: {publisher: Báo Nghệ An, published: 2023-12, language: vi}\nfacts:\n  \
         - {indicator: fdi-projects, as_of: 2023-11, printed: {paper: 115 dự án}}\n",
    );
    write(
        "templates/en/province.md.hbs",
        "# {{title}}\n\n{{#each themes}}{{#each rows}}{{label}}\n{{/each}}{{/each}}\n",
    );
    let templates = folder.path().join("templates");
    let arguments = ["--province", "nghe-an", "--templates", templates.to_str().unwrap()];
    made(&folder.path().join("sheets"), &arguments, crate::made::TODAY).remove("nghe-an.en.pdf").unwrap()
});

#[test]
fn no_pdf_at_all() {
    for bytes in [&b""[..], b"\n%PDF-1.7", b"# Nghe An\n", b"<html>", &[0xff; 9999]] {
        found(bytes, &[("not-a-pdf", None)]);
    }
}

#[test]
fn a_pdf_that_breaks_off() {
    let pdf = report("nghe-an.en.pdf");
    for part in [5, 100, 1024, pdf.len() / 3, pdf.len() / 2, pdf.len() - 1000, pdf.len() - 20, pdf.len() - 4] {
        found(&pdf[..part], &[("truncated-pdf", None)]);
    }
    // Without the last line end it is whole, and yet not as it was made.
    found(&pdf[..pdf.len() - 1], &[("altered-file", None)]);
    let mut longer = pdf.to_vec();
    longer.extend(b"% one more line\n");
    found(&longer, &[("altered-file", None)]);
}

#[test]
fn a_pdf_of_another_program() {
    let mut document = Document::with_version("1.4");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! { "Type" => "Page", "Parent" => pages });
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.clone().save_to(&mut bytes).unwrap();
    let verdict = found(&bytes, &[("not-a-briefing", None)]);
    assert!(verdict.findings[0].diagnostic.notes[0].contains("it names no producer"));
    let information = document.add_object(dictionary! { "Producer" => Object::string_literal("Printer 3") });
    document.trailer.set("Info", information);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let verdict = found(&bytes, &[("not-a-briefing", None)]);
    assert!(verdict.findings[0].diagnostic.notes[0].contains("`Printer 3`"));
}

#[test]
fn an_encrypted_pdf() {
    let mut pdf = Forgery::of(report("nghe-an.en.pdf"));
    let encryption = pdf.0.add_object(dictionary! {
        "Filter" => "Standard", "V" => 1, "R" => 2, "P" => -4, "Length" => 40,
        "O" => Object::string_literal(vec![7; 32]), "U" => Object::string_literal(vec![9; 32]),
    });
    pdf.0.trailer.set("Encrypt", encryption);
    found(&pdf.with_old_identity(), &[("encrypted-pdf", None)]);
}

/// Any byte changed anywhere in a file: two hundred files, none valid.
#[test]
fn no_flipped_byte_passes() {
    let honest = said_of(&SHORT);
    assert!(honest.is_valid() && honest.is_reproduced, "{honest}");
    let passed: Vec<usize> = (0..200_usize)
        .into_par_iter()
        .filter(|number| {
            let mut bytes = SHORT.clone();
            let at = (number * bytes.len() / 200 + number * 7919) % bytes.len();
            bytes[at] ^= 1 << (number % 8);
            said_of(&bytes).is_faultless()
        })
        .collect();
    assert_eq!(passed, Vec::<usize>::new());
}

/// The end of a file, which tells where all lies, is what a reader believes first.
#[test]
fn no_byte_flipped_at_the_end_passes() {
    let end = SHORT.len();
    let passed: Vec<usize> = (end - 120..end)
        .into_par_iter()
        .filter(|at| {
            let mut bytes = SHORT.clone();
            bytes[*at] ^= 0x15;
            said_of(&bytes).is_faultless()
        })
        .collect();
    assert_eq!(passed, Vec::<usize>::new());
}

#[test]
fn circles_end() {
    let mut pdf = Forgery::of(&SHORT);
    let pages = pdf.0.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let kids = pdf.0.get_dictionary_mut(pages).unwrap().get_mut(b"Kids").unwrap().as_array_mut().unwrap();
    kids.push(Object::Reference(pages));
    assert!(!said_of(&pdf.with_new_identity()).is_faultless());

    let mut pdf = Forgery::of(&SHORT);
    let tree = pdf.0.new_object_id();
    pdf.0.objects.insert(tree, dictionary! { "Kids" => vec![tree.into(), tree.into()] }.into());
    let names = pdf.0.catalog_mut().unwrap().get_mut(b"Names").unwrap().as_dict_mut().unwrap();
    names.set("EmbeddedFiles", tree);
    assert!(!said_of(&pdf.with_new_identity()).is_faultless());

    let mut pdf = Forgery::of(&SHORT);
    let (one, other) = (pdf.0.new_object_id(), pdf.0.new_object_id());
    pdf.0.objects.insert(one, Object::Reference(other));
    pdf.0.objects.insert(other, Object::Reference(one));
    let page = pdf.page(1);
    pdf.0.get_dictionary_mut(page).unwrap().set("Contents", one);
    assert!(codes(&said_of(&pdf.with_new_identity())).contains(&("altered-page", Some(1))));
}

/// A stream that inflates to more than any of a briefing is not inflated, wherever it lies.
#[test]
fn bombs_do_not_go_off() {
    let bomb = || {
        let mut stream = Stream::new(dictionary! {}, vec![b' '; 9 * 1024 * 1024]);
        stream.compress().unwrap();
        stream
    };
    let mut pdf = Forgery::of(&SHORT);
    let contents = pdf.0.add_object(bomb());
    let page = pdf.page(1);
    pdf.0.get_dictionary_mut(page).unwrap().set("Contents", contents);
    let verdict = said_of(&pdf.with_new_identity());
    assert!(codes(&verdict).contains(&("altered-page", Some(1))), "{verdict}");

    let mut pdf = Forgery::of(&SHORT);
    pdf.put("checks.json", bomb());
    let verdict = said_of(&pdf.with_new_identity());
    assert_eq!(codes(&verdict)[0], ("altered-attachment", None), "{verdict}");
    assert!(verdict.findings[0].diagnostic.message.contains("`checks.json` inside the PDF cannot be read"));
}
