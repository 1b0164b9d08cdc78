//! JSON bodies and queries that are checked before a handler sees them.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
};
use garde::Validate;
use serde::de::DeserializeOwned;

use crate::{
    error::{AppError, AppResult},
    state::AppState,
};

/// A JSON body whose rules hold. Malformed JSON is 400; unknown fields, wrong types and broken rules are
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
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| AppError::malformed("The body could not be read, or is larger than allowed."))?;
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize::<_, T>(&mut deserializer).map_err(body_error)?;
        deserializer
            .end()
            .map_err(|_| AppError::malformed("There is something behind the end of the JSON body."))?;
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
    let inner = error.into_inner();
    if inner.is_data() {
        // serde's own words name unknown fields and wrong types; the position in the text helps nobody.
        let message = inner.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        let field = if path == "." { "body".to_owned() } else { path };
        AppError::field(&field, format!("{message}."))
    } else {
        AppError::malformed("The body is not valid JSON.")
    }
}

/// Runs the checks of `value` and turns what they report into field errors.
pub fn check<T: Validate<Context = ()>>(value: &T) -> AppResult<()> {
    let Err(report) = value.validate() else { return Ok(()) };
    let mut fields = BTreeMap::new();
    for (path, error) in report.iter() {
        fields.entry(path.to_string()).or_insert_with(|| error.to_string());
    }
    Err(AppError::fields(fields))
}

/// 201 with the new resource and its address.
pub fn created<T: serde::Serialize>(location: String, value: T) -> impl axum::response::IntoResponse {
    (axum::http::StatusCode::CREATED, [(header::LOCATION, location)], Json(value))
}
