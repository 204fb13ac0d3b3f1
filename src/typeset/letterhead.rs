//! What stands before the text of an official document: boxes 1 to 5 and 13 of Annex I of Decree 30/2020/NĐ-CP.

use super::flow::{Strip, baseline, fill, placed};
use super::frame::{ElementId, FrameItem, Role};
use super::front_matter::FrontMatter;
use super::inline::{Piece, Text};
use super::joint::MONTHS;
use super::layout::Form;
use super::layout::words::{DOTS, FormWords, form_words};
use super::lines::Paragraph;
use super::style::{PAGE_HEIGHT, ParagraphStyle};
use super::{Context, ROOT};
use crate::calendar::PartialDate;
use crate::language::Language;
use crate::office::Office;
use crate::sheet::LocalText;
use chrono::{Datelike, NaiveDate};

/// Room for a number that is written in by hand: no-break spaces.
const NUMBER_GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
/// Room for a day or a month that is written in by hand.
const GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}";
/// A line of the form is never set smaller than this, to its size.
const SMALLEST: f32 = 0.6;

/// A column of paragraphs, set one below the other.
pub(super) struct FormBox<'f> {
    form: &'f Form,
    x: f32,
    width: f32,
    /// The foot of what was set, in points.
    pub depth: f32,
    /// The widest line of the last paragraph, in points.
    widest: f32,
    pub items: Vec<FrameItem>,
}

impl<'f> FormBox<'f> {
    pub(super) fn new(form: &'f Form, x: f32, width: f32, top: f32) -> FormBox<'f> {
        FormBox { form, x, width, depth: top, widest: 0.0, items: Vec::new() }
    }

    /// Sets a paragraph as an element of the form.
    pub(super) fn set(&mut self, context: &mut Context<'_>, text: &str, style: &ParagraphStyle, role: Role) {
        let element = context.element(role, ROOT);
        let piece = form_text(context, text, style, element);
        self.set_pieces(context, &[piece], style);
    }

    /// Sets a text on one line, smaller where a wide font needs it.
    fn set_line(&mut self, context: &mut Context<'_>, text: &str, style: &ParagraphStyle) {
        let element = context.element(Role::Paragraph, ROOT);
        let mut style = *style;
        let mut piece = form_text(context, text, &style, element);
        let widest = Paragraph::new(context, std::slice::from_ref(&piece)).extremes().1;
        if widest > self.width {
            // A line that is as wide as its measure could still break, by a rounding.
            style.text.size *= (self.width / widest * 0.995).max(SMALLEST);
            piece = form_text(context, text, &style, element);
        }
        self.set_pieces(context, &[piece], &style);
    }

    /// Sets pieces as a paragraph.
    pub(super) fn set_pieces(&mut self, context: &mut Context<'_>, pieces: &[Piece], style: &ParagraphStyle) {
        self.widest = 0.0;
        for line in Paragraph::new(context, pieces).lines(context, self.width, style) {
            self.widest = self.widest.max(line.width);
            self.items.append(&mut placed(line, self.x, self.depth + baseline(style)));
            self.depth += style.leading;
        }
    }

    /// Draws a centred rule below the last paragraph, as long as a share of its widest line.
    fn rule(&mut self, context: &Context<'_>, share: f32) {
        let (form, length) = (self.form, self.widest * share);
        let x = self.x + (self.width - length) / 2.0;
        self.items.push(fill(x, self.depth + form.above_rule, length, form.rule, context.layout.ink));
        self.depth += form.above_rule + form.rule;
    }
}

/// What an office says in a language.
pub(super) fn said(text: Option<&LocalText>, language: Language) -> Option<&str> {
    text.and_then(|text| text.in_language(language)).map(str::trim)
}

/// A text of the form, noted as such.
pub(super) fn form_text(context: &mut Context<'_>, text: &str, style: &ParagraphStyle, element: ElementId) -> Piece {
    let piece = Text::plain(text, style.text, element);
    context.form.insert(element, piece.letters.clone());
    Piece::Text(piece)
}

/// Motto, issuing body, number, place and date, type and subject; the address at the page's foot.
pub(super) fn letterhead(
    context: &mut Context<'_>,
    form: &Form,
    metadata: &FrontMatter,
    office: Option<&Office>,
) -> Vec<Strip> {
    let layout = context.layout;
    let language = context.language;
    let words = form_words(language);
    let width = layout.text_width();
    let left = width * form.left_share;
    let mut country = FormBox::new(form, left, width - left, 0.0);
    country.set_line(context, words.country, &form.country);
    country.set_line(context, words.motto, &form.motto);
    country.rule(context, 1.0);

    let mut body = FormBox::new(form, 0.0, left, 0.0);
    let parent = office.and_then(|office| said(office.parent.as_ref(), language));
    // An office without a body above it has none to name; no office at all leaves both open.
    if parent.is_some() || office.is_none() {
        body.set(context, &parent.unwrap_or(DOTS).to_uppercase(), &form.parent, Role::Paragraph);
    }
    let name = office.and_then(|office| said(office.body.as_ref(), language)).unwrap_or(words.body);
    body.set(context, &name.to_uppercase(), &form.body, Role::Paragraph);
    body.rule(context, form.rule_share);

    let top = country.depth.max(body.depth) + form.above_number;
    let mut number = FormBox::new(form, 0.0, left, top);
    number.set_line(context, &number_line(office, words), &form.number);
    let mut place = FormBox::new(form, left, width - left, top);
    let place_line = format!(
        "{}, {}",
        office.and_then(|office| said(office.place.as_ref(), language)).unwrap_or(DOTS),
        date_words(issue_date(office, metadata), language)
    );
    place.set_line(context, &place_line, &form.place);

    let mut subject = FormBox::new(form, 0.0, width, number.depth.max(place.depth) + form.above_kind);
    subject.set(context, words.kind, &form.kind, Role::Paragraph);
    let title = [metadata.title.as_deref(), metadata.edition.as_deref()];
    let title = title.into_iter().flatten().collect::<Vec<&str>>().join(", ");
    let about = metadata.subject.clone().filter(|subject| !subject.trim().is_empty()).unwrap_or(title);
    if !about.is_empty() {
        subject.set(context, about.trim(), &form.subject, Role::Title);
        subject.rule(context, form.rule_share);
    }
    let height = subject.depth + form.below_subject;

    let mut items = country.items;
    for part in [body, number, place, subject] {
        items.extend(part.items);
    }
    if let Some(address) = office.and_then(|office| said(office.address.as_ref(), language)) {
        items.append(&mut address_line(context, form, address));
    }
    vec![Strip { height, items, keep: true, ..Strip::default() }]
}

/// The address under a full rule in the bottom margin, placed from the head of the text block.
fn address_line(context: &mut Context<'_>, form: &Form, address: &str) -> Vec<FrameItem> {
    let layout = context.layout;
    let top = PAGE_HEIGHT - layout.margin_bottom - layout.margin_top + form.above_address;
    let mut foot = FormBox::new(form, 0.0, layout.text_width(), top);
    foot.items.push(fill(0.0, top, layout.text_width(), form.rule, layout.ink));
    foot.depth += form.rule + form.above_rule;
    foot.set(context, address, &form.address, Role::Paragraph);
    foot.items
}

/// `Số: 05/BC-SNgV`; room for the number where there is none yet.
fn number_line(office: Option<&Office>, words: &FormWords) -> String {
    let number = office.and_then(|office| office.number.as_deref()).unwrap_or(NUMBER_GAP);
    let is_below_ten = number.len() == 1 && number.bytes().all(|digit| digit.is_ascii_digit());
    let zero = if is_below_ten { "0" } else { "" };
    let has_body = office.is_some_and(|office| office.body.is_some());
    let usual = if has_body { "BC-………" } else { "BC-SNgV" };
    let symbol = office.and_then(|office| office.symbol.as_deref()).unwrap_or(usual);
    format!("{}\u{a0}{zero}{number}/{symbol}", words.number)
}

/// The day of issue: the office's, else the document's. Without an office nobody has issued the document yet: only the year is printed.
fn issue_date(office: Option<&Office>, metadata: &FrontMatter) -> Option<PartialDate> {
    let written = metadata.date.as_deref().and_then(|date| date.parse::<PartialDate>().ok());
    match office {
        Some(office) => office.date.or(written),
        // A report to the last day of a year is issued in the next one.
        None => written.map(|date| PartialDate::Year(date.last_day().succ_opt().unwrap_or(NaiveDate::MAX).year())),
    }
}

/// A date in the form's words: in Vietnamese a day below 10 and the months 1 and 2 have a zero before them, no other.
fn date_words(date: Option<PartialDate>, language: Language) -> String {
    let (day, month, year) = match date {
        None => (None, None, None),
        Some(PartialDate::Year(year)) => (None, None, Some(year)),
        Some(PartialDate::Month(year, month)) => (None, Some(month), Some(year)),
        Some(PartialDate::Day(day)) => (Some(day.day()), Some(day.month()), Some(day.year())),
    };
    let year = year.map_or_else(|| GAP.to_owned(), |year| year.to_string());
    match language {
        Language::Vi => {
            let day = day.map_or_else(|| GAP.to_owned(), |day| format!("{day:02}"));
            let month = match month {
                None => GAP.to_owned(),
                Some(month @ 1..=2) => format!("{month:02}"),
                Some(month) => month.to_string(),
            };
            format!("ngày {day} tháng {month} năm {year}")
        }
        Language::En => {
            let month = month.and_then(|month| MONTHS.get(month.saturating_sub(1) as usize)).copied();
            match (day, month) {
                (Some(day), Some(month)) => format!("{day} {month} {year}"),
                (_, Some(month)) => format!("{GAP} {month} {year}"),
                _ => format!("{GAP}{GAP}{GAP}{GAP} {year}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GAP, date_words, number_line};
    use crate::language::Language::{En, Vi};
    use crate::office::Office;
    use crate::typeset::layout::words::form_words;

    #[test]
    fn dates_have_the_zeros_of_the_decree_and_no_others() {
        let words = |date: &str, language| date_words(Some(date.parse().unwrap()), language);
        assert_eq!(words("2026-01-05", Vi), "ngày 05 tháng 01 năm 2026");
        assert_eq!(words("2026-02-10", Vi), "ngày 10 tháng 02 năm 2026");
        assert_eq!(words("2026-03-09", Vi), "ngày 09 tháng 3 năm 2026");
        assert_eq!(words("2026-06-29", Vi), "ngày 29 tháng 6 năm 2026");
        assert_eq!(words("2026-12-31", Vi), "ngày 31 tháng 12 năm 2026");
        assert_eq!(words("2026-01-05", En), "5 January 2026");
        assert_eq!(words("2026-10", Vi), format!("ngày {GAP} tháng 10 năm 2026"));
        assert_eq!(words("2026-10", En), format!("{GAP} October 2026"));
        assert_eq!(date_words(None, Vi), format!("ngày {GAP} tháng {GAP} năm {GAP}"));
    }

    #[test]
    fn numbers_below_ten_have_a_zero() {
        let line = |number: Option<&str>| {
            let office =
                Office { number: number.map(str::to_owned), symbol: Some("BC-SNgV".to_owned()), ..Office::default() };
            number_line(Some(&office), form_words(Vi)).replace('\u{a0}', " ")
        };
        assert_eq!(line(Some("5")), "Số: 05/BC-SNgV");
        assert_eq!(line(Some("05")), "Số: 05/BC-SNgV");
        assert_eq!(line(Some("15")), "Số: 15/BC-SNgV");
        assert_eq!(line(None), "Số:        /BC-SNgV");
        assert!(number_line(None, form_words(En)).starts_with("No.:"));
    }
}
