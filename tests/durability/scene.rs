//! A folder with three small sheets and two editions of templates, so that a run is short and its two outcomes are known.

use super::world::{Run, TODAY, World};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The quarter's folder.
pub(crate) const REPORTS: &str = "reports/2026-Q3";

/// Names of files, with what they hold.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The templates that a run is made with: of the second, every report is other and longer than of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    First,
    Second,
}

impl Edition {
    pub(crate) fn of(number: usize) -> Edition {
        if number.is_multiple_of(2) { Edition::Second } else { Edition::First }
    }

    pub(crate) fn folder(self) -> &'static str {
        match self {
            Edition::First => "first",
            Edition::Second => "second",
        }
    }
}

/// A working folder.
pub(crate) struct Scene {
    pub(crate) world: World,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        let world = World::empty();
        for province in ["lang-son", "long-an", "nghe-an"] {
            world.write(&format!("fixtures/{province}.yaml"), sheet(province));
        }
        for (edition, sentence, times) in [
            (Edition::First, "This is the first edition.\n", 1100),
            (Edition::Second, "Here is another edition.\n", 1600),
        ] {
            for (language, title) in [("en", "Briefing"), ("vi", "Báo cáo")] {
                let text = sentence.repeat(times);
                let template =
                    format!("---\ntitle: {title}\nlanguage: {language}\n---\n\n# {title}\n\n{text}\nThe end.\n");
                for name in ["province", "comparative"] {
                    world.write(&format!("{}/{language}/{name}.md.hbs", edition.folder()), &template);
                }
            }
        }
        Scene { world }
    }

    /// A run of every briefing in Markdown, both languages, with an edition's templates: eight reports of some thirty kilobytes.
    pub(crate) fn arguments(edition: Edition) -> Vec<&'static str> {
        vec!["--all", "--quarter", "2026-Q3", "--format", "md", "--templates", edition.folder()]
    }

    /// Makes all reports of an edition, and tells what lies in the quarter's folder then.
    pub(crate) fn make(&self, edition: Edition) -> Files {
        let run = self.world.brief(&Scene::arguments(edition));
        assert_eq!(run.code, 0, "{}", run.err);
        self.reports()
    }

    /// Everything in the quarter's folder but locks and what a run remembers for itself.
    pub(crate) fn reports(&self) -> Files {
        files_in(&self.world, REPORTS)
    }

    /// Starts the program on its own.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
        command.current_dir(self.world.path("")).env("SOURCE_DATE_EPOCH", TODAY).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Starts a run, and stops its process (not the run) as soon as it holds the lock that is named.
    pub(crate) fn hold(&self, arguments: &[&str], lock: &str) -> Held {
        for _ in 0..20 {
            let mut child = self.start(arguments);
            let lock = self.world.path(&format!("{REPORTS}/{lock}"));
            let signed = format!("process {} ", child.id());
            while child.try_wait().unwrap().is_none() {
                if std::fs::read_to_string(&lock).is_ok_and(|text| text.starts_with(&signed)) {
                    signal(&child, "STOP");
                    if is_held(&lock) {
                        return Held(child);
                    }
                    break;
                }
                sleep(Duration::from_micros(500));
            }
            end(child);
        }
        panic!("no run could be caught while it held the lock");
    }
}

/// A run whose process was stopped while it held a lock; it is killed in the end.
pub(crate) struct Held(Child);

impl Held {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

/// Everything in a folder but locks and what a run remembers for itself.
pub(crate) fn files_in(world: &World, folder: &str) -> Files {
    let mut files = world.files(folder);
    files.retain(|name, _| !(name.ends_with(".lock") || name.contains(".brief-state")));
    files
}

/// Sends a signal to a process.
pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", child.id())]).status().unwrap();
    assert!(sent.success(), "cannot send {name}");
}

/// Kills a process, if it still runs.
pub(crate) fn end(mut child: Child) {
    let _ended = child.kill();
    child.wait().unwrap();
}

/// What a child left, as a [`Run`].
pub(crate) fn ended(child: Child) -> Run {
    read(child.wait_with_output().unwrap())
}

pub(crate) fn read(output: Output) -> Run {
    let run = Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// Says, even where a test's output is caught, that it could not be made here.
pub(crate) fn skipped(why: &str) {
    std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes()).unwrap();
}

fn is_held(lock: &PathBuf) -> bool {
    std::fs::File::open(lock).unwrap().try_lock().is_err()
}

fn sheet(province: &str) -> String {
    format!(
        "schema: 1
province: {province}
sources:
  paper:
    publisher: {{en: A paper, vi: Một tờ báo}}
    published: 2026-01-05
    language: en
facts:
  - indicator: delegations-sent
    period: 2025
    printed: {{paper: 173 delegations}}
"
    )
}
