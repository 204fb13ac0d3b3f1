//! What a chart looks like: shapes and texts at places. All measures are points; y grows downwards.

use super::canvas::Canvas;
use super::{Chart, Plot, bars, bullet, slope, strip};

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// In points.
    pub width: f32,
    /// In points.
    pub height: f32,
    /// What is drawn, the lowest first; texts in reading order.
    pub items: Vec<Item>,
}

/// A thing in a drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A filled rectangle.
    Bar {
        /// Left edge.
        x: f32,
        /// Top edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Its colour.
        tone: Tone,
    },
    /// A line through points.
    Line(Line),
    /// A filled circle.
    Dot {
        /// Its middle.
        x: f32,
        /// Its middle.
        y: f32,
        /// Its radius.
        radius: f32,
        /// Its colour.
        tone: Tone,
    },
    /// A line of text.
    Text {
        /// Where its anchor lies.
        x: f32,
        /// Its baseline.
        y: f32,
        /// What of it lies at `x`.
        anchor: Anchor,
        /// Size and weight.
        face: Type,
        /// Its colour.
        tone: Tone,
        /// The text.
        text: String,
    },
}

/// A line through points.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The points, each (right, down).
    pub points: Vec<(f32, f32)>,
    /// How thick it is.
    pub width: f32,
    /// Its colour.
    pub tone: Tone,
    /// Whether it is dotted: an end that the figure's words leave open.
    pub dotted: bool,
}

/// The lengths of the dots of a dotted line and of the gaps between them.
pub const DOTTED: (f32, f32) = (1.2, 1.6);

/// What of a text lies at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Size and weight of letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// In points.
    pub size: f32,
    /// The weight.
    pub weight: Weight,
}

/// A weight of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For what is said of others.
    Regular,
    /// For the message, and for what the document is about.
    Semibold,
}

/// A colour, by what it is for. They differ in lightness, so that they differ in grey too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Text, and what must not be overlooked.
    Ink,
    /// What the document is about.
    Accent,
    /// What it is held against.
    Peer,
    /// Small print and axes.
    Grey,
    /// A ground behind other things.
    Tint,
    /// The paper: what keeps a mark apart from the ground that it stands on.
    Paper,
}

impl Scene {
    /// The drawing, so many times as large, its letters and lines with it.
    #[must_use]
    pub fn scaled(mut self, times: f32) -> Scene {
        self.width *= times;
        self.height *= times;
        let scale = |measures: &mut [&mut f32]| measures.iter_mut().for_each(|measure| **measure *= times);
        for item in &mut self.items {
            match item {
                Item::Bar { x, y, width, height, .. } => scale(&mut [x, y, width, height]),
                Item::Dot { x, y, radius, .. } => scale(&mut [x, y, radius]),
                Item::Text { x, y, face, .. } => scale(&mut [x, y, &mut face.size]),
                Item::Line(line) => {
                    line.points.iter_mut().for_each(|(x, y)| scale(&mut [x, y]));
                    scale(&mut [&mut line.width]);
                }
            }
        }
        self
    }
}

/// Tells how wide a text is.
pub trait Measure {
    /// The width of a text on one line, in points.
    fn width(&mut self, text: &str, face: Type) -> f32;
}

/// Draws a chart in a width, in points; as high as it needs to be. Nothing leaves the width, and no text touches another, as far as
/// the measure tells the truth.
pub fn scene(chart: &Chart, width: f32, measure: &mut dyn Measure) -> Scene {
    Head::draw(chart, width, measure).with_plot(chart, 0.0, measure)
}

/// A chart's headline and subtitle, drawn; its plot is still to come.
#[derive(Debug, Clone)]
pub struct Head(Scene);

impl Head {
    /// Draws headline and subtitle in a width, in points.
    pub fn draw(chart: &Chart, width: f32, measure: &mut dyn Measure) -> Head {
        let mut canvas = Canvas::new(width, measure);
        canvas.headline(&chart.headline);
        canvas.paragraph(&chart.subtitle, Canvas::DETAIL, Tone::Grey);
        Head(canvas.finish())
    }

    /// How high it is, in points.
    pub fn height(&self) -> f32 {
        self.0.height
    }

    /// The whole chart, with room for a head of at least some height, so that charts side by side are level.
    #[must_use]
    pub fn with_plot(self, chart: &Chart, height: f32, measure: &mut dyn Measure) -> Scene {
        let mut canvas = Canvas::below(self.0, measure);
        canvas.gap((height - canvas.bottom()).max(0.0) + Canvas::SPACE);
        match &chart.plot {
            Plot::Bars(marks) => bars::draw(&mut canvas, marks),
            Plot::Strip(strip) => strip::draw(&mut canvas, strip),
            Plot::Slope { from, to } => slope::draw(&mut canvas, from, to),
            Plot::Bullet { actual, plan } => bullet::draw(&mut canvas, actual, plan),
        }
        if !chart.notes.is_empty() {
            canvas.gap(Canvas::SPACE / 2.0);
        }
        for note in &chart.notes {
            canvas.paragraph(note, Canvas::DETAIL, Tone::Grey);
        }
        canvas.finish()
    }
}
