//! What the check stage says of each relation, for machines and for the briefing's account of itself.

use super::coverage;
use super::facts::bounds;
use super::fraction::Fraction;
use super::judge::Verdict;
use super::relate::Judged;
use crate::diag::{Bounds, Relation, RelationFigure, Told, json};
use crate::figure::Unit;
use std::collections::BTreeMap;

/// A relation's verdict, worth and outcome.
#[derive(Debug, Clone)]
pub struct RelationReport {
    /// The kind, as the sheet writes it.
    pub kind: &'static str,
    /// Path, line and column.
    pub place: (String, usize, usize),
    /// The ids of its facts, printed and derived.
    pub facts: Vec<String>,
    /// The facts by their roles; of several in one role, the last. None where it ties a figure that a later source revised: of the
    /// figures that stand, it says nothing together.
    pub roles: BTreeMap<&'static str, String>,
    /// The verdict.
    pub verdict: Verdict,
    /// The smallest relative error in any operand that the relation would have caught.
    pub margin: Option<Fraction>,
    /// The same for each fact that it holds.
    pub margins: BTreeMap<String, Fraction>,
    /// The figure that no source prints.
    pub derived: Option<Derived>,
}

/// A figure that a relation gives and no source prints.
#[derive(Debug, Clone)]
pub struct Derived {
    /// Its role in the relation.
    pub role: &'static str,
    /// Its id, if the sheet names it.
    pub id: Option<String>,
    /// Its indicator, if it is known.
    pub indicator: Option<String>,
    /// Its unit, if it is known.
    pub unit: Option<Unit>,
    /// What it may be.
    pub bounds: Bounds,
    /// Whether only whole numbers are meant.
    pub whole: bool,
}

impl RelationReport {
    pub(super) fn of(judged: &Judged<'_>, path: &str, (line, column): (usize, usize)) -> RelationReport {
        let facts = judged.terms.iter().filter_map(|term| term.id.map(str::to_owned)).collect();
        let standing = judged.terms.iter().filter(|_| !judged.is_superseded());
        let roles = standing.filter_map(|term| Some((term.role, term.id?.to_owned()))).collect();
        let margins: BTreeMap<String, Fraction> =
            judged.margins_by_fact().into_iter().map(|(id, margin)| (id.to_owned(), margin.clone())).collect();
        let derived = judged.derived().map(|(term, range)| Derived {
            role: term.role,
            id: term.id.map(str::to_owned),
            indicator: term.indicator.map(|indicator| indicator.id.clone()),
            unit: term.unit(),
            bounds: bounds(&range),
            whole: term.domain.is_whole(),
        });
        RelationReport {
            kind: judged.relation.kind.name(),
            place: (path.to_owned(), line, column),
            facts,
            roles,
            verdict: judged.verdict(),
            margin: margins.values().min().cloned(),
            margins,
            derived,
        }
    }

    /// Whether it would notice a wrong leading digit in a fact.
    pub fn holds(&self, fact: &str) -> bool {
        self.margins.get(fact).is_some_and(|margin| *margin <= coverage::close())
    }

    /// The verdict's word.
    pub fn verdict_name(&self) -> &'static str {
        match self.verdict {
            Verdict::Consistent => "consistent",
            Verdict::Strained(_) => "strained",
            Verdict::Inconsistent => "inconsistent",
            Verdict::Undetermined => "undetermined",
        }
    }
}

/// Digits to which a margin is told; it is an order of size.
const MARGIN_DIGITS: u32 = 4;

fn plain(margin: &Fraction) -> Option<String> {
    margin.to_decimal(MARGIN_DIGITS).map(json::plain)
}

impl Told for RelationReport {
    fn told(&self) -> Relation<'_> {
        Relation {
            path: &self.place.0,
            line: self.place.1,
            column: self.place.2,
            kind: self.kind,
            facts: &self.facts,
            verdict: self.verdict_name(),
            margin: self.margin.as_ref().and_then(plain),
            margins: self.margins.iter().filter_map(|(fact, margin)| Some((fact.as_str(), plain(margin)?))).collect(),
            derived: self.derived.as_ref().map(|derived| RelationFigure {
                role: derived.role,
                fact: derived.id.as_deref(),
                indicator: derived.indicator.as_deref(),
                unit: derived.unit.map(Unit::code),
                bounds: derived.bounds,
            }),
        }
    }
}
