//! What a PDF says of itself: what it was made as, and which files are in it.

use crate::catalog::{Catalog, Commune, Locality};
use crate::language::Language;
use crate::pdf::Relationship;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The name of the statement.
pub const STATEMENT: &str = "evidence.json";
/// The name of the check result, in the form of `brief check --json`.
pub const CHECKS: &str = "checks.json";
/// The subject of the comparative briefing.
pub const COMPARISON: &str = "comparison";
/// The name of the office's file.
pub const OFFICE: &str = "office.yaml";
/// The form of the statement.
pub const SCHEMA: u32 = 1;

/// What a PDF says of itself: all that is needed, beside the files in it, to make it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The form of this statement.
    pub schema: u32,
    /// The program that made the PDF.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The quarter.
    pub quarter: String,
    /// The language.
    pub language: Language,
    /// The id of the province or commune, or [`COMPARISON`], after the folder of its group.
    pub subject: String,
    /// The layout.
    pub layout: String,
    /// SHA-256 of each of the user's own fonts that it was set in, by its name; they are not inside.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fonts: BTreeMap<String, String>,
    /// The day by which allowances had run out or not.
    pub checked_as_of: String,
    /// Whose sheets had errors: their figures are not shown, and their sheets not attached.
    pub withheld: Vec<Withheld>,
    /// SHA-256 of the sheets that the locality was compared with and that are not inside, by their names: those of the other communes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub peers: BTreeMap<String, String>,
    /// Every other file in the PDF, by its name.
    pub files: BTreeMap<String, FileStatement>,
}

impl Statement {
    /// Whether the document compares all localities, and is not about one.
    pub fn is_of_all(&self) -> bool {
        self.subject == COMPARISON || self.subject.strip_suffix(COMPARISON).is_some_and(|group| group.ends_with('/'))
    }
}

/// A province, by its id, or a commune of one, as its sheet describes it: no catalogue lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Withheld {
    /// A province.
    Province(String),
    /// A commune.
    Commune {
        /// The province that it lies in.
        province: String,
        /// The commune.
        commune: Commune,
    },
}

impl Withheld {
    pub(super) fn of(locality: &Locality) -> Withheld {
        let province = locality.province.id.clone();
        match &locality.commune {
            None => Withheld::Province(province),
            Some(commune) => Withheld::Commune { province, commune: commune.clone() },
        }
    }

    /// The locality; the id of the province, if there is none of that id.
    pub(super) fn find(&self, catalog: &Catalog) -> Result<Locality, String> {
        let (id, commune) = match self {
            Withheld::Province(id) => (id, None),
            Withheld::Commune { province, commune } => (province, Some(commune)),
        };
        let province = catalog.provinces.find(id).map_err(|_| id.clone())?;
        Ok(Locality::new(province, commune))
    }
}

/// What a PDF says of a file in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStatement {
    /// What the file is.
    pub role: Role,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What a file in a PDF is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A fact sheet.
    Sheet,
    /// The briefing as Markdown.
    Markdown,
    /// The check result.
    Checks,
    /// A template, or the terms, in the place of the built-in one of that name.
    Template,
    /// The office that issues it.
    Office,
}

impl Role {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Role::Sheet | Role::Office => "application/yaml",
            Role::Markdown => "text/markdown",
            Role::Checks => "application/json",
            Role::Template => "text/plain",
        }
    }

    pub(super) const fn relationship(self) -> Relationship {
        match self {
            Role::Sheet => Relationship::Data,
            Role::Markdown | Role::Template | Role::Office => Relationship::Source,
            Role::Checks => Relationship::Supplement,
        }
    }

    pub(super) fn description(self, language: Language, about: Option<String>) -> String {
        let text = match (self, language) {
            (Role::Sheet, Language::En) => "Fact sheet",
            (Role::Sheet, Language::Vi) => "Phiếu số liệu",
            (Role::Markdown, Language::En) => "This briefing as Markdown",
            (Role::Markdown, Language::Vi) => "Báo cáo này ở dạng Markdown",
            (Role::Checks, Language::En) => "What the checks say of the fact sheets",
            (Role::Checks, Language::Vi) => "Kết quả kiểm tra các phiếu số liệu",
            (Role::Template, Language::En) => "A template that this briefing was made with",
            (Role::Template, Language::Vi) => "Mẫu dùng để lập báo cáo này",
            (Role::Office, Language::En) => "The office that issues this report",
            (Role::Office, Language::Vi) => "Cơ quan ban hành báo cáo này",
        };
        about.map_or_else(|| text.to_owned(), |about| format!("{text}: {about}"))
    }
}

pub(super) const fn statement_description(language: Language) -> &'static str {
    match language {
        Language::En => "What this briefing was made from, for `brief verify`",
        Language::Vi => "Báo cáo này được lập từ những gì, dùng cho `brief verify`",
    }
}

/// SHA-256 in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
