//! The one door out: results on stdout, a line each; everything else on stderr.

use super::Outcome;
use crate::diag::{Detail, Diagnostic, Severity, human};
use anstream::{AutoStream, ColorChoice};
use std::cell::Cell;
use std::io::{self, ErrorKind, Write};

/// Where a command speaks.
#[derive(Debug)]
pub(super) struct Output {
    quiet: bool,
    verbose: bool,
    colour: bool,
    broken: Cell<bool>,
}

impl Output {
    pub(super) fn new(quiet: bool, verbose: bool) -> Output {
        let colour = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
        Output { quiet, verbose, colour, broken: Cell::new(false) }
    }

    /// A result, on stdout. A reader that went away ends the output in silence, as in any pipe; a full disk is told once.
    pub(super) fn result(&self, text: &str) {
        self.write(format!("{text}\n").as_bytes());
    }

    /// A piece of a result, on stdout, as it is.
    pub(super) fn write(&self, bytes: &[u8]) {
        if self.broken.get() || bytes.is_empty() {
            return;
        }
        let mut stdout = io::stdout().lock();
        if let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush())
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.broken.set(true);
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
        if self.broken.get() { outcome.max(Outcome::Machine) } else { outcome }
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
            say(&human::plain(text));
        }
    }

    /// Detail, on stderr, if verbose.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            say(&human::plain(text));
        }
    }

    /// What went wrong outside any sheet, on stderr.
    pub(super) fn failure(&self, message: &str, help: Option<&str>) {
        let (red, reset) = if self.colour { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        say(&format!("{red}error{reset}: {}", human::plain(message)));
        if let Some(help) = help {
            say(&format!("  help: {}", human::plain(help)));
        }
    }

    /// A diagnostic, on stderr; quiet leaves only errors, and notes are for the verbose.
    pub(super) fn diagnostic(&self, diagnostic: &Diagnostic) {
        let is_told = match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => !self.quiet,
            Severity::Note => self.verbose,
        };
        if is_told {
            say(&human::render(diagnostic, self.colour));
        }
    }

    /// What a sheet allows, on stderr, if verbose.
    pub(super) fn accepted(&self, diagnostic: &Diagnostic, reason: &str) {
        if self.verbose {
            Output::remark(&human::accepted(diagnostic, reason, self.colour));
        }
    }

    /// A JSON document, on stdout.
    pub(super) fn json(&self, value: &impl serde::Serialize) -> Outcome {
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

fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let _gone = writeln!(stderr, "{text}");
}
