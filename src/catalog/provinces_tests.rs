use super::*;
use crate::catalog::Catalog;
use std::sync::Arc;

fn provinces() -> Arc<Provinces> {
    Catalog::builtin().unwrap().provinces
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn found(spelling: &str) -> String {
    provinces().find(spelling).map_or_else(|unknown| unknown.to_string(), |province| province.id.clone())
}

#[test]
fn there_were_63_units_up_to_30_june_2025_and_there_are_34_since() {
    let provinces = provinces();
    for (date, units, municipalities) in [("2025-06-30", 63, 6), ("2025-07-01", 34, 6)] {
        let valid: Vec<&Province> = provinces.valid_on(day(date)).collect();
        assert_eq!(valid.len(), units, "{date}");
        assert_eq!(valid.iter().filter(|p| p.kind == ProvinceKind::Municipality).count(), municipalities, "{date}");
        let codes: BTreeSet<&str> = valid.iter().map(|province| province.code.as_str()).collect();
        assert_eq!(codes.len(), units, "two units of {date} share a code");
    }
}

#[test]
fn the_23_merged_units_were_made_of_the_52_that_ceased_each_once() {
    let provinces = provinces();
    let merged: Vec<&Province> = provinces.iter().filter(|province| province.from.is_some()).collect();
    assert_eq!(merged.len(), 23);
    let mut predecessors: Vec<&str> = merged.iter().flat_map(|p| &p.predecessors).map(String::as_str).collect();
    predecessors.sort_unstable();
    let ceased: Vec<&str> = provinces.iter().filter(|p| p.until.is_some()).map(|p| p.id.as_str()).collect();
    assert_eq!(ceased.len(), 52);
    assert_eq!(predecessors, ceased);
}

#[test]
fn eleven_units_are_unchanged() {
    let provinces = provinces();
    let unchanged: Vec<&str> =
        provinces.iter().filter(|p| p.from.is_none() && p.until.is_none()).map(|p| p.name.vi.as_str()).collect();
    assert_eq!(
        unchanged,
        [
            "Cao Bằng",
            "Điện Biên",
            "Hà Nội",
            "Hà Tĩnh",
            "Huế",
            "Lai Châu",
            "Lạng Sơn",
            "Nghệ An",
            "Quảng Ninh",
            "Sơn La",
            "Thanh Hóa"
        ]
    );
}

/// Resolution 202/2025/QH15, article 1, clauses 1 to 23: each new unit and all that went into it.
#[test]
fn every_merger_is_as_the_resolution_orders_it() {
    let provinces = provinces();
    for (unit, parts) in [
        ("Tuyên Quang", "Hà Giang, Tuyên Quang"),
        ("Lào Cai", "Lào Cai, Yên Bái"),
        ("Thái Nguyên", "Bắc Kạn, Thái Nguyên"),
        ("Phú Thọ", "Hòa Bình, Phú Thọ, Vĩnh Phúc"),
        ("Bắc Ninh", "Bắc Giang, Bắc Ninh"),
        ("Hưng Yên", "Hưng Yên, Thái Bình"),
        ("Hải Phòng", "Hải Dương, Hải Phòng"),
        ("Ninh Bình", "Hà Nam, Nam Định, Ninh Bình"),
        ("Quảng Trị", "Quảng Bình, Quảng Trị"),
        ("Đà Nẵng", "Quảng Nam, Đà Nẵng"),
        ("Quảng Ngãi", "Kon Tum, Quảng Ngãi"),
        ("Gia Lai", "Bình Định, Gia Lai"),
        ("Khánh Hòa", "Khánh Hòa, Ninh Thuận"),
        ("Lâm Đồng", "Bình Thuận, Lâm Đồng, Đắk Nông"),
        ("Đắk Lắk", "Phú Yên, Đắk Lắk"),
        ("Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu, Bình Dương, Thành phố Hồ Chí Minh"),
        ("Đồng Nai", "Bình Phước, Đồng Nai"),
        ("Tây Ninh", "Long An, Tây Ninh"),
        ("Cần Thơ", "Cần Thơ, Hậu Giang, Sóc Trăng"),
        ("Vĩnh Long", "Bến Tre, Trà Vinh, Vĩnh Long"),
        ("Đồng Tháp", "Tiền Giang, Đồng Tháp"),
        ("Cà Mau", "Bạc Liêu, Cà Mau"),
        ("An Giang", "An Giang, Kiên Giang"),
    ] {
        let province = provinces.find(unit).unwrap();
        let names: BTreeSet<&str> =
            province.predecessors.iter().map(|id| provinces.get(id).unwrap().name.vi.as_str()).collect();
        assert_eq!(names.into_iter().collect::<Vec<_>>().join(", "), parts, "{unit}");
    }
}

#[test]
fn a_province_is_found_by_any_spelling() {
    for spelling in [
        "Nghe An",
        "nghệ an",
        "Nghệ An",
        "tỉnh Nghệ An",
        "TỈNH NGHỆ AN",
        "Nghe An province",
        "Province of Nghe An",
        "nghe-an",
        "NGHEAN",
        "nghean",
        "40",
        "  Nghệ\u{a0}An ",
    ] {
        assert_eq!(found(spelling), "nghe-an", "{spelling}");
    }
    for (spelling, id) in [
        ("TP. Hồ Chí Minh", "ho-chi-minh-city"),
        ("TP.HCM", "ho-chi-minh-city"),
        ("TPHCM", "ho-chi-minh-city"),
        ("Sài Gòn", "ho-chi-minh-city"),
        ("Ho Chi Minh City", "ho-chi-minh-city"),
        ("thành phố Hồ Chí Minh", "ho-chi-minh-city"),
        ("thành phố Đà Nẵng", "da-nang"),
        ("Danang", "da-nang"),
        ("Hanoi", "ha-noi"),
        ("Ha Noi", "ha-noi"),
        ("Thừa Thiên - Huế", "hue"),
        ("Daklak", "dak-lak"),
        ("Đăk Nông", "dak-nong"),
        ("Vũng Tàu", "ba-ria-vung-tau"),
        ("Ba Ria–Vung Tau", "ba-ria-vung-tau"),
        ("Thanh Hoá", "thanh-hoa"),
        ("Long An", "long-an"),
        ("Hà Giang", "ha-giang"),
    ] {
        assert_eq!(found(spelling), id, "{spelling}");
    }
}

#[test]
fn decomposed_text_finds_what_composed_text_finds() {
    use unicode_normalization::UnicodeNormalization;
    for province in provinces().iter().filter(|province| province.until.is_none()) {
        assert_eq!(found(&province.name.vi.nfd().collect::<String>()), province.id);
    }
}

#[test]
fn every_name_alias_and_id_finds_a_unit_of_that_name() {
    let provinces = provinces();
    for province in provinces.iter() {
        for spelling in province.spellings().filter(|spelling| *spelling != province.code) {
            assert_eq!(provinces.find(spelling).unwrap().name, province.name, "{spelling}");
        }
        assert_eq!(provinces.find(&province.id).unwrap().id, province.id);
    }
}

#[test]
fn a_shared_name_or_code_means_the_present_unit_unless_another_is_preferred() {
    let provinces = provinces();
    assert_eq!(found("Tây Ninh"), "tay-ninh");
    assert_eq!(found("80"), "tay-ninh");
    assert_eq!(found("72"), "tay-ninh-until-2025");
    let sheets = BTreeSet::from(["long-an".to_owned(), "tay-ninh-until-2025".to_owned()]);
    assert_eq!(provinces.find_among("80", &sheets).unwrap().id, "long-an");
    assert_eq!(provinces.find_among("tỉnh Tây Ninh", &sheets).unwrap().id, "tay-ninh-until-2025");
    assert_eq!(provinces.find_among("Nghệ An", &sheets).unwrap().id, "nghe-an");
}

#[test]
fn a_near_miss_is_suggested() {
    for (spelling, message) in [
        ("Nge An", "no province is called `Nge An`; did you mean Nghe An (nghe-an)?"),
        ("tỉnh Lạng Sơm", "no province is called `tỉnh Lạng Sơm`; did you mean Lang Son (lang-son)?"),
        ("Tay Nin", "no province is called `Tay Nin`; did you mean Tay Ninh (tay-ninh)?"),
        ("Wonderland", "no province is called `Wonderland`"),
        ("99", "no province is called `99`"),
        ("", "no province is called ``"),
    ] {
        assert_eq!(found(spelling), message);
    }
}

#[test]
fn a_merged_unit_has_a_successor_from_the_day_of_the_merger() {
    let provinces = provinces();
    let successor = |id: &str, date: &str| provinces.successor_of(id, day(date)).map(|province| province.id.as_str());
    assert_eq!(successor("long-an", "2025-06-30"), None);
    assert_eq!(successor("long-an", "2025-07-01"), Some("tay-ninh"));
    assert_eq!(successor("tien-giang", "2026-01-01"), Some("dong-thap"));
    assert_eq!(successor("tay-ninh-until-2025", "2026-01-01"), Some("tay-ninh"));
    assert_eq!(successor("tay-ninh", "2026-01-01"), None);
    assert_eq!(successor("nghe-an", "2026-01-01"), None);
    assert_eq!(successor("atlantis", "2026-01-01"), None);
}

/// Two units that follow each other, to which the cases below do harm.
const SOUND: &str = "
early: {name: {en: Early, vi: Cũ}, kind: province, code: '10', until: 2025-06-30, successor: late}
late: {name: {en: Late, vi: Mới}, kind: province, code: '10', from: 2025-07-01, predecessors: [early]}
";

#[test]
fn a_faulty_catalogue_is_refused_with_its_fault() {
    assert!(Provinces::from_text(SOUND).is_ok());
    for (sound, harmed, message) in [
        ("successor: late", "successor: later", "`early` names the successor `later`, which is unknown"),
        ("2025-07-01", "2025-07-02", "does not start on the next day"),
        (
            "predecessors: [early]",
            "predecessors: [early, earlier]",
            "`late` names the predecessor `earlier`, which is unknown",
        ),
        (", successor: late", "", "`early` has `until` or `successor` without the other"),
        ("until:", "from: 2025-07-01, until:", "`early` ends before it starts"),
        ("'10', until", "'1', until", "`early` has a code that is not two digits"),
        ("en: Late", "en: ''", "`late` has a name without letters"),
        ("early:", "Early:", "`Early` is not an id"),
        ("2025-06-30", "2025-06-31", "`2025-06-31` is not a day"),
        ("kind: province, code: '10', until", "kind: district, code: '10', until", "district"),
        ("successor: late}", "successor: late, capital: x}", "capital"),
        (
            "\nlate:",
            "\nother: {name: {en: early, vi: Khác}, kind: province, code: '11'}\nlate:",
            "is a spelling of `early`",
        ),
    ] {
        assert!(SOUND.contains(sound), "{sound}");
        let error = Provinces::from_text(&SOUND.replace(sound, harmed)).unwrap_err().to_string();
        assert!(error.starts_with("provinces.yaml: "), "{error}");
        assert!(error.contains(message), "{harmed}: {error}");
    }
}

#[test]
fn the_built_in_provinces_are_those_of_the_file_and_sound() {
    let read = Provinces::from_text(include_str!("provinces.yaml")).unwrap();
    let built_in = Provinces::built_in();
    assert_eq!(built_in.iter().collect::<Vec<_>>(), read.iter().collect::<Vec<_>>());
    for province in read.iter() {
        for spelling in province.spellings() {
            assert_eq!(built_in.find(spelling), read.find(spelling), "{spelling}");
        }
    }
    for spelling in ["Nge An", "Hanoy", "Binh"] {
        assert_eq!(built_in.find(spelling), read.find(spelling), "{spelling}");
    }
}
