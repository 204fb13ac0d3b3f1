//! Sheets of communes that tests make up: names, kinds and codes in the form of real ones, figures as varied as a group's are.

use brief::catalog::{Catalog, Locality};
use brief::check::{CheckedSheet, Policy, check};
use brief::compare::{Comparison, compare};
use brief::diag::SourceFile;
use brief::sheet;
use std::fmt::Write;
use std::sync::Arc;

/// A commune of a test: English name, Vietnamese name, kind.
pub type Commune<'a> = (&'a str, &'a str, &'a str);

/// Twelve communes of Nghe An; a ward and a commune have one name.
pub const NGHE_AN: [Commune<'static>; 12] = [
    ("Vinh Hung", "Vinh Hưng", "ward"),
    ("Thanh Vinh", "Thành Vinh", "ward"),
    ("Cua Lo", "Cửa Lò", "ward"),
    ("Hoang Mai", "Hoàng Mai", "ward"),
    ("Vinh Hung", "Vinh Hưng", "commune"),
    ("Kim Lien", "Kim Liên", "commune"),
    ("Dien Chau", "Diễn Châu", "commune"),
    ("Do Luong", "Đô Lương", "commune"),
    ("Con Cuong", "Con Cuông", "commune"),
    ("Muong Xen", "Mường Xén", "commune"),
    ("Nam Can", "Nậm Cắn", "commune"),
    ("Que Phong", "Quế Phong", "commune"),
];

/// Four of Quang Ninh, with special zones among them.
pub const QUANG_NINH: [Commune<'static>; 4] = [
    ("Van Don", "Vân Đồn", "special-zone"),
    ("Co To", "Cô Tô", "special-zone"),
    ("Bai Chay", "Bãi Cháy", "ward"),
    ("Tien Yen", "Tiên Yên", "commune"),
];

/// A fact of a sheet whose one source is `paper`.
pub fn fact(indicator: &str, time: &str, figure: impl std::fmt::Display) -> String {
    format!("  - {{indicator: {indicator}, {time}, printed: {{paper: \"{figure}\"}}}}\n")
}

/// The checked sheet of a commune.
pub fn checked(province: &str, (en, vi, kind): Commune<'_>, code: usize, rest: &str) -> CheckedSheet {
    let text = format!(
        "schema: 1\nprovince: {province}\ncommune: {{name: {{en: \"{en}\", vi: \"{vi}\"}}, kind: {kind}, code: \"{code:05}\"}}\n\
         sources:\n  paper: {{publisher: {{en: Paper of {en}, vi: Báo {vi}}}, published: 2026-08-10, language: en}}\n{rest}"
    );
    let file = Arc::new(SourceFile::new(format!("{code}.yaml"), text));
    let sheet = sheet::load(&file).expect("the sheet reads");
    let checked = check(&sheet, &Catalog::builtin().unwrap(), &Policy::default());
    checked.sheet.unwrap_or_else(|| panic!("the sheet passes: {:?}", checked.diagnostics))
}

/// Sheets of some communes of a province: delegations fall from the first one's 10 for each commune to the last one's 10; all have
/// partners in Trat, and all but the last count visitors.
pub fn sheets(province: &str, communes: &[Commune<'_>]) -> Vec<CheckedSheet> {
    let sheet = |(place, commune): (usize, &Commune<'_>)| {
        let mut facts = fact("delegations-received", "period: 2025", 10 * (communes.len() - place));
        facts += &fact("delegations-sent", "period: 2025", 3 + place);
        facts += &fact("fdi-projects", "as_of: 2025-12", format!("{} projects", 40 - place));
        facts += &fact("partner-localities", "as_of: 2025-12", 2);
        if place + 1 < communes.len() {
            facts += &fact("visitors-received", "period: 2025", 5000 + 10 * place);
        }
        if place % 2 == 0 {
            facts += &fact("goods-exports", "period: 2025", format!("{}.5 million USD", 20 + place));
        }
        let mut rest = format!("facts:\n{facts}");
        writeln!(rest, "partners:\n  - {{place: trat, source: paper}}\n  - {{place: savannakhet, source: paper}}")
            .unwrap();
        checked(province, *commune, 16_681 + place, &rest)
    };
    communes.iter().enumerate().map(sheet).collect()
}

/// The first and the second half of the names of many communes.
const HALVES: [[&str; 14]; 2] = [
    ["An", "Bac", "Cao", "Dong", "Ha", "Kim", "Lam", "Minh", "Nam", "Phu", "Quang", "Son", "Tan", "Yen"],
    ["Binh", "Chau", "Hai", "Loc", "Ly", "Phong", "Thanh", "Trung", "Xuan", "Giang", "Hoa", "Khe", "Loi", "My"],
];

/// Sheets of up to 196 communes of Nghe An, all made from one, with figures that vary: delegations are of one time, exports of
/// different spans, partners at dates too far apart to be ranked; some indicators few report, and two of them report one alone.
pub fn many(count: usize) -> Vec<CheckedSheet> {
    (0..count).map(one_of_many).collect()
}

fn one_of_many(place: usize) -> CheckedSheet {
    let halves = [HALVES[0][place % 14], HALVES[1][place / 14]];
    let name = halves.join(" ");
    // Spread over the group, as far from the order of names as can be.
    let varied = (place * 37) % 101 + 1;
    let mut facts = fact("delegations-received", "period: 2025", 3 * varied);
    let months = ["period: 2025", "period: 2026-01..2026-06"][place % 2];
    facts += &fact("goods-exports", months, format!("{varied}.{} million USD", place % 10));
    facts += &fact("fdi-projects", "as_of: 2025-12", format!("{} projects", varied / 4));
    facts += &fact("fdi-registered-capital", "as_of: 2025-12", format!("{}.{} million USD", 2 * varied, place % 9));
    let date = ["as_of: 2022-12", "as_of: 2025-12"][place % 2];
    facts += &fact("partner-localities", date, 1 + place % 4);
    for (indicator, every, unit) in [
        ("visitors-received", 2, ""),
        ("delegations-sent", 2, ""),
        ("agreements-signed", 3, ""),
        ("ngo-aid", 3, "0 thousand USD"),
        ("ngo-aid-grants", 3, ""),
        ("workers-sent-abroad", 2, "0"),
        ("fdi-projects-new", 4, ""),
        ("fdi-projects-adjusted", 5, ""),
        ("border-gate-meetings", 9, ""),
        ("border-gate-letters", 9, ""),
        ("spring-meetings", 12, ""),
        ("large-delegations-received", 4, ""),
        ("delegation-members-sent", 4, ""),
        ("leader-delegations-sent", 7, ""),
        ("trade-promotion-enterprises", 6, ""),
        ("export-consulting-sessions", 8, ""),
        ("ngo-project-grants", 8, ""),
        ("ngo-non-project-grants", 8, ""),
    ] {
        if place.is_multiple_of(every) {
            facts += &fact(indicator, "period: 2025", format!("{varied}{unit}"));
        }
    }
    for (indicator, every) in
        [("trading-enterprises", 5), ("oda-projects", 11), ("trade-markets", 6), ("fdi-projects-operating", 3)]
    {
        if place.is_multiple_of(every) {
            facts += &fact(indicator, "as_of: 2025-12", varied / 5 + 1);
        }
    }
    if place == 60 {
        facts += &fact("school-pupils", "as_of: 2025-12", 120);
        facts += &fact("land-border-length", "as_of: 2025-12", "12 km");
    }
    let mut rest = format!("facts:\n{facts}partners:\n");
    for (partner, every) in [("trat", 3), ("savannakhet", 2), ("vientiane-province", 5)] {
        if place.is_multiple_of(every) {
            writeln!(rest, "  - {{place: {partner}, source: paper}}").unwrap();
        }
    }
    if !rest.contains("{place") {
        rest.truncate(rest.len() - "partners:\n".len());
    }
    let kind = if place.is_multiple_of(7) { "ward" } else { "commune" };
    checked("nghe-an", (&name, &name, kind), 17_000 + place, &rest)
}

/// The comparison of some sheets in the third quarter of 2026.
pub fn comparison(sheets: &[CheckedSheet]) -> Comparison {
    let columns: Vec<(&Locality, Option<&CheckedSheet>)> =
        sheets.iter().map(|sheet| (&sheet.locality, Some(sheet))).collect();
    compare(&columns, &Catalog::builtin().unwrap(), "2026-Q3".parse().unwrap())
}
