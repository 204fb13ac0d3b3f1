//! Ranges against every pair of numbers in them.

use crate::text::range;
use brief::check::fraction::Fraction;
use brief::check::range::Range;
use proptest::prelude::*;

/// A range with ends in quarters from −3 to 3, open or closed.
fn small() -> impl Strategy<Value = Range> {
    let end = || proptest::option::weighted(0.85, (-12_i64..=12).prop_map(|n| Fraction::ratio(n, 4).unwrap()));
    (end(), end()).prop_map(|(one, other)| match (one, other) {
        (Some(one), Some(other)) => Range::point(one).hull(&Range::point(other)),
        (lower, upper) => Range::new(lower, upper).unwrap(),
    })
}

/// Samples: every quarter within ±5, and far out where the range is open.
fn numbers(range: &Range) -> Vec<Fraction> {
    let near = (-20_i64..=20).map(|n| Fraction::ratio(n, 4).unwrap());
    let far = [-1_000_000, 1_000_000].map(Fraction::from);
    near.chain(far).filter(|number| range.contains(number)).collect()
}

type Operation = fn(&Fraction, &Fraction) -> Option<Fraction>;

fn results(one: &Range, other: &Range, operation: Operation) -> Vec<Fraction> {
    let others = numbers(other);
    numbers(one).iter().flat_map(|x| others.iter().filter_map(move |y| operation(x, y))).collect()
}

/// The samples include the ends of closed ranges, so that there the least and greatest result are the ends of the exact range.
fn check(one: &Range, other: &Range, computed: Option<&Range>, operation: Operation) -> Result<(), TestCaseError> {
    let results = results(one, other, operation);
    for result in &results {
        prop_assert!(computed.is_some_and(|range| range.contains(result)), "{result} not in {computed:?}");
    }
    if one.is_bounded() && other.is_bounded() && computed.is_some_and(Range::is_bounded) {
        let exact = Range::closed(results.iter().min().unwrap().clone(), results.iter().max().unwrap().clone());
        prop_assert_eq!(computed, exact.as_ref());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sums(a in small(), b in small()) {
        check(&a, &b, Some(&(&a + &b)), |x, y| Some(x + y))?;
    }

    #[test]
    fn differences(a in small(), b in small()) {
        check(&a, &b, Some(&(&a - &b)), |x, y| Some(x - y))?;
        prop_assert_eq!((&a - &b).is_bounded(), a.is_bounded() && b.is_bounded());
    }

    #[test]
    fn products(a in small(), b in small()) {
        check(&a, &b, Some(&(&a * &b)), |x, y| Some(x * y))?;
    }

    #[test]
    fn quotients(a in small(), b in small()) {
        let quotient = a.divide(&b);
        check(&a, &b, quotient.hull().as_ref(), Fraction::divided_by)?;
        if !b.contains(&Fraction::ZERO) && a.is_bounded() && b.is_bounded() {
            prop_assert!(quotient.hull().as_ref().is_some_and(Range::is_bounded));
        }
    }

    #[test]
    fn quotients_within_a_window_keep_the_gap_around_zero(a in small(), b in small(), window in small()) {
        let within = a.divide(&b).meet(&window);
        for result in results(&a, &b, Fraction::divided_by).iter().filter(|result| window.contains(result)) {
            prop_assert!(within.as_ref().is_some_and(|range| range.contains(result)));
        }
    }

    #[test]
    fn other_factors_are_all_that_make_the_product(product in small(), factor in small(), window in small()) {
        let admitted = product.other_factor(&factor).meet(&window);
        for candidate in numbers(&window) {
            if numbers(&factor).iter().any(|other| product.contains(&(&candidate * other))) {
                prop_assert!(admitted.as_ref().is_some_and(|range| range.contains(&candidate)));
            }
        }
    }

    #[test]
    fn meets_hulls_and_whole_numbers(a in small(), b in small()) {
        let (meet, hull) = (a.meet(&b), a.hull(&b));
        prop_assert_eq!(meet.is_some(), a.meets(&b));
        prop_assert!(hull.covers(&a) && hull.covers(&b));
        for number in numbers(&Range::EVERYTHING) {
            let (in_a, in_b) = (a.contains(&number), b.contains(&number));
            prop_assert_eq!(meet.as_ref().is_some_and(|meet| meet.contains(&number)), in_a && in_b);
            prop_assert!(hull.contains(&number) || !(in_a || in_b));
            let whole = a.to_integers().is_some_and(|range| range.contains(&number));
            prop_assert!(whole == in_a || !number.is_whole());
        }
    }
}

#[test]
fn a_slim_range_encloses_the_exact_one() {
    let long = range("-1.234567..7.654321");
    assert_eq!(long.clone().slim(128, 3), long);
    assert_eq!(long.slim(1, 3), range("-1.24..7.66"));
}

#[test]
fn subtraction_swaps_the_ends() {
    assert_eq!(&range("1..2") - &range("6..7"), range("-6..-4"));
    assert_eq!(&range("1..") - &range("6..7"), range("-6.."));
    assert_eq!(&range("1..2") - &range("6.."), range("..-4"));
}

#[test]
fn ranges_that_touch_meet() {
    assert_eq!(range("1..2").meet(&range("2..3")), Some(range("2")));
}

#[test]
fn division_around_zero_leaves_a_gap() {
    let pieces = range("1..2").divide(&range("-2..4"));
    assert_eq!(pieces.hull(), Some(Range::EVERYTHING));
    assert_eq!(pieces.meet(&range("0..9")), Some(range("0.25..9")));
    assert_eq!(pieces.meet(&range("-0.4..0.2")), None);
    assert_eq!(range("1..2").divide(&range("0")).hull(), None);
    assert_eq!(range("0").divide(&range("-1..1")).hull(), Some(range("0")));
    assert_eq!(range("0").other_factor(&range("0")).hull(), Some(Range::EVERYTHING));
}

#[test]
fn a_text_that_is_no_range_is_refused() {
    for text in ["", "2..1", "a..b", "1..2..3", "1...2"] {
        assert!(text.parse::<Range>().is_err(), "{text}");
    }
    assert_eq!("..".parse(), Ok(Range::EVERYTHING));
}
