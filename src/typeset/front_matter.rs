//! The YAML on top of the Markdown: what the title block, the running matter and the metadata are made from.

use crate::language::Language;
use serde::Deserialize;

/// What the front matter says; everything may be missing, and keys of other tools are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct FrontMatter {
    /// The title.
    pub title: Option<String>,
    /// The line above the title.
    pub kicker: Option<String>,
    /// What an official document is about, below its type: title and edition if none is given.
    pub subject: Option<String>,
    /// The edition, at the right of the title.
    pub edition: Option<String>,
    /// The document's language.
    pub language: Option<Language>,
    /// The date of the document, as `2026-09-30`.
    pub date: Option<String>,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// Who issues it.
    pub author: Option<String>,
    /// Key words, for catalogues.
    pub keywords: Vec<String>,
    /// At the top of the second and later pages.
    pub running_head: Option<String>,
    /// At the foot of every page.
    pub running_foot: Option<String>,
    /// The page number, with `{page}` and `{pages}`.
    pub page_label: Option<String>,
}

impl FrontMatter {
    /// Reads the YAML between the `---` lines.
    pub(super) fn parse(yaml: &str) -> Result<FrontMatter, String> {
        if yaml.trim().is_empty() {
            return Ok(FrontMatter::default());
        }
        serde_saphyr::from_str(yaml).map_err(|error| error.to_string())
    }

    /// The language that hyphenation and metadata go by.
    pub fn language(&self) -> Language {
        self.language.unwrap_or(Language::En)
    }

    /// The number of a page, as it is printed.
    pub fn page_label(&self, page: usize, pages: usize) -> String {
        let pattern = self.page_label.as_deref().unwrap_or(match self.language() {
            Language::En => "page {page} of {pages}",
            Language::Vi => "trang {page}/{pages}",
        });
        pattern.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string())
    }
}
