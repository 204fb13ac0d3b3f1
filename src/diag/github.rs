//! Findings as GitHub's workflow commands: annotations on a pull request's lines.
//! See docs.github.com, "Workflow commands for GitHub Actions".

use super::report::{self, Channel, Findings, Part, Report, ReportFormat, Setting};
use super::{Diagnostic, Severity};
use std::io;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "github",
    about: "annotations for GitHub Actions",
    channel: Channel::Lines,
    make: |_: Setting| Box::new(GitHub),
};

struct GitHub;

impl Report for GitHub {
    fn sheet(&self, findings: &Findings<'_>) -> io::Result<Part> {
        Ok(Part::now(findings.diagnostics.iter().map(|diagnostic| command(diagnostic)).collect()))
    }
}

/// One workflow command, with its line end.
fn command(diagnostic: &Diagnostic) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(label) = diagnostic.labels.first() {
        let region = label.file.region(label.file.trimmed(label.span));
        properties.push(format!("file={}", property(&report::forward(label.file.path()))));
        properties.push(format!("line={}", region.start_line));
        // The runner takes columns only where they are of one line.
        if region.start_line == region.end_line {
            properties.push(format!("col={}", region.start_column));
            properties.push(format!("endLine={}", region.end_line));
            properties.push(format!("endColumn={}", region.end_column));
        } else {
            properties.push(format!("endLine={}", region.end_line));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code)));
    format!("::{name} {}::{}\n", properties.join(","), data(&report::full_message(diagnostic, true)))
}

/// The text of a message: the runner reads a line, and takes `%` for an escape.
fn data(text: &str) -> String {
    // Control characters of a sheet would speak to the terminal that shows the log.
    let plain: String = text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\r' | '\n')).collect();
    plain.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{ByteSpan, SourceFile};
    use std::sync::Arc;

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        let file = Arc::new(SourceFile::new("./a,b:c/50%.yaml", "một: 1\nhai: 2\n"));
        let diagnostic = Diagnostic::warning("stale-fact", "up 5%\r\nor ::error::")
            .at(&file, ByteSpan { start: 0, end: file.text().len() }, "")
            .help("look, again: 100%");
        assert_eq!(
            command(&diagnostic),
            "::warning file=a%2Cb%3Ac/50%25.yaml,line=1,endLine=2,title=stale-fact::\
             up 5%25%0D%0Aor ::error::%0Ahelp: look, again: 100%25\n"
        );
    }

    #[test]
    fn a_finding_without_a_place_is_about_the_run() {
        assert_eq!(command(&Diagnostic::error("unreadable-sheet", "no")), "::error title=unreadable-sheet::no\n");
    }
}
