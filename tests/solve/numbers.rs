//! Exact fractions against the arithmetic of big rationals.

use crate::text::fraction;
use brief::check::fraction::{Direction, Fraction};
use num_rational::BigRational;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Numbers on both sides of where a machine word ends.
fn word() -> impl Strategy<Value = i64> {
    prop_oneof![-20_i64..20, any::<i64>(), (i64::MAX - 9)..=i64::MAX, i64::MIN..(i64::MIN + 9)]
}

fn pair() -> impl Strategy<Value = (Fraction, BigRational)> {
    (word(), word().prop_filter("a divisor", |word| *word != 0)).prop_map(|(numerator, denominator)| {
        let reference = BigRational::new(numerator.into(), denominator.into());
        (Fraction::ratio(numerator, denominator).unwrap(), reference)
    })
}

proptest! {
    #[test]
    fn arithmetic_and_order_agree_with_big_rationals((a, x) in pair(), (b, y) in pair(), (c, z) in pair()) {
        prop_assert_eq!((&(&a + &b) - &c).to_string(), (&x + &y - &z).to_string());
        prop_assert_eq!((&(&a * &b) * &c).to_string(), (&x * &y * &z).to_string());
        prop_assert_eq!(a.divided_by(&b).map(|q| q.to_string()), (!b.is_zero()).then(|| (&x / &y).to_string()));
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!((&a * &b).cmp(&c), (&x * &y).cmp(&z));
        prop_assert_eq!(a.floor().to_string(), x.floor().to_string());
        prop_assert_eq!(a.ceil().to_string(), x.ceil().to_string());
    }

    #[test]
    fn a_number_has_one_form_however_it_was_reached((a, _) in pair(), (b, _) in pair()) {
        prop_assert_eq!(&(&a + &b) - &b, a.clone());
        if !b.is_zero() {
            prop_assert_eq!((&a * &b).divided_by(&b).unwrap(), a);
        }
    }

    #[test]
    fn widening_encloses_within_a_unit_of_the_last_digit((a, _) in pair(), digits in 1_u32..20) {
        let (down, up) = (a.widen(Direction::Down, digits), a.widen(Direction::Up, digits));
        prop_assert!(down <= a && a <= up);
        let slack = &a.abs() * &Fraction::from(10).divided_by(&fraction(&format!("1{}", "0".repeat(digits as usize)))).unwrap();
        prop_assert!(&up - &down <= slack);
    }

    #[test]
    fn decimals_are_exact(mantissa in any::<i64>(), scale in 0_u32..28) {
        let decimal = Decimal::from_i128_with_scale(mantissa.into(), scale);
        prop_assert_eq!(Fraction::from(decimal), decimal.to_string().parse().unwrap());
        prop_assert_eq!(Fraction::from(decimal).to_decimal(28), Some(decimal.normalize()));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-.0-9 ex]{0,9}") {
        let read = text.parse::<Fraction>();
        prop_assert!(read.is_ok() == text.parse::<Decimal>().is_ok_and(|_| !text.trim_start_matches(['-', '+']).starts_with('.') && !text.ends_with('.')) || text.contains('e'));
    }
}

#[test]
fn rounds_a_half_away_from_zero() {
    let rounded = |text: &str, digits| fraction(text).to_decimal(digits).unwrap().to_string();
    assert_eq!(rounded("1.25", 2), "1.3");
    assert_eq!(rounded("-1.25", 2), "-1.3");
    assert_eq!(rounded("1.2499", 2), "1.2");
    assert_eq!(rounded("9.96", 2), "10");
    assert_eq!(rounded("123456", 2), "120000");
    assert_eq!(rounded("0.000123456", 2), "0.00012");
    assert_eq!(rounded("0", 2), "0");
}

#[test]
fn a_decimal_too_small_or_large_to_hold_is_refused() {
    assert_eq!(fraction(&format!("0.{}1", "0".repeat(40))).to_decimal(5), None);
    assert_eq!(fraction(&"9".repeat(40)).to_decimal(28), None);
    assert_eq!(Fraction::ratio(1, 3).unwrap().to_decimal(4).unwrap().to_string(), "0.3333");
}

#[test]
fn nothing_is_divided_by_zero() {
    assert_eq!(Fraction::ratio(1, 0), None);
    assert_eq!(Fraction::ZERO.reciprocal(), None);
}
