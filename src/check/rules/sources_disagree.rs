//! `sources-disagree`: two sources of one fact print figures that cannot both be true.

use super::form;
use super::{Context, Rule};
use crate::check::fraction::Fraction;
use crate::check::{coverage, facts};
use crate::diag::{Diagnostic, Severity};
use crate::figure::{Figure, Interval, Unit};
use crate::sheet::vintage::is_before;
use crate::sheet::{Fact, Printed};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "sources-disagree",
    severity: Severity::Error,
    explanation: "\
two sources of one fact print figures that cannot both be true.

What it does: meets the intervals of the figures that sources of one date print for a fact, and compares the digits of those that
are printed alike. A source that was published later revises the figure: that is a note, and a warning where the figure moves by more
than a tenth (a percentage by more than ten points).
Why it matters: two versions of one article check each other: a digit lost in translation shows here.
What to do: check each figure in its source. Where a later source did revise it by so much, allow it with that reason.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fact in context.facts.sheet.facts.iter().filter(|fact| fact.printed.len() > 1) {
        let mut read: Vec<Reading<'_>> = fact
            .printed
            .iter()
            .filter_map(|printed| Some(Reading { printed, figure: printed.figure.as_ref().ok()? }))
            .collect();
        read.sort_by_key(|reading| reading.printed.published.1);
        for (place, other) in read.iter().enumerate() {
            let mut before = read.iter().take(place).filter(|earlier| earlier.figure.unit() == other.figure.unit());
            let is_earlier = |one: &&Reading<'_>| is_before(one.printed.published, other.printed.published);
            let finding = match before.clone().find(|one| !is_earlier(one)) {
                Some(beside) => disagreement(beside, other).map(|finding| (beside, finding)),
                None => before
                    .next_back()
                    .filter(|earlier| is_of_one_time(fact, earlier, other))
                    .and_then(|earlier| Some((earlier, revision(earlier, other)?))),
            };
            found.extend(finding.map(|(one, finding)| diagnostic(context, fact, [one, other], finding)));
        }
    }
}

/// A figure that could be read, and where.
struct Reading<'a> {
    printed: &'a Printed,
    figure: &'a Figure,
}

/// What two figures of one fact are to each other.
struct Finding {
    severity: Severity,
    words: &'static str,
    note: Option<String>,
    help: &'static str,
}

const CHECK_BOTH: &str = "check each figure in its source; figures of other dates are facts of their own";

/// Whether two sources speak of one time: a period up to publication grows from one to the next.
fn is_of_one_time(fact: &Fact, one: &Reading<'_>, other: &Reading<'_>) -> bool {
    fact.when.span(one.printed.published) == fact.when.span(other.printed.published)
}

/// Of two sources that may be of one date, how their figures contradict each other.
fn disagreement(one: &Reading<'_>, other: &Reading<'_>) -> Option<Finding> {
    let meets = |reach: fn(&Figure) -> Interval| meet(reach(one.figure), reach(other.figure));
    let (severity, words, note) = if meets(Figure::expected) {
        if !differ_in_digits(one.figure, other.figure) {
            return None;
        }
        let note = "both are printed to the same place, and no number rounds to both".to_owned();
        (Severity::Warning, "print different digits", Some(note))
    } else if meets(Figure::strict) {
        let note = format!("`{}` and `{}` meet only if a hedge is stretched", one.figure.text(), other.figure.text());
        (Severity::Warning, "agree only at a stretch", Some(note))
    } else if meets(Figure::truncated) {
        let note = "they meet only if digits were cut off instead of rounded".to_owned();
        (Severity::Warning, "agree only at a stretch", Some(note))
    } else {
        (Severity::Error, "disagree", None)
    };
    Some(Finding { severity, words, note, help: CHECK_BOTH })
}

/// Of two sources of which the second was published later, that it revised the figure: worth knowing; a warning where it moved by so
/// much that a slip is as likely.
fn revision(earlier: &Reading<'_>, later: &Reading<'_>) -> Option<Finding> {
    let (old, new) = (earlier.figure, later.figure);
    if meet(old.expected(), new.expected()) && !differ_in_digits(old, new) {
        return None;
    }
    let (one, other) = (&earlier.printed.source.value, &later.printed.source.value);
    let note = format!("`{other}` was published after `{one}`, and its figure counts from then on");
    Some(if is_close(old, new) {
        let help = "nothing is to be done if the later source revised the figure";
        Finding {
            severity: Severity::Note,
            words: "of different dates print different figures",
            note: Some(note),
            help,
        }
    } else {
        let help = "check both figures in their sources; allow it with a reason if the later source revised the figure";
        Finding {
            severity: Severity::Warning,
            words: "of different dates are more than a tenth apart",
            note: Some(note),
            help,
        }
    })
}

/// Whether a figure is within a tenth of an earlier one, or a percentage within ten points.
fn is_close(old: &Figure, new: &Figure) -> bool {
    let middle = |figure: &Figure| {
        let (lower, upper) = figure.ends();
        &(&Fraction::from(lower) + &Fraction::from(upper)) * &Fraction::ratio(1, 2).unwrap_or_default()
    };
    let (old_middle, new_middle) = (middle(old), middle(new));
    let whole = if old.unit() == Unit::PERCENT { Fraction::HUNDRED } else { old_middle.abs() };
    (&new_middle - &old_middle).abs() <= &whole * &coverage::close()
}

fn diagnostic(context: &Context<'_>, fact: &Fact, [one, other]: [&Reading<'_>; 2], finding: Finding) -> Diagnostic {
    let file = &context.facts.sheet.file;
    let message = format!("the sources of `{}` {}", fact.id.value, finding.words);
    let mut diagnostic = Diagnostic::new(finding.severity, "sources-disagree", message)
        .at(file, other.printed.text.span, form::interval_words(other.figure))
        .at(file, one.printed.text.span, form::interval_words(one.figure))
        .facts([fact.id.value.as_str()])
        .bounds(form::bounds(other.figure.strict()), form::bounds(one.figure.strict()))
        .help(finding.help);
    diagnostic.notes.extend(finding.note);
    diagnostic
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
