//! Whole documents: what a batch does for each, and what a single run does from start to end, without process and disk.

use crate::input::{Group, Input};
use crate::typeset::pages;
use brief::chart::svg;
use brief::pdf::write;
use brief::typeset::layout::BRIEFING;
use brief::typeset::{compare_numerals_with_pictures, palette};
use divan::Bencher;

/// The files of a Markdown document of a group that was checked and compared: the text and its charts.
#[divan::bench(args = Input::ALL)]
fn markdown(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    bencher.bench(|| {
        let briefing = group.briefing();
        let tone = |tone| palette(&BRIEFING, tone);
        let charts = briefing.pictures.values().map(|chart| svg::draw(chart, group.document.language, tone).len());
        briefing.markdown.len() + charts.sum::<usize>()
    });
}

/// The PDF of a group that was checked and compared: rendered, set, proved, its evidence attached, written.
#[divan::bench(args = Input::ALL)]
fn pdf(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    bencher.bench(|| bytes(&group));
}

/// From the sheets to one PDF, as `brief --province` does it: catalogue, templates and fonts got ready, the whole group checked.
#[divan::bench(args = Input::ALL)]
fn pdf_from_sheets(bencher: Bencher, input: Input) {
    let files = input.files();
    bencher.bench(|| bytes(&Group::of(files.clone())));
}

/// The PDF of a group's briefing.
pub fn bytes(group: &Group) -> Vec<u8> {
    let briefing = group.briefing();
    let pages = pages(group, &briefing);
    assert!(compare_numerals_with_pictures(&briefing.markdown, &briefing.pictures, &pages).is_empty());
    let renderer = &group.renderer;
    let evidence = group.evidence.attachments(&group.document, &briefing.markdown, renderer).unwrap();
    write(&pages, &group.fonts, &evidence).unwrap()
}
