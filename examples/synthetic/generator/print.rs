//! True values as a source would print them, so that the printed figure admits the true value.

use super::random::Random;
use brief::language::Language;

/// How the figures of an indicator are printed.
#[derive(Clone, Copy)]
pub enum Style {
    /// A count of things, named in English and Vietnamese: `1,155 projects`, or hedged to fewer digits.
    Things(&'static str, &'static str),
    /// A count of things whose every digit matters, so that it is never hedged.
    Exactly(&'static str, &'static str),
    /// An amount of money: `9.98 billion USD`.
    Money(Currency),
    /// A percentage, the true value in millionths of a per cent: `41.2%`.
    Percent,
    /// A change, the true value in millionths of a per cent: `up 12.02%`, `giảm 3,2%`.
    Change,
    /// A mean of things, the true value in millionths: `5.4 visitors`.
    Mean(&'static str, &'static str),
    /// A price in dong: `24,515 VND`.
    Price,
}

/// The currencies of the articles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Currency {
    /// Dollars.
    Usd,
    /// Dong.
    Vnd,
}

/// What stands between a true value and its digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hedge {
    None,
    About,
    Nearly,
    Over,
    AtLeast,
    UpTo,
}

/// The figure as two sources print it: the same digits and hedge in both languages.
pub struct Phrases {
    /// In English.
    pub english: String,
    /// In Vietnamese.
    pub vietnamese: String,
}

/// Prints a true value, hedged as sources may.
pub fn print(value: i128, style: Style, random: &mut Random) -> Phrases {
    let chance = match style {
        Style::Things(..) if value >= LEAST_HEDGED => 25,
        Style::Money(_) => 30,
        _ => 0,
    };
    let hedges = [Hedge::About, Hedge::Nearly, Hedge::Over, Hedge::AtLeast, Hedge::UpTo];
    let hedge = if random.chance(chance) { random.pick(&hedges) } else { Hedge::None };
    hedged(value, style, hedge, random)
}

/// Prints a true value without a hedge.
pub fn print_plainly(value: i128, style: Style, random: &mut Random) -> Phrases {
    hedged(value, style, Hedge::None, random)
}

/// Prints a true value that is not known well yet: "about 1,200 visitors"; what is small is counted all the same.
pub fn print_early(value: i128, style: Style, random: &mut Random) -> Phrases {
    hedged(value, style, if value < LEAST_HEDGED { Hedge::None } else { Hedge::About }, random)
}

/// Fewer things are counted, not estimated.
const LEAST_HEDGED: i128 = 200;

fn hedged(value: i128, style: Style, hedge: Hedge, random: &mut Random) -> Phrases {
    match style {
        Style::Things(english, vietnamese) if hedge != Hedge::None => {
            // Two significant digits.
            let place = 10_i128.pow(value.max(1).ilog10().saturating_sub(1));
            let rounded = round(value, place, hedge) * place;
            phrases(hedge, "", &digits(rounded, 0), (english, vietnamese), random)
        }
        Style::Things(english, vietnamese) | Style::Exactly(english, vietnamese) => {
            phrases(Hedge::None, "", &digits(value, 0), (english, vietnamese), random)
        }
        Style::Money(currency) => money(value, currency, hedge, random),
        Style::Percent => {
            let places = random.pick(&[1, 2]);
            let rounded = round(value, 10_i128.pow(6 - places), Hedge::None);
            phrases(Hedge::None, "", &digits(rounded, places), ("%", "%"), random)
        }
        Style::Change => {
            let (sign, size) = (if value < 0 { "-" } else { "+" }, value.abs());
            let rounded = round(size, 10_000, Hedge::None);
            phrases(Hedge::None, sign, &digits(rounded, 2), ("%", "%"), random)
        }
        Style::Mean(english, vietnamese) => {
            let rounded = round(value, 10_000, Hedge::None);
            phrases(Hedge::None, "", &digits(rounded, 2), (english, vietnamese), random)
        }
        Style::Price => phrases(Hedge::None, "", &digits(value, 0), ("VND", "đồng"), random),
    }
}

/// Millions, billions or trillions, to two or three decimals.
fn money(value: i128, currency: Currency, hedge: Hedge, random: &mut Random) -> Phrases {
    let (power, english, vietnamese) = match value.max(1).ilog10() {
        0..=5 => (0, "", ""),
        6..=8 => (6, "million ", "triệu "),
        9..=11 => (9, "billion ", "tỷ "),
        _ => (12, "trillion ", "nghìn tỷ "),
    };
    let (code, name) = match currency {
        Currency::Usd => ("USD", "USD"),
        Currency::Vnd => ("VND", "đồng"),
    };
    // An amount to the last dollar is nobody's estimate.
    let hedge = if power == 0 { Hedge::None } else { hedge };
    let places = if power == 0 { 0 } else { random.pick(&[2, 2, 3]) };
    let number = digits(round(value, 10_i128.pow(power - places), hedge), places);
    phrases(hedge, "", &number, (&[english, code].concat(), &[vietnamese, name].concat()), random)
}

/// The value in units of a place: rounded, or towards the side that the hedge leaves open.
fn round(value: i128, place: i128, hedge: Hedge) -> i128 {
    match hedge {
        Hedge::None | Hedge::About => (value + place / 2).div_euclid(place),
        Hedge::Over | Hedge::AtLeast => value.div_euclid(place),
        Hedge::Nearly | Hedge::UpTo => -(-value).div_euclid(place),
    }
}

/// A number of so many decimals, in English form.
fn digits(number: i128, places: u32) -> String {
    let one = 10_i128.pow(places);
    let (whole, rest) = (number / one, number % one);
    let text = whole.to_string();
    let mut grouped = String::new();
    for (place, digit) in text.chars().enumerate() {
        if place > 0 && (text.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if places > 0 { format!("{grouped}.{rest:0width$}", width = places as usize) } else { grouped }
}

/// The number in the form of each language, with its hedge, sign and unit.
fn phrases(hedge: Hedge, sign: &str, number: &str, units: (&str, &str), random: &mut Random) -> Phrases {
    let swapped: String = number
        .chars()
        .map(|sign| match sign {
            ',' => '.',
            '.' => ',',
            other => other,
        })
        .collect();
    let before = |language: Language, random: &mut Random| match (language, hedge) {
        (_, Hedge::None) => "",
        (Language::En, Hedge::About) => random.pick(&["about ", "approximately ", "around "]),
        (Language::En, Hedge::Nearly) => random.pick(&["nearly ", "almost "]),
        (Language::En, Hedge::Over) => random.pick(&["over ", "more than "]),
        (Language::En, Hedge::AtLeast) => "at least ",
        (Language::En, Hedge::UpTo) => "up to ",
        (Language::Vi, Hedge::About) => random.pick(&["khoảng ", "xấp xỉ "]),
        (Language::Vi, Hedge::Nearly) => "gần ",
        (Language::Vi, Hedge::Over) => random.pick(&["hơn ", "trên "]),
        (Language::Vi, Hedge::AtLeast) => "ít nhất ",
        (Language::Vi, Hedge::UpTo) => "tối đa ",
    };
    let change = |language: Language, random: &mut Random| match (language, sign) {
        (Language::En, "-") => random.pick(&["down ", "fell by "]),
        (Language::En, "+") => random.pick(&["up ", "rose by "]),
        (Language::Vi, "-") => "giảm ",
        (Language::Vi, "+") => "tăng ",
        _ => "",
    };
    let glue = |unit: &str| if unit == "%" || unit.is_empty() { "" } else { " " };
    let english = [change(Language::En, random), before(Language::En, random), number, glue(units.0), units.0].concat();
    let vietnamese =
        [change(Language::Vi, random), before(Language::Vi, random), &swapped, glue(units.1), units.1].concat();
    Phrases { english, vietnamese }
}
