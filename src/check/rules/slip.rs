//! Common slips of the pen that would explain what does not hold. A slip is told only if it is the only one that repairs the sheet.

use super::{Context, form, respell};
use crate::check::expression::Equation;
use crate::check::facts::range;
use crate::check::formula;
use crate::check::fraction::Fraction;
use crate::check::joint::Doubt;
use crate::check::judge::{Verdict, judge};
use crate::check::range::Range;
use crate::check::relate::{Judged, Term};
use crate::check::solve::{Domain, Level, Variable};
use crate::diag::{ByteSpan, Diagnostic};
use crate::figure::{self, Figure, UnitKind, format};
use crate::language::Language;
use crate::sheet::{Fact, RelationKind};

/// Powers of ten by which a figure is off when a scale word or the decimal mark slipped.
const FACTORS: [(i64, i64, &str); 6] = [
    (1000, 1, "were a thousand times larger"),
    (1, 1000, "were a thousand times smaller"),
    (10, 1, "were ten times larger"),
    (1, 10, "were ten times smaller"),
    (100, 1, "were a hundred times larger"),
    (1, 100, "were a hundred times smaller"),
];

/// A corrected reading of a figure.
struct Slip {
    /// What it is, after the figure's text: "would agree …".
    words: String,
    domain: Domain,
    /// The text to write, and the language to read it in where that is not the source's; none where it is not a matter of spelling.
    text: Option<(String, Option<Language>)>,
}

/// The one correction of a sheet.
pub(super) struct Correction {
    /// What it is.
    pub(super) words: String,
    /// The place in the sheet, and what to write there.
    edit: Option<(ByteSpan, String)>,
}

/// Says what to do about a diagnostic, with the correction last, which editors may offer to make.
pub(super) fn advise<const N: usize>(
    diagnostic: Diagnostic,
    context: &Context<'_>,
    advice: [Option<String>; N],
    correction: Option<Correction>,
) -> Diagnostic {
    let words = correction.as_ref().map(|correction| correction.words.clone());
    let help: Vec<String> = advice.into_iter().chain([words]).flatten().collect();
    let diagnostic = diagnostic.help(help.join("; "));
    match correction {
        Some(Correction { words, edit: Some((span, text)) }) => {
            diagnostic.fix(&context.facts.sheet.file, span, text, words)
        }
        _ => diagnostic,
    }
}

/// The one slip that would repair a relation that cannot hold, and with it the sheet.
pub(super) fn of(context: &Context<'_>, judged: &Judged<'_>) -> Option<Correction> {
    if judged.verdict() != Verdict::Inconsistent {
        return None;
    }
    explain(context, &[context.joint.place_of(judged)?])
}

/// The one slip that would repair what cannot hold, over all figures that may be doubted. None if there is none or more than
/// one: a guess among several would mislead.
pub(super) fn explain(context: &Context<'_>, relations: &[usize]) -> Option<Correction> {
    let joint = context.joint;
    let judged = || relations.iter().filter_map(|place| joint.relation(*place));
    // A part that is too large would be explained by any slip that makes it smaller.
    let is_loose = |judged: &Judged<'_>| matches!(judged.relation.kind, RelationKind::Part { .. });
    if judged().all(is_loose) || judged().any(Judged::is_impossible) {
        return None;
    }
    let doubt = joint.doubt_of(relations)?;
    let suspects =
        doubt.suspects.iter().filter_map(|set| if let [one] = set.as_slice() { Some(one.variable) } else { None });
    let forms = relations.iter().filter_map(|place| other_form(context, doubt, *place));
    let mut found = forms.chain(suspects.flat_map(|variable| slips(context, doubt, variable)));
    let first = found.next()?;
    if found.next().is_some() { None } else { Some(first) }
}

/// A percentage taken for another kind of percentage: a change for a ratio, a share of the plan for what goes beyond it, a
/// change on the later figure for one on the earlier.
fn other_form(context: &Context<'_>, doubt: &Doubt, place: usize) -> Option<Correction> {
    let judged = context.joint.relation(place).filter(|_| doubt.relations.len() == 1)?;
    let [result, base, percent] = judged.terms.as_slice() else { return None };
    let (result_at, base_at, percent_at) = (result.variable, base.variable, percent.variable);
    let index: fn(Variable, Variable, Variable) -> Equation<Variable> = formula::index;
    let on_later = formula::change_on_later(result_at, base_at, percent_at);
    let others = match &judged.relation.kind {
        RelationKind::Growth { as_index: true, .. } => {
            vec![(formula::growth(result_at, base_at, percent_at), "as `rate`, a change")]
        }
        RelationKind::Growth { .. } => vec![
            (index(result_at, base_at, percent_at), "as `index`, a ratio"),
            (on_later, "as a change on the later figure instead of the earlier"),
        ],
        RelationKind::Attainment { as_excess: true, .. } => {
            vec![(index(result_at, base_at, percent_at), "as `percent`, a share of the plan")]
        }
        RelationKind::Attainment { .. } => {
            vec![(formula::excess(result_at, base_at, percent_at), "as `excess`, what goes beyond the plan")]
        }
        _ => return None,
    };
    let domains: Vec<Domain> = judged.terms.iter().map(|term| term.domain.clone()).collect();
    let mut agree = others.into_iter().filter(|(equation, _)| judge(equation, &domains).verdict == Verdict::Consistent);
    let (_, words) = agree.next()?;
    if agree.next().is_some() {
        None
    } else {
        let words = format!("`{}` would agree {words}", percent.id.unwrap_or(percent.role));
        Some(Correction { words, edit: None })
    }
}

/// The slips in one figure that would repair the sheet.
fn slips(context: &Context<'_>, doubt: &Doubt, variable: Variable) -> Vec<Correction> {
    let Some(term) = context.joint.term(variable) else { return Vec::new() };
    let Some((fact, figure)) = term.fact.and_then(|fact| Some((fact, fact.figure()?))) else { return Vec::new() };
    let mut tried: Vec<Range> = Vec::new();
    let mut found = Vec::new();
    for slip in catalogue(term, figure) {
        // Two slips that come to one number are one correction.
        let expected = slip.domain.range(Level::Expected);
        if tried.contains(expected) || expected == term.domain.range(Level::Expected) {
            continue;
        }
        tried.push(expected.clone());
        if is_plausible(term, &slip.domain) && context.joint.is_repaired(doubt, variable, &slip.domain) {
            let words = format!("`{}` would agree {}", figure.text(), slip.words);
            found.push(Correction { words, edit: slip.text.and_then(|text| edit(context, fact, text)) });
        }
    }
    found
}

/// Where and how the sheet would be corrected; none if several sources print the figure, as each would have to be looked up.
fn edit(
    context: &Context<'_>,
    fact: &Fact,
    (text, language): (String, Option<Language>),
) -> Option<(ByteSpan, String)> {
    let [printed] = fact.printed.as_slice() else { return None };
    let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    match language {
        None => Some((printed.text.span, quoted)),
        // What is written as a mapping already says how it is read.
        Some(_) if printed.read_as.is_some() || context.facts.sheet.file.slice(printed.text.span).contains('\n') => {
            None
        }
        Some(language) => Some((printed.text.span, format!("{{text: {quoted}, read_as: {language}}}"))),
    }
}

/// Every slip that the figure could be, the likeliest first.
fn catalogue(term: &Term<'_>, figure: &Figure) -> Vec<Slip> {
    let words = |figure: &Figure| form::plain(&format::figure(figure, Language::En));
    let text = figure.text();
    let mut slips = Vec::new();
    let own = figure.language();
    let mut reread = |text: &str, language: Language, words: &dyn Fn(&Figure) -> String| {
        if let Ok(other) = figure::read(text, language)
            && other.value() != figure.value()
            && let Some(domain) = domain(term, &other)
        {
            let text = Some((text.to_owned(), (language != own).then_some(language)));
            slips.push(Slip { words: words(&other), domain, text });
        }
    };
    let other = figure.language().other();
    reread(text, other, &|figure| format!("if read as {}: {}", form::language_words(other), words(figure)));
    // In the words of the source: what is typed as told is read as meant.
    for spelling in respell::spellings(text, figure.language(), is_exact(figure)) {
        reread(&spelling.text, figure.language(), &|figure| format!("{}: `{}`", spelling.change, figure.text()));
    }
    for (numerator, denominator, words) in FACTORS {
        let factor = Fraction::ratio(numerator, denominator).unwrap_or_default();
        let domain = scaled(term, &factor);
        slips.extend(domain.map(|domain| Slip { words: format!("if it {words}"), domain, text: None }));
    }
    if figure.unit().kind() == UnitKind::Percent {
        let falls = figure.value().is_some_and(|value| value.is_sign_negative());
        let word = if falls { "an increase" } else { "a decrease" };
        let domain = scaled(term, &-&Fraction::ONE);
        slips.extend(domain.map(|domain| Slip { words: format!("as {word}"), domain, text: None }));
    }
    slips
}

/// Whether a figure's digits are all there is: a whole number without scale word, whose every digit counts.
fn is_exact(figure: &Figure) -> bool {
    let strict = figure.strict();
    strict.lower.is_some() && strict.lower == strict.upper
}

/// Whether a figure of the kind can lie there.
fn is_plausible(term: &Term<'_>, domain: &Domain) -> bool {
    domain.range(Level::Expected).meets(term.domain.possible())
}

fn domain(term: &Term<'_>, figure: &Figure) -> Option<Domain> {
    if term.unit() != Some(figure.unit()) {
        return None;
    }
    let domain = Domain::printed(range(figure.expected())?).hedged(&range(figure.strict())?);
    Some(if term.domain.is_whole() { domain.whole() } else { domain })
}

fn scaled(term: &Term<'_>, factor: &Fraction) -> Option<Domain> {
    let own = term.domain.range(Level::Expected);
    let scale = |end: Option<&Fraction>| end.map(|end| end * factor);
    let (lower, upper) = (scale(own.lower()), scale(own.upper()));
    let (lower, upper) = if factor.is_negative() { (upper, lower) } else { (lower, upper) };
    let domain = Domain::printed(Range::new(lower, upper)?);
    Some(if term.domain.is_whole() { domain.whole() } else { domain })
}
