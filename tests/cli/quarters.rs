//! Which quarter a briefing is of, and what was known by its end.

use super::world::{Run, World};

#[test]
fn the_last_completed_quarter_is_the_default() {
    let world = World::new();
    for (seconds, day, quarter) in [
        ("1790812799", "30 September 2026", "2026-Q2"),
        ("1790812800", "1 October 2026", "2026-Q3"),
        ("1767225600", "1 January 2026", "2025-Q4"),
    ] {
        let arguments = ["--province", "Tien Giang", "--format", "md", "--lang", "en"];
        let run = Run::of(world.command(&arguments).env("SOURCE_DATE_EPOCH", seconds));
        assert_eq!(run.is_silent().documents(), [format!("reports/{quarter}/tien-giang.en.md")], "{day}");
    }
}

#[test]
fn an_old_quarter_shows_what_was_known_then() {
    let world = World::new();
    let run = world.all(&["--quarter", "2022-Q4"]);
    assert_eq!(
        run.lines(),
        ["comparison", "long-an", "tien-giang"].map(|name| format!("reports/2022-Q4/{name}.en.md")),
        "Nghệ An and Lạng Sơn published later"
    );
    run.refuses(
        0,
        &[
            "2 have no briefing of 2022-Q4: nothing had been published by 2022-12-31\n",
            "  Nghe An: its first briefing is of 2023-Q4\n",
            "  Lang Son: its first briefing is of ",
        ],
    );
    let long_an = world.read("reports/2022-Q4/long-an.en.md");
    assert!(long_an.contains("31 December 2022"));
    assert!(!long_an.contains("2023") && !long_an.contains("2025"), "{long_an}");
}

#[test]
fn a_province_that_is_named_but_had_published_nothing_is_a_failure() {
    let world = World::new();
    let run = world.brief(&["-p", "Nghe An", "--quarter", "2022-Q4", "-q"]);
    run.refuses(
        1,
        &["Nghe An has no briefing of 2022-Q4: nothing had been published by 2022-12-31; its first briefing is of 2023-Q4"],
    );
    assert!(!world.path("reports").exists());
}

#[test]
fn before_the_first_publication_there_is_nothing_to_compare() {
    let world = World::new();
    let run = world.all(&["--quarter", "2019-Q1"]);
    run.refuses(0, &["4 have no briefing of 2019-Q1", "  Tien Giang: its first briefing is of "]);
    assert_eq!(run.out, "");
}

#[test]
fn a_quarter_that_has_not_ended_is_remarked_on() {
    let world = World::new();
    world.all(&["--quarter", "2026-Q4"]).refuses(0, &["2026-Q4 has not ended"]);
}
