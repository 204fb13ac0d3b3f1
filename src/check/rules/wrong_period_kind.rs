//! `wrong-period-kind`: a stock has a period, a flow has a date, or a fact has neither.

use super::{Context, Rule};
use crate::catalog::Kind;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::When;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "wrong-period-kind",
    severity: Severity::Error,
    explanation: "\
a stock has a period, a flow has a date, or a fact has neither.

What it does: holds the time of each fact against its indicator's kind.
Why it matters: a number of projects in force on a day and a number licensed in a year are not comparable.
What to do: write `as_of:` for a stock (in force at a date) and `period:` for a flow (over a span of time).
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fact in &context.facts.sheet.facts {
        let Some(indicator) = context.facts.indicator_of(fact) else { continue };
        let id = &fact.id.value;
        let (message, span, label) = match (&fact.when, indicator.kind) {
            (When::AsOf(date), Kind::Flow) => (format!("`{id}` is a flow and needs a period"), date.span, "a date"),
            (When::Period(period), Kind::Stock) => {
                (format!("`{id}` is a stock and needs a date"), period.span, "a period")
            }
            (When::Missing, _) => (format!("`{id}` has no time"), fact.indicator.span, "when?"),
            (When::Both(span), _) => (format!("`{id}` has both a date and a period"), *span, "and `as_of` besides"),
            _ => continue,
        };
        let help = match indicator.kind {
            Kind::Stock => "write `as_of: 2022-12`",
            Kind::Flow => "write `period: 2023`, `2023-Q4`, `2023-01..2023-11` or `2016..2020`",
            Kind::Ratio => "write `as_of: 2022-12` or `period: 2023`",
        };
        found.push(context.error("wrong-period-kind", message, span, label).facts([id.as_str()]).help(help));
    }
}
