//! The style sheet: every size, space, weight and colour of a document, named, in points.

/// Millimetres in points.
const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(
    /// Red, 0–255.
    pub u8,
    /// Green, 0–255.
    pub u8,
    /// Blue, 0–255.
    pub u8,
);

/// Text.
pub const INK: Colour = Colour(0x14, 0x14, 0x14);
/// Headings, large figures, rules and links.
pub const ACCENT: Colour = Colour(0x1a, 0x52, 0x76);
/// Periods, notes and running matter: 5.7 to 1 on white, so that it survives a photocopier and passes WCAG AA.
pub const GREY: Colour = Colour(0x5f, 0x65, 0x6b);
/// The panel under the key figures and under code.
pub const TINT: Colour = Colour(0xe9, 0xee, 0xf2);
/// What a chart holds its own province against: 3 to 1 on white, and far lighter than the accent in grey.
pub const PEER: Colour = Colour(0x7f, 0x97, 0xa9);
/// Hairlines in running matter and quotations.
pub const FAINT: Colour = Colour(0xb4, 0xc0, 0xca);

/// A4, upright.
pub const PAGE_WIDTH: f32 = mm(210.0);
/// A4, upright.
pub const PAGE_HEIGHT: f32 = mm(297.0);
/// Decree 30/2020: 20 to 25 mm.
pub const MARGIN_TOP: f32 = mm(25.0);
/// Decree 30/2020: 20 to 25 mm.
pub const MARGIN_BOTTOM: f32 = mm(22.0);
/// Decree 30/2020: 30 to 35 mm.
pub const MARGIN_LEFT: f32 = mm(30.0);
/// Decree 30/2020: 15 to 20 mm.
pub const MARGIN_RIGHT: f32 = mm(20.0);
/// The measure of the text block.
pub const TEXT_WIDTH: f32 = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
/// The depth of the text block.
pub const TEXT_HEIGHT: f32 = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;
/// A table up to this height stays on one page: its figures are compared with each other.
pub const WHOLE_TABLE: f32 = TEXT_HEIGHT * 0.4;
/// Baseline of the running head, from the top of the page.
pub const HEAD_BASELINE: f32 = mm(15.5);
/// First baseline of the running foot, from the top of the page.
pub const FOOT_BASELINE: f32 = PAGE_HEIGHT - mm(14.0);

/// The unit of vertical rhythm: the body's line height.
pub const LINE: f32 = 14.0;
/// Between two paragraphs.
pub const PARAGRAPH_SPACE: f32 = 5.0;
/// Between the items of a loose list.
pub const ITEM_SPACE: f32 = 4.0;
/// Between the items of a tight list.
pub const TIGHT_ITEM_SPACE: f32 = 1.5;
/// How far list text hangs in from its marker.
pub const LIST_INDENT: f32 = 14.0;
/// How far a quotation hangs in from its bar.
pub const QUOTE_INDENT: f32 = 14.0;
/// Above and below tables, panels, code and figures.
pub const BLOCK_SPACE: f32 = 10.0;
/// Between two charts side by side.
pub const CHART_GUTTER: f32 = 24.0;
/// The most that a chart alone in its row takes of the measure: longer bars say no more.
pub const CHART_WIDEST: f32 = 330.0;
/// Padding inside the key-figures panel.
pub const PANEL_PADDING: f32 = 10.0;
/// Between two columns of the key-figures panel.
pub const PANEL_GUTTER: f32 = 8.0;
/// Radius of the panel's corners.
pub const PANEL_RADIUS: f32 = 3.0;
/// Between two columns of a table.
pub const CELL_GUTTER: f32 = 10.0;
/// Above the first and below the last line of a table row.
pub const CELL_PADDING: f32 = 2.1;
/// A list, a quotation or a cell is never narrower than this.
pub const NARROWEST_MEASURE: f32 = 90.0;
/// The rule under the title and at a table's head and end.
pub const RULE: f32 = 0.9;
/// The rule between a table's head and body.
pub const THIN_RULE: f32 = 0.5;
/// The rule under the running head.
pub const HAIRLINE: f32 = 0.4;

/// A type family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Text.
    Serif,
    /// Code.
    Mono,
}

/// A weight of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
    /// 700.
    Bold,
}

/// The width of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figures {
    /// Each as wide as it is: running text.
    Proportional,
    /// All equally wide: tables.
    Tabular,
    /// The font's own superiors, drawn for their size: note marks.
    Superior,
}

/// What picks a font and its features; shaping depends on nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// The type family.
    pub family: Family,
    /// The weight.
    pub weight: Weight,
    /// Italic rather than upright.
    pub italic: bool,
    /// The width of its figures.
    pub figures: Figures,
}

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// The font.
    pub cut: Cut,
    /// Type size, in points.
    pub size: f32,
    /// Colour of the letters.
    pub colour: Colour,
    /// Space added after each letter, in ems.
    pub tracking: f32,
    /// How far the baseline is raised, in points.
    pub rise: f32,
}

/// How lines meet the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Flush at both margins.
    Justified,
    /// Flush left, ragged right.
    Left,
    /// Flush right.
    Right,
    /// Centred.
    Centre,
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParagraphStyle {
    /// Its text, where no mark changes it.
    pub text: TextStyle,
    /// From baseline to baseline, in points.
    pub leading: f32,
    /// How its lines meet the margins.
    pub align: Align,
    /// Whether its words may be divided, in a language that divides words.
    pub hyphenate: bool,
}

const fn text(weight: Weight, size: f32, colour: Colour) -> TextStyle {
    let cut = Cut { family: Family::Serif, weight, italic: false, figures: Figures::Proportional };
    TextStyle { cut, size, colour, tracking: 0.0, rise: 0.0 }
}

const fn ragged(text: TextStyle, leading: f32) -> ParagraphStyle {
    ParagraphStyle { text, leading, align: Align::Left, hyphenate: false }
}

const fn justified(text: TextStyle, leading: f32) -> ParagraphStyle {
    ParagraphStyle { text, leading, align: Align::Justified, hyphenate: true }
}

const fn tabular(mut style: ParagraphStyle) -> ParagraphStyle {
    style.text.cut.figures = Figures::Tabular;
    style
}

/// Running text.
pub const BODY: ParagraphStyle = justified(text(Weight::Regular, 10.5, INK), LINE);
/// The introductory paragraph under the title.
pub const LEAD: ParagraphStyle = justified(text(Weight::Regular, 9.0, GREY), 12.0);
/// The notes and sources.
pub const NOTE: ParagraphStyle = ragged(text(Weight::Regular, 9.0, INK), 12.0);
/// The line above the title.
pub const KICKER: ParagraphStyle = {
    let mut style = ragged(text(Weight::Semibold, 9.0, ACCENT), 13.0);
    // Wider, and readers of the text would take the letters for words.
    style.text.tracking = 0.06;
    style
};
/// The title.
pub const TITLE: ParagraphStyle = ragged(text(Weight::Bold, 27.0, INK), 34.0);
/// The sizes that are tried for a title, to its own, until it takes one line, or two of the smaller sizes.
pub const TITLE_SCALES: [f32; 3] = [1.0, 0.8, 0.66];
/// The edition, on the title's baseline.
pub const EDITION: ParagraphStyle = ragged(text(Weight::Regular, 12.5, INK), 16.0);
/// Figures, labels and small print of the key-figures panel.
pub const KEY_FIGURE: ParagraphStyle = ragged(text(Weight::Bold, 18.0, ACCENT), 20.0);
/// The unit beside a key figure.
pub const KEY_UNIT: ParagraphStyle = ragged(text(Weight::Regular, 8.8, INK), 11.0);
/// The label of a key figure.
pub const KEY_LABEL: ParagraphStyle = ragged(text(Weight::Semibold, 8.6, INK), 11.2);
/// What is said of a key figure.
pub const KEY_DETAIL: ParagraphStyle = ragged(text(Weight::Regular, 8.0, GREY), 10.6);
/// The smallest size to which key figures shrink before their units go below them, in points.
pub const KEY_FIGURE_SMALLEST: f32 = 15.5;
/// The smallest size to which the units shrink before that, to the unit's own.
pub const KEY_UNIT_SMALLEST: f32 = 0.86;
/// A table's cells.
pub const CELL: ParagraphStyle = tabular(ragged(text(Weight::Regular, 9.5, INK), 12.4));
/// A table's header cells.
pub const HEADER_CELL: ParagraphStyle = tabular(ragged(text(Weight::Semibold, 9.5, INK), 12.4));
/// The period under a table's figure.
pub const CELL_DETAIL: ParagraphStyle = tabular(ragged(text(Weight::Regular, 7.8, GREY), 10.0));
/// Code.
pub const CODE: ParagraphStyle = {
    let mut style = ragged(text(Weight::Regular, 8.4, INK), 11.6);
    style.text.cut.family = Family::Mono;
    style
};
/// The size of code within text, to the text's.
pub const CODE_SCALE: f32 = 0.84;
/// A picture's alternative text, in its box.
pub const ALTERNATIVE: ParagraphStyle = ragged(text(Weight::Regular, 9.0, GREY), 12.0);
/// Running head, foot and page number.
pub const RUNNING: ParagraphStyle = ragged(text(Weight::Regular, 8.3, GREY), 10.6);

/// A heading: its paragraph, the space above it and below it, in points.
pub const fn heading(level: u8) -> (ParagraphStyle, f32, f32) {
    match level {
        1 => (ragged(text(Weight::Bold, 19.0, INK), 25.0), 20.0, 6.0),
        2 => (ragged(text(Weight::Semibold, 13.5, ACCENT), 18.0), 15.0, 2.5),
        3 => (ragged(text(Weight::Semibold, 11.2, INK), 15.0), 11.0, 1.5),
        _ => (ragged(text(Weight::Semibold, 10.5, GREY), LINE), 9.0, 1.0),
    }
}

/// The note mark set beside text of a style: the font's superiors where it has them, else a raised smaller size.
pub fn superscript(base: TextStyle, has_superiors: bool) -> TextStyle {
    let cut = Cut { weight: Weight::Regular, italic: false, figures: Figures::Superior, ..base.cut };
    if has_superiors {
        TextStyle { cut, ..base }
    } else {
        let cut = Cut { figures: Figures::Proportional, ..cut };
        TextStyle { cut, size: base.size * 0.62, rise: base.rise + base.size * 0.35, ..base }
    }
}
