//! What can be measured: `indicators.yaml` and `themes.yaml`.

use super::LocalizedName;
use crate::figure::{Decimal, Unit};
use crate::language::Language;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Whether an indicator is measured at a date or over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorEntry {
    label: LocalizedName,
    theme: String,
    #[serde(deserialize_with = "unit")]
    unit: Unit,
    kind: Kind,
    plausible: Option<(Option<PlainDecimal>, Option<PlainDecimal>)>,
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

/// A number of the catalogue, exactly as written.
#[derive(Debug, Clone, Copy)]
struct PlainDecimal(Decimal);

impl<'de> Deserialize<'de> for PlainDecimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(PlainDecimal).map_err(|_| serde::de::Error::custom(format!("`{text}` is not a plain number")))
    }
}

fn unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
    let code = String::deserialize(deserializer)?;
    Unit::parse(&code).ok_or_else(|| {
        let near = crate::diag::did_you_mean(&code, Unit::all().map(Unit::code)).unwrap_or_default();
        serde::de::Error::custom(format!("`{code}` is not a unit: write `count`, `%`, a currency such as `USD`, or a measure such as `km` {near}"))
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
    /// The thing counted.
    pub of: Option<LocalizedName>,
    /// The figure in a sentence, `{figure}` where it stands.
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

impl IndicatorEntry {
    /// The indicator under its id.
    pub fn into_indicator(self, id: String) -> Indicator {
        let (least, greatest) = self.plausible.unwrap_or((None, None));
        Indicator {
            id,
            label: self.label,
            theme: self.theme,
            unit: self.unit,
            kind: self.kind,
            plausible: (least.map(|decimal| decimal.0), greatest.map(|decimal| decimal.0)),
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
    /// Puts the catalogue together from its two files' entries, both in the files' order.
    ///
    /// # Errors
    /// An indicator names a theme that does not exist, or stands twice.
    pub fn new(themes: Vec<(String, LocalizedName)>, entries: Vec<(String, IndicatorEntry)>) -> Result<Self, String> {
        let themes: Vec<Theme> = themes.into_iter().map(|(id, name)| Theme { id, name }).collect();
        let mut indicators = Indicators { themes, order: Vec::new(), by_id: BTreeMap::new() };
        for (id, entry) in entries {
            let indicator = entry.into_indicator(id.clone());
            if !indicators.themes.iter().any(|theme| theme.id == indicator.theme) {
                return Err(format!("the indicator `{id}` is of the theme `{}`, which does not exist", indicator.theme));
            }
            if indicators.by_id.insert(id.clone(), indicator).is_some() {
                return Err(format!("the indicator `{id}` stands twice"));
            }
            indicators.order.push(id);
        }
        Ok(indicators)
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
        self.label.in_language(language)
    }
}
