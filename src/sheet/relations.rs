//! The relations of a sheet: which operands each kind needs.

use super::load::Loader;
use super::located::Located;
use super::model::{List, Operand, Relation, RelationKind};
use super::raw::{RawList, RawOperand, RawRelation};
use crate::diag::ByteSpan;
use std::collections::BTreeSet;

/// Settles a relation; says what is missing from it or too much.
pub(super) fn relation(loader: &mut Loader, raw: Located<RawRelation>) -> Relation {
    let span = key(loader, raw.span);
    let kind = match raw.value {
        RawRelation::Total { parts, whole } => {
            let parts = operands(loader, parts);
            RelationKind::Total { parts, whole: loader.operand(whole) }
        }
        RawRelation::Part { part, whole } => {
            RelationKind::Part { part: loader.operand(Some(part)), whole: loader.operand(Some(whole)) }
        }
        RawRelation::Percentage { part, whole, percent } => RelationKind::Percentage {
            part: loader.operand(part),
            whole: loader.operand(whole),
            percent: loader.operand(percent),
        },
        RawRelation::Growth { current, previous, rate, index } => {
            let (rate, as_index) = either(loader, span, ("rate", rate), ("index", index));
            RelationKind::Growth {
                current: loader.operand(current),
                previous: loader.operand(previous),
                rate,
                as_index,
            }
        }
        RawRelation::Attainment { actual, plan, percent, excess } => {
            let (percent, as_excess) = either(loader, span, ("percent", percent), ("excess", excess));
            RelationKind::Attainment { actual: loader.operand(actual), plan: loader.operand(plan), percent, as_excess }
        }
        RawRelation::Difference { from, less, is } => {
            RelationKind::Difference { from: loader.operand(from), less: loader.operand(less), is: loader.operand(is) }
        }
        RawRelation::Mean { total, count, mean } => RelationKind::Mean {
            total: loader.operand(total),
            count: loader.operand(count),
            mean: loader.operand(mean),
        },
        RawRelation::Count { list, stated } => {
            let list = self::list(loader, list);
            RelationKind::Count { list, stated: loader.operand(stated) }
        }
        RawRelation::Equal { facts } => RelationKind::Equal { facts: operands(loader, facts) },
        RawRelation::Conversion { amount, rate, result } => RelationKind::Conversion {
            amount: loader.operand(amount),
            rate: loader.operand(rate),
            result: loader.operand(result),
        },
        RawRelation::Equation(text) => RelationKind::Equation(text),
    };
    refuse_empty(loader, span, &kind);
    Relation { kind, span }
}

/// The place of a relation's kind, the first word of it: YAML gives a block of lines no more than its first character.
fn key(loader: &Loader, span: ByteSpan) -> ByteSpan {
    let rest = loader.file.text().get(span.start..).unwrap_or_default();
    let length = rest.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(rest.len());
    ByteSpan { start: span.start, end: span.end.max(span.start + length) }
}

/// Faults of a relation that could check nothing: too many operands left out, none at all, one of them twice.
fn refuse_empty(loader: &mut Loader, span: ByteSpan, kind: &RelationKind) {
    let name = kind.name();
    let unprinted = kind.operands().filter(|(_, operand)| !matches!(operand, Operand::Fact(_)));
    let missing: Vec<&str> = unprinted.map(|(role, _)| role).collect();
    if missing.len() > 1 {
        let message = format!("the relation `{name}` leaves out {}", missing.join(" and "));
        loader.fault(span, message, "one operand may be derived, not more", "name a fact for all operands but one");
    }
    match kind {
        RelationKind::Total { parts, .. } if parts.is_empty() => {
            loader.fault(span, "the relation `total` has no parts", "this relation", "write `parts: [fact, fact, …]`");
        }
        RelationKind::Equal { facts } if facts.len() < 2 => {
            let message = "the relation `equal` needs two facts or more";
            loader.fault(span, message, "this relation", "write `facts: [fact, fact, …]`");
        }
        _ => {}
    }
    let mut named = BTreeSet::new();
    for (_, operand) in kind.operands() {
        if let Operand::Fact(id) = operand
            && !named.insert(id.as_str())
        {
            let message = format!("the relation `{name}` names `{}` twice", id.value);
            loader.fault(id.span, message, "again here", "a fact stands in one place of a relation");
        }
    }
}

fn operands(loader: &mut Loader, raw: Vec<RawOperand>) -> Vec<Operand> {
    raw.into_iter().map(|operand| loader.operand(Some(operand))).collect()
}

fn list(loader: &mut Loader, raw: Located<RawList>) -> List {
    match raw.value {
        RawList::Places(places) => List::Places(places),
        RawList::Named(name) => {
            if name != "partners" {
                let help = "write `partners`, or the places as `[svay-rieng, prey-veng]`";
                loader.fault(raw.span, format!("`{name}` is not a list of this sheet"), "the list to count", help);
            }
            List::Partners
        }
    }
}

/// One of two operands that exclude each other, and whether it is the second.
fn either(
    loader: &mut Loader,
    span: ByteSpan,
    (first_name, first): (&str, Option<RawOperand>),
    (second_name, second): (&str, Option<RawOperand>),
) -> (Operand, bool) {
    match (first, second) {
        (first, None) => (loader.operand(first), false),
        (None, second) => (loader.operand(second), true),
        (first, Some(_)) => {
            let message = format!("a relation has either `{first_name}` or `{second_name}`, not both");
            loader.fault(span, message, "this relation has both", "write the one that the source prints");
            (loader.operand(first), false)
        }
    }
}
