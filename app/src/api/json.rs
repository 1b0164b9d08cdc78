//! Reading answers. `serde_json`'s own reader would be compiled into the page once for every type that is read; here it is
//! compiled once, into a tree, and what remains for each type is to pick its fields out of that.

use std::{fmt, slice};

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value, map};

/// Reads an answer's body; an empty one is `()`.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(Tree(parse(text)?))
}

fn parse(text: &str) -> Result<Value, Unreadable> {
    if text.is_empty() { Ok(Value::Null) } else { serde_json::from_str(text).map_err(|_| Unreadable) }
}

/// The answer is not what this version of the page understands. Why does not help anybody who sees it, so that nothing
/// is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value on its way into its type.
struct Tree(Value);

impl Tree {
    fn whole(&self) -> Result<i64, Unreadable> {
        self.0.as_i64().ok_or(Unreadable)
    }

    fn text(self) -> Result<String, Unreadable> {
        if let Value::String(text) = self.0 { Ok(text) } else { Err(Unreadable) }
    }
}

macro_rules! whole_numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_i64(self.whole()?)
        }
    )*};
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_string(self.text()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => any_number(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
        }
    }

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::Array(items) = self.0 else { return Err(Unreadable) };
        visitor.visit_seq(Items(items.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
            // A field that was left out.
            Value::Null => visitor.visit_map(Fields::of(Map::new())),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let Value::Object(fields) = self.0 else { return Err(Unreadable) };
        visitor.visit_seq(InOrder { names: names.iter(), fields })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(Word(self.text()?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    // No answer has bytes.
    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }
}

fn any_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Unreadable> {
    match number.as_i64() {
        Some(whole) => visitor.visit_i64(whole),
        None => visitor.visit_f64(number.as_f64().ok_or(Unreadable)?),
    }
}

struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(Tree(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A struct's fields in the order in which the struct names them: picking them by place compiles to half of what picking
/// them by name does. One that is missing reads as `null`.
struct InOrder {
    names: slice::Iter<'static, &'static str>,
    fields: Map<String, Value>,
}

impl<'de> SeqAccess<'de> for InOrder {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let value = self.fields.remove(*name).unwrap_or_default();
        seed.deserialize(Tree(value)).map(Some)
    }
}

struct Fields {
    rest: map::IntoIter,
    value: Value,
}

impl Fields {
    fn of(fields: Map<String, Value>) -> Self {
        Self { rest: fields.into_iter(), value: Value::Null }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Tree(Value::String(name))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(Tree(self.value.take()))
    }
}

/// An enum's value that is only a word.
struct Word(String);

impl<'de> EnumAccess<'de> for Word {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unreadable> {
        let Self(word) = self;
        Ok((seed.deserialize(Tree(Value::String(word)))?, Self(String::new())))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Unreadable> {
        Err(Unreadable)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use latchkey_shared::{
        api::{links::LinkUsed, session::Session},
        error::ErrorBody,
        status::KeyStatus,
    };

    use super::{Unreadable, read};

    #[test]
    fn plain_values() {
        assert_eq!(read::<()>(""), Ok(()));
        assert_eq!(read::<Vec<u32>>("[1, 2]"), Ok(vec![1, 2]));
        assert_eq!(read::<Vec<u8>>("[300]"), Err(Unreadable));
        assert_eq!(read::<Option<i64>>("null"), Ok(None));
        assert_eq!(read::<Option<i64>>("-7"), Ok(Some(-7)));
        assert_eq!(read::<KeyStatus>("\"grace\""), Ok(KeyStatus::Grace));
        assert_eq!(read::<KeyStatus>("\"new\""), Err(Unreadable));
        assert_eq!(
            read::<BTreeMap<String, bool>>("{\"a\": true}"),
            Ok(BTreeMap::from([("a".to_owned(), true)]))
        );
        assert_eq!(read::<String>("{"), Err(Unreadable));
    }

    #[test]
    fn structs_with_missing_and_unknown_fields() {
        let session = r#"{"vendor": {"name": "N", "description": "", "domain": "n.example", "time_zone": "UTC", "new": [{}]},
            "staff": {"id": 3, "name": "O", "email": "o@n.example", "role": "owner", "permissions": ["fly", "data_read"],
            "attention": 0}, "environment": "demo", "setup_required": false}"#;
        let session: Session = read(session).unwrap();
        assert_eq!(session.vendor.logo, None);
        assert_eq!(session.portal, None);
        assert_eq!(session.staff.unwrap().permissions.len(), 2);
        assert_eq!(read::<Session>("{}").err(), Some(Unreadable));
    }

    #[test]
    fn an_error_with_and_without_fields() {
        let error: ErrorBody = read(r#"{"error": {"code": "gone", "message": "It is gone."}}"#).unwrap();
        assert!(error.error.fields.is_empty());
        let error = r#"{"error": {"message": "Look.", "fields": {"name": "Too long."}, "code": "invalid"}}"#;
        assert_eq!(read::<ErrorBody>(error).unwrap().error.fields["name"], "Too long.");
    }

    #[test]
    fn an_enum_with_a_tag() {
        assert_eq!(
            read::<LinkUsed>(r#"{"state": "done", "customer": 7}"#),
            Ok(LinkUsed::Done { customer: 7.into() })
        );
        let proof = r#"{"state": "prove", "proof": {"id": "x", "email": "a@b.co", "expires": "2026-11-21T12:00:00Z"}}"#;
        assert!(matches!(read::<LinkUsed>(proof), Ok(LinkUsed::Prove { proof }) if proof.email == "a@b.co"));
    }
}
