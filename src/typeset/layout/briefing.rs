//! The layout for reading: one accent colour, a band of key figures, compact tables.

use super::super::style::{Colour, Family, PAGE_HEIGHT, Weight, justified, mm, ragged, tabular, text};
use super::{Arrangement, Heading, Layout, Lists};

const INK: Colour = Colour(0x14, 0x14, 0x14);
const ACCENT: Colour = Colour(0x1a, 0x52, 0x76);
const GREY: Colour = Colour(0x5f, 0x65, 0x6b);
/// The body's line height.
const LINE: f32 = 14.0;
/// The unit of vertical rhythm, an eighth of a line: leadings and the spaces between blocks are multiples of it.
const UNIT: f32 = LINE / 8.0;

/// The layout for reading.
pub const BRIEFING: Layout = Layout {
    name: "briefing",
    about: "for reading: messages, key figures, charts, tables",
    ink: INK,
    accent: ACCENT,
    grey: GREY,
    tint: Colour(0xe9, 0xee, 0xf2),
    peer: Colour(0x7f, 0x97, 0xa9),
    faint: Colour(0xb4, 0xc0, 0xca),
    margin_top: mm(25.0),
    margin_bottom: mm(22.0),
    margin_left: mm(30.0),
    margin_right: mm(20.0),
    head_baseline: mm(15.5),
    foot_baseline: PAGE_HEIGHT - mm(14.0),
    paragraph_space: 3.0 * UNIT,
    item_space: 2.0 * UNIT,
    tight_item_space: UNIT,
    list_indent: 14.0,
    quote_indent: 14.0,
    block_space: 6.0 * UNIT,
    chart_gutter: 24.0,
    chart_widest: 330.0,
    code_padding: 3.0 * UNIT,
    picture_padding: 6.0 * UNIT,
    panel_padding: 6.0 * UNIT,
    panel_gutter: 8.0,
    panel_radius: 3.0,
    cell_gutter: 10.0,
    cell_padding: 1.25 * UNIT,
    narrowest_measure: 90.0,
    rule: 0.9,
    thin_rule: 0.5,
    hairline: 0.4,
    body: justified(text(Weight::Regular, 10.5, INK), LINE),
    lead: justified(text(Weight::Regular, 9.0, GREY), 7.0 * UNIT),
    note: ragged(text(Weight::Regular, 9.0, INK), 7.0 * UNIT),
    kicker: {
        let mut style = ragged(text(Weight::Semibold, 9.0, ACCENT), LINE);
        // Wider, and readers of the text would take the letters for words.
        style.text.tracking = 0.06;
        style
    },
    title: ragged(text(Weight::Bold, 27.0, INK), 20.0 * UNIT),
    title_scales: [1.0, 0.8, 0.66],
    edition: ragged(text(Weight::Regular, 12.5, INK), 9.0 * UNIT),
    key_figure: ragged(text(Weight::Bold, 18.0, ACCENT), 12.0 * UNIT),
    key_unit: ragged(text(Weight::Regular, 8.8, INK), 7.0 * UNIT),
    key_label: ragged(text(Weight::Semibold, 8.6, INK), 7.0 * UNIT),
    key_detail: ragged(text(Weight::Regular, 8.0, GREY), 6.0 * UNIT),
    key_figure_smallest: 15.5,
    key_unit_smallest: 0.86,
    cell: tabular(ragged(text(Weight::Regular, 9.5, INK), 7.0 * UNIT)),
    header_cell: tabular(ragged(text(Weight::Semibold, 9.5, INK), 7.0 * UNIT)),
    cell_detail: tabular(ragged(text(Weight::Regular, 7.8, GREY), 6.0 * UNIT)),
    code: {
        let mut style = ragged(text(Weight::Regular, 8.4, INK), 7.0 * UNIT);
        style.text.cut.family = Family::Mono;
        style
    },
    code_scale: 0.84,
    alternative: ragged(text(Weight::Regular, 9.0, GREY), 7.0 * UNIT),
    running: ragged(text(Weight::Regular, 8.3, GREY), 6.0 * UNIT),
    headings: [
        Heading {
            paragraph: ragged(text(Weight::Bold, 19.0, INK), 14.0 * UNIT),
            above: 12.0 * UNIT,
            below: 3.0 * UNIT,
        },
        Heading {
            paragraph: ragged(text(Weight::Semibold, 13.5, ACCENT), 10.0 * UNIT),
            above: 9.0 * UNIT,
            below: 2.0 * UNIT,
        },
        Heading { paragraph: ragged(text(Weight::Semibold, 11.2, INK), LINE), above: 6.0 * UNIT, below: UNIT },
        Heading { paragraph: ragged(text(Weight::Semibold, 10.5, GREY), LINE), above: 5.0 * UNIT, below: UNIT },
    ],
    whole_table: 0.4,
    close_up: 0.2,
    arrangement: Arrangement::AsWritten,
    lists: Lists::Hanging,
    grid: None,
    form: None,
};
