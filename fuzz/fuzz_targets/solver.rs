//! Whatever the equations: the solver ends, and never loses a solution that the figures and the equations admit.
//!
//! The solution is chosen first. Each equation gets the number that makes it true of the solution, and each range is drawn around
//! it, so that no judgement may call the system inconsistent and no narrowing may leave the solution out.
#![no_main]

use arbitrary::Arbitrary;
use brief::check::expression::{Comparison, Equation, Expression, Operator};
use brief::check::fraction::Fraction;
use brief::check::judge::{Verdict, judge};
use brief::check::propagate::{System, propagate_at};
use brief::check::range::Range;
use brief::check::solve::{Domain, Level, Variable};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Input {
    variables: Vec<Unknown>,
    equations: Vec<Claim>,
}

/// A variable: its true value, and how much more its range admits.
#[derive(Debug, Arbitrary)]
struct Unknown {
    value: Number,
    below: Option<Number>,
    above: Option<Number>,
    hedge: Option<Number>,
    whole: bool,
    printed: bool,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
struct Number {
    numerator: i32,
    denominator: u8,
}

#[derive(Debug, Arbitrary)]
struct Claim {
    left: Tree,
    right: Tree,
    comparison: Sign,
    slack: Number,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum Sign {
    Equal,
    AtMost,
    AtLeast,
}

#[derive(Debug, Arbitrary)]
enum Tree {
    Number(Number),
    Variable(u8),
    Negate(Box<Tree>),
    Add(Box<Tree>, Box<Tree>),
    Subtract(Box<Tree>, Box<Tree>),
    Multiply(Box<Tree>, Box<Tree>),
    Divide(Box<Tree>, Box<Tree>),
}

impl Number {
    fn fraction(self) -> Fraction {
        Fraction::ratio(i64::from(self.numerator), i64::from(self.denominator).max(1)).unwrap_or_default()
    }
}

/// The tree as an expression, and its value at the solution; none where it divides by zero, or is deeper than any equation.
fn expression(tree: &Tree, solution: &[Fraction], depth: usize) -> Option<(Expression<Variable>, Fraction)> {
    if depth > 6 {
        return None;
    }
    let join = |operator, left: &Tree, right: &Tree| {
        let (left, one) = expression(left, solution, depth + 1)?;
        let (right, other) = expression(right, solution, depth + 1)?;
        let value = match operator {
            Operator::Add => &one + &other,
            Operator::Subtract => &one - &other,
            Operator::Multiply => &one * &other,
            Operator::Divide => one.divided_by(&other)?,
        };
        Some((Expression::Join(operator, Box::new(left), Box::new(right)), value))
    };
    match tree {
        Tree::Number(number) => Some((Expression::Number(number.fraction()), number.fraction())),
        Tree::Variable(place) => {
            let place = usize::from(*place) % solution.len();
            Some((Expression::Variable(Variable(place)), solution[place].clone()))
        }
        Tree::Negate(inner) => {
            let (inner, value) = expression(inner, solution, depth + 1)?;
            Some((-inner, -&value))
        }
        Tree::Add(left, right) => join(Operator::Add, left, right),
        Tree::Subtract(left, right) => join(Operator::Subtract, left, right),
        Tree::Multiply(left, right) => join(Operator::Multiply, left, right),
        Tree::Divide(left, right) => join(Operator::Divide, left, right),
    }
}

/// `left = right + what is missing`, or the same with some slack to one side.
fn equation(claim: &Claim, solution: &[Fraction]) -> Option<Equation<Variable>> {
    let (left, one) = expression(&claim.left, solution, 0)?;
    let (right, other) = expression(&claim.right, solution, 0)?;
    let (missing, slack) = (&one - &other, claim.slack.fraction().abs());
    let (comparison, rest) = match claim.comparison {
        Sign::Equal => (Comparison::Equal, missing),
        Sign::AtMost => (Comparison::AtMost, &missing + &slack),
        Sign::AtLeast => (Comparison::AtLeast, &missing - &slack),
    };
    Some(Equation { left, comparison, right: right + Expression::Number(rest) })
}

fn domain(unknown: &Unknown, value: &Fraction) -> Domain {
    let lower = unknown.below.map(|below| value - &below.fraction().abs());
    let upper = unknown.above.map(|above| value + &above.fraction().abs());
    let range = Range::new(lower, upper).unwrap_or(Range::EVERYTHING);
    let mut domain = if unknown.printed { Domain::printed(range) } else { Domain::unknown(range) };
    if let Some(hedge) = unknown.hedge {
        domain = domain.hedged(&Range::at_least(value - &hedge.fraction().abs()));
    }
    if unknown.whole { domain.whole() } else { domain }
}

fuzz_target!(|input: Input| {
    if input.variables.is_empty() || input.variables.len() > 8 || input.equations.len() > 12 {
        return;
    }
    let solution: Vec<Fraction> = input
        .variables
        .iter()
        .map(|unknown| if unknown.whole { unknown.value.fraction().floor() } else { unknown.value.fraction() })
        .collect();
    let domains: Vec<Domain> = input.variables.iter().zip(&solution).map(|(one, value)| domain(one, value)).collect();
    let equations: Vec<Equation<Variable>> =
        input.equations.iter().filter_map(|claim| equation(claim, &solution)).collect();
    for equation in &equations {
        let judgement = judge(equation, &domains);
        assert!(
            matches!(judgement.verdict, Verdict::Consistent | Verdict::Undetermined),
            "{:?} of a true equation",
            judgement.verdict
        );
        for operand in &judgement.operands {
            let value = &solution[operand.variable.0];
            let holds = |range: &Option<Range>| range.as_ref().is_some_and(|range| range.contains(value));
            assert!(holds(&operand.admitted), "{value} is not admitted: {:?}", operand.admitted);
            assert!(holds(&operand.narrowed), "{value} is narrowed away: {:?}", operand.narrowed);
            assert!(operand.margin.as_ref().is_none_or(|margin| !margin.is_negative()));
        }
    }
    let system = System { domains, equations };
    for level in [Level::Expected, Level::Strict, Level::Loose] {
        let found = propagate_at(&system, level);
        assert!(found.conflicts.is_empty() && found.locations.is_empty(), "a conflict in a system with a solution");
        for (value, range) in solution.iter().zip(&found.ranges) {
            assert!(range.contains(value), "{value} is not in {range:?}");
        }
    }
});
