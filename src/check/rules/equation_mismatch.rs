//! `equation-mismatch`: the two sides of an equation cannot be equal.

use super::{Context, Rule, doubt, form, mismatch, slip, working};
use crate::check::facts;
use crate::check::parse::{self, Name};
use crate::check::range::Range;
use crate::check::relate::Judged;
use crate::diag::{Diagnostic, Severity};
use crate::figure::Unit;
use crate::sheet::{Fact, RelationKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "equation-mismatch",
    severity: Severity::Error,
    explanation: "\
the two sides of an equation cannot be equal.

What it does: computes both sides as intervals, from the digits printed.
Why it matters: one of the figures in the equation is wrong, or the equation is.
What to do: check the figures and the equation.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged() {
        let RelationKind::Equation(text) = &judged.relation.kind else { continue };
        let (true, Some(judgement)) = (judged.fails(), judged.judgements.first()) else { continue };
        let ranges = judgement.left.as_ref().zip(judgement.right.as_ref());
        let message = match ranges {
            _ if judged.is_impossible() => "no whole numbers make the two sides of the equation agree",
            None => "the equation divides by zero",
            Some((left, right)) if above(left, right) => "the left side of the equation is more than its right side",
            Some((left, right)) if above(right, left) => "the left side of the equation is less than its right side",
            Some(_) => "the two sides of the equation do not agree",
        };
        let label = ranges.map(|(left, right)| {
            format!("left: {}; right: {}", form::range_words(left, Unit::COUNT), form::range_words(right, Unit::COUNT))
        });
        let places = form::lines(context, judged.terms.iter().filter_map(|term| term.fact).map(Fact::place));
        let mut diagnostic = mismatch::verdict(judged, "equation-mismatch", message.to_owned()).at(
            &context.facts.sheet.file,
            text.span,
            label.unwrap_or_default(),
        );
        let printed_terms = judged.terms.iter().filter(|term| term.fact.is_some());
        for (span, words) in mismatch::operand_labels(printed_terms, text.span, mismatch::name) {
            diagnostic = diagnostic.at(&context.facts.sheet.file, span, words);
        }
        if let Some(printed) = printed(text, judged) {
            diagnostic.notes.insert(0, format!("with the figures as printed: {printed}{places}"));
        }
        if let Some((left, right)) = ranges {
            diagnostic = diagnostic.bounds(facts::bounds(left), facts::bounds(right));
        }
        let advice =
            [Some("check the figures in the equation, and the equation".to_owned()), doubt::words(context, judged)];
        diagnostic = diagnostic.facts(judged.terms.iter().filter_map(|term| term.id));
        found.push(slip::advise(diagnostic, context, advice, slip::of(context, judged)));
    }
}

fn above(one: &Range, other: &Range) -> bool {
    one.lower().zip(other.upper()).is_some_and(|(one, other)| one > other)
}

/// The equation with numbers for names.
fn printed(text: &str, judged: &Judged<'_>) -> Option<String> {
    let number = |name: &Name<'_>| {
        let term = judged.terms.iter().find(|term| term.id == Some(name.text));
        term.and_then(|term| working::operand(term, false)).ok_or(())
    };
    parse::parse(text).ok()?.try_map(number).ok().map(|equation| equation.to_string())
}
