//! Types that never refuse an answer.
//!
//! Stripe adds fields at any time, and webhook endpoints keep the version they were made with, so old
//! and new shapes arrive side by side. A field that is missing, null or of another shape becomes its
//! default and everything else is still read.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Takes one field out of an object.
pub(crate) fn take<T: DeserializeOwned + Default>(fields: &mut Map<String, Value>, name: &str) -> T {
    fields.remove(name).and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
}

/// Declares a struct whose every field is read by [`take`] under its own name, or under `= "name"`.
macro_rules! tolerant_object {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$field_meta:meta])* $field:ident : $type:ty $(= $json:literal)? ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $type, )*
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut fields = serde_json::Map::<String, serde_json::Value>::deserialize(deserializer)?;
                Ok(Self {
                    $( $field: $crate::tolerant::take(
                        &mut fields,
                        tolerant_object!(@name $field $(, $json)?),
                    ), )*
                })
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident, $json:literal) => { $json };
}

/// Declares an enum of Stripe's words in which a word nobody here knows is kept as it came.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
            /// A word that this version does not know; empty when there was none.
            Other(String),
        }

        impl $name {
            /// Stripe's word.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $( $word => Self::$variant, )*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(|word| Self::from(word.as_str()))
            }
        }
    };
}

/// Declares [`Identified`](crate::raw::Identified) for objects with an `id` field.
macro_rules! identified {
    ($($name:ident),* $(,)?) => {
        $( impl $crate::raw::Identified for $name {
            fn id(&self) -> &str {
                &self.id
            }
        } )*
    };
}

pub(crate) use {identified, open_enum, tolerant_object};
