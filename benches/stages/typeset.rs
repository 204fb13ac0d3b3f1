//! Markdown to pages.
//!
//! The steps within are not public. Each text here is one that gives most of the work to one of them: the differences between the
//! figures say what a step costs.

use crate::input::{Group, Input};
use brief::render::Briefing;
use brief::typeset::layout::BRIEFING;
use brief::typeset::{Document, Fonts, Settings, compare_numerals_with_pictures, layout, set};
use divan::Bencher;
use std::fmt::Write;

/// The bundled fonts, read and got ready: once a run.
#[divan::bench]
fn fonts(bencher: Bencher) {
    bencher.bench(|| Fonts::bundled().unwrap());
}

/// A paragraph of 600 words of which none comes twice: each is shaped.
#[divan::bench]
fn shape_words(bencher: Bencher) {
    set_text(bencher, &text((0..600).map(word), " "));
}

/// A paragraph of 600 words, of ten different ones: next to nothing is shaped, and the best of all ways to break it is looked for.
#[divan::bench]
fn break_lines(bencher: Bencher) {
    set_text(bencher, &text((0..600).map(|place| word(place % 10)), " "));
}

/// The same words, each a paragraph: nothing to break, and 600 strips are cut into pages.
#[divan::bench]
fn paginate(bencher: Bencher) {
    set_text(bencher, &text((0..600).map(|place| word(place % 10)), "\n\n"));
}

/// The same words as a table of 100 rows, whose columns are measured, and whose header is repeated on each page.
#[divan::bench]
fn tables(bencher: Bencher) {
    let mut markdown = "| a | b | c | d | e | f |\n| --- | ---: | ---: | ---: | ---: | ---: |\n".to_owned();
    for row in 0..100 {
        let cells: Vec<String> = (0..6).map(|column| word((row + column) % 10)).collect();
        writeln!(markdown, "| {} |", cells.join(" | ")).unwrap();
    }
    set_text(bencher, &markdown);
}

/// A whole briefing with its charts.
#[divan::bench(args = Input::ALL)]
fn briefing(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let briefing = group.briefing();
    bencher.bench(|| pages(&group, &briefing));
}

/// The proof that the pages of a briefing show the numerals of its Markdown, and no others.
#[divan::bench(args = Input::ALL)]
fn numerals(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let briefing = group.briefing();
    let pages = pages(&group, &briefing);
    bencher.bench(|| compare_numerals_with_pictures(&briefing.markdown, &briefing.pictures, &pages));
}

/// The pages of a group's briefing.
pub fn pages(group: &Group, briefing: &Briefing) -> Document {
    let settings = Settings { pictures: &briefing.pictures, ..Settings::new(&group.fonts, &BRIEFING) };
    set(&briefing.markdown, &settings).unwrap()
}

fn set_text(bencher: Bencher, markdown: &str) {
    let fonts = Fonts::bundled().unwrap();
    bencher.bench(|| layout(markdown, &fonts).unwrap());
}

fn text(words: impl Iterator<Item = String>, between: &str) -> String {
    words.collect::<Vec<_>>().join(between)
}

/// A word of a place: two or three Vietnamese syllables in one, another for each place up to 1,728.
fn word(place: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["nghệ", "tĩnh", "đoàn", "quảng", "xuất", "khẩu", "trường", "phước", "viện", "hướng", "bình", "lượt"];
    [place % 12, place / 12 % 12, place / 144].iter().filter_map(|place| SYLLABLES.get(*place)).copied().collect()
}
