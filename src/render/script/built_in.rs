//! The built-in templates, as the build script has written them.

use super::{Path, Section, Step};
use crate::language::Language;
use crate::render::{COMPARATIVE, PROVINCE};

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// A language's built-in template of a name.
pub(in crate::render) fn script(language: Language, name: &str) -> Option<&'static [Section]> {
    match (language, name) {
        (Language::En, PROVINCE) => Some(EN_PROVINCE),
        (Language::En, COMPARATIVE) => Some(EN_COMPARATIVE),
        (Language::Vi, PROVINCE) => Some(VI_PROVINCE),
        (Language::Vi, COMPARATIVE) => Some(VI_COMPARATIVE),
        _ => None,
    }
}

/// A language's built-in terms as JSON, which is read much faster than YAML.
pub(in crate::render) const fn terms(language: Language) -> &'static str {
    match language {
        Language::En => include_str!(concat!(env!("OUT_DIR"), "/terms.en.json")),
        Language::Vi => include_str!(concat!(env!("OUT_DIR"), "/terms.vi.json")),
    }
}
