//! Reports in folders of provinces, links in their way, and what is on the disk when.

use super::*;
use std::os::unix::fs::symlink;
use tempfile::TempDir;

const QUARTER: &str = "2026-Q3";
const REMAINS: &str = ".tmp";
const STATE: &str = ".brief-state.json";

fn name(text: &str) -> FileName {
    text.parse().unwrap()
}

fn files(names: &[&str], bytes: &str) -> Vec<(FileName, Vec<u8>)> {
    names.iter().map(|text| (name(text), bytes.as_bytes().to_vec())).collect()
}

/// A folder to write into, and one beside it where nobody shall write.
fn worlds() -> (TempDir, TempDir, Place) {
    let (inside, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(outside.path().join("kept"), "kept").unwrap();
    let place = Place::take(inside.path(), QUARTER, None).unwrap();
    (inside, outside, place)
}

fn is_kept(outside: &TempDir) {
    let names: Vec<_> = fs::read_dir(outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["kept"]);
    assert_eq!(fs::read_to_string(outside.path().join("kept")).unwrap(), "kept");
}

#[test]
fn the_reports_of_communes_lie_in_the_folder_of_their_province() {
    let (_inside, _, place) = worlds();
    let document = files(&["nghe-an/16681-vinh-hung.en.md", "nghe-an/16681-vinh-hung.en.pdf", "nghe-an.en.md"], "new");
    assert_eq!(place.write(&document).unwrap(), [true, true, true]);
    assert_eq!(place.write(&document).unwrap(), [false, false, false], "what is there already is left alone");
    let path = place.path_of(&name("nghe-an/16681-vinh-hung.en.md"));
    assert!(path.ends_with("2026-Q3/nghe-an/16681-vinh-hung.en.md"));
    assert_eq!(fs::read_to_string(path).unwrap(), "new");
    assert_eq!(place.read(&name("nghe-an.en.md")).unwrap().unwrap(), b"new");
    assert_eq!(place.stamp(&name("nghe-an/16681-vinh-hung.en.md")).unwrap().bytes, 3);
}

#[test]
fn what_is_not_there_is_not_made_by_being_asked_about() {
    let (inside, _, place) = worlds();
    assert_eq!(place.read(&name("hue/comparison.en.md")).unwrap(), None);
    assert_eq!(place.stamp(&name("hue/comparison.en.md")), None);
    assert_eq!(place.stamp(&name("hue.en.md")), None);
    assert!(!inside.path().join(QUARTER).join("hue").exists());
}

#[test]
fn the_folder_of_a_province_that_is_a_link_is_refused() {
    let (inside, outside, place) = worlds();
    symlink(outside.path(), inside.path().join(QUARTER).join("nghe-an")).unwrap();
    for refused in [
        place.write(&files(&["nghe-an/comparison.en.md"], "new")).map(drop),
        place.read(&name("nghe-an/kept")).map(drop),
    ] {
        assert!(matches!(refused, Err(BatchError::Link { path, .. }) if path.ends_with("2026-Q3/nghe-an")));
    }
    assert_eq!(place.stamp(&name("nghe-an/kept")), None);
    assert_eq!(place.write(&files(&["hue/comparison.en.md"], "new")).unwrap(), [true], "the others are made");
    is_kept(&outside);
}

#[test]
fn a_report_that_is_a_link_is_replaced_and_neither_read_nor_taken_for_unchanged() {
    let (inside, outside, place) = worlds();
    let link = inside.path().join(QUARTER).join("nghe-an.en.md");
    symlink(outside.path().join("kept"), &link).unwrap();
    assert!(matches!(place.read(&name("nghe-an.en.md")), Err(BatchError::Link { .. })));
    assert_eq!(place.stamp(&name("nghe-an.en.md")), None);
    assert_eq!(place.write(&files(&["nghe-an.en.md"], "kept")).unwrap(), [true]);
    assert!(link.symlink_metadata().unwrap().is_file());
    is_kept(&outside);
}

#[test]
fn a_record_that_is_a_link_is_neither_read_nor_written() {
    let (inside, outside, place) = worlds();
    for target in ["kept", "nothing-yet"] {
        let link = inside.path().join(QUARTER).join(STATE);
        symlink(outside.path().join(target), &link).unwrap();
        assert!(matches!(place.read_record(STATE), Err(BatchError::Link { .. })));
        assert!(matches!(record(&place, b"kept"), Err(BatchError::Link { .. })));
        is_kept(&outside);
        fs::remove_file(link).unwrap();
    }
    assert!(record(&place, b"{}").unwrap());
    assert!(!record(&place, b"{}").unwrap(), "it is left alone if it says the same");
    assert_eq!(place.read_record(STATE).unwrap().unwrap(), b"{}");
}

#[test]
fn a_document_of_which_one_file_cannot_be_made_is_left_as_it_was() {
    let (inside, _, place) = worlds();
    let document = ["hue.en.md", "hue.en.chart.svg", "hue.en.pdf"];
    place.write(&files(&document, "old")).unwrap();
    let in_the_way = inside.path().join(QUARTER).join("hue.en.pdf");
    fs::remove_file(&in_the_way).unwrap();
    fs::create_dir(&in_the_way).unwrap();
    let refused = place.write(&files(&document, "new"));
    assert!(matches!(refused, Err(BatchError::Occupied { kind: "a folder", .. })));
    for kept in ["hue.en.md", "hue.en.chart.svg"] {
        assert_eq!(place.read(&name(kept)).unwrap().unwrap(), b"old", "{kept}");
    }
    assert!(!has_remains(&inside.path().join(QUARTER)));
}

#[test]
fn the_remains_of_a_run_that_was_killed_are_cleared_in_every_folder_and_nothing_else_is() {
    let (inside, outside, place) = worlds();
    drop(place);
    let quarter = inside.path().join(QUARTER);
    fs::create_dir(quarter.join("nghe-an")).unwrap();
    for remains in [".brief-0.tmp", ".brief-1-of-4-7.tmp", "nghe-an/.brief-12.tmp"] {
        fs::write(quarter.join(remains), "half of a rep").unwrap();
    }
    for other in ["notes.tmp", ".brief-notes", "nghe-an/brief.tmp"] {
        fs::write(quarter.join(other), "mine").unwrap();
    }
    fs::write(outside.path().join(".brief-0.tmp"), "elsewhere").unwrap();
    symlink(outside.path(), quarter.join("link")).unwrap();
    let _place = Place::take(inside.path(), QUARTER, None).unwrap();
    assert!(!has_remains(&quarter) && !has_remains(&quarter.join("nghe-an")));
    for other in ["notes.tmp", ".brief-notes", "nghe-an/brief.tmp"] {
        assert!(quarter.join(other).exists(), "{other}");
    }
    assert!(has_remains(outside.path()), "what a link leads to is not ours to clear");
}

fn record(place: &Place, bytes: &[u8]) -> Result<bool, BatchError> {
    place.record(STATE, &|out| out.write_all(bytes))
}

fn has_remains(folder: &Path) -> bool {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.into_iter().any(|name| name.starts_with(".brief-") && name.ends_with(REMAINS))
}

#[test]
fn what_is_laid_out_is_in_its_place_once_it_is_on_the_disk_and_put_there() {
    let (inside, _, place) = worlds();
    let quarter = inside.path().join(QUARTER);
    place.write(&files(&["hue.en.md"], "old")).unwrap();
    let laid_out = place.lay_out(&files(&["hue.en.md", "nghe-an/comparison.en.md"], "new"), Sync::Together).unwrap();
    assert_eq!(place.read(&name("hue.en.md")).unwrap().unwrap(), b"old");
    assert!(has_remains(&quarter) && has_remains(&quarter.join("nghe-an")) && !laid_out.is_in_place());
    if place.sync_together([&laid_out]) {
        assert_eq!(laid_out.put().unwrap(), [true, true]);
        assert_eq!(place.read(&name("hue.en.md")).unwrap().unwrap(), b"new");
    }
    assert!(!has_remains(&quarter) && !has_remains(&quarter.join("nghe-an")));
    assert!(place.lay_out(&files(&["hue.en.md"], "new"), Sync::Together).unwrap().is_in_place());
}

#[test]
fn once_something_did_not_get_to_the_disk_nothing_is_brought_there_together() {
    let (inside, _, place) = worlds();
    let laid_out = place.lay_out(&files(&["hue.en.md"], "new"), Sync::Together).unwrap();
    place.arrives_together.store(false, Ordering::SeqCst);
    assert!(!place.sync_together([&laid_out]), "it may be this that did not");
    assert!(!place.syncs_together(None));
    drop(laid_out);
    assert!(!has_remains(&inside.path().join(QUARTER)) && place.read(&name("hue.en.md")).unwrap().is_none());
}
