//! What a sheet had said by the end of a quarter.

use crate::calendar::Quarter;
use crate::catalog::{Catalog, Locality, Province};
use crate::check::{CheckedEvent, CheckedFact, CheckedPartner, CheckedSheet, RelationReport};
use crate::diag::Diagnostic;
use crate::sheet::Source;
use chrono::NaiveDate;
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
    /// The ids of those for which no figure was known a quarter earlier.
    pub new: BTreeSet<String>,
    /// What the others became of what they were a quarter earlier, by id. A figure that a further source confirms is not here.
    pub revised: BTreeMap<String, Revision>,
    /// Localities and bodies abroad with agreements.
    pub partners: Vec<CheckedPartner>,
    /// What happened with places abroad.
    pub events: Vec<CheckedEvent>,
    /// The partners of which nothing was known a quarter earlier.
    pub new_partners: Vec<CheckedPartner>,
    /// The events of which nothing was known a quarter earlier.
    pub new_events: Vec<CheckedEvent>,
    /// The sources.
    pub sources: BTreeMap<String, Source>,
    /// The relations, all of whose facts were known.
    pub relations: Vec<RelationReport>,
    /// What is doubtful.
    pub warnings: Vec<Diagnostic>,
    /// What the sheet allows: code and reason.
    pub allowed: Vec<(&'static str, String)>,
    /// The places of the latest facts, by the ids of their indicators.
    latest: BTreeMap<String, usize>,
}

/// A figure that another one replaced within the quarter.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The fact as it was known a quarter earlier.
    pub before: CheckedFact,
    /// How the figure that stands now is to the one that stood then.
    pub kind: RevisionKind,
}

/// How a figure is to the one that it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionKind {
    /// It says something else: 1,160 for 1,155.
    Revised,
    /// It says the same more exactly: 9.98 for "nearly 10".
    MoreExact,
    /// It says the same less exactly.
    LessExact,
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
        let (mut new, mut revised) = (BTreeSet::new(), BTreeMap::new());
        for fact in &facts {
            // What a source prints of a period up to its publication is of a longer period when a later one does.
            match fact.known_on(day_before).filter(|before| before.time == fact.time) {
                None => {
                    new.insert(fact.id.clone());
                }
                Some(before) => {
                    if let Some(kind) = revision(&before, fact) {
                        revised.insert(fact.id.clone(), Revision { before, kind });
                    }
                }
            }
        }
        let ids: BTreeSet<&str> = facts.iter().map(|fact| fact.id.as_str()).collect();
        let relations = sheet
            .relations
            .iter()
            .filter(|relation| relation.facts.iter().all(|id| ids.contains(id.as_str())))
            .cloned()
            .collect();
        let is_about_known = |diagnostic: &Diagnostic| diagnostic.facts.iter().all(|id| ids.contains(id.as_str()));
        let allowed = sheet.allowed.iter().filter(|allowed| is_about_known(&allowed.diagnostic));
        let partners: Vec<CheckedPartner> =
            sheet.partners.iter().filter(|partner| partner.known_from <= day).cloned().collect();
        let events: Vec<CheckedEvent> = sheet.events.iter().filter(|event| event.known_from <= day).cloned().collect();
        let known_sources = sheet.sources.iter().filter(|(_, source)| source.published.latest <= day);
        Known {
            new,
            revised,
            new_partners: news(&partners, day_before, |partner| partner.known_from, |partner| partner.place.id.clone()),
            new_events: news(&events, day_before, |event| event.known_from, |event| (event.event.clone(), event.span)),
            sources: known_sources.map(|(id, source)| (id.clone(), source.clone())).collect(),
            relations,
            warnings: sheet.warnings.iter().filter(|warning| is_about_known(warning)).cloned().collect(),
            allowed: allowed.map(|allowed| (allowed.diagnostic.code, allowed.reason.clone())).collect(),
            partners,
            events,
            latest: latest(&facts),
            facts,
        }
    }

    /// The fact of an id.
    pub fn fact(&self, id: &str) -> Option<&CheckedFact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The latest fact of an indicator: the one whose time ends last, the longer of two that end together.
    pub fn latest(&self, indicator: &str) -> Option<&CheckedFact> {
        self.facts.get(*self.latest.get(indicator)?)
    }

    /// The facts that no relation holds closely and no second source prints.
    pub fn unchecked(&self) -> impl Iterator<Item = &CheckedFact> {
        self.facts.iter().filter(|fact| {
            let related = self.relations.iter().any(|relation| relation.holds(&fact.id));
            !fact.is_derived() && fact.sources().len() < 2 && !related
        })
    }
}

/// The places of the latest facts, by the ids of their indicators; of equals the last.
fn latest(facts: &[CheckedFact]) -> BTreeMap<String, usize> {
    let rank = |fact: &CheckedFact| {
        let span = fact.time.span();
        (span.end_latest, std::cmp::Reverse(span.start))
    };
    let mut latest: BTreeMap<String, usize> = BTreeMap::new();
    for (place, fact) in facts.iter().enumerate() {
        match latest.get_mut(&fact.indicator.id) {
            Some(known) if facts.get(*known).is_some_and(|known| rank(known) > rank(fact)) => {}
            Some(known) => *known = place,
            None => {
                latest.insert(fact.indicator.id.clone(), place);
            }
        }
    }
    latest
}

/// How a printed fact differs from what it was; nothing if it says the same, or is derived.
fn revision(before: &CheckedFact, now: &CheckedFact) -> Option<RevisionKind> {
    let (old, new) = (before.figure()?, now.figure()?);
    if old.says_the_same_as(new) {
        return None;
    }
    let (old, new) = (old.expected(), new.expected());
    match (old.encloses(&new), new.encloses(&old)) {
        // Other words for one range.
        (true, true) => None,
        (true, false) => Some(RevisionKind::MoreExact),
        (false, true) => Some(RevisionKind::LessExact),
        (false, false) => Some(RevisionKind::Revised),
    }
}

/// What nothing that was known on a day is the same as, each once.
fn news<T: Clone, K: PartialEq>(
    all: &[T],
    day_before: NaiveDate,
    known_from: impl Fn(&T) -> NaiveDate,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut told: Vec<K> = all.iter().filter(|item| known_from(item) <= day_before).map(&key).collect();
    let mut new = Vec::new();
    for item in all {
        let key = key(item);
        if !told.contains(&key) {
            told.push(key);
            new.push(item.clone());
        }
    }
    new
}
