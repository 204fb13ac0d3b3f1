//! Where two page images differ.

use crate::raster::{Image, RESOLUTION};
use std::fmt;

/// Levels by which a pixel may differ: edges are rounded differently on other machines.
const TOLERANCE: u8 = 3;
/// So many pixels may differ by more.
const STRAY: usize = 3;

/// The differing part of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Difference {
    /// Left, top, right and bottom edge of what differs, in millimetres.
    pub(crate) area: [f32; 4],
    /// The part of the page's pixels that differ, in hundredths.
    pub(crate) percent: f32,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [left, top, right, bottom] = self.area;
        write!(
            f,
            "{:.2} % of the pixels differ, from {left:.0} to {right:.0} mm from the left and from {top:.0} to {bottom:.0} mm from the top",
            self.percent
        )
    }
}

fn differs(actual: u8, expected: u8) -> bool {
    actual.abs_diff(expected) > TOLERANCE
}

/// What differs, if more does than a few stray pixels.
#[expect(clippy::cast_precision_loss, reason = "a page is small")]
pub(crate) fn difference(actual: &Image, expected: &Image) -> Option<Difference> {
    let millimetres = |pixels: usize| pixels as f32 * 25.4 / RESOLUTION;
    let width = expected.width;
    if (actual.width, actual.height) != (expected.width, expected.height) {
        let (right, bottom) = (millimetres(actual.width), millimetres(actual.height));
        return Some(Difference { area: [0.0, 0.0, right, bottom], percent: 100.0 });
    }
    let places: Vec<(usize, usize)> = (actual.levels.iter().zip(&expected.levels).enumerate())
        .filter(|(_, (actual, expected))| differs(**actual, **expected))
        .map(|(index, _)| (index % width, index / width))
        .collect();
    if places.len() <= STRAY {
        return None;
    }
    let edge = |of: fn(&(usize, usize)) -> usize| {
        let (first, last) = (places.iter().map(of).min().unwrap(), places.iter().map(of).max().unwrap());
        (millimetres(first), millimetres(last + 1))
    };
    let ((left, right), (top, bottom)) = (edge(|place| place.0), edge(|place| place.1));
    let percent = 100.0 * places.len() as f32 / expected.levels.len() as f32;
    Some(Difference { area: [left, top, right, bottom], percent })
}

/// The expected page in a pale grey, with what differs in black.
pub(crate) fn marked(actual: &Image, expected: &Image) -> Image {
    let mark = |index: usize, level: u8| {
        let actual = actual.levels.get(index).copied().unwrap_or(Image::WHITE);
        if differs(actual, level) { 0 } else { 10 + level / 3 }
    };
    let levels = expected.levels.iter().enumerate().map(|(index, level)| mark(index, *level)).collect();
    Image { levels, ..*expected }
}
