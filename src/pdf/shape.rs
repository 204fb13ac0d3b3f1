//! The drawn parts of figures as page contents.

use super::content::Content;
use super::page::from_foot;
use crate::typeset::{Segment, Shape};

/// Fills a path, then draws the line along it.
pub(super) fn draw(shape: &Shape, content: &mut Content) {
    let parts = parts(shape);
    if let Some(fill) = shape.fill {
        content.fill(fill);
        if let [part] = parts.as_slice()
            && let Some((from, to)) = rectangle(part)
        {
            let foot = from_foot(shape.y + from.1.max(to.1));
            content.rectangle(shape.x + from.0.min(to.0), foot, (to.0 - from.0).abs(), (to.1 - from.1).abs());
            content.operator("f");
        } else if !parts.is_empty() {
            for part in &parts {
                path(part, shape, content);
            }
            content.operator("f");
        }
    }
    let Some(stroke) = shape.stroke else { return };
    content.line(&stroke);
    for part in parts {
        path(part, shape, content);
        if let [Segment::Move(at)] = part {
            // Some readers do not draw a line that goes nowhere, whatever its ends: this one goes as little as can be said.
            content.numbers(&[shape.x + at.0 + 0.01, from_foot(shape.y + at.1)], "l");
        }
        content.operator(if part.contains(&Segment::Close) { "s" } else { "S" });
    }
}

/// The parts of a path, each from where it starts. A path starts with a move; what does not is no path.
fn parts(shape: &Shape) -> Vec<&[Segment]> {
    let is_move = |segment: &Segment| matches!(segment, Segment::Move(_));
    let parts = shape.path.chunk_by(|_, next| !is_move(next));
    parts.filter(|part| part.first().is_some_and(is_move)).collect()
}

/// Two opposite corners of a part that is an upright rectangle.
#[expect(clippy::float_cmp, reason = "its corners share their numbers")]
fn rectangle(part: &[Segment]) -> Option<((f32, f32), (f32, f32))> {
    let [Segment::Move(one), Segment::Line(two), Segment::Line(three), Segment::Line(four), Segment::Close] = part
    else {
        return None;
    };
    let is_upright = one.1 == two.1 && two.0 == three.0 && three.1 == four.1 && four.0 == one.0;
    is_upright.then_some((*one, *three))
}

/// Draws a part's way on the page; whether it is closed is for what is done along it.
fn path(part: &[Segment], shape: &Shape, content: &mut Content) {
    let x = |right: f32| shape.x + right;
    let y = |down: f32| from_foot(shape.y + down);
    for segment in part {
        match *segment {
            Segment::Move(to) => content.numbers(&[x(to.0), y(to.1)], "m"),
            Segment::Line(to) => content.numbers(&[x(to.0), y(to.1)], "l"),
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
            stroke: if fill {
                None
            } else {
                Some(Stroke { colour: BRIEFING.ink, width: 0.7, dash, has_round_ends: false })
            },
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
        assert_eq!(path, ["100 791.89 m", "110 791.89 l", "110 786.89 l", "f"]);
    }

    #[test]
    fn a_bar_is_one_rectangle() {
        let mut bar = shape(true, None);
        bar.path.insert(3, Segment::Line((0.0, 5.0)));
        let drawn = drawn(&bar);
        assert_eq!(drawn.lines().skip(1).collect::<Vec<&str>>(), ["100 786.89 10 5 re", "f"]);
    }

    #[test]
    fn a_dot_is_a_line_that_hardly_goes_anywhere() {
        let mut dot = shape(false, None);
        dot.path.truncate(1);
        dot.stroke = Some(Stroke { colour: BRIEFING.ink, width: 4.0, dash: None, has_round_ends: true });
        let mut content = Content::default();
        draw(&dot, &mut content);
        draw(&dot, &mut content);
        draw(&shape(false, None), &mut content);
        let drawn = String::from_utf8(content.finish()).expect("ASCII");
        let dots: Vec<&str> = drawn.lines().skip(1).take(8).collect();
        let dot = ["100 791.89 m", "100.01 791.89 l", "S"];
        assert_eq!(dots, [&["4 w", "1 J"], &dot[..], &dot[..]].concat());
        assert!(drawn.contains("\n0 J\n"), "the ends of the next line are its own: {drawn}");
    }

    #[test]
    fn lines_have_dashes_of_their_own() {
        let (dashed, solid) = (shape(false, Some((1.0, 2.0))), shape(false, None));
        let mut content = Content::default();
        for shape in [&solid, &dashed, &dashed, &solid] {
            draw(shape, &mut content);
        }
        let drawn = String::from_utf8(content.finish()).expect("ASCII");
        let said: Vec<&str> = drawn.lines().filter(|line| line.ends_with(" d") || *line == "s").collect();
        assert_eq!(said, ["s", "[1 2]0 d", "s", "s", "[]0 d", "s"], "{drawn}");
    }
}
