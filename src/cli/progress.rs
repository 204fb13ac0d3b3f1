//! A run as people watch it: a bar on a terminal, a few plain lines elsewhere, nothing for the quiet; or the log for machines.

use super::account::Account;
use super::clock::Stopwatch;
use super::log::{self, Level, LogForm};
use super::output::Output;
use super::pace::Pace;
use crate::batch::{BatchError, BuiltFile, Document, Event, Loaded, Observer, Summary};
use crate::diag::plural;
use indicatif::{ProgressDrawTarget, ProgressStyle};
use std::env;
use std::io::{IsTerminal, stderr};
use std::iter;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How often a bar is drawn.
const BEAT: Duration = Duration::from_millis(100);
/// A run that is over sooner shows no bar.
const FLASH: Duration = Duration::from_millis(300);
/// The bar, its words, and as much of both as the terminal is wide.
const TEMPLATE: &str = "[{bar:24}] {wide_msg}";

/// How a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Quiet,
    Plain,
    Bar,
    Json,
}

/// Watches a run for whoever reads stderr.
pub(super) struct Progress<'a> {
    output: &'a Output,
    manner: Manner,
    /// Whether what is made was asked for by name.
    are_named: bool,
    watch: Stopwatch,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    pace: Pace,
    account: Account,
    /// Whether the bar is on the terminal.
    is_shown: bool,
    /// The run in numbers and how long it took, once it is over.
    end: Option<(Summary, Duration)>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(output: &'a Output, form: LogForm, are_named: bool) -> Progress<'a> {
        let manner = match form {
            LogForm::Json => Manner::Json,
            _ if output.is_quiet() => Manner::Quiet,
            LogForm::Auto if is_watched() => Manner::Bar,
            LogForm::Auto | LogForm::Plain => Manner::Plain,
        };
        Progress { output, manner, are_named, watch: Stopwatch::start(), state: Mutex::default() }
    }

    /// Shows how far some work has come while it goes on.
    pub(super) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        if !matches!(self.manner, Manner::Bar | Manner::Plain) {
            return work();
        }
        let (working, ended) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let beat = move || {
                while ended.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                    self.beat();
                }
            };
            // Work that cannot be shown is done all the same.
            let _unshown = thread::Builder::new().spawn_scoped(scope, beat);
            let made = work();
            drop(working);
            made
        })
    }

    /// The last word, after the results.
    pub(super) fn close(&self) {
        let state = self.state();
        if let Some((summary, elapsed)) = &state.end {
            state.account.close(summary, *elapsed, self.are_named, self.output);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn beat(&self) {
        let mut state = self.state();
        let elapsed = self.watch.elapsed();
        if state.end.is_some() || state.pace.sheets == 0 {
            return;
        }
        if self.manner == Manner::Plain {
            if let Some(line) = state.pace.line(elapsed) {
                self.output.progress(&line);
            }
        } else if elapsed >= FLASH {
            let bar = self.output.bar();
            if !state.is_shown {
                state.is_shown = true;
                bar.set_style(style());
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            let (expected, _) = state.pace.expected();
            let words = state.pace.words(elapsed);
            let group = &state.pace.group;
            bar.set_message(if group.is_empty() { words } else { format!("{group}: {words}") });
            bar.update(|bar| {
                bar.set_len(expected.max(1) as u64);
                bar.set_pos(state.pace.done as u64);
            });
        }
    }

    /// What is said of a sheet: everything, if a briefing was asked of it; else only that it is withheld in the comparison.
    fn sheet(&self, loaded: &Loaded, is_concerned: bool) {
        if is_concerned || self.output.is_verbose() {
            for diagnostic in loaded.diagnostics() {
                self.output.diagnostic(diagnostic);
            }
            for allowed in loaded.checked.iter().flat_map(|checked| &checked.allowed) {
                self.output.accepted(&allowed.diagnostic, &allowed.reason);
            }
        } else if loaded.passed().is_none() {
            let path = loaded.path.display();
            self.output.progress(&format!(
                "{path} has errors: its figures are withheld from the comparison; see `brief check {path}`"
            ));
        }
    }

    /// What the verbose hear of a document.
    fn document(&self, document: &Document, what: &str, files: &[BuiltFile]) {
        if !self.output.is_verbose() {
            return;
        }
        let state = |file: &BuiltFile| if file.is_written { "written" } else { "unchanged" };
        let files = files.iter().map(|file| format!("  {}: {}", file.path.display(), state(file)));
        let lines: Vec<String> = iter::once(format!("{}: {what}", document.key())).chain(files).collect();
        self.output.detail(&lines.join("\n"));
    }

    fn log(&self, event: &Event<'_>) {
        if let Event::Failed { error: BatchError::Untraced { diagnostics, .. }, .. } = event {
            for diagnostic in diagnostics {
                self.output.diagnostic(diagnostic);
            }
        }
        let (level, name, fields) = log::entry(event, self.are_named);
        if level == Level::Error || !self.output.is_quiet() {
            self.output.entry(level, name, fields);
        }
    }

    fn count(&self, event: &Event<'_>) {
        let mut state = self.state();
        let State { pace, account, .. } = &mut *state;
        match event {
            Event::Started { sheets, quarter, .. } => {
                pace.sheets = *sheets;
                account.quarter = Some(*quarter);
            }
            Event::Checked { group, sheets, .. } | Event::Known { group, sheets } => {
                (*group).clone_into(&mut pace.group);
                pace.checked += sheets;
            }
            Event::Planned { documents } => pace.planned += documents,
            Event::Unpublished { locality, first } => account.unpublished.push((locality.name.to_owned(), *first)),
            Event::Withheld { locality, languages, why } => {
                pace.withheld += languages.len();
                account.withheld.push((locality.name.to_owned(), why.to_string()));
            }
            Event::Skipped { .. } | Event::Built { .. } => pace.done += 1,
            Event::Remarked { document, message } => account.remark(document, message),
            Event::Failed { document, error, .. } => {
                pace.done += 1;
                *(if error.withholds() { &mut pace.withheld } else { &mut pace.failed }) += 1;
                account.failure(document, error);
            }
            Event::Orphaned { file } => {
                account.orphans.insert(file.display().to_string());
            }
            Event::Stopped { done, left } => account.stopped = Some((*done, *left)),
            Event::Sheet { .. } | Event::Refused { .. } => {}
            Event::Finished { summary } => state.end = Some(((*summary).clone(), self.watch.elapsed())),
        }
    }

    fn say(&self, event: &Event<'_>) {
        match event {
            Event::Started { quarter, folder, sheets, .. } if self.manner == Manner::Plain => {
                let folder = folder.display();
                self.output.progress(&format!("quarter {quarter}, {} in {folder}", plural(*sheets, "sheet")));
            }
            Event::Skipped { document, files } => self.document(document, "left as it is", files),
            Event::Built { document, why, files } => {
                let why: Vec<String> = why.iter().map(ToString::to_string).collect();
                self.document(document, &format!("made, because {}", why.join(", and ")), files);
            }
            Event::Refused { error } => self.output.failure(&error.to_string(), super::briefing::help(error)),
            Event::Finished { .. } => {
                self.output.bar().finish_and_clear();
                self.output.bar().set_draw_target(ProgressDrawTarget::hidden());
            }
            _ => {}
        }
    }
}

impl Observer for Progress<'_> {
    fn tell(&self, event: &Event<'_>) {
        if self.manner == Manner::Json {
            self.log(event);
        } else {
            self.count(event);
            self.say(event);
        }
        if let Event::Sheet { loaded, is_concerned, .. } = event {
            self.sheet(loaded, *is_concerned);
        }
    }
}

/// Whether somebody looks at a terminal that can draw: no pipe, no log of a CI server, no `TERM=dumb`.
fn is_watched() -> bool {
    let can_draw = env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb");
    stderr().is_terminal() && can_draw && env::var_os("CI").is_none()
}

/// In letters that every terminal has, without colour.
fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ")
}
