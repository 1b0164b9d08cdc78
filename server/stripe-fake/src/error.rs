//! Errors in Stripe's shape.

use serde_json::{Map, Value, json};

/// An answer that is not 2xx.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) body: Map<String, Value>,
    /// Whether the call had begun to take effect, so that its answer is kept for the idempotency key.
    pub(crate) executed: bool,
    /// For the `Stripe-Should-Retry` header.
    pub(crate) should_retry: Option<bool>,
}

impl ApiError {
    fn new(status: u16, kind: &str, message: impl Into<String>) -> Self {
        let mut body = Map::new();
        body.insert("type".into(), json!(kind));
        body.insert("message".into(), json!(message.into()));
        Self { status, body, executed: false, should_retry: None }
    }

    pub(crate) fn code(mut self, code: &str) -> Self {
        self.body.insert("code".into(), json!(code));
        let page = code.replace('_', "-");
        self.body.insert("doc_url".into(), json!(format!("https://stripe.com/docs/error-codes/{page}")));
        self
    }

    pub(crate) fn param(mut self, param: &str) -> Self {
        self.body.insert("param".into(), json!(param));
        self
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
    }

    pub(crate) fn missing(param: &str) -> Self {
        Self::invalid(format!("Missing required param: {param}.")).code("parameter_missing").param(param)
    }

    pub(crate) fn unknown(param: &str) -> Self {
        Self::invalid(format!("Received unknown parameter: {param}")).code("parameter_unknown").param(param)
    }

    pub(crate) fn invalid_integer(param: &str, given: &str) -> Self {
        Self::invalid(format!("Invalid integer: {given}")).code("parameter_invalid_integer").param(param)
    }

    /// What was addressed does not exist.
    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        let mut error = Self::invalid(format!("No such {what}: '{id}'")).code("resource_missing").param("id");
        error.status = 404;
        error
    }

    /// What a parameter names does not exist.
    pub(crate) fn no_such(what: &str, id: &str, param: &str) -> Self {
        Self::invalid(format!("No such {what}: '{id}'")).code("resource_missing").param(param)
    }

    pub(crate) fn unrecognized_url(method: &str, path: &str) -> Self {
        let message =
            format!("Unrecognized request URL ({method}: {path}). Latchkey's stand-in does not have it.");
        let mut error = Self::invalid(message);
        error.status = 404;
        error
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(401, "invalid_request_error", message)
    }

    /// A restricted key lacks `permission`.
    pub(crate) fn forbidden(key: &str, account: &str, permission: &str) -> Self {
        let message = format!(
            "The provided key '{}' does not have the required permissions for this endpoint on account '{account}'. \
             Having the '{permission}' permission would allow this request to continue.",
            masked(key)
        );
        Self::new(403, "invalid_request_error", message).code("more_permissions_required")
    }

    pub(crate) fn idempotency_mismatch(key: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. \
             Try using a key other than '{key}' if you meant to execute a different request."
        );
        Self::new(400, "idempotency_error", message)
    }

    pub(crate) fn idempotency_in_use(key: &str) -> Self {
        let message =
            format!("There is currently another in-progress request using this Idempotent Key: '{key}'.");
        let mut error = Self::new(409, "invalid_request_error", message).code("idempotency_key_in_use");
        error.should_retry = Some(true);
        error
    }

    pub(crate) fn lock_timeout() -> Self {
        let message = "This object cannot be accessed right now because another API request or Stripe process is \
                       currently accessing it.";
        let mut error = Self::new(409, "invalid_request_error", message).code("lock_timeout");
        error.should_retry = Some(true);
        error
    }

    pub(crate) fn rate_limited() -> Self {
        let message = "Too many requests in a short time. Back off before asking again.";
        Self::new(429, "invalid_request_error", message).code("rate_limit")
    }

    pub(crate) fn internal() -> Self {
        Self::new(500, "api_error", "An error occurred on the stand-in's side, as was asked for.")
    }

    /// A card that does not pay.
    pub(crate) fn card(code: &str, decline_code: Option<&str>, message: &str) -> Self {
        let mut error = Self::new(402, "card_error", message).code(code);
        if let Some(decline_code) = decline_code {
            error.body.insert("decline_code".into(), json!(decline_code));
        }
        error.executed = true;
        error
    }

    pub(crate) fn json(&self, request_id: &str) -> Value {
        let mut body = self.body.clone();
        body.insert(
            "request_log_url".into(),
            json!(format!("https://dashboard.stripe.com/test/logs/{request_id}")),
        );
        json!({ "error": body })
    }

    pub(crate) fn message(&self) -> &str {
        self.body.get("message").and_then(Value::as_str).unwrap_or_default()
    }
}

/// A key as Stripe shows it in messages: the beginning, stars, and the last four characters.
pub(crate) fn masked(key: &str) -> String {
    let chars: Vec<char> = key.chars().collect();
    let head: String = chars.iter().take(8).collect();
    let tail: String = chars.iter().skip(chars.len().saturating_sub(4).max(8)).collect();
    format!("{head}{}{tail}", "*".repeat(chars.len().saturating_sub(12)))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn keys_are_masked_but_recognisable() {
        assert_eq!(masked("sk_test_abcdefgh1234"), "sk_test_********1234");
        assert_eq!(masked("sk_live_"), "sk_live_");
        assert_eq!(masked("x"), "x");
    }
}
