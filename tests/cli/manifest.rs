//! `manifest.json`: what the reports of a quarter were made from, and what they are.

use crate::world::World;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

fn manifest(world: &World) -> Value {
    serde_json::from_slice(&world.files("reports")["2026-Q3/manifest.json"]).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn it_records_every_sheet_and_every_report_with_its_hash() {
    let world = World::new();
    world.all(&[]).is_silent();
    let files = world.files("reports");
    let manifest = manifest(&world);
    for (path, bytes) in files.iter().filter(|(path, _)| !path.ends_with("manifest.json")) {
        let name = path.rsplit('/').next().unwrap();
        assert_eq!(manifest["reports"][name]["sha256"], sha256(bytes), "{name}");
        assert_eq!(manifest["reports"][name]["bytes"], bytes.len(), "{name}");
    }
    assert_eq!(manifest["reports"].as_object().unwrap().len(), files.len() - 1);
    let sheets = manifest["sheets"].as_object().unwrap();
    assert_eq!(sheets.len(), 4);
    assert!(sheets.values().all(|sheet| sheet["verdict"] == "valid"));
}

#[test]
fn a_run_of_one_province_keeps_the_record_of_the_others() {
    let world = World::new();
    world.all(&[]).is_silent();
    let before = manifest(&world);
    world.brief(&["-p", "Nghe An", "--format", "md"]).is_silent();
    assert_eq!(manifest(&world), before);
}

#[test]
fn a_sheet_with_errors_is_recorded_as_invalid() {
    let world = World::new();
    world.change("fixtures/nghe-an.yaml", "128.54% of the plan", "unknown");
    world.all(&[]);
    assert_eq!(manifest(&world)["sheets"]["nghe-an.yaml"]["verdict"], "invalid");
    assert_eq!(manifest(&world)["sheets"]["long-an.yaml"]["verdict"], "valid");
}
