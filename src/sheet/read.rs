//! Sheets from disk: which files, and how large they may be.

use super::UNREADABLE_SHEET;
use crate::diag::{ByteSpan, Diagnostic, SourceFile};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest sheet that is read, in bytes: a thousand facts take a quarter of it, and as much text fills three hundred pages.
const MAX_SHEET_BYTES: u64 = 1024 * 1024;

/// Why sheets could not be read from disk.
#[derive(Debug, thiserror::Error)]
pub enum ReadSheetError {
    /// The file or folder cannot be opened.
    #[error("cannot read {path}: {error}", path = path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file is larger than what a sheet may have.
    #[error("{path} is larger than {} MiB: that is not a fact sheet", MAX_SHEET_BYTES / 1024 / 1024, path = path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
    },
    /// The file is not UTF-8.
    #[error("{path} is not UTF-8 text", path = path.display())]
    NotText {
        /// The path.
        path: PathBuf,
        /// The text as far as it can be read.
        text: String,
        /// The first byte that is not.
        byte: usize,
    },
    /// The folder holds no sheet.
    #[error("{path} holds no fact sheet: a sheet is a file `<province-id>.yaml`", path = path.display())]
    NoSheets {
        /// The folder.
        path: PathBuf,
    },
}

impl ReadSheetError {
    /// What to do about it.
    pub const fn help(&self) -> &'static str {
        match self {
            ReadSheetError::Io { .. } => "name a sheet, or a folder of sheets, that can be read",
            ReadSheetError::TooLarge { .. } => "keep one province's facts to a file, and other files out of the folder",
            ReadSheetError::NotText { .. } => "save the file as UTF-8 in the editor or spreadsheet that wrote it",
            ReadSheetError::NoSheets { .. } => "name the folder of sheets; `brief init` writes an example",
        }
    }

    /// The failure as a finding about the file.
    pub fn diagnostic(&self) -> Diagnostic {
        let (path, text, byte) = match self {
            ReadSheetError::Io { path, .. } | ReadSheetError::TooLarge { path } | ReadSheetError::NoSheets { path } => {
                (path, "", 0)
            }
            ReadSheetError::NotText { path, text, byte } => (path, text.as_str(), *byte),
        };
        let file = Arc::new(SourceFile::new(path.display().to_string(), text));
        let label = if text.is_empty() { "" } else { "not UTF-8" };
        Diagnostic::error(UNREADABLE_SHEET, self.to_string())
            .at(&file, ByteSpan { start: byte, end: byte }, label)
            .help(self.help())
    }
}

/// Reads a file whole, if it is a text of a sheet's size.
///
/// # Errors
/// It cannot be opened, is too large, or is not UTF-8.
pub fn read_file(path: &Path) -> Result<Arc<SourceFile>, ReadSheetError> {
    let io = |error| ReadSheetError::Io { path: path.to_owned(), error };
    let file = fs::File::open(path).map_err(io)?;
    // Room for all of it at once; what does not tell its length, or not truly, is read all the same.
    let length = file.metadata().map_or(0, |metadata| metadata.len().min(MAX_SHEET_BYTES));
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(MAX_SHEET_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_SHEET_BYTES {
        return Err(ReadSheetError::TooLarge { path: path.to_owned() });
    }
    let text = String::from_utf8(bytes).map_err(|error| ReadSheetError::NotText {
        path: path.to_owned(),
        byte: error.utf8_error().valid_up_to(),
        text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })?;
    // A byte order mark is no part of the text.
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Arc::new(SourceFile::new(path.display().to_string(), text)))
}

/// The sheets of a folder, or the one file that is named, in the order of their names.
///
/// # Errors
/// The path cannot be opened, or the folder holds no `.yaml` or `.yml` file.
pub fn sheet_paths(path: &Path) -> Result<Vec<PathBuf>, ReadSheetError> {
    let io = |error| ReadSheetError::Io { path: path.to_owned(), error };
    if !fs::metadata(path).map_err(io)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(path).map_err(io)? {
        let entry = entry.map_err(io)?;
        let kind = entry.file_type();
        let entry = entry.path();
        let is_yaml = entry
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"));
        let is_hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // What cannot be looked at, such as a link to nowhere, is kept: reading it tells why.
        let is_file = || match kind {
            Ok(kind) if !kind.is_symlink() => kind.is_file(),
            _ => fs::metadata(&entry).map_or(true, |metadata| metadata.is_file()),
        };
        if is_yaml && !is_hidden && is_file() {
            paths.push(entry);
        }
    }
    paths.sort();
    if paths.is_empty() { Err(ReadSheetError::NoSheets { path: path.to_owned() }) } else { Ok(paths) }
}
