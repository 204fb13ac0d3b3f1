//! Values that remember where in the sheet they stand.

use crate::diag::ByteSpan;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A value and the bytes of the sheet that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: ByteSpan,
}

impl<T> Located<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), span: self.span }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// By this name our own reader knows that a place is asked for; the library passes it over.
pub(super) const LOCATED: &str = "brief::Located";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Place<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Place<T> {
            type Value = Located<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value and its place")
            }

            /// The library's way.
            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Located<T>, D::Error> {
                let spanned = serde_saphyr::Spanned::<T>::deserialize(deserializer)?;
                let span = spanned.referenced.span();
                let start = usize::try_from(span.byte_offset().unwrap_or(0)).map_err(D::Error::custom)?;
                let length = usize::try_from(span.byte_len().unwrap_or(0)).map_err(D::Error::custom)?;
                Ok(Located { value: spanned.value, span: ByteSpan { start, end: start + length } })
            }

            /// Ours: start, end and value.
            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Located<T>, A::Error> {
                let missing = || A::Error::missing_field("place");
                let start = parts.next_element()?.ok_or_else(missing)?;
                let end = parts.next_element()?.ok_or_else(missing)?;
                let value = parts.next_element()?.ok_or_else(missing)?;
                Ok(Located { value, span: ByteSpan { start, end } })
            }
        }

        deserializer.deserialize_newtype_struct(LOCATED, Place(PhantomData))
    }
}

/// A value that the sheet writes as text, such as a date or a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Written<T>(pub(crate) T);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Written).map_err(D::Error::custom)
    }
}

/// Either a plain scalar or a mapping of type `M`. The scalar's text is taken from the sheet by its place, since a number
/// loses its digits on the way through a YAML reader (`1.30` would come back as 1.3).
#[derive(Debug, Clone)]
pub(crate) enum ScalarOr<M> {
    /// A scalar; its text when the reader gave it as text.
    Scalar(Option<String>),
    /// A mapping.
    Mapping(M),
}

impl<'de, M: Deserialize<'de>> Deserialize<'de> for ScalarOr<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<M>(PhantomData<M>);

        impl<'de, M: Deserialize<'de>> Visitor<'de> for Either<M> {
            type Value = ScalarOr<M>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a mapping")
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(Some(text.to_owned())))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(None))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(None))
            }

            fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(None))
            }

            fn visit_i128<E>(self, _: i128) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(None))
            }

            fn visit_u128<E>(self, _: u128) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(None))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(ScalarOr::Scalar(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                M::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(ScalarOr::Mapping)
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T> JsonSchema for Written<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Written".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // A year alone is a number to a YAML reader.
        json_schema!({ "type": ["string", "number"] })
    }
}

impl<M: JsonSchema> JsonSchema for ScalarOr<M> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ScalarOr{}", M::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mapping = generator.subschema_for::<M>();
        json_schema!({ "anyOf": [{ "type": ["string", "number"] }, mapping] })
    }
}
