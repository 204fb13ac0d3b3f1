//! Verdicts on single equations, each a text to judge by eye.

use crate::text::{Sheet, decimal_range, lines};

fn judged(text: &str) -> String {
    Sheet::read(text).judged()
}

fn verdict(text: &str) -> String {
    judged(text).lines().next().unwrap_or_default().to_owned()
}

/// Margins in the order of the operands, in per cent; `-` for none.
#[track_caller]
fn same(actual: &str, expected: &str) {
    assert_eq!(lines(actual), lines(expected));
}

#[test]
fn a_sum_of_rounded_parts_meets_its_rounded_total() {
    same(
        &judged("a: 1.6 \n b: 2.08 \n t: 3.68 \n a + b = t"),
        "consistent
        a: 1.59..1.61, errors above 3.75 %
        b: 2.025..2.135, errors above 2.88462 %
        t: 3.625..3.735, errors above 1.63043 %",
    );
}

#[test]
fn a_sum_that_misses_its_total_shows_what_each_operand_would_have_to_be() {
    same(
        &judged("a: 1.6 \n b: 2.08 \n t: 3.4 \n a + b = t"),
        "inconsistent
        a: 1.265..1.375
        b: 1.7..1.9
        t: 3.625..3.735",
    );
}

#[test]
fn figures_that_must_have_been_cut_off_are_strained() {
    assert_eq!(verdict("a: 1.2 \n b: 1.2 \n t: 2.55 \n a + b = t"), "strained: only if digits were cut off");
    assert_eq!(verdict("a: 1.2 \n b: 1.2 \n t: 2.61 \n a + b = t"), "inconsistent");
}

#[test]
fn a_hedge_may_be_stretched_with_a_warning() {
    let parts = |a: &str| format!("a: {a} \n b: 50 exact \n t: 100..110 strict 100.. \n a + b = t");
    assert_eq!(verdict(&parts("55 exact")), "consistent");
    assert_eq!(verdict(&parts("90 exact")), "strained: beyond what the hedge makes one expect");
    assert_eq!(verdict(&parts("40 exact")), "inconsistent");
}

/// Two parts over 60 make no total "over 100" that one would expect, though nothing could ever prove them wrong.
#[test]
fn a_stretch_is_worth_a_warning_even_if_no_error_could_be_caught() {
    same(
        &judged("a: 60..61 strict 60.. \n b: 60..61 strict 60.. \n t: 100..101 strict 100.. \n a + b = t"),
        "strained: beyond what the hedge makes one expect
        a: ..
        b: ..
        t: 120..",
    );
}

#[test]
fn a_percentage_projects_onto_the_percent_the_part_and_the_whole() {
    same(
        &judged("part: 588 exact whole \n whole: 1155 exact whole \n share: 50.9 \n part = whole * (share / 100)"),
        "consistent
        part: 587.318..588.473, errors above 0.170068 %
        whole: 1154.07..1156.34, errors above 0.17316 %
        share: 50.9091, errors above 0.116092 %",
    );
}

#[test]
fn a_plan_is_derived_from_an_attainment_as_whole_numbers() {
    let sheet = Sheet::read(
        "actual: 18639 exact whole \n plan: 0.. unknown whole \n percent: 128.54 \n actual = plan * (percent / 100)",
    );
    let judgement = sheet.judge();
    assert_eq!(crate::text::verdict(&judgement), "undetermined");
    assert_eq!(decimal_range(judgement.operands[1].narrowed.as_ref().unwrap()), "14500..14501");
}

#[test]
fn last_year_is_derived_from_growth() {
    same(
        &judged("current: 2.45 \n previous: 0.. unknown \n rate: 12.02 \n current = previous * (1 + rate / 100)"),
        "undetermined
        current: 0..
        previous: 2.18255..2.19167
        rate: -100..",
    );
}

#[test]
fn a_derived_figure_outside_the_range_of_its_kind_is_a_contradiction() {
    let rate = |dong: &str| format!("usd: 3.6 \n dong: {dong} \n rate: 20000..26000 unknown \n usd * rate = dong");
    assert_eq!(verdict(&rate("84000")), "consistent");
    assert_eq!(verdict(&rate("840000")), "inconsistent");
}

#[test]
fn a_part_may_be_the_whole_and_not_more() {
    assert_eq!(verdict("p: 5 exact whole \n w: 5 exact whole \n p <= w"), "consistent");
    assert_eq!(verdict("p: 6 exact whole \n w: 5 exact whole \n p <= w"), "inconsistent");
    same(
        &judged("p: 588 exact whole \n w: 1155 exact whole \n w >= p"),
        "consistent
        w: 588.., errors above 49.1775 %
        p: ..1155, errors above 96.5986 %",
    );
}

#[test]
fn a_check_that_no_error_could_fail_tells_nothing() {
    assert_eq!(verdict("a: 1.6 \n b: 0.. unknown \n t: 3.4 \n a + b >= t"), "undetermined");
    // A part of many times its size is held loosely, and held.
    assert_eq!(verdict("p: 3 exact whole \n w: 1000 exact whole \n p <= w"), "consistent");
}

/// Brown and Heathers, The GRIM test (2017): a mean of whole numbers has few values.
#[test]
fn a_mean_of_whole_numbers_must_be_one_that_their_number_allows() {
    let mean = |mean: &str| verdict(&format!("t: 0.. unknown whole \n n: 20 exact whole \n m: {mean} \n t = n * m"));
    assert_eq!(mean("3.45"), "undetermined");
    assert_eq!(mean("3.47"), "impossible: no whole number fits");
}

/// XBRL Calculations 1.1: reported values are closed ranges by their precision, summed with weights; consistent if the ranges meet.
#[test]
fn weighted_sums_of_rounded_values_are_consistent_if_their_ranges_meet() {
    let net = |net: &str| verdict(&format!("gross: 1000.5 \n cost: 300 \n net: {net} \n gross - cost = net"));
    assert_eq!(net("700.5"), "consistent");
    assert_eq!(net("701"), "consistent");
    assert_eq!(net("699.8"), "strained: only if digits were cut off");
    assert_eq!(net("702.5"), "inconsistent");
    assert_eq!(verdict("a: 0.5..1 \n b: 1..1.5 \n a = b"), "consistent");
}

/// The ends of an interval swap when it is subtracted: −6 is not 1 − 6 with digits cut off, as −6 would stand for −7 to −6.
#[test]
fn a_difference_of_cut_off_numbers() {
    let difference =
        |t: &str| verdict(&format!("a: 1.. strict 1..2 \n b: 6..7 \n t: {t} \n a - b = t").replace("1.. strict ", ""));
    assert_eq!(difference("-7..-6.01"), "inconsistent");
    assert_eq!(difference("-7..-6"), "consistent");
}

#[test]
fn dividing_by_nothing_but_zero_contradicts() {
    assert_eq!(verdict("a: 3 exact \n z: 0 exact \n q: 0.. unknown \n a / z = q"), "inconsistent");
    assert_eq!(verdict("a: 0 exact \n z: 0 exact \n q: 50 exact \n a = z * (q / 100)"), "undetermined");
}

#[test]
fn a_figure_that_occurs_twice_is_judged_with_its_own_error() {
    same(
        &judged("now: 110 exact \n before: 100 exact \n rate: 10 exact \n 100 * (now - before) / before = rate"),
        "consistent
        now: 110, errors above 0 %
        before: 100, errors above 0.0000858307 %
        rate: 10, errors above 0 %",
    );
}

#[test]
fn a_long_product_of_long_numbers_is_judged_by_numbers_that_stay_short() {
    let power = |product: &str| format!("a: 1.23456789012345678901 \n b: {product} \n a{} = b", " * a".repeat(59));
    assert_eq!(verdict(&power("309669..309670")), "consistent");
    assert_eq!(verdict(&power("309670..309671")), "inconsistent");
}
