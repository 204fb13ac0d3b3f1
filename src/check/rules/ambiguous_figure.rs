//! `ambiguous-figure`: a figure can be read in two ways, and nothing tells which is meant.

use super::form;
use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "ambiguous-figure",
    severity: Severity::Error,
    explanation: "\
a figure can be read in two ways, and nothing tells which is meant.

What it does: finds numbers whose grouping is ill-formed in the source's language and well-formed in the other: `12,34` in
English is 12.34 with a Vietnamese decimal comma, or 1,234 with a misplaced group.
Why it matters: the two readings differ by a factor of a hundred or a thousand.
What to do: `read_as: vi` (or `en`) beside the text says whose number form it keeps.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    form::unread(context, "ambiguous-figure", found);
}
