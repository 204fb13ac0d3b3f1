//! The drawn parts of figures as page contents.

use super::page::{colour, from_foot};
use crate::typeset::{Segment, Shape};
use printpdf::{Line, LineDashPattern, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, WindingOrder};

/// Fills a path, then draws the line along it.
pub(super) fn draw(shape: &Shape, operations: &mut Vec<Op>) {
    let parts = parts(shape);
    if let Some(fill) = shape.fill {
        operations.push(Op::SetFillColor { col: colour(fill) });
        let rings = parts.iter().map(|part| PolygonRing { points: part.points.clone() }).collect();
        let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        operations.push(Op::DrawPolygon { polygon });
    }
    let Some(stroke) = shape.stroke else { return };
    operations.push(Op::SetOutlineColor { col: colour(stroke.colour) });
    operations.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
    if let Some((dash, gap)) = stroke.dash {
        operations.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[dash, gap]) });
    }
    operations.extend(parts.into_iter().map(|line| Op::DrawLine { line }));
    if stroke.dash.is_some() {
        operations.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
    }
}

/// The parts of a path, each from where it starts, on the page.
fn parts(shape: &Shape) -> Vec<Line> {
    let point = |(right, down): (f32, f32), bezier| LinePoint {
        p: Point { x: Pt(shape.x + right), y: Pt(from_foot(shape.y + down)) },
        bezier,
    };
    let mut parts: Vec<Line> = Vec::new();
    for segment in &shape.path {
        match (segment, parts.last_mut()) {
            (Segment::Move(to), _) => parts.push(Line { points: vec![point(*to, false)], is_closed: false }),
            (Segment::Line(to), Some(part)) => part.points.push(point(*to, false)),
            (Segment::Curve(first, second, to), Some(part)) => {
                part.points.extend([point(*first, true), point(*second, true), point(*to, false)]);
            }
            (Segment::Close, Some(part)) => part.is_closed = true,
            // A path starts with a move; what does not is no path.
            (_, None) => {}
        }
    }
    parts
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

    #[test]
    fn a_path_stands_on_the_page_as_measured_from_its_foot() {
        let mut operations = Vec::new();
        draw(&shape(true, None), &mut operations);
        let Some(Op::DrawPolygon { polygon }) = operations.last() else { panic!("{operations:?}") };
        let first = &polygon.rings[0].points[0].p;
        assert_eq!((first.x, first.y), (Pt(100.0), Pt(from_foot(50.0))));
        assert_eq!(polygon.rings[0].points[2].p.y, Pt(from_foot(55.0)));
    }

    #[test]
    fn dashes_end_with_the_line_that_has_them() {
        let mut operations = Vec::new();
        draw(&shape(false, Some((1.0, 2.0))), &mut operations);
        assert!(
            matches!(operations.last(), Some(Op::SetLineDashPattern { dash }) if *dash == LineDashPattern::solid()),
            "{operations:?}"
        );
        operations.clear();
        draw(&shape(false, None), &mut operations);
        assert!(!operations.iter().any(|operation| matches!(operation, Op::SetLineDashPattern { .. })));
    }
}
