//! One page for each rule, `tests/rules/<code>.md`: prose, sheets, and on the line of each finding what must be found there.
//!
//! A ```` ```yaml ```` fence is a sheet; lines that it lacks of [`PREAMBLE`] are put after it. `# error: [code]`, `# warning: [code]`
//! or `# note: [code]` at the end of a line announces a diagnostic whose primary label stands there; what is not announced must not
//! fire. Sheets with a name (```` ```yaml a.yaml ````) under one heading are one run. A fence after a sheet with the name of a file,
//! such as ```` ```text paper.txt ````, is the text of the source `paper`: the check looks every figure up in the texts of its group.
//! A ```` ```text ```` fence without a name is what a person is shown, a ```` ```json ```` fence what `brief check --json` prints.
//! `BRIEF_BLESS=1` rewrites both.

#[cfg(test)]
#[path = "rules/harness.rs"]
mod harness;
#[cfg(test)]
#[path = "rules/mutation.rs"]
mod mutation;
#[cfg(test)]
#[path = "rules/pages.rs"]
mod pages;
#[cfg(test)]
#[path = "rules/slips.rs"]
mod slips;
