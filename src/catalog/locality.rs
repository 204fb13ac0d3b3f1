//! What a briefing is about: a province, or a commune-level unit of one.

use super::fold::fold;
use super::name::LocalizedName;
use super::provinces::Province;
use crate::language::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits of the code of a commune-level unit (Decision 19/2025/QĐ-TTg).
const CODE_DIGITS: usize = 5;
/// Letters of a name that go into an id: file systems hold names of 255 bytes, and charts add to them.
const MOST_LETTERS: usize = 60;

/// The kind of a commune-level unit: since 1 July 2025 the second level of local government, and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CommuneKind {
    /// A commune, xã.
    Commune,
    /// A ward, phường.
    Ward,
    /// A special zone, đặc khu.
    SpecialZone,
}

/// A commune-level unit, as a sheet of one describes it. There are 3,321 of them; the catalogue lists none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commune {
    /// The name, without a word for its kind.
    pub name: LocalizedName,
    /// Commune, ward or special zone.
    pub kind: CommuneKind,
    /// The code of five digits, as Decision 19/2025/QĐ-TTg gives it.
    pub code: String,
}

impl Commune {
    /// What is wrong with it, and what to write; a code or a name that no file could be named by.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.code.len() != CODE_DIGITS || !self.code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(("the code of a commune has five digits", "write it in quotes, such as `code: \"16681\"`"));
        }
        let names = [&self.name.en, &self.name.vi];
        if names.into_iter().any(|name| !name.contains(char::is_alphanumeric)) {
            return Some(("a name of a commune is empty", "write `name: {en: Vinh Hung, vi: Vinh Hưng}`"));
        }
        if !names.into_iter().all(|name| name.chars().all(is_of_name)) {
            let message = "a name of a commune holds what no name is written with";
            return Some((message, "write it with letters, spaces, hyphens and apostrophes"));
        }
        if names.into_iter().any(|name| name.chars().count() > MOST_LETTERS) {
            return Some(("a name of a commune is longer than a name", "write the name alone, without its province"));
        }
        None
    }

    /// The id among the communes of its province: the code, and the name without marks.
    fn id(&self) -> String {
        let mut name: String = fold(&self.name.en).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        name.truncate(MOST_LETTERS);
        format!("{}-{name}", self.code).trim_end_matches('-').to_owned()
    }
}

/// Whether a name may hold a character. Names stand in the front matter, between quotation marks.
fn is_of_name(character: char) -> bool {
    let is_mark = matches!(character, '\u{300}'..='\u{36f}');
    character.is_alphanumeric() || is_mark || " -'’.".contains(character)
}

/// What a briefing is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locality {
    /// The id, which names its files: `nghe-an`, or `nghe-an/16681-vinh-hung`.
    pub id: String,
    /// The province, or the one that the commune lies in.
    pub province: Province,
    /// The commune-level unit, if it is one.
    pub commune: Option<Commune>,
}

/// Localities that are compared with each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The provinces of the country.
    Provinces,
    /// The commune-level units of a province, by its id.
    Communes(String),
}

impl Locality {
    /// A province, or a commune-level unit that lies in it.
    pub fn new(province: &Province, commune: Option<&Commune>) -> Locality {
        let id = match commune {
            Some(commune) => format!("{}/{}", province.id, commune.id()),
            None => province.id.clone(),
        };
        Locality { id, province: province.clone(), commune: commune.cloned() }
    }

    /// The name in one language.
    pub fn name(&self, language: Language) -> &str {
        match &self.commune {
            Some(commune) => commune.name.get(language),
            None => self.province.name(language),
        }
    }

    /// How the names of its files begin, within the folder of its group.
    pub fn stem(&self) -> &str {
        self.id.rsplit_once('/').map_or(&self.id, |(_, stem)| stem)
    }

    /// The localities that it is compared with.
    pub fn group(&self) -> Group {
        match &self.commune {
            Some(_) => Group::Communes(self.province.id.clone()),
            None => Group::Provinces,
        }
    }

    /// What no two sheets of a run may have in common: the province, or the code of the commune.
    pub fn key(&self) -> &str {
        self.commune.as_ref().map_or(&self.province.id, |commune| &commune.code)
    }
}

impl From<&Province> for Locality {
    fn from(province: &Province) -> Locality {
        Locality::new(province, None)
    }
}

impl Group {
    /// The folder of its reports within that of the quarter, with a slash at its end; empty for the quarter's own.
    pub fn folder(&self) -> String {
        match self {
            Group::Provinces => String::new(),
            Group::Communes(province) => format!("{province}/"),
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Group::Provinces => f.write_str("provinces"),
            Group::Communes(province) => write!(f, "communes of {province}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn commune(en: &str, code: &str) -> Commune {
        let name = LocalizedName { en: en.to_owned(), vi: "Vinh Hưng".to_owned() };
        Commune { name, kind: CommuneKind::Ward, code: code.to_owned() }
    }

    #[test]
    fn a_commune_is_named_by_its_code_within_its_province() {
        let catalog = Catalog::builtin().unwrap();
        let nghe_an = catalog.provinces.get("nghe-an").unwrap();
        let locality = Locality::new(nghe_an, Some(&commune("Vinh Hung", "16681")));
        assert_eq!(locality.id, "nghe-an/16681-vinh-hung");
        assert_eq!(locality.group(), Group::Communes("nghe-an".to_owned()));
        assert_eq!((locality.name(Language::En), locality.name(Language::Vi)), ("Vinh Hung", "Vinh Hưng"));
        let province = Locality::from(nghe_an);
        assert_eq!((province.id.as_str(), province.group(), province.key()), ("nghe-an", Group::Provinces, "nghe-an"));
    }

    #[test]
    fn no_name_leads_out_of_its_folder() {
        let catalog = Catalog::builtin().unwrap();
        let nghe_an = catalog.provinces.get("nghe-an").unwrap();
        let id = |name: &str| Locality::new(nghe_an, Some(&commune(name, "16681"))).id;
        assert_eq!(id("../../etc/passwd"), "nghe-an/16681-etc-passwd");
        assert_eq!(id("河内"), "nghe-an/16681");
        assert!(id(&"Vinh ".repeat(100)).len() < 100);
    }

    #[test]
    fn a_code_has_five_digits_and_a_name_letters() {
        assert_eq!(commune("Vinh Hung", "16681").fault(), None);
        for code in ["1668", "166811", "1668x", "", "١٦٦٨١"] {
            assert!(commune("Vinh Hung", code).fault().is_some(), "{code}");
        }
        assert!(commune(" - ", "16681").fault().is_some());
        for name in ["Ea H'Leo", "Ia O", "Cu M’gar", "Phường 1"] {
            assert_eq!(commune(name, "16681").fault(), None, "{name}");
        }
        for name in
            ["Vinh\" Hung", "Vinh\\ Hung", "Vinh\nHung", "{Vinh}", "<b>Vinh</b>", "Vinh|Hung", &"Vinh ".repeat(13)]
        {
            assert!(commune(name, "16681").fault().is_some(), "{name}");
        }
    }
}
