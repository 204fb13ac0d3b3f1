//! Writes fact sheets that nobody wrote, for measurements: `cargo run --example synthetic -- 100 --out DIR`.
//!
//! Each sheet is plausible and consistent, in both languages, with every kind of relation; the same arguments give the same
//! bytes. With more sheets than provinces `duplicate-province` speaks unless each set of provinces has a folder of its own.
#![allow(clippy::print_stderr, reason = "an example has no other door")]

mod hostile;
mod print;
mod random;
mod sheet;

use brief::catalog::Catalog;
use chrono::NaiveDate;
use clap::{Parser, ValueEnum};
use hostile::Shape;
use sheet::Size;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

#[derive(Parser)]
#[command(about = "Writes fact sheets that nobody wrote, for measurements")]
struct Arguments {
    /// How many sheets.
    #[arg(default_value_t = 100)]
    sheets: usize,
    /// The folder to write to.
    #[arg(long, default_value = "target/synthetic")]
    out: PathBuf,
    /// Facts to a sheet.
    #[arg(long, default_value_t = 60)]
    facts: usize,
    /// Relations to a sheet.
    #[arg(long, default_value_t = 30)]
    relations: usize,
    /// What the choices start from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder for each set of provinces, so that no two sheets of a folder are of one province.
    #[arg(long)]
    folders: bool,
    /// Sheets that try to exhaust the solver instead, one of each shape named, or of every shape; see `--facts`.
    #[arg(long, num_args = 0.., value_enum)]
    hostile: Option<Vec<Shape>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    fs::create_dir_all(&arguments.out)?;
    if let Some(shapes) = &arguments.hostile {
        let shapes = if shapes.is_empty() { &Shape::ALL[..] } else { shapes };
        for shape in shapes {
            let name = shape.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            fs::write(
                arguments.out.join(format!("{name}.yaml")),
                hostile::hostile("nghe-an", *shape, arguments.facts),
            )?;
        }
        return Ok(());
    }
    let catalog = Catalog::builtin()?;
    let last_day = NaiveDate::from_ymd_opt(2024, 12, 31).ok_or("no such day")?;
    let provinces: Vec<&str> = catalog.provinces.valid_on(last_day).map(|province| province.id.as_str()).collect();
    let size = Size { facts: arguments.facts, relations: arguments.relations };
    let turns = provinces.iter().cycle().take(arguments.sheets);
    for ((place, number), province) in (0..).zip(0_u64..).zip(turns) {
        let path = if arguments.folders {
            let folder = arguments.out.join(format!("{:04}", place / provinces.len().max(1) + 1));
            fs::create_dir_all(&folder)?;
            folder.join(format!("{province}.yaml"))
        } else {
            arguments.out.join(format!("{:05}-{province}.yaml", place + 1))
        };
        fs::write(path, sheet::sheet(province, size, arguments.seed, number))?;
    }
    eprintln!("{} sheets in {}", arguments.sheets, arguments.out.display());
    Ok(())
}
