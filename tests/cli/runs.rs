//! Whole runs: the same bytes whatever the order, the number of jobs, the locale; parts that make up the whole.

use super::world::{Run, World, is_chart};
use std::collections::BTreeSet;

#[test]
fn a_run_makes_the_briefing_in_every_language_and_format_asked_for() {
    let world = World::new();
    let run = world.brief(&["--province", "Tien Giang", "--lang", "en,vi"]);
    let expected = ["en.md", "en.pdf", "vi.md", "vi.pdf"].map(|ending| format!("reports/2026-Q3/tien-giang.{ending}"));
    assert_eq!(run.is_silent().documents(), expected);
    let first = world.files("reports");
    assert!(first["2026-Q3/tien-giang.vi.pdf"].starts_with(b"%PDF-"));
    let again = ["--province", "Tien Giang", "--jobs", "1", "--format", "pdf,md", "--lang", "vi,en", "--out", "again"];
    let other_place = Run::of(
        world.command(&again).env("LANG", "vi_VN.UTF-8").env("LC_ALL", "tr_TR.UTF-8").env("TZ", "Asia/Ho_Chi_Minh"),
    );
    other_place.is_silent();
    assert!(world.files("again") == first, "bytes differ under another locale, time zone, order or number of jobs");
}

#[test]
fn charts_lie_beside_the_markdown_that_names_them() {
    let world = World::new();
    let run = world.brief(&["--province", "Tien Giang", "--format", "md"]);
    let chart = "reports/2026-Q3/tien-giang.en.delegations-received.svg";
    assert_eq!(run.is_silent().lines(), [chart, "reports/2026-Q3/tien-giang.en.md"]);
    assert!(world.read(chart).starts_with("<svg "));
    assert!(world.read("reports/2026-Q3/tien-giang.en.md").contains("](tien-giang.en.delegations-received.svg)"));
    assert!(world.read("reports/2026-Q3/manifest.json").contains("\"tien-giang.en.delegations-received.svg\""));
    // A PDF has its charts within.
    let run = world.brief(&["--province", "Nghe An", "--format", "pdf"]);
    assert_eq!(run.is_silent().lines(), ["reports/2026-Q3/nghe-an.en.pdf"]);
}

#[test]
fn a_province_alone_is_in_english_unless_it_is_asked_for_in_vietnamese() {
    let world = World::new();
    let markdown = ["-p", "Tien Giang", "--format", "md"];
    assert_eq!(world.brief(&markdown).is_silent().documents(), ["reports/2026-Q3/tien-giang.en.md"]);
    let all = world.brief(&["--all", "--format", "md"]);
    assert_eq!(all.is_silent().documents().len(), 10, "all of them are in both languages");
}

#[test]
fn the_same_bytes_for_any_number_of_jobs_and_any_day() {
    let world = World::new();
    let markdown = ["--all", "--format", "md", "--quarter", "2026-Q3"];
    world.brief(&markdown).is_silent();
    let first = world.files("reports");
    let charts = first.keys().filter(|name| is_chart(name)).count();
    assert_eq!(
        (first.len() - charts, charts),
        (11, 24),
        "ten reports and the manifest; twelve charts in each language"
    );
    for (jobs, day) in [("1", "1790812800"), ("2", "1900000000"), ("7", "1800000000")] {
        let mut arguments = markdown.to_vec();
        arguments.extend(["--jobs", jobs, "--out", jobs]);
        Run::of(world.command(&arguments).env("SOURCE_DATE_EPOCH", day).env("TZ", "Pacific/Kiritimati")).is_silent();
        assert!(world.files(jobs) == first, "bytes differ with {jobs} jobs");
    }
}

#[test]
fn where_the_sheets_lie_does_not_show() {
    let world = World::new();
    world.all(&[]).is_silent();
    std::fs::rename(world.path("fixtures"), world.path("elsewhere")).unwrap();
    let absolute = world.path("elsewhere");
    world.all(&["--sheets", absolute.to_str().unwrap(), "--out", "other"]).is_silent();
    assert!(world.files("other") == world.files("reports"));
}

#[test]
fn the_parts_of_a_run_make_up_the_whole() {
    let world = World::new();
    let whole = world.all(&["--out", "whole"]);
    whole.is_silent();
    for count in [2, 3] {
        let out = format!("parts{count}");
        let mut seen = BTreeSet::new();
        for index in 1..=count {
            let shard = format!("{index}/{count}");
            let part = world.all(&["--shard", &shard, "--out", &out]);
            for line in part.is_silent().lines() {
                assert!(seen.insert(line.to_owned()), "{line} was made by two parts");
            }
        }
        assert!(world.reports(&out) == world.reports("whole"), "{count} parts do not make up the whole");
    }
}

#[test]
fn a_fault_is_told_by_the_one_part_that_it_belongs_to() {
    let world = World::new();
    world.change("fixtures/nghe-an.yaml", "province: nghe-an", "provinse: nghe-an");
    world.write("fixtures/stray.yaml", "nothing: here");
    let parts: Vec<Run> = (1..=4).map(|index| world.all(&["--shard", &format!("{index}/4")])).collect();
    for fault in ["the briefing of Nghe An is withheld", "`nothing` is not a key"] {
        let telling: Vec<&Run> = parts.iter().filter(|part| part.err.contains(fault)).collect();
        assert!(matches!(telling[..], [Run { code: 1, .. }]), "{fault}: {parts:?}");
    }
    assert!(parts.iter().any(|part| part.code == 0), "the other parts have done their work");
}

#[test]
fn what_has_not_changed_is_left_alone() {
    let world = World::new();
    world.all(&[]).is_silent();
    let modified = || std::fs::metadata(world.path("reports/2026-Q3/nghe-an.en.md")).unwrap().modified().unwrap();
    let before = modified();
    world.all(&[]).is_silent();
    assert_eq!(modified(), before);
}

#[test]
fn a_kill_at_any_moment_leaves_every_report_whole() {
    let world = World::new();
    world.all(&[]).is_silent();
    let old = world.files("reports");
    world.change("fixtures/nghe-an.yaml", "language: en", "title: Another title\n    language: en");
    world.all(&["--out", "new"]).is_silent();
    let new = world.files("new");
    for milliseconds in [20, 100, 200, 250, 300, 400] {
        for (name, bytes) in &old {
            world.write(&format!("reports/{name}"), bytes);
        }
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_brief"))
            .args(["--all", "--format", "md", "--lang", "en", "--quarter", "2026-Q3", "-q"])
            .current_dir(world.path(""))
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in world.files("reports").into_iter().filter(|(name, _)| !name.contains(".brief-")) {
            assert!(bytes == old[&name] || bytes == new[&name], "{name} is half written after {milliseconds} ms");
        }
    }
    world.all(&[]).is_silent();
    assert!(world.files("reports") == new, "the next run finishes the work and clears up");
}
