//! `count-mismatch`: a list has more or fewer entries than stated.

use super::mismatch::Mismatch;
use super::{Context, Rule, form};
use crate::check::tie;
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{List, RelationKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "count-mismatch",
    severity: Severity::Error,
    explanation: "\
a list has more or fewer entries than stated.

What it does: counts the list, each place once (of partners: the localities, not the bodies), and compares it with the stated number.
Why it matters: a name is missing from the sheet, or the source miscounts.
What to do: check the names in the source; list all of them.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged() {
        let RelationKind::Count { list, .. } = &judged.relation.kind else { continue };
        let Some(mismatch) = Mismatch::of(context, judged, "stated") else { continue };
        let Some(listed) = tie::listed(context.facts, &judged.relation.kind) else { continue };
        let message = mismatch.claim("less than", "more than", "the number of places listed");
        let names: Vec<String> = listed.iter().map(|place| format!("`{}`", place.id)).collect();
        let lines = match list {
            List::Places(places) => form::lines(context, places.iter().map(|place| place.span)),
            List::Partners => {
                let localities = context.facts.sheet.partners.iter().filter(|partner| {
                    context
                        .facts
                        .place(&partner.place)
                        .is_some_and(|place| listed.iter().any(|other| other.id == place.id))
                });
                form::lines(context, localities.map(|partner| partner.place.span))
            }
        };
        let count = names.len();
        let note = if names.is_empty() {
            "none listed".to_owned()
        } else {
            format!("{count} listed: {}{lines}", names.join(", "))
        };
        let help = "list every place that the source names, or check the number";
        let mut diagnostic = mismatch.report("count-mismatch", message, help);
        diagnostic.notes.insert(0, note);
        found.push(diagnostic);
    }
}
