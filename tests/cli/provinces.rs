//! A province is found by any spelling, and a near miss is told.

use super::world::{World, is_chart};

fn one(world: &World, spelling: &str) -> super::world::Run {
    world.brief(&["--province", spelling, "--format", "md", "--lang", "en"])
}

#[test]
fn every_spelling_means_the_one_province() {
    let spellings = [
        "Nghe An",
        "nghệ an",
        "NGHỆ AN",
        "tỉnh Nghệ An",
        "Nghe An province",
        "nghe-an",
        "NGHEAN",
        " nghe  an ",
        "nghe\u{a0}an",
        "40",
        "Nghe\u{323}\u{302} An", // decomposed ệ
    ];
    let world = World::new();
    let mut arguments = vec!["--format", "md", "--lang", "en"];
    for spelling in spellings {
        arguments.extend(["--province", spelling]);
    }
    let run = world.brief(&arguments);
    assert_eq!(run.is_silent().documents(), ["reports/2026-Q3/nghe-an.en.md"], "one of them means another province");
}

#[test]
fn a_province_may_be_named_twice_and_others_beside_it() {
    let world = World::new();
    let run = world.brief(&["-p", "Nghe An", "-p", "40", "-p", "Lạng Sơn", "--format", "md", "--lang", "vi"]);
    assert_eq!(run.is_silent().documents(), ["reports/2026-Q3/lang-son.vi.md", "reports/2026-Q3/nghe-an.vi.md"]);
}

#[test]
fn a_near_miss_is_suggested() {
    let world = World::new();
    one(&world, "Nghe Am")
        .refuses(2, &["no province is called `Nghe Am`; did you mean Nghe An (nghe-an)?", "`brief list provinces`"]);
}

#[test]
fn a_province_without_a_sheet_is_told_with_those_that_have_one() {
    let world = World::new();
    one(&world, "Huế").refuses(
        2,
        &[
            "Hue has no fact sheet in fixtures; there are sheets of Lang Son, Long An, Nghe An, Tien Giang",
            "`--sheets DIR`",
        ],
    );
}

#[test]
fn every_wrong_name_is_told_at_once_and_nothing_is_made() {
    let world = World::new();
    let run = world.brief(&["-p", "Nghe Am", "-p", "Hue", "-p", "Nghe An", "-p", "Atlantis"]);
    run.refuses(2, &["`Nghe Am`", "Hue has no fact sheet", "`Atlantis`"]);
    assert!(!world.path("reports").exists());
}

#[test]
fn a_name_cannot_lead_out_of_the_folder() {
    let world = World::new();
    let outside = world.brief(&["-p", "../../etc", "-p", "/etc/passwd", "-p", "..", "-p", ""]);
    outside.refuses(2, &["called `../../etc`", "called `/etc/passwd`", "called `..`", "called ``"]);
    // Punctuation does not count in a spelling; the file is named by the catalogue's id.
    assert_eq!(one(&world, "../../nghe-an").is_silent().documents(), ["reports/2026-Q3/nghe-an.en.md"]);
    world.change("fixtures/nghe-an.yaml", "province: nghe-an", "province: ../../etc");
    let run = world.all(&[]);
    run.refuses(1, &["error[unknown-province]", "fixtures/nghe-an.yaml:2:11"]);
    assert_eq!(
        world.names("reports").iter().filter(|name| !is_chart(name)).count(),
        6,
        "three provinces, the comparison, the file of before, and the manifest"
    );
}
