//! What `deploy/` hands to schedulers: its commands run, and say the same everywhere; the judgement of systemd itself, where it is
//! installed.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const HOME: &str = env!("CARGO_MANIFEST_DIR");
const PROGRAM: &str = env!("CARGO_BIN_EXE_brief");
/// 5 October 2026, the day of the timer.
const TODAY: &str = "1791158400";

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(HOME).join("deploy").join(name)).unwrap()
}

fn manifest(name: &str) -> Value {
    serde_saphyr::from_str(&text(&format!("kubernetes/{name}.yaml"))).unwrap()
}

/// The values of a setting of a unit, in their order.
fn settings<'a>(unit: &'a str, name: &str) -> Vec<&'a str> {
    unit.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('=')).collect()
}

/// The arguments of the container of a Job, or of the Job that a `CronJob` makes.
fn arguments(job: &Value) -> Vec<String> {
    let arguments = container(job)["args"].as_array().unwrap();
    arguments.iter().map(|argument| argument.as_str().unwrap().to_owned()).collect()
}

fn pod(job: &Value) -> &Value {
    let spec = if job["kind"] == "CronJob" { &job["spec"]["jobTemplate"]["spec"] } else { &job["spec"] };
    &spec["template"]["spec"]
}

fn container(job: &Value) -> &Value {
    &pod(job)["containers"][0]
}

/// Runs the arguments of a scheduler with the shipped sheets, in Markdown and English, which is the quickest.
fn run(arguments: &[String], out: &Path, variables: &[(&str, &str)]) -> Output {
    let place = |argument: &String| match argument.as_str() {
        "/sheets" | "/etc/brief/sheets" => Path::new(HOME).join("fixtures"),
        "/reports" | "/var/lib/brief/reports" => out.to_owned(),
        other => PathBuf::from(other),
    };
    let mut command = Command::new(PROGRAM);
    command.args(arguments.iter().map(place)).args(["--format", "md", "--lang", "en"]);
    for variable in ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID"] {
        command.env_remove(variable);
    }
    command.env("SOURCE_DATE_EPOCH", TODAY).envs(variables.iter().copied()).current_dir(out).output().unwrap()
}

fn assert_done(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The reports of the third quarter of 2026, by name.
fn reports(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(out.join("2026-Q3")).unwrap().map(|entry| entry.unwrap().path());
    let reports = files.filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "svg"));
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    reports.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

#[test]
fn every_scheduler_makes_the_same_reports() {
    let unit = text("systemd/brief.service");
    let command = settings(&unit, "ExecStart")[0];
    let whole = TempDir::new().unwrap();
    let words: Vec<String> = command.split(' ').skip(1).map(str::to_owned).collect();
    assert_done(&run(&words, whole.path(), &[]));
    assert!(reports(whole.path()).contains_key("comparison.en.md"));

    let quarterly = TempDir::new().unwrap();
    assert_done(&run(&arguments(&manifest("cronjob")), quarterly.path(), &[]));
    assert!(reports(quarterly.path()) == reports(whole.path()), "the CronJob and the unit differ");

    let parts = TempDir::new().unwrap();
    let job = manifest("shards");
    let completions = job["spec"]["completions"].as_u64().unwrap();
    for index in 0..completions {
        assert_done(&run(&arguments(&job), parts.path(), &[("JOB_COMPLETION_INDEX", &index.to_string())]));
    }
    assert!(reports(parts.path()) == reports(whole.path()), "the parts and the unit differ");
    let beyond = run(&arguments(&job), parts.path(), &[("JOB_COMPLETION_INDEX", &completions.to_string())]);
    assert_eq!(beyond.status.code(), Some(2), "there are as many parts as completions");
}

#[test]
fn every_exit_code_is_dealt_with() {
    let unit = text("systemd/brief.service");
    assert_eq!(settings(&unit, "RestartPreventExitStatus"), ["1 2"], "another try changes nothing about 1 and 2");
    assert!(settings(&unit, "SuccessExitStatus").is_empty(), "a briefing that is withheld must not go unseen");
    assert_eq!(settings(&unit, "OnFailure"), ["brief-failed@%n.service"]);

    let shards = manifest("shards");
    let cronjob = manifest("cronjob");
    assert_eq!(rules(&shards["spec"]), [json!(["FailIndex", [1]]), json!(["FailJob", [2]])]);
    for spec in [&cronjob["spec"]["jobTemplate"]["spec"], &manifest("merge")["spec"]] {
        assert_eq!(rules(spec), [json!(["FailJob", [1, 2]])]);
    }
    assert!(shards["spec"]["backoffLimitPerIndex"].as_u64().unwrap() > 0, "3 is tried again");
    assert!(cronjob["spec"]["jobTemplate"]["spec"]["backoffLimit"].as_u64().unwrap() > 0, "3 is tried again");
}

/// What follows from which exit codes; a node that is drained does not count.
fn rules(spec: &Value) -> Vec<Value> {
    let rules = spec["podFailurePolicy"]["rules"].as_array().unwrap();
    assert_eq!(rules[0]["action"], "Ignore");
    assert_eq!(rules[0]["onPodConditions"][0]["type"], "DisruptionTarget");
    let rule = |rule: &Value| {
        let codes = &rule["onExitCodes"];
        assert_eq!((&codes["operator"], &codes["containerName"]), (&json!("In"), &json!("brief")));
        json!([rule["action"], codes["values"]])
    };
    rules[1..].iter().map(rule).collect()
}

#[test]
fn pods_have_no_more_rights_than_they_need() {
    for name in ["shards", "merge", "cronjob"] {
        let job = manifest(name);
        let (pod, container) = (pod(&job), container(&job));
        assert_eq!(pod["containers"].as_array().unwrap().len(), 1, "{name}");
        // A failure policy by exit codes needs pods that are not started again in place.
        assert_eq!(pod["restartPolicy"], "Never", "{name}");
        assert_eq!(pod["automountServiceAccountToken"], false, "{name}");
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true, "{name}");
        assert_eq!(pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault", "{name}");
        let expected = json!({
            "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": {"drop": ["ALL"]},
        });
        assert_eq!(container["securityContext"], expected, "{name}");
        for resource in ["cpu", "memory"] {
            assert!(container["resources"]["limits"][resource].is_string(), "{name}: {resource}");
        }
        for mount in container["volumeMounts"].as_array().unwrap() {
            assert!(mount["name"] == "reports" || mount["readOnly"] == true, "{name}: {mount}");
        }
        // The policy of network.yaml chooses them by this label.
        let template = if name == "cronjob" { &job["spec"]["jobTemplate"]["spec"] } else { &job["spec"] };
        assert_eq!(template["template"]["metadata"]["labels"]["app.kubernetes.io/name"], "brief", "{name}");
    }
}

#[test]
fn both_timers_fire_on_the_same_days() {
    let timer = text("systemd/brief.timer");
    assert_eq!(settings(&timer, "OnCalendar"), ["*-01,04,07,10-05 06:00 Asia/Ho_Chi_Minh"]);
    assert_eq!(settings(&timer, "Persistent"), ["true"]);
    let cronjob = manifest("cronjob");
    assert_eq!(cronjob["spec"]["schedule"], "0 6 5 1,4,7,10 *");
    assert_eq!(cronjob["spec"]["timeZone"], "Asia/Ho_Chi_Minh");
    assert_eq!(cronjob["spec"]["concurrencyPolicy"], "Forbid");
}

/// `systemd-analyze`; `None`, with a word on the terminal even where a test's output is caught, if it is not installed.
fn systemd_analyze(arguments: &[&str], units: &[PathBuf]) -> Option<(bool, String)> {
    match Command::new("systemd-analyze").args(arguments).args(units).env("TZ", "UTC").output() {
        Ok(output) => {
            let told = [output.stdout, output.stderr].concat();
            Some((output.status.success(), String::from_utf8(told).unwrap()))
        }
        Err(error) => {
            let skipped = format!("SKIPPED: `systemd-analyze` cannot be run ({error}): its judgement is missing\n");
            std::io::stderr().write_all(skipped.as_bytes()).unwrap();
            None
        }
    }
}

/// The units as they are, but for the place of the program, which has to exist.
fn units(folder: &Path) -> Vec<PathBuf> {
    let unit = |name: &str| {
        let path = folder.join(name);
        fs::write(&path, text(&format!("systemd/{name}")).replace("/usr/local/bin/brief", PROGRAM)).unwrap();
        path
    };
    ["brief.service", "brief.timer", "brief-failed@.service"].map(unit).to_vec()
}

#[test]
fn systemd_finds_no_fault_with_the_units() {
    let folder = TempDir::new().unwrap();
    let units = units(folder.path());
    // It warns of a setting that it does not know, and calls that a success.
    let Some((is_fine, told)) = systemd_analyze(&["verify", "--man=no"], &units) else { return };
    assert!(is_fine && told.is_empty(), "{told}");
    // In tenths: from 0, nothing can be done to the machine, to 100.
    let (is_safe, told) = systemd_analyze(&["security", "--offline=true", "--threshold=5"], &units[..1]).unwrap();
    assert!(is_safe, "{told}");
}

#[test]
fn the_page_shows_when_the_timer_fires() {
    let timer = text("systemd/brief.timer");
    let calendar = settings(&timer, "OnCalendar")[0];
    let arguments = ["calendar", "--base-time=2026-10-01", "--iterations=4", calendar];
    let Some((is_fine, told)) = systemd_analyze(&arguments, &[]) else { return };
    assert!(is_fine, "{told}");
    let shown = text("README.md");
    // How far off that is depends on today, and the words before it on the version of systemd.
    let moments: Vec<&str> = told.lines().filter_map(|line| line.split_once(": ")?.1.strip_suffix(" UTC")).collect();
    assert_eq!(moments.len(), 4, "{told}");
    for moment in moments {
        assert!(shown.contains(moment), "deploy/README.md does not show `{moment}`");
    }
}
