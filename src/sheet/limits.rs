//! How much a sheet may hold: what no province needs, and would take the stages after this one longer than a moment.

use super::located::{Located, ScalarOr};
use super::raw::{RawList, RawRelation, RawSheet, RawText};
use crate::catalog::LocalizedName;
use crate::diag::ByteSpan;

/// Most facts of a sheet, and most relations; the largest shipped sheet has fewer than a hundred.
const MOST_FACTS: usize = 2_000;
/// Most sources, partners, events, allowances, indicators or places of a sheet, and most entries of a list to count.
const MOST_ENTRIES: usize = 500;
/// Most sources that print one fact, and most places of one event.
const MOST_OF_ONE: usize = 50;
/// The longest text, in characters: a paragraph of a page's length.
const LONGEST_TEXT: usize = 2_000;
/// The longest id or spelling of a place, in characters.
const LONGEST_NAME: usize = 200;
/// The longest address, in characters: what browsers take.
const LONGEST_ADDRESS: usize = 2_000;
/// Most marks that one letter may bear; Vietnamese needs two.
const MOST_MARKS: usize = 8;

/// What is beyond a limit, where, and what to do.
pub(super) struct Excess {
    pub(super) span: ByteSpan,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// Everything in a sheet that is beyond a limit.
pub(super) fn exceeded(raw: &RawSheet) -> Vec<Excess> {
    let mut limits = Limits { found: Vec::new() };
    limits.lists(raw);
    // Of lists without measure, one word is enough.
    if limits.found.is_empty() {
        limits.texts(raw);
    }
    limits.found
}

struct Limits {
    found: Vec<Excess>,
}

impl Limits {
    fn lists(&mut self, raw: &RawSheet) {
        fn starts<T>(list: &[Located<T>]) -> impl Iterator<Item = ByteSpan> {
            list.iter().map(|entry| entry.span)
        }
        self.count("facts", MOST_FACTS, starts(&raw.facts));
        self.count("relations", MOST_FACTS, starts(&raw.relations));
        self.count("sources", MOST_ENTRIES, raw.sources.keys().map(|id| id.span));
        self.count("partners", MOST_ENTRIES, starts(&raw.partners));
        self.count("events", MOST_ENTRIES, starts(&raw.events));
        self.count("allowances", MOST_ENTRIES, starts(&raw.allow));
        self.count("indicators", MOST_ENTRIES, raw.indicators.keys().map(|id| id.span));
        self.count("places", MOST_ENTRIES, raw.places.keys().map(|id| id.span));
        for fact in &raw.facts {
            self.count("sources of one fact", MOST_OF_ONE, fact.printed.keys().map(|id| id.span));
        }
        for event in &raw.events {
            self.count("places of one event", MOST_OF_ONE, starts(&event.places));
        }
        for relation in &raw.relations {
            if let RawRelation::Count { list, .. } = &relation.value
                && let RawList::Places(places) = &list.value
            {
                self.count("places of one list", MOST_ENTRIES, starts(places));
            }
        }
        for place in raw.places.iter().filter(|(_, place)| place.spellings.len() > MOST_OF_ONE) {
            self.count("spellings of one place", MOST_OF_ONE, place.1.spellings.iter().map(|_| place.0.span));
        }
    }

    fn count(&mut self, what: &str, most: usize, places: impl Iterator<Item = ByteSpan>) {
        if let Some(span) = places.skip(most).min_by_key(|span| span.start) {
            let message = format!("more than {most} {what}");
            self.found.push(Excess {
                span,
                message,
                help: "keep to what one province needs; other sheets hold the rest",
            });
        }
    }

    fn texts(&mut self, raw: &RawSheet) {
        self.name(&raw.province, raw.province.span);
        for (id, source) in &raw.sources {
            self.name(id, id.span);
            for text in [&source.title, &source.author].into_iter().flatten() {
                self.text(text, id.span);
            }
            for text in [&source.publisher, &source.description].into_iter().flatten() {
                self.local(text);
            }
            if let Some(url) = &source.url {
                self.length(url, url.span, LONGEST_ADDRESS);
            }
            if let ScalarOr::Mapping(estimate) = &source.published.value {
                self.local(&estimate.why);
            }
        }
        for fact in &raw.facts {
            for name in [Some(&fact.indicator), fact.id.as_ref()].into_iter().flatten() {
                self.name(name, name.span);
            }
            fact.printed.keys().for_each(|id| self.name(id, id.span));
            fact.note.iter().for_each(|note| self.local(note));
        }
        for partner in &raw.partners {
            self.name(&partner.place, partner.place.span);
            self.name(&partner.source, partner.source.span);
            partner.note.iter().for_each(|note| self.local(note));
        }
        for event in &raw.events {
            self.local(&event.event);
            event.places.iter().chain([&event.source]).for_each(|name| self.name(name, name.span));
        }
        for allowance in &raw.allow {
            self.text(&allowance.reason, allowance.reason.span);
            [Some(&allowance.code), allowance.fact.as_ref()]
                .into_iter()
                .flatten()
                .for_each(|name| self.name(name, name.span));
        }
        for relation in &raw.relations {
            if let RawRelation::Count { list, .. } = &relation.value
                && let RawList::Places(places) = &list.value
            {
                for place in places {
                    self.name(place, place.span);
                }
            }
        }
        for (id, indicator) in &raw.indicators {
            self.name(id, id.span);
            indicator.texts().for_each(|text| self.text(text, id.span));
        }
        for (id, place) in &raw.places {
            self.name(id, id.span);
            let LocalizedName { en, vi } = &place.name;
            [en, vi].into_iter().chain(&place.spellings).for_each(|text| self.name(text, id.span));
        }
    }

    fn local(&mut self, text: &Located<RawText>) {
        match &text.value {
            ScalarOr::Scalar(words) => words.iter().for_each(|words| self.text(words, text.span)),
            ScalarOr::Mapping(texts) => texts.values().for_each(|words| self.text(words, text.span)),
        }
    }

    fn text(&mut self, text: &str, span: ByteSpan) {
        self.length(text, span, LONGEST_TEXT);
    }

    fn name(&mut self, text: &str, span: ByteSpan) {
        self.length(text, span, LONGEST_NAME);
    }

    fn length(&mut self, text: &str, span: ByteSpan, most: usize) {
        // A text that is short in bytes needs no counting.
        if text.len() > most && text.chars().count() > most {
            let message = format!("a text of {} characters is too long here", text.chars().count());
            self.found.push(Excess { span, message, help: "shorten it to what a reader needs" });
        } else if is_heaped(text) {
            let message = format!("a letter bears more than {MOST_MARKS} marks");
            self.found.push(Excess { span, message, help: "write the text without the marks that no language needs" });
        }
    }
}

/// Whether marks are heaped on a letter.
fn is_heaped(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut marks = 0;
    text.chars().any(|character| {
        marks = if unicode_normalization::char::is_combining_mark(character) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    })
}
