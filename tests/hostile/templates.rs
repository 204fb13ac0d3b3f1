//! Templates of another office that would read files, run without end or write without end.

use crate::world::{Run, World};
use std::time::{Duration, Instant};

/// What becomes of `nghe-an` with a template, and how long that takes.
#[track_caller]
fn rendered(template: &str) -> Run {
    let world = World::new();
    world.write("templates/en/province.md.hbs", template);
    #[allow(clippy::disallowed_methods)] // how long it takes is the point
    let start = Instant::now();
    let run = world.brief(&["--province", "nghe-an", "--lang", "en", "--format", "md", "--templates", "templates"]);
    assert!(start.elapsed() < Duration::from_secs(40), "took {:?}", start.elapsed());
    run
}

#[test]
fn loops_within_loops_end() {
    let open = "{{#each @root.sources}}";
    for inner in ["", "x"] {
        let template = format!("line one\n{}{inner}{}", open.repeat(30), "{{/each}}".repeat(30));
        rendered(&template).refuses(2, &["province.md.hbs:2:", "takes too many steps"]);
    }
    let themes = format!("{}x{}", "{{#each @root.themes}}{{#each rows}}".repeat(8), "{{/each}}{{/each}}".repeat(8));
    rendered(&themes).refuses(2, &["province.md.hbs:1:", "takes too many steps"]);
}

#[test]
fn a_document_has_an_end() {
    let long = "long words of a template, and more of them ".repeat(2_000);
    let template = format!("{{{{#each themes}}}}{{{{#each rows}}}}{long}{{{{/each}}}}{{{{/each}}}}");
    rendered(&template).refuses(2, &["province.md.hbs:1:", "writes more than 1 MiB"]);
}

#[test]
fn copies_of_the_context_are_counted() {
    let template = format!(
        "{}{}{}",
        "{{#each @root.themes}}".repeat(4),
        "{{#with (lookup @root.themes 0)}}{{/with}}".repeat(400),
        "{{/each}}".repeat(4)
    );
    rendered(&template).refuses(2, &["takes too many steps"]);
}

#[test]
fn a_template_without_measure_is_refused_before_it_is_read() {
    for (template, said) in [
        ("{{title}}\n".repeat(3_000), "more than 2000 tags are too many"),
        ("{{".repeat(60_000), "more than 2000 tags are too many"),
        (format!("{{{{capital {}title{}}}}}", "(capital ".repeat(9_000), ")".repeat(9_000)), "a tag is longer"),
        (format!("{{{{#if title}}}}{}{{{{/if}}}}", "{{else if title}}".repeat(1_000)), "nested more than 64 deep"),
        (format!("{}{}", "{{#if title}}".repeat(70), "{{/if}}".repeat(70)), "nested more than 64 deep"),
        ("x".repeat(50 * 1024 * 1024), "larger than 128 KiB"),
    ] {
        rendered(&template).refuses(2, &[said]);
    }
}

#[test]
fn a_template_reaches_no_file_and_no_other_template() {
    for template in [
        "{{> en/comparative.md.hbs}}",
        "{{#> x}}{{/x}}",
        "{{#*inline \"x\"}}{{> x}}{{/inline}}{{> x}}",
        "{{lookup @root \"__proto__\"}}",
        "{{title.constructor}}",
        "{{log \"x\"}}",
        "{{include \"/etc/passwd\"}}",
        "{{script \"x\"}}",
    ] {
        rendered(template).refuses(2, &["province.md.hbs:1:1:"]);
    }
    // Raw text is text.
    rendered("{{{{raw}}}} {{title}} {{{{/raw}}}}").refuses(0, &[]);
}

#[test]
fn what_no_reader_of_markdown_expects_ends() {
    for text in ["<", "[a](", "<!--", "*a **a ", "&amp;", "[", "> ", "|", "`"] {
        let run = rendered(&text.repeat(20_000 / text.len()));
        assert!(run.code < 3, "{text}: {}", run.err);
    }
}

#[test]
fn a_pipe_is_not_waited_for() {
    let world = World::new();
    for name in ["office.yaml", "templates/en/province.md.hbs", "templates/en/terms.yaml"] {
        std::fs::create_dir_all(world.path(name).parent().unwrap()).unwrap();
        let pipe = world.path(name);
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let run = if name == "office.yaml" {
            let decree =
                ["--province", "nghe-an", "--layout", "decree-30", "--office", "office.yaml", "--format", "pdf"];
            world.brief(&decree)
        } else {
            world.brief(&["--province", "nghe-an", "--lang", "en", "--templates", "templates"])
        };
        run.refuses(2, &["it is no file"]);
        std::fs::remove_file(pipe).unwrap();
    }
}

#[test]
fn the_loop_of_the_library_is_kept() {
    let template = "{{#each themes as |theme place|}}{{#if @first}}first {{theme.name}}{{/if}}{{#if @last}} last {{name}}\
                    {{/if}}{{#each columns}}{{../name}}{{else}}none{{/each}}{{/each}}{{#each not_published}}x{{else}} empty{{/each}}";
    let world = World::new();
    world.write("templates/en/province.md.hbs", template);
    world
        .brief(&["--province", "nghe-an", "--lang", "en", "--format", "md", "--templates", "templates"])
        .refuses(0, &[]);
    let text = world.read("reports/2026-Q3/nghe-an.en.md");
    assert!(text.contains("first ") && text.contains(" last "), "{text}");
}
