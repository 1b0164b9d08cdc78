//! Which addresses may be shown to customers as terms of use: https and nothing that misleads.

use std::fmt;

/// Longest address, in bytes.
pub const MAX_BYTES: usize = 2_000;

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsUrlProblem {
    Empty,
    TooLong,
    /// Another scheme than https.
    NotHttps,
    /// Spaces, control characters, quotes, backslashes and the like.
    BadCharacter,
    /// No host, or one that is no name or address.
    BadHost,
    /// `https://user@host/`, which shows one name and leads to another.
    UserInfo,
    BadPort,
}

impl fmt::Display for TermsUrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Enter the address of your terms of use.",
            Self::TooLong => "The address is longer than 2,000 characters.",
            Self::NotHttps => "The address must begin with https://.",
            Self::BadCharacter => "The address contains a space or a character that an address cannot have.",
            Self::BadHost => "The address has no valid host name, such as example.com.",
            Self::UserInfo => "The address must not contain a user name or password.",
            Self::BadPort => "The port in the address is not a number from 1 to 65535.",
        })
    }
}

impl std::error::Error for TermsUrlProblem {}

/// Checks an address as stored and shown: no white space around it, no normalisation.
pub fn check(text: &str) -> Result<(), TermsUrlProblem> {
    if text.is_empty() {
        return Err(TermsUrlProblem::Empty);
    }
    if text.len() > MAX_BYTES {
        return Err(TermsUrlProblem::TooLong);
    }
    let scheme = "https://";
    if !text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) {
        return Err(TermsUrlProblem::NotHttps);
    }
    if text.chars().any(is_forbidden) {
        return Err(TermsUrlProblem::BadCharacter);
    }
    let rest = &text[scheme.len()..];
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    if authority.contains('@') {
        return Err(TermsUrlProblem::UserInfo);
    }
    let (host, port) = split_port(authority);
    if !is_host(host) {
        return Err(TermsUrlProblem::BadHost);
    }
    match port {
        Some(port) if !is_port(port) => Err(TermsUrlProblem::BadPort),
        _ => Ok(()),
    }
}

/// What a browser would strip, reinterpret or show invisibly. Letters of other scripts are fine.
fn is_forbidden(character: char) -> bool {
    let reversing = matches!(
        character,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    );
    reversing
        || character.is_control()
        || character.is_whitespace()
        || matches!(character, '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_bracket = authority.rfind(']').map_or(0, |index| index + 1);
    match authority[after_bracket..].rfind(':') {
        Some(index) => {
            let colon = after_bracket + index;
            (&authority[..colon], Some(&authority[colon + 1..]))
        }
        None => (authority, None),
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A host name (letters of any script), or an address in digits or brackets.
fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        return inner.strip_suffix(']').is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    let looks_numeric =
        host.rsplit('.').next().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit()));
    if looks_numeric {
        return host.parse::<std::net::Ipv4Addr>().is_ok();
    }
    host.len() <= 253 && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|character| character.is_alphanumeric() || character == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_that_are_fine() {
        for text in [
            "https://example.com",
            "https://example.com/",
            "HTTPS://Example.COM/terms?version=2#top",
            "https://example.com:8443/a%20b",
            "https://例え.jp/利用規約",
            "https://192.0.2.7/terms",
            "https://[2001:db8::1]:443/terms",
            "https://example.com./terms",
            "https://example.com/@company/terms",
            "https://localhost/terms",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn addresses_that_are_not() {
        use TermsUrlProblem as No;
        for (text, problem) in [
            ("", No::Empty),
            ("http://example.com", No::NotHttps),
            ("javascript:alert(1)", No::NotHttps),
            ("data:text/html,x", No::NotHttps),
            ("//example.com", No::NotHttps),
            (" https://example.com", No::NotHttps),
            ("https:/example.com", No::NotHttps),
            ("https://", No::BadHost),
            ("https:///terms", No::BadHost),
            ("https://?q", No::BadHost),
            ("https://:443/", No::BadHost),
            ("https://exa_mple.com", No::BadHost),
            ("https://-a.com", No::BadHost),
            ("https://a..com", No::BadHost),
            ("https://1.2.3", No::BadHost),
            ("https://0x7f.0.0.1x/", No::BadHost),
            ("https://[::1", No::BadHost),
            ("https://example.com@evil.test/", No::UserInfo),
            ("https://user:secret@example.com/", No::UserInfo),
            ("https://example.com:0/", No::BadPort),
            ("https://example.com:65536/", No::BadPort),
            ("https://example.com:/", No::BadPort),
            ("https://example.com:+80/", No::BadPort),
            ("https://example.com/a b", No::BadCharacter),
            ("https://example.com/\nSet-Cookie", No::BadCharacter),
            ("https://example.com\\@evil.test", No::BadCharacter),
            ("https://example.com/\u{202E}txt", No::BadCharacter),
            ("https://example.com/\"onclick", No::BadCharacter),
        ] {
            assert_eq!(check(text), Err(problem), "{text:?}");
        }
        assert_eq!(check(&format!("https://example.com/{}", "a".repeat(2_000))), Err(No::TooLong));
    }

    proptest! {
        #[test]
        fn whatever_passes_is_https_to_a_host_and_harmless(text in "(https://)?[a-z:@/.\\\\\\[\\]\\PC ]{0,40}") {
            if check(&text).is_ok() {
                let rest = &text["https://".len()..];
                prop_assert!(!rest.is_empty() && !rest.starts_with(['/', '?', '#']));
                prop_assert!(!rest.split(['/', '?', '#']).next().unwrap().contains('@'));
                prop_assert!(!text.contains(['\\', ' ', '"', '<', '>']));
            }
        }
    }
}
