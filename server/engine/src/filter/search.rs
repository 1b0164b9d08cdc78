use latchkey_shared::key_text::{KeyText, lookup_form};

/// Letters from which on a search looks inside words and not only at their beginnings.
const CONTAINS_FROM: usize = 3;

/// Beginnings of the ids that Stripe gives.
const STRIPE_PREFIXES: [&str; 10] =
    ["cus_", "sub_", "si_", "in_", "pi_", "ch_", "cs_", "price_", "prod_", "re_"];

/// A word to search for, with what it may be. A store tries all that are set and puts exact finds first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchTerm {
    /// As written, without the white space around it.
    pub text: String,
    /// It may be this id.
    pub id: Option<i64>,
    /// It is a whole licence key, in the form by which keys are looked up.
    pub key: Option<String>,
    /// It looks like an id of Stripe: compare it exactly and with case.
    pub is_stripe_id: bool,
    /// Too short to look for inside texts: only their beginnings.
    pub only_beginnings: bool,
}

impl SearchTerm {
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        let looked_up = lookup_form(text);
        let is_key =
            KeyText::parse(text).is_ok() || (looked_up.len() == 23 && looked_up.matches('-').count() == 3);
        Self {
            text: text.to_owned(),
            id: text.strip_prefix('#').unwrap_or(text).parse().ok().filter(|id| *id > 0),
            key: is_key.then_some(looked_up),
            is_stripe_id: STRIPE_PREFIXES.iter().any(|prefix| text.starts_with(prefix)),
            only_beginnings: text.chars().count() < CONTAINS_FROM,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_may_be() {
        let id = |text| SearchTerm::new(text).id;
        assert_eq!(id("123"), Some(123));
        assert_eq!(id(" #123 "), Some(123));
        assert_eq!(id("0"), None);
        assert_eq!(id("-5"), None);
        assert_eq!(id("12a"), None);
        assert_eq!(id("99999999999999999999"), None);

        let key = |text| SearchTerm::new(text).key;
        assert_eq!(key("abcde-fghij-klmno-pqrst").as_deref(), Some("ABCDE-FGHIJ-KLMNO-PQRST"));
        assert_eq!(key("ABCDE12345KLMNO67890").as_deref(), Some("ABCDE-12345-KLMNO-67890"));
        assert_eq!(key("ABCDE-FGHIJ"), None);

        assert!(SearchTerm::new("cus_Qk2").is_stripe_id);
        assert!(!SearchTerm::new("customer").is_stripe_id);
        assert!(SearchTerm::new("ab").only_beginnings);
        assert!(!SearchTerm::new("äöü").only_beginnings);
    }
}
