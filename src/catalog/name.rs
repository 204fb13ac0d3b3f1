//! A name in each language of the briefings.

use crate::language::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A name in English and in Vietnamese, both required: a missing term is an error, never English inside Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalizedName {
    /// The English name, as English texts of the Vietnamese government print it.
    pub en: String,
    /// The Vietnamese name, with its marks, in composed Unicode.
    pub vi: String,
}

impl LocalizedName {
    /// The name in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Vi => &self.vi,
        }
    }
}
