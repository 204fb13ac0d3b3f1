//! What a check result, in the form of `brief check --json`, tells of each of its sheets: drawn once for all the results that the sheet is
//! in.

use super::sheets::{self, Loaded, Sheets};
use crate::catalog::Catalog;
use crate::check::Policy;
use crate::diag::{
    self, Detail, Diagnostic, Findings, Part, Relation, Report, ReportFormat, Setting, SourceFile, Summary,
};
use std::io;
use std::sync::Arc;

/// What is told of a sheet.
#[derive(Debug)]
pub(super) struct Told {
    part: Part,
    summary: Summary,
}

/// A relation, told of another file.
#[derive(Debug)]
struct Moved<'a> {
    relation: &'a dyn diag::Told,
    path: &'a str,
}

impl diag::Told for Moved<'_> {
    fn told(&self) -> Relation<'_> {
        Relation { path: self.path, ..self.relation.told() }
    }
}

impl Told {
    /// What is told of a sheet that was checked.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub(super) fn of(findings: &Findings<'_>) -> io::Result<Told> {
        Ok(Told { part: report()?.sheet(findings)?, summary: Summary::of(findings) })
    }

    /// What would be told of a sheet that passed, were it read under another name and checked by another policy. It is not checked
    /// again where that would find the same.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub(super) fn under(
        file: &Arc<SourceFile>,
        loaded: &Loaded,
        (checked_by, policy): (&Policy, &Policy),
        catalog: &Catalog,
    ) -> io::Result<Told> {
        let (Some(sheet), Some(checked)) = (&loaded.sheet, &loaded.checked) else {
            return Told::anew(file, policy, catalog);
        };
        if !loaded.faults.is_empty() || !checked_by.finds_the_same(policy, sheet) {
            return Told::anew(file, policy, catalog);
        }
        let diagnostics: Vec<Diagnostic> =
            checked.diagnostics.iter().map(|diagnostic| diagnostic.moved(&sheet.file, file)).collect();
        let mut findings = loaded.findings();
        file.path().clone_into(&mut findings.path);
        findings.diagnostics = diagnostics.iter().collect();
        let path = file.path();
        let moved: Vec<Moved<'_>> =
            findings.relations.iter().map(|relation| Moved { relation: *relation, path }).collect();
        findings.relations = moved.iter().map(|relation| relation as &dyn diag::Told).collect();
        Told::of(&findings)
    }

    fn anew(file: &Arc<SourceFile>, policy: &Policy, catalog: &Catalog) -> io::Result<Told> {
        let checked: Sheets = sheets::load_files(&[Arc::clone(file)], catalog, policy);
        let findings = checked.iter().next().map(Loaded::findings);
        Told::of(&findings.ok_or_else(|| io::Error::other("a sheet was not checked"))?)
    }

    /// The check result of sheets, in their order.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub(super) fn together(told: &[&Told]) -> io::Result<String> {
        let report = report()?;
        let mut summary = Summary::default();
        for told in told {
            summary.add(&told.summary);
        }
        let items = told.iter().flat_map(|told| &told.part.items).map(String::as_str);
        let later = told.iter().flat_map(|told| &told.part.later).map(String::as_str);
        let mut text = report.head()?;
        join(&mut text, items, report.separator());
        text.push_str(report.middle());
        join(&mut text, later, report.separator());
        text.push_str(&report.tail(&summary)?);
        Ok(text)
    }
}

fn join<'a>(text: &mut String, items: impl Iterator<Item = &'a str>, separator: &str) {
    for (place, item) in items.enumerate() {
        if place > 0 {
            text.push_str(separator);
        }
        text.push_str(item);
    }
}

fn report() -> io::Result<Box<dyn Report>> {
    let format = ReportFormat::named("json").ok_or_else(|| io::Error::other("there is no such format"))?;
    Ok((format.make)(Setting { colour: false, detail: Detail::Everything, rules: Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_under_another_day_is_what_a_check_on_it_would_tell() {
        let catalog = Catalog::builtin().unwrap();
        let policy = |today: &str| Policy {
            today: Some(today.parse().unwrap()),
            known_by: Some("2026-09-30".parse().unwrap()),
            ..Policy::default()
        };
        let (on_the_day, later) = (policy("2026-09-30"), policy("2026-11-29"));
        let file = |name: &str| Arc::new(SourceFile::new(name, include_str!("../../fixtures/nghe-an.yaml")));
        for (one, other) in [(&on_the_day, &later), (&later, &on_the_day)] {
            let loaded = sheets::load_files(&[file("a.yaml")], &catalog, one);
            let loaded = loaded.iter().next().unwrap();
            let (sheet, checked) = (loaded.sheet.as_ref().unwrap(), loaded.checked.as_ref().unwrap());
            assert!(checked.diagnostics.iter().any(|diagnostic| diagnostic.code == "stale-fact"));
            assert!(one.finds_the_same(other, sheet));
            let told = Told::under(&file("b.yaml"), loaded, (one, other), &catalog).unwrap();
            let anew = Told::anew(&file("b.yaml"), other, &catalog).unwrap();
            assert_eq!(Told::together(&[&told]).unwrap(), Told::together(&[&anew]).unwrap());
        }
    }
}
