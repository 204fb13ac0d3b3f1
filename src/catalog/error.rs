//! What can be wrong with a catalogue file, or with an entry that a fact sheet adds.

use super::fold::fold;
use std::fmt;
use unicode_normalization::is_nfc;

/// A catalogue file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// The file is not YAML of the catalogue's form; the message gives line and column.
    #[error("{file}: {message}")]
    Form {
        /// The file's name.
        file: &'static str,
        /// What the reader found.
        message: String,
    },
    /// The file reads well, but one of its entries contradicts itself or another.
    #[error("{file}: {entry}")]
    Entry {
        /// The file's name.
        file: &'static str,
        /// The entry and its fault.
        entry: FaultyEntry,
    },
}

impl CatalogError {
    /// Names the file in which an entry is at fault.
    pub(crate) fn in_file(file: &'static str) -> impl FnOnce(FaultyEntry) -> CatalogError {
        move |entry| CatalogError::Entry { file, entry }
    }
}

/// Reads a catalogue file into its entries.
///
/// # Errors
///
/// [`CatalogError::Form`] where the text is not YAML, or has unknown, missing or repeated keys.
pub(crate) fn read_file<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, CatalogError> {
    let form = |message| CatalogError::Form { file, message };
    serde_saphyr::from_str(text).map_err(|error| form(error.to_string()))
}

/// An entry of a catalogue, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{id}` {fault}")]
pub struct FaultyEntry {
    /// The entry's id.
    pub id: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl FaultyEntry {
    pub(crate) fn new(id: &str, fault: Fault) -> FaultyEntry {
        FaultyEntry { id: id.to_owned(), fault }
    }

    /// Checks what holds for the id and the names of an entry of any catalogue.
    pub(crate) fn check_names<'a>(id: &str, names: impl Iterator<Item = &'a str>) -> Result<(), FaultyEntry> {
        if id.is_empty() || id != fold(id) {
            return Err(FaultyEntry::new(id, Fault::NotAnId));
        }
        for name in names {
            if !name.contains(char::is_alphanumeric) || name != name.trim() {
                return Err(FaultyEntry::new(id, Fault::BlankName));
            }
            if !is_nfc(name) {
                return Err(FaultyEntry::new(id, Fault::DecomposedName(name.to_owned())));
            }
        }
        Ok(())
    }
}

/// What is wrong with an entry of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The id is not in the form that [`fold`] gives.
    NotAnId,
    /// The id is another entry's already.
    IdTaken,
    /// A name or spelling has no letters, or stands between spaces.
    BlankName,
    /// A name or spelling is not in composed Unicode (NFC).
    DecomposedName(String),
    /// A spelling is another entry's already.
    SpellingTaken {
        /// The spelling.
        spelling: String,
        /// The entry that bears it.
        bearer: String,
    },
    /// A province's code is not two digits.
    CodeNotTwoDigits,
    /// The last day of validity is before the first.
    EndsBeforeItStarts,
    /// A province that ends has no successor, or one that lasts has one.
    EndAndSuccessorApart,
    /// The successor is not a known id, does not name this entry among its predecessors, or does not start the day after
    /// this entry ends.
    SuccessorDoesNotFollow(String),
    /// A predecessor is not a known id, or does not name this entry as its successor.
    PredecessorDoesNotLead(String),
    /// A locality, territory or body names no country, or a country names one.
    CountryMissingOrTooMany,
    /// The country is not the id of a known country.
    UnknownCountry(String),
    /// The ISO code does not have the form for this kind of place, or not the country's own prefix.
    IsoCodeMalformed(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotAnId => {
                f.write_str("is not an id: an id is lower-case letters and digits joined by single hyphens")
            }
            Fault::IdTaken => f.write_str("is the id of another entry already"),
            Fault::BlankName => f.write_str("has a name without letters, or with spaces around it"),
            Fault::DecomposedName(name) => write!(f, "spells `{name}` in decomposed Unicode: write it in NFC"),
            Fault::SpellingTaken { spelling, bearer } => {
                write!(f, "is spelled `{spelling}`, which is a spelling of `{bearer}`")
            }
            Fault::CodeNotTwoDigits => f.write_str("has a code that is not two digits"),
            Fault::EndsBeforeItStarts => f.write_str("ends before it starts"),
            Fault::EndAndSuccessorApart => {
                f.write_str("has `until` or `successor` without the other: a unit ends by going into another")
            }
            Fault::SuccessorDoesNotFollow(successor) => write!(
                f,
                "names the successor `{successor}`, which is unknown, does not start on the next day, or does not name it \
                 as a predecessor"
            ),
            Fault::PredecessorDoesNotLead(predecessor) => write!(
                f,
                "names the predecessor `{predecessor}`, which is unknown or does not name it as its successor"
            ),
            Fault::CountryMissingOrTooMany => {
                f.write_str("needs a `country` unless it is one: a country has none, every other place has one")
            }
            Fault::UnknownCountry(country) => write!(f, "lies in `{country}`, which is not a country of the catalogue"),
            Fault::IsoCodeMalformed(code) => write!(
                f,
                "has the ISO code `{code}`: a country or territory has two capitals (KR), a locality its country's two, \
                 a hyphen and up to three capitals or digits (KR-44), a body none"
            ),
        }
    }
}
