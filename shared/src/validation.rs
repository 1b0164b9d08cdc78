//! What may be typed into a form: the same checks in the page app, before sending, and on the server.

use garde::Error;

/// Longest e-mail address (RFC 5321 §4.5.3.1.3, path without brackets).
pub const EMAIL_MAX: usize = 254;
/// Longest name of a person, company or thing, in characters.
pub const NAME_MAX: usize = 100;
/// Longest free note, in characters.
pub const NOTES_MAX: usize = 1_000;

/// The address in the form in which it is stored and compared: trimmed, lower case.
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A plausible e-mail address: the part that can be checked without sending to it.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let clean = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    text.len() <= EMAIL_MAX
        && !local.is_empty()
        && local.len() <= 64
        && !local.contains('@')
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(clean)
        && is_domain(domain)
}

/// A host name with at least two labels, such as `example.com`.
pub fn is_domain(text: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// For `#[garde(custom(email))]`.
pub fn email<C>(value: &str, _: &C) -> garde::Result {
    check(is_email(value.trim()), "Enter an e-mail address such as name@example.com.")
}

/// For `#[garde(custom(optional_email))]` on a string that may be empty.
pub fn optional_email<C>(value: &str, _: &C) -> garde::Result {
    check(
        value.trim().is_empty() || is_email(value.trim()),
        "Enter an e-mail address such as name@example.com, or leave it empty.",
    )
}

/// For `#[garde(custom(required))]`: something other than blanks, no control characters, at most
/// [`NAME_MAX`] characters.
pub fn required<C>(value: &str, _: &C) -> garde::Result {
    check(!value.trim().is_empty(), "Fill in this field.")?;
    line(value, &())
}

/// For `#[garde(custom(line))]`: one line of at most [`NAME_MAX`] characters; may be empty.
pub fn line<C>(value: &str, _: &C) -> garde::Result {
    check(value.chars().count() <= NAME_MAX, "Use at most 100 characters.")?;
    check(!value.chars().any(char::is_control), "Remove the line breaks and control characters.")
}

/// For `#[garde(custom(notes))]`: several lines of at most [`NOTES_MAX`] characters.
pub fn notes<C>(value: &str, _: &C) -> garde::Result {
    check(value.chars().count() <= NOTES_MAX, "Use at most 1,000 characters.")
}

/// For `#[garde(custom(required_notes))]`: like [`notes`], but not empty.
pub fn required_notes<C>(value: &str, _: &C) -> garde::Result {
    check(!value.trim().is_empty(), "Fill in this field.")?;
    notes(value, &())
}

/// For `#[garde(custom(domain))]`.
pub fn domain<C>(value: &str, _: &C) -> garde::Result {
    check(is_domain(value.trim()), "Enter a domain such as example.com, without https:// and path.")
}

/// For `#[garde(custom(optional_country))]`: two capital letters, or nothing.
pub fn optional_country<C>(value: &str, _: &C) -> garde::Result {
    let ok = value.is_empty() || value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase());
    check(ok, "Choose a country.")
}

/// For `#[garde(custom(hex_colour))]`: `#rrggbb`.
pub fn hex_colour<C>(value: &str, _: &C) -> garde::Result {
    let ok = value
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
    check(ok, "Enter a colour such as #8a6d1f.")
}

fn check(ok: bool, message: &str) -> garde::Result {
    if ok { Ok(()) } else { Err(Error::new(message)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "first.last+tag@sub.example.com", "ü@exämple.de", "o'neil@example.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a b@c.de",
            "a@b@c.de",
            ".a@b.co",
            "a..b@c.de",
            "a@-b.co",
            "a@b..co",
            "<a@b.co>",
            "a@b.co\n",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(!is_email(&format!("{}@b.co", "x".repeat(65))));
        assert_eq!(normal_email("  Ann@Example.COM "), "ann@example.com");
    }

    #[test]
    fn colours_and_domains() {
        assert!(hex_colour("#12abEF", &()).is_ok());
        assert!(hex_colour("12abEF", &()).is_err());
        assert!(hex_colour("#12abE", &()).is_err());
        assert!(is_domain("example.com"));
        assert!(!is_domain("https://example.com"));
        assert!(!is_domain("localhost"));
    }
}
