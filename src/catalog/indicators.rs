//! What can be measured: `indicators.yaml` and `themes.yaml`.

use super::LocalizedName;
use super::error::{CatalogError, read_file};
use crate::figure::{Decimal, Unit};
use crate::language::Language;
use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// The file's name, for messages.
const FILE: &str = "indicators.yaml";

/// Whether an indicator is measured at a date or over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// At a date.
    Stock,
    /// Over a period.
    Flow,
    /// A rate, a share or a mean: either.
    Ratio,
}

impl Kind {
    /// The word that the catalogue uses.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Stock => "stock",
            Kind::Flow => "flow",
            Kind::Ratio => "ratio",
        }
    }
}

/// An entry of `indicators.yaml`, or of a sheet's own `indicators:`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorEntry {
    label: LocalizedName,
    theme: String,
    #[serde(deserialize_with = "unit")]
    #[schemars(with = "String")]
    unit: Unit,
    kind: Kind,
    #[schemars(with = "Option<(Option<f64>, Option<f64>)>")]
    plausible: Option<PlainRange>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, (Option<f64>, Option<f64>)>")]
    plausible_by_year: BTreeMap<Years, PlainRange>,
    #[serde(default)]
    of: Option<LocalizedName>,
    #[serde(default)]
    sentence: Option<LocalizedName>,
    #[serde(default)]
    weight: u32,
    #[serde(default)]
    family: Option<String>,
    #[serde(default)]
    background: bool,
    #[serde(default)]
    definition: Option<LocalizedName>,
    #[serde(default)]
    source: Option<String>,
}

impl IndicatorEntry {
    /// Every text that readers are shown, or that names something.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let names = [Some(&self.label), self.of.as_ref(), self.sentence.as_ref(), self.definition.as_ref()];
        let names = names.into_iter().flatten().flat_map(|name| [name.en.as_str(), name.vi.as_str()]);
        let ids = [Some(&self.theme), self.family.as_ref(), self.source.as_ref()];
        names.chain(ids.into_iter().flatten().map(String::as_str))
    }
}

/// The ends of a plausible range; null for an open one.
type PlainRange = (Option<PlainDecimal>, Option<PlainDecimal>);

/// Some years: `2023`, `2015..2019`, `2020..`, `..2014`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years {
    /// The first.
    first: i32,
    /// The last.
    last: i32,
}

impl Years {
    fn parse(text: &str) -> Option<Years> {
        let year = |text: &str| if text.len() == 4 { text.parse::<i32>().ok() } else { None };
        let (first, last) = match text.split_once("..") {
            None => (year(text)?, year(text)?),
            Some((first, "")) => (year(first)?, i32::MAX),
            Some(("", last)) => (i32::MIN, year(last)?),
            Some((first, last)) => (year(first)?, year(last)?),
        };
        (first <= last).then_some(Years { first, last })
    }
}

impl<'de> Deserialize<'de> for Years {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Years;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("years such as `2023`, `2015..2019`, `2020..` or `..2014`")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Years, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Years, E> {
                Years::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(Text)
    }
}

/// A number of the catalogue, exactly as written.
#[derive(Debug, Clone, Copy)]
struct PlainDecimal(Decimal);

impl<'de> Deserialize<'de> for PlainDecimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = PlainDecimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a plain number such as `0` or `99.5`")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<PlainDecimal, E> {
                Ok(PlainDecimal(number.into()))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<PlainDecimal, E> {
                Ok(PlainDecimal(number.into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<PlainDecimal, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<PlainDecimal, E> {
                text.parse().map(PlainDecimal).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(Number)
    }
}

/// The entries of a mapping in the file's order, which is the reader's.
struct InOrder<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for InOrder<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = InOrder<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

fn unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
    let code = String::deserialize(deserializer)?;
    Unit::parse(&code).ok_or_else(|| {
        let near = crate::diag::did_you_mean(&code, Unit::all().map(Unit::code)).unwrap_or_default();
        Error::custom(format!(
            "`{code}` is not a unit: write `count`, `%`, a currency such as `USD`, or a measure such as `km` {near}"
        ))
    })
}

/// What is measured: its label, unit, kind and plausible range.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// The name in tables.
    pub label: LocalizedName,
    /// The theme's id.
    pub theme: String,
    /// The unit of its figures.
    pub unit: Unit,
    /// Stock, flow or ratio.
    pub kind: Kind,
    /// The least and the greatest value that is plausible, in the unit.
    pub plausible: (Option<Decimal>, Option<Decimal>),
    /// The same for some years, where it moves with time as an exchange rate does.
    pub plausible_by_year: BTreeMap<Years, (Option<Decimal>, Option<Decimal>)>,
    /// The thing counted.
    pub of: Option<LocalizedName>,
    /// The figure in a sentence, `{figure}` where it stands; `{locality}` for the word that says what the sheet is about.
    pub sentence: Option<LocalizedName>,
    /// How much it matters to a reader who has a minute, 0 to 100.
    pub weight: u32,
    /// The indicators that a reader might take for this one.
    pub family: Option<String>,
    /// Checked, but not shown.
    pub background: bool,
    /// What exactly is measured.
    pub definition: Option<LocalizedName>,
    /// Where the plausible range comes from.
    pub source: Option<String>,
}

impl Indicator {
    /// The least and the greatest value that is plausible in a year, in the unit.
    pub fn plausible_in(&self, year: i32) -> (Option<Decimal>, Option<Decimal>) {
        let within = |years: &Years| (years.first..=years.last).contains(&year);
        self.plausible_by_year.iter().find(|(years, _)| within(years)).map_or(self.plausible, |(_, range)| *range)
    }
}

impl IndicatorEntry {
    /// The indicator under its id.
    pub fn into_indicator(self, id: String) -> Indicator {
        let ends = |(least, greatest): PlainRange| (least.map(|end| end.0), greatest.map(|end| end.0));
        Indicator {
            id,
            label: self.label,
            theme: self.theme,
            unit: self.unit,
            kind: self.kind,
            plausible: self.plausible.map_or((None, None), ends),
            plausible_by_year: self.plausible_by_year.into_iter().map(|(years, range)| (years, ends(range))).collect(),
            of: self.of,
            sentence: self.sentence,
            weight: self.weight,
            family: self.family,
            background: self.background,
            definition: self.definition,
            source: self.source,
        }
    }
}

/// A theme of the briefing: its id and its name in both languages.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: LocalizedName,
}

/// The indicators and themes, in the catalogue's order.
#[derive(Debug, Clone)]
pub struct Indicators {
    themes: Vec<Theme>,
    order: Vec<String>,
    by_id: BTreeMap<String, Indicator>,
}

impl Indicators {
    /// Reads the two files, as YAML or as JSON.
    ///
    /// # Errors
    /// A text is not of its file's form, or an indicator is of a theme that does not exist.
    pub fn from_text(themes: &str, indicators: &str) -> Result<Indicators, CatalogError> {
        let themes: InOrder<LocalizedName> = read_file("themes.yaml", themes)?;
        let entries: InOrder<IndicatorEntry> = read_file(FILE, indicators)?;
        let themes: Vec<Theme> = themes.0.into_iter().map(|(id, name)| Theme { id, name }).collect();
        let mut found = Indicators { themes, order: Vec::new(), by_id: BTreeMap::new() };
        for (id, entry) in entries.0 {
            if !found.themes.iter().any(|theme| theme.id == entry.theme) {
                let message = format!("`{id}` is of the theme `{}`, which does not exist", entry.theme);
                return Err(CatalogError::Form { file: FILE, message });
            }
            found.order.push(id.clone());
            found.by_id.insert(id.clone(), entry.into_indicator(id));
        }
        Ok(found)
    }

    /// The indicator of an id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.by_id.get(id)
    }

    /// Every indicator, in the catalogue's order.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }

    /// The themes, in the reader's order.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// Where an indicator stands in the catalogue's order; a sheet's own come last.
    pub fn position(&self, id: &str) -> usize {
        self.order.iter().position(|other| other == id).unwrap_or(usize::MAX)
    }
}

impl Indicator {
    /// The label in a language.
    pub fn label(&self, language: Language) -> &str {
        self.label.get(language)
    }
}
