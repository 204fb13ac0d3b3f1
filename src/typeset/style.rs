//! The words of a style sheet: colours, cuts of type, paragraphs. The measures themselves are in [`layout`](mod@super::layout).

/// Millimetres in points.
pub const fn mm(millimetres: f32) -> f32 {
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

/// A4, upright.
pub const PAGE_WIDTH: f32 = mm(210.0);
/// A4, upright.
pub const PAGE_HEIGHT: f32 = mm(297.0);

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
    /// How far its first line is set in, in points.
    pub first_line: f32,
}

/// Upright text of the serif family.
pub const fn text(weight: Weight, size: f32, colour: Colour) -> TextStyle {
    let cut = Cut { family: Family::Serif, weight, italic: false, figures: Figures::Proportional };
    TextStyle { cut, size, colour, tracking: 0.0, rise: 0.0 }
}

/// A paragraph flush left, ragged right.
pub const fn ragged(text: TextStyle, leading: f32) -> ParagraphStyle {
    ParagraphStyle { text, leading, align: Align::Left, hyphenate: false, first_line: 0.0 }
}

/// A paragraph flush at both margins, in a language that divides words hyphenated.
pub const fn justified(text: TextStyle, leading: f32) -> ParagraphStyle {
    ParagraphStyle { text, leading, align: Align::Justified, hyphenate: true, first_line: 0.0 }
}

/// The paragraph with its lines centred.
pub const fn centred(mut style: ParagraphStyle) -> ParagraphStyle {
    style.align = Align::Centre;
    style
}

/// The paragraph with its first line set in, in points.
pub const fn indented(mut style: ParagraphStyle, first_line: f32) -> ParagraphStyle {
    style.first_line = first_line;
    style
}

/// The paragraph with figures of one width.
pub const fn tabular(mut style: ParagraphStyle) -> ParagraphStyle {
    style.text.cut.figures = Figures::Tabular;
    style
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
