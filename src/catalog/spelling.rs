//! Names compared as people type them: with or without marks, capitals, spaces and hyphens.

use std::collections::BTreeMap;
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many near misses an error names: more would be a list to read rather than a hint.
const SUGGESTIONS: usize = 3;

/// Reduces a name to what all its spellings share: lower case, no marks, đ as d, and one hyphen for every run of
/// characters that are neither letters nor digits.
///
/// Composed and decomposed text fold alike, and a folded text folds to itself. The result is also the form of an id.
pub fn fold(text: &str) -> String {
    // Most spellings are ASCII, and the whole catalogue is folded at every start.
    if text.is_ascii() {
        join_words(text.chars().map(|character| character.to_ascii_lowercase()))
    } else {
        join_words(text.chars().flat_map(char::to_lowercase).nfd().filter(|&character| !is_combining_mark(character)))
    }
}

fn join_words(characters: impl Iterator<Item = char>) -> String {
    let mut folded = String::new();
    let mut gap = false;
    for character in characters {
        if !character.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push('-');
        }
        gap = false;
        // Letters whose stroke or ligature Unicode does not decompose, though writers drop it like a mark.
        match character {
            'đ' => folded.push('d'),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            other => folded.push(other),
        }
    }
    folded
}

/// The folded name without its hyphens, so that `NGHEAN`, `Nghe An` and `nghe-an` meet.
pub(crate) fn compact(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|character| character != '-');
    folded
}

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SpellingIndex {
    ids: BTreeMap<String, Vec<String>>,
}

impl SpellingIndex {
    /// Records that the entry bears this spelling, and returns all that do, it among them.
    pub(crate) fn insert(&mut self, spelling: &str, id: &str) -> &[String] {
        let bearers = self.ids.entry(compact(spelling)).or_default();
        if !bearers.iter().any(|bearer| bearer == id) {
            bearers.push(id.to_owned());
        }
        bearers
    }

    /// The entries that bear the folded name exactly, in the order in which they were recorded.
    pub(crate) fn bearers(&self, folded: &str) -> &[String] {
        self.ids.get(&folded.replace('-', "")).map_or(&[], Vec::as_slice)
    }

    /// The entries whose names come nearest to any of the folded forms, nearest first: at most one slip (a letter
    /// dropped, added, changed, or swapped with its neighbour) in every three letters.
    pub(crate) fn near_misses(&self, forms: &[String]) -> Vec<&str> {
        let mut distances: BTreeMap<&str, usize> = BTreeMap::new();
        for form in forms {
            let form = form.replace('-', "");
            let length = form.chars().count();
            let limit = (length / 3).max(1);
            for (spelling, ids) in &self.ids {
                // Any two-letter code is one or two slips from any other; that tells nothing.
                let letters = spelling.chars().count();
                if letters < 3 || letters.abs_diff(length) > limit {
                    continue;
                }
                let distance = strsim::osa_distance(spelling, &form);
                if distance > limit {
                    continue;
                }
                for id in ids {
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
    fn marks_case_spaces_and_punctuation_do_not_count() {
        for (text, folded) in [
            ("Nghệ An", "nghe-an"),
            ("  NGHỆ   AN  ", "nghe-an"),
            ("Đắk Lắk", "dak-lak"),
            ("TP.HCM", "tp-hcm"),
            ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
            ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
            ("Côtes-d’Armor", "cotes-d-armor"),
            ("Türkiye", "turkiye"),
            ("Hyōgo", "hyogo"),
            ("Łódź", "lodz"),
            ("nghe\u{a0}an", "nghe-an"),
            ("", ""),
            (" - ", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        for text in ["Thừa Thiên Huế", "Đồng Tháp", "Khăm Muộn", "Ả Rập Xê Út", "İstanbul"] {
            let decomposed: String = text.nfd().collect();
            assert_eq!(fold(&decomposed), fold(text));
        }
    }

    #[test]
    fn a_kind_word_is_set_aside_only_after_the_full_name() {
        let words = KindWords { before: &["tp-", "cong-hoa-", "lien-bang-"], after: &["-city"] };
        assert_eq!(words.forms("mexico-city"), ["mexico-city", "mexico"]);
        assert_eq!(words.forms("cong-hoa-lien-bang-duc"), ["cong-hoa-lien-bang-duc", "lien-bang-duc", "duc"]);
        assert_eq!(words.forms("tp-"), ["tp-"]);
    }

    proptest::proptest! {
        #[test]
        fn a_folded_text_folds_to_itself(text in "\\PC*") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
