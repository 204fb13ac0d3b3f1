//! `brief figure`: how a figure is read.

use super::output::Output;
use super::{FigureArguments, Outcome};
use crate::figure::{self, Figure, Interval, ReadError, Unit, format, report::Report};
use crate::language::Language;

pub(super) fn run(arguments: &FigureArguments, output: &Output) -> Outcome {
    let answer = figure::read(&arguments.text, arguments.lang);
    if arguments.json {
        match serde_json::to_string(&Report::new(&answer)) {
            Ok(json) => output.result(&json),
            Err(error) => output.failure(&error.to_string(), None),
        }
    } else {
        match &answer {
            Ok(figure) => output.result(&describe(figure)),
            Err(error) => refuse(error, output),
        }
    }
    if answer.is_ok() { Outcome::Done } else { Outcome::Failed }
}

fn refuse(error: &ReadError, output: &Output) {
    output.failure(&format!("[{}] {error}", error.code()), Some(error.help()));
    for reading in error.readings() {
        output.progress(&format!("  read as {}: {}", reading.language, format::number(reading.value, Language::En)));
    }
}

fn describe(figure: &Figure) -> String {
    let unit =
        if figure.unit() == Unit::COUNT { "a number of things".to_owned() } else { figure.unit().code().to_owned() };
    let value =
        figure.value().map_or_else(|| "a range".to_owned(), |value| format::number(value.normalize(), Language::En));
    let lines = [
        ("figure", format!("{} / {}", format::figure(figure, Language::En), format::figure(figure, Language::Vi))),
        ("value", value),
        ("unit", unit),
        ("hedge", figure.hedge().code().to_owned()),
        ("expected", interval(figure.expected())),
        ("strict", interval(figure.strict())),
    ];
    lines.map(|(name, text)| format!("{name:<9} {text}")).join("\n")
}

fn interval(interval: Interval) -> String {
    let end = |end: Option<figure::Decimal>, open: &str| {
        end.map_or_else(|| open.to_owned(), |end| format::number(end.normalize(), Language::En))
    };
    format!("{} to {}", end(interval.lower, "any"), end(interval.upper, "any"))
}
