//! What keeps the parts of a batch from being merged.

use super::MOST_NAMED;
use crate::batch::error::BatchError;
use crate::batch::shard::Shard;
use std::fmt;
use std::path::PathBuf;

/// Why parts were not merged.
#[derive(Debug)]
pub enum MergeError {
    /// The parts do not make one whole.
    Parts(Vec<MergeFault>),
    /// A folder cannot be read, locked or written.
    Batch(BatchError),
}

/// What is wrong with the parts of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeFault {
    /// No folder has the manifest of a part.
    NoParts(Vec<PathBuf>),
    /// A manifest cannot be used.
    Unreadable {
        /// The manifest.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A part is there twice.
    Twice {
        /// The part.
        shard: Shard,
        /// Its manifests.
        paths: [PathBuf; 2],
    },
    /// Parts of batches that were divided differently.
    OtherCount {
        /// A manifest.
        one: PathBuf,
        /// One of another division.
        other: PathBuf,
    },
    /// Parts are not there.
    Missing {
        /// The first of them.
        missing: Vec<Shard>,
        /// How many are there.
        there: u64,
        /// What makes the first.
        command: String,
    },
    /// Two parts were asked for different things.
    Differs {
        /// In what.
        what: &'static str,
        /// A part, and what it says.
        one: (Shard, String),
        /// Another.
        other: (Shard, String),
        /// What makes the other like the one.
        command: String,
    },
    /// Two parts ran over different sheets.
    Sheets {
        /// The first sheet that differs.
        sheet: String,
        /// How many more differ.
        more: usize,
        /// The parts.
        shards: [Shard; 2],
        /// The part that does not know the sheet, if one does not.
        lacks: Option<Shard>,
        /// What makes that part again.
        command: String,
    },
    /// Two parts made the same report, and not the same.
    TwoReports {
        /// The report.
        report: String,
        /// The parts.
        shards: [Shard; 2],
    },
    /// A report is not as its part made it.
    Report {
        /// The report.
        path: PathBuf,
        /// The part.
        shard: Shard,
        /// What became of it.
        reason: String,
        /// What makes it again.
        command: String,
    },
    /// The folder to write into is that of another quarter.
    TakenByQuarter {
        /// The manifest there.
        path: PathBuf,
        /// Its quarter.
        theirs: String,
        /// The quarter of the parts.
        ours: String,
    },
}

impl fmt::Display for MergeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MergeFault::NoParts(folders) => {
                let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
                write!(f, "there is no manifest of a part in {}", folders.join(", "))
            }
            MergeFault::Unreadable { path, reason } => write!(f, "{} cannot be used: {reason}", path.display()),
            MergeFault::Twice { shard, paths: [one, other] } => {
                write!(f, "part {shard} is there twice: {} and {}", one.display(), other.display())
            }
            MergeFault::OtherCount { one, other } => {
                write!(f, "{} and {} are of different divisions", one.display(), other.display())
            }
            MergeFault::Missing { missing, there, .. } => {
                let (count, _) = missing.first().map_or((0, 0), |shard| shard.place());
                let left = count.saturating_sub(*there);
                let named: Vec<String> = missing.iter().map(ToString::to_string).collect();
                let more = left.saturating_sub(named.len() as u64);
                let more = if more == 0 { String::new() } else { format!(" and {more} more") };
                let (word, verb) = if left == 1 { ("part", "is") } else { ("parts", "are") };
                write!(f, "{word} {}{more} {verb} missing", named.join(", "))
            }
            MergeFault::Differs { what, one: (one, is), other: (other, differs), .. } => {
                let (is, differs) = (is.escape_debug(), differs.escape_debug());
                write!(f, "part {one} and part {other} are of different {what}: `{is}` and `{differs}`")
            }
            MergeFault::Sheets { sheet, more, shards: [one, other], lacks, .. } => {
                let more = match more {
                    0 => String::new(),
                    more => format!(" (and in {more} more)"),
                };
                let sheet = sheet.escape_debug();
                match lacks {
                    Some(lacks) => {
                        let knows = if lacks == one { other } else { one };
                        write!(f, "part {lacks} does not know the sheet `{sheet}`, which part {knows} has{more}")
                    }
                    None => write!(f, "part {one} and part {other} differ in the sheet `{sheet}`{more}"),
                }
            }
            MergeFault::TwoReports { report, shards: [one, other] } => {
                write!(f, "part {one} and part {other} both made `{}`, and differently", report.escape_debug())
            }
            MergeFault::Report { path, shard, reason, .. } => {
                write!(f, "{}, of part {shard}: {reason}", path.display())
            }
            MergeFault::TakenByQuarter { path, theirs, ours } => {
                let theirs = theirs.escape_debug();
                write!(f, "{} is of the quarter {theirs}, and the parts are of {ours}", path.display())
            }
        }
    }
}

impl MergeFault {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            MergeFault::NoParts(_) => {
                "name the folders of a quarter that `brief --all --shard 1/4` and so on wrote, such as `reports/2026-Q3`"
                    .to_owned()
            }
            MergeFault::Unreadable { .. } => "run that part again, or delete it if it is of an earlier batch".to_owned(),
            MergeFault::Twice { .. } => "name only the folder of the one that counts".to_owned(),
            MergeFault::OtherCount { .. } => {
                "delete the manifests of the batch that does not count, or name only the folders of the other".to_owned()
            }
            MergeFault::Missing { command, .. } => {
                format!("run `{command}` over the same sheets, or name the folder that it wrote into too")
            }
            MergeFault::Differs { command, .. } => format!("make both alike: run `{command}` over the same sheets"),
            MergeFault::Sheets { lacks: Some(_), command, .. } => {
                format!("it was stopped, or ran over other sheets: run `{command}` over the sheets of the others")
            }
            MergeFault::Sheets { command, .. } => {
                format!("they ran over different sheets: run all parts over the same ones, such as `{command}`")
            }
            MergeFault::TwoReports { .. } => "run all parts again, by one version of the program".to_owned(),
            MergeFault::Report { command, .. } => format!("run `{command}` over the same sheets"),
            MergeFault::TakenByQuarter { ours, .. } => {
                format!("name the folder of the quarter with `--out`, such as `reports/{ours}`")
            }
        }
    }

    /// Whether the user named what is nothing to merge, rather than parts with something wrong.
    pub fn is_usage(&self) -> bool {
        matches!(self, MergeFault::NoParts(_) | MergeFault::Unreadable { .. } | MergeFault::TakenByQuarter { .. })
    }
}

impl MergeError {
    /// The faults that are told: the first of each kind that may be many, and how many more there are.
    pub fn told(&self) -> (&[MergeFault], usize) {
        match self {
            MergeError::Batch(_) => (&[], 0),
            MergeError::Parts(faults) => {
                let (told, more) = faults.split_at(faults.len().min(MOST_NAMED));
                (told, more.len())
            }
        }
    }
}

impl From<MergeFault> for MergeError {
    fn from(fault: MergeFault) -> MergeError {
        MergeError::Parts(vec![fault])
    }
}

impl From<Vec<MergeFault>> for MergeError {
    fn from(faults: Vec<MergeFault>) -> MergeError {
        MergeError::Parts(faults)
    }
}

impl From<BatchError> for MergeError {
    fn from(error: BatchError) -> MergeError {
        MergeError::Batch(error)
    }
}
