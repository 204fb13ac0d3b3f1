//! The check stage: a fact sheet's form and arithmetic, every finding collected, and what passed sealed for the briefing.

mod checked;
pub mod conflict;
mod coverage;
pub mod expression;
mod facts;
pub mod formula;
pub mod fraction;
mod joint;
pub mod judge;
mod known;
pub mod locate;
mod margin;
mod measure;
mod order;
pub mod parse;
mod policy;
pub mod propagate;
mod provenance;
pub mod range;
mod relate;
mod report;
mod rules;
mod settle;
pub mod solve;
mod tie;

pub use checked::{CheckedEvent, CheckedFact, CheckedPartner, CheckedSheet, PrintedValue, Time, Value};
pub use policy::{Allowed, Policy};
pub use report::{Derived, RelationReport};
pub use rules::{Claim, FirstSheets, Rule, UNTRACED_NUMBER};

use crate::catalog::{Catalog, Locality};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{FactSheet, UNREADABLE_SHEET};
use facts::Facts;
use joint::Joint;
use provenance::Provenance;
use rules::{Context, FORM, HYGIENE, MOST_COMPARISONS, RULES};
use std::cell::Cell;
use std::collections::BTreeSet;

/// What the check of one sheet gives.
#[derive(Debug)]
pub struct Checked {
    /// Every finding that policy leaves, in the order of the sheet.
    pub diagnostics: Vec<Diagnostic>,
    /// What the sheet allows.
    pub allowed: Vec<Allowed>,
    /// Every relation that could be judged.
    pub relations: Vec<RelationReport>,
    /// The sheet, if it has no error.
    pub sheet: Option<CheckedSheet>,
}

/// Every rule, in the table's order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FORM.iter().chain(RULES).chain(HYGIENE)
}

/// For each sheet of a run, in order, the diagnostic that it is the second of its province.
pub fn duplicate_provinces(sheets: &[Option<(&Locality, &FactSheet)>]) -> Vec<Option<Diagnostic>> {
    rules::across(sheets)
}

/// Checks a sheet: what was known of it on the day that the policy names, or all of it.
pub fn check(sheet: &FactSheet, catalog: &Catalog, policy: &Policy) -> Checked {
    let mut checked = check_known(sheet, catalog, policy, true);
    if let (Some(passed), Some(_)) = (&mut checked.sheet, policy.known_by) {
        passed.first_known = known::first_day(sheet);
    }
    checked
}

/// The same for what is found alone: no sheet is sealed.
pub fn examine(sheet: &FactSheet, catalog: &Catalog, policy: &Policy) -> Checked {
    check_known(sheet, catalog, policy, false)
}

fn check_known(sheet: &FactSheet, catalog: &Catalog, policy: &Policy, seals: bool) -> Checked {
    match policy.known_by {
        None => check_all(sheet, catalog, policy, seals),
        Some(day) => check_all(&known::on(sheet, day), catalog, policy, seals),
    }
}

fn check_all(sheet: &FactSheet, catalog: &Catalog, policy: &Policy, seals: bool) -> Checked {
    let mut found = Vec::new();
    let catalog = catalog.with_places(sheet.places.clone()).unwrap_or_else(|fault| {
        found.push(Diagnostic::error(UNREADABLE_SHEET, format!("`places:` {fault}")).at(
            &sheet.file,
            sheet.province.span,
            "in this sheet",
        ));
        catalog.clone()
    });
    let facts = Facts::new(sheet, &catalog);
    let judged = relate::judge_all(&facts);
    let joint = Joint::of(&judged);
    let provenance = policy.library.as_ref().map(|library| Provenance::of(&facts, library));
    let provenance = provenance.as_ref();
    let none = BTreeSet::new();
    let before_policy = Context {
        facts: &facts,
        judged: &judged,
        joint: &joint,
        provenance,
        matched: &none,
        today: policy.today,
        known_by: policy.known_by,
        comparisons: Cell::new(MOST_COMPARISONS),
    };
    for rule in RULES {
        rule.check(&before_policy, &mut found);
    }
    let (allowed, matched) = policy::apply(sheet, policy, &mut found);
    // What an allowance hides is doubtful of a figure; that an allowance hides nothing is not.
    let warnings: Vec<Diagnostic> =
        found.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).cloned().collect();
    let after_policy = Context { matched: &matched, comparisons: Cell::new(MOST_COMPARISONS), ..before_policy };
    let mut hygiene = Vec::new();
    for rule in HYGIENE {
        rule.check(&after_policy, &mut hygiene);
    }
    policy::grade(policy, &mut hygiene);
    found.extend(hygiene);
    found.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    let relations: Vec<RelationReport> = judged
        .iter()
        .filter_map(|judged| judged.as_ref().ok())
        .map(|judged| {
            let place = sheet.file.line_column(judged.relation.span.start);
            RelationReport::of(judged, sheet.file.path(), place)
        })
        .collect();
    let has_errors = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let seals = seals && !has_errors;
    let checked = if seals { settle::settle(&facts, &judged, &relations, &warnings, &allowed) } else { None };
    Checked { diagnostics: found, allowed, relations, sheet: checked }
}
