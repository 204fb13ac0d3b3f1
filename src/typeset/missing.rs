//! Letters that no font has, in words.

use std::collections::{BTreeMap, BTreeSet};
use unicode_script::{Script, UnicodeScript};

/// So many letters are named one by one.
const NAMED: usize = 6;

/// Names letters: a few one by one, many by their scripts.
pub(super) fn name(letters: &BTreeSet<char>) -> String {
    if letters.len() <= NAMED {
        let list: Vec<String> = letters.iter().copied().map(quoted).collect();
        return format!("the letters {}", list.join(", "));
    }
    let mut scripts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for letter in letters.iter().copied() {
        let script = match letter.script() {
            Script::Common | Script::Inherited | Script::Unknown => "",
            script => script.full_name(),
        };
        scripts.entry(script).or_default().push(letter);
    }
    // Signs of no script come last.
    let (signs, named): (Vec<_>, Vec<_>) = scripts.into_iter().partition(|(script, _)| script.is_empty());
    let groups = named.into_iter().chain(signs).filter_map(|(script, letters)| {
        let (first, count) = (quoted(*letters.first()?), letters.len());
        Some(match (script.is_empty(), count) {
            (true, 1) => format!("the sign {first}"),
            (true, _) => format!("{count} signs, such as {first}"),
            (false, 1) => format!("the letter {first} of {script}"),
            (false, _) => format!("{count} letters of {script}, such as {first}"),
        })
    });
    groups.collect::<Vec<_>>().join("; ")
}

fn quoted(letter: char) -> String {
    format!("`{letter}` (U+{:04X})", u32::from(letter))
}
