//! The built-in catalogue as the build script lays it out: texts of lines in the order of their keys. A key is found by halving, and
//! an entry is read when it is first asked for, so that a start costs next to nothing.

use std::fmt;
use std::sync::OnceLock;

/// Lines of a key, a tab and what belongs to it, in the byte order of the keys.
#[derive(Debug)]
pub(super) struct Lines {
    text: &'static str,
    /// Each line, once any is asked for.
    lines: OnceLock<Vec<&'static str>>,
}

impl Lines {
    pub(super) const fn new(text: &'static str) -> Lines {
        Lines { text, lines: OnceLock::new() }
    }

    fn lines(&self) -> &[&'static str] {
        self.lines.get_or_init(|| self.text.lines().collect())
    }

    /// Where a key stands, and what belongs to it.
    fn find(&self, key: &str) -> Option<(usize, &'static str)> {
        let lines = self.lines();
        let key = key.as_bytes();
        let place = |line: &&str| match line.as_bytes().split_at_checked(key.len()) {
            // A tab comes before whatever else could go on with the key.
            Some((start, rest)) => start.cmp(key).then(rest.first().cmp(&Some(&b'\t'))),
            None => line.as_bytes().cmp(key),
        };
        let at = lines.binary_search_by(place).ok()?;
        Some((at, lines.get(at)?.get(key.len() + 1..)?))
    }

    /// What belongs to a key.
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        self.find(key).map(|(_, rest)| rest)
    }

    /// Every key and what belongs to it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.lines().iter().filter_map(|line| line.split_once('\t'))
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
        Rows { lines: Lines::new(text), read, entries: OnceLock::new() }
    }

    /// Where an entry stands in its file.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.lines.get(id)?.split_once('\t')?.0.parse().ok()
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        let (at, rest) = self.lines.find(id)?;
        self.entry(at, id, rest.split_once('\t')?.1)
    }

    /// Every entry with its number, in the order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.lines.iter().enumerate().filter_map(|(at, (id, rest))| {
            let (number, json) = rest.split_once('\t')?;
            Some((number.parse().ok()?, self.entry(at, id, json)?))
        })
    }

    fn entry(&self, at: usize, id: &str, json: &str) -> Option<&T> {
        let entries: &[Entry<T>] = self.entries.get_or_init(|| self.lines.iter().map(|_| Entry::new()).collect());
        entries.get(at)?.get_or_init(|| (self.read)(id, json).map(Box::new)).as_deref()
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

    #[test]
    fn every_line_is_found_by_its_key_and_no_other() {
        let names = Lines::new("a\t1\nab\t2\nb\t3\nnghean\t4\nz\t5\n");
        assert_eq!(names.iter().count(), 5);
        for (key, rest) in names.iter() {
            assert_eq!(names.get(key), Some(rest), "{key}");
        }
        for key in ["", "aa", "abc", "nghe", "zz", "a\t1"] {
            assert_eq!(names.get(key), None, "{key}");
        }
        assert_eq!(Lines::new("").get("a"), None);
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
