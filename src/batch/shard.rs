//! A part of a batch, for several machines.

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Kubernetes, in the pods of an Indexed Job: the index, from 0.
pub const JOB_COMPLETION_INDEX: &str = "JOB_COMPLETION_INDEX";
/// Slurm, in the tasks of an array: the task's number.
pub const SLURM_ARRAY_TASK_ID: &str = "SLURM_ARRAY_TASK_ID";
/// Slurm: the least number in the array.
pub const SLURM_ARRAY_TASK_MIN: &str = "SLURM_ARRAY_TASK_MIN";
/// Slurm: the greatest number in the array.
pub const SLURM_ARRAY_TASK_MAX: &str = "SLURM_ARRAY_TASK_MAX";
/// Slurm: from one number of the array to the next.
pub const SLURM_ARRAY_TASK_STEP: &str = "SLURM_ARRAY_TASK_STEP";
/// Slurm: how many tasks the array has.
pub const SLURM_ARRAY_TASK_COUNT: &str = "SLURM_ARRAY_TASK_COUNT";

/// The i-th of n parts of a batch, written `1/4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

/// What a command line says of the part: which it is, or that the scheduler knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShardRequest {
    /// This one.
    Named(Shard),
    /// The scheduler's variables say which; of how many, they say unless it is given.
    Auto {
        /// How many parts there are.
        count: Option<u64>,
    },
}

/// The text is no part of a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a part of the work: write `1/4` for the first of four, or `auto/4` in an array of jobs")]
pub struct ShardError(pub String);

/// The scheduler's variables do not say which part is meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownShard {
    /// No scheduler has numbered this run.
    #[error(
        "`--shard {request}` is for an array of jobs: neither {JOB_COMPLETION_INDEX} nor {SLURM_ARRAY_TASK_ID} is set"
    )]
    NoTask {
        /// What was asked for.
        request: ShardRequest,
    },
    /// Two schedulers have numbered it.
    #[error(
        "{JOB_COMPLETION_INDEX} is `{kubernetes}` and {SLURM_ARRAY_TASK_ID} is `{slurm}`: only one can say which part this is"
    )]
    TwoTasks {
        /// What was asked for.
        request: ShardRequest,
        /// The variable of Kubernetes.
        kubernetes: String,
        /// The variable of Slurm.
        slurm: String,
    },
    /// A variable holds something else than it should.
    #[error("{name} is `{value}`, not a whole number from {least}")]
    NotANumber {
        /// The variable.
        name: &'static str,
        /// What it holds.
        value: String,
        /// The least that makes sense.
        least: u64,
    },
    /// It is known which part this is, not of how many.
    #[error("{name} says which part this is, but nothing says of how many")]
    NoCount {
        /// The variable that says which.
        name: &'static str,
    },
    /// The command line and the scheduler speak of different numbers of parts.
    #[error("`--shard auto/{asked}` speaks of {asked} parts, {SLURM_ARRAY_TASK_COUNT} of {count}")]
    OtherCount {
        /// The number on the command line.
        asked: u64,
        /// The scheduler's.
        count: u64,
        /// The task's number.
        id: u64,
    },
    /// The tasks of a Slurm array are not numbered one after another, by the same step.
    #[error("the array has {count} tasks numbered {least} to {greatest}, with gaps")]
    Gaps {
        /// How many tasks there are.
        count: u64,
        /// Their least number.
        least: u64,
        /// Their greatest number.
        greatest: u64,
    },
    /// The number is that of no part.
    #[error("{name} is `{value}`: the {count} parts are numbered {least} to {greatest}")]
    OutOfRange {
        /// The variable.
        name: &'static str,
        /// What it holds.
        value: u64,
        /// How many parts there are.
        count: u64,
        /// The number of the first.
        least: u64,
        /// The number of the last.
        greatest: u64,
    },
}

impl UnknownShard {
    /// What to do about it.
    pub fn help(&self) -> String {
        let of = |request: &ShardRequest| match request {
            ShardRequest::Auto { count: Some(count) } => *count,
            _ => 4,
        };
        match self {
            UnknownShard::NoTask { request } => {
                format!("write the part out, such as `--shard 1/{}`, or leave `--shard` out for the whole", of(request))
            }
            UnknownShard::TwoTasks { request, .. } => {
                format!("unset the other, or write the part out, such as `--shard 1/{}`", of(request))
            }
            UnknownShard::NotANumber { .. } => {
                "the scheduler sets it: unset it elsewhere, and write the part out, such as `--shard 1/4`".to_owned()
            }
            UnknownShard::NoCount { name: SLURM_ARRAY_TASK_ID } => {
                format!("write the number of parts, such as `--shard auto/8`, or set {SLURM_ARRAY_TASK_COUNT}")
            }
            UnknownShard::NoCount { .. } => {
                "write the number of parts, the Job's `completions`, such as `--shard auto/8`".to_owned()
            }
            UnknownShard::OtherCount { asked, count, id } => format!(
                "for all {asked} parts, start as many tasks; for these {count} alone, write `--shard \"${SLURM_ARRAY_TASK_ID}/{asked}\"` \
                 (here {id}/{asked}), with the tasks numbered from 1"
            ),
            UnknownShard::Gaps { count, .. } => {
                format!("number the tasks without gaps, such as `--array=1-{count}`, or write the part out")
            }
            UnknownShard::OutOfRange { name: SLURM_ARRAY_TASK_ID, count, .. } => {
                format!("start {count} tasks, such as `--array=1-{count}`")
            }
            UnknownShard::OutOfRange { .. } => {
                "write the Job's `completions` after `auto/`: one part for each index".to_owned()
            }
        }
    }
}

impl Shard {
    /// The part as it stands in the names of its files: `1-of-4`.
    pub(super) fn file_name_part(self) -> String {
        format!("{}-of-{}", self.index + 1, self.count)
    }

    /// Its place in the order of parts: of how many, and which, from 0.
    pub(super) const fn place(self) -> (u64, u64) {
        (self.count, self.index)
    }

    /// All parts of as many as this one is of.
    pub(super) fn all(self) -> impl Iterator<Item = Shard> {
        let count = self.count;
        (0..count).map(move |index| Shard { index, count })
    }

    /// Whether a document belongs to this part. Every document belongs to one, by a hash of its name that is the same on every
    /// machine.
    pub fn holds(self, name: &str) -> bool {
        let digest = Sha256::digest(name.as_bytes());
        let head = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        head % self.count == self.index
    }
}

impl ShardRequest {
    /// The part that is meant. `variable` looks up a variable of the environment by its name; it is not asked where the part is
    /// written out.
    ///
    /// # Errors
    /// The scheduler's variables are not there, contradict each other, or number no part.
    pub fn resolve(self, variable: impl Fn(&str) -> Option<String>) -> Result<Shard, UnknownShard> {
        let count = match self {
            ShardRequest::Named(shard) => return Ok(shard),
            ShardRequest::Auto { count } => count,
        };
        match (variable(JOB_COMPLETION_INDEX), variable(SLURM_ARRAY_TASK_ID)) {
            (None, None) => Err(UnknownShard::NoTask { request: self }),
            (Some(kubernetes), Some(slurm)) => Err(UnknownShard::TwoTasks { request: self, kubernetes, slurm }),
            (Some(index), None) => of_completion(index, count),
            (None, Some(id)) => of_array(id, count, variable),
        }
    }
}

/// The part of a pod of a Kubernetes Indexed Job. Kubernetes tells a pod its index, but not the Job's `completions`.
fn of_completion(index: String, count: Option<u64>) -> Result<Shard, UnknownShard> {
    let name = JOB_COMPLETION_INDEX;
    let index = number(name, index, 0)?;
    let count = count.ok_or(UnknownShard::NoCount { name })?;
    if index < count {
        Ok(Shard { index, count })
    } else {
        Err(UnknownShard::OutOfRange { name, value: index, count, least: 0, greatest: count.saturating_sub(1) })
    }
}

/// The part of a task of a Slurm array: its tasks in the order of their numbers, whatever number is the first.
fn of_array(id: String, asked: Option<u64>, variable: impl Fn(&str) -> Option<String>) -> Result<Shard, UnknownShard> {
    let name = SLURM_ARRAY_TASK_ID;
    let optional = |name, least| variable(name).map(|value| number(name, value, least)).transpose();
    let id = number(name, id, 0)?;
    let least = optional(SLURM_ARRAY_TASK_MIN, 0)?.unwrap_or(0);
    let greatest = optional(SLURM_ARRAY_TASK_MAX, 0)?;
    let step = optional(SLURM_ARRAY_TASK_STEP, 1)?.unwrap_or(1);
    let told = optional(SLURM_ARRAY_TASK_COUNT, 1)?;
    let count = match (asked, told) {
        // A repeat of single tasks numbers them anew: to count from its own first would make other parts than were asked for.
        (Some(asked), Some(count)) if asked != count => return Err(UnknownShard::OtherCount { asked, count, id }),
        (Some(count), _) | (None, Some(count)) => count,
        (None, None) => return Err(UnknownShard::NoCount { name }),
    };
    let place = |number: u64| number.checked_sub(least).filter(|from| from % step == 0).map(|from| from / step);
    if let Some(greatest) = greatest
        && place(greatest) != Some(count.saturating_sub(1))
    {
        return Err(UnknownShard::Gaps { count, least, greatest });
    }
    match place(id) {
        Some(index) if index < count => Ok(Shard { index, count }),
        _ => {
            let greatest = least.saturating_add(step.saturating_mul(count.saturating_sub(1)));
            Err(UnknownShard::OutOfRange { name, value: id, count, least, greatest })
        }
    }
}

/// The whole number that a variable holds.
fn number(name: &'static str, value: String, least: u64) -> Result<u64, UnknownShard> {
    match digits(&value) {
        Some(number) if number >= least => Ok(number),
        _ => Err(UnknownShard::NotANumber { name, value, least }),
    }
}

/// A number written in digits alone, without a sign.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl FromStr for ShardRequest {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('/') {
            None if text == "auto" => Ok(ShardRequest::Auto { count: None }),
            Some(("auto", count)) => match digits(count) {
                Some(count) if count > 0 => Ok(ShardRequest::Auto { count: Some(count) }),
                _ => Err(ShardError(text.to_owned())),
            },
            _ => text.parse().map(ShardRequest::Named),
        }
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ShardError(text.to_owned());
        let (index, count) = text.split_once('/').ok_or_else(error)?;
        let index = digits(index).ok_or_else(error)?;
        let count = digits(count).ok_or_else(error)?;
        if (1..=count).contains(&index) { Ok(Shard { index: index - 1, count }) } else { Err(error()) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.count)
    }
}

impl fmt::Display for ShardRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShardRequest::Named(shard) => shard.fmt(f),
            ShardRequest::Auto { count: Some(count) } => write!(f, "auto/{count}"),
            ShardRequest::Auto { count: None } => f.write_str("auto"),
        }
    }
}

#[cfg(test)]
#[path = "shard_tests.rs"]
mod tests;
