//! The measures of an official document's form: what stands before its text and after it.

use super::ParagraphStyle;

/// The form of an official document, box by box as Annex I of Decree 30/2020/NĐ-CP numbers them. Measures are points.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// How wide the boxes of the issuing body and of its number are, to the text block's width.
    pub left_share: f32,
    /// Box 1: the country's name.
    pub country: ParagraphStyle,
    /// Box 1: the motto.
    pub motto: ParagraphStyle,
    /// Box 2: the body above the issuing one.
    pub parent: ParagraphStyle,
    /// Box 2: the issuing body.
    pub body: ParagraphStyle,
    /// Box 3: number and symbol.
    pub number: ParagraphStyle,
    /// Box 4: place and date.
    pub place: ParagraphStyle,
    /// Box 5a: the type of document.
    pub kind: ParagraphStyle,
    /// Box 5a: the subject.
    pub subject: ParagraphStyle,
    /// Box 7: authority, post and name of the signer.
    pub signer: ParagraphStyle,
    /// Box 9b: `Nơi nhận:`.
    pub recipients: ParagraphStyle,
    /// Box 9b: those who receive the document.
    pub recipient: ParagraphStyle,
    /// Box 13: the address.
    pub address: ParagraphStyle,
    /// How thick rules are.
    pub rule: f32,
    /// From a text to the rule below it.
    pub above_rule: f32,
    /// The rule under the issuing body and under the subject, to the width of the line above it: a third to a half.
    pub rule_share: f32,
    /// From the deeper of boxes 1 and 2 to boxes 3 and 4.
    pub above_number: f32,
    /// From boxes 3 and 4 to the type of document.
    pub above_kind: f32,
    /// From the rule under the subject to the text.
    pub below_subject: f32,
    /// From the text to the signature.
    pub above_signature: f32,
    /// Left free for the signature.
    pub signature: f32,
    /// From the foot of the text block to the rule above the address.
    pub above_address: f32,
    /// The number of a page, centred in the top margin.
    pub page_number: ParagraphStyle,
}
