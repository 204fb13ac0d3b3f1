//! What the check stage costs, step by step: `cargo bench --bench check`.
//!
//! The target is 2 ms of one core for a sheet of 60 facts and 30 relations, everything included, and a second for a sheet made to
//! exhaust the solver.
#![allow(missing_docs, reason = "a benchmark has no reader but its source")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot start is no benchmark")]

#[allow(dead_code, reason = "a benchmark needs a part of it")]
#[path = "../examples/synthetic/generator/mod.rs"]
mod generator;

use brief::catalog::Catalog;
use brief::check::expression::{Equation, Expression};
use brief::check::formula;
use brief::check::fraction::Fraction;
use brief::check::judge::judge;
use brief::check::propagate::{System, propagate_at};
use brief::check::range::Range;
use brief::check::solve::{Domain, Level, Variable};
use brief::check::{Policy, check};
use brief::diag::SourceFile;
use brief::figure;
use brief::language::Language;
use brief::sheet::{FactSheet, load};
use divan::Bencher;
use generator::hostile::{Shape, hostile};
use generator::{Size, Unit, sheet};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// Figures as the articles print them.
const ENGLISH: [&str; 4] = [
    "1,155 FDI projects",
    "nearly 9.98 billion USD",
    "up 12.02% over the same period",
    "at least 200 to 250 delegations",
];
const VIETNAMESE: [&str; 4] =
    ["1.155 dự án FDI", "gần 9,98 tỉ USD", "tăng 12,02% so với cùng kỳ năm trước", "đạt gần 16 nghìn tỷ đồng"];

#[divan::bench(args = ENGLISH)]
fn read_english(text: &str) -> Option<figure::Figure> {
    figure::read(text, Language::En).ok()
}

#[divan::bench(args = VIETNAMESE)]
fn read_vietnamese(text: &str) -> Option<figure::Figure> {
    figure::read(text, Language::Vi).ok()
}

fn file(text: String) -> Arc<SourceFile> {
    Arc::new(SourceFile::new("nghe-an.yaml", text))
}

fn usual() -> Arc<SourceFile> {
    file(sheet(&Unit::province("nghe-an"), Size { facts: 60, relations: 30 }, 1, 0))
}

#[divan::bench]
fn load_sheet(bencher: Bencher) {
    let file = usual();
    bencher.bench(|| load(&file).unwrap());
}

#[divan::bench]
fn check_sheet(bencher: Bencher) {
    let (sheet, catalog) = (load(&usual()).unwrap(), Catalog::builtin().unwrap());
    bencher.bench(|| checked(&sheet, &catalog));
}

/// From bytes to verdicts, as `brief check` does it for each sheet.
#[divan::bench]
fn load_and_check_sheet(bencher: Bencher) {
    let (file, catalog) = (usual(), Catalog::builtin().unwrap());
    bencher.bench(|| checked(&load(&file).unwrap(), &catalog));
}

/// Sheets of thousands of facts that try to exhaust the solver; as large as those in `tests`, and one second is the limit.
#[divan::bench(args = Shape::ALL, sample_count = 3, sample_size = 1)]
fn check_hostile_sheet(bencher: Bencher, shape: Shape) {
    // Every pair of an `equal` is an equation: two thousand facts of it would be two million.
    let facts = if shape == Shape::Mesh { 500 } else { 2_000 };
    let (sheet, catalog) = (load(&file(hostile("nghe-an", shape, facts))).unwrap(), Catalog::builtin().unwrap());
    bencher.bench(|| checked(&sheet, &catalog));
}

fn checked(sheet: &FactSheet, catalog: &Catalog) -> usize {
    check(sheet, catalog, &Policy::default()).relations.len()
}

fn known(lower: &str, upper: &str) -> Domain {
    Domain::printed(Range::closed(lower.parse().unwrap(), upper.parse().unwrap()).unwrap())
}

#[divan::bench]
fn judge_a_percentage(bencher: Bencher) {
    let domains = [known("588", "588").whole(), known("1155", "1155").whole(), known("50.85", "50.95")];
    let equation = formula::percentage(Variable(0), Variable(1), Variable(2));
    bencher.bench(|| judge(&equation, &domains));
}

/// The margins of a variable that stands on both sides are found by trial.
#[divan::bench]
fn judge_a_repeated_variable(bencher: Bencher) {
    let domains = [known("2.365", "2.375"), known("0.2", "0.21"), known("8.75", "8.85")];
    let [one, other, share] = [0, 1, 2].map(|place| Expression::Variable(Variable(place)));
    let equation = Equation::equal(Expression::Number(Fraction::HUNDRED) * other.clone() / (one + other), share);
    bencher.bench(|| judge(&equation, &domains));
}

/// Twenty totals of three figures, and ten percentages between them.
fn usual_system() -> System {
    let mut domains = Vec::new();
    let mut equations = Vec::new();
    for place in 0..20_u32 {
        let first = domains.len();
        for size in [100 + place, 200 + place, 300 + 2 * place] {
            domains.push(known(&format!("{size}.5"), &format!("{}.5", size + 1)));
        }
        equations.push(formula::total([Variable(first), Variable(first + 1)], Variable(first + 2)));
    }
    for place in 0..10 {
        let share = Variable(domains.len());
        domains.push(Domain::unknown(Range::at_least(Fraction::ZERO)));
        equations.push(formula::percentage(Variable(place * 6), Variable(place * 6 + 3), share));
    }
    System { domains, equations }
}

#[divan::bench(args = [Level::Expected, Level::Loose])]
fn propagate_usual_system(bencher: Bencher, level: Level) {
    let system = usual_system();
    bencher.bench(|| propagate_at(&system, level));
}

/// `x0 = x1 * factor`, `x1 = x2 * factor`, … and back to the first by another factor.
fn circle(length: usize, factor: &str, last: &str, start: &Domain) -> System {
    let product = |place: usize| {
        let factor = if place + 1 == length { last } else { factor };
        Expression::Variable(Variable((place + 1) % length)) * Expression::Number(factor.parse().unwrap())
    };
    let equations = (0..length).map(|place| Equation::equal(Expression::Variable(Variable(place)), product(place)));
    System { equations: equations.collect(), domains: vec![start.clone(); length] }
}

/// Systems of 5,000 figures that narrow, contradict or outnumber what a solver can look through.
#[divan::bench(
    args = ["circle settles", "circle shrinks", "circle contradicts", "forty circles", "total", "chain"],
    sample_count = 3,
    sample_size = 1
)]
fn propagate_5000(bencher: Bencher, kind: &str) {
    let system = match kind {
        "circle settles" => circle(5_000, "1", "1", &known("99", "101")),
        "circle shrinks" => circle(5_000, "1.01", "0.97", &known("0", "100")),
        "circle contradicts" => circle(5_000, "1.0001", "0.9999", &known("99", "101")),
        "forty circles" => forty_circles(),
        "total" => wrong_total(),
        _ => broken_chain(),
    };
    bencher.bench(|| propagate_at(&system, Level::Loose));
}

/// Each contradicts itself, and has figures of its own.
fn forty_circles() -> System {
    let mut system = System::default();
    for first in (0..5_000).step_by(125) {
        let one = circle(125, "1.001", "1.001", &known("99", "101"));
        let moved = |variable: &Variable| Ok::<_, ()>(Variable(variable.0 + first));
        system.domains.extend(one.domains);
        system.equations.extend(one.equations.iter().map(|equation| equation.try_map(moved).unwrap()));
    }
    system
}

/// Any one of its figures may be the wrong one.
fn wrong_total() -> System {
    let mut domains = vec![known("1.5", "2.5"); 4_999];
    domains.push(known("20000", "20001"));
    System { equations: vec![formula::total((0..4_999).map(Variable), Variable(4_999))], domains }
}

/// All equal, and the last is not the first.
fn broken_chain() -> System {
    let mut domains = vec![Domain::unknown(Range::EVERYTHING); 4_998];
    domains.insert(0, known("1", "2"));
    domains.push(known("3", "4"));
    System { equations: formula::equal((0..5_000).map(Variable)), domains }
}
