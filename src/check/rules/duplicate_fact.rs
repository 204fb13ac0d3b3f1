//! `duplicate-fact`: two facts have one id, or one indicator and one time.

use super::{Context, Rule};
use crate::calendar::PartialDate;
use crate::check::relate::Fault;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{Fact, When};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "duplicate-fact",
    severity: Severity::Error,
    explanation: "\
two facts have one id, or one indicator and one time.

What it does: compares the ids, those of derived figures among them, and the indicators with their times.
Why it matters: a relation over the id would pick one of the two in silence.
What to do: put the figures of several sources under one fact's `printed:`; give facts of other periods an `id:` of their own.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.facts.sheet.facts;
    let mut by_time: BTreeMap<(&str, Days), &Fact> = BTreeMap::new();
    for fact in facts {
        let same_id = context.facts.get(&fact.id).filter(|first| !std::ptr::eq(*first, fact));
        let same_time = days(&fact.when).and_then(|days| earlier(&mut by_time, (fact.indicator.as_str(), days), fact));
        let (severity, other, message) = match (same_id, same_time) {
            (Some(other), _) => (Severity::Error, other, format!("two facts are called `{}`", fact.id.value)),
            // An id of its own says that it is meant as another fact; a briefing cannot show which.
            (None, Some(other)) => {
                (Severity::Note, other, format!("`{}` stands twice for one time", fact.indicator.value))
            }
            (None, None) => continue,
        };
        let help = "put both sources under one fact's `printed:`, or give a fact of another time an `id:` of its own";
        found.push(
            Diagnostic::new(severity, "duplicate-fact", message)
                .at(&context.facts.sheet.file, fact.id.span, "again here")
                .at(&context.facts.sheet.file, other.id.span, "first here")
                .facts([fact.id.value.as_str()])
                .help(help),
        );
    }
    for fault in context.faults() {
        if let Fault::DerivedAgain(id, first) = fault {
            let message = format!("`{}` is derived here and has a figure already", id.value);
            let help = "name the fact instead of deriving it, so that the relation checks it; or give the derived one an `id:` of its own";
            found.push(
                context
                    .error("duplicate-fact", message, id.span, "derived here")
                    .at(&context.facts.sheet.file, *first, "first here")
                    .facts([id.value.as_str()])
                    .help(help),
            );
        }
    }
}

/// The first fact of a key, if it stands before this one.
fn earlier<'a, K: Ord>(first: &mut BTreeMap<K, &'a Fact>, key: K, fact: &'a Fact) -> Option<&'a Fact> {
    match first.entry(key) {
        Entry::Occupied(entry) => Some(entry.get()),
        Entry::Vacant(entry) => {
            entry.insert(fact);
            None
        }
    }
}

/// The days that a fact is of, however these are written.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Days {
    At(PartialDate),
    Over(NaiveDate, Option<NaiveDate>),
}

fn days(when: &When) -> Option<Days> {
    match when {
        When::AsOf(date) => Some(Days::At(date.value)),
        When::Period(period) => Some(Days::Over(period.start(), period.end())),
        When::Missing | When::Both(_) => None,
    }
}
