//! `duplicate-province`: two sheets are of one province.

use super::{Context, Rule};
use crate::catalog::Locality;
use crate::diag::{ByteSpan, Diagnostic, Severity, SourceFile};
use crate::sheet::FactSheet;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
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
pub struct FirstSheets(BTreeMap<String, Place>);

/// The line in which a sheet names its province, at the end of all text that is kept of it.
#[derive(Debug)]
struct Place {
    file: Arc<SourceFile>,
    span: ByteSpan,
}

/// A sheet as one that may be the first of its province or commune.
#[derive(Debug)]
pub struct Claim {
    key: String,
    place: Place,
}

impl Claim {
    /// That of a sheet.
    pub fn of(locality: &Locality, sheet: &FactSheet) -> Claim {
        let span = sheet.province.span;
        let (_, lines) = sheet.file.lines_of(span);
        let text = sheet.file.slice(ByteSpan { start: 0, end: lines.end });
        let file = Arc::new(SourceFile::new(sheet.file.path(), text));
        Claim { key: locality.key().to_owned(), place: Place { file, span } }
    }
}

impl FirstSheets {
    /// Enters a sheet as the first of its province; false if another one is.
    pub fn admit(&mut self, claim: Claim) -> bool {
        match self.0.entry(claim.key) {
            Entry::Vacant(entry) => {
                entry.insert(claim.place);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// The diagnostic that a sheet is the second of its province, beside the first.
    pub fn second(&self, locality: &Locality, sheet: &FactSheet) -> Option<Diagnostic> {
        let Place { file, span } = self.0.get(locality.key())?;
        let message = format!("`{}` has two sheets", locality.id);
        Some(
            Diagnostic::error("duplicate-province", message)
                .at(&sheet.file, sheet.province.span, "again here")
                .at(file, *span, "first here")
                .help("merge the two sheets, or move one out of the folder"),
        )
    }

    /// Enters a sheet as the first of its province, or gives the diagnostic that it is not.
    pub fn enter(&mut self, locality: &Locality, sheet: &FactSheet) -> Option<Diagnostic> {
        if self.admit(Claim::of(locality, sheet)) { None } else { self.second(locality, sheet) }
    }
}

/// For each sheet, in order, the diagnostic that it is the second of its province.
pub(in crate::check) fn across(sheets: &[Option<(&Locality, &FactSheet)>]) -> Vec<Option<Diagnostic>> {
    let mut first = FirstSheets::default();
    sheets.iter().map(|sheet| sheet.and_then(|(locality, sheet)| first.enter(locality, sheet))).collect()
}
