//! Other programs' judgement of PDF files, where they are installed.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs a program; `None`, with a word on the terminal even where a test's output is caught, if it is not installed.
fn run(program: &OsString, arguments: impl IntoIterator<Item = OsString>) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            let program = program.display();
            let skipped = format!("SKIPPED: `{program}` cannot be run ({error}): its judgement is missing\n");
            std::io::stderr().write_all(skipped.as_bytes()).unwrap();
            None
        }
    }
}

/// veraPDF, from `BRIEF_VERAPDF` or the search path: the official command line, or a program that takes the flavours, separated by
/// commas, and the files.
pub(crate) fn verapdf(paths: &[PathBuf]) {
    let program = std::env::var_os("BRIEF_VERAPDF").unwrap_or_else(|| "verapdf".into());
    let Some(version) = run(&program, ["--version".into()]) else { return };
    let files = || paths.iter().map(|path| path.clone().into_os_string());
    let is_official = version.status.success();
    let runs: Vec<Vec<OsString>> = if is_official {
        let flavour = |flavour: &str| ["--format", "text", "--flavour", flavour].map(OsString::from).to_vec();
        vec![flavour("ua1"), flavour("3a")]
    } else {
        vec![vec!["ua1,3a".into()]]
    };
    for arguments in runs {
        let Some(output) = run(&program, arguments.into_iter().chain(files())) else { return };
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        let faults: Vec<&str> = report.lines().filter(|line| !line.starts_with("PASS")).collect();
        assert!(
            output.status.success() && faults.is_empty(),
            "{}\n{}",
            faults.join("\n"),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(report.lines().filter(|line| line.starts_with("PASS")).count() >= files().count());
    }
}

/// qpdf, from the search path.
pub(crate) fn qpdf(paths: &[PathBuf]) {
    let program = "qpdf".into();
    if run(&program, ["--version".into()]).is_none() {
        return;
    }
    for path in paths {
        let output = run(&program, ["--check".into(), path.clone().into_os_string()]).unwrap();
        assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    }
}
