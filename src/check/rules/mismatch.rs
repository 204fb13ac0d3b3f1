//! What every arithmetic rule reports: the figure stated, the figure computed, the operands underlined.

use super::{Context, form};
use crate::check::facts::bounds;
use crate::check::judge::{Strain, Verdict};
use crate::check::range::Range;
use crate::check::relate::{Judged, Term};
use crate::diag::{Diagnostic, Severity};
use crate::figure::Unit;

/// A relation that does not hold, or holds only at a stretch, and the term that is named for it.
pub(super) struct Mismatch<'j, 'a> {
    judged: &'j Judged<'a>,
    primary: &'j Term<'a>,
    computed: Option<Range>,
}

impl<'j, 'a> Mismatch<'j, 'a> {
    /// The mismatch of a judged relation, named for the term of a role, or the last term printed where that one is derived.
    /// None if the relation holds.
    pub(super) fn of(judged: &'j Judged<'a>, role: &str) -> Option<Mismatch<'j, 'a>> {
        if !matches!(judged.verdict(), Verdict::Inconsistent | Verdict::Strained(_)) {
            return None;
        }
        let printed = |term: &&Term<'a>| term.fact.is_some();
        let primary = judged
            .terms
            .iter()
            .filter(printed)
            .rfind(|term| term.role == role)
            .or_else(|| judged.terms.iter().filter(printed).next_back())?;
        Some(Mismatch { judged, primary, computed: judged.admitted(primary.variable) })
    }

    /// The id of the term that the message names.
    pub(super) fn name(&self) -> &'a str {
        self.primary.id.unwrap_or(self.primary.role)
    }

    /// One of two words, by whether the stated figure is below or above the computed one.
    pub(super) fn direction(&self, below: &'static str, above: &'static str) -> &'static str {
        let stated = self.primary.domain.range(crate::check::solve::Level::Strict);
        let below_computed = match (stated.upper(), self.computed.as_ref().and_then(Range::lower)) {
            (Some(stated), Some(computed)) => stated < computed,
            _ => false,
        };
        if below_computed { below } else { above }
    }

    /// The diagnostic, with every printed operand underlined.
    pub(super) fn report(&self, context: &Context<'_>, code: &'static str, message: String, help: &str) -> Diagnostic {
        let (severity, strain) = match self.judged.verdict() {
            Verdict::Strained(Strain::BeyondExpected) => {
                (Severity::Warning, Some("they meet only if a hedged figure lies beyond what its hedge makes one expect"))
            }
            Verdict::Strained(Strain::OnlyTruncated) => {
                (Severity::Warning, Some("they meet only if digits were cut off instead of rounded"))
            }
            _ => (Severity::Error, None),
        };
        let message = if strain.is_some() { format!("{message}, unless at a stretch") } else { message };
        let file = &context.facts.sheet.file;
        let unit = self.primary.unit().unwrap_or(Unit::COUNT);
        let stated = bounds(self.primary.domain.range(crate::check::solve::Level::Strict));
        let mut diagnostic = Diagnostic::new(severity, code, message);
        if let Some(fact) = self.primary.fact {
            let label = format!("stated {}: {}", self.primary.role, form::bounds_words(stated.lower, stated.upper, unit));
            diagnostic = diagnostic.at(file, fact.place(), label);
        }
        for term in self.judged.terms.iter().filter(|term| term.variable != self.primary.variable) {
            if let Some(fact) = term.fact {
                let range = bounds(term.domain.range(crate::check::solve::Level::Strict));
                let words = form::bounds_words(range.lower, range.upper, term.unit().unwrap_or(Unit::COUNT));
                diagnostic = diagnostic.at(file, fact.place(), format!("{}: {words}", term.role));
            }
        }
        diagnostic = diagnostic.at(file, self.judged.relation.span, format!("the relation `{}`", self.judged.relation.kind.name()));
        if let Some(computed) = &self.computed {
            let computed = bounds(computed);
            let words = form::bounds_words(computed.lower, computed.upper, unit);
            diagnostic = diagnostic.bounds(stated, computed).note(format!("computed {}: {words}", self.primary.role));
        }
        if let Some(strain) = strain {
            diagnostic = diagnostic.note(strain);
        }
        diagnostic.facts(self.judged.terms.iter().filter_map(|term| term.id)).help(help)
    }
}
