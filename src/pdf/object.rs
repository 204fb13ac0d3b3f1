//! Objects as they are written in a file (ISO 32000-1, 7.3): lopdf knows them, and keeps its writer to itself.

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use std::io::Write as _;
use std::ops::Range;

/// The digits of hexadecimal strings.
const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// Writes an object; of a stream, its dictionary.
pub(super) fn object(object: &Object, bytes: &mut Vec<u8>) {
    match object {
        Object::Null => bytes.extend(b"null"),
        Object::Boolean(true) => bytes.extend(b"true"),
        Object::Boolean(false) => bytes.extend(b"false"),
        Object::Integer(number) => integer(*number, bytes),
        Object::Real(number) => real(*number, bytes),
        Object::Name(text) => name(text, bytes),
        Object::String(text, StringFormat::Literal) => literal(text, bytes),
        Object::String(text, StringFormat::Hexadecimal) => hexadecimal(text, bytes),
        Object::Array(members) => {
            bytes.push(b'[');
            for (index, member) in members.iter().enumerate() {
                if index > 0 && needs_space(member) {
                    bytes.push(b' ');
                }
                self::object(member, bytes);
            }
            bytes.push(b']');
        }
        Object::Dictionary(entries) => dictionary(entries, bytes),
        Object::Stream(stream) => dictionary(&stream.dict, bytes),
        Object::Reference(id) => reference(*id, bytes),
    }
}

/// Objects that are written already.
#[derive(Debug, Default)]
pub(super) struct Written {
    bytes: Vec<u8>,
    /// The number of each object, and where it lies among the bytes.
    places: Vec<(u32, Range<usize>)>,
}

impl Written {
    /// Writes an object, which no other refers to by another generation than the first.
    pub(super) fn add(&mut self, (number, _): ObjectId, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.bytes.len();
        write(&mut self.bytes);
        self.places.push((number, start..self.bytes.len()));
    }

    /// The objects, each with its number.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.places.iter().map(|(number, place)| (*number, &self.bytes[place.clone()]))
    }
}

/// A dictionary that is written entry by entry: a structure tree is hundreds of them.
pub(super) struct Entries<'b>(&'b mut Vec<u8>);

impl<'b> Entries<'b> {
    /// Begins a dictionary.
    pub(super) fn begin(bytes: &'b mut Vec<u8>) -> Entries<'b> {
        bytes.extend(b"<<");
        Entries(bytes)
    }

    /// Ends it.
    pub(super) fn end(self) {
        self.0.extend(b">>");
    }

    /// Begins an entry whose value is written next.
    pub(super) fn key(&mut self, key: &str) -> &mut Vec<u8> {
        name(key.as_bytes(), self.0);
        self.0
    }

    /// What was written of it, to be gone on with.
    pub(super) fn bytes(&mut self) -> &mut Vec<u8> {
        self.0
    }

    /// A whole number.
    pub(super) fn number(&mut self, key: &str, value: i64) {
        let bytes = self.key(key);
        bytes.push(b' ');
        integer(value, bytes);
    }

    /// A name.
    pub(super) fn name(&mut self, key: &str, value: &str) {
        name(value.as_bytes(), self.key(key));
    }

    /// A reference to an object.
    pub(super) fn reference(&mut self, key: &str, value: ObjectId) {
        let bytes = self.key(key);
        bytes.push(b' ');
        reference(value, bytes);
    }

    /// A text: UTF-16 where it is not ASCII.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        let bytes = self.key(key);
        if value.is_ascii() {
            literal(value.as_bytes(), bytes);
        } else {
            utf_16(value, bytes);
        }
    }
}

/// Writes a dictionary.
pub(super) fn dictionary(entries: &Dictionary, bytes: &mut Vec<u8>) {
    bytes.extend(b"<<");
    for (key, value) in entries {
        name(key, bytes);
        if needs_space(value) {
            bytes.push(b' ');
        }
        object(value, bytes);
    }
    bytes.extend(b">>");
}

/// Writes an area on a page, to the hundredth of a point: left, foot, right, top.
pub(super) fn area(corners: [f32; 4], bytes: &mut Vec<u8>) {
    bytes.push(b'[');
    for (index, corner) in corners.into_iter().enumerate() {
        if index > 0 {
            bytes.push(b' ');
        }
        hundredths(in_hundredths(corner), bytes);
    }
    bytes.push(b']');
}

/// Whether nothing in an object's first byte parts it from what is before it.
fn needs_space(object: &Object) -> bool {
    matches!(object, Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_))
}

/// Writes a reference.
pub(super) fn reference((number, generation): ObjectId, bytes: &mut Vec<u8>) {
    integer(i64::from(number), bytes);
    bytes.push(b' ');
    integer(i64::from(generation), bytes);
    bytes.extend(b" R");
}

/// A size or an index as a number of the file.
pub(super) fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Writes a whole number.
pub(super) fn integer(number: i64, bytes: &mut Vec<u8>) {
    bytes.extend(itoa::Buffer::new().format(number).as_bytes());
}

/// Writes a number in the fewest digits that tell it from all others.
pub(super) fn real(number: f32, bytes: &mut Vec<u8>) {
    // Places on a page are mostly hundredths. A number of up to six digits is told from all others by them.
    let hundredths = (number * 100.0).round();
    if number == 0.0 || hundredths.abs() >= 1e6 || (hundredths / 100.0).to_bits() != number.to_bits() {
        // Writing to a vector cannot fail.
        let _ = write!(bytes, "{number}");
        return;
    }
    if number < 0.0 {
        bytes.push(b'-');
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below a million")]
    let hundredths = hundredths.abs() as i64;
    integer(hundredths / 100, bytes);
    fraction(hundredths % 100, bytes);
}

/// Points as hundredths of a point, which are finer than any eye or printer: more digits are only bytes.
pub(super) fn in_hundredths(points: f32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page fits, and the cast saturates")]
    let hundredths = (points * 100.0).round() as i64;
    hundredths
}

/// Writes a number of hundredths as a number of wholes, without a zero before the point.
pub(super) fn hundredths(number: i64, bytes: &mut Vec<u8>) {
    let (whole, rest) = (number / 100, number % 100);
    if whole != 0 || rest == 0 {
        integer(whole, bytes);
    } else if number < 0 {
        bytes.push(b'-');
    }
    fraction(rest.abs(), bytes);
}

/// Writes hundredths below one as they stand behind a whole number.
fn fraction(hundredths: i64, bytes: &mut Vec<u8>) {
    let rest = u8::try_from(hundredths).unwrap_or_default();
    if rest > 0 {
        bytes.extend([b'.', b'0' + rest / 10]);
        if rest % 10 > 0 {
            bytes.push(b'0' + rest % 10);
        }
    }
}

/// Writes a name: what is no plain character of ASCII as its number.
pub(super) fn name(name: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            bytes.push(*byte);
        } else {
            bytes.push(b'#');
            digits(&[*byte], bytes);
        }
    }
}

/// Writes a string between parentheses; those in it that have no other half are marked, and so are other characters that would not
/// stand for themselves.
fn literal(text: &[u8], bytes: &mut Vec<u8>) {
    let mut marked: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'(' => open.push(index),
            b')' if open.pop().is_none() => marked.push(index),
            b'\\' | b'\r' => marked.push(index),
            _ => {}
        }
    }
    marked.append(&mut open);
    marked.sort_unstable();
    let mut marked = marked.into_iter().peekable();
    bytes.push(b'(');
    for (index, byte) in text.iter().enumerate() {
        if marked.next_if_eq(&index).is_some() {
            bytes.extend([b'\\', if *byte == b'\r' { b'r' } else { *byte }]);
        } else {
            bytes.push(*byte);
        }
    }
    bytes.push(b')');
}

/// Writes a character of a string between parentheses so that it stands for itself.
pub(super) fn character(byte: u8, bytes: &mut Vec<u8>) {
    match byte {
        b'(' | b')' | b'\\' => bytes.extend([b'\\', byte]),
        b'\r' => bytes.extend(b"\\r"),
        _ => bytes.push(byte),
    }
}

fn hexadecimal(text: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(b'<');
    digits(text, bytes);
    bytes.push(b'>');
}

/// Writes bytes as hexadecimal digits.
pub(super) fn digits(text: &[u8], bytes: &mut Vec<u8>) {
    bytes.extend(text.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]));
}

/// Writes text in UTF-16, with its mark.
pub(super) fn utf_16(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend(b"(\xfe\xff");
    for unit in text.encode_utf16() {
        let [high, low] = unit.to_be_bytes();
        character(high, bytes);
        character(low, bytes);
    }
    bytes.push(b')');
}

/// Writes text in UTF-16 as hexadecimal digits.
pub(super) fn utf_16_digits(text: &str, bytes: &mut Vec<u8>) {
    for unit in text.encode_utf16() {
        digits(&unit.to_be_bytes(), bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{ObjectStream, dictionary};
    use proptest::prelude::*;

    /// What lopdf writes: in the content of an object stream, an object stands between its number, its offset and a space.
    fn as_lopdf_has_it(object: Object) -> Vec<u8> {
        let mut alone = ObjectStream::builder().build();
        alone.add_object((1, 0), object).expect("an object");
        let content = alone.build_stream_content().expect("content");
        content.strip_prefix(b"1 0 ").and_then(|it| it.strip_suffix(b" ")).expect("one object").to_vec()
    }

    fn written(object: &Object) -> String {
        let mut bytes = Vec::new();
        super::object(object, &mut bytes);
        assert_eq!(bytes, as_lopdf_has_it(object.clone()), "{object:?}");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn objects_are_written_as_lopdf_writes_them() {
        let entries = dictionary! {
            "Type" => "Page", "Empty" => Object::Null, "Of" => true, "Not" => false,
            "Kids" => vec![Object::Reference((12, 0)), 3.into(), Object::Name(b"A B#".to_vec()), 1.into(), Object::Real(0.5)],
        };
        let expected = "<</Type/Page/Empty null/Of true/Not false/Kids[12 0 R 3/A#20B#23 1 0.5]>>";
        assert_eq!(written(&Object::Dictionary(entries)), expected);
        assert_eq!(written(&Object::string_literal("a (b) c) \\ \r (")), "(a (b) c\\) \\\\ \\r \\()");
        assert_eq!(written(&Object::String(vec![0xfe, 0xff, 1, 0x2a], StringFormat::Hexadecimal)), "<FEFF012A>");
    }

    #[test]
    fn a_number_has_as_many_digits_as_it_needs() {
        for (number, text) in
            [(0.0, "0"), (-0.0, "-0"), (-0.05, "-0.05"), (841.89, "841.89"), (12.5, "12.5"), (7.0, "7")]
        {
            assert_eq!(written(&Object::Real(number)), text);
        }
        for number in [0.047_058_824, 1e-9, 123_456.78, f32::MAX, -9999.99, 10_000.01] {
            assert_eq!(written(&Object::Real(number)), number.to_string());
        }
    }

    #[test]
    fn hundredths_have_no_more_digits_than_they_need() {
        for (number, text) in [(0, "0"), (5, ".05"), (-5, "-.05"), (50, ".5"), (-1250, "-12.5"), (84_189, "841.89")] {
            let mut bytes = Vec::new();
            hundredths(number, &mut bytes);
            assert_eq!(String::from_utf8_lossy(&bytes), text);
        }
    }

    #[test]
    fn a_text_of_any_letters_is_read_back() {
        for text in ["Nghệ An: (1) \\ [2]", "\u{0d0a}\u{280d}\u{5c29}\u{2028}", "đ\r\n𝐀"] {
            let mut bytes = b"<</Alt".to_vec();
            utf_16(text, &mut bytes);
            bytes.extend(b">> X");
            let content = lopdf::content::Content::decode(&bytes).expect("an operator");
            let said = content.operations[0].operands[0].as_dict().and_then(|said| said.get(b"Alt")).expect("a text");
            assert_eq!(lopdf::decode_text_string(said).expect("UTF-16"), text);
        }
    }

    proptest! {
        #[test]
        fn any_number_is_written_as_rust_shows_it(number in any::<f32>(), hundredths in -2_000_000_i32..2_000_000) {
            #[allow(clippy::cast_precision_loss)]
            for number in [number, hundredths as f32 / 100.0] {
                let mut bytes = Vec::new();
                real(number, &mut bytes);
                prop_assert_eq!(String::from_utf8_lossy(&bytes), number.to_string());
            }
        }

        #[test]
        fn any_string_is_written_as_lopdf_writes_it(text in proptest::collection::vec(any::<u8>(), 0..40)) {
            for format in [StringFormat::Literal, StringFormat::Hexadecimal] {
                written(&Object::String(text.clone(), format));
            }
            written(&Object::Name(text));
        }
    }
}
