//! Sheets made to exhaust the solver: thousands of facts whose relations narrow, contradict or repeat each other.

use clap::ValueEnum;
use std::fmt::Write;

/// What is hostile about a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// Growth from each year to the next, and from the last to the first, each true within its digits.
    Cycle,
    /// The same cycle with rates that cannot all be true together, and no two of them untrue of each other.
    Contradiction,
    /// A cycle of unhedged sums and differences that narrows each figure a little at each turn.
    Slow,
    /// One `equal` over all facts.
    Mesh,
    /// One total of all facts but one.
    Total,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 5] = [Shape::Cycle, Shape::Contradiction, Shape::Slow, Shape::Mesh, Shape::Total];
}

/// The sheet of a shape with so many facts.
pub fn hostile(province: &str, shape: Shape, facts: usize) -> String {
    let mut text = format!("schema: 1\nprovince: {province}\n\nsources:\n");
    text.push_str("  report: {publisher: Statistics Bulletin, published: 2024-02-10, language: en}\n\nindicators:\n");
    text.push_str("  amount: {label: {en: Amount, vi: Giá trị}, theme: trade, unit: USD, kind: flow}\n");
    text.push_str("  rate: {label: {en: Growth, vi: Tăng trưởng}, theme: trade, unit: \"%\", kind: ratio}\n\nfacts:\n");
    let pairs = facts / 2;
    let (amounts, rates) = match shape {
        Shape::Cycle | Shape::Contradiction => (pairs, pairs),
        Shape::Slow | Shape::Mesh | Shape::Total => (facts, 0),
    };
    let total = facts.saturating_sub(1) * 2;
    for place in 0..amounts {
        let figure = match shape {
            Shape::Contradiction => "over 1 million USD".to_owned(),
            Shape::Slow if place % 2 == 1 => "over 1 million USD".to_owned(),
            Shape::Total if place + 1 == facts => format!("{total} million USD"),
            _ => "2 million USD".to_owned(),
        };
        fact(&mut text, "amount", place, &figure);
    }
    for place in 0..rates {
        let figure = match shape {
            Shape::Contradiction => "up 0.4%",
            _ if place % 2 == 0 => "up 0.2%",
            _ => "down 0.2%",
        };
        fact(&mut text, "rate", place, figure);
    }
    text.push_str("\nrelations:\n");
    let next = |place: usize| (place + 1) % amounts.max(1);
    let all = |count: usize| (0..count).map(|place| format!("amount-{place}")).collect::<Vec<String>>().join(", ");
    match shape {
        Shape::Cycle | Shape::Contradiction => (0..rates).for_each(|place| {
            let other = next(place);
            add(
                &mut text,
                &format!("growth: {{current: amount-{other}, previous: amount-{place}, rate: rate-{place}}}"),
            );
        }),
        Shape::Slow => (0..amounts).for_each(|place| {
            let other = next(place);
            add(&mut text, &format!("equation: \"101 * amount-{place} <= 100 * amount-{other} + 2100000\""));
        }),
        Shape::Mesh => add(&mut text, &format!("equal: {{facts: [{}]}}", all(amounts))),
        Shape::Total => {
            let whole = amounts.saturating_sub(1);
            add(&mut text, &format!("total: {{parts: [{}], whole: amount-{whole}}}", all(whole)));
        }
    }
    text
}

/// A fact of a day of its own, so that none repeats another.
fn fact(text: &mut String, indicator: &str, place: usize, figure: &str) {
    let (year, month, day) = (1990 + place / 336, 1 + place / 28 % 12, 1 + place % 28);
    let period = format!("{year}-{month:02}-{day:02}");
    let _ = write!(
        text,
        "  - indicator: {indicator}\n    id: {indicator}-{place}\n    period: {period}\n    printed: {{report: {figure}}}\n"
    );
}

fn add(text: &mut String, relation: &str) {
    let _ = writeln!(text, "  - {relation}");
}
