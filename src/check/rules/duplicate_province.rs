//! `duplicate-province`: two sheets are of one province.

use super::{Context, Rule};
use crate::catalog::Locality;
use crate::diag::{ByteSpan, Diagnostic, Severity, SourceFile};
use crate::sheet::FactSheet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rule; it looks at all sheets of a run, see [`FirstSheets`].
pub(super) const RULE: Rule = Rule {
    code: "duplicate-province",
    severity: Severity::Error,
    explanation: "\
two sheets of a run are of one province, or of one commune.

What it does: compares the provinces of all sheets, whatever their spelling, and the codes of communes.
Why it matters: the briefing would silently take one of the two.
What to do: merge the sheets, or move one out of the folder.
",
    check: |_: &Context<'_>, _: &mut Vec<Diagnostic>| {},
};

/// The first sheet of each province or commune of a run, as far as the diagnostic of a second one shows it.
#[derive(Debug, Default)]
pub struct FirstSheets(BTreeMap<String, (Arc<SourceFile>, ByteSpan)>);

impl FirstSheets {
    /// Enters a sheet as the first of its province, or gives the diagnostic that it is not.
    pub fn enter(&mut self, locality: &Locality, sheet: &FactSheet) -> Option<Diagnostic> {
        let Some((file, span)) = self.0.get(locality.key()) else {
            self.0.insert(locality.key().to_owned(), (Arc::clone(&sheet.file), sheet.province.span));
            return None;
        };
        let message = format!("`{}` has two sheets", locality.id);
        Some(
            Diagnostic::error("duplicate-province", message)
                .at(&sheet.file, sheet.province.span, "again here")
                .at(file, *span, "first here")
                .help("merge the two sheets, or move one out of the folder"),
        )
    }
}

/// For each sheet, in order, the diagnostic that it is the second of its province.
pub(in crate::check) fn across(sheets: &[Option<(&Locality, &FactSheet)>]) -> Vec<Option<Diagnostic>> {
    let mut first = FirstSheets::default();
    sheets.iter().map(|sheet| sheet.and_then(|(locality, sheet)| first.enter(locality, sheet))).collect()
}
