//! What a method is, and how the table writes one down.

use futures::future::BoxFuture;

use super::{Args, Call, WireResult, failure::BadParam, params::Kind};
use crate::identity::tokens::Token;

/// A method of the licence Web API.
pub struct Method {
    /// `key`, `product`, …
    pub group: &'static str,
    /// `Activate`, …
    pub name: &'static str,
    /// What a token must hold, one of these; nothing where there are none.
    pub scopes: &'static [&'static str],
    /// One sentence.
    pub about: &'static str,
    pub params: &'static [Param],
    /// What an answer holds beside `result` and `message`.
    pub answers: &'static [&'static str],
    /// Reads the parameters and does it.
    pub run: fn(Call, Args) -> BoxFuture<'static, WireResult>,
}

/// A parameter of a method.
#[derive(Debug)]
pub struct Param {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub about: &'static str,
}

/// The parameters of one method.
pub trait Params: Sized {
    const LIST: &'static [Param];

    /// # Errors
    /// Where one is missing or cannot be used.
    fn read(args: &Args) -> Result<Self, BadParam>;
}

impl Method {
    /// Whether a token may call it.
    pub fn is_open_to(&self, token: &Token) -> bool {
        self.scopes.is_empty() || self.scopes.iter().any(|scope| token.holds(scope))
    }

    /// Whether a token that is locked to a key may call it: what names a key and data objects, where it is looked at
    /// whose they are, and messages, which are for every program.
    pub fn is_open_to_one_key(&self) -> bool {
        self.group == "data"
            || (self.group, self.name) == ("message", "GetMessages")
            || self.params.iter().any(|param| param.name == "Key")
    }

    /// Below `/api/`, as the documentation writes it.
    pub fn path(&self) -> String {
        format!("{}/{}", self.group, self.name)
    }
}

/// Declares the methods of a group: for each its sentence, name, scope, function, parameters and what it
/// answers. Makes a struct of parameters per method, and `METHODS`.
macro_rules! methods {
    ($group:literal; $(
        $(#[doc = $about:literal])*
        $name:ident, scope [$($scope:literal),*], runs $run:path {
            $($field:ident: $type:ty = $wire:literal, $says:literal;)*
        } answers [$($answer:literal),*]
    )*) => {
        $(
            $(#[doc = $about])*
            #[allow(clippy::doc_markdown, reason = "these sentences are also what the API reference says")]
            #[derive(Debug)]
            pub struct $name {
                $(#[doc = $says] pub $field: $type,)*
            }

            impl $crate::licensing::wire::method::Params for $name {
                const LIST: &'static [$crate::licensing::wire::method::Param] = &[$(
                    $crate::licensing::wire::method::Param {
                        name: $wire,
                        kind: <$type as $crate::licensing::wire::params::FromWire>::KIND,
                        required: <$type as $crate::licensing::wire::params::FromWire>::REQUIRED,
                        about: $says,
                    },
                )*];

                fn read(
                    args: &$crate::licensing::wire::Args,
                ) -> Result<Self, $crate::licensing::wire::failure::BadParam> {
                    let _ = args;
                    Ok(Self { $($field: args.read($wire)?,)* })
                }
            }
        )*

        pub const METHODS: &[$crate::licensing::wire::Method] = &[$(
            $crate::licensing::wire::Method {
                group: $group,
                name: stringify!($name),
                scopes: &[$($scope),*],
                about: concat!($($about),*),
                params: <$name as $crate::licensing::wire::method::Params>::LIST,
                answers: &[$($answer),*],
                run: |call, args| Box::pin(async move {
                    let params = <$name as $crate::licensing::wire::method::Params>::read(&args)?;
                    $run(&call, params).await
                }),
            },
        )*];
    };
}

pub(super) use methods;
