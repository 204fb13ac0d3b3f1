//! The title block of page 1, from the front matter.

use super::flow::{Strip, baseline, fill, placed, set_pieces};
use super::frame::{ElementId, Role};
use super::front_matter::FrontMatter;
use super::inline::{Piece, Text};
use super::lines::Paragraph;
use super::style::{self, Align, ParagraphStyle};
use super::{Context, ROOT};

/// Between the title and the edition beside it, in points.
const GAP: f32 = 16.0;
/// From the title's last line to the rule, in points.
const ABOVE_RULE: f32 = 5.0;
/// From the rule to the text, in points.
const BELOW_RULE: f32 = 8.0;

/// Kicker, title with the edition at its right, rule. Nothing without a title, kicker or edition.
pub(super) fn title_block(context: &mut Context<'_>, metadata: &FrontMatter) -> Vec<Strip> {
    let mut strips = Vec::new();
    if let Some(kicker) = &metadata.kicker {
        let element = context.element(Role::Paragraph, ROOT);
        let pieces = [Piece::Text(Text::plain(&kicker.to_uppercase(), style::KICKER.text, element))];
        strips.append(&mut set_pieces(context, &pieces, &style::KICKER, style::TEXT_WIDTH));
    }
    let edition = metadata.edition.as_ref().map(|edition| {
        let element = context.element(Role::Paragraph, ROOT);
        [Piece::Text(Text::plain(edition, style::EDITION.text, element))]
    });
    let edition_width = match &edition {
        Some(pieces) => Paragraph::new(context, pieces).extremes(context).1.min(style::TEXT_WIDTH / 3.0) + 0.1,
        None => 0.0,
    };
    if let Some(title) = &metadata.title {
        let element = context.element(Role::Title, ROOT);
        let measure = style::TEXT_WIDTH - if edition.is_some() { edition_width + GAP } else { 0.0 };
        strips.append(&mut set_title(context, title, measure, element));
    }
    if let Some(pieces) = &edition {
        set_edition(context, pieces, edition_width, &mut strips);
    }
    if strips.is_empty() {
        return strips;
    }
    let rule = fill(0.0, ABOVE_RULE, style::TEXT_WIDTH, style::RULE, style::ACCENT);
    let height = ABOVE_RULE + style::RULE + BELOW_RULE;
    strips.push(Strip { height, items: vec![rule], ..Strip::default() });
    for strip in &mut strips {
        strip.keep = true;
    }
    strips
}

/// Sets the title, smaller where it is long.
fn set_title(context: &mut Context<'_>, title: &str, measure: f32, element: ElementId) -> Vec<Strip> {
    let mut strips = Vec::new();
    for scale in style::TITLE_SCALES {
        let mut style = style::TITLE;
        style.text.size *= scale;
        style.leading *= scale;
        let pieces = [Piece::Text(Text::plain(title, style.text, element))];
        strips = set_pieces(context, &pieces, &style, measure);
        if strips.len() <= if scale < 1.0 { 2 } else { 1 } {
            break;
        }
    }
    strips
}

/// Sets the edition so that its last line shares the title's last baseline.
fn set_edition(context: &mut Context<'_>, pieces: &[Piece], width: f32, strips: &mut Vec<Strip>) {
    let style = ParagraphStyle { align: Align::Right, ..style::EDITION };
    let lines = Paragraph::new(context, pieces).lines(context, width, &style);
    if strips.is_empty() {
        strips.push(Strip { height: style::TITLE.leading, ..Strip::default() });
    }
    let Some(last) = strips.last_mut() else { return };
    // The title's baseline lies where its own leading puts it, whatever its size.
    let mut down = last.height * baseline(&style::TITLE) / style::TITLE.leading;
    for line in lines.into_iter().rev() {
        last.items.append(&mut placed(line, style::TEXT_WIDTH - width, down));
        down -= style.leading;
    }
}
