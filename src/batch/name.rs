//! Names of files below a quarter's folder: one or two plain components, so that none leads out of it.

use std::fmt;
use std::str::FromStr;

/// The longest name that common file systems take, in bytes.
const LONGEST: usize = 255;

/// The name of a file of a quarter, below its folder: `nghe-an.en.pdf`, or one level deep, `nghe-an/comparison.en.md`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName {
    folder: Option<String>,
    file: String,
}

/// The text cannot be the name of a file below a quarter's folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be the name of a report", .0.escape_debug())]
pub struct NameError(pub String);

impl FileName {
    /// The folder, if the file is one level deep.
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// The file, in its folder.
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl FromStr for FileName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (folder, file) = match text.split_once('/') {
            Some((folder, file)) => (Some(folder), file),
            None => (None, text),
        };
        if folder.is_none_or(is_plain) && is_plain(file) {
            Ok(FileName { folder: folder.map(str::to_owned), file: file.to_owned() })
        } else {
            Err(NameError(text.to_owned()))
        }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.folder {
            Some(folder) => write!(f, "{folder}/{}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Whether a text names a file of a folder and nothing else: no `..`, no separator, nothing hidden (the names of locks, records
/// and temporary files begin with a point), no control characters.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST
        && !name.starts_with('.')
        && !name.contains(|letter: char| letter.is_control() || matches!(letter, '/' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_lies_in_the_quarter_or_one_level_deeper() {
        let name: FileName = "nghe-an.en.pdf".parse().unwrap();
        assert_eq!((name.folder(), name.file()), (None, "nghe-an.en.pdf"));
        let name: FileName = "nghe-an/16681-vinh-hung.en.pdf".parse().unwrap();
        assert_eq!((name.folder(), name.file()), (Some("nghe-an"), "16681-vinh-hung.en.pdf"));
        assert_eq!(name.to_string(), "nghe-an/16681-vinh-hung.en.pdf");
        assert!("nghệ an.vi.md".parse::<FileName>().is_ok(), "letters and spaces lead nowhere");
    }

    #[test]
    fn no_name_leads_out_of_the_folder_or_to_a_hidden_file() {
        let long = "a".repeat(256);
        for text in [
            "",
            "/",
            ".",
            "..",
            "../a",
            "a/..",
            "a/../b",
            "/etc/passwd",
            "a//b",
            "a/",
            "/a",
            "a/b/c",
            "a\\b",
            "a\0b",
            "a\nb",
            ".brief.lock",
            "a/.brief.lock",
            ".a/b",
            &long,
        ] {
            assert!(text.parse::<FileName>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_refusal_quotes_the_name_so_that_it_can_be_read() {
        let error = "a/../\u{1b}[2J".parse::<FileName>().unwrap_err();
        assert_eq!(error.to_string(), "`a/../\\u{1b}[2J` cannot be the name of a report");
    }
}
