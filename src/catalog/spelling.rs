//! Names compared as people type them: with or without marks, capitals, spaces and hyphens.

use super::fold::compact;
use super::rows::Lines;
use std::collections::BTreeMap;
use std::fmt;

/// How many near misses an error names: more would be a list to read rather than a hint.
const SUGGESTIONS: usize = 3;

/// A known entry whose name is close to one that was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The entry's id.
    pub id: String,
    /// The entry's English name.
    pub name: String,
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.id)
    }
}

/// Writes `; did you mean A (a), B (b) or C (c)?` after a message, and nothing where no name comes near.
pub(crate) fn write_near_misses(f: &mut fmt::Formatter<'_>, suggestions: &[NearMiss]) -> fmt::Result {
    for (position, near) in suggestions.iter().enumerate() {
        f.write_str(match position {
            0 => "; did you mean ",
            _ if position + 1 == suggestions.len() => " or ",
            _ => ", ",
        })?;
        write!(f, "{near}")?;
    }
    if suggestions.is_empty() { Ok(()) } else { f.write_str("?") }
}

/// Words that stand before or after a proper name and say only what kind of unit it is, in folded form.
pub(crate) struct KindWords {
    /// Words before the name, each with its closing hyphen.
    pub(crate) before: &'static [&'static str],
    /// Words after the name, each with its opening hyphen.
    pub(crate) after: &'static [&'static str],
}

impl KindWords {
    /// The folded name, and what is left of it as one kind word after another is set aside: the fullest form first, so
    /// that a name which holds such a word (`Mexico City`) is not cut down to another (`Mexico`).
    pub(crate) fn forms(&self, folded: &str) -> Vec<String> {
        let mut forms = vec![folded.to_owned()];
        let mut next = 0;
        while let Some(form) = forms.get(next).cloned() {
            let before = self.before.iter().filter_map(|word| form.strip_prefix(word));
            let after = self.after.iter().filter_map(|word| form.strip_suffix(word));
            for rest in before.chain(after).filter(|rest| !rest.is_empty()) {
                if !forms.iter().any(|known| known == rest) {
                    forms.push(rest.to_owned());
                }
            }
            next += 1;
        }
        forms
    }
}

/// Which entries bear a name, by the name's compact form.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpellingIndex {
    /// Of the built-in entries: ids with spaces between.
    built_in: Option<&'static Lines>,
    ids: BTreeMap<String, Vec<String>>,
}

impl SpellingIndex {
    /// The names of built-in entries.
    pub(super) const fn of(built_in: &'static Lines) -> SpellingIndex {
        SpellingIndex { built_in: Some(built_in), ids: BTreeMap::new() }
    }

    /// Records that the entry bears this spelling, and returns all that do, it among them.
    pub(crate) fn insert<'a>(&'a mut self, spelling: &str, id: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let spelling = compact(spelling);
        let bearers = self.ids.entry(spelling.clone()).or_default();
        if !bearers.iter().any(|bearer| bearer == id) {
            bearers.push(id.to_owned());
        }
        self.bearers_of(&spelling)
    }

    /// The entries that bear the folded name exactly, in the order in which they were recorded.
    pub(crate) fn bearers<'a>(&'a self, folded: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.bearers_of(&folded.replace('-', ""))
    }

    fn bearers_of<'a>(&'a self, compact: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let built_in = self.built_in.and_then(|lines| lines.get(compact)).unwrap_or_default().split_terminator(' ');
        built_in.chain(self.ids.get(compact).into_iter().flatten().map(String::as_str))
    }

    /// The entries whose names come nearest to any of the folded forms, nearest first: at most one slip (a letter
    /// dropped, added, changed, or swapped with its neighbour) in every three letters.
    pub(crate) fn near_misses(&self, forms: &[String]) -> Vec<&str> {
        let mut distances: BTreeMap<&str, usize> = BTreeMap::new();
        for form in forms {
            let form = form.replace('-', "");
            let length = form.chars().count();
            let limit = (length / 3).max(1);
            let built_in = self.built_in.into_iter().flat_map(Lines::iter).map(|(spelling, _)| spelling);
            for spelling in built_in.chain(self.ids.keys().map(String::as_str)) {
                // Any two-letter code is one or two slips from any other; that tells nothing.
                let letters = spelling.chars().count();
                if letters < 3 || letters.abs_diff(length) > limit {
                    continue;
                }
                let distance = strsim::osa_distance(spelling, &form);
                if distance > limit {
                    continue;
                }
                for id in self.bearers_of(spelling) {
                    distances.entry(id).and_modify(|best| *best = distance.min(*best)).or_insert(distance);
                }
            }
        }
        let mut nearest: Vec<(usize, &str)> = distances.into_iter().map(|(id, distance)| (distance, id)).collect();
        nearest.sort_unstable();
        nearest.into_iter().map(|(_, id)| id).collect()
    }
}

/// Keeps the first few near misses and drops those that would show a name twice.
pub(crate) fn suggestions<'a>(near: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<NearMiss> {
    let mut kept: Vec<NearMiss> = Vec::new();
    for (id, name) in near {
        if kept.len() == SUGGESTIONS {
            break;
        }
        if kept.iter().all(|earlier| earlier.name != name) {
            kept.push(NearMiss { id: id.to_owned(), name: name.to_owned() });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_word_is_set_aside_only_after_the_full_name() {
        let words = KindWords { before: &["tp-", "cong-hoa-", "lien-bang-"], after: &["-city"] };
        assert_eq!(words.forms("mexico-city"), ["mexico-city", "mexico"]);
        assert_eq!(words.forms("cong-hoa-lien-bang-duc"), ["cong-hoa-lien-bang-duc", "lien-bang-duc", "duc"]);
        assert_eq!(words.forms("tp-"), ["tp-"]);
    }
}
