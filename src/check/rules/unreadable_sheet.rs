//! `unreadable-sheet`: the form of a sheet cannot be read.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::UNREADABLE_SHEET;

/// The rule; its faults are found while a sheet is read, before there are facts to check.
pub(super) const RULE: Rule = Rule {
    code: UNREADABLE_SHEET,
    severity: Severity::Error,
    explanation: "\
the sheet's form cannot be read: not YAML, an unknown key, a missing or misshapen value.

What it does: reads the sheet key by key; unknown keys are compared with the known ones.
Why it matters: a key that is passed over in silence is a fact that nobody checks.
What to do: mend the line that is shown; `brief init` writes an example of a sheet. Save it as UTF-8, write everything out in
full (no YAML anchors or aliases), and put a text that holds `: `, `#` or a bracket between quotes.
",
    check: |_: &Context<'_>, _: &mut Vec<Diagnostic>| {},
};
