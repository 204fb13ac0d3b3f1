//! Rankings, partners, events and changes.

use crate::render::script::view::fields;
use serde::Serialize;

/// Provinces in order.
#[allow(clippy::struct_excessive_bools)] // templates can test a field, and compare nothing
#[derive(Debug, Clone, Serialize)]
pub struct Ranking {
    /// The indicator.
    pub label: String,
    /// This briefing's province's place in words, or null in the comparative briefing.
    pub ordinal: Option<String>,
    /// Whether it is the first.
    pub is_first: bool,
    /// Whether the first place is one province's alone.
    pub leads: bool,
    /// Whether another has the same place.
    pub is_shared: bool,
    /// How many provinces report it, in words.
    pub count: String,
    /// Whether the figures are per year.
    pub per_year: bool,
    /// The provinces with their figures, greatest first, as a list; of many the first, then the briefing's own.
    pub entries_md: String,
    /// The first province.
    pub leader: String,
    /// How many times the second's (or this province's) figure the leader's is, at least; null if it is near.
    pub times: Option<String>,
    /// The province that the leader is held against.
    pub against: String,
}

/// Provinces that report an indicator and may not be ranked.
#[derive(Debug, Serialize)]
pub struct NotRanked {
    /// The indicator.
    pub label: String,
    /// Why.
    pub reason: String,
}

/// Indicators that a reader might take for one another.
#[derive(Debug, Serialize)]
pub struct NotTheSame {
    /// This province's indicator.
    pub own: String,
    /// Its time.
    pub own_period: String,
    /// The other province.
    pub peer: String,
    /// The other indicator.
    pub other: String,
    /// Its time.
    pub other_period: String,
}

/// Partners in one country.
#[derive(Debug, Serialize)]
pub struct CountryPartners {
    /// The country.
    pub country: String,
    /// The partners, as a list.
    pub places: String,
    /// Source numbers.
    pub marks: String,
}

/// What several provinces have in common: a place that they deal with, or an indicator that they report.
#[derive(Debug, Clone, Serialize)]
pub struct Shared {
    /// The place or the indicator.
    pub place: String,
    /// The provinces, as a list; in a province's briefing the others. Of many the first, and how many more.
    pub provinces: String,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct EventLine {
    /// The province.
    pub province: String,
    /// What it was.
    pub event: String,
    /// Where, as a list.
    pub places: String,
    /// When.
    pub period: String,
    /// Source numbers.
    pub marks: String,
}

/// What the last quarter's briefing did not have, or had otherwise.
#[derive(Debug, Default, Serialize)]
pub struct News {
    /// Figures for what had none.
    pub changes: Vec<Change>,
    /// Figures that replaced others.
    pub revisions: Vec<Revised>,
    /// Partners that no source had named.
    pub new_partners: Vec<NewPartner>,
    /// Events that no source had told.
    pub new_events: Vec<EventLine>,
    /// Whether there is a new figure, partner or event.
    pub any_new: bool,
    /// Whether there is that, or a figure that replaced another.
    pub any_changes: bool,
}

/// A figure that the last quarter's briefing did not have.
#[derive(Debug, Serialize)]
pub struct Change {
    /// The province, in the comparative briefing.
    pub province: String,
    /// The indicator.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// When.
    pub period: String,
    /// Source numbers.
    pub marks: String,
}

/// A figure that replaced the one of the last quarter's briefing.
#[derive(Debug, Serialize)]
pub struct Revised {
    /// The province, in the comparative briefing.
    pub province: String,
    /// The indicator.
    pub label: String,
    /// When.
    pub period: String,
    /// The figure of the last quarter's briefing.
    pub before: String,
    /// Its source numbers.
    pub before_marks: String,
    /// The figure now.
    pub figure: String,
    /// Its source numbers.
    pub marks: String,
    /// Whether it says the same more exactly: 9.98 for "nearly 10".
    pub more_exact: bool,
    /// Whether it says the same less exactly.
    pub less_exact: bool,
}

/// A partner that the last quarter's briefing did not have.
#[derive(Debug, Serialize)]
pub struct NewPartner {
    /// The province, in the comparative briefing.
    pub province: String,
    /// The partner.
    pub place: String,
    /// Its country; null where it is one, or of none.
    pub country: Option<String>,
    /// Source number.
    pub marks: String,
}

fields! {
    Ranking { label, ordinal, is_first, leads, is_shared, count, per_year, entries_md, leader, times, against }
    NotRanked { label, reason }
    NotTheSame { own, own_period, peer, other, other_period }
    CountryPartners { country, places, marks }
    Shared { place, provinces }
    EventLine { province, event, places, period, marks }
    News { changes, revisions, new_partners, new_events, any_new, any_changes }
    Change { province, label, figure, period, marks }
    Revised { province, label, period, before, before_marks, figure, marks, more_exact, less_exact }
    NewPartner { province, place, country, marks }
}
