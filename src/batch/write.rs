//! A file is written beside its place and renamed: at any moment it is whole, the old or the new.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// How the names of files that are being written begin and end.
const PREFIX: &str = ".brief-";
const SUFFIX: &str = ".tmp";

/// Writes a file whole, or leaves the old one; false if it holds these bytes already, and was left alone.
///
/// # Errors
/// The folder cannot be written, or the disk is full; nothing is left behind then.
pub(super) fn atomically(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    set_permissions(file.as_file())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(true)
}

/// Removes what a run that was killed left half written. Only the holder of the folder's lock may do so.
pub(super) fn clear_remains(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // Remains that cannot be removed harm nobody.
            let _remains = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file is its owner's alone; a report is for others to read.
#[cfg(unix)]
pub(crate) fn set_permissions(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(crate) fn set_permissions(_: &fs::File) -> io::Result<()> {
    Ok(())
}
