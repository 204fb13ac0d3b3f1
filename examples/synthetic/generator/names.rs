//! Names of communes as they might be: two words that stand in many of them, and sometimes a quarter of the sky.

use super::random::Random;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Without marks.
    pub english: String,
    /// With marks.
    pub vietnamese: String,
}

/// Words that names begin with. No two of them are alike without their marks.
const FIRST: [&str; 32] = [
    "Vĩnh",
    "Tân",
    "Phú",
    "Hòa",
    "An",
    "Bình",
    "Đông",
    "Thanh",
    "Long",
    "Mỹ",
    "Xuân",
    "Quảng",
    "Đại",
    "Hưng",
    "Yên",
    "Kim",
    "Ngọc",
    "Sơn",
    "Thượng",
    "Hải",
    "Trung",
    "Cẩm",
    "Lộc",
    "Hương",
    "Minh",
    "Gia",
    "Thái",
    "Nam",
    "Diễn",
    "Mường",
    "Krông",
    "Châu",
];

/// Words that names end with. No two of them are alike without their marks, and none is a first word.
const SECOND: [&str; 31] = [
    "Thành", "Thịnh", "Phong", "Lâm", "Giang", "Thủy", "Tiến", "Đức", "Nghĩa", "Quý", "Khánh", "Hà", "Lợi", "Tường",
    "Thắng", "Hội", "Cường", "Điền", "Ninh", "Thọ", "Ngãi", "Trạch", "Lương", "Khê", "Viên", "Phúc", "Hiệp", "Nhơn",
    "Đồng", "Chánh", "Trì",
];

/// What tells neighbours apart that were one commune.
const QUARTERS: [&str; 4] = ["Đông", "Tây", "Nam", "Bắc"];

/// Of so many names one has a quarter of the sky.
const PLAIN_NAMES: usize = 7;

/// Names within one province, no two alike.
pub struct Names {
    place: usize,
    taken: usize,
}

impl Names {
    /// The names of a province; a seed settles where they begin.
    pub fn new(random: &mut Random) -> Names {
        let last = i128::try_from(FIRST.len() * SECOND.len() - 1).unwrap_or(0);
        Names { place: usize::try_from(random.between(0, last)).unwrap_or(0), taken: 0 }
    }
}

impl Iterator for Names {
    type Item = Name;

    /// The next name; none once every pair of words has been used.
    fn next(&mut self) -> Option<Name> {
        let pairs = FIRST.len() * SECOND.len();
        if self.taken >= pairs {
            return None;
        }
        // Both words change from one name to the next: a step that has no divisor in common with the number of pairs meets each once.
        let pair = (self.place + self.taken * (SECOND.len() * 5 + 6)) % pairs;
        self.taken += 1;
        let (first, second) = (FIRST[pair / SECOND.len()], SECOND[pair % SECOND.len()]);
        let quarter = if pair.is_multiple_of(PLAIN_NAMES) { QUARTERS[pair % QUARTERS.len()] } else { "" };
        let vietnamese = [first, second, quarter].join(" ").trim_end().to_owned();
        Some(Name { english: without_marks(&vietnamese), vietnamese })
    }
}

/// The letters without their marks, as English texts print Vietnamese names.
fn without_marks(text: &str) -> String {
    text.nfd()
        .filter(|sign| !is_combining_mark(*sign))
        .map(|sign| match sign {
            'Đ' => 'D',
            'đ' => 'd',
            other => other,
        })
        .collect()
}
