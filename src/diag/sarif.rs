//! Findings as SARIF 2.1.0, for code scanning and for editors.
//! See docs.oasis-open.org/sarif/sarif/v2.1.0; section numbers below are of that text.

use super::json::{indented, item};
use super::report::{self, Accepted, Channel, Findings, Part, Report, ReportFormat, RuleText, Setting, Summary};
use super::{ByteSpan, Diagnostic, Fix, Label, SourceFile};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning and editors; what a sheet allows is in it, suppressed",
    channel: Channel::Document,
    make: |setting: Setting| Box::new(Sarif { rules: setting.rules }),
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What a path keeps in an address: RFC 3986's unreserved characters, and the slashes between its parts.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// Our own name of the fingerprint, with its version (§3.27.17).
const FINGERPRINT: &str = "finding/v1";
/// Bytes of a hash that tell the findings of a run apart.
const FINGERPRINT_BYTES: usize = 16;

struct Sarif {
    rules: Vec<RuleText>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<ReportingDescriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor<'a> {
    id: &'a str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: String,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: String,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    /// Empty where nothing is suppressed: either every result of a run has the list or none (§3.27.23).
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)] // as the standard names them
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)] // as the standard names them
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

impl Report for Sarif {
    fn head(&self) -> io::Result<String> {
        let rules = self.rules.iter().map(descriptor).collect();
        let driver = Driver { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules };
        Ok(format!(
            "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {{\n      \"tool\": {},\n      \
             \"columnKind\": \"unicodeCodePoints\",\n      \"results\": [",
            indented(&Tool { driver }, 6)?
        ))
    }

    fn sheet(&self, findings: &Findings<'_>) -> io::Result<Part> {
        let mut seen = BTreeMap::new();
        let open = findings.diagnostics.iter().map(|diagnostic| (*diagnostic, None));
        let accepted = findings.accepted.iter().map(|Accepted { diagnostic, reason }| (*diagnostic, Some(*reason)));
        let items = open.chain(accepted).map(|(diagnostic, reason)| {
            let mut result = self.result(diagnostic, reason);
            result.partial_fingerprints.insert(FINGERPRINT, fingerprint(diagnostic, &mut seen));
            item(&result, 8)
        });
        Ok(Part::now(items.collect::<io::Result<_>>()?))
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn tail(&self, summary: &Summary) -> io::Result<String> {
        // A sheet that cannot be read was not checked: the run as a whole did not do what it was asked (§3.20.14).
        let invocations = [Invocation { execution_successful: summary.unread == 0 }];
        Ok(format!("\n      ],\n      \"invocations\": {}\n    }}\n  ]\n}}\n", indented(&invocations, 6)?))
    }
}

impl Sarif {
    fn result<'a>(&self, diagnostic: &'a Diagnostic, reason: Option<&'a str>) -> SarifResult<'a> {
        let mut labels = diagnostic.labels.iter();
        SarifResult {
            rule_id: diagnostic.code,
            rule_index: self.rules.iter().position(|rule| rule.code == diagnostic.code),
            level: diagnostic.severity.to_string(),
            message: message(report::full_message(diagnostic, false)),
            locations: labels.next().map(|label| location(label, None)).into_iter().collect(),
            related_locations: labels.enumerate().map(|(at, label)| location(label, Some(at + 1))).collect(),
            partial_fingerprints: BTreeMap::new(),
            suppressions: reason
                .map(|justification| Suppression { kind: "inSource", status: "accepted", justification })
                .into_iter()
                .collect(),
            fixes: diagnostic.fix.iter().map(fix).collect(),
        }
    }
}

fn descriptor(rule: &RuleText) -> ReportingDescriptor<'_> {
    const HELP: &str = "What to do: ";
    let (summary, rest) = rule.explanation.split_once('\n').unwrap_or((rule.explanation, ""));
    let (description, help) = rest.split_once(HELP).unwrap_or((rest, summary));
    ReportingDescriptor {
        id: rule.code,
        short_description: message(summary),
        full_description: message(description.trim()),
        help: message(help.trim()),
        default_configuration: Configuration { level: rule.severity.to_string() },
    }
}

fn message(text: impl Into<String>) -> Message {
    Message { text: text.into() }
}

fn location(label: &Label, id: Option<usize>) -> Location {
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: artifact(&label.file),
            region: region(&label.file, label.file.trimmed(label.span)),
        },
        message: (!label.text.is_empty()).then(|| message(&label.text)),
    }
}

fn artifact(file: &SourceFile) -> ArtifactLocation {
    let path = report::forward(file.path());
    let encoded = utf8_percent_encode(&path, PATH);
    let uri = if Path::new(&path).is_absolute() {
        format!("file://{}{encoded}", if path.starts_with('/') { "" } else { "/" })
    } else {
        encoded.to_string()
    };
    ArtifactLocation { uri }
}

fn region(file: &SourceFile, span: ByteSpan) -> Region {
    let super::Region { start_line, start_column, end_line, end_column } = file.region(span);
    Region { start_line, start_column, end_line, end_column }
}

fn fix(fix: &Fix) -> SarifFix {
    let replacement =
        Replacement { deleted_region: region(&fix.file, fix.span), inserted_content: message(&fix.replacement) };
    SarifFix {
        description: message(&fix.description),
        artifact_changes: vec![ArtifactChange {
            artifact_location: artifact(&fix.file),
            replacements: vec![replacement],
        }],
    }
}

/// What stays the same of a finding when lines move: its code, file, facts and the text that is underlined, or the message
/// where there is neither; and how many like it came before in the sheet.
fn fingerprint(diagnostic: &Diagnostic, seen: &mut BTreeMap<String, usize>) -> String {
    let primary = diagnostic.labels.first();
    let path = primary.map(|label| report::forward(label.file.path())).unwrap_or_default();
    let text = primary.map(|label| label.file.slice(label.file.trimmed(label.span))).unwrap_or_default();
    let mut parts = vec![diagnostic.code, &path];
    parts.extend(diagnostic.facts.iter().map(String::as_str));
    parts.push(if text.is_empty() && diagnostic.facts.is_empty() { &diagnostic.message } else { text });
    let identity = parts.join("\0");
    let before = seen.entry(identity.clone()).or_default();
    let hash = Sha256::digest(format!("{identity}\0{before}").as_bytes());
    *before += 1;
    hash.iter().take(FINGERPRINT_BYTES).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn file(path: &str, text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(path, text))
    }

    /// A finding about the text `2`.
    fn finding(text: &str) -> Diagnostic {
        let start = text.find('2').unwrap();
        let span = ByteSpan { start, end: start + 1 };
        Diagnostic::error("total-mismatch", "no").at(&file("a.yaml", text), span, "").facts(["b"])
    }

    #[test]
    fn a_path_is_an_address() {
        for (path, uri) in [
            ("fixtures/nghe-an.yaml", "fixtures/nghe-an.yaml"),
            ("./fixtures/nghe-an.yaml", "fixtures/nghe-an.yaml"),
            (".//nghe-an.yaml", "nghe-an.yaml"),
            ("../sheets/Nghệ An 50%.yaml", "../sheets/Ngh%E1%BB%87%20An%2050%25.yaml"),
            ("a:b#c?d.yaml", "a%3Ab%23c%3Fd.yaml"),
            ("/tmp/a b.yaml", "file:///tmp/a%20b.yaml"),
        ] {
            assert_eq!(artifact(&file(path, "")).uri, uri, "{path}");
        }
    }

    #[test]
    fn a_fingerprint_stays_when_lines_move_and_tells_findings_apart() {
        let mark = |diagnostic: &Diagnostic| fingerprint(diagnostic, &mut BTreeMap::new());
        let here = mark(&finding("a: 1\nb: 2\n"));
        assert_eq!(here, mark(&finding("# a remark\n\na: 1\nc: 3\nb:  2\n")), "moved");
        assert_ne!(here, mark(&finding("b: 2\n").facts(["c"])), "of other facts");
        let mut seen = BTreeMap::new();
        let twice: Vec<String> = (0..2).map(|_| fingerprint(&finding("b: 2\n"), &mut seen)).collect();
        assert_eq!(twice.first(), Some(&here));
        assert_ne!(twice.first(), twice.last(), "the second of its kind");
    }

    #[test]
    fn the_one_correction_is_a_replacement_of_what_is_wrong() {
        let yaml = file("a.yaml", "b: gần 9,98 tỉ\n");
        let start = yaml.text().find("9,98").unwrap();
        let span = ByteSpan { start, end: start + 4 };
        let finding = Diagnostic::error("total-mismatch", "no").fix(&yaml, span, "8,99", "write 8,99 for 9,98");
        let result = Sarif { rules: Vec::new() }.result(&finding, None).fixes;
        assert_eq!(
            serde_json::to_value(&result).unwrap(),
            serde_json::json!([{
                "description": {"text": "write 8,99 for 9,98"},
                "artifactChanges": [{
                    "artifactLocation": {"uri": "a.yaml"},
                    "replacements": [{
                        "deletedRegion": {"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 12},
                        "insertedContent": {"text": "8,99"},
                    }],
                }],
            }])
        );
    }
}
