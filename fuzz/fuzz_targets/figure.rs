//! Any text is read without a panic, and what is read of it fits together.
#![no_main]

use brief::figure::{ReadError, format, read};
use brief::language::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for language in Language::ALL {
        match read(text, language) {
            Ok(figure) => {
                let (expected, strict, truncated) = (figure.expected(), figure.strict(), figure.truncated());
                let (least, greatest) = figure.ends();
                for end in [least, greatest] {
                    assert!(expected.contains(end), "{end} is not expected of `{text}`: {expected}");
                }
                assert!(
                    strict.encloses(&expected),
                    "more is expected of `{text}` than it admits: {expected}, {strict}"
                );
                assert!(
                    truncated.contains(least) && truncated.contains(greatest),
                    "`{text}` cut off is not itself: {truncated}"
                );
                assert_eq!(figure.text(), text);
                assert_eq!(figure.value().is_none(), figure.is_range());
                for written in Language::ALL {
                    assert!(!format::figure(&figure, written).is_empty());
                }
            }
            Err(error) => {
                assert!(!error.to_string().is_empty() && !error.help().is_empty());
                if let ReadError::Ambiguous { readings, .. } = error {
                    assert!(readings.len() > 1, "`{text}` is ambiguous with one reading");
                }
            }
        }
    }
});
