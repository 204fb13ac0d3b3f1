//! An open folder. Its files are reached through it and not by their paths, and no symbolic link in it is followed: whatever
//! becomes of the path meanwhile, nothing is written elsewhere.

use super::error::BatchError;
use super::file_system;
use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a new folder is opened with.
const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// What a file of a folder is opened with, whatever for: neither a link is followed nor a FIFO waited for.
pub(super) const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);
/// The modes of new files and folders; the caller's mask takes away what others shall not have.
pub(super) const FILE_MODE: Mode = Mode::from_raw_mode(0o666);
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o777);

/// How the name of a file that is being written begins and ends.
pub(super) const PREFIX: &str = ".brief-";
pub(super) const SUFFIX: &str = ".tmp";

/// A folder that is held open.
#[derive(Debug)]
pub(super) struct Folder {
    handle: OwnedFd,
    path: PathBuf,
    /// Whether names in it were changed since it was last brought to the disk.
    is_changed: AtomicBool,
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Its size in bytes.
    pub(super) bytes: u64,
    /// When it was last modified: seconds since 1970, and nanoseconds.
    pub(super) modified: (i64, u64),
}

impl Stamp {
    /// That of a file; nothing of anything else.
    fn of(stat: &fs::Stat) -> Option<Stamp> {
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return None;
        }
        let modified = (stat.st_mtime, stat.st_mtime_nsec);
        Some(Stamp { bytes: u64::try_from(stat.st_size).ok()?, modified })
    }
}

impl Folder {
    /// Opens the folder that the user named, and makes it if need be. Where links in its path lead is the user's own choice.
    ///
    /// # Errors
    /// It cannot be made, or is none.
    pub(super) fn open(path: &Path) -> Result<Folder, BatchError> {
        let failed = |error: io::Error| BatchError::Write { path: path.to_owned(), error };
        // An empty path is the folder that the program runs in.
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let missing: Vec<&Path> = path.ancestors().take_while(|folder| !is_there(folder)).collect();
        std::fs::create_dir_all(path).map_err(|error| match std::fs::metadata(path) {
            Ok(_) => BatchError::Occupied { path: path.to_owned(), kind: "a file" },
            Err(missing) if path.is_symlink() => failed(missing),
            Err(_) => failed(error),
        })?;
        for folder in missing {
            let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
            sync(&File::open(parent.unwrap_or(Path::new("."))).map_err(failed)?).map_err(failed)?;
        }
        let handle = fs::open(path, FOLDER, Mode::empty()).map_err(|error| failed(error.into()))?;
        Ok(Folder::new(handle, path))
    }

    fn new(handle: OwnedFd, path: &Path) -> Folder {
        Folder { handle, path: path.to_owned(), is_changed: AtomicBool::new(false) }
    }

    /// A folder in this one; made if need be, and never through a link.
    ///
    /// # Errors
    /// It cannot be made, or something else has its name.
    pub(super) fn within(&self, name: &str) -> Result<Folder, BatchError> {
        let open = || fs::openat(&self.handle, name, FOLDER | OFlags::NOFOLLOW, Mode::empty());
        let handle = match open() {
            Err(Errno::NOENT) => {
                match fs::mkdirat(&self.handle, name, FOLDER_MODE) {
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(error) => return Err(self.failed(name, error)),
                }
                self.distrust();
                self.sync()?;
                open()
            }
            opened => opened,
        };
        match handle {
            Ok(handle) => Ok(Folder::new(handle, &self.path.join(name))),
            Err(error) => Err(self.obstacle(name, error)),
        }
    }

    /// The open folder.
    pub(super) fn handle(&self) -> &OwnedFd {
        &self.handle
    }

    /// Its path, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A file of it, whole; nothing if there is none.
    ///
    /// # Errors
    /// It is a link or no file, or cannot be read.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, BatchError> {
        let Some(mut file) = self.open_file(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| self.unreadable(name, error))?;
        Ok(Some(bytes))
    }

    /// A file of it, to be read; nothing if there is none.
    ///
    /// # Errors
    /// It is a link or no file, or cannot be opened.
    pub(super) fn open_file(&self, name: &str) -> Result<Option<File>, BatchError> {
        let file = match fs::openat(&self.handle, name, FILE | OFlags::RDONLY, Mode::empty()) {
            Ok(handle) => File::from(handle),
            Err(Errno::NOENT) => return Ok(None),
            Err(error) => return Err(self.obstacle(name, error)),
        };
        self.must_be_file(&file, name)?;
        Ok(Some(file))
    }

    /// The size and age of a file of it; nothing if there is no file of that name, be it that a link has it.
    pub(super) fn stamp(&self, name: &str) -> Option<Stamp> {
        Stamp::of(&fs::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW).ok()?)
    }

    /// Opens a file of it to lock it, and makes it if need be. A file that another user left may be open for reading only.
    ///
    /// # Errors
    /// It is a link or no file, or cannot be made.
    pub(super) fn open_lock(&self, name: &str) -> Result<File, BatchError> {
        let handle = match fs::openat(&self.handle, name, FILE | OFlags::RDWR | OFlags::CREATE, FILE_MODE) {
            Err(Errno::ACCESS) => fs::openat(&self.handle, name, FILE | OFlags::RDONLY, Mode::empty())
                .map_err(|_| self.failed(name, Errno::ACCESS)),
            opened => opened.map_err(|error| self.obstacle(name, error)),
        };
        let file = File::from(handle?);
        self.must_be_file(&file, name)?;
        Ok(file)
    }

    /// Whether an open file is still the one that has a name.
    pub(super) fn is_still(&self, file: &File, name: &str) -> bool {
        let named = fs::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW);
        let open = fs::fstat(file);
        matches!((named, open), (Ok(named), Ok(open)) if (named.st_dev, named.st_ino) == (open.st_dev, open.st_ino))
    }

    /// Whether a file of this size and age has these bytes already. Whatever is no file or cannot be read has not.
    pub(super) fn holds(&self, name: &str, stamp: Option<Stamp>, bytes: &[u8]) -> bool {
        stamp.is_some_and(|stamp| stamp.bytes == bytes.len() as u64)
            && self.read(name).is_ok_and(|old| old.is_some_and(|old| old == bytes))
    }

    /// Sees to it that a file, whose size and age are told, or nothing, or a link if that may be, has a name. A link would be
    /// replaced, not followed.
    ///
    /// # Errors
    /// Something else has it.
    pub(super) fn admits(&self, name: &str, may_be_link: bool) -> Result<Option<Stamp>, BatchError> {
        let Some(stat) = fs::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW).ok() else { return Ok(None) };
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Ok(Stamp::of(&stat)),
            FileType::Symlink if may_be_link => Ok(None),
            _ => Err(self.obstacle(name, Errno::EXIST)),
        }
    }

    /// Whether its file system can be brought to the disk in one call.
    pub(super) fn syncs_file_system(&self) -> bool {
        file_system::syncs(&self.handle)
    }

    /// Brings its whole file system to the disk in one call.
    ///
    /// # Errors
    /// Something did not get there; which of it is not told.
    pub(super) fn sync_file_system(&self) -> io::Result<()> {
        file_system::sync(&self.handle)
    }

    /// Takes it that names in it may have changed.
    pub(super) fn distrust(&self) {
        self.is_changed.store(true, Ordering::SeqCst);
    }

    /// Brings the names of its files to the disk, if any was changed.
    ///
    /// # Errors
    /// The disk fails.
    pub(super) fn sync(&self) -> Result<(), BatchError> {
        if self.is_changed.swap(false, Ordering::SeqCst) {
            let failed = |error| BatchError::Write { path: self.path.clone(), error };
            let handle = self.handle.try_clone().map_err(failed)?;
            if let Err(error) = sync(&File::from(handle)) {
                self.distrust();
                return Err(failed(error));
            }
        }
        Ok(())
    }

    /// Removes the files that were being written under a tag when a run was killed, here and in the folders in it. Only who
    /// holds the lock may do so.
    pub(super) fn clear_remains(&self, tag: &str) {
        let beginning = format!("{PREFIX}{tag}");
        let is_remains = |name: &str| name.starts_with(&beginning) && name.ends_with(SUFFIX);
        let (mut remains, mut folders) = (Vec::new(), Vec::new());
        self.visit(|name, kind| {
            if is_remains(name) {
                remains.push(name.to_owned());
            } else if kind == FileType::Directory && !name.starts_with('.') {
                folders.push(name.to_owned());
            }
        });
        self.remove(&remains);
        for name in folders {
            let Ok(handle) = fs::openat(&self.handle, &name, FOLDER | OFlags::NOFOLLOW, Mode::empty()) else {
                continue;
            };
            let within = Folder::new(handle, &self.path.join(&name));
            let mut remains = Vec::new();
            within.visit(|name, _| remains.extend(is_remains(name).then(|| name.to_owned())));
            within.remove(&remains);
        }
    }

    /// Removes remains. Those that cannot be removed harm nobody.
    fn remove(&self, remains: &[String]) {
        for name in remains {
            let _remains = fs::unlinkat(&self.handle, name, AtFlags::empty());
        }
    }

    /// What lies in it, by name; names that are no Unicode are none of ours.
    pub(super) fn entries(&self) -> Vec<(String, FileType)> {
        let mut entries = Vec::new();
        self.visit(|name, kind| entries.push((name.to_owned(), kind)));
        entries
    }

    fn visit(&self, mut see: impl FnMut(&str, FileType)) {
        let Ok(entries) = Dir::read_from(&self.handle) else { return };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().to_str() else { continue };
            // Some file systems do not tell the kind in the listing.
            let kind = match entry.file_type() {
                FileType::Unknown => self.kind(name),
                kind => Some(kind),
            };
            if let Some(kind) = kind.filter(|_| name != "." && name != "..") {
                see(name, kind);
            }
        }
    }

    /// Whether anything has a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.kind(name).is_some()
    }

    fn kind(&self, name: &str) -> Option<FileType> {
        let stat = fs::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some(FileType::from_raw_mode(stat.st_mode))
    }

    fn must_be_file(&self, file: &File, name: &str) -> Result<(), BatchError> {
        match fs::fstat(file).map(|stat| FileType::from_raw_mode(stat.st_mode)) {
            Ok(FileType::RegularFile) => Ok(()),
            Ok(_) => Err(self.obstacle(name, Errno::EXIST)),
            Err(error) => Err(self.failed(name, error)),
        }
    }

    /// Why a name could not be opened: what has it, or else what the system says.
    pub(super) fn obstacle(&self, name: &str, error: Errno) -> BatchError {
        let path = self.path.join(name);
        let kind = match self.kind(name) {
            Some(FileType::Symlink) => {
                let target = fs::readlinkat(&self.handle, name, Vec::new());
                let target = target.map(|target| target.to_string_lossy().into_owned()).unwrap_or_default();
                return BatchError::Link { path, target };
            }
            Some(FileType::Directory) if error != Errno::ACCESS => "a folder",
            Some(FileType::RegularFile) if error == Errno::NOTDIR => "a file",
            Some(FileType::Fifo) => "a FIFO",
            Some(FileType::Socket) => "a socket",
            Some(FileType::CharacterDevice | FileType::BlockDevice) => "a device",
            _ => return self.failed(name, error),
        };
        BatchError::Occupied { path, kind }
    }

    /// What the system says of a file of it.
    pub(super) fn failed(&self, name: &str, error: Errno) -> BatchError {
        BatchError::Write { path: self.path.join(name), error: error.into() }
    }

    fn unreadable(&self, name: &str, error: io::Error) -> BatchError {
        BatchError::Write { path: self.path.join(name), error }
    }
}

fn is_there(folder: &Path) -> bool {
    folder.as_os_str().is_empty() || folder.symlink_metadata().is_ok()
}

/// Brings a folder to the disk. Some file systems, such as those over a network, have no such thing for folders and say so.
fn sync(folder: &File) -> io::Result<()> {
    match folder.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput || error.kind() == io::ErrorKind::Unsupported => {
            Ok(())
        }
        synced => synced,
    }
}
