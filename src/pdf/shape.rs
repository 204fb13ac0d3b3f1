//! The drawn parts of figures as page contents.

use super::content::{Content, rounded};
use super::page::from_foot;
use crate::typeset::{Segment, Shape};

/// Fills a path, then draws the line along it.
pub(super) fn draw(shape: &Shape, content: &mut Content) {
    let parts = parts(shape);
    if let Some(fill) = shape.fill {
        content.fill(fill);
        if !parts.is_empty() {
            for part in &parts {
                path(part, shape, content);
            }
            content.operator("h");
            content.operator("f");
        }
    }
    let Some(stroke) = shape.stroke else { return };
    content.stroke(stroke.colour);
    content.numbers(&[stroke.width], "w");
    if let Some((dash, gap)) = stroke.dash {
        content.dashes(&[dash, gap]);
    }
    for part in parts {
        path(part, shape, content);
        if part.contains(&Segment::Close) {
            content.operator("h");
        }
        content.operator("S");
    }
    if stroke.dash.is_some() {
        content.dashes(&[]);
    }
}

/// The parts of a path, each from where it starts. A path starts with a move; what does not is no path.
fn parts(shape: &Shape) -> Vec<&[Segment]> {
    let is_move = |segment: &Segment| matches!(segment, Segment::Move(_));
    let parts = shape.path.chunk_by(|_, next| !is_move(next));
    parts.filter(|part| part.first().is_some_and(is_move)).collect()
}

/// Draws a part's way on the page; whether it is closed is for what is done along it.
fn path(part: &[Segment], shape: &Shape, content: &mut Content) {
    let x = |right: f32| rounded(shape.x + right);
    let y = |down: f32| rounded(from_foot(shape.y + down));
    for segment in part {
        match *segment {
            Segment::Move(to) => content.numbers(&[x(to.0), y(to.1)], "m"),
            Segment::Line(to) => content.numbers(&[x(to.0), y(to.1)], "l"),
            Segment::Curve(one, other, to) => {
                content.numbers(&[x(one.0), y(one.1), x(other.0), y(other.1), x(to.0), y(to.1)], "c");
            }
            Segment::Close => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::layout::BRIEFING;
    use crate::typeset::{Segment, Stroke};

    fn shape(fill: bool, dash: Option<(f32, f32)>) -> Shape {
        Shape {
            x: 100.0,
            y: 50.0,
            path: vec![
                Segment::Move((0.0, 0.0)),
                Segment::Line((10.0, 0.0)),
                Segment::Line((10.0, 5.0)),
                Segment::Close,
            ],
            fill: fill.then_some(BRIEFING.accent),
            stroke: if fill { None } else { Some(Stroke { colour: BRIEFING.ink, width: 0.7, dash }) },
            element: None,
        }
    }

    fn drawn(shape: &Shape) -> String {
        let mut content = Content::default();
        draw(shape, &mut content);
        String::from_utf8(content.finish()).expect("ASCII")
    }

    #[test]
    fn a_path_stands_on_the_page_as_measured_from_its_foot() {
        let drawn = drawn(&shape(true, None));
        let path: Vec<&str> = drawn.lines().skip(1).collect();
        assert_eq!(path, ["100 791.89 m", "110 791.89 l", "110 786.89 l", "h", "f"]);
    }

    #[test]
    fn dashes_end_with_the_line_that_has_them() {
        let dashed = drawn(&shape(false, Some((1.0, 2.0))));
        assert!(dashed.contains("\n[1 2] 0 d\n") && dashed.ends_with("h\nS\n[] 0 d"), "{dashed}");
        let solid = drawn(&shape(false, None));
        assert!(!solid.lines().any(|line| line.ends_with(" d")), "{solid}");
    }
}
