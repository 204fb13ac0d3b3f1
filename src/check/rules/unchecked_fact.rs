//! `unchecked-fact`: nothing in the sheet would catch an error in a figure.

use super::{Context, Rule, form};
use crate::check::coverage::{self, Coverage};
use crate::check::fraction::Fraction;
use crate::diag::{Diagnostic, Severity};
use crate::figure::UnitKind;
use crate::sheet::Fact;
use std::collections::BTreeMap;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unchecked-fact",
    severity: Severity::Note,
    explanation: "\
nothing in the sheet would catch an error in a figure.

What it does: lists each fact that one source alone prints, and that no relation holds to within a tenth of its value, which is
what it takes to notice a wrong leading digit, decimal mark or scale word.
Why it matters: a slip in such a figure reaches the briefing unseen; the briefing says how many there are.
What to do: add a second source, or the relation that the help names, if the source prints the figures for it.
",
    check,
};

/// The facts among which one is looked for that another could be tied to.
const MOST_LOOKED_AT: usize = 200;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // The relation of each fact that lacks an operand.
    let mut lacking: BTreeMap<&str, String> = BTreeMap::new();
    for judged in context.judged() {
        let Some((derived, _)) = judged.derived() else { continue };
        let place = form::lines(context, std::iter::once(judged.relation.span));
        let role = super::mismatch::role_words(&judged.relation.kind, derived.role);
        let kind = judged.relation.kind.name();
        let advice = format!("the relation `{kind}`{place} would check it if a source printed the {role} too");
        for id in judged.terms.iter().filter_map(|term| term.id) {
            lacking.entry(id).or_insert_with(|| advice.clone());
        }
    }
    for fact in context.facts.sheet.facts.iter().filter(|fact| fact.figure().is_some()) {
        let (message, note) = match coverage::of(context.joint, fact) {
            Coverage::SecondSource | Coverage::Relation => continue,
            Coverage::Loose(margin) => {
                let message = format!("`{}` is held too loosely for a wrong digit to be noticed", fact.id.value);
                (message, Some(format!("an error of less than {}% passes every relation", percent(&margin))))
            }
            Coverage::None => {
                let message =
                    format!("`{}` is printed by one source, and no relation would catch an error in it", fact.id.value);
                (message, None)
            }
        };
        let mut diagnostic = Diagnostic::new(Severity::Note, "unchecked-fact", message)
            .at(&context.facts.sheet.file, fact.place(), "")
            .facts([fact.id.value.as_str()])
            .help(lacking.get(fact.id.as_str()).cloned().unwrap_or_else(|| advice(context, fact)));
        diagnostic.notes.extend(note);
        found.push(diagnostic);
    }
}

fn percent(margin: &Fraction) -> String {
    form::rounded(&(margin * &Fraction::HUNDRED), 0, 0).unwrap_or_default()
}

/// What would check a fact that no relation names: one with another fact of the sheet.
fn advice(context: &Context<'_>, fact: &Fact) -> String {
    let Some(indicator) = context.facts.indicator_of(fact) else { return SECOND_SOURCE.to_owned() };
    let others = context.facts.sheet.facts.iter().take(MOST_LOOKED_AT);
    // Compared last: of a fact's likes there are few, and this is asked of every fact.
    let is_another = |other: &&Fact| other.id.value != fact.id.value;
    let kind_of = |other: &Fact| context.facts.indicator_of(other);
    if indicator.unit.kind() == UnitKind::Percent {
        // The ids of rates begin with what they are a rate of: `goods-exports`, `goods-exports-growth`.
        let of = others
            .filter(|other| fact.indicator.starts_with(other.indicator.as_str()))
            .filter(|other| kind_of(other).is_some())
            .filter(is_another);
        return of.max_by_key(|other| other.indicator.len()).map_or_else(
            || SECOND_SOURCE.to_owned(),
            |other| {
                format!(
                    "a relation with `{}` and the figure that it is a rate on would check it, or a second source",
                    other.id.value
                )
            },
        );
    }
    let mut akin = others.filter(|other| other.when == fact.when).filter(|other| {
        kind_of(other).is_some_and(|kind| {
            kind.unit == indicator.unit && kind.theme == indicator.theme && kind.kind == indicator.kind
        }) && is_another(other)
    });
    akin.next().map_or_else(
        || SECOND_SOURCE.to_owned(),
        |other| {
            format!(
                "a `total` or `part` with `{}` would check it if the source ties them, or a second source",
                other.id.value
            )
        },
    )
}

const SECOND_SOURCE: &str = "a second source would check it";
