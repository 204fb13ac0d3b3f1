//! What a province's sheet says that it did not say a quarter earlier.

use super::context::{Change, EventLine, NewPartner, News, Revised};
use super::notes::Notes;
use super::trace::traced;
use super::words::Words;
use crate::catalog::{Catalog, PlaceKind};
use crate::check::{CheckedEvent, CheckedFact, Time};
use crate::compare::{Comparison, Known, Revision, RevisionKind};

/// What is new or changed, of the provinces of some columns in their order.
pub(super) fn news(
    comparison: &Comparison,
    catalog: &Catalog,
    columns: &[usize],
    words: &Words,
    notes: &mut Notes,
) -> News {
    let mut news = News::default();
    for column in columns {
        let Some(known) = comparison.columns.get(*column).and_then(|column| column.known()) else { continue };
        let province = words.column_name(*column).to_owned();
        let of_note = |fact: &&CheckedFact| !fact.indicator.background && !fact.is_derived();
        for fact in known.facts.iter().filter(of_note) {
            if known.new.contains(&fact.id) {
                news.changes.push(change(province.clone(), fact, *column, words, notes));
            } else if let Some(revision) = known.revised.get(&fact.id) {
                news.revisions.push(revised(province.clone(), revision, fact, *column, words, notes));
            }
        }
        news.new_partners.extend(partners(&province, known, catalog, *column, words, notes));
        let events = known.new_events.iter().filter_map(|event| event_line(event, &province, *column, words, notes));
        news.new_events.extend(events);
    }
    news.any_new = !(news.changes.is_empty() && news.new_partners.is_empty() && news.new_events.is_empty());
    news.any_changes = news.any_new || !news.revisions.is_empty();
    news
}

fn change(province: String, fact: &CheckedFact, column: usize, words: &Words, notes: &mut Notes) -> Change {
    Change {
        province,
        label: traced(fact.indicator.label(words.language)),
        figure: words.figure(fact),
        period: words.short(fact.time),
        marks: notes.fact(column, fact),
    }
}

fn revised(
    province: String,
    revision: &Revision,
    fact: &CheckedFact,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Revised {
    let Revision { before, kind } = revision;
    Revised {
        province,
        label: traced(fact.indicator.label(words.language)),
        period: words.short(fact.time),
        before: words.figure(before),
        before_marks: notes.fact(column, before),
        figure: words.figure(fact),
        marks: notes.fact(column, fact),
        more_exact: *kind == RevisionKind::MoreExact,
        less_exact: *kind == RevisionKind::LessExact,
    }
}

fn partners(
    province: &str,
    known: &Known,
    catalog: &Catalog,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Vec<NewPartner> {
    let line = |partner: &crate::check::CheckedPartner| {
        let place = &partner.place;
        let country = catalog.places.country_of(&place.id).filter(|_| place.kind != PlaceKind::Country);
        NewPartner {
            province: province.to_owned(),
            place: traced(place.name(words.language)),
            country: country.map(|country| traced(country.name(words.language))),
            marks: notes.mark(column, &partner.source),
        }
    };
    known.new_partners.iter().map(line).collect()
}

/// An event; none where the sheet does not tell it in the language.
pub(super) fn event_line(
    event: &CheckedEvent,
    province: &str,
    column: usize,
    words: &Words,
    notes: &mut Notes,
) -> Option<EventLine> {
    let places: Vec<String> = event.places.iter().map(|place| traced(place.name(words.language))).collect();
    Some(EventLine {
        province: province.to_owned(),
        event: event.event.in_language(words.language).map(traced)?,
        places: words.list(&places),
        period: words.short(Time::Over(event.span)),
        marks: notes.mark(column, &event.source),
    })
}
