//! The relations of a sheet as equations, each judged.

use super::expression::{Equation, Expression};
use super::facts::{Facts, is_counted};
use super::formula;
use super::fraction::Fraction;
use super::judge::{Judgement, Verdict, judge};
use super::parse;
use super::range::Range;
use super::solve::{Domain, Variable};
use crate::catalog::{Indicator, PlaceKind};
use crate::figure::Unit;
use crate::sheet::{Fact, List, Located, Operand, Relation, RelationKind};
use std::collections::BTreeMap;

/// An operand of a judged relation.
#[derive(Debug, Clone)]
pub struct Term<'a> {
    /// What it is in the relation: `part`, `whole`, `rate` …
    pub role: &'static str,
    /// The id of the fact, printed or derived; none for an operand left out.
    pub id: Option<&'a str>,
    /// The fact, if a source prints it.
    pub fact: Option<&'a Fact>,
    /// The indicator, where it is known.
    pub indicator: Option<&'a Indicator>,
    /// Its variable.
    pub variable: Variable,
    /// What is known of it before the relation is read.
    pub domain: Domain,
}

impl Term<'_> {
    /// The unit of its figures, where it is known.
    pub fn unit(&self) -> Option<Unit> {
        self.fact
            .and_then(Fact::figure)
            .map(crate::figure::Figure::unit)
            .or_else(|| self.indicator.map(|indicator| indicator.unit))
    }
}

/// A relation, its terms, and the judgement on each equation that it stands for.
pub struct Judged<'a> {
    /// The relation.
    pub relation: &'a Relation,
    /// Its operands.
    pub terms: Vec<Term<'a>>,
    /// One judgement to an equation; several for `equal`.
    pub judgements: Vec<Judgement>,
}

impl<'a> Judged<'a> {
    /// The gravest verdict.
    pub fn verdict(&self) -> Verdict {
        let rank = |verdict: &Verdict| match verdict {
            Verdict::Inconsistent => 3,
            Verdict::Strained(_) => 2,
            Verdict::Consistent => 1,
            Verdict::Undetermined => 0,
        };
        self.judgements.iter().map(|judgement| judgement.verdict).max_by_key(rank).unwrap_or(Verdict::Undetermined)
    }

    /// Whether only the need for whole numbers breaks it.
    pub fn is_impossible(&self) -> bool {
        self.judgements.iter().any(|judgement| judgement.impossible)
    }

    /// The term of a role.
    pub fn term(&self, role: &str) -> Option<&Term<'a>> {
        self.terms.iter().find(|term| term.role == role)
    }

    /// What the other operands admit for a term.
    pub fn admitted(&self, variable: Variable) -> Option<Range> {
        self.operands(variable).find_map(|operand| operand.admitted.clone())
    }

    /// The smallest error, relative to each term's figure, that the relation would have caught.
    pub fn margins(&self) -> impl Iterator<Item = (&Term<'a>, &Fraction)> {
        self.terms.iter().filter_map(|term| {
            self.operands(term.variable).filter_map(|operand| operand.margin.as_ref()).min().map(|margin| (term, margin))
        })
    }

    /// The term that no source prints, and what the relation makes of it.
    pub fn derived(&self) -> Option<(&Term<'a>, Range)> {
        let term = self.terms.iter().find(|term| term.fact.is_none())?;
        let narrowed = self.operands(term.variable).find_map(|operand| operand.narrowed.clone())?;
        Some((term, narrowed))
    }

    fn operands(&self, variable: Variable) -> impl Iterator<Item = &super::judge::Operand> {
        self.judgements.iter().flat_map(|judgement| &judgement.operands).filter(move |operand| operand.variable == variable)
    }
}

/// Why a relation could not be judged.
#[derive(Debug)]
pub enum Unjudged<'a> {
    /// An operand names no fact.
    UnknownFact(&'a Located<String>),
    /// A derived operand names no indicator.
    UnknownIndicator(&'a Located<String>),
    /// The equation does not parse.
    Equation(&'a Located<String>, parse::ParseError),
    /// An operand's figure could not be read; its own diagnostic says so.
    Unread,
}

/// What an earlier relation derived for a figure that no source prints.
type Derivations<'a> = BTreeMap<&'a str, (&'a Indicator, Domain)>;

/// Judges every relation, in the sheet's order; a figure derived by one is known to those after it.
pub fn judge_all<'a>(facts: &Facts<'a>) -> Vec<Result<Judged<'a>, Unjudged<'a>>> {
    let mut derivations = Derivations::new();
    facts
        .sheet
        .relations
        .iter()
        .map(|relation| {
            let judged = judge_one(facts, relation, &derivations)?;
            if let Some((term, range)) = judged.derived()
                && let (Some(id), Some(indicator)) = (term.id, term.indicator)
            {
                let domain = Domain::printed(range);
                let domain = if term.domain.is_whole() { domain.whole() } else { domain };
                derivations.entry(id).or_insert((indicator, domain));
            }
            Ok(judged)
        })
        .collect()
}

fn judge_one<'a>(
    facts: &Facts<'a>,
    relation: &'a Relation,
    derivations: &Derivations<'a>,
) -> Result<Judged<'a>, Unjudged<'a>> {
    let mut terms: Vec<Term<'a>> = Vec::new();
    let mut equations: Vec<Equation<Variable>> = Vec::new();
    if let RelationKind::Equation(text) = &relation.kind {
        let parsed = parse::parse(text).map_err(|error| Unjudged::Equation(text, error))?;
        let mut names: BTreeMap<String, Variable> = BTreeMap::new();
        let equation = parsed.try_map(|name| {
            if let Some(variable) = names.get(&name.text) {
                return Ok(*variable);
            }
            let variable = Variable(terms.len());
            let id = facts.ids().find(|id| *id == name.text).ok_or(Unjudged::UnknownFact(text))?;
            terms.push(fact_term(facts, "operand", id, variable)?);
            names.insert(name.text.clone(), variable);
            Ok(variable)
        })?;
        equations.push(equation);
    } else {
        for (role, operand) in relation.kind.operands() {
            let variable = Variable(terms.len());
            terms.push(term(facts, role, operand, variable, derivations)?);
        }
        settle_unknowns(&mut terms);
        equations = formulae(&relation.kind, &terms, listed(facts, &relation.kind));
    }
    let domains: Vec<Domain> = terms.iter().map(|term| term.domain.clone()).collect();
    let judgements = equations.iter().map(|equation| judge(equation, &domains)).collect();
    Ok(Judged { relation, terms, judgements })
}

fn fact_term<'a>(
    facts: &Facts<'a>,
    role: &'static str,
    id: &'a str,
    variable: Variable,
) -> Result<Term<'a>, Unjudged<'a>> {
    let fact = facts.get(id).ok_or(Unjudged::Unread)?;
    let domain = facts.domain(fact).ok_or(Unjudged::Unread)?;
    Ok(Term { role, id: Some(id), fact: Some(fact), indicator: facts.indicator(&fact.indicator), variable, domain })
}

fn term<'a>(
    facts: &Facts<'a>,
    role: &'static str,
    operand: &'a Operand,
    variable: Variable,
    derivations: &Derivations<'a>,
) -> Result<Term<'a>, Unjudged<'a>> {
    match operand {
        Operand::Fact(id) if facts.get(id).is_some() => fact_term(facts, role, id, variable),
        Operand::Fact(id) => {
            let (indicator, domain) = derivations.get(id.as_str()).ok_or(Unjudged::UnknownFact(id))?;
            Ok(Term {
                role,
                id: Some(id),
                fact: None,
                indicator: Some(*indicator),
                variable,
                domain: domain.clone(),
            })
        }
        Operand::Derived { indicator, id } => {
            let known = facts.indicator(indicator).ok_or(Unjudged::UnknownIndicator(indicator))?;
            let domain = Domain::unknown(Range::at_least(Fraction::ZERO));
            let domain = if is_counted(known) { domain.whole() } else { domain };
            Ok(Term { role, id: Some(id), fact: None, indicator: Some(known), variable, domain })
        }
        Operand::Missing => Ok(Term {
            role,
            id: None,
            fact: None,
            indicator: None,
            variable,
            domain: Domain::unknown(Range::EVERYTHING),
        }),
    }
}

/// An operand left out is of the same kind as the one it stands beside: the plan behind a whole number of workers is a whole
/// number of workers, the exports of the year before are dollars and not below zero.
fn settle_unknowns(terms: &mut [Term<'_>]) {
    let beside = |role: &str| match role {
        "plan" => Some("actual"),
        "previous" => Some("current"),
        "actual" => Some("plan"),
        "current" => Some("previous"),
        "part" => Some("whole"),
        "whole" => Some("part"),
        "from" => Some("less"),
        _ => None,
    };
    for place in 0..terms.len() {
        let Some(term) = terms.get(place).filter(|term| term.id.is_none()) else { continue };
        let sibling = beside(term.role).and_then(|role| terms.iter().find(|other| other.role == role)).cloned();
        let mean_of_things = term.role == "total"
            && terms.iter().any(|other| other.role == "mean" && other.unit().is_some_and(|unit| unit == Unit::COUNT));
        let Some(term) = terms.get_mut(place) else { continue };
        if let Some(sibling) = sibling {
            term.indicator = sibling.indicator;
            term.domain = Domain::unknown(Range::at_least(Fraction::ZERO));
            if sibling.domain.is_whole() {
                term.domain = term.domain.clone().whole();
            }
        } else if mean_of_things {
            term.domain = Domain::unknown(Range::at_least(Fraction::ZERO)).whole();
        }
    }
}

/// How many entries the counted list has.
fn listed(facts: &Facts<'_>, kind: &RelationKind) -> usize {
    match kind {
        RelationKind::Count { list: List::Places(places), .. } => places.len(),
        RelationKind::Count { list: List::Partners, .. } => facts
            .sheet
            .partners
            .iter()
            .filter(|partner| {
                let place = facts.place(&partner.place);
                place.is_none_or(|place| place.kind == PlaceKind::Locality)
            })
            .count(),
        _ => 0,
    }
}

fn formulae(kind: &RelationKind, terms: &[Term<'_>], listed: usize) -> Vec<Equation<Variable>> {
    let all: Vec<Variable> = terms.iter().map(|term| term.variable).collect();
    match (kind, all.as_slice()) {
        (RelationKind::Total { .. }, [parts @ .., whole]) => vec![formula::total(parts.iter().copied(), *whole)],
        (RelationKind::Part { .. }, [part, whole]) => vec![formula::part(*part, *whole)],
        (RelationKind::Percentage { .. }, [part, whole, percent]) => vec![formula::percentage(*part, *whole, *percent)],
        (RelationKind::Growth { as_index: false, .. }, [current, previous, rate]) => {
            vec![formula::growth(*current, *previous, *rate)]
        }
        (RelationKind::Growth { .. }, [current, previous, index]) => vec![formula::index(*current, *previous, *index)],
        (RelationKind::Attainment { as_excess: false, .. }, [actual, plan, percent]) => {
            vec![formula::attainment(*actual, *plan, *percent)]
        }
        (RelationKind::Attainment { .. }, [actual, plan, excess]) => vec![formula::excess(*actual, *plan, *excess)],
        (RelationKind::Difference { .. }, [from, less, is]) => vec![formula::difference(*from, *less, *is)],
        (RelationKind::Mean { .. }, [total, count, mean]) => vec![formula::mean(*total, *count, *mean)],
        (RelationKind::Count { .. }, [stated]) => vec![counted(listed, *stated)],
        (RelationKind::Equal { .. }, facts) => {
            // Every pair, not only neighbours: 3.4 and 3.6 may each meet "about 3.5" and not each other.
            let pairs = facts.iter().enumerate().flat_map(|(place, one)| facts.iter().skip(place + 1).map(move |other| [*one, *other]));
            pairs.flat_map(formula::equal).collect()
        }
        (RelationKind::Conversion { .. }, [amount, rate, result]) => {
            vec![formula::conversion(*amount, *rate, *result)]
        }
        _ => Vec::new(),
    }
}

/// `the number of entries = stated`.
fn counted(entries: usize, stated: Variable) -> Equation<Variable> {
    let entries = Fraction::from(i64::try_from(entries).unwrap_or(i64::MAX));
    Equation::equal(Expression::Number(entries), Expression::Variable(stated))
}
