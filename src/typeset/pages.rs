//! Strips to pages, with running head and foot.

use super::Context;
use super::ROOT;
use super::flow::{Strip, fill, placed};
use super::frame::{FrameItem, Page};
use super::front_matter::FrontMatter;
use super::inline::{Piece, Text};
use super::layout::Layout;
use super::lines::Paragraph;
use super::paging::{self, Cut, Slice};
use super::style::{Align, ParagraphStyle};

/// Fills pages with strips, and adds what runs along with them.
pub(super) fn paginate(context: &mut Context<'_>, strips: Vec<Strip>, metadata: &FrontMatter) -> Vec<Page> {
    let mut filler = Filler { layout: context.layout, pages: vec![Page::default()], y: 0.0, spaces: 1.0, table: None };
    let slices = slices(context, &strips);
    let mut strips = strips.into_iter();
    let mut start = 0;
    for Cut { end, spaces } in paging::cut(&slices, context.layout.text_height(), context.layout.close_up) {
        filler.spaces = spaces;
        for (index, strip) in strips.by_ref().take(end - start).enumerate() {
            if index == 0 && start > 0 {
                filler.break_page(context, strip.table);
            }
            filler.place(strip);
        }
        start = end;
    }
    let mut pages = filler.pages;
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        run_along(context, page, index + 1, count, metadata);
    }
    pages
}

fn slices(context: &Context<'_>, strips: &[Strip]) -> Vec<Slice> {
    let mut previous = None;
    let slices = strips.iter().map(|strip| {
        let goes_on = strip.table.filter(|_| strip.table == previous);
        previous = strip.table;
        let head = goes_on.and_then(|table| context.table_heads.get(table)?.as_ref());
        Slice::of(strip, head.map_or(0.0, |head| head.height))
    });
    slices.collect()
}

struct Filler<'a> {
    layout: &'a Layout,
    pages: Vec<Page>,
    /// How much of the last page's text block is used, in points.
    y: f32,
    /// What the spaces of the page are multiplied by.
    spaces: f32,
    /// The table whose row was placed last.
    table: Option<usize>,
}

impl Filler<'_> {
    fn above(&self, strip: &Strip) -> f32 {
        if self.y > 0.0 { strip.above * self.spaces } else { 0.0 }
    }

    fn place(&mut self, strip: Strip) {
        let layout = self.layout;
        let above = self.above(&strip);
        let top = layout.margin_top + self.y + above;
        let dropped = strip.above - above;
        self.y += above + strip.height;
        self.table = strip.table;
        let Some(page) = self.pages.last_mut() else { return };
        for mut item in strip.items {
            // A bar that bridges the space above is as much shorter as that space is.
            if let FrameItem::Fill(fill) = &mut item
                && dropped > 0.0
                && fill.area.y < 0.0
            {
                let shorter = dropped.min(-fill.area.y);
                fill.area.height -= shorter;
                fill.area.y += shorter;
            }
            item.shift(layout.margin_left, top);
            page.items.push(item);
        }
    }

    /// Starts a page; a table that goes on is ruled off, and its header repeated.
    fn break_page(&mut self, context: &Context<'_>, table: Option<usize>) {
        let layout = context.layout;
        let goes_on = table.filter(|_| table == self.table);
        let head = goes_on.and_then(|table| context.table_heads.get(table)?.clone());
        if goes_on.is_some() && layout.grid.is_none() {
            let top = head.as_ref().and_then(|head| head.items.first());
            let (x, width) = match top {
                Some(FrameItem::Fill(rule)) => (rule.area.x, rule.area.width),
                _ => (0.0, layout.text_width()),
            };
            let mut rule = fill(x, self.y, width, layout.thin_rule, layout.accent);
            rule.shift(layout.margin_left, layout.margin_top);
            if let Some(page) = self.pages.last_mut() {
                page.items.push(rule);
            }
        }
        self.pages.push(Page::default());
        self.y = 0.0;
        if let Some(head) = head {
            let items = head.items.into_iter().filter_map(FrameItem::into_artifact).collect();
            self.place(Strip { items, ..head });
        }
    }
}

/// Running head from the second page on, running foot and page number; in an official document only the number, from page 2 on.
fn run_along(context: &mut Context<'_>, page: &mut Page, number: usize, count: usize, metadata: &FrontMatter) {
    let layout = context.layout;
    if let Some(form) = &layout.form {
        if number > 1 {
            let pieces = [Piece::Text(Text::plain(&number.to_string(), form.page_number.text, ROOT))];
            for line in Paragraph::new(context, &pieces).lines(context, layout.text_width(), &form.page_number) {
                let items = placed(line, layout.margin_left, layout.head_baseline);
                page.items.extend(items.into_iter().filter_map(FrameItem::into_artifact));
            }
        }
        return;
    }
    let mut running = Vec::new();
    if number > 1 {
        let edition = metadata.edition.as_deref().unwrap_or_default();
        let head = metadata.running_head.as_deref().or(metadata.title.as_deref()).unwrap_or_default();
        if !head.is_empty() || !edition.is_empty() {
            running.append(&mut pair(context, head, edition, layout.head_baseline));
            running.push(fill(
                layout.margin_left,
                layout.head_baseline + 5.0,
                layout.text_width(),
                layout.hairline,
                layout.faint,
            ));
        }
    }
    let label = metadata.page_label(number, count);
    let foot = metadata.running_foot.as_deref().unwrap_or_default();
    running.append(&mut pair(context, foot, &label, layout.foot_baseline));
    page.items.extend(running.into_iter().filter_map(FrameItem::into_artifact));
}

/// A text at the left and one at the right; the left one takes as many lines as it needs.
fn pair(context: &mut Context<'_>, left: &str, right: &str, baseline: f32) -> Vec<FrameItem> {
    let layout = context.layout;
    let style = layout.running;
    let mut items = Vec::new();
    let pieces = [Piece::Text(Text::plain(right, style.text, ROOT))];
    let paragraph = Paragraph::new(context, &pieces);
    let width = (paragraph.extremes().1 + 0.1).min(layout.text_width() / 2.0);
    let at_right = ParagraphStyle { align: Align::Right, ..style };
    let mut down = baseline;
    for line in paragraph.lines(context, width, &at_right) {
        items.append(&mut placed(line, layout.margin_left + layout.text_width() - width, down));
        down += style.leading;
    }
    let pieces = [Piece::Text(Text::plain(left, style.text, ROOT))];
    let mut down = baseline;
    for line in Paragraph::new(context, &pieces).lines(context, layout.text_width() - width - 24.0, &style) {
        items.append(&mut placed(line, layout.margin_left, down));
        down += style.leading;
    }
    items
}
