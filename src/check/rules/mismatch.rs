//! What every arithmetic rule reports: the figure stated, the working that contradicts it, and what it would take to agree.

use super::working::{self, Working, digits_of, scale_of};
use super::{Context, doubt, form, slip};
use crate::check::facts::bounds;
use crate::check::fraction::Fraction;
use crate::check::judge::{Strain, Verdict};
use crate::check::range::Range;
use crate::check::relate::{Judged, Term};
use crate::check::solve::{Domain, Level};
use crate::diag::{Bounds, ByteSpan, Diagnostic, Severity};
use crate::figure::{Hedge, Unit};
use crate::sheet::{Fact, RelationKind};

/// A relation that does not hold, or holds only at a stretch, and the term that is named for it.
pub(super) struct Mismatch<'j, 'a> {
    pub(super) judged: &'j Judged<'a>,
    pub(super) primary: &'j Term<'a>,
    role: &'static str,
    working: Working<'j, 'j, 'a>,
    computed: Option<Range>,
}

impl<'j, 'a> Mismatch<'j, 'a> {
    /// The mismatch of a judged relation, named for the term of a role; where no source prints that one, for the last that is
    /// printed. None if the relation holds.
    pub(super) fn of(context: &'j Context<'j>, judged: &'j Judged<'a>, role: &'static str) -> Option<Mismatch<'j, 'a>> {
        if !judged.fails() {
            return None;
        }
        let printed = || judged.terms.iter().filter(|term| term.fact.is_some());
        let primary = printed()
            .find(|term| term.role == role)
            .or_else(|| printed().next_back())
            .or_else(|| judged.terms.iter().rfind(|term| term.domain.is_known()))?;
        let computed = judged.admitted(primary.variable);
        Some(Mismatch { judged, primary, role, working: Working { context, judged }, computed })
    }

    /// The id of the term that the message names.
    pub(super) fn name(&self) -> &'a str {
        self.primary.id.unwrap_or(self.primary.role)
    }

    /// The id of the term of a role, or the role's word.
    pub(super) fn other(&self, role: &'static str) -> &'a str {
        self.judged.term(role).and_then(|term| term.id).unwrap_or(role)
    }

    /// The sentence that the stated figure is below or above what it should be.
    pub(super) fn claim(&self, below: &str, above: &str, reference: &str) -> String {
        let word = match self.is_below() {
            Some(true) => below,
            Some(false) => above,
            None => "not",
        };
        if self.primary.role == self.role {
            format!("`{}` is {word} {reference}", self.name())
        } else {
            let kind = self.judged.relation.kind.name();
            format!("`{}` is {word} the other figures of the relation `{kind}` admit", self.name())
        }
    }

    /// Whether the stated figure is below the computed one: by their ranges, or their digits where the ranges meet.
    pub(super) fn is_below(&self) -> Option<bool> {
        let (stated, computed) = (self.primary.domain.range(Level::Strict), self.computed.as_ref()?);
        match (stated.upper(), computed.lower(), stated.lower(), computed.upper()) {
            (Some(stated), Some(computed), _, _) if stated < computed => return Some(true),
            (_, _, Some(stated), Some(computed)) if stated > computed => return Some(false),
            _ => {}
        }
        let stated = digits_of(self.primary).or_else(|| self.primary.domain.range(Level::Expected).midpoint())?;
        let computed = self.working.nominal(self.primary).or_else(|| computed.midpoint())?;
        (stated != computed).then(|| stated < computed)
    }

    /// The diagnostic: the stated figure underlined, the working, what would agree.
    pub(super) fn report(&self, code: &'static str, message: String, help: &str) -> Diagnostic {
        let unknown = self.judged.terms.iter().find(|term| !term.domain.is_known());
        let notes = match unknown {
            _ if self.judged.is_impossible() => self.whole_number_notes(),
            Some(unknown) => self.out_of_range_note(unknown).into_iter().collect(),
            None => self.working.of(self.primary).into_iter().collect(),
        };
        let doubted = doubt::words(self.working.context, self.judged);
        let needs = if self.judged.is_impossible() || doubted.is_some() { None } else { self.needs() };
        let computed = self.computed.as_ref().filter(|_| !self.judged.is_impossible()).map(bounds);
        let mut diagnostic = self.outline(code, message, notes);
        diagnostic.computed = computed;
        let (context, correction) = (self.working.context, slip::of(self.working.context, self.judged));
        slip::advise(diagnostic, context, [Some(help.to_owned()), needs, doubted], correction)
    }

    /// The diagnostic without computation and help: severity, place, notes, facts, the stated figure.
    pub(super) fn outline(&self, code: &'static str, message: String, notes: Vec<String>) -> Diagnostic {
        let stated = bounds(self.primary.domain.range(Level::Strict));
        let words = form::bounds_words(stated.lower, stated.upper, self.primary.unit().unwrap_or(Unit::COUNT));
        let word = if self.primary.fact.is_some() { "stated" } else { "derived" };
        let label = format!("{word} {}: {words}", role_words(&self.judged.relation.kind, self.primary.role));
        let place = self.primary.fact.map_or(self.primary.span, Fact::place);
        let file = &self.working.context.facts.sheet.file;
        let mut diagnostic = verdict(self.judged, code, message).at(file, place, label);
        let others = self.judged.terms.iter().filter(|term| term.variable != self.primary.variable);
        for (span, words) in
            operand_labels(others, place, |term| role_words(&self.judged.relation.kind, term.role).to_owned())
        {
            diagnostic = diagnostic.at(file, span, words);
        }
        let strain = std::mem::replace(&mut diagnostic.notes, notes);
        diagnostic.notes.extend(strain);
        diagnostic.stated = Some(Bounds { lower: stated.lower, upper: stated.upper });
        diagnostic.facts(self.judged.terms.iter().filter_map(|term| term.id))
    }

    /// What one of the other figures would have to be for the stated one to be right.
    fn needs(&self) -> Option<String> {
        let stated = digits_of(self.primary)?;
        let scale = self.working.scale(self.primary);
        let words = working::operand(self.primary, scale.bare)?;
        if matches!(self.judged.relation.kind, RelationKind::Total { .. }) && self.primary.role == "whole" {
            let gap = &self.working.nominal(self.primary)? - &stated;
            let (size, word) = (gap.abs(), if gap.is_positive() { "lower" } else { "higher" });
            let parts = self.judged.terms.iter().filter(|term| term.role == "part");
            let large_enough = |term: &Term<'_>| digits_of(term).is_none_or(|part| !gap.is_positive() || part >= size);
            let whose = if parts.clone().any(large_enough) { "a part" } else { "its parts together" };
            let size = scale.short(&scale.digits(&size, MOST_PLACES_IN_HELP)?);
            return (!gap.is_zero()).then_some(format!("{words} would need {whose} to be {size} {word}"));
        }
        let needed: Vec<String> = self
            .judged
            .terms
            .iter()
            .filter(|term| term.variable != self.primary.variable)
            .filter(|term| doubt::may_be_wrong(self.working.context, self.judged, term))
            .filter_map(|term| self.needed(term))
            .collect();
        if needed.is_empty() { None } else { Some(format!("{words} would need {}", needed.join(" or "))) }
    }

    /// What one other figure would have to be, to the precision that it is printed in.
    fn needed(&self, term: &Term<'a>) -> Option<String> {
        let figure = term.fact?.figure()?;
        let value = self.working.nominal(term)?;
        let (power, _) = scale_of(term)?;
        let digits = figure.first().digits();
        let printed = form::round_at(&value, power, digits.scale());
        if printed == form::lowered(&Fraction::from(figure.value()?), power) || printed <= Fraction::ZERO {
            return None;
        }
        let scale = self.working.scale(term);
        Some(format!("`{}` near {}", term.id?, scale.full(&scale.digits(&value, digits.scale())?)))
    }

    /// What the relation makes of a figure that no source prints, where it cannot be that.
    fn out_of_range_note(&self, unknown: &Term<'a>) -> Option<String> {
        let name = role_words(&self.judged.relation.kind, unknown.role);
        let below_zero = self.judged.admitted(unknown.variable)?.upper().is_some_and(Fraction::is_negative);
        let reason = if below_zero { ", and it cannot be below zero" } else { "" };
        Some(format!("{name}: {}{reason}", self.working.of(unknown)?))
    }

    /// Why no whole number will do, and what the whole numbers next to it would give.
    fn whole_number_notes(&self) -> Vec<String> {
        let gap = self.judged.terms.iter().find_map(|term| {
            let admitted = self.judged.admitted(term.variable).filter(|_| term.domain.is_whole())?;
            if admitted.to_integers().is_some() { None } else { Some((term, admitted)) }
        });
        let Some((term, admitted)) = gap else {
            return self.working.of(self.primary).into_iter().collect();
        };
        let name = role_words(&self.judged.relation.kind, term.role);
        let mut notes: Vec<String> = self.working.of(term).into_iter().collect();
        if let Some(note) = notes.first_mut() {
            note.insert_str(0, &format!("{name}: "));
            note.push_str(", where no whole number lies");
        }
        let middle = admitted.midpoint().unwrap_or_default();
        let scale = self.working.scale(self.primary);
        let near: Vec<(String, String)> = [middle.floor(), middle.ceil()]
            .into_iter()
            .filter_map(|whole| {
                let points: Option<Vec<Domain>> = self
                    .judged
                    .terms
                    .iter()
                    .map(|other| {
                        if other.variable == self.primary.variable {
                            Some(Domain::default())
                        } else if other.variable == term.variable {
                            Some(Domain::printed(Range::point(whole.clone())))
                        } else {
                            digits_of(other).map(|value| Domain::printed(Range::point(value)))
                        }
                    })
                    .collect();
                let judgement = crate::check::judge::judge(self.judged.equations.first()?, &points?);
                let value = judgement.operand(self.primary.variable)?.admitted.as_ref()?.as_point()?.clone();
                let places = self.primary.fact?.figure()?.first().digits().scale() + 2;
                Some((form::rounded(&whole, 0, 0)?, scale.full(&scale.digits(&value, places)?)))
            })
            .collect();
        if let [(below, one), (above, other)] = near.as_slice() {
            notes.push(format!("a {name} of {below} would make it {one}, one of {above} {other}"));
        }
        notes
    }
}

/// Operands that are underlined beside the first: of a total of a thousand parts, the lines in the note tell the rest.
const MOST_LABELS: usize = 12;

/// What an operand admits, for its label; none for one that is not known.
pub(super) fn operand_label(term: &Term<'_>) -> Option<String> {
    let range = term.domain.range(Level::Strict);
    term.domain.is_known().then(|| form::range_words(range, term.unit().unwrap_or(Unit::COUNT)))
}

/// The places of a relation's figures, with the name and the range of each; `primary` is underlined already.
pub(super) fn operand_labels<'t, 'a: 't>(
    terms: impl Iterator<Item = &'t Term<'a>>,
    primary: ByteSpan,
    name: impl Fn(&'t Term<'a>) -> String,
) -> Vec<(ByteSpan, String)> {
    let mut labels: Vec<(ByteSpan, String)> = Vec::new();
    for term in terms {
        let Some(words) = operand_label(term) else { continue };
        let span = term.fact.map_or(term.span, Fact::place);
        if labels.len() < MOST_LABELS && span != primary && labels.iter().all(|(other, _)| *other != span) {
            labels.push((span, format!("{}: {words}", name(term))));
        }
    }
    labels
}

/// A figure by its id, or by its role where it has none.
pub(super) fn name(term: &Term<'_>) -> String {
    term.id.map_or_else(|| term.role.to_owned(), |id| format!("`{id}`"))
}

/// Decimals to which help tells an amount.
const MOST_PLACES_IN_HELP: u32 = 6;

/// A diagnostic of a relation's verdict: an error, or a warning that says what it takes to agree.
pub(super) fn verdict(judged: &Judged<'_>, code: &'static str, message: String) -> Diagnostic {
    match judged.verdict() {
        Verdict::Strained(Strain::BeyondExpected) => {
            let figures = judged.terms.iter().filter_map(|term| term.fact?.figure());
            let hedged: Vec<String> = figures
                .filter(|figure| figure.hedge() != Hedge::Exact)
                .map(|figure| format!("`{}`", figure.text()))
                .collect();
            let note = format!("they meet only if {} is meant more widely than one expects", hedged.join(" or "));
            Diagnostic::new(Severity::Warning, code, format!("{message}, unless a hedge is stretched")).note(note)
        }
        Verdict::Strained(Strain::OnlyTruncated) => {
            let round: Vec<String> = judged
                .terms
                .iter()
                .filter_map(|term| term.fact?.figure())
                .filter(|figure| figure.may_be_rounded())
                .map(|figure| format!("`{}`", figure.text()))
                .collect();
            let (unless, note) = if round.is_empty() {
                ("digits were cut off", "they meet only if digits were cut off instead of rounded".to_owned())
            } else {
                ("a whole number was rounded", format!("they meet only if {} was rounded", round.join(" or ")))
            };
            Diagnostic::new(Severity::Warning, code, format!("{message}, unless {unless}")).note(note)
        }
        _ => Diagnostic::new(Severity::Error, code, message),
    }
}

/// What a label calls an operand.
pub(super) fn role_words(kind: &RelationKind, role: &'static str) -> &'static str {
    match (kind, role) {
        (RelationKind::Total { .. }, "whole") => "total",
        (_, "percent") => "percentage",
        (_, "previous") => "figure before",
        (_, "actual") => "result",
        (_, "current" | "from" | "less") => "figure",
        (_, "is") => "difference",
        (_, "stated") => "number",
        (_, role) => role,
    }
}
