//! What goes to stdout, what to stderr, and where files may be written.

use super::world::{Run, World, without_reader};
use std::fs::{self, File};

#[test]
fn stdout_holds_the_paths_one_a_line_and_nothing_else() {
    let world = World::new();
    let run = world.all(&["-v"]);
    assert_eq!(run.code, 0);
    let lines = run.lines();
    assert_eq!(run.documents().len(), 5);
    assert_eq!(lines.len() - 5, 3 + 5 + 3 + 1, "the charts of Lang Son, Nghe An, the comparison and Tien Giang");
    assert!(lines.iter().all(|line| world.path(line).is_file()), "{lines:?}");
    assert!(run.err.contains("quarter 2026-Q3, 4 sheets in fixtures") && run.err.contains("nghe-an.en.md: written"));
    assert!(world.all(&["-v"]).err.contains("nghe-an.en.md: unchanged"));
}

#[test]
fn quiet_leaves_results_and_errors() {
    let world = World::new();
    assert_eq!(world.all(&["-q", "--quarter", "2022-Q4"]).is_silent().lines().len(), 3);
    world.change("fixtures/nghe-an.yaml", "province: nghe-an", "provinse: nghe-an");
    world.all(&["-q"]).refuses(1, &["error[unreadable-sheet]", "the briefing of Nghe An is withheld"]);
}

#[test]
fn there_is_no_colour_unless_it_is_asked_for() {
    let world = World::new();
    world.change("fixtures/nghe-an.yaml", "province: nghe-an", "province: nghe-am");
    let coloured = Run::of(world.command(&["check"]).env("CLICOLOR_FORCE", "1"));
    assert!(coloured.err.contains('\u{1b}'));
    assert!(!world.brief(&["check"]).err.contains('\u{1b}'), "a pipe is no terminal");
    let forbidden = Run::of(world.command(&["check"]).env("NO_COLOR", "1"));
    assert!(!forbidden.err.contains('\u{1b}'));
}

#[test]
fn json_tells_what_was_built_and_what_was_not() {
    let world = World::new();
    world.change("fixtures/long-an.yaml", "province: long-an", "provinse: long-an");
    let run = world.all(&["--json", "--quarter", "2022-Q4"]);
    assert_eq!(run.code, 1);
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(told["quarter"], "2022-Q4");
    assert_eq!(
        told["built"],
        serde_json::json!(["reports/2022-Q4/comparison.en.md", "reports/2022-Q4/tien-giang.en.md"])
    );
    assert_eq!(told["withheld"], serde_json::json!(["long-an"]));
    assert_eq!(told["unpublished"], serde_json::json!(["lang-son", "nghe-an"]));
    assert_eq!(told["failures"], serde_json::json!([]));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    for command in [&["list", "provinces"][..], &["man"], &["--help"], &["completions", "bash"]] {
        let output = without_reader(command, std::path::Path::new("."));
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{command:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_do_not_arrive_are_a_fault_of_the_machine() {
    let world = World::new();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(["list", "provinces"])
        .current_dir(world.path(""))
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write the results to standard output"));
}

#[test]
fn a_folder_that_cannot_be_written_is_a_fault_of_the_machine() {
    let world = World::new();
    world.write("afile", "mine");
    for out in ["afile", "afile/below", "/proc/nowhere"] {
        world.all(&["--out", out]).refuses(3, &[&format!("cannot write {out}/2026-Q3"), "`--out DIR`"]);
    }
    assert_eq!(world.read("afile"), "mine");
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_the_others_made() {
    let world = World::new();
    fs::create_dir_all(world.path("reports/2026-Q3/nghe-an.en.md/inside")).unwrap();
    let run = world.all(&[]);
    run.refuses(3, &["cannot write reports/2026-Q3/nghe-an.en.md"]);
    assert_eq!(run.documents().len(), 4);
    assert!(world.names("reports").iter().all(|name| !name.contains(".tmp")), "nothing half written is left");
}

#[test]
fn a_locked_folder_is_told_with_its_holder() {
    let world = World::new();
    world.write("reports/2026-Q3/.brief.lock", "process 4711\n");
    let held = File::open(world.path("reports/2026-Q3/.brief.lock")).unwrap();
    held.lock().unwrap();
    world.all(&[]).refuses(3, &["another run is writing into reports/2026-Q3 (process 4711)", "wait for it to end"]);
    world.all(&["--quarter", "2026-Q2"]).is_silent();
    drop(held);
    world.all(&[]).is_silent();
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let world = World::new();
    world.write("reports/2026-Q3/.brief-a1b2c3.tmp", "half a bri");
    world.write("reports/2026-Q3/notes.txt", "mine");
    world.all(&[]).is_silent();
    assert!(!world.path("reports/2026-Q3/.brief-a1b2c3.tmp").exists());
    assert_eq!(world.read("reports/2026-Q3/notes.txt"), "mine");
}
