//! The provinces and municipalities of Viet Nam, before and after 1 July 2025.

use super::error::{CatalogError, Fault, FaultyEntry, read_file};
use super::fold::fold;
use super::name::LocalizedName;
use super::rows::{Lines, Rows};
use super::spelling::{KindWords, NearMiss, SpellingIndex, suggestions, write_near_misses};
use crate::language::Language;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The catalogue's file, as errors name it.
const FILE: &str = "provinces.yaml";

/// The entries of that file.
static BUILT_IN: Rows<Province> = Rows::new(include_str!(concat!(env!("OUT_DIR"), "/provinces.rows")), |id, json| {
    Some(Province::new(id.to_owned(), serde_json::from_str(json).ok()?))
});
/// Their names.
static SPELLINGS: Lines = Lines::new(include_str!(concat!(env!("OUT_DIR"), "/provinces.spellings")));

/// What may stand around a province's name. `tp` is short for thành phố.
const KIND_WORDS: KindWords = KindWords {
    before: &["tinh-", "thanh-pho-", "tp-", "province-of-", "city-of-", "municipality-of-"],
    after: &["-province", "-city", "-municipality"],
};

/// The two kinds of unit directly below the State (Constitution of 2013, article 110).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProvinceKind {
    /// A province, tỉnh.
    Province,
    /// A municipality, thành phố trực thuộc trung ương.
    Municipality,
}

/// A unit of the first administrative level, over the time in which it had one name and one territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// The id: the name without marks, with `-until-2025` where a present unit keeps the name with other territory.
    pub id: String,
    /// The name, without a word for its kind but where that belongs to it (Thành phố Hồ Chí Minh).
    pub name: LocalizedName,
    /// Province or municipality.
    pub kind: ProvinceKind,
    /// The two-digit code: Decision 124/2004/QĐ-TTg for units that ended in 2025, Decision 19/2025/QĐ-TTg for the others.
    pub code: String,
    /// Other names and spellings in use.
    pub aliases: Vec<String>,
    /// The first day of validity, where it is within the time that the catalogue covers.
    pub from: Option<NaiveDate>,
    /// The last day of validity, where the unit has ended.
    pub until: Option<NaiveDate>,
    /// The id of the unit that it went into.
    pub successor: Option<String>,
    /// The ids of the units that it was made of.
    pub predecessors: Vec<String>,
}

impl Province {
    fn new(id: String, entry: ProvinceEntry) -> Province {
        let ProvinceEntry { name, kind, code, aliases, from, until, successor, predecessors } = entry;
        Province { id, name, kind, code, aliases, from, until, successor, predecessors }
    }

    /// The name in one language.
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }

    /// Whether the unit existed on that day.
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }

    /// Whether both units existed on some day.
    fn overlaps(&self, other: &Province) -> bool {
        let starts_in_time = |a: &Province, b: &Province| match (a.from, b.until) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }

    fn spellings(&self) -> impl Iterator<Item = &str> {
        let names = [&self.name.en, &self.name.vi, &self.id, &self.code];
        names.into_iter().chain(&self.aliases).map(String::as_str)
    }
}

/// An entry of `provinces.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvinceEntry {
    name: LocalizedName,
    kind: ProvinceKind,
    code: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default, deserialize_with = "day")]
    from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "day")]
    until: Option<NaiveDate>,
    successor: Option<String>,
    #[serde(default)]
    predecessors: Vec<String>,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d");
    date.map(Some).map_err(|_| serde::de::Error::custom(format!("`{text}` is not a day: write it as 2025-06-30")))
}

/// Every province of the catalogue.
#[derive(Debug, Clone)]
pub struct Provinces {
    built_in: Option<&'static Rows<Province>>,
    /// The others.
    by_id: BTreeMap<String, Province>,
    spellings: SpellingIndex,
}

impl Provinces {
    /// The provinces that are built into the program. A test holds them to what [`Provinces::from_text`] asks for.
    pub(super) const fn built_in() -> Provinces {
        Provinces { built_in: Some(&BUILT_IN), by_id: BTreeMap::new(), spellings: SpellingIndex::of(&SPELLINGS) }
    }

    /// Reads a catalogue of the form of `provinces.yaml`.
    ///
    /// # Errors
    ///
    /// [`CatalogError::Form`] where the text is not of that form; [`CatalogError::Entry`] where validity dates,
    /// successors and predecessors do not fit together, or two units of one time share a spelling.
    pub fn from_text(text: &str) -> Result<Provinces, CatalogError> {
        let entries: BTreeMap<String, ProvinceEntry> = read_file(FILE, text)?;
        let by_id = entries.into_iter().map(|(id, entry)| (id.clone(), Province::new(id, entry))).collect();
        Self::index(by_id).map_err(CatalogError::in_file(FILE))
    }

    fn index(by_id: BTreeMap<String, Province>) -> Result<Provinces, FaultyEntry> {
        let mut spellings = SpellingIndex::default();
        for province in by_id.values() {
            FaultyEntry::check_names(&province.id, province.spellings())?;
            check(province, &by_id).map_err(|fault| FaultyEntry::new(&province.id, fault))?;
            for spelling in province.spellings() {
                let mut others = spellings.insert(spelling, &province.id).filter(|other| *other != province.id);
                if let Some(bearer) = others.find(|other| by_id.get(*other).is_some_and(|p| p.overlaps(province))) {
                    let fault = Fault::SpellingTaken { spelling: spelling.to_owned(), bearer: bearer.to_owned() };
                    return Err(FaultyEntry::new(&province.id, fault));
                }
            }
        }
        Ok(Provinces { built_in: None, by_id, spellings })
    }

    /// Every unit, former and present, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Province> {
        // A catalogue is built in or read.
        self.built_in.into_iter().flat_map(Rows::iter).map(|(_, province)| province).chain(self.by_id.values())
    }

    /// The unit with exactly this id.
    pub fn get(&self, id: &str) -> Option<&Province> {
        self.by_id.get(id).or_else(|| self.built_in?.get(id))
    }

    /// The unit that a text means: by name in either language, alias, id or code, whatever its marks, case, spaces and
    /// hyphens, with or without a word for its kind (`tỉnh Nghệ An`, `TP.HCM`, `NGHEAN`, `40`). A name or code that
    /// a former and a present unit bear means the present one.
    ///
    /// # Errors
    ///
    /// [`UnknownProvince`], with the nearest names.
    pub fn find(&self, spelling: &str) -> Result<&Province, UnknownProvince> {
        self.find_among(spelling, &BTreeSet::new())
    }

    /// As [`Provinces::find`], but of a former and a present unit that share the name or code, one whose id is preferred
    /// comes first. The command line prefers the units that have a fact sheet.
    ///
    /// # Errors
    ///
    /// [`UnknownProvince`], with the nearest names.
    pub fn find_among(&self, spelling: &str, preferred: &BTreeSet<String>) -> Result<&Province, UnknownProvince> {
        let forms = KIND_WORDS.forms(&fold(spelling));
        forms
            .iter()
            .find_map(|form| {
                let bearers = self.spellings.bearers(form).filter_map(|id| self.get(id));
                bearers.max_by_key(|province| (preferred.contains(&province.id), province.until.is_none()))
            })
            .ok_or_else(|| self.unknown(spelling, &forms))
    }

    fn unknown(&self, spelling: &str, forms: &[String]) -> UnknownProvince {
        let near = self.spellings.near_misses(forms);
        let near = near.into_iter().filter_map(|id| self.get(id)).map(|p| (p.id.as_str(), p.name.en.as_str()));
        UnknownProvince { spelling: spelling.to_owned(), suggestions: suggestions(near) }
    }

    /// The units that existed on that day, in the order of their ids: 63 up to 30 June 2025, 34 since.
    pub fn valid_on(&self, date: NaiveDate) -> impl Iterator<Item = &Province> {
        self.iter().filter(move |province| province.is_valid_on(date))
    }

    /// The unit that held this one's territory on that day, when it had been merged by then. `None` while the unit itself
    /// existed, before it did, and for an unknown id.
    pub fn successor_of(&self, id: &str, date: NaiveDate) -> Option<&Province> {
        let mut province = self.get(id)?;
        while province.until.is_some_and(|until| until < date) {
            province = self.get(province.successor.as_deref()?)?;
            if province.is_valid_on(date) {
                return Some(province);
            }
        }
        None
    }
}

/// Checks one unit against itself and against those that it names.
fn check(province: &Province, all: &BTreeMap<String, Province>) -> Result<(), Fault> {
    if province.code.len() != 2 || !province.code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::CodeNotTwoDigits);
    }
    if matches!((province.from, province.until), (Some(from), Some(until)) if until < from) {
        return Err(Fault::EndsBeforeItStarts);
    }
    match (province.until, &province.successor) {
        (None, None) => {}
        (Some(until), Some(id)) => {
            let follows = |successor: &Province| {
                successor.from.is_some()
                    && successor.from == until.succ_opt()
                    && successor.predecessors.contains(&province.id)
            };
            if !all.get(id).is_some_and(follows) {
                return Err(Fault::SuccessorDoesNotFollow(id.clone()));
            }
        }
        _ => return Err(Fault::EndAndSuccessorApart),
    }
    let leads = |id: &String| all.get(id).is_some_and(|former| former.successor.as_ref() == Some(&province.id));
    match province.predecessors.iter().find(|id| !leads(id)) {
        Some(stray) => Err(Fault::PredecessorDoesNotLead(stray.clone())),
        None => Ok(()),
    }
}

/// No province of the catalogue bears the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownProvince {
    /// The name as it was given.
    pub spelling: String,
    /// Up to three provinces whose names come near, nearest first.
    pub suggestions: Vec<NearMiss>,
}

impl fmt::Display for UnknownProvince {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no province is called `{}`", self.spelling)?;
        write_near_misses(f, &self.suggestions)
    }
}

impl std::error::Error for UnknownProvince {}

#[cfg(test)]
#[path = "provinces_tests.rs"]
mod tests;
