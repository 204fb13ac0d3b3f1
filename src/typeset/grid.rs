//! The rules around the cells of a table.

use super::columns::Column;
use super::flow::{Strip, fill};
use super::frame::FrameItem;
use super::layout::{Grid, Layout};

/// Where the rules between a table's columns stand, from its left edge, in points.
pub(super) struct GridLines {
    grid: Grid,
    measure: f32,
    between: Vec<f32>,
}

/// The measure that a table's cells have within the outer rules, in points.
pub(super) fn inner_measure(layout: &Layout, measure: f32) -> f32 {
    layout.grid.map_or(measure, |grid| (measure - 2.0 * grid.padding).max(1.0))
}

impl GridLines {
    /// The grid of a table whose columns are placed, if the layout draws one.
    pub(super) fn new(layout: &Layout, columns: &[Column], measure: f32) -> Option<GridLines> {
        let grid = layout.grid?;
        let between = columns
            .windows(2)
            .filter_map(|pair| match pair {
                [left, right] => Some(grid.padding + f32::midpoint(left.x + left.width, right.x)),
                _ => None,
            })
            .collect();
        Some(GridLines { grid, measure, between })
    }

    /// Rules a row of one or several strips; the header is lightly shaded, and has a rule above it. Where the next row goes on with what
    /// the first cell says, no rule parts the two there.
    pub(super) fn draw(&self, row: &mut [Strip], layout: &Layout, is_head: bool, is_empty: bool, goes_on: bool) {
        let rule = self.grid.rule;
        let ink = layout.ink;
        let last = row.len().saturating_sub(1);
        for (index, strip) in row.iter_mut().enumerate() {
            if is_head && is_empty {
                strip.items.clear();
                strip.height = 0.0;
            }
            strip.items.iter_mut().for_each(|item| item.shift(self.grid.padding, 0.0));
            let mut drawn: Vec<FrameItem> = Vec::new();
            if is_head && index == 0 {
                strip.items.iter_mut().for_each(|item| item.shift(0.0, rule));
                strip.height += rule;
            }
            if is_head && !is_empty {
                drawn.push(fill(0.0, 0.0, self.measure, strip.height, self.grid.head));
            }
            if is_head && index == 0 {
                drawn.push(fill(0.0, 0.0, self.measure, rule, ink));
            }
            if index == last && !(is_head && is_empty) {
                strip.height += rule;
                let start = self.between.first().copied().filter(|_| goes_on).unwrap_or(0.0);
                drawn.push(fill(start, strip.height - rule, self.measure - start, rule, ink));
            }
            let outer = [0.0, self.measure - rule];
            let inner = self.between.iter().map(|x| x - rule / 2.0);
            drawn.extend(outer.into_iter().chain(inner).map(|x| fill(x, 0.0, rule, strip.height, ink)));
            drawn.append(&mut strip.items);
            strip.items = drawn;
        }
    }
}
