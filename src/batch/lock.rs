//! One run at a time in an output folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::io::{Read, Seek, Write};
use std::path::Path;

/// The lock file's name. It stays when the run is over; the lock goes with the process, however that ends.
const FILE_NAME: &str = ".brief.lock";

/// Held while a run writes into a folder.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Why the lock cannot be had.
pub(super) enum LockError {
    /// Another run holds it: what it wrote of itself.
    Held(String),
    /// The file cannot be made.
    Io(io::Error),
}

/// Takes the lock of a folder.
pub(super) fn take(folder: &Path) -> Result<Lock, LockError> {
    let path = folder.join(FILE_NAME);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(LockError::Io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _unknown = file.read_to_string(&mut holder);
            return Err(LockError::Held(holder.trim().to_owned()));
        }
        Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
    }
    // Who holds it is a courtesy to the next run: failing to write it is no failure.
    let _courtesy = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "process {}", std::process::id()))
        .and_then(|()| file.flush());
    Ok(Lock { _file: file })
}
