//! What an equation and the ranges of its variables say about each other.
//!
//! An equation is laid out flat, and read in both directions: forward, from the variables to the two sides; backward, from what
//! a side must be to what each variable may be. That is HC4-revise, from Benhamou, Goualard, Granvilliers and Puget, *Revising
//! hull and box consistency* (1999). The result is exact where every variable occurs once, and a range around the exact one
//! otherwise.

use super::expression::{Comparison, Equation, Expression, Operator};
use super::fraction::Fraction;
use super::range::{Pieces, Range};
use std::collections::BTreeMap;

/// A variable: its place in the list of domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable(pub usize);

/// How much a printed figure is allowed to mean. Strict allows all that expected does, and loose all that any does. Rounding and
/// cutting off are two ways of writing, and one text keeps to one of them (XBRL Calculations 1.1, section 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What a reader takes it to mean: rounded, and "over 40" is not 60.
    Expected,
    /// What its words leave open: "over 40" may be 60.
    Strict,
    /// As strict, but digits were cut off instead of rounded: 41.2 may be 41.29, and is not 41.18.
    Truncated,
    /// All that any of these allows.
    Loose,
}

/// What is known of a variable before any equation is read.
///
/// ```
/// use brief::check::solve::{Domain, Level};
/// let share = Domain::printed("41.15..41.25".parse()?).truncated(&"41.2..41.3".parse()?);
/// assert_eq!(share.range(Level::Truncated), &"41.2..41.3".parse()?);
/// assert_eq!(share.range(Level::Loose), &"41.15..41.3".parse()?);
/// # Ok::<(), brief::check::range::NotARange>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    expected: Range,
    strict: Range,
    truncated: Range,
    loose: Range,
    /// What a figure of its kind can be at all.
    possible: Range,
    whole: bool,
    known: bool,
}

impl Domain {
    /// A printed figure without hedge, by the range of numbers that are rounded to it.
    pub fn printed(rounded: Range) -> Domain {
        Domain {
            expected: rounded.clone(),
            strict: rounded.clone(),
            truncated: rounded.clone(),
            loose: rounded,
            possible: Range::EVERYTHING,
            whole: false,
            known: true,
        }
    }

    /// A figure that no source prints, by the range its kind allows; an equation may derive it.
    pub fn unknown(possible: Range) -> Domain {
        Domain { known: false, ..Domain::printed(possible) }
    }

    /// The range that a hedge leaves open besides the expected one: `40..` for "over 40".
    #[must_use]
    pub fn hedged(self, strict: &Range) -> Domain {
        let strict = self.strict.hull(strict);
        Domain { loose: self.loose.hull(&strict), truncated: strict.clone(), strict, ..self }
    }

    /// The range if digits were cut off instead of rounded; comes after [`Domain::hedged`].
    #[must_use]
    pub fn truncated(self, truncated: &Range) -> Domain {
        Domain { loose: self.loose.hull(truncated), truncated: truncated.clone(), ..self }
    }

    /// Every range without what is less than one, for a number of things of which there is one at least.
    #[must_use]
    pub fn from_one(self) -> Domain {
        let cut = |range: &Range| range.meet(&Range::at_least(Fraction::ONE)).unwrap_or_else(|| range.clone());
        let (expected, strict) = (cut(&self.expected), cut(&self.strict));
        Domain { expected, strict, truncated: cut(&self.truncated), loose: cut(&self.loose), ..self }
    }

    /// Every range reaching to what it would be with `more` added: a figure that may mean either.
    #[must_use]
    pub fn or_more_by(self, more: &Fraction) -> Domain {
        let reach = |range: &Range| range.hull(&range.shift(more));
        Domain {
            expected: reach(&self.expected),
            strict: reach(&self.strict),
            truncated: reach(&self.truncated),
            loose: reach(&self.loose),
            ..self
        }
    }

    /// What a figure of its kind can be if its digits are left out of account: an amount is not below zero.
    #[must_use]
    pub fn among(self, possible: Range) -> Domain {
        Domain { possible, ..self }
    }

    /// What a figure of its kind can be if its digits are left out of account.
    pub fn possible(&self) -> &Range {
        &self.possible
    }

    /// Admits whole numbers only, as for things that are counted.
    #[must_use]
    pub fn whole(self) -> Domain {
        Domain { whole: true, ..self }
    }

    /// The range at a level, before whole numbers are picked from it.
    pub fn range(&self, level: Level) -> &Range {
        match level {
            Level::Expected => &self.expected,
            Level::Strict => &self.strict,
            Level::Truncated => &self.truncated,
            Level::Loose => &self.loose,
        }
    }

    /// The range at a level, from whole number to whole number if only those are admitted; `None` if there is none.
    pub fn admitted(&self, level: Level) -> Option<Range> {
        self.round(self.range(level).clone())
    }

    /// Whether only whole numbers are admitted.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether a source prints the figure.
    pub fn is_known(&self) -> bool {
        self.known
    }

    pub(super) fn round(&self, range: Range) -> Option<Range> {
        if self.whole { range.to_integers() } else { Some(range) }
    }
}

impl Default for Domain {
    /// A variable of which nothing is known.
    fn default() -> Domain {
        Domain::unknown(Range::EVERYTHING)
    }
}

/// Ends within an equation that need more bits than this are rounded outward to so many digits. No figure of a sheet comes near
/// it; an equation that multiplies long numbers a hundred times would otherwise take minutes.
const MOST_BITS: u64 = 512;
const MOST_DIGITS: u32 = 50;

/// An equation laid out for reading in both directions: nodes, each after those it is made of.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    nodes: Vec<Node>,
    left: usize,
    right: usize,
    comparison: Comparison,
    /// The variables in order of first occurrence; a node speaks of them by their place here.
    operands: Vec<Operand>,
}

/// A variable of an equation, and whether it occurs more than once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operand {
    pub(super) variable: Variable,
    pub(super) repeated: bool,
}

#[derive(Debug, Clone)]
enum Node {
    Number(Range),
    Operand(usize),
    Negate(usize),
    Join(Operator, usize, usize),
}

impl Layout {
    pub(super) fn new(equation: &Equation<Variable>) -> Layout {
        let mut layout =
            Layout { nodes: Vec::new(), left: 0, right: 0, comparison: equation.comparison, operands: Vec::new() };
        let mut places = BTreeMap::new();
        layout.left = layout.place(&equation.left, &mut places);
        layout.right = layout.place(&equation.right, &mut places);
        layout
    }

    fn place(&mut self, expression: &Expression<Variable>, places: &mut BTreeMap<Variable, usize>) -> usize {
        let node = match expression {
            Expression::Number(number) => Node::Number(Range::point(number.clone())),
            Expression::Variable(variable) => {
                let next = self.operands.len();
                let place = *places.entry(*variable).or_insert(next);
                match self.operands.get_mut(place) {
                    Some(operand) => operand.repeated = true,
                    None => self.operands.push(Operand { variable: *variable, repeated: false }),
                }
                Node::Operand(place)
            }
            Expression::Negate(inner) => Node::Negate(self.place(inner, places)),
            Expression::Join(operator, left, right) => {
                let left = self.place(left, places);
                Node::Join(*operator, left, self.place(right, places))
            }
        };
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    pub(super) fn operands(&self) -> &[Operand] {
        &self.operands
    }

    /// The range of every node, given those of the operands by their place; `None` if a divisor can but be zero.
    pub(super) fn forward<'r>(&self, range: impl Fn(usize) -> Option<&'r Range>) -> Option<Values> {
        let mut values: Vec<Range> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let value = match node {
                Node::Number(number) => number.clone(),
                Node::Operand(place) => range(*place)?.clone(),
                Node::Negate(inner) => -values.get(*inner)?,
                Node::Join(operator, left, right) => {
                    let (left, right) = (values.get(*left)?, values.get(*right)?);
                    match operator {
                        Operator::Add => left + right,
                        Operator::Subtract => left - right,
                        Operator::Multiply => left * right,
                        Operator::Divide => left.divide(right).hull()?,
                    }
                }
            };
            values.push(value.slim(MOST_BITS, MOST_DIGITS));
        }
        Some(Values(values))
    }

    pub(super) fn sides<'a>(&self, values: &'a Values) -> Option<(&'a Range, &'a Range)> {
        Some((values.0.get(self.left)?, values.0.get(self.right)?))
    }

    /// Whether the two sides can compare as the equation says.
    pub(super) fn holds(&self, values: &Values) -> bool {
        self.sides(values).is_some_and(|(left, right)| self.demand_on_left(right).meets(left))
    }

    fn demand_on_left(&self, right: &Range) -> Range {
        bounded(self.comparison, right)
    }

    fn demand_on_right(&self, left: &Range) -> Range {
        let mirrored = match self.comparison {
            Comparison::Equal => Comparison::Equal,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::AtLeast => Comparison::AtMost,
        };
        bounded(mirrored, left)
    }

    /// The range that the other operands admit for each one, its own left out of account as long as it occurs but once.
    pub(super) fn admit(&self, values: &Values) -> Vec<Option<Range>> {
        self.backward(values, |_, pieces| pieces.hull())
    }

    /// The range of each operand that the equation leaves over; all `None` once there is none.
    pub(super) fn narrow(&self, values: &Values) -> Vec<Option<Range>> {
        self.backward(values, |value, pieces| pieces.meet(value))
    }

    /// Hands demands down from the sides to the operands; `combine` joins a node's own range and the demand on it.
    fn backward(&self, values: &Values, combine: impl Fn(&Range, &Pieces) -> Option<Range>) -> Vec<Option<Range>> {
        let nothing = || vec![None; self.operands.len()];
        let Some((left, right)) = self.sides(values) else { return nothing() };
        let mut demands: Vec<Option<Range>> = vec![None; self.nodes.len()];
        let mut results: Vec<Option<Option<Range>>> = vec![None; self.operands.len()];
        let demand = |demands: &mut Vec<Option<Range>>, node: usize, pieces: Pieces| {
            let value = values.0.get(node)?;
            let demanded = combine(value, &pieces)?;
            *demands.get_mut(node)? = Some(demanded.slim(MOST_BITS, MOST_DIGITS));
            Some(())
        };
        let sides = [(self.left, self.demand_on_left(right)), (self.right, self.demand_on_right(left))];
        for (side, range) in sides {
            if demand(&mut demands, side, Pieces::one(range)).is_none() {
                return nothing();
            }
        }
        for (index, node) in self.nodes.iter().enumerate().rev() {
            // A number needs no demand: what contradicts it contradicts what it is joined with.
            if matches!(node, Node::Number(_)) {
                continue;
            }
            let Some(target) = demands.get_mut(index).and_then(Option::take) else { return nothing() };
            let handed = match node {
                Node::Number(_) => Some(()),
                Node::Operand(place) => results.get_mut(*place).map(|result| {
                    *result = Some(match result.take() {
                        None => Some(target),
                        Some(other) => other.and_then(|other| other.meet(&target)),
                    });
                }),
                Node::Negate(inner) => demand(&mut demands, *inner, Pieces::one(-&target)),
                Node::Join(operator, left, right) => {
                    self.undo(*operator, &target, [*left, *right], values).and_then(|(on_left, on_right)| {
                        on_left.map_or(Some(()), |pieces| demand(&mut demands, *left, pieces))?;
                        on_right.map_or(Some(()), |pieces| demand(&mut demands, *right, pieces))
                    })
                }
            };
            if handed.is_none() {
                return nothing();
            }
        }
        results.into_iter().map(Option::flatten).collect()
    }

    /// What two joined nodes may be each, given what they are together and what the other is; `None` inside for a number.
    fn undo(
        &self,
        operator: Operator,
        target: &Range,
        [left, right]: [usize; 2],
        values: &Values,
    ) -> Option<(Option<Pieces>, Option<Pieces>)> {
        let varies = |node: usize| !matches!(self.nodes.get(node), Some(Node::Number(_)));
        let (on_left, on_right) = (varies(left), varies(right));
        let (left, right) = (values.0.get(left)?, values.0.get(right)?);
        let on_left = on_left.then(|| match operator {
            Operator::Add => (target - right).into(),
            Operator::Subtract => (target + right).into(),
            Operator::Multiply => target.other_factor(right),
            Operator::Divide => (target * right).into(),
        });
        let on_right = on_right.then(|| match operator {
            Operator::Add => (target - left).into(),
            Operator::Subtract => (left - target).into(),
            Operator::Multiply => target.other_factor(left),
            Operator::Divide => left.other_factor(target),
        });
        Some((on_left, on_right))
    }
}

/// The ranges of an equation's nodes.
#[derive(Debug, Clone)]
pub(super) struct Values(Vec<Range>);

/// All numbers that compare thus with some number of the range.
fn bounded(comparison: Comparison, other: &Range) -> Range {
    match comparison {
        Comparison::Equal => other.clone(),
        Comparison::AtMost => other.upper().cloned().map_or(Range::EVERYTHING, Range::at_most),
        Comparison::AtLeast => other.lower().cloned().map_or(Range::EVERYTHING, Range::at_least),
    }
}
