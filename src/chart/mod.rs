//! Charts as data: exact values with what the words leave open about them, and the words. [`scene`] draws one as shapes and texts of a
//! given width; a PDF's page and an SVG file ([`svg`]) are made from the same scene.
#![allow(clippy::float_arithmetic, reason = "geometry of drawings; no figure of a sheet is computed here")]

mod bars;
mod bullet;
mod canvas;
mod estimate;
mod scene;
mod slope;
mod strip;
pub mod svg;

pub use estimate::Estimate;
pub use scene::{Anchor, DOTTED, Head, Item, Line, Measure, Scene, Tone, Type, Weight, scene};

use crate::figure::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Charts by the path under which a Markdown text names them.
pub type Pictures = BTreeMap<String, Chart>;

/// A chart. Every text is ready to be shown: hedges, units and periods are in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The message, as a sentence.
    pub headline: String,
    /// What the message leaves out: basis, unit, period; or nothing.
    pub subtitle: String,
    /// What is drawn.
    pub plot: Plot,
    /// Small print, a paragraph each.
    pub notes: Vec<String>,
    /// The message and all of the data in words, for those who do not see the chart.
    pub alternative: String,
}

/// What is drawn of the data.
#[derive(Debug, Clone, PartialEq)]
pub enum Plot {
    /// Horizontal bars from zero, one above the other. A mark without amount stands there as words.
    Bars(Vec<Mark>),
    /// Dots on one line.
    Strip(Strip),
    /// One amount at two times, from zero.
    Slope {
        /// The earlier one.
        from: Mark,
        /// The later one.
        to: Mark,
    },
    /// What was reached of a plan, from zero.
    Bullet {
        /// What was reached.
        actual: Mark,
        /// What was planned.
        plan: Mark,
    },
}

/// Dots on one line. Only the least, the greatest and this document's own are labelled.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// The dots, from the least to the greatest. Many documents draw the same ones, and point at one each: [`Mark::is_own`] says
    /// nothing here.
    pub marks: Arc<[Mark]>,
    /// The place among them of the document's own.
    pub own: Option<usize>,
    /// Equal distances are equal ratios. All amounts are above zero then.
    pub logarithmic: bool,
    /// The word for zero, where the line starts there; else nothing.
    pub zero: String,
}

/// An amount and its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Whose it is, or what.
    pub label: String,
    /// The figure with its hedge and unit; or why there is none.
    pub figure: String,
    /// Its period, or nothing.
    pub detail: String,
    /// The amount; `None` where none is published.
    pub amount: Option<Amount>,
    /// Whether the document is about it.
    pub is_own: bool,
}

/// An amount in base units, with what its words leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// As good as exact.
    At(Decimal),
    /// Somewhere from the one end to the other.
    Between(Decimal, Decimal),
    /// That much or more.
    AtLeast(Decimal),
    /// No more than the second, and hardly less than the first.
    AtMost(Decimal, Decimal),
}

impl Amount {
    /// The ends, the lesser first; the same twice where one end is open.
    pub const fn ends(self) -> (Decimal, Decimal) {
        match self {
            Amount::At(value) | Amount::AtLeast(value) => (value, value),
            Amount::Between(lower, upper) | Amount::AtMost(lower, upper) => (lower, upper),
        }
    }

    /// Whether no part of it lies below zero, so that a bar can show it.
    pub fn is_from_zero(self) -> bool {
        self.ends().0 >= Decimal::ZERO
    }
}

impl Chart {
    /// Every text of the drawing, in the order in which it is drawn and read.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.headline.as_str(), self.subtitle.as_str()];
        match &self.plot {
            Plot::Bars(marks) => texts.extend(marks.iter().flat_map(Mark::texts)),
            Plot::Strip(strip) => {
                texts.push(&strip.zero);
                texts.extend(strip.labelled().flat_map(Mark::texts));
            }
            Plot::Slope { from: first, to: second } | Plot::Bullet { actual: first, plan: second } => {
                texts.extend([first, second].into_iter().flat_map(Mark::texts));
            }
        }
        texts.extend(self.notes.iter().map(String::as_str));
        texts.retain(|text| !text.is_empty());
        texts
    }

    /// The marks, in the order in which they are drawn.
    pub fn marks(&self) -> Vec<&Mark> {
        match &self.plot {
            Plot::Bars(marks) => marks.iter().collect(),
            Plot::Strip(strip) => strip.marks.iter().collect(),
            Plot::Slope { from: first, to: second } | Plot::Bullet { actual: first, plan: second } => {
                vec![first, second]
            }
        }
    }

    /// The chart with every text changed.
    #[must_use]
    pub fn with_texts(mut self, change: impl Fn(&str) -> String) -> Chart {
        match &mut self.plot {
            Plot::Bars(marks) => marks.iter_mut().for_each(|mark| *mark = mark.with_texts(&change)),
            Plot::Strip(strip) => {
                strip.zero = change(&strip.zero);
                strip.marks = strip.marks.iter().map(|mark| mark.with_texts(&change)).collect();
            }
            Plot::Slope { from: first, to: second } | Plot::Bullet { actual: first, plan: second } => {
                for mark in [first, second] {
                    *mark = mark.with_texts(&change);
                }
            }
        }
        for text in [&mut self.headline, &mut self.subtitle, &mut self.alternative].into_iter().chain(&mut self.notes) {
            *text = change(text);
        }
        self
    }
}

impl Mark {
    /// The mark with every text changed.
    pub(crate) fn with_texts(&self, change: &impl Fn(&str) -> String) -> Mark {
        let Mark { label, figure, detail, amount, is_own } = self;
        let (label, figure, detail) = (change(label), change(figure), change(detail));
        Mark { label, figure, detail, amount: *amount, is_own: *is_own }
    }

    fn texts(&self) -> [&str; 3] {
        [&self.label, &self.figure, &self.detail]
    }
}

impl Strip {
    /// The least dot, the document's own, and the greatest; each once.
    pub fn labelled(&self) -> impl Iterator<Item = &Mark> {
        let last = self.marks.len().saturating_sub(1);
        self.marks
            .iter()
            .enumerate()
            .filter_map(move |(place, mark)| (place == 0 || place == last || Some(place) == self.own).then_some(mark))
    }
}
