//! What would catch an error in a fact.

use super::fraction::Fraction;
use super::joint::Joint;
use crate::sheet::Fact;

/// What holds a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Another source prints it too, and no later one revised it.
    SecondSource,
    /// Relations, closely.
    Relation,
    /// A relation, but only errors of this size or more are caught.
    Loose(Fraction),
    /// Nothing.
    None,
}

/// The relative error that must be caught for a fact to count as checked: a wrong leading digit is one of a tenth at least.
pub(super) fn close() -> Fraction {
    Fraction::ratio(1, 10).unwrap_or_default()
}

/// What holds a fact: a second source, or the relations, one by one and together.
pub(super) fn of(joint: &Joint<'_>, fact: &Fact) -> Coverage {
    if fact.standing().iter().filter(|printed| printed.figure.is_ok()).count() > 1 {
        return Coverage::SecondSource;
    }
    let close = close();
    let id = fact.id.as_str();
    if joint.is_disputed(id) {
        return Coverage::Relation;
    }
    match joint.margin(id) {
        Some(margin) if *margin <= close => Coverage::Relation,
        _ if joint.catches(id, &close) => Coverage::Relation,
        Some(margin) => Coverage::Loose(margin.clone()),
        None => Coverage::None,
    }
}
