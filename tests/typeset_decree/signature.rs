//! What stands after the text.

use super::*;

/// A report of some lines of text.
fn report(sentences: usize) -> String {
    let mut markdown = "---\nlanguage: vi\ntitle: Nghệ An\n---\n\n".to_owned();
    for index in 0..sentences {
        markdown.push_str("Kim ngạch xuất khẩu hàng hóa tăng so với cùng kỳ năm trước và vượt kế hoạch. ");
        if index % 5 == 4 {
            markdown.push_str("\n\n");
        }
    }
    markdown
}

#[test]
fn a_signature_is_whole_and_never_without_two_lines_of_the_text() {
    let office = office();
    let mut pages = BTreeSet::new();
    for sentences in 1..70 {
        let document = decree(&report(sentences), Some(&office));
        pages.insert(document.pages.len());
        let signed: Vec<usize> = (0..document.pages.len())
            .filter(|index| {
                let texts: Vec<String> = lines(&document.pages[*index]).into_iter().map(|line| line.text).collect();
                ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Mẫu", "Nơi nhận:", "Lưu: VT, VP."]
                    .iter()
                    .all(|wanted| texts.iter().any(|text| text.ends_with(wanted)))
            })
            .collect();
        assert_eq!(signed, [document.pages.len() - 1], "{sentences} sentences: the last page holds all of it");
        let is_body = |line: &Line| line.element.is_some_and(|element| !document.form.contains_key(&element));
        let beside = lines(document.pages.last().unwrap()).into_iter().filter(is_body).count();
        assert!(beside >= 2 || sentences == 1, "{sentences} sentences: {beside} lines beside the signature");
    }
    assert!(pages.len() >= 3, "lengths around two page ends were tried: {pages:?}");
}

#[test]
fn signature_and_recipients_are_level_in_two_columns() {
    let document = decree(&report(4), Some(&office()));
    let page = &document.pages[0];
    let (post, recipients) = (line(page, "KT. GIÁM ĐỐC"), line(page, "Nơi nhận:"));
    near(post.baseline, recipients.baseline, 0.01);
    near(recipients.left, DECREE_30.margin_left, 0.01);
    assert!(post.left > PAGE_WIDTH / 2.0);
    // The bundled bold italic has no ơ: its word is borrowed from the semibold italic.
    near(recipients.size, 12.0, 0.0);
    assert_eq!(recipients.face, "LibertinusSerif-SemiboldItalic");
    near(line(page, "Lưu: VT, VP.").size, 11.0, 0.0);
    let name = line(page, "Nguyễn Thị Mẫu");
    assert!(mm(name.baseline - line(page, "PHÓ GIÁM ĐỐC").baseline) > 25.0, "room for the signature");
    assert!(lines(page).iter().any(|line| line.text == "Bộ Ngoại giao;"));
}

#[test]
fn recipients_beyond_a_page_go_on_over_the_page() {
    let mut office = office();
    let many: Vec<_> = (0..59).flat_map(|_| office.recipients.clone()).take(59).collect();
    office.recipients = many;
    let document = decree(&report(20), Some(&office));
    for page in &document.pages {
        for line in lines(page).iter().filter(|line| line.text != "Số 1 đường Mẫu") {
            assert!(line.baseline < PAGE_HEIGHT - DECREE_30.margin_bottom + 0.1, "`{}`", line.text);
        }
    }
    let count = document.pages.iter().flat_map(lines).filter(|line| line.text.ends_with(';')).count();
    assert_eq!(count, 59);
}
