//! `sources-disagree`: two sources of one fact print figures that cannot both be true.

use super::form;
use super::{Context, Rule};
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

What it does: meets the intervals of all figures printed for a fact, and compares the digits of those that are printed alike.
Sources of one date contradict each other; a later source may have revised the figure, which is a warning.
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
            let unlike = differ_in_digits(figure, other_figure);
            let (severity, words, note) = if meets(Figure::expected) && !unlike {
                continue;
            } else if meets(Figure::expected) {
                let note = "both are printed to the same place, and no number rounds to both".to_owned();
                (Severity::Warning, "print different digits", Some(note))
            } else if meets(Figure::strict) {
                let note =
                    format!("`{}` and `{}` meet only if a hedge is stretched", figure.text(), other_figure.text());
                (Severity::Warning, "agree only at a stretch", Some(note))
            } else if meets(Figure::truncated) {
                let note = "they meet only if digits were cut off instead of rounded".to_owned();
                (Severity::Warning, "agree only at a stretch", Some(note))
            } else if let Some(note) = revision(context, first, other) {
                (Severity::Warning, "of different dates disagree", Some(note))
            } else {
                (Severity::Error, "disagree", None)
            };
            let message = format!("the sources of `{}` {words}", fact.id.value);
            let file = &context.facts.sheet.file;
            let mut diagnostic = Diagnostic::new(severity, "sources-disagree", message)
                .at(file, other.text.span, form::interval_words(other_figure))
                .at(file, first.text.span, form::interval_words(figure))
                .facts([fact.id.value.as_str()])
                .bounds(form::bounds(other_figure.strict()), form::bounds(figure.strict()))
                .help("check each figure in its source; figures of other dates are facts of their own");
            diagnostic.notes.extend(note);
            found.push(diagnostic);
        }
    }
}

/// For sources that cannot be of one date: that the later one may have revised the figure of the earlier.
fn revision(context: &Context<'_>, one: &Printed, other: &Printed) -> Option<String> {
    let (one, other) = (context.facts.source(&one.source)?, context.facts.source(&other.source)?);
    let (earlier, later) = if one.published.latest < other.published.earliest {
        (one, other)
    } else if other.published.latest < one.published.earliest {
        (other, one)
    } else {
        return None;
    };
    Some(format!("`{}` was published after `{}`, and may have revised it", later.id.value, earlier.id.value))
}

/// Whether two figures with the same hedge and the same last place have other digits: the ranges of 9.97 and 9.98 meet in one
/// point, and those of "about 150" and "about 160" overlap, but nobody writes both for one number.
fn differ_in_digits(one: &Figure, other: &Figure) -> bool {
    let last_place = |figure: &Figure| i64::from(figure.first().power()) - i64::from(figure.first().digits().scale());
    one.hedge() == other.hedge()
        && one.is_range() == other.is_range()
        && last_place(one) == last_place(other)
        && one.ends() != other.ends()
}

fn meet(one: Interval, other: Interval) -> bool {
    match (facts::range(one), facts::range(other)) {
        (Some(one), Some(other)) => one.meets(&other),
        _ => false,
    }
}
