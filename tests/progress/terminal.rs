//! A bar on a terminal, and what else is said there.

use super::break_lang_son;
use super::world::{self, World};
use std::num::NonZeroU16;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

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
