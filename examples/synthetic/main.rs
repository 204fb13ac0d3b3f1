//! Writes fact sheets that nobody wrote, for measurements: `cargo run --release --example synthetic -- 3321 --out DIR`.
//!
//! Up to 34 sheets are of the provinces of today; more are of communes, filled province by province. Each sheet is plausible and
//! consistent, in both languages, and has sources of the quarters 2025-Q1 to 2026-Q3; the same arguments give the same bytes.
#![allow(clippy::print_stderr, reason = "an example has no other door")]

mod generator;

use brief::catalog::Catalog;
use clap::{Parser, ValueEnum};
use generator::hostile::{Shape, hostile};
use generator::{Level, Plan, Size};
use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// More sheets than this are of communes: so many provinces are there.
const PROVINCES: usize = 34;

#[derive(Parser)]
#[command(about = "Writes fact sheets that nobody wrote, for measurements")]
struct Arguments {
    /// How many sheets.
    #[arg(default_value_t = PROVINCES)]
    sheets: usize,
    /// The folder to write to.
    #[arg(long, default_value = "target/synthetic")]
    out: PathBuf,
    /// What the sheets are about [default: provinces up to 34 sheets, communes beyond].
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Facts to a sheet [default: 60 of a province, 20 of a commune].
    #[arg(long)]
    facts: Option<usize>,
    /// Relations to a sheet [default: 30 of a province, 10 of a commune].
    #[arg(long)]
    relations: Option<usize>,
    /// What the choices start from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Of a hundred sheets, how many have one wrong digit, so that a batch withholds them.
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100))]
    faulty: u8,
    /// Sheets that try to exhaust the solver instead, one of each shape named, or of every shape; see `--facts`.
    #[arg(long, num_args = 0.., value_enum)]
    hostile: Option<Vec<Shape>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let level = match arguments.level {
        Some(level) => level,
        None if arguments.sheets > PROVINCES => Level::Commune,
        None => Level::Province,
    };
    let usual = Size::usual(level);
    let size = Size {
        facts: arguments.facts.unwrap_or(usual.facts),
        relations: arguments.relations.unwrap_or(usual.relations),
    };
    fs::create_dir_all(&arguments.out)?;
    if let Some(shapes) = &arguments.hostile {
        let shapes = if shapes.is_empty() { &Shape::ALL[..] } else { shapes };
        for shape in shapes {
            let name = shape.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            fs::write(arguments.out.join(format!("{name}.yaml")), hostile("nghe-an", *shape, size.facts))?;
        }
        return Ok(());
    }
    let catalog = Catalog::builtin()?;
    let plan = Plan { level, sheets: arguments.sheets, size, seed: arguments.seed, faulty: arguments.faulty };
    let mut faulty = 0_usize;
    for (unit, number) in plan.units(&catalog)?.iter().zip(0..) {
        let made = plan.make(unit, number, &catalog)?;
        faulty += usize::from(made.is_faulty);
        fs::write(arguments.out.join(made.file), made.text)?;
    }
    let addition = if faulty > 0 { format!(", {faulty} with a wrong digit") } else { String::new() };
    eprintln!("{} sheets{addition} in {}", plan.sheets, arguments.out.display());
    Ok(())
}
