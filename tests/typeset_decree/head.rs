//! What stands before the text, and the number of a page.

use super::*;

#[test]
fn the_margins_are_those_of_the_decree() {
    for layout in LAYOUTS {
        for (margin, least, most) in [
            (layout.margin_top, 20.0, 25.0),
            (layout.margin_bottom, 20.0, 25.0),
            (layout.margin_left, 30.0, 35.0),
            (layout.margin_right, 15.0, 20.0),
        ] {
            assert!((least - 0.01..=most + 0.01).contains(&mm(margin)), "{}: {}", layout.name, mm(margin));
        }
    }
}

#[test]
fn every_box_of_the_head_has_its_size_style_and_place() {
    let office = office();
    let document = decree(VIETNAMESE, Some(&office));
    let page = &document.pages[0];
    for (text, sizes, face) in [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.0..=13.0, "LibertinusSerif-Bold"),
        ("Độc lập - Tự do - Hạnh phúc", 13.0..=14.0, "LibertinusSerif-Bold"),
        ("UBND TỈNH NGHỆ AN", 12.0..=13.0, "LibertinusSerif-Regular"),
        ("SỞ NGOẠI VỤ", 12.0..=13.0, "LibertinusSerif-Bold"),
        ("Số: 05/BC-SNgV", 13.0..=13.0, "LibertinusSerif-Regular"),
        ("Nghệ An, ngày 05 tháng 10 năm 2026", 13.0..=14.0, "LibertinusSerif-Italic"),
        ("BÁO CÁO", 13.0..=14.0, "LibertinusSerif-Bold"),
        ("Số 1 đường Mẫu", 11.0..=12.0, "LibertinusSerif-Regular"),
    ] {
        let line = line(page, text);
        assert!(sizes.contains(&line.size), "`{text}` is set at {}", line.size);
        assert_eq!(line.face, face, "`{text}`");
    }
    let (left, right) = (DECREE_30.margin_left, PAGE_WIDTH - DECREE_30.margin_right);
    let centre = |text: &str| {
        let line = line(page, text);
        f32::midpoint(line.left, line.right)
    };
    // The boxes at the left share an axis, and those at the right.
    let (country, body) = (centre("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), centre("SỞ NGOẠI VỤ"));
    near(centre("Độc lập - Tự do - Hạnh phúc"), country, 0.5);
    near(centre("Nghệ An, ngày 05 tháng 10 năm 2026"), country, 0.5);
    near(centre("UBND TỈNH NGHỆ AN"), body, 0.5);
    near(centre("Số: 05/BC-SNgV"), body, 0.5);
    assert!(body < PAGE_WIDTH * 0.4 && country > PAGE_WIDTH * 0.6);
    near(centre("BÁO CÁO"), f32::midpoint(left, right), 0.5);
    // Number and date share a line; the body stands on the country's first line.
    near(line(page, "Số: 05/BC-SNgV").baseline, line(page, "Nghệ An, ngày 05 tháng 10 năm 2026").baseline, 0.01);
    near(line(page, "UBND TỈNH NGHỆ AN").baseline, line(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").baseline, 0.01);
    assert!(line(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").baseline > DECREE_30.margin_top);
}

#[test]
fn rules_are_as_long_as_the_decree_says() {
    let office = office();
    let document = decree(VIETNAMESE, Some(&office));
    let page = &document.pages[0];
    let motto = line(page, "Độc lập - Tự do - Hạnh phúc");
    near(rule_below(page, &motto).2, motto.right - motto.left, 1.0);
    let subject = lines(page)
        .into_iter()
        .find(|line| line.element.is_some_and(|element| document.structure[element.0].role == Role::Title));
    for line in [line(page, "SỞ NGOẠI VỤ"), subject.unwrap()] {
        let (left, _, length) = rule_below(page, &line);
        let width = line.right - line.left;
        assert!(length >= width / 3.0 && length <= width / 2.0, "`{}`: {length} of {width}", line.text);
        near(left + length / 2.0, f32::midpoint(line.left, line.right), 0.5);
    }
    let address = line(page, "Số 1 đường Mẫu");
    let full = rules(page).into_iter().find(|rule| rule.1 > PAGE_HEIGHT - DECREE_30.margin_bottom).unwrap();
    near(full.2, DECREE_30.text_width(), 0.01);
    assert!(address.baseline > full.1 && address.baseline < PAGE_HEIGHT - 10.0);
    let later = document.pages.iter().skip(1).flat_map(lines).any(|line| line.text == address.text);
    assert!(!later, "the address stands at the foot of page 1 only");
}

#[test]
fn page_numbers_stand_centred_in_the_top_margin_from_page_2_on() {
    let document = decree(VIETNAMESE, Some(&office()));
    assert!(document.pages.len() >= 2);
    for (index, page) in document.pages.iter().enumerate() {
        let artifacts: Vec<Line> = lines(page).into_iter().filter(|line| line.element.is_none()).collect();
        let above: Vec<&Line> = artifacts.iter().filter(|line| line.baseline < DECREE_30.margin_top).collect();
        if index == 0 {
            assert!(artifacts.is_empty(), "page 1 has no number, head or foot: {artifacts:?}");
            continue;
        }
        let [number] = above.as_slice() else { panic!("page {}: {above:?}", index + 1) };
        assert_eq!(number.text, (index + 1).to_string());
        assert!((13.0..=14.0).contains(&number.size) && number.face == "LibertinusSerif-Regular");
        near(f32::midpoint(number.left, number.right), DECREE_30.margin_left + DECREE_30.text_width() / 2.0, 0.5);
        assert!(artifacts.iter().all(|line| line.baseline < PAGE_HEIGHT - DECREE_30.margin_bottom), "no running foot");
    }
}

#[test]
fn without_an_office_places_are_left_open() {
    let document = decree(VIETNAMESE, None);
    let form: Vec<String> = document.form.values().map(|text| text.replace('\u{a0}', "_")).collect();
    for open in ["Số:________/BC-SNgV", "SỞ NGOẠI VỤ", "GIÁM ĐỐC", "Lưu: VT."] {
        assert!(form.iter().any(|text| text == open), "{open}: {form:?}");
    }
    assert!(form.iter().any(|text| text.ends_with("ngày ____ tháng ____ năm 2026")), "{form:?}");
    let new_year = VIETNAMESE.replace("date: 2026-09-30", "date: 2026-12-31");
    assert_ne!(new_year, VIETNAMESE);
    let document = decree(&new_year, None);
    assert!(
        document.form.values().any(|text| text.ends_with("năm 2027")),
        "a report to the year's end is issued in the next"
    );
}

#[test]
fn an_offices_date_is_the_documents_where_it_gives_none() {
    let office = Office { date: None, ..office() };
    let document = decree(VIETNAMESE, Some(&office));
    assert!(document.form.values().any(|text| text == "Nghệ An, ngày 30 tháng 9 năm 2026"), "{:?}", document.form);
}
