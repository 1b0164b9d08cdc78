//! Two wrappers around answered objects: the JSON kept beside the typed view, and an id that may have
//! been expanded.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;
use std::ops::Deref;

/// A typed view together with the JSON as Stripe sent it. Reads like a `T`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Raw<T> {
    /// The whole object, for storing.
    pub raw: Value,
    object: T,
}

impl<T: DeserializeOwned + Default> Raw<T> {
    /// Views `raw` as a `T`; what cannot be read is left at its default.
    pub fn new(raw: Value) -> Self {
        let object = T::deserialize(&raw).unwrap_or_default();
        Self { raw, object }
    }
}

impl<T> Deref for Raw<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

impl<'de, T: DeserializeOwned + Default> Deserialize<'de> for Raw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::new)
    }
}

impl<T> Serialize for Raw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

/// A reference that Stripe sends as an id, or as the whole object where `expand` asked for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Expandable<T> {
    /// Only the id.
    Id(String),
    /// The whole object.
    Object(Box<T>),
}

impl<T> Expandable<T> {
    /// The object, when it was expanded.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

/// Objects with an id of their own.
pub trait Identified {
    /// The object's id; empty for the few that have none (an invoice preview).
    fn id(&self) -> &str;
}

impl<T: Identified> Identified for Raw<T> {
    fn id(&self) -> &str {
        self.object.id()
    }
}

impl<T: Identified> Expandable<T> {
    /// The id, expanded or not.
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(object) => object.id(),
        }
    }
}
