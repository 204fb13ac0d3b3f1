//! The YAML form of a fact sheet, key by key. What it means is settled in `load`.

use super::located::{Located, ScalarOr, Written};
use crate::calendar::{PartialDate, Period};
use crate::catalog::{IndicatorEntry, PlaceEntry};
use crate::language::Language;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

/// The whole sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSheet {
    /// Version of this form: 1.
    pub(super) schema: Located<u32>,
    /// Id or any spelling of the province.
    pub(super) province: Located<String>,
    #[serde(default)]
    pub(super) sources: BTreeMap<Located<String>, RawSource>,
    #[serde(default)]
    pub(super) facts: Vec<Located<RawFact>>,
    #[serde(default)]
    pub(super) partners: Vec<Located<RawPartner>>,
    #[serde(default)]
    pub(super) events: Vec<Located<RawEvent>>,
    #[serde(default)]
    pub(super) relations: Vec<Located<RawRelation>>,
    #[serde(default)]
    pub(super) allow: Vec<Located<RawAllowance>>,
    #[serde(default)]
    pub(super) indicators: BTreeMap<Located<String>, IndicatorEntry>,
    #[serde(default)]
    pub(super) places: BTreeMap<Located<String>, PlaceEntry>,
}

/// Text that is one for both languages, or one for each.
pub(super) type RawText = ScalarOr<BTreeMap<Language, String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub(super) publisher: Option<Located<RawText>>,
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<Located<String>>,
    pub(super) description: Option<Located<RawText>>,
    pub(super) published: Located<ScalarOr<RawEstimate>>,
    pub(super) language: Located<Language>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEstimate {
    pub(super) estimated: Written<Period>,
    pub(super) why: Located<RawText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFact {
    pub(super) indicator: Located<String>,
    pub(super) id: Option<Located<String>>,
    pub(super) as_of: Option<Located<Written<PartialDate>>>,
    pub(super) period: Option<Located<Written<Period>>>,
    pub(super) printed: BTreeMap<Located<String>, Located<ScalarOr<RawPrinted>>>,
    pub(super) note: Option<Located<RawText>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrinted {
    pub(super) text: Located<String>,
    pub(super) read_as: Option<Language>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPartner {
    pub(super) place: Located<String>,
    pub(super) source: Located<String>,
    pub(super) note: Option<Located<RawText>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEvent {
    pub(super) event: Located<RawText>,
    #[serde(default)]
    pub(super) places: Vec<Located<String>>,
    pub(super) period: Located<Written<Period>>,
    pub(super) source: Located<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAllowance {
    pub(super) code: Located<String>,
    pub(super) fact: Option<Located<String>>,
    pub(super) reason: Located<String>,
    pub(super) until: Option<Written<PartialDate>>,
}

/// A fact id, or `{derive: indicator}` for a figure that no source prints.
pub(super) type RawOperand = Located<ScalarOr<RawDerive>>;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDerive {
    pub(super) derive: Located<String>,
    pub(super) id: Option<Located<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum RawRelation {
    Total {
        parts: Vec<RawOperand>,
        whole: Option<RawOperand>,
    },
    Part {
        part: RawOperand,
        whole: RawOperand,
    },
    Percentage {
        part: Option<RawOperand>,
        whole: Option<RawOperand>,
        percent: Option<RawOperand>,
    },
    Growth {
        current: Option<RawOperand>,
        previous: Option<RawOperand>,
        rate: Option<RawOperand>,
        index: Option<RawOperand>,
    },
    Attainment {
        actual: Option<RawOperand>,
        plan: Option<RawOperand>,
        percent: Option<RawOperand>,
        excess: Option<RawOperand>,
    },
    Difference {
        from: Option<RawOperand>,
        less: Option<RawOperand>,
        is: Option<RawOperand>,
    },
    Mean {
        total: Option<RawOperand>,
        count: Option<RawOperand>,
        mean: Option<RawOperand>,
    },
    Count {
        list: Located<RawList>,
        stated: Option<RawOperand>,
    },
    Equal {
        facts: Vec<RawOperand>,
    },
    Conversion {
        amount: Option<RawOperand>,
        rate: Option<RawOperand>,
        result: Option<RawOperand>,
    },
    Equation(Located<String>),
}

/// `partners`, or places written out.
#[derive(Debug)]
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
