//! Soundness: what is true is never called false, however it was printed; and what no count can yield is called impossible.

use crate::text::{Sheet, printed};
use brief::check::expression::Equation;
use brief::check::formula;
use brief::check::fraction::{Direction, Fraction};
use brief::check::judge::{Verdict, judge};
use brief::check::propagate::{System, propagate};
use brief::check::range::Range;
use brief::check::solve::{Domain, Level, Variable};
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
        cut_off in any::<bool>(),
    ) {
        // One text keeps to one way of writing …
        let alike: Vec<Print> = prints.iter().map(|print| Print { cut_off, ..print.clone() }).collect();
        prop_assert_ne!(judge(&equation, &domains(&values, &alike)).verdict, Verdict::Inconsistent);
        // … and what relations say together allows for any mixture.
        let domains = domains(&values, &prints);
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

    /// The margin keeps its word: just beyond it an error is caught, and within it none is that leaves the figure its sign.
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
        let caught = |factor: &str, sign: i64| {
            let error = margin * &factor.parse().unwrap();
            if sign < 0 && error > "0.999999".parse().unwrap() {
                return false;
            }
            let shift = &(&value * &error) * &Fraction::from(sign);
            let mut domains = domains.clone();
            let shifted = |level| domains[operand].range(level).shift(&shift);
            domains[operand] = Domain::printed(shifted(Level::Strict)).truncated(&shifted(Level::Truncated));
            judge(&equation, &domains).verdict == Verdict::Inconsistent
        };
        // An error of a whole would take the figure its sign: a margin just short of one cannot be passed downwards.
        let leaves_sign = margin * &"1.001".parse().unwrap() <= "0.999999".parse().unwrap();
        prop_assert!(margin.is_zero() || !leaves_sign || caught("1.001", 1) || caught("1.001", -1));
        prop_assert!(!caught("0.999", 1) && !caught("0.999", -1));
    }
}

/// Equations that are all true of the values: each makes a value out of two earlier ones.
fn true_system() -> impl Strategy<Value = (Vec<Equation<Variable>>, Vec<Fraction>)> {
    let first = prop::collection::vec((1_i64..900_000).prop_map(|n| Fraction::ratio(n, 1_000).unwrap()), 4);
    let steps = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5), 1..8);
    (first, steps).prop_map(|(mut values, steps)| {
        let mut equations = Vec::new();
        for (one, other, kind) in steps {
            let operands = [one.index(values.len()), other.index(values.len())];
            let [x, y] = operands.map(|place| values[place].clone());
            let ([one, other], made) = (operands.map(Variable), Variable(values.len()));
            let percent = |part: &Fraction| (part * &Fraction::HUNDRED).divided_by(&y);
            let (equation, value) = match kind {
                0 => (formula::total([one, other], made), Some(&x + &y)),
                1 => (formula::difference(one, other, made), Some(&x - &y)),
                2 => (formula::conversion(one, other, made), Some(&x * &y)),
                3 => (formula::percentage(one, other, made), percent(&x)),
                _ => (formula::growth(one, other, made), percent(&(&x - &y))),
            };
            if let Some(value) = value {
                values.push(value);
                equations.push(equation);
            }
        }
        (equations, values)
    })
}

proptest! {
    #[test]
    fn a_true_system_has_no_conflict_and_keeps_every_true_value(
        (equations, values) in true_system(),
        prints in prop::collection::vec((print_of(any::<bool>()), any::<bool>()), 12),
    ) {
        let domains = values.iter().zip(&prints).map(|(value, (print, known))| {
            if *known { printed(&print.text(value)) } else { Domain::default() }
        });
        let outcome = propagate(&System { domains: domains.collect(), equations });
        prop_assert_eq!(&outcome.loose.conflicts, &vec![]);
        for (range, value) in outcome.loose.ranges.iter().zip(&values) {
            prop_assert!(range.contains(value), "{value} not in {range}");
        }
    }

    /// The first figure is made wrong: where that contradicts and one figure is doubted at all, it is among those, with its true
    /// value admitted.
    #[test]
    fn the_wrong_figure_is_among_those_to_doubt((equations, values) in true_system(), factor in 2_i64..20) {
        let mut wrong = values.clone();
        wrong[0] = &wrong[0] * &Fraction::from(factor);
        let domains = wrong.into_iter().map(|value| Domain::printed(Range::point(value))).collect();
        let found = propagate(&System { domains, equations });
        for location in &found.loose.locations {
            let doubted = location.suspects.iter().flatten().find(|suspect| suspect.variable == Variable(0));
            prop_assert!(doubted.is_some_and(|suspect| suspect.admitted.contains(&values[0])));
        }
    }
}

/// Percentages of counts of at most 60 things at 0 to 3 decimals, those that some part has and those that none has.
#[test]
fn percentages_of_counts_are_possible_exactly_if_some_count_has_them() {
    let equation = formula::percentage(Variable(0), Variable(1), Variable(2));
    let part = Domain::unknown(Range::at_least(Fraction::ZERO)).whole();
    for (decimals, step) in [(0, 1), (1, 1), (2, 13), (3, 131)] {
        let scale = 100 * 10_i64.pow(decimals);
        for whole in 1..=60_i64 {
            // Twice the scale, so that the half unit of rounding is a whole number too.
            let fits = |printed: i64, part: i64| (2 * part * scale - 2 * printed * whole).abs() <= whole;
            for printed in (0..=scale).step_by(step) {
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
