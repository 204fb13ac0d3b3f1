//! What a sheet had said by the end of a quarter.

use crate::calendar::Quarter;
use crate::catalog::{Catalog, Locality, Province};
use crate::check::{CheckedEvent, CheckedFact, CheckedPartner, CheckedSheet, RelationReport};
use crate::diag::Diagnostic;
use crate::sheet::Source;
use std::collections::{BTreeMap, BTreeSet};

/// One province or commune in the comparison.
#[derive(Debug)]
pub struct Column {
    /// The province or commune.
    pub locality: Locality,
    /// The province that holds its territory at the quarter's end, if it was merged by then.
    pub merged_into: Option<Province>,
    /// What is known of it.
    pub status: Status,
}

/// Whether a province's figures can be shown.
#[derive(Debug)]
pub enum Status {
    /// Its sheet passed the checks.
    Known(Box<Known>),
    /// Its sheet has errors: none of its figures is shown.
    Withheld,
}

/// A checked sheet as it was known by the end of a quarter.
#[derive(Debug)]
pub struct Known {
    /// The facts.
    pub facts: Vec<CheckedFact>,
    /// The ids of those that were not known, or not from these sources, a quarter earlier.
    pub new: BTreeSet<String>,
    /// Localities and bodies abroad with agreements.
    pub partners: Vec<CheckedPartner>,
    /// What happened with places abroad.
    pub events: Vec<CheckedEvent>,
    /// The sources.
    pub sources: BTreeMap<String, Source>,
    /// The relations, all of whose facts were known.
    pub relations: Vec<RelationReport>,
    /// What is doubtful.
    pub warnings: Vec<Diagnostic>,
    /// What the sheet allows: code and reason.
    pub allowed: Vec<(&'static str, String)>,
}

impl Column {
    pub(super) fn new(
        locality: &Locality,
        sheet: Option<&CheckedSheet>,
        catalog: &Catalog,
        quarter: Quarter,
    ) -> Column {
        let merged_into = catalog.provinces.successor_of(&locality.id, quarter.last_day()).cloned();
        let status = match sheet {
            Some(sheet) => Status::Known(Box::new(Known::new(sheet, quarter))),
            None => Status::Withheld,
        };
        Column { locality: locality.clone(), merged_into, status }
    }

    /// What is known, unless it is withheld.
    pub fn known(&self) -> Option<&Known> {
        match &self.status {
            Status::Known(known) => Some(known),
            Status::Withheld => None,
        }
    }
}

impl Known {
    fn new(sheet: &CheckedSheet, quarter: Quarter) -> Known {
        let (day, day_before) = (quarter.last_day(), quarter.previous().last_day());
        let facts: Vec<CheckedFact> = sheet.facts.iter().filter_map(|fact| fact.known_on(day)).collect();
        let new = facts
            .iter()
            .filter(|fact| {
                let earlier = fact.known_on(day_before);
                earlier.is_none_or(|earlier| earlier.sources() != fact.sources())
            })
            .map(|fact| fact.id.clone())
            .collect();
        let ids: BTreeSet<&str> = facts.iter().map(|fact| fact.id.as_str()).collect();
        let relations = sheet
            .relations
            .iter()
            .filter(|relation| relation.facts.iter().all(|id| ids.contains(id.as_str())))
            .cloned()
            .collect();
        let known_sources = sheet.sources.iter().filter(|(_, source)| source.published.latest <= day);
        Known {
            new,
            partners: sheet.partners.iter().filter(|partner| partner.known_from <= day).cloned().collect(),
            events: sheet.events.iter().filter(|event| event.known_from <= day).cloned().collect(),
            sources: known_sources.map(|(id, source)| (id.clone(), source.clone())).collect(),
            relations,
            warnings: sheet.warnings.clone(),
            allowed: sheet.allowed.iter().map(|allowed| (allowed.diagnostic.code, allowed.reason.clone())).collect(),
            facts,
        }
    }

    /// The fact of an id.
    pub fn fact(&self, id: &str) -> Option<&CheckedFact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The latest fact of an indicator: the one whose time ends last, the longer of two that end together.
    pub fn latest(&self, indicator: &str) -> Option<&CheckedFact> {
        self.facts.iter().filter(|fact| fact.indicator.id == indicator).max_by_key(|fact| {
            let span = fact.time.span();
            (span.end_latest, std::cmp::Reverse(span.start))
        })
    }

    /// The facts that no relation holds closely and no second source prints.
    pub fn unchecked(&self) -> impl Iterator<Item = &CheckedFact> {
        self.facts.iter().filter(|fact| {
            let related = self.relations.iter().any(|relation| relation.holds(&fact.id));
            !fact.is_derived() && fact.sources().len() < 2 && !related
        })
    }
}
