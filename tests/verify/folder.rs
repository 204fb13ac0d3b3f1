//! A folder of a quarter against its manifest, as the users of `brief verify DIR` meet it.

use crate::communes::SHEETS;
use crate::forge::hash;
use crate::made::TODAY;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Reports of the communes, in both formats.
static REPORTS: LazyLock<TempDir> = LazyLock::new(|| {
    let out = TempDir::new().unwrap();
    let made = run(&[
        "--all",
        "--quarter",
        "2026-Q3",
        "--lang",
        "en",
        "--sheets",
        text(SHEETS.path()),
        "--out",
        text(out.path()),
    ]);
    assert_eq!(made.code, 1, "one is withheld: {}", made.err);
    out
});

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    let output = command.args(arguments).env("SOURCE_DATE_EPOCH", TODAY).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of the quarter's folder to tamper with.
fn copied() -> (TempDir, PathBuf) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("2026-Q3");
    copy(&REPORTS.path().join("2026-Q3"), &folder);
    (home, folder)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).unwrap() }
    }
}

/// The reports of the communes with an ending, charts aside, in order.
fn reports(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut reports: Vec<PathBuf> = fs::read_dir(folder.join("an-giang"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| text(path).ends_with(ending) && text(path).contains("/00"))
        .collect();
    reports.sort();
    reports
}

/// Changes a file, and what the manifest says of it, as a forger would who can write both.
fn replace_with_record(folder: &Path, path: &Path, bytes: &[u8]) {
    let manifest = folder.join("manifest.json");
    let mut record: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let output = &mut record["reports"][text(path.strip_prefix(folder).unwrap())];
    assert!(output.is_object());
    output["sha256"] = hash(bytes).into();
    output["bytes"] = bytes.len().into();
    fs::write(manifest, serde_json::to_vec(&record).unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_folder_as_it_was_made_is_one_line_and_needs_no_sheets() {
    let folder = REPORTS.path().join("2026-Q3");
    let count = serde_json::from_slice::<serde_json::Value>(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
        ["reports"]
        .as_object()
        .unwrap()
        .len();
    let line = format!("valid: {}: {count} reports, 4 PDFs made again byte for byte\n", folder.display());
    let said = run(&["verify", text(&folder)]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, line.as_str(), ""));
    let outer = run(&["verify", text(REPORTS.path())]);
    assert_eq!((outer.code, outer.out), (0, line), "whoever names the folder of quarters means each of them");
}

#[test]
fn every_way_of_tampering_has_its_finding() {
    let (_home, folder) = copied();
    let (pdfs, markdowns, charts) = (reports(&folder, ".pdf"), reports(&folder, ".md"), reports(&folder, ".svg"));
    assert_eq!((pdfs.len(), markdowns.len()), (3, 3));
    // The first PDF is another one's, which is honest by itself; the manifest was changed to match.
    replace_with_record(&folder, &pdfs[0], &fs::read(&pdfs[1]).unwrap());
    // The second Markdown is changed, in the manifest too.
    let changed = fs::read_to_string(&markdowns[1]).unwrap().replacen("# ", "# New ", 1);
    replace_with_record(&folder, &markdowns[1], changed.as_bytes());
    // A chart is changed; the third Markdown is gone; a file was added.
    fs::write(&charts[0], "<svg/>").unwrap();
    fs::remove_file(&markdowns[2]).unwrap();
    fs::write(folder.join("an-giang/99999-xa-moi.en.pdf"), "%PDF-").unwrap();
    fs::write(folder.join(".hidden"), "").unwrap();
    let said = run(&["verify", text(&folder)]);
    assert_eq!(said.code, 1);
    let lines: Vec<&str> = said.out.lines().collect();
    let line = |path: &Path, codes: &str| {
        let line = format!("invalid: {}: {codes}", path.display());
        assert!(lines.contains(&line.as_str()), "{line} is not in {lines:#?}");
    };
    line(&pdfs[0], "misplaced-report");
    line(&markdowns[1], "other-markdown");
    line(&charts[0], "altered-report");
    line(&markdowns[2], "missing-report");
    assert!(said.err.contains("warning[unrecorded-file]") && said.err.contains("99999-xa-moi.en.pdf"), "{}", said.err);
    assert!(!said.err.contains(".hidden") && !said.err.contains(".brief"), "{}", said.err);
    let last = lines.last().unwrap();
    assert!(last.starts_with(&format!("invalid: {}: 5 of ", folder.display())), "{last}");
    // The Markdown that lies beside the PDF that is another's is not its either.
    line(&markdowns[0], "other-markdown");
    assert_eq!(lines.len(), 6, "what is as it should be is not told: {lines:#?}");
}

#[test]
fn a_folder_without_a_manifest_is_the_pdfs_in_it() {
    let (_home, folder) = copied();
    fs::write(folder.join("manifest.json"), "{").unwrap();
    let broken = run(&["verify", "--json", text(&folder)]);
    let document: serde_json::Value = serde_json::from_str(&broken.out).unwrap();
    let verdict = &document["folders"][0];
    assert_eq!((broken.code, &verdict["valid"], &verdict["record"]), (1, &false.into(), &"none".into()));
    assert_eq!(verdict["diagnostics"][0]["code"], "unreadable-manifest");
    assert_eq!((verdict["files"].as_array().unwrap().len(), &verdict["reproduced"]), (4, &4.into()));
    fs::remove_file(folder.join("manifest.json")).unwrap();
    let comparison = folder.join("an-giang/comparison.en.pdf");
    fs::remove_file(comparison).unwrap();
    let said = run(&["verify", text(&folder)]);
    let line = format!("unproved: {}: 0 of 3 PDFs made again byte for byte, without a manifest\n", folder.display());
    assert_eq!((said.code, said.out.as_str()), (1, line.as_str()), "the sheets were in the comparison");
    assert!(said.err.contains("warning[absent-peers]") && said.err.contains("3 PDFs were compared"), "{}", said.err);
    let said = run(&["verify", text(&folder), "--sheets", text(SHEETS.path())]);
    let line = format!("valid: {}: 3 PDFs made again byte for byte, without a manifest\n", folder.display());
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, line.as_str(), ""));
    let empty = TempDir::new().unwrap();
    let said = run(&["verify", text(empty.path())]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("there is neither a manifest nor a PDF in it"), "{}", said.err);
}

#[test]
fn parts_that_were_not_merged_prove_no_whole() {
    let out = TempDir::new().unwrap();
    let arguments = ["--all", "--quarter", "2026-Q3", "--lang", "en", "--format", "md", "--shard", "1/2", "--sheets"];
    run(&[&arguments[..], &[text(SHEETS.path()), "--out", text(out.path())]].concat());
    let folder = out.path().join("2026-Q3");
    let said = run(&["verify", text(&folder)]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.starts_with("unproved: ") && said.out.contains("held against parts of a batch only"),
        "{}",
        said.out
    );
    assert!(said.err.contains("warning[incomplete-parts]") && said.err.contains("(1/2)"), "{}", said.err);
}
