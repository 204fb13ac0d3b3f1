//! Who may write into a quarter's folder: one whole run alone, or any number of parts of a batch side by side.
//!
//! A whole run holds `.brief.lock` exclusively. A part holds it together with other parts, and `.brief-1-of-4.lock` exclusively,
//! so that no part runs twice at once. These are locks of the system on open files: they go with the process, however that ends,
//! and a file that was left behind locks nobody out.

use super::error::BatchError;
use super::folder::Folder;
use super::shard::Shard;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::thread;
use std::time::Duration;

/// The file that tells whole runs and parts apart.
const FILE_NAME: &str = ".brief.lock";
/// How what is written in a lock file begins; anything else in it is not ours to replace.
const PROCESS: &str = "process ";
/// More than any holder writes of itself.
const LONGEST: u64 = 512;

/// A part's own lock is asked about for a moment by who wants to name its holder.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(20);

/// Held while a run writes into a folder.
#[derive(Debug)]
pub(super) struct Lock {
    _files: Vec<File>,
}

/// How a file is to be locked.
#[derive(Debug, Clone, Copy)]
enum Manner {
    Alone,
    Together,
}

/// Takes the lock of a folder for a whole run, or for a part.
///
/// # Errors
/// Another run holds it: the error says which. Or the file cannot be made or locked.
pub(super) fn take(folder: &Folder, shard: Option<Shard>) -> Result<Lock, BatchError> {
    let Some(shard) = shard else {
        let Some(file) = acquire(folder, FILE_NAME, Manner::Alone)? else { return Err(held(folder)) };
        sign(&file, "whole run");
        return Ok(Lock { _files: vec![file] });
    };
    let Some(common) = acquire(folder, FILE_NAME, Manner::Together)? else { return Err(held(folder)) };
    let name = own_file(shard);
    for _ in 0..TRIES {
        if let Some(own) = acquire(folder, &name, Manner::Alone)? {
            sign(&own, &format!("part {shard}"));
            return Ok(Lock { _files: vec![common, own] });
        }
        thread::sleep(PAUSE);
    }
    Err(locked(folder, holder(folder, &name).unwrap_or_else(|| format!("part {shard}"))))
}

/// The file that a part alone holds.
fn own_file(shard: Shard) -> String {
    format!(".brief-{}.lock", part_name(shard))
}

/// A part as it stands in the names of its files: `1-of-4`.
pub(super) fn part_name(shard: Shard) -> String {
    shard.to_string().replace('/', "-of-")
}

/// Locks a file; nothing if another process holds it.
fn acquire(folder: &Folder, name: &str, manner: Manner) -> Result<Option<File>, BatchError> {
    let failed = |error| BatchError::Lock { path: folder.path().join(name), error };
    loop {
        let file = folder.open_lock(name)?;
        let tried = match manner {
            Manner::Alone => file.try_lock(),
            Manner::Together => file.try_lock_shared(),
        };
        match tried {
            // Removed and made anew in between: whoever opens the new one would not see this lock.
            Ok(()) if !folder.is_still(&file, name) => {}
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// Writes into a lock file who holds it: a courtesy to the next run, and failing to do so is no failure.
fn sign(mut file: &File, what: &str) {
    let mut write = || -> io::Result<()> {
        let earlier = text(file)?;
        if !(earlier.is_empty() || earlier.starts_with(PROCESS)) {
            return Ok(());
        }
        file.set_len(0)?;
        file.rewind()?;
        let machine = rustix::system::uname();
        let machine = machine.nodename().to_string_lossy();
        file.write_all(format!("{PROCESS}{} on {machine}, {what}\n", std::process::id()).as_bytes())
    };
    let _courtesy = write();
}

fn text(mut file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Another run holds the common lock: parts, if any holds a lock of its own, or else a whole run.
fn held(folder: &Folder) -> BatchError {
    let names = folder.entries().into_iter().map(|(name, _)| name);
    let mut own: Vec<String> = names.filter(|name| name.starts_with(".brief-") && name.ends_with(".lock")).collect();
    own.sort();
    let mut holders: Vec<String> = own.iter().filter_map(|name| holder(folder, name)).collect();
    if holders.is_empty() {
        holders.extend(holder(folder, FILE_NAME));
    }
    if holders.is_empty() {
        holders.push("it has not said which".to_owned());
    }
    locked(folder, holders.join("; "))
}

/// What the holder of a file wrote of itself; nothing if nobody holds it.
fn holder(folder: &Folder, name: &str) -> Option<String> {
    let file = folder.open_lock(name).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        Ok(()) | Err(TryLockError::Error(_)) => return None,
    }
    let text = text(&file).ok()?;
    let line = text.lines().next().filter(|line| line.starts_with(PROCESS))?;
    Some(line.chars().filter(|letter| !letter.is_control()).collect())
}

fn locked(folder: &Folder, holder: String) -> BatchError {
    BatchError::Locked { folder: folder.path().to_owned(), holder }
}
