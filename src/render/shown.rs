//! Typed numerals as whoever reads the Markdown sees them: the parser says what is text and what is not, where characters only hint at it.

use super::trace::{holds_numeral, is_numeral, is_typed, untraced};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The numerals of a whole document, byte by byte, that nothing stands behind: those that [`untraced`] sees, and those that only a parser of
/// Markdown does.
pub(super) fn untraced_in_document(document: &str) -> Vec<Range<usize>> {
    if is_surely_traced(document) {
        return Vec::new();
    }
    let mut found = untraced(document);
    for shown in shown(document) {
        if !found.iter().any(|known| known.start < shown.end && shown.start < known.end) {
            found.push(shown);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Whether it takes no parser to see that every numeral is traced: none is typed but those that number a list, and nothing before
/// these could make a reader take them for text. It is what built-in templates make; where it is not so, nothing is said.
fn is_surely_traced(document: &str) -> bool {
    let mut rules = 0;
    let (mut may_hide, mut may_start_list) = (false, true);
    for line in document.lines() {
        if may_show(line.strip_prefix("1. ").unwrap_or(line)) {
            return false;
        }
        let is_comment = is_comment_line(line);
        if let Some(item) = line.strip_prefix("1. ") {
            // Within front matter a list is text.
            if may_hide || !may_start_list || rules == 1 || opens_block(item) {
                return false;
            }
        } else {
            rules += usize::from(line.starts_with("---"));
            may_hide |= rules > 2 || !is_comment && opens_block(line);
            may_start_list = line.is_empty() || is_comment && may_start_list;
        }
    }
    true
}

/// Whether a line may show a numeral that is not traced, of its own or by the name of a character.
fn may_show(line: &str) -> bool {
    holds_numeral(line) || line.contains('\r') || line.split('&').skip(1).any(may_name_character)
}

/// Whether what follows `&` may name a character: letters and a semicolon.
fn may_name_character(text: &str) -> bool {
    text.trim_start_matches(|sign: char| sign.is_ascii_alphanumeric() || sign == '#').starts_with(';')
}

/// Whether a line may begin a block of code or HTML, which others may be part of.
fn opens_block(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    let text =
        text.strip_prefix("[^").and_then(|note| note.split_once("]:")).map_or(text, |(_, text)| text.trim_start());
    text.starts_with(['<', '`', '~'])
}

/// Whether a line is a comment and nothing else.
fn is_comment_line(line: &str) -> bool {
    line.strip_prefix("<!--").is_some_and(|rest| rest.find("-->").is_some_and(|end| end > 0 && end + 3 == rest.len()))
}

/// The pieces of a document, byte by byte, that show a numeral nothing stands behind: text, code, alternative texts, entities, and HTML
/// that is no comment. Addresses, comments and the numbering of lists show none.
fn shown(document: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut found = Vec::new();
    let mut html: Option<(String, usize)> = None;
    for (event, range) in Parser::new_ext(document, options).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => html = Some((String::new(), range.start)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((text, start)) = html.take()
                    && !is_comment(&text)
                    && shows_typed(&text)
                {
                    found.push(start..start + text.len());
                }
            }
            // Within a block of HTML alone; within a line it is `InlineHtml`.
            Event::Html(text) => {
                if let Some((block, _)) = &mut html {
                    block.push_str(&text);
                }
            }
            Event::InlineHtml(text) if is_comment(&text) => {}
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
                if shows_typed(&text) =>
            {
                found.push(range);
            }
            _ => {}
        }
    }
    found
}

fn shows_typed(text: &str) -> bool {
    let mut previous = '\n';
    text.chars().any(|character| {
        let typed = is_numeral(character) && is_typed(previous);
        previous = character;
        typed
    })
}

/// A comment and nothing else (`CommonMark` 6.6: `<!-->` is a whole one).
fn is_comment(html: &str) -> bool {
    let html = html.trim();
    let Some(rest) = html.strip_prefix("<!--") else { return false };
    if rest.starts_with('>') || rest.starts_with("->") {
        return matches!(rest, ">" | "->");
    }
    rest.find("-->").is_some_and(|end| end + "-->".len() == rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::trace::traced;

    fn is_shown(text: &str) -> bool {
        !shown(text).is_empty()
    }

    #[test]
    fn what_only_looks_hidden_is_shown() {
        for text in [
            "exports [a](/9.99 billion USD)",
            "[a](#9.99 billion USD",
            "\\[a\\](/9.99)",
            "![x](/9.99 billion)",
            "\\<!-- 9.99 billion USD -->",
            "`<!-- 9.99 -->`",
            "```\n<!-- 9.99 -->\n```",
            "    <!-- 9.99 -->",
            "exports <!--> 9.99 billion USD -->",
            "<!--> 9.99 billion USD -->",
            "<!-- a --> 9.99",
            "&half; of plan",
            "&#57;",
            "![9 percent](a.svg)",
            "<b>9</b>",
            "| a |\n| - |\n| 9 |",
        ] {
            assert!(is_shown(text), "{text}");
        }
    }

    #[test]
    fn what_is_surely_traced_shows_no_number() {
        for text in [
            "---\ntitle: x\n---\n\n# A\n\n<!-- points -->\n1. **a**\n1. **b**\n\n| a |\n| --- |\n| x<br>y |\n\n[^a]: <span>x</span>",
            "a\n\n1. b\n\n```\nx\n```\n",
            "km² and \\& x & y; z",
        ] {
            let text = format!("{text} {}", traced("9.98"));
            assert!(is_surely_traced(&text), "{text}");
            assert_eq!(untraced_in_document(&text), untraced(&text), "{text}");
            assert!(untraced(&text).is_empty() && shown(&text).is_empty(), "{text}");
        }
    }

    #[test]
    fn of_what_may_hide_a_number_nothing_is_sure() {
        for text in [
            "9",
            "&half;",
            "x &#57; y",
            "½",
            "2. x",
            "```\n1. x\n```",
            "- ```\n\n1. x",
            "<div>\n\n1. x",
            "<!-- a\n\n1. x\n-->",
            "<!-->\n1. x",
            "text\n1. x",
            "| a |\n| - |\n<!-- b -->\n1. x",
            "    \n    a\n1. x",
            "---\n1. x\n---",
            "---\n\n1. x\n---",
            "a\n\n---\nb\n---\nc\n\n---\n\n1. x\n---\n",
            "1. ```\n\n1. x",
            "[^a]: ```\n\n1. x",
            "1. 2. x",
            "a\r1. x",
        ] {
            assert!(!is_surely_traced(text), "{text}");
        }
    }

    #[test]
    fn what_no_reader_sees_is_not() {
        for text in [
            "[a](/9.99)",
            "<!-- 9.99 -->",
            "<!-- 9\n99 -->",
            "text <!-- 9 --> text",
            "1. one\n1. two",
            "![x](nghe-an-9.svg)",
            "km²",
            "[^9]: source\n\ntext[^9]",
        ] {
            assert!(!is_shown(text), "{text}");
        }
        assert!(!is_shown(&traced("9.99 billion USD, ½, ３")));
    }
}
