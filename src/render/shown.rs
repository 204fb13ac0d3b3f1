//! Typed numerals as whoever reads the Markdown sees them: the parser says what is text and what is not, where characters only hint at it.

use super::trace::{is_numeral, is_typed, untraced};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The numerals of a whole document, byte by byte, that nothing stands behind: those that [`untraced`] sees, and those that only a parser of
/// Markdown does.
pub(super) fn untraced_in_document(document: &str) -> Vec<Range<usize>> {
    let mut found = untraced(document);
    for shown in shown(document) {
        if !found.iter().any(|known| known.start < shown.end && shown.start < known.end) {
            found.push(shown);
        }
    }
    found.sort_by_key(|range| range.start);
    found
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
