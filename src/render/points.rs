//! The points to take: what a reader who has a minute should know, most telling first.

use super::context::{Attainment, Growth, PartnersPoint, Point, Shared, ThemePoint};
use super::markdown::escape;
use super::notes::Notes;
use super::ranking::{names, ranking};
use super::terms::fill;
use super::trace::traced;
use super::words::Words;
use crate::catalog::{Catalog, Place, PlaceKind};
use crate::check::{CheckedFact, RelationReport};
use crate::compare::{Comparison, Known, Row, Standing};
use crate::diag::Bounds;
use crate::figure::Decimal;
use std::collections::BTreeSet;

/// Most points.
const MOST_POINTS: usize = 5;
/// Most figures of a theme in one point.
const FIGURES_OF_A_THEME: usize = 2;
/// What a relation to a plan or to the year before adds to an indicator's weight: it tells more than the figure alone.
const RELATION_BONUS: u32 = 10;
/// What a place among several provinces adds.
const STANDING_BONUS: u32 = 5;
/// Fewest provinces among which a place is worth a point: first of two says little.
const LEAST_RANKED: usize = 3;
/// The indicator that counts partners.
const PARTNERS: &str = "partner-localities";

/// A point before it is put into words.
enum Candidate<'a> {
    Attainment(&'a RelationReport, &'a CheckedFact),
    Growth(&'a RelationReport, &'a CheckedFact),
    Standing(&'a Row),
    Partners(Option<&'a CheckedFact>),
    Theme(Vec<&'a CheckedFact>),
}

/// The points of a province.
pub(super) fn points(
    comparison: &Comparison,
    catalog: &Catalog,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Vec<Point> {
    let Some(known) = comparison.columns.get(column).and_then(|column| column.known()) else { return Vec::new() };
    let chosen = choose(comparison, catalog, known, column);
    chosen
        .into_iter()
        .filter_map(|candidate| match candidate {
            Candidate::Attainment(relation, fact) => attainment(known, relation, fact, column, words, notes),
            Candidate::Growth(relation, fact) => growth(known, relation, fact, column, words, notes),
            Candidate::Standing(row) => standing(row, Some(column), words, notes),
            Candidate::Partners(fact) => partners(comparison, catalog, fact, column, words, notes),
            Candidate::Theme(facts) => theme(catalog, &facts, column, words, notes),
        })
        .collect()
}

/// The points of the comparative briefing: where the most provinces may be ranked.
pub(super) fn comparative_points(comparison: &Comparison, words: &Words, notes: &mut Notes) -> Vec<Point> {
    let mut rows: Vec<(usize, u32, &Row)> = comparison
        .rows
        .iter()
        .filter(|row| !row.indicator.background)
        .filter_map(|row| match &row.standing {
            Standing::Ranked { places, .. } => Some((places.len(), row.indicator.weight, row)),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|(count, weight, _)| std::cmp::Reverse((*count, *weight)));
    rows.truncate(MOST_POINTS);
    rows.into_iter().filter_map(|(_, _, row)| standing(row, None, words, notes)).collect()
}

fn choose<'a>(comparison: &'a Comparison, catalog: &Catalog, known: &'a Known, column: usize) -> Vec<Candidate<'a>> {
    let mut weighed: Vec<(u32, BTreeSet<&str>, Candidate<'a>)> = Vec::new();
    for relation in &known.relations {
        let fact = |role: &str| relation.roles.get(role).and_then(|id| known.fact(id));
        let (found, candidate): (Option<&CheckedFact>, fn(_, _) -> Candidate<'a>) = match relation.kind {
            "attainment" => (fact("actual").filter(|_| fact("percent").is_some()), Candidate::Attainment),
            "growth" => (fact("current").filter(|_| fact("rate").is_some()), Candidate::Growth),
            _ => continue,
        };
        if let Some(found) = found {
            let about = BTreeSet::from([found.indicator.id.as_str()]);
            weighed.push((found.indicator.weight + RELATION_BONUS, about, candidate(relation, found)));
        }
    }
    for row in comparison.rows.iter().filter(|row| !row.indicator.background) {
        if let Standing::Ranked { places, .. } = &row.standing
            && places.len() >= LEAST_RANKED
            && places.iter().any(|place| place.column == column)
        {
            let weight = row.indicator.weight + STANDING_BONUS;
            weighed.push((weight, BTreeSet::from([row.indicator.id.as_str()]), Candidate::Standing(row)));
        }
    }
    let counted = known.latest(PARTNERS);
    let localities = known.partners.iter().filter(|partner| partner.place.kind == PlaceKind::Locality).count();
    if counted.is_some() || localities > 1 {
        let weight = catalog.indicators.get(PARTNERS).map_or(0, |indicator| indicator.weight);
        weighed.push((weight, BTreeSet::from([PARTNERS]), Candidate::Partners(counted)));
    }
    for theme in catalog.indicators.themes() {
        let facts = theme_facts(known, &theme.id);
        let Some(first) = facts.first() else { continue };
        let about = facts.iter().map(|fact| fact.indicator.id.as_str()).collect();
        weighed.push((first.indicator.weight, about, Candidate::Theme(facts)));
    }
    weighed.sort_by_cached_key(|(weight, about, _)| {
        (std::cmp::Reverse(*weight), about.first().map(|id| (*id).to_owned()))
    });
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut chosen = Vec::new();
    for (_, about, candidate) in weighed {
        if chosen.len() == MOST_POINTS {
            break;
        }
        // What a theme's figures still have to say after other points took some of them.
        let candidate = match candidate {
            Candidate::Theme(mut facts) => {
                facts.retain(|fact| !told.contains(fact.indicator.id.as_str()));
                facts.truncate(FIGURES_OF_A_THEME);
                if facts.is_empty() {
                    continue;
                }
                told.extend(facts.iter().map(|fact| fact.indicator.id.as_str()));
                Candidate::Theme(facts)
            }
            other if about.is_disjoint(&told) => {
                told.extend(about);
                other
            }
            _ => continue,
        };
        chosen.push(candidate);
    }
    chosen
}

/// The weightiest figures of a theme that are of one time and have a sentence.
fn theme_facts<'a>(known: &'a Known, theme: &str) -> Vec<&'a CheckedFact> {
    let mut facts: Vec<&CheckedFact> = known
        .facts
        .iter()
        .filter(|fact| fact.indicator.theme == theme && fact.indicator.sentence.is_some())
        .filter(|fact| !fact.indicator.background && fact.indicator.id != PARTNERS)
        .filter(|fact| known.latest(&fact.indicator.id).is_some_and(|latest| latest.id == fact.id))
        .collect();
    facts.sort_by_cached_key(|fact| (std::cmp::Reverse(fact.indicator.weight), fact.id.clone()));
    let time = facts.first().map(|fact| fact.time);
    facts.retain(|fact| Some(fact.time) == time);
    facts
}

/// The fact's figure in its indicator's sentence, or after its label.
fn sentence(fact: &CheckedFact, words: &Words) -> String {
    let figure = words.figure(fact);
    match &fact.indicator.sentence {
        Some(sentence) => {
            fill(&traced(sentence.get(words.language)), &[("figure", &figure), ("locality", words.subject())])
        }
        None => format!("{}: {figure}", traced(fact.indicator.label(words.language))),
    }
}

fn point(fact: &CheckedFact, words: &Words) -> Point {
    Point { label: traced(fact.indicator.label(words.language)), ..Point::default() }
}

/// The figure that the relation derives in a role, noted as derived.
fn derived(
    relation: &RelationReport,
    role: &str,
    fact: &CheckedFact,
    words: &Words,
    notes: &mut Notes,
) -> Option<String> {
    let derived = relation.derived.as_ref().filter(|derived| derived.role == role)?;
    notes.derived();
    Some(words.derived(derived.bounds, fact.unit(), derived.whole))
}

fn attainment(
    known: &Known,
    relation: &RelationReport,
    fact: &CheckedFact,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Option<Point> {
    let percent = known.fact(relation.roles.get("percent")?)?;
    let plan = derived(relation, "plan", fact, words, notes);
    let hundred = Some(Decimal::ONE_HUNDRED);
    let Bounds { lower, upper } = percent.bounds();
    let attainment = Attainment {
        sentence: sentence(fact, words),
        during: words.during(fact.time),
        percent: words.figure(percent),
        above: lower > hundred,
        below: upper < hundred && upper.is_some(),
        plan,
        marks: notes.marks(column, fact.sources().into_iter().chain(percent.sources())),
    };
    Some(Point { attainment: Some(attainment), ..point(fact, words) })
}

fn growth(
    known: &Known,
    relation: &RelationReport,
    fact: &CheckedFact,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Option<Point> {
    let rate = known.fact(relation.roles.get("rate")?)?;
    let figure = rate.figure()?;
    let previous = derived(relation, "previous", fact, words, notes);
    let growth = Growth {
        sentence: sentence(fact, words),
        during: words.during(fact.time),
        change: words.change(figure),
        fell: figure.ends().0.is_sign_negative(),
        previous,
        marks: notes.marks(column, fact.sources().into_iter().chain(rate.sources())),
    };
    Some(Point { growth: Some(growth), ..point(fact, words) })
}

fn standing(row: &Row, own: Option<usize>, words: &Words, notes: &mut Notes) -> Option<Point> {
    let ranking = ranking(row, own, words, notes)?;
    Some(Point { label: ranking.label.clone(), standing: Some(ranking), ..Point::default() })
}

fn partners(
    comparison: &Comparison,
    catalog: &Catalog,
    counted: Option<&CheckedFact>,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Option<Point> {
    let known = comparison.columns.get(column)?.known()?;
    let localities =
        || known.partners.iter().map(|partner| &partner.place).filter(|place| place.kind == PlaceKind::Locality);
    let mut countries: Vec<&Place> = Vec::new();
    for country in localities().filter_map(|place| catalog.places.country_of(&place.id)) {
        if !countries.iter().any(|known| known.id == country.id) {
            countries.push(country);
        }
    }
    if countries.is_empty() {
        return None;
    }
    let names: Vec<String> = countries.iter().map(|country| words.place(country)).collect();
    let places: Vec<String> = localities().map(|place| traced(place.name(words.language))).collect();
    let marks = match counted {
        Some(fact) => notes.fact(column, fact),
        None => notes.marks(column, known.partners.iter().map(|partner| partner.source.as_str())),
    };
    let partners = PartnersPoint {
        sentence: counted.map(|fact| sentence(fact, words)),
        places: words.list(&places),
        countries: words.list(&names),
        country_count: words.count(names.len()),
        one_country: names.len() == 1,
        shared: shared_with(comparison, column, words),
        marks,
    };
    let label = traced(catalog.indicators.get(PARTNERS)?.label(words.language));
    Some(Point { label, partners: Some(partners), ..Point::default() })
}

/// The partners that a province shares, each with the other provinces.
pub(super) fn shared_with(comparison: &Comparison, column: usize, words: &Words) -> Vec<Shared> {
    words
        .shared_partners(comparison)
        .iter()
        .filter(|shared| shared.columns.contains(&column))
        .map(|shared| {
            let others: Vec<usize> = shared.columns.iter().copied().filter(|other| *other != column).collect();
            Shared { place: traced(shared.place.name(words.language)), provinces: names(&others, words) }
        })
        .collect()
}

fn theme(catalog: &Catalog, facts: &[&CheckedFact], column: usize, words: &Words, notes: &mut Notes) -> Option<Point> {
    let first = facts.first()?;
    let theme = catalog.indicators.themes().iter().find(|theme| theme.id == first.indicator.theme)?;
    let sentences: Vec<String> = facts.iter().map(|fact| escape(&sentence(fact, words))).collect();
    let marks = notes.marks(column, facts.iter().flat_map(|fact| fact.sources()));
    let derived = if facts.iter().any(|fact| fact.is_derived()) { notes.derived() } else { "" };
    let theme = ThemePoint {
        theme: traced(theme.name.get(words.language)),
        during: words.during(first.time),
        sentences: words.list(&sentences),
        marks: format!("{marks}{derived}"),
    };
    Some(Point { theme: Some(theme), ..point(first, words) })
}
