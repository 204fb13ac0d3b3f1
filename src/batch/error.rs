//! Why a run, or a document of it, failed.

use super::name::NameError;
use crate::catalog::UnknownProvince;
use crate::diag::Diagnostic;
use crate::pdf::PdfError;
use crate::render::RenderError;
use crate::sheet::ReadSheetError;
use crate::typeset::{FontError, TypesetError};
use std::io;
use std::path::PathBuf;

/// Why a run, or a document of it, failed.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The sheets cannot be read.
    #[error(transparent)]
    Sheets(#[from] ReadSheetError),
    /// A province is not known.
    #[error(transparent)]
    UnknownProvince(#[from] UnknownProvince),
    /// A province has no sheet.
    #[error("{province} has no fact sheet in {folder}; {others}", folder = folder.display())]
    NoSheet {
        /// The province.
        province: String,
        /// The folder.
        folder: PathBuf,
        /// Which provinces have one.
        others: String,
    },
    /// Templates or terms cannot be used.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A document has a number with no figure behind it: it is withheld.
    #[error("{document} is withheld: {}", numbers(.diagnostics.len()))]
    Untraced {
        /// The document.
        document: String,
        /// The numbers.
        diagnostics: Vec<Diagnostic>,
    },
    /// The fonts cannot be used.
    #[error(transparent)]
    Fonts(#[from] FontError),
    /// A document cannot be typeset.
    #[error("{document}: {error}")]
    Typeset {
        /// The document.
        document: String,
        /// Why.
        error: TypesetError,
    },
    /// A document cannot be written as PDF.
    #[error("{document}: {error}")]
    Pdf {
        /// The document.
        document: String,
        /// Why.
        error: PdfError,
    },
    /// The evidence that a PDF carries cannot be put together.
    #[error("the evidence cannot be put together: {0}")]
    Evidence(io::Error),
    /// A file or folder cannot be written.
    #[error("cannot write {path}: {error}", path = path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {error}", path = path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// What leads elsewhere has the name of a folder or a record of a run.
    #[error("{path} is a symbolic link, to {target}: it is not followed", path = path.display())]
    Link {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: String,
    },
    /// What is no file has the name of one.
    #[error("cannot write {path}: {kind} is in its place", path = path.display())]
    Occupied {
        /// The path.
        path: PathBuf,
        /// What is there: `a folder`.
        kind: &'static str,
    },
    /// A report cannot have the name that it was given.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A file cannot be locked.
    #[error("cannot lock {path}: {error}", path = path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The run was asked to stop before it was done.
    #[error("stopped: {done} of {} done", documents_are(*.of))]
    Stopped {
        /// How many documents are done.
        done: usize,
        /// How many there were to make.
        of: usize,
    },
    /// Another run is writing into the folder.
    #[error("another run is writing into {folder} ({holder})", folder = folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// Who holds the lock.
        holder: String,
    },
    /// The threads cannot be started.
    #[error("cannot start {0} threads")]
    Threads(usize),
}

fn documents_are(count: usize) -> String {
    if count == 1 { "1 document is".to_owned() } else { format!("{count} documents are") }
}

impl BatchError {
    /// Whether a document could be made, but is withheld for what is in it.
    pub fn withholds(&self) -> bool {
        matches!(self, BatchError::Untraced { .. })
    }
}

fn numbers(count: usize) -> String {
    match count {
        1 => "a number in it has no figure behind it".to_owned(),
        more => format!("{more} numbers in it have no figure behind them"),
    }
}
