//! Bringing all that was written to a file system to the disk in one call, where the system does that and tells of every failure.

use std::io;
use std::os::fd::OwnedFd;

/// Linux, whose `syncfs` brings all files of a file system to the disk.
#[cfg(target_os = "linux")]
mod system {
    use super::{OwnedFd, io};
    use rustix::{fs, system};

    /// The version from which on `syncfs` tells of everything that failed: of contents since 5.8, of the file system's own journal
    /// since 5.17.
    const TELLING: (u32, u32) = (5, 17);
    /// The file systems of which it is known that `syncfs` does all that `fsync` would, by the numbers that Linux has for them: ext4
    /// (with its forerunners), XFS, Btrfs, and the one in memory. Of others some do less (FUSE, CIFS), or tell of less (overlays).
    const KNOWN: [u64; 4] = [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994];

    pub(super) fn syncs(folder: &OwnedFd) -> bool {
        let is_known =
            || fs::fstatfs(folder).is_ok_and(|it| u64::try_from(it.f_type).is_ok_and(|it| KNOWN.contains(&it)));
        system::uname().release().to_str().is_ok_and(is_telling) && is_known()
    }

    /// Whether a release such as `6.8.0-45-generic` tells of everything.
    pub(super) fn is_telling(release: &str) -> bool {
        let mut numbers = release.split(|letter: char| !letter.is_ascii_digit()).map(str::parse);
        matches!((numbers.next(), numbers.next()), (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= TELLING)
    }

    pub(super) fn sync(folder: &OwnedFd) -> io::Result<()> {
        Ok(fs::syncfs(folder)?)
    }
}

/// Other systems have no such call, or one that does not wait.
#[cfg(not(target_os = "linux"))]
mod system {
    use super::{OwnedFd, io};

    pub(super) fn syncs(_: &OwnedFd) -> bool {
        false
    }

    pub(super) fn sync(_: &OwnedFd) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Whether the file system of a folder can be brought to the disk in one call that tells of every failure.
pub(super) fn syncs(folder: &OwnedFd) -> bool {
    system::syncs(folder)
}

/// Brings the file system of a folder to the disk: whatever was written before, by anyone.
///
/// # Errors
/// Something that was written since the folder was opened, or the call before, did not get there; which of it is not told. Or there is
/// no such call.
pub(super) fn sync(folder: &OwnedFd) -> io::Result<()> {
    system::sync(folder)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::system::is_telling;

    #[test]
    fn a_system_that_would_keep_failures_to_itself_is_not_relied_on() {
        for release in ["5.17", "5.17.0-rc1", "6.1.0-18-amd64", "10.0"] {
            assert!(is_telling(release), "{release}");
        }
        for release in ["4.19.0", "5.8.0", "5.16.20-generic", "5", "", "rolling"] {
            assert!(!is_telling(release), "{release}");
        }
    }
}
