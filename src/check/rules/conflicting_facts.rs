//! `conflicting-facts`: figures that no relation alone contradicts contradict each other over several.

use super::mismatch::operand_label;
use super::{Context, Rule, doubt, form, slip};
use crate::check::facts;
use crate::check::joint::{Clash, Pivot};
use crate::check::judge::Strain;
use crate::check::relate::Term;
use crate::check::solve::Variable;
use crate::diag::{ByteSpan, Diagnostic, Severity};
use crate::figure::Unit;
use crate::sheet::Fact;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "conflicting-facts",
    severity: Severity::Error,
    explanation: "\
figures that no relation alone contradicts contradict each other over several.

What it does: narrows every figure by every relation that names it, until nothing changes; reports the fewest relations that leave
a figure without a number.
Why it matters: a total may fit its parts, and its growth the year before, and yet the three not fit together: one figure is wrong.
What to do: check the figures that are underlined; the help names those whose change alone repairs the sheet.
Source of the rule: Mackworth, Consistency in networks of relations (1977); Fellegi and Holt, A systematic approach to automatic
edit and imputation (1976).
",
    check,
};

/// Places underlined; a chain of a hundred relations is told by its lines.
const MOST_LABELS: usize = 12;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if let (true, Some(relation)) = (context.joint.is_cut_short(), context.facts.sheet.relations.first()) {
        let message =
            "the relations are too many to be solved together: a contradiction over several of them may go unseen";
        found.push(
            Diagnostic::new(Severity::Note, "conflicting-facts", message)
                .at(&context.facts.sheet.file, relation.span, "from here on")
                .help("each relation was judged by itself; divide the sheet to have them judged together"),
        );
    }
    found.extend(context.joint.clashes().iter().filter_map(|clash| diagnostic(context, clash)));
}

fn diagnostic(context: &Context<'_>, clash: &Clash) -> Option<Diagnostic> {
    let doubt = context.joint.doubt_of(&clash.relations).filter(|_| clash.strain.is_none());
    let culprit = doubt.and_then(|doubt| match doubt.suspects.as_slice() {
        [only] => only.first().map(|suspect| suspect.variable),
        _ => None,
    });
    // A printed figure leads, as nobody can look a derived one up: the one to doubt, or the one over which the relations part.
    let first = culprit.or(clash.pivot.as_ref().map(|pivot| pivot.variable));
    let is_printed = |variable: &Variable| context.joint.term(*variable).is_some_and(|term| term.fact.is_some());
    let mut variables = clash.variables.clone();
    variables.sort_by_key(|variable| (!is_printed(variable), Some(*variable) != first, *variable));
    let terms: Vec<&Term<'_>> = variables
        .iter()
        .filter_map(|variable| context.joint.term(*variable))
        .filter(|term| term.id.is_some())
        .collect();
    let printed = terms.iter().filter(|term| term.fact.is_some());
    let names: Vec<String> = printed.clone().filter_map(|term| Some(format!("`{}`", term.id?))).collect();
    let (severity, beside) = match clash.strain {
        None => (Severity::Error, ""),
        Some(Strain::OnlyTruncated) => (Severity::Warning, ", unless digits were cut off"),
        Some(Strain::BeyondExpected) => (Severity::Warning, ", unless a hedge is stretched"),
    };
    let message = format!("{} cannot all be true together{beside}", form::list(&names));
    let mut diagnostic = Diagnostic::new(severity, "conflicting-facts", message);
    let mut seen: Vec<ByteSpan> = Vec::new();
    for term in &terms {
        let span = term.fact.map_or(term.span, Fact::place);
        if seen.len() < MOST_LABELS && !seen.contains(&span) {
            seen.push(span);
            let words = operand_label(term).unwrap_or_else(|| "printed by no source".to_owned());
            diagnostic = diagnostic.at(&context.facts.sheet.file, span, format!("`{}`: {words}", term.id?));
        }
    }
    if let Some(pivot) = &clash.pivot {
        diagnostic = diagnostic
            .note(parting(context, clash, pivot))
            .bounds(facts::bounds(&pivot.by_others), facts::bounds(&pivot.by_last));
    } else {
        diagnostic = diagnostic.note(format!("each relation holds alone{}", relation_lines(context, &clash.relations)));
    }
    let advice = [
        Some("check the figures underlined in their sources".to_owned()),
        doubt.and_then(|doubt| doubt::whom(context, doubt)),
    ];
    let correction = doubt.and_then(|_| slip::explain(context, &clash.relations));
    diagnostic = diagnostic.facts(terms.iter().filter_map(|term| term.id));
    Some(slip::advise(diagnostic, context, advice, correction))
}

/// What the relations make of the figure over which they part.
fn parting(context: &Context<'_>, clash: &Clash, pivot: &Pivot) -> String {
    let term = context.joint.term(pivot.variable);
    let unit = term.and_then(Term::unit).unwrap_or(Unit::COUNT);
    let name = term.map_or_else(
        || "a figure".to_owned(),
        |term| term.id.map_or_else(|| format!("the {}", term.role), |id| format!("`{id}`")),
    );
    let others: Vec<usize> = clash.relations.iter().copied().filter(|relation| *relation != pivot.last).collect();
    let printed = term.is_some_and(|term| term.fact.is_some());
    let by = match (others.is_empty(), printed) {
        (true, _) => String::new(),
        (false, true) => format!(" as printed and by {}{}", kinds(context, &others), relation_lines(context, &others)),
        (false, false) => format!(" by {}{}", kinds(context, &others), relation_lines(context, &others)),
    };
    let last = [pivot.last];
    format!(
        "{name} is {}{by}, and {} by {}{}",
        form::range_words(&pivot.by_others, unit),
        form::range_words(&pivot.by_last, unit),
        kinds(context, &last),
        relation_lines(context, &last),
    )
}

fn kinds(context: &Context<'_>, relations: &[usize]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for judged in relations.iter().filter_map(|place| context.joint.relation(*place)) {
        if !kinds.contains(&judged.relation.kind.name()) {
            kinds.push(judged.relation.kind.name());
        }
    }
    form::list(&kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>())
}

fn relation_lines(context: &Context<'_>, relations: &[usize]) -> String {
    let spans = relations.iter().filter_map(|place| context.joint.relation(*place)).map(|judged| judged.relation.span);
    form::lines(context, spans)
}
