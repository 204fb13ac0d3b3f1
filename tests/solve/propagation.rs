//! Systems of equations: what they derive, where they contradict, and that they end.

use crate::text::{Sheet, lines};
use brief::check::expression::{Equation, Expression};
use brief::check::fraction::Fraction;
use brief::check::propagate::{System, propagate, propagate_at};
use brief::check::range::Range;
use brief::check::solve::{Domain, Level, Variable};

#[track_caller]
fn found(text: &str, expected: &str) {
    let sheet = Sheet::read(text);
    let found = sheet.found(&propagate_at(&sheet.system, Level::Strict));
    assert_eq!(lines(&found), lines(expected));
}

#[test]
fn what_one_equation_derives_the_next_one_uses() {
    found(
        "visitors: 2.37
        plan: 0.. unknown
        attainment: 118.5
        foreign: 0.. unknown
        share: 10 exact
        visitors = plan * (attainment / 100)
        foreign = plan * (share / 100)",
        "visitors: 2.365..2.375
        plan: 1.99494..2.00507
        attainment: 118.45..118.55
        foreign: 0.199494..0.200507
        share: 10",
    );
}

#[test]
fn a_contradiction_names_only_the_equations_it_needs() {
    found(
        "a: 10 exact
        b: 0.. unknown
        c: 0.. unknown
        d: 35 exact
        e: 0.. unknown
        2 * a = b
        b + 10 = c
        e = d + a
        c = d
        e >= a",
        "a: 10
        b: 0..
        c: 0..
        d: 35
        e: 45
        conflict: 2 * a = b; b + 10 = c; c = d
        doubt: a 12.5
        doubt: d 30",
    );
}

#[test]
fn a_figure_in_two_broken_relations_is_the_one_to_doubt() {
    found(
        "a: 21 exact
        b: 30 exact
        t: 42 exact
        half: 6 exact
        a + b = t
        half = 50 * a / 100",
        "a: 21
        b: 30
        t: 42
        half: 6
        conflict: a + b = t
        conflict: half = 50 * a / 100
        doubt: a 12",
    );
}

#[test]
fn two_wrong_figures_are_doubted_together() {
    found(
        "a: 21 exact
        b: 30 exact
        t: 42 exact
        c: 5 exact
        a + b = t
        b = c * 5
        a = 12",
        "a: 21
        b: 30
        t: 42
        c: 5
        conflict: a + b = t
        conflict: b = c * 5
        conflict: a = 12
        doubt: a 12 and c 6",
    );
}

#[test]
fn contradictions_apart_from_each_other_are_all_found() {
    found(
        "a: 1 exact
        b: 2 exact
        c: 3 exact
        d: 4 exact
        e: 0.. unknown
        a = b
        c = d
        e = a + d",
        "a: 1
        b: 2
        c: 3
        d: 4
        e: 5
        conflict: a = b
        conflict: c = d
        doubt: a 2
        doubt: b 1
        doubt: c 4
        doubt: d 3",
    );
}

#[test]
fn whole_numbers_narrow_each_other() {
    found(
        "n: 7..9 whole
        m: 0.. unknown whole
        2 * m = n",
        "n: 8
        m: 4",
    );
}

#[test]
fn a_strain_shows_at_the_expected_level_alone() {
    let sheet = Sheet::read("a: 40..50 strict 40.. \n b: 60 exact \n a = b");
    let outcome = propagate(&sheet.system);
    assert_eq!(sheet.names(&outcome.expected.conflicts[0].variables), "a b");
    assert_eq!(outcome.loose.conflicts, []);
}

/// `x1 = x2 * factor`, `x2 = x3 * factor`, … and back to the first.
fn circle(length: usize, factor: &Fraction, last: &Fraction, start: &Range) -> System {
    let equations = (0..length)
        .map(|place| {
            let next = (place + 1) % length;
            let factor = if next == 0 { last } else { factor };
            let product = Expression::Variable(Variable(next)) * Expression::Number(factor.clone());
            Equation::equal(Expression::Variable(Variable(place)), product)
        })
        .collect();
    System { domains: vec![Domain::unknown(start.clone()); length], equations }
}

fn number(text: &str) -> Fraction {
    text.parse().unwrap()
}

#[test]
fn a_circle_that_shrinks_for_ever_ends_as_exhausted() {
    for length in [2, 3, 100] {
        let system =
            circle(length, &number("1.01"), &number("0.97"), &Range::closed(number("0"), number("100")).unwrap());
        let outcome = propagate_at(&system, Level::Loose);
        assert!(outcome.exhausted, "{length}");
        assert!(outcome.ranges.iter().all(|range| range.contains(&Fraction::ZERO)));
        assert_eq!(outcome.conflicts, []);
    }
}

#[test]
fn a_large_circle_that_shrinks_to_nothing_ends() {
    let system = circle(5_000, &number("1.01"), &number("0.97"), &Range::closed(number("0"), number("100")).unwrap());
    let outcome = propagate_at(&system, Level::Loose);
    assert!(outcome.ranges.iter().all(|range| range.contains(&Fraction::ZERO)));
    assert_eq!(outcome.conflicts, []);
}

#[test]
fn a_large_circle_that_contradicts_is_caught() {
    let system = circle(5_000, &number("1.01"), &number("0.99"), &Range::closed(number("99"), number("101")).unwrap());
    let outcome = propagate_at(&system, Level::Loose);
    assert!(!outcome.conflicts.is_empty());
    assert!(outcome.conflicts.iter().all(|conflict| conflict.core.len() < 5_000));
}

#[test]
fn a_circle_of_unknowns_is_left_alone() {
    let system = circle(5_000, &number("1.01"), &number("0.99"), &Range::at_least(Fraction::ZERO));
    let outcome = propagate_at(&system, Level::Loose);
    assert!(!outcome.exhausted && outcome.conflicts.is_empty());
}

#[test]
fn a_variable_without_a_domain_is_unknown() {
    let equation = Equation::equal(Expression::Variable(Variable(2)), Expression::Number(Fraction::ONE));
    let outcome = propagate_at(&System { domains: vec![], equations: vec![equation] }, Level::Loose);
    assert_eq!(outcome.ranges[2], Range::point(Fraction::ONE));
}

#[test]
fn a_wrong_total_of_thousands_of_parts_ends() {
    let total = Variable(2_000);
    let equation = brief::check::formula::total((0..2_000).map(Variable), total);
    let mut domains = vec![Domain::printed("1.5..2.5".parse().unwrap()); 2_000];
    domains.push(Domain::printed("9000..9001".parse().unwrap()));
    let outcome = propagate_at(&System { domains, equations: vec![equation] }, Level::Loose);
    assert_eq!(outcome.conflicts.len(), 1);
    assert_eq!(outcome.conflicts[0].variables.len(), 2_001);
}

#[test]
fn a_chain_of_equals_between_unequal_ends_is_one_conflict() {
    let mut domains = vec![Domain::default(); 998];
    domains.insert(0, Domain::printed("1..2".parse().unwrap()));
    domains.push(Domain::printed("3..4".parse().unwrap()));
    let equations = brief::check::formula::equal((0..1_000).map(Variable));
    let outcome = propagate_at(&System { domains, equations }, Level::Loose);
    assert_eq!(outcome.conflicts.len(), 1);
    assert_eq!(outcome.conflicts[0].core.len(), 999);
}
