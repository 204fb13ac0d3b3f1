//! `stale-fact`: the newest figure of an indicator is old.

use super::{Context, Rule};
use crate::calendar::Span;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{Fact, When};
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "stale-fact",
    severity: Severity::Note,
    explanation: "\
the newest figure of an indicator is more than two years old.

What it does: of the facts of each indicator takes the one whose time ends last, and notes it if that was more than 24 months ago.
Why it matters: a quarterly briefing that prints it speaks of the past as if it were the present.
What to do: look for a newer figure; if none has been published, allow it with that reason.
",
    check,
};

/// After so many months a figure is old: by then two yearly reports should have replaced it.
const MOST_MONTHS: u32 = 24;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(as_of) = context.known_by.or(context.today) else { return };
    let Some(limit) = as_of.checked_sub_months(Months::new(MOST_MONTHS)) else { return };
    let facts = &context.facts.sheet.facts;
    let dated: Vec<(&Fact, NaiveDate)> =
        facts.iter().filter_map(|fact| Some((fact, context.facts.span(fact)?.end_latest))).collect();
    let mut latest: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for (fact, end) in &dated {
        let last = latest.entry(fact.indicator.as_str()).or_insert(*end);
        *last = (*last).max(*end);
    }
    for (fact, end) in dated.iter().filter(|(_, end)| *end < limit) {
        let is_followed = latest.get(fact.indicator.as_str()).is_some_and(|last| last > end);
        let (When::AsOf(_) | When::Period(_)) = &fact.when else { continue };
        if is_followed {
            continue;
        }
        let place = match &fact.when {
            When::AsOf(date) => date.span,
            When::Period(period) => period.span,
            When::Missing | When::Both(_) => fact.span,
        };
        let message = format!("`{}` is more than two years old, and the sheet has no newer figure", fact.id.value);
        found.push(
            Diagnostic::new(Severity::Note, "stale-fact", message)
                .at(&context.facts.sheet.file, place, ended(context.facts.span(fact), as_of, context.today))
                .facts([fact.id.value.as_str()])
                .help("look for a newer figure, or allow it with the reason that there is none"),
        );
    }
}

fn ended(span: Option<Span>, as_of: NaiveDate, today: Option<NaiveDate>) -> String {
    span.map_or_else(String::new, |span| format!("ends on {}{DIVIDER}{}", span.end_latest, day(as_of, today)))
}

/// Between the end of a fact's time and the day that it is held against.
const DIVIDER: &str = "; ";

fn day(as_of: NaiveDate, today: Option<NaiveDate>) -> String {
    let what = if today == Some(as_of) { "today is" } else { "the briefing is of" };
    format!("{what} {as_of}")
}

/// Makes of a finding's label what it would be in a check on another day, as of the same one.
pub(in crate::check) fn restate_age(label: &mut String, as_of: NaiveDate, today: Option<NaiveDate>) {
    if let Some(at) = label.find(DIVIDER) {
        label.replace_range(at + DIVIDER.len().., &day(as_of, today));
    }
}
