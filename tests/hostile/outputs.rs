//! Findings that quote a hostile sheet, for terminals and machines.

use crate::world::World;

/// Sheets with hostile names everywhere that a finding quotes one.
const SHEET: &str = "schema: 1
province: nghe-an
sources:
  one: {publisher: x, published: 2026-08, language: en}
facts:
  - {indicator: \"a\\e[31m\\u009b31m\\u202e%0A::error::\\n::error file=x::y]]>&lt;<b>\", as_of: 2026-07, printed: {one: 5 projects}}
  - {indicator: fdi-projects, as_of: 2026-07, printed: {\"two\\e]0;title\\a\": \"5\\r\\n::warning::z projects\"}}
  - {indicator: fdi-projects, id: \"\\u2066\\uFEFF\", as_of: 2026-06, printed: {one: \"many \\x07 \\x1b[2J\"}}
partners:
  - {place: \"\\e[1m<!-- -->\\u2028\", source: one}
relations:
  - equation: \"\\e[5m = \\u202e\"
";

fn acts(sign: char) -> bool {
    sign.is_control() && sign != '\n' || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_finding_speaks_to_a_terminal() {
    let world = World::empty();
    world.write("nghe-an.yaml", SHEET);
    for arguments in [&["check", "nghe-an.yaml"][..], &["check", "-v", "nghe-an.yaml"], &["--all", "--sheets", "."]] {
        let run = world.brief(arguments);
        assert!(run.err.contains("unknown-indicator"), "{}", run.err);
        assert!(!run.err.contains(acts) && !run.out.contains(acts), "{:?}{:?}", run.err, run.out);
    }
}

#[test]
fn a_workflow_command_is_one_line_and_one_command() {
    let world = World::empty();
    world.write("nghe-an.yaml", SHEET);
    let run = world.brief(&["check", "--format", "github", "nghe-an.yaml"]);
    let (commands, rest): (Vec<&str>, Vec<&str>) = run.lines().into_iter().partition(|line| line.starts_with("::"));
    assert!(commands.len() > 4 && rest.len() <= 1, "{}", run.out);
    for command in commands {
        assert!(command.contains("title=") && !command.contains(|sign: char| sign.is_control()), "{command:?}");
    }
}

#[test]
fn documents_for_machines_are_well_formed() {
    let world = World::empty();
    world.write("a\nb\u{1b}.yaml", SHEET);
    world.write("broken.yaml", b"schema: 1\nprovince: \xff\xfe\x1b[31m\n");
    for format in ["json", "sarif"] {
        let run = world.brief(&["check", "--format", format, "."]);
        let parsed: serde_json::Value =
            serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert!(parsed.is_object());
        assert!(!run.out.contains(|sign: char| sign.is_control() && sign != '\n'), "{format}");
    }
    let run = world.brief(&["check", "--format", "junit", "."]);
    roxmltree::Document::parse(&run.out).unwrap_or_else(|error| panic!("{error}\n{}", run.out));
}

#[test]
fn a_name_of_a_file_cannot_pretend_to_be_a_message() {
    let world = World::empty();
    let run = world.brief(&["check", "x\u{1b}[2Jy\u{202e}z.yaml"]);
    assert_eq!(run.code, 2);
    assert!(!run.err.contains(acts), "{:?}", run.err);
    let run = world.brief(&["--all", "--sheets", "x\u{1b}[2Jy"]);
    assert!(!run.err.contains(acts), "{:?}", run.err);
}
