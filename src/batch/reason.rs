//! Why a document is made: it never was, or something that it is made from is another.

use std::fmt;

/// More names than a line should hold.
const MOST_NAMED: usize = 3;

/// Why a document is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No earlier run is known to have made it.
    NoRecord,
    /// The program is another build.
    Program,
    /// Sheets of its group were changed, added or removed: their names, as far as they are known.
    Sheets(Vec<String>),
    /// An allowance of a sheet ran out, or holds again.
    Allowances,
    /// A template, or the terms, is another: its name.
    Template(String),
    /// Another layout was asked for.
    Layout {
        /// The layout that it was in.
        from: String,
        /// The layout that was asked for.
        to: String,
    },
    /// The file of the issuing office is another.
    Office,
    /// The fonts are others.
    Fonts,
    /// A file of it is gone: its path below the quarter's folder.
    Missing(String),
    /// A file of it was changed after it was made: its path below the quarter's folder.
    Altered(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NoRecord => f.write_str("there is no record that it was made"),
            Reason::Program => f.write_str("the program is another build"),
            Reason::Sheets(names) => match names.as_slice() {
                [] => f.write_str("the sheets changed"),
                [one] => write!(f, "the sheet {one} changed"),
                several if several.len() <= MOST_NAMED => write!(f, "the sheets {} changed", several.join(", ")),
                many => {
                    let named = many.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
                    write!(f, "the sheets {named} and {} more changed", many.len() - MOST_NAMED)
                }
            },
            Reason::Allowances => f.write_str("an allowance ran out, or holds again"),
            Reason::Template(name) => write!(f, "the template {name} changed"),
            Reason::Layout { from, to } => write!(f, "the layout is {to}, and was {from}"),
            Reason::Office => f.write_str("the office changed"),
            Reason::Fonts => f.write_str("the fonts changed"),
            Reason::Missing(path) => write!(f, "{path} is missing"),
            Reason::Altered(path) => write!(f, "{path} was changed since"),
        }
    }
}
