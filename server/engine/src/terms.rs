//! The vendor's terms of use: what they are called and who must be asked.

use latchkey_shared::time::Timestamp;

use crate::period::{Tz, local_date};

/// Longest version label, in characters.
pub const MAX_VERSION_CHARS: usize = 60;

/// Terms as a pair: both count, since a vendor may change the text behind one address and only raise its
/// version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version<'a> {
    pub url: &'a str,
    pub label: &'a str,
}

/// The label that new terms get: the typed one, or the vendor's date of today if there is none.
///
/// `before` are the terms in force until now: the same URL without a new label keeps its label, so that saving
/// a form unchanged asks nobody again.
pub fn version_label(
    url: &str,
    typed: &str,
    before: Option<Version<'_>>,
    now: Timestamp,
    zone: Tz,
) -> String {
    let typed = typed.trim();
    if !typed.is_empty() {
        return typed.chars().take(MAX_VERSION_CHARS).collect();
    }
    match before {
        Some(before) if before.url == url && !before.label.is_empty() => before.label.to_owned(),
        _ => local_date(now, zone).to_string(),
    }
}

/// Whether somebody must accept before going on: there are terms, and what they accepted last is not these.
pub fn must_accept(current: Option<Version<'_>>, accepted: Option<Version<'_>>) -> bool {
    current.is_some() && current != accepted
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Version<'_> = Version { url: "https://example.com/terms", label: "1" };

    fn label(url: &str, typed: &str, before: Option<Version<'_>>) -> String {
        version_label(url, typed, before, "2026-12-31T23:30:00Z".parse().unwrap(), Tz::Europe__Berlin)
    }

    #[test]
    fn a_label_is_typed_kept_or_the_vendors_date() {
        assert_eq!(label(OLD.url, " 2 ", Some(OLD)), "2");
        assert_eq!(label(OLD.url, "", Some(OLD)), "1");
        assert_eq!(
            label("https://example.com/new", " ", Some(OLD)),
            "2027-01-01",
            "it is next year in Berlin"
        );
        assert_eq!(label(OLD.url, "", None), "2027-01-01");
        assert_eq!(label(OLD.url, &"x".repeat(99), None).len(), MAX_VERSION_CHARS);
    }

    #[test]
    fn who_must_accept() {
        let newer = Version { label: "2", ..OLD };
        let moved = Version { url: "https://example.com/new", ..OLD };
        for (current, accepted, must) in [
            (None, None, false),
            (None, Some(OLD), false),
            (Some(OLD), None, true),
            (Some(OLD), Some(OLD), false),
            (Some(newer), Some(OLD), true),
            (Some(moved), Some(OLD), true),
        ] {
            assert_eq!(must_accept(current, accepted), must, "{current:?} after {accepted:?}");
        }
    }
}
