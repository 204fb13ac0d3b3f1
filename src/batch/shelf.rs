//! The folder of a quarter as it is read: nothing in it is written, locked or followed.

use super::error::BatchError;
use super::folder::Folder;
use super::manifest::{self, Manifest, SCHEMA};
use super::name::FileName;
use super::shard::Shard;
use rustix::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

/// The largest manifest that is read, in bytes: ten times that of every commune-level unit of the country.
const MAX_MANIFEST: u64 = 256 * 1024 * 1024;

/// The folder of a quarter, to read from.
#[derive(Debug)]
pub struct Shelf {
    folder: Folder,
}

/// A manifest as it lies in a folder.
#[derive(Debug)]
pub struct Found {
    /// The name of its file.
    pub name: String,
    /// The part of a batch that it is of, by that name.
    pub shard: Option<Shard>,
    /// The manifest, or why it cannot be used.
    pub manifest: Result<Manifest, String>,
}

impl Shelf {
    /// Opens a folder that is there.
    ///
    /// # Errors
    /// There is none of that path, or it cannot be opened.
    pub fn open(path: &Path) -> Result<Shelf, BatchError> {
        let failed = |error| BatchError::Read { path: path.to_owned(), error };
        if !path.metadata().map_err(failed)?.is_dir() {
            return Err(failed(io::ErrorKind::NotADirectory.into()));
        }
        Ok(Shelf { folder: Folder::open(path).map_err(reading)? })
    }

    /// Its path, for messages.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in it, for messages.
    pub fn path_of(&self, name: &FileName) -> PathBuf {
        self.path().join(name.to_string())
    }

    /// The manifests of whole runs and of parts in it, the whole one first, then the parts by their numbers.
    pub fn manifests(&self) -> Vec<Found> {
        let mut found: Vec<Found> =
            self.folder.entries().into_iter().filter_map(|(name, _)| self.found(name)).collect();
        found.sort_by_key(|found| found.shard.map(Shard::place));
        found
    }

    fn found(&self, name: String) -> Option<Found> {
        let shard = if name == manifest::FILE_NAME { None } else { Some(manifest::shard_of(&name)?) };
        let manifest = self.manifest(&name, shard);
        Some(Found { name, shard, manifest })
    }

    fn manifest(&self, name: &str, shard: Option<Shard>) -> Result<Manifest, String> {
        if self.folder.stamp(name).is_some_and(|stamp| stamp.bytes > MAX_MANIFEST) {
            return Err("it is larger than any manifest".to_owned());
        }
        let bytes = self.folder.read(name).map_err(|error| reading(error).to_string())?.unwrap_or_default();
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        if manifest.schema != SCHEMA {
            return Err(format!("it is of form {}, and this program reads form {SCHEMA}", manifest.schema));
        }
        let stated = manifest.shard.as_deref();
        if stated != shard.map(|shard| shard.to_string()).as_deref() {
            let of = |shard: Option<&str>| {
                shard.map_or_else(|| "a whole run".to_owned(), |shard| format!("part {}", shard.escape_debug()))
            };
            let named = shard.map(|shard| shard.to_string());
            return Err(format!("it is of {}, and is named as that of {}", of(stated), of(named.as_deref())));
        }
        Ok(manifest)
    }

    /// The size of a report in bytes; nothing if there is no file of that name, be it that a link has it.
    pub fn size(&self, name: &FileName) -> Option<u64> {
        self.folder_of(name).ok()??.stamp(name.file()).map(|stamp| stamp.bytes)
    }

    /// A report; nothing if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is a link or no file.
    pub fn read(&self, name: &FileName) -> Result<Option<Vec<u8>>, BatchError> {
        match self.folder_of(name)? {
            Some(folder) => folder.read(name.file()).map_err(reading),
            None => Ok(None),
        }
    }

    fn folder_of(&self, name: &FileName) -> Result<Option<Within<'_>>, BatchError> {
        match name.folder() {
            None => Ok(Some(Within::Same(&self.folder))),
            Some(within) if !self.folder.has(within) => Ok(None),
            Some(within) => self.folder.within(within).map_err(reading).map(|folder| Some(Within::Deeper(folder))),
        }
    }

    /// Everything in it that is not hidden, down to the folders in it: files by their paths, and what is deeper, or is neither a
    /// file nor such a folder, by its own with a slash at its end if it is a folder. Sorted.
    pub fn contents(&self) -> Vec<String> {
        let mut contents = Vec::new();
        for (name, kind) in self.folder.entries() {
            if name.starts_with('.') {
                continue;
            }
            if kind != FileType::Directory {
                contents.push(name);
                continue;
            }
            let Ok(within) = self.folder.within(&name) else {
                contents.push(format!("{name}/"));
                continue;
            };
            let visible = within.entries().into_iter().filter(|(inner, _)| !inner.starts_with('.'));
            contents.extend(visible.map(|(inner, kind)| {
                let slash = if kind == FileType::Directory { "/" } else { "" };
                format!("{name}/{inner}{slash}")
            }));
        }
        contents.sort();
        contents
    }
}

/// The folder that a report lies in.
enum Within<'a> {
    Same(&'a Folder),
    Deeper(Folder),
}

impl std::ops::Deref for Within<'_> {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        match self {
            Within::Same(folder) => folder,
            Within::Deeper(folder) => folder,
        }
    }
}

/// A failure to read, where an open folder speaks of writing.
pub(super) fn reading(error: BatchError) -> BatchError {
    match error {
        BatchError::Write { path, error } => BatchError::Read { path, error },
        BatchError::Occupied { path, kind } => {
            BatchError::Read { path, error: io::Error::other(format!("it is {kind}")) }
        }
        error => error,
    }
}
