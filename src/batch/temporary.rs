//! A file that is written beside its place, and takes it when it is on the disk.

use super::error::BatchError;
use super::folder::{FILE, FILE_MODE, Folder, PREFIX, SUFFIX};
use rustix::fs::{self, AtFlags, OFlags};
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// When a file that was written is brought to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sync {
    /// At once, by itself.
    Now,
    /// Before it takes its place, together with others; who wrote it sees to that.
    Together,
    /// When the system comes to it: it may be lost.
    Later,
}

/// A file that was written beside its place and is not there yet; it is removed if it never gets there.
#[derive(Debug)]
pub(super) struct Temporary {
    folder: Arc<Folder>,
    name: String,
    place: String,
}

impl Temporary {
    /// Writes a file beside its place in a folder; `tag` tells whose it is should it be left behind.
    ///
    /// # Errors
    /// The folder cannot be written, or the disk is full; nothing is left behind then.
    pub(super) fn write(
        folder: &Arc<Folder>,
        place: &str,
        write: impl FnOnce(&mut File) -> io::Result<()>,
        tag: &str,
        sync: Sync,
    ) -> Result<Temporary, BatchError> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        let (name, mut file) = loop {
            let name = format!("{PREFIX}{tag}{}{SUFFIX}", COUNTER.fetch_add(1, Ordering::Relaxed));
            match fs::openat(folder.handle(), &name, flags, FILE_MODE) {
                Ok(handle) => break (name, File::from(handle)),
                Err(Errno::EXIST) => {}
                Err(error) => return Err(folder.failed(place, error)),
            }
        };
        let temporary = Temporary { folder: Arc::clone(folder), name, place: place.to_owned() };
        let written = write(&mut file).and_then(|()| if sync == Sync::Now { file.sync_all() } else { Ok(()) });
        written.map_err(|error| BatchError::Write { path: folder.path().join(place), error })?;
        Ok(temporary)
    }

    /// The folder that it lies in.
    pub(super) fn folder(&self) -> &Arc<Folder> {
        &self.folder
    }

    /// Puts the file in its place; what was there is replaced in one step.
    ///
    /// # Errors
    /// The folder cannot be written; the old file stays.
    pub(super) fn put(mut self) -> Result<(), BatchError> {
        let handle = self.folder.handle();
        fs::renameat(handle, &self.name, handle, &self.place)
            .map_err(|error| self.folder.obstacle(&self.place, error))?;
        self.folder.distrust();
        self.name.clear();
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.name.is_empty() {
            let _remains = fs::unlinkat(self.folder.handle(), &self.name, AtFlags::empty());
        }
    }
}
