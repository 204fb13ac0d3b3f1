//! `duplicate-fact`: two facts have one id, or one indicator and one time.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::When;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "duplicate-fact",
    severity: Severity::Error,
    explanation: "\
two facts have one id, or one indicator and one time.

What it does: compares the ids, and the indicators with their times.
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
        let same_time = || earlier.clone().find(|other| other.indicator.value == fact.indicator.value && time(&other.when) == time(&fact.when) && time(&fact.when).is_some());
        let (other, message) = match (same_id, same_time()) {
            (Some(other), _) => (other, format!("two facts are called `{}`", fact.id.value)),
            (None, Some(other)) => (other, format!("`{}` stands twice for one time", fact.indicator.value)),
            (None, None) => continue,
        };
        let help = "put both sources under one fact's `printed:`, or give a fact of another time an `id:` of its own";
        found.push(
            context
                .error("duplicate-fact", message, fact.id.span, "again here")
                .at(&context.facts.sheet.file, other.id.span, "first here")
                .facts([fact.id.value.as_str()])
                .help(help),
        );
    }
}

/// The time as the sheet writes it.
fn time(when: &When) -> Option<String> {
    match when {
        When::AsOf(date) => Some(date.to_string()),
        When::Period(period) => Some(period.to_string()),
        When::Missing | When::Both(_) => None,
    }
}
