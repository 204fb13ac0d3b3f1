//! Diagnostics and relations for machines, in the form that the design fixes.

use super::report::{Channel, Findings, Part, Report, ReportFormat, Setting, Summary};
use super::{Bounds, Diagnostic, Severity};
use crate::figure::Decimal;
use serde::{Serialize, Serializer};
use std::fmt::Write;
use std::io;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "json",
    about: "everything for programs: findings, relations with verdicts and margins, a summary",
    channel: Channel::Document,
    make: |_: Setting| Box::new(Json),
};

struct Json;

impl Report for Json {
    fn head(&self) -> io::Result<String> {
        Ok("{\n  \"diagnostics\": [".to_owned())
    }

    fn sheet(&self, findings: &Findings<'_>) -> io::Result<Part> {
        let diagnostics = findings.diagnostics.iter().map(|diagnostic| JsonDiagnostic::from(*diagnostic));
        Ok(Part {
            items: diagnostics.map(|diagnostic| item(&diagnostic, 4)).collect::<io::Result<_>>()?,
            later: findings.relations.iter().map(|relation| item(&relation.told(), 4)).collect::<io::Result<_>>()?,
        })
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn middle(&self) -> &'static str {
        "\n  ],\n  \"relations\": ["
    }

    fn tail(&self, summary: &Summary) -> io::Result<String> {
        Ok(format!("\n  ],\n  \"summary\": {}\n}}\n", indented(summary, 2)?))
    }
}

/// A value on lines of its own, each indented by some spaces more; the first stands where it is put.
pub(super) fn indented(value: &impl Serialize, spaces: usize) -> io::Result<String> {
    // A line end within a string is an escape: every one that stands there is between values.
    Ok(escaped(serde_json::to_string_pretty(value)?).replace('\n', &format!("\n{:spaces$}", "")))
}

/// A JSON text with escapes for what JSON lets stand and a terminal would obey: the second set of control characters, and those
/// that turn the direction of writing. They can stand only within strings.
fn escaped(json: String) -> String {
    let acts = |sign: char| matches!(sign, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.contains(acts) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for sign in json.chars() {
        if acts(sign) {
            // Writing to a string cannot fail.
            let _infallible = write!(escaped, "\\u{:04x}", u32::from(sign));
        } else {
            escaped.push(sign);
        }
    }
    escaped
}

/// A value as an element of a list that is indented so.
pub(super) fn item(value: &impl Serialize, spaces: usize) -> io::Result<String> {
    Ok(format!("\n{:spaces$}{}", "", indented(value, spaces)?))
}

/// One diagnostic as JSON has it.
#[derive(Debug, Serialize)]
pub struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    facts: &'a [String],
    stated: Option<Bounds>,
    computed: Option<Bounds>,
    labels: Vec<JsonLabel<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<JsonFix<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonFix<'a> {
    description: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    replacement: &'a str,
}

#[derive(Debug, Serialize)]
struct JsonLabel<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    text: &'a str,
}

impl<'a> From<&'a Diagnostic> for JsonDiagnostic<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        let place = diagnostic.place();
        JsonDiagnostic {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            path: place.map(|(path, _, _)| path),
            line: place.map(|(_, line, _)| line),
            column: place.map(|(_, _, column)| column),
            facts: &diagnostic.facts,
            stated: diagnostic.stated,
            computed: diagnostic.computed,
            labels: diagnostic
                .labels
                .iter()
                .map(|label| {
                    let (line, column) = label.file.line_column(label.span.start);
                    JsonLabel { path: label.file.path(), line, column, text: &label.text }
                })
                .collect(),
            notes: &diagnostic.notes,
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref().map(|fix| {
                let region = fix.file.region(fix.span);
                JsonFix {
                    description: &fix.description,
                    path: fix.file.path(),
                    line: region.start_line,
                    column: region.start_column,
                    end_line: region.end_line,
                    end_column: region.end_column,
                    replacement: &fix.replacement,
                }
            }),
        }
    }
}

/// A decimal as a plain string without trailing zeros: a JSON number would lose digits on the way.
pub fn plain(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

/// Serialises an optional decimal as [`plain`] text or null.
///
/// # Errors
/// Those of the serialiser.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)] // serde passes the field by reference
pub fn optional_decimal<S: Serializer>(decimal: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    decimal.map(plain).serialize(serializer)
}
