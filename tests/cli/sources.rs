//! `brief check --sources DIR`: where texts are looked for, and what becomes of files that are none.

use super::world::World;
use std::fs::File;

const SHEET: &str = "\
schema: 1
province: long-an
sources:
  paper: {publisher: Newspaper, published: 2024-01-15, language: en}
facts:
  - {indicator: fdi-projects, as_of: 2023, printed: {paper: \"1,155 projects\"}}
";
const ARTICLE: &str = "The province has 1,155 projects.\n";
const CHECK: [&str; 4] = ["check", "--sources", "texts", "sheet.yaml"];

fn world() -> World {
    let world = World::empty();
    world.write("sheet.yaml", SHEET);
    world.write("texts/readme", "");
    world
}

#[test]
fn a_text_is_found_in_the_province_s_folder_or_beside_it_with_any_ending() {
    for name in ["long-an/paper.txt", "long-an/paper.html", "paper.txt", "paper.md", "paper.htm", "paper.en.txt"] {
        let world = world();
        world.write(&format!("texts/{name}"), ARTICLE);
        world.brief(&[&CHECK[..], &["-q"]].concat()).is_silent();
        world.write(&format!("texts/{name}"), "The province has 1,156 projects.");
        world.brief(&CHECK).refuses(1, &["error[not-in-source]", name]);
    }
    let world = world();
    world.write("texts/paper.txt", "It has 1,156 projects.");
    world.write("texts/long-an/paper.md", ARTICLE);
    world.write("texts/nghe-an/paper.txt", "It has 9 projects.");
    world.brief(&[&CHECK[..], &["-q"]].concat()).is_silent();
}

#[test]
fn a_source_without_a_text_is_a_note_and_the_check_goes_on() {
    let run = world().brief(&[&CHECK[..], &["-v"]].concat());
    run.refuses(0, &["note[not-in-source]", "`paper`", "texts/long-an/paper.txt", "texts/paper.txt"]);
    assert!(run.out.starts_with("valid"), "{}", run.out);
    assert_eq!(run.err.matches("[not-in-source]").count(), 1);
}

#[test]
fn without_the_option_nothing_is_looked_up_and_a_folder_that_is_none_is_refused() {
    let world = world();
    world.brief(&["check", "-q", "sheet.yaml"]).is_silent();
    world.write("texts/paper.txt", ARTICLE);
    for folder in ["nowhere", "texts/paper.txt"] {
        world.brief(&["check", "--sources", folder, "sheet.yaml"]).refuses(2, &[folder]);
    }
}

#[test]
fn a_file_that_is_no_text_is_told_and_nothing_else_said_of_it() {
    let cases: [(&[u8], &str); 4] = [
        (b"1,155 projects \xff\xfe", "is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR 1,155 projects", "is not UTF-8 text"),
        (b"1,155 projects\0", "is not UTF-8 text"),
        (b"\xff\xfe1\x005\x005\x00", "is not UTF-8 text"),
    ];
    for (bytes, said) in cases {
        let world = world();
        world.write("texts/paper.txt", bytes);
        let run = world.brief(&CHECK);
        run.refuses(1, &["error[not-in-source]", "texts/paper.txt", said]);
        assert_eq!(run.err.matches("[not-in-").count(), 1, "{}", run.err);
    }
    let world = world();
    std::fs::create_dir(world.path("texts/paper.txt")).unwrap();
    world.brief(&CHECK).refuses(1, &["texts/paper.txt is no file"]);
}

#[test]
fn an_empty_text_holds_no_figure() {
    for name in ["paper.txt", "paper.html"] {
        let world = world();
        world.write(&format!("texts/{name}"), "");
        world.brief(&CHECK).refuses(1, &["does not print `1,155 projects`"]);
    }
}

#[test]
fn fifty_megabytes_are_no_article() {
    let world = world();
    File::create(world.path("texts/paper.txt")).unwrap().set_len(50 << 20).unwrap();
    world.brief(&CHECK).refuses(1, &["texts/paper.txt is larger than 4 MiB"]);
}

#[test]
fn a_text_without_end_or_with_numbers_alone_is_no_article() {
    for text in ["1 ".repeat(30_000), "word ".repeat(200_000), "1".repeat(1 << 20)] {
        let world = world();
        world.write("texts/paper.txt", text);
        world.brief(&CHECK).refuses(1, &["texts/paper.txt has more than 512 KiB of text or 20000 numbers"]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_circle_and_a_pipe_are_told() {
    let world = world();
    std::os::unix::fs::symlink("paper.txt", world.path("texts/paper.txt")).unwrap();
    world.brief(&CHECK).refuses(1, &["cannot read texts/paper.txt"]);
    let world = self::world();
    std::os::unix::fs::symlink("/dev/null", world.path("texts/paper.txt")).unwrap();
    world.brief(&CHECK).refuses(1, &["texts/paper.txt is no file"]);
}

#[test]
fn the_id_of_a_source_leads_out_of_no_folder() {
    let world = world();
    world.write("secret.txt", ARTICLE);
    for id in ["../secret", "/etc/passwd", "a/../../secret", ".."] {
        world.write("sheet.yaml", SHEET.replace("paper", &format!("{id:?}")));
        world.brief(&CHECK).refuses(1, &["error[not-in-source]", "no file can be named after the source"]);
    }
}
