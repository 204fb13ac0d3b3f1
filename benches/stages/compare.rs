//! The comparison of a group: once for all its documents.

use crate::input::{Group, Input, quarter};
use brief::compare::compare;
use divan::Bencher;

/// Checked sheets side by side: a row to an indicator, and what may be said of the order in each.
#[divan::bench(args = Input::ALL)]
fn a_group(bencher: Bencher, input: Input) {
    let group = Group::new(input);
    let columns = group.columns();
    bencher.bench(|| compare(&columns, &group.catalog, quarter()));
}
