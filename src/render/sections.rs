//! A template in sections, each parsed and rendered for itself.
//!
//! The template parser counts lines from the start of its text for every tag, so that the time to read a template grows with the
//! square of its length. A line `{{!-- section --}}` outside every block ends a section; a template without such a line is one.

/// The line between two sections.
pub(super) const MARK: &str = "{{!-- section --}}";

/// The sections of a template, each with the number of lines before it.
pub(super) fn split(text: &str) -> Vec<(usize, &str)> {
    let mut sections = Vec::new();
    let (mut start, mut lines_before, mut position) = (0, 0, 0);
    for (line_number, line) in text.split_inclusive('\n').enumerate() {
        if line.trim() == MARK {
            sections.push((lines_before, text.get(start..position).unwrap_or_default()));
            start = position + line.len();
            lines_before = line_number + 1;
        }
        position += line.len();
    }
    sections.push((lines_before, text.get(start..).unwrap_or_default()));
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_know_where_they_start() {
        let text = "a\n{{!-- section --}}\nb\nc\n  {{!-- section --}}\nd";
        assert_eq!(split(text), [(0, "a\n"), (2, "b\nc\n"), (5, "d")]);
        assert_eq!(split("a\nb\n"), [(0, "a\nb\n")]);
        assert_eq!(split(""), [(0, "")]);
    }
}
