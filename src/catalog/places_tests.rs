use super::*;
use crate::catalog::Catalog;
use crate::catalog::fold::compact;
use std::collections::BTreeSet;
use std::sync::Arc;

fn places() -> Arc<Places> {
    Catalog::builtin().unwrap().places
}

fn found(spelling: &str) -> String {
    places().find(spelling).map_or_else(|unknown| unknown.to_string(), |place| place.id.clone())
}

#[test]
fn every_partner_in_the_articles_is_found_as_they_print_it() {
    for (id, spellings) in [
        ("svay-rieng", &["Svay Rieng", "Svay Rieng (Kingdom of Cambodia)", "Svay Riêng (Vương quốc Campuchia)"][..]),
        ("prey-veng", &["Prey Veng", "Prey Veng (Kingdom of Cambodia)"]),
        ("khammouane", &["Khammouane", "Kham Muon (Laos)", "Khăm Muộn (Lào)", "tỉnh Khăm Muộn", "Khammouane province"]),
        (
            "chungcheongnam",
            &["Chungcheongnam-do (Korea)", "Chungcheongnam-do (Hàn Quốc)", "South Chungcheong Province"],
        ),
        ("trat", &["Trat (Thailand)", "Trat (Thái Lan)"]),
        ("hyogo", &["Hyogo (Japan)", "Hyōgo", "Hyogo prefecture"]),
        ("sacramento", &["Sacramento city (California, USA)", "TP.Sacramento (tiểu bang California, Hoa Kỳ)"]),
        ("leipzig", &["Leipzig city (Germany)", "TP.Leipzig (Cộng hòa Liên bang Đức)"]),
        (
            "guangxi",
            &[
                "Guangxi (China)",
                "Guangxi Zhuang Autonomous Region",
                "Quảng Tây",
                "Khu tự trị dân tộc Choang Quảng Tây",
            ],
        ),
        ("xieng-khouang", &["Xieng Khouang", "Xiêng Khoảng", "Xiengkhouang"]),
        ("houaphanh", &["Houaphanh", "Hua Phan", "Huaphanh", "Hủa Phăn"]),
        ("bolikhamxay", &["Bolikhamxay", "Bolikhamxay (Lao PDR)", "Bô-ly-khăm-xay"]),
        ("gyeonggi", &["Gyeonggi province (South Korea)", "Gyeonggi-do"]),
        ("gifu", &["Gifu (Japan)", "Gifu province (Japan)"]),
        ("ulyanovsk", &["Ulianov", "Ulyanovsk", "Ulianov province (Russian Federation)"]),
        ("pursat", &["Pursat", "Pursat province", "Pursat (Campuchia)"]),
        ("maputo-province", &["Maputo province", "tỉnh Maputo", "Maputo province (Mozambique)"]),
        ("texas", &["Texas", "bang Texas"]),
        ("washington-dc", &["Washington DC", "Washington D.C.", "Washington, D.C."]),
        (
            "mozambique-fisheries-ministry",
            &[
                "Ministry of Sea, Inland Waters and Fisheries",
                "Ministry of Sea, Inland Waters and Fisheries (Mozambique)",
            ],
        ),
        ("ficci", &["Federation of Indian Chambers of Commerce and Industry", "FICCI", "FICCI (India)"]),
        ("cnam", &["CNAM", "CNAM (France)", "CNAM (Pháp)"]),
    ] {
        for spelling in spellings {
            assert_eq!(found(spelling), id, "{spelling}");
        }
    }
}

#[test]
fn a_country_is_found_by_its_customary_names() {
    for (spelling, id) in [
        ("Hàn Quốc", "south-korea"),
        ("Korea", "south-korea"),
        ("Republic of Korea", "south-korea"),
        ("Úc", "australia"),
        ("Lào", "laos"),
        ("Lao PDR", "laos"),
        ("Ý", "italy"),
        ("Áo", "austria"),
        ("Mỹ", "united-states"),
        ("Hoa Kỳ", "united-states"),
        ("Cộng hòa Séc", "czechia"),
        ("Vương quốc Anh", "united-kingdom"),
        ("Cộng hòa Liên bang Đức", "germany"),
        ("nước Pháp", "france"),
        ("Kingdom of Cambodia", "cambodia"),
        ("Đài Loan", "taiwan"),
        ("Georgia", "georgia"),
    ] {
        assert_eq!(found(spelling), id, "{spelling}");
    }
}

#[test]
fn a_word_for_the_kind_of_place_must_be_true_of_it() {
    assert_eq!(found("bang Georgia"), "georgia-state");
    assert_eq!(found("Vientiane"), "vientiane-capital");
    assert_eq!(found("tỉnh Viêng Chăn"), "vientiane-province");
    assert_eq!(found("New York"), "new-york");
    assert_eq!(found("bang New York"), "new-york-state");
    assert!(found("Quebec City").starts_with("no place is called `Quebec City`; did you mean Quebec (quebec)"));
    assert!(found("Washington").starts_with("no place is called"), "the state or the capital");
}

#[test]
fn brackets_must_name_the_country() {
    assert_eq!(found("Trat (Laos)"), "no place is called `Trat (Laos)`; did you mean Trat (trat)?");
    assert_eq!(found("Gifu (Atlantis)"), "no place is called `Gifu (Atlantis)`; did you mean Gifu (gifu)?");
}

#[test]
fn a_near_miss_is_suggested() {
    assert_eq!(found("Khammoane"), "no place is called `Khammoane`; did you mean Khammouane (khammouane)?");
    assert_eq!(found("Xanadu"), "no place is called `Xanadu`; did you mean Canada (canada)?");
    assert_eq!(found("Zzyzx Road"), "no place is called `Zzyzx Road`");
}

#[test]
fn no_two_places_share_a_spelling_or_an_iso_code() {
    let places = places();
    let mut spellings = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for place in places.iter() {
        for spelling in place.all_spellings() {
            let other = spellings.insert(compact(spelling), &place.id);
            assert!(other.is_none_or(|other| *other == place.id), "{spelling} is {} and {other:?}", place.id);
        }
        assert!(place.iso.as_ref().is_none_or(|code| codes.insert(code)), "{:?}", place.iso);
    }
}

#[test]
fn every_spelling_finds_its_own_place() {
    let places = places();
    for place in places.iter() {
        for spelling in place.all_spellings() {
            assert_eq!(places.find(spelling).unwrap().id, place.id, "{spelling}");
        }
    }
}

#[test]
fn the_provinces_of_laos_cambodia_japan_and_korea_and_the_members_of_asean_are_complete() {
    let places = places();
    let with_code = |country: &str| {
        places.iter().filter(|place| place.country.as_deref() == Some(country) && place.iso.is_some()).count()
    };
    assert_eq!(with_code("laos"), 18);
    assert_eq!(with_code("cambodia"), 25);
    assert_eq!(with_code("japan"), 47);
    assert_eq!(with_code("south-korea"), 17);
    for code in ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"] {
        assert!(places.iter().any(|place| place.iso.as_deref() == Some(code)), "{code}");
    }
}

#[test]
fn a_place_knows_its_country() {
    let places = places();
    let country = |id: &str| places.country_of(id).map(|country| country.id.as_str());
    assert_eq!(country("khammouane"), Some("laos"));
    assert_eq!(country("laos"), Some("laos"));
    assert_eq!(country("ficci"), Some("india"));
    assert_eq!(country("atlantis"), None);
}

fn entries(yaml: &str) -> BTreeMap<String, PlaceEntry> {
    serde_saphyr::from_str(yaml).unwrap()
}

#[test]
fn a_sheet_adds_places_of_its_own() {
    let extra = entries("hanau: {name: {en: Hanau, vi: Hanau}, kind: locality, country: germany, city: true}");
    let places = places().with(extra).unwrap();
    assert_eq!(places.find("TP. Hanau").unwrap().id, "hanau");
    assert_eq!(places.find("Leipzig").unwrap().id, "leipzig");
}

#[test]
fn a_faulty_place_is_refused_with_its_fault() {
    for (entry, message) in [
        (
            "x: {name: {en: Lipsia, vi: Leipzig}, kind: locality, country: germany}",
            "`x` is spelled `Leipzig`, which is a spelling of `leipzig`",
        ),
        ("gifu: {name: {en: G, vi: G}, kind: locality, country: japan}", "`gifu` is the id of another entry already"),
        ("x: {name: {en: X, vi: X}, kind: locality}", "`x` needs a `country` unless it is one"),
        ("x: {name: {en: X, vi: X}, kind: country, country: laos}", "`x` needs a `country` unless it is one"),
        ("x: {name: {en: X, vi: X}, kind: body, country: gifu}", "`x` lies in `gifu`, which is not a country"),
        ("x: {name: {en: X, vi: X}, kind: locality, country: laos, iso: KH-1}", "`x` has the ISO code `KH-1`"),
        ("x: {name: {en: X, vi: X}, kind: country, iso: xx}", "`x` has the ISO code `xx`"),
        ("X Y: {name: {en: X, vi: X}, kind: country}", "`X Y` is not an id"),
        ("x: {name: {en: X, vi: X}, kind: country, spellings: [' ']}", "`x` has a name without letters"),
        ("x: {name: {en: X, vi: \"A\u{301}o\"}, kind: country}", "decomposed Unicode"),
    ] {
        let error = places().with(entries(entry)).unwrap_err().to_string();
        assert!(error.starts_with(message) || error.contains(message), "{entry}: {error}");
    }
}

#[test]
fn the_built_in_catalogue_is_sound() {
    let catalog = Catalog::builtin().unwrap();
    assert!(catalog.provinces.get("nghe-an").is_some());
    let extended = catalog.with_places(entries("x: {name: {en: X, vi: X}, kind: country}")).unwrap();
    assert!(extended.places.get("x").is_some() && catalog.places.get("x").is_none());
}

#[test]
fn the_built_in_places_are_those_of_the_file_and_sound() {
    let read = Places::from_text(include_str!("places.yaml")).unwrap();
    let built_in = places();
    assert_eq!(built_in.iter().collect::<Vec<_>>(), read.iter().collect::<Vec<_>>());
    for place in read.iter() {
        for spelling in place.all_spellings() {
            assert_eq!(built_in.known(spelling), Some(place), "{spelling}");
        }
    }
    for spelling in ["Khamuon", "Xieng Kuang", "Gyeongi"] {
        assert_eq!(built_in.find(spelling), read.find(spelling), "{spelling}");
    }
}
