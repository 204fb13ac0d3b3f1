//! The relations of a sheet as equations, each judged.

use super::expression::Equation;
use super::facts::{Facts, Vintage, is_counted};
use super::fraction::Fraction;
use super::judge::{Holds, Judgement, Verdict, judge};
use super::range::Range;
use super::solve::{Domain, Level, Variable};
use super::{measure, order, parse, tie};
use crate::catalog::{Indicator, Kind};
use crate::diag::ByteSpan;
use crate::figure::Unit;
use crate::sheet::{Fact, Located, Operand, Printed, Relation, RelationKind};
use std::collections::BTreeMap;

/// An operand of a judged relation.
#[derive(Debug, Clone)]
pub(super) struct Term<'a> {
    /// What it is in the relation: `part`, `whole`, `rate` …
    pub role: &'static str,
    /// The id of the fact, printed or derived; none for an operand left out.
    pub id: Option<&'a str>,
    /// Where the relation names it; the whole relation for an operand left out.
    pub span: ByteSpan,
    /// The fact, if a source prints it.
    pub fact: Option<&'a Fact>,
    /// The indicator, where it is known.
    pub indicator: Option<&'a Indicator>,
    /// Its variable.
    pub variable: Variable,
    /// What is known of it before the relation is read.
    pub domain: Domain,
    /// Whether that is a figure which a later source revised: what the relation says of it, it does not say of the one that stands.
    pub is_superseded: bool,
}

impl Term<'_> {
    /// The unit of its figures, where it is known.
    pub(super) fn unit(&self) -> Option<Unit> {
        self.fact
            .and_then(Fact::figure)
            .map(crate::figure::Figure::unit)
            .or_else(|| self.indicator.map(|indicator| indicator.unit))
    }
}

/// A relation, its terms, and the judgement on each equation that it stands for.
pub(super) struct Judged<'a> {
    /// The relation.
    pub relation: &'a Relation,
    /// Its operands.
    pub terms: Vec<Term<'a>>,
    /// The equations that it stands for.
    pub equations: Vec<Equation<Variable>>,
    /// One judgement to an equation; several for `equal`.
    pub judgements: Vec<Judgement>,
    /// The source whose figures it ties, where a later one revised some of them and not the others.
    pub source: Option<&'a str>,
}

impl<'a> Judged<'a> {
    /// The verdict on all its equations: at one level together.
    pub(super) fn verdict(&self) -> Verdict {
        // A derived operand used the relation up: that it came out above zero is no check of it.
        let is_stated = self.terms.iter().all(|term| term.domain.is_known());
        let tells = is_stated
            && self
                .judgements
                .iter()
                .any(|judgement| judgement.operands.iter().any(|operand| operand.margin.is_some()));
        let holds = self.judgements.iter().map(|judgement| judgement.holds).reduce(Holds::and);
        holds.map_or(Verdict::Undetermined, |holds| holds.verdict(tells))
    }

    /// Whether it has something to report.
    pub(super) fn fails(&self) -> bool {
        matches!(self.verdict(), Verdict::Inconsistent | Verdict::Strained(_))
    }

    /// Whether only the need for whole numbers breaks it.
    pub(super) fn is_impossible(&self) -> bool {
        self.judgements.iter().any(|judgement| judgement.impossible)
    }

    /// The term of a role.
    pub(super) fn term(&self, role: &str) -> Option<&Term<'a>> {
        self.terms.iter().find(|term| term.role == role)
    }

    /// What the other operands admit for a term.
    pub(super) fn admitted(&self, variable: Variable) -> Option<Range> {
        self.operands(variable).find_map(|operand| operand.admitted.clone())
    }

    /// Whether it ties a figure that a later source revised.
    pub(super) fn is_superseded(&self) -> bool {
        self.terms.iter().any(|term| term.is_superseded)
    }

    /// The smallest error, relative to its figure, that the relation would have caught in each fact that has an id.
    pub(super) fn margins_by_fact(&self) -> BTreeMap<&'a str, &Fraction> {
        let mut least: BTreeMap<&str, &Fraction> = BTreeMap::new();
        for (term, margin) in self.margins().filter(|(term, _)| !term.is_superseded) {
            if let Some(id) = term.id {
                let known = least.entry(id).or_insert(margin);
                *known = margin.min(*known);
            }
        }
        least
    }

    /// The smallest error, relative to each term's figure, that the relation would have caught.
    pub(super) fn margins(&self) -> impl Iterator<Item = (&Term<'a>, &Fraction)> {
        self.terms.iter().filter_map(|term| {
            self.operands(term.variable)
                .filter_map(|operand| operand.margin.as_ref())
                .min()
                .map(|margin| (term, margin))
        })
    }

    /// The term that no source prints, and what the relation makes of it.
    pub(super) fn derived(&self) -> Option<(&Term<'a>, Range)> {
        let term = self.terms.iter().find(|term| !term.domain.is_known())?;
        let narrowed = self.operands(term.variable).find_map(|operand| operand.narrowed.clone())?;
        Some((term, narrowed))
    }

    fn operands(&self, variable: Variable) -> impl Iterator<Item = &super::judge::Operand> {
        self.judgements
            .iter()
            .flat_map(|judgement| &judgement.operands)
            .filter(move |operand| operand.variable == variable)
    }
}

/// Why a relation could not be judged.
#[derive(Debug)]
pub(super) enum Fault<'a> {
    /// An operand names no fact.
    UnknownFact {
        /// The id.
        id: String,
        /// Where it stands.
        span: ByteSpan,
        /// Whether relations derive it from each other in a circle.
        in_circle: bool,
    },
    /// A derived operand names no indicator.
    UnknownIndicator(&'a Located<String>),
    /// A derived operand has the id of a fact, or of an operand derived before; the other's place.
    DerivedAgain(&'a Located<String>, ByteSpan),
    /// The equation does not parse.
    Equation(&'a Located<String>, parse::ParseError),
    /// Operands that must be of one unit are not.
    Units {
        /// The relation.
        relation: &'a Relation,
        /// The operand that differs.
        term: Box<Term<'a>>,
        /// What it should be like: another operand, or none where it should be a percentage.
        like: Option<Box<Term<'a>>>,
    },
}

/// A relation with its judgement, or the faults that forbid one; none where another diagnostic of the sheet says why.
pub(super) type Judging<'a> = Result<Judged<'a>, Vec<Fault<'a>>>;

/// What an earlier relation derived for a figure that no source prints.
type Derivations<'a> = BTreeMap<&'a str, (&'a Indicator, Domain)>;

/// Judges every relation, those that derive a figure before those that use it; the outcomes are in the sheet's order.
pub(super) fn judge_all<'a>(facts: &Facts<'a>) -> Vec<Judging<'a>> {
    let mut derivations = Derivations::new();
    let mut outcomes: BTreeMap<usize, Judging<'a>> = BTreeMap::new();
    let prints_twice = facts.sheet.facts.iter().any(|fact| fact.printed.len() > 1);
    for place in order::of(facts) {
        let Some(relation) = facts.sheet.relations.get(place) else { continue };
        let sources = if prints_twice { common_sources(facts, place, &relation.kind) } else { Vec::new() };
        let reader = |vintage| Reader { facts, derivations: &derivations, before: &outcomes, vintage };
        let judging = reader(Vintage::Standing { common: sources.first().copied() }).judge(place, relation);
        // A later source may have revised some of the figures and not the others: then these no longer fit, and what can be checked
        // is what one source printed together.
        let of_one_source = |judging: Judging<'a>| match &judging {
            Ok(judged) if judged.fails() => {
                let mut earlier = sources.iter().map(|source| reader(Vintage::Of(source)).judge(place, relation));
                let fits = |earlier: &Judging<'a>| {
                    earlier.as_ref().is_ok_and(|earlier| earlier.is_superseded() && !earlier.fails())
                };
                earlier.find(fits).unwrap_or(judging)
            }
            _ => judging,
        };
        let judging = if sources.is_empty() { judging } else { of_one_source(judging) };
        if let Ok(judged) = &judging
            && let Some((term, range)) = judged.derived()
            && let (Some(id), Some(indicator)) = (term.id, term.indicator)
        {
            let domain = Domain::printed(range);
            let domain = if term.domain.is_whole() { domain.whole() } else { domain };
            derivations.entry(id).or_insert((indicator, domain));
        }
        outcomes.insert(place, judging);
    }
    outcomes.into_values().collect()
}

/// What the operands of one relation are looked up in.
struct Reader<'r, 'a> {
    facts: &'r Facts<'a>,
    derivations: &'r Derivations<'a>,
    /// What was judged before, by place among the sheet's relations.
    before: &'r BTreeMap<usize, Judging<'a>>,
    /// Which figures of its facts count.
    vintage: Vintage<'a>,
}

/// The sources that print all printed figures of a relation, that published last first; none is looked for where no figure has a
/// second one.
fn common_sources<'a>(facts: &Facts<'a>, place: usize, kind: &RelationKind) -> Vec<&'a str> {
    let is_printed_twice = |operand: &Operand| match operand {
        Operand::Fact(id) => facts.get(id).is_some_and(|fact| fact.printed.len() > 1),
        Operand::Derived { .. } | Operand::Missing => false,
    };
    let is_equation = matches!(kind, RelationKind::Equation(_));
    if !is_equation && !kind.operands().any(|(_, operand)| is_printed_twice(operand)) {
        return Vec::new();
    }
    let named = order::used(kind, facts.equation(place));
    let named: Vec<&Fact> = named.into_iter().filter_map(|id| facts.get(id)).collect();
    let Some((first, others)) = named.split_first().filter(|_| named.iter().any(|fact| fact.printed.len() > 1)) else {
        return Vec::new();
    };
    let prints = |fact: &Fact, source: &str| fact.printed.iter().any(|printed| printed.source.value == source);
    let mut common: Vec<&Printed> =
        first.printed.iter().filter(|printed| others.iter().all(|fact| prints(fact, &printed.source))).collect();
    common.sort_by_key(|printed| std::cmp::Reverse(printed.published.1));
    common.into_iter().map(|printed| printed.source.as_str()).collect()
}

impl<'a> Reader<'_, 'a> {
    fn judge(&self, place: usize, relation: &'a Relation) -> Judging<'a> {
        let (terms, equations) = match &relation.kind {
            RelationKind::Equation(text) => {
                let (terms, equation) = self.equation(place, text)?;
                if let Some((first, second)) = measure::clash(&equation, &terms) {
                    let term = |variable: Variable| terms.get(variable.0).cloned().map(Box::new).ok_or_else(Vec::new);
                    return Err(vec![Fault::Units { relation, term: term(second)?, like: Some(term(first)?) }]);
                }
                (terms, vec![equation])
            }
            kind => {
                let mut terms = self.terms(relation)?;
                let clashes = measure::unit_clashes(relation, &terms);
                if !clashes.is_empty() {
                    return Err(clashes);
                }
                tie::settle(kind, &mut terms);
                let listed = tie::listed(self.facts, kind).ok_or_else(Vec::new)?;
                let equations = tie::equations(kind, &terms, listed.len());
                (terms, equations)
            }
        };
        let domains: Vec<Domain> = terms.iter().map(|term| term.domain.clone()).collect();
        let judgements = equations.iter().map(|equation| judge(equation, &domains)).collect();
        let source = match self.vintage {
            Vintage::Of(source) => Some(source),
            Vintage::Standing { .. } => None,
        };
        Ok(Judged { relation, terms, equations, judgements, source })
    }

    /// The operands of a named kind; every one that cannot be used is a fault.
    fn terms(&self, relation: &'a Relation) -> Result<Vec<Term<'a>>, Vec<Fault<'a>>> {
        let mut faults = Vec::new();
        let mut terms = Vec::new();
        let mut complete = true;
        for (place, (role, operand)) in relation.kind.operands().enumerate() {
            match self.term(role, operand, Variable(place), relation.span) {
                Ok(Some(term)) => terms.push(term),
                Ok(None) => complete = false,
                Err(fault) => faults.push(fault),
            }
        }
        if complete && faults.is_empty() { Ok(terms) } else { Err(faults) }
    }

    /// An operand as a term; none if its figure cannot be used, which a diagnostic of its own says.
    fn term(
        &self,
        role: &'static str,
        operand: &'a Operand,
        variable: Variable,
        relation: ByteSpan,
    ) -> Result<Option<Term<'a>>, Fault<'a>> {
        let unknown = |id, span, indicator, domain| Term {
            role,
            id,
            span,
            fact: None,
            indicator,
            variable,
            domain,
            is_superseded: false,
        };
        match operand {
            Operand::Fact(id) => self.named(role, id, id.span, variable),
            Operand::Derived { indicator, id } => {
                if let Some(other) = self.facts.elsewhere(id) {
                    return Err(Fault::DerivedAgain(id, other));
                }
                let known = self.facts.indicator(indicator).ok_or(Fault::UnknownIndicator(indicator))?;
                Ok(Some(unknown(Some(id.as_str()), id.span, Some(known), derivable(known))))
            }
            Operand::Missing => Ok(Some(unknown(None, relation, None, Domain::unknown(Range::EVERYTHING)))),
        }
    }

    /// The term of a fact's id, printed or derived.
    fn named(
        &self,
        role: &'static str,
        id: &'a str,
        span: ByteSpan,
        variable: Variable,
    ) -> Result<Option<Term<'a>>, Fault<'a>> {
        if let Some(fact) = self.facts.get(id) {
            let indicator = self.facts.indicator_of(fact);
            let is_superseded = match self.vintage {
                Vintage::Of(source) => fact.standing().iter().all(|printed| printed.source.value != source),
                Vintage::Standing { .. } => false,
            };
            let domain =
                self.facts.domain(fact, self.vintage).filter(|domain| domain.admitted(Level::Strict).is_some());
            return Ok(domain.map(|domain| Term {
                role,
                id: Some(id),
                span,
                fact: Some(fact),
                indicator,
                variable,
                domain,
                is_superseded,
            }));
        }
        if let Some((indicator, domain)) = self.derivations.get(id) {
            let (indicator, domain) = (Some(*indicator), domain.clone());
            let (fact, is_superseded) = (None, false);
            return Ok(Some(Term { role, id: Some(id), span, fact, indicator, variable, domain, is_superseded }));
        }
        match self.facts.derived_by(id) {
            Some(place) if self.before.contains_key(&place) => Ok(None),
            other => Err(Fault::UnknownFact { id: id.to_owned(), span, in_circle: other.is_some() }),
        }
    }

    fn equation(
        &self,
        place: usize,
        text: &'a Located<String>,
    ) -> Result<(Vec<Term<'a>>, Equation<Variable>), Vec<Fault<'a>>> {
        let parsed = self.facts.read_equation(place).ok_or_else(Vec::new)?;
        let parsed = parsed.as_ref().map_err(|error| vec![Fault::Equation(text, error.clone())])?;
        let mut terms: Vec<Term<'a>> = Vec::new();
        let mut faults = Vec::new();
        let mut complete = true;
        let mut names: BTreeMap<&str, Variable> = BTreeMap::new();
        for name in parsed.variables() {
            if names.contains_key(name.text) {
                continue;
            }
            let variable = Variable(terms.len());
            names.insert(name.text, variable);
            let span = within(self.facts, text, name.offset, name.text.len());
            match self.named("operand", name.text, span, variable) {
                Ok(Some(term)) => terms.push(term),
                Ok(None) => complete = false,
                Err(fault) => faults.push(fault),
            }
        }
        let equation = parsed.try_map(|name| names.get(name.text).copied().ok_or_else(Vec::new));
        if complete && faults.is_empty() { Ok((terms, equation?)) } else { Err(faults) }
    }
}

/// The place of a part of a text in the sheet; the whole text's where YAML escapes put the two out of step.
pub(super) fn within(facts: &Facts<'_>, text: &Located<String>, offset: usize, length: usize) -> ByteSpan {
    let written = facts.sheet.file.slice(text.span);
    // Nearly always it is the whole, or the whole but for its quotes.
    let stands = |at: &usize| written.get(*at..).is_some_and(|rest| rest.starts_with(text.as_str()));
    match [0, 1].into_iter().find(stands).or_else(|| written.find(text.as_str())) {
        Some(at) => {
            let start = text.span.start + at + offset;
            ByteSpan { start, end: start + length }
        }
        None => text.span,
    }
}

/// What a figure of an indicator may be before it is derived: not below zero, unless the indicator can be.
fn derivable(indicator: &Indicator) -> Domain {
    let below_zero = match indicator.plausible.0 {
        Some(least) => least.is_sign_negative() && !least.is_zero(),
        None => indicator.kind == Kind::Ratio,
    };
    let domain = Domain::unknown(if below_zero { Range::EVERYTHING } else { Range::at_least(Fraction::ZERO) });
    if is_counted(indicator) { domain.whole() } else { domain }
}
