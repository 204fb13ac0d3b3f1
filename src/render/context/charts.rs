//! Charts, as templates place them.

use crate::render::script::view::fields;
use serde::Serialize;

/// A chart: `![{{alternative}}]({{{path}}})`. Images of one paragraph stand side by side, two to a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartImage {
    /// Its message and all of its data, in words.
    pub alternative: String,
    /// The name of its SVG file, which lies beside the Markdown.
    pub path: String,
}

fields! {
    ChartImage { alternative, path }
}
