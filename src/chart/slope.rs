//! A slope: one amount at two times, both over zero.

use super::canvas::{Canvas, size};
use super::scene::{Anchor, Tone};
use super::{Amount, Mark};

/// The height of the greater amount over the line of zero, in points.
const HEIGHT: f32 = 52.0;
/// The most that a slope takes of the width, in points: wider, a rise would look like none.
const WIDEST: f32 = 240.0;
/// Between the two blocks of text.
const GUTTER: f32 = 10.0;
/// The radius of a dot.
const DOT: f32 = 3.2;

pub(super) fn draw(canvas: &mut Canvas<'_>, from: &Mark, to: &Mark) {
    let width = canvas.width().min(WIDEST);
    let greatest =
        [from, to].iter().filter_map(|mark| mark.amount).map(|amount| size(amount.ends().1)).fold(0.0, f32::max);
    let scale = if greatest > 0.0 { HEIGHT / greatest } else { 0.0 };
    let zero = canvas.bottom() + DOT + HEIGHT;
    // Over the edges at which their words start and end.
    let (left, right) = (DOT, width - DOT);
    canvas.line(&[(0.0, zero), (width, zero)], 0.6, Tone::Grey);
    let points = [(from, left, Tone::Peer), (to, right, Tone::Accent)]
        .map(|(mark, x, tone)| (mark.amount, x, zero - mark.amount.map_or(0.0, |amount| middle(amount) * scale), tone));
    for (_, x, y, tone) in points {
        canvas.line(&[(x, zero), (x, y)], 3.2, tone);
    }
    canvas.line(&points.map(|(_, x, y, _)| (x, y)), 1.4, Tone::Ink);
    for (amount, x, y, tone) in points {
        if let Some(amount @ (Amount::Between(..) | Amount::AtMost(..))) = amount {
            let (lower, upper) = amount.ends();
            let ends = (zero - size(upper) * scale, zero - size(lower) * scale);
            if ends.1 - ends.0 > 1.0 {
                canvas.line(&[(x, ends.0), (x, ends.1)], 0.8, Tone::Ink);
                for end in [ends.0, ends.1] {
                    canvas.line(&[(x - DOT, end), (x + DOT, end)], 0.8, Tone::Ink);
                }
            }
        }
        if let Some(Amount::AtLeast(_)) = amount {
            canvas.dotted(&[(x, y), (x, y - DOT * 2.0)], Tone::Ink);
        }
        canvas.dot((x, y), DOT, tone);
    }
    canvas.gap(DOT + HEIGHT + 4.0);
    let half = (width - GUTTER) / 2.0;
    let top = canvas.bottom();
    let mut height = 0.0_f32;
    for (mark, x, anchor) in [(from, 0.0, Anchor::Start), (to, width, Anchor::End)] {
        let face = Canvas::label(mark.is_own);
        let texts = [
            (&mark.label, Canvas::DETAIL, Tone::Grey),
            (&mark.figure, face, Tone::Ink),
            (&mark.detail, Canvas::DETAIL, Tone::Grey),
        ];
        let mut down = 0.0;
        for (text, face, tone) in texts {
            let lines = canvas.wrap(text, face, half);
            down += canvas.lines(&lines, face, tone, (x, top + down), anchor);
        }
        height = height.max(down);
    }
    canvas.gap(height);
}

fn middle(amount: Amount) -> f32 {
    let (lower, upper) = amount.ends();
    f32::midpoint(size(lower), size(upper))
}
