//! YAML text to [`FactSheet`]: what the keys mean, every figure read, every fault of form collected.

use super::limits::{self, Excess};
use super::located::{Located, ScalarOr};
use super::model::{
    Allowance, Event, Fact, FactSheet, LocalText, Operand, Partner, Printed, Publication, Source, When,
};
use super::raw::{RawAllowance, RawEvent, RawFact, RawOperand, RawPartner, RawPrinted, RawSheet, RawSource, RawText};
use super::yaml::Fault;
use super::{SCHEMA_VERSION, UNREADABLE_SHEET, relations};
use crate::calendar::PartialDate;
use crate::diag::{ByteSpan, Diagnostic, SourceFile};
use crate::figure;
use crate::language::Language;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where to look when a fault alone does not tell what to write.
const FORM: &str = "`brief init` writes an example of a sheet";
/// The longest phrase that a figure is looked for in, in characters.
const MAX_FIGURE: usize = 400;

/// What a scalar of the sheet says, and where.
pub(super) struct Loader {
    pub(super) file: Arc<SourceFile>,
    pub(super) faults: Vec<Diagnostic>,
}

impl Loader {
    /// Notes a fault of form at a place.
    pub(super) fn fault(&mut self, span: ByteSpan, message: impl Into<String>, label: impl Into<String>, help: &str) {
        let fault = Diagnostic::error(UNREADABLE_SHEET, message).at(&self.file, span, label).help(help);
        self.faults.push(fault);
    }

    /// The scalar as the sheet writes it.
    fn scalar(&self, text: Option<String>, span: ByteSpan) -> String {
        text.unwrap_or_else(|| self.file.slice(span).to_owned())
    }

    fn text(&mut self, raw: Located<RawText>) -> LocalText {
        match raw.value {
            ScalarOr::Scalar(text) => LocalText::Same(self.scalar(text, raw.span)),
            ScalarOr::Mapping(texts) => LocalText::Each(texts),
        }
    }

    fn source(&mut self, id: Located<String>, raw: RawSource) -> Source {
        let span = raw.published.span;
        let published = match raw.published.value {
            ScalarOr::Scalar(text) => {
                let text = self.scalar(text, span);
                match text.parse::<PartialDate>() {
                    Ok(date) => {
                        Publication { earliest: date.first_day(), latest: date.last_day(), estimated: None, span }
                    }
                    Err(error) => {
                        let help = "where the article prints no date: {estimated: 2022-12, why: …}";
                        self.fault(span, error.to_string(), "the date of publication", help);
                        Publication { earliest: NaiveDate::MIN, latest: NaiveDate::MAX, estimated: None, span }
                    }
                }
            }
            ScalarOr::Mapping(estimate) => {
                let period = estimate.estimated.0;
                let latest = period.end().unwrap_or_else(|| {
                    self.fault(
                        span,
                        "an estimated date has no end",
                        "the estimate",
                        "write it as `2022-12` or `2025-07..2025-12`",
                    );
                    NaiveDate::MAX
                });
                Publication { earliest: period.start(), latest, estimated: Some(self.text(estimate.why)), span }
            }
        };
        if let Some(url) = raw.url.as_ref().filter(|url| !is_web_address(url)) {
            let message = format!("`{}` is not the address of a web page", url.value.escape_debug());
            self.fault(url.span, message, "the address", "write it as `https://…`, without spaces");
        }
        Source {
            id,
            publisher: raw.publisher.map(|text| self.text(text)),
            title: raw.title,
            author: raw.author,
            url: raw.url,
            description: raw.description.map(|text| self.text(text)),
            published,
            language: raw.language.value,
        }
    }

    fn fact(&mut self, raw: Located<RawFact>, sources: &BTreeMap<String, Source>) -> Fact {
        let span = raw.span;
        let raw = raw.value;
        let when = match (raw.as_of, raw.period) {
            (Some(date), None) => When::AsOf(date.map(|written| written.0)),
            (None, Some(period)) => When::Period(period.map(|written| written.0)),
            (None, None) => When::Missing,
            (Some(_), Some(period)) => When::Both(period.span),
        };
        if raw.printed.is_empty() {
            let message = format!("the fact `{}` has no figure", raw.indicator.value);
            self.fault(
                raw.indicator.span,
                message,
                "no source prints it",
                "write `printed: {source-id: the figure as printed}`",
            );
        }
        let mut printed: Vec<Printed> =
            raw.printed.into_iter().map(|(source, printed)| self.printed(source, printed, sources)).collect();
        printed.sort_by_key(|printed| printed.source.span);
        Fact {
            id: raw.id.unwrap_or_else(|| raw.indicator.clone()),
            indicator: raw.indicator,
            when,
            printed,
            note: raw.note.map(|text| self.text(text)),
            span,
        }
    }

    fn printed(
        &mut self,
        source: Located<String>,
        raw: Located<ScalarOr<RawPrinted>>,
        sources: &BTreeMap<String, Source>,
    ) -> Printed {
        let (text, read_as) = match raw.value {
            ScalarOr::Scalar(text) => (Located { value: self.scalar(text, raw.span), span: raw.span }, None),
            ScalarOr::Mapping(printed) => (printed.text, printed.read_as),
        };
        let length = text.value.chars().count();
        let text = if length > MAX_FIGURE {
            let message = format!("a figure of {length} characters is too long to be one");
            self.fault(text.span, message, "", "write the few words around the one figure");
            text.map(|text| text.chars().take(MAX_FIGURE).collect())
        } else {
            text
        };
        // A source that the sheet does not list is an error of its own; its figures are read as English meanwhile.
        let known = sources.get(&source.value);
        let language = read_as.or(known.map(|source| source.language));
        let figure = figure::read(&text.value, language.unwrap_or(Language::En));
        let published = known.map(|source| (source.published.earliest, source.published.latest));
        Printed { source, published: published.unwrap_or((NaiveDate::MIN, NaiveDate::MAX)), text, read_as, figure }
    }

    pub(super) fn operand(&mut self, raw: Option<RawOperand>) -> Operand {
        match raw {
            None => Operand::Missing,
            Some(Located { value: ScalarOr::Scalar(text), span }) => {
                Operand::Fact(Located { value: self.scalar(text, span), span })
            }
            Some(Located { value: ScalarOr::Mapping(derive), .. }) => {
                Operand::Derived { id: derive.id.unwrap_or_else(|| derive.derive.clone()), indicator: derive.derive }
            }
        }
    }

    fn partner(&mut self, raw: Located<RawPartner>) -> Partner {
        let raw = raw.value;
        Partner { place: raw.place, source: raw.source, note: raw.note.map(|text| self.text(text)) }
    }

    fn event(&mut self, raw: Located<RawEvent>) -> Event {
        let span = raw.span;
        let raw = raw.value;
        Event {
            event: self.text(raw.event),
            places: raw.places,
            period: raw.period.map(|written| written.0),
            source: raw.source,
            span,
        }
    }
}

fn allowance(raw: Located<RawAllowance>) -> Allowance {
    let span = raw.span;
    let raw = raw.value;
    Allowance { code: raw.code, fact: raw.fact, reason: raw.reason, until: raw.until.map(|written| written.0), span }
}

/// Whether a text is an address that a reader may be sent to: a link to anything else could run a script.
fn is_web_address(text: &str) -> bool {
    let host = ["https://", "http://"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
    host.is_some_and(|host| {
        host.starts_with(char::is_alphanumeric) && !host.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// Reads a sheet.
///
/// # Errors
/// Every fault of its form, each with its place: not YAML, a key that is not known, a value that is missing or of the wrong
/// kind. Faults of meaning (an unknown indicator, a figure that cannot be read) are left to the check stage.
pub fn load(file: &Arc<SourceFile>) -> Result<FactSheet, Vec<Diagnostic>> {
    if file.text().trim().is_empty() {
        let fault = Diagnostic::error(UNREADABLE_SHEET, "the sheet is empty")
            .at(file, ByteSpan::default(), "")
            .help("a sheet starts with `schema: 1` and `province: …`; `brief init` writes an example");
        return Err(vec![fault]);
    }
    let raw: RawSheet = super::yaml::parse(file.text()).map_err(|faults| {
        let report = |fault: Fault| {
            let help = fault.help.unwrap_or_else(|| FORM.to_owned());
            Diagnostic::error(UNREADABLE_SHEET, fault.message).at(file, fault.span, "").help(help)
        };
        faults.into_iter().map(report).collect::<Vec<Diagnostic>>()
    })?;
    let mut loader = Loader { file: Arc::clone(file), faults: Vec::new() };
    for Excess { span, message, help } in limits::exceeded(&raw) {
        loader.fault(span, message, "", help);
    }
    if !loader.faults.is_empty() {
        return Err(loader.faults);
    }
    if *raw.schema != SCHEMA_VERSION {
        let message = format!("this sheet is of schema {}; this program reads schema {SCHEMA_VERSION}", *raw.schema);
        loader.fault(raw.schema.span, message, "the schema of the sheet", "write `schema: 1`");
    }
    if let Some(commune) = &raw.commune
        && let Some((message, help)) = commune.fault()
    {
        loader.fault(commune.span, message.to_owned(), "in this commune", help);
    }
    let sources: BTreeMap<String, Source> =
        raw.sources.into_iter().map(|(id, source)| (id.value.clone(), loader.source(id, source))).collect();
    let facts = raw.facts.into_iter().map(|fact| loader.fact(fact, &sources)).collect();
    let relations = raw.relations.into_iter().map(|relation| relations::relation(&mut loader, relation)).collect();
    let sheet = FactSheet {
        file: Arc::clone(file),
        province: raw.province,
        commune: raw.commune,
        facts,
        partners: raw.partners.into_iter().map(|partner| loader.partner(partner)).collect(),
        events: raw.events.into_iter().map(|event| loader.event(event)).collect(),
        relations,
        allowances: raw.allow.into_iter().map(allowance).collect(),
        indicators: raw
            .indicators
            .into_iter()
            .map(|(id, entry)| (id.value.clone(), id.map(|id| entry.into_indicator(id))))
            .collect(),
        places: raw.places.into_iter().map(|(id, entry)| (id.value, entry)).collect(),
        sources,
    };
    if loader.faults.is_empty() { Ok(sheet) } else { Err(loader.faults) }
}
