//! `unreadable-figure`: a figure's text holds no number that its language's grammar can read, or more than one.

use super::form;
use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unreadable-figure",
    severity: Severity::Error,
    explanation: "\
a figure's text holds no number that its language's grammar can read, or more than one.

What it does: reads every figure in the language of its source.
Why it matters: a figure that cannot be read cannot be checked, and would reach the page untested.
What to do: write the figure as the source prints it, one figure to a fact. `14/19 criteria` is two facts.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    form::unread(context, "unreadable-figure", found);
}
