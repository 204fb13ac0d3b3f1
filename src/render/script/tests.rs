use super::view::{Fields, Value};
use super::{built_in, compile, run};
use crate::batch;
use crate::catalog::Catalog;
use crate::check::Policy;
use crate::compare::{Comparison, compare};
use crate::language::Language;
use crate::render::template::Parsed;
use crate::render::terms::Terms;
use crate::render::words::Words;
use crate::render::{COMPARATIVE, PROVINCE, TERMS, comparative, overrides, province};
use serde::Serialize;
use serde_json::Value as Json;
use std::path::Path;

fn text(language: Language, name: &str) -> &'static str {
    let built_in = crate::render::built_in(language);
    built_in.iter().find(|(known, _)| *known == name).unwrap().1
}

fn terms(language: Language) -> Terms {
    overrides::terms(TERMS.to_owned(), text(language, TERMS)).unwrap()
}

/// The shipped sheets, by the end of a quarter.
fn comparison(catalog: &Catalog, quarter: &str) -> Comparison {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let sheets = batch::load(&fixtures, catalog, &Policy::default()).unwrap();
    let columns: Vec<_> = sheets.iter().map(|loaded| (loaded.locality.as_ref().unwrap(), loaded.passed())).collect();
    compare(&columns, catalog, quarter.parse().unwrap())
}

#[test]
fn the_templates_in_the_program_are_those_that_the_library_reads() {
    let mut source = String::new();
    for language in Language::ALL {
        for (name, template) in [("PROVINCE", PROVINCE), ("COMPARATIVE", COMPARATIVE)] {
            let name = format!("{}_{name}", language.code().to_uppercase());
            source.push_str(&compile::constant(&name, text(language, template)).unwrap());
        }
    }
    assert_eq!(source, include_str!(concat!(env!("OUT_DIR"), "/templates.rs")));
}

#[test]
fn the_terms_in_the_program_are_those_of_the_file() {
    for language in Language::ALL {
        let ready: Terms = serde_json::from_str(built_in::terms(language)).unwrap();
        assert_eq!(serde_json::to_value(ready).unwrap(), serde_json::to_value(terms(language)).unwrap());
    }
}

#[test]
fn the_program_makes_of_a_template_what_the_library_makes() {
    let catalog = Catalog::builtin().unwrap();
    for quarter in ["2026-Q3", "2023-Q4", "2019-Q1"] {
        let comparison = comparison(&catalog, quarter);
        for language in Language::ALL {
            let words = Words::new(language, terms(language)).about(&comparison);
            for column in 0..comparison.columns.len() {
                let context = province::context(&comparison, &catalog, column, &words.of_column(&comparison, column));
                holds(language, PROVINCE, &context);
            }
            holds(language, COMPARATIVE, &comparative::context(&comparison, &catalog, &words));
        }
    }
}

fn holds(language: Language, name: &str, context: &(impl Serialize + Fields)) {
    let ran = run(built_in::script(language, name).unwrap(), context).unwrap();
    let parsed = Parsed::new(name, text(language, name)).unwrap().run(name, context).unwrap();
    assert_eq!(ran.text, parsed.text);
    assert_eq!(ran.ends, parsed.ends);
    assert_same(Value::Fields(context), &serde_json::to_value(context).unwrap(), name);
}

/// The context that a built-in template walks has what a user's template is given.
fn assert_same(value: Value<'_>, json: &Json, path: &str) {
    match (value, json) {
        (Value::Null, Json::Null) => {}
        (Value::Bool(value), Json::Bool(json)) => assert_eq!(value, *json, "{path}"),
        (Value::Text(value), Json::String(json)) => assert_eq!(value, json, "{path}"),
        (Value::List(list), Json::Array(entries)) => {
            assert_eq!(list.count(), entries.len(), "{path}");
            for (at, entry) in entries.iter().enumerate() {
                assert_same(list.entry(at).unwrap(), entry, &format!("{path}.{at}"));
            }
        }
        (Value::Fields(fields), Json::Object(entries)) => {
            for (name, entry) in entries {
                let path = format!("{path}.{name}");
                let value = fields.field(name);
                assert!(value.is_some(), "{path}");
                assert_same(value.unwrap(), entry, &path);
            }
        }
        _ => panic!("{path} is not what it is in the JSON"),
    }
}

#[test]
fn a_template_that_names_what_is_not_there_is_left_to_the_library() {
    struct Nothing;
    impl Fields for Nothing {
        fn field(&self, _: &str) -> Option<Value<'_>> {
            None
        }
    }
    assert!(run(built_in::script(Language::En, PROVINCE).unwrap(), &Nothing).is_none());
}

#[test]
fn what_no_built_in_template_may_use_is_refused() {
    for text in [
        "{{#each list as |entry|}}{{/each}}",
        "{{lookup list \"a\"}}",
        "{{#if (gt number 3)}}{{/if}}",
        "{{../name}}",
        "{{#each list}}{{../../name}}{{/each}}",
        "{{#if a}}{{else if b}}{{/if}}",
        "{{#each list}}{{else}}none{{/each}}",
        "{{len}}",
        "{{@index}}",
        "{{list.0}}",
        "{{> partial}}",
        "{{x",
    ] {
        assert!(compile::constant("X", text).is_err(), "{text}");
    }
}
