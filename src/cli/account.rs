//! What is said at the end of a run: what is not there and why, then all of it in a line. Documents are done in any order; they are
//! told of in the order of their names.

use super::briefing;
use super::output::Output;
use super::pace::Spoken;
use crate::batch::{BatchError, Document, Summary};
use crate::calendar::Quarter;
use crate::diag::{Diagnostic, plural};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// So many are told of one by one; the verbose hear of all.
const NAMED: usize = 10;

/// What a run could not do, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) quarter: Option<Quarter>,
    /// Names of localities whose briefings are withheld, and why.
    pub(super) withheld: Vec<(String, String)>,
    /// Names of localities of which nothing had been published, and the first quarter in which something is.
    pub(super) unpublished: Vec<(String, Option<Quarter>)>,
    /// Reports whose sheet is gone.
    pub(super) orphans: BTreeSet<String>,
    /// Remarks, and the documents that they are about.
    remarks: BTreeMap<String, BTreeSet<String>>,
    /// Documents that could not be made.
    failures: BTreeMap<String, Failure>,
    /// Documents that are done and that are left, if the run was stopped.
    pub(super) stopped: Option<(usize, usize)>,
}

#[derive(Debug)]
struct Failure {
    message: String,
    help: Option<&'static str>,
    diagnostics: Vec<Diagnostic>,
}

impl Account {
    pub(super) fn remark(&mut self, document: &Document, message: &str) {
        self.remarks.entry(message.to_owned()).or_default().insert(document.key());
    }

    pub(super) fn failure(&mut self, document: &Document, error: &BatchError) {
        let diagnostics = match error {
            BatchError::Untraced { diagnostics, .. } => diagnostics.clone(),
            _ => Vec::new(),
        };
        let failure = Failure { message: error.to_string(), help: briefing::help(error), diagnostics };
        self.failures.insert(document.key(), failure);
    }

    /// Says all of it. What was asked for by name is an error if it cannot be had.
    pub(super) fn close(&self, summary: &Summary, elapsed: Duration, are_named: bool, output: &Output) {
        for (message, documents) in &self.remarks {
            output.progress(&format!("{}: {message}", listed(documents.iter(), output)));
        }
        self.close_unpublished(are_named, output);
        if !self.orphans.is_empty() {
            let count = self.orphans.len();
            let verb = if count == 1 { "has" } else { "have" };
            let help = "add the sheet again, or delete what is no longer wanted";
            let names = listed(self.orphans.iter(), output);
            output.progress(&format!("{} {verb} no sheet any more: {names}\n  help: {help}", plural(count, "report")));
        }
        self.close_failures(output);
        self.close_withheld(output);
        if let Some((done, left)) = self.stopped {
            let message = format!("the run was stopped: {} done, {left} left", plural(done, "document"));
            output.failure(&message, Some("run it again: what is done stays"));
        }
        if let Some(sentence) = sentence(summary, elapsed) {
            output.progress(&sentence);
        }
    }

    fn close_unpublished(&self, are_named: bool, output: &Output) {
        let Some(quarter) = self.quarter else { return };
        let none = format!("no briefing of {quarter}: nothing had been published by {}", quarter.last_day());
        let first = |first: &Option<Quarter>| first.map(|first| format!("its first briefing is of {first}"));
        let message = match self.unpublished.as_slice() {
            [] => return,
            [(name, quarter)] => match first(quarter) {
                Some(first) => format!("{name} has {none}; {first}"),
                None => format!("{name} has {none}"),
            },
            more => {
                let lines = more.iter().map(|(name, quarter)| match first(quarter) {
                    Some(first) => format!("{name}: {first}"),
                    None => name.clone(),
                });
                format!("{} have {none}{}", more.len(), lines_of(lines, output))
            }
        };
        if are_named {
            output.failure(&message, None);
        } else {
            output.progress(&message);
        }
    }

    fn close_failures(&self, output: &Output) {
        // One fault of a template strikes every document made with it.
        let mut documents: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (document, failure) in &self.failures {
            documents.entry(&failure.message).or_default().insert(document);
        }
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let distinct: Vec<&Failure> =
            self.failures.values().filter(|failure| told.insert(failure.message.as_str())).collect();
        let few = distinct.get(..limit(output)).unwrap_or(&distinct);
        let mut known: BTreeSet<String> = BTreeSet::new();
        for diagnostic in few.iter().flat_map(|failure| &failure.diagnostics) {
            if known.insert(format!("{:?} {}", diagnostic.place(), diagnostic.message)) {
                output.diagnostic(diagnostic);
            }
        }
        for (place, failure) in few.iter().enumerate() {
            let next = few.get(place + 1).map(|next| next.help);
            let struck = documents.get(failure.message.as_str()).filter(|struck| struck.len() > 1);
            let struck = struck.map_or_else(String::new, |struck| format!("\n  in {}", listed(struck.iter(), output)));
            // What helps against several is said once, after them.
            let help = failure.help.filter(|_| next != Some(failure.help));
            output.failure(&format!("{}{struck}", failure.message), help);
        }
        if distinct.len() > few.len() {
            let message = format!("and {} more; `-v` tells all", plural(distinct.len() - few.len(), "failure"));
            output.failure(&message, None);
        }
    }

    fn close_withheld(&self, output: &Output) {
        let (message, help) = match self.withheld.as_slice() {
            [] => return,
            [(name, why)] => (format!("the briefing of {name} is withheld: {why}"), "mend its sheet"),
            more => {
                let lines = more.iter().map(|(name, why)| format!("{name}: {why}"));
                (
                    format!("the briefings of {} are withheld{}", more.len(), lines_of(lines, output)),
                    "mend their sheets",
                )
            }
        };
        output.failure(&message, Some(&format!("{help}: see the errors above, or run `brief check`")));
    }
}

fn limit(output: &Output) -> usize {
    if output.is_verbose() { usize::MAX } else { NAMED }
}

/// Items, each on a line of its own below what is said of them.
fn lines_of(items: impl ExactSizeIterator<Item = String>, output: &Output) -> String {
    let more = items.len().saturating_sub(limit(output));
    let mut lines: Vec<String> = items.take(limit(output)).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    format!("\n  {}", lines.join("\n  "))
}

/// Names in a sentence.
fn listed<T: AsRef<str>>(names: impl ExactSizeIterator<Item = T>, output: &Output) -> String {
    let more = names.len().saturating_sub(limit(output));
    let few: Vec<String> = names.take(limit(output)).map(|name| name.as_ref().to_owned()).collect();
    let few = few.join(", ");
    if more == 0 { few } else { format!("{few} and {more} more") }
}

/// A run in a line; none if it had nothing to make, for then that has been said.
fn sentence(summary: &Summary, elapsed: Duration) -> Option<String> {
    if summary.documents == 0 {
        return None;
    }
    let parts = [
        (summary.built, "built"),
        (summary.unchanged, "unchanged"),
        (summary.withheld, "withheld"),
        (summary.failed, "failed"),
        (summary.left, "left"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let files = match summary.files_written {
        0 => "no file".to_owned(),
        written => plural(written, "file"),
    };
    let documents = plural(summary.documents, "document");
    Some(format!("{documents}: {}; {files} written in {}", parts.join(", "), Spoken(elapsed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_in_a_line_that_leaves_out_what_did_not_occur() {
        let summary =
            Summary { documents: 20, built: 4, unchanged: 14, withheld: 2, files_written: 28, ..Summary::default() };
        assert_eq!(
            sentence(&summary, Duration::from_millis(3_270)).unwrap(),
            "20 documents: 4 built, 14 unchanged, 2 withheld; 28 files written in 3.2 s"
        );
        let stopped =
            Summary { documents: 6642, built: 1, failed: 1, left: 6640, files_written: 1, ..Summary::default() };
        assert_eq!(
            sentence(&stopped, Duration::from_secs(75)).unwrap(),
            "6642 documents: 1 built, 1 failed, 6640 left; 1 file written in 1 min 15 s"
        );
        let idle = Summary { documents: 1, unchanged: 1, files_unchanged: 3, ..Summary::default() };
        assert_eq!(
            sentence(&idle, Duration::from_millis(40)).unwrap(),
            "1 document: 1 unchanged; no file written in 0.0 s"
        );
        assert_eq!(sentence(&Summary { unpublished: 4, ..Summary::default() }, Duration::ZERO), None);
    }

    #[test]
    fn names_are_told_up_to_ten_and_to_the_verbose_all() {
        let names = |count: usize| (1..=count).map(|name| format!("n{name}"));
        let usual = Output::new(false, false, super::super::log::LogForm::Auto);
        assert_eq!(listed(names(3).collect::<Vec<_>>().iter(), &usual), "n1, n2, n3");
        let ten = listed(names(10).collect::<Vec<_>>().iter(), &usual);
        assert!(ten.ends_with("n9, n10"), "{ten}");
        let twelve = listed(names(12).collect::<Vec<_>>().iter(), &usual);
        assert!(twelve.ends_with("n10 and 2 more"), "{twelve}");
        let lines = lines_of(names(12).collect::<Vec<_>>().into_iter(), &usual);
        assert_eq!(lines.lines().last(), Some("  and 2 more"));
        assert_eq!(lines.lines().count(), 12, "an empty one for the sentence, ten names, and how many more");
        let verbose = Output::new(false, true, super::super::log::LogForm::Auto);
        assert!(listed(names(12).collect::<Vec<_>>().iter(), &verbose).ends_with("n11, n12"));
    }
}
