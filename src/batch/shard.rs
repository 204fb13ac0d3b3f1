//! A part of a batch, for several machines.

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The i-th of n parts of a batch, written `1/4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

/// The text is not a shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a part of the work: write `1/4` for the first of four")]
pub struct ShardError(pub String);

impl Shard {
    /// The part as it stands in the names of its files: `1-of-4`.
    pub(super) fn file_name_part(self) -> String {
        format!("{}-of-{}", self.index + 1, self.count)
    }

    /// Whether a document belongs to this part. Every document belongs to one, by a hash of its name that is the same on every
    /// machine.
    pub fn holds(self, name: &str) -> bool {
        let digest = Sha256::digest(name.as_bytes());
        let head = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        head % self.count == self.index
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ShardError(text.to_owned());
        let (index, count) = text.split_once('/').ok_or_else(error)?;
        let index: u64 = index.parse().map_err(|_| error())?;
        let count: u64 = count.parse().map_err(|_| error())?;
        if (1..=count).contains(&index) { Ok(Shard { index: index - 1, count }) } else { Err(error()) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_belongs_to_exactly_one_part() {
        let shards: Vec<Shard> = (1..=5).map(|index| format!("{index}/5").parse().unwrap()).collect();
        for name in (0..200).map(|number| format!("province-{number}")) {
            assert_eq!(shards.iter().filter(|shard| shard.holds(&name)).count(), 1, "{name}");
        }
    }

    #[test]
    fn parts_are_counted_from_one() {
        assert!("1/1".parse::<Shard>().is_ok());
        for wrong in ["0/4", "5/4", "1", "1/0", "a/b", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
