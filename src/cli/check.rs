//! `brief check`: the check stage alone.

use super::output::Output;
use super::{CheckArguments, Outcome};
use crate::article::Library;
use crate::batch::{self, Visited};
use crate::catalog::Catalog;
use crate::check::{self, Policy};
use crate::diag::{Channel, Findings, Form, Part, Report, ReportFormat, RuleText, Setting, Summary};
use std::io::{self, Read, Seek, SeekFrom, Write};
use tempfile::SpooledTempFile;

/// Bytes of a document's later items that are kept in memory; what is more waits on disk.
const SPOOL: usize = 1024 * 1024;

pub(super) fn run(arguments: &CheckArguments, output: &Output) -> Outcome {
    let catalog = match Catalog::builtin() {
        Ok(catalog) => catalog,
        Err(error) => {
            output.failure(&error.to_string(), None);
            return Outcome::Machine;
        }
    };
    let today = match super::clock::today() {
        Ok(today) => today,
        Err(message) => {
            output.failure(&message, None);
            return Outcome::Unusable;
        }
    };
    if let Some(folder) = arguments.sources.as_ref().filter(|folder| !folder.is_dir()) {
        let help = "name the folder of the articles' texts";
        output.failure(&format!("`{}` is no folder that can be read", folder.display()), Some(help));
        return Outcome::Unusable;
    }
    let policy = Policy {
        deny: arguments.deny.iter().cloned().collect(),
        warn: arguments.warn.iter().cloned().collect(),
        today: Some(today),
        known_by: None,
        library: arguments.sources.clone().map(Library::in_folder),
    };
    match report(arguments, &catalog, &policy, output) {
        Ok(summary) if summary.unread > 0 => Outcome::Unusable,
        Ok(summary) if summary.errors > 0 => Outcome::Failed,
        Ok(_) => Outcome::Done,
        Err(error) => {
            output.failure(&format!("the report cannot be put together: {error}"), None);
            Outcome::Machine
        }
    }
}

/// Checks every sheet and tells of it in its turn.
fn report(arguments: &CheckArguments, catalog: &Catalog, policy: &Policy, output: &Output) -> io::Result<Summary> {
    let format =
        if arguments.json { ReportFormat::named("json").unwrap_or(arguments.format) } else { arguments.format };
    let rules = check::rules()
        .map(|rule| RuleText { code: rule.code, severity: rule.severity, explanation: rule.explanation })
        .collect();
    let report = (format.make)(Setting { colour: output.has_colour(), detail: output.detail_wanted(), rules });
    let mut writer = Writer {
        report: &*report,
        channel: format.channel,
        output,
        is_first: true,
        later: SpooledTempFile::new(SPOOL),
        any_later: false,
    };
    writer.write(&report.head()?);
    let mut summary = Summary::default();
    let mut fault = None;
    let draw = |visited: &Visited| {
        let findings = findings(visited);
        (Summary::of(&findings), report.sheet(&findings))
    };
    batch::survey(&arguments.paths, catalog, policy, draw, |(counts, part)| {
        summary.add(&counts);
        if let Err(error) = part.and_then(|part| writer.part(&part)) {
            fault.get_or_insert(error);
        }
    });
    if let Some(error) = fault {
        return Err(error);
    }
    writer.end(&summary)?;
    match format.channel {
        Channel::Remarks | Channel::Lines => output.result(&summary.to_string()),
        Channel::Document => output.progress(&summary.to_string()),
    }
    Ok(summary)
}

fn findings(visited: &Visited) -> Findings<'_> {
    match visited {
        Visited::Nothing(path, fault) => Findings {
            path: path.display().to_string(),
            form: Form::Absent,
            facts: 0,
            diagnostics: vec![fault],
            accepted: Vec::new(),
            relations: Vec::new(),
        },
        Visited::Sheet(loaded) => loaded.findings(),
    }
}

/// Writes a report as its parts come in.
struct Writer<'a> {
    report: &'a dyn Report,
    channel: Channel,
    output: &'a Output,
    is_first: bool,
    /// The later items, until every sheet had its turn.
    later: SpooledTempFile,
    any_later: bool,
}

impl Writer<'_> {
    fn write(&self, text: &str) {
        match self.channel {
            Channel::Remarks => Output::remark(text),
            Channel::Lines | Channel::Document => self.output.write(text.as_bytes()),
        }
    }

    fn part(&mut self, part: &Part) -> io::Result<()> {
        let separator = self.report.separator();
        let mut text = String::new();
        for item in &part.items {
            if !self.is_first {
                text.push_str(separator);
            }
            self.is_first = false;
            text.push_str(item);
        }
        self.write(&text);
        for item in &part.later {
            if self.any_later {
                self.later.write_all(separator.as_bytes())?;
            }
            self.any_later = true;
            self.later.write_all(item.as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.write(self.report.middle());
        self.later.seek(SeekFrom::Start(0))?;
        let mut bytes = vec![0; SPOOL];
        loop {
            let length = self.later.read(&mut bytes)?;
            let Some(read) = bytes.get(..length).filter(|read| !read.is_empty()) else { break };
            self.output.write(read);
        }
        self.write(&self.report.tail(summary)?);
        Ok(())
    }
}
