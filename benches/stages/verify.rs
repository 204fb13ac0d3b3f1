//! A PDF verified from what is inside it.

use crate::document::bytes;
use crate::input::{Group, Input};
use brief::verify::{Means, Peers, verify};
use divan::Bencher;

/// Read, its sheets checked again, the briefing written and set again, and held against the file. A commune's would need the sheets
/// of its peers, which it does not carry.
#[divan::bench(args = [Input::Fixtures, Input::Provinces])]
fn a_pdf(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let (bytes, peers) = (bytes(&group), Peers::default());
    let means = Means { catalog: &group.catalog, fonts: &group.fonts, peers: &peers };
    assert!(verify("briefing.pdf", &bytes, &means).is_valid());
    bencher.bench(|| verify("briefing.pdf", &bytes, &means));
}
