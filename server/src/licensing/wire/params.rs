//! Types of parameters: how each is read, in all the spellings that clients use, and within what bounds.

use latchkey_shared::key_text;
use serde_json::Value;

use super::{
    Args,
    failure::{BAD_PARAMETERS, BAD_TIME, BadParam},
};

/// What a parameter holds, for the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer {
        least: i64,
        most: i64,
    },
    Text {
        most_chars: usize,
    },
    Truth,
    Choice(&'static [&'static str]),
    /// A JSON list of objects.
    List,
}

/// A type of parameter.
pub trait FromWire: Sized {
    const KIND: Kind;
    const REQUIRED: bool;

    /// # Errors
    /// Where it is missing though it must be there, or not what it should be.
    fn read(args: &Args, name: &str) -> Result<Self, BadParam>;
}

const BAD: BadParam = BadParam(BAD_PARAMETERS);
/// Ids and times are far below; nothing overflows.
const LARGEST: i64 = i64::MAX / 4;

fn whole(args: &Args, name: &str, least: i64, most: i64) -> Result<Option<i64>, BadParam> {
    let Some(text) = args.given(name) else { return Ok(None) };
    let number: i64 = text.parse().map_err(|_| BAD)?;
    if (least..=most).contains(&number) { Ok(Some(number)) } else { Err(BAD) }
}

/// An id that must be there.
#[derive(Clone, Copy, Debug)]
pub struct Id(pub i64);

impl FromWire for Id {
    const KIND: Kind = Kind::Integer { least: 1, most: LARGEST };
    const REQUIRED: bool = true;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        whole(args, name, 1, LARGEST)?.map(Self).ok_or(BAD)
    }
}

/// An id, or none where it is 0, -1 (the .NET client's default) or absent.
#[derive(Clone, Copy, Debug)]
pub struct MaybeId(pub Option<i64>);

impl FromWire for MaybeId {
    const KIND: Kind = Kind::Integer { least: -1, most: LARGEST };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        Ok(Self(whole(args, name, -1, LARGEST)?.filter(|id| *id > 0)))
    }
}

/// A whole number within bounds; absent it is `ELSE`.
#[derive(Clone, Copy, Debug)]
pub struct Whole<const LEAST: i64, const MOST: i64, const ELSE: i64 = 0>(pub i64);

impl<const LEAST: i64, const MOST: i64, const ELSE: i64> FromWire for Whole<LEAST, MOST, ELSE> {
    const KIND: Kind = Kind::Integer { least: LEAST, most: MOST };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        Ok(Self(whole(args, name, LEAST, MOST)?.unwrap_or(ELSE)))
    }
}

/// A whole number within bounds that must be there.
#[derive(Clone, Copy, Debug)]
pub struct Needed<const LEAST: i64, const MOST: i64>(pub i64);

impl<const LEAST: i64, const MOST: i64> FromWire for Needed<LEAST, MOST> {
    const KIND: Kind = Kind::Integer { least: LEAST, most: MOST };
    const REQUIRED: bool = true;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        whole(args, name, LEAST, MOST)?.map(Self).ok_or(BAD)
    }
}

/// A whole number within bounds, or not said.
#[derive(Clone, Copy, Debug)]
pub struct MaybeWhole<const LEAST: i64, const MOST: i64>(pub Option<i64>);

impl<const LEAST: i64, const MOST: i64> FromWire for MaybeWhole<LEAST, MOST> {
    const KIND: Kind = Kind::Integer { least: LEAST, most: MOST };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        whole(args, name, LEAST, MOST).map(Self)
    }
}

/// Seconds since 1970; 0 where absent.
#[derive(Clone, Copy, Debug)]
pub struct UnixTime(pub i64);

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

impl FromWire for UnixTime {
    const KIND: Kind = Kind::Integer { least: 0, most: LAST_SECOND };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        whole(args, name, 0, LAST_SECOND)
            .map(|time| Self(time.unwrap_or_default()))
            .map_err(|_| BadParam(BAD_TIME))
    }
}

/// True or false; absent it is false.
#[derive(Clone, Copy, Debug)]
pub struct Flag(pub bool);

fn truth(args: &Args, name: &str) -> Result<Option<bool>, BadParam> {
    let Some(word) = args.given(name) else { return Ok(None) };
    match word.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(Some(true)),
        "false" | "0" | "no" | "off" => Ok(Some(false)),
        _ => Err(BAD),
    }
}

impl FromWire for Flag {
    const KIND: Kind = Kind::Truth;
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        Ok(Self(truth(args, name)?.unwrap_or_default()))
    }
}

/// True, false, or not said.
#[derive(Clone, Copy, Debug)]
pub struct MaybeFlag(pub Option<bool>);

impl FromWire for MaybeFlag {
    const KIND: Kind = Kind::Truth;
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        truth(args, name).map(Self)
    }
}

/// A text of so many characters at most; absent it is empty.
#[derive(Clone, Debug)]
pub struct Text<const MOST: usize>(pub String);

impl<const MOST: usize> FromWire for Text<MOST> {
    const KIND: Kind = Kind::Text { most_chars: MOST };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        bounded::<MOST>(args.given(name).unwrap_or_default()).map(Self)
    }
}

/// A text, or not said.
#[derive(Clone, Debug)]
pub struct MaybeText<const MOST: usize>(pub Option<String>);

impl<const MOST: usize> FromWire for MaybeText<MOST> {
    const KIND: Kind = Kind::Text { most_chars: MOST };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        args.given(name).map(bounded::<MOST>).transpose().map(Self)
    }
}

/// A text as it came, so that `None` is a name and spaces belong to a password; absent it is empty.
#[derive(Clone, Debug)]
pub struct Exact<const MOST: usize>(pub String);

impl<const MOST: usize> FromWire for Exact<MOST> {
    const KIND: Kind = Kind::Text { most_chars: MOST };
    const REQUIRED: bool = true;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        bounded::<MOST>(args.exact(name).unwrap_or_default()).map(Self)
    }
}

/// Zero bytes cannot be stored on every database, and no client means one.
fn bounded<const MOST: usize>(text: &str) -> Result<String, BadParam> {
    let fits = text.len() <= MOST || text.chars().count() <= MOST;
    if fits && !text.contains('\0') { Ok(text.to_owned()) } else { Err(BAD) }
}

/// A licence key's text, in the form by which it is looked up.
#[derive(Clone, Debug)]
pub struct KeyText(pub String);

/// Longest text of a key, moved-in ones included.
const KEY_CHARS: usize = 100;

impl FromWire for KeyText {
    const KIND: Kind = Kind::Text { most_chars: KEY_CHARS };
    const REQUIRED: bool = true;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        let text = bounded::<KEY_CHARS>(args.given(name).ok_or(BAD)?)?;
        Ok(Self(key_text::lookup_form(&text)))
    }
}

/// A licence key's text, or none.
#[derive(Clone, Debug)]
pub struct MaybeKeyText(pub Option<String>);

impl FromWire for MaybeKeyText {
    const KIND: Kind = Kind::Text { most_chars: KEY_CHARS };
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        match args.given(name) {
            Some(_) => Ok(Self(Some(KeyText::read(args, name)?.0))),
            None => Ok(Self(None)),
        }
    }
}

/// What is signed: the .NET client's first way, or the JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignMethod {
    /// 0: values of the object, joined.
    Values,
    /// 1: the bytes of the JSON text.
    Text,
}

impl FromWire for SignMethod {
    const KIND: Kind = Kind::Choice(&["0", "1"]);
    const REQUIRED: bool = false;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        match args.given(name).map(str::to_ascii_lowercase).as_deref() {
            None | Some("0" | "linqsign") => Ok(Self::Values),
            Some("1" | "stringsign") => Ok(Self::Text),
            Some(_) => Err(BAD),
        }
    }
}

/// A JSON list of objects.
#[derive(Clone, Debug)]
pub struct Objects<const MOST: usize>(pub Vec<Args>);

impl<const MOST: usize> FromWire for Objects<MOST> {
    const KIND: Kind = Kind::List;
    const REQUIRED: bool = true;

    fn read(args: &Args, name: &str) -> Result<Self, BadParam> {
        let list: Vec<Value> = serde_json::from_str(args.given(name).ok_or(BAD)?).map_err(|_| BAD)?;
        if list.len() > MOST {
            return Err(BAD);
        }
        let read = |object: Value| Args::from_json(object.to_string().as_bytes()).ok_or(BAD);
        list.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read<T: FromWire>(value: &str) -> Result<T, BadParam> {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("x", value).finish();
        Args::from_form(form.as_bytes()).read("X")
    }

    #[test]
    fn truth_in_every_spelling() {
        for (yes, no) in [("True", "False"), ("true", "false"), ("1", "0"), ("TRUE", "FALSE"), ("on", "off")]
        {
            assert!(read::<Flag>(yes).unwrap().0 && !read::<Flag>(no).unwrap().0);
        }
        for nothing in ["", "None", "null"] {
            assert!(!read::<Flag>(nothing).unwrap().0);
            assert_eq!(read::<MaybeFlag>(nothing).unwrap().0, None);
        }
        assert!(read::<Flag>("perhaps").is_err());
    }

    #[test]
    fn numbers_within_bounds() {
        assert_eq!(read::<Whole<0, 10>>(" 7 ").unwrap().0, 7);
        assert_eq!(read::<Whole<0, 10, 5>>("null").unwrap().0, 5);
        for bad in ["11", "-1", "1.5", "x", "99999999999999999999999", "0x1"] {
            assert!(read::<Whole<0, 10>>(bad).is_err(), "{bad}");
        }
        assert_eq!(read::<MaybeId>("0").unwrap().0, None);
        assert_eq!(read::<MaybeId>("None").unwrap().0, None);
        assert_eq!(read::<Id>("0").map(|id| id.0), Err(BAD));
        assert_eq!(read::<UnixTime>("soon").map(|time| time.0), Err(BadParam(BAD_TIME)));
    }

    #[test]
    fn texts_are_bounded_and_some_are_taken_literally() {
        assert_eq!(read::<Text<4>>("None").unwrap().0, "");
        assert_eq!(read::<Exact<4>>("None").unwrap().0, "None");
        assert_eq!(read::<Text<4>>("äöüß").unwrap().0, "äöüß");
        assert!(read::<Text<4>>("12345").is_err() && read::<Text<4>>("a\0").is_err());
        assert_eq!(read::<KeyText>("abcdefghijklmnopqrst").unwrap().0, "ABCDE-FGHIJ-KLMNO-PQRST");
    }

    #[test]
    fn sign_methods_by_number_and_name() {
        for (text, method) in
            [("", SignMethod::Values), ("LinqSign", SignMethod::Values), ("StringSign", SignMethod::Text)]
        {
            assert_eq!(read::<SignMethod>(text).unwrap(), method);
        }
        assert!(read::<SignMethod>("2").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,60}") {
            let _ = read::<Id>(&text);
            let _ = read::<Flag>(&text);
            let _ = read::<KeyText>(&text);
            let _ = read::<UnixTime>(&text);
            let _ = read::<SignMethod>(&text);
            let _ = read::<Objects<3>>(&text);
            prop_assert!(read::<Text<10>>(&text).map_or(true, |it| it.0.chars().count() <= 10));
        }

        #[test]
        fn numbers_survive(number in -1_000_i64..1_000) {
            prop_assert_eq!(read::<Whole<-1_000, 1_000>>(&number.to_string()).map(|it| it.0), Ok(number));
        }
    }
}
