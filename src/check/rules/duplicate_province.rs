//! `duplicate-province`: two sheets are of one province.

use super::{Context, Rule};
use crate::catalog::Province;
use crate::diag::{ByteSpan, Diagnostic, Severity, SourceFile};
use crate::sheet::FactSheet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rule; it looks at all sheets of a run, see [`FirstSheets`].
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

/// The first sheet of each province of a run, as far as the diagnostic of a second one shows it.
#[derive(Debug, Default)]
pub struct FirstSheets(BTreeMap<String, (Arc<SourceFile>, ByteSpan)>);

impl FirstSheets {
    /// Enters a sheet as the first of its province, or gives the diagnostic that it is not.
    pub fn enter(&mut self, province: &Province, sheet: &FactSheet) -> Option<Diagnostic> {
        let Some((file, span)) = self.0.get(&province.id) else {
            self.0.insert(province.id.clone(), (Arc::clone(&sheet.file), sheet.province.span));
            return None;
        };
        let message = format!("`{}` has two sheets", province.id);
        Some(
            Diagnostic::error("duplicate-province", message)
                .at(&sheet.file, sheet.province.span, "again here")
                .at(file, *span, "first here")
                .help("merge the two sheets, or move one out of the folder"),
        )
    }
}

/// For each sheet, in order, the diagnostic that it is the second of its province.
pub(in crate::check) fn across(sheets: &[Option<(&Province, &FactSheet)>]) -> Vec<Option<Diagnostic>> {
    let mut first = FirstSheets::default();
    sheets.iter().map(|sheet| sheet.and_then(|(province, sheet)| first.enter(province, sheet))).collect()
}
