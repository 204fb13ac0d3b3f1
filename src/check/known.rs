//! A sheet as it was known on a day: without whatever rests on later sources. What is checked, derived and told of it is then what
//! a check on that day would have said.

use super::{order, parse};
use crate::sheet::{FactSheet, List, Operand, Relation, RelationKind};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The first day on which anything of a sheet was known; none if no source tells anything.
pub(super) fn first_day(sheet: &FactSheet) -> Option<NaiveDate> {
    let facts = sheet.facts.iter().flat_map(|fact| &fact.printed).map(|printed| &printed.source);
    let partners = sheet.partners.iter().map(|partner| &partner.source);
    let events = sheet.events.iter().map(|event| &event.source);
    let sources = facts.chain(partners).chain(events).filter_map(|source| sheet.sources.get(&source.value));
    sources.map(|source| source.published.latest).min()
}

/// The sheet without what was published after a day: later sources, the figures, partners and events that rest on them, relations
/// that need a figure which was not known, and allowances and indicators of the sheet's own that speak of nothing else. The sheet
/// itself, where nothing is later.
///
/// What names no source of the sheet has no date and stays, so that the fault is told whatever the day.
pub(super) fn on(sheet: &FactSheet, day: NaiveDate) -> Cow<'_, FactSheet> {
    if sheet.sources.values().all(|source| source.published.latest <= day) {
        return Cow::Borrowed(sheet);
    }
    let is_later = |source: &str| sheet.sources.get(source).is_some_and(|source| source.published.latest > day);
    let mut known = sheet.clone();
    known.sources.retain(|_, source| source.published.latest <= day);
    known.partners.retain(|partner| !is_later(&partner.source));
    known.events.retain(|event| !is_later(&event.source));
    for fact in &mut known.facts {
        fact.printed.retain(|printed| !is_later(&printed.source));
    }
    known.facts.retain(|fact| !fact.printed.is_empty());
    let had_partners = !sheet.partners.is_empty();
    known.relations = known_relations(sheet, &known, had_partners && known.partners.is_empty());

    let (before, after) = (fact_ids(sheet), fact_ids(&known));
    let is_lost = |id: &String| before.contains(id) && !after.contains(id);
    known.allowances.retain(|allowance| allowance.fact.as_ref().is_none_or(|fact| !is_lost(&fact.value)));
    let (before, after) = (indicator_ids(sheet), indicator_ids(&known));
    let lost: BTreeSet<String> = before.difference(&after).map(|id| (*id).to_owned()).collect();
    known.indicators.retain(|id, _| !lost.contains(id));
    Cow::Owned(known)
}

/// The relations none of whose figures is missing from what was known: neither printed by then, nor derived from what was.
fn known_relations(sheet: &FactSheet, known: &FactSheet, lists_nothing: bool) -> Vec<Relation> {
    let printed: BTreeSet<&str> = known.facts.iter().map(|fact| fact.id.as_str()).collect();
    let mut later: BTreeSet<String> = fact_ids(sheet).into_iter().filter(|id| !printed.contains(id.as_str())).collect();
    let all_derived: BTreeSet<String> =
        sheet.relations.iter().flat_map(|relation| derived_ids(&relation.kind)).collect();
    let kept: Vec<&Relation> = sheet
        .relations
        .iter()
        .filter(|relation| {
            let counts_partners = matches!(relation.kind, RelationKind::Count { list: List::Partners, .. });
            !(lists_nothing && counts_partners)
        })
        .collect();
    let equations: Vec<_> = kept.iter().map(|relation| parse::of(&relation.kind).and_then(Result::ok)).collect();
    let mut kept: Vec<(&Relation, Vec<&str>)> = kept
        .into_iter()
        .zip(&equations)
        .map(|(relation, equation)| (relation, order::used(&relation.kind, equation.as_ref())))
        .collect();
    // What is derived is known if the relation that derives it is; each round can only take relations away.
    loop {
        let derived: BTreeSet<String> = kept.iter().flat_map(|(relation, _)| derived_ids(&relation.kind)).collect();
        later.retain(|id| !derived.contains(id));
        later.extend(all_derived.iter().filter(|id| !derived.contains(*id) && !printed.contains(id.as_str())).cloned());
        let count = kept.len();
        kept.retain(|(_, used)| used.iter().all(|id| !later.contains(*id)));
        if kept.len() == count {
            return kept.into_iter().map(|(relation, _)| relation.clone()).collect();
        }
    }
}

/// The ids of the facts, printed and derived.
fn fact_ids(sheet: &FactSheet) -> BTreeSet<String> {
    let printed = sheet.facts.iter().map(|fact| fact.id.value.clone());
    printed.chain(sheet.relations.iter().flat_map(|relation| derived_ids(&relation.kind))).collect()
}

fn derived_ids(kind: &RelationKind) -> Vec<String> {
    let derived = |operand: &Operand| match operand {
        Operand::Derived { id, .. } => Some(id.value.clone()),
        Operand::Fact(_) | Operand::Missing => None,
    };
    kind.operands().filter_map(|(_, operand)| derived(operand)).collect()
}

/// The indicators that facts, printed and derived, are of.
fn indicator_ids(sheet: &FactSheet) -> BTreeSet<&str> {
    let mut ids: BTreeSet<&str> = sheet.facts.iter().map(|fact| fact.indicator.as_str()).collect();
    for relation in &sheet.relations {
        for (_, operand) in relation.kind.operands() {
            if let Operand::Derived { indicator, .. } = operand {
                ids.insert(indicator.as_str());
            }
        }
    }
    ids
}
