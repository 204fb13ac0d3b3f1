//! Soundness: what is true is never called false, however it was printed; and what no count can yield is called impossible.

use crate::text::{Sheet, printed};
use brief::check::expression::Equation;
use brief::check::formula;
use brief::check::fraction::{Direction, Fraction};
use brief::check::judge::{Verdict, judge};
use brief::check::propagate::{System, propagate};
use brief::check::range::Range;
use brief::check::solve::{Domain, Variable};
use proptest::prelude::*;

/// A true value, in thousandths or as a third of one, and how a newspaper prints it.
#[derive(Debug, Clone)]
struct Print {
    decimals: u32,
    cut_off: bool,
}

fn print_of(cut_off: impl Strategy<Value = bool>) -> impl Strategy<Value = Print> {
    (0_u32..4, cut_off).prop_map(|(decimals, cut_off)| Print { decimals, cut_off })
}

impl Print {
    fn text(&self, value: &Fraction) -> String {
        let scaled = value * &Fraction::from(10_i64.pow(self.decimals));
        let size =
            if self.cut_off { scaled.abs().floor() } else { (&scaled.abs() + &Fraction::ratio(1, 2).unwrap()).floor() };
        let digits = format!("{:0>width$}", size.to_string(), width = self.decimals as usize + 1);
        let (whole, decimals) = digits.split_at(digits.len() - self.decimals as usize);
        let sign = if value.is_negative() { "-" } else { "" };
        if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }
}

/// An equation that is true of the values.
fn truth() -> impl Strategy<Value = (Equation<Variable>, Vec<Fraction>)> {
    let value = || (1_i64..200_000, 1_i64..4).prop_map(|(n, d)| Fraction::ratio(n, 1_000 * d).unwrap());
    let signed = (-99_000_i64..300_000).prop_map(|n| Fraction::ratio(n, 1_000).unwrap());
    let [a, b, c] = [0, 1, 2].map(Variable);
    (value(), value(), signed, 0..6).prop_map(move |(x, y, rate, kind)| {
        let percent = |part: &Fraction, whole: &Fraction| (part * &Fraction::HUNDRED).divided_by(whole).unwrap();
        match kind {
            0 => (formula::total([a, b], c), vec![x.clone(), y.clone(), &x + &y]),
            1 => (formula::percentage(a, b, c), vec![x.clone(), y.clone(), percent(&x, &y)]),
            2 => {
                let factor = &Fraction::ONE + &rate.divided_by(&Fraction::HUNDRED).unwrap();
                (formula::growth(a, b, c), vec![&x * &factor, x, rate])
            }
            3 => (formula::difference(a, b, c), vec![x.clone(), y.clone(), &x - &y]),
            4 => (formula::conversion(a, b, c), vec![x.clone(), y.clone(), &x * &y]),
            _ => (formula::part(a, b), vec![x.clone(), &x + &y, Fraction::ZERO]),
        }
    })
}

fn domains(values: &[Fraction], prints: &[Print]) -> Vec<Domain> {
    values.iter().zip(prints).map(|(value, print)| printed(&print.text(value))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_true_relation_is_never_inconsistent(
        (equation, values) in truth(),
        prints in prop::collection::vec(print_of(any::<bool>()), 3),
    ) {
        let domains = domains(&values, &prints);
        let judgement = judge(&equation, &domains);
        prop_assert_ne!(judgement.verdict, Verdict::Inconsistent);
        let system = System { domains, equations: vec![equation] };
        prop_assert_eq!(propagate(&system).loose.conflicts, vec![]);
    }

    #[test]
    fn a_true_relation_of_rounded_figures_is_never_strained(
        (equation, values) in truth(),
        prints in prop::collection::vec(print_of(Just(false)), 3),
    ) {
        let domains = domains(&values, &prints);
        let judgement = judge(&equation, &domains);
        prop_assert!(matches!(judgement.verdict, Verdict::Consistent | Verdict::Undetermined));
        for operand in &judgement.operands {
            let value = &values[operand.variable.0];
            prop_assert!(operand.narrowed.as_ref().is_some_and(|range| range.contains(value)));
        }
        let outcome = propagate(&System { domains, equations: vec![equation] });
        for (range, value) in outcome.expected.ranges.iter().zip(&values) {
            prop_assert!(range.contains(value));
        }
    }

    /// The margin keeps its word: just beyond it an error is caught, and within it none is.
    #[test]
    fn errors_beyond_the_margin_are_caught_and_smaller_ones_are_not(
        (equation, values) in truth(),
        prints in prop::collection::vec(print_of(Just(false)), 3),
        operand in 0_usize..3,
    ) {
        let texts: Vec<String> = values.iter().zip(&prints).map(|(value, print)| print.text(value)).collect();
        let domains: Vec<Domain> = texts.iter().map(|text| printed(text)).collect();
        let judgement = judge(&equation, &domains);
        let Some(found) = judgement.operands.get(operand) else { return Ok(()) };
        let Some(margin) = &found.margin else { return Ok(()) };
        let value: Fraction = texts[operand].parse().unwrap();
        let caught = |factor: Fraction, sign: i64| {
            let shift = &(&(&value.abs() * margin) * &factor) * &Fraction::from(sign);
            let wrong = Range::point(&value + &shift);
            let mut domains = domains.clone();
            let half = domains[operand].range(brief::check::solve::Level::Loose);
            domains[operand] = Domain::printed(half.shift(&(wrong.lower().unwrap() - &value)));
            judge(&equation, &domains).verdict == Verdict::Inconsistent
        };
        let over = &Fraction::ONE + &Fraction::ratio(1, 1_000).unwrap();
        let under = Fraction::ratio(999, 1_000).unwrap();
        if margin.is_positive() {
            prop_assert!(caught(over.clone(), 1) || caught(over, -1));
            prop_assert!(!caught(under.clone(), 1) && !caught(under, -1));
        }
    }
}

/// Every percentage that a count of at most 60 can have, at 0 to 3 decimals, and every one that it cannot.
#[test]
fn percentages_of_counts_are_possible_exactly_if_some_count_has_them() {
    let equation = formula::percentage(Variable(0), Variable(1), Variable(2));
    let part = Domain::unknown(Range::at_least(Fraction::ZERO)).whole();
    for decimals in 0..=2_u32 {
        let scale = 100 * 10_i64.pow(decimals);
        for whole in 1..=60_i64 {
            // Twice the scale, so that the half unit of rounding is a whole number too.
            let fits = |printed: i64, part: i64| (2 * part * scale - 2 * printed * whole).abs() <= whole;
            for printed in (0..=scale).step_by(if decimals == 2 { 13 } else { 1 }) {
                let possible = (0..=whole).any(|part| fits(printed, part));
                let rounded = Range::closed(
                    Fraction::ratio(200 * printed - 100, 2 * scale).unwrap(),
                    Fraction::ratio(200 * printed + 100, 2 * scale).unwrap(),
                );
                let domains = [
                    part.clone(),
                    Domain::printed(Range::point(Fraction::from(whole))).whole(),
                    Domain::printed(rounded.unwrap()),
                ];
                let judgement = judge(&equation, &domains);
                assert_eq!(judgement.impossible, !possible, "{printed} / {scale} of {whole}");
            }
        }
    }
}

#[test]
fn every_percentage_of_two_counts_is_accepted_at_any_number_of_decimals() {
    let equation = formula::percentage(Variable(0), Variable(1), Variable(2));
    for (whole, part) in (1..=60_i64).flat_map(|whole| (0..=whole).map(move |part| (whole, part))) {
        let exact = Fraction::ratio(100 * part, whole).unwrap();
        for decimals in 0..=3 {
            let text = Print { decimals, cut_off: false }.text(&exact);
            let count = |n| Domain::printed(Range::point(Fraction::from(n))).whole();
            let domains = [count(part), count(whole), printed(&text)];
            let verdict = judge(&equation, &domains).verdict;
            assert!(!matches!(verdict, Verdict::Inconsistent | Verdict::Strained(_)), "{part} of {whole} is {text} %");
        }
    }
}

#[test]
fn widening_never_loses_a_true_value() {
    let sheet = Sheet::read("a: 1.234567 \n b: 7.654321 \n c: 0.. unknown \n a * b = c \n c * a = b * a * a");
    let outcome = propagate(&sheet.system);
    let product = &"1.234567".parse::<Fraction>().unwrap() * &"7.654321".parse::<Fraction>().unwrap();
    assert!(outcome.loose.ranges[2].contains(&product));
    assert_eq!(product.widen(Direction::Nearest, 7), "9.449772".parse().unwrap());
}
