//! Fact sheets that nobody wrote: plausible, consistent, in both languages; the same plan gives the same bytes.

mod events;
mod faults;
pub mod hostile;
mod names;
mod print;
mod random;
mod sheet;
mod themes;
mod times;
mod units;

pub use sheet::{Size, sheet};
pub use units::{Level, MOST_COMMUNES, Unit, communes, provinces};

use brief::catalog::Catalog;
use random::Random;

/// Which sheets.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What they are about.
    pub level: Level,
    /// How many.
    pub sheets: usize,
    /// How large each is.
    pub size: Size,
    /// What the choices start from.
    pub seed: u64,
    /// Of a hundred sheets, how many have a wrong digit.
    pub faulty: u8,
}

/// One sheet of a plan.
#[derive(Debug, Clone)]
pub struct Made {
    /// The name of its file.
    pub file: String,
    /// The sheet.
    pub text: String,
    /// Whether a digit of it is wrong.
    pub is_faulty: bool,
}

impl Plan {
    /// What the sheets are about, or why there cannot be so many.
    pub fn units(&self, catalog: &Catalog) -> Result<Vec<Unit>, String> {
        let provinces = provinces(catalog);
        match self.level {
            Level::Province if self.sheets > provinces.len() => {
                Err(format!("there are {} provinces; write `--level commune` for more sheets", provinces.len()))
            }
            Level::Province => {
                Ok(provinces.iter().take(self.sheets).map(|province| Unit::province(province)).collect())
            }
            Level::Commune if self.sheets > MOST_COMMUNES => {
                Err(format!("the codes of communes are enough for {MOST_COMMUNES} sheets"))
            }
            Level::Commune => Ok(communes(&provinces, self.sheets, self.seed)),
        }
    }

    /// The sheet of one of the units.
    pub fn make(&self, unit: &Unit, number: u64, catalog: &Catalog) -> Result<Made, String> {
        let text = sheet(unit, self.size, self.seed, number);
        // The choice of the faulty ones has a stream of its own: the other sheets are the same with and without them.
        let mut random = Random::new(!self.seed, number);
        let is_faulty = random.chance(i128::from(self.faulty));
        let text = if is_faulty { faults::with_wrong_digit(&text, catalog, &mut random)? } else { text };
        Ok(Made { file: unit.file(), text, is_faulty })
    }
}
