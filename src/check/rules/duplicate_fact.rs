//! `duplicate-fact`: two facts have one id, or one indicator and one time.

use super::{Context, Rule};
use crate::check::relate::Fault;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{Fact, When};

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
    for (place, fact) in facts.iter().enumerate() {
        let earlier = facts.iter().take(place);
        let same_id = earlier.clone().find(|other| other.id.value == fact.id.value);
        let same_thing =
            |other: &&Fact| other.indicator.value == fact.indicator.value && same_time(&other.when, &fact.when);
        let same_time = earlier.clone().find(same_thing);
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

/// Whether two facts are of the same days, however these are written.
fn same_time(one: &When, other: &When) -> bool {
    match (one, other) {
        (When::AsOf(one), When::AsOf(other)) => one.value == other.value,
        (When::Period(one), When::Period(other)) => (one.start(), one.end()) == (other.start(), other.end()),
        _ => false,
    }
}
