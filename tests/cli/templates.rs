//! Templates of one's own, and every way to get them wrong.

use super::world::{Run, World};

/// A folder with the built-in templates written out.
fn with_templates() -> World {
    let world = World::new();
    world.brief(&["init", "mine"]).is_silent();
    world
}

fn rendered(world: &World) -> Run {
    world.all(&["--templates", "mine/templates"])
}

#[test]
fn the_templates_written_out_give_the_very_same_briefings() {
    let world = with_templates();
    world.brief(&["--all", "--format", "md"]).is_silent();
    world.brief(&["--all", "--format", "md", "--templates", "mine/templates", "--out", "other"]).is_silent();
    assert!(world.files("other") == world.files("reports"));
}

#[test]
fn a_template_of_ones_own_is_used_and_the_others_stay_built_in() {
    let world = World::new();
    world.write("mine/en/province.md.hbs", "# {{title}}\n\n\n\nOurs.\n");
    world.all(&["--templates", "mine"]).is_silent();
    assert_eq!(world.read("reports/2026-Q3/nghe-an.en.md"), "# Nghe An\n\nOurs.\n");
    assert!(world.read("reports/2026-Q3/comparison.en.md").contains("## Sources"));
}

#[test]
fn init_leaves_what_is_there() {
    let world = with_templates();
    world.write("mine/templates/en/terms.yaml", "mine");
    let run = world.brief(&["init", "mine"]);
    run.refuses(0, &["mine/templates/en/terms.yaml is there already and was left as it is"]);
    assert_eq!((run.out.as_str(), world.read("mine/templates/en/terms.yaml").as_str()), ("", "mine"));
}

#[test]
fn init_into_a_file_is_a_fault_of_the_machine_told_once() {
    let world = World::empty();
    world.write("afile", "");
    let run = world.brief(&["init", "afile"]);
    run.refuses(3, &["cannot write afile/templates/en/province.md.hbs", "`brief init DIR`"]);
    assert_eq!(run.err.matches("error").count(), 1 + run.err.matches("os error").count());
    world.write("half/fixtures", "a file where a folder belongs");
    world.brief(&["init", "half"]).refuses(3, &["cannot write half/fixtures/nghe-an.yaml"]);
}

#[test]
fn the_example_that_init_writes_is_valid() {
    let world = World::empty();
    world.brief(&["init"]).is_silent();
    assert!(world.brief(&["check", "-q"]).is_silent().out.starts_with("valid: 1 sheet"));
    assert_eq!(world.all(&[]).is_silent().documents().len(), 2);
}

#[test]
fn a_folder_that_is_missing_empty_or_the_wrong_one() {
    let world = with_templates();
    world.all(&["--templates", "nowhere"]).refuses(2, &["cannot read nowhere", "`brief init DIR`"]);
    world.all(&["--templates", "fixtures"]).refuses(2, &["fixtures holds no template: en/province.md.hbs"]);
    world.all(&["--templates", "mine"]).refuses(2, &["mine holds no template"]);
    world.all(&["--templates", "mine/templates/en"]).refuses(2, &["mine/templates/en holds no template"]);
    world.all(&["--templates", "fixtures/nghe-an.yaml"]).refuses(2, &["cannot read fixtures/nghe-an.yaml"]);
}

#[test]
fn a_misspelt_file_name_is_not_passed_over() {
    let world = with_templates();
    std::fs::rename(world.path("mine/templates/en/province.md.hbs"), world.path("mine/templates/en/provnce.md.hbs"))
        .unwrap();
    rendered(&world).refuses(2, &["mine/templates/en/provnce.md.hbs", "did you mean `province.md.hbs`?"]);
}

#[test]
fn faults_of_a_template_are_told_with_their_line() {
    for (added, said) in [
        ("{{#if title}}", "the template cannot be used"),
        ("{{title", "the template cannot be used"),
        ("{{nope}}", "the template names `nope`, which is not there"),
        ("{{#each nope}}x{{/each}}", "the template names `nope`"),
        ("{{title.nope}}", "the template names `title.nope`"),
        ("{{shout title}}", "the template uses the helper `shout`, which is not there"),
        ("{{> header}}", "a template inside a template"),
        ("{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}", "a template inside a template"),
    ] {
        let world = with_templates();
        let built_in = world.read("mine/templates/en/province.md.hbs");
        world.write("mine/templates/en/province.md.hbs", format!("{built_in}\n{added}\n"));
        let line = built_in.lines().count() + 2;
        let run = rendered(&world);
        run.refuses(2, &[said]);
        let place =
            (line..=line + 1).any(|line| run.err.contains(&format!("mine/templates/en/province.md.hbs:{line}:")));
        assert!(place, "no line {line}: {}", run.err);
        assert_eq!(run.err.matches(said).count(), 1, "one fault is told once: {}", run.err);
        assert!(!world.path("reports/2026-Q3/nghe-an.en.md").exists());
    }
}

#[test]
fn blocks_nested_without_measure_are_refused() {
    let world = with_templates();
    world.write(
        "mine/templates/en/province.md.hbs",
        format!("{}x{}", "{{#if title}}".repeat(5000), "{{/if}}".repeat(5000)),
    );
    rendered(&world).refuses(2, &["mine/templates/en/province.md.hbs:1:", "blocks are nested more than 64 deep"]);
}

#[test]
fn the_last_good_briefing_stays_when_a_template_fails() {
    let world = with_templates();
    rendered(&world).is_silent();
    let before = world.reports("reports");
    world.write("mine/templates/en/province.md.hbs", "{{nope}}");
    let run = rendered(&world);
    run.refuses(2, &["mine/templates/en/province.md.hbs:1:1"]);
    assert_eq!(run.documents(), ["reports/2026-Q3/comparison.en.md"]);
    assert!(world.reports("reports") == before);
}

#[test]
fn faults_of_the_terms_are_told_with_their_line() {
    for (from, to, said) in [
        ("comma: \", \"\n", "", "the key `comma` is missing"),
        ("comma: ", "coma: x\ncomma: ", "`coma` is not a key of this place; did you mean `comma`?"),
        ("comma: \", \"", "comma: [1]", "a single value belongs here"),
        ("January, ", "", "this list has too few or too many entries"),
        ("comma: \", \"", "comma: \"", ""),
    ] {
        let world = with_templates();
        world.change("mine/templates/en/terms.yaml", from, to);
        let run = rendered(&world);
        run.refuses(2, &["mine/templates/en/terms.yaml:", said]);
        assert!(!run.err.contains(".yaml: "), "no line: {}", run.err);
        assert!(!world.path("reports").exists());
    }
}

#[test]
fn a_template_that_is_no_text() {
    let world = with_templates();
    world.write("mine/templates/en/province.md.hbs", b"\xff\xfe");
    rendered(&world).refuses(2, &["cannot read mine/templates/en/province.md.hbs: it is not UTF-8 text"]);
    world.write("mine/templates/en/province.md.hbs", vec![b'x'; 2 * 1024 * 1024]);
    rendered(&world).refuses(2, &["larger than 128 KiB"]);
}

#[test]
fn a_fault_in_one_language_does_not_keep_the_other_from_being_made() {
    let world = with_templates();
    world.write("mine/templates/vi/province.md.hbs", "{{nope}}");
    rendered(&world).is_silent();
    let run = world.brief(&["-p", "Nghe An", "--lang", "en,vi", "--format", "md", "--templates", "mine/templates"]);
    run.refuses(2, &["mine/templates/vi/province.md.hbs:1:1"]);
    assert_eq!(run.documents(), ["reports/2026-Q3/nghe-an.en.md"]);
}
