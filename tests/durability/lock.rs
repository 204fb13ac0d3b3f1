//! Runs that meet in one folder, each a process of its own.

use super::scene::{Edition, Held, REPORTS, Scene};
use std::fs;
use std::os::unix::fs::chown;

const COMMON: &str = ".brief.lock";

/// A run of a part.
fn part(shard: &'static str) -> Vec<&'static str> {
    let mut arguments = Scene::arguments(Edition::Second);
    arguments.extend(["--shard", shard]);
    arguments
}

/// A whole run, caught while it holds its lock.
fn hold_whole(scene: &Scene) -> Held {
    scene.hold(&Scene::arguments(Edition::Second), COMMON)
}

#[test]
fn a_run_that_finds_another_says_who_it_is_and_leaves_everything_alone() {
    let scene = Scene::new();
    scene.make(Edition::First);
    let holder = hold_whole(&scene);
    let before = scene.reports();
    let id = format!("(process {} on ", holder.id());
    for arguments in [Scene::arguments(Edition::First), part("1/2")] {
        let run = scene.world.brief(&arguments);
        run.refuses(3, &["another run is writing into reports/2026-Q3", &id, "whole run)", "wait for it to end"]);
        assert_eq!(run.out, "");
    }
    assert!(scene.reports() == before);
    let elsewhere = scene.world.brief(&[&Scene::arguments(Edition::First)[..], &["--out", "elsewhere"]].concat());
    elsewhere.is_silent();
    holder.kill();
    scene.world.brief(&Scene::arguments(Edition::First)).is_silent();
}

#[test]
fn parts_run_side_by_side_but_no_part_twice_and_no_whole_run_beside_them() {
    let scene = Scene::new();
    let expected = scene.make(Edition::Second);
    scene.make(Edition::First);
    let first = scene.hold(&part("1/2"), ".brief-1-of-2.lock");
    let id = format!("process {} on ", first.id());

    scene.world.brief(&part("1/2")).refuses(3, &["another run is writing", &id, "part 1/2"]);
    scene.world.brief(&Scene::arguments(Edition::First)).refuses(3, &["another run is writing", &id, "part 1/2"]);
    let second = scene.world.brief(&part("2/2"));
    second.is_silent();
    assert!(!second.out.is_empty(), "the other part has its share of the work");
    for path in second.lines() {
        let name = path.strip_prefix("reports/2026-Q3/").unwrap();
        assert!(scene.reports()[name] == expected[name], "{name}");
    }

    first.kill();
    scene.world.brief(&part("1/2")).is_silent();
    let mut mended = scene.reports();
    mended.retain(|name, _| !name.contains("manifest"));
    assert!(expected.iter().all(|(name, bytes)| name == "manifest.json" || mended[name] == *bytes));
    assert_eq!(mended.len(), expected.len() - 1, "no temporary file of the part that was killed is left");
}

#[test]
fn two_parts_that_hold_the_folder_are_both_named() {
    let scene = Scene::new();
    scene.make(Edition::First);
    let held = [scene.hold(&part("1/2"), ".brief-1-of-2.lock"), scene.hold(&part("2/2"), ".brief-2-of-2.lock")];
    let run = scene.world.brief(&Scene::arguments(Edition::First));
    for (holder, shard) in held.iter().zip(["part 1/2", "part 2/2"]) {
        run.refuses(3, &[&format!("process {} on ", holder.id()), shard]);
    }
}

#[test]
fn a_part_leaves_what_another_part_is_writing() {
    let scene = Scene::new();
    scene.make(Edition::First);
    for name in [".brief-2-of-2-0.tmp", ".brief-1-of-2-0.tmp", ".brief-1-of-20-0.tmp"] {
        scene.world.write(&format!("{REPORTS}/{name}"), "half of a rep");
    }
    scene.world.brief(&part("1/2")).is_silent();
    let names: Vec<String> = scene.reports().into_keys().filter(|name| name.contains("tmp")).collect();
    assert_eq!(names, [".brief-1-of-20-0.tmp", ".brief-2-of-2-0.tmp"], "its own remains alone are cleared");
    scene.make(Edition::First);
    assert!(!scene.reports().keys().any(|name| name.contains("tmp")), "a whole run clears all");
}

#[test]
fn a_lock_file_that_was_left_behind_locks_nobody_out() {
    let scene = Scene::new();
    scene.world.write(&format!("{REPORTS}/{COMMON}"), "process 1 on a machine that is no more, whole run\n");
    scene.world.write(&format!("{REPORTS}/.brief-1-of-2.lock"), "process 1 on a machine that is no more, part 1/2\n");
    scene.world.brief(&Scene::arguments(Edition::First)).is_silent();
    scene.world.brief(&part("1/2")).is_silent();
}

#[test]
fn a_text_in_a_lock_file_that_is_not_ours_stays() {
    let scene = Scene::new();
    let path = format!("{REPORTS}/{COMMON}");
    scene.world.write(&path, "a letter that somebody keeps here\n");
    scene.world.brief(&Scene::arguments(Edition::First)).is_silent();
    assert_eq!(scene.world.read(&path), "a letter that somebody keeps here\n");
}

#[test]
fn a_lock_that_another_program_holds_is_no_less_a_lock() {
    let scene = Scene::new();
    let before = scene.make(Edition::First);
    let file = fs::File::open(scene.world.path(&format!("{REPORTS}/{COMMON}"))).unwrap();
    file.lock().unwrap();
    fs::write(scene.world.path(&format!("{REPORTS}/{COMMON}")), "").unwrap();
    let run = scene.world.brief(&Scene::arguments(Edition::Second));
    run.refuses(3, &["another run is writing into reports/2026-Q3 (it has not said which)"]);
    assert!(scene.reports() == before);
    file.unlock().unwrap();
    scene.make(Edition::Second);
}

#[test]
fn a_lock_file_of_another_user_locks_nobody_out() {
    let scene = Scene::new();
    scene.make(Edition::First);
    let Some(mut command) = super::disk::as_nobody(&scene, &Scene::arguments(Edition::Second)) else { return };
    let folder = scene.world.path(REPORTS);
    chown(&folder, Some(super::disk::NOBODY), Some(super::disk::NOBODY)).unwrap();
    let run = super::scene::read(command.output().unwrap());
    run.is_silent();
    assert_eq!(run.lines().len(), 8);
}
