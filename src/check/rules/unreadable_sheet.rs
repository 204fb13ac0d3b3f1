//! `unreadable-sheet`: the form of a sheet cannot be read.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::UNREADABLE_SHEET;

/// The rule; the loader looks for its faults, see [`crate::sheet::load`].
pub(super) const RULE: Rule = Rule {
    code: UNREADABLE_SHEET,
    severity: Severity::Error,
    explanation: "\
the form of a sheet cannot be read.

What it does: reads the YAML: every key known, none missing, none twice, every value of its kind, every relation with operands
enough to check something.
Why it matters: what cannot be read cannot be checked. Nothing else is said of the sheet, and it cannot be allowed.
What to do: mend the place shown. Within braces a comma ends a text, so that a text with one needs quotes: `{source: \"9,98 tỉ USD\"}`.
",
    check: |_: &Context<'_>, _: &mut Vec<Diagnostic>| {},
};
