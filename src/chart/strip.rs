//! A dot strip: where one stands among many, on one line.

use super::canvas::{Canvas, OPEN_END, SHORTEST_INTERVAL, size};
use super::scene::{Anchor, Tone};
use super::{Amount, Mark, Strip};

/// The radius of a peer's dot, in points.
const DOT: f32 = 2.6;
/// The radius of the document's own.
const OWN_DOT: f32 = 3.9;
/// How many dots are stacked where they would touch; further ones lie on the last.
const DEEPEST: usize = 5;
/// From the line to the texts below it.
const BELOW: f32 = 6.0;
/// From the dots to the text above them.
const ABOVE: f32 = 3.0;
/// Between two texts side by side.
const GUTTER: f32 = 10.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, strip: &Strip) {
    let zero_width = canvas.text_width(&strip.zero, Canvas::DETAIL);
    let left = if zero_width > 0.0 { zero_width + 4.0 } else { OWN_DOT };
    let is_open = strip.marks.iter().any(|mark| matches!(mark.amount, Some(Amount::AtLeast(_))));
    let right = (canvas.width() - OWN_DOT - if is_open { OPEN_END } else { 0.0 }).max(left + 1.0);
    let axis = Axis::of(strip, left, right);
    let places = stacked(strip, &axis);
    let levels = places.iter().map(|(_, level)| *level).max().unwrap_or(0);
    let last = strip.marks.len().saturating_sub(1);
    let own = strip.own;
    let is_own = |place: usize| own == Some(place);
    let above = own.filter(|own| *own != 0 && *own != last);

    // Room for what stands above the line, before anything is drawn: reading goes from the least to the greatest.
    let above_lines =
        above.and_then(|own| strip.marks.get(own)).map(|mark| block(canvas, (mark, true), canvas.width()));
    let above_height = above_lines.as_ref().map_or(0.0, Block::height);
    let top = canvas.bottom();
    let line = top + above_height + ABOVE + rise(levels) + OWN_DOT;

    canvas.line_of_text_unless_empty(&strip.zero, (0.0, line));
    canvas.line(&[(left, line), (canvas.width(), line)], 0.6, Tone::Grey);
    if zero_width > 0.0 {
        canvas.line(&[(left, line - 3.0), (left, line + 3.0)], 0.6, Tone::Grey);
    }
    let x = |place: usize| places.get(place).map_or(0.0, |(x, _)| *x);
    if let Some(own) = above {
        canvas.line(&[(x(own), top + above_height + 1.0), (x(own), line)], 0.5, Tone::Grey);
    }
    for (place, mark) in strip.marks.iter().enumerate().filter(|(place, _)| !is_own(*place)) {
        dot(canvas, (mark, false), &axis, places.get(place).copied().unwrap_or_default(), line);
    }
    if let Some((own, mark)) = own.and_then(|own| Some((own, strip.marks.get(own)?))) {
        dot(canvas, (mark, true), &axis, places.get(own).copied().unwrap_or_default(), line);
    }

    let foot = line + BELOW;
    let half = if last == 0 { canvas.width() } else { (canvas.width() - GUTTER) / 2.0 };
    let mut heights = 0.0_f32;
    if let Some(first) = strip.marks.first() {
        let block = block(canvas, (first, is_own(0)), half);
        heights = heights.max(block.draw(canvas, (x(0), foot), (0.0, half)));
    }
    if let (Some(lines), Some(own)) = (above_lines, above) {
        let width = canvas.width();
        lines.draw(canvas, (x(own), top), (0.0, width));
    }
    if let (Some(greatest), true) = (strip.marks.last(), last > 0) {
        let block = block(canvas, (greatest, is_own(last)), half);
        let width = canvas.width();
        heights = heights.max(block.draw(canvas, (x(last), foot), (width - half, width)));
    }
    canvas.gap(foot + heights - top);
}

fn rise(levels: usize) -> f32 {
    (0..levels).map(|_| 2.0 * DOT).sum()
}

/// Where amounts lie on the line.
struct Axis {
    left: f32,
    /// Points to a unit, or to a unit of the logarithm.
    scale: f32,
    least: f32,
    logarithmic: bool,
}

impl Axis {
    fn of(strip: &Strip, left: f32, right: f32) -> Axis {
        let ends = || strip.marks.iter().filter_map(|mark| mark.amount).map(Amount::ends);
        let at = |value| if strip.logarithmic { size(value).max(f32::MIN_POSITIVE).ln() } else { size(value) };
        let mut least = ends().map(|(lower, _)| at(lower)).fold(f32::MAX, f32::min);
        let greatest = ends().map(|(_, upper)| at(upper)).fold(f32::MIN, f32::max);
        if !strip.zero.is_empty() {
            least = 0.0;
        }
        let extent = greatest - least;
        let inner = if strip.zero.is_empty() { OWN_DOT } else { 0.0 };
        let left = left + inner;
        let scale = if extent > 0.0 { (right - left) / extent } else { 0.0 };
        Axis { left, scale, least, logarithmic: strip.logarithmic }
    }

    fn place(&self, value: f32) -> f32 {
        let value = if self.logarithmic { value.max(f32::MIN_POSITIVE).ln() } else { value };
        self.left + (value - self.least) * self.scale
    }

    /// Where an amount's dot lies: in the middle of what it may be.
    fn middle(&self, amount: Amount) -> f32 {
        let (lower, upper) = amount.ends();
        let at = match amount {
            Amount::AtMost(..) => size(upper),
            _ => f32::midpoint(size(lower), size(upper)),
        };
        self.place(at)
    }
}

/// Where each dot lies, and on which level: dots that would hide each other are stacked, the document's own at the foot.
fn stacked(strip: &Strip, axis: &Axis) -> Vec<(f32, usize)> {
    let at = |mark: &Mark| mark.amount.map_or(axis.left, |amount| axis.middle(amount));
    let mut taken: [Vec<f32>; DEEPEST] = Default::default();
    if let (Some(own), [foot, ..]) = (strip.own.and_then(|own| strip.marks.get(own)), &mut taken) {
        foot.push(at(own));
    }
    let reach = DOT + OWN_DOT;
    let mut places = Vec::with_capacity(strip.marks.len());
    for (place, mark) in strip.marks.iter().enumerate() {
        let x = at(mark);
        if strip.own == Some(place) {
            places.push((x, 0));
            continue;
        }
        // Those that were placed last are the nearest.
        let is_free = |level: &Vec<f32>| !level.iter().rev().any(|other| (other - x).abs() < reach);
        let level = taken.iter().position(is_free).unwrap_or(DEEPEST - 1);
        if let Some(level) = taken.get_mut(level) {
            level.push(x);
        }
        places.push((x, level));
    }
    places
}

fn dot(canvas: &mut Canvas<'_>, (mark, is_own): (&Mark, bool), axis: &Axis, (x, level): (f32, usize), line: f32) {
    let Some(amount) = mark.amount else { return };
    let y = line - rise(level);
    let (lower, upper) = amount.ends();
    match amount {
        Amount::At(_) => {}
        Amount::Between(..) => {
            let (from, to) = (axis.place(size(lower)), axis.place(size(upper)));
            let more = (SHORTEST_INTERVAL + 2.0 * DOT - (to - from)).max(0.0) / 2.0;
            canvas.whisker(((from - more).max(0.0), to + more), y, DOT);
        }
        Amount::AtLeast(_) => open(canvas, (x, x + OPEN_END), y),
        Amount::AtMost(..) => open(canvas, (axis.place(size(lower)).min(x - OPEN_END).max(0.0), x), y),
    }
    let (radius, tone) = if is_own { (OWN_DOT, Tone::Accent) } else { (DOT, Tone::Peer) };
    canvas.dot((x, y), radius, tone);
}

/// What words leave open beside a dot: dotted, above and below the line.
fn open(canvas: &mut Canvas<'_>, (from, to): (f32, f32), y: f32) {
    for edge in [y - DOT, y + DOT] {
        canvas.dotted(&[(from, edge), (to, edge)], Tone::Ink);
    }
}

/// A mark's texts, a line or more each.
struct Block {
    parts: Vec<(Vec<String>, super::scene::Type, Tone)>,
    width: f32,
}

fn block(canvas: &mut Canvas<'_>, (mark, is_own): (&Mark, bool), width: f32) -> Block {
    let face = Canvas::label(is_own);
    let parts =
        [(&mark.label, face, Tone::Ink), (&mark.figure, face, Tone::Ink), (&mark.detail, Canvas::DETAIL, Tone::Grey)];
    let parts: Vec<_> = parts.map(|(text, face, tone)| (canvas.wrap(text, face, width), face, tone)).into();
    let mut widest = 0.0_f32;
    for (lines, face, _) in &parts {
        for line in lines {
            widest = widest.max(canvas.text_width(line, *face));
        }
    }
    Block { parts, width: widest }
}

impl Block {
    fn height(&self) -> f32 {
        self.parts.iter().map(|(lines, face, _)| lines.iter().map(|_| Canvas::leading(*face)).sum::<f32>()).sum()
    }

    /// Draws it below a point, as much in the middle as two edges allow; its height.
    fn draw(&self, canvas: &mut Canvas<'_>, (x, top): (f32, f32), (left, right): (f32, f32)) -> f32 {
        let half = self.width / 2.0;
        let middle = x.min(right - half).max(left + half);
        let anchor = if middle > x + 1.0 && middle <= left + half + 0.01 {
            (left, Anchor::Start)
        } else if middle < x - 1.0 {
            (right, Anchor::End)
        } else {
            (middle, Anchor::Middle)
        };
        let mut height = 0.0;
        for (lines, face, tone) in &self.parts {
            height += canvas.lines(lines, *face, *tone, (anchor.0, top + height), anchor.1);
        }
        height
    }
}
