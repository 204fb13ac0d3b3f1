//! The pages, set again, and held against those of the file: letter by letter as they are read, and byte for byte as a whole.

use super::Means;
use super::attachments::Inside;
use super::codes::{ALTERED_PAGE, NOT_REPRODUCED};
use super::difference;
use super::file::{GET_IT_AGAIN, Opened};
use super::finding::Verdict;
use super::markdown::{self, Written};
use super::peers::Checked;
use crate::chart::Pictures;
use crate::diag::{ByteSpan, Diagnostic};
use crate::pdf;
use crate::pdf::read::{PageText, PdfFile, Piece};
use crate::typeset::{self, Fonts, Settings};
use std::collections::BTreeMap;

/// The file that is verified.
pub(super) struct File<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) opened: &'a Opened,
    pub(super) inside: &'a Inside,
}

/// A finding on a page, from 1.
type OnPage = (usize, Diagnostic);

/// Sets the briefing again and compares pages and bytes.
pub(super) fn set_again(
    file: &File<'_>,
    checked: Option<&Checked>,
    written: Option<&Written>,
    means: &Means<'_>,
    verdict: &mut Verdict,
) {
    let pages = file.opened.pdf.pages();
    verdict.pages = pages.len();
    verdict.numerals = pages.iter().flat_map(text_pieces).map(|text| numerals(&text).len()).sum();
    let made = checked.zip(written).and_then(|(checked, written)| made_again(checked, written, file.inside, means));
    if made.as_deref() == Some(file.bytes) {
        verdict.is_reproduced = true;
        return;
    }
    let ways = ways(file.inside, written, made.as_deref());
    let mut faults: Vec<OnPage> = Vec::new();
    for way in ways {
        let Some(expected) = way.read_again(file.inside, means.fonts) else { continue };
        let differing = match way.strictness {
            Strictness::Letters => compare(&expected, &pages, verdict),
            strictness => compare_numerals(&expected, &pages, strictness == Strictness::Counted, verdict),
        };
        if differing.is_empty() {
            faults.clear();
            break;
        }
        if faults.is_empty() {
            faults = differing;
        }
    }
    for (page, found) in faults {
        verdict.find_on_page(page, found);
    }
    if made.is_some() && file.inside.is_complete() && verdict.is_faultless() {
        let at = made.iter().flatten().zip(file.bytes).take_while(|(one, other)| one == other).count();
        let found = Diagnostic::error(NOT_REPRODUCED, "the PDF made again from what is inside is not this file")
            .note(format!("the first byte that differs is number {}; the text of the pages is the same", at + 1))
            .help(GET_IT_AGAIN);
        verdict.find(found);
    }
}

/// The whole PDF, made again with its evidence.
fn made_again(checked: &Checked, written: &Written, inside: &Inside, means: &Means<'_>) -> Option<Vec<u8>> {
    let fonts = means.fonts;
    let pages = set(&written.briefing.markdown, &written.briefing.pictures, inside, fonts)?;
    let Written { document, briefing, renderer, .. } = written;
    let attachments = checked.evidence.attachments(document, &briefing.markdown, renderer).ok()?;
    pdf::write(&pages, fonts, &attachments).ok()
}

/// How closely pages are held against a Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// Every letter, in order.
    Letters,
    /// Every number, and how often it is there.
    Counted,
    /// Every number.
    Known,
}

/// A Markdown that the pages may have been set from.
struct Way<'a> {
    markdown: &'a str,
    /// The briefing, written again, if this is its Markdown: only then are there charts.
    written: Option<&'a Written>,
    /// The PDF made again, if there is one.
    made: Option<&'a [u8]>,
    strictness: Strictness,
}

/// What the pages may have been set from: the Markdown that the sheets give, and the one inside. Where these disagree, which was told, the
/// pages need agree with one of them only. The charts of the Markdown inside cannot be drawn again without its sheets; what
/// they say is in the text that stands for them, though not as often.
fn ways<'a>(inside: &'a Inside, written: Option<&'a Written>, made: Option<&'a [u8]>) -> Vec<Way<'a>> {
    let strictness = if inside.is_complete() { Strictness::Letters } else { Strictness::Counted };
    let rewritten = written.map(|written| written.briefing.markdown.as_str());
    let again = rewritten.map(|markdown| Way { markdown, written, made, strictness });
    let attached = markdown::attached(inside).map(|(_, text)| text).filter(|text| Some(*text) != rewritten);
    let attached = attached.map(|markdown| Way { markdown, written: None, made: None, strictness: Strictness::Known });
    again.into_iter().chain(attached).collect()
}

impl Way<'_> {
    /// The pages that it gives, as they are read back.
    fn read_again(&self, inside: &Inside, fonts: &Fonts) -> Option<Vec<PageText>> {
        let none = Pictures::new();
        let pictures = self.written.map_or(&none, |written| &written.briefing.pictures);
        let pdf = match self.made {
            Some(made) => PdfFile::open(made),
            None => PdfFile::open(&pdf::write(&set(self.markdown, pictures, inside, fonts)?, fonts, &[]).ok()?),
        };
        Some(pdf.ok()?.pages())
    }
}

/// The pages of a Markdown, with its charts, dressed as the file says.
fn set(markdown: &str, pictures: &Pictures, inside: &Inside, fonts: &Fonts) -> Option<typeset::Document> {
    let office = inside.office();
    let settings = Settings { fonts, layout: inside.layout, office: office.as_ref(), pictures };
    typeset::set(markdown, &settings).ok()
}

/// The first difference on each page, and what lies on it besides.
fn compare(expected: &[PageText], found: &[PageText], verdict: &Verdict) -> Vec<OnPage> {
    let mut faults = Vec::new();
    for (page, (wanted, shown)) in (1..).zip(expected.iter().zip(found)) {
        faults.extend(strangers(page, wanted, shown).into_iter().map(|found| (page, found)));
        if !shown.is_readable {
            let found = Diagnostic::error(ALTERED_PAGE, format!("the contents of page {page} cannot be read"));
            faults.push((page, found.help(GET_IT_AGAIN)));
            continue;
        }
        let differing = differing(page, wanted, shown, |piece| &piece.shown, verdict);
        let spoken = || differing_speech(page, wanted, shown, verdict);
        faults.extend(differing.or_else(spoken).map(|found| (page, found)));
    }
    if expected.len() != found.len() {
        let page = expected.len().min(found.len()) + 1;
        let message = format!("there are {} where the Markdown gives {}", pages(found.len()), expected.len());
        faults.push((page, Diagnostic::error(ALTERED_PAGE, message).help(GET_IT_AGAIN)));
    }
    faults
}

fn pages(count: usize) -> String {
    format!("{count} page{}", if count == 1 { "" } else { "s" })
}

/// What lies on a page, and would not if it were made again.
fn strangers(page: usize, wanted: &PageText, shown: &PageText) -> Option<Diagnostic> {
    let strange = shown.strange.iter().find(|strange| !wanted.strange.contains(strange))?;
    let message = format!("page {page} has {strange} on it, which the Markdown does not give");
    Some(Diagnostic::error(ALTERED_PAGE, message).help(GET_IT_AGAIN))
}

fn differing(
    page: usize,
    wanted: &PageText,
    shown: &PageText,
    text_of: fn(&Piece) -> &str,
    verdict: &Verdict,
) -> Option<Diagnostic> {
    let (expected, found) = (text(&wanted.pieces, text_of), text(&shown.pieces, text_of));
    let difference = difference::first(&expected, &found)?;
    let message = match (difference.found.as_str(), difference.expected.as_str()) {
        ("", word) => format!("page {page} lacks `{word}`, which its Markdown has"),
        (word, "") => format!("page {page} shows `{word}`, which its Markdown does not have"),
        (word, other) => format!("page {page} shows `{word}` where its Markdown has `{other}`"),
    };
    let file = verdict.within(&format!("page {page}"), &found);
    let label = if difference.expected.is_empty() {
        "nothing belongs here".to_owned()
    } else {
        format!("the Markdown has “{}”", difference.context)
    };
    Some(Diagnostic::error(ALTERED_PAGE, message).at(&file, difference.span, label).help(GET_IT_AGAIN))
}

/// Where a page is read aloud otherwise than it looks.
fn differing_speech(page: usize, wanted: &PageText, shown: &PageText, verdict: &Verdict) -> Option<Diagnostic> {
    let found = differing(page, wanted, shown, |piece| &piece.said, verdict)?;
    Some(found.note("the letters on the page are the right ones; what is read aloud in their place is not"))
}

/// The numbers on the pages that the Markdown does not give, or not as often if that is counted; another version sets them elsewhere.
fn compare_numerals(expected: &[PageText], found: &[PageText], is_counted: bool, verdict: &Verdict) -> Vec<OnPage> {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for number in expected.iter().flat_map(text_pieces).flat_map(|text| numerals(&text)) {
        *left.entry(number).or_default() += 1;
    }
    let running: Vec<String> = expected.iter().flat_map(all_numerals).collect();
    let mut faults = Vec::new();
    for (page, shown) in (1..).zip(found) {
        let nothing = PageText::default();
        faults.extend(strangers(page, &nothing, shown).map(|found| (page, found)));
        if !shown.is_readable {
            let found = Diagnostic::error(ALTERED_PAGE, format!("the contents of page {page} cannot be read"));
            faults.push((page, found.help(GET_IT_AGAIN)));
        }
        let file = verdict.within(&format!("page {page}"), &text(&shown.pieces, |piece| &piece.shown));
        let mut foreign: Vec<String> = Vec::new();
        for number in text_pieces(shown).iter().flat_map(|text| numerals(text)) {
            match left.get_mut(&number) {
                Some(count) if *count > 0 || !is_counted => *count = count.saturating_sub(1),
                _ => foreign.push(number),
            }
        }
        let matter = shown.pieces.iter().filter(|piece| piece.is_artifact);
        let matter = matter.flat_map(|piece| numerals(&piece.shown));
        let page_numbers = [page.to_string(), found.len().to_string()];
        foreign.extend(matter.filter(|number| !running.contains(number) && !page_numbers.contains(number)));
        let Some(number) = foreign.first() else { continue };
        let start = file.text().find(number.as_str()).unwrap_or_default();
        let span = ByteSpan { start, end: start + number.len() };
        let message = format!("page {page} shows `{number}`, which the Markdown does not give there");
        let found = Diagnostic::error(ALTERED_PAGE, message).at(&file, span, "no figure of the Markdown");
        faults.push((page, found.help(GET_IT_AGAIN)));
    }
    faults
}

/// A page's text in lines.
fn text(pieces: &[Piece], text_of: fn(&Piece) -> &str) -> String {
    let mut text = String::new();
    for piece in pieces {
        if !text.is_empty() && piece.starts_line {
            text.push('\n');
        } else if !text.is_empty() && piece.stands_apart {
            text.push(' ');
        }
        text.push_str(text_of(piece));
    }
    text
}

/// The text of a page without running matter.
fn text_pieces(page: &PageText) -> Vec<String> {
    let pieces: Vec<Piece> = page.pieces.iter().filter(|piece| !piece.is_artifact).cloned().collect();
    vec![text(&pieces, |piece| &piece.shown)]
}

fn all_numerals(page: &PageText) -> Vec<String> {
    numerals(&text(&page.pieces, |piece| &piece.shown))
}

/// The numbers of a text, as texts of their own.
fn numerals(text: &str) -> Vec<String> {
    typeset::amounts(text).into_iter().map(str::to_owned).collect()
}
