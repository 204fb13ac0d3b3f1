//! Countries, territories, and the localities and bodies abroad that provinces are partners of.

use super::error::{CatalogError, Fault, FaultyEntry, read_file};
use super::fold::fold;
use super::name::LocalizedName;
use super::rows::{Lines, Rows};
use super::spelling::{KindWords, NearMiss, SpellingIndex, suggestions, write_near_misses};
use crate::language::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The catalogue's file, as errors name it.
const FILE: &str = "places.yaml";

/// The entries of that file.
static BUILT_IN: Rows<Place> = Rows::new(include_str!(concat!(env!("OUT_DIR"), "/places.rows")), |id, json| {
    Some(Place::new(id.to_owned(), serde_json::from_str(json).ok()?))
});
/// Their names.
static SPELLINGS: Lines = Lines::new(include_str!(concat!(env!("OUT_DIR"), "/places.spellings")));

/// What kind of place an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A territory with an ISO 3166-1 code of its own that is no country: statistics count "countries and territories".
    Territory,
    /// A province, prefecture, state, region or city.
    Locality,
    /// A ministry, federation, institute or the like.
    Body,
}

/// A place without its id, as the catalogue and the `places` of a fact sheet write it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    /// The name.
    pub name: LocalizedName,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// The id of the country that it lies in or belongs to; none for a country.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2 for a country or territory, ISO 3166-2 for a locality, where there is a code.
    pub iso: Option<String>,
    /// Whether a locality is a city, so that `Quebec City` is not taken for the province.
    #[serde(default)]
    pub city: bool,
    /// Other spellings in English and Vietnamese texts.
    #[serde(default)]
    pub spellings: Vec<String>,
}

/// A country, territory, locality or body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The id: the customary English name in lower case without marks.
    pub id: String,
    /// The name.
    pub name: LocalizedName,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// The id of the country that it lies in or belongs to; none for a country.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2 for a country or territory, ISO 3166-2 for a locality, where there is a code.
    pub iso: Option<String>,
    /// Whether a locality is a city.
    pub city: bool,
    /// Other spellings in English and Vietnamese texts.
    pub spellings: Vec<String>,
}

impl Place {
    fn new(id: String, entry: PlaceEntry) -> Place {
        let PlaceEntry { name, kind, country, iso, city, spellings } = entry;
        Place { id, name, kind, country, iso, city, spellings }
    }

    /// The name in one language.
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }

    fn all_spellings(&self) -> impl Iterator<Item = &str> {
        [&self.name.en, &self.name.vi, &self.id].into_iter().chain(&self.spellings).map(String::as_str)
    }

    fn is_country(&self) -> bool {
        self.kind == PlaceKind::Country
    }

    fn is_city(&self) -> bool {
        self.city
    }

    fn is_region(&self) -> bool {
        self.kind == PlaceKind::Locality && !self.city
    }
}

/// Whether words for a kind of place are true of a place.
type Fits = fn(&Place) -> bool;

/// The words that may stand around a name, each list with the places that they may be said of.
const KIND_WORDS: [(KindWords, Fits); 3] = [
    (
        KindWords {
            before: &["nuoc-", "vuong-quoc-", "cong-hoa-", "lien-bang-", "kingdom-of-", "republic-of-"],
            after: &[],
        },
        Place::is_country,
    ),
    (
        KindWords {
            before: &["tinh-", "bang-", "tieu-bang-", "vung-", "province-of-", "state-of-"],
            after: &["-province", "-prefecture", "-state", "-oblast", "-region"],
        },
        Place::is_region,
    ),
    (KindWords { before: &["thanh-pho-", "tp-", "thu-do-", "city-of-"], after: &["-city"] }, Place::is_city),
];

/// Every known place.
#[derive(Debug, Clone, Default)]
pub struct Places {
    built_in: Option<&'static Rows<Place>>,
    /// The others.
    by_id: BTreeMap<String, Place>,
    spellings: SpellingIndex,
}

impl Places {
    /// The places that are built into the program. A test holds them to what [`Places::from_text`] asks for.
    pub(super) const fn built_in() -> Places {
        Places { built_in: Some(&BUILT_IN), by_id: BTreeMap::new(), spellings: SpellingIndex::of(&SPELLINGS) }
    }

    /// Reads a catalogue of the form of `places.yaml`.
    ///
    /// # Errors
    ///
    /// [`CatalogError::Form`] where the text is not of that form; [`CatalogError::Entry`] where a country is missing or
    /// unknown, a code malformed, or two places share a spelling.
    pub fn from_text(text: &str) -> Result<Places, CatalogError> {
        let entries: BTreeMap<String, PlaceEntry> = read_file(FILE, text)?;
        Places::default().with(entries).map_err(CatalogError::in_file(FILE))
    }

    /// These places and those that a fact sheet adds.
    ///
    /// # Errors
    ///
    /// [`FaultyEntry`] for the first added place whose id or spelling is taken (it is then known already, and shared
    /// partners would go unseen), whose country is missing or unknown, or whose code is malformed.
    pub fn with(&self, extra: BTreeMap<String, PlaceEntry>) -> Result<Places, FaultyEntry> {
        let mut places = self.clone();
        let added: Vec<String> = extra.keys().cloned().collect();
        for (id, entry) in extra {
            let place = Place::new(id, entry);
            FaultyEntry::check_names(&place.id, place.all_spellings())?;
            if places.get(&place.id).is_some() {
                return Err(FaultyEntry::new(&place.id, Fault::IdTaken));
            }
            for spelling in place.all_spellings() {
                let mut bearers = places.spellings.insert(spelling, &place.id);
                if let Some(bearer) = bearers.find(|bearer| *bearer != place.id) {
                    let fault = Fault::SpellingTaken { spelling: spelling.to_owned(), bearer: bearer.to_owned() };
                    return Err(FaultyEntry::new(&place.id, fault));
                }
            }
            places.by_id.insert(place.id.clone(), place);
        }
        // A locality may stand before its country.
        for place in added.iter().filter_map(|id| places.get(id)) {
            places.check(place).map_err(|fault| FaultyEntry::new(&place.id, fault))?;
        }
        Ok(places)
    }

    fn check(&self, place: &Place) -> Result<(), Fault> {
        let country = match &place.country {
            None => None,
            Some(id) => match self.get(id).filter(|country| country.is_country()) {
                None => return Err(Fault::UnknownCountry(id.clone())),
                country => country,
            },
        };
        if country.is_some() == place.is_country() {
            return Err(Fault::CountryMissingOrTooMany);
        }
        match &place.iso {
            Some(code) if !is_iso_code(code, place.kind, country) => Err(Fault::IsoCodeMalformed(code.clone())),
            _ => Ok(()),
        }
    }

    /// Every place, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        let built_in = self.built_in.into_iter().flat_map(Rows::iter).map(|(_, place)| place);
        let mut places: Vec<&Place> = built_in.chain(self.by_id.values()).collect();
        places.sort_by(|one, other| one.id.cmp(&other.id));
        places.into_iter()
    }

    /// The place with exactly this id.
    pub fn get(&self, id: &str) -> Option<&Place> {
        self.by_id.get(id).or_else(|| self.built_in?.get(id))
    }

    /// The country that a place lies in or belongs to, which for a country is itself; `None` for an unknown id.
    pub fn country_of(&self, id: &str) -> Option<&Place> {
        let place = self.get(id)?;
        place.country.as_deref().map_or(Some(place), |country| self.get(country))
    }

    /// The place that a text means: by name in either language, other spelling or id, whatever its marks, case, spaces and
    /// hyphens. Words for its kind may stand around the name where they are true of it (`tỉnh Khăm Muộn`,
    /// `Leipzig city`), and its country or short name in brackets behind it (`Trat (Thailand)`).
    ///
    /// # Errors
    ///
    /// [`UnknownPlace`], with the nearest names.
    pub fn find(&self, spelling: &str) -> Result<&Place, UnknownPlace> {
        self.known(spelling).ok_or_else(|| self.unknown(spelling))
    }

    /// The same without a search for the nearest names, which takes a thousand times as long.
    pub(crate) fn known(&self, spelling: &str) -> Option<&Place> {
        self.look_up(spelling).or_else(|| self.look_up_bracketed(spelling))
    }

    fn look_up(&self, spelling: &str) -> Option<&Place> {
        let folded = fold(spelling);
        let bearer = |form: &str| self.spellings.bearers(form).find_map(|id| self.get(id));
        bearer(&folded).or_else(|| {
            KIND_WORDS
                .iter()
                .find_map(|(words, fit)| words.forms(&folded).iter().find_map(|form| bearer(form).filter(|p| fit(p))))
        })
    }

    /// `Sacramento city (California, USA)`: what follows the last comma in the brackets must be the place's country, or
    /// else the brackets another name of the place.
    fn look_up_bracketed(&self, spelling: &str) -> Option<&Place> {
        let (name, brackets) = spelling.trim().strip_suffix(')')?.rsplit_once('(')?;
        let place = self.look_up(name)?;
        let bracketed = self.look_up(brackets.rsplit(',').next()?)?;
        (bracketed.id == place.id || Some(&bracketed.id) == place.country.as_ref()).then_some(place)
    }

    fn unknown(&self, spelling: &str) -> UnknownPlace {
        let folded = fold(spelling.split('(').next().unwrap_or(spelling));
        let mut forms: Vec<String> = KIND_WORDS.iter().flat_map(|(words, _)| words.forms(&folded)).collect();
        forms.sort_unstable();
        forms.dedup();
        let near = self.spellings.near_misses(&forms);
        let near = near.into_iter().filter_map(|id| self.get(id)).map(|p| (p.id.as_str(), p.name.en.as_str()));
        UnknownPlace { spelling: spelling.to_owned(), suggestions: suggestions(near) }
    }
}

fn is_iso_code(code: &str, kind: PlaceKind, country: Option<&Place>) -> bool {
    match kind {
        PlaceKind::Country | PlaceKind::Territory => {
            code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
        }
        PlaceKind::Locality => {
            let prefix = country.and_then(|country| country.iso.as_deref());
            code.split_once('-').is_some_and(|(before, after)| {
                prefix.is_none_or(|prefix| prefix == before)
                    && (1..=3).contains(&after.len())
                    && after.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            })
        }
        PlaceKind::Body => false,
    }
}

/// No place of the catalogue or the sheet bears the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPlace {
    /// The name as it was given.
    pub spelling: String,
    /// Up to three places whose names come near, nearest first.
    pub suggestions: Vec<NearMiss>,
}

impl fmt::Display for UnknownPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no place is called `{}`", self.spelling)?;
        write_near_misses(f, &self.suggestions)
    }
}

impl std::error::Error for UnknownPlace {}

#[cfg(test)]
#[path = "places_tests.rs"]
mod tests;
