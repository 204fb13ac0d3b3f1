//! `brief verify` as its users meet it.

use super::world::World;

const PDF: &str = "reports/2026-Q3/nghe-an.en.pdf";

/// A folder with an honest PDF, one of which a byte was changed, one that breaks off, and a text.
fn with_pdfs() -> World {
    let world = World::new();
    world.brief(&["--province", "Nghe An", "--format", "pdf"]).is_silent();
    let honest = std::fs::read(world.path(PDF)).unwrap();
    let mut changed = honest.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    world.write("changed.pdf", changed);
    world.write("broken.pdf", &honest[..honest.len() / 2]);
    world.write("text.pdf", "# Nghe An\n");
    world
}

#[test]
fn a_line_for_each_file_and_the_gravest_exit_status() {
    let world = with_pdfs();
    let honest = world.brief(&["verify", PDF]);
    let line = honest.is_silent().lines()[0].to_owned();
    assert!(line.starts_with(&format!("valid: {PDF}: ")), "{line}");
    assert!(line.ends_with(" numerals, 4 sheets checked again, made again byte for byte"), "{line}");

    let all = world.brief(&["verify", PDF, "changed.pdf", "broken.pdf", "text.pdf"]);
    all.refuses(
        1,
        &[
            "error[altered-file]: changed.pdf: the file was changed after it was made",
            "error[truncated-pdf]: broken.pdf",
        ],
    );
    let lines = all.lines();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert_eq!(lines[0], line);
    assert!(lines[1].starts_with("invalid: changed.pdf: altered-file"), "{}", lines[1]);
    assert_eq!(lines[2..], ["invalid: broken.pdf: truncated-pdf", "invalid: text.pdf: not-a-pdf"]);

    let none = world.brief(&["verify", PDF, "none.pdf"]);
    none.refuses(2, &["cannot read none.pdf", "name the PDFs that `brief` wrote"]);
    assert_eq!(none.lines(), [line]);
    world.brief(&["verify", "fixtures"]).refuses(2, &["cannot read fixtures: there is neither a manifest nor a PDF"]);
    world.brief(&["verify", PDF, "--sheets", "none"]).refuses(2, &["none", "`--sheets DIR`"]);
    world.brief(&["verify"]).refuses(2, &["<FILE.pdf|DIR>"]);
}

#[test]
fn for_programs() {
    let world = with_pdfs();
    let run = world.brief(&["verify", "--json", PDF, "changed.pdf", "none.pdf"]);
    assert_eq!(run.code, 2);
    let document: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let files = document["files"].as_array().unwrap();
    assert_eq!(files.len(), 3);
    assert_eq!((&files[0]["path"], &files[0]["valid"]), (&PDF.into(), &true.into()));
    assert_eq!((&files[0]["sheets"], &files[0]["reproduced"]), (&4.into(), &true.into()));
    assert_eq!(files[0]["diagnostics"], serde_json::json!([]));
    assert_eq!(files[1]["valid"], false);
    let found = &files[1]["diagnostics"][0];
    assert_eq!((&found["code"], &found["severity"]), (&"altered-file".into(), &"error".into()));
    assert!(found["help"].is_string() && found["page"].is_null());
    assert!(files[2]["error"].as_str().unwrap().contains("none.pdf"));
}

/// The sheets are inside: nothing but the file is needed, and nothing but the file is looked at.
#[test]
fn the_file_alone_is_enough() {
    let world = with_pdfs();
    let alone = World::empty();
    alone.write("briefing.pdf", std::fs::read(world.path(PDF)).unwrap());
    assert!(alone.brief(&["verify", "briefing.pdf"]).is_silent().out.starts_with("valid: "));
    assert_eq!(alone.names("."), ["briefing.pdf"]);
}

#[test]
fn every_code_is_explained_and_listed() {
    let world = World::empty();
    let explained = world.brief(&["explain", "altered-page"]);
    assert!(explained.out.starts_with("altered-page (error)\n\na page does not show what the Markdown says"));
    let listed = world.brief(&["list", "codes"]).out;
    for code in
        ["not-a-pdf", "truncated-pdf", "not-a-briefing", "altered-attachment", "altered-markdown", "not-reproduced"]
    {
        assert!(listed.lines().any(|line| line.starts_with(code)), "{code}");
    }
    // They are of PDFs: a check of sheets can neither deny nor allow them.
    world.brief(&["check", "--deny", "altered-page"]).refuses(2, &["altered-page"]);
}
