//! Pages to bytes.

use crate::input::{Group, Input};
use crate::typeset::pages;
use brief::pdf::write;
use divan::Bencher;

/// A briefing's pages, fonts and tags, without files inside.
#[divan::bench(args = Input::ALL)]
fn pages_alone(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let pages = pages(&group, &group.briefing());
    bencher.bench(|| write(&pages, &group.fonts, &[]).unwrap());
}

/// The same with its evidence, which was got ready.
#[divan::bench(args = Input::ALL)]
fn with_evidence(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let briefing = group.briefing();
    let pages = pages(&group, &briefing);
    let renderer = &group.renderer;
    let evidence = group.evidence.attachments(&group.document, &briefing.markdown, renderer).unwrap();
    bencher.bench(|| write(&pages, &group.fonts, &evidence).unwrap());
}

/// A document's evidence got ready, where the group has its sheets and check result packed already.
#[divan::bench(args = Input::ALL)]
fn evidence(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let markdown = group.briefing().markdown;
    let renderer = &group.renderer;
    bencher.bench(|| group.evidence.attachments(&group.document, &markdown, renderer).unwrap());
}
