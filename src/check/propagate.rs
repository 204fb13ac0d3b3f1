//! What all equations of a sheet say together: each variable's range is narrowed by each equation until nothing changes.
//!
//! The work-list is that of AC-3 (Mackworth, *Consistency in networks of relations*, 1977), in the order of the equations, so
//! that the same system always takes the same steps.

use super::conflict::{self, Conflict};
use super::expression::Equation;
use super::fraction::{Direction, Fraction};
use super::locate::{self, Location};
use super::range::Range;
use super::solve::{Domain, Layout, Level, Variable};
use std::collections::{BTreeSet, VecDeque};
use std::sync::LazyLock;

/// Variables and the equations between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct System {
    /// The domain of each [`Variable`], in order; one beyond the end is unknown.
    pub domains: Vec<Domain>,
    /// The equations; results speak of them by their place here.
    pub equations: Vec<Equation<Variable>>,
}

/// What propagation found at the two levels that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// With every figure as a reader takes it ([`Level::Expected`]): the ranges to print for derived figures, and strains.
    pub expected: Propagation,
    /// With every figure as loose as its words and digits allow ([`Level::Loose`]): conflicts here are errors.
    pub loose: Propagation,
}

/// What propagation found at one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propagation {
    /// The narrowed range of each variable, in order, by all equations but those in a conflict's core.
    pub ranges: Vec<Range>,
    /// Sets of equations that cannot hold together, each with a core of its own.
    pub conflicts: Vec<Conflict>,
    /// Which figures to doubt for the conflicts.
    pub locations: Vec<Location>,
    /// Whether the work was cut short: the ranges hold, but might be narrower, and a conflict may have gone unseen.
    pub exhausted: bool,
}

/// Narrows every variable by every equation, at the expected and at the loose level.
pub fn propagate(system: &System) -> Outcome {
    let expected = propagate_at(system, Level::Expected);
    // Figures that are counted and not hedged mean the same at every level.
    let same = |domain: &Domain| domain.range(Level::Expected) == domain.range(Level::Loose);
    let loose = if system.domains.iter().all(same) { expected.clone() } else { propagate_at(system, Level::Loose) };
    Outcome { expected, loose }
}

/// Narrows every variable by every equation, at one level.
///
/// The work is bounded by a number of steps proportional to the equations, so that a circle of equations that narrows each other
/// by ever smaller amounts ends too, as [`Propagation::exhausted`].
pub fn propagate_at(system: &System, level: Level) -> Propagation {
    let mut network = Network::new(system, level);
    let mut active = vec![true; system.equations.len()];
    let mut conflicts = conflict::alone(&network, &mut active);
    let mut exhausted = false;
    loop {
        let run = network.run(&active, &[]);
        let End::Emptied(equation) = run.end else {
            exhausted |= run.end == End::Exhausted;
            let locations = locate::locate(&mut network, &conflicts);
            return Propagation { ranges: run.ranges, conflicts, locations, exhausted };
        };
        if conflicts.len() >= MOST_CONFLICTS {
            let ranges = network.starts.clone();
            return Propagation { ranges, conflicts, locations: Vec::new(), exhausted: true };
        }
        let found = conflict::shrink(&mut network, &run, equation);
        for &member in &found.core {
            if let Some(flag) = active.get_mut(member) {
                *flag = false;
            }
        }
        conflicts.push(found);
    }
}

/// The steps that any one search for a fixed point may take: each equation this many times, and a few more for small systems.
const STEPS_PER_EQUATION: usize = 20;
const STEPS_AT_LEAST: usize = 2_000;
/// The steps that all searches for cores and culprits may take together.
const STEPS_OF_SEARCH: usize = 60_000;
/// A step reads an equation of a few operands; one of thousands counts for as many steps as its length is worth.
const OPERANDS_PER_STEP: usize = 4;
/// To set out on a search takes as long as a step for so many variables.
const VARIABLES_PER_STEP: usize = 100;
/// Ends that do not fit machine words are rounded outward to this many digits.
const DIGITS: u32 = 15;
/// A variable that has been narrowed this often is in a circle, and from then on all its ends are rounded outward to few digits:
/// each turn then costs little, and turns that gain nothing come to an end.
const OFTEN: u32 = 4;
const FEW_DIGITS: u32 = 6;
/// The conflicts that are told apart; where there are more, the figures are beyond repair one by one.
const MOST_CONFLICTS: usize = 40;

/// A system laid out for propagation at one level.
pub(super) struct Network {
    domains: Vec<Domain>,
    starts: Vec<Range>,
    layouts: Vec<Layout>,
    /// The equations of each variable.
    users: Vec<Vec<usize>>,
    /// The steps that each equation counts for.
    weights: Vec<usize>,
    /// Steps left for the search of cores and culprits.
    pub(super) search: usize,
    bounds: &'static Bounds,
}

/// The same for every system, and dear to work out.
static BOUNDS: LazyLock<Bounds> = LazyLock::new(Bounds::new);

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing more to narrow.
    Settled,
    /// This equation left some variable without a number.
    Emptied(usize),
    /// Out of steps.
    Exhausted,
}

/// One search for a fixed point.
pub(super) struct Run {
    pub(super) ranges: Vec<Range>,
    pub(super) end: End,
    /// The equations that narrowed each variable.
    pub(super) narrowed_by: Vec<BTreeSet<usize>>,
}

impl Network {
    pub(super) fn new(system: &System, level: Level) -> Network {
        let layouts: Vec<Layout> = system.equations.iter().map(Layout::new).collect();
        let mentioned = layouts.iter().flat_map(Layout::operands).map(|operand| operand.variable.0 + 1).max();
        let mut domains = system.domains.clone();
        domains.resize_with(domains.len().max(mentioned.unwrap_or(0)), Domain::default);
        let mut users = vec![Vec::new(); domains.len()];
        for (equation, layout) in layouts.iter().enumerate() {
            for operand in layout.operands() {
                if let Some(equations) = users.get_mut(operand.variable.0) {
                    equations.push(equation);
                }
            }
        }
        // A range without a whole number stays as it is here: the first equation that needs the number reports it.
        let starts = domains
            .iter()
            .map(|domain| domain.admitted(level).unwrap_or_else(|| domain.range(level).clone()))
            .collect();
        let weights = layouts.iter().map(|layout| (layout.operands().len() / OPERANDS_PER_STEP).max(1)).collect();
        Network { domains, starts, layouts, users, weights, search: STEPS_OF_SEARCH, bounds: &BOUNDS }
    }

    pub(super) fn equations(&self) -> usize {
        self.layouts.len()
    }

    pub(super) fn variables_of(&self, equation: usize) -> impl Iterator<Item = Variable> + '_ {
        self.layouts.get(equation).into_iter().flat_map(Layout::operands).map(|operand| operand.variable)
    }

    pub(super) fn is_known(&self, variable: Variable) -> bool {
        self.domains.get(variable.0).is_some_and(Domain::is_known)
    }

    /// Whether the equation leaves every variable a number if nothing but it narrows them.
    pub(super) fn holds_alone(&self, equation: usize) -> bool {
        self.layouts.get(equation).is_none_or(|layout| self.revise(layout, &self.starts, &[]).is_some())
    }

    /// Propagates the active equations from the start, the freed variables being whatever a figure of their kind can be.
    pub(super) fn run(&mut self, active: &[bool], freed: &[Variable]) -> Run {
        let mut ranges = self.starts.clone();
        for variable in freed {
            if let (Some(range), Some(domain)) = (ranges.get_mut(variable.0), self.domains.get(variable.0)) {
                *range = domain.round(domain.possible().clone()).unwrap_or(Range::EVERYTHING);
            }
        }
        let mut queue: VecDeque<usize> = (0..active.len()).filter(|&equation| active[equation]).collect();
        let mut queued = active.to_vec();
        let mut run = Run { ranges, end: End::Settled, narrowed_by: vec![BTreeSet::new(); self.starts.len()] };
        let mut times = vec![0_u32; self.starts.len()];
        let steps =
            queue.iter().map(|&equation| self.weights[equation]).sum::<usize>() * STEPS_PER_EQUATION + STEPS_AT_LEAST;
        self.search = self.search.saturating_sub(1 + self.starts.len() / VARIABLES_PER_STEP);
        let mut taken = 0;
        while taken <= steps {
            let Some(equation) = queue.pop_front() else {
                self.search = self.search.saturating_sub(taken);
                return run;
            };
            queued[equation] = false;
            let layout = &self.layouts[equation];
            let Some(narrowed) = self.revise(layout, &run.ranges, &times) else {
                self.search = self.search.saturating_sub(taken);
                run.end = End::Emptied(equation);
                return run;
            };
            taken += self.weights[equation];
            for (operand, range) in layout.operands().iter().zip(narrowed) {
                let Some(range) = range else { continue };
                let variable = operand.variable.0;
                let old = &run.ranges[variable];
                let whole = self.domains[variable].is_whole();
                let worth_telling = whole || self.bounds.tells_more(&range, old);
                run.ranges[variable] = range;
                times[variable] += 1;
                run.narrowed_by[variable].insert(equation);
                if worth_telling {
                    for &user in &self.users[variable] {
                        let again = user != equation || whole || operand.repeated;
                        if again && active[user] && !queued[user] {
                            queued[user] = true;
                            queue.push_back(user);
                        }
                    }
                }
            }
        }
        self.search = self.search.saturating_sub(steps);
        run.end = End::Exhausted;
        run
    }

    /// The ranges that an equation leaves of those of its variables, none where it leaves all of one; `None` if it leaves some
    /// variable without a number. `times` says how often each variable has been narrowed.
    fn revise(&self, layout: &Layout, ranges: &[Range], times: &[u32]) -> Option<Vec<Option<Range>>> {
        let operands = layout.operands();
        let values = layout.forward(|place| ranges.get(operands.get(place)?.variable.0))?;
        let narrowed = operands.iter().zip(layout.narrow(&values));
        narrowed
            .map(|(operand, narrowed)| {
                let variable = operand.variable.0;
                let rounded = self.domains[variable].round(narrowed?)?;
                let own = &ranges[variable];
                if rounded == *own {
                    return Some(None);
                }
                let often = times.get(variable).is_some_and(|times| *times > OFTEN);
                let range = self.bounds.coarsen(rounded, if often { FEW_DIGITS } else { DIGITS }).meet(own)?;
                Some((range != *own).then_some(range))
            })
            .collect()
    }
}

/// Limits on the size of numbers and of changes, without which a circle of equations could go on for ever.
struct Bounds {
    least_change: Fraction,
    huge: Fraction,
    tiny: Fraction,
}

impl Bounds {
    fn new() -> Bounds {
        let huge = Fraction::ten_to(40);
        let tiny = huge.reciprocal().unwrap_or_default();
        Bounds { least_change: Fraction::ratio(1, 1_000_000_000).unwrap_or_default(), huge, tiny }
    }

    /// The range, its ends rounded outward to some digits, and no further from or closer to zero than any figure of the world.
    fn coarsen(&self, range: Range, digits: u32) -> Range {
        if digits >= DIGITS && [range.lower(), range.upper()].into_iter().flatten().all(Fraction::is_small) {
            return range;
        }
        let lower = range.lower().and_then(|lower| self.coarse_lower(lower, digits));
        let upper = range.upper().and_then(|upper| self.coarse_lower(&-upper, digits)).map(|upper| -&upper);
        Range::new(lower, upper).unwrap_or(range)
    }

    fn coarse_lower(&self, lower: &Fraction, digits: u32) -> Option<Fraction> {
        if lower.is_small() {
            return Some(if digits < DIGITS { lower.widen(Direction::Down, digits) } else { lower.clone() });
        }
        let size = lower.abs();
        match (size > self.huge, size < self.tiny, lower.is_negative()) {
            (true, _, true) => None,
            (true, _, false) => Some(self.huge.clone()),
            (_, true, true) => Some(-&self.tiny),
            (_, true, false) => Some(Fraction::ZERO),
            _ => Some(lower.widen(Direction::Down, digits)),
        }
    }

    /// Whether a range is narrower than the old one by enough to tell other equations.
    fn tells_more(&self, new: &Range, old: &Range) -> bool {
        let moved = |new: Option<&Fraction>, old: Option<&Fraction>| match (new, old) {
            (Some(new), Some(old)) if new != old => (new - old).abs() > &new.abs().max(old.abs()) * &self.least_change,
            (new, old) => new != old,
        };
        moved(new.lower(), old.lower()) || moved(new.upper(), old.upper())
    }
}
