//! The slip that would repair a sheet is told if it is the only one, and no other is.

use brief::catalog::Catalog;
use brief::check::{self, Policy};
use brief::diag::{Diagnostic, Severity, SourceFile};
use brief::sheet;
use std::sync::Arc;

const SOURCES: &str = "schema: 1\nprovince: nghe-an\nsources:\n  paper: {publisher: Newspaper, published: 2024-01-15, language: en}\n  bao: {publisher: Báo, published: 2024-01-15, language: vi}\n";

/// The first relation of a sheet that does not hold.
fn mismatch(text: &str) -> Option<Diagnostic> {
    let file = Arc::new(SourceFile::new("sheet.yaml", text));
    let sheet = sheet::load(&file).unwrap();
    let found = check::check(&sheet, &Catalog::builtin().unwrap(), &Policy::default()).diagnostics;
    found.into_iter().find(|found| found.severity == Severity::Error && found.code.ends_with("-mismatch"))
}

/// The help on the first relation of a sheet that does not hold. A correction that editors may make mends the sheet.
#[track_caller]
fn help(facts_and_relations: &str) -> String {
    let text = format!("{SOURCES}{facts_and_relations}");
    let found = mismatch(&text).unwrap();
    if let Some(fix) = &found.fix {
        let mut mended = text.clone();
        mended.replace_range(fix.span.start..fix.span.end, &fix.replacement);
        assert!(mismatch(&mended).is_none(), "not mended by `{}`", fix.replacement);
        assert!(found.help.as_ref().unwrap().ends_with(&fix.description), "{}", fix.description);
    }
    found.help.unwrap()
}

/// The help on a total of two parts, as printed.
#[track_caller]
fn total(first: &str, second: &str, whole: &str) -> String {
    help(&format!(
        "facts:
  - {{indicator: ngo-project-aid, period: 2023, printed: {{paper: '{first}'}}}}
  - {{indicator: ngo-non-project-aid, period: 2023, printed: {{paper: '{second}'}}}}
  - {{indicator: ngo-aid, period: 2023, printed: {{paper: '{whole}'}}}}
relations:
  - total: {{parts: [ngo-project-aid, ngo-non-project-aid], whole: ngo-aid}}
"
    ))
}

/// The same of things that are counted, whose every digit counts.
#[track_caller]
fn count(first: &str, second: &str, whole: &str) -> String {
    help(&format!(
        "facts:
  - {{indicator: ngo-project-grants, period: 2023, printed: {{paper: '{first}'}}}}
  - {{indicator: ngo-non-project-grants, period: 2023, printed: {{paper: '{second}'}}}}
  - {{indicator: ngo-aid-grants, period: 2023, printed: {{paper: '{whole}'}}}}
relations:
  - total: {{parts: [ngo-project-grants, ngo-non-project-grants], whole: ngo-aid-grants}}
"
    ))
}

#[track_caller]
fn tells(help: &str, slip: &str) {
    assert!(help.ends_with(slip), "{help}");
}

#[track_caller]
fn tells_none(help: &str) {
    assert!(!help.contains("would agree"), "{help}");
}

#[test]
fn neighbouring_digits_swapped() {
    tells(&count("9", "58", "76"), "`76` would agree with two digits swapped: `67`");
    tells(
        &total("1.62 million USD", "2.08 million USD", "7.30 million USD"),
        "with two digits swapped: `3.70 million USD`",
    );
}

#[test]
fn a_digit_lost() {
    tells(&count("22", "7", "59"), "`7` would agree with a lost digit put back: `37`");
    tells(&count("1,022", "1,155", "217"), "`217` would agree with a lost digit put back: `2,177`");
}

#[test]
fn a_digit_doubled() {
    tells(&count("22", "377", "59"), "`377` would agree with a doubled digit taken out: `37`");
}

#[test]
fn a_scale_word_for_another() {
    let help = total("1.62 million USD", "2.08 million USD", "3.70 billion USD");
    tells(&help, "`3.70 billion USD` would agree with another scale word: `3.70 million USD`");
}

#[test]
fn a_decimal_mark_lost_or_moved() {
    let help = total("1.62 million USD", "2.08 million USD", "370 million USD");
    tells(&help, "`370 million USD` would agree if it were a hundred times smaller");
    let help = total("1.62 million USD", "20.8 million USD", "3.70 million USD");
    tells(&help, "`20.8 million USD` would agree if it were ten times smaller");
}

#[test]
fn the_other_languages_reading() {
    // The English article keeps the Vietnamese decimal comma: 9,980 million for 9.980 million.
    let help = total("9,980 million USD", "1.155 million USD", "11.135 million USD");
    tells(&help, "`9,980 million USD` would agree if read as Vietnamese: 9.980 million USD");
}

/// The help on exports, the year before, and a percentage beside them.
#[track_caller]
fn growth(kind: &str, percent: &str) -> String {
    help(&format!(
        "facts:
  - {{indicator: goods-exports, period: 2023, printed: {{paper: 2.645 billion USD}}}}
  - {{indicator: goods-exports, id: before, period: 2022, printed: {{paper: 2.187 billion USD}}}}
  - {{indicator: goods-exports-growth, period: 2023, printed: {{paper: '{percent}'}}}}
relations:
  - growth: {{current: goods-exports, previous: before, {kind}: goods-exports-growth}}
"
    ))
}

#[test]
fn a_percentage_of_another_form() {
    tells(&growth("rate", "120.94%"), "`goods-exports-growth` would agree as `index`, a ratio");
    tells(&growth("index", "20.94%"), "`goods-exports-growth` would agree as `rate`, a change");
    tells(&growth("rate", "0.2094%"), "`0.2094%` would agree if it were a hundred times larger");
    tells(&growth("rate", "down 20.94%"), "`down 20.94%` would agree as an increase");
}

#[test]
fn a_change_computed_on_the_later_figure() {
    tells(
        &growth("rate", "17.32%"),
        "`goods-exports-growth` would agree as a change on the later figure instead of the earlier",
    );
}

#[test]
fn several_slips_that_would_repair_it_are_none() {
    // 22 + 73 = 95, and 22 + 37 = 59.
    tells_none(&count("22", "37", "95"));
}

#[test]
fn no_slip_explains_it() {
    tells_none(&count("22", "37", "64"));
    tells_none(&total("1.62 million USD", "2.08 million USD", "4.61 million USD"));
}

#[test]
fn a_slip_that_another_relation_forbids_is_not_told() {
    // With 38 for 83 the total would hold; the difference says that 83 is right.
    let help = help(
        "facts:
  - {indicator: ngo-project-grants, period: 2023, printed: {paper: '22'}}
  - {indicator: ngo-non-project-grants, period: 2023, printed: {paper: '83'}}
  - {indicator: ngo-aid-grants, period: 2023, printed: {paper: '60'}}
  - {indicator: ngo-non-project-grants, id: to-schools, period: 2022, printed: {paper: '76'}}
  - {indicator: ngo-non-project-grants, id: to-clinics, period: 2021, printed: {paper: '7'}}
relations:
  - total: {parts: [ngo-project-grants, ngo-non-project-grants], whole: ngo-aid-grants}
  - difference: {from: ngo-non-project-grants, less: to-schools, is: to-clinics}
",
    );
    tells_none(&help);
    assert!(help.contains("would all hold with `ngo-aid-grants` at 105"), "{help}");
    assert!(!help.contains("`ngo-non-project-grants` at"), "{help}");
}

#[test]
fn an_implausible_correction_is_not_told() {
    // 134,906 km would repair the sum, and no province has such a border.
    let help = help(
        "facts:
  - {indicator: land-border-length, as_of: 2023, printed: {bao: '134,906 km'}}
  - {indicator: land-border-length, id: first-half, as_of: 2022, printed: {paper: '100,906 km', bao: '100.906 km'}}
  - {indicator: land-border-length, id: second-half, as_of: 2021, printed: {paper: '34,000 km'}}
relations:
  - total: {parts: [first-half, second-half], whole: land-border-length}
allow:
  - {code: implausible-value, reason: the test is of what is not told}
",
    );
    tells_none(&help);
}

#[test]
fn a_correction_of_spelling_can_be_made_by_an_editor() {
    let sheet = |whole: &str| {
        format!(
            "{SOURCES}facts:
  - {{indicator: ngo-project-grants, period: 2023, printed: {{paper: 9 grants}}}}
  - {{indicator: ngo-non-project-grants, period: 2023, printed: {{paper: 58 grants}}}}
  - {{indicator: ngo-aid-grants, period: 2023, printed: {whole}}}
relations:
  - total: {{parts: [ngo-project-grants, ngo-non-project-grants], whole: ngo-aid-grants}}
"
        )
    };
    let replacement = |whole: &str| mismatch(&sheet(whole)).unwrap().fix.map(|fix| fix.replacement);
    assert_eq!(replacement("{paper: 76 grants}").as_deref(), Some("\"67 grants\""));
    assert_eq!(replacement("{bao: '76 khoản'}").as_deref(), Some("\"67 khoản\""));
    // Two sources that print the same: each is to be looked up.
    assert_eq!(replacement("{paper: 76 grants, bao: 76 khoản}"), None);
}
