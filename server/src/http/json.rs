//! JSON bodies and queries that are checked before a handler sees them.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header, request::Parts},
};
use garde::Validate;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::{
    error::{AppError, AppResult, check},
    state::AppState,
};

/// A JSON body whose rules hold. Malformed JSON is 400, too much of it 413; unknown fields, wrong types and broken rules are
/// 422 with the field named.
pub struct Checked<T>(pub T);

impl<T> FromRequest<AppState> for Checked<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> AppResult<Self> {
        let is_json =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(
                |value| value.split(';').next().is_some_and(|kind| kind.trim() == "application/json"),
            );
        if !is_json {
            return Err(AppError::malformed("Send a JSON body with Content-Type: application/json."));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => AppError::too_large("The body is larger than allowed."),
                _ => AppError::malformed("The body could not be read."),
            })?;
        // A list would be taken for the fields in their order.
        if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return Err(AppError::malformed("Send a JSON object."));
        }
        if holds_nul(&bytes) {
            return Err(AppError::malformed("Text cannot hold the character U+0000."));
        }
        // First whether it is JSON at all, to its end: what stops at the first wrong field does not see the rest.
        let is_json =
            std::str::from_utf8(&bytes).is_ok() && serde_json::from_slice::<IgnoredAny>(&bytes).is_ok();
        if !is_json {
            return Err(AppError::malformed("The body is not valid JSON."));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize::<_, T>(&mut deserializer).map_err(body_error)?;
        check(&value)?;
        Ok(Self(value))
    }
}

/// A query string whose rules hold; broken ones are 422 with the field named.
pub struct CheckedQuery<T>(pub T);

impl<T> FromRequestParts<AppState> for CheckedQuery<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> AppResult<Self> {
        let query = axum_extra::extract::Query::<T>::try_from_uri(&parts.uri)
            .map_err(|error| AppError::malformed(format!("The query is not as documented: {error}.")))?;
        check(&query.0)?;
        Ok(Self(query.0))
    }
}

fn body_error(error: serde_path_to_error::Error<serde_json::Error>) -> AppError {
    let path = error.path().to_string();
    // serde's own words name unknown fields and wrong types; the position in the text helps nobody.
    let message = error.into_inner().to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    let field = if path == "." { "body".to_owned() } else { path };
    AppError::field(&field, format!("{message}."))
}

/// Whether a string in this JSON holds U+0000, which PostgreSQL cannot store.
fn holds_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[at + 1..].starts_with(b"u0000") {
            return true;
        }
        // The character after a backslash belongs to it, be it another backslash.
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

/// 201 with the new resource and its address.
pub fn created<T: serde::Serialize>(location: String, value: T) -> impl axum::response::IntoResponse {
    (StatusCode::CREATED, [(header::LOCATION, location)], Json(value))
}

#[cfg(test)]
mod tests {
    use super::holds_nul;

    #[test]
    fn only_an_escaped_nul_is_one() {
        assert!(holds_nul(br#"{"a":"x\u0000"}"#));
        assert!(holds_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!holds_nul(br#"{"a":"\\u0000"}"#));
        assert!(!holds_nul(br#"{"a":"\u0001 \n"}"#));
        assert!(!holds_nul(br#"{"a":"\"#));
    }
}
