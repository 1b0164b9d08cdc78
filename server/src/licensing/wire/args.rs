//! The parameters of a call as they came: from the query, a form, or a JSON object.

use std::borrow::Cow;

use serde_json::Value;

use super::{failure::BadParam, params::FromWire};

/// More parameters than this are not looked at.
const MOST: usize = 200;

/// Parameters by name. Names are compared without regard to case; of two with one name the first counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Args(Vec<(String, String)>);

impl Args {
    /// Reads `a=1&b=2`, as in a query or a form. Anything can be read; what is not UTF-8 becomes a question
    /// mark.
    pub fn from_form(text: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(text).take(MOST);
        Self(pairs.map(|(name, value)| (name.trim().to_lowercase(), value.into_owned())).collect())
    }

    /// Reads a JSON object of texts, numbers and truth values; lists and objects stay JSON text. Nothing for
    /// any other JSON.
    pub fn from_json(text: &[u8]) -> Option<Self> {
        let Ok(Value::Object(fields)) = serde_json::from_slice(text) else { return None };
        let pairs = fields.into_iter().take(MOST).filter_map(|(name, value)| {
            let value = match value {
                Value::Null => return None,
                Value::String(text) => text,
                other => other.to_string(),
            };
            Some((name.trim().to_lowercase(), value))
        });
        Some(Self(pairs.collect()))
    }

    /// These, and the other's where nothing has the same name here.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        for (name, value) in other.0 {
            if !self.0.iter().any(|(known, _)| *known == name) {
                self.0.push((name, value));
            }
        }
        self
    }

    /// The value as it came.
    pub fn exact(&self, name: &str) -> Option<&str> {
        let name = lower(name);
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The value; nothing where it is empty or one of the words by which SDKs say "nothing": `None`, `null`.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.exact(name).map(str::trim).filter(|value| !matches!(*value, "" | "None" | "null"))
    }

    /// The parameter of that name.
    ///
    /// # Errors
    /// Where it is missing though it must be there, or not what it should be.
    pub fn read<T: FromWire>(&self, name: &str) -> Result<T, BadParam> {
        T::read(self, name)
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_in_any_case_and_words_for_nothing() {
        let args = Args::from_form(b"KEY=a+b%2Bc&friendlyname=None&OSInfo=null&x=&key=second");
        assert_eq!(args.given("Key"), Some("a b+c"));
        for nothing in ["FriendlyName", "osInfo", "X", "missing"] {
            assert_eq!(args.given(nothing), None, "{nothing}");
        }
        assert_eq!(args.exact("FriendlyName"), Some("None"));
    }

    #[test]
    fn json_is_read_like_a_form() {
        let args =
            Args::from_json(br#"{"ProductId": 3, "Sign": true, "Key": "k", "n": null, "e": [1]}"#).unwrap();
        let read = |name| args.given(name);
        assert_eq!(
            (read("productid"), read("SIGN"), read("key"), read("n"), read("e")),
            (Some("3"), Some("true"), Some("k"), None, Some("[1]"))
        );
        for other in ["[]", "1", "", "{", "{\"a\":1}x"] {
            assert_eq!(Args::from_json(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn the_body_comes_before_the_query() {
        let both = Args::from_form(b"a=1").or(Args::from_form(b"A=2&b=3"));
        assert_eq!((both.given("a"), both.given("b")), (Some("1"), Some("3")));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let form = Args::from_form(&bytes);
            prop_assert!(form.0.len() <= MOST);
            let _ = Args::from_json(&bytes);
        }

        #[test]
        fn what_a_form_says_comes_out(pairs in prop::collection::vec(("[a-z]{1,8}", "\\PC{0,20}"), 0..10)) {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (name, value) in &pairs {
                form.append_pair(name, value);
            }
            let args = Args::from_form(form.finish().as_bytes());
            for (name, _) in &pairs {
                let first = pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
                prop_assert_eq!(args.exact(&name.to_uppercase()), first);
            }
        }
    }
}
