//! The one door out: results on stdout, a line each; everything else on stderr.

use super::Outcome;
use super::log::{self, Level, LogForm};
use crate::diag::json::JsonDiagnostic;
use crate::diag::{Detail, Diagnostic, Severity, human};
use anstream::{AutoStream, ColorChoice};
use indicatif::ProgressBar;
use serde::Serialize;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// How many bytes of results are gathered before they are written.
const PIECE: usize = 64 * 1024;

/// Where a command speaks.
#[derive(Debug)]
pub(super) struct Output {
    quiet: bool,
    verbose: bool,
    colour: bool,
    /// What stderr is written as.
    form: LogForm,
    /// Steps aside while something is said; it is on no terminal until a run shows it.
    bar: ProgressBar,
    broken: AtomicBool,
}

/// What a sheet allows.
#[derive(Serialize)]
struct Allowed<'a> {
    #[serde(flatten)]
    diagnostic: JsonDiagnostic<'a>,
    reason: &'a str,
}

impl Output {
    pub(super) fn new(quiet: bool, verbose: bool, form: LogForm) -> Output {
        let colour = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
        let (bar, broken) = (ProgressBar::hidden(), AtomicBool::new(false));
        Output { quiet, verbose, colour, form, bar, broken }
    }

    /// The bar of a run; whatever is said here leaves it whole.
    pub(super) fn bar(&self) -> &ProgressBar {
        &self.bar
    }

    /// Whether only results and errors are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A line of the log for machines.
    pub(super) fn entry(&self, level: Level, event: &str, fields: impl Serialize) {
        self.say(&log::line(level, event, fields));
    }

    /// Whether stderr is a log for machines.
    fn logs(&self) -> bool {
        self.form == LogForm::Json
    }

    fn say(&self, text: &str) {
        // In one piece, for the shards of a batch may share a log.
        let line = format!("{text}\n");
        // Nobody is left to be told that nobody listens.
        let _gone = self.bar.suspend(|| io::stderr().lock().write_all(line.as_bytes()));
    }

    /// A sentence that no event is behind.
    fn note(&self, text: &str) {
        if self.logs() {
            self.entry(Level::Info, "note", serde_json::json!({ "message": text }));
        } else {
            self.say(text);
        }
    }

    /// A result, on stdout. A reader that went away ends the output in silence, as in any pipe; a full disk is told once.
    pub(super) fn result(&self, text: &str) {
        self.write(format!("{text}\n").as_bytes());
    }

    /// Any number of results, on stdout, a line each and many lines at a time: a batch has thousands.
    pub(super) fn results(&self, lines: impl Iterator<Item = String>) {
        let mut piece = String::new();
        for line in lines {
            piece.push_str(&line);
            piece.push('\n');
            if piece.len() >= PIECE {
                self.write(piece.as_bytes());
                piece.clear();
            }
        }
        self.write(piece.as_bytes());
    }

    /// A piece of a result, on stdout, as it is.
    pub(super) fn write(&self, bytes: &[u8]) {
        if self.broken.load(Ordering::Relaxed) || bytes.is_empty() {
            return;
        }
        let mut stdout = io::stdout().lock();
        if let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush())
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.broken.store(true, Ordering::Relaxed);
            self.failure(&format!("cannot write the results to standard output: {error}"), None);
        }
    }

    /// A piece of what accompanies the results, on stderr, as it is; whoever made it heeded [`Output::detail_wanted`].
    pub(super) fn remark(text: &str) {
        // Nobody is left to be told that nobody listens.
        let _gone = io::stderr().lock().write_all(text.as_bytes());
    }

    /// How the program ends: as the command did, unless its results did not arrive.
    pub(super) fn seal(&self, outcome: Outcome) -> Outcome {
        if self.broken.load(Ordering::Relaxed) { outcome.max(Outcome::Machine) } else { outcome }
    }

    /// Whether more is to be said than what is usual.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether what goes to stderr may be coloured.
    pub(super) fn has_colour(&self) -> bool {
        self.colour
    }

    /// How much is to be told of sheets.
    pub(super) fn detail_wanted(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Errors,
            (false, false) => Detail::Usual,
            (false, true) => Detail::Everything,
        }
    }

    /// Progress, on stderr, unless quiet.
    pub(super) fn progress(&self, text: &str) {
        if !self.quiet {
            self.note(&human::plain(text));
        }
    }

    /// Detail, on stderr, if verbose.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            self.note(&human::plain(text));
        }
    }

    /// What went wrong outside any sheet, on stderr.
    pub(super) fn failure(&self, message: &str, help: Option<&str>) {
        if self.logs() {
            return self.entry(Level::Error, "refused", log::refused(message, help));
        }
        let (red, reset) = if self.colour { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let help = help.map_or_else(String::new, |help| format!("\n  help: {}", human::plain(help)));
        self.say(&format!("{red}error{reset}: {}{help}", human::plain(message)));
    }

    /// A diagnostic, on stderr; quiet leaves only errors, and notes are for the verbose.
    pub(super) fn diagnostic(&self, diagnostic: &Diagnostic) {
        let is_told = match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => !self.quiet,
            Severity::Note => self.verbose,
        };
        if is_told && self.logs() {
            self.entry(diagnostic.severity.into(), "diagnostic", JsonDiagnostic::from(diagnostic));
        } else if is_told {
            self.say(&human::render(diagnostic, self.colour));
        }
    }

    /// What a sheet allows, on stderr, if verbose.
    pub(super) fn accepted(&self, diagnostic: &Diagnostic, reason: &str) {
        if !self.verbose {
            return;
        }
        if self.logs() {
            let diagnostic = JsonDiagnostic::from(diagnostic);
            self.entry(Level::Info, "allowed", Allowed { diagnostic, reason });
        } else {
            self.say(human::accepted(diagnostic, reason, self.colour).trim_end());
        }
    }

    /// A JSON document, on stdout.
    pub(super) fn json(&self, value: &impl Serialize) -> Outcome {
        match serde_json::to_string_pretty(value) {
            Ok(json) => {
                self.result(&json);
                Outcome::Done
            }
            Err(error) => {
                self.failure(&error.to_string(), None);
                Outcome::Machine
            }
        }
    }

    /// A completion script, on stdout.
    pub(super) fn completions(&self, shell: clap_complete::Shell, command: &mut clap::Command) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(shell, command, "brief", &mut script);
        self.bytes(&script)
    }

    /// The manual page, on stdout.
    pub(super) fn manual(&self, command: clap::Command) -> Outcome {
        let mut page = Vec::new();
        match clap_mangen::Man::new(command).render(&mut page) {
            Ok(()) => self.bytes(&page),
            Err(_) => Outcome::Machine,
        }
    }

    fn bytes(&self, bytes: &[u8]) -> Outcome {
        self.result(String::from_utf8_lossy(bytes).trim_end());
        Outcome::Done
    }
}
