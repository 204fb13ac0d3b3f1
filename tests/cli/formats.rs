//! What `brief check` writes in each format, of three small sheets: one with a wrong total, one that is the second of its
//! province, one that cannot be read.
//!
//! `BRIEF_BLESS=1 cargo test --test cli formats` rewrites the texts in `tests/cli/formats`; read what it writes.

use super::world::{Run, World, without_reader};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const SHEETS: [&str; 3] = ["nghe-an.yaml", "duplicate.yaml", "unreadable.yaml"];
const VERDICT: &str = "invalid: 3 sheets, 8 facts, 3 relations, 3 errors, 1 warning, 12 notes, 1 allowed\n";
const DOCUMENTS: [&str; 3] = ["json", "sarif", "junit"];

fn golden(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/formats")).join(name)
}

/// A folder with the three sheets.
fn spoilt() -> World {
    let world = World::empty();
    for name in SHEETS {
        world.write(name, fs::read(golden(name)).unwrap());
    }
    world
}

fn check(world: &World, format: &str, more: &[&str]) -> Run {
    let mut arguments = vec!["check", "--format", format];
    arguments.extend(SHEETS);
    arguments.extend(more);
    world.brief(&arguments)
}

#[track_caller]
fn is_golden(name: &str, actual: &str) {
    let path = golden(name);
    if std::env::var_os("BRIEF_BLESS").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    assert_eq!(actual, expected, "{}: BRIEF_BLESS=1 rewrites it", path.display());
}

fn parsed(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}:\n{}", run.out))
}

#[test]
fn for_people_findings_are_remarks_and_the_verdict_is_the_result() {
    let run = check(&spoilt(), "human", &["-v"]);
    assert_eq!((run.code, run.out.as_str()), (2, VERDICT));
    is_golden("human.txt", &run.err);
    let run = check(&spoilt(), "human", &[]);
    assert!(!run.err.contains("allowed["), "what is allowed is for the verbose:\n{}", run.err);
}

#[test]
fn json_holds_findings_relations_and_a_summary() {
    let world = spoilt();
    let run = check(&world, "json", &[]);
    assert_eq!((run.code, run.err.as_str()), (2, VERDICT));
    is_golden("report.json", &run.out);
    assert_eq!(world.brief(&[&["check", "--json"][..], &SHEETS].concat()).out, run.out);
    assert_eq!(check(&world, "json", &["-q"]).err, "");
}

#[test]
fn junit_shows_which_relation_of_which_sheet_failed() {
    let run = check(&spoilt(), "junit", &[]);
    assert_eq!((run.code, run.err.as_str()), (2, VERDICT));
    is_golden("junit.xml", &run.out);
}

#[test]
fn github_has_a_line_to_each_finding_and_the_verdict_last() {
    let run = check(&spoilt(), "github", &[]);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    is_golden("github.txt", &run.out);
    assert!(run.out.ends_with(VERDICT));
}

/// The rules are left out of the text: it would change with every new one.
#[test]
fn sarif_holds_every_finding_with_its_rule() {
    let run = check(&spoilt(), "sarif", &[]);
    assert_eq!((run.code, run.err.as_str()), (2, VERDICT));
    let mut log = parsed(&run);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    let rules = rules.as_array().unwrap();
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        let index = result.as_object_mut().unwrap().remove("ruleIndex").unwrap();
        let index = usize::try_from(index.as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    is_golden("report.sarif", &format!("{log:#}\n"));
}

/// What the standard's schema requires of the parts that we write, and what code scanning asks for beside it.
#[test]
fn sarif_is_as_the_standard_has_it() {
    let log = parsed(&check(&spoilt(), "sarif", &[]));
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("/sarif-schema-2.1.0.json"));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["name"], "brief");
    assert_eq!(run["tool"]["driver"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false, "a sheet could not be read");
    let codes: Vec<String> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| {
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{rule}");
            }
            let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
            assert!(["error", "warning", "note"].contains(&level), "{rule}");
            rule["id"].as_str().unwrap().to_owned()
        })
        .collect();
    let listed: Value = serde_json::from_str(&World::empty().brief(&["list", "codes", "--json"]).out).unwrap();
    let of_sheets = listed.as_array().unwrap().iter().filter(|listed| listed["of"] == "sheet");
    assert_eq!(codes, of_sheets.map(|listed| listed["code"].as_str().unwrap()).collect::<Vec<_>>());
    let results = run["results"].as_array().unwrap();
    let mut fingerprints: Vec<&str> =
        results.iter().map(|result| result["partialFingerprints"]["finding/v1"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), results.len(), "no two findings are one");
    for result in results {
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(result["suppressions"].is_array(), "all results have the list, or none");
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        for location in result["locations"].as_array().unwrap().iter().chain(&related) {
            let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
            assert!(SHEETS.contains(&uri), "{uri}");
            let region = &location["physicalLocation"]["region"];
            for key in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(region[key].as_u64().unwrap() >= 1, "{region}");
            }
        }
    }
}

#[test]
fn what_the_sheet_allows_is_in_sarif_and_suppressed() {
    let log = parsed(&check(&spoilt(), "sarif", &[]));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<&Value> =
        results.iter().filter(|result| result["suppressions"] != serde_json::json!([])).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "published-before-period-end");
    assert_eq!(
        suppressed[0]["suppressions"],
        serde_json::json!([{"kind": "inSource", "status": "accepted", "justification": "a plan for 2024, \"50 %\" done"}])
    );
}

/// The same characters of the sheet, whichever format points at them: columns count letters, not bytes.
#[test]
fn every_format_points_at_the_same_characters() {
    let world = spoilt();
    let sheet = world.read("nghe-an.yaml");
    let (line, text) = sheet.lines().enumerate().find(|(_, text)| text.contains("tổng số 3,4")).unwrap();
    let start = text.split_once('"').unwrap().0.chars().count() + 1;
    let end = start + text.split('"').nth(1).unwrap().chars().count() + 2;
    let log = parsed(&check(&world, "sarif", &[]));
    let total =
        log["runs"][0]["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "total-mismatch");
    assert_eq!(
        total.unwrap()["locations"][0]["physicalLocation"]["region"],
        serde_json::json!({"startLine": line + 1, "startColumn": start, "endLine": line + 1, "endColumn": end})
    );
    let annotation = format!("line={0},col={start},endLine={0},endColumn={end},title=total-mismatch", line + 1);
    assert!(check(&world, "github", &[]).out.contains(&annotation), "{annotation}");
    let report = parsed(&check(&world, "json", &[]));
    let mut found = report["diagnostics"].as_array().unwrap().iter();
    assert_eq!(found.find(|found| found["code"] == "total-mismatch").unwrap()["column"], start);
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    let world = spoilt();
    for format in ["human", "json", "sarif", "junit", "github"] {
        let code = |arguments: &[&str]| world.brief(&[&["check", "--format", format], arguments].concat()).code;
        assert_eq!(code(&["duplicate.yaml"]), 0, "{format}");
        assert_eq!(code(&["nghe-an.yaml"]), 1, "{format}");
        assert_eq!(code(&["duplicate.yaml", "unreadable.yaml"]), 2, "{format}");
        assert_eq!(code(&["nowhere.yaml"]), 2, "{format}");
    }
    world.brief(&["check", "--format", "xml"]).refuses(2, &["[possible values: human, json, sarif, junit, github]"]);
}

#[test]
fn a_folder_without_sheets_is_told_in_every_format() {
    let world = World::empty();
    world.write("fixtures/readme.txt", "no sheet");
    for format in DOCUMENTS {
        let run = world.brief(&["check", "--format", format]);
        run.refuses(2, &["invalid: 0 sheets, 0 facts"]);
        assert!(run.out.contains("fixtures holds no fact sheet"), "{}", run.out);
        assert!(format == "junit" || parsed(&run).is_object());
    }
    let run = world.brief(&["check", "--format", "github"]);
    assert_eq!(run.lines().len(), 2, "{}", run.out);
    assert!(run.out.starts_with("::error file=fixtures,line=1,"), "{}", run.out);
}

#[test]
fn a_sheet_without_a_fault_leaves_documents_that_say_so() {
    let world = spoilt();
    let run = world.brief(&["check", "--format", "sarif", "duplicate.yaml"]);
    assert_eq!(parsed(&run)["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(parsed(&run)["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let run = world.brief(&["check", "--format", "json", "duplicate.yaml"]);
    assert_eq!(parsed(&run)["diagnostics"], serde_json::json!([]));
    let run = world.brief(&["check", "--format", "junit", "duplicate.yaml"]);
    assert!(run.out.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""), "{}", run.out);
    let run = world.brief(&["check", "--format", "github", "duplicate.yaml"]);
    assert_eq!(run.is_silent().out, "valid: 1 sheet, 0 facts, 0 relations, 0 errors, 0 warnings\n");
}

#[test]
fn codes_are_denied_and_warned_of_in_a_list() {
    let world = spoilt();
    let severities = |more: &[&str]| -> Vec<String> {
        let lines = check(&world, "github", more).out;
        let told = lines.lines().filter_map(|line| Some(line.strip_prefix("::")?.split_once(' ')?.0.to_owned()));
        told.filter(|severity| severity != "notice").collect()
    };
    assert_eq!(severities(&[]), ["error", "warning", "error", "error"]);
    let more = ["--deny", "stale-sheet,unused-allowance", "--warn", "total-mismatch"];
    assert!(
        check(&world, "github", &more).refuses(2, &["'stale-sheet'"]).out.is_empty(),
        "one wrong code refuses the list"
    );
    let more = ["--warn", "total-mismatch,duplicate-province", "--deny", "unused-allowance"];
    assert_eq!(severities(&more), ["warning", "error", "error", "error"]);
}

/// A folder of small sheets: `count` of them, of the provinces in turn, every tenth with a wrong total.
fn many(count: usize) -> World {
    const WRONG: &str = "\
sources:
  paper: {publisher: Báo, published: 2024-01-15, language: vi}
facts:
  - {indicator: ngo-project-grants, period: 2023, printed: {paper: 1 dự án}}
  - {indicator: ngo-non-project-grants, period: 2023, printed: {paper: 2 dự án}}
  - {indicator: ngo-aid-grants, period: 2023, printed: {paper: 4 dự án}}
relations:
  - total: {parts: [ngo-project-grants, ngo-non-project-grants], whole: ngo-aid-grants}
";
    let world = World::empty();
    let provinces = world.brief(&["list", "provinces"]).out;
    let provinces: Vec<&str> = provinces.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for (number, province) in (0..count).zip(provinces.iter().cycle()) {
        let more = if number % 10 == 0 { WRONG } else { "" };
        world.write(&format!("sheets/{number:05}.yaml"), format!("schema: 1\nprovince: {province}\n{more}"));
    }
    world
}

/// A thousand sheets are more than are held at a time: the first sheet of a province is known when its twelfth comes.
#[test]
fn a_thousand_sheets_are_told_in_the_order_of_their_paths() {
    let world = many(1000);
    let run = world.brief(&["check", "sheets", "--format", "github"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let files = |code: &str| -> Vec<String> {
        let title = format!("title={code}::");
        let lines = run.out.lines().filter(|line| line.contains(&title));
        lines.map(|line| line.split_once("file=sheets/").unwrap().1[..5].to_owned()).collect()
    };
    let tenth: Vec<String> = (0..1000).step_by(10).map(|number| format!("{number:05}")).collect();
    assert_eq!(files("total-mismatch"), tenth);
    let provinces = world.brief(&["list", "provinces"]).lines().len();
    let again: Vec<String> = (provinces..1000).map(|number| format!("{number:05}")).collect();
    assert_eq!(files("duplicate-province"), again);
    let errors = 100 + 1000 - provinces;
    let (findings, notes): (Vec<&str>, Vec<&str>) =
        run.lines().into_iter().partition(|line| !line.starts_with("::notice"));
    let last = findings[errors - 1];
    assert!(last.contains("file=sheets/00999.yaml,line=2,col=11,"), "{last}");
    let first = format!("sheets/{:05}.yaml:2:11: first here", 999 % provinces);
    assert!(last.contains(&first), "{last}");
    assert_eq!(findings.len(), errors + 1);
    assert_eq!(notes.len(), 300, "every fact is old");
    let verdict = format!("invalid: 1000 sheets, 300 facts, 100 relations, {errors} errors, 0 warnings, 300 notes");
    assert_eq!(run.lines().last(), Some(&verdict.as_str()));
    assert_eq!(world.brief(&["check", "sheets", "--format", "github"]).out, run.out, "the order is no accident");

    let log = parsed(&world.brief(&["check", "sheets", "--format", "json", "-q"]));
    assert_eq!(log["diagnostics"].as_array().unwrap().len(), errors + notes.len());
    let relations = log["relations"].as_array().unwrap();
    let places = relations.iter().map(|relation| relation["path"].as_str().unwrap());
    assert!(places.eq((0..1000).step_by(10).map(|number| format!("sheets/{number:05}.yaml"))), "each in its turn");
}

#[test]
fn one_sheet_that_cannot_be_opened_is_told_and_the_others_go_on() {
    let world = many(3);
    fs::create_dir(world.path("sheets/folder.yaml")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", world.path("sheets/00001a.yaml")).unwrap();
    let run = world.brief(&["check", "sheets", "nothing", "sheets/00002.yaml", "--format", "github"]);
    assert_eq!(run.code, 2);
    let said: Vec<&str> =
        run.out.lines().filter_map(|line| line.split_once("::cannot read ")).map(|(_, rest)| rest).collect();
    assert!(said.len() == 2 && said[0].starts_with("sheets/00001a.yaml") && said[1].starts_with("nothing"), "{said:?}");
    assert!(
        run.out.ends_with("invalid: 4 sheets, 3 facts, 1 relation, 3 errors, 0 warnings, 3 notes\n"),
        "{}",
        run.out
    );
}

/// The reader is gone, the verdict is not: the exit code tells it.
#[test]
fn a_reader_of_findings_that_goes_away_is_no_fault() {
    let world = spoilt();
    for format in ["human", "json", "sarif", "junit", "github"] {
        let output = without_reader(&["check", "nghe-an.yaml", "--format", format, "-q"], &world.path(""));
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: {err}");
        assert!(format == "human" || err.is_empty(), "{format}: {err}");
    }
}
