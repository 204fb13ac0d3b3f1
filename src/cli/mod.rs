//! Arguments in, exit code out; one file to a command.

mod account;
mod briefing;
mod check;
mod clock;
mod explain;
mod figure;
mod init;
mod list;
mod log;
mod merge;
mod output;
mod pace;
mod progress;
mod signals;
mod verify;

use crate::batch::ShardRequest;
use crate::check as check_stage;
use crate::diag::{ReportFormat, did_you_mean};
use crate::language::Language;
use crate::typeset::layout::{LAYOUTS, Layout};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use log::LogForm;
use output::Output;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done.
    Done = 0,
    /// Checks failed, or a briefing was withheld.
    Failed = 1,
    /// Wrong usage, or input that cannot be read.
    Unusable = 2,
    /// The machine failed: disk, lock.
    Machine = 3,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

const EXAMPLES: &str = "\
Examples:
  brief --province \"Nghe An\" --format pdf     one province's briefing for the last completed quarter
  brief --all --quarter 2026-Q3               every province and the comparison, both languages and formats
  brief check                                 check the sheets in fixtures/
  brief verify reports/2026-Q3                whether reports are as they were made, and what they show is checked
  brief figure \"gần 9,98 tỉ USD\" --lang vi    how a figure is read

Exit status: 0 done · 1 checks failed or a briefing was withheld · 2 wrong usage or unreadable input · 3 the machine failed";

/// More documents at once than any machine has use for, and than threads may be started for.
const MAX_JOBS: usize = 1024;

/// Checked, sourced and comparative province briefings in English and Vietnamese.
#[derive(Debug, Parser)]
#[command(name = "brief", version, about, after_help = EXAMPLES, args_conflicts_with_subcommands = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    job: JobArguments,
    #[command(flatten)]
    verbosity: Verbosity,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check fact sheets: form, arithmetic, time
    Check(CheckArguments),
    /// Show how a figure is read
    Figure(FigureArguments),
    /// Make one whole of the parts of a batch: their reports in one folder, and its manifest
    Merge(MergeArguments),
    /// Verify PDFs from what is inside them: unchanged, checked again, made again; a folder against its manifest too
    Verify(VerifyArguments),
    /// Explain a diagnostic's code
    Explain {
        /// The code, such as `total-mismatch`; every code if none is given
        code: Option<String>,
    },
    /// List what the catalogue knows
    List {
        /// What to list
        #[arg(value_enum)]
        what: Listed,
        /// JSON instead of lines
        #[arg(long)]
        json: bool,
    },
    /// Write the built-in templates, and an example sheet, to change them
    Init {
        /// The folder to write into
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Write the JSON Schema of a fact sheet, or of an office's file, for editors
    Schema {
        /// Of what
        #[arg(value_enum, default_value = "sheet")]
        of: SchemaOf,
    },
    /// Write a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    Man,
}

#[derive(Debug, Args)]
struct Verbosity {
    /// Only results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more: what was written, what is wrong with other provinces' sheets, every note, what sheets allow
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

/// What a sheet's briefing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum FormatArgument {
    /// Markdown
    Md,
    /// PDF
    Pdf,
}

#[derive(Debug, Args)]
struct JobArguments {
    /// A province, in any spelling or by its code; may be given several times
    #[arg(short, long, value_name = "NAME")]
    province: Vec<String>,
    /// Every province that has a sheet, and the comparison
    #[arg(long, conflicts_with = "province")]
    all: bool,
    /// The quarter, such as 2026-Q3 [default: the last completed one]
    #[arg(long)]
    quarter: Option<crate::calendar::Quarter>,
    /// Languages [default: en; with --all both]
    #[arg(long, value_delimiter = ',', value_name = "en,vi")]
    lang: Vec<Language>,
    /// Formats [default: both]
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "md,pdf",
        value_name = "md,pdf",
        hide_default_value = true
    )]
    format: Vec<FormatArgument>,
    /// The folder of fact sheets
    #[arg(long, default_value = "fixtures", value_name = "DIR")]
    sheets: PathBuf,
    /// A folder of templates that take the place of the built-in ones
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The layout of the PDF
    #[arg(long, value_name = "LAYOUT", default_value = "briefing", value_parser = layout())]
    layout: &'static Layout,
    /// The office that issues the PDF, in a layout of an official document; `brief init` writes an example
    #[arg(long, value_name = "FILE")]
    office: Option<PathBuf>,
    /// A folder with one family of fonts, in place of the built-in serif: regular, bold, italic, bold italic (.ttf, .otf, .ttc)
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
    /// The folder to write into; the quarter is a folder in it
    #[arg(long, default_value = "reports", value_name = "DIR")]
    out: PathBuf,
    /// How many documents are made at once [default: one to a core]
    #[arg(long, value_name = "N", value_parser = jobs, allow_negative_numbers = true)]
    jobs: Option<usize>,
    /// The i-th of n parts of the work, such as 1/4; in a Kubernetes Indexed Job or a Slurm array, auto/4 or auto
    #[arg(long, value_name = "i/n")]
    shard: Option<ShardRequest>,
    /// JSON on stdout instead of paths
    #[arg(long)]
    json: bool,
    /// How the run is told of on stderr
    #[arg(long, value_enum, default_value = "auto", value_name = "FORM")]
    log: LogForm,
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// Sheets, or folders of sheets
    #[arg(default_value = "fixtures", value_name = "SHEET|DIR")]
    paths: Vec<PathBuf>,
    /// How findings are told
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = diagnostic_format())]
    format: &'static ReportFormat,
    /// The same as --format json
    #[arg(long)]
    json: bool,
    /// A folder of the sources' texts, `PROVINCE/SOURCE.txt` or `SOURCE.txt` (.md, .html), to look every figure up in
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    /// A code that is an error; several after commas, or one after another
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    deny: Vec<String>,
    /// A code that is a warning; several after commas, or one after another
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    warn: Vec<String>,
}

#[derive(Debug, Args)]
struct MergeArguments {
    /// Folders of a quarter that parts of a batch were written into, such as a/2026-Q3
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// The folder of the quarter to merge into [default: the first DIR]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// JSON on stdout instead of the manifest's path
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct VerifyArguments {
    /// PDFs that this program made, or folders of a quarter with their manifests
    #[arg(required = true, value_name = "FILE.pdf|DIR")]
    files: Vec<PathBuf>,
    /// A folder of fact sheets, in which those that a commune was compared with are looked up by their SHA-256
    #[arg(long, value_name = "DIR")]
    sheets: Option<PathBuf>,
    /// JSON on stdout instead of verdicts
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct FigureArguments {
    /// The figure as a source prints it
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// The language of the source
    #[arg(long, default_value = "en")]
    lang: Language,
    /// JSON instead of words
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Listed {
    /// Provinces, former and present
    Provinces,
    /// Indicators
    Indicators,
    /// Places abroad
    Places,
    /// Units of figures
    Units,
    /// Codes of diagnostics
    Codes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
    /// A fact sheet
    Sheet,
    /// The file of an issuing office
    Office,
}

/// Runs the program.
pub fn run<I: IntoIterator<Item = OsString>>(arguments: I) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout and are no failure; clap knows.
            let code = u8::try_from(error.exit_code()).unwrap_or(Outcome::Unusable as u8);
            return match error.print() {
                Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Outcome::Machine.into(),
                _ => ExitCode::from(code),
            };
        }
    };
    let output = Output::new(cli.verbosity.quiet, cli.verbosity.verbose, cli.job.log);
    let outcome = match &cli.command {
        Some(Command::Check(arguments)) => check::run(arguments, &output),
        Some(Command::Figure(arguments)) => figure::run(arguments, &output),
        Some(Command::Merge(arguments)) => merge::run(arguments, &output),
        Some(Command::Verify(arguments)) => verify::run(arguments, &output),
        Some(Command::Explain { code }) => explain::run(code.as_deref(), &output),
        Some(Command::List { what, json }) => list::run(*what, *json, &output),
        Some(Command::Init { folder }) => init::run(folder, &output),
        Some(Command::Completions { shell }) => {
            output.completions(*shell, &mut <Cli as clap::CommandFactory>::command())
        }
        Some(Command::Schema { of: SchemaOf::Sheet }) => output.json(&crate::sheet::schema()),
        Some(Command::Schema { of: SchemaOf::Office }) => output.json(&crate::office::schema()),
        Some(Command::Man) => output.manual(<Cli as clap::CommandFactory>::command()),
        None => briefing::run(&cli.job, &output),
    };
    output.seal(outcome).into()
}

/// How many documents at once: a whole number from 1.
fn jobs(text: &str) -> Result<usize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= MAX_JOBS);
    number.map(NonZeroUsize::get).ok_or_else(|| format!("write a whole number from 1 to {MAX_JOBS}"))
}

/// The name of a format that findings are told in.
fn diagnostic_format() -> impl TypedValueParser<Value = &'static ReportFormat> {
    PossibleValuesParser::new(ReportFormat::all().map(|format| PossibleValue::new(format.name).help(format.about)))
        .try_map(|name| ReportFormat::named(&name).ok_or("no such format"))
}

/// The name of a layout.
fn layout() -> impl TypedValueParser<Value = &'static Layout> {
    PossibleValuesParser::new(LAYOUTS.map(|layout| PossibleValue::new(layout.name).help(layout.about)))
        .try_map(|name| Layout::named(&name).ok_or("no such layout"))
}

/// A code that some check reports.
fn code(text: &str) -> Result<String, String> {
    let known = || check_stage::rules().map(|rule| rule.code);
    if known().any(|code| code == text) {
        return Ok(text.to_owned());
    }
    Err(did_you_mean(text, known()).unwrap_or_else(|| "`brief explain` lists the codes".to_owned()))
}
