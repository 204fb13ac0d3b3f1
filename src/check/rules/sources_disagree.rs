//! `sources-disagree`: two sources of one fact print figures that cannot both be true.

use super::{Context, Rule};
use super::form;
use crate::check::facts;
use crate::diag::{Diagnostic, Severity};
use crate::figure::{Figure, Interval};
use crate::sheet::Printed;

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "sources-disagree",
    severity: Severity::Error,
    explanation: "\
two sources of one fact print figures that cannot both be true.

What it does: meets the intervals of all figures printed for a fact.
Why it matters: two versions of one article check each other: a digit lost in translation shows here.
What to do: check each figure in its source. If the sources are of other dates, they are two facts.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fact in &context.facts.sheet.facts {
        let read: Vec<(&Printed, &Figure)> =
            fact.printed.iter().filter_map(|printed| Some((printed, printed.figure.as_ref().ok()?))).collect();
        let Some(((first, figure), others)) = read.split_first() else { continue };
        for (other, other_figure) in others.iter().filter(|(_, other)| other.unit() == figure.unit()) {
            let meets = |interval: fn(&Figure) -> Interval| meet(interval(figure), interval(other_figure));
            let (severity, words) = if meets(Figure::expected) {
                continue;
            } else if meets(Figure::strict) || meets(Figure::truncated) {
                (Severity::Warning, "agree only at a stretch")
            } else {
                (Severity::Error, "disagree")
            };
            let message = format!("the sources of `{}` {words}", fact.id.value);
            let file = &context.facts.sheet.file;
            let diagnostic = Diagnostic::new(severity, "sources-disagree", message)
                .at(file, other.text.span, form::interval_words(other_figure))
                .at(file, first.text.span, form::interval_words(figure))
                .facts([fact.id.value.as_str()])
                .bounds(form::bounds(other_figure.strict()), form::bounds(figure.strict()))
                .help("check each figure in its source; figures of other dates are facts of their own");
            found.push(diagnostic);
        }
    }
}

fn meet(one: Interval, other: Interval) -> bool {
    match (facts::range(one), facts::range(other)) {
        (Some(one), Some(other)) => one.meets(&other),
        _ => false,
    }
}
