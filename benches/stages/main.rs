//! What each stage after the checks costs: `cargo bench --bench stages`, or a part of it: `cargo bench --bench stages typeset`.
//!
//! A file to a stage, in the order of the work; `document` puts them together, `input` has what all of them work on. The checks have a
//! benchmark of their own, `check.rs`. Wall time on this machine, for work on a stage: what a release must keep to is counted in
//! instructions (`benches/instructions`) and held against the targets by `benches/measure`.
#![allow(missing_docs, reason = "a benchmark has no reader but its source")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot start is no benchmark")]

mod compare;
mod document;
#[allow(dead_code, reason = "a benchmark needs a part of it")]
#[path = "../../examples/synthetic/generator/mod.rs"]
mod generator;
mod input;
mod pdf;
mod render;
mod typeset;
mod verify;

fn main() {
    divan::main();
}
