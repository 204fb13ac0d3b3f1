//! Horizontal bars from zero, each with its label before it and its figure behind it.

use super::Mark;
use super::canvas::{Canvas, overhang, size};
use super::scene::{Anchor, Tone};

/// The height of a bar.
const BAR: f32 = 9.0;
/// The height of a row of one line.
const ROW: f32 = 15.0;
/// The most of the width that labels take.
const LABELS: f32 = 0.38;
/// The least of the width that the longest bar must have beside its texts; else texts stand above the bars.
const LEAST_BAR: f32 = 0.2;
/// Between a bar and its texts.
const GAP: f32 = 5.0;
/// Between a figure and its period.
const DETAIL_GAP: f32 = 4.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, marks: &[Mark]) {
    let width = canvas.width();
    let mut widest = 0.0_f32;
    for mark in marks {
        widest = widest.max(canvas.text_width(&mark.label, Canvas::label(mark.is_own)));
    }
    let labels = widest.min(width * LABELS);
    let left = labels + GAP + 1.0;
    let (mut scale, mut longest, mut narrowest) = (f32::MAX, 0.0_f32, f32::MAX);
    for mark in marks {
        let room = width - left - GAP - behind(canvas, mark) - mark.amount.map_or(0.0, overhang);
        narrowest = narrowest.min(room);
        let reach = mark.amount.map_or(0.0, |amount| size(amount.ends().1));
        if reach > 0.0 {
            longest = longest.max(reach);
            scale = scale.min(room / reach);
        }
    }
    if narrowest < 0.0 || longest * scale < width * LEAST_BAR && longest > 0.0 {
        return stacked(canvas, marks, longest);
    }
    beside(canvas, marks, (labels, left), if longest > 0.0 { scale } else { 0.0 });
}

/// The width of a mark's figure and period on one line.
fn behind(canvas: &mut Canvas<'_>, mark: &Mark) -> f32 {
    let figure = canvas.text_width(&mark.figure, Canvas::label(mark.is_own));
    let detail = canvas.text_width(&mark.detail, Canvas::DETAIL);
    figure + if detail > 0.0 { DETAIL_GAP + detail } else { 0.0 }
}

fn tone(mark: &Mark) -> Tone {
    if mark.is_own { Tone::Accent } else { Tone::Peer }
}

/// Label, bar and figure in a row.
fn beside(canvas: &mut Canvas<'_>, marks: &[Mark], (labels, left): (f32, f32), scale: f32) {
    let top = canvas.bottom();
    let axis = canvas.scene.items.len();
    for mark in marks {
        let face = Canvas::label(mark.is_own);
        let lines = canvas.wrap(&mark.label, face, labels);
        let text_height = Canvas::leading(face) * lines_count(&lines);
        let height = ROW.max(text_height + 2.0);
        let middle = canvas.bottom() + height / 2.0;
        canvas.lines(&lines, face, Tone::Ink, (labels, middle - text_height / 2.0), Anchor::End);
        let end = match mark.amount {
            Some(amount) => canvas.amount_bar(amount, scale, (left, middle - BAR / 2.0), BAR, tone(mark)),
            None => left,
        };
        texts_behind(canvas, mark, (end + GAP, middle));
        canvas.gap(height);
    }
    let bottom = canvas.bottom();
    canvas.line(&[(left, top), (left, bottom)], 0.5, Tone::Grey);
    // The axis lies under the bars.
    if let Some(line) = canvas.scene.items.pop() {
        canvas.scene.items.insert(axis, line);
    }
}

fn texts_behind(canvas: &mut Canvas<'_>, mark: &Mark, (x, middle): (f32, f32)) {
    let face = Canvas::label(mark.is_own);
    let tone = if mark.amount.is_some() { Tone::Ink } else { Tone::Grey };
    canvas.line_of_text(&mark.figure, face, tone, (x, middle), Anchor::Start);
    if !mark.detail.is_empty() {
        let figure = canvas.text_width(&mark.figure, face);
        canvas.line_of_text(&mark.detail, Canvas::DETAIL, Tone::Grey, (x + figure + DETAIL_GAP, middle), Anchor::Start);
    }
}

/// Texts above their bars, for long texts in a narrow width.
fn stacked(canvas: &mut Canvas<'_>, marks: &[Mark], longest: f32) {
    let width = canvas.width();
    let open = marks.iter().filter_map(|mark| mark.amount).map(overhang).fold(0.0, f32::max);
    let scale = if longest > 0.0 { (width - open) / longest } else { 0.0 };
    for (place, mark) in marks.iter().enumerate() {
        if place > 0 {
            canvas.gap(GAP);
        }
        let face = Canvas::label(mark.is_own);
        let label = canvas.text_width(&mark.label, face);
        let texts = behind(canvas, mark);
        if label + 2.0 * GAP + texts <= width {
            let height = Canvas::leading(face);
            let middle = canvas.bottom() + height / 2.0;
            canvas.line_of_text(&mark.label, face, Tone::Ink, (0.0, middle), Anchor::Start);
            texts_behind(canvas, mark, (width - texts, middle));
            canvas.gap(height);
        } else {
            canvas.paragraph(&mark.label, face, Tone::Ink);
            canvas.paragraph(&mark.figure, face, if mark.amount.is_some() { Tone::Ink } else { Tone::Grey });
            canvas.paragraph(&mark.detail, Canvas::DETAIL, Tone::Grey);
        }
        if let Some(amount) = mark.amount {
            let top = canvas.bottom() + 1.0;
            canvas.amount_bar(amount, scale, (0.0, top), BAR, tone(mark));
            canvas.line(&[(0.0, top - 1.0), (0.0, top + BAR + 1.0)], 0.5, Tone::Grey);
            canvas.gap(BAR + 2.0);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a label has few lines")]
fn lines_count(lines: &[String]) -> f32 {
    lines.len() as f32
}
