//! Sheets that cannot be read: each is told with its path, line and column, what is wrong and what to do.

use super::world::{World, shipped};
use std::fs::File;
use std::time::Instant;

/// Writes one sheet and checks it: exit code 2, the place, the words.
#[track_caller]
fn refused(text: impl AsRef<[u8]>, place: &str, said: &[&str]) {
    let world = World::empty();
    world.write("nghe-an.yaml", text);
    let run = world.brief(&["check", "nghe-an.yaml"]);
    run.refuses(2, &["error[unreadable-sheet]", &format!("nghe-an.yaml:{place}")]).refuses(2, said);
    assert!(run.out.starts_with("invalid: 1 sheet"), "{}", run.out);
}

/// The shipped sheet with one text replaced.
fn changed(from: &str, to: &str) -> String {
    let sheet = shipped("nghe-an");
    assert!(sheet.contains(from), "{from}");
    sheet.replacen(from, to, 1)
}

#[test]
fn a_folder_that_is_not_there_or_holds_nothing() {
    let world = World::empty();
    world.all(&[]).refuses(2, &["cannot read fixtures", "`--sheets DIR`", "`brief init`"]);
    world.brief(&["check"]).refuses(2, &["cannot read fixtures"]);
    world.write("fixtures/readme.txt", "no sheet");
    world.write("fixtures/.hidden.yaml", "no sheet");
    world.all(&[]).refuses(2, &["fixtures holds no fact sheet: a sheet is a file `<province-id>.yaml`"]);
    world
        .brief(&["check", "fixtures", "nowhere.yaml"])
        .refuses(2, &["fixtures holds no fact sheet", "cannot read nowhere.yaml"]);
    assert!(!world.path("reports").exists());
}

#[test]
fn an_empty_file() {
    refused("", "1:1", &["the sheet is empty", "`schema: 1`"]);
    refused(" \n\n", "1:1", &["the sheet is empty"]);
    refused("# only a remark\n", "", &["the text ends before anything is said"]);
}

#[test]
fn not_a_sheet_at_all() {
    refused("just a sentence", "1:1", &["keys belong here", "`key: value`"]);
    refused("- a\n- b\n", "1:1", &["keys belong here"]);
    refused("\0\u{1}\u{2}", "1:1", &[]);
    refused("schema: 1\nprovince: [nghe-an", "2:", &[]);
}

#[test]
fn slips_of_yaml() {
    refused(
        changed("    language: en", "\tlanguage: en"),
        "",
        &["a tab stands where YAML allows only spaces", "indent with spaces"],
    );
    refused(changed("3 pillars}", "3 pillars"), "", &["a bracket or brace above may not be closed"]);
    refused(changed("3 pillars", "\"3 pillars"), "", &["a quotation mark above may not be closed"]);
    refused(changed("3 pillars", "3 pillars: all"), "20:50", &["put a text that holds `: `"]);
    refused(shipped("nghe-an") + "---\nschema: 1\n", "", &["a second document starts after `---`"]);
}

#[test]
fn keys_that_are_unknown_missing_or_there_twice() {
    refused(
        changed("    language: en", "    langage: en"),
        "15:5",
        &["`langage` is not a key of this place", "did you mean `language`?"],
    );
    refused(
        changed("province: nghe-an", "province: nghe-an\nzzz: 1"),
        "3:1",
        &["`zzz` is not a key", "known here: schema, province"],
    );
    refused(changed("schema: 1\n", ""), "1:1", &["the key `schema` is missing", "add `schema: …`"]);
    refused(
        changed("    as_of: 2023-11\n    printed", "    as_of: 2023-11\n    printd"),
        "20:5",
        &["did you mean `printed`?"],
    );
    refused(shipped("nghe-an") + "province: hue\n", "", &["the key `province` stands twice", "keep one of the two"]);
}

#[test]
fn several_misspelt_keys_are_told_at_once_each_where_it_stands() {
    let sheet = changed("    language: en", "    langage: en").replacen("    as_of: 2023-11", "    asof: 2023-11", 1);
    let sheet = sheet.replacen("relations:", "relatons:", 1);
    let line = sheet.lines().position(|line| line == "relatons:").unwrap() + 1;
    refused(
        sheet,
        "15:5",
        &["`langage`", "nghe-an.yaml:19:5", "`asof`", &format!("nghe-an.yaml:{line}:1"), "`relatons`"],
    );
}

#[test]
fn a_misspelt_key_beside_the_right_one_is_one_fault() {
    let world = World::empty();
    world.write("nghe-an.yaml", changed("    as_of: 2023-11", "    as_of: 2023-11\n    asof: 2023-11"));
    let run = world.brief(&["check", "nghe-an.yaml"]);
    run.refuses(2, &["`asof`"]);
    assert!(!run.err.contains("stands twice"), "{}", run.err);
}

#[test]
fn values_of_the_wrong_kind() {
    refused(changed("schema: 1", "schema: one"), "1:9", &["a whole number belongs here"]);
    refused(changed("schema: 1", "schema: 2"), "1:9", &["this sheet is of schema 2; this program reads schema 1"]);
    refused(changed("province: nghe-an", "province:"), "2:", &["a value is missing here"]);
    refused(changed("as_of: 2023-11", "as_of: 2023-13"), "19:12", &["`2023-13` is not a date"]);
    refused(changed("as_of: 2023-11", "as_of: [2023]"), "19:12", &["a single value belongs here"]);
    refused(
        changed("printed: {people-committee-2023-11: 3 pillars}", "printed: 3 pillars"),
        "20:14",
        &["keys belong here"],
    );
    refused(changed("language: en", "language: fr"), "15:15", &["`fr` is not known here", "known here: en, vi"]);
    refused("schema: 1\nprovince: hue\nfacts:\n", "3:", &["a list belongs here", "`- `"]);
}

#[test]
fn what_is_no_web_page_is_not_linked_to() {
    for url in
        ["javascript:alert(1)", "file:///etc/passwd", "baolongan.vn", "https://", "https://a b", "\"https://a\\nb\""]
    {
        let sheet = changed("    language: en", &format!("    url: {url}\n    language: en"));
        refused(sheet, "15:10", &["is not the address of a web page", "`https://…`"]);
    }
}

#[test]
fn text_that_is_not_utf8() {
    refused(b"schema: 1\nprovince: Ngh\xea An\n", "2:14", &["is not UTF-8 text", "save the file as UTF-8"]);
    let utf16: Vec<u8> = "\u{feff}schema: 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(utf16, "1:1", &["is not UTF-8 text"]);
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_are_no_faults() {
    let world = World::new();
    world.all(&["--out", "plain"]).is_silent();
    let sheet = shipped("nghe-an").replace('\n', "\r\n");
    world.write("fixtures/nghe-an.yaml", format!("\u{feff}{sheet}"));
    world.all(&["--out", "windows"]).is_silent();
    // The manifest tells the two texts apart by their hashes; the reports do not.
    let reports = |folder| {
        let mut files = world.files(folder);
        files.retain(|path, _| !path.ends_with("manifest.json"));
        files
    };
    assert!(reports("windows") == reports("plain"));
}

#[test]
fn texts_made_to_exhaust_the_machine() {
    let line =
        |(name, before): (char, char)| format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "));
    let laughs: Vec<String> = ('b'..='i').zip('a'..).map(line).collect();
    let laughs = laughs.concat();
    refused(
        format!("schema: 1\nprovince: hue\nfacts: &a [x]\n{laughs}"),
        "3:11",
        &["anchors, aliases and deep nesting are refused"],
    );
    let deep = format!("schema: 1\nprovince: hue\nfacts: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    refused(deep, "3:", &["nested too deep"]);
    let block: Vec<String> = (0..1500).map(|level| format!("{}-", "  ".repeat(level))).collect();
    let block = block.join("\n");
    refused(format!("schema: 1\nprovince: hue\nfacts:\n{block}"), "", &[]);
    refused(format!("schema: 1\nprovince: hue\nfacts: [{}]\n", vec!["{}"; 200_000].join(",")), "3:", &[]);
    let world = World::empty();
    world.write("nghe-an.yaml", changed("foreign-affairs-pillars", &"x".repeat(300_000)));
    world.brief(&["check", "nghe-an.yaml"]).refuses(2, &["a text of 300000 characters is too long here"]);
    let long = changed("3 pillars", &format!("3 pillars {}", "9".repeat(1_000_000)));
    refused(long, "20:41", &["a figure of 1000010 characters is too long to be one"]);
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let world = World::empty();
    world.write("small.yaml", shipped("nghe-an"));
    // Holes in a file take no disk, and eight gigabytes would be felt if they were read.
    for megabytes in [50, 8_000] {
        File::create(world.path("big.yaml")).unwrap().set_len(megabytes * 1024 * 1024).unwrap();
        #[allow(clippy::disallowed_methods)] // how long it takes is the point
        let start = Instant::now();
        world.brief(&["check", "big.yaml"]).refuses(2, &["big.yaml is larger than 1 MiB: that is not a fact sheet"]);
        assert!(start.elapsed().as_secs() < 5, "{megabytes} MB took {:?}", start.elapsed());
    }
}

#[test]
fn a_file_named_twice_is_one_sheet() {
    let world = World::new();
    let run = world.brief(&["check", "-q", "fixtures", "fixtures/nghe-an.yaml", "./fixtures/../fixtures/nghe-an.yaml"]);
    assert!(run.is_silent().out.starts_with("valid: 4 sheets"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_sheet_is_that_sheet() {
    let world = World::new();
    std::os::unix::fs::symlink("nghe-an.yaml", world.path("fixtures/vinh.yaml")).unwrap();
    std::os::unix::fs::symlink("fixtures", world.path("linked")).unwrap();
    let run = world.brief(&["check", "-q", "fixtures", "linked", "linked/vinh.yaml"]);
    assert!(run.is_silent().out.starts_with("valid: 4 sheets"), "{}", run.out);
}

#[test]
fn one_bad_sheet_among_four_is_unreadable_input_to_the_check() {
    let world = World::new();
    world.write("fixtures/hue.yaml", "");
    let run = world.brief(&["check"]);
    run.refuses(2, &["fixtures/hue.yaml:1:1"]);
    assert!(run.out.starts_with("invalid: 5 sheets, 50 facts"), "the others are checked all the same: {}", run.out);
    let json: serde_json::Value = serde_json::from_str(&world.brief(&["check", "--json"]).out).unwrap();
    assert_eq!(json["diagnostics"][0]["path"], "fixtures/hue.yaml");
    assert_eq!(json["diagnostics"][0]["line"], 1);
    assert_eq!(json["summary"]["valid"], false);
}
