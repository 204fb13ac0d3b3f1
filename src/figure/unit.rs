//! Units: a closed table of codes, so that a figure and its indicator can be compared by unit alone.

use crate::language::Language;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// What a unit measures, which decides how a whole number in it is read: things are counted exactly, the rest is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// Things: projects, people, delegations.
    Count,
    /// Hundredths or thousandths of something else.
    Percent,
    /// Money.
    Currency,
    /// A physical measure.
    Measure,
}

struct Entry {
    code: &'static str,
    kind: UnitKind,
    english: &'static str,
    vietnamese: &'static str,
}

const fn entry(code: &'static str, kind: UnitKind, english: &'static str, vietnamese: &'static str) -> Entry {
    Entry { code, kind, english, vietnamese }
}

const fn money(code: &'static str) -> Entry {
    entry(code, UnitKind::Currency, code, code)
}

const fn symbol(code: &'static str) -> Entry {
    entry(code, UnitKind::Measure, code, code)
}

/// Every unit. The constants of [`Unit`] point into the first four lines. Currency codes are those of ISO 4217.
const TABLE: &[Entry] = &[
    entry("count", UnitKind::Count, "", ""),
    entry("%", UnitKind::Percent, "%", "%"),
    money("USD"),
    entry("VND", UnitKind::Currency, "VND", "đồng"),
    entry("‰", UnitKind::Percent, "‰", "‰"),
    money("AUD"),
    money("CAD"),
    money("CHF"),
    money("CNY"),
    money("DKK"),
    money("EUR"),
    money("GBP"),
    money("HKD"),
    money("IDR"),
    money("INR"),
    money("JPY"),
    money("KHR"),
    money("KRW"),
    money("LAK"),
    money("MMK"),
    money("MYR"),
    money("NOK"),
    money("NZD"),
    money("PHP"),
    money("RUB"),
    money("SEK"),
    money("SGD"),
    money("THB"),
    money("TWD"),
    symbol("km"),
    symbol("m"),
    symbol("cm"),
    symbol("mm"),
    entry("nmi", UnitKind::Measure, "nautical miles", "hải lý"),
    symbol("ha"),
    symbol("km²"),
    symbol("m²"),
    symbol("m³"),
    entry("L", UnitKind::Measure, "litres", "lít"),
    entry("t", UnitKind::Measure, "tonnes", "tấn"),
    entry("quintal", UnitKind::Measure, "quintals", "tạ"),
    symbol("kg"),
    symbol("g"),
    symbol("kW"),
    symbol("MW"),
    symbol("GW"),
    symbol("MWp"),
    symbol("kWh"),
    symbol("MWh"),
    symbol("GWh"),
    symbol("kV"),
    symbol("kVA"),
    symbol("MVA"),
    symbol("TEU"),
    symbol("DWT"),
    symbol("°C"),
];

/// A unit of the closed table. Ordered as in the table; written and stored as its [`code`](Unit::code).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(u8);

impl Unit {
    /// Countable things of any kind; what is counted is the indicator's business.
    pub const COUNT: Unit = Unit(0);
    /// Per cent, and percentage points.
    pub const PERCENT: Unit = Unit(1);
    /// United States dollars.
    pub const USD: Unit = Unit(2);
    /// Vietnamese dong.
    pub const VND: Unit = Unit(3);

    /// The unit with this code: `USD`, `%`, `km²` (or `km2`), `count` … Codes are case-sensitive, as ISO's and SI's are.
    pub fn parse(code: &str) -> Option<Unit> {
        let code = match code {
            "km2" => "km²",
            "m2" => "m²",
            "m3" => "m³",
            other => other,
        };
        Unit::all().find(|unit| unit.code() == code)
    }

    /// The code nearest to an unknown one, if any is near: `usd` → `USD`, `kms` → `km`.
    pub fn nearest(code: &str) -> Option<Unit> {
        let wanted = code.to_lowercase();
        Unit::all()
            .map(|unit| (strsim::damerau_levenshtein(&unit.code().to_lowercase(), &wanted), unit))
            .filter(|(distance, unit)| *distance == 0 || *distance * 2 < unit.code().chars().count().max(3))
            .min()
            .map(|(_, unit)| unit)
    }

    /// Every unit, in the order of the table.
    pub fn all() -> impl Iterator<Item = Unit> {
        (0_u8..).take(TABLE.len()).map(Unit)
    }

    /// The code: an ISO 4217 currency code, `%`, an SI symbol, or `count`.
    pub fn code(self) -> &'static str {
        self.entry().code
    }

    /// What the unit measures.
    pub fn kind(self) -> UnitKind {
        self.entry().kind
    }

    /// The unit as running text prints it after a number: `USD`, `đồng`, `tonnes`; nothing for a count.
    pub fn label(self, language: Language) -> &'static str {
        match language {
            Language::En => self.entry().english,
            Language::Vi => self.entry().vietnamese,
        }
    }

    fn entry(self) -> &'static Entry {
        const COUNT: Entry = entry("count", UnitKind::Count, "", "");
        TABLE.get(usize::from(self.0)).unwrap_or(&COUNT)
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Unit({})", self.code())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// A code that no unit has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{code}` is not a unit{}", .nearest.map(|unit| format!(": did you mean `{unit}`?")).unwrap_or_default())]
pub struct UnknownUnit {
    /// The code as written.
    pub code: String,
    /// The nearest known unit, if one is near.
    pub nearest: Option<Unit>,
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Unit::parse(code).ok_or_else(|| UnknownUnit { code: code.to_owned(), nearest: Unit::nearest(code) })
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_are_the_lines_they_name() {
        assert_eq!([Unit::COUNT, Unit::PERCENT, Unit::USD, Unit::VND].map(Unit::code), ["count", "%", "USD", "VND"]);
    }

    #[test]
    fn codes_are_unique_and_parse_back() {
        for unit in Unit::all() {
            assert_eq!(Unit::parse(unit.code()), Some(unit));
        }
    }

    #[test]
    fn an_unknown_code_names_the_nearest() {
        let message = |code: &str| code.parse::<Unit>().unwrap_err().to_string();
        assert_eq!(message("usd"), "`usd` is not a unit: did you mean `USD`?");
        assert_eq!(message("kms"), "`kms` is not a unit: did you mean `km`?");
        assert_eq!(message("counts"), "`counts` is not a unit: did you mean `count`?");
        assert_eq!(message("parsec"), "`parsec` is not a unit");
    }
}
