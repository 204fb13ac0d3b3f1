//! A run that is killed at each of its system calls in turn, and one whose calls fail: with strace, where that is installed and allowed.

use super::kill::is_amid;
use super::scene::{Edition, Files, REPORTS, Scene, skipped};
use super::world::TODAY;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

/// More calls of a kind than the run makes.
const MANY: usize = 60;
/// The calls by which files get to the disk, and to their places.
const WRITING: [&str; 4] = ["write", "fsync", "syncfs", "/^rename"];
/// Eight documents, which are brought to the disk together, and four, each of which is by itself.
const RUNS: [&[&str]; 2] = [&[], &["--lang", "en"]];

#[test]
fn a_run_killed_at_any_system_call_that_writes_leaves_every_report_whole() {
    if !can_be_traced(&Scene::new()) {
        return;
    }
    for options in RUNS {
        let scene = Scene::new();
        let (first, second) = (made(&scene, Edition::First, options), made(&scene, Edition::Second, options));
        let documents = first.len() - 1;
        let (mut calls, mut amid) = (0, 0);
        for call in WRITING {
            for number in 1..MANY {
                for (name, bytes) in &first {
                    scene.world.write(&format!("{REPORTS}/{name}"), bytes);
                }
                let rule = format!("inject={call}:signal=KILL:when={number}");
                let status = run(&scene, options, &rule).expect("strace ran before");
                let when = format!("{rule} {options:?} ({status})");
                let is_amid = is_amid(&scene, &first, &second, &when);
                if status.success() {
                    break;
                }
                assert_eq!(status.signal(), Some(9), "{when}");
                calls += 1;
                amid += usize::from(is_amid);
            }
        }
        assert!(
            calls >= 2 * documents + 3,
            "each file is written and renamed, and all are brought to the disk, but {calls} kills struck"
        );
        assert!(amid > documents, "only {amid} kills of {calls} fell into the writing");
        assert!(made(&scene, Edition::First, options) == first, "the next run finishes the work, and clears up");
    }
}

#[test]
fn where_not_all_gets_to_the_disk_together_each_file_is_brought_there_by_itself() {
    let scene = Scene::new();
    let second = scene.make(Edition::Second);
    if !can_be_traced(&scene) {
        return;
    }
    scene.make(Edition::First);
    for error in ["EIO", "ENOSYS"] {
        assert!(run(&scene, &[], &format!("inject=syncfs:error={error}")).is_some_and(|status| status.success()));
        assert!(scene.reports() == second);
        scene.make(Edition::First);
    }
    assert!(
        run(&scene, &[], "inject=syncfs:error=EIO -e inject=fsync:error=EIO").is_some_and(|status| !status.success()),
        "what cannot be brought to the disk at all is no report"
    );
}

#[test]
fn a_file_for_which_there_was_no_room_for_a_moment_is_written_when_there_is() {
    let scene = Scene::new();
    let second = scene.make(Edition::Second);
    if !can_be_traced(&scene) {
        return;
    }
    // The first that is written is the lock.
    for number in 2..9 {
        scene.make(Edition::First);
        let rule = format!("inject=write:error=ENOSPC:when={number}");
        assert!(run(&scene, &[], &rule).is_some_and(|status| status.success()), "{rule}");
        assert!(scene.reports() == second, "{rule}");
    }
}

/// What an undisturbed run of an edition leaves.
fn made(scene: &Scene, edition: Edition, options: &[&str]) -> Files {
    scene.world.brief(&[&Scene::arguments(edition), options].concat()).is_silent();
    scene.reports()
}

/// Whether the program can be run under strace.
fn can_be_traced(scene: &Scene) -> bool {
    let can_be = run(scene, &[], "inject=fsync:signal=KILL:when=60000").is_some_and(|status| status.success());
    if !can_be {
        skipped("strace cannot be run here: no run is killed at its system calls, and none of them fails");
    }
    can_be
}

/// Makes the second edition under strace, with rules; nothing if that cannot be.
fn run(scene: &Scene, options: &[&str], rules: &str) -> Option<ExitStatus> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qqq", "-o", "/dev/null", "-e", "trace=write,fsync,syncfs,/^rename", "-e"]);
    command.args(rules.split(' ')).arg(env!("CARGO_BIN_EXE_brief"));
    command.args(Scene::arguments(Edition::Second)).args(options).args(["--jobs", "1", "--quiet"]);
    command.current_dir(scene.world.path("")).env("SOURCE_DATE_EPOCH", TODAY);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()
}
