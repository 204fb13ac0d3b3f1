//! Which figures to doubt: the smallest sets of them whose change would restore consistency.

use super::conflict::Conflict;
use super::propagate::{End, Network};
use super::range::Range;
use super::solve::Variable;
use std::collections::BTreeSet;

/// The figures to doubt for some conflicts that share figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The conflicts, by their place among those found.
    pub conflicts: Vec<usize>,
    /// Alternatives of the same, smallest size: to change all figures of one of them restores consistency. Empty if none of at
    /// most two figures does, or the search was cut short.
    pub suspects: Vec<Vec<Suspect>>,
}

/// A figure to doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The figure.
    pub variable: Variable,
    /// Where all equations together would have it.
    pub admitted: Range,
}

/// The most figures that are doubted at once: beyond, a reader is better served by the conflicts themselves.
const MOST_AT_ONCE: usize = 2;

/// Doubts figures for each group of conflicts that share some.
pub(super) fn locate(network: &mut Network, conflicts: &[Conflict]) -> Vec<Location> {
    let groups = group(conflicts);
    let mut locations = Vec::with_capacity(groups.len());
    for members in groups {
        let elsewhere: BTreeSet<usize> = conflicts
            .iter()
            .enumerate()
            .filter(|(place, _)| !members.contains(place))
            .flat_map(|(_, conflict)| conflict.core.iter().copied())
            .collect();
        let active: Vec<bool> = (0..network.equations()).map(|equation| !elsewhere.contains(&equation)).collect();
        let cores: Vec<Vec<Variable>> = members
            .iter()
            .filter_map(|&place| conflicts.get(place))
            .map(|conflict| conflict.variables.iter().copied().filter(|&figure| network.is_known(figure)).collect())
            .collect();
        let suspects = (1..=MOST_AT_ONCE)
            .map(|size| suspects(network, &active, &cores, size))
            .find(|suspects| !suspects.is_empty())
            .unwrap_or_default();
        locations.push(Location { conflicts: members, suspects });
    }
    locations
}

/// The sets of `size` figures that touch every core and whose release lets all active equations hold.
fn suspects(network: &mut Network, active: &[bool], cores: &[Vec<Variable>], size: usize) -> Vec<Vec<Suspect>> {
    let mut found = Vec::new();
    for figures in hitting_sets(cores, size) {
        if network.search == 0 {
            return Vec::new();
        }
        let run = network.run(active, &figures);
        if run.end == End::Settled {
            let admitted = |variable: &Variable| run.ranges.get(variable.0).cloned().unwrap_or(Range::EVERYTHING);
            found.push(
                figures.iter().map(|variable| Suspect { variable: *variable, admitted: admitted(variable) }).collect(),
            );
        }
    }
    found
}

/// All sets of exactly `size` variables, one or two, with one from each core, in ascending order, each set ascending. Of
/// thousands of variables there are more pairs than memory can hold, so none is made before it is asked for.
fn hitting_sets(cores: &[Vec<Variable>], size: usize) -> impl Iterator<Item = Vec<Variable>> {
    let everyone: BTreeSet<Variable> = cores.iter().flatten().copied().collect();
    let ascending: Vec<Variable> = everyone.iter().copied().collect();
    everyone.into_iter().flat_map(move |one| {
        let missed: Vec<&Vec<Variable>> = cores.iter().filter(|core| core.binary_search(&one).is_err()).collect();
        let alone = (size == 1 && missed.is_empty()).then(|| vec![one]);
        let others: Vec<Variable> = match missed.split_first() {
            _ if size == 1 => Vec::new(),
            None => ascending.iter().copied().filter(|other| *other > one).collect(),
            Some((first, rest)) => {
                let hits = |other: &Variable| rest.iter().all(|core| core.binary_search(other).is_ok());
                first.iter().copied().filter(|other| *other > one && hits(other)).collect()
            }
        };
        alone.into_iter().chain(others.into_iter().map(move |other| vec![one, other]))
    })
}

/// The conflicts, put together where they share figures.
fn group(conflicts: &[Conflict]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<Variable>, Vec<usize>)> = Vec::new();
    for (place, conflict) in conflicts.iter().enumerate() {
        let mut variables: BTreeSet<Variable> = conflict.variables.iter().copied().collect();
        let mut members = Vec::new();
        groups.retain(|(others, places)| {
            let apart = variables.is_disjoint(others);
            if !apart {
                variables.extend(others.iter().copied());
                members.extend(places.iter().copied());
            }
            apart
        });
        members.push(place);
        groups.push((variables, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}
