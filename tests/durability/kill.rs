//! `kill -9`, at moments spread over the time that a run takes.

use super::scene::{Edition, Files, REPORTS, Scene, end};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// Kills in each of two folders, side by side.
const KILLS: u32 = 110;
const KILLS_OF_PDF: u32 = 12;

#[test]
fn a_run_killed_at_any_moment_leaves_every_report_whole() {
    thread::scope(|scope| {
        for seed in [1, 2] {
            scope.spawn(move || kill(KILLS, seed, &Scene::arguments));
        }
    });
}

#[test]
fn so_does_one_that_writes_pdf() {
    kill(KILLS_OF_PDF, 3, &|edition| {
        vec!["--all", "--quarter", "2026-Q3", "--format", "pdf", "--lang", "en", "--templates", edition.folder()]
    });
}

/// Kills runs that make one edition out of the other, in turn, and looks at the folder after each.
fn kill(kills: u32, seed: u64, arguments: &dyn Fn(Edition) -> Vec<&'static str>) {
    let scene = Scene::new();
    let made = |edition| {
        let run = scene.world.brief(&arguments(edition));
        assert_eq!(run.code, 0, "{}", run.err);
        scene.reports()
    };
    let (first, second) = (made(Edition::First), made(Edition::Second));
    assert!(first.keys().eq(second.keys()), "both editions have the same files");
    assert!(first.iter().all(|(name, bytes)| *bytes != second[name]), "every file of them is another");

    let (writes_from, ends) = times(&scene, &arguments(Edition::First));
    let mut random = Random(seed);
    let mut amid = 0;
    for number in 0..kills {
        let edition = Edition::of(number as usize);
        // One in four falls before anything is written; the others are swept over the writing, and some way beyond the end.
        let part = (f64::from(number) + random.fraction()) / f64::from(kills);
        let moment = match number % 4 {
            0 => writes_from.mul_f64(part),
            _ => writes_from.mul_f64(0.9) + (ends - writes_from.mul_f64(0.9)).mul_f64(part * 1.2),
        };
        let child = scene.start(&arguments(edition));
        sleep(moment);
        end(child);
        let when = format!("kill {number} of seed {seed}, after {moment:?}");
        amid += usize::from(is_amid(&scene, &first, &second, &when));
    }
    assert!(amid > 0, "no kill fell into the writing: nothing was shown");
    assert!(made(Edition::First) == first, "the next run finishes the work, and clears up");
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
        assert!(name.starts_with(".brief-") && name.ends_with(".tmp"), "{name} lies in {REPORTS} after {when}");
    }
    !remains.is_empty() || !(found == *first || found == *second)
}

/// How long a run takes to write the first file, and to end.
#[allow(clippy::disallowed_methods)] // the kills are spread over the time that a run takes here
fn times(scene: &Scene, arguments: &[&str]) -> (Duration, Duration) {
    let folder = scene.world.path(REPORTS);
    let modified = || std::fs::metadata(&folder).unwrap().modified().unwrap();
    let before = modified();
    let start = Instant::now();
    let mut child = scene.start(arguments);
    let mut writes_from = None;
    loop {
        if child.try_wait().unwrap().is_some() {
            return (writes_from.expect("the run writes"), start.elapsed());
        }
        if writes_from.is_none() && modified() != before {
            writes_from = Some(start.elapsed());
        }
        sleep(Duration::from_micros(200));
    }
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
