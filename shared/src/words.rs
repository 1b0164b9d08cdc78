//! Enums whose values are words: one in the database and JSON, one on the screen.

/// Declares an enum of plain values. Per value: its name, its `snake_case` word in JSON and the database, and
/// its words on the screen. The word is a token and no literal, since what derives the API's document reads no other.
macro_rules! word_enum {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $stored:tt, $shown:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                #[serde(rename = $stored)]
                $variant,
            )+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every value's stored word, in the same order.
            pub const STORED: &'static [&'static str] = &[$($stored),+];

            /// The word in JSON and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $stored,)+ }
            }

            /// The value of a stored word, or `None` for any other text.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($stored => Some(Self::$variant),)+ _ => None }
            }

            /// The words on the screen.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $shown,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use word_enum;
