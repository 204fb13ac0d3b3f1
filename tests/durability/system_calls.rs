//! A run that is killed at each of its system calls in turn: with strace, where that is installed and allowed.

use super::kill::is_amid;
use super::scene::{Edition, Scene, skipped};
use super::world::TODAY;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

/// More calls of a kind than the run makes.
const MANY: usize = 60;

#[test]
fn a_run_killed_at_any_system_call_that_writes_leaves_every_report_whole() {
    let scene = Scene::new();
    let first = scene.make(Edition::First);
    let second = scene.make(Edition::Second);
    if !run(&scene, Edition::First, "inject=fsync:signal=KILL:when=60000").is_some_and(|status| status.success()) {
        skipped("strace cannot be run here: a run is not killed at each of its system calls");
        return;
    }
    let mut calls = 0;
    let mut amid = 0;
    for call in ["write", "fsync", "/^rename"] {
        for number in 1..MANY {
            let rule = format!("inject={call}:signal=KILL:when={number}");
            let status = run(&scene, Edition::of(calls), &rule).expect("strace ran before");
            let when = format!("{rule} ({status})");
            amid += usize::from(is_amid(&scene, &first, &second, &when));
            if status.success() {
                break;
            }
            assert_eq!(status.signal(), Some(9), "{when}");
            calls += 1;
        }
    }
    assert!(
        calls >= 3 * first.len(),
        "each file is written, brought to the disk and renamed, but {calls} kills struck"
    );
    assert!(amid > first.len(), "only {amid} kills fell into the writing");
    assert!(scene.make(Edition::First) == first, "the next run finishes the work, and clears up");
}

/// Runs the program under strace with a rule; nothing if that cannot be.
fn run(scene: &Scene, edition: Edition, rule: &str) -> Option<ExitStatus> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qqq", "-o", "/dev/null", "-e", "trace=write,fsync,/^rename", "-e"]);
    command.arg(rule).arg(env!("CARGO_BIN_EXE_brief")).args(Scene::arguments(edition)).args(["--jobs", "1"]);
    command.current_dir(scene.world.path("")).env("SOURCE_DATE_EPOCH", TODAY);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()
}
