//! `unknown-place`: a place is not in the catalogue, under any spelling.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::sheet::{List, RelationKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unknown-place",
    severity: Severity::Error,
    explanation: "\
the place of a partner, an event or a counted list is not in the catalogue, under any spelling.

What it does: looks up every place.
Why it matters: partners that two provinces share are found only if both name one place.
What to do: correct the spelling, or define the place under `places:` in the sheet.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let sheet = context.facts.sheet;
    let partners = sheet.partners.iter().map(|partner| &partner.place);
    let events = sheet.events.iter().flat_map(|event| &event.places);
    let counted = sheet.relations.iter().flat_map(|relation| match &relation.kind {
        RelationKind::Count { list: List::Places(places), .. } => places.as_slice(),
        _ => &[],
    });
    for place in partners.chain(events).chain(counted).filter(|place| context.facts.place(place).is_none()) {
        let known = context.facts.catalog.places.iter().map(|known| known.id.as_str());
        let help = context
            .did_you_mean(place, known)
            .unwrap_or_else(|| "define it under `places:` in the sheet, or see `brief list places`".to_owned());
        let message = format!("no place is called `{}`", place.value);
        found.push(context.error("unknown-place", message, place.span, "not in the catalogue").help(help));
    }
}
