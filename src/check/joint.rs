//! The relations of a sheet as one system: figures that no relation alone contradicts can contradict each other over several,
//! and relations that share figures tell which of them is wrong.

use super::conflict::Conflict;
use super::fraction::Fraction;
use super::judge::{Strain, Verdict, judge};
use super::locate::{Location, Suspect};
use super::propagate::{End, Network, Propagation, System, propagate_at};
use super::range::Range;
use super::relate::{Judged, Judging, Term};
use super::solve::{Domain, Level, Variable};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The judged relations of a sheet over one set of variables: a fact is one variable, however many relations name it.
pub(super) struct Joint<'a> {
    judged: Vec<&'a Judged<'a>>,
    /// The variable of each term of each relation.
    variables: Vec<Vec<Variable>>,
    /// The term of each variable, as the first relation that names it has it.
    terms: Vec<&'a Term<'a>>,
    system: System,
    /// The relation that each equation stands for.
    owners: Vec<usize>,
    clashes: Vec<Clash>,
    doubts: Vec<Doubt>,
    /// The smallest relative error in each fact that some relation alone would have caught.
    margins: BTreeMap<&'a str, Fraction>,
    /// The facts of relations that do not hold: something was caught there.
    disputed: BTreeSet<&'a str>,
    /// The facts whose relation derives a figure that another relation uses.
    chained: BTreeMap<&'a str, Variable>,
    /// Whether the relations were too many to be solved together to the end.
    is_cut_short: bool,
    /// Equations that may still be read in the search for a slip.
    search: Cell<usize>,
}

/// Relations that hold each by itself, and not together.
pub(super) struct Clash {
    /// What it takes for them to hold together; none if nothing does.
    pub strain: Option<Strain>,
    /// The relations, by their places among those judged.
    pub relations: Vec<usize>,
    /// Their figures.
    pub variables: Vec<Variable>,
    /// The figure over which they part.
    pub pivot: Option<Pivot>,
}

/// A figure that some relations put in one place and another relation in another.
pub(super) struct Pivot {
    /// The figure.
    pub variable: Variable,
    /// Where its own digits and the other relations have it.
    pub by_others: Range,
    /// Where the last relation has it.
    pub by_last: Range,
    /// The last relation.
    pub last: usize,
}

/// Which figures to doubt for relations that cannot hold.
pub(super) struct Doubt {
    /// The relations that one change must repair together.
    pub relations: BTreeSet<usize>,
    /// Alternatives, each a smallest set of figures whose change repairs all relations of the sheet. Empty if none was found.
    pub suspects: Vec<Vec<Suspect>>,
}

/// The variable of each fact by its id. The figures of a source that a later one revised in part are facts of their own: they are not
/// the ones that the other relations tie.
type Variables<'a> = BTreeMap<(&'a str, Option<&'a str>), Variable>;

/// The equations that the search for slips may read, over a whole sheet.
const MOST_SEARCH: usize = 60_000;

/// An equation of a few operands is read in one go; one of thousands counts for as many as its length is worth.
const OPERANDS_PER_READING: usize = 8;

/// The equations among which strains over several relations are sought; in more, contradictions alone are, as each search costs
/// the same.
const MOST_STRAINED: usize = 1_000;

impl<'a> Joint<'a> {
    /// Puts the relations together, and looks for what they say together.
    pub(super) fn of(judgings: &'a [Judging<'a>]) -> Joint<'a> {
        let judged: Vec<&Judged<'_>> = judgings.iter().filter_map(|judging| judging.as_ref().ok()).collect();
        let mut joint = Joint {
            judged: Vec::with_capacity(judged.len()),
            variables: Vec::with_capacity(judged.len()),
            terms: Vec::new(),
            system: System::default(),
            owners: Vec::new(),
            clashes: Vec::new(),
            doubts: Vec::new(),
            margins: BTreeMap::new(),
            disputed: BTreeSet::new(),
            chained: BTreeMap::new(),
            is_cut_short: false,
            search: Cell::new(MOST_SEARCH),
        };
        let mut by_id = Variables::new();
        for relation in judged {
            joint.add(relation, &mut by_id);
        }
        joint.chain();
        joint.solve();
        joint
    }

    fn add(&mut self, relation: &'a Judged<'a>, by_id: &mut Variables<'a>) {
        let mut variables = Vec::with_capacity(relation.terms.len());
        for term in &relation.terms {
            let next = Variable(self.terms.len());
            let variable = term.id.map_or(next, |id| *by_id.entry((id, relation.source)).or_insert(next));
            if variable == next {
                self.terms.push(term);
                self.system.domains.push(term.domain.clone());
            }
            variables.push(variable);
        }
        for equation in &relation.equations {
            let global = |local: &Variable| variables.get(local.0).copied().ok_or(());
            if let Ok(equation) = equation.try_map(global) {
                self.system.equations.push(equation);
                self.owners.push(self.judged.len());
            }
        }
        for (id, margin) in relation.margins_by_fact() {
            let least = self.margins.entry(id).or_insert_with(|| margin.clone());
            if margin < least {
                *least = margin.clone();
            }
        }
        self.judged.push(relation);
        self.variables.push(variables);
    }

    fn solve(&mut self) {
        let failing: BTreeSet<usize> =
            self.judged.iter().enumerate().filter(|(_, judged)| judged.fails()).map(|(at, _)| at).collect();
        let shared = self.shared();
        let together = if shared.iter().any(|shared| *shared) {
            Network::new(&self.system, Level::Expected).run(&shared, &[]).end
        } else {
            End::Settled
        };
        self.is_cut_short = together == End::Exhausted;
        if failing.is_empty() && !matches!(together, End::Emptied(_)) {
            return;
        }
        let loose = propagate_at(&self.system, Level::Loose);
        self.doubts = loose.locations.iter().map(|location| self.doubt(location, &loose)).collect();
        let mut told = failing;
        let levels = [
            (Level::Loose, None),
            (Level::Strict, Some(Strain::OnlyTruncated)),
            (Level::Expected, Some(Strain::BeyondExpected)),
        ];
        let seeks_strains = self.system.equations.len() <= MOST_STRAINED;
        let unsaid = matches!(together, End::Emptied(_)) && loose.conflicts.is_empty() && !seeks_strains;
        self.is_cut_short |= loose.exhausted || unsaid;
        for (level, strain) in levels.into_iter().filter(|(level, _)| *level == Level::Loose || seeks_strains) {
            let found = if level == Level::Loose {
                loose.conflicts.clone()
            } else {
                propagate_at(&self.system, level).conflicts
            };
            for conflict in found {
                let relations = self.owners_of(&conflict.core);
                if relations.len() > 1 && relations.is_disjoint(&told) {
                    let clash = self.clash(&conflict, level, strain);
                    told.extend(clash.relations.iter().copied());
                    self.clashes.push(clash);
                }
            }
        }
        let disputed = told.iter().filter_map(|place| self.judged.get(*place)).flat_map(|judged| &judged.terms);
        self.disputed = disputed.filter_map(|term| term.id).collect();
    }

    /// The equations that share a figure with another relation's: only those can clash.
    fn shared(&self) -> Vec<bool> {
        let mut users: Vec<(Option<usize>, bool)> = vec![(None, false); self.terms.len()];
        for (relation, variables) in self.variables.iter().enumerate() {
            for variable in variables {
                if let Some((first, by_several)) = users.get_mut(variable.0) {
                    *by_several |= first.is_some_and(|first| first != relation);
                    *first = first.or(Some(relation));
                }
            }
        }
        let is_shared = |variable: &Variable| users.get(variable.0).is_some_and(|(_, by_several)| *by_several);
        let shared: Vec<bool> = self.variables.iter().map(|variables| variables.iter().any(is_shared)).collect();
        self.owners.iter().map(|owner| shared.get(*owner).copied().unwrap_or_default()).collect()
    }

    fn owners_of(&self, equations: &[usize]) -> BTreeSet<usize> {
        equations.iter().filter_map(|equation| self.owners.get(*equation).copied()).collect()
    }

    fn doubt(&self, location: &Location, loose: &Propagation) -> Doubt {
        let conflicts = location.conflicts.iter().filter_map(|place| loose.conflicts.get(*place));
        let relations = conflicts.flat_map(|conflict| self.owners_of(&conflict.core)).collect();
        Doubt { relations, suspects: location.suspects.clone() }
    }

    fn clash(&self, conflict: &Conflict, level: Level, strain: Option<Strain>) -> Clash {
        Clash {
            strain,
            relations: self.owners_of(&conflict.core).into_iter().collect(),
            variables: conflict.variables.clone(),
            pivot: self.pivot(conflict, level),
        }
    }

    /// Where a conflict shows: what its other equations leave of a figure, and what the last one would have it be.
    fn pivot(&self, conflict: &Conflict, level: Level) -> Option<Pivot> {
        let last = *self.owners.get(conflict.equation)?;
        let mut network = Network::new(&self.system, level);
        let active: Vec<bool> = (0..self.system.equations.len())
            .map(|equation| equation != conflict.equation && conflict.core.contains(&equation))
            .collect();
        let ranges = network.run(&active, &[]).ranges;
        let domains: Vec<Domain> = ranges.iter().map(|range| Domain::printed(range.clone())).collect();
        let judgement = judge(self.system.equations.get(conflict.equation)?, &domains);
        let parted = judgement.operands.iter().filter_map(|operand| {
            let by_last = operand.admitted.clone()?;
            let by_others = ranges.get(operand.variable.0)?.clone();
            let whole = self.system.domains.get(operand.variable.0).is_some_and(Domain::is_whole);
            let meeting = by_last.meet(&by_others);
            let meets = meeting.is_some_and(|range| !whole || range.to_integers().is_some());
            (!meets).then_some(Pivot { variable: operand.variable, by_others, by_last, last })
        });
        // Clearest is a figure that the other relations speak of too; among those, one that is printed.
        parted.max_by_key(|pivot| {
            let spoken_of = active.iter().zip(&self.owners).any(|(active, owner)| {
                *active && self.variables.get(*owner).is_some_and(|variables| variables.contains(&pivot.variable))
            });
            (spoken_of, self.term(pivot.variable).is_some_and(|term| term.fact.is_some()))
        })
    }

    /// Whether the relations were too many to be solved together to the end: a contradiction over several may go unseen.
    pub(super) fn is_cut_short(&self) -> bool {
        self.is_cut_short
    }

    /// The relations that hold each by itself, and not together.
    pub(super) fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// The relation of a place.
    pub(super) fn relation(&self, place: usize) -> Option<&'a Judged<'a>> {
        self.judged.get(place).copied()
    }

    /// The term of a variable, as the first relation that names it has it.
    pub(super) fn term(&self, variable: Variable) -> Option<&'a Term<'a>> {
        self.terms.get(variable.0).copied()
    }

    /// The place of a relation among those judged.
    pub(super) fn place_of(&self, judged: &Judged<'_>) -> Option<usize> {
        self.judged.iter().position(|other| other.relation.span == judged.relation.span)
    }

    /// Which figures to doubt for relations that cannot hold.
    pub(super) fn doubt_of(&self, relations: &[usize]) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| relations.iter().all(|relation| doubt.relations.contains(relation)))
    }

    /// Whether all relations that hang together with those of a doubt hold, without strain, with another domain for a figure.
    pub(super) fn is_repaired(&self, doubt: &Doubt, variable: Variable, domain: &Domain) -> bool {
        let of_doubt =
            |equation: &usize| self.owners.get(*equation).is_some_and(|owner| doubt.relations.contains(owner));
        // Most slips fail at the relations that were broken; only what repairs these is tried on the others.
        let broken: Vec<usize> = (0..self.system.equations.len()).filter(of_doubt).collect();
        if !self.afford(broken.iter().copied()) {
            return false;
        }
        let mut domains = self.system.domains.clone();
        let Some(changed) = domains.get_mut(variable.0) else { return false };
        *changed = domain.clone();
        let holds = |equation: &usize| {
            let verdict = self.system.equations.get(*equation).map(|equation| judge(equation, &domains).verdict);
            matches!(verdict, Some(Verdict::Consistent | Verdict::Undetermined))
        };
        if !broken.iter().all(holds) || !self.afford(0..self.owners.len()) {
            return false;
        }
        let system = System { domains, ..self.system.clone() };
        let elsewhere: BTreeSet<usize> = self
            .doubts
            .iter()
            .filter(|other| !std::ptr::eq(*other, doubt))
            .flat_map(|other| other.relations.iter().copied())
            .collect();
        let active: Vec<bool> = self.owners.iter().map(|owner| !elsewhere.contains(owner)).collect();
        let mut network = Network::new(&system, Level::Expected);
        network.run(&active, &[]).end == End::Settled
    }

    /// The smallest relative error in a fact that some relation alone would have caught.
    pub(super) fn margin(&self, id: &str) -> Option<&Fraction> {
        self.margins.get(id)
    }

    /// Whether a relation of a fact does not hold.
    pub(super) fn is_disputed(&self, id: &str) -> bool {
        self.disputed.contains(id)
    }

    /// Whether other relations speak of the figures of a relation, too.
    pub(super) fn is_tied(&self, place: usize) -> bool {
        let own = |variable: &Variable| self.variables.get(place).is_some_and(|variables| variables.contains(variable));
        let mut others = self.variables.iter().enumerate().filter(|(other, _)| *other != place);
        others.any(|(_, variables)| variables.iter().any(own))
    }

    /// Whether the relations together would have caught a fact that is off by a share of its value, upward or downward: a figure
    /// that one relation derives and another one uses ties the two.
    pub(super) fn catches(&self, id: &str, share: &Fraction) -> bool {
        let Some(variable) = self.chained.get(id) else { return false };
        let middle = self.system.domains.get(variable.0).and_then(|domain| domain.range(Level::Expected).midpoint());
        let Some(middle) = middle else { return false };
        let size = (&middle * share).abs();
        [size.clone(), -&size].iter().any(|shift| {
            if !self.afford(0..self.owners.len()) {
                return false;
            }
            let mut system = self.system.clone();
            if let Some(domain) = system.domains.get_mut(variable.0) {
                let shift = if !domain.is_whole() {
                    shift.clone()
                } else if shift.is_negative() {
                    shift.floor()
                } else {
                    shift.ceil()
                };
                let shifted = Domain::printed(domain.range(Level::Loose).shift(&shift));
                *domain = if domain.is_whole() { shifted.whole() } else { shifted };
            }
            let active = vec![true; system.equations.len()];
            matches!(Network::new(&system, Level::Loose).run(&active, &[]).end, End::Emptied(_))
        })
    }

    /// The facts whose relation derives a figure that another relation uses.
    fn chain(&mut self) {
        let is_derived = |term: &Term<'_>| term.id.is_some() && !term.domain.is_known();
        if !self.judged.iter().flat_map(|judged| &judged.terms).any(is_derived) {
            return;
        }
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for id in self.judged.iter().flat_map(|judged| &judged.terms).filter_map(|term| term.id) {
            *uses.entry(id).or_default() += 1;
        }
        for (judged, variables) in self.judged.iter().zip(&self.variables) {
            let passes_on = |term: &Term<'_>| {
                let is_named_again = term.id.and_then(|id| uses.get(id)).is_some_and(|count| *count > 1);
                is_named_again && !term.domain.is_known()
            };
            if judged.terms.iter().any(passes_on) {
                let known = judged.terms.iter().zip(variables).filter(|(term, _)| term.fact.is_some());
                self.chained.extend(known.filter_map(|(term, variable)| Some((term.id?, *variable))));
            }
        }
    }

    /// Takes what it costs to read some equations off what the search may cost, if that much is left.
    fn afford(&self, mut equations: impl Iterator<Item = usize>) -> bool {
        let relation = |equation: usize| self.owners.get(equation).and_then(|owner| self.variables.get(*owner));
        let cost = |equation| 1 + relation(equation).map_or(0, Vec::len) / OPERANDS_PER_READING;
        let left = equations.try_fold(self.search.get(), |left, equation| left.checked_sub(cost(equation)));
        self.search.set(left.unwrap_or(0));
        left.is_some()
    }
}
