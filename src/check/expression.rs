//! Equations between quantities, as trees.

use super::fraction::Fraction;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A quantity made of numbers and variables; `V` names a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression<V> {
    /// A number, known exactly.
    Number(Fraction),
    /// A variable.
    Variable(V),
    /// Minus a quantity.
    Negate(Box<Expression<V>>),
    /// Two quantities joined.
    Join(Operator, Box<Expression<V>>, Box<Expression<V>>),
}

/// What joins two quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// The sum, `+`.
    Add,
    /// The difference, `-`.
    Subtract,
    /// The product, `*`.
    Multiply,
    /// The quotient, `/`; without value over zero.
    Divide,
}

/// How the two sides of an equation compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Both sides are the same, `=`.
    Equal,
    /// The left side is not above the right one, `<=`.
    AtMost,
    /// The left side is not below the right one, `>=`.
    AtLeast,
}

/// A claim that two quantities compare in a certain way: an equality or an inequality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation<V> {
    /// The side before the sign.
    pub left: Expression<V>,
    /// The sign.
    pub comparison: Comparison,
    /// The side after the sign.
    pub right: Expression<V>,
}

impl<V> Expression<V> {
    /// The sum of all terms, zero if there are none; balanced, so that a thousand terms nest but ten deep.
    pub fn sum(terms: impl IntoIterator<Item = Expression<V>>) -> Expression<V> {
        let mut layer: Vec<_> = terms.into_iter().collect();
        while layer.len() > 1 {
            let mut above = Vec::with_capacity(layer.len().div_ceil(2));
            let mut terms = layer.into_iter();
            while let Some(term) = terms.next() {
                above.push(match terms.next() {
                    Some(next) => term + next,
                    None => term,
                });
            }
            layer = above;
        }
        layer.pop().unwrap_or(Expression::Number(Fraction::ZERO))
    }

    /// The same expression with every variable renamed; the first refusal ends it.
    ///
    /// # Errors
    /// Those of `rename`.
    pub fn try_map<W, E>(&self, rename: &mut impl FnMut(&V) -> Result<W, E>) -> Result<Expression<W>, E> {
        Ok(match self {
            Expression::Number(number) => Expression::Number(number.clone()),
            Expression::Variable(variable) => Expression::Variable(rename(variable)?),
            Expression::Negate(inner) => Expression::Negate(Box::new(inner.try_map(rename)?)),
            Expression::Join(operator, left, right) => {
                let left = left.try_map(rename)?;
                Expression::Join(*operator, Box::new(left), Box::new(right.try_map(rename)?))
            }
        })
    }

    /// Hands every variable to `visit`, from left to right, as often as it occurs.
    pub fn each_variable<'a>(&'a self, visit: &mut impl FnMut(&'a V)) {
        match self {
            Expression::Number(_) => {}
            Expression::Variable(variable) => visit(variable),
            Expression::Negate(inner) => inner.each_variable(visit),
            Expression::Join(_, left, right) => {
                left.each_variable(visit);
                right.each_variable(visit);
            }
        }
    }
}

impl<V> Equation<V> {
    /// `left = right`.
    pub fn equal(left: Expression<V>, right: Expression<V>) -> Equation<V> {
        Equation { left, comparison: Comparison::Equal, right }
    }

    /// `left <= right`.
    pub fn at_most(left: Expression<V>, right: Expression<V>) -> Equation<V> {
        Equation { left, comparison: Comparison::AtMost, right }
    }

    /// The same equation with every variable renamed, from left to right; the first refusal ends it.
    ///
    /// # Errors
    /// Those of `rename`.
    pub fn try_map<W, E>(&self, mut rename: impl FnMut(&V) -> Result<W, E>) -> Result<Equation<W>, E> {
        let left = self.left.try_map(&mut rename)?;
        Ok(Equation { left, comparison: self.comparison, right: self.right.try_map(&mut rename)? })
    }

    /// The variables from left to right, as often as they occur.
    pub fn variables(&self) -> Vec<&V> {
        let mut variables = Vec::new();
        self.left.each_variable(&mut |variable| variables.push(variable));
        self.right.each_variable(&mut |variable| variables.push(variable));
        variables
    }
}

impl Operator {
    /// The sign as written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
        }
    }

    /// How tightly it binds: products before sums.
    pub(super) const fn tightness(self) -> u8 {
        match self {
            Operator::Add | Operator::Subtract => 1,
            Operator::Multiply | Operator::Divide => 2,
        }
    }
}

impl Comparison {
    /// The sign as written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::AtMost => "<=",
            Comparison::AtLeast => ">=",
        }
    }
}

fn join<V>(operator: Operator, left: Expression<V>, right: Expression<V>) -> Expression<V> {
    Expression::Join(operator, Box::new(left), Box::new(right))
}

impl<V> Add for Expression<V> {
    type Output = Expression<V>;

    fn add(self, other: Expression<V>) -> Expression<V> {
        join(Operator::Add, self, other)
    }
}

impl<V> Sub for Expression<V> {
    type Output = Expression<V>;

    fn sub(self, other: Expression<V>) -> Expression<V> {
        join(Operator::Subtract, self, other)
    }
}

impl<V> Mul for Expression<V> {
    type Output = Expression<V>;

    fn mul(self, other: Expression<V>) -> Expression<V> {
        join(Operator::Multiply, self, other)
    }
}

impl<V> Div for Expression<V> {
    type Output = Expression<V>;

    fn div(self, other: Expression<V>) -> Expression<V> {
        join(Operator::Divide, self, other)
    }
}

impl<V> Neg for Expression<V> {
    type Output = Expression<V>;

    fn neg(self) -> Expression<V> {
        Expression::Negate(Box::new(self))
    }
}

impl<V: fmt::Display> Expression<V> {
    /// Writes the expression, in parentheses if it binds less tightly than its place demands.
    fn write(&self, f: &mut fmt::Formatter<'_>, demanded: u8) -> fmt::Result {
        match self {
            Expression::Number(number) => match number.to_decimal(28) {
                Some(decimal) if Fraction::from(decimal) == *number => write!(f, "{}", decimal.normalize()),
                _ => write!(f, "{number}"),
            },
            Expression::Variable(variable) => write!(f, "{variable}"),
            Expression::Negate(inner) => {
                f.write_str("- ")?;
                inner.write(f, 3)
            }
            Expression::Join(operator, left, right) => {
                let tightness = operator.tightness();
                if tightness < demanded {
                    f.write_str("(")?;
                }
                left.write(f, tightness)?;
                write!(f, " {} ", operator.symbol())?;
                right.write(f, tightness + 1)?;
                if tightness < demanded {
                    f.write_str(")")?;
                }
                Ok(())
            }
        }
    }
}

impl<V: fmt::Display> fmt::Display for Expression<V> {
    /// As [`parse`](super::parse::parse) reads it, where every number is a decimal one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl<V: fmt::Display> fmt::Display for Equation<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, self.comparison.symbol(), self.right)
    }
}
