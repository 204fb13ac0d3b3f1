//! The text of an HTML page.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements whose content no reader sees as text.
const HIDDEN: &[&[u8]] = &[
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"svg",
    b"head",
    b"iframe",
    b"object",
    b"select",
    b"textarea",
    b"nav",
];

/// Elements within a line: their tags divide nothing.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"del", b"dfn", b"em", b"font", b"i", b"ins", b"kbd",
    b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong", b"sub", b"sup", b"time", b"tt", b"u", b"var", b"wbr",
];

/// The text that a reader of the page sees. Each line of the page stays a line, so that a line's number is that of the page; a tab
/// stands between cells of a table, and two where a block begins or ends.
pub(super) fn text(page: &str) -> String {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut text = Text { page, seen: String::with_capacity(page.len() / 2), read: 0, breaks: 0 };
    let mut hidden: Option<(Vec<u8>, usize)> = None;
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                text.pad(tag.span.start);
                match &mut hidden {
                    // A page may leave its head open.
                    Some(_) if *tag.name == b"body" => hidden = None,
                    Some((name, depth)) => *depth += usize::from(*name == *tag.name),
                    None if HIDDEN.contains(&&tag.name[..]) && !tag.self_closing => hidden = Some((tag.name.0, 1)),
                    None => text.divide(&tag.name, false),
                }
            }
            Token::EndTag(tag) => {
                text.pad(tag.span.start);
                match &mut hidden {
                    Some((name, depth)) if *name == *tag.name => {
                        *depth = depth.saturating_sub(1);
                        if *depth == 0 {
                            hidden = None;
                        }
                    }
                    Some(_) => {}
                    None => text.divide(&tag.name, true),
                }
            }
            Token::String(string) if hidden.is_none() => {
                text.pad(string.span.start);
                text.push(&String::from_utf8_lossy(&string.value));
            }
            _ => {}
        }
    }
    text.seen
}

/// The text as it grows.
struct Text<'a> {
    page: &'a str,
    seen: String,
    /// The bytes of the page whose line breaks were counted.
    read: usize,
    /// Line breaks of the page up to there, less those of the text.
    breaks: usize,
}

impl Text<'_> {
    /// Breaks lines until the text has as many as the page up to a byte.
    fn pad(&mut self, to: usize) {
        let passed = self.page.get(self.read..to).unwrap_or_default();
        self.breaks += passed.matches('\n').count();
        self.read = self.read.max(to);
        self.seen.extend(std::iter::repeat_n('\n', self.breaks));
        self.breaks = 0;
    }

    /// Adds the text of a token that starts where [`Text::pad`] ended; its line breaks are the page's own.
    fn push(&mut self, text: &str) {
        self.seen.push_str(text);
        let mut left = text.matches('\n').count();
        while left > 0 {
            let Some(at) = self.page.get(self.read..).and_then(|rest| rest.find('\n')) else { break };
            self.read += at + 1;
            left -= 1;
        }
    }

    /// Divides what a tag divides.
    fn divide(&mut self, tag: &[u8], is_end: bool) {
        match tag {
            b"td" | b"th" if is_end => {}
            b"td" | b"th" | b"br" => self.seen.push('\t'),
            tag if INLINE.contains(&tag) => {}
            _ => self.seen.push_str("\t\t"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with single spaces.
    fn words(page: &str) -> String {
        text(page).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_go_and_entities_are_read() {
        assert_eq!(
            words("<p>nearly <b>9.98</b>&nbsp;billion&#32;USD &amp; <i>more</i></p>"),
            "nearly 9.98 billion USD & more"
        );
        assert_eq!(words("<p>1,1<b>55</b> projects</p>"), "1,155 projects");
        assert_eq!(words("g&#7847;n 9,98 t&#x1EC9; USD"), "gần 9,98 tỉ USD");
    }

    #[test]
    fn what_no_reader_sees_is_no_text() {
        let page = "<!doctype html><html><head><title>99</title><style>p{width:98px}</style></head>\
            <body><script>if (a < 97) { '<p>96</p>' }</script><!-- 95 --><p title='94'>588 projects</p></body></html>";
        assert_eq!(words(page), "588 projects");
        assert_eq!(words("<head><meta charset=utf-8><body>588 projects"), "588 projects");
        assert_eq!(words("<svg><svg><text>1</text></svg>2</svg>588"), "588");
    }

    #[test]
    fn cells_and_blocks_do_not_run_together() {
        assert_eq!(text("<td>36</td><td>588</td>"), "\t36\t588");
        assert_eq!(words("<p>in 2022</p><p>588 projects</p>"), "in 2022 588 projects");
        assert!(text("<p>in 2022</p><p>588 projects</p>").contains("2022\t\t"));
    }

    #[test]
    fn lines_keep_their_numbers() {
        let page = "<html>\n<script>\n1\n2\n</script>\n<p class=a\n id=b>eight\nnine</p>\r\nten\n";
        let lines = |text: &str, word: &str| text.split(word).next().map_or(0, |before| before.matches('\n').count());
        for word in ["eight", "nine", "ten"] {
            assert_eq!(lines(&text(page), word), lines(page, word), "{word}");
        }
    }

    #[test]
    fn tag_soup_is_survived() {
        for page in [
            "<",
            "<p",
            "</",
            "<!--",
            "<script>",
            "&#0;&#xFFFFFFFF;&bogus;",
            "<p <p <p>588",
            "</div></div>",
            "\u{0}<\u{0}>",
        ] {
            let _any = text(page);
        }
        assert_eq!(words("</div><p>588"), "588");
    }
}
