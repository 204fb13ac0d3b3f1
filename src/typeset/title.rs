//! The title block of page 1, from the front matter.

use super::flow::{Strip, baseline, fill, placed, set_pieces};
use super::frame::{ElementId, Role};
use super::front_matter::FrontMatter;
use super::inline::{Piece, Text};
use super::lines::Paragraph;
use super::style::{Align, ParagraphStyle};
use super::{Context, ROOT};

/// Between the title and the edition beside it, in points.
const GAP: f32 = 16.0;
/// From the title's last line to the rule, in points.
const ABOVE_RULE: f32 = 5.0;
/// From the rule to the text, in points.
const BELOW_RULE: f32 = 8.0;

/// Kicker, title with the edition at its right, rule. Nothing without a title, kicker or edition.
pub(super) fn title_block(context: &mut Context<'_>, metadata: &FrontMatter) -> Vec<Strip> {
    let layout = context.layout;
    let mut strips = Vec::new();
    if let Some(kicker) = &metadata.kicker {
        let element = context.element(Role::Paragraph, ROOT);
        let pieces = [Piece::Text(Text::plain(&kicker.to_uppercase(), layout.kicker.text, element))];
        strips.append(&mut set_pieces(context, &pieces, &layout.kicker, layout.text_width()));
    }
    let edition = metadata.edition.as_ref().map(|edition| {
        let element = context.element(Role::Paragraph, ROOT);
        [Piece::Text(Text::plain(edition, layout.edition.text, element))]
    });
    let edition_width = match &edition {
        Some(pieces) => Paragraph::new(context, pieces).extremes().1.min(layout.text_width() / 3.0) + 0.1,
        None => 0.0,
    };
    if let Some(title) = &metadata.title {
        let element = context.element(Role::Title, ROOT);
        let measure = layout.text_width() - if edition.is_some() { edition_width + GAP } else { 0.0 };
        strips.append(&mut set_title(context, title, measure, element));
    }
    if let Some(pieces) = &edition {
        set_edition(context, pieces, edition_width, &mut strips);
    }
    if strips.is_empty() {
        return strips;
    }
    let rule = fill(0.0, ABOVE_RULE, layout.text_width(), layout.rule, layout.accent);
    let height = ABOVE_RULE + layout.rule + BELOW_RULE;
    strips.push(Strip { height, items: vec![rule], ..Strip::default() });
    for strip in &mut strips {
        strip.keep = true;
    }
    strips
}

/// Sets the title, smaller where it is long.
fn set_title(context: &mut Context<'_>, title: &str, measure: f32, element: ElementId) -> Vec<Strip> {
    let layout = context.layout;
    let mut strips = Vec::new();
    for scale in layout.title_scales {
        let mut style = layout.title;
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
    let layout = context.layout;
    let style = ParagraphStyle { align: Align::Right, ..layout.edition };
    let lines = Paragraph::new(context, pieces).lines(context, width, &style);
    if strips.is_empty() {
        strips.push(Strip { height: layout.title.leading, ..Strip::default() });
    }
    let Some(last) = strips.last_mut() else { return };
    // The title's baseline lies where its own leading puts it, whatever its size.
    let mut down = last.height * baseline(&layout.title) / layout.title.leading;
    for line in lines.into_iter().rev() {
        last.items.append(&mut placed(line, layout.text_width() - width, down));
        down -= style.leading;
    }
}
