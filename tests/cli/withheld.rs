//! A sheet with errors withholds its own briefing and nothing else. Exit codes follow what was asked for.

use super::world::World;

fn break_lang_son(world: &World) {
    world.change("fixtures/lang-son.yaml", "province: lang-son", "province: lang-son\nunknown-key: 1");
}

#[test]
fn the_others_are_built_and_show_it_as_withheld_in_both_languages() {
    let world = World::new();
    world.brief(&["--all", "--format", "md"]).is_silent();
    let before = world.files("reports");
    break_lang_son(&world);
    let run = world.brief(&["--all", "--format", "md"]);
    run.refuses(
        1,
        &[
            "error[unreadable-sheet]",
            "fixtures/lang-son.yaml:3:1",
            "the briefing of Lang Son is withheld",
            "mend its sheet",
        ],
    );
    assert_eq!(run.documents().len(), 8, "three provinces and the comparison, twice");
    assert!(!run.out.contains("lang-son"));
    let after = world.files("reports");
    for language in ["en", "vi"] {
        let name = format!("2026-Q3/lang-son.{language}.md");
        assert!(after[&name] == before[&name], "the last good {name} is gone");
    }
    for (language, word) in [
        ("en", "Withheld until their figures are mended: Lang Son"),
        ("vi", "Chưa đưa vào cho đến khi số liệu được chỉnh sửa: Lạng Sơn"),
    ] {
        for name in ["comparison", "nghe-an"] {
            let text = world.read(&format!("reports/2026-Q3/{name}.{language}.md"));
            assert!(text.contains(word), "{name}.{language}.md does not say {word:?}:\n{text}");
        }
    }
}

#[test]
fn a_warning_that_is_denied_is_an_error() {
    let world = World::new();
    world.change(
        "fixtures/nghe-an.yaml",
        "province: nghe-an",
        "province: nghe-an\nallow:\n  - {code: total-mismatch, reason: none}",
    );
    let strict = world.brief(&["check", "--deny", "unused-allowance"]);
    strict.refuses(1, &["error[unused-allowance]", "fixtures/nghe-an.yaml"]);
    assert!(strict.out.starts_with("invalid: 4 sheets"));
}

#[test]
fn who_asks_for_another_province_gets_it_and_a_word_of_warning() {
    let world = World::new();
    break_lang_son(&world);
    let run = world.brief(&["-p", "Nghe An", "--format", "md", "--lang", "en"]);
    run.refuses(0, &["fixtures/lang-son.yaml has errors", "`brief check fixtures/lang-son.yaml`"]);
    assert!(!run.err.contains("error[") && run.documents().len() == 1);
    let verbose = world.brief(&["-p", "Nghe An", "--format", "md", "--lang", "en", "-v"]);
    verbose.refuses(0, &["error[unreadable-sheet]"]);
    world.brief(&["-p", "Lang Son"]).refuses(1, &["error[unreadable-sheet]", "the briefing of Lang Son is withheld"]);
}

#[test]
fn a_sheet_whose_province_cannot_be_told_is_never_passed_over() {
    let world = World::new();
    world.write("fixtures/draft.yaml", "schema: 1\nprovince: Atlantis\n");
    world.all(&[]).refuses(1, &["error[unknown-province]", "fixtures/draft.yaml:2:11"]);
    world.write("fixtures/draft.yaml", b"\xff\xfe");
    let run = world.all(&[]);
    run.refuses(1, &["fixtures/draft.yaml is not UTF-8"]);
    assert_eq!(run.documents().len(), 5, "the four provinces are built all the same");
    world.brief(&["-p", "Hue"]).refuses(2, &["Hue has no fact sheet", "fixtures/draft.yaml is not UTF-8"]);
}

#[test]
fn a_sheet_that_cannot_be_read_withholds_the_province_that_it_names_or_is_named_for() {
    let world = World::new();
    world.write("fixtures/nghe-an.yaml", b"\xff\xfe");
    world.all(&[]).refuses(1, &["the briefing of Nghe An is withheld"]);
    std::fs::rename(world.path("fixtures/nghe-an.yaml"), world.path("fixtures/old.yaml")).unwrap();
    world.write("fixtures/old.yaml", "schema: 1\nprovince: \"Tỉnh Nghệ An\" # a draft\nfacts: [\n");
    world.all(&[]).refuses(1, &["the briefing of Nghe An is withheld"]);
}

#[test]
fn two_sheets_of_one_province_withhold_it() {
    let world = World::new();
    let sheet = world.read("fixtures/nghe-an.yaml").replace("province: nghe-an", "province: Tỉnh Nghệ An");
    world.write("fixtures/second.yaml", sheet);
    let run = world.all(&[]);
    run.refuses(
        1,
        &[
            "error[duplicate-province]",
            "fixtures/second.yaml:2:11",
            "fixtures/nghe-an.yaml",
            "the briefing of Nghe An is withheld",
        ],
    );
    assert!(!run.out.contains("nghe-an"));
    world.brief(&["check"]).refuses(1, &["error[duplicate-province]"]);
}

#[test]
fn if_every_sheet_has_errors_nothing_is_made() {
    let world = World::empty();
    world.write("fixtures/nghe-an.yaml", "schema: 1\n");
    let run = world.all(&[]);
    run.refuses(1, &["the key `province` is missing", "the briefing of Nghe An is withheld"]);
    assert_eq!(run.out, "");
    assert!(!world.path("reports").exists());
}
