//! The text of a licence key: `ABCDE-FGHIJ-KLMNO-PQRST`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Letters in a key.
pub const KEY_LETTERS: usize = 20;
const GROUP: usize = 5;

/// The text of a licence key made here: four groups of five letters A to Z.
///
/// Read in any case, with or without dashes and spaces, as people type it. A key moved in from elsewhere may
/// look different and is kept as it was; to find one of either kind, use [`lookup_form`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, example = "ABCDE-FGHIJ-KLMNO-PQRST")
)]
pub struct KeyText([u8; KEY_LETTERS]);

/// The text is not a licence key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTextError;

impl fmt::Display for KeyTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A licence key is four groups of five letters, for example ABCDE-FGHIJ-KLMNO-PQRST.")
    }
}

impl std::error::Error for KeyTextError {}

impl KeyText {
    /// From twenty numbers: 0 is A, 25 is Z, 26 is A again.
    pub fn from_numbers(numbers: [u8; KEY_LETTERS]) -> Self {
        Self(numbers.map(|number| b'A' + number % 26))
    }

    pub fn parse(text: &str) -> Result<Self, KeyTextError> {
        let mut letters = [0; KEY_LETTERS];
        let mut len = 0;
        for character in text.chars().filter(|&character| !is_separator(character)) {
            let letter = character.to_ascii_uppercase();
            if !letter.is_ascii_uppercase() || len == KEY_LETTERS {
                return Err(KeyTextError);
            }
            // An ASCII letter is one byte.
            letters[len] = letter as u8;
            len += 1;
        }
        if len == KEY_LETTERS { Ok(Self(letters)) } else { Err(KeyTextError) }
    }
}

/// Spaces of every kind and the dashes that text programs put for a hyphen.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FEFF}' | '\u{200B}' | '_')
}

/// What a typed or pasted key is looked up by: upper case, and twenty letters or digits in four groups.
/// Anything else stays as it is but for the spaces around it and its case.
pub fn lookup_form(text: &str) -> String {
    let upper = text.trim().to_uppercase();
    let bare: String = upper.chars().filter(|&character| !is_separator(character)).collect();
    if bare.len() != KEY_LETTERS || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return upper;
    }
    let mut grouped = String::with_capacity(KEY_LETTERS + 3);
    for (index, character) in bare.chars().enumerate() {
        if index > 0 && index % GROUP == 0 {
            grouped.push('-');
        }
        grouped.push(character);
    }
    grouped
}

impl fmt::Display for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, &letter) in self.0.iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

/// The first group only: a key is as good as money, and debug output ends up in logs.
impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first: String = self.0[..GROUP].iter().map(|&letter| char::from(letter)).collect();
        write!(f, "KeyText({first}-…)")
    }
}

impl FromStr for KeyText {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, KeyTextError> {
        Self::parse(text)
    }
}

impl Serialize for KeyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "ABCDE-FGHIJ-KLMNO-PQRST";

    #[test]
    fn read_as_people_type_it() {
        for text in [
            KEY,
            "abcde-fghij-klmno-pqrst",
            "ABCDEFGHIJKLMNOPQRST",
            "  abcde fghij\tklmno pqrst\n",
            "ABCDE–FGHIJ—KLMNO‑PQRST",
            "A-B-C-D-E-F-G-H-I-J-K-L-M-N-O-P-Q-R-S-T",
        ] {
            assert_eq!(KeyText::parse(text).map(|key| key.to_string()).as_deref(), Ok(KEY), "{text}");
        }
    }

    #[test]
    fn what_is_no_key() {
        for text in [
            "",
            "ABCDE-FGHIJ-KLMNO-PQRS",
            "ABCDE-FGHIJ-KLMNO-PQRSTU",
            "ABCDE-FGHIJ-KLMNO-PQRS1",
            "ÄBCDE-FGHIJ-KLMNO-PQRST",
        ] {
            assert_eq!(KeyText::parse(text), Err(KeyTextError), "{text}");
        }
    }

    #[test]
    fn numbers_are_letters() {
        let mut numbers = [0; KEY_LETTERS];
        (numbers[1], numbers[2], numbers[19]) = (25, 26, 255);
        assert_eq!(KeyText::from_numbers(numbers).to_string(), "AZAAA-AAAAA-AAAAA-AAAAV");
    }

    #[test]
    fn debug_output_does_not_give_the_key_away() {
        assert_eq!(format!("{:?}", KeyText::parse(KEY).unwrap()), "KeyText(ABCDE-…)");
    }

    #[test]
    fn keys_from_elsewhere_are_found_too() {
        assert_eq!(lookup_form(" kxqre wfa4y 12345 abcde"), "KXQRE-WFA4Y-12345-ABCDE");
        assert_eq!(lookup_form("abcdefghijklmnopqrst"), KEY);
        assert_eq!(lookup_form(" old-key-7 "), "OLD-KEY-7");
    }

    proptest! {
        #[test]
        fn a_key_survives_its_text(text in "([A-Z]{5}-){3}[A-Z]{5}") {
            let key = KeyText::parse(&text).unwrap();
            prop_assert_eq!(key.to_string(), text.clone());
            prop_assert_eq!(lookup_form(&text.to_lowercase()), text);
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,60}") {
            let _ = KeyText::parse(&text);
            let _ = lookup_form(&text);
        }
    }
}
