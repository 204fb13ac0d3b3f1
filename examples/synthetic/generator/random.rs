//! Repeatable choices.

/// A stream of choices that a seed settles: Steele, Lea and Flood, *Fast splittable pseudorandom number generators* (2014).
pub struct Random(u64);

impl Random {
    /// The stream of one sheet of a run.
    pub fn new(seed: u64, sheet: u64) -> Random {
        let mut random = Random(seed);
        Random(random.next() ^ sheet.wrapping_mul(0xd134_2543_de82_ef95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A whole number from the least to the greatest, both included.
    pub fn between(&mut self, least: i128, greatest: i128) -> i128 {
        least + i128::from(self.next()).rem_euclid((greatest - least).max(0) + 1)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: i128) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of some things.
    pub fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        let place = self.next() % things.len().max(1) as u64;
        things[usize::try_from(place).unwrap_or(0)]
    }
}
