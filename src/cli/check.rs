//! `brief check`: the check stage alone.

use super::output::Output;
use super::{CheckArguments, DiagnosticFormat, Outcome};
use crate::article::Library;
use crate::batch::{self, Sheets};
use crate::catalog::Catalog;
use crate::check::{JsonRelation, Policy, RelationReport};
use crate::diag::json::JsonDiagnostic;
use crate::diag::{Diagnostic, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    relations: Vec<JsonRelation<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    valid: bool,
    sheets: usize,
    facts: usize,
    relations: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    allowed: usize,
}

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
        library: arguments.sources.clone().map(Library::in_folder),
    };
    let mut unread: Vec<Diagnostic> = Vec::new();
    let mut sheets = Sheets::default();
    for path in &arguments.paths {
        match batch::load(path, &catalog, &policy) {
            Ok(loaded) => sheets.extend(loaded),
            Err(error) => unread.push(error.diagnostic()),
        }
    }
    let diagnostics: Vec<&Diagnostic> = unread.iter().chain(sheets.diagnostics()).collect();
    let relations: Vec<&RelationReport> = sheets.relations().collect();
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let summary = Summary {
        valid: errors == 0,
        sheets: sheets.len(),
        facts: sheets.fact_count(),
        relations: relations.len(),
        errors,
        warnings,
        notes: count(Severity::Note),
        allowed: sheets.allowed_count(),
    };
    let verdict = verdict(&summary);
    if arguments.json || arguments.format == DiagnosticFormat::Json {
        let report = Report {
            diagnostics: diagnostics.iter().map(|diagnostic| JsonDiagnostic::from(*diagnostic)).collect(),
            relations: relations.iter().map(|relation| JsonRelation::from(*relation)).collect(),
            summary,
        };
        match serde_json::to_string_pretty(&report) {
            Ok(json) => output.result(&json),
            Err(error) => output.failure(&error.to_string(), None),
        }
    } else {
        for diagnostic in &diagnostics {
            output.diagnostic(diagnostic);
        }
        output.result(&verdict);
    }
    if !unread.is_empty() || sheets.any_unreadable() {
        Outcome::Unusable
    } else if errors > 0 {
        Outcome::Failed
    } else {
        Outcome::Done
    }
}

/// One clear line: valid or invalid, and what was looked at.
fn verdict(summary: &Summary) -> String {
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let mut parts = vec![
        plural(summary.sheets, "sheet"),
        plural(summary.facts, "fact"),
        plural(summary.relations, "relation"),
        plural(summary.errors, "error"),
        plural(summary.warnings, "warning"),
    ];
    if summary.allowed > 0 {
        parts.push(format!("{} allowed", summary.allowed));
    }
    format!("{}: {}", if summary.valid { "valid" } else { "invalid" }, parts.join(", "))
}
