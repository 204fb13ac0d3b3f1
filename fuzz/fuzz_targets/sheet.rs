//! Any bytes are loaded and checked without a panic, and every finding points into them.
#![no_main]

use brief::catalog::Catalog;
use brief::check::{Policy, check};
use brief::diag::{Diagnostic, Severity, SourceFile};
use brief::sheet::load;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|text: &str| {
    let file = Arc::new(SourceFile::new("sheet.yaml", text));
    match load(&file) {
        Err(faults) => {
            assert!(!faults.is_empty(), "a sheet is refused without a reason");
            faults.iter().for_each(|fault| points_into(text, fault));
        }
        Ok(sheet) => {
            let catalog = Catalog::builtin().expect("the catalogue is sound");
            let checked = check(&sheet, &catalog, &Policy::default());
            checked.diagnostics.iter().for_each(|found| points_into(text, found));
            checked.allowed.iter().for_each(|allowed| points_into(text, &allowed.diagnostic));
            let has_errors = checked.diagnostics.iter().any(|found| found.severity == Severity::Error);
            assert!(!(has_errors && checked.sheet.is_some()), "a sheet with errors was sealed");
            let lines = text.lines().count() + 1;
            assert!(checked.relations.iter().all(|relation| (1..=lines).contains(&relation.place.1)));
        }
    }
});

fn points_into(text: &str, found: &Diagnostic) {
    assert!(found.place().is_some(), "no place: {found:?}");
    for label in &found.labels {
        let slice = text.get(label.span.start..label.span.end);
        assert!(slice.is_some(), "{:?} is no part of a text of {} bytes: {found:?}", label.span, text.len());
    }
}
