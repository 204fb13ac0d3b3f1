//! How far the figures can be trusted, and where they come from.

use crate::render::script::view::fields;
use serde::Serialize;

/// How far the figures can be trusted.
#[allow(clippy::struct_excessive_bools)] // templates can test a field, and compare nothing
#[derive(Debug, Default, Serialize)]
pub struct Trust {
    /// Relations that could have failed and did not.
    pub passed: String,
    /// Whether there is one.
    pub any_passed: bool,
    /// Whether it is exactly one.
    pub one_passed: bool,
    /// The smallest error that the tightest relation would have caught, in percent.
    pub tightest: Option<String>,
    /// The smallest error that the loosest relation would have caught, in percent.
    pub loosest: Option<String>,
    /// Figures printed by two sources or more.
    pub twice_printed: String,
    /// Whether there is one.
    pub any_twice_printed: bool,
    /// Whether all are.
    pub all_twice_printed: bool,
    /// Derived figures.
    pub derived: String,
    /// Whether there is one.
    pub any_derived: bool,
    /// Whether it is exactly one.
    pub one_derived: bool,
    /// Whether there is a figure that neither a relation nor a second source covers.
    pub any_unchecked: bool,
    /// Whether every figure is one.
    pub all_unchecked: bool,
    /// The indicators of such figures as a list, if they are few.
    pub unchecked: Option<String>,
    /// How many there are.
    pub unchecked_count: String,
    /// How many figures the briefing's province has.
    pub figures: String,
    /// Figures read in the number form of another language.
    pub corrections: Vec<Correction>,
    /// How many more of them there are than are told, in words; null if none.
    pub corrections_left_out: Option<String>,
    /// What the checks found doubtful and the analyst accepted: how many.
    pub allowed: String,
    /// Whether there is one.
    pub any_allowed: bool,
    /// Warnings: how many.
    pub warnings: String,
    /// Whether there is one.
    pub any_warnings: bool,
}

/// A figure read in the number form of another language.
#[derive(Debug, Serialize)]
pub struct Correction {
    /// The indicator.
    pub label: String,
    /// The text as printed.
    pub text: String,
    /// The figure as read.
    pub figure: String,
    /// Source number.
    pub marks: String,
}

/// A source.
#[derive(Debug, Serialize)]
pub struct SourceNote {
    /// Its number.
    pub number: String,
    /// Who published it, or null.
    pub publisher: Option<String>,
    /// Its title as printed, or null.
    pub title: Option<String>,
    /// The code of the title's language, where it is not the briefing's; null else.
    pub title_language: Option<String>,
    /// Its author as printed, or null.
    pub author: Option<String>,
    /// What it is, where it prints no title.
    pub description: Option<String>,
    /// When it was published.
    pub date: String,
    /// Why the date is estimated, or null.
    pub why: Option<String>,
    /// Its address, or null.
    pub url: Option<String>,
    /// The address's host, or null.
    pub host: Option<String>,
}

fields! {
    Trust {
        passed, any_passed, one_passed, tightest, loosest, twice_printed, any_twice_printed, all_twice_printed, derived,
        any_derived, one_derived, any_unchecked, all_unchecked, unchecked, unchecked_count, figures, corrections,
        corrections_left_out, allowed, any_allowed, warnings, any_warnings
    }
    Correction { label, text, figure, marks }
    SourceNote { number, publisher, title, title_language, author, description, date, why, url, host }
}
