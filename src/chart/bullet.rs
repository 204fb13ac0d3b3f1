//! A bullet: what was reached of a plan, over the plan, from zero.

use super::Mark;
use super::canvas::{Canvas, overhang, size};
use super::scene::{Anchor, Tone};

/// The height of the bar of what was reached.
const BAR: f32 = 9.0;
/// The height of the plan's ground.
const GROUND: f32 = 17.0;
/// How far the plan's mark reaches over its ground.
const MARK: f32 = 3.0;
/// Between the bar and its figure.
const GAP: f32 = 5.0;
/// The most of the width that the figure may take beside the bar; else it stands above.
const BESIDE: f32 = 0.36;

pub(super) fn draw(canvas: &mut Canvas<'_>, actual: &Mark, plan: &Mark) {
    let (Some(reached), Some(planned)) = (actual.amount, plan.amount) else { return };
    let width = canvas.width();
    let face = Canvas::OWN_LABEL;
    let figure_width = canvas.text_width(&actual.figure, face) + GAP;
    let is_beside = actual.label.is_empty() && actual.detail.is_empty() && figure_width <= width * BESIDE;
    let room = if is_beside { width - figure_width } else { width } - overhang(reached) - 1.0;
    let greatest = size(reached.ends().1).max(size(planned.ends().1));
    let scale = if greatest > 0.0 { room / greatest } else { 0.0 };

    let plan_line = [plan.label.as_str(), plan.figure.as_str(), plan.detail.as_str()];
    let top = canvas.bottom();
    let above = if is_beside { 0.0 } else { text_above(canvas, actual) };
    let ground = top + above + MARK;
    let (from, to) = planned.ends();
    let (from, to) = (size(from) * scale, size(to) * scale);
    let at = f32::midpoint(from, to);
    let middle = ground + GROUND / 2.0;
    canvas.bar((0.0, ground), (at.max(1.0), GROUND), Tone::Tint);
    let end = canvas.amount_bar(reached, scale, (0.0, middle - BAR / 2.0), BAR, Tone::Accent);
    canvas.line(&[(at, ground - MARK), (at, ground + GROUND + MARK)], 2.0, Tone::Ink);
    if to - from > 2.0 {
        canvas.whisker((from, to), ground + GROUND + MARK - 1.0, MARK);
    }
    canvas.line(&[(0.0, ground - 1.0), (0.0, ground + GROUND + 1.0)], 0.5, Tone::Grey);
    if is_beside {
        canvas.line_of_text(&actual.figure, face, Tone::Ink, (end.max(at) + GAP, middle), Anchor::Start);
    }
    canvas.gap(above + GROUND + 2.0 * MARK + 2.0);
    plan_text(canvas, plan_line, at);
}

/// The texts of what was reached, above the bar; their height.
fn text_above(canvas: &mut Canvas<'_>, actual: &Mark) -> f32 {
    let width = canvas.width();
    let top = canvas.bottom();
    let mut height = 0.0;
    let texts = [
        (&actual.label, Canvas::LABEL, Tone::Ink),
        (&actual.figure, Canvas::OWN_LABEL, Tone::Ink),
        (&actual.detail, Canvas::DETAIL, Tone::Grey),
    ];
    for (text, face, tone) in texts {
        let lines = canvas.wrap(text, face, width);
        height += canvas.lines(&lines, face, tone, (0.0, top + height), Anchor::Start);
    }
    height + 2.0
}

/// The plan's texts on one line under its mark, or on as many as they need.
fn plan_text(canvas: &mut Canvas<'_>, texts: [&str; 3], at: f32) {
    let width = canvas.width();
    let text = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let lines = canvas.wrap(&text, Canvas::LABEL, width);
    let mut widest = 0.0_f32;
    for line in &lines {
        widest = widest.max(canvas.text_width(line, Canvas::LABEL));
    }
    let x = at.min(width - widest / 2.0).max(widest / 2.0);
    let top = canvas.bottom();
    let height = canvas.lines(&lines, Canvas::LABEL, Tone::Ink, (x, top), Anchor::Middle);
    canvas.gap(height);
}
