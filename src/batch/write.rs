//! The folder of a quarter that a run writes into. At any moment, even should the power fail, each file in it is whole, the old
//! or the new; and what a record says of a file is not on the disk before the file is.

use super::error::BatchError;
use super::folder::{Folder, Stamp};
use super::lock::{self, Lock};
use super::name::FileName;
use super::shard::Shard;
use super::temporary::{Sync, Temporary};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many bytes of a record are written or read at a time.
const PIECE: usize = 64 * 1024;

/// Writes what a record says.
pub(super) type Write<'a> = dyn Fn(&mut dyn io::Write) -> io::Result<()> + 'a;

/// The folder of a quarter, while this run holds its lock.
#[derive(Debug)]
pub(super) struct Place {
    folder: Arc<Folder>,
    /// The folders in it that were written into.
    within: Mutex<BTreeMap<String, Arc<Folder>>>,
    /// Marks the temporary files of this run.
    tag: String,
    /// Whether files that were brought to the disk together all got there so far.
    arrives_together: AtomicBool,
    _lock: Lock,
}

/// The files of one document, written beside their places.
#[derive(Debug)]
pub(super) struct LaidOut {
    /// Of each, whether it was written: one that holds the same bytes already was not.
    written: Vec<bool>,
    temporaries: Vec<Temporary>,
}

impl LaidOut {
    /// Whether there is nothing to bring to the disk and to put in its place.
    pub(super) fn is_in_place(&self) -> bool {
        self.temporaries.is_empty()
    }

    /// Puts the files, which must be on the disk, in their places, and tells of each whether it was written.
    ///
    /// # Errors
    /// A folder cannot be written.
    pub(super) fn put(self) -> Result<Vec<bool>, BatchError> {
        self.temporaries.into_iter().try_for_each(Temporary::put)?;
        Ok(self.written)
    }
}

impl Place {
    /// Opens the folder of a quarter below `out`, makes it if need be, takes its lock, and clears what a run that was killed
    /// left half written.
    ///
    /// # Errors
    /// The folder cannot be made or is a link, or another run holds the lock.
    pub(super) fn take(out: &Path, quarter: &str, shard: Option<Shard>) -> Result<Place, BatchError> {
        Place::of(Folder::open(out)?.within(quarter)?, shard)
    }

    /// Opens a quarter's folder that the user named itself, and makes it if need be; the lock is that of a whole run.
    ///
    /// # Errors
    /// The folder cannot be made, or a run holds the lock.
    pub(super) fn take_named(path: &Path) -> Result<Place, BatchError> {
        Place::of(Folder::open(path)?, None)
    }

    fn of(folder: Folder, shard: Option<Shard>) -> Result<Place, BatchError> {
        let lock = lock::take(&folder, shard)?;
        // A part may run beside others: it clears up after itself alone.
        let tag = shard.map_or_else(String::new, |shard| format!("{}-", shard.file_name_part()));
        folder.clear_remains(&tag);
        let arrives_together = AtomicBool::new(true);
        Ok(Place { folder: Arc::new(folder), within: Mutex::default(), tag, arrives_together, _lock: lock })
    }

    /// Its path, for messages and results.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in it, for messages and results.
    pub(super) fn path_of(&self, name: &FileName) -> PathBuf {
        self.path().join(name.to_string())
    }

    /// Writes the files of one document and tells of each whether it was written; one that holds these bytes already is left
    /// alone. All are on the disk before the first takes its place, so that a full disk leaves all of them old. A link that has
    /// the name of a report is replaced, not followed.
    ///
    /// # Errors
    /// A folder cannot be written or is a link, the disk is full, or something that is no file has the name of a report.
    pub(super) fn write(&self, files: &[(FileName, Vec<u8>)]) -> Result<Vec<bool>, BatchError> {
        self.lay_out(files, Sync::Now)?.put()
    }

    /// Writes the files of one document beside their places, as [`Place::write`] does. Unless each is brought to the disk now, they
    /// may be put in their places only after [`Place::sync_together`].
    ///
    /// # Errors
    /// A folder cannot be written or is a link, the disk is full, or something that is no file has the name of a report.
    pub(super) fn lay_out(&self, files: &[(FileName, Vec<u8>)], sync: Sync) -> Result<LaidOut, BatchError> {
        let mut places = Vec::with_capacity(files.len());
        for (name, _) in files {
            let folder = self.folder_of(name)?;
            let stamp = folder.admits(name.file(), true)?;
            places.push((folder, stamp));
        }
        let mut laid_out = LaidOut { written: Vec::with_capacity(files.len()), temporaries: Vec::new() };
        for ((name, bytes), (folder, stamp)) in files.iter().zip(&places) {
            let is_written = !folder.holds(name.file(), *stamp, bytes);
            if is_written {
                let write = |file: &mut fs::File| file.write_all(bytes);
                laid_out.temporaries.push(Temporary::write(folder, name.file(), write, &self.tag, sync)?);
            }
            laid_out.written.push(is_written);
        }
        Ok(laid_out)
    }

    /// Whether files in the quarter's folder, or one in it, can be brought to the disk together.
    pub(super) fn syncs_together(&self, within: Option<&str>) -> bool {
        let is_fit = |folder: Option<Arc<Folder>>| folder.as_ref().unwrap_or(&self.folder).syncs_file_system();
        self.arrives_together() && self.folder_to_read(within).is_ok_and(is_fit)
    }

    /// Brings the files of documents to the disk together; false if any of them may not be there. Which of them that is, is not
    /// told, and it may be one that was written meanwhile: all that wait then, and whatever comes, must be written anew, each file by
    /// itself.
    pub(super) fn sync_together<'l>(&self, laid_out: impl IntoIterator<Item = &'l LaidOut>) -> bool {
        let mut synced: Vec<&Arc<Folder>> = Vec::new();
        for folder in laid_out.into_iter().flat_map(|it| &it.temporaries).map(Temporary::folder) {
            if self.arrives_together() && !synced.iter().any(|other| Arc::ptr_eq(other, folder)) {
                self.arrives_together.store(folder.sync_file_system().is_ok(), Ordering::SeqCst);
                synced.push(folder);
            }
        }
        self.arrives_together()
    }

    /// Whether all that was brought to the disk together got there so far: else no more is.
    pub(super) fn arrives_together(&self) -> bool {
        self.arrives_together.load(Ordering::SeqCst)
    }

    /// Writes a record of the run into the quarter's folder, such as the manifest, after all files that were written before it
    /// are on the disk; false if it says the same already. `write` is asked twice for what it says, and piece by piece, so that
    /// of a long record no copy is made.
    ///
    /// # Errors
    /// The folder cannot be written, the disk is full or fails, or something that is no file has the record's name.
    pub(super) fn record(&self, name: &str, write: &Write<'_>) -> Result<bool, BatchError> {
        self.folder.admits(name, false)?;
        if self.says(name, write) {
            self.sync()?;
            return Ok(false);
        }
        // Reports that were found as they should be may come from a run that was killed before it came to this.
        self.folders().values().for_each(|folder| folder.distrust());
        self.folder.distrust();
        self.sync()?;
        let write = |file: &mut fs::File| {
            let mut buffer = BufWriter::with_capacity(PIECE, file);
            write(&mut buffer).and_then(|()| buffer.flush())
        };
        Temporary::write(&self.folder, name, write, &self.tag, Sync::Now)?.put()?;
        self.folder.sync()?;
        Ok(true)
    }

    /// Whether a record says what `write` does.
    pub(super) fn says(&self, name: &str, write: &Write<'_>) -> bool {
        let Ok(Some(file)) = self.folder.open_file(name) else { return false };
        let mut held = Held(BufReader::with_capacity(PIECE, file));
        write(&mut held).is_ok() && held.is_at_end()
    }

    /// Writes a record that may be lost, into the quarter's folder or one in it: should the power fail, it may be there in part.
    ///
    /// # Errors
    /// The folder cannot be written, the disk is full, or something that is no file has the record's name.
    pub(super) fn record_in(&self, within: Option<&str>, name: &str, bytes: &[u8]) -> Result<(), BatchError> {
        let folder = self.folder_named(within)?;
        let stamp = folder.admits(name, false)?;
        if !folder.holds(name, stamp, bytes) {
            Temporary::write(&folder, name, |file| file.write_all(bytes), &self.tag, Sync::Later)?.put()?;
        }
        Ok(())
    }

    /// A record of an earlier run in the quarter's folder or one in it; nothing if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is a link or no file.
    pub(super) fn read_record_in(&self, within: Option<&str>, name: &str) -> Result<Option<Vec<u8>>, BatchError> {
        match self.folder_to_read(within)? {
            Some(folder) => folder.read(name),
            None => Ok(None),
        }
    }

    /// Brings every file that was written, under its name, to the disk.
    ///
    /// # Errors
    /// The disk fails.
    pub(super) fn sync(&self) -> Result<(), BatchError> {
        let within: Vec<Arc<Folder>> = self.folders().values().cloned().collect();
        within.iter().try_for_each(|folder| folder.sync())?;
        self.folder.sync()
    }

    /// A record of an earlier run; nothing if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is a link or no file.
    pub(super) fn read_record(&self, name: &str) -> Result<Option<Vec<u8>>, BatchError> {
        self.folder.read(name)
    }

    /// A report; nothing if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is a link or no file.
    pub(super) fn read(&self, name: &FileName) -> Result<Option<Vec<u8>>, BatchError> {
        match self.open_folder_of(name)? {
            Some(folder) => folder.read(name.file()),
            None => Ok(None),
        }
    }

    /// The size and age of a report; nothing if there is no file of that name.
    pub(super) fn stamp(&self, name: &FileName) -> Option<Stamp> {
        self.open_folder_of(name).ok()??.stamp(name.file())
    }

    /// The folder that a file is written into; made if need be.
    fn folder_of(&self, name: &FileName) -> Result<Arc<Folder>, BatchError> {
        self.folder_named(name.folder())
    }

    fn folder_named(&self, within: Option<&str>) -> Result<Arc<Folder>, BatchError> {
        let Some(within) = within else { return Ok(Arc::clone(&self.folder)) };
        let mut folders = self.folders();
        if let Some(folder) = folders.get(within) {
            return Ok(Arc::clone(folder));
        }
        let folder = Arc::new(self.folder.within(within)?);
        folders.insert(within.to_owned(), Arc::clone(&folder));
        Ok(folder)
    }

    /// The folder that a file may be read from; nothing if it is not there.
    fn open_folder_of(&self, name: &FileName) -> Result<Option<Arc<Folder>>, BatchError> {
        self.folder_to_read(name.folder())
    }

    /// One that is open is there; of another that is asked first, so that none is made.
    fn folder_to_read(&self, within: Option<&str>) -> Result<Option<Arc<Folder>>, BatchError> {
        match within {
            Some(within) if !self.folders().contains_key(within) && !self.folder.has(within) => Ok(None),
            within => self.folder_named(within).map(Some),
        }
    }

    fn folders(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Folder>>> {
        self.within.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file against which is held what is written.
struct Held(BufReader<fs::File>);

impl Held {
    fn is_at_end(&mut self) -> bool {
        self.0.fill_buf().is_ok_and(<[u8]>::is_empty)
    }
}

impl io::Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let held = self.0.fill_buf()?;
        let count = held.len().min(bytes.len());
        if count == 0 || held.get(..count) != bytes.get(..count) {
            return Err(io::Error::other("the file holds something else"));
        }
        self.0.consume(count);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A temporary file is its owner's alone; what `brief init` writes is for others to read.
pub(crate) fn set_permissions(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
