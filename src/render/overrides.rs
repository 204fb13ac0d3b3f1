//! Templates and terms of a user's folder, which take the place of the built-in ones.

use super::terms::Terms;
use super::{BuiltIn, RenderError, built_in};
use crate::diag::{SourceFile, did_you_mean};
use crate::language::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The largest template that is read, in bytes; the built-in ones have eight thousand.
const MAX_TEMPLATE_BYTES: u64 = 128 * 1024;
/// Deepest nesting of a template's blocks, and of a block's `{{else if …}}`: each level takes stack in the library that reads it.
const MAX_BLOCKS: usize = 64;
/// Most tags of a template; the built-in ones have four hundred. The library counts the lines before each.
const MAX_TAGS: usize = 2_000;
/// The longest tag that is no comment, in bytes.
const MAX_TAG_BYTES: usize = 2_000;

/// Looks into a folder before it is used: a misspelt name would leave the built-in template in place, and nobody the wiser.
///
/// # Errors
/// The folder cannot be read, holds nothing for these languages, or holds a template that would not be used.
pub(super) fn check(folder: &Path, languages: &BTreeSet<Language>) -> Result<(), RenderError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |error| RenderError::Io { path, error }
    };
    fs::read_dir(folder).map_err(io(folder))?;
    let mut holds_any = false;
    for language in languages {
        let within = folder.join(language.code());
        let entries = match fs::read_dir(&within) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(io(&within)(error)),
        };
        let known = built_in(*language).map(|(name, _): BuiltIn| name);
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(io(&within))?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        for name in names.iter().filter(|name| !name.starts_with('.')) {
            if known.contains(&name.as_str()) {
                holds_any = true;
            } else if [".hbs", ".yaml", ".yml"].iter().any(|ending| name.ends_with(ending)) {
                let help = did_you_mean(name, known).unwrap_or_else(|| format!("these are: {}", known.join(", ")));
                return Err(RenderError::Stray { path: within.join(name), help });
            }
        }
    }
    if holds_any {
        return Ok(());
    }
    let paths = languages.iter().flat_map(|language| built_in(*language).map(|(name, _)| format!("{language}/{name}")));
    Err(RenderError::NoTemplates { path: folder.to_owned(), expected: paths.collect::<Vec<_>>().join(", ") })
}

/// Templates and terms that take the place of the built-in ones.
#[derive(Debug, Clone, Copy)]
pub(super) enum Own<'a> {
    /// Those of a folder, if one is named.
    Folder(Option<&'a Path>),
    /// These texts, by the names of the files.
    Texts(&'a BTreeMap<String, String>),
}

/// A file of a language.
pub(super) struct FileText {
    /// How messages name it.
    pub(super) path: String,
    pub(super) text: String,
    /// Whether it takes the place of a built-in one.
    pub(super) is_own: bool,
}

/// A file of a language: the user's own, or the built-in one where there is none.
///
/// # Errors
/// The file is there but cannot be read.
pub(super) fn read(own: Own<'_>, language: Language, name: &str, built_in: &str) -> Result<FileText, RenderError> {
    let path = format!("templates/{language}/{name}");
    let found = match own {
        Own::Texts(texts) => {
            texts.get(name).map(|text| FileText { path: name.to_owned(), text: text.clone(), is_own: true })
        }
        Own::Folder(None) => None,
        Own::Folder(Some(folder)) => {
            let path = folder.join(language.code()).join(name);
            match read_text(&path) {
                Ok(text) => Some(FileText { path: path.display().to_string(), text, is_own: true }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(RenderError::Io { path, error }),
            }
        }
    };
    Ok(found.unwrap_or_else(|| FileText { path, text: built_in.to_owned(), is_own: false }))
}

fn read_text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    // A pipe would be waited for.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    File::open(path)?.take(MAX_TEMPLATE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_TEMPLATE_BYTES {
        return Err(io::Error::other("it is larger than 128 KiB: that is not a template"));
    }
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads `terms.yaml`.
///
/// # Errors
/// It is not YAML, lacks a term, or has one too many; with the place, and the nearest term.
pub(super) fn terms(path: String, text: &str) -> Result<Terms, RenderError> {
    crate::sheet::yaml::parse(text).map_err(|faults| {
        let file = SourceFile::new(path.clone(), text);
        let first = faults.into_iter().next();
        let (line, column) = first.as_ref().map_or((1, 1), |fault| file.line_column(fault.span.start));
        let message = first.map_or_else(String::new, |fault| match fault.help {
            Some(help) => format!("{}; {help}", fault.message),
            None => fault.message,
        });
        RenderError::Terms { path, line, column, message }
    })
}

/// Refuses what could make the library that reads templates run without end: templates inside templates (one may hold
/// itself), blocks nested without measure, and tags without number or end.
///
/// # Errors
/// The text holds one.
pub(super) fn refuse_partials(path: &str, text: &str) -> Result<(), RenderError> {
    let mut open: Vec<usize> = Vec::new();
    for (number, (at, _)) in text.match_indices("{{").enumerate() {
        // No more of the text than a tag may have: a template of braces alone would be read again from each of them.
        let rest = text.get(at..text.ceil_char_boundary(at + 2 * MAX_TAG_BYTES)).unwrap_or_default();
        let rest = rest.trim_start_matches('{').trim_start_matches(['~', ' ', '\t', '\r', '\n']);
        if rest.starts_with('/') {
            open.pop();
        } else if rest.starts_with('#') {
            open.push(1);
        } else if rest.strip_prefix("else").is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n'])) {
            open.last_mut().into_iter().for_each(|levels| *levels += 1);
        }
        let depth: usize = open.iter().sum();
        let length = if rest.starts_with('!') { 0 } else { rest.find("}}").unwrap_or(rest.len()) };
        let is_partial = ['>', '*'].iter().any(|mark| rest.trim_start_matches('#').trim_start().starts_with(*mark));
        let message = if is_partial {
            "a template inside a template (`{{> …}}`, `{{#*inline …}}`) is not supported: write its text out".to_owned()
        } else if number >= MAX_TAGS {
            format!("more than {MAX_TAGS} tags are too many")
        } else if length > MAX_TAG_BYTES {
            format!("a tag is longer than {MAX_TAG_BYTES} bytes")
        } else if depth > MAX_BLOCKS {
            format!("blocks are nested more than {MAX_BLOCKS} deep")
        } else {
            continue;
        };
        let (line, column) = SourceFile::new(path, text).line_column(at);
        return Err(RenderError::Template { path: path.to_owned(), line, column, message });
    }
    Ok(())
}
