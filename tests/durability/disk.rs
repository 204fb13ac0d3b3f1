//! Disks that are full, folders that cannot be written, names that something else has.
//!
//! Small file systems are mounted in a name space of the test's own (`unshare`), where the system allows that.

use super::scene::{Edition, Files, REPORTS, Scene, files_in, read, skipped};
use super::world::{Run, TODAY};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// The user that owns nothing.
pub(crate) const NOBODY: u32 = 65534;

/// Runs a script in a name space of its own, with the program in `$BRIEF`; nothing if the system does not allow that.
fn mounting(scene: &Scene, script: &str) -> Option<()> {
    let run = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-euc", script]).current_dir(scene.world.path(""));
        command.env("BRIEF", env!("CARGO_BIN_EXE_brief")).env("SOURCE_DATE_EPOCH", TODAY).output()
    };
    fs::create_dir_all(scene.world.path("reports")).unwrap();
    let probe = run("mount -t tmpfs -o size=64k none reports && mount --bind fixtures fixtures");
    if !probe.as_ref().is_ok_and(|output| output.status.success()) {
        skipped("file systems cannot be mounted here (unshare --user --mount): no full or read-only disk is tried");
        return None;
    }
    let output = run(script).unwrap();
    assert!(output.status.success(), "{}\n{}", script, String::from_utf8_lossy(&output.stderr));
    Some(())
}

/// How a run of a script ended, from the files that the script wrote.
fn run_of(scene: &Scene, name: &str) -> Run {
    let part = |part: &str| scene.world.read(&format!("{name}.{part}"));
    let run = Run { code: part("code").trim().parse().unwrap(), out: part("out"), err: part("err") };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// A line of a script: a run of an edition whose end is kept under a name.
fn script_run(edition: Edition, name: &str) -> String {
    let arguments = Scene::arguments(edition).join(" ");
    format!("code=0; \"$BRIEF\" {arguments} >{name}.out 2>{name}.err || code=$?; echo $code >{name}.code\n")
}

#[test]
fn a_full_disk_leaves_every_report_whole_and_the_next_run_with_room_makes_the_rest() {
    let scene = Scene::of_long_reports();
    let (second, first) = (scene.make(Edition::Second), scene.make(Edition::First));
    let script = format!(
        "mount -t tmpfs -o size=1m none reports
        {start}
        dd if=/dev/zero of=reports/filler bs=1k 2>/dev/null || true
        {full}cp -r reports after-full
        truncate -s -56k reports/filler
        {short}cp -r reports after-short
        rm reports/filler
        {room}cp -r reports after-room",
        start = script_run(Edition::First, "start"),
        full = script_run(Edition::Second, "full"),
        short = script_run(Edition::Second, "short"),
        room = script_run(Edition::Second, "room"),
    );
    if mounting(&scene, &script).is_none() {
        return;
    }
    run_of(&scene, "start").is_silent();

    let full = run_of(&scene, "full");
    full.refuses(3, &["cannot write reports/2026-Q3/nghe-an.vi.md: No space left on device", "make room"]);
    assert_eq!(full.out, "", "nothing was written");
    assert!(files_in(&scene.world, "after-full/2026-Q3") == first, "all is as it was, and nothing half written");

    let short = run_of(&scene, "short");
    short.refuses(3, &["No space left on device"]);
    let found = files_in(&scene.world, "after-short/2026-Q3");
    assert!(found.keys().eq(first.keys()), "nothing half written is left: {:?}", found.keys());
    let written = is_whole(&found, &first, &second);
    assert!((1..8).contains(&written), "{written} reports found room: some should, and not all");
    assert_eq!(short.lines().len(), written, "those that were written are told, and no other:\n{}", short.out);
    let failures = short.err.lines().filter(|line| line.contains("No space left")).count();
    assert_eq!(failures, 8 - written, "{}", short.err);

    run_of(&scene, "room").is_silent();
    assert!(files_in(&scene.world, "after-room/2026-Q3") == second);
}

/// Sees to it that each report is the first or the second, and counts the second; the manifest aside.
fn is_whole(found: &Files, first: &Files, second: &Files) -> usize {
    let mut written = 0;
    for (name, bytes) in found.iter().filter(|(name, _)| *name != "manifest.json") {
        assert!(*bytes == first[name] || *bytes == second[name], "{name} is not whole");
        written += usize::from(*bytes == second[name]);
    }
    written
}

#[test]
fn a_file_that_may_not_grow_leaves_the_old_one() {
    let scene = Scene::of_long_reports();
    let second = scene.make(Edition::Second);
    let first = scene.make(Edition::First);
    // The limit is in blocks of 512 bytes in some shells and of 1024 in others: below every report, above the manifest.
    let script = format!("trap '' XFSZ; ulimit -f 16; exec \"$0\" {}", Scene::arguments(Edition::Second).join(" "));
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_brief")]).current_dir(scene.world.path(""));
    let run = read(command.env("SOURCE_DATE_EPOCH", TODAY).output().unwrap());
    run.refuses(3, &["cannot write reports/2026-Q3/comparison.en.md: File too large"]);
    // The manifest, which is small enough, says which reports are those of before.
    let (mut after, mut before) = (scene.reports(), first);
    let (manifest, _) = (after.remove("manifest.json").unwrap(), before.remove("manifest.json"));
    assert!(after == before);
    assert!(String::from_utf8(manifest).unwrap().contains("\"kept\": \"failed\""));
    assert!(scene.make(Edition::Second) == second);
}

#[test]
fn a_read_only_file_system_is_told_and_nothing_is_changed() {
    let scene = Scene::new();
    let first = scene.make(Edition::First);
    let script = format!(
        "mount --bind reports reports && mount -o remount,bind,ro reports
        {}",
        script_run(Edition::Second, "run")
    );
    if mounting(&scene, &script).is_none() {
        return;
    }
    let run = run_of(&scene, "run");
    run.refuses(3, &["cannot write reports/2026-Q3/", "Read-only file system", "`--out DIR`"]);
    assert_eq!(run.out, "");
    assert!(scene.reports() == first);
}

/// The program, run by a user who owns nothing; nothing if that cannot be done here.
pub(crate) fn as_nobody(scene: &Scene, arguments: &[&str]) -> Option<Command> {
    fs::set_permissions(scene.world.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let nobody = |arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", &NOBODY.to_string(), "--regid", &NOBODY.to_string(), "--clear-groups"]);
        command.arg(env!("CARGO_BIN_EXE_brief")).args(arguments).current_dir(scene.world.path(""));
        command.env("SOURCE_DATE_EPOCH", TODAY);
        command
    };
    if !nobody(&["--version"]).output().is_ok_and(|output| output.status.success()) {
        skipped("the program cannot be run as another user here (setpriv): modes of folders are not tried");
        return None;
    }
    Some(nobody(arguments))
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_nothing_is_changed() {
    let scene = Scene::new();
    let first = scene.make(Edition::First);
    let Some(mut command) = as_nobody(&scene, &Scene::arguments(Edition::Second)) else { return };
    let run = read(command.output().unwrap());
    run.refuses(3, &["cannot write reports/2026-Q3/", "Permission denied", "`--out DIR`"]);
    assert_eq!(run.out, "");
    assert!(scene.reports() == first);
}

#[test]
fn what_has_the_name_of_a_report_and_is_no_file_is_told_and_the_others_are_made() {
    let scene = Scene::new();
    let second = scene.make(Edition::Second);
    scene.make(Edition::First);
    let taken =
        ["lang-son.en.md", "long-an.vi.md", "nghe-an.en.md"].map(|name| scene.world.path(&format!("{REPORTS}/{name}")));
    for path in &taken {
        fs::remove_file(path).unwrap();
    }
    fs::create_dir(&taken[0]).unwrap();
    assert!(Command::new("mkfifo").arg(&taken[1]).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(&taken[2]).unwrap();
    let run = scene.world.brief(&Scene::arguments(Edition::Second));
    run.refuses(
        3,
        &[
            "cannot write reports/2026-Q3/lang-son.en.md: a folder is in its place",
            "cannot write reports/2026-Q3/long-an.vi.md: a FIFO is in its place",
            "cannot write reports/2026-Q3/nghe-an.en.md: a socket is in its place",
            "move it away",
        ],
    );
    assert_eq!(run.lines().len(), 5, "{}", run.out);
    for path in run.lines() {
        assert!(scene.world.read(path).as_bytes() == second[path.rsplit('/').next().unwrap()], "{path}");
    }
    assert!(taken[0].is_dir() && taken[1].exists(), "what is in the way stays");
}

#[test]
fn what_has_the_name_of_a_lock_or_a_record_and_is_no_file_is_told() {
    for name in [".brief.lock", "manifest.json"] {
        let scene = Scene::new();
        fs::create_dir_all(scene.world.path(REPORTS)).unwrap();
        let path = scene.world.path(&format!("{REPORTS}/{name}"));
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let run = scene.world.brief(&Scene::arguments(Edition::First));
        run.refuses(3, &[&format!("cannot write reports/2026-Q3/{name}: a FIFO is in its place")]);
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let run = scene.world.brief(&Scene::arguments(Edition::First));
        run.refuses(3, &[&format!("cannot write reports/2026-Q3/{name}: a folder is in its place")]);
    }
    let scene = Scene::new();
    scene.world.write(REPORTS, "a file");
    let run = scene.world.brief(&Scene::arguments(Edition::First));
    run.refuses(3, &["cannot write reports/2026-Q3: a file is in its place"]);
}

#[test]
fn results_that_find_no_room_are_told_and_the_reports_are_there() {
    let scene = Scene::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    command.args(Scene::arguments(Edition::First)).current_dir(scene.world.path("")).env("SOURCE_DATE_EPOCH", TODAY);
    let run = read(command.stdout(full).output().unwrap());
    run.refuses(3, &["cannot write the results to standard output: No space left on device"]);
    assert!(scene.reports() == Scene::new().make(Edition::First));
}

#[test]
fn the_mask_of_the_caller_says_who_may_read_the_reports() {
    let scene = Scene::new();
    let script = format!("umask 027; exec \"$0\" {}", Scene::arguments(Edition::First).join(" "));
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_brief")]).current_dir(scene.world.path(""));
    read(command.env("SOURCE_DATE_EPOCH", TODAY).output().unwrap()).is_silent();
    let mode = |name: &str| fs::metadata(scene.world.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&format!("{REPORTS}/nghe-an.en.md")), 0o640);
    assert_eq!(mode(REPORTS), 0o750);
}
