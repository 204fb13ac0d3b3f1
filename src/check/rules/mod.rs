//! The rules: one file each, one table.

mod doubt;
mod form;
mod mismatch;
mod near;
mod respell;
mod slip;
mod working;

mod ambiguous_figure;
mod attainment_mismatch;
mod conflicting_facts;
mod conversion_mismatch;
mod count_mismatch;
mod cumulative_decrease;
mod difference_mismatch;
mod duplicate_fact;
mod duplicate_province;
mod equation_mismatch;
mod growth_mismatch;
mod implausible_value;
mod impossible_percentage;
mod mean_mismatch;
mod not_in_sheet;
mod not_in_source;
mod part_exceeds_whole;
mod percentage_mismatch;
mod published_before_period_end;
mod sources_disagree;
mod stale_fact;
mod total_mismatch;
mod unchecked_fact;
mod unequal_facts;
mod unit_mismatch;
mod unknown_fact;
mod unknown_indicator;
mod unknown_place;
mod unknown_province;
mod unknown_source;
mod unknown_theme;
mod unreadable_equation;
mod unreadable_figure;
mod unreadable_sheet;
mod untraced_number;
mod unused_allowance;
mod wrong_period_kind;

pub(super) use duplicate_province::across;
pub use duplicate_province::{Claim, FirstSheets};
pub use untraced_number::UNTRACED_NUMBER;

use super::facts::Facts;
use super::joint::Joint;
use super::provenance::Provenance;
use super::relate::{Fault, Judged, Judging};
use crate::diag::{ByteSpan, Diagnostic, Severity, did_you_mean};
use crate::figure::Figure;
use crate::sheet::{Fact, Printed};
use chrono::NaiveDate;
use std::cell::Cell;
use std::collections::BTreeSet;

/// A rule: the fault it is named for, and how it is found.
pub struct Rule {
    /// The code, kebab-case, naming the fault.
    pub code: &'static str,
    /// The gravest severity that it reports.
    pub severity: Severity,
    /// What it does, why the fault matters, what to do; the first line completes "`code`: …".
    pub explanation: &'static str,
    check: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

impl Rule {
    /// Finds the rule's faults.
    pub(super) fn check(&self, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
        (self.check)(context, found);
    }
}

/// What a rule sees.
pub(super) struct Context<'a> {
    /// The sheet and the catalogue.
    pub(super) facts: &'a Facts<'a>,
    /// Its relations, judged or not.
    pub(super) judged: &'a [Judging<'a>],
    /// The relations as one system.
    pub(super) joint: &'a Joint<'a>,
    /// The texts of its sources, if they were asked for.
    pub(super) provenance: Option<&'a Provenance<'a>>,
    /// The allowances that matched a diagnostic, by their place; empty before policy was applied.
    pub(super) matched: &'a BTreeSet<usize>,
    /// The day on which allowances must still hold.
    pub(super) today: Option<NaiveDate>,
    /// The day whose knowledge is checked; none for the whole sheet as of today.
    pub(super) known_by: Option<NaiveDate>,
    /// Names that may still be compared with a misspelt one.
    pub(super) comparisons: Cell<usize>,
}

/// Names that are compared with misspelt ones, over a whole sheet: those after it get no suggestion.
pub(super) const MOST_COMPARISONS: usize = 50_000;

impl<'a> Context<'a> {
    /// The relations that could be judged.
    fn judged(&self) -> impl Iterator<Item = &'a Judged<'a>> {
        self.judged.iter().filter_map(|judged| judged.as_ref().ok())
    }

    /// Every figure that could be read, with its fact.
    fn figures(&self) -> impl Iterator<Item = (&'a Fact, &'a Printed, &'a Figure)> {
        let printed =
            self.facts.sheet.facts.iter().flat_map(|fact| fact.printed.iter().map(move |printed| (fact, printed)));
        printed.filter_map(|(fact, printed)| Some((fact, printed, printed.figure.as_ref().ok()?)))
    }

    /// Why the others could not be.
    fn faults(&self) -> impl Iterator<Item = &'a Fault<'a>> {
        self.judged.iter().filter_map(|judged| judged.as_ref().err()).flatten()
    }

    /// The near miss clause of a message, as long as the sheet has not too many misspelt names.
    fn did_you_mean(&self, unknown: &str, known: impl IntoIterator<Item = impl AsRef<str>>) -> Option<String> {
        let counted = known.into_iter().inspect(|_| self.comparisons.set(self.comparisons.get().saturating_sub(1)));
        if self.comparisons.get() == 0 { None } else { did_you_mean(unknown, counted) }
    }

    /// An error at a place of the sheet.
    fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        span: ByteSpan,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(&self.facts.sheet.file, span, label)
    }
}

/// What the loader reports of a sheet's form, before any rule.
pub(super) const FORM: &[Rule] = &[unreadable_sheet::RULE];

/// Every rule over facts and relations, in the order of a reader's questions: form, numbers, time, provenance.
pub(super) const RULES: &[Rule] = &[
    unknown_province::RULE,
    duplicate_province::RULE,
    unreadable_figure::RULE,
    ambiguous_figure::RULE,
    unknown_indicator::RULE,
    unknown_source::RULE,
    unknown_theme::RULE,
    unknown_place::RULE,
    unknown_fact::RULE,
    unreadable_equation::RULE,
    unit_mismatch::RULE,
    wrong_period_kind::RULE,
    duplicate_fact::RULE,
    total_mismatch::RULE,
    part_exceeds_whole::RULE,
    percentage_mismatch::RULE,
    growth_mismatch::RULE,
    attainment_mismatch::RULE,
    difference_mismatch::RULE,
    mean_mismatch::RULE,
    count_mismatch::RULE,
    unequal_facts::RULE,
    conversion_mismatch::RULE,
    equation_mismatch::RULE,
    impossible_percentage::RULE,
    conflicting_facts::RULE,
    sources_disagree::RULE,
    implausible_value::RULE,
    cumulative_decrease::RULE,
    published_before_period_end::RULE,
    stale_fact::RULE,
    unchecked_fact::RULE,
    untraced_number::RULE,
    not_in_source::RULE,
    not_in_sheet::RULE,
];

/// The codes that only a check with the sources' texts can report.
const NEED_TEXTS: [&str; 2] = [not_in_source::RULE.code, not_in_sheet::RULE.code];

/// The rules that speak of the allowances, after these were applied.
pub(super) const HYGIENE: &[Rule] = &[unused_allowance::RULE];
