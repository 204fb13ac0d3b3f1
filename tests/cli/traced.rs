//! No number on a page without a figure behind it: what templates and terms type withholds the document, and says where.

use super::world::{Run, World};

const TEMPLATE: &str = "mine/templates/en/province.md.hbs";

/// A folder with the built-in templates written out, and a line added at the end of the English one.
fn with_line(line: &str) -> (World, usize) {
    let world = World::new();
    world.brief(&["init", "mine"]).is_silent();
    let built_in = world.read(TEMPLATE);
    world.write(TEMPLATE, format!("{built_in}\n{line}\n"));
    (world, built_in.lines().count() + 2)
}

fn rendered(world: &World) -> Run {
    world.brief(&["-p", "Nghe An", "--format", "md", "--templates", "mine/templates"])
}

/// What the run says of the places of untraced numbers, without the lines around them.
fn places(run: &Run) -> Vec<&str> {
    run.err.lines().filter_map(|line| line.trim_start().strip_prefix("╭▸ ")).collect()
}

/// Templates that type a number each: text, the column of the number in its last line, the number.
const TYPED: &[(&str, usize, &str)] = &[
    // 15 is a figure of Nghe An's too: that does not help a typed one.
    ("The province licensed 15 projects.", 23, "15"),
    ("| a | b |\n| --- | --- |\n| x | 15 |", 7, "15"),
    ("## Top 10 figures", 8, "10"),
    ("[Decree 30](https://example.org/nd-30-2020)", 9, "30"),
    ("![Chart of 12 months](chart.svg)", 12, "12"),
    ("*1,155.5*", 2, "1,155.5"),
    ("So it is told[^1].", 16, "1"),
    ("{{#if withheld}}{{#each points}}15{{/each}}{{/if}}", 33, "15"),
    ("{{title}}{{!-- 12 --}}{{! 13 }}<!-- 14 -->15", 43, "15"),
    ("{{date}}5", 9, "5"),
    ("{{15}}", 3, "15"),
    ("{{capital \"15 projects\"}}", 11, "\"15 projects\""),
    ("{{#with \"15\"}}{{this}}{{/with}}", 9, "\"15\""),
    ("{{{{raw}}}}{{title}} 15{{{{/raw}}}}", 22, "15"),
    ("\\{{15}}", 4, "15"),
    ("{{len points}}", 3, "len"),
    ("{{#each points}}{{@index}}{{/each}}", 19, "@index"),
    ("１５ projects", 1, "１５"),
    ("٣٤ projects", 1, "٣٤"),
    ("½ of them", 1, "½"),
    ("15. Projects", 1, "15"),
    ("1. Projects\n3. Projects", 1, "3"),
];

#[test]
fn a_typed_number_is_caught_at_its_line_and_column() {
    let lines: Vec<&str> = TYPED.iter().map(|(line, ..)| *line).collect();
    let (world, first) = with_line(&lines.join("\n\n"));
    let run = rendered(&world);
    run.refuses(1, &[&format!("nghe-an.en is withheld: {} numbers in it have no figure behind them", TYPED.len())]);
    assert!(!world.path("reports/2026-Q3/nghe-an.en.md").exists());
    let mut line = first;
    let expected = TYPED.iter().map(|(text, column, _)| {
        let last = line + text.lines().count() - 1;
        line = last + 2;
        format!("{TEMPLATE}:{last}:{column}")
    });
    assert_eq!(places(&run), expected.collect::<Vec<_>>(), "{}", run.err);
    let messages = run.err.lines().filter(|line| line.starts_with("error[untraced-number]"));
    for (message, (text, _, number)) in messages.zip(TYPED) {
        assert!(message.ends_with(&format!(" `{number}`")), "{text}: {message}");
    }
}

#[test]
fn what_the_context_gives_is_not_caught() {
    let lines = [
        "{{date}}, {{quarter}}, {{date_iso}}, {{first_date}}",
        "1. {{title}}\n2. {{edition}}\n3. {{date}}",
        "{{#each points}}\n1. {{label}}\n{{/each}}",
        "{{#each sources}}[^{{number}}] {{number}} {{#if url}}<{{url}}>{{/if}} {{why}} {{description}}{{/each}}",
        "{{#each key_figures}}{{hedge}}{{number}}{{unit}}{{trend}}{{{marks}}}{{/each}}",
        "{{capital date}}{{#with trust}}{{figures}}{{derived}}{{/with}}",
        "{{#if (eq quarter \"the third quarter of 2026\")}}{{date}}{{/if}}",
        "{{lookup (lookup sources 0) \"date\"}} {{points.0.label}}",
        "[{{title}}](https://example.org/2026/15) km² <!-- 15 -->",
    ];
    let (world, _) = with_line(&lines.join("\n\n"));
    rendered(&world).is_silent();
    let text = world.read("reports/2026-Q3/nghe-an.en.md");
    assert!(text.contains("\n30 September 2026, the third quarter of 2026, 2026-09-30, 1 July 2026\n"), "{text}");
    assert!(text.contains("\n1. Nghe An\n2. 2026 Q3\n3. 30 September 2026\n"), "{text}");
}

#[test]
fn a_comparison_sees_numbers_as_a_reader_does() {
    let world = World::new();
    let template = "\
{{#if (eq quarter \"the third quarter of 2026\")}}same{{/if}}
{{#if (ne quarter \"the third quarter of 2026\")}}other{{/if}}
{{#each sources}}{{#if (gt number 1)}}after{{else}}first{{/if}} {{/each}}
";
    world.write("mine/en/province.md.hbs", template);
    let run = world.brief(&["-p", "Nghe An", "--format", "md", "--templates", "mine"]);
    run.is_silent();
    let text = world.read("reports/2026-Q3/nghe-an.en.md");
    assert!(text.starts_with("same\n\nfirst after"), "{text}");
}

/// A number that no reading of the template shows is still found on the page.
#[test]
fn a_number_that_only_the_page_shows_is_caught_on_the_page() {
    let (world, first) = with_line("{{#each (lookup this \"points\") as |point place|}}x{{place}}{{/each}}");
    let run = rendered(&world);
    run.refuses(1, &["no figure, date or source stands behind the number `0`", "typed or counted by the template"]);
    run.refuses(1, &[&format!("to {first} of {TEMPLATE} made it")]);
    let line = world.read(TEMPLATE).lines().count();
    assert!(line >= first && places(&run)[0].starts_with("nghe-an.en.md:"), "{}", run.err);
}

#[test]
fn terms_type_no_number_but_their_own() {
    for (from, to, key, number) in [
        ("and: \" and \"", "and: \" and 2 \"", "and", "2"),
        ("  year: \"in {year}\"", "  year: \"in 2023, {year}\"", "during.year", "2023"),
        ("quarters: [\"1\", \"2\", \"3\", \"4\"]", "quarters: [\"1\", \"3\", \"3\", \"4\"]", "quarters", "3"),
        ("unchanged: unchanged", "unchanged: changed by 0%", "unchanged", "0"),
    ] {
        let world = World::new();
        world.brief(&["init", "mine"]).is_silent();
        world.change("mine/templates/en/terms.yaml", from, to);
        let run = rendered(&world);
        run.refuses(1, &[&format!("the term `{key}` types the number `{number}`"), "typed in the terms"]);
        let text = world.read("mine/templates/en/terms.yaml");
        let at = text.find(to).unwrap() + to.rfind(number).unwrap();
        let line = text[..at].lines().count();
        assert!(places(&run)[0].starts_with(&format!("mine/templates/en/terms.yaml:{line}:")), "{}", run.err);
    }
}

#[test]
fn a_number_told_by_a_words_position_in_a_list_may_be_written_with_a_nought() {
    let world = World::new();
    world.brief(&["init", "mine"]).is_silent();
    world.change("mine/templates/en/terms.yaml", "[Jan, Feb", "[\"01\", \"2\"");
    rendered(&world).is_silent();
}

#[test]
fn a_chart_is_placed_with_words_that_say_its_numbers() {
    let world = World::new();
    world.brief(&["init", "mine"]).is_silent();
    world.change("mine/templates/en/province.md.hbs", "![{{alternative}}]({{{path}}})", "![a chart]({{{path}}})");
    let run = world.brief(&["-p", "Tien Giang", "--format", "pdf", "--templates", "mine/templates"]);
    run.refuses(
        1,
        &[
            "a chart shows the number `160`",
            "which its alternative text does not say: “a chart”",
            "`![{{alternative}}]({{{path}}})`",
        ],
    );
    assert!(!world.path("reports/2026-Q3/tien-giang.en.pdf").exists());
}

/// The document alone is withheld; its last good file stays, and the others are made.
#[test]
fn the_last_good_briefing_stays_and_the_others_are_made() {
    let world = World::new();
    world.brief(&["init", "mine"]).is_silent();
    let all = ["--all", "--format", "md", "--templates", "mine/templates"];
    world.brief(&all).is_silent();
    let before = world.reports("reports");
    world.change(TEMPLATE, "# {{title}}", "# {{title}} in 3 minutes");
    let run = world.brief(&all);
    run.refuses(1, &["`3`"]);
    assert_eq!(run.err.matches("error[untraced-number]").count(), 1, "one number is told once: {}", run.err);
    for province in ["lang-son", "long-an", "nghe-an", "tien-giang"] {
        assert!(run.err.contains(&format!("{province}.en is withheld")), "{}", run.err);
        assert!(run.lines().contains(&format!("reports/2026-Q3/{province}.vi.md").as_str()));
    }
    assert!(run.lines().contains(&"reports/2026-Q3/comparison.en.md") && run.documents().len() == 6, "{}", run.out);
    assert!(world.reports("reports") == before);
}

#[test]
fn machines_are_told_too() {
    let (world, line) = with_line("The province licensed 15 projects.");
    let run = world.brief(&["-p", "Nghe An", "--format", "md", "--templates", "mine/templates", "--json"]);
    run.refuses(1, &[]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let found = &json["diagnostics"][0];
    assert_eq!((found["code"].as_str(), found["line"].as_u64()), (Some("untraced-number"), Some(line as u64)));
    assert_eq!(json["failures"][0], "nghe-an.en is withheld: a number in it has no figure behind it");
}

/// The characters that trace numerals are refused where they could make a typed number look traced.
#[test]
fn a_template_cannot_pretend() {
    for line in ["{{capital \"\\uFDD1\\ufdd5\"}}", "\u{fdd1} projects"] {
        let (world, number) = with_line(line);
        rendered(&world).refuses(2, &[&format!("{TEMPLATE}:{number}:"), "between U+FDD0 and U+FDDA"]);
    }
    let world = World::new();
    world.brief(&["init", "mine"]).is_silent();
    world.change("mine/templates/en/terms.yaml", "and: \" and \"", "and: \" and \\uFDD1 \"");
    rendered(&world).refuses(2, &["mine/templates/en/terms.yaml:", "between U+FDD0 and U+FDDA"]);
}

/// What a sheet quotes stands as it was printed; what its analyst words is checked.
#[test]
fn a_sheet_may_quote_numbers_but_not_make_them() {
    let world = World::new();
    world.change(
        "fixtures/tien-giang.yaml",
        "title: Improving the Effect of Foreign Affairs and International Integration",
        "title: \"Ten years, 3,500 visits, \\uFDD1 and ٣\"",
    );
    world.brief(&["-p", "Tien Giang", "--format", "md"]).is_silent();
    let text = world.read("reports/2026-Q3/tien-giang.en.md");
    assert!(text.contains("*Ten years, 3,500 visits, \u{fffd} and ٣*"), "{text}");
    let world = World::new();
    world.change("fixtures/nghe-an.yaml", "the article prints no date;", "the article prints no date and 77 figures;");
    let run = world.brief(&["-p", "Nghe An", "--format", "md"]);
    run.refuses(1, &["error[untraced-number]", "`77`", "the briefing of Nghe An is withheld"]);
    assert!(!world.path("reports/2026-Q3/nghe-an.en.md").exists());
}

#[test]
fn the_code_is_explained() {
    let world = World::empty();
    assert!(world.brief(&["explain", "untraced-number"]).is_silent().out.contains("list numbering"));
}
