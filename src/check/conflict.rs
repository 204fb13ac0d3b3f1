//! Which equations cannot hold together: a small set of them, instead of all.

use super::propagate::{End, Network, Run};
use super::solve::Variable;
use std::collections::BTreeSet;

/// Equations that cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The equation that left some variable without a number; another one may be as much to blame.
    pub equation: usize,
    /// The equations that suffice for the conflict, in ascending order.
    pub core: Vec<usize>,
    /// The variables of the core, in ascending order.
    pub variables: Vec<Variable>,
    /// Whether the core is known to be minimal: without any one of its equations there is no conflict. Otherwise the search for
    /// a smaller core was cut short.
    pub minimal: bool,
}

impl Conflict {
    fn new(network: &Network, equation: usize, core: &BTreeSet<usize>, minimal: bool) -> Conflict {
        let variables: BTreeSet<Variable> = core.iter().flat_map(|&member| network.variables_of(member)).collect();
        Conflict { equation, core: core.iter().copied().collect(), variables: variables.into_iter().collect(), minimal }
    }
}

/// The equations that contradict the figures without the help of another; they are taken out of the active ones.
pub(super) fn alone(network: &Network, active: &mut [bool]) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for (equation, active) in active.iter_mut().enumerate() {
        if !network.holds_alone(equation) {
            *active = false;
            conflicts.push(Conflict::new(network, equation, &BTreeSet::from([equation]), true));
        }
    }
    conflicts
}

/// A minimal core of the conflict in which a run ended: first the equations that the conflict can have come from, then without
/// each that is not needed. Deletion, as in Chinneck and Dravnieks, *Locating minimal infeasible constraint sets* (1991).
pub(super) fn shrink(network: &mut Network, run: &Run, equation: usize) -> Conflict {
    let mut core = origins(network, run, equation);
    let mut culprit = equation;
    let mut minimal = true;
    for candidate in core.clone().into_iter().rev() {
        if !core.contains(&candidate) {
            continue;
        }
        if network.search == 0 {
            minimal = false;
            break;
        }
        let smaller: BTreeSet<usize> = core.iter().copied().filter(|&member| member != candidate).collect();
        let active: Vec<bool> = (0..network.equations()).map(|member| smaller.contains(&member)).collect();
        let trial = network.run(&active, &[]);
        match trial.end {
            End::Emptied(emptied) => {
                core = origins(network, &trial, emptied);
                culprit = emptied;
            }
            End::Settled => {}
            End::Exhausted => minimal = false,
        }
    }
    Conflict::new(network, culprit, &core, minimal)
}

/// The equations from which the conflict can have come: the one that emptied, those that narrowed its variables, and so on back.
fn origins(network: &Network, run: &Run, equation: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([equation]);
    let mut open = vec![equation];
    while let Some(next) = open.pop() {
        for variable in network.variables_of(next) {
            let narrowers = run.narrowed_by.get(variable.0).into_iter().flatten();
            open.extend(narrowers.copied().filter(|&narrower| found.insert(narrower)));
        }
    }
    found
}
