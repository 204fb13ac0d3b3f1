//! `brief merge`: the parts of a batch made one.

use super::briefing;
use super::output::Output;
use super::{MergeArguments, Outcome};
use crate::batch::{MergeError, Merged, merge};
use crate::diag::plural;
use serde_json::json;

/// More reports that were not made are counted, not named.
const MOST_NAMED: usize = 5;

pub(super) fn run(arguments: &MergeArguments, output: &Output) -> Outcome {
    let out = arguments.out.as_ref().or(arguments.folders.first()).cloned().unwrap_or_default();
    match merge(&arguments.folders, &out) {
        Ok(merged) => tell(arguments, &merged, output),
        Err(MergeError::Batch(error)) => {
            output.failure(&error.to_string(), briefing::help(&error));
            briefing::outcome(&error)
        }
        Err(error) => {
            let (faults, more) = error.told();
            for fault in faults {
                output.failure(&fault.to_string(), Some(&fault.help()));
            }
            if more > 0 {
                output.progress(&format!("and {more} more; nothing was written"));
            } else {
                output.progress("nothing was written");
            }
            if faults.iter().any(|fault| !fault.is_usage()) { Outcome::Failed } else { Outcome::Unusable }
        }
    }
}

fn tell(arguments: &MergeArguments, merged: &Merged, output: &Output) -> Outcome {
    let path = merged.manifest.display().to_string();
    output.progress(&format!(
        "{path} {}: {} of {}, {} copied",
        if merged.is_written { "written" } else { "is as it was" },
        plural(merged.reports, "report"),
        plural(merged.parts, "part"),
        merged.copied
    ));
    if !merged.lacking.is_empty() {
        let named: Vec<&str> = merged.lacking.iter().take(MOST_NAMED).map(String::as_str).collect();
        let more = merged.lacking.len() - named.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        output.failure(
            &format!("not made, by any part: {}{more}", named.join(", ")),
            Some("the manifest tells of the rest; see what the parts said, run them again, and merge again"),
        );
    }
    let outcome = if merged.lacking.is_empty() { Outcome::Done } else { Outcome::Failed };
    if arguments.json {
        return outcome.max(output.json(&json!({
            "manifest": path, "written": merged.is_written, "parts": merged.parts, "reports": merged.reports,
            "copied": merged.copied, "lacking": merged.lacking,
        })));
    }
    output.result(&path);
    outcome
}
