//! The one error type of handlers and domain modules, and its answer.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use latchkey_shared::{
    error::{ApiError, ErrorBody, code},
    field_words,
};
use latchkey_store::{
    page::PageError,
    trouble::{self, Trouble},
};
use sea_orm::{DbErr, SqlErr};

use crate::http::request_id;

pub type AppResult<T> = Result<T, AppError>;

const KEY_REFUSED: &str = "stripe_key_refused";

/// What a request ends with when it cannot be done. Internals are logged where the answer is made, never
/// sent.
#[derive(Debug)]
pub struct AppError {
    status: StatusCode,
    code: &'static str,
    message: String,
    fields: BTreeMap<String, String>,
    retry_after_seconds: Option<i64>,
    /// What would happen now, beside a refusal because something else was shown.
    preview: Option<Box<serde_json::Value>>,
    /// For the log only.
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AppError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            fields: BTreeMap::new(),
            retry_after_seconds: None,
            preview: None,
            source: None,
        }
    }

    /// 400: the request itself is malformed.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", message)
    }

    /// 401
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHENTICATED, "Sign in to go on.")
    }

    /// 401: wrong e-mail or password, whichever it was.
    pub fn wrong_credentials() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "wrong_credentials",
            "The e-mail address or the password is wrong. Check both, or reset the password.",
        )
    }

    /// 403
    pub fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            code::FORBIDDEN,
            "Your role does not allow this. Ask the owner of this Latchkey.",
        )
    }

    /// 403: the customer must accept the terms first.
    pub fn terms_required() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::TERMS_REQUIRED, "Accept the terms of use to go on.")
    }

    /// 403: sent by a page of another site.
    pub fn cross_origin() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "cross_origin",
            "This request came from another site and was not carried out.",
        )
    }

    /// 404, also for what is another's.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, format!("There is no such {what}."))
    }

    /// 404: nothing is at that path.
    pub fn no_address(path: &str) -> Self {
        let message = format!("There is no such address: {}.", named(path));
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, message)
    }

    /// 404 for invitations: used, revoked, wrong, wrong domain, all the same.
    pub fn link_unusable() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            code::LINK_UNUSABLE,
            "This link cannot be used. Ask whoever sent it for a new one.",
        )
    }

    /// 409: it clashes with what is there.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// 409: somebody else saved meanwhile.
    pub fn stale() -> Self {
        Self::conflict(
            "changed_meanwhile",
            "Somebody else changed this meanwhile. Load it again and repeat your change.",
        )
    }

    /// 409: what was shown is not what would happen; `preview` is.
    pub fn quote_changed(preview: serde_json::Value) -> Self {
        let mut error = Self::conflict(
            "quote_changed",
            "Something changed since this was shown. Look at what it comes to now, and confirm again.",
        );
        error.preview = Some(Box::new(preview));
        error
    }

    /// 422 with one field error.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::fields(BTreeMap::from([(field.to_owned(), message.into())]))
    }

    /// 422 with field errors.
    pub fn fields(fields: BTreeMap<String, String>) -> Self {
        let mut error =
            Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::INVALID, "Some fields need another look.");
        error.fields = fields;
        error
    }

    /// 429
    pub fn too_many(retry_after_seconds: i64) -> Self {
        let seconds = retry_after_seconds.max(1);
        let wait =
            if seconds <= 90 { format!("{seconds} s") } else { format!("{} min", (seconds + 59) / 60) };
        let mut error = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            code::TOO_MANY,
            format!("Too many tries. Wait {wait} and try again."),
        );
        error.retry_after_seconds = Some(seconds);
        error
    }

    /// What was refused before a handler ran, with the status that it was given.
    pub fn refused(status: StatusCode) -> Self {
        let (code, message) = match status {
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "This address does not take that method.")
            }
            StatusCode::SERVICE_UNAVAILABLE => ("timed_out", "This took too long. Try again in a moment."),
            StatusCode::PAYLOAD_TOO_LARGE => return Self::too_large("The body is larger than allowed."),
            StatusCode::BAD_REQUEST => return Self::malformed("The address is not as documented."),
            _ => ("refused", "The request was refused: it is not as documented."),
        };
        Self::new(status, code, message)
    }

    /// 503: more work waits than can be done in time.
    pub fn overloaded() -> Self {
        let mut error = Self::unavailable(
            "overloaded",
            "There is more to do than can be done in time. Try again in a moment.",
        );
        error.retry_after_seconds = Some(1);
        error
    }

    /// 413
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// 503 with what to do.
    pub fn unavailable(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message)
    }

    /// 502: Stripe said no or did not answer; `message` says which in words.
    pub fn upstream(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "stripe_failed", message)
    }

    /// 502: Stripe refuses the account's key, or lets it do less than is needed.
    pub fn key_refused(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, KEY_REFUSED, message)
    }

    /// Whether a Stripe account's key is what stands in the way.
    pub fn is_about_key(&self) -> bool {
        self.code == KEY_REFUSED
    }

    /// 500: logged, not told.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side. Try again; if it stays, tell the operator the request id.",
        );
        error.source = Some(source.into());
        error
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong with the fields, by field.
    pub fn field_errors(&self) -> &BTreeMap<String, String> {
        &self.fields
    }

    /// When to try again, in seconds.
    pub fn retry_after(&self) -> Option<i64> {
        self.retry_after_seconds
    }

    pub fn message(&self) -> &str {
        &self.message
    }
}

/// Characters of a path that a message repeats.
const NAMED: usize = 100;

/// A path or name that somebody asked for, as a message repeats it.
pub fn named(asked: &str) -> String {
    let mut letters = asked.chars();
    let shown: String = letters.by_ref().take(NAMED).collect();
    if letters.next().is_some() { shown + "…" } else { shown }
}

/// Runs the checks of `value` and turns what they report into field errors.
pub fn check<T: garde::Validate<Context = ()>>(value: &T) -> AppResult<()> {
    let Err(report) = field_words::validate(value) else { return Ok(()) };
    let mut fields = BTreeMap::new();
    for (path, error) in report.iter() {
        fields.entry(path.to_string()).or_insert_with(|| error.to_string());
    }
    Err(AppError::fields(fields))
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(source) = &self.source {
            return write!(f, "{source}");
        }
        if self.fields.is_empty() {
            return f.write_str(&self.message);
        }
        let words: Vec<String> =
            self.fields.iter().map(|(field, message)| format!("{field}: {message}")).collect();
        f.write_str(&words.join(" "))
    }
}

impl std::error::Error for AppError {}

impl From<DbErr> for AppError {
    fn from(error: DbErr) -> Self {
        // What the rules above the database let through because two did it at the same moment.
        if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::conflict(
                "there_already",
                "The same was added at the same moment. Load the page again and look.",
            );
        }
        let mut answer = match trouble::of(&error) {
            Some(Trouble::Away) => Self::unavailable(
                "database_unavailable",
                "The database does not answer. Nothing was saved. Try again in a moment.",
            ),
            Some(Trouble::Full) => Self::unavailable(
                "disk_full",
                "The disk of the database is full. Nothing was saved. Try again once the operator has made room.",
            ),
            Some(Trouble::ReadOnly) => Self::unavailable(
                "database_read_only",
                "The database cannot be written to at the moment. Nothing was saved. Try again later.",
            ),
            None => Self::internal(""),
        };
        answer.source = Some(Box::new(error));
        answer
    }
}

impl From<PageError> for AppError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::UnknownSort(_) => Self::field("sort", "This list cannot be sorted by that column."),
            PageError::BadCursor => {
                Self::field("cursor", "This page reference is not valid. Start from the first page.")
            }
            PageError::Database(error) => error.into(),
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Some(source) = &self.source {
            tracing::error!(error = %source, detail = ?source, "request failed");
        }
        let body = ErrorBody {
            error: ApiError {
                code: self.code.to_owned(),
                message: self.message,
                fields: self.fields,
                request_id: request_id::current(),
            },
        };
        let mut response = match self.preview {
            Some(preview) => {
                let body = serde_json::json!({"error": body.error, "preview": preview});
                (self.status, Json(body)).into_response()
            }
            None => (self.status, Json(body)).into_response(),
        };
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
