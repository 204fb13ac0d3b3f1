//! Findings as `JUnit` XML, which every CI server shows as a list of tests: a suite for each sheet, a test for each relation,
//! and one for each error or allowance that is of no relation.

use super::human;
use super::report::{Accepted, Channel, Findings, Form, Part, Relation, Report, ReportFormat, Setting, Summary};
use super::{Diagnostic, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "junit",
    about: "JUnit XML for CI servers: a suite for each sheet, a test for each relation",
    channel: Channel::Document,
    make: |_: Setting| Box::new(JUnit),
};

struct JUnit;

impl Report for JUnit {
    fn head(&self) -> io::Result<String> {
        Ok("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"brief\">\n".to_owned())
    }

    fn sheet(&self, findings: &Findings<'_>) -> io::Result<Part> {
        Ok(Part::now(vec![suite(findings)]))
    }

    fn tail(&self, _: &Summary) -> io::Result<String> {
        Ok("</testsuites>\n".to_owned())
    }
}

/// A test: what is looked at, and what was found.
#[derive(Default)]
struct Case<'a> {
    name: String,
    line: Option<usize>,
    found: Vec<&'a Diagnostic>,
    accepted: Vec<Accepted<'a>>,
    /// Why nothing could be told, if nothing could.
    untold: Option<&'static str>,
}

/// How a test came out, as the schema has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// The test itself could not be made.
    Error,
    Skipped,
}

fn suite(findings: &Findings<'_>) -> String {
    let (cases, remarks) = cases(findings);
    let outcomes: Vec<Outcome> = cases.iter().map(|case| case.outcome(findings.form)).collect();
    let count = |outcome| outcomes.iter().filter(|other| **other == outcome).count();
    let path = attribute(&findings.path);
    let mut xml = format!(
        "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
        cases.len(),
        count(Outcome::Failed),
        count(Outcome::Error),
        count(Outcome::Skipped),
    );
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (case, outcome) in cases.iter().zip(outcomes) {
        let number = names.entry(&case.name).or_default();
        *number += 1;
        let name = if *number == 1 { case.name.clone() } else { format!("{} ({number})", case.name) };
        let line = case.line.map(|line| format!(" line=\"{line}\"")).unwrap_or_default();
        let head = format!("    <testcase name=\"{}\" classname=\"{path}\" file=\"{path}\"{line}", attribute(&name));
        let body = case.body(outcome);
        // Writing to a string cannot fail.
        let _infallible =
            if body.is_empty() { writeln!(xml, "{head}/>") } else { writeln!(xml, "{head}>\n{body}    </testcase>") };
    }
    if !remarks.is_empty() {
        xml.push_str(&system_out(&remarks, "    "));
    }
    xml.push_str("  </testsuite>\n");
    xml
}

/// The tests of a sheet, and the warnings and notes that are of none of them.
fn cases<'a>(findings: &'a Findings<'a>) -> (Vec<Case<'a>>, Vec<&'a Diagnostic>) {
    let relations: Vec<Relation<'_>> = findings.relations.iter().map(|relation| relation.told()).collect();
    let mut cases: Vec<Case<'_>> = relations.iter().map(of_relation).collect();
    let mut remarks = Vec::new();
    for diagnostic in &findings.diagnostics {
        let relation = relation_of(diagnostic, &relations).and_then(|place| cases.get_mut(place));
        match relation {
            Some(case) => case.found.push(diagnostic),
            None if diagnostic.severity == Severity::Error => {
                cases.push(Case { found: vec![*diagnostic], ..of_finding(diagnostic) });
            }
            None => remarks.push(*diagnostic),
        }
    }
    for accepted in &findings.accepted {
        let relation = relation_of(accepted.diagnostic, &relations).and_then(|place| cases.get_mut(place));
        match relation {
            Some(case) => case.accepted.push(*accepted),
            None => cases.push(Case { accepted: vec![*accepted], ..of_finding(accepted.diagnostic) }),
        }
    }
    if findings.form == Form::Read {
        cases.insert(0, Case { name: "form".to_owned(), ..Case::default() });
    }
    (cases, remarks)
}

fn of_relation<'a>(relation: &Relation<'_>) -> Case<'a> {
    Case {
        name: format!("{}: {}", relation.kind, relation.facts.join(", ")),
        line: Some(relation.line),
        untold: (relation.verdict == "undetermined")
            .then_some("undetermined: the figures are too few or too rough to tell"),
        ..Case::default()
    }
}

fn of_finding<'a>(diagnostic: &Diagnostic) -> Case<'a> {
    let about = if diagnostic.facts.is_empty() { diagnostic.message.clone() } else { diagnostic.facts.join(", ") };
    Case {
        name: format!("{}: {about}", diagnostic.code),
        line: diagnostic.place().map(|(_, line, _)| line),
        ..Case::default()
    }
}

/// The relation that a finding is of: it names the same facts. Of several such, the one whose kind the code bears, else one
/// that does not hold; a finding of a single fact may be of the fact alone.
fn relation_of(diagnostic: &Diagnostic, relations: &[Relation<'_>]) -> Option<usize> {
    if diagnostic.facts.is_empty() {
        return None;
    }
    let same: Vec<(usize, &Relation<'_>)> =
        relations.iter().enumerate().filter(|(_, relation)| relation.facts == diagnostic.facts).collect();
    let of_kind = same.iter().find(|(_, relation)| diagnostic.code.starts_with(relation.kind));
    let doubtful = same.iter().find(|(_, relation)| matches!(relation.verdict, "inconsistent" | "strained"));
    let several = same.first().filter(|(_, relation)| relation.facts.len() > 1);
    of_kind.or(doubtful).or(several).map(|(place, _)| *place)
}

impl Case<'_> {
    fn outcome(&self, form: Form) -> Outcome {
        match form {
            _ if self.first_error().is_some() && form == Form::Read => Outcome::Failed,
            _ if self.first_error().is_some() => Outcome::Error,
            _ if !self.accepted.is_empty() || self.untold.is_some() => Outcome::Skipped,
            _ => Outcome::Passed,
        }
    }

    fn first_error(&self) -> Option<&Diagnostic> {
        self.found.iter().find(|diagnostic| diagnostic.severity == Severity::Error).copied()
    }

    fn body(&self, outcome: Outcome) -> String {
        let mut body = String::new();
        let (errors, remarks): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            self.found.iter().partition(|diagnostic| diagnostic.severity == Severity::Error);
        match (outcome, self.first_error()) {
            (Outcome::Failed | Outcome::Error, Some(first)) => {
                let name = if outcome == Outcome::Failed { "failure" } else { "error" };
                let drawn: Vec<String> = errors.iter().map(|diagnostic| human::render(diagnostic, false)).collect();
                let _infallible = writeln!(
                    body,
                    "      <{name} message=\"{}\" type=\"{}\">{}</{name}>",
                    attribute(&first.message),
                    attribute(first.code),
                    text(&drawn.join("\n"))
                );
            }
            (Outcome::Skipped, _) => {
                let reasons = self.accepted.iter().map(|accepted| format!("allowed: {}", accepted.reason));
                let reasons: Vec<String> = reasons.chain(self.untold.map(str::to_owned)).collect();
                let _infallible = writeln!(body, "      <skipped message=\"{}\"/>", attribute(&reasons.join("; ")));
            }
            _ => {}
        }
        if !remarks.is_empty() {
            body.push_str(&system_out(&remarks, "      "));
        }
        body
    }
}

fn system_out(diagnostics: &[&Diagnostic], indent: &str) -> String {
    let drawn: Vec<String> = diagnostics.iter().map(|diagnostic| human::render(diagnostic, false)).collect();
    format!("{indent}<system-out>{}</system-out>\n", text(&drawn.join("\n")))
}

/// A text between tags. XML 1.0 has no place for most control characters, not even escaped.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The value of an attribute; a line end in it would be read as a space.
fn attribute(value: &str) -> String {
    text(value).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_goes_to_the_relation_that_names_its_facts() {
        let facts = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<String>>();
        let (pair, three, single) = (facts(&["a", "b"]), facts(&["a", "b", "c"]), facts(&["c"]));
        let relation = |kind, facts, verdict| Relation {
            path: "",
            line: 1,
            column: 1,
            kind,
            facts,
            verdict,
            margin: None,
            margins: BTreeMap::default(),
            derived: None,
        };
        let relations = [
            relation("part", &pair, "consistent"),
            relation("percentage", &pair, "consistent"),
            relation("total", &three, "inconsistent"),
            relation("equal", &three, "consistent"),
            relation("count", &single, "consistent"),
        ];
        let place = |code, ids: &[&str]| relation_of(&Diagnostic::error(code, "").facts(facts(ids)), &relations);
        assert_eq!(place("percentage-mismatch", &["a", "b"]), Some(1), "the kind decides");
        assert_eq!(place("part-exceeds-whole", &["a", "b"]), Some(0));
        assert_eq!(place("unequal-facts", &["a", "b", "c"]), Some(2), "else the one that does not hold");
        assert_eq!(place("impossible-percentage", &["a", "b"]), Some(0), "else the first");
        assert_eq!(place("count-mismatch", &["c"]), Some(4));
        assert_eq!(place("sources-disagree", &["c"]), None, "a finding about a fact alone");
        assert_eq!(place("total-mismatch", &["a", "c"]), None);
        assert_eq!(place("unreadable-sheet", &[]), None);
    }

    #[test]
    fn nothing_in_a_sheet_becomes_markup() {
        assert_eq!(
            text("a < b && c > d \"e\" ]]>\u{0}\u{1b}[31m\r\u{9b}\u{ffff}"),
            "a &lt; b &amp;&amp; c &gt; d \"e\" ]]&gt;[31m"
        );
        assert_eq!(attribute("\"a\"\n<b>\t'c'"), "&quot;a&quot;&#10;&lt;b&gt;&#9;'c'");
    }
}
