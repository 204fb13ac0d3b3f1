//! The shipped sheets, spoilt: no sheet makes the check stage panic or speak of no place, and two versions of one article catch
//! every digit that is wrong in one.

use crate::harness::Page;
use crate::pages::pages;
use brief::catalog::Catalog;
use brief::check::judge::Verdict;
use brief::check::{self, Policy};
use brief::diag::{Diagnostic, Severity, SourceFile};
use brief::sheet;
use proptest::prelude::*;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

const FIXTURES: [&str; 4] = [
    include_str!("../../fixtures/lang-son.yaml"),
    include_str!("../../fixtures/long-an.yaml"),
    include_str!("../../fixtures/nghe-an.yaml"),
    include_str!("../../fixtures/tien-giang.yaml"),
];

fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::builtin().unwrap());
    &CATALOG
}

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let file = Arc::new(SourceFile::new("sheet.yaml", text));
    match sheet::load(&file) {
        Ok(sheet) => check::check(&sheet, catalog(), &Policy::default()).diagnostics,
        Err(faults) => faults,
    }
}

/// A text with the character at a byte replaced.
fn with_digit(text: &str, at: usize, digit: char) -> String {
    let mut spoilt = text.to_owned();
    spoilt.replace_range(at..=at, &digit.to_string());
    spoilt
}

#[test]
fn every_wrong_digit_is_caught_or_its_fact_is_listed_as_unchecked() {
    // Two versions of one article check each other: there, nothing is left to be listed.
    assert!(wrong_digits(FIXTURES[1]).iter().all(|spoilt| !spoilt.is_listed));
    let spoilt: Vec<Spoilt> = FIXTURES.into_iter().flat_map(wrong_digits).collect();
    let judged: Vec<(bool, &Spoilt)> = spoilt.par_iter().map(|spoilt| (spoilt.is_caught(), spoilt)).collect();
    let caught = judged.iter().filter(|(is_caught, _)| *is_caught).count();
    let passed: Vec<&str> = judged
        .iter()
        .filter(|(caught, spoilt)| !caught && !spoilt.is_listed)
        .map(|(_, spoilt)| &*spoilt.name)
        .collect();
    let tried = spoilt.len();
    assert!(tried > 1_300 && caught > 600, "only {caught} of {tried} caught");
    assert!(passed.is_empty(), "of {tried}, {caught} are caught; these pass in silence:\n{}", passed.join("\n"));
}

/// A sheet with one digit of one printed figure replaced.
struct Spoilt {
    name: String,
    text: String,
    line: usize,
    /// Whether `unchecked-fact` says that nothing would catch it.
    is_listed: bool,
    /// What is said of the sheet as it was.
    before: Arc<BTreeSet<(&'static str, String)>>,
}

impl Spoilt {
    /// Whether something is found that was not before, and points at the line among others.
    fn is_caught(&self) -> bool {
        diagnostics(&self.text).iter().any(|found| {
            found.severity > Severity::Note
                && !self.before.contains(&(found.code, found.message.clone()))
                && found.labels.iter().any(|label| label.file.line_column(label.span.start).0 == self.line)
        })
    }
}

/// The sheet with every digit of every printed figure replaced by every other one, in turn.
fn wrong_digits(text: &str) -> Vec<Spoilt> {
    let file = Arc::new(SourceFile::new("sheet.yaml", text));
    let sheet = sheet::load(&file).unwrap();
    let (mut listed, mut before) = (BTreeSet::new(), BTreeSet::new());
    for found in diagnostics(text) {
        if found.code == "unchecked-fact" {
            listed.extend(found.facts);
        }
        before.insert((found.code, found.message));
    }
    let before = Arc::new(before);
    let mut spoilt = Vec::new();
    for fact in &sheet.facts {
        for printed in &fact.printed {
            let span = printed.text.span;
            for (at, old) in file.slice(span).char_indices().filter(|(_, sign)| sign.is_ascii_digit()) {
                for new in ('0'..='9').filter(|new| *new != old) {
                    let at = span.start + at;
                    spoilt.push(Spoilt {
                        name: format!("{}: {old} as {new}", printed.text.value),
                        text: with_digit(text, at, new),
                        line: file.line_column(at).0,
                        is_listed: listed.contains(&fact.id.value),
                        before: Arc::clone(&before),
                    });
                }
            }
        }
    }
    spoilt
}

/// One way to spoil a text, by numbers that are taken modulo what there is.
#[derive(Debug, Clone)]
enum Spoil {
    DropLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
    CutLine(usize, usize),
    Digit(usize, char),
    Insert(usize, char),
    SwapWords(usize, usize),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let any = || any::<usize>();
    let signs = prop::sample::select("0123456789.,:-%{}[]'\"#&*|>\u{a0}ổ\t e".chars().collect::<Vec<_>>());
    prop_oneof![
        any().prop_map(Spoil::DropLine),
        any().prop_map(Spoil::DoubleLine),
        (any(), any()).prop_map(|(one, other)| Spoil::SwapLines(one, other)),
        (any(), any()).prop_map(|(line, at)| Spoil::CutLine(line, at)),
        (any(), prop::char::range('0', '9')).prop_map(|(at, digit)| Spoil::Digit(at, digit)),
        (any(), signs).prop_map(|(at, sign)| Spoil::Insert(at, sign)),
        (any(), any()).prop_map(|(one, other)| Spoil::SwapWords(one, other)),
    ]
}

fn spoilt(text: &str, how: &Spoil) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let count = lines.len();
    match *how {
        Spoil::DropLine(at) => drop(lines.remove(at % count)),
        Spoil::DoubleLine(at) => lines.insert(at % count, lines[at % count]),
        Spoil::SwapLines(one, other) => lines.swap(one % count, other % count),
        Spoil::CutLine(line, at) => {
            let line = &mut lines[line % count];
            let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
            *line = &line[..ends[at % ends.len()]];
        }
        Spoil::Digit(at, digit) => {
            let digits: Vec<usize> = text.match_indices(|sign: char| sign.is_ascii_digit()).map(|(at, _)| at).collect();
            return if digits.is_empty() {
                text.to_owned()
            } else {
                with_digit(text, digits[at % digits.len()], digit)
            };
        }
        Spoil::Insert(at, sign) => {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let mut text = text.to_owned();
            text.insert(places.get(at % places.len().max(1)).copied().unwrap_or(0), sign);
            return text;
        }
        Spoil::SwapWords(one, other) => {
            let mut words: Vec<&str> = text.split_inclusive([' ', '\n', ',', '}', ']']).collect();
            let count = words.len();
            words.swap(one % count, other % count);
            return words.concat();
        }
    }
    lines.join("\n")
}

/// The shipped sheets, and those of the pages, which are small and full of relations.
fn seeds() -> &'static [String] {
    static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let pages = pages().into_iter().flat_map(|path| Page::read(&path).sheets());
        FIXTURES.iter().map(|text| (*text).to_owned()).chain(pages).collect()
    });
    &SEEDS
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn no_sheet_makes_the_check_panic_or_point_nowhere(
        which in 0..seeds().len(),
        how in prop::collection::vec(spoil(), 1..6),
    ) {
        let text = how.iter().fold(seeds()[which].clone(), |text, how| spoilt(&text, how));
        let file = Arc::new(SourceFile::new("sheet.yaml", text.as_str()));
        let found = match sheet::load(&file) {
            Ok(sheet) => {
                let checked = check::check(&sheet, catalog(), &Policy::default());
                let allowed = checked.allowed.into_iter().map(|allowed| allowed.diagnostic);
                let found: Vec<Diagnostic> = checked.diagnostics.into_iter().chain(allowed).collect();
                for relation in checked.relations.iter().filter(|relation| relation.verdict == Verdict::Inconsistent) {
                    let told = found.iter().any(|diagnostic| diagnostic.facts == relation.facts);
                    prop_assert!(told, "{:?} is silently inconsistent", relation);
                }
                found
            }
            Err(faults) => faults,
        };
        for diagnostic in found {
            let label = diagnostic.labels.first();
            prop_assert!(label.is_some(), "{} has no place", diagnostic.code);
            let span = label.unwrap().span;
            prop_assert!(span.start <= span.end && span.end <= text.len(), "{} points outside", diagnostic.code);
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{}", diagnostic.code);
            brief::diag::human::render(&diagnostic, false);
        }
    }
}
