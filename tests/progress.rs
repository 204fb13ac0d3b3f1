//! A run as it is told on stderr: a bar on a terminal, a few plain lines elsewhere, JSON lines for machines, nothing for the quiet.

#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::panic)]

#[path = "cli/world.rs"]
mod world;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::num::NonZeroU16;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use world::{Run, World};

const ENGLISH_MARKDOWN: [&str; 5] = ["--all", "--format", "md", "--lang", "en"];

fn break_lang_son(world: &World) {
    world.change("fixtures/lang-son.yaml", "province: lang-son", "province: lang-son\nunknown-key: 1");
}

/// Gives a file's place to a folder, so that it cannot be written.
fn bar_the_way(world: &World, name: &str) {
    std::fs::create_dir_all(world.path(&format!("reports/2026-Q3/{name}/inside"))).unwrap();
}

// Plain lines.

/// The lines of a run, each without the time that it took; a machine that is slow adds some on the way, which are left out.
fn timeless(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.contains("%: "))
        .map(|line| line.split_once(" written in ").map_or(line, |(before, _)| before))
        .collect()
}

#[test]
fn where_nobody_watches_a_short_run_is_told_in_two_lines() {
    let world = World::new();
    let run = world.brief(&ENGLISH_MARKDOWN);
    assert_eq!(timeless(&run.err), ["quarter 2026-Q3, 4 sheets in fixtures", "5 documents: 5 built; 17 files"]);
    assert_eq!(run.lines().len(), 17, "as many as are named on stdout");
    let again = world.brief(&ENGLISH_MARKDOWN);
    assert_eq!(timeless(&again.err), ["quarter 2026-Q3, 4 sheets in fixtures", "5 documents: 5 unchanged; no file"]);
    std::fs::remove_file(world.path("reports/2026-Q3/long-an.en.md")).unwrap();
    let mended = world.brief(&ENGLISH_MARKDOWN);
    assert_eq!(timeless(&mended.err).last(), Some(&"5 documents: 1 built, 4 unchanged; 1 file"));
}

#[test]
fn the_end_says_what_is_withheld_and_why_once() {
    let world = World::new();
    break_lang_son(&world);
    let run = world.brief(&["--all", "--format", "md"]);
    run.refuses(1, &["error[unreadable-sheet]"]);
    let end: Vec<&str> = timeless(&run.err).into_iter().skip_while(|line| !line.starts_with("error: ")).collect();
    assert_eq!(
        end,
        [
            "error: the briefing of Lang Son is withheld: 1 error in lang-son.yaml",
            "  help: mend its sheet: see the errors above, or run `brief check`",
            &format!("10 documents: 8 built, 2 withheld; {} files", run.lines().len()),
        ]
    );
    assert_eq!(run.err.matches("withheld:").count(), 1);
}

/// Of a dozen that are withheld ten are named; the verbose hear of all.
#[test]
fn many_that_are_withheld_are_counted_and_ten_are_named() {
    let world = World::new();
    let provinces = [
        "an-giang",
        "ca-mau",
        "cao-bang",
        "dak-lak",
        "dien-bien",
        "dong-nai",
        "dong-thap",
        "gia-lai",
        "ha-tinh",
        "hue",
        "lai-chau",
        "lam-dong",
    ];
    for province in provinces {
        world.write(&format!("fixtures/{province}.yaml"), "schema: 1\n");
    }
    let run = world.brief(&ENGLISH_MARKDOWN);
    run.refuses(
        1,
        &[
            "error: the briefings of 12 are withheld\n  An Giang: 1 error in an-giang.yaml\n  Ca Mau: 1 error in ca-mau.yaml\n",
            "\n  Hue: 1 error in hue.yaml\n  and 2 more\n  help: mend their sheets",
            "17 documents: 5 built, 12 withheld; 17 files written",
        ],
    );
    assert!(!run.err.contains("Lam Dong: "));
    world
        .brief(&[&ENGLISH_MARKDOWN[..], &["-v"]].concat())
        .refuses(1, &["  Lam Dong: 1 error in lam-dong.yaml\n  help"]);
}

#[test]
fn a_document_that_fails_is_told_and_counted_and_the_others_are_built() {
    let world = World::new();
    bar_the_way(&world, "nghe-an.en.md");
    let run = world.brief(&ENGLISH_MARKDOWN);
    run.refuses(
        3,
        &["error: cannot write reports/2026-Q3/nghe-an.en.md: ", "5 documents: 4 built, 1 failed; ", "`--out DIR`"],
    );
}

#[test]
fn a_fault_that_strikes_every_document_is_told_once_with_those_it_struck() {
    let world = World::new();
    world.brief(&["init", "mine", "-q"]);
    world.change("mine/templates/en/province.md.hbs", "{{title}}", "{{titel}}");
    let run = world.brief(&[&ENGLISH_MARKDOWN[..], &["--templates", "mine/templates"]].concat());
    run.refuses(2, &["\n  in lang-son.en, long-an.en, nghe-an.en, tien-giang.en\n", "5 documents: 1 built, 4 failed"]);
    assert_eq!(run.err.matches("error: ").count(), 1, "{}", run.err);
}

#[test]
fn the_verbose_hear_why_each_document_was_made_and_what_became_of_its_files() {
    let world = World::new();
    let run = world.brief(&["-p", "long-an", "--format", "md", "-v"]);
    run.refuses(
        0,
        &["long-an.en: made, because there is no record of an earlier run\n  reports/2026-Q3/long-an.en.md: written\n"],
    );
}

#[test]
fn the_quiet_hear_of_errors_alone() {
    let world = World::new();
    assert_eq!(world.all(&["-q"]).err, "");
    assert_eq!(world.all(&["-q", "--log", "plain"]).err, "");
    break_lang_son(&world);
    let run = world.all(&["-q"]);
    assert!(run.err.starts_with("error[unreadable-sheet]"), "{}", run.err);
    assert!(run.err.contains("error: the briefing of Lang Son is withheld: 1 error in lang-son.yaml\n"));
    assert!(!run.err.contains("quarter 2026-Q3") && !run.err.contains("documents"), "{}", run.err);
}

// JSON lines.

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

// A terminal.

/// As many rows as a run may fill: nothing scrolls away.
const ROWS: NonZeroU16 = NonZeroU16::new(2000).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(110).unwrap();

/// What a run looks like on a terminal.
struct Screen {
    /// All that was sent to it.
    sent: String,
    /// What stands on it in the end.
    seen: Vec<String>,
}

fn on_terminal(world: &World, arguments: &str, environment: &[(&str, &str)]) -> Screen {
    let program = env!("CARGO_BIN_EXE_brief");
    let order = format!("stty rows {ROWS} cols {COLUMNS}; '{program}' {arguments}");
    let mut command = Command::new("script");
    command.args(["-qec", &order, "/dev/null"]).current_dir(world.path("")).stdin(Stdio::null());
    command.env("TERM", "xterm").env("SOURCE_DATE_EPOCH", world::TODAY);
    for variable in ["CI", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let sent = String::from_utf8(output.stdout).unwrap();
    assert!(!sent.contains("panicked"), "{sent}");
    let mut terminal = vt100::Parser::new(ROWS, COLUMNS, 0);
    terminal.process(sent.as_bytes());
    let seen = terminal.screen().contents().lines().map(|line| line.trim_end().to_owned()).collect();
    Screen { sent, seen }
}

/// A run with PDFs of the whole, one document at a time: long enough for a bar.
const LONG: &str = "--all --jobs 1 --lang en";

/// A terminal that shows a bar while the run goes on, and holds no trace of it in the end.
static WATCHED: LazyLock<(Screen, World)> = LazyLock::new(|| {
    let world = World::new();
    break_lang_son(&world);
    (on_terminal(&world, &format!("{LONG} -v"), &[]), world)
});

#[test]
fn a_bar_shows_how_far_a_run_has_come() {
    let (screen, _) = &*WATCHED;
    for part in ["[==", "] provinces: ", " of 4 documents, 1 withheld, ", " left"] {
        assert!(screen.sent.contains(part), "no {part:?} was shown");
    }
}

#[test]
fn what_is_said_under_a_bar_is_whole_and_nothing_of_the_bar_stays() {
    let (screen, world) = &*WATCHED;
    assert!(screen.seen.iter().all(|line| !line.contains("[=") && !line.contains("] provinces")), "{:#?}", screen.seen);
    // Every line that was said while the bar stood there is on a line of its own.
    let files = world.names("reports");
    let reports = files.iter().filter(|name| !name.contains("manifest") && !name.contains("/.brief"));
    for report in reports {
        for line in [format!("  reports/{report}: written"), format!("reports/{report}")] {
            let count = screen.seen.iter().filter(|seen| **seen == line).count();
            assert_eq!(count, 1, "{line:?} is torn or missing: {:#?}", screen.seen);
        }
    }
    let made =
        screen.seen.iter().filter(|line| line.ends_with(".en: made, because there is no record of an earlier run"));
    assert_eq!(made.count(), 4);
    let last = screen.seen.iter().rfind(|line| !line.is_empty()).unwrap();
    assert!(last.starts_with("5 documents: 4 built, 1 withheld; ") && last.contains(" files written in "), "{last}");
}

/// A bar is drawn after three tenths of a second, which a run in Markdown seldom takes.
#[test]
fn a_short_run_flashes_no_bar() {
    let world = World::new();
    for _ in 0..3 {
        let screen = on_terminal(&world, "--province 'Long An' --format md", &[]);
        let [path, end] = &screen.seen[..] else { panic!("{:?}", screen.seen) };
        assert_eq!(path, "reports/2026-Q3/long-an.en.md");
        let (said, time) = end.split_once(" written in ").unwrap();
        assert!(said.starts_with("1 document: 1 "), "{end}");
        let is_short = ["0.0 s", "0.1 s", "0.2 s"].contains(&time);
        assert!(!is_short || !screen.sent.contains('\u{1b}'), "{:?}", screen.sent);
    }
}

#[test]
fn a_terminal_that_cannot_draw_a_log_of_a_server_and_whoever_wishes_get_plain_lines() {
    for (arguments, environment) in [
        (LONG.to_owned(), ("TERM", "dumb")),
        (LONG.to_owned(), ("CI", "true")),
        (format!("{LONG} --log plain"), ("TERM", "xterm")),
    ] {
        let world = World::new();
        let screen = on_terminal(&world, &arguments, &[environment]);
        assert!(!screen.sent.contains('\u{1b}') && !screen.sent.contains("[="), "{environment:?}: {:?}", screen.sent);
        assert_eq!(screen.seen[0], "quarter 2026-Q3, 4 sheets in fixtures");
        assert!(screen.sent.contains("5 documents: 5 built; "));
    }
}

#[test]
fn the_quiet_see_no_bar() {
    let world = World::new();
    let screen = on_terminal(&world, &format!("{LONG} -q"), &[]);
    assert!(!screen.sent.contains('\u{1b}'), "{:?}", screen.sent);
    assert!(screen.seen.iter().all(|line| line.starts_with("reports/2026-Q3/")), "{:?}", screen.seen);
}

#[test]
fn without_colour_there_is_a_bar_and_no_colour() {
    let world = World::new();
    break_lang_son(&world);
    let screen = on_terminal(&world, LONG, &[("NO_COLOR", "1")]);
    assert!(screen.sent.contains("[=") && !screen.sent.contains("\u{1b}[1;31m"), "{:?}", screen.sent);
    let coloured = &WATCHED.0;
    assert!(coloured.sent.contains("\u{1b}[1;31m"), "there is colour for whoever did not refuse it");
}

/// Standard output in a file: the bar is on the terminal all the same, and the file holds the paths alone.
#[test]
fn a_bar_does_not_go_where_the_results_go() {
    let world = World::new();
    let screen = on_terminal(&world, &format!("{LONG} > paths.txt"), &[]);
    assert!(screen.sent.contains("[="));
    let paths = world.read("paths.txt");
    assert!(paths.lines().count() > 20 && paths.lines().all(|line| line.starts_with("reports/2026-Q3/")), "{paths}");
    assert_eq!(screen.seen.len(), 1, "{:?}", screen.seen);
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
