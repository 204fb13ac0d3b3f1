//! A scene as an SVG file.

use super::scene::{Anchor, DOTTED, Item, Line, Scene, Tone, Weight, scene};
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
    let [title, description] = [&chart.headline, &chart.alternative].map(|text| escape(text));
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="{} {} {} {}" role="img" aria-labelledby="title description" lang="{code}" xml:lang="{code}" font-family="{FONTS}">
<title id="title">{title}</title>
<desc id="description">{description}</desc>
"#,
        number(width * PIXELS),
        number(height * PIXELS),
        number(-MARGIN),
        number(-MARGIN),
        number(width),
        number(height),
    );
    let _infallible = writeln!(
        svg,
        r##"<rect x="{}" y="{}" width="{}" height="{}" fill="#ffffff"/>"##,
        number(-MARGIN),
        number(-MARGIN),
        number(width),
        number(height)
    );
    items(&mut svg, &drawing, &|tone| {
        let [red, green, blue] = palette(tone);
        format!("#{red:02x}{green:02x}{blue:02x}")
    });
    svg.push_str("</svg>\n");
    svg
}

fn items(svg: &mut String, scene: &Scene, colour: &impl Fn(Tone) -> String) {
    for item in &scene.items {
        // Writing to a string cannot fail.
        let _infallible = match item {
            Item::Bar { x, y, width, height, tone } => writeln!(
                svg,
                r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>"#,
                number(*x),
                number(*y),
                number(*width),
                number(*height),
                colour(*tone)
            ),
            Item::Line(line) => self::line(svg, line, &colour(line.tone)),
            Item::Dot { x, y, radius, tone } => writeln!(
                svg,
                r#"<circle cx="{}" cy="{}" r="{}" fill="{}"/>"#,
                number(*x),
                number(*y),
                number(*radius),
                colour(*tone)
            ),
            Item::Text { x, y, anchor, face, tone, text } => {
                let anchor = match anchor {
                    Anchor::Start => "",
                    Anchor::Middle => r#" text-anchor="middle""#,
                    Anchor::End => r#" text-anchor="end""#,
                };
                let weight = match face.weight {
                    Weight::Regular => "",
                    Weight::Semibold => r#" font-weight="600""#,
                };
                writeln!(
                    svg,
                    r#"<text x="{}" y="{}" font-size="{}"{weight}{anchor} fill="{}">{}</text>"#,
                    number(*x),
                    number(*y),
                    number(face.size),
                    colour(*tone),
                    escape(text)
                )
            }
        };
    }
}

fn line(svg: &mut String, line: &Line, colour: &str) -> std::fmt::Result {
    let points: Vec<String> = line.points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    let dash = if line.dotted {
        format!(r#" stroke-dasharray="{},{}""#, number(DOTTED.0), number(DOTTED.1))
    } else {
        String::new()
    };
    writeln!(
        svg,
        r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="{}"{dash}/>"#,
        points.join(" "),
        number(line.width)
    )
}

/// A measure with two decimals at most, and always the same way.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text as XML holds it; characters that XML forbids are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => {}
            other => escaped.push(other),
        }
    }
    escaped
}
