//! A slip of the hand in a sheet: one wrong digit, such that the check stage finds an error.

use super::random::Random;
use brief::catalog::Catalog;
use brief::check::{Policy, check};
use brief::diag::{Severity, SourceFile};
use brief::sheet::load;
use std::sync::Arc;

/// After so many slips that nothing in the sheet notices there is no hope of one that is.
const MOST_TRIES: usize = 400;

/// The sheet with one digit of one figure changed; an error if no digit of it would be missed.
pub fn with_wrong_digit(text: &str, catalog: &Catalog, random: &mut Random) -> Result<String, String> {
    let digits = digits_of_figures(text);
    let tries = if digits.is_empty() { 0 } else { MOST_TRIES };
    for _ in 0..tries {
        let place = random.pick(&digits);
        let wrong = random.pick(b"123456789");
        let mut bytes = text.as_bytes().to_vec();
        match bytes.get_mut(place) {
            Some(digit) if *digit != wrong => *digit = wrong,
            _ => continue,
        }
        let changed = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        if has_errors(&changed, catalog) {
            return Ok(changed);
        }
    }
    Err("no relation and no second source of the sheet would notice a wrong digit: ask for more facts".to_owned())
}

/// Where the digits of printed figures stand.
fn digits_of_figures(text: &str) -> Vec<usize> {
    let mut digits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("printed:") {
            // The figures stand in quotes, the ids of their sources outside.
            let mut is_quoted = false;
            for (place, byte) in line.bytes().enumerate() {
                is_quoted ^= byte == b'"';
                if is_quoted && byte.is_ascii_digit() {
                    digits.push(start + place);
                }
            }
        }
        start += line.len();
    }
    digits
}

fn has_errors(text: &str, catalog: &Catalog) -> bool {
    let file = Arc::new(SourceFile::new("sheet.yaml", text));
    let Ok(sheet) = load(&file) else { return true };
    let found = check(&sheet, catalog, &Policy::default()).diagnostics;
    found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
