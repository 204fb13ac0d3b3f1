//! What a chart's drawing must be, whatever its data: to scale, from zero, in its width, legible, and the same every time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)] // a test says what is wrong by failing

use brief::chart::{
    Amount, Anchor, Chart, Estimate, Item, Line, Mark, Measure, Plot, Scene, Strip, Tone, Weight, scene, svg,
};
use brief::figure::Decimal;
use brief::language::Language;
use brief::typeset::layout::BRIEFING;
use proptest::prelude::*;

fn mark(label: &str, figure: &str, amount: Option<Amount>) -> Mark {
    Mark { label: label.into(), figure: figure.into(), detail: "2023".into(), amount, is_own: false }
}

/// Dots on one line, of which the one that is marked as its own is the document's.
fn strip(marks: Vec<Mark>, logarithmic: bool, zero: &str) -> Strip {
    let own = marks.iter().position(|mark| mark.is_own);
    Strip { marks: marks.into(), own, logarithmic, zero: zero.into() }
}

fn own(mark: Mark) -> Mark {
    Mark { is_own: true, ..mark }
}

fn chart(plot: Plot) -> Chart {
    Chart {
        headline: "Delegations received: more in Tien Giang than in Nghe An".into(),
        subtitle: "Per year".into(),
        plot,
        notes: vec!["Sources 1, 2".into()],
        alternative: "In words".into(),
    }
}

fn at(value: i64) -> Amount {
    Amount::At(Decimal::from(value))
}

fn between(lower: i64, upper: i64) -> Amount {
    Amount::Between(Decimal::from(lower), Decimal::from(upper))
}

fn drawn(plot: Plot) -> Scene {
    scene(&chart(plot), 226.0, &mut Estimate)
}

/// The colours of the layout for reading.
fn palette(tone: Tone) -> [u8; 3] {
    brief::typeset::palette(&BRIEFING, tone)
}

/// Left edge, width and colour of the bars.
fn bars(scene: &Scene) -> Vec<(f32, f32, Tone)> {
    let bar = |item: &Item| match item {
        Item::Bar { x, width, tone, .. } => Some((*x, *width, *tone)),
        _ => None,
    };
    scene.items.iter().filter_map(bar).collect()
}

fn lines(scene: &Scene, dotted: bool) -> Vec<&Line> {
    let drawn = scene.items.iter().filter_map(|item| if let Item::Line(line) = item { Some(line) } else { None });
    drawn.filter(|line| line.dotted == dotted).collect()
}

/// The weight and the colour of a text.
fn look(scene: &Scene, wanted: &str) -> (Weight, Tone) {
    let look = |item: &Item| match item {
        Item::Text { face, tone, text, .. } if text == wanted => Some((face.weight, *tone)),
        _ => None,
    };
    scene.items.iter().find_map(look).unwrap_or_else(|| panic!("{wanted:?} is not drawn"))
}

#[test]
fn bars_are_to_scale_and_start_at_zero() {
    let values = [160, 67, 44, 3];
    let scene = drawn(Plot::Bars(values.map(|value| mark("Tien Giang", "some", Some(at(value)))).into()));
    let bars = bars(&scene);
    assert_eq!(bars.len(), values.len());
    let scale = bars[0].1 / 160.0;
    for ((x, width, _), value) in bars.iter().zip([160.0, 67.0, 44.0, 3.0]) {
        assert!((x - bars[0].0).abs() < 0.01, "all start on one line");
        assert!((width - value * scale).abs() < 0.1, "{value} is {width} long at {scale} to one");
    }
}

#[test]
fn the_documents_own_stands_out_in_colour_and_in_weight() {
    let scene =
        drawn(Plot::Bars(vec![mark("Tien Giang", "160", Some(at(160))), own(mark("Nghe An", "44", Some(at(44))))]));
    assert_eq!(bars(&scene).iter().map(|bar| bar.2).collect::<Vec<_>>(), [Tone::Peer, Tone::Accent]);
    assert_eq!(look(&scene, "Nghe An").0, Weight::Semibold);
    assert_eq!(look(&scene, "44").0, Weight::Semibold);
    assert_eq!(look(&scene, "Tien Giang").0, Weight::Regular);
    // Seen on a photocopy: the two differ by a quarter of the way from black to white.
    let grey = |tone| {
        palette(tone).into_iter().zip([0.2126, 0.7152, 0.0722]).map(|(part, by)| f64::from(part) * by).sum::<f64>()
    };
    assert!(grey(Tone::Peer) - grey(Tone::Accent) > 255.0 / 4.0, "{} {}", grey(Tone::Peer), grey(Tone::Accent));
}

#[test]
fn what_is_certain_is_solid_and_an_open_end_dotted() {
    let exact = drawn(Plot::Bars(vec![mark("A", "160", Some(at(160))), mark("B", "80", Some(at(80)))]));
    assert_eq!(lines(&exact, true), Vec::<&Line>::new());

    let over = Amount::AtLeast(Decimal::from(160));
    let scene = drawn(Plot::Bars(vec![mark("A", "over 160", Some(over)), mark("B", "80", Some(at(80)))]));
    let bars = bars(&scene);
    assert!((bars[0].1 - 2.0 * bars[1].1).abs() < 0.1, "the solid bar of “over 160” ends at 160");
    let end = bars[0].0 + bars[0].1;
    let dotted = lines(&scene, true);
    assert_eq!(dotted.len(), 2, "no line closes the end");
    assert!(dotted.iter().flat_map(|line| &line.points).all(|(x, _)| *x > end));

    let nearly = Amount::AtMost(Decimal::from(100), Decimal::from(150));
    let scene = drawn(Plot::Bars(vec![mark("A", "nearly 150", Some(nearly)), mark("B", "50", Some(at(50)))]));
    let bars = self::bars(&scene);
    let dotted = lines(&scene, true);
    let reach = dotted.iter().flat_map(|line| &line.points).map(|(x, _)| *x).fold(0.0, f32::max);
    assert!((bars[0].1 - 2.0 * bars[1].1).abs() < 0.1, "solid up to the least that it may be");
    assert!((reach - bars[0].0 - 3.0 * bars[1].1).abs() < 0.1, "dotted up to the most");
}

#[test]
fn a_range_is_marked_from_its_one_end_to_the_other() {
    let scene = drawn(Plot::Bars(vec![mark("A", "64 to 68", Some(between(60, 90))), mark("B", "30", Some(at(30)))]));
    let bars = bars(&scene);
    assert!((bars[0].1 - 2.0 * bars[1].1).abs() < 0.1);
    let mark = lines(&scene, false).into_iter().find(|line| {
        let [(from, y), (to, other)] = line.points[..] else { return false };
        (y - other).abs() < 0.01
            && (from - bars[0].0 - bars[0].1).abs() < 0.1
            && (to - bars[0].0 - 3.0 * bars[1].1).abs() < 0.1
    });
    assert!(mark.is_some(), "no line from 60 to 90: {:?}", lines(&scene, false));
}

#[test]
fn nothing_published_and_zero_have_no_bar_but_words() {
    let scene = drawn(Plot::Bars(vec![
        mark("A", "5", Some(at(5))),
        mark("B", "0", Some(at(0))),
        mark("C", "not published", None),
    ]));
    assert_eq!(bars(&scene).len(), 1);
    assert_eq!(look(&scene, "0"), (Weight::Regular, Tone::Ink));
    assert_eq!(look(&scene, "not published"), (Weight::Regular, Tone::Grey));
}

#[test]
fn one_a_thousand_times_the_others_leaves_them_legible() {
    let scene = drawn(Plot::Bars(vec![
        mark("A", "100,000", Some(at(100_000))),
        own(mark("B", "100", Some(at(100)))),
        mark("C", "90", Some(at(90))),
    ]));
    assert!(bars(&scene).iter().all(|bar| bar.1 >= 0.5));
    assert_eq!(look(&scene, "100").0, Weight::Semibold);

    let marks = vec![
        mark("C", "90", Some(at(90))),
        own(mark("B", "900", Some(at(900)))),
        mark("A", "90,000", Some(at(90_000))),
    ];
    let scene = drawn(Plot::Strip(strip(marks, true, "")));
    let mut dots: Vec<f32> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Dot { x, .. } => Some(*x),
            _ => None,
        })
        .collect();
    dots.sort_by(f32::total_cmp);
    let [least, middle, most] = dots[..] else { panic!("{dots:?}") };
    // Ten times, and a hundred times that: a third of the way.
    assert!(((middle - least) * 3.0 - (most - least)).abs() < 0.1, "{dots:?}");
}

#[test]
fn a_plan_is_where_its_size_says() {
    let plan = Mark { label: "plan".into(), ..mark("", "14,500", Some(at(14_500))) };
    let actual = Mark { detail: String::new(), ..own(mark("", "18,639", Some(at(18_639)))) };
    let scene = drawn(Plot::Bullet { actual, plan });
    let [(_, ground, Tone::Tint), (_, reached, Tone::Accent)] = bars(&scene)[..] else { panic!("{:?}", bars(&scene)) };
    assert!((reached / ground - 18_639.0 / 14_500.0).abs() < 0.001);
    let is_mark = |line: &&Line| line.width > 1.5 && line.points.iter().all(|(x, _)| (x - ground).abs() < 0.1);
    assert_eq!(lines(&scene, false).into_iter().filter(is_mark).count(), 1);
}

#[test]
fn a_slope_rises_as_its_amounts_do_over_zero() {
    let scene = drawn(Plot::Slope { from: mark("", "50", Some(at(50))), to: own(mark("", "100", Some(at(100)))) });
    let zero = lines(&scene, false)[0].points[0].1;
    let heights: Vec<f32> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Dot { y, .. } => Some(zero - y),
            _ => None,
        })
        .collect();
    assert!((heights[1] - 2.0 * heights[0]).abs() < 0.1 && heights[0] > 10.0, "{heights:?}");
}

#[test]
fn an_svg_is_well_formed_whatever_its_texts() {
    let mut chart =
        chart(Plot::Bars(vec![mark("<script>&\"'", "a\u{1}b", Some(at(5))), own(mark("Nghệ An", "4", Some(at(4))))]));
    chart.headline = "]]> more & <less>".into();
    chart.alternative = "5 > 4 \u{fffe}".into();
    let text = svg::draw(&chart, Language::Vi, palette);
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("lang"), Some("vi"));
    let child = |name: &str| {
        root.children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name))).unwrap().text()
    };
    assert_eq!(child("title"), Some("]]> more & <less>"));
    assert_eq!(child("desc"), Some("5 > 4 "));
    let texts: Vec<&str> =
        document.descendants().filter(|node| node.tag_name().name() == "text").filter_map(|node| node.text()).collect();
    assert!(texts.contains(&"<script>&\"'") && texts.contains(&"ab") && texts.contains(&"Nghệ An"), "{texts:?}");
    assert_eq!(document.descendants().filter(|node| node.tag_name().name() == "script").count(), 0);
}

/// A text's box: left, top, right, foot.
fn text_box(item: &Item) -> Option<(f32, f32, f32, f32, &str)> {
    let Item::Text { x, y, anchor, face, text, .. } = item else { return None };
    let width = Estimate.width(text, *face);
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Some((left, y - face.size * 0.72, left + width, y + face.size * 0.22, text))
}

/// How far anything reaches to the left and to the right.
fn reach(item: &Item) -> (f32, f32) {
    match item {
        Item::Bar { x, width, .. } => (*x, x + width),
        Item::Dot { x, radius, .. } => (x - radius, x + radius),
        Item::Line(line) => {
            let xs = || line.points.iter().map(|(x, _)| *x);
            (xs().fold(f32::MAX, f32::min), xs().fold(f32::MIN, f32::max))
        }
        Item::Text { .. } => text_box(item).map_or((0.0, 0.0), |(left, _, right, ..)| (left, right)),
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Nghệ",
        "An",
        "Bà\u{a0}Rịa",
        "-",
        "Vũng",
        "Tàu",
        "Thừa",
        "Thiên",
        "Huế",
        "1,155",
        "tỉ\u{a0}USD",
        "(derived)",
    ]);
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

fn amounts() -> impl Strategy<Value = Amount> {
    let size = prop_oneof![0_i64..5, 1_i64..2_000, 1_i64..10_000_000_000_000];
    (size, 0_i64..1_000, 0..4).prop_map(|(size, more, kind)| match kind {
        0 => at(size),
        1 => between(size, size + more),
        2 => Amount::AtLeast(Decimal::from(size)),
        _ => Amount::AtMost(Decimal::from(size), Decimal::from(size + more)),
    })
}

prop_compose! {
    fn marks(least: usize, most: usize)(
        own in 0..most,
        marks in prop::collection::vec((words(), words(), prop::option::of(words()), amounts()), least..=most),
    ) -> Vec<Mark> {
        marks
            .into_iter()
            .enumerate()
            .map(|(place, (label, figure, detail, amount))| Mark {
                label, figure, detail: detail.unwrap_or_default(), amount: Some(amount), is_own: place == own,
            })
            .collect()
    }
}

fn plots() -> impl Strategy<Value = Plot> {
    let pair = || marks(2, 2).prop_map(|marks| <[Mark; 2]>::try_from(marks).unwrap());
    prop_oneof![
        (marks(2, 8), 0_usize..3).prop_map(|(mut marks, missing)| {
            marks.iter_mut().rev().take(missing).for_each(|mark| mark.amount = None);
            Plot::Bars(marks)
        }),
        (marks(2, 60), any::<bool>()).prop_map(|(mut marks, logarithmic)| {
            marks.sort_by_key(|mark| mark.amount.unwrap().ends());
            let logarithmic = logarithmic && marks[0].amount.unwrap().ends().0 > Decimal::ZERO;
            Plot::Strip(strip(marks, logarithmic, if logarithmic { "" } else { "0" }))
        }),
        pair().prop_map(|[from, to]| Plot::Slope { from, to }),
        pair().prop_map(|[actual, plan]| Plot::Bullet { actual, plan }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_leaves_the_width_and_no_text_touches_another(
        headline in words(), plot in plots(), width in 130.0_f32..460.0,
    ) {
        let chart = Chart { headline, ..chart(plot) };
        let drawing = scene(&chart, width, &mut Estimate);
        for item in &drawing.items {
            let (left, right) = reach(item);
            prop_assert!(left > -0.6 && right < width + 0.6, "{item:?} leaves {width}");
        }
        let boxes: Vec<_> = drawing.items.iter().filter_map(text_box).collect();
        for (place, one) in boxes.iter().enumerate() {
            prop_assert!(one.1 > -0.5 && one.3 < drawing.height + 0.5, "{one:?} leaves the height {}", drawing.height);
            for other in &boxes[place + 1..] {
                let apart = one.2 <= other.0 + 0.1 || other.2 <= one.0 + 0.1 || one.3 <= other.1 + 0.1 || other.3 <= one.1 + 0.1;
                prop_assert!(apart, "{one:?} touches {other:?}");
            }
        }
        for item in &drawing.items {
            let Item::Bar { x, y, width, height, tone } = item else { continue };
            for text in &boxes {
                let apart = text.2 <= x + 0.1 || x + width <= text.0 + 0.1 || text.3 <= y + 0.1 || y + height <= text.1 + 0.1;
                prop_assert!(apart || *tone == Tone::Tint, "{text:?} lies on {item:?}");
            }
        }
    }

    #[test]
    fn every_text_is_drawn_once_in_reading_order_and_the_same_each_time(plot in plots(), width in 130.0_f32..460.0) {
        let chart = chart(plot);
        let drawing = scene(&chart, width, &mut Estimate);
        let letters = |text: &str| text.replace([' ', '\u{a0}'], "");
        let shown: String = drawing.items.iter().filter_map(text_box).map(|text| letters(text.4)).collect();
        prop_assert_eq!(shown, letters(&chart.texts().concat()));
        prop_assert_eq!(&drawing, &scene(&chart, width, &mut Estimate));
        prop_assert_eq!(svg::draw(&chart, Language::En, palette), svg::draw(&chart, Language::En, palette));
    }
}
