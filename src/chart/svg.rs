//! A scene as an SVG file.

use super::scene::{Anchor, DOTTED, Item, Line, Tone, Weight, scene};
use super::{Chart, Estimate};
use crate::language::Language;
use std::fmt::Write;

/// The width of a file's scene, in points: two stand side by side on a forge's page.
const WIDTH: f32 = 300.0;
/// White around the scene.
const MARGIN: f32 = 6.0;
/// Pixels of a screen to a point.
const PIXELS: f32 = 4.0 / 3.0;
/// The fonts to try.
const FONTS: &str = "'Libertinus Serif', 'Times New Roman', 'Liberation Serif', Georgia, serif";

/// Draws a chart as an SVG file of its own, in the colours of a palette: red, green and blue, 0 to 255.
pub fn draw(chart: &Chart, language: Language, palette: impl Fn(Tone) -> [u8; 3]) -> String {
    let drawing = scene(chart, WIDTH, &mut Estimate);
    let code = language.code();
    let (width, height) = (drawing.width + 2.0 * MARGIN, drawing.height + 2.0 * MARGIN);
    let mut svg = String::with_capacity(TYPICAL_BYTES);
    svg.push_str(r#"<svg xmlns="http://www.w3.org/2000/svg" width=""#);
    number(&mut svg, width * PIXELS);
    svg.push_str(r#"" height=""#);
    number(&mut svg, height * PIXELS);
    svg.push_str(r#"" viewBox=""#);
    for (place, measure) in [-MARGIN, -MARGIN, width, height].into_iter().enumerate() {
        svg.push_str(if place > 0 { " " } else { "" });
        number(&mut svg, measure);
    }
    // Writing to a string cannot fail.
    let _infallible = write!(
        svg,
        r#"" role="img" aria-labelledby="title description" lang="{code}" xml:lang="{code}" font-family="{FONTS}">
<title id="title">"#
    );
    escape(&mut svg, &chart.headline);
    svg.push_str("</title>\n<desc id=\"description\">");
    escape(&mut svg, &chart.alternative);
    svg.push_str("</desc>\n<rect");
    attributes(&mut svg, &[("x", -MARGIN), ("y", -MARGIN), ("width", width), ("height", height)]);
    svg.push_str(" fill=\"#ffffff\"/>\n");
    for item in &drawing.items {
        self::item(&mut svg, item, &palette);
    }
    svg.push_str("</svg>\n");
    svg
}

/// About as long as a drawing.
const TYPICAL_BYTES: usize = 8 * 1024;

fn item(svg: &mut String, item: &Item, palette: &impl Fn(Tone) -> [u8; 3]) {
    match item {
        Item::Bar { x, y, width, height, tone } => {
            svg.push_str("<rect");
            attributes(svg, &[("x", *x), ("y", *y), ("width", *width), ("height", *height)]);
            colour(svg, " fill=\"#", palette(*tone));
            svg.push_str("/>\n");
        }
        Item::Line(line) => self::line(svg, line, palette(line.tone)),
        Item::Dot { x, y, radius, tone } => {
            svg.push_str("<circle");
            attributes(svg, &[("cx", *x), ("cy", *y), ("r", *radius)]);
            colour(svg, " fill=\"#", palette(*tone));
            svg.push_str("/>\n");
        }
        Item::Text { x, y, anchor, face, tone, text } => {
            svg.push_str("<text");
            attributes(svg, &[("x", *x), ("y", *y), ("font-size", face.size)]);
            svg.push_str(match face.weight {
                Weight::Regular => "",
                Weight::Semibold => r#" font-weight="600""#,
            });
            svg.push_str(match anchor {
                Anchor::Start => "",
                Anchor::Middle => r#" text-anchor="middle""#,
                Anchor::End => r#" text-anchor="end""#,
            });
            colour(svg, " fill=\"#", palette(*tone));
            svg.push('>');
            escape(svg, text);
            svg.push_str("</text>\n");
        }
    }
}

fn line(svg: &mut String, line: &Line, ink: [u8; 3]) {
    svg.push_str("<polyline points=\"");
    for (place, (x, y)) in line.points.iter().enumerate() {
        svg.push_str(if place > 0 { " " } else { "" });
        number(svg, *x);
        svg.push(',');
        number(svg, *y);
    }
    colour(svg, "\" fill=\"none\" stroke=\"#", ink);
    attributes(svg, &[("stroke-width", line.width)]);
    if line.dotted {
        svg.push_str(" stroke-dasharray=\"");
        number(svg, DOTTED.0);
        svg.push(',');
        number(svg, DOTTED.1);
        svg.push('"');
    }
    svg.push_str("/>\n");
}

/// Adds attributes that are measures.
fn attributes(svg: &mut String, measures: &[(&str, f32)]) {
    for (name, measure) in measures {
        svg.push(' ');
        svg.push_str(name);
        svg.push_str("=\"");
        number(svg, *measure);
        svg.push('"');
    }
}

/// Adds a colour as six digits and a quotation mark, after what comes before it.
fn colour(svg: &mut String, before: &str, channels: [u8; 3]) {
    svg.push_str(before);
    for channel in channels {
        for digit in [channel >> 4, channel & 15] {
            svg.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    svg.push('"');
}

/// Adds a measure with two decimals at most, and always the same way.
fn number(svg: &mut String, value: f32) {
    // Exact: a measure has 24 bits, a hundred seven, and all of them have room.
    let hundredths = (f64::from(value) * 100.0).round_ties_even();
    if hundredths.abs() > f64::from(u32::MAX) || hundredths.is_nan() {
        let text = format!("{value:.2}");
        svg.push_str(text.trim_end_matches('0').trim_end_matches('.'));
        return;
    }
    if hundredths < 0.0 {
        svg.push('-');
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and within these ends")]
    let size = hundredths.abs() as u32;
    whole(svg, size / 100);
    let (tenths, last) = (size % 100 / 10, size % 10);
    if tenths > 0 || last > 0 {
        svg.push('.');
        whole(svg, tenths);
        if last > 0 {
            whole(svg, last);
        }
    }
}

/// Adds a whole number.
fn whole(svg: &mut String, number: u32) {
    if number > 9 {
        whole(svg, number / 10);
    }
    svg.extend(char::from_digit(number % 10, 10));
}

/// Adds a text as XML holds it; characters that XML forbids are left out.
fn escape(svg: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        // What is left out or written otherwise begins with one of these.
        if !matches!(byte, b'&' | b'<' | b'>' | b'"' | 0..=0x1f | 0x7f | 0xc2 | 0xef) {
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let written = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\t' | '\n' | '\r' => " ",
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => "",
            _ => continue,
        };
        svg.push_str(text.get(copied..at).unwrap_or_default());
        svg.push_str(written);
        copied = at + character.len_utf8();
    }
    svg.push_str(text.get(copied..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_written_as_the_standard_library_rounds_it() {
        let mut bits: u32 = 1;
        let random = (0..100_000).map(|_| {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from_bits(bits)
        });
        let ties = (-4_000_i16..4_000).flat_map(|step| [8.0, 16.0, 1_000.0].map(|parts| f32::from(step) / parts));
        for value in ties.chain(random.filter(|value| value.is_finite())) {
            let mut text = String::new();
            number(&mut text, value);
            let expected = format!("{value:.2}");
            let expected = expected.trim_end_matches('0').trim_end_matches('.');
            assert_eq!(text, if expected == "-0" { "0" } else { expected });
        }
    }
}
