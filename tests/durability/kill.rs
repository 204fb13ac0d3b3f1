//! `kill -9`, at moments spread over the time that a run takes.

use super::scene::{Edition, Files, REPORTS, Scene, end};
use std::process::Child;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// Kills in each of two folders, side by side.
const KILLS: u32 = 90;
/// Fewer, as these take longer; but their files are large, and a write that is cut off would show.
const KILLS_OF_PDF: u32 = 24;

#[test]
fn a_run_killed_at_any_moment_leaves_every_report_whole() {
    thread::scope(|scope| {
        for seed in [1, 2] {
            scope.spawn(move || kill(&Scene::new(), KILLS, seed, &Scene::arguments));
        }
    });
}

#[test]
fn so_does_one_that_writes_pdf() {
    kill(&Scene::new(), KILLS_OF_PDF, 3, &|edition| {
        vec!["--all", "--quarter", "2026-Q3", "--format", "pdf", "--lang", "en", "--templates", edition.folder()]
    });
}

/// Kills runs that make one edition out of the other, in turn, and looks at the folder after each.
#[allow(clippy::float_arithmetic)] // moments, not figures
fn kill(scene: &Scene, kills: u32, seed: u64, arguments: &dyn Fn(Edition) -> Vec<&'static str>) {
    let made = |edition| {
        let run = scene.world.brief(&arguments(edition));
        assert_eq!(run.code, 0, "{}", run.err);
        scene.reports()
    };
    let (first, second) = (made(Edition::First), made(Edition::Second));
    assert!(first.keys().eq(second.keys()), "both editions have the same files");
    assert!(first.iter().all(|(name, bytes)| *bytes != second[name]), "every file of them is another");

    let (before, writing) = times(scene, &arguments(Edition::First));
    let mut random = Random(seed);
    let mut amid = 0;
    for number in 0..kills {
        // Never the edition that is there already: nothing would be written.
        let found = scene.reports();
        let edition = match number % 2 {
            _ if found == first => Edition::Second,
            _ if found == second => Edition::First,
            0 => Edition::First,
            _ => Edition::Second,
        };
        // One in four falls anywhere; the others are counted from the moment at which the run has its lock, and may begin to
        // write, so that a busy machine does not shift them.
        let part = (f64::from(number) + random.fraction()) / f64::from(kills);
        let mut child = scene.start(&arguments(edition));
        let moment = if number % 4 == 0 {
            (before + writing).mul_f64(part)
        } else {
            wait_for_lock(scene, &mut child);
            writing.mul_f64(part)
        };
        sleep(moment);
        end(child);
        let when = format!("kill {number} of seed {seed}, {moment:?} after the start or the lock");
        amid += usize::from(is_amid(scene, &first, &second, &when));
    }
    assert!(amid > 0, "no kill fell into the writing: nothing was shown");
    assert!(made(Edition::First) == first, "the next run finishes the work, and clears up");
}

/// Waits until a run has its lock, or is over.
fn wait_for_lock(scene: &Scene, child: &mut Child) {
    let lock = scene.world.path(&format!("{REPORTS}/.brief.lock"));
    let signed = format!("process {} ", child.id());
    while child.try_wait().unwrap().is_none() {
        if std::fs::read_to_string(&lock).is_ok_and(|text| text.starts_with(&signed)) {
            return;
        }
        sleep(Duration::from_micros(100));
    }
}

/// Sees to it that every report is one of the two, and the manifest too; whether there is some of both, or something that was
/// being written.
pub(crate) fn is_amid(scene: &Scene, first: &Files, second: &Files, when: &str) -> bool {
    let found = scene.reports();
    for (name, old) in first {
        let Some(bytes) = found.get(name) else { panic!("{name} is gone after {when}") };
        assert!(bytes == old || *bytes == second[name], "{name} is not whole after {when}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&found["manifest.json"]).expect(when);
    assert_eq!(manifest["quarter"], "2026-Q3");
    let remains = found.keys().filter(|name| !first.contains_key(*name));
    let remains: Vec<&String> = remains.collect();
    for name in &remains {
        assert!(is_remains(name), "{name} lies in {REPORTS} after {when}");
    }
    !remains.is_empty() || !(found == *first || found == *second)
}

/// Whether a file was being written, by its name.
fn is_remains(name: &str) -> bool {
    name.strip_prefix(".brief-").is_some_and(|name| name.strip_suffix(".tmp").is_some())
}

/// How long a run takes until it has its lock, and from then to its end.
#[allow(clippy::disallowed_methods)] // the kills are spread over the time that a run takes here
fn times(scene: &Scene, arguments: &[&str]) -> (Duration, Duration) {
    let start = Instant::now();
    let mut child = scene.start(arguments);
    wait_for_lock(scene, &mut child);
    let before = start.elapsed();
    assert!(child.wait().unwrap().success());
    (before, start.elapsed().saturating_sub(before))
}

/// Numbers that are the same in every run of the test (splitmix64).
struct Random(u64);

impl Random {
    /// From 0 to below 1.
    #[allow(clippy::cast_precision_loss, clippy::float_arithmetic)] // a moment, not a figure
    fn fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
