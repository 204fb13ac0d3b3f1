//! The plain part of YAML, read at once: what sheets are nearly always written in, and nothing that could be read in two ways.
//!
//! Block mappings and sequences, flow ones, quoted texts without escapes, plain texts of one line, comments. Whatever else there is,
//! and whatever is wrong, is refused without a word, and the library reads the text from its start: it knows all of YAML, and its
//! are the messages. What is read here has the values and the places that the library gives, which tests hold it to.

use std::ops::Range;

/// Deepest nesting that is read here.
const MOST_DEPTH: usize = 12;
/// Most nodes that are read here, and most bytes: half of what the library is told to bear.
const MOST_NODES: usize = 75_000;
const MOST_BYTES: usize = 512 * 1024;
/// The longest key: the library looks no further than 1,024 characters for its colon.
const LONGEST_KEY: usize = 200;
/// Bytes that are looked at together.
const BLOCK: usize = 32;
/// Keys of a mapping that are compared each with each; more are sorted first.
const FEW: usize = 8;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text without quotes: a number, a word of YAML's such as `null`, or a text.
    Plain,
    /// A text between quotes.
    Quoted,
    /// Keys and values, in turn.
    Mapping,
    /// Entries.
    Sequence,
}

/// A node of a text; what is inside of it follows it.
#[derive(Debug, Clone)]
pub(super) struct Node<'t> {
    pub(super) kind: Kind,
    /// What a scalar says.
    pub(super) text: &'t str,
    /// Where it stands: a scalar with its quotes, the bracket that opens a flow collection, the point where a block begins.
    pub(super) place: Range<usize>,
    /// The index of the first node that is not inside of it.
    pub(super) after: usize,
}

/// The nodes of a text, the whole first; none where the text is not plain.
pub(super) fn nodes(text: &str) -> Option<Vec<Node<'_>>> {
    if text.len() > MOST_BYTES || !is_printable(text.as_bytes()) {
        return None;
    }
    let mut parser = Parser { text, at: 0, column: 0, floor: 0, depth: 0, nodes: Vec::with_capacity(text.len() / 16) };
    parser.advance();
    if parser.column != 0 {
        return None;
    }
    parser.block_mapping(0)?;
    (parser.at == text.len()).then_some(parser.nodes)
}

/// Whether there are only spaces, line feeds, and characters that YAML prints as they are, of the first plane.
fn is_printable(bytes: &[u8]) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    let mut rest = bytes;
    loop {
        // Without a branch to each byte, many bytes are looked at together.
        while let Some((block, after)) = rest.split_first_chunk::<BLOCK>()
            && block.iter().fold(true, |all, byte| all & is_plain(byte))
        {
            rest = after;
        }
        let Some(other) = rest.iter().position(|byte| !is_plain(byte)) else { return true };
        rest = rest.get(other..).unwrap_or_default();
        match rest {
            // C1 controls with the next line, line and paragraph separators, the byte order mark and what is no character.
            [0xc2, 0x80..=0x9f, ..]
            | [0xe2, 0x80, 0xa8 | 0xa9, ..]
            | [0xef, 0xbb, 0xbf, ..]
            | [0xef, 0xbf, 0xbe | 0xbf, ..] => return false,
            [0x80..=0xef, after @ ..] => rest = after,
            _ => return false,
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How far the line's first character is from its margin; of the line that `advance` found.
    column: usize,
    /// The margin that a flow collection's lines must be beyond.
    floor: usize,
    depth: usize,
    nodes: Vec<Node<'t>>,
}

impl<'t> Parser<'t> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn byte_after(&self, count: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + count).copied()
    }

    /// Whether a byte ends a word: a space, a line's end or the text's.
    fn is_blank(byte: Option<u8>) -> bool {
        matches!(byte, None | Some(b' ' | b'\n'))
    }

    fn skip_spaces(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// From the start of a line to the first character that is no space and in no comment, or to the end.
    fn advance(&mut self) {
        loop {
            let start = self.at;
            self.skip_spaces();
            match self.byte() {
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                _ => {
                    self.column = self.at - start;
                    return;
                }
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |newline| newline + 1);
    }

    /// Past the end of a line on which nothing but a comment follows, to the next content.
    fn end_line(&mut self) -> Option<()> {
        self.skip_spaces();
        match self.byte() {
            None | Some(b'\n') => {}
            Some(b'#') if self.byte_before() == Some(b' ') => {}
            _ => return None,
        }
        self.skip_line();
        self.advance();
        Some(())
    }

    fn has_ended(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Opens a collection that begins here; what is given back closes it.
    fn open(&mut self, kind: Kind, length: usize) -> Option<usize> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let place = self.at..self.at + length;
        self.nodes.push(Node { kind, text: "", place, after: 0 });
        Some(self.nodes.len() - 1)
    }

    fn close(&mut self, opened: usize) -> Option<()> {
        self.depth -= 1;
        let after = self.nodes.len();
        if self.nodes.get(opened)?.kind == Kind::Mapping && self.has_twins(opened) {
            return None;
        }
        self.nodes.get_mut(opened)?.after = after;
        (after <= MOST_NODES).then_some(())
    }

    /// Whether a key of a mapping stands twice.
    fn has_twins(&self, opened: usize) -> bool {
        if self.keys(opened).nth(FEW).is_none() {
            let mut keys = self.keys(opened);
            return keys
                .any(|(key, at)| self.keys(opened).take_while(|(_, before)| *before < at).any(|(k, _)| k == key));
        }
        let mut keys: Vec<&str> = self.keys(opened).map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
    }

    /// The keys of a mapping that is not closed yet, with their places among the nodes.
    fn keys(&self, opened: usize) -> impl Iterator<Item = (&'t str, usize)> {
        let mut at = opened + 1;
        std::iter::from_fn(move || {
            let [key, value] = self.nodes.get(at..at + 2)? else { return None };
            Some((key.text, std::mem::replace(&mut at, value.after)))
        })
    }

    fn scalar(&mut self, kind: Kind, text: Range<usize>, place: Range<usize>) -> Option<()> {
        let text = self.text.get(text)?;
        let after = self.nodes.len() + 1;
        self.nodes.push(Node { kind, text, place, after });
        Some(())
    }

    /// The length of the key that begins here, its colon not counted.
    fn key_length(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let length = rest.iter().position(|byte| !is_key(byte))?;
        let is_plain = rest.first().is_some_and(u8::is_ascii_alphanumeric) && length <= LONGEST_KEY;
        (is_plain && rest.get(length) == Some(&b':') && Self::is_blank(rest.get(length + 1).copied())).then_some(length)
    }

    fn key(&mut self) -> Option<()> {
        let end = self.at + self.key_length()?;
        self.scalar(Kind::Plain, self.at..end, self.at..end)?;
        self.at = end + 1;
        Some(())
    }

    /// A mapping whose keys stand `indent` from the margin, the first of them here; ends at the next content.
    fn block_mapping(&mut self, indent: usize) -> Option<()> {
        let opened = self.open(Kind::Mapping, 0)?;
        loop {
            self.key()?;
            self.skip_spaces();
            if matches!(self.byte(), None | Some(b'\n' | b'#')) {
                self.end_line()?;
                if self.has_ended() || self.column < indent {
                    return None;
                }
                if self.is_entry() {
                    self.block_sequence(self.column)?;
                } else if self.column > indent {
                    self.block_mapping(self.column)?;
                } else {
                    return None;
                }
            } else {
                self.value(indent)?;
            }
            if self.has_ended() || self.column < indent {
                return self.close(opened);
            }
            if self.column > indent {
                return None;
            }
        }
    }

    fn byte_before(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at.checked_sub(1)?).copied()
    }

    fn is_entry(&self) -> bool {
        self.byte() == Some(b'-') && self.byte_after(1) == Some(b' ')
    }

    /// A sequence whose dashes stand `indent` from the margin, the first of them here; ends at the next content.
    fn block_sequence(&mut self, indent: usize) -> Option<()> {
        let opened = self.open(Kind::Sequence, 0)?;
        while self.is_entry() {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            if self.key_length().is_some() {
                self.block_mapping(indent + self.at - dash)?;
            } else {
                self.value(indent)?;
            }
            if self.has_ended() || self.column < indent {
                break;
            }
            if self.column > indent {
                return None;
            }
        }
        self.close(opened)
    }

    /// A value that begins on the line of its key or dash, inside of a block at `indent`; ends at the next content.
    fn value(&mut self, indent: usize) -> Option<()> {
        self.floor = indent;
        self.inline(false)?;
        self.end_line()?;
        // What is further in goes on with this value.
        (self.has_ended() || self.column <= indent).then_some(())
    }

    fn inline(&mut self, in_flow: bool) -> Option<()> {
        match self.byte()? {
            b'{' => self.flow_mapping(),
            b'[' => self.flow_sequence(),
            quote @ (b'"' | b'\'') => self.quoted(quote),
            _ => self.plain(in_flow),
        }
    }

    /// To the next content within a flow collection, which may stand on a later line.
    fn skip_in_flow(&mut self) -> Option<()> {
        self.skip_spaces();
        while self.byte() == Some(b'\n') {
            self.at += 1;
            let start = self.at;
            self.skip_spaces();
            if self.byte() != Some(b'\n') && self.at - start <= self.floor {
                return None;
            }
        }
        Some(())
    }

    fn flow_mapping(&mut self) -> Option<()> {
        self.flow(Kind::Mapping, b'}', |reader| {
            reader.key()?;
            reader.skip_in_flow()?;
            reader.inline(true)
        })
    }

    fn flow_sequence(&mut self) -> Option<()> {
        self.flow(Kind::Sequence, b']', |reader| reader.inline(true))
    }

    /// A flow collection up to its closing bracket, its members read one by one.
    fn flow(&mut self, kind: Kind, bracket: u8, member: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        let opened = self.open(kind, 1)?;
        self.at += 1;
        self.skip_in_flow()?;
        if self.byte() != Some(bracket) {
            loop {
                member(self)?;
                self.skip_in_flow()?;
                if self.byte() != Some(b',') {
                    break;
                }
                self.at += 1;
                self.skip_in_flow()?;
            }
        }
        if self.byte() != Some(bracket) {
            return None;
        }
        self.at += 1;
        self.close(opened)
    }

    fn quoted(&mut self, quote: u8) -> Option<()> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start + 1..)?;
        let length = rest.iter().position(|byte| *byte == quote || matches!(byte, b'\\' | b'\n'))?;
        if rest.get(length) != Some(&quote) || rest.get(length + 1) == Some(&quote) {
            return None;
        }
        self.at = start + length + 2;
        self.scalar(Kind::Quoted, start + 1..start + 1 + length, start..self.at)
    }

    fn plain(&mut self, in_flow: bool) -> Option<()> {
        let start = self.at;
        match self.byte()? {
            b'-' if self.byte_after(1).is_some_and(|next| next.is_ascii_alphanumeric()) => {}
            first if first.is_ascii_alphanumeric() || !first.is_ascii() => {}
            b'(' | b'$' | b'+' | b'~' | b'/' => {}
            _ => return None,
        }
        let bytes = self.text.as_bytes();
        let divides = |byte: u8| in_flow && matches!(byte, b',' | b'[' | b']' | b'{' | b'}');
        let mut end = start;
        loop {
            let rest = bytes.get(end..)?;
            let stop = |byte: &u8| matches!(byte, b'\n' | b'#' | b':' | b',' | b'[' | b']' | b'{' | b'}');
            end += rest.iter().position(stop).unwrap_or(rest.len());
            let next = bytes.get(end + 1).copied();
            match bytes.get(end).copied() {
                None | Some(b'\n') => break,
                Some(b'#') if bytes.get(end - 1) == Some(&b' ') => break,
                Some(b':') if Self::is_blank(next) || next.is_some_and(divides) => return None,
                Some(byte) if divides(byte) => break,
                Some(_) => end += 1,
            }
        }
        while bytes.get(end - 1) == Some(&b' ') {
            end -= 1;
        }
        self.at = end;
        self.scalar(Kind::Plain, start..end, start..end)
    }
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
