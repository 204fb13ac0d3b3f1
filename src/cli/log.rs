//! The log for machines: a JSON object to a line on stderr. `docs/log.md` says what the fields mean.

use super::{briefing, clock};
use crate::batch::manifest::Verdict;
use crate::batch::{BatchError, BuiltFile, Document, Event, Named, Reason};
use crate::diag::Severity;
use crate::language::Language;
use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// How a run is told of on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogForm {
    /// A progress bar on a terminal, plain lines elsewhere
    Auto,
    /// Plain lines
    Plain,
    /// A JSON object to a line, see docs/log.md
    Json,
}

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Info,
    Warning,
    Error,
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Level {
        match severity {
            Severity::Note => Level::Info,
            Severity::Warning => Level::Warning,
            Severity::Error => Level::Error,
        }
    }
}

#[derive(Serialize)]
struct Line<'a, Fields: Serialize> {
    time: String,
    level: Level,
    event: &'a str,
    #[serde(flatten)]
    fields: Fields,
}

/// A line of the log; without its fields if these cannot be written, which none of ours are.
pub(super) fn line(level: Level, event: &str, fields: impl Serialize) -> String {
    let time = clock::now();
    let bare = format!("{{\"event\":{}}}", json!(event));
    serde_json::to_string(&Line { time, level, event, fields }).unwrap_or(bare)
}

/// An event as the log has it. What a sheet's diagnostics say are lines of their own.
pub(super) fn entry(event: &Event<'_>, are_named: bool) -> (Level, &'static str, Value) {
    use Level::{Error, Info, Warning};
    match event {
        Event::Started { version, quarter, folder, sheets } => {
            let fields = json!({
                "version": version, "quarter": quarter.to_string(), "folder": folder.display().to_string(), "sheets": sheets,
            });
            (Info, "started", fields)
        }
        Event::Sheet { loaded, verdict, is_concerned } => {
            let fields = json!({
                "path": loaded.path.display().to_string(), "verdict": verdict, "concerned": is_concerned,
                "facts": loaded.sheet.as_ref().map_or(0, |sheet| sheet.facts.len()),
                "errors": loaded.count(Severity::Error), "warnings": loaded.count(Severity::Warning),
            });
            let level = match (verdict, is_concerned) {
                (Verdict::Valid, _) => Info,
                (_, true) => Error,
                (_, false) => Warning,
            };
            (level, "sheet", fields)
        }
        Event::Checked { group, sheets, facts, relations, errors, warnings } => {
            let fields = json!({
                "group": group, "sheets": sheets, "facts": facts, "relations": relations, "errors": errors,
                "warnings": warnings,
            });
            (Info, "checked", fields)
        }
        Event::Known { group, sheets } => (Info, "known", json!({ "group": group, "sheets": sheets })),
        Event::Planned { documents } => (Info, "planned", json!({ "documents": documents })),
        Event::Unpublished { locality, first } => {
            let fields = json!({ "locality": locality.id, "name": locality.name, "first": first.map(|first| first.to_string()) });
            (if are_named { Error } else { Info }, "unpublished", fields)
        }
        Event::Withheld { locality, languages, why } => {
            let sheets: Vec<String> = why.sheets.iter().map(|path| path.display().to_string()).collect();
            let fields = json!({
                "locality": locality.id, "name": locality.name, "documents": documents(*locality, languages), "errors": why.errors,
                "sheets": sheets, "message": why.to_string(),
            });
            (Error, "withheld", fields)
        }
        Event::Skipped { document, files } => {
            (Info, "skipped", of_document(document, json!({ "files": paths(files.iter()) })))
        }
        Event::Built { document, why, files } => {
            let why: Vec<Value> = why.iter().map(reason).collect();
            (Info, "built", of_document(document, with(written(files), "why", why.into())))
        }
        Event::Remarked { document, message } => {
            (Warning, "remark", of_document(document, json!({ "message": message })))
        }
        Event::Failed { document, error: BatchError::Untraced { diagnostics, .. }, .. } => {
            let message = format!("{} with no figure behind them", crate::diag::plural(diagnostics.len(), "number"));
            let fields = json!({
                "locality": document.name, "name": Value::Null, "documents": [document.key()], "errors": diagnostics.len(),
                "sheets": [], "message": message,
            });
            (Error, "withheld", fields)
        }
        Event::Failed { document, error, files } => {
            let fields = with(written(files), "message", error.to_string().into());
            (Error, "failed", of_document(document, with(fields, "help", briefing::help(error).into())))
        }
        Event::Orphaned { file } => (Warning, "orphaned", json!({ "file": file.display().to_string() })),
        Event::Stopped { done, left } => (Warning, "stopped", json!({ "done": done, "left": left })),
        Event::Refused { error } => (Error, "refused", refused(&error.to_string(), briefing::help(error))),
        Event::Finished { summary } => {
            let level = match (summary.withheld + summary.failed, summary.left) {
                (0, 0) => Info,
                (0, _) => Warning,
                _ => Error,
            };
            (level, "finished", json!(summary))
        }
    }
}

/// What is said of an order that cannot be carried out.
pub(super) fn refused(message: &str, help: Option<&str>) -> Value {
    json!({ "message": message, "help": help })
}

fn documents(locality: Named<'_>, languages: &BTreeSet<Language>) -> Vec<String> {
    languages.iter().map(|language| format!("{}.{language}", locality.id)).collect()
}

fn of_document(document: &Document, fields: Value) -> Value {
    let fields = with(fields, "document", document.key().into());
    with(with(fields, "locality", document.name.as_str().into()), "language", document.language.to_string().into())
}

fn with(fields: Value, key: &str, value: Value) -> Value {
    let mut fields = match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.insert(key.to_owned(), value);
    Value::Object(fields)
}

fn written(files: &[BuiltFile]) -> Value {
    let (written, unchanged): (Vec<&BuiltFile>, Vec<&BuiltFile>) = files.iter().partition(|file| file.is_written);
    json!({ "written": paths(written.into_iter()), "unchanged": paths(unchanged.into_iter()) })
}

fn paths<'a>(files: impl Iterator<Item = &'a BuiltFile>) -> Vec<String> {
    files.map(|file| file.path.display().to_string()).collect()
}

/// A reason with its parts for machines, and in words.
fn reason(reason: &Reason) -> Value {
    with(json!(reason), "text", reason.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Change, Subject, Summary};
    use std::path::Path;

    fn document() -> Document {
        Document { subject: Subject::Comparison, language: Language::Vi, name: "nghe-an/16681-vinh-hung".to_owned() }
    }

    fn file(name: &str, is_written: bool) -> BuiltFile {
        BuiltFile { path: name.into(), is_written }
    }

    #[test]
    fn a_document_is_told_with_its_unit_its_language_and_what_became_of_its_files() {
        let (document, files) = (document(), [file("a.md", true), file("a.pdf", false)]);
        let (level, name, fields) = entry(&Event::Skipped { document: &document, files: &files[1..] }, false);
        assert_eq!((level, name), (Level::Info, "skipped"));
        assert_eq!(
            fields,
            json!({
                "document": "nghe-an/16681-vinh-hung.vi", "locality": "nghe-an/16681-vinh-hung", "language": "vi",
                "files": ["a.pdf"],
            })
        );
        let why = [Reason::Layout { from: "briefing".to_owned(), to: "decree-30".to_owned() }];
        let (_, name, fields) = entry(&Event::Built { document: &document, why: &why, files: &files }, false);
        assert_eq!(name, "built");
        assert_eq!(fields["written"], json!(["a.md"]));
        assert_eq!(fields["unchanged"], json!(["a.pdf"]));
        assert_eq!(
            fields["why"],
            json!([{
                "reason": "layout", "from": "briefing", "to": "decree-30",
                "text": "the layout changed from briefing to decree-30",
            }])
        );
    }

    #[test]
    fn reasons_are_for_machines_and_in_words() {
        let file = || "nghe-an.yaml".to_owned();
        for (why, code, text) in [
            (Reason::NoRecord, "no-record", "there is no record of an earlier run"),
            (Reason::Program, "program", "the program changed"),
            (Reason::Sheet { file: file(), change: Change::Changed }, "sheet", "the sheet nghe-an.yaml changed"),
            (Reason::Template { file: file(), change: Change::Gone }, "template", "the template nghe-an.yaml is gone"),
            (Reason::Font { file: file(), change: Change::New }, "font", "the font nghe-an.yaml is new"),
            (Reason::Office { change: Change::Changed }, "office", "the issuing office changed"),
            (Reason::Missing { file: file() }, "missing", "the report nghe-an.yaml is missing"),
            (Reason::Altered { file: file() }, "altered", "the report nghe-an.yaml is not as it was written"),
        ] {
            let told = reason(&why);
            assert_eq!((&told["reason"], &told["text"]), (&json!(code), &json!(text)));
        }
    }

    #[test]
    fn what_is_left_is_a_warning_and_what_is_missing_an_error() {
        let level = |withheld, failed, left| {
            let summary = Summary { withheld, failed, left, ..Summary::default() };
            entry(&Event::Finished { summary: &summary }, false).0
        };
        assert_eq!(level(0, 0, 0), Level::Info);
        assert_eq!(level(0, 0, 3), Level::Warning);
        assert_eq!((level(1, 0, 3), level(0, 1, 0)), (Level::Error, Level::Error));
        let stopped = entry(&Event::Stopped { done: 5, left: 3 }, false);
        assert_eq!(stopped, (Level::Warning, "stopped", json!({ "done": 5, "left": 3 })));
        let orphaned = entry(&Event::Orphaned { file: Path::new("reports/2026-Q3/long-an.en.pdf") }, false);
        assert_eq!(orphaned, (Level::Warning, "orphaned", json!({ "file": "reports/2026-Q3/long-an.en.pdf" })));
    }
}
