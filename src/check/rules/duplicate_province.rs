//! `duplicate-province`: two sheets are of one province.

use super::{Context, Rule};
use crate::catalog::Province;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::FactSheet;

/// The rule; it looks at all sheets of a run, see [`across`].
pub(super) const RULE: Rule = Rule {
    code: "duplicate-province",
    severity: Severity::Error,
    explanation: "\
two sheets of a run are of one province.

What it does: compares the provinces of all sheets, whatever their spelling.
Why it matters: the briefing would silently take one of the two.
What to do: merge the sheets, or move one out of the folder.
",
    check: |_: &Context<'_>, _: &mut Vec<Diagnostic>| {},
};

/// For each sheet, in order, the diagnostic that it is the second of its province.
pub(in crate::check) fn across(sheets: &[Option<(&Province, &FactSheet)>]) -> Vec<Option<Diagnostic>> {
    let duplicate = |(place, sheet): (usize, &Option<(&Province, &FactSheet)>)| {
        let (province, sheet) = (*sheet)?;
        let (_, first) = sheets.iter().take(place).flatten().find(|(other, _)| other.id == province.id)?;
        let message = format!("`{}` has two sheets", province.id);
        Some(
            Diagnostic::error("duplicate-province", message)
                .at(&sheet.file, sheet.province.span, "again here")
                .at(&first.file, first.province.span, "first here")
                .help("merge the two sheets, or move one out of the folder"),
        )
    };
    sheets.iter().enumerate().map(duplicate).collect()
}
