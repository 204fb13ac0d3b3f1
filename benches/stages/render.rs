//! A comparison to Markdown and charts.

use crate::input::{Group, Input, renderer};
use brief::chart::svg;
use brief::language::Language;
use brief::typeset::layout::BRIEFING;
use brief::typeset::palette;
use divan::Bencher;

/// The templates and terms of both languages: once a run.
#[divan::bench]
fn templates(bencher: Bencher) {
    bencher.bench(renderer);
}

/// The Markdown of a locality's briefing, every number in it traced, with its charts as data.
#[divan::bench(args = Input::ALL)]
fn briefing(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    bencher.bench(|| group.briefing());
}

/// The Markdown of the comparison of all.
#[divan::bench(args = Input::ALL)]
fn comparison(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    bencher.bench(|| group.renderer.comparative(&group.comparison, &group.catalog, Language::Vi).unwrap());
}

/// The charts of a briefing as SVG, which stand beside its Markdown.
#[divan::bench(args = Input::ALL)]
fn charts(bencher: Bencher, input: Input) {
    let briefing = Group::new(input).briefing();
    bencher.bench(|| {
        let charts = briefing.pictures.values();
        charts.map(|chart| svg::draw(chart, Language::Vi, |tone| palette(&BRIEFING, tone)).len()).sum::<usize>()
    });
}
