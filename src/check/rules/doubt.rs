//! Which figures to doubt where relations cannot hold, in words, and the slip that would explain it.

use super::{Context, form};
use crate::check::fraction::Fraction;
use crate::check::joint::Doubt;
use crate::check::judge::Verdict;
use crate::check::locate::Suspect;
use crate::check::relate::{Judged, Term};
use crate::figure::Unit;

/// Alternatives that are told; of more, the reader learns nothing.
const MOST_TOLD: usize = 3;

/// What the other relations of the sheet say of a broken one; none if they say nothing.
pub(super) fn words(context: &Context<'_>, judged: &Judged<'_>) -> Option<String> {
    if judged.verdict() != Verdict::Inconsistent {
        return None;
    }
    let place = context.joint.place_of(judged)?;
    let doubt = context.joint.doubt_of(&[place])?;
    let printed = judged.terms.iter().filter(|term| term.fact.is_some()).count();
    let tells = doubt.relations.len() > 1 || (context.joint.is_tied(place) && doubt.suspects.len() < printed);
    if tells { whom(context, doubt) } else { None }
}

/// Whether a change of a term's figure alone could repair the sheet, as far as is known.
pub(super) fn may_be_wrong(context: &Context<'_>, judged: &Judged<'_>, term: &Term<'_>) -> bool {
    let doubt = context.joint.place_of(judged).and_then(|place| context.joint.doubt_of(&[place]));
    let named = |suspect: &Suspect| context.joint.term(suspect.variable).is_some_and(|other| other.id == term.id);
    doubt.is_none_or(|doubt| doubt.suspects.is_empty() || doubt.suspects.iter().flatten().any(named))
}

/// A range is told if it is no wider than one part of so many of its lesser end.
const MOST_SHARE: i64 = 10;

/// The figures whose change repairs the sheet: "all relations would hold with `a` at 3.6 to 3.7 or `b` at …".
pub(super) fn whom(context: &Context<'_>, doubt: &Doubt) -> Option<String> {
    let sets: Vec<String> = doubt.suspects.iter().filter_map(|set| set_words(context, set)).collect();
    if sets.is_empty() || sets.len() > MOST_TOLD {
        return None;
    }
    let several = doubt.relations.len() > 1;
    let lines =
        doubt.relations.iter().filter_map(|place| context.joint.relation(*place)).map(|judged| judged.relation.span);
    let which = if several {
        format!("the relations{}", form::lines(context, lines))
    } else {
        "the sheet's relations".to_owned()
    };
    Some(format!("{which} would all hold with {}", sets.join(", or ")))
}

fn set_words(context: &Context<'_>, set: &[Suspect]) -> Option<String> {
    let words: Option<Vec<String>> = set
        .iter()
        .map(|suspect| {
            let term = context.joint.term(suspect.variable)?;
            // What the other figures leave of it is a box around what would do; a wide one would mislead.
            let is_narrow = suspect.admitted.lower().zip(suspect.admitted.upper()).is_some_and(|(lower, upper)| {
                let width = &(upper - lower) * &Fraction::from(MOST_SHARE);
                width <= lower.abs().min(upper.abs())
            });
            let range = form::range_words(&suspect.admitted, term.unit().unwrap_or(Unit::COUNT));
            let id = term.id?;
            Some(if is_narrow { format!("`{id}` at {range}") } else { format!("another `{id}`") })
        })
        .collect();
    Some(words?.join(" and "))
}
