//! Plain lines, where nobody watches.

use super::world::World;
use super::{ENGLISH_MARKDOWN, bar_the_way, break_lang_son};

/// The lines of a run, each without the time that it took; a machine that is slow adds some on the way, which are left out.
fn timeless(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.contains("%: "))
        .map(|line| line.split_once(" written in ").map_or(line, |(before, _)| before))
        .collect()
}

#[test]
fn where_nobody_watches_a_short_run_is_told_in_two_lines() {
    let world = World::new();
    let run = world.brief(&ENGLISH_MARKDOWN);
    assert_eq!(timeless(&run.err), ["quarter 2026-Q3, 4 sheets in fixtures", "5 documents: 5 built; 17 files"]);
    assert_eq!(run.lines().len(), 17, "as many as are named on stdout");
    let again = world.brief(&ENGLISH_MARKDOWN);
    assert_eq!(timeless(&again.err), ["quarter 2026-Q3, 4 sheets in fixtures", "5 documents: 5 unchanged; no file"]);
    std::fs::remove_file(world.path("reports/2026-Q3/long-an.en.md")).unwrap();
    let mended = world.brief(&ENGLISH_MARKDOWN);
    assert_eq!(timeless(&mended.err).last(), Some(&"5 documents: 1 built, 4 unchanged; 1 file"));
}

#[test]
fn the_end_says_what_is_withheld_and_why_once() {
    let world = World::new();
    break_lang_son(&world);
    let run = world.brief(&["--all", "--format", "md"]);
    run.refuses(1, &["error[unreadable-sheet]"]);
    let end: Vec<&str> = timeless(&run.err).into_iter().skip_while(|line| !line.starts_with("error: ")).collect();
    assert_eq!(
        end,
        [
            "error: the briefing of Lang Son is withheld: 1 error in lang-son.yaml",
            "  help: mend its sheet: see the errors above, or run `brief check`",
            &format!("10 documents: 8 built, 2 withheld; {} files", run.lines().len()),
        ]
    );
    assert_eq!(run.err.matches("withheld:").count(), 1);
}

/// Of a dozen that are withheld ten are named; the verbose hear of all.
#[test]
fn many_that_are_withheld_are_counted_and_ten_are_named() {
    let world = World::new();
    let provinces = [
        "an-giang",
        "ca-mau",
        "cao-bang",
        "dak-lak",
        "dien-bien",
        "dong-nai",
        "dong-thap",
        "gia-lai",
        "ha-tinh",
        "hue",
        "lai-chau",
        "lam-dong",
    ];
    for province in provinces {
        world.write(&format!("fixtures/{province}.yaml"), "schema: 1\n");
    }
    let run = world.brief(&ENGLISH_MARKDOWN);
    run.refuses(
        1,
        &[
            "error: the briefings of 12 are withheld\n  An Giang: 1 error in an-giang.yaml\n  Ca Mau: 1 error in ca-mau.yaml\n",
            "\n  Hue: 1 error in hue.yaml\n  and 2 more\n  help: mend their sheets",
            "17 documents: 5 built, 12 withheld; 17 files written",
        ],
    );
    assert!(!run.err.contains("Lam Dong: "));
    world
        .brief(&[&ENGLISH_MARKDOWN[..], &["-v"]].concat())
        .refuses(1, &["  Lam Dong: 1 error in lam-dong.yaml\n  help"]);
}

#[test]
fn a_document_that_fails_is_told_and_counted_and_the_others_are_built() {
    let world = World::new();
    bar_the_way(&world, "nghe-an.en.md");
    let run = world.brief(&ENGLISH_MARKDOWN);
    run.refuses(
        3,
        &["error: cannot write reports/2026-Q3/nghe-an.en.md: ", "5 documents: 4 built, 1 failed; ", "`--out DIR`"],
    );
}

#[test]
fn a_fault_that_strikes_every_document_is_told_once_with_those_it_struck() {
    let world = World::new();
    world.brief(&["init", "mine", "-q"]);
    world.change("mine/templates/en/province.md.hbs", "{{title}}", "{{titel}}");
    let run = world.brief(&[&ENGLISH_MARKDOWN[..], &["--templates", "mine/templates"]].concat());
    run.refuses(2, &["\n  in lang-son.en, long-an.en, nghe-an.en, tien-giang.en\n", "5 documents: 1 built, 4 failed"]);
    assert_eq!(run.err.matches("error: ").count(), 1, "{}", run.err);
}

#[test]
fn the_verbose_hear_why_each_document_was_made_and_what_became_of_its_files() {
    let world = World::new();
    let run = world.brief(&["-p", "long-an", "--format", "md", "-v"]);
    run.refuses(
        0,
        &["long-an.en: made, because there is no record of an earlier run\n  reports/2026-Q3/long-an.en.md: written\n"],
    );
}

#[test]
fn the_quiet_hear_of_errors_alone() {
    let world = World::new();
    assert_eq!(world.all(&["-q"]).err, "");
    assert_eq!(world.all(&["-q", "--log", "plain"]).err, "");
    break_lang_son(&world);
    let run = world.all(&["-q"]);
    assert!(run.err.starts_with("error[unreadable-sheet]"), "{}", run.err);
    assert!(run.err.contains("error: the briefing of Lang Son is withheld: 1 error in lang-son.yaml\n"));
    assert!(!run.err.contains("quarter 2026-Q3") && !run.err.contains("documents"), "{}", run.err);
}
