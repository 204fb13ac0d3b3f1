//! Layouts: every size, space, weight and colour of a document, named, in points. A file to each layout, and its line in [`LAYOUTS`].

mod briefing;
mod decree_30;
mod form;
pub(super) mod words;

use super::style::{Colour, PAGE_HEIGHT, PAGE_WIDTH, ParagraphStyle};

pub use briefing::BRIEFING;
pub use decree_30::DECREE_30;
pub use form::Form;

/// Every layout, the usual one first.
pub const LAYOUTS: [&Layout; 2] = [&BRIEFING, &DECREE_30];

/// A style sheet: the measures of a document, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for, for the command line's help.
    pub about: &'static str,
    /// Text.
    pub ink: Colour,
    /// Headings, large figures, rules and links.
    pub accent: Colour,
    /// Periods, notes and running matter: 5.7 to 1 on white, so that it survives a photocopier and passes WCAG AA.
    pub grey: Colour,
    /// The panel under the key figures and under code.
    pub tint: Colour,
    /// What a chart holds its own province against: 3 to 1 on white, and far lighter than the accent in grey.
    pub peer: Colour,
    /// Hairlines in running matter and quotations.
    pub faint: Colour,
    /// Decree 30/2020: 20 to 25 mm.
    pub margin_top: f32,
    /// Decree 30/2020: 20 to 25 mm.
    pub margin_bottom: f32,
    /// Decree 30/2020: 30 to 35 mm.
    pub margin_left: f32,
    /// Decree 30/2020: 15 to 20 mm.
    pub margin_right: f32,
    /// Baseline of the running head, from the top of the page.
    pub head_baseline: f32,
    /// First baseline of the running foot, from the top of the page.
    pub foot_baseline: f32,
    /// Between two paragraphs.
    pub paragraph_space: f32,
    /// Between the items of a loose list.
    pub item_space: f32,
    /// Between the items of a tight list.
    pub tight_item_space: f32,
    /// How far list text hangs in from its marker.
    pub list_indent: f32,
    /// How far a quotation hangs in from its bar.
    pub quote_indent: f32,
    /// Above and below tables, panels, code and figures.
    pub block_space: f32,
    /// Between two charts side by side.
    pub chart_gutter: f32,
    /// The most that a chart alone in its row takes of the measure: longer bars say no more.
    pub chart_widest: f32,
    /// Padding inside the panel under code.
    pub code_padding: f32,
    /// Padding inside the box of a picture that is told in words.
    pub picture_padding: f32,
    /// Padding inside the key-figures panel.
    pub panel_padding: f32,
    /// Between two columns of the key-figures panel.
    pub panel_gutter: f32,
    /// Radius of the panel's corners.
    pub panel_radius: f32,
    /// Between two columns of a table.
    pub cell_gutter: f32,
    /// Above the first and below the last line of a table row.
    pub cell_padding: f32,
    /// A list, a quotation or a cell is never narrower than this.
    pub narrowest_measure: f32,
    /// The rule under the title and at a table's head and end.
    pub rule: f32,
    /// The rule between a table's head and body.
    pub thin_rule: f32,
    /// The rule under the running head.
    pub hairline: f32,
    /// Running text.
    pub body: ParagraphStyle,
    /// The introductory paragraph under the title.
    pub lead: ParagraphStyle,
    /// The notes and sources.
    pub note: ParagraphStyle,
    /// The line above the title.
    pub kicker: ParagraphStyle,
    /// The title.
    pub title: ParagraphStyle,
    /// The sizes that are tried for a title, to its own, until it takes one line, or two of the smaller sizes.
    pub title_scales: [f32; 3],
    /// The edition, on the title's baseline.
    pub edition: ParagraphStyle,
    /// Figures, labels and small print of the key-figures panel.
    pub key_figure: ParagraphStyle,
    /// The unit beside a key figure.
    pub key_unit: ParagraphStyle,
    /// The label of a key figure.
    pub key_label: ParagraphStyle,
    /// What is said of a key figure.
    pub key_detail: ParagraphStyle,
    /// The smallest size to which key figures shrink before their units go below them, in points.
    pub key_figure_smallest: f32,
    /// The smallest size to which the units shrink before that, to the unit's own.
    pub key_unit_smallest: f32,
    /// A table's cells.
    pub cell: ParagraphStyle,
    /// A table's header cells.
    pub header_cell: ParagraphStyle,
    /// The period under a table's figure.
    pub cell_detail: ParagraphStyle,
    /// Code.
    pub code: ParagraphStyle,
    /// The size of code within text, to the text's.
    pub code_scale: f32,
    /// A picture's alternative text, in its box.
    pub alternative: ParagraphStyle,
    /// Running head, foot and page number.
    pub running: ParagraphStyle,
    /// The headings of levels 1, 2 and 3, and of those below.
    pub headings: [Heading; 4],
    /// A table up to this part of the text block's depth stays on one page: its figures are compared with each other.
    pub whole_table: f32,
    /// The most that the spaces of a page may be closed up so that a little more goes onto it, of their height.
    pub close_up: f32,
    /// How the text of the Markdown is arranged.
    pub arrangement: Arrangement,
    /// How lists are set.
    pub lists: Lists,
    /// The rules around every cell of a table; rules above and below its head and at its end if none.
    pub grid: Option<Grid>,
    /// The form of an official document around the text; a title block and running matter if none.
    pub form: Option<Form>,
}

/// How the text of the Markdown is arranged before it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// As it is written.
    AsWritten,
    /// As an official report: headings numbered `I.`, `1.`, `a)` and the first ones in capitals, the key figures an ordinary table, the
    /// messages plain numbered paragraphs, `./.` at the end.
    OfficialReport,
}

/// How lists are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// The text hangs beside its marker.
    Hanging,
    /// Each item is a paragraph that begins with its marker.
    RunIn,
}

/// The rules around the cells of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// How thick the rules are, in points.
    pub rule: f32,
    /// Between a rule and the text beside it, in points.
    pub padding: f32,
    /// Behind the header.
    pub head: Colour,
}

/// How a heading looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heading {
    /// Its text.
    pub paragraph: ParagraphStyle,
    /// The space above it, in points.
    pub above: f32,
    /// The space below it, in points.
    pub below: f32,
}

impl Layout {
    /// The layout of a name.
    pub fn named(name: &str) -> Option<&'static Layout> {
        LAYOUTS.into_iter().find(|layout| layout.name == name)
    }

    /// The measure of the text block.
    pub fn text_width(&self) -> f32 {
        PAGE_WIDTH - self.margin_left - self.margin_right
    }

    /// The depth of the text block.
    pub fn text_height(&self) -> f32 {
        PAGE_HEIGHT - self.margin_top - self.margin_bottom
    }

    /// The heading of a level, from 1.
    pub fn heading(&self, level: u8) -> &Heading {
        let [first, second, third, below] = &self.headings;
        match level {
            0 | 1 => first,
            2 => second,
            3 => third,
            _ => below,
        }
    }
}
