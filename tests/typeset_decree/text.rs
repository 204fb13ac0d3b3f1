//! The text of a report, arranged and set.

use super::*;

#[test]
fn the_body_is_set_as_the_decree_says() {
    let document = decree(VIETNAMESE, None);
    assert!((13.0..=14.0).contains(&DECREE_30.body.text.size));
    let spacing = DECREE_30.body.leading / DECREE_30.body.text.size;
    assert!((1.0..=1.75).contains(&spacing), "{spacing}");
    let body: Vec<Line> =
        document.pages.iter().flat_map(whole_lines).filter(|line| (line.size - 14.0).abs() < 0.01).collect();
    let (left, right) = (DECREE_30.margin_left, DECREE_30.margin_left + DECREE_30.text_width());
    let position = body.iter().position(|line| line.text.starts_with("1. Lao động đi làm")).unwrap();
    let (first, second) = (&body[position], &body[position + 1]);
    near(mm(first.left - left), 12.7, 0.1);
    near(first.right, right, 0.6);
    near(second.baseline - first.baseline, DECREE_30.body.leading, 0.01);
    let next = body.iter().position(|line| line.text.starts_with("2. Xuất khẩu")).unwrap();
    let gap = body[next].baseline - body[next - 1].baseline - DECREE_30.body.leading;
    assert!(gap >= 5.99, "at least 6 points between paragraphs: {gap}");
    near(second.left, left, 0.01);
    near(second.right, right, 0.6);
}

#[test]
fn everything_is_black() {
    for markdown in [VIETNAMESE, ENGLISH, CONSTRUCTS] {
        for page in &decree(markdown, Some(&office())).pages {
            for line in lines(page) {
                assert_eq!(line.colour, Colour(0, 0, 0), "`{}`", line.text);
            }
            for item in &page.items {
                let FrameItem::Fill(fill) = item else { continue };
                let Colour(red, green, blue) = fill.colour;
                assert!(red == green && green == blue, "{fill:?}");
                assert!(red == 0 || red > 0xe0, "a ground is light: {fill:?}");
            }
        }
    }
}

#[test]
fn headings_are_numbered_and_the_text_ends_as_the_decree_says() {
    let document = decree(
        "---\nlanguage: vi\n---\n\n## Kết quả\n\n### Đầu tư\n\n#### Vốn\n\nA.\n\n#### Dự án\n\nB.\n\n### Thương mại\n\nC.\n\n## Nhiệm vụ\n\n### Một\n\nD.\n",
        None,
    );
    let headings: Vec<String> = document.outline.iter().map(|bookmark| bookmark.title.clone()).collect();
    assert_eq!(headings, ["I. KẾT QUẢ", "1. Đầu tư", "a) Vốn", "b) Dự án", "2. Thương mại", "II. NHIỆM VỤ", "1. Một"]);
    let all: Vec<Line> = document.pages.iter().flat_map(lines).collect();
    let last = all.iter().position(|line| line.text == "D./.").unwrap();
    assert!(all[last + 1..].iter().all(|line| !line.text.contains("./.")));
    assert_eq!(DECREE_30.headings[1].paragraph.text.cut.weight, Weight::Bold);
}

#[test]
fn what_ends_without_a_sentence_gets_the_last_sign_in_its_own_way() {
    let ends = |markdown: &str| {
        let all: Vec<String> =
            decree(markdown, None).pages.iter().flat_map(whole_lines).map(|line| line.text).collect();
        let end = all.iter().position(|text| text.starts_with("DIRECTOR")).unwrap();
        all[..end].iter().find(|text| text.ends_with("./.")).cloned().unwrap_or_else(|| panic!("{all:?}"))
    };
    assert_eq!(ends(""), "./.");
    assert_eq!(ends("| a | b |\n|---|---|\n| 1 | 2 |\n"), "./.");
    assert_eq!(ends("Is it so?"), "Is it so?./.");
    assert_eq!(ends("- one\n- two.\n"), "- two./.");
    assert!(ends("See [here](https://example.org)").ends_with(" ./."), "the sign is no part of an address");
}

#[test]
fn key_figures_are_a_table_and_messages_plain_paragraphs() {
    let document = decree(VIETNAMESE, None);
    let cells: Vec<String> = document.pages.iter().flat_map(lines).map(|line| line.text).collect();
    for head in ["Chỉ tiêu", "Số liệu", "Thời gian"] {
        assert!(cells.iter().any(|text| text == head), "{head}");
    }
    let panels = document
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter(|item| matches!(item, FrameItem::Fill(fill) if fill.radius > 0.0));
    assert_eq!(panels.count(), 0);
    let table_sizes: BTreeSet<String> = document
        .pages
        .iter()
        .flat_map(lines)
        .filter(|line| {
            let role = line.element.map(|element| &document.structure[element.0].role);
            matches!(role, Some(Role::HeaderCell(_)))
        })
        .map(|line| line.size.to_string())
        .collect();
    assert_eq!(table_sizes, BTreeSet::from(["11.5".to_owned()]), "11 to 12 points");
}

#[test]
fn the_first_column_of_a_comparison_has_a_name_and_that_of_another_table_keeps_none() {
    let table = "| | Nghe An |\n|---|---:|\n| Projects | 15 |\n";
    let named = |markdown: &str| {
        decree(markdown, None).pages.iter().flat_map(lines).filter(|line| line.text == "Indicator").count()
    };
    assert_eq!(named(&format!("<!-- comparison -->\n{table}")), 1);
    assert_eq!(named(table), 0);
}

/// Letters and digits, counted.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut count = BTreeMap::new();
    for letter in text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()) {
        *count.entry(letter).or_default() += 1;
    }
    count
}

fn content(document: &Document) -> String {
    let is_content = |run: &&GlyphRun| run.element.is_some_and(|element| !document.form.contains_key(&element));
    document.pages.iter().flat_map(runs).filter(is_content).map(|run| run.text.as_str()).collect()
}

#[test]
fn both_layouts_say_the_same() {
    for markdown in [VIETNAMESE, ENGLISH, CONSTRUCTS] {
        let briefing = set(markdown, &Settings::new(&FONTS, &BRIEFING)).unwrap();
        // The title block of the one is the subject of the other.
        let title = |document: &Document, run: &GlyphRun| {
            run.element.is_some_and(|element| document.structure[element.0].role == Role::Title)
        };
        let kicker = briefing.metadata.kicker.clone().unwrap_or_default().to_uppercase();
        let edition = briefing.metadata.edition.clone().unwrap_or_default();
        let text: String = briefing
            .pages
            .iter()
            .flat_map(runs)
            .filter(|run| run.element.is_some() && !title(&briefing, run))
            .map(|run| run.text.as_str())
            .collect();
        let mut wanted = letters(&text);
        for (letter, count) in letters(&format!("{kicker}{edition}")) {
            *wanted.entry(letter).or_default() -= count;
        }
        let shown = letters(&content(&decree(markdown, Some(&office()))));
        for (letter, count) in wanted {
            let shown = shown.get(&letter).copied().unwrap_or(0);
            assert!(shown >= count, "`{letter}`: {shown} of {count}");
        }
    }
}

#[test]
fn numerals_of_text_and_form_are_proved() {
    let office = office();
    for markdown in [VIETNAMESE, ENGLISH, CONSTRUCTS] {
        for office in [None, Some(&office)] {
            assert_eq!(compare_numerals(markdown, &decree(markdown, office)), []);
        }
    }
    for (wanted, other) in [("05/BC-SNgV", "06/BC-SNgV"), ("2,45", "2,54"), ("tháng 10", "tháng 11")] {
        let mut document = decree(VIETNAMESE, Some(&office));
        let mut runs = document.pages.iter_mut().flat_map(|page| &mut page.items).filter_map(|item| match item {
            FrameItem::Text(run) if run.text.contains(wanted) => Some(run),
            _ => None,
        });
        let run = runs.next().unwrap_or_else(|| panic!("{wanted}"));
        run.text = run.text.replacen(wanted, other, 1);
        assert_eq!(compare_numerals(VIETNAMESE, &document).len(), 1, "{wanted}");
    }
}

#[test]
fn neither_language_has_a_word_of_the_other() {
    for office in [None, Some(office())] {
        let document = decree(ENGLISH, office.as_ref());
        let form: String = document.form.values().cloned().collect::<Vec<_>>().join(" ");
        assert!(form.contains("SOCIALIST REPUBLIC OF VIET NAM") && form.contains("Independence - Freedom - Happiness"));
        let strange: String = form.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii()).collect();
        assert_eq!(strange, "", "{form}");
        let heads = ["Chỉ tiêu", "Ghi chú", "Lưu", "Số:"];
        assert!(document.pages.iter().flat_map(lines).all(|line| !heads.iter().any(|head| line.text.contains(head))));

        let document = decree(VIETNAMESE, office.as_ref());
        let all = document.pages.iter().flat_map(lines).map(|line| line.text).collect::<Vec<_>>().join(" ");
        for word in ["REPORT", "No.", "Recipients", "Director", "Department", "Indicator", "October", "Remarks"] {
            assert!(!all.contains(word), "`{word}`");
        }
        assert!(all.contains("Nơi nhận:") && all.contains("BÁO CÁO"));
    }
}

#[test]
fn stacked_diacritics_never_touch_the_line_above() {
    use skrifa::MetadataProvider;
    use skrifa::instance::{LocationRef, Size};
    let capitals = "ẶẴẲẮẰ ỄỂỐỘỖỔ ỰỮỬỨỪ gjpqy ";
    let mut markdown = "---\nlanguage: vi\n---\n\n".to_owned();
    write!(
        markdown,
        "{}\n\n## {}\n\n- {}\n\nKết.[^1]\n\n[^1]: {}",
        capitals.repeat(9),
        capitals.repeat(5),
        capitals.repeat(6),
        capitals.repeat(9)
    )
    .unwrap();
    let document = decree(&markdown, None);
    let mut extents: BTreeMap<i32, (f32, f32)> = BTreeMap::new();
    for run in runs(&document.pages[0]).filter(|run| run.x < PAGE_WIDTH / 2.0) {
        let face = FONTS.face(run.face).unwrap();
        let font = skrifa::FontRef::new(&face.data).unwrap();
        let metrics = font.glyph_metrics(Size::new(run.size), LocationRef::default());
        for glyph in &run.glyphs {
            let Some(bounds) = metrics.bounds(skrifa::GlyphId::from(glyph.id)) else { continue };
            #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
            let extent = extents.entry((run.y * 10.0) as i32).or_insert((f32::MAX, f32::MIN));
            extent.0 = extent.0.min(run.y - bounds.y_max - glyph.y_offset);
            extent.1 = extent.1.max(run.y - bounds.y_min - glyph.y_offset);
        }
    }
    let extents: Vec<_> = extents.into_values().collect();
    assert!(extents.len() > 12);
    assert!(extents.windows(2).all(|pair| pair[1].0 > pair[0].1), "{extents:?}");
}

#[test]
fn every_layout_is_found_by_its_name() {
    for layout in LAYOUTS {
        assert!(
            std::ptr::eq(Layout::named(layout.name).unwrap(), layout) || Layout::named(layout.name) == Some(layout)
        );
    }
    assert_eq!(Layout::named("decree-31"), None);
}
