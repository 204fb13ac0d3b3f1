//! The main job: briefings of provinces, and the comparison.

use super::output::Output;
use super::{FormatArgument, JobArguments, Outcome};
use crate::batch::{self, BatchError, Built, Format, Job, Selection, Sheets, Unpublished};
use crate::calendar::Quarter;
use crate::catalog::Catalog;
use crate::check::Policy;
use crate::diag::Diagnostic;
use crate::diag::json::JsonDiagnostic;
use crate::language::Language;
use crate::office::{Office, OfficeFault};
use crate::render::{self, Renderer};
use crate::typeset::layout::LAYOUTS;
use crate::typeset::{FontError, Fonts, TypesetError};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn run(arguments: &JobArguments, output: &Output) -> Outcome {
    if arguments.province.is_empty() && !arguments.all {
        let help = "`brief --province \"Nghe An\" --format pdf`, `brief --all`, or `brief --help`";
        output.failure("nothing to do: name a province, or ask for all", Some(help));
        return Outcome::Unusable;
    }
    let (catalog, job) = match prepare(arguments) {
        Ok(prepared) => prepared,
        Err(faults) => {
            for Fault { message, help } in faults {
                output.failure(&message, help.as_deref());
            }
            return Outcome::Unusable;
        }
    };
    let renderer = match Renderer::new(job.templates.as_deref(), &job.languages, templates(&job.selection)) {
        Ok(renderer) => renderer,
        Err(error) => return refuse(&error.into(), output),
    };
    output.detail(&format!("quarter {}, sheets in {}", job.quarter, job.sheets.display()));
    if job.policy.today.is_some_and(|today| today <= job.quarter.last_day()) {
        output.progress(&format!(
            "{} has not ended: what is published until {} will change it",
            job.quarter,
            job.quarter.last_day()
        ));
    }
    match batch::run(&job, &catalog, &renderer) {
        Ok((sheets, built)) => report(arguments, &job, &sheets, &built, output),
        Err(error) => refuse(&error, output),
    }
}

/// The templates that a selection of briefings is made with.
fn templates(selection: &Selection) -> &'static [&'static str] {
    match selection {
        Selection::All => &[render::PROVINCE, render::COMPARATIVE],
        Selection::Provinces(_) => &[render::PROVINCE],
    }
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

fn prepare(arguments: &JobArguments) -> Result<(Catalog, Job), Vec<Fault>> {
    let plain = |message: String| vec![Fault::from(message)];
    let today = super::clock::today().map_err(plain)?;
    let catalog = Catalog::builtin().map_err(|error| plain(error.to_string()))?;
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
        shard: arguments.shard,
        policy: Policy { today: Some(today), known_by: Some(quarter.last_day()), ..Policy::default() },
    };
    furnish(arguments, &mut job)?;
    Ok((catalog, job))
}

fn report(arguments: &JobArguments, job: &Job, sheets: &Sheets, built: &Built, output: &Output) -> Outcome {
    report_sheets(sheets, built, output);
    for remark in &built.remarks {
        output.progress(remark);
    }
    for unpublished in &built.unpublished {
        let message = not_yet(unpublished, job.quarter);
        match &job.selection {
            Selection::All => output.progress(&message),
            Selection::Provinces(_) => output.failure(&message, None),
        }
    }
    // One fault of a template strikes every document made with it.
    let mut told: BTreeSet<String> = BTreeSet::new();
    for failure in &built.failures {
        for diagnostic in untraced(failure) {
            if told.insert(format!("{:?} {}", diagnostic.place(), diagnostic.message)) {
                output.diagnostic(diagnostic);
            }
        }
        if told.insert(failure.to_string()) {
            output.failure(&failure.to_string(), help(failure));
        }
    }
    for province in &built.withheld {
        let help = "mend its sheet: see the errors above, or run `brief check`";
        output.failure(&format!("the briefing of {} is withheld", province.name(Language::En)), Some(help));
    }
    let paths: Vec<String> = built.files.iter().map(|file| file.path.display().to_string()).collect();
    if arguments.json {
        output.result(&as_json(job, built, &paths).to_string());
    } else {
        for (file, path) in built.files.iter().zip(&paths) {
            output.detail(&format!("{path}: {}", if file.is_written { "written" } else { "unchanged" }));
            output.result(path);
        }
    }
    outcome_of(job, sheets, built)
}

/// The numbers that withhold a document.
fn untraced(failure: &BatchError) -> &[Diagnostic] {
    match failure {
        BatchError::Untraced { diagnostics, .. } => diagnostics,
        _ => &[],
    }
}

/// Everything about the sheets that briefings were asked of; of the others, only that they are withheld in the comparison.
fn report_sheets(sheets: &Sheets, built: &Built, output: &Output) {
    for (place, loaded) in sheets.iter().enumerate() {
        if built.concerned.contains(&place) || output.is_verbose() {
            for diagnostic in loaded.diagnostics() {
                output.diagnostic(diagnostic);
            }
            for allowed in loaded.checked.iter().flat_map(|checked| &checked.allowed) {
                output.accepted(&allowed.diagnostic, &allowed.reason);
            }
        } else if loaded.passed().is_none() {
            let path = loaded.path.display();
            output.progress(&format!(
                "{path} has errors: its figures are withheld from the comparison; see `brief check {path}`"
            ));
        }
    }
}

fn not_yet(unpublished: &Unpublished, quarter: Quarter) -> String {
    let name = unpublished.province.name(Language::En);
    let first = unpublished.first.map_or_else(String::new, |first| format!("; its first briefing is of {first}"));
    format!("{name} has no briefing of {quarter}: nothing had been published by {}{first}", quarter.last_day())
}

fn as_json(job: &Job, built: &Built, paths: &[String]) -> Value {
    let withheld: Vec<&str> = built.withheld.iter().map(|province| province.id.as_str()).collect();
    let unpublished: Vec<&str> = built.unpublished.iter().map(|unpublished| unpublished.province.id.as_str()).collect();
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
fn outcome_of(job: &Job, sheets: &Sheets, built: &Built) -> Outcome {
    let failed = built.failures.iter().map(outcome).max();
    let named = matches!(job.selection, Selection::Provinces(_));
    let is_short = !built.withheld.is_empty() || (named && !built.unpublished.is_empty());
    let is_faulty =
        sheets.iter().enumerate().any(|(place, loaded)| built.concerned.contains(&place) && loaded.passed().is_none());
    let short = (is_short || is_faulty).then_some(Outcome::Failed);
    failed.max(short).unwrap_or(Outcome::Done)
}

fn refuse(error: &BatchError, output: &Output) -> Outcome {
    output.failure(&error.to_string(), help(error));
    outcome(error)
}

fn outcome(error: &BatchError) -> Outcome {
    match error {
        BatchError::Untraced { .. } => Outcome::Failed,
        BatchError::Sheets(_)
        | BatchError::UnknownProvince(_)
        | BatchError::NoSheet { .. }
        | BatchError::Render(_)
        | BatchError::Typeset { .. } => Outcome::Unusable,
        BatchError::Fonts(_)
        | BatchError::Pdf { .. }
        | BatchError::Evidence(_)
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
        BatchError::Untraced { .. } => {
            Some("the last good one stays; see the errors above, and `brief explain untraced-number`")
        }
        BatchError::Render(_) => Some("`brief init DIR` writes the built-in templates to start from"),
        BatchError::Write { .. } => Some("choose a folder that can be written with `--out DIR`, or make room"),
        BatchError::Locked { .. } => Some("wait for it to end, or write elsewhere with `--out DIR`"),
        BatchError::Typeset { error: TypesetError::LackingLetters { .. }, .. } => {
            Some("choose a font that has them with `--fonts DIR`, or leave `--fonts` out")
        }
        BatchError::Fonts(_)
        | BatchError::Typeset { .. }
        | BatchError::Pdf { .. }
        | BatchError::Evidence(_)
        | BatchError::Threads(_) => None,
    }
}
