//! `unequal-facts`: facts that are one number differ.

use super::{Context, Rule, doubt, form, mismatch, slip};
use crate::check::facts;
use crate::check::judge::{Judgement, Verdict};
use crate::check::relate::{Judged, Term};
use crate::check::solve::Level;
use crate::diag::{Diagnostic, Severity};
use crate::figure::Unit;
use crate::sheet::{Fact, RelationKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unequal-facts",
    severity: Severity::Error,
    explanation: "\
facts that are one number differ.

What it does: meets the intervals of the facts.
Why it matters: one of them is wrong, or they are not of one thing.
What to do: check each in its source.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for judged in context.judged().filter(|judged| matches!(judged.relation.kind, RelationKind::Equal { .. })) {
        if !judged.fails() {
            continue;
        }
        let Some(odd) = odd_one(judged) else { continue };
        let others: Vec<&Term<'_>> = judged.terms.iter().filter(|term| term.variable != odd.variable).collect();
        let words =
            |term: &Term<'_>| form::range_words(term.domain.range(Level::Strict), term.unit().unwrap_or(Unit::COUNT));
        let names: Vec<String> = others.iter().copied().map(mismatch::name).collect();
        let message = format!("{} is not equal to {}", mismatch::name(odd), names.join(" and "));
        let notes = others.iter().map(|term| {
            format!(
                "{} is {}{}",
                mismatch::name(term),
                words(term),
                form::lines(context, term.fact.map(Fact::place).into_iter())
            )
        });
        let bounds = |term: &Term<'_>| facts::bounds(term.domain.range(Level::Strict));
        let mut diagnostic = mismatch::verdict(judged, "unequal-facts", message).at(
            &context.facts.sheet.file,
            odd.fact.map_or(odd.span, Fact::place),
            format!("stated: {}", words(odd)),
        );
        let place = odd.fact.map_or(odd.span, Fact::place);
        for (span, words) in mismatch::operand_labels(others.iter().copied(), place, mismatch::name) {
            diagnostic = diagnostic.at(&context.facts.sheet.file, span, words);
        }
        let strain = std::mem::replace(&mut diagnostic.notes, notes.collect());
        diagnostic.notes.extend(strain);
        if let Some(other) = others.first() {
            diagnostic = diagnostic.bounds(bounds(odd), bounds(other));
        }
        let advice = [
            Some("check each figure in its source, and that they are of one thing".to_owned()),
            doubt::words(context, judged),
        ];
        diagnostic = diagnostic.facts(judged.terms.iter().filter_map(|term| term.id));
        found.push(slip::advise(diagnostic, context, advice, slip::of(context, judged)));
    }
}

/// The fact that disagrees with most of the others, the last one of several.
fn odd_one<'j, 'a>(judged: &'j Judged<'a>) -> Option<&'j Term<'a>> {
    let fails = |judgement: &&Judgement| matches!(judgement.verdict, Verdict::Inconsistent | Verdict::Strained(_));
    let rank = |judgement: &Judgement| judgement.verdict == Verdict::Inconsistent;
    let gravest = judged.judgements.iter().filter(fails).map(rank).max();
    let failing = || judged.judgements.iter().filter(fails).filter(|judgement| Some(rank(judgement)) == gravest);
    judged
        .terms
        .iter()
        .filter(|term| term.domain.is_known())
        .max_by_key(|term| failing().filter(|judgement| judgement.operand(term.variable).is_some()).count())
}
