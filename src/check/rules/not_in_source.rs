//! `not-in-source`: the text of a source does not hold a figure that the sheet says it prints.

use super::near::{self, Near};
use super::{Context, Rule, form};
use crate::article::ArticleError;
use crate::check::provenance::{Difference, LookUp, SourceText};
use crate::diag::{Diagnostic, Severity};
use crate::figure::{Figure, Hedge, format};
use crate::sheet::Source;

/// The code.
const CODE: &str = "not-in-source";

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    explanation: "\
the text of a source does not hold a figure that the sheet says it prints.

What it does: with `--sources DIR`, reads the text of each source, `DIR/<province>/<source>.txt` or `DIR/<source>.txt` (or .md, .html,
.htm), and looks for every figure that the sheet prints from it: the same number with the same scale word and unit, near the words that
the sheet has beside it. Spaces, line breaks, letter case and spelling variants do not matter, nor words left out. A number that is
not there is an error; one that is printed with another hedge, as a fall, as the end of a range or near other words a warning; a
source without a text a note.
Why it matters: a figure with a typing error can pass every check of arithmetic; its source tells.
What to do: correct the figure to what the source prints, or name the source that prints it.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(provenance) = context.provenance else { return };
    for (source, text) in &provenance.texts {
        match text {
            Err(error) => found.push(no_text(context, source, error)),
            Ok(text) => found.extend(text.look_ups.iter().filter_map(|look_up| compare(context, text, look_up))),
        }
    }
}

fn no_text(context: &Context<'_>, source: &Source, error: &ArticleError) -> Diagnostic {
    let absent = matches!(error, ArticleError::Absent { .. });
    let severity = if absent { Severity::Note } else { Severity::Error };
    let facts = context.facts.sheet.facts.iter();
    let concerned = facts.filter(|fact| fact.printed.iter().any(|printed| printed.source.value == source.id.value));
    Diagnostic::new(severity, CODE, format!("{error}: its figures were not looked up"))
        .at(&context.facts.sheet.file, source.id.span, "")
        .facts(concerned.map(|fact| fact.id.value.as_str()))
        .help(error.help())
}

fn compare(context: &Context<'_>, text: &SourceText<'_>, look_up: &LookUp<'_>) -> Option<Diagnostic> {
    let LookUp { fact, printed, figure, .. } = look_up;
    let (source, phrase) = (&printed.source.value, &printed.text.value);
    let at = |severity: Severity, message: String| {
        Diagnostic::new(severity, CODE, message)
            .at(&context.facts.sheet.file, printed.text.span, form::interval_words(figure))
            .facts([fact.id.value.as_str()])
    };
    let Some((difference, number)) = &look_up.found else {
        let near = near::nearest(text, look_up);
        let diagnostic = at(Severity::Error, format!("the source `{source}` does not print `{phrase}`"));
        return Some(match near {
            Some(Near { number, words, help }) => diagnostic.at(text.article.file(), number.span(), words).help(help),
            None => diagnostic.help("look the figure up in its source, and write what it prints"),
        });
    };
    let other = number.mention.figure.as_ref().ok();
    let own = near::printed(text, number);
    let (message, help) = match difference {
        Difference::None => return None,
        Difference::Place => {
            let message = format!("the source `{source}` prints `{phrase}` with other digits");
            (message, format!("write the figure as it is printed: {own}"))
        }
        Difference::Hedge => {
            let (message, help) = hedges(source, figure, other?);
            (message, format!("{help}: {own}"))
        }
        Difference::Sign => {
            let falls = other.is_some_and(|other| other.first().digits().is_sign_negative());
            let (is, is_not) = if falls { ("a fall", "a rise") } else { ("no fall", "a fall") };
            let message = format!("the source `{source}` prints {is} where `{phrase}` is read as {is_not}");
            (message, "keep the word that says which way it goes".to_owned())
        }
        Difference::EndOfRange => {
            let message = format!("the source `{source}` prints `{phrase}` as one end of a range");
            (message, "write the range with both its ends".to_owned())
        }
        Difference::Bare => {
            let message = format!("the source `{source}` prints the number of `{phrase}` without its scale or unit");
            (message, "see whether the heading of its table gives them; `allow:` takes it if so".to_owned())
        }
        Difference::Words => {
            let message = format!("the source `{source}` prints the number of `{phrase}`, but of something else");
            (message, "check the number; if it is right, write the words that the source prints beside it".to_owned())
        }
    };
    Some(at(Severity::Warning, message).at(text.article.file(), number.span(), "printed here").help(help))
}

/// What to say of two hedges that are not one.
fn hedges(source: &str, figure: &Figure, other: &Figure) -> (String, &'static str) {
    let phrase = figure.text();
    match (figure.hedge(), other.hedge()) {
        (_, Hedge::Exact) => {
            let ours = form::plain(&format::parts(figure, figure.language()).hedge);
            (format!("the source `{source}` prints `{phrase}` without `{ours}`"), "leave the hedge out")
        }
        (Hedge::Exact, _) => (format!("the source `{source}` hedges `{phrase}`"), "keep the hedge"),
        _ => (format!("the source `{source}` prints `{phrase}` with another hedge"), "write the hedge that is printed"),
    }
}
