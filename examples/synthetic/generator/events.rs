//! What happens with places abroad.

use super::random::Random;
use super::times::Time;

/// An event as sources tell it, in English and Vietnamese.
const EVENTS: [(&str, &str); 6] = [
    ("Exchange of officials", "Giao lưu cán bộ"),
    ("Study visit on clean farming", "Đoàn học tập kinh nghiệm nông nghiệp sạch"),
    ("Fair of regional products", "Hội chợ sản vật địa phương"),
    ("Signing of a memorandum on labour", "Ký bản ghi nhớ về lao động"),
    ("Visit by investors", "Nhà đầu tư đến tìm hiểu"),
    ("Friendship games", "Giải thể thao hữu nghị"),
];

/// Where.
const PLACES: [&str; 10] = [
    "khammouane",
    "houaphanh",
    "savannakhet",
    "svay-rieng",
    "guangxi",
    "yunnan",
    "gyeonggi",
    "gifu",
    "hyogo",
    "singapore",
];

/// The entry of one event of a quarter, told by a source.
pub fn event(time: &Time, source: &str, random: &mut Random) -> String {
    let (english, vietnamese) = random.pick(&EVENTS);
    let place = random.pick(&PLACES);
    let period = &time.period;
    format!(
        "  - {{event: {{en: {english}, vi: {vietnamese}}}, places: [{place}], period: {period}, source: {source}}}\n"
    )
}
