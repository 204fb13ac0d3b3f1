//! What can be measured: `indicators.yaml` and `themes.yaml`.

use super::LocalizedName;
use super::rows::Rows;
use crate::figure::{Decimal, Unit};
use crate::language::Language;
use schemars::JsonSchema;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

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

/// The indicators and themes of the catalogue.
#[derive(Debug, Clone)]
pub struct Indicators {
    themes: Vec<Theme>,
    entries: &'static Rows<Indicator>,
}

/// The entries of `indicators.yaml`.
static BUILT_IN: Rows<Indicator> = Rows::new(include_str!(concat!(env!("OUT_DIR"), "/indicators.rows")), |id, json| {
    Some(serde_json::from_str::<IndicatorEntry>(json).ok()?.into_indicator(id.to_owned()))
});
/// The entries of `themes.yaml`.
static THEMES: Rows<Theme> = Rows::new(include_str!(concat!(env!("OUT_DIR"), "/themes.rows")), |id, json| {
    Some(Theme { id: id.to_owned(), name: serde_json::from_str(json).ok()? })
});

impl Indicators {
    /// What is built into the program. A test keeps the files sound.
    pub(super) fn built_in() -> Indicators {
        Indicators { themes: in_order(&THEMES).cloned().collect(), entries: &BUILT_IN }
    }

    /// The indicator of an id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.entries.get(id)
    }

    /// Every indicator, in the catalogue's order.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        in_order(self.entries)
    }

    /// The themes, in the reader's order.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// Where an indicator stands in the catalogue's order; a sheet's own come last.
    pub fn position(&self, id: &str) -> usize {
        self.entries.number(id).unwrap_or(usize::MAX)
    }
}

fn in_order<T>(rows: &Rows<T>) -> impl Iterator<Item = &T> {
    let mut entries: Vec<(usize, &T)> = rows.iter().collect();
    entries.sort_unstable_by_key(|(number, _)| *number);
    entries.into_iter().map(|(_, entry)| entry)
}

impl Indicator {
    /// The label in a language.
    pub fn label(&self, language: Language) -> &str {
        self.label.get(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_are_sound() {
        for (yaml, rows) in [("indicators", BUILT_IN.iter().count()), ("themes", THEMES.iter().count())] {
            let path = format!("{}/src/catalog/{yaml}.yaml", env!("CARGO_MANIFEST_DIR"));
            let entries: BTreeMap<String, serde_json::Value> =
                serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            assert_eq!(rows, entries.len(), "{yaml}");
        }
        let indicators = Indicators::built_in();
        for (position, indicator) in indicators.iter().enumerate() {
            assert!(indicators.themes().iter().any(|theme| theme.id == indicator.theme), "{}", indicator.id);
            assert_eq!(indicators.position(&indicator.id), position);
            assert_eq!(indicators.get(&indicator.id).map(|found| &found.id), Some(&indicator.id));
        }
        let themes: Vec<&str> = indicators.themes().iter().map(|theme| theme.id.as_str()).collect();
        assert_eq!(themes.first(), Some(&"investment"));
        assert_eq!((indicators.position("fdi-projects"), indicators.position("no-such")), (0, usize::MAX));
    }
}
