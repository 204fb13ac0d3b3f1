//! The main job: briefings of provinces, and the comparison.

use super::output::Output;
use super::progress::Progress;
use super::{FormatArgument, JobArguments, Outcome};
use crate::batch::{self, BatchError, Built, Format, Job, Selection, Shard, ShardRequest, UnknownShard};
use crate::calendar::Quarter;
use crate::catalog::Catalog;
use crate::check::Policy;
use crate::diag::Diagnostic;
use crate::diag::json::JsonDiagnostic;
use crate::language::Language;
use crate::office::{Office, OfficeFault};
use crate::typeset::layout::LAYOUTS;
use crate::typeset::{FontError, Fonts, TypesetError};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::env;

pub(super) fn run(arguments: &JobArguments, output: &Output) -> Outcome {
    if arguments.province.is_empty() && !arguments.all {
        let help = "`brief --province \"Nghe An\" --format pdf`, `brief --all`, or `brief --help`";
        output.failure("nothing to do: name a province, or ask for all", Some(help));
        return Outcome::Unusable;
    }
    let (catalog, job) = match prepare(arguments, output.is_verbose()) {
        Ok(prepared) => prepared,
        Err(faults) => {
            for Fault { message, help } in faults {
                output.failure(&message, help.as_deref());
            }
            return Outcome::Unusable;
        }
    };
    if job.policy.today.is_some_and(|today| today <= job.quarter.last_day()) {
        output.progress(&format!(
            "{} has not ended: what is published until {} will change it",
            job.quarter,
            job.quarter.last_day()
        ));
    }
    let progress = Progress::new(output, arguments.log, matches!(job.selection, Selection::Provinces(_)));
    let outcome = match progress.during(|| batch::run(&job, &catalog, &progress)) {
        Ok(built) => report(arguments, &job, &built, output),
        Err(error) => outcome(&error),
    };
    progress.close();
    outcome
}

/// What is wrong with an order, and what to do about it.
struct Fault {
    message: String,
    help: Option<String>,
}

impl From<String> for Fault {
    fn from(message: String) -> Fault {
        Fault { message, help: None }
    }
}

/// The office and the fonts of an order.
fn furnish(arguments: &JobArguments, job: &mut Job) -> Result<(), Vec<Fault>> {
    if let Some(path) = &arguments.office {
        if job.layout.form.is_none() {
            let message = format!("the layout `{}` has no place for an issuing office", job.layout.name);
            let named = LAYOUTS.iter().find(|layout| layout.form.is_some());
            let help = named.map(|layout| format!("add `--layout {}`, or leave `--office` out", layout.name));
            return Err(vec![Fault { message, help }]);
        }
        let fault = |fault: &OfficeFault| Fault { message: fault.to_string(), help: Some(fault.help.clone()) };
        let office = Office::read(path, &job.languages);
        job.office = Some(office.map_err(|faults| faults.iter().map(fault).collect::<Vec<Fault>>())?);
    }
    if let Some(folder) = &arguments.fonts {
        let fault = |error: FontError| vec![Fault { help: error.help(), message: error.to_string() }];
        job.fonts = Some(Fonts::in_folder(folder, &job.languages).map_err(fault)?);
    }
    Ok(())
}

fn prepare(arguments: &JobArguments, every_note: bool) -> Result<(Catalog, Job), Vec<Fault>> {
    let plain = |message: String| vec![Fault::from(message)];
    let today = super::clock::today().map_err(plain)?;
    let catalog = Catalog::builtin().map_err(|error| plain(error.to_string()))?;
    let shard = arguments.shard.map(part).transpose()?;
    let quarter = arguments.quarter.unwrap_or_else(|| Quarter::last_completed(today));
    let mut job = Job {
        selection: if arguments.all { Selection::All } else { Selection::Provinces(arguments.province.clone()) },
        quarter,
        languages: match arguments.lang.as_slice() {
            [] if arguments.all => Language::ALL.into_iter().collect(),
            [] => std::iter::once(Language::En).collect(),
            chosen => chosen.iter().copied().collect(),
        },
        formats: arguments
            .format
            .iter()
            .map(|format| match format {
                FormatArgument::Md => Format::Markdown,
                FormatArgument::Pdf => Format::Pdf,
            })
            .collect(),
        sheets: arguments.sheets.clone(),
        templates: arguments.templates.clone(),
        layout: arguments.layout,
        fonts: None,
        office: None,
        out: arguments.out.clone(),
        jobs: arguments.jobs,
        shard,
        policy: Policy { today: Some(today), known_by: Some(quarter.last_day()), ..Policy::default() },
        every_note,
        stop: super::signals::watch().map_err(|error| plain(format!("cannot watch for signals: {error}")))?,
    };
    furnish(arguments, &mut job)?;
    Ok((catalog, job))
}

/// The part of the work, which the scheduler's variables may have to tell.
fn part(request: ShardRequest) -> Result<Shard, Vec<Fault>> {
    let variable = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let fault = |error: UnknownShard| vec![Fault { message: error.to_string(), help: Some(error.help()) }];
    request.resolve(variable).map_err(fault)
}

fn report(arguments: &JobArguments, job: &Job, built: &Built, output: &Output) -> Outcome {
    let paths = built.files.iter().map(|file| file.path.display().to_string());
    if arguments.json {
        let paths: Vec<String> = paths.collect();
        output.result(&as_json(job, built, &paths).to_string());
    } else {
        output.results(paths);
    }
    outcome_of(job, built)
}

/// The numbers that withhold a document.
fn untraced(failure: &BatchError) -> &[Diagnostic] {
    match failure {
        BatchError::Untraced { diagnostics, .. } => diagnostics,
        _ => &[],
    }
}

fn as_json(job: &Job, built: &Built, paths: &[String]) -> Value {
    let withheld: Vec<&str> = built.withheld.iter().map(|locality| locality.id.as_str()).collect();
    let unpublished: Vec<&str> = built.unpublished.iter().map(|unpublished| unpublished.locality.id.as_str()).collect();
    let diagnostics: Vec<JsonDiagnostic<'_>> =
        built.failures.iter().flat_map(untraced).map(JsonDiagnostic::from).collect();
    let failures: BTreeSet<String> = built.failures.iter().map(ToString::to_string).collect();
    json!({
        "quarter": job.quarter.to_string(), "built": paths, "withheld": withheld, "unpublished": unpublished, "failures": failures,
        "diagnostics": diagnostics,
    })
}

/// The gravest of what befell what was asked for. The faults of other sheets do not count, nor does a province that had
/// published nothing yet, unless it was named.
fn outcome_of(job: &Job, built: &Built) -> Outcome {
    let failed = built.failures.iter().map(outcome).max();
    let named = matches!(job.selection, Selection::Provinces(_));
    let is_short = !built.withheld.is_empty() || (named && !built.unpublished.is_empty());
    let short = (is_short || built.is_short_of_sheets).then_some(Outcome::Failed);
    failed.max(short).unwrap_or(Outcome::Done)
}

pub(super) fn outcome(error: &BatchError) -> Outcome {
    match error {
        BatchError::Untraced { .. } => Outcome::Failed,
        BatchError::Sheets(_)
        | BatchError::Read { .. }
        | BatchError::UnknownProvince(_)
        | BatchError::NoSheet { .. }
        | BatchError::Render(_)
        | BatchError::Name(_)
        | BatchError::Typeset { .. } => Outcome::Unusable,
        BatchError::Fonts(_)
        | BatchError::Pdf { .. }
        | BatchError::Evidence(_)
        | BatchError::Write { .. }
        | BatchError::Link { .. }
        | BatchError::Occupied { .. }
        | BatchError::Lock { .. }
        | BatchError::Locked { .. }
        | BatchError::Stopped { .. }
        | BatchError::Threads(_) => Outcome::Machine,
    }
}

/// What to do about a failure.
pub(super) fn help(error: &BatchError) -> Option<&'static str> {
    match error {
        BatchError::Sheets(_) => Some("`--sheets DIR` names the folder of fact sheets; `brief init` writes an example"),
        BatchError::UnknownProvince(_) => Some("`brief list provinces` lists every province"),
        BatchError::NoSheet { .. } => Some("add its sheet, or name the folder with `--sheets DIR`"),
        BatchError::Untraced { .. } => {
            Some("the last good one stays; see the errors above, and `brief explain untraced-number`")
        }
        BatchError::Render(_) => Some("`brief init DIR` writes the built-in templates to start from"),
        BatchError::Write { .. } => Some("choose a folder that can be written with `--out DIR`, or make room"),
        BatchError::Link { .. } => Some("remove the link, or name the folder that it leads to with `--out DIR`"),
        BatchError::Occupied { .. } => Some("move it away, or write elsewhere with `--out DIR`"),
        BatchError::Lock { .. } => {
            Some("the file system must have file locks (over a network, see \"locks\" in docs/operation.md)")
        }
        BatchError::Stopped { .. } => Some("run it again to make the rest"),
        BatchError::Locked { .. } => Some("wait for it to end, or write elsewhere with `--out DIR`"),
        BatchError::Typeset { error: TypesetError::LackingLetters { .. }, .. } => {
            Some("choose a font that has them with `--fonts DIR`, or leave `--fonts` out")
        }
        BatchError::Fonts(_)
        | BatchError::Typeset { .. }
        | BatchError::Pdf { .. }
        | BatchError::Evidence(_)
        | BatchError::Read { .. }
        | BatchError::Name(_)
        | BatchError::Threads(_) => None,
    }
}
