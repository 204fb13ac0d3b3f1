//! The equation behind each relation that a fact sheet can name.
//!
//! Every variable occurs once in its equation, so that interval arithmetic yields the exact range of each operand and not merely
//! one around it (the dependency problem: Moore, Kearfott and Cloud, *Introduction to Interval Analysis*, section 5.5). For the
//! same reason a percentage is written as a product: it then projects exactly onto the part, the whole and the percentage alike,
//! and says nothing false about a whole of zero.

use super::expression::{Equation, Expression};
use super::fraction::Fraction;

fn variable<V>(variable: V) -> Expression<V> {
    Expression::Variable(variable)
}

fn hundredths<V>(percent: V) -> Expression<V> {
    variable(percent) / Expression::Number(Fraction::HUNDRED)
}

fn one<V>() -> Expression<V> {
    Expression::Number(Fraction::ONE)
}

/// `part + part + … = whole`; no parts make zero.
pub fn total<V>(parts: impl IntoIterator<Item = V>, whole: V) -> Equation<V> {
    Equation::equal(Expression::sum(parts.into_iter().map(variable)), variable(whole))
}

/// `part <= whole`.
pub fn part<V>(part: V, whole: V) -> Equation<V> {
    Equation::at_most(variable(part), variable(whole))
}

/// `part = whole * (percent / 100)`.
pub fn percentage<V>(part: V, whole: V, percent: V) -> Equation<V> {
    Equation::equal(variable(part), variable(whole) * hundredths(percent))
}

/// `current = previous * (1 + rate / 100)`: the rate is in per cent, negative for a decrease.
pub fn growth<V>(current: V, previous: V, rate: V) -> Equation<V> {
    Equation::equal(variable(current), variable(previous) * (one() + hundredths(rate)))
}

/// `previous = current * (1 - rate / 100)`: a change that was computed on the later figure by mistake.
pub fn change_on_later<V>(current: V, previous: V, rate: V) -> Equation<V> {
    Equation::equal(variable(previous), variable(current) * (one() - hundredths(rate)))
}

/// `current = previous * (index / 100)`: "equal to 94 % of last year".
pub fn index<V>(current: V, previous: V, index: V) -> Equation<V> {
    percentage(current, previous, index)
}

/// `current = previous * times`: "2.3 times last year's".
pub fn multiple<V>(current: V, previous: V, times: V) -> Equation<V> {
    Equation::equal(variable(current), variable(previous) * variable(times))
}

/// `actual = plan * (percent / 100)`: "reached 128.54 % of the plan".
pub fn attainment<V>(actual: V, plan: V, percent: V) -> Equation<V> {
    percentage(actual, plan, percent)
}

/// `actual = plan * (1 + excess / 100)`: "exceeded the plan by 5 %".
pub fn excess<V>(actual: V, plan: V, excess: V) -> Equation<V> {
    growth(actual, plan, excess)
}

/// `from - less = is`.
pub fn difference<V>(from: V, less: V, is: V) -> Equation<V> {
    Equation::equal(variable(from) - variable(less), variable(is))
}

/// `total = count * mean`.
pub fn mean<V>(total: V, count: V, mean: V) -> Equation<V> {
    Equation::equal(variable(total), variable(count) * variable(mean))
}

/// `amount * rate = result`: the rate is in units of the result for one unit of the amount.
pub fn conversion<V>(amount: V, rate: V, result: V) -> Equation<V> {
    Equation::equal(variable(amount) * variable(rate), variable(result))
}

/// `first = second`, `second = third`, …: one equation between each fact and the next; propagation carries them along the chain.
pub fn equal<V: Clone>(facts: impl IntoIterator<Item = V>) -> Vec<Equation<V>> {
    let facts: Vec<V> = facts.into_iter().collect();
    let pairs = facts.iter().zip(facts.iter().skip(1));
    pairs.map(|(one, next)| Equation::equal(variable(one.clone()), variable(next.clone()))).collect()
}
