//! Layouts, the issuing office and fonts of one's own.

use super::world::{Run, World};
use std::fs;

/// One province's PDF in the form of an official report.
fn decree(world: &World, more: &[&str]) -> Run {
    let mut arguments = vec!["--province", "Nghe An", "--format", "pdf", "--layout", "decree-30"];
    arguments.extend(more);
    world.brief(&arguments)
}

fn manifest(world: &World) -> serde_json::Value {
    serde_json::from_str(&world.read("reports/2026-Q3/manifest.json")).unwrap()
}

#[test]
fn help_lists_the_layouts_and_a_near_miss_is_suggested() {
    let world = World::empty();
    let help = world.brief(&["--help"]);
    for name in ["briefing", "decree-30", "--office", "--fonts"] {
        assert!(help.out.contains(name), "{name}");
    }
    let run = world.brief(&["--all", "--layout", "decree30"]);
    run.refuses(2, &["'decree30'", "briefing, decree-30", "'decree-30'"]);
}

#[test]
fn the_layout_is_recorded_and_changes_the_pdf_alone() {
    let world = World::new();
    world.brief(&["--province", "Nghe An"]).is_silent();
    assert_eq!(manifest(&world)["options"]["layout"], "briefing");
    let before = world.files("reports");
    world.brief(&["--province", "Nghe An", "--layout", "decree-30"]).is_silent();
    let after = world.files("reports");
    let record = manifest(&world);
    assert_eq!((record["options"]["layout"].as_str(), record.get("office")), (Some("decree-30"), None));
    assert_eq!(before["2026-Q3/nghe-an.en.md"], after["2026-Q3/nghe-an.en.md"]);
    assert_ne!(before["2026-Q3/nghe-an.en.pdf"], after["2026-Q3/nghe-an.en.pdf"]);
}

#[test]
fn the_office_that_init_writes_is_used_and_recorded() {
    let world = World::new();
    world.brief(&["init"]).refuses(0, &[]);
    decree(&world, &["--lang", "en,vi"]).is_silent();
    let open = world.files("reports");
    decree(&world, &["--lang", "en,vi", "--office", "office.yaml"]).is_silent();
    let issued = world.files("reports");
    for language in ["en", "vi"] {
        let name = format!("2026-Q3/nghe-an.{language}.pdf");
        assert_ne!(open[&name], issued[&name]);
    }
    assert_eq!(manifest(&world)["options"]["office"].as_str().unwrap().len(), 64);
    world.change("office.yaml", "Nghe An Province", "Nghe An");
    let record = manifest(&world);
    decree(&world, &["--lang", "en,vi", "--office", "office.yaml"]).is_silent();
    assert_ne!(manifest(&world)["options"]["office"], record["options"]["office"]);
}

#[test]
fn an_office_has_no_place_in_the_layout_for_reading() {
    let world = World::new();
    let run = world.brief(&["--province", "Nghe An", "--office", "office.yaml"]);
    run.refuses(2, &["the layout `briefing` has no place for an issuing office", "`--layout decree-30`"]);
    assert!(world.names("reports").is_empty());
}

#[test]
fn faults_of_an_office_are_told_all_with_their_lines_before_anything_is_made() {
    let world = World::new();
    decree(&world, &["--office", "no.yaml"]).refuses(2, &["no.yaml: cannot be read", "`--office FILE`"]);
    world.write("office.yaml", "# nothing\n");
    decree(&world, &["--office", "office.yaml"]).refuses(2, &["office.yaml: says nothing"]);
    world.write("office.yaml", b"body: \xff\n");
    decree(&world, &["--office", "office.yaml"]).refuses(2, &["office.yaml: is not UTF-8"]);
    world.write("office.yaml", "bodi: Department\nplase: Vinh\n");
    let run = decree(&world, &["--office", "office.yaml"]);
    run.refuses(2, &["office.yaml:1:1: `bodi`", "did you mean `body`?", "office.yaml:2:1: `plase`", "`place`?"]);
    world.write("office.yaml", "body: {vi: Sở Ngoại vụ}\nrecipients: [Bộ Ngoại giao]\n");
    let run = decree(&world, &["--office", "office.yaml"]);
    run.refuses(
        2,
        &["office.yaml:1:7: `body` has no text in the language `en`", "office.yaml:2:14: `recipients` is Vietnamese"],
    );
    decree(&world, &["--office", "office.yaml", "--lang", "vi"]).is_silent();
    assert_eq!(world.names("reports"), ["2026-Q3/manifest.json", "2026-Q3/nghe-an.vi.pdf"]);
}

#[test]
fn the_schema_of_an_office_names_its_keys() {
    let run = World::empty().brief(&["schema", "office"]);
    let schema: serde_json::Value = serde_json::from_str(&run.is_silent().out).unwrap();
    for key in ["parent", "body", "number", "symbol", "place", "date", "signer", "recipients", "unit", "address"] {
        assert!(schema["properties"][key]["description"].is_string(), "{key}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

/// A folder with the bundled Libertinus Serif, as a user would have it.
fn libertinus(world: &World) {
    for (index, font) in typst_assets::fonts().enumerate() {
        let is_wanted = String::from_utf8_lossy(font).contains("LibertinusSerif-") && font.starts_with(b"OTTO");
        if is_wanted {
            world.write(&format!("libertinus/{index}.otf"), font);
        }
    }
    assert!(fs::read_dir(world.path("libertinus")).unwrap().count() >= 4);
}

#[test]
fn fonts_of_ones_own_take_the_place_of_the_built_in_ones() {
    let world = World::new();
    libertinus(&world);
    world.brief(&["--province", "Nghe An", "--format", "pdf", "--lang", "vi", "--fonts", "libertinus"]).is_silent();
    let fonts = manifest(&world)["options"]["fonts"].as_object().unwrap().clone();
    assert!(fonts.contains_key("LibertinusSerif-Regular"), "{fonts:?}");
    assert!(fonts.values().all(|hash| hash.as_str().is_some_and(|hash| hash.len() == 64)));
}

#[test]
fn fonts_that_cannot_be_used_are_told_before_anything_is_made() {
    let world = World::new();
    world
        .brief(&["--all", "--fonts", "nowhere"])
        .refuses(2, &["cannot open the folder of fonts nowhere", "`--fonts DIR`"]);
    world.write("fonts/readme.txt", "none");
    world.brief(&["--all", "--fonts", "fonts"]).refuses(2, &["there is no font in fonts", ".ttf, .otf or .ttc"]);
    world.write("fonts/a.ttf", "none");
    world.brief(&["--all", "--fonts", "fonts"]).refuses(2, &["font fonts/a.ttf is not readable"]);
    for (index, font) in typst_assets::fonts().enumerate() {
        world.write(&format!("many/{index}.otf"), font);
    }
    world.brief(&["--all", "--fonts", "many"]).refuses(2, &["fonts of ", " families in many: ", "`Libertinus Serif`"]);
    assert!(world.names("reports").is_empty());
}

#[test]
fn a_letter_that_ones_own_fonts_lack_withholds_the_document_and_is_named() {
    let world = World::new();
    libertinus(&world);
    world.write("mine/en/province.md.hbs", "# {{title}}\n\nVisit to 東京.\n");
    let run = world.brief(&["--province", "Nghe An", "--templates", "mine", "--fonts", "libertinus"]);
    run.refuses(
        2,
        &["nghe-an.en: the font `Libertinus Serif` lacks the letters", "`京` (U+4EAC), `東` (U+6771)", "`--fonts`"],
    );
    assert!(!world.names("reports").contains(&"2026-Q3/nghe-an.en.pdf".to_owned()));
}
