//! The built-in catalogue as the build script lays it out: texts of lines in the order of their keys. A key is found by halving the
//! text, and an entry is read when it is first asked for, so that a start costs nothing.

use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

/// Lines of a key, a tab and what belongs to it, in the byte order of the keys.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lines(pub(super) &'static str);

impl Lines {
    /// What belongs to a key.
    pub(super) fn get(self, key: &str) -> Option<&'static str> {
        let (mut start, mut end) = (0, self.0.len());
        while start < end {
            let middle = usize::midpoint(start, end);
            let bytes = self.0.as_bytes();
            let above = bytes.get(start..middle)?.iter().rposition(|byte| *byte == b'\n');
            let line_start = above.map_or(start, |newline| start + newline + 1);
            let length = bytes.get(line_start..end)?.iter().position(|byte| *byte == b'\n')?;
            let (found, rest) = self.0.get(line_start..line_start + length)?.split_once('\t')?;
            match found.cmp(key) {
                Ordering::Equal => return Some(rest),
                Ordering::Less => start = line_start + length + 1,
                Ordering::Greater => end = line_start,
            }
        }
        None
    }

    /// Every key and what belongs to it.
    pub(super) fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.lines().filter_map(|line| line.split_once('\t'))
    }
}

/// What an entry of the catalogue is made of: its id, and the JSON of its entry.
type Read<T> = fn(&str, &str) -> Option<T>;

/// Entries by id: each line's key is the id, then come the entry's number in its file's order and its JSON.
pub(super) struct Rows<T: 'static> {
    lines: Lines,
    read: Read<T>,
    entries: OnceLock<Vec<Entry<T>>>,
}

/// An entry, once it is read; none in it where it is faulty.
type Entry<T> = OnceLock<Option<Box<T>>>;

impl<T> Rows<T> {
    pub(super) const fn new(text: &'static str, read: Read<T>) -> Rows<T> {
        Rows { lines: Lines(text), read, entries: OnceLock::new() }
    }

    /// Where an entry stands in its file.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.lines.get(id)?.split_once('\t')?.0.parse().ok()
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.entry(id, self.lines.get(id)?).map(|(_, entry)| entry)
    }

    /// Every entry with its number, in the order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.lines.iter().filter_map(|(id, rest)| self.entry(id, rest))
    }

    fn entry(&self, id: &str, rest: &str) -> Option<(usize, &T)> {
        let (number, json) = rest.split_once('\t')?;
        let number = number.parse().ok()?;
        let entries: &[Entry<T>] = self.entries.get_or_init(|| self.lines.iter().map(|_| Entry::new()).collect());
        let entry = entries.get::<usize>(number)?.get_or_init(|| (self.read)(id, json).map(Box::new));
        entry.as_deref().map(|entry| (number, entry))
    }
}

impl<T> fmt::Debug for Rows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rows").field(&self.lines).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Lines = Lines("a\t1\nab\t2\nb\t3\nnghean\t4\nz\t5\n");

    #[test]
    fn every_line_is_found_by_its_key_and_no_other() {
        for (key, rest) in NAMES.iter() {
            assert_eq!(NAMES.get(key), Some(rest), "{key}");
        }
        for key in ["", "aa", "abc", "nghe", "zz", "a\t1"] {
            assert_eq!(NAMES.get(key), None, "{key}");
        }
        assert_eq!(Lines::default().get("a"), None);
    }

    #[test]
    fn an_entry_is_read_once_and_a_faulty_one_is_none() {
        static ROWS: Rows<usize> =
            Rows::new("a\t1\t7\nb\t0\tx\n", |id, json| Some(json.parse::<usize>().ok()? + id.len()));
        assert_eq!(ROWS.get("a"), Some(&8));
        assert!(std::ptr::eq(ROWS.get("a").unwrap(), ROWS.get("a").unwrap()));
        assert_eq!((ROWS.number("a"), ROWS.number("b"), ROWS.number("c")), (Some(1), Some(0), None));
        assert_eq!((ROWS.get("b"), ROWS.get("c")), (None, None));
        assert_eq!(ROWS.iter().collect::<Vec<_>>(), [(1, &8)]);
    }
}
