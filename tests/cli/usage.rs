//! Wrong words on the command line: exit code 2, the word quoted, what to write instead, and nothing done.

use super::world::{Run, World};

#[test]
fn each_wrong_value_is_quoted_with_what_belongs_there() {
    let world = World::new();
    for (arguments, said) in [
        (vec!["--all", "--quarter", "2026Q3"], "`2026Q3` is not a quarter: write it as `2026-Q3`"),
        (vec!["--all", "--quarter", "2026-Q5"], "`2026-Q5` is not a quarter"),
        (vec!["--all", "--lang", "fr"], "`fr` is not a language of the briefings: use `en` or `vi`"),
        (vec!["--all", "--lang", "en,fr"], "`fr` is not a language"),
        (vec!["--all", "--format", "docx"], "[possible values: md, pdf]"),
        (vec!["--all", "--shard", "5/4"], "`5/4` is not a part of the work: write `1/4` for the first of four"),
        (vec!["--all", "--shard", "0/4"], "`0/4` is not a part of the work"),
        (vec!["--all", "--shard", "1"], "`1` is not a part of the work"),
        (vec!["--all", "--jobs", "0"], "write a whole number from 1"),
        (vec!["--all", "--jobs", "-3"], "write a whole number from 1"),
        (vec!["--all", "--jobs", "many"], "write a whole number from 1"),
        (vec!["--all", "--jobs", "100000000"], "write a whole number from 1"),
        (vec!["--provinse", "Hue"], "'--province'"),
        (vec!["chek"], "'check'"),
        (vec!["list", "towns"], "[possible values: provinces, indicators, places, units, codes]"),
        (vec!["check", "--deny", "totl-mismatch"], "did you mean `total-mismatch`"),
        (vec!["check", "--warn", "everything"], "`brief explain` lists the codes"),
        (vec!["explain", "totl-mismatch"], "did you mean `total-mismatch`"),
        (vec!["--all", "--province", "Nghe An"], "cannot be used with"),
        (vec!["--all", "-q", "-v"], "cannot be used with"),
    ] {
        let run = world.brief(&arguments);
        run.refuses(2, &[said]);
        assert_eq!(run.out, "", "{arguments:?}");
    }
    assert!(!world.path("reports").exists(), "a refused command writes nothing");
}

#[test]
fn without_a_province_the_program_says_how_to_name_one() {
    let world = World::new();
    for arguments in [&[][..], &["--quarter", "2026-Q3"][..]] {
        world
            .brief(arguments)
            .refuses(2, &["nothing to do", "`brief --province \"Nghe An\" --format pdf`", "`brief --all`"]);
    }
}

#[test]
fn help_and_version_are_results() {
    let world = World::empty();
    let help = world.brief(&["--help"]);
    help.is_silent();
    for part in ["--province", "--shard", "Exit status: 0 done"] {
        assert!(help.out.contains(part), "{}", help.out);
    }
    assert!(world.brief(&["--version"]).is_silent().out.starts_with("brief "));
}

#[test]
fn a_clock_that_cannot_be_read_is_refused() {
    let world = World::new();
    for wrong in ["yesterday", "", "1e9", "-5", "9999999999999", "99999999999999999999"] {
        let run = Run::of(world.command(&["--all"]).env("SOURCE_DATE_EPOCH", wrong));
        run.refuses(2, &["SOURCE_DATE_EPOCH", &format!("`{wrong}`"), "seconds since 1970"]);
    }
    assert!(!world.path("reports").exists());
}
