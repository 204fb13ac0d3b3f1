//! `ToUnicode` maps: which text a glyph of a font stands for.

use std::collections::BTreeMap;

/// Most bytes of a glyph's text: a ligature of three letters takes six.
const MAX_TEXT: usize = 32;

/// The texts of a font's glyphs, by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CodeMap {
    texts: BTreeMap<u16, String>,
    /// Whether a code is one byte, not two.
    is_narrow: bool,
}

/// A part of a map's text.
enum Token<'a> {
    Code(Vec<u8>),
    Word(&'a str),
}

impl CodeMap {
    /// Reads the `bfchar` and `bfrange` sections of a map; what is not understood is passed over.
    pub(super) fn parse(map: &str) -> CodeMap {
        let mut known = CodeMap::default();
        let mut section = "";
        let mut pending: Vec<Vec<u8>> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        for token in tokens(map) {
            match token {
                Token::Word("[") => list = Some(Vec::new()),
                Token::Word("]") => {
                    if let (Some(items), [first, _]) = (list.take(), pending.as_slice()) {
                        known.enter_each(first, &items);
                    }
                    pending.clear();
                }
                Token::Word(word) => {
                    section = word;
                    pending.clear();
                }
                Token::Code(code) => match &mut list {
                    Some(items) => items.push(code),
                    None => pending.push(code),
                },
            }
            match (section, pending.as_slice()) {
                ("begincodespacerange", [from, _]) => known.is_narrow = from.len() == 1,
                ("beginbfchar", [code, text]) => known.enter_each(code, std::slice::from_ref(text)),
                ("beginbfrange", [from, to, text]) => known.enter_range(from, to, text),
                _ => continue,
            }
            pending.clear();
        }
        known
    }

    /// The text that a code stands for.
    pub(super) fn text(&self, code: u16) -> Option<&str> {
        self.texts.get(&code).map(String::as_str)
    }

    /// The codes of a string.
    pub(super) fn codes<'a>(&self, string: &'a [u8]) -> impl Iterator<Item = u16> + use<'a> {
        let width = if self.is_narrow { 1 } else { 2 };
        string.chunks(width).map(|code| code.iter().fold(0, |code, byte| code << 8 | u16::from(*byte)))
    }

    fn enter(&mut self, code: u16, text: &[u8]) {
        self.texts.insert(code, utf16(text.get(..MAX_TEXT).unwrap_or(text)));
    }

    fn enter_each(&mut self, first: &[u8], texts: &[Vec<u8>]) {
        let Some(first) = number(first) else { return };
        for (code, text) in (first..=u16::MAX).zip(texts) {
            self.enter(code, text);
        }
    }

    fn enter_range(&mut self, first: &[u8], last: &[u8], text: &[u8]) {
        let (Some(first), Some(last)) = (number(first), number(last)) else { return };
        let mut text = text.to_vec();
        for code in first..=last {
            self.enter(code, &text);
            if let Some(end) = text.last_mut() {
                *end = end.wrapping_add(1);
            }
        }
    }
}

fn number(code: &[u8]) -> Option<u16> {
    match code {
        [one] => Some(u16::from(*one)),
        [high, low] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}

/// UTF-16, big end first; half a letter becomes the sign for what cannot be shown.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|unit| match unit {
        [high, low] => u16::from_be_bytes([*high, *low]),
        [one] => u16::from(*one),
        _ => 0,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn tokens(map: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = map.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '[' | ']' | '>' => 1,
            _ => rest
                .find(|sign: char| sign.is_whitespace() || matches!(sign, '<' | '>' | '[' | ']'))
                .unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(end.max(first.len_utf8())).unwrap_or((rest, ""));
        match token.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
            Some(digits) => tokens.push(Token::Code(hexadecimal(digits))),
            None => tokens.push(Token::Word(token)),
        }
        rest = after.trim_start();
    }
    tokens
}

fn hexadecimal(digits: &str) -> Vec<u8> {
    let values: Vec<u8> = digits.chars().filter_map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    values.chunks(2).map(|pair| pair.iter().fold(0, |byte, value| byte << 4 | value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_ranges_and_lists() {
        let map = CodeMap::parse(
            "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
             2 beginbfchar\n<0001> <0041>\n<0002> <00660069>\nendbfchar\n\
             2 beginbfrange\n<0010> <0012> <0030>\n<0020> <0021> [<1EC9> <D835DC00>]\nendbfrange endcmap",
        );
        let texts = [1, 2, 0x10, 0x12, 0x20, 0x21].map(|code| map.text(code).unwrap_or("nothing"));
        assert_eq!(texts, ["A", "fi", "0", "2", "ỉ", "\u{1d400}"]);
        assert_eq!(map.text(0), None);
        assert_eq!(map.text(0x13), None);
    }

    #[test]
    fn codes_are_as_wide_as_the_map_says() {
        let narrow = CodeMap::parse(
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 beginbfchar\n<41> <1EC9>\nendbfchar",
        );
        assert_eq!(narrow.codes(&[0x41, 0x42]).collect::<Vec<u16>>(), [0x41, 0x42]);
        assert_eq!(narrow.text(0x41), Some("ỉ"));
        assert_eq!(CodeMap::default().codes(&[0x41, 0x42, 0x43]).collect::<Vec<u16>>(), [0x4142, 0x43]);
    }

    #[test]
    fn nonsense_is_passed_over() {
        for map in
            ["", "<", "beginbfrange <0000> <FFFF>", "beginbfchar <00> <>", "[[]]>", "beginbfrange <FFFF> <0000> <30>"]
        {
            let _survives = CodeMap::parse(map);
        }
        assert_eq!(CodeMap::parse("beginbfrange <FFF0> <000F> <0030>"), CodeMap::default());
    }
}
