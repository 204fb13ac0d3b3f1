//! The small commands, and what a hostile sheet may not do to a page.

use super::world::{World, shipped};
use pulldown_cmark::{Event, Options, Parser, TagEnd};

#[test]
fn lists_have_a_line_to_each_entry() {
    let world = World::empty();
    for (what, part) in [
        ("provinces", "nghe-an"),
        ("indicators", "fdi-projects"),
        ("places", "khammouane"),
        ("units", "USD"),
        ("codes", "total-mismatch"),
    ] {
        let run = world.brief(&["list", what]);
        assert!(run.is_silent().lines().iter().any(|line| line.starts_with(part)), "{}", run.out);
        assert!(run.lines().iter().all(|line| *line == line.trim_end()), "{what}: a line ends in spaces");
        let json: serde_json::Value = serde_json::from_str(&world.brief(&["list", what, "--json"]).out).unwrap();
        assert_eq!(json.as_array().unwrap().len(), run.lines().len());
    }
}

#[test]
fn every_code_that_is_listed_is_explained() {
    let world = World::empty();
    let codes = world.brief(&["explain"]).out;
    let codes: Vec<&str> = codes.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.contains(&"unreadable-sheet") && codes.contains(&"total-mismatch"));
    for code in ["unreadable-sheet", "total-mismatch", "duplicate-province"] {
        let run = world.brief(&["explain", code]);
        assert!(
            run.is_silent().out.starts_with(&format!("{code} (error)")) && run.out.contains("What to do"),
            "{}",
            run.out
        );
    }
    world
        .brief(&["explain", "no-such-thing-at-all"])
        .refuses(2, &["`no-such-thing-at-all`", "`brief explain` lists the codes"]);
}

#[test]
fn a_figure_is_read_aloud() {
    let world = World::empty();
    let run = world.brief(&["figure", "gần 9,98 tỉ USD", "--lang", "vi"]);
    assert!(
        ["nearly", "9,980,000,000", "USD", "gần"].iter().all(|part| run.is_silent().out.contains(part)),
        "{}",
        run.out
    );
    assert!(world.brief(&["figure", "-3.4%"]).is_silent().out.contains("−3.4"));
    let json: serde_json::Value =
        serde_json::from_str(&world.brief(&["figure", "nearly 9.98 billion USD", "--json"]).out).unwrap();
    for (key, value) in [
        ("text", "nearly 9.98 billion USD"),
        ("language", "en"),
        ("value", "9980000000"),
        ("unit", "USD"),
        ("hedge", "nearly"),
        ("lower", "9970000000"),
        ("upper", "9980000000"),
        ("strict_lower", "0"),
        ("strict_upper", "9980000000"),
    ] {
        assert_eq!(json[key], value, "{key}");
    }
    assert!(json["readings"].is_array());
}

#[test]
fn a_figure_that_cannot_be_read_fails_and_shows_its_readings() {
    let world = World::empty();
    world.brief(&["figure", "12,34"]).refuses(1, &["[ambiguous-figure]", "12.34", "1,234"]);
    world.brief(&["figure", "no number"]).refuses(1, &["[unreadable-figure]"]);
    let run = world.brief(&["figure", "12,34", "--json"]);
    assert_eq!(run.code, 1);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["error"], "ambiguous-figure");
    assert_eq!(json["readings"].as_array().unwrap().len(), 2);
}

#[test]
fn scripts_and_manual_are_written_out() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(world.brief(&["completions", shell]).is_silent().out.contains("province"), "{shell}");
    }
    assert!(world.brief(&["man"]).is_silent().out.contains(".TH brief 1"));
    world.brief(&["completions", "tcsh"]).refuses(2, &["possible values"]);
}

/// A sheet with `text` wherever a sheet holds free text.
fn sheet_saying(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    let source = format!(
        "    publisher: {quoted}\n    title: {quoted}\n    author: {quoted}\n    url: https://example.org/a_(b)?c=*d*&e=`f`|g\n    language: en"
    );
    let sheet = shipped("nghe-an").replacen("    language: en", &source, 1);
    let sheet = sheet.replacen("    as_of: 2023-11\n", &format!("    as_of: 2023-11\n    note: {quoted}\n"), 1);
    let estimate = sheet.find("      why:").unwrap();
    let after = estimate + sheet[estimate..].find("    publisher:").unwrap();
    format!("{}      why: {quoted}\n{}", &sheet[..estimate], &sheet[after..])
}

/// What a Markdown reader makes of a text, its words left out.
fn structure(markdown: &str) -> Vec<String> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Text(_) | Event::SoftBreak => None,
        Event::End(TagEnd::Paragraph) => Some("end of paragraph".to_owned()),
        other => Some(format!("{other:?}")),
    });
    events.collect()
}

#[test]
fn nothing_in_a_sheet_can_become_markup() {
    let hostile = "a | b *c* **d** _e_ `f` ~~g~~ <script>alert(1)</script> <!-- h --> [i](javascript:alert(1)) ![j](k) [^1] [l]\n\n\
                   # m\n\n- n\n\n| o |\n| - |\n\n---\n\n```\n&lt; &#35; \\* $p$ {{q}} \u{1b}[31m\u{0}";
    let hostile = hostile.replace('\0', "");
    let world = World::new();
    let render = |text: &str, out: &str| {
        world.write("fixtures/nghe-an.yaml", sheet_saying(text));
        world.brief(&["--all", "--format", "md", "--out", out]).is_silent();
    };
    render("plain words", "plain");
    render(&hostile, "hostile");
    let plain = world.files("plain");
    for (name, bytes) in world.files("hostile") {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains('\u{1b}'), "{name}");
        let expected = structure(std::str::from_utf8(&plain[&name]).unwrap());
        assert_eq!(structure(&text), expected, "{name}:\n{text}");
    }
    let briefing = world.read("hostile/2026-Q3/nghe-an.en.md");
    assert!(briefing.contains("alert(1)"), "the words themselves are kept");
    assert!(briefing.contains("(https://example.org/a_%28b%29?c=*d*&e=%60f%60%7Cg)"), "{briefing}");
    world.brief(&["-p", "Nghe An", "--lang", "en"]).refuses(0, &[]);
}
