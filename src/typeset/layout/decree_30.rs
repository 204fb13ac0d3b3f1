//! The form of a Vietnamese administrative report: Annex I of Decree 30/2020/NĐ-CP. Sizes are those of the decree's own samples.

use super::super::style::{
    Colour, Family, ParagraphStyle, TextStyle, Weight, centred, indented, justified, mm, ragged, tabular, text,
};
use super::{Arrangement, BRIEFING, Form, Grid, Heading, Layout, Lists};

/// The decree asks for black.
const INK: Colour = Colour(0, 0, 0);
/// The light ground of a table's header.
const LIGHT: Colour = Colour(0xeb, 0xeb, 0xeb);
/// The decree's body size.
const BODY: f32 = 14.0;
/// The decree allows single line spacing to 1.5: this is 1.15 of Times New Roman's own, and clears stacked diacritics.
const LINE: f32 = 18.5;
/// The decree's first-line indent: 1 or 1.27 cm.
const INDENT: f32 = mm(12.7);

const fn regular(size: f32) -> TextStyle {
    text(Weight::Regular, size, INK)
}

const fn bold(size: f32) -> TextStyle {
    text(Weight::Bold, size, INK)
}

const fn italic(mut text: TextStyle) -> TextStyle {
    text.cut.italic = true;
    text
}

const fn heading(style: TextStyle, above: f32) -> Heading {
    Heading { paragraph: indented(ragged(style, LINE), INDENT), above, below: 5.0 }
}

const fn cell(style: TextStyle, leading: f32) -> ParagraphStyle {
    tabular(ragged(style, leading))
}

/// The form of a Vietnamese administrative report.
pub const DECREE_30: Layout = Layout {
    name: "decree-30",
    about: "the form of an official Vietnamese report (Decree 30/2020/NĐ-CP), with motto, number, signature and recipients",
    ink: INK,
    accent: INK,
    grey: INK,
    tint: LIGHT,
    faint: INK,
    margin_top: mm(20.0),
    margin_bottom: mm(20.0),
    margin_left: mm(30.0),
    margin_right: mm(15.0),
    head_baseline: mm(13.0),
    // The decree fixes the space between paragraphs.
    close_up: 0.0,
    paragraph_space: 6.0,
    item_space: 6.0,
    tight_item_space: 6.0,
    block_space: 10.0,
    cell_gutter: 10.0,
    cell_padding: 2.4,
    rule: 0.5,
    thin_rule: 0.5,
    hairline: 0.5,
    body: indented(justified(regular(BODY), LINE), INDENT),
    lead: indented(justified(regular(BODY), LINE), INDENT),
    note: ragged(regular(12.0), 15.5),
    cell: cell(regular(11.5), 15.0),
    header_cell: cell(bold(11.5), 15.0),
    cell_detail: cell(italic(regular(10.0)), 12.8),
    code: {
        let mut style = ragged(regular(11.0), 15.0);
        style.text.cut.family = Family::Mono;
        style
    },
    alternative: ragged(regular(12.0), 15.5),
    headings: [
        heading(bold(BODY), 12.0),
        heading(bold(BODY), 12.0),
        heading(bold(BODY), 8.0),
        heading(italic(bold(BODY)), 7.0),
    ],
    arrangement: Arrangement::OfficialReport,
    lists: Lists::RunIn,
    grid: Some(Grid { rule: 0.5, padding: 5.0, head: LIGHT }),
    form: Some(Form {
        left_share: 62.0 / 160.0,
        country: centred(ragged(bold(12.0), 15.5)),
        motto: centred(ragged(bold(13.0), 16.5)),
        parent: centred(ragged(regular(12.0), 15.5)),
        body: centred(ragged(bold(12.0), 15.5)),
        number: centred(ragged(regular(13.0), 16.5)),
        place: centred(ragged(italic(regular(13.0)), 16.5)),
        kind: centred(ragged(bold(14.0), 19.0)),
        subject: centred(ragged(bold(14.0), 19.0)),
        signer: centred(ragged(bold(14.0), 18.5)),
        recipients: ragged(italic(bold(12.0)), 15.5),
        recipient: ragged(regular(11.0), 14.0),
        address: centred(ragged(regular(11.0), 13.5)),
        rule: 0.7,
        above_rule: 3.0,
        rule_share: 0.4,
        above_number: 9.0,
        above_kind: 16.0,
        below_subject: 14.0,
        above_signature: 16.0,
        signature: mm(25.0),
        above_address: 3.0,
        page_number: centred(ragged(regular(13.0), 16.5)),
    }),
    ..BRIEFING
};
