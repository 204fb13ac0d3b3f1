//! What a sheet is about, without reading all of it: a batch looks over thousands of sheets before it reads the first.

use crate::catalog::Commune;

/// The keys that tell.
const PROVINCE: &str = "province:";
const COMMUNE: &str = "commune:";

/// The province as the sheet spells it: its line that begins with `province:`. Whatever is inside of something is indented.
pub fn province_of(text: &str) -> Option<&str> {
    let value = text.lines().find_map(|line| line.strip_prefix(PROVINCE))?;
    Some(value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']))
}

/// Whether the sheet has a line that begins with `commune:`.
pub fn names_commune(text: &str) -> bool {
    place_of_commune(text).is_some()
}

/// The commune of a sheet, if it is one that reports can be made of.
pub fn commune_of(text: &str) -> Option<Commune> {
    let value = text.get(place_of_commune(text)? + COMMUNE.len()..)?;
    // The value goes on to the next line that is not indented.
    let end = value.match_indices('\n').map(|(place, _)| place).find(|place| {
        let next = value.get(place + 1..).unwrap_or_default();
        !next.starts_with([' ', '\n', '\r', '}'])
    });
    let commune: Commune = super::yaml::parse(value.get(..end.unwrap_or(value.len()))?).ok()?;
    commune.fault().is_none().then_some(commune)
}

fn place_of_commune(text: &str) -> Option<usize> {
    if text.starts_with(COMMUNE) { Some(0) } else { text.find("\ncommune:").map(|place| place + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WARD: &str = "{name: {en: Vinh Hung, vi: Vinh Hưng}, kind: ward, code: \"16681\"}";

    #[test]
    fn the_province_is_a_line_of_its_own() {
        assert_eq!(province_of("schema: 1\nprovince: \"Nghệ An\" # a remark\n"), Some("Nghệ An"));
        assert_eq!(province_of("facts:\n  province: nghe-an\n"), None);
    }

    #[test]
    fn the_commune_is_read_in_either_form() {
        let code = |text: &str| commune_of(text).map(|commune| commune.code);
        assert_eq!(code(&format!("commune: {WARD}\nprovince: nghe-an\n")).as_deref(), Some("16681"));
        let block = "province: x\ncommune:\n  name: {en: Vinh Hung, vi: Vinh Hưng}\n\n  kind: ward\n  code: '16681'\nfacts: []\n";
        assert_eq!(code(block).as_deref(), Some("16681"));
        assert_eq!(code(&format!("facts:\n  commune: {WARD}\n")), None);
    }

    #[test]
    fn a_commune_that_is_broken_is_named_and_not_read() {
        for text in ["commune: {name: {en: Vinh Hung\n", "commune: {name: {en: A, vi: Ă}, kind: ward, code: \"1\"}\n"]
        {
            assert!(names_commune(text) && commune_of(text).is_none(), "{text}");
        }
    }
}
