//! What stands after the text of an official document: signature and recipients, boxes 7 and 9 of Annex I of Decree 30/2020/NĐ-CP.

use super::flow::{Strip, baseline};
use super::frame::Role;
use super::layout::Form;
use super::layout::words::{DOTS, form_words};
use super::letterhead::{FormBox, form_text, said};
use super::style::ParagraphStyle;
use super::{Context, ROOT};
use crate::office::Office;

/// A signature deeper than this part of the text block is not held together: it would not fit below two lines of text.
const DEEPEST: f32 = 0.75;

/// Adds signature and recipients. They stay whole, on the page of the last two lines of the text.
pub(super) fn sign(context: &mut Context<'_>, form: &Form, office: Option<&Office>, strips: &mut Vec<Strip>) {
    let layout = context.layout;
    let language = context.language;
    let words = form_words(language);
    let half = layout.text_width() / 2.0;

    let mut signer = FormBox::new(form, half, half, 0.0);
    if let Some(authority) = office.and_then(|office| said(office.authority.as_ref(), language)) {
        signer.set(context, &authority.to_uppercase(), &form.signer, Role::Paragraph);
    }
    let post = office.and_then(|office| said(office.post.as_ref(), language)).unwrap_or(words.post);
    signer.set(context, &post.to_uppercase(), &form.signer, Role::Paragraph);
    signer.depth += form.signature;
    match office.and_then(|office| said(office.name.as_ref(), language)) {
        Some(name) => signer.set(context, name, &form.signer, Role::Paragraph),
        None => signer.depth += form.signer.leading,
    }

    // The first lines of both sides share a baseline.
    let top = baseline(&form.signer) - baseline(&form.recipients);
    let mut recipients = FormBox::new(form, 0.0, half - form.recipient.text.size, top.max(0.0));
    recipients.set(context, words.recipients, &form.recipients, Role::Paragraph);
    let unit = office.and_then(|office| said(office.unit.as_ref(), language)).map(|unit| format!(", {unit}"));
    let filed = words.filed.replace("{unit}", unit.as_deref().unwrap_or_default());
    let mut lines: Vec<String> = match office.map(|office| office.recipients.as_slice()) {
        None | Some([]) => vec![DOTS.to_owned()],
        Some(named) => named.iter().filter_map(|name| said(Some(name), language)).map(str::to_owned).collect(),
    };
    lines.push(filed);
    let list = context.element(Role::List, ROOT);
    let count = lines.len();
    let mut rest = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim_end_matches([';', '.', ',']);
        let item = context.element(Role::Item, list);
        let label = context.element(Role::Label, item);
        let body = context.element(Role::ItemBody, item);
        let text = context.element(Role::Paragraph, body);
        let end = if index + 1 == count { '.' } else { ';' };
        let pieces = [
            form_text(context, "-\u{a0}", &form.recipient, label),
            form_text(context, &format!("{line}{end}"), &form.recipient, text),
        ];
        if recipients.depth <= layout.text_height() * DEEPEST {
            recipients.set_pieces(context, &pieces, &form.recipient);
        } else {
            rest.push(single(context, form, &pieces, &form.recipient));
        }
    }

    // No page break before the signature but above the last two lines of the text.
    for last in strips.iter_mut().rev().take(2) {
        last.keep = true;
    }
    let height = signer.depth.max(recipients.depth);
    let items = signer.items.into_iter().chain(recipients.items).collect();
    strips.push(Strip { above: form.above_signature, height, items, keep: false, ..Strip::default() });
    strips.append(&mut rest);
}

/// A recipient in a strip of its own.
fn single(context: &mut Context<'_>, form: &Form, pieces: &[super::inline::Piece], style: &ParagraphStyle) -> Strip {
    let mut line = FormBox::new(form, 0.0, context.layout.text_width() / 2.0 - style.text.size, 0.0);
    line.set_pieces(context, pieces, style);
    Strip { height: line.depth, items: line.items, ..Strip::default() }
}
