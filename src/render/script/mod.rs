//! A built-in template as the program holds it: parsed when the program is built, and run without a copy of the context.
//!
//! Only what the built-in templates use of the language is known here; the build fails on anything else ([`compile`]). Users' templates are
//! parsed and run by the library, and so is a built-in one that a document makes fail: its message is the library's then.

pub(super) mod built_in;
#[cfg(test)]
mod compile;
mod run;
#[cfg(test)]
mod tests;
pub(super) mod view;

pub(super) use run::{Ran, run};

#[cfg(test)]
use super::{sections, weight};

/// A part of a template, from one section mark to the next.
#[derive(Debug)]
pub(super) struct Section {
    steps: Steps,
}

/// What is done one after the other.
type Steps = &'static [Step];

/// An element of a template.
#[derive(Debug)]
enum Step {
    /// A text as it stands.
    Text(&'static str),
    /// `{{path}}`: Markdown is escaped.
    Escaped(Path),
    /// `{{{path}}}`.
    Raw(Path),
    /// `{{capital path}}`.
    Capital(Path),
    /// `{{quoted path}}`.
    Quoted(Path),
    /// `{{#if path}}`, and what stands after `{{else}}`.
    If(Path, Steps, Steps),
    /// `{{#with path}}`.
    With(Path, Steps),
    /// `{{#each path}}`, and what each entry costs of the budget.
    Each(Path, usize, Steps),
}

/// What a tag names.
#[derive(Debug)]
enum Path {
    /// `@last`.
    Last,
    /// So many times `../`, and the fields from there on.
    Fields(usize, &'static [&'static str]),
}
