//! The parts of a batch, merged, are the whole: the same files, the same bytes. What is missing or differs is named, and nothing is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

#[path = "../examples/synthetic/generator/mod.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod generator;

use brief::catalog::Catalog;
use generator::{Level, Plan, Size};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use tempfile::TempDir;

const QUARTER: &str = "2026-Q3";
/// 1 October 2026.
const TODAY: &str = "1790812800";

/// The shipped sheets, one of them broken, and a dozen communes of two provinces, one of them broken.
static SHEETS: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let catalog = Catalog::builtin().unwrap();
    let plan = Plan { level: Level::Commune, sheets: 12, size: Size { facts: 6, relations: 2 }, seed: 3, faulty: 0 };
    for (mut unit, number) in plan.units(&catalog).unwrap().into_iter().zip(0..) {
        if number >= 7 {
            "ca-mau".clone_into(&mut unit.province);
        }
        let made = plan.make(&unit, number, &catalog).unwrap();
        let text = if number == 2 { made.text + "\nnonsense: 1\n" } else { made.text };
        fs::write(folder.path().join(made.file), text).unwrap();
    }
    for name in ["lang-son", "long-an", "nghe-an", "tien-giang"] {
        let text = fs::read_to_string(format!("{}/fixtures/{name}.yaml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let text = if name == "lang-son" { text + "\nnonsense: 1\n" } else { text };
        fs::write(folder.path().join(format!("{name}.yaml")), text).unwrap();
    }
    folder
});

/// The quarter's folder of a whole run, in Markdown and English, which is the quickest.
static WHOLE: LazyLock<TempDir> = LazyLock::new(|| {
    let out = TempDir::new().unwrap();
    assert_eq!(part(None, out.path()).wait().unwrap().code(), Some(1), "two are withheld");
    out
});

fn brief(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    command.args(arguments).env("SOURCE_DATE_EPOCH", TODAY).env_remove("CI");
    command
}

fn part(shard: Option<(usize, usize)>, out: &Path) -> Child {
    let mut command = brief(&["--all", "--quarter", QUARTER, "--format", "md", "--lang", "en", "--quiet", "--sheets"]);
    command.arg(SHEETS.path()).arg("--out").arg(out).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some((index, count)) = shard {
        command.args(["--shard", &format!("{index}/{count}")]);
    }
    command.spawn().unwrap()
}

/// Runs parts of a batch, all at once; two are withheld, each by the part that it belongs to.
fn run(parts: impl Iterator<Item = (usize, usize, PathBuf)>) {
    let children: Vec<Child> = parts.map(|(index, count, out)| part(Some((index, count)), &out)).collect();
    for mut child in children {
        assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)));
    }
}

fn merge(folders: &[PathBuf], out: Option<&Path>) -> Output {
    let mut command = brief(&["merge"]);
    command.args(folders);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    command.output().unwrap()
}

/// Every file below a folder, by its path in it; neither locks nor states, nor manifests of parts.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(within) = left.pop() {
        for entry in fs::read_dir(within).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                left.push(path);
            } else if !name.starts_with('.') && !name.starts_with("manifest-") {
                files.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn quarter(out: &Path) -> PathBuf {
    out.join(QUARTER)
}

#[track_caller]
fn is_the_whole(folder: &Path) {
    let (merged, whole) = (files(folder), files(&quarter(WHOLE.path())));
    assert_eq!(merged.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert!(merged[name] == *bytes, "{name} differs:\n{}", String::from_utf8_lossy(&merged[name]));
    }
}

#[track_caller]
fn is_done(merged: &Output, said: &str) {
    let stderr = String::from_utf8_lossy(&merged.stderr);
    assert_eq!(merged.status.code(), Some(0), "{stderr}");
    assert!(stderr.contains(said), "{stderr}");
}

/// The merge is refused with this exit status; stderr says each of these.
#[track_caller]
fn is_refused(merged: &Output, code: i32, said: &[&str]) {
    let stderr = String::from_utf8_lossy(&merged.stderr);
    for part in said {
        assert!(stderr.contains(part), "stderr does not say {part:?}:\n{stderr}");
    }
    assert_eq!(merged.status.code(), Some(code), "{stderr}");
    assert!(merged.stdout.is_empty());
}

#[test]
fn parts_that_run_at_once_in_one_folder_are_the_whole() {
    let whole = files(&quarter(WHOLE.path()));
    assert!(whole.contains_key("manifest.json") && whole.contains_key("ca-mau/comparison.en.md"));
    assert!(!whole.contains_key("lang-son.en.md"), "it is withheld");
    let manifest = String::from_utf8(whole["manifest.json"].clone()).unwrap();
    assert!(manifest.contains("\"withheld\": [\n    \"an-giang/") && manifest.contains("\n    \"lang-son\"\n"));
    for count in 1..=7 {
        let out = TempDir::new().unwrap();
        run((1..=count).map(|index| (index, count, out.path().to_owned())));
        let folder = quarter(out.path());
        is_done(&merge(std::slice::from_ref(&folder), None), &format!("of {count} part"));
        is_the_whole(&folder);
    }
}

#[test]
fn parts_in_folders_of_their_own_are_the_whole_and_a_second_merge_changes_nothing() {
    for count in [2, 5] {
        let out = TempDir::new().unwrap();
        let own = |index: usize| out.path().join(format!("p{index}"));
        run((1..=count).rev().map(|index| (index, count, own(index))));
        // In any order, and one of them twice.
        let mut folders: Vec<PathBuf> = (1..=count).rev().map(|index| quarter(&own(index))).collect();
        folders.push(quarter(&own(1)).join("../").join(QUARTER));
        let merged = out.path().join("merged").join(QUARTER);
        is_done(&merge(&folders, Some(&merged)), " written: ");
        is_the_whole(&merged);
        is_done(&merge(&folders, Some(&merged)), " is as it was: ");
        is_the_whole(&merged);
        is_done(&merge(&folders, None), " written: ");
        is_the_whole(&folders[0]);
    }
}

#[test]
fn a_part_that_is_missing_is_named_with_the_command_that_makes_it() {
    let out = TempDir::new().unwrap();
    run([1, 4].into_iter().map(|index| (index, 4, out.path().to_owned())));
    let folder = quarter(out.path());
    let command =
        format!("run `brief --all --quarter 2026-Q3 --shard 2/4 --lang en --format md --out {}`", out.path().display());
    is_refused(&merge(std::slice::from_ref(&folder), None), 1, &["parts 2/4, 3/4 are missing", &command]);
    assert!(!folder.join("manifest.json").exists());
    let elsewhere = out.path().join("elsewhere");
    is_refused(&merge(&[folder], Some(&elsewhere)), 1, &["parts 2/4, 3/4 are missing", "nothing was written"]);
    assert!(!elsewhere.exists());
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let out = TempDir::new().unwrap();
    let own = |name: &str| out.path().join(name);
    run([(1, 2, own("a")), (2, 2, own("b")), (1, 2, own("c")), (1, 3, own("d"))].into_iter());
    let folder = |name: &str| quarter(&own(name));
    let [a, b, c, d] = ["a", "b", "c", "d"].map(folder);
    is_refused(&merge(&[a.clone(), b.clone(), c], None), 1, &["part 1/2 is there twice", "name only the folder"]);
    is_refused(&merge(&[a.clone(), b.clone(), d], None), 1, &["are of different divisions", "manifest-1-of-3.json"]);
    let manifest = b.join("manifest-2-of-2.json");
    let honest = fs::read_to_string(&manifest).unwrap();
    let folders = [a.clone(), b.clone()];
    let changed = |from: &str, to: &str| {
        assert!(honest.contains(from), "{from:?} is not in\n{honest}");
        fs::write(&manifest, honest.replacen(from, to, 1)).unwrap();
        merge(&folders, None)
    };
    is_refused(&changed("\"2026-Q3\"", "\"2026-Q2\""), 1, &["of different quarter: `2026-Q3` and `2026-Q2`"]);
    is_refused(&changed("\"briefing\"", "\"decree-30\""), 1, &["of different layout: `briefing` and `decree-30`"]);
    is_refused(&changed("\"2/2\"", "\"1/2\""), 2, &["it is of part 1/2, and is named as that of part 2/2"]);
    is_refused(
        &changed("\"schema\": 2", "\"schema\": 99"),
        2,
        &["manifest-2-of-2.json cannot be used: it is of form 99"],
    );
    is_refused(&changed("{", ""), 2, &["manifest-2-of-2.json cannot be used"]);
    let said = ["part 1/2 and part 2/2 differ in the sheet `an-giang-", "they ran over different sheets"];
    is_refused(&changed("\"sha256\": \"", "\"sha256\": \"0"), 1, &said);
    let said = ["part 2/2 does not know the sheet `tien-giang.yaml`, which part 1/2 has", "it was stopped"];
    is_refused(&changed("\"tien-giang.yaml\"", "\"tien-giangs.yaml\""), 1, &said);
    assert!(!a.join("manifest.json").exists() && !b.join("manifest.json").exists());
    fs::write(&manifest, &honest).unwrap();
    is_done(&merge(&folders, None), "of 2 parts");
}

#[test]
fn a_report_that_is_missing_or_was_changed_is_named_and_nothing_is_copied() {
    let out = TempDir::new().unwrap();
    let folders = [1, 2].map(|index| quarter(&out.path().join(format!("p{index}"))));
    run([1, 2].into_iter().map(|index| (index, 2, out.path().join(format!("p{index}")))));
    let holder = folders.iter().find(|folder| folder.join("nghe-an.en.md").exists()).unwrap();
    let report = holder.join("nghe-an.en.md");
    let honest = fs::read(&report).unwrap();
    let merged = out.path().join("merged");
    let mut changed = honest.clone();
    changed[100] ^= 1;
    for wrong in [changed, honest[..200].to_vec()] {
        fs::write(&report, wrong).unwrap();
        let said = ["nghe-an.en.md, of part ", "it was changed after it was made", "run `brief --all"];
        is_refused(&merge(&folders, Some(&merged)), 1, &said);
    }
    fs::remove_file(&report).unwrap();
    is_refused(&merge(&folders, Some(&merged)), 1, &["nghe-an.en.md, of part ", "it is not there"]);
    std::os::unix::fs::symlink("/etc/hostname", &report).unwrap();
    is_refused(&merge(&folders, Some(&merged)), 1, &["nghe-an.en.md, of part "]);
    assert!(!merged.exists());
    fs::remove_file(&report).unwrap();
    fs::write(&report, honest).unwrap();
    is_done(&merge(&folders, Some(&merged)), " copied");
    is_the_whole(&merged);
}

#[test]
fn a_merge_keeps_out_of_the_way_of_a_run_and_of_another_quarter() {
    let out = TempDir::new().unwrap();
    run([(1, 1, out.path().to_owned())].into_iter());
    let folder = quarter(out.path());
    let lock = fs::File::open(folder.join(".brief.lock")).unwrap();
    lock.try_lock_shared().unwrap();
    is_refused(&merge(std::slice::from_ref(&folder), None), 3, &["another run is writing into"]);
    drop(lock);
    let other = out.path().join("2026-Q2");
    fs::create_dir(&other).unwrap();
    let manifest = fs::read_to_string(quarter(WHOLE.path()).join("manifest.json")).unwrap();
    fs::write(other.join("manifest.json"), manifest.replacen("2026-Q3", "2026-Q2", 1)).unwrap();
    is_refused(&merge(&[folder], Some(&other)), 2, &["is of the quarter 2026-Q2, and the parts are of 2026-Q3"]);
}

#[test]
fn where_there_are_no_parts_it_is_said_how_they_are_made() {
    let said = ["there is no manifest of a part in", "`brief --all --shard 1/4`"];
    is_refused(&merge(&[quarter(WHOLE.path())], None), 2, &said);
    is_refused(&merge(&[PathBuf::from("nowhere")], None), 2, &["cannot read nowhere"]);
    assert!(!Path::new("nowhere").exists());
}
