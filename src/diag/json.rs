//! Diagnostics and relations for machines, in the form that the design fixes.

use super::{Bounds, Diagnostic, Severity};
use crate::figure::Decimal;
use serde::{Serialize, Serializer};

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
