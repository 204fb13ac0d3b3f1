//! The text that diagnostics point into.

/// A half-open range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Where a span stands: lines and columns from 1, columns in characters, the end one past the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The first line.
    pub start_line: usize,
    /// The column of the first character.
    pub start_column: usize,
    /// The last line.
    pub end_line: usize,
    /// One past the column of the last character.
    pub end_column: usize,
}

/// A file as it was read: its path, for messages, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// Keeps a text under the path it came from.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        SourceFile { path: path.into(), text, line_starts }
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span, clipped to the file and to whole characters.
    pub fn slice(&self, span: ByteSpan) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// Lines and columns of a span.
    pub fn region(&self, span: ByteSpan) -> Region {
        let (start_line, start_column) = self.line_column(span.start);
        let (end_line, end_column) = self.line_column(span.end.max(span.start));
        Region { start_line, start_column, end_line, end_column }
    }

    /// The whole lines that hold a span, without the last one's end, and the number of the first.
    pub fn lines_of(&self, span: ByteSpan) -> (usize, ByteSpan) {
        let (first, _) = self.line_column(span.start);
        let start = self.line_starts.get(first - 1).copied().unwrap_or(0);
        let end = span.end.max(span.start).min(self.text.len());
        let rest = self.text.get(end..).unwrap_or_default();
        (first, ByteSpan { start, end: end + rest.find('\n').unwrap_or(rest.len()) })
    }

    /// A span without the white space at its end: a block of YAML ends where the next one starts.
    pub fn trimmed(&self, span: ByteSpan) -> ByteSpan {
        let length = self.slice(span).trim_end().len();
        if length == 0 { span } else { ByteSpan { start: span.start, end: span.start + length } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let file = SourceFile::new("a.yaml", "một: 1\nhai: gần 9,98 tỉ\n");
        let byte = file.text().find("tỉ").unwrap();
        assert_eq!(file.line_column(byte), (2, 15));
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(10_000), (3, 1));
    }

    #[test]
    fn lines_are_whole_and_without_their_end() {
        let file = SourceFile::new("a.yaml", "một: 1\nhai: 2\nba: 3\nbốn: 4");
        let lines = |from: &str, to: &str| {
            let span = ByteSpan { start: file.text().find(from).unwrap(), end: file.text().find(to).unwrap() };
            let (first, lines) = file.lines_of(span);
            (first, file.slice(lines))
        };
        assert_eq!(lines("2", "3"), (2, "hai: 2\nba: 3"));
        assert_eq!(lines("một", "1"), (1, "một: 1"));
        assert_eq!(lines("ốn", "4"), (4, "bốn: 4"));
        let end = file.text().len();
        assert_eq!(file.slice(file.lines_of(ByteSpan { start: end, end: end + 9 }).1), "bốn: 4");
    }

    #[test]
    fn a_region_ends_after_its_last_character() {
        let file = SourceFile::new("a.yaml", "một: 1\nhai:\n  ba: tỉ\n  \nnăm: 5\n");
        let start = file.text().find("hai").unwrap();
        let block = ByteSpan { start, end: file.text().find("năm").unwrap() };
        let region = file.region(file.trimmed(block));
        assert_eq!(region, Region { start_line: 2, start_column: 1, end_line: 3, end_column: 9 });
        let nothing = ByteSpan { start, end: start };
        assert_eq!(file.trimmed(nothing), nothing);
    }
}
