//! What the sheets are about: the provinces of today, or communes, filled province by province.

use super::names::{Name, Names};
use super::random::Random;
use brief::catalog::{Catalog, CommuneKind};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::fmt::Write;

/// Provinces or communes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Provinces.
    Province,
    /// Communes, wards and special zones.
    Commune,
}

/// A unit that a sheet is about.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The id of the province.
    pub province: String,
    /// The commune of the province, if it is one.
    pub commune: Option<Commune>,
}

/// A commune-level unit.
#[derive(Debug, Clone)]
pub struct Commune {
    /// Its name, unique in the province but for one ward that is called as a commune.
    pub name: Name,
    /// Commune, ward or special zone.
    pub kind: CommuneKind,
    /// Five digits.
    pub code: String,
}

/// Commune-level units of the country since 1 July 2025, of which so many are wards and special zones.
const COUNTRY: usize = 3_321;
const WARDS: usize = 687;
const SPECIAL_ZONES: usize = 13;
/// Of a province, on an average.
const IN_A_PROVINCE: usize = 98;
/// The codes of communes are three apart, and the first is 00004.
const FIRST_CODE: usize = 4;
const CODE_STEP: usize = 3;
/// So many codes of five digits there are.
pub const MOST_COMMUNES: usize = (99_999 - FIRST_CODE) / CODE_STEP + 1;

/// The provinces of today, in the order of their ids.
pub fn provinces(catalog: &Catalog) -> Vec<String> {
    let today = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap_or_default();
    catalog.provinces.valid_on(today).map(|province| province.id.clone()).collect()
}

/// So many communes; if they are more than the country has, each province has more.
pub fn communes(provinces: &[String], count: usize, seed: u64) -> Vec<Unit> {
    let of_each = IN_A_PROVINCE.max(count.div_ceil(provinces.len().max(1)));
    let mut units = Vec::new();
    for ((first, province), stream) in (0..count).step_by(of_each).zip(provinces).zip(0..) {
        let mut names = Names::new(&mut Random::new(seed, u64::MAX - stream));
        let mut communes: Vec<Commune> = Vec::new();
        let mut is_paired = false;
        for number in first..count.min(first + of_each) {
            let kind = kind(number);
            // Where a ward was a part of the commune beside it, both keep the name.
            let namesake = communes.iter().find(|other| other.kind == CommuneKind::Commune);
            let name = match namesake {
                Some(other) if kind == CommuneKind::Ward && !is_paired => {
                    is_paired = true;
                    Some(other.name.clone())
                }
                _ => names.next(),
            };
            let Some(name) = name else { break };
            communes.push(Commune { name, kind, code: format!("{:05}", FIRST_CODE + CODE_STEP * number) });
        }
        units.extend(communes.into_iter().map(|commune| Unit { province: province.clone(), commune: Some(commune) }));
    }
    units
}

/// Kinds in the country's proportion, spread over it.
fn kind(number: usize) -> CommuneKind {
    // Of a step that has no divisor in common with the number of units, each remainder comes once.
    let place = (number * 1_009 + 17) % COUNTRY;
    if place < SPECIAL_ZONES {
        CommuneKind::SpecialZone
    } else if place < SPECIAL_ZONES + WARDS {
        CommuneKind::Ward
    } else {
        CommuneKind::Commune
    }
}

impl Unit {
    /// A unit that is a province.
    pub fn province(id: &str) -> Unit {
        Unit { province: id.to_owned(), commune: None }
    }

    /// The name of its sheet's file: in the order of the names stand the communes of a province together.
    pub fn file(&self) -> String {
        match &self.commune {
            None => format!("{}.yaml", self.province),
            Some(commune) => {
                format!("{}-{}-{}.yaml", self.province, commune.code, brief::catalog::fold(&commune.name.english))
            }
        }
    }

    /// How its sheet begins.
    pub fn head(&self) -> String {
        let mut head = format!("schema: 1\nprovince: {}\n", self.province);
        if let Some(Commune { name, kind, code }) = &self.commune {
            let kind = match kind {
                CommuneKind::Commune => "commune",
                CommuneKind::Ward => "ward",
                CommuneKind::SpecialZone => "special-zone",
            };
            let Name { english, vietnamese } = name;
            let _ = writeln!(
                head,
                "commune: {{name: {{en: {english}, vi: {vietnamese}}}, kind: {kind}, code: \"{code}\"}}"
            );
        }
        head
    }

    /// Who publishes its figures in English and in Vietnamese.
    pub fn publishers(&self) -> (String, String) {
        match &self.commune {
            None => ("Statistics Bulletin".to_owned(), "Báo tỉnh".to_owned()),
            Some(Commune { name, kind, .. }) => {
                let kind = match kind {
                    CommuneKind::Commune => "xã",
                    CommuneKind::Ward => "phường",
                    CommuneKind::SpecialZone => "đặc khu",
                };
                (
                    format!("People's Committee of {}", name.english),
                    format!("Ủy ban nhân dân {kind} {}", name.vietnamese),
                )
            }
        }
    }

    /// Provinces or communes.
    pub fn level(&self) -> Level {
        if self.commune.is_some() { Level::Commune } else { Level::Province }
    }
}
