//! The relations of a sheet: which operands each kind needs.

use super::load::Loader;
use super::located::Located;
use super::model::{List, Operand, Relation, RelationKind};
use super::raw::{RawList, RawOperand, RawRelation};
use crate::diag::ByteSpan;

/// Settles a relation; says what is missing from it or too much.
pub(super) fn relation(loader: &mut Loader, raw: Located<RawRelation>) -> Relation {
    let span = raw.span;
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
        RawRelation::Difference { from, less, is } => RelationKind::Difference {
            from: loader.operand(from),
            less: loader.operand(less),
            is: loader.operand(is),
        },
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
    let missing: Vec<&str> = kind
        .operands()
        .into_iter()
        .filter(|(_, operand)| matches!(operand, Operand::Missing | Operand::Derived { .. }))
        .map(|(role, _)| role)
        .collect();
    if missing.len() > 1 {
        let message = format!("the relation `{}` leaves out {}", kind.name(), missing.join(" and "));
        loader.fault(span, message, "one operand may be derived, not more", "name a fact for all operands but one");
    }
    Relation { kind, span }
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
