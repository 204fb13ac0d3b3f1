//! Where the texts of a sheet's sources are, and how they are read.

use super::Article;
use crate::language::Language;
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// The largest text that is read, in bytes: a long article with its whole page has a tenth of it.
const MAX_ARTICLE_BYTES: u64 = 4 * 1024 * 1024;

/// The longest text beside its tags, in bytes, and the most numbers in it: a report of two hundred pages has as much.
const MAX_TEXT_BYTES: usize = 512 * 1024;
const MAX_NUMBERS: usize = 20_000;

/// The endings of a text's file name, in the order in which they are tried.
const ENDINGS: [&str; 4] = ["txt", "md", "html", "htm"];

/// The texts of sources: a folder, or texts at hand.
#[derive(Debug, Clone)]
pub struct Library {
    folder: PathBuf,
    given: Option<BTreeMap<PathBuf, String>>,
}

/// Why a source has no text.
#[derive(Debug, thiserror::Error)]
pub enum ArticleError {
    /// No file of it is there.
    #[error("there is no text of the source `{source_id}` in {folder}", folder = folder.display())]
    Absent {
        /// The source's id.
        source_id: String,
        /// The folder of texts.
        folder: PathBuf,
        /// Where it was looked for, without the endings.
        tried: Vec<PathBuf>,
    },
    /// The id can be no file's name.
    #[error("no file can be named after the source `{source_id}`")]
    Unnameable {
        /// The source's id.
        source_id: String,
    },
    /// The file cannot be opened.
    #[error("cannot read {path}: {error}", path = path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is a folder, a device or the like.
    #[error("{path} is no file", path = path.display())]
    NoFile {
        /// The path.
        path: PathBuf,
    },
    /// The file is larger than any article.
    #[error("{path} is larger than {} MiB: that is not the text of an article", MAX_ARTICLE_BYTES / 1024 / 1024, path = path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
    },
    /// The text is longer, or has more numbers, than any article.
    #[error("{path} has more than {} KiB of text or {MAX_NUMBERS} numbers: that is not an article", MAX_TEXT_BYTES / 1024, path = path.display())]
    TooLong {
        /// The path.
        path: PathBuf,
    },
    /// The file is not UTF-8 text.
    #[error("{path} is not UTF-8 text", path = path.display())]
    NotText {
        /// The path.
        path: PathBuf,
    },
}

impl ArticleError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            ArticleError::Absent { tried, .. } => {
                let paths: Vec<String> =
                    tried.iter().map(|path| format!("`{}.{}`", path.display(), ENDINGS[0])).collect();
                format!("save the article as {}; .{} will do as well", paths.join(", "), ENDINGS[1..].join(", ."))
            }
            ArticleError::Unnameable { .. } => "give the source an id of letters, digits and dashes".to_owned(),
            ArticleError::Io { .. } | ArticleError::NoFile { .. } => "put a file there that can be read".to_owned(),
            ArticleError::TooLarge { .. } | ArticleError::TooLong { .. } => {
                "save the text of the article alone".to_owned()
            }
            ArticleError::NotText { .. } => "save it as UTF-8 text, Markdown or HTML".to_owned(),
        }
    }
}

impl Library {
    /// The texts in a folder: `<province-id>/<source-id>.txt` or `<source-id>.txt`, or with another ending.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Library {
        Library { folder: folder.into(), given: None }
    }

    /// Texts at hand, by their paths below a folder that need not be there.
    pub fn given(folder: impl Into<PathBuf>, texts: impl IntoIterator<Item = (PathBuf, String)>) -> Library {
        Library { folder: folder.into(), given: Some(texts.into_iter().collect()) }
    }

    /// The text of a source: of a sheet's province if its folder has one, or else of every province.
    ///
    /// # Errors
    /// There is none, or it cannot be read as text.
    pub fn read(&self, province: Option<&str>, source: &str, language: Language) -> Result<Article, ArticleError> {
        let stems = [source.to_owned(), format!("{source}.{}", language.code())];
        if [Some(source), province].into_iter().flatten().any(|name| !is_file_name(name)) {
            return Err(ArticleError::Unnameable { source_id: source.to_owned() });
        }
        let folders: Vec<PathBuf> = province.map(PathBuf::from).into_iter().chain([PathBuf::new()]).collect();
        let tried: Vec<PathBuf> =
            folders.iter().flat_map(|folder| stems.iter().map(move |stem| folder.join(stem))).collect();
        for stem in &tried {
            for ending in ENDINGS {
                let path = PathBuf::from(format!("{}.{ending}", stem.display()));
                if let Some(text) = self.text(&path)? {
                    let path = self.folder.join(&path);
                    let shown = path.display().to_string();
                    let is_page = ending.starts_with("htm");
                    let article = if is_page { Article::html(shown, &text) } else { Article::plain(shown, &text) };
                    return if is_too_long(article.file().text()) {
                        Err(ArticleError::TooLong { path })
                    } else {
                        Ok(article)
                    };
                }
            }
        }
        let tried = tried.iter().map(|stem| self.folder.join(stem)).collect();
        Err(ArticleError::Absent { source_id: source.to_owned(), folder: self.folder.clone(), tried })
    }

    /// The text of a file below the folder; none if there is no such file.
    fn text(&self, path: &Path) -> Result<Option<String>, ArticleError> {
        if let Some(given) = &self.given {
            return Ok(given.get(path).cloned());
        }
        let path = self.folder.join(path);
        let io = |error: std::io::Error| ArticleError::Io { path: path.clone(), error };
        match fs::symlink_metadata(&path) {
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(error) => return Err(io(error)),
        }
        // A pipe would be waited for.
        if !fs::metadata(&path).map_err(io)?.is_file() {
            return Err(ArticleError::NoFile { path });
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(io)?;
        file.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 > MAX_ARTICLE_BYTES {
            return Err(ArticleError::TooLarge { path });
        }
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(Some(text)),
            _ => Err(ArticleError::NotText { path }),
        }
    }
}

/// Whether a text is too long to be looked through in a moment.
fn is_too_long(text: &str) -> bool {
    let is_digit = |character: char| character.is_ascii_digit();
    let numbers = || text.split(|character| !is_digit(character)).filter(|run| !run.is_empty());
    text.len() > MAX_TEXT_BYTES || numbers().nth(MAX_NUMBERS).is_some()
}

/// Whether a name stays within its folder.
fn is_file_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let single = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    single && !name.contains(['/', '\\', '\0'])
}
