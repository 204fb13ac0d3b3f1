use super::*;
use crate::diag::Form;

fn file(path: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile::new(path, text))
}

/// The span of the first such text in a file.
fn span(file: &SourceFile, text: &str) -> ByteSpan {
    let start = file.text().find(text).unwrap();
    ByteSpan { start, end: start + text.len() }
}

/// What is told of a sheet with these findings.
fn told(detail: Detail, diagnostics: &[Diagnostic], accepted: &[(Diagnostic, &str)]) -> Vec<String> {
    let findings = Findings {
        path: "nghe-an.yaml".to_owned(),
        form: Form::Read,
        facts: 9,
        diagnostics: diagnostics.iter().collect(),
        accepted: accepted.iter().map(|(diagnostic, reason)| Accepted { diagnostic, reason }).collect(),
        relations: Vec::new(),
    };
    Human { colour: false, detail }.sheet(&findings).unwrap().items
}

#[test]
fn places_far_apart_and_in_two_files_are_drawn_without_what_lies_between() {
    let lines: Vec<String> = (1..=60).map(|line| format!("  - fact-{line}: {line} dự án")).collect();
    let sheet = file("nghe-an.yaml", &lines.join("\n"));
    let other = file("long-an.yaml", "province: long-an\nfacts: []\n");
    let at = |line: usize| span(&sheet, &format!("{line} dự án"));
    let diagnostic = Diagnostic::error("total-mismatch", "`whole` is less than the sum of its parts")
        .at(&sheet, at(40), "stated total: 40")
        .at(&sheet, at(11), "part: 11")
        .at(&sheet, at(12), "part: 12")
        .at(&sheet, at(59), "part: 59")
        .at(&other, span(&other, "long-an"), "of this province")
        .help("check the total and its parts");
    let expected = "\
error[total-mismatch]: `whole` is less than the sum of its parts
   ╭▸ nghe-an.yaml:40:14
   │
11 │   - fact-11: 11 dự án
   │              ──────── part: 11
12 │   - fact-12: 12 dự án
   │              ──────── part: 12
   ┆
40 │   - fact-40: 40 dự án
   │              ━━━━━━━━ stated total: 40
   ┆
59 │   - fact-59: 59 dự án
   │              ──────── part: 59
   │
   ⸬  long-an.yaml:1:11
   │
 1 │ province: long-an
   │           ─────── of this province
   │
   ╰ help: check the total and its parts
";
    assert_eq!(render(&diagnostic, false), expected);
}

#[test]
fn of_a_very_long_line_what_is_meant_is_shown() {
    let sheet = file("nghe-an.yaml", &format!("a: {}12 dự án{}\n", "đ".repeat(3000), "x".repeat(3000)));
    let diagnostic = Diagnostic::error("sources-disagree", "no").at(&sheet, span(&sheet, "12 dự án"), "here");
    let drawn = render(&diagnostic, false);
    assert!(drawn.contains("đđ12 dự ánxx") && drawn.contains("━━━━━━━━ here"), "{drawn}");
    assert!(drawn.lines().all(|line| line.chars().count() < 200), "{drawn}");

    let sheet = file("nghe-an.yaml", &"x".repeat(3000));
    let diagnostic =
        Diagnostic::error("unknown-fact", "x".repeat(3000)).at(&sheet, span(&sheet, &"x".repeat(3000)), "");
    assert!(render(&diagnostic, false).chars().count() < 2000, "a word that fills lines is cut");
}

#[test]
fn nothing_in_a_sheet_commands_the_terminal() {
    let hostile = "\u{1b}[31m\u{7}\u{9b}2J\u{85}\u{202e}\r";
    let sheet = file(&format!("a{hostile}.yaml"), &format!("a: {hostile} 12 dự án\n"));
    let diagnostic = Diagnostic::new(Severity::Note, "unchecked-fact", hostile)
        .at(&sheet, span(&sheet, "12 dự án"), hostile)
        .note(hostile)
        .help(hostile)
        .facts([hostile]);
    let twice = [diagnostic.clone(), diagnostic.clone()];
    let mut shown = told(Detail::Everything, &twice, &[(diagnostic.clone(), hostile)]);
    shown.extend(told(Detail::Usual, &twice, &[]));
    shown.extend(told(Detail::Usual, &[diagnostic], &[]));
    assert_eq!(shown.len(), 6);
    for text in shown {
        let raw = |character: char| (character.is_control() && character != '\n') || character == '\u{202e}';
        assert!(!text.contains(raw), "{text:?}");
    }
}

#[test]
fn notes_are_a_line_to_each_code_unless_all_is_asked_for() {
    let sheet = file("nghe-an.yaml", "facts:\n  - a\n  - b\n  - c\n  - d\n");
    let note = |code, fact: &str| {
        let place = span(&sheet, &format!("- {fact}"));
        Diagnostic::new(Severity::Note, code, format!("no relation holds `{fact}`")).at(&sheet, place, "").facts([fact])
    };
    let mut found: Vec<Diagnostic> = ["d", "a", "b", "c"].map(|fact| note("unchecked-fact", fact)).into();
    found.push(note("stale-fact", "b"));
    found.push(Diagnostic::warning("unused-allowance", "the allowance matched nothing"));
    let usual = told(Detail::Usual, &found, &[]);
    assert_eq!(usual.len(), 3, "{usual:?}");
    assert!(usual[0].starts_with("warning[unused-allowance]"), "{usual:?}");
    assert_eq!(usual[1], "note[stale-fact]: nghe-an.yaml:3:3: no relation holds `b` (-v shows it)\n");
    assert_eq!(usual[2], "note[unchecked-fact]: nghe-an.yaml: 4 facts: a, b, c … (-v shows each)\n");
    let all = told(Detail::Everything, &found, &[]);
    assert_eq!(all.iter().filter(|text| text.starts_with("note[") && text.contains("▸ nghe-an.yaml:")).count(), 5);
    assert!(told(Detail::Errors, &found, &[]).is_empty(), "quiet leaves errors");
}

#[test]
fn notes_without_facts_are_counted() {
    let found = [1, 2].map(|_| Diagnostic::new(Severity::Note, "unchecked-fact", "no"));
    assert_eq!(told(Detail::Usual, &found, &[]), ["note[unchecked-fact]: nghe-an.yaml: 2 notes (-v shows each)\n"]);
}

#[test]
fn what_is_allowed_is_told_with_its_reason_if_all_is_asked_for() {
    let sheet = file("nghe-an.yaml", "facts:\n  - a\n");
    let stale = Diagnostic::warning("stale-fact", "`a` is of 2019").at(&sheet, span(&sheet, "- a"), "");
    let accepted = [(stale, "no later count has been published")];
    assert!(told(Detail::Usual, &[], &accepted).is_empty());
    assert_eq!(
        told(Detail::Everything, &[], &accepted).concat(),
        "allowed[stale-fact]: nghe-an.yaml:2:3: `a` is of 2019: no later count has been published\n\n"
    );
}
