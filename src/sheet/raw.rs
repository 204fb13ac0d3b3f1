//! The YAML form of a fact sheet, key by key. What it means is settled in `load`.

use super::located::{Located, ScalarOr, Written};
use crate::calendar::{PartialDate, Period};
use crate::catalog::{Commune, IndicatorEntry, PlaceEntry};
use crate::language::Language;
use schemars::JsonSchema;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

/// The fact sheet of one province, or of one commune: sources, facts as each source prints them, partners, and the relations that tie facts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FactSheet")]
pub(super) struct RawSheet {
    /// Version of this form: 1.
    pub(super) schema: Located<u32>,
    /// Id or any spelling of the province.
    pub(super) province: Located<String>,
    /// The commune-level unit of the province that the sheet is about. Leave it out where it is about the province.
    pub(super) commune: Option<Located<Commune>>,
    /// The articles and reports that print figures, by ids of your choice.
    #[serde(default)]
    pub(super) sources: BTreeMap<Located<String>, RawSource>,
    /// What is measured, when, and the figure as each source prints it.
    #[serde(default)]
    pub(super) facts: Vec<Located<RawFact>>,
    /// Localities and bodies abroad with agreements.
    #[serde(default)]
    pub(super) partners: Vec<Located<RawPartner>>,
    /// What happened with places abroad.
    #[serde(default)]
    pub(super) events: Vec<Located<RawEvent>>,
    /// Arithmetic that ties facts; one operand of each may be left out and is then derived.
    #[serde(default)]
    pub(super) relations: Vec<Located<RawRelation>>,
    /// Diagnostics that you accept, each with a reason.
    #[serde(default)]
    pub(super) allow: Vec<Located<RawAllowance>>,
    /// Indicators beyond the catalogue's, in its form.
    #[serde(default)]
    pub(super) indicators: BTreeMap<Located<String>, IndicatorEntry>,
    /// Places beyond the catalogue's, in its form.
    #[serde(default)]
    pub(super) places: BTreeMap<Located<String>, PlaceEntry>,
}

/// Text that is one for both languages, or one for each.
pub(super) type RawText = ScalarOr<BTreeMap<Language, String>>;

/// An article or report that prints figures.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Source")]
pub(super) struct RawSource {
    /// Who published it: one name, or one for each language.
    pub(super) publisher: Option<Located<RawText>>,
    /// The title as printed. Leave it out where none is printed.
    pub(super) title: Option<String>,
    /// The author as printed.
    pub(super) author: Option<String>,
    /// The address as printed.
    pub(super) url: Option<Located<String>>,
    /// What the source is, for readers, where it prints no title.
    pub(super) description: Option<Located<RawText>>,
    /// A day, month or year; `{estimated: …, why: …}` where none is printed.
    pub(super) published: Located<ScalarOr<RawEstimate>>,
    /// The language that its figures are read in.
    pub(super) language: Located<Language>,
}

/// A date that the source does not print.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EstimatedDate")]
pub(super) struct RawEstimate {
    /// A month, a year or a period such as `2025-07..2025-12`.
    pub(super) estimated: Written<Period>,
    /// What the estimate rests on.
    pub(super) why: Located<RawText>,
}

/// An indicator, a time, and the figure that each source prints for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Fact")]
pub(super) struct RawFact {
    /// An indicator of the catalogue or of this sheet.
    pub(super) indicator: Located<String>,
    /// The fact's id, where it is not the indicator's.
    pub(super) id: Option<Located<String>>,
    /// The date of a stock: `2022`, `2022-12` or `2022-12-05`.
    pub(super) as_of: Option<Located<Written<PartialDate>>>,
    /// The period of a flow: `2023`, `2023-Q4`, `2023-11`, `2023-01..2023-11`, `2016..2020` or `2020..` up to publication.
    pub(super) period: Option<Located<Written<Period>>>,
    /// Source id to the figure as that source prints it.
    pub(super) printed: BTreeMap<Located<String>, Located<ScalarOr<RawPrinted>>>,
    /// A remark for readers.
    pub(super) note: Option<Located<RawText>>,
}

/// A figure whose number form is not its source's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Printed")]
pub(super) struct RawPrinted {
    /// The figure as printed.
    pub(super) text: Located<String>,
    /// The language whose number form the text keeps.
    pub(super) read_as: Option<Language>,
}

/// A locality or body abroad with an agreement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Partner")]
pub(super) struct RawPartner {
    /// A place in any spelling.
    pub(super) place: Located<String>,
    /// The id of the source that names it.
    pub(super) source: Located<String>,
    /// A remark for readers.
    pub(super) note: Option<Located<RawText>>,
}

/// Something that happened with places abroad.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Event")]
pub(super) struct RawEvent {
    /// What it was.
    pub(super) event: Located<RawText>,
    /// Where, or with whom.
    #[serde(default)]
    pub(super) places: Vec<Located<String>>,
    /// When.
    pub(super) period: Located<Written<Period>>,
    /// The id of the source that tells it.
    pub(super) source: Located<String>,
}

/// A diagnostic that the analyst accepts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Allowance")]
pub(super) struct RawAllowance {
    /// The diagnostic's code.
    pub(super) code: Located<String>,
    /// The fact's id; every fact if left out.
    pub(super) fact: Option<Located<String>>,
    /// Why it is accepted.
    pub(super) reason: Located<String>,
    /// The last day on which it holds.
    pub(super) until: Option<Written<PartialDate>>,
}

/// A fact id, or `{derive: indicator}` for a figure that no source prints.
pub(super) type RawOperand = Located<ScalarOr<RawDerive>>;

/// A figure that no source prints.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Derive")]
pub(super) struct RawDerive {
    /// The indicator of the derived figure.
    pub(super) derive: Located<String>,
    /// Its id, where it is not the indicator's.
    pub(super) id: Option<Located<String>>,
}

/// A relation between facts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Relation")]
pub(super) enum RawRelation {
    /// The parts add up to the whole.
    Total { parts: Vec<RawOperand>, whole: Option<RawOperand> },
    /// The part is at most the whole.
    Part { part: RawOperand, whole: RawOperand },
    /// `percent` = 100 × `part` / `whole`.
    Percentage { part: Option<RawOperand>, whole: Option<RawOperand>, percent: Option<RawOperand> },
    /// `rate` = 100 × (`current` / `previous` − 1), or `index` = 100 × `current` / `previous`.
    Growth {
        current: Option<RawOperand>,
        previous: Option<RawOperand>,
        rate: Option<RawOperand>,
        index: Option<RawOperand>,
    },
    /// `percent` = 100 × `actual` / `plan`, or `excess` beyond 100.
    Attainment {
        actual: Option<RawOperand>,
        plan: Option<RawOperand>,
        percent: Option<RawOperand>,
        excess: Option<RawOperand>,
    },
    /// `from` − `less` = `is`.
    Difference { from: Option<RawOperand>, less: Option<RawOperand>, is: Option<RawOperand> },
    /// `mean` = `total` / `count`.
    Mean { total: Option<RawOperand>, count: Option<RawOperand>, mean: Option<RawOperand> },
    /// The list has as many entries as stated.
    Count { list: Located<RawList>, stated: Option<RawOperand> },
    /// The facts are one number.
    Equal { facts: Vec<RawOperand> },
    /// `result` = `amount` × `rate`.
    Conversion { amount: Option<RawOperand>, rate: Option<RawOperand>, result: Option<RawOperand> },
    /// `= <= >= + - * / ( )` over numbers and fact ids, operators between spaces.
    Equation(Located<String>),
}

/// `partners`, or places written out.
#[derive(Debug, JsonSchema)]
#[schemars(untagged, rename = "List")]
pub(super) enum RawList {
    Named(String),
    Places(Vec<Located<String>>),
}

impl<'de> Deserialize<'de> for RawList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = RawList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`partners` or a list of places")
            }

            fn visit_str<E>(self, name: &str) -> Result<RawList, E> {
                Ok(RawList::Named(name.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut places: A) -> Result<RawList, A::Error> {
                let mut list = Vec::new();
                while let Some(place) = places.next_element()? {
                    list.push(place);
                }
                Ok(RawList::Places(list))
            }
        }

        deserializer.deserialize_any(Either)
    }
}
