//! A JSON object to a line, for machines.

use super::world::{Run, World};
use super::{bar_the_way, break_lang_son};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The lines of a log, each an object with what every line has.
fn log(run: &Run) -> Vec<Value> {
    let parsed = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let lines: Vec<Value> = run.err.lines().map(parsed).collect();
    for line in &lines {
        assert_eq!(line["time"], "2026-10-01T00:00:00.000Z", "SOURCE_DATE_EPOCH stands for the clock: {line}");
        assert!(["info", "warning", "error"].contains(&line["level"].as_str().unwrap()), "{line}");
        assert!(line["event"].is_string(), "{line}");
    }
    lines
}

fn of<'a>(lines: &'a [Value], event: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["event"] == event).collect()
}

/// The documents that a log tells of, each by the event that tells of it.
fn documents(lines: &[Value]) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for line in lines {
        let event = line["event"].as_str().unwrap();
        let names: Vec<&Value> = match event {
            "built" | "skipped" | "failed" => vec![&line["document"]],
            "withheld" => line["documents"].as_array().unwrap().iter().collect(),
            _ => continue,
        };
        told.extend(names.into_iter().map(|name| (name.as_str().unwrap().to_owned(), event.to_owned())));
    }
    told.sort();
    told
}

#[test]
fn a_log_begins_with_the_start_ends_with_the_sums_and_tells_of_each_document_once() {
    let world = World::new();
    break_lang_son(&world);
    bar_the_way(&world, "long-an.en.md");
    let run = world.all(&["--log", "json"]);
    assert_eq!(run.code, 3);
    let lines = log(&run);
    let first = &lines[0];
    assert_eq!(first["event"], "started");
    assert_eq!((&first["quarter"], &first["sheets"]), (&json!("2026-Q3"), &json!(4)));
    assert_eq!((&first["folder"], &first["version"]), (&json!("fixtures"), &json!(env!("CARGO_PKG_VERSION"))));
    let told = documents(&lines);
    let told: Vec<(&str, &str)> = told.iter().map(|(name, event)| (name.as_str(), event.as_str())).collect();
    assert_eq!(
        told,
        [
            ("comparison.en", "built"),
            ("lang-son.en", "withheld"),
            ("long-an.en", "failed"),
            ("nghe-an.en", "built"),
            ("tien-giang.en", "built"),
        ]
    );
    let last = lines.last().unwrap();
    assert_eq!((&last["event"], &last["level"]), (&json!("finished"), &json!("error")));
    let sums = ["documents", "built", "unchanged", "withheld", "failed", "left"].map(|sum| last[sum].as_u64().unwrap());
    assert_eq!(sums, [5, 3, 0, 1, 1, 0]);
    assert_eq!(last["sheets"], json!({ "valid": 3, "invalid": 0, "unreadable": 1 }));
    for event in ["started", "checked", "finished"] {
        assert_eq!(of(&lines, event).len(), 1, "{event}");
    }
    assert_eq!(of(&lines, "planned")[0]["documents"], 4, "what is withheld is not planned");
}

#[test]
fn a_log_tells_of_files_and_reasons() {
    let world = World::new();
    let run = world.brief(&["-p", "Tien Giang", "--format", "md", "--log", "json"]);
    let lines = log(&run);
    let built = of(&lines, "built")[0];
    let written: BTreeSet<&str> =
        built["written"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(written, run.lines().into_iter().collect(), "stdout names the same files");
    assert_eq!(built["unchanged"], json!([]));
    assert_eq!((&built["locality"], &built["language"]), (&json!("tien-giang"), &json!("en")));
    assert_eq!(built["why"], json!([{ "reason": "no-record", "text": "there is no record of an earlier run" }]));
    assert_eq!(lines.last().unwrap()["files_written"], written.len());
}

#[test]
fn a_log_has_every_diagnostic_and_nothing_that_is_not_json() {
    let world = World::new();
    break_lang_son(&world);
    let lines = log(&world.all(&["--log", "json"]));
    let diagnostics = of(&lines, "diagnostic");
    let [diagnostic] = diagnostics[..] else { panic!("{diagnostics:?}") };
    assert_eq!(
        (&diagnostic["level"], &diagnostic["code"], &diagnostic["path"], &diagnostic["line"]),
        (&json!("error"), &json!("unreadable-sheet"), &json!("fixtures/lang-son.yaml"), &json!(3))
    );
    let sheets: Vec<(&Value, &Value)> =
        of(&lines, "sheet").iter().map(|sheet| (&sheet["path"], &sheet["verdict"])).collect();
    assert_eq!(sheets[0], (&json!("fixtures/lang-son.yaml"), &json!("unreadable")));
    assert_eq!(sheets[1], (&json!("fixtures/long-an.yaml"), &json!("valid")));
    let withheld = of(&lines, "withheld")[0];
    assert_eq!((&withheld["name"], &withheld["errors"]), (&json!("Lang Son"), &json!(1)));
    assert_eq!(withheld["sheets"], json!(["fixtures/lang-son.yaml"]));
    // The notes, what sheets allow, what is wrong with others' sheets: a line each too.
    let verbose = log(&world.brief(&["-p", "Tien Giang", "--format", "md", "--log", "json", "-v"]));
    assert!(of(&verbose, "diagnostic").iter().any(|line| line["severity"] == "note" && line["level"] == "info"));
    let allowed = of(&verbose, "allowed");
    assert_eq!((allowed.len(), &allowed[0]["code"]), (2, &json!("published-before-period-end")));
    assert!(allowed[0]["reason"].as_str().unwrap().starts_with("the article of November 2020"));
}

#[test]
fn a_number_with_no_figure_withholds_a_document_in_the_log_too() {
    let world = World::new();
    world.brief(&["init", "mine", "-q"]);
    world.change("mine/templates/en/province.md.hbs", "# {{title}}", "# {{title}} in 3 minutes");
    let lines = log(&world.all(&["--templates", "mine/templates", "--log", "json"]));
    let withheld: Vec<String> = documents(&lines)
        .into_iter()
        .filter_map(|(document, event)| (event == "withheld").then_some(document))
        .collect();
    assert_eq!(withheld, ["lang-son.en", "long-an.en", "nghe-an.en", "tien-giang.en"]);
    assert!(of(&lines, "diagnostic").iter().all(|line| line["code"] == "untraced-number"));
    let last = lines.last().unwrap();
    assert_eq!((&last["withheld"], &last["failed"], &last["built"]), (&json!(4), &json!(0), &json!(1)));
}

#[test]
fn an_order_that_cannot_be_carried_out_is_refused_in_the_log() {
    let world = World::new();
    let lines = log(&world.brief(&["-p", "Atlantis", "--log", "json"]));
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!((events[0], events.last()), ("started", Some(&"finished")));
    assert!(of(&lines, "refused")[0]["message"].as_str().unwrap().contains("Atlantis"));
    let lines = log(&world.all(&["--sheets", "nowhere", "--log", "json"]));
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["refused", "finished"], "no sheets were found to start with");
    assert!(lines[0]["help"].as_str().unwrap().contains("--sheets DIR"));
    let lines = log(&world.brief(&["--log", "json"]));
    assert!(lines[0]["message"].as_str().unwrap().starts_with("nothing to do"));
    assert_eq!(lines.len(), 1);
}

#[test]
fn two_logs_of_the_same_run_can_be_compared() {
    let world = World::new();
    let sorted = |out: &str| {
        let run = world.all(&["--log", "json", "--out", out]);
        let mut lines: Vec<String> = run.err.lines().map(|line| line.replace(out, "OUT")).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted("one"), sorted("other"));
}

#[test]
fn a_quiet_log_has_errors_alone() {
    let world = World::new();
    assert_eq!(world.all(&["-q", "--log", "json"]).err, "");
    break_lang_son(&world);
    let lines = log(&world.all(&["-q", "--log", "json"]));
    assert!(!lines.is_empty() && lines.iter().all(|line| line["level"] == "error"), "{lines:?}");
}

/// Whoever reads a log by program reads this page first.
#[test]
fn every_event_and_field_is_in_its_page() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/log.md")).unwrap();
    let world = World::new();
    break_lang_son(&world);
    bar_the_way(&world, "long-an.en.md");
    let json = ["--log", "json", "-v"];
    let mut lines = log(&world.all(&json));
    lines.extend(log(&world.all(&["--log", "json", "--quarter", "2022-Q4"])));
    lines.extend(log(&world.brief(&["-p", "Atlantis", "--log", "json"])));
    lines.extend(log(&world.all(&["--log", "json", "--quarter", "2026-Q4"])));
    let events: BTreeSet<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    for expected in [
        "started",
        "sheet",
        "diagnostic",
        "allowed",
        "checked",
        "planned",
        "unpublished",
        "withheld",
        "built",
        "failed",
        "refused",
        "note",
        "finished",
    ] {
        assert!(events.contains(expected), "the runs of this test do not tell of {expected}");
    }
    let common = ["time", "level", "event"];
    for line in &lines {
        let event = line["event"].as_str().unwrap();
        let row = page.lines().find(|row| row.starts_with(&format!("| `{event}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/log.md has no row of `{event}`"));
        let diagnostic = page.lines().find(|row| row.starts_with("| `diagnostic` |")).unwrap();
        for key in line.as_object().unwrap().keys().filter(|key| !common.contains(&key.as_str())) {
            let is_told =
                row.contains(&format!("`{key}`")) || (event == "allowed" && diagnostic.contains(&format!("`{key}`")));
            assert!(is_told, "docs/log.md does not tell of `{key}` of `{event}`");
        }
    }
}
