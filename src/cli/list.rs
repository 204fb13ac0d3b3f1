//! `brief list`: what the catalogue knows.

use super::output::Output;
use super::{Listed, Outcome};
use crate::catalog::Catalog;
use crate::figure::Unit;
use crate::language::Language;
use serde_json::{Value, json};

pub(super) fn run(what: Listed, as_json: bool, output: &Output) -> Outcome {
    let catalog = match Catalog::builtin() {
        Ok(catalog) => catalog,
        Err(error) => {
            output.failure(&error.to_string(), None);
            return Outcome::Machine;
        }
    };
    let rows = rows(what, &catalog);
    if as_json {
        output.result(&Value::Array(rows.into_iter().map(|(_, value)| value).collect()).to_string());
    } else {
        let lines: Vec<String> = rows.into_iter().map(|(line, _)| line).collect();
        output.result(&lines.join("\n"));
    }
    Outcome::Done
}

fn rows(what: Listed, catalog: &Catalog) -> Vec<(String, Value)> {
    match what {
        Listed::Provinces => catalog
            .provinces
            .iter()
            .map(|province| {
                let (en, vi) = (province.name(Language::En), province.name(Language::Vi));
                let until = province.until.map(|day| format!("until {day}"));
                let since = province.from.map(|day| format!("from {day}"));
                let validity = since.or(until).unwrap_or_default();
                let line = format!("{:<26} {:>2}  {en} · {vi}  {validity}", province.id, province.code);
                let value = json!({
                    "id": province.id, "code": province.code, "en": en, "vi": vi,
                    "from": province.from.map(|day| day.to_string()), "until": province.until.map(|day| day.to_string()),
                    "successor": province.successor,
                });
                (line.trim_end().to_owned(), value)
            })
            .collect(),
        Listed::Indicators => catalog
            .indicators
            .iter()
            .map(|indicator| {
                let (en, vi) = (indicator.label(Language::En), indicator.label(Language::Vi));
                let line = format!("{:<34} {:<6} {:<6} {en} · {vi}", indicator.id, indicator.kind.name(), indicator.unit.code());
                let value = json!({
                    "id": indicator.id, "theme": indicator.theme, "kind": indicator.kind.name(), "unit": indicator.unit.code(),
                    "en": en, "vi": vi,
                });
                (line, value)
            })
            .collect(),
        Listed::Places => catalog
            .places
            .iter()
            .map(|place| {
                let (en, vi) = (place.name(Language::En), place.name(Language::Vi));
                let line = format!("{:<30} {:<6} {en} · {vi}", place.id, place.iso.as_deref().unwrap_or_default());
                (line, json!({"id": place.id, "iso": place.iso, "country": place.country, "en": en, "vi": vi}))
            })
            .collect(),
        Listed::Units => Unit::all()
            .map(|unit| {
                let (en, vi) = (unit.label(Language::En), unit.label(Language::Vi));
                // Things counted have no word of their own.
                let line = if en.is_empty() { unit.code().to_owned() } else { format!("{:<10} {en} · {vi}", unit.code()) };
                (line, json!({"code": unit.code(), "en": en, "vi": vi}))
            })
            .collect(),
        Listed::Codes => super::explain::all()
            .map(|(of, code, severity, explanation)| {
                let summary = explanation.lines().next().unwrap_or_default();
                let line = format!("{code:<28} {:<8} {summary}", severity.to_string());
                (line, json!({"code": code, "of": of, "severity": severity, "summary": summary}))
            })
            .collect(),
    }
}
