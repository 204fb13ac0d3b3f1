//! Symbolic links in the folder that is written into: none is followed.

use super::scene::{Edition, REPORTS, Scene};
use std::fs;
use std::os::unix::fs::symlink;

const OUTSIDE: &str = "outside/kept.txt";
const KEPT: &str = "nobody writes here\n";

/// A scene with a file outside the folder, that a link may lead to.
fn scene() -> Scene {
    let scene = Scene::new();
    scene.world.write(OUTSIDE, KEPT);
    scene
}

fn is_kept(scene: &Scene) {
    assert_eq!(scene.world.read(OUTSIDE), KEPT, "a link was followed");
    assert_eq!(scene.world.names("outside"), ["kept.txt"], "something was written through a link");
}

#[test]
fn a_link_that_has_the_name_of_a_report_is_replaced_by_the_report() {
    let scene = scene();
    let expected = scene.make(Edition::First);
    let name = format!("{REPORTS}/nghe-an.en.md");
    // To another file; to nothing yet; to a file that has the very bytes of the report.
    scene.world.write("outside2/same.md", &expected["nghe-an.en.md"]);
    for target in [OUTSIDE, "outside/new.md", "outside2/same.md"] {
        fs::remove_file(scene.world.path(&name)).unwrap();
        symlink(scene.world.path(target), scene.world.path(&name)).unwrap();
        scene.world.brief(&Scene::arguments(Edition::First)).is_silent();
        is_kept(&scene);
        assert!(
            scene.world.path(&name).symlink_metadata().unwrap().is_file(),
            "the report is a file, not a link to {target}"
        );
        assert!(scene.reports() == expected);
    }
}

#[test]
fn the_folder_of_a_quarter_that_is_a_link_is_refused() {
    for target in ["outside", "outside/new"] {
        let scene = scene();
        fs::create_dir(scene.world.path("reports")).unwrap();
        symlink(scene.world.path(target), scene.world.path(REPORTS)).unwrap();
        let run = scene.world.brief(&Scene::arguments(Edition::First));
        run.refuses(
            3,
            &["reports/2026-Q3 is a symbolic link, to ", target, "not followed", "remove the link", "`--out DIR`"],
        );
        assert_eq!(run.out, "");
        is_kept(&scene);
    }
}

#[test]
fn a_record_or_a_lock_that_is_a_link_is_refused() {
    for (name, edition) in
        [(".brief.lock", Edition::First), ("manifest.json", Edition::First), ("manifest.json", Edition::Second)]
    {
        for target in [OUTSIDE, "outside/new.json"] {
            let scene = scene();
            scene.make(Edition::First);
            let link = scene.world.path(&format!("{REPORTS}/{name}"));
            fs::remove_file(&link).unwrap();
            symlink(scene.world.path(target), &link).unwrap();
            let run = scene.world.brief(&Scene::arguments(edition));
            run.refuses(3, &[&format!("reports/2026-Q3/{name} is a symbolic link, to "), target, "remove the link"]);
            is_kept(&scene);
            assert!(link.symlink_metadata().unwrap().is_symlink(), "what is refused is left as it was");
        }
    }
    let scene = scene();
    fs::create_dir_all(scene.world.path(REPORTS)).unwrap();
    symlink(scene.world.path(OUTSIDE), scene.world.path(&format!("{REPORTS}/.brief-1-of-1.lock"))).unwrap();
    let mut arguments = Scene::arguments(Edition::First);
    arguments.extend(["--shard", "1/1"]);
    scene.world.brief(&arguments).refuses(3, &[".brief-1-of-1.lock is a symbolic link"]);
    is_kept(&scene);
}

#[test]
fn a_link_in_the_place_of_a_temporary_file_leads_nowhere() {
    let scene = scene();
    let expected = scene.make(Edition::First);
    for number in 0..20 {
        let name = scene.world.path(&format!("{REPORTS}/.brief-{number}.tmp"));
        symlink(scene.world.path(OUTSIDE), name).unwrap();
    }
    scene.make(Edition::Second);
    is_kept(&scene);
    assert!(scene.reports().keys().eq(expected.keys()), "the links are cleared as remains");
}

#[test]
fn the_folder_that_the_user_names_may_be_a_link() {
    let scene = Scene::new();
    fs::create_dir(scene.world.path("disk2")).unwrap();
    symlink("disk2", scene.world.path("reports")).unwrap();
    let made = scene.make(Edition::First);
    assert!(scene.world.path("disk2/2026-Q3/manifest.json").is_file());
    assert_eq!(made.len(), 9);
}
