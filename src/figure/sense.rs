//! What the words around a figure say of it: hedge, estimate, decrease.

use super::grammar::Words;
use super::hedge::Hedge;
use super::lexis::Sense;
use super::scan::Token;
use super::unit::{Unit, UnitKind};
use std::ops::Range;

/// What the words before a figure say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) hedge: Hedge,
    pub(super) estimated: bool,
    pub(super) negative: bool,
    pub(super) multiple: bool,
}

/// A figure, as far as the words around it are read by it.
pub(super) struct Bearer {
    /// Its tokens.
    pub(super) place: Range<usize>,
    /// Its unit.
    pub(super) unit: Unit,
    /// Whether a minus sign stands before it.
    pub(super) minus: bool,
    /// A hedge that stands after it.
    pub(super) hedge: Option<Hedge>,
}

/// Reads the words around a figure.
pub(super) fn said(tokens: &[Token<'_>], figure: &Bearer, words: Words) -> Said {
    let Range { start, end } = figure.place.clone();
    let around = Around { tokens, words, start, end, unit: figure.unit };
    let (before, hedges_start) = around.hedge();
    let level = around.is_level(hedges_start);
    let negative = figure.minus || (!level && around.is_decrease(hedges_start)) || around.is_decrease_after();
    let hedge = before.or(figure.hedge).unwrap_or_default();
    Said { hedge, estimated: around.is_estimate(), negative, multiple: around.is_multiple() }
}

struct Around<'a> {
    tokens: &'a [Token<'a>],
    words: Words,
    start: usize,
    end: usize,
    unit: Unit,
}

impl Around<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_ref())
    }

    /// The hedge nearest before the figure, and where the row of hedges starts.
    fn hedge(&self) -> (Option<Hedge>, usize) {
        let mut nearest = None;
        let mut at = self.skip_estimate(self.start);
        while let Some((start, sense)) = self.words.longest_to(self.tokens, at, |lexis| &lexis.hedges) {
            nearest = nearest.or(Some(self.decide(sense, start)));
            at = self.skip_estimate(start);
        }
        // A hedge that was none hides no hedge behind the number.
        (nearest.filter(|hedge| *hedge != Hedge::Exact), at)
    }

    /// "over an estimated 500": past the words between.
    fn skip_estimate(&self, at: usize) -> usize {
        let Some(start) = self.words.any_to(self.tokens, at, |lexis| &lexis.estimates) else { return at };
        match start.checked_sub(1) {
            Some(article) if matches!(self.text(article), "a" | "an" | "the") => article,
            _ => start,
        }
    }

    fn decide(&self, sense: Sense, start: usize) -> Hedge {
        match sense {
            Sense::Hedge(hedge) => hedge,
            Sense::Plain => Hedge::Exact,
            Sense::Reach => {
                let counted = self.unit.kind() == UnitKind::Count;
                let place = counted && self.words.any_from(self.tokens, self.end, |lexis| &lexis.places).is_some();
                let reached = self
                    .clause_before(start)
                    .any(|at| self.words.any_to(self.tokens, at, |lexis| &lexis.changes).is_some());
                if place || reached { Hedge::Exact } else { Hedge::UpTo }
            }
            Sense::On => {
                let ground = self.words.any_from(self.tokens, self.end, |lexis| &lexis.grounds).is_some();
                if ground { Hedge::Exact } else { Hedge::Over }
            }
            Sense::Exceed => {
                let plan = self.words.any_from(self.tokens, self.end, |lexis| &lexis.plans).is_some();
                let percent = self.unit == Unit::PERCENT;
                let rates = self.words.0.first().map(|lexis| &lexis.rates).filter(|rates| !rates.is_empty());
                let rate = rates.is_none_or(|rates| {
                    self.clause_before(start).any(|at| rates.longest_to(self.tokens, at).is_some())
                });
                if plan || (percent && !rate) { Hedge::Exact } else { Hedge::Over }
            }
        }
    }

    /// The places before `end`, backwards, up to a mark that ends a clause.
    fn clause_before(&self, end: usize) -> impl Iterator<Item = usize> {
        (1..=end).rev().take_while(|at| !matches!(self.text(*at - 1), "," | ";" | ":" | "." | "(" | ")"))
    }

    /// A word of estimate anywhere in the text, unless it is part of another: "hiệp ước" is a treaty.
    fn is_estimate(&self) -> bool {
        (0..self.tokens.len()).any(|at| {
            let Some(end) = self.words.any_from(self.tokens, at, |lexis| &lexis.estimates) else { return false };
            let mut starts = at.saturating_sub(1)..=at;
            !starts.any(|start| {
                self.words.any_from(self.tokens, start, |lexis| &lexis.estimates_not).is_some_and(|last| last >= end)
            })
        })
    }

    /// "fell below 5%" tells of a level.
    fn is_level(&self, hedges_start: usize) -> bool {
        hedges_start < self.start
            && self.words.any_from(self.tokens, hedges_start, |lexis| &lexis.sign_blocks).is_some()
    }

    /// A word of decrease that governs the figure: near before it, nothing of another kind between.
    fn is_decrease(&self, gap_end: usize) -> bool {
        let mut at = gap_end;
        while at > 0 {
            if let Some(start) = self.words.any_to(self.tokens, at, |lexis| &lexis.decreases) {
                return !self.is_other_decrease(start, at) && self.governs(at, gap_end);
            }
            let increase = self.words.any_to(self.tokens, at, |lexis| &lexis.increases).is_some();
            // "dropped sharply, by 78.7 percent"
            let carried = self.text(at - 1) == "," && self.text(at) == "by";
            if increase || (!carried && matches!(self.text(at - 1), "," | ";" | ":" | "." | "(" | ")")) {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// "giảm nghèo", "poverty reduction": the word is part of another.
    fn is_other_decrease(&self, start: usize, end: usize) -> bool {
        (start.saturating_sub(5)..=start).any(|at| {
            self.words.any_from(self.tokens, at, |lexis| &lexis.decreases_not).is_some_and(|last| last >= end)
        })
    }

    /// Whether only light words stand in the gap, or a bridge leads over the others.
    fn governs(&self, gap_start: usize, gap_end: usize) -> bool {
        // "fell from the level of 2016 by 1.5 points"
        if gap_end > gap_start && self.text(gap_end - 1) == "by" {
            return true;
        }
        let mut at = gap_start;
        let mut heavy = false;
        while at < gap_end {
            let Some(token) = self.tokens.get(at) else { break };
            if self.words.0.iter().any(|lexis| lexis.sign_blocks.longest_from(self.tokens, at).is_some()) {
                return false;
            }
            let adverb = token.lower.len() > 4 && token.lower.ends_with("ly");
            let light = self.words.any_from(self.tokens, at, |lexis| &lexis.sign_light);
            heavy = heavy || !(light.is_some() || adverb || token.is_number());
            at = light.unwrap_or(at + 1);
        }
        let first = self.words.any_from(self.tokens, gap_start, |lexis| &lexis.sign_bridges_first).is_some();
        let last = self
            .words
            .any_to(self.tokens, gap_end, |lexis| &lexis.sign_bridges_last)
            .is_some_and(|start| start >= gap_start);
        !heavy || first || last
    }

    /// "gấp 3 lần", "3 times higher": a multiple, which is rounded, where "held 9 times" counts.
    fn is_multiple(&self) -> bool {
        let Some(end) = self.words.any_from(self.tokens, self.end, |lexis| &lexis.multiples) else { return false };
        self.text(end - 1) == "fold"
            || self.words.any_from(self.tokens, end, |lexis| &lexis.multiple_ends).is_some()
            || self
                .clause_before(self.start)
                .any(|at| self.words.any_to(self.tokens, at, |lexis| &lexis.multiple_verbs).is_some())
    }

    /// "a 5% drop".
    fn is_decrease_after(&self) -> bool {
        let at = if self.text(self.end) == "-" { self.end + 1 } else { self.end };
        let Some(end) = self.words.any_from(self.tokens, at, |lexis| &lexis.decreases_after) else { return false };
        // "5% down payment", "5 lower secondary schools": only a share or an amount falls, and nothing is named after it.
        let amount = self.unit.kind() != UnitKind::Count;
        let named = matches!(self.text(end), "payment" | "payments" | "secondary" | "middle");
        amount && !named
    }
}
