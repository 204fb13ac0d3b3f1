//! How far figures reach.

use super::mark::{owner, speaking};
use crate::typeset::style::PAGE_HEIGHT;
use crate::typeset::{Document, ElementId, FrameItem, Role, Segment};
use std::collections::BTreeMap;

/// How far each figure reaches on its first page, in points from the foot: left, foot, right, top.
pub(super) fn areas(document: &Document) -> BTreeMap<ElementId, [f32; 4]> {
    let mut areas: BTreeMap<ElementId, (usize, [f32; 4])> = BTreeMap::new();
    for (number, page) in document.pages.iter().enumerate() {
        for item in &page.items {
            let Some(figure) = owner(item).and_then(|element| speaking(document, element)) else { continue };
            let is_figure =
                |figure: ElementId| matches!(document.structure.get(figure.0)?.role, Role::Figure(_)).then_some(());
            let Some([left, top, right, foot]) = is_figure(figure).and_then(|()| extent(item)) else { continue };
            let [foot, top] = [foot, top].map(|y| PAGE_HEIGHT - y);
            let (first, area) = areas.entry(figure).or_insert((number, [left, foot, right, top]));
            if *first == number {
                *area = [area[0].min(left), area[1].min(foot), area[2].max(right), area[3].max(top)];
            }
        }
    }
    areas.into_iter().map(|(figure, (_, area))| (figure, area)).collect()
}

/// How far an item reaches, in points: left, top, right, foot.
fn extent(item: &FrameItem) -> Option<[f32; 4]> {
    match item {
        FrameItem::Text(run) => Some([run.x, run.y - run.size * 0.8, run.x + run.width(), run.y + run.size * 0.25]),
        FrameItem::Shape(shape) => {
            let margin = shape.stroke.map_or(0.0, |stroke| stroke.width / 2.0);
            let points = shape.path.iter().filter_map(|segment| match segment {
                Segment::Move(point) | Segment::Line(point) => Some(*point),
                Segment::Close => None,
            });
            points
                .map(|(right, down)| [shape.x + right, shape.y + down, shape.x + right, shape.y + down])
                .reduce(|area, point| {
                    [area[0].min(point[0]), area[1].min(point[1]), area[2].max(point[2]), area[3].max(point[3])]
                })
                .map(|[left, top, right, foot]| [left - margin, top - margin, right + margin, foot + margin])
        }
        FrameItem::Fill(_) | FrameItem::Link(_) | FrameItem::Anchor { .. } => None,
    }
}
