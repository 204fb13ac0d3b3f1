//! How wide letters are in a serif font that is not known: for files that others show with fonts of theirs.

use super::scene::{Measure, Type, Weight};
use std::sync::LazyLock;
use unicode_normalization::char::decompose_canonical;

/// Widths that common serif fonts do not exceed by much; a text drawn to them has air rather than collisions.
#[derive(Debug, Clone, Copy, Default)]
pub struct Estimate;

impl Measure for Estimate {
    fn width(&mut self, text: &str, face: Type) -> f32 {
        let bold = match face.weight {
            Weight::Regular => 1.0,
            Weight::Semibold => 1.07,
        };
        text.chars().map(ems).sum::<f32>() * face.size * bold
    }
}

/// The widths of the letters that the two languages are written with: those of Latin and its additions, which [`place`] has places of.
static WIDTHS: LazyLock<Vec<f32>> =
    LazyLock::new(|| ('\0'..'\u{250}').chain('\u{1e00}'..'\u{1f00}').map(measured).collect());

fn place(letter: char) -> Option<usize> {
    match u32::from(letter) {
        latin @ 0..0x250 => Some(latin as usize),
        additional @ 0x1e00..0x1f00 => Some((additional - 0x1e00 + 0x250) as usize),
        _ => None,
    }
}

/// The width of a letter in ems.
fn ems(letter: char) -> f32 {
    place(letter).and_then(|place| WIDTHS.get(place).copied()).unwrap_or_else(|| measured(letter))
}

/// The width of a letter in ems, looked up by its form; that of a Vietnamese letter is its base letter's.
fn measured(letter: char) -> f32 {
    let mut base = None;
    if !letter.is_ascii() {
        decompose_canonical(letter, |part| base = base.or(Some(part)));
    }
    match base.unwrap_or(letter) {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '’' | '!' => 0.3,
        'f' | 'r' | 't' | 'I' | 'J' | '(' | ')' | '-' | '/' => 0.38,
        ' ' | '\u{a0}' => 0.27,
        'm' | 'M' | 'W' | '%' | '—' => 0.92,
        'w' | 'O' | 'Q' | 'G' | 'N' | 'D' | 'H' | 'U' | 'K' | 'A' | 'V' | 'X' | 'Y' | 'R' | 'Đ' => 0.75,
        upper if upper.is_uppercase() => 0.66,
        letter if letter.is_alphanumeric() && !letter.is_ascii() && u32::from(letter) > 0x2e7f => 1.0,
        _ => 0.54,
    }
}
