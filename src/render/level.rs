//! What a document compares, in words: provinces, or the communes of one.

use super::terms::{KindTerms, LevelTerms, Terms, fill};
use super::told::Told;
use super::trace::{self, traced};
use super::words::Words;
use crate::catalog::{CommuneKind, Group, Locality};
use crate::compare::Comparison;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the localities of a document are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    kind: LevelKind,
    /// The name of the province in which the communes lie; nothing where provinces are compared.
    province: Option<String>,
    /// What tells those of one name apart, by the id of the locality.
    marks: BTreeMap<String, Mark>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum LevelKind {
    #[default]
    Provinces,
    Communes,
    /// Communes with a special zone among them: Vietnamese names all three kinds then.
    CommunesAndSpecialZones,
}

/// What tells a commune from another of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    /// The word for its kind, which none of the others is of.
    Kind(String),
    /// Its code.
    Code(String),
}

impl Words {
    /// The same words for the localities of a comparison.
    pub(super) fn about(&self, comparison: &Comparison) -> Words {
        let mut words = Words { level: Arc::new(self.level_of(comparison)), ..self.clone() };
        words.told = Arc::new(Told::new(comparison, &words));
        words
    }

    /// The same words for the document about one of them, by its column.
    pub(super) fn of_column(&self, comparison: &Comparison, column: usize) -> Words {
        let own = comparison.columns.get(column);
        let subject = own.map(|own| self.kind(&own.locality).locality.clone()).unwrap_or_default();
        Words { subject, ..self.clone() }
    }

    fn level_of(&self, comparison: &Comparison) -> Level {
        let localities = || comparison.columns.iter().map(|column| &column.locality);
        let Some(Group::Communes(_)) = localities().next().map(Locality::group) else { return Level::default() };
        let has_zones = localities().filter_map(|locality| locality.commune.as_ref());
        let has_zones = has_zones.into_iter().any(|commune| commune.kind == CommuneKind::SpecialZone);
        let mut namesakes: BTreeMap<&str, Vec<&Locality>> = BTreeMap::new();
        for locality in localities() {
            namesakes.entry(locality.name(self.language)).or_default().push(locality);
        }
        let mut marks = BTreeMap::new();
        for namesakes in namesakes.values().filter(|namesakes| namesakes.len() > 1) {
            for locality in namesakes {
                let Some(commune) = &locality.commune else { continue };
                let of_kind =
                    |other: &&&Locality| other.commune.as_ref().is_some_and(|other| other.kind == commune.kind);
                let mark = if namesakes.iter().filter(of_kind).count() == 1 {
                    Mark::Kind(self.kind(locality).locality.clone())
                } else {
                    Mark::Code(trace::number(&commune.code))
                };
                marks.insert(locality.id.clone(), mark);
            }
        }
        Level {
            kind: if has_zones { LevelKind::CommunesAndSpecialZones } else { LevelKind::Communes },
            province: localities().next().map(|locality| traced(locality.province.name(self.language))),
            marks,
        }
    }

    /// The word for what the document is about: "province", "ward".
    pub(super) fn subject(&self) -> &str {
        &self.subject
    }

    /// The words of the level.
    pub(super) fn level(&self) -> &LevelTerms {
        level_terms(&self.terms, self.level.kind)
    }

    /// A term in which the level's words are filled in, and these values.
    pub(super) fn fill_level(&self, term: &str, values: &[(&str, &str)]) -> String {
        let level = self.level();
        let all = self.all_localities();
        let mut filled = vec![
            ("locality", level.locality.as_str()),
            ("localities", level.localities.as_str()),
            ("all_localities", all.as_str()),
        ];
        filled.extend_from_slice(values);
        fill(term, &filled)
    }

    /// The province in which the communes lie; nothing where provinces are compared.
    pub(super) fn province(&self) -> Option<String> {
        self.level.province.clone()
    }

    /// All that are compared: "all provinces", "the communes of Nghe An".
    pub(super) fn all_localities(&self) -> String {
        self.of_province(&self.level().all)
    }

    /// The title of the comparison.
    pub(super) fn comparison_title(&self) -> String {
        self.of_province(&self.level().compared)
    }

    fn of_province(&self, term: &str) -> String {
        fill(term, &[("province", self.level.province.as_deref().unwrap_or_default())])
    }

    /// So many localities: "twelve provinces".
    pub(super) fn counted(&self, number: usize) -> String {
        let level = self.level();
        let noun = if number == 1 { &level.locality } else { &level.localities };
        fill(&self.terms.counted, &[("count", &self.count(number)), ("localities", noun)])
    }

    /// The name of a locality among those that it is compared with.
    pub(super) fn name(&self, locality: &Locality) -> String {
        let name = traced(locality.name(self.language));
        match self.level.marks.get(&locality.id) {
            Some(Mark::Kind(mark) | Mark::Code(mark)) => self.apart(&name, mark),
            None => name,
        }
    }

    /// The name of a locality by itself, in a sentence: a commune's with its kind and its province.
    pub(super) fn full_name(&self, locality: &Locality) -> String {
        let name = traced(locality.name(self.language));
        let province = traced(locality.province.name(self.language));
        let full = fill(&self.kind(locality).full_name, &[("name", &name), ("province", &province)]);
        match self.level.marks.get(&locality.id) {
            Some(Mark::Code(code)) => self.apart(&full, code),
            _ => full,
        }
    }

    fn apart(&self, name: &str, mark: &str) -> String {
        fill(&self.terms.apart, &[("name", name), ("mark", mark)])
    }

    /// The words for what a locality is.
    pub(super) fn kind(&self, locality: &Locality) -> &KindTerms {
        let kinds = &self.terms.kinds;
        match locality.commune.as_ref().map(|commune| commune.kind) {
            None => &kinds.province,
            Some(CommuneKind::Commune) => &kinds.commune,
            Some(CommuneKind::Ward) => &kinds.ward,
            Some(CommuneKind::SpecialZone) => &kinds.special_zone,
        }
    }
}

fn level_terms(terms: &Terms, kind: LevelKind) -> &LevelTerms {
    match kind {
        LevelKind::Provinces => &terms.levels.provinces,
        LevelKind::Communes => &terms.levels.communes,
        LevelKind::CommunesAndSpecialZones => &terms.levels.communes_and_special_zones,
    }
}
