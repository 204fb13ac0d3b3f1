//! GRIM: a mean or percentage of whole things must be one that a whole total yields. Brown and Heathers, *The GRIM Test* (2017).

use brief::check::formula;
use brief::check::fraction::Fraction;
use brief::check::judge::{Judgement, Strain, Verdict, judge};
use brief::check::range::Range;
use brief::check::solve::{Domain, Variable};

/// Whether a printed mean or percentage of things counted can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grim {
    Rounded,
    CutOff,
    Impossible,
}

/// What the check says of a value with decimals, in units of its last place, of so many things.
fn grim(value: i64, decimals: u32, count: i64, percent: bool) -> Grim {
    let place = Fraction::from(10_i64.pow(decimals)).reciprocal().unwrap();
    let at = |halves: i64| &Fraction::ratio(2 * value + halves, 2).unwrap() * &place;
    let printed =
        Domain::printed(Range::closed(at(-1), at(1)).unwrap()).truncated(&Range::closed(at(0), at(2)).unwrap());
    let total = Domain::unknown(Range::at_least(Fraction::ZERO)).whole();
    let count = Domain::printed(Range::point(Fraction::from(count))).whole();
    let [first, second, third] = [0, 1, 2].map(Variable);
    let equation =
        if percent { formula::percentage(first, second, third) } else { formula::mean(first, second, third) };
    let Judgement { verdict, impossible, .. } = judge(&equation, &[total, count, printed]);
    match verdict {
        Verdict::Consistent | Verdict::Undetermined => Grim::Rounded,
        Verdict::Strained(strain) => {
            assert_eq!(strain, Strain::OnlyTruncated);
            Grim::CutOff
        }
        Verdict::Inconsistent => {
            assert!(impossible, "only whole numbers forbid it");
            Grim::Impossible
        }
    }
}

/// The same by trying every total whose mean comes near, in whole numbers: a mean is `total * scale / count` units of its last place.
fn tried(value: i64, scale: i64, count: i64) -> Grim {
    let mut grim = Grim::Impossible;
    let middle = value * count / scale;
    for total in (middle - 1).max(0)..=middle + 2 {
        let exact = total * scale;
        if (2 * exact - 2 * value * count).abs() <= count {
            return Grim::Rounded;
        }
        // The check closes the upper end: a mean that is a whole unit above is not refused.
        if (value * count..=(value + 1) * count).contains(&exact) {
            grim = Grim::CutOff;
        }
    }
    grim
}

#[test]
fn the_table() {
    let mut count = 0;
    for line in include_str!("grim.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [kind, things, values] = columns[..] else { panic!("three columns: {line}") };
        for value in values.split_whitespace() {
            let (printed, sign) = value.split_at(value.len() - 1);
            let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let digits: i64 = printed.replace('.', "").parse().unwrap();
            let things: i64 = things.parse().unwrap();
            let found = grim(digits, u32::try_from(decimals).unwrap(), things, kind == "percent");
            assert_eq!(found == Grim::Rounded, sign == "+", "{kind} {printed} of {things}");
            assert!(sign != "~" || found == Grim::CutOff, "{kind} {printed} of {things}");
            count += 1;
        }
    }
    assert!(count > 90, "{count} values");
}

#[test]
fn every_mean_to_two_decimals_of_up_to_sixty_things() {
    for count in 1..=60 {
        // Beyond one the pattern repeats.
        for value in 0..=100 {
            assert_eq!(grim(value, 2, count, false), tried(value, 100, count), "{value} hundredths of {count}");
        }
    }
}

#[test]
fn every_percentage_of_up_to_sixty_things() {
    for count in 1..=60 {
        for value in 0..=100 {
            assert_eq!(grim(value, 0, count, true), tried(value, 100, count), "{value} % of {count}");
        }
    }
    for count in [7, 28, 40, 60] {
        for value in 0..=1000 {
            assert_eq!(grim(value, 1, count, true), tried(value, 1000, count), "{value} tenths of a % of {count}");
        }
    }
}

/// A true mean is accepted however a half is rounded, and one that was cut off is strained at worst.
#[test]
fn no_convention_makes_a_true_mean_impossible() {
    for decimals in 0..=5 {
        let scale = 10_i64.pow(decimals);
        for count in [3, 7, 16, 28, 40, 60] {
            for total in 0..=2 * count {
                let (whole, rest) = (total * scale / count, total * scale % count);
                let above = i64::from(2 * rest >= count);
                let even = if 2 * rest == count { whole % 2 } else { above };
                for rounded in [whole + above, whole + even] {
                    let found = grim(rounded, decimals, count, false);
                    assert_eq!(found, Grim::Rounded, "{total} of {count} as {rounded} to {decimals} decimals");
                }
                let cut_off = grim(whole, decimals, count, false);
                assert_ne!(cut_off, Grim::Impossible, "{total} of {count} as {whole} to {decimals} decimals");
            }
        }
    }
}
