//! Lists as administrative documents set them: each item a paragraph that begins with its marker.

use super::Context;
use super::blocks::{Block, Inline, List, Marks};
use super::flow::{self, Flow, Strip, set_pieces};
use super::frame::Role;
use super::inline::{Piece, Text, pieces};
use super::list::marker;
use super::style::Weight;

/// Sets a list with its markers run in.
pub(super) fn set_list(context: &mut Context<'_>, list: &List, flow: Flow) -> Vec<Strip> {
    let layout = context.layout;
    let element = context.element(Role::List, flow.parent);
    let space = if list.tight { layout.tight_item_space } else { layout.item_space };
    let mut strips = Vec::new();
    for (index, item) in list.items.iter().enumerate() {
        let owner = context.element(Role::Item, element);
        let label = context.element(Role::Label, owner);
        let body = context.element(Role::ItemBody, owner);
        let (inlines, rest) = match item.blocks.as_slice() {
            [Block::Paragraph { inlines, .. }, rest @ ..] => (inlines.as_slice(), rest),
            blocks => (&[][..], blocks),
        };
        let sign = match marker(list, index, item.task).as_str() {
            "•" => "-".to_owned(),
            sign => sign.to_owned(),
        };
        let mut style = flow.body.text;
        if matches!(inlines.first(), Some(Inline::Text { marks: Marks { strong: true, .. }, .. })) {
            style.cut.weight = Weight::Bold;
        }
        // A line must not end between the marker and what it marks.
        let mut line = vec![Piece::Text(Text::plain(&format!("{sign}\u{a0}"), style, label))];
        let paragraph = context.element(Role::Paragraph, body);
        line.append(&mut pieces(context, inlines, flow.body.text, paragraph));
        let mut set = set_pieces(context, &line, &flow.body, flow.measure);
        if !rest.is_empty() {
            if let Some(last) = set.last_mut() {
                last.keep = true;
            }
            let inner = Flow { parent: body, tight: list.tight, ..flow };
            let mut below = flow::set(context, rest, inner);
            if let Some(first) = below.first_mut() {
                first.above = first.above.max(space);
            }
            set.append(&mut below);
        }
        if let (Some(first), true) = (set.first_mut(), index > 0) {
            first.above = space;
        }
        strips.append(&mut set);
    }
    strips
}
