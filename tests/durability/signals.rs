//! SIGINT and SIGTERM while a run is at work.

use super::scene::{Files, REPORTS, Scene, ended, files_in, signal};
use super::world::TODAY;
use std::fs;
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

/// PDFs of many pages, one after another: the slowest run there is.
const SLOW: [&str; 11] =
    ["--all", "--quarter", "2026-Q3", "--format", "pdf", "--lang", "en", "--templates", "first", "--jobs", "1"];
/// Three provinces and the comparison.
const DOCUMENTS: usize = 4;

fn pdfs(scene: &Scene) -> usize {
    let Ok(entries) = fs::read_dir(scene.world.path(REPORTS)) else { return 0 };
    entries.flatten().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "pdf")).count()
}

/// Starts a run and waits until its first report is there.
fn under_way(scene: &Scene) -> Child {
    let mut child = scene.start(&SLOW);
    while pdfs(scene) == 0 {
        assert!(child.try_wait().unwrap().is_none(), "the run ended without a report");
        sleep(Duration::from_millis(1));
    }
    child
}

fn undisturbed(scene: &Scene) -> Files {
    scene.world.brief(&[&SLOW[..], &["--out", "undisturbed"]].concat()).is_silent();
    files_in(&scene.world, "undisturbed/2026-Q3")
}

#[test]
fn a_signal_stops_the_run_after_the_document_at_hand_and_another_run_makes_the_rest() {
    let scene = Scene::of_long_reports();
    let expected = undisturbed(&scene);
    for name in ["INT", "TERM"] {
        let _fresh = fs::remove_dir_all(scene.world.path("reports"));
        let child = under_way(&scene);
        signal(&child, name);
        let run = ended(child);
        let done = pdfs(&scene);
        assert!((1..DOCUMENTS).contains(&done), "{name}: {done} documents are done");
        let documents = if done == 1 { "document" } else { "documents" };
        let message = format!("stopped: {done} {documents} done, {} left", DOCUMENTS - done);
        run.refuses(3, &[&message, "run it again: what is done stays"]);
        let stopped = scene.reports();
        assert_eq!(stopped.len(), done + 1, "what is done, the manifest, and nothing else: {:?}", stopped.keys());
        for (report, bytes) in &stopped {
            assert!(report == "manifest.json" || *bytes == expected[report], "{report} is not whole after SIG{name}");
            assert!(
                report == "manifest.json" || scene.world.read(&format!("{REPORTS}/manifest.json")).contains(report)
            );
        }
        scene.world.brief(&SLOW).is_silent();
        assert!(scene.reports() == expected, "the second run makes what an undisturbed one makes");
    }
}

/// The second signal may come when the document at hand is made and the run is stopping by itself: then it is tried again.
#[test]
fn a_second_signal_ends_the_process_at_once() {
    for (first, second, code) in [("INT", "INT", 130), ("TERM", "TERM", 143), ("TERM", "INT", 130)] {
        let was_in_time = (0..10).any(|_| {
            let scene = Scene::of_long_reports();
            let child = under_way(&scene);
            signal(&child, first);
            while is_pending(&child) {
                sleep(Duration::from_millis(1));
            }
            signal(&child, second);
            let run = ended(child);
            assert!(run.code == code || run.code == 3, "SIG{first}, SIG{second}: {run:?}");
            if run.code == code {
                assert!(!run.err.contains("stopped"), "there is no time for words: {}", run.err);
            }
            run.code == code
        });
        assert!(was_in_time, "SIG{second} after SIG{first} never ended a run");
    }
}

/// Whether a signal waits to be taken.
fn is_pending(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let waiting = |line: &&str| line.starts_with("SigPnd:") || line.starts_with("ShdPnd:");
    status
        .lines()
        .filter(waiting)
        .any(|line| line.bytes().skip("SigPnd:".len()).any(|byte| (b'1'..=b'f').contains(&byte)))
}

#[test]
fn a_check_is_ended_by_the_first_signal() {
    use std::os::unix::process::ExitStatusExt;
    let scene = Scene::new();
    // A sheet that comes through a pipe that nobody writes into is waited for.
    let fifo = scene.world.path("fifo.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_brief"))
        .current_dir(scene.world.path(""))
        .env("SOURCE_DATE_EPOCH", TODAY)
        .args(["check", "fifo.yaml"])
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(200));
    assert!(child.try_wait().unwrap().is_none(), "it waits for the sheet");
    signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().signal(), Some(15));
}
