//! Signed webhook payloads: checking them, and signing for tests and the stand-in.

use crate::objects::Event;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use thiserror::Error;

/// How old (or how far ahead) a signature may be, in seconds, unless the caller wants otherwise.
pub const DEFAULT_TOLERANCE: i64 = 300;

/// Why a payload is not accepted. The words are for logs; nothing of it should be sent back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// The header lacks a time or any `v1` signature.
    #[error("the signature header is malformed")]
    MalformedHeader,
    /// No signature belongs to any of the secrets.
    #[error("no signature matches any of the secrets")]
    NoMatch,
    /// Signed longer ago than the tolerance allows: perhaps a replay.
    #[error("the signature is too old")]
    TooOld,
    /// Signed further in the future than the tolerance allows.
    #[error("the signature is from the future")]
    TooNew,
    /// Properly signed, but not a JSON object.
    #[error("the payload is not a JSON object")]
    NotAnEvent,
}

/// Checks `header` (the value of `Stripe-Signature`) for `payload`: any `v1` may match any of
/// `secrets`, so that both sides can roll a secret. `now_secs` is seconds since 1970; a `tolerance` of
/// 0 or less accepts every age.
///
/// Only what carries the event is read strictly. An odd object inside never makes it fail.
pub fn verify(
    payload: &[u8],
    header: &str,
    secrets: &[&str],
    now_secs: i64,
    tolerance: i64,
) -> Result<Event, SignatureError> {
    let (time, signatures) = parse(header).ok_or(SignatureError::MalformedHeader)?;
    let mut matches = false;
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let expected = signature(payload, secret, time);
        for given in &signatures {
            matches |= bool::from(expected.as_bytes().ct_eq(given.as_bytes()));
        }
    }
    if !matches {
        return Err(SignatureError::NoMatch);
    }
    if tolerance > 0 {
        match now_secs.saturating_sub(time) {
            age if age > tolerance => return Err(SignatureError::TooOld),
            age if age < -tolerance => return Err(SignatureError::TooNew),
            _ => {}
        }
    }
    match serde_json::from_slice(payload) {
        Ok(value @ Value::Object(_)) => Ok(Event::from_value(value)),
        _ => Err(SignatureError::NotAnEvent),
    }
}

/// Makes the header Stripe would send: one `v1` for each secret.
pub fn sign(payload: &[u8], secrets: &[&str], time_secs: i64) -> String {
    let mut header = format!("t={time_secs}");
    for secret in secrets {
        header.push_str(",v1=");
        header.push_str(&signature(payload, secret, time_secs));
    }
    header
}

/// The time as it was signed, and all `v1` signatures. Other schemes are passed over.
fn parse(header: &str) -> Option<(i64, Vec<&str>)> {
    let mut time = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => time = Some(value.parse().ok()?),
            Some(("v1", value)) => signatures.push(value),
            _ => {}
        }
    }
    Some((time?, signatures)).filter(|(_, signatures)| !signatures.is_empty())
}

fn signature(payload: &[u8], secret: &str, time: i64) -> String {
    // HMAC takes keys of every length; the fallback is never reached and could not match anything.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(time.to_string().as_bytes());
    mac.update(b".");
    mac.update(payload);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYLOAD: &[u8] =
        br#"{"id":"evt_1","object":"event","type":"invoice.paid","data":{"object":{"id":7}}}"#;
    const NOW: i64 = 1_800_000_000;

    fn check(header: &str, secrets: &[&str], tolerance: i64) -> Result<Event, SignatureError> {
        verify(PAYLOAD, header, secrets, NOW, tolerance)
    }

    #[test]
    fn a_signature_made_elsewhere_is_accepted() {
        // From: printf '1800000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_known
        let header = "t=1800000000,v1=be65d967bddc9a0598f19282398ca6685254b4d7877bb93f6e29385f13c6fe03";
        assert_eq!(verify(br#"{"id":"evt_1"}"#, header, &["whsec_known"], NOW, 300).unwrap().id, "evt_1");
    }

    #[test]
    fn an_odd_object_inside_does_not_matter() {
        let event = check(&sign(PAYLOAD, &["whsec_a"], NOW), &["whsec_a"], 300).unwrap();
        assert_eq!((event.id.as_str(), event.kind.as_str()), ("evt_1", "invoice.paid"));
    }

    #[test]
    fn during_a_roll_either_secret_is_enough_in_any_order() {
        for signing in [&["whsec_old", "whsec_new"][..], &["whsec_new", "whsec_old"], &["whsec_old"]] {
            assert!(check(&sign(PAYLOAD, signing, NOW), &["whsec_old"], 300).is_ok());
            assert!(check(&sign(PAYLOAD, signing, NOW), &["whsec_other", "whsec_old"], 300).is_ok());
        }
    }

    #[test]
    fn a_changed_payload_or_foreign_secret_is_refused() {
        let header = sign(PAYLOAD, &["whsec_a"], NOW);
        assert_eq!(verify(b"{}", &header, &["whsec_a"], NOW, 300), Err(SignatureError::NoMatch));
        assert_eq!(check(&header, &["whsec_b"], 300), Err(SignatureError::NoMatch));
        assert_eq!(check(&header, &[], 300), Err(SignatureError::NoMatch));
        let with_empty = sign(PAYLOAD, &[""], NOW);
        assert_eq!(check(&with_empty, &[""], 300), Err(SignatureError::NoMatch));
    }

    #[test]
    fn age_counts_in_both_directions_unless_switched_off() {
        let at = |time| sign(PAYLOAD, &["whsec_a"], time);
        assert!(check(&at(NOW - 300), &["whsec_a"], 300).is_ok());
        assert_eq!(check(&at(NOW - 301), &["whsec_a"], 300), Err(SignatureError::TooOld));
        assert!(check(&at(NOW + 300), &["whsec_a"], 300).is_ok());
        assert_eq!(check(&at(NOW + 301), &["whsec_a"], 300), Err(SignatureError::TooNew));
        assert!(check(&at(NOW - 90_000), &["whsec_a"], 0).is_ok());
    }

    #[test]
    fn headers_without_time_or_v1_are_malformed() {
        for header in ["", "t=1", "v1=aa", "t=soon,v1=aa", "t=1,v0=aa"] {
            assert_eq!(check(header, &["whsec_a"], 300), Err(SignatureError::MalformedHeader), "{header}");
        }
    }

    #[test]
    fn signed_text_that_is_no_object_is_not_an_event() {
        for payload in [&b"[]"[..], b"not json"] {
            let header = sign(payload, &["whsec_a"], NOW);
            assert_eq!(verify(payload, &header, &["whsec_a"], NOW, 300), Err(SignatureError::NotAnEvent));
        }
    }
}
