//! The main job: briefings of provinces, and the comparison.

use super::output::Output;
use super::{FormatArgument, JobArguments, Outcome};
use crate::batch::{self, BatchError, Built, Format, Job, Selection, Sheets};
use crate::calendar::Quarter;
use crate::catalog::Catalog;
use crate::check::Policy;
use crate::language::Language;
use crate::render::Renderer;
use serde_json::json;

pub(super) fn run(arguments: &JobArguments, output: &Output) -> Outcome {
    if arguments.province.is_empty() && !arguments.all {
        let help = "`brief --province \"Nghe An\" --format pdf`, `brief --all`, or `brief --help`";
        output.failure("nothing to do: name a province, or ask for all", Some(help));
        return Outcome::Unusable;
    }
    let (catalog, job) = match prepare(arguments) {
        Ok(prepared) => prepared,
        Err(message) => {
            output.failure(&message, None);
            return Outcome::Unusable;
        }
    };
    let renderer = match Renderer::new(job.templates.as_deref(), &job.languages) {
        Ok(renderer) => renderer,
        Err(error) => return refuse(&error.into(), output),
    };
    output.detail(&format!("quarter {}, sheets in {}", job.quarter, job.sheets.display()));
    match batch::run(&job, &catalog, &renderer) {
        Ok((sheets, built)) => report(arguments, &sheets, &built, output),
        Err(error) => refuse(&error, output),
    }
}

fn prepare(arguments: &JobArguments) -> Result<(Catalog, Job), String> {
    let today = super::clock::today()?;
    let catalog = Catalog::builtin().map_err(|error| error.to_string())?;
    let job = Job {
        selection: if arguments.all {
            Selection::All
        } else {
            Selection::Provinces(arguments.province.clone())
        },
        quarter: arguments.quarter.unwrap_or_else(|| Quarter::last_completed(today)),
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
        out: arguments.out.clone(),
        jobs: arguments.jobs.map(std::num::NonZeroUsize::get),
        shard: arguments.shard,
        policy: Policy { today: Some(today), ..Policy::default() },
    };
    Ok((catalog, job))
}

fn report(arguments: &JobArguments, sheets: &Sheets, built: &Built, output: &Output) -> Outcome {
    for diagnostic in sheets.diagnostics() {
        output.diagnostic(diagnostic);
    }
    for remark in &built.remarks {
        output.progress(remark);
    }
    for failure in &built.failures {
        output.failure(&failure.to_string(), help(failure));
    }
    for province in &built.withheld {
        let help = "mend its sheet: see the errors above, or run `brief check`";
        output.failure(&format!("the briefing of {} is withheld", province.name(Language::En)), Some(help));
    }
    let paths: Vec<String> = built.paths.iter().map(|path| path.display().to_string()).collect();
    if arguments.json {
        let withheld: Vec<&str> = built.withheld.iter().map(|province| province.id.as_str()).collect();
        let failures: Vec<String> = built.failures.iter().map(ToString::to_string).collect();
        output.result(&json!({"built": paths, "withheld": withheld, "failures": failures}).to_string());
    } else {
        for path in paths {
            output.result(&path);
        }
    }
    let failed = built.failures.iter().map(outcome).max();
    let unread = sheets.any_unreadable().then_some(Outcome::Failed);
    let withheld = (!built.withheld.is_empty()).then_some(Outcome::Failed);
    failed.max(unread).max(withheld).unwrap_or(Outcome::Done)
}

fn refuse(error: &BatchError, output: &Output) -> Outcome {
    output.failure(&error.to_string(), help(error));
    outcome(error)
}

fn outcome(error: &BatchError) -> Outcome {
    match error {
        BatchError::Sheets(_)
        | BatchError::UnknownProvince(_)
        | BatchError::NoSheet { .. }
        | BatchError::Render(_)
        | BatchError::Typeset { .. } => Outcome::Unusable,
        BatchError::Fonts(_)
        | BatchError::Pdf { .. }
        | BatchError::Write { .. }
        | BatchError::Locked { .. }
        | BatchError::Threads(_) => Outcome::Machine,
    }
}

fn help(error: &BatchError) -> Option<&'static str> {
    match error {
        BatchError::Sheets(_) => Some("`--sheets DIR` names the folder of fact sheets; `brief init` writes an example"),
        BatchError::UnknownProvince(_) => Some("`brief list provinces` lists every province"),
        BatchError::NoSheet { .. } => Some("add its sheet, or name the folder with `--sheets DIR`"),
        BatchError::Render(_) => Some("`brief init DIR` writes the built-in templates to start from"),
        BatchError::Write { .. } => Some("choose a folder that can be written with `--out DIR`, or make room"),
        BatchError::Locked { .. } => Some("wait for it to end, or write elsewhere with `--out DIR`"),
        BatchError::Fonts(_) | BatchError::Typeset { .. } | BatchError::Pdf { .. } | BatchError::Threads(_) => None,
    }
}
