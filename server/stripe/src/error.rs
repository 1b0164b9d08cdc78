//! What can go wrong when calling Stripe, sorted by what the caller can do about it.

use serde_json::Value;
use std::fmt;

/// A call that did not succeed, after the client's own retries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeError {
    /// What kind of failure it is.
    pub kind: StripeErrorKind,
    /// The HTTP status; `None` when no answer came.
    pub status: Option<u16>,
    /// Stripe's machine-readable code, such as `resource_missing`.
    pub code: Option<Box<str>>,
    /// The parameter Stripe objects to, in bracket form.
    pub param: Option<Box<str>>,
    /// Stripe's `Request-Id`, which its support asks for.
    pub request_id: Option<Box<str>>,
    /// What happened, in Stripe's words where there are any. Never contains the key.
    pub message: String,
}

/// Kinds of failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StripeErrorKind {
    /// No answer: refused, cut off or timed out. The call may or may not have taken effect.
    Connection,
    /// Too many requests, or the object is locked by another one.
    RateLimited,
    /// The card was declined or needs the customer.
    Card {
        /// The issuer's reason, such as `insufficient_funds`.
        decline_code: Option<String>,
    },
    /// Stripe does not accept the parameters.
    InvalidRequest,
    /// The key is wrong, expired or revoked.
    Authentication,
    /// The key is a restricted one that lacks a permission.
    Permission {
        /// The permission's name as Stripe words it, such as `rak_customer_write`, when it says.
        missing: Option<String>,
    },
    /// There is no such object (for this key).
    NotFound,
    /// The idempotency key was used with other parameters, or is in use right now.
    Idempotency,
    /// Something on Stripe's side.
    Api,
    /// The answer was not the JSON that was expected.
    UnreadableAnswer,
    /// The client was set up wrongly or the parameters cannot be sent; no request was made.
    Local,
}

impl StripeError {
    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            StripeErrorKind::Connection
            | StripeErrorKind::RateLimited
            | StripeErrorKind::Api
            | StripeErrorKind::UnreadableAnswer => true,
            StripeErrorKind::Idempotency => self.status == Some(409),
            _ => false,
        }
    }

    /// Whether the object asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        self.kind == StripeErrorKind::NotFound
    }

    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self::without_answer(StripeErrorKind::Local, message)
    }

    pub(crate) fn connection(error: &reqwest::Error) -> Self {
        let what = if error.is_timeout() {
            "Stripe did not answer in time"
        } else if error.is_connect() {
            "no connection to Stripe"
        } else {
            "the connection to Stripe broke off"
        };
        Self::without_answer(StripeErrorKind::Connection, what)
    }

    pub(crate) fn unreadable(status: u16, request_id: Option<Box<str>>, message: impl Into<String>) -> Self {
        Self {
            status: Some(status),
            request_id,
            ..Self::without_answer(StripeErrorKind::UnreadableAnswer, message)
        }
    }

    /// Reads an answer whose status is not 2xx.
    pub(crate) fn from_answer(status: u16, request_id: Option<Box<str>>, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| body["error"][name].as_str().map(str::to_owned);
        let message = text("message").unwrap_or_else(|| format!("Stripe answered with status {status}"));
        let code = text("code").map(String::into_boxed_str);
        let param = text("param").map(String::into_boxed_str);
        let kind = kind_of(
            status,
            &text("type").unwrap_or_default(),
            code.as_deref(),
            &message,
            text("decline_code"),
        );
        Self { kind, status: Some(status), code, param, request_id, message }
    }

    fn without_answer(kind: StripeErrorKind, message: impl Into<String>) -> Self {
        Self { kind, status: None, code: None, param: None, request_id: None, message: message.into() }
    }
}

fn kind_of(
    status: u16,
    error_type: &str,
    code: Option<&str>,
    message: &str,
    decline_code: Option<String>,
) -> StripeErrorKind {
    match (status, error_type) {
        (_, "idempotency_error") => StripeErrorKind::Idempotency,
        (409, _) if code == Some("idempotency_key_in_use") => StripeErrorKind::Idempotency,
        (_, "card_error") | (402, _) => StripeErrorKind::Card { decline_code },
        (_, "rate_limit_error") | (429, _) => StripeErrorKind::RateLimited,
        (401, _) => StripeErrorKind::Authentication,
        (403, _) => StripeErrorKind::Permission { missing: missing_permission(message) },
        (404, _) => StripeErrorKind::NotFound,
        (409, _) if code == Some("lock_timeout") => StripeErrorKind::RateLimited,
        (409 | 424 | 500.., _) | (_, "api_error") => StripeErrorKind::Api,
        _ => StripeErrorKind::InvalidRequest,
    }
}

/// Finds `rak_…` in Stripe's sentence about a restricted key.
fn missing_permission(message: &str) -> Option<String> {
    let start = message.find("rak_")?;
    let name: String = message[start..]
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect();
    Some(name)
}

impl fmt::Display for StripeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let details = [
            ("status", self.status.map(|status| status.to_string())),
            ("code", self.code.as_deref().map(str::to_owned)),
            ("param", self.param.as_deref().map(str::to_owned)),
            ("request", self.request_id.as_deref().map(str::to_owned)),
        ];
        let known: Vec<String> =
            details.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect();
        if known.is_empty() { Ok(()) } else { write!(f, " ({})", known.join(", ")) }
    }
}

impl std::error::Error for StripeError {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answer(status: u16, error: Value) -> StripeError {
        StripeError::from_answer(
            status,
            Some("req_1".into()),
            json!({ "error": error }).to_string().as_bytes(),
        )
    }

    #[test]
    fn each_answer_has_its_kind() {
        let cases = [
            (
                400,
                json!({"type": "invalid_request_error", "param": "x"}),
                StripeErrorKind::InvalidRequest,
                false,
            ),
            (400, json!({"type": "idempotency_error"}), StripeErrorKind::Idempotency, false),
            (
                409,
                json!({"type": "invalid_request_error", "code": "idempotency_key_in_use"}),
                StripeErrorKind::Idempotency,
                true,
            ),
            (
                409,
                json!({"type": "invalid_request_error", "code": "lock_timeout"}),
                StripeErrorKind::RateLimited,
                true,
            ),
            (401, json!({"type": "invalid_request_error"}), StripeErrorKind::Authentication, false),
            (
                402,
                json!({"type": "card_error", "decline_code": "do_not_honor"}),
                StripeErrorKind::Card { decline_code: Some("do_not_honor".into()) },
                false,
            ),
            (404, json!({"type": "invalid_request_error"}), StripeErrorKind::NotFound, false),
            (
                429,
                json!({"type": "invalid_request_error", "code": "rate_limit"}),
                StripeErrorKind::RateLimited,
                true,
            ),
            (500, json!({"type": "api_error"}), StripeErrorKind::Api, true),
            (503, json!(null), StripeErrorKind::Api, true),
        ];
        for (status, error, kind, retryable) in cases {
            let error = answer(status, error);
            assert_eq!(error.kind, kind, "{error}");
            assert_eq!(error.is_retryable(), retryable, "{error}");
        }
    }

    #[test]
    fn the_missing_permission_is_named() {
        let error = answer(
            403,
            json!({"message": "The key does not have it. Having the 'rak_customer_read' permission would help."}),
        );
        assert_eq!(error.kind, StripeErrorKind::Permission { missing: Some("rak_customer_read".into()) });
    }

    #[test]
    fn printing_tells_what_support_asks_for() {
        let error = answer(
            400,
            json!({"message": "No such price: 'x'", "code": "resource_missing", "param": "price"}),
        );
        assert_eq!(
            error.to_string(),
            "No such price: 'x' (status 400, code resource_missing, param price, request req_1)"
        );
    }
}
