//! `published-before-period-end`: a source reports on a period that had not ended when it was published.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::When;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "published-before-period-end",
    severity: Severity::Warning,
    explanation: "\
a source reports on a period that had not ended when it was published.

What it does: compares the end of each flow's period with the last day on which its source may have been published.
Why it matters: the figure is of a shorter time than its period says, or is a forecast.
What to do: write the period that the figure covers (`2020-01..2020-10`, `2020..` up to publication), or allow it with a reason.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // A plan is made before its time.
    let plans: BTreeSet<&str> = context
        .judged()
        .flat_map(|judged| &judged.terms)
        .filter(|term| term.role == "plan")
        .filter_map(|term| term.id)
        .collect();
    let facts = context.facts.sheet.facts.iter().filter(|fact| !plans.contains(fact.id.as_str()));
    for fact in facts {
        // A stock is of a day: `as_of: 2022-12` may be any day of that month.
        let is_end = matches!(&fact.when, When::Period(period) if period.end().is_some());
        let (end, span, what) = match &fact.when {
            When::Period(period) => match period.end() {
                Some(end) => (end, period.span, "covers a period that ends after its source was published"),
                None => (period.start(), period.span, "covers a period that begins after its source was published"),
            },
            When::AsOf(date) => (date.first_day(), date.span, "is of a day after its source was published"),
            When::Missing | When::Both(_) => continue,
        };
        for printed in fact.printed.iter().filter(|printed| printed.published.1 < end) {
            let Some(source) = context.facts.source(&printed.source) else { continue };
            if source.published.latest < end && !(is_end && is_closing(source.published.latest, end)) {
                let message = format!("`{}` {what}", fact.id.value);
                let help = "write the period that the figure covers, such as `2020..` up to publication, or allow it with a reason";
                found.push(
                    Diagnostic::warning("published-before-period-end", message)
                        .at(
                            &context.facts.sheet.file,
                            span,
                            format!("{} {end}", if is_end { "ends on" } else { "from" }),
                        )
                        .at(
                            &context.facts.sheet.file,
                            source.published.span,
                            format!("published by {}", source.published.latest),
                        )
                        .facts([fact.id.value.as_str()])
                        .help(help),
                );
            }
        }
    }
}

/// Whether a day is in the last month of a period that ends on another: statistics offices publish the first nine months in the
/// last days of September, with an estimate of what is left.
fn is_closing(published: NaiveDate, end: NaiveDate) -> bool {
    (published.year(), published.month()) == (end.year(), end.month())
}
