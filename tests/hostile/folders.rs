//! Folders of sheets with what is no sheet in them.

use crate::world::{World, shipped};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::Command;

#[test]
fn what_is_no_file_is_not_waited_for() {
    let world = World::empty();
    world.write("sheets/nghe-an.yaml", shipped("nghe-an"));
    fs::create_dir(world.path("sheets/folder.yaml")).unwrap();
    assert!(Command::new("mkfifo").arg(world.path("sheets/pipe.yaml")).status().unwrap().success());
    symlink("/dev/zero", world.path("sheets/zero.yaml")).unwrap();
    symlink("round.yaml", world.path("sheets/round.yaml")).unwrap();
    symlink("nowhere", world.path("sheets/nowhere.yaml")).unwrap();
    let run = world.brief(&["check", "sheets"]);
    run.refuses(2, &["round.yaml", "nowhere.yaml"]);
    assert!(run.out.contains("5 facts") || run.out.contains("facts"), "{}", run.out);
    // The sheet that can be read has its briefing all the same.
    let run = world.brief(&["--all", "--sheets", "sheets", "--format", "md", "--lang", "en"]);
    assert!(run.lines().iter().any(|line| line.ends_with("nghe-an.en.md")), "{}\n{}", run.out, run.err);
}

#[test]
fn names_that_are_no_text_are_told() {
    let world = World::empty();
    world.write("sheets/nghe-an.yaml", shipped("nghe-an"));
    let strange = world.path("sheets").join(OsStr::from_bytes(b"a\xff\x1b[31m\nb.yaml"));
    fs::write(strange, "schema: 9\n").unwrap();
    let run = world.brief(&["check", "sheets"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(!run.err.contains(|sign: char| sign.is_control() && sign != '\n'), "{:?}", run.err);
}

#[test]
fn ten_thousand_entries_are_told_in_a_moment() {
    let world = World::empty();
    for number in 0..10_000 {
        let ending = if number % 10 == 0 { "yaml" } else { "txt" };
        world.write(&format!("sheets/{number}.{ending}"), "schema: one\n");
    }
    let run = world.brief(&["check", "-q", "--format", "json", "sheets"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(told["diagnostics"].as_array().unwrap().len(), 1_000);
}
