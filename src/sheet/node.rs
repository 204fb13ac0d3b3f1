//! The nodes of a plain text to values.

use super::located::LOCATED;
use super::plain::{Kind, Node};
use serde::de::value::{BorrowedStrDeserializer, UsizeDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::{Deserializer, de, forward_to_deserialize_any};
use std::fmt;

/// The value of a text, if it is plain and has the form of the type.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let nodes = super::plain::nodes(text)?;
    T::deserialize(At { nodes: &nodes, place: 0 }).ok()
}

/// The text is for the library to read, or to find fault with.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a plain text of this form")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Refused {
        Refused
    }
}

/// A node among the nodes of its text.
#[derive(Clone, Copy)]
struct At<'n, 't> {
    nodes: &'n [Node<'t>],
    place: usize,
}

impl<'n, 't> At<'n, 't> {
    fn node(self) -> Result<&'n Node<'t>, Refused> {
        self.nodes.get(self.place).ok_or(Refused)
    }

    /// The text of a scalar that is not null.
    fn scalar(self) -> Result<&'t str, Refused> {
        let node = self.node()?;
        match node.kind {
            Kind::Plain if is_null(node.text) => Err(Refused),
            Kind::Plain | Kind::Quoted => Ok(node.text),
            Kind::Mapping | Kind::Sequence => Err(Refused),
        }
    }

    fn plain(self) -> Result<&'t str, Refused> {
        if self.node()?.kind == Kind::Plain { self.scalar() } else { Err(Refused) }
    }

    fn inside(self, kind: Kind) -> Result<Inside<'n, 't>, Refused> {
        let node = self.node()?;
        if node.kind == kind {
            Ok(Inside { nodes: self.nodes, next: self.place + 1, end: node.after })
        } else {
            Err(Refused)
        }
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// Whether a plain scalar is a text for certain, and no number nor a word of some YAML version.
fn is_text(text: &str) -> bool {
    const WORDS: [&str; 12] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "inf", "infinity", "nan"];
    let starts_as_word = text.starts_with(|first: char| first.is_ascii_alphabetic());
    // No number has one of these, nor a dash or two dots after a digit unless an `e` stands before it.
    let has_mark = text.bytes().any(|byte| matches!(byte, b' ' | b'%' | b',' | b'$' | b'('));
    let is_time = text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'Q'))
        && (text.contains('-') || text.contains(".."));
    has_mark || is_time || starts_as_word && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A whole number as everyone writes it.
fn whole<T: std::str::FromStr>(text: &str, most_digits: usize) -> Option<T> {
    let is_whole = text.len() <= most_digits
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if is_whole { text.parse().ok() } else { None }
}

/// A number with a point, short enough to keep all its digits.
fn decimal(text: &str) -> Option<f64> {
    let (before, after) = text.split_once('.')?;
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() <= 16 && are_digits(before) && are_digits(after) { text.parse().ok() } else { None }
}

impl<'de, 't: 'de> Deserializer<'de> for At<'_, 't> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let node = self.node()?;
        match node.kind {
            Kind::Mapping => visitor.visit_map(self.inside(Kind::Mapping)?),
            Kind::Sequence => visitor.visit_seq(self.inside(Kind::Sequence)?),
            Kind::Quoted => visitor.visit_borrowed_str(node.text),
            Kind::Plain if is_text(node.text) => visitor.visit_borrowed_str(node.text),
            Kind::Plain => {
                if let Some(number) = whole(node.text, 18) {
                    return visitor.visit_u64(number);
                }
                if let Some(number) = node.text.strip_prefix('-').and_then(|size| whole::<i64>(size, 18)) {
                    return visitor.visit_i64(-number);
                }
                visitor.visit_f64(decimal(node.text).ok_or(Refused)?)
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.plain()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Refused),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_u32(whole(self.plain()?, 9).ok_or(Refused)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_borrowed_str(self.scalar()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let node = self.node()?;
        if node.kind == Kind::Plain && is_null(node.text) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Refused> {
        if name == LOCATED {
            visitor.visit_seq(Placed { at: self, given: 0 })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_seq(self.inside(Kind::Sequence)?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Refused> {
        let inside = self.inside(Kind::Sequence)?;
        if inside.count() == length { visitor.visit_seq(inside) } else { Err(Refused) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_map(self.inside(Kind::Mapping)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct ignored_any
    }
}

impl<'de, 'n, 't: 'de> EnumAccess<'de> for At<'n, 't> {
    type Error = Refused;
    type Variant = Variant<'n, 't>;

    /// A word alone, or a mapping of one key.
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), Refused> {
        if self.node()?.kind != Kind::Mapping {
            return Ok((seed.deserialize(BorrowedStrDeserializer::<Refused>::new(self.scalar()?))?, Variant(None)));
        }
        let inside = self.inside(Kind::Mapping)?;
        let (key, value) = (At { place: inside.next, ..self }, At { place: inside.next + 1, ..self });
        if inside.next == inside.end || value.node()?.after != inside.end {
            return Err(Refused);
        }
        Ok((seed.deserialize(key)?, Variant(Some(value))))
    }
}

/// What a variant holds.
struct Variant<'n, 't>(Option<At<'n, 't>>);

impl<'de, 't: 'de> VariantAccess<'de> for Variant<'_, 't> {
    type Error = Refused;

    fn unit_variant(self) -> Result<(), Refused> {
        if self.0.is_none() { Ok(()) } else { Err(Refused) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Refused> {
        seed.deserialize(self.0.ok_or(Refused)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Refused> {
        self.0.ok_or(Refused)?.deserialize_map(visitor)
    }
}

/// What is inside of a collection and not yet read.
struct Inside<'n, 't> {
    nodes: &'n [Node<'t>],
    next: usize,
    end: usize,
}

impl<'n, 't> Inside<'n, 't> {
    fn take(&mut self) -> Option<At<'n, 't>> {
        let place = self.next;
        self.next = self.nodes.get(place).filter(|_| place < self.end)?.after;
        Some(At { nodes: self.nodes, place })
    }

    fn count(&self) -> usize {
        let mut rest = Inside { ..*self };
        std::iter::from_fn(|| rest.take()).count()
    }
}

impl<'de, 't: 'de> SeqAccess<'de> for Inside<'_, 't> {
    type Error = Refused;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        self.take().map(|at| seed.deserialize(at)).transpose()
    }
}

impl<'de, 't: 'de> MapAccess<'de> for Inside<'_, 't> {
    type Error = Refused;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        self.take().map(|at| seed.deserialize(at)).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Refused> {
        seed.deserialize(self.take().ok_or(Refused)?)
    }
}

/// Where a node starts, where it ends, and its value, in this order.
struct Placed<'n, 't> {
    at: At<'n, 't>,
    given: u8,
}

impl<'de, 't: 'de> SeqAccess<'de> for Placed<'_, 't> {
    type Error = Refused;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        self.given += 1;
        let place = &self.at.node()?.place;
        match self.given {
            1 => seed.deserialize(UsizeDeserializer::<Refused>::new(place.start)).map(Some),
            2 => seed.deserialize(UsizeDeserializer::<Refused>::new(place.end)).map(Some),
            3 => seed.deserialize(self.at).map(Some),
            _ => Ok(None),
        }
    }
}
