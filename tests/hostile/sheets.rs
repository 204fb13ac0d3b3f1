//! Sheets that would take without end: each is refused with a word, or read in a moment.

use crate::world::World;
use std::fmt::Write;

const HEAD: &str = "schema: 1\nprovince: nghe-an\nsources:\n  a: {publisher: P, published: 2022-12, language: en}\n";

/// What the check says of a sheet, in a moment.
fn checked(sheet: &str) -> crate::world::Run {
    let world = World::empty();
    world.write("nghe-an.yaml", sheet);
    world.brief(&["check", "-q", "nghe-an.yaml"])
}

/// A line for each number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _infallible = writeln!(text, "{}", line(number));
        text
    })
}

fn fact(number: usize) -> String {
    format!("  - {{indicator: fdi-projects, id: f{number}, as_of: 2022-12, printed: {{a: 5 projects}}}}")
}

#[test]
fn lists_without_measure_are_refused() {
    let facts = format!("{HEAD}facts:\n{}", fact(0));
    let of = |list: &str, entry: &str| {
        format!("{facts}\n{list}:\n{}", lines(501, |number| entry.replace('#', &number.to_string())))
    };
    for (sheet, said) in [
        (format!("{HEAD}facts:\n{}", lines(2_001, fact)), "more than 2000 facts"),
        (of("partners", "  - {place: laos, source: a}"), "more than 500 partners"),
        (of("events", "  - {event: x, period: 2022, source: a}"), "more than 500 events"),
        (of("allow", "  - {code: stale-fact, reason: x}"), "more than 500 allowances"),
        (
            of("indicators", "  i#: {label: {en: A#, vi: B#}, theme: trade, unit: USD, kind: flow}"),
            "more than 500 indicators",
        ),
        (of("places", "  p#: {kind: country, name: {en: A#, vi: B#}}"), "more than 500 places"),
        (
            format!("{facts}\nrelations:\n  - count: {{list: [{}], stated: f0}}\n", "laos, ".repeat(501)),
            "more than 500 places of one list",
        ),
    ] {
        checked(&sheet).refuses(2, &["nghe-an.yaml:", said]);
    }
    let sources = lines(501, |number| format!("  s{number}: {{publisher: P, published: 2022, language: en}}"));
    checked(&format!("schema: 1\nprovince: nghe-an\nsources:\n{sources}")).refuses(2, &["more than 500 sources"]);
}

#[test]
fn as_many_as_are_allowed_are_read() {
    assert_eq!(checked(&format!("{HEAD}facts:\n{}", lines(2_000, fact))).code, 0);
}

#[test]
fn texts_without_measure_are_refused() {
    let with = |key: &str, text: &str| HEAD.replace("publisher: P", &format!("publisher: P, {key}: {text}"));
    for (sheet, said) in [
        (with("title", &"x".repeat(2_001)), "a text of 2001 characters is too long"),
        (with("description", &"x y ".repeat(9_000)), "is too long"),
        (with("author", &format!("a{}", "\u{301}".repeat(9))), "a letter bears more than 8 marks"),
        (with("url", &format!("https://a.vn/{}", "x".repeat(3_000))), "is too long"),
        (format!("{HEAD}partners:\n  - {{place: {}, source: a}}\n", "x".repeat(5_000)), "is too long"),
        (format!("schema: 1\nprovince: {}\n", "x".repeat(500_000)), "is too long"),
        (format!("{HEAD}facts:\n  - {{indicator: {}, printed: {{a: 5}}}}\n", "x".repeat(500_000)), "is too long"),
        (
            format!("{HEAD}facts:\n  - {{indicator: x, printed: {{a: {} km}}}}\n", "9".repeat(90_000)),
            "is too long to be one",
        ),
    ] {
        checked(&sheet).refuses(2, &[said]);
    }
    assert_eq!(checked(&with("title", &"x".repeat(2_000))).code, 0);
}

#[test]
fn no_shape_of_yaml_takes_long() {
    let many = 300_000;
    for text in [
        "[".repeat(many),
        "{a: ".repeat(many / 4),
        "- ".repeat(many / 2),
        "? ".repeat(many / 2),
        lines(1_000, |depth| format!("{}a:", " ".repeat(depth))),
        lines(many / 8, |number| format!("k{number}: 1")),
        format!("{HEAD}facts: [{}]", ",".repeat(many)),
        format!("{HEAD}facts: [{}]", "[],".repeat(many / 3)),
        format!("{HEAD}facts:\n{}", "  - {indicatr: x, print: {a: 5}}\n".repeat(9_000)),
        format!("{HEAD}x: {}", "!a ".repeat(many / 3)),
        format!("{HEAD}x: &a [*a]\n"),
        format!("{HEAD}a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"),
        format!("{HEAD}x: '{}", "x".repeat(many)),
        format!("{}: 1", "x".repeat(many)),
        "\u{feff}".repeat(many / 3),
        "---\n".repeat(many / 4),
        format!("{HEAD}x: \"\\ud800\""),
        format!("{HEAD}x: \"\\U00110000\""),
        format!("{HEAD}\0"),
        "%YAML 9.9\n%TAG ! x\n---\n".to_owned(),
    ] {
        let run = checked(&text);
        assert_eq!(run.code, 2, "{}: {}", text.chars().take(40).collect::<String>(), run.err);
        assert!(run.err.len() < 400_000, "{} bytes are told", run.err.len());
    }
}

#[test]
fn no_figure_takes_long() {
    for figure in [
        "9".repeat(390),
        format!("1e{}", "9".repeat(300)),
        format!("0.{}1 km", "0".repeat(380)),
        "nearly ".repeat(56),
        "5 in 2022 ".repeat(39),
        "٣٤٥٦ dự án".to_owned(),
        "𝟙𝟚𝟛 projects".to_owned(),
        "½ ⅓ Ⅳ projects".to_owned(),
        "79228162514264337593543950336 projects".to_owned(),
        "99999999999999999999999999999 billion USD".to_owned(),
        "-0.0000000000000000000000000001%".to_owned(),
        "1,".repeat(190),
    ] {
        let entry = |number: usize| {
            format!("  - {{indicator: fdi-projects, id: f{number}, as_of: 2022-12, printed: {{a: \"{figure}\"}}}}")
        };
        let run = checked(&format!("{HEAD}facts:\n{}", lines(20, entry)));
        assert!(run.code < 3, "{figure}: {}", run.err);
    }
}

#[test]
fn no_equation_takes_long() {
    let facts = format!("{HEAD}facts:\n{}relations:\n", lines(2, fact));
    for equation in [
        format!("{}1{} = f0", "(".repeat(1_900), ")".repeat(1_900)),
        format!("{}1 = f0", "- ".repeat(1_900)),
        format!("{}1 = f0", "f0 * ".repeat(99)),
        format!("{}1 = f0", "f0 / ".repeat(99)),
        format!("{} = f0", "9".repeat(3_900)),
        format!("f0 = {}", "f1 + ".repeat(2_000)),
        "f0 = 1 / 0".to_owned(),
        "f0 / ( f1 - f1 ) = f0".to_owned(),
    ] {
        let run = checked(&format!("{facts}  - equation: \"{equation}\"\n"));
        assert!(run.code <= 1, "{equation}: {}", run.err);
    }
    let totals = format!(
        "  - total: {{parts: [{}], whole: f0}}\n",
        (1..200).map(|n| format!("f{n}")).collect::<Vec<_>>().join(", ")
    );
    let many = format!("{HEAD}facts:\n{}relations:\n{}", lines(200, fact), totals.repeat(20));
    checked(&many).refuses(1, &["total-mismatch"]);
}
