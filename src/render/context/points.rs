//! The points to take.

use super::{Ranking, Shared};
use crate::render::script::view::fields;
use serde::Serialize;

/// A point to take: exactly one of its kinds is there.
#[derive(Debug, Default, Serialize)]
pub struct Point {
    /// The indicator's label.
    pub label: String,
    /// A plan and what was reached of it.
    pub attainment: Option<Attainment>,
    /// A rise or a fall.
    pub growth: Option<Growth>,
    /// The province's place among its peers.
    pub standing: Option<Ranking>,
    /// Partners abroad.
    pub partners: Option<PartnersPoint>,
    /// The main figures of a theme.
    pub theme: Option<ThemePoint>,
}

/// A plan and what was reached of it.
#[derive(Debug, Serialize)]
pub struct Attainment {
    /// The figure in a sentence.
    pub sentence: String,
    /// When.
    pub during: String,
    /// The share of the plan.
    pub percent: String,
    /// Whether more than the plan was reached.
    pub above: bool,
    /// Whether less than the plan was reached.
    pub below: bool,
    /// The plan, if it is derived.
    pub plan: Option<String>,
    /// Source numbers.
    pub marks: String,
}

/// A rise or a fall.
#[derive(Debug, Serialize)]
pub struct Growth {
    /// The figure in a sentence.
    pub sentence: String,
    /// When.
    pub during: String,
    /// By how much, said as a rise or a fall.
    pub change: String,
    /// Whether it fell.
    pub fell: bool,
    /// The figure of the year before, if it is derived.
    pub previous: Option<String>,
    /// Source numbers.
    pub marks: String,
}

/// Partners abroad.
#[derive(Debug, Serialize)]
pub struct PartnersPoint {
    /// How many localities, in a sentence; null if no source says.
    pub sentence: Option<String>,
    /// The localities named, as a list.
    pub places: String,
    /// The countries, as a list.
    pub countries: String,
    /// How many countries, in words.
    pub country_count: String,
    /// Whether it is one country.
    pub one_country: bool,
    /// Partners shared with other provinces.
    pub shared: Vec<Shared>,
    /// Source numbers.
    pub marks: String,
}

/// The main figures of a theme at one time.
#[derive(Debug, Serialize)]
pub struct ThemePoint {
    /// The theme.
    pub theme: String,
    /// When.
    pub during: String,
    /// One or two figures in sentences, as a list.
    pub sentences: String,
    /// Source numbers.
    pub marks: String,
}

fields! {
    Point { label, attainment, growth, standing, partners, theme }
    Attainment { sentence, during, percent, above, below, plan, marks }
    Growth { sentence, during, change, fell, previous, marks }
    PartnersPoint { sentence, places, countries, country_count, one_country, shared, marks }
    ThemePoint { theme, during, sentences, marks }
}
