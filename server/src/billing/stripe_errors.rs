//! What Stripe's refusals mean for whoever asked.

use latchkey_stripe::{StripeError, StripeErrorKind};

use crate::error::AppError;

/// A Stripe failure as the answer to a request: 502 with words that say what to do.
impl From<StripeError> for AppError {
    fn from(error: StripeError) -> Self {
        tracing::warn!(%error, "Stripe refused or did not answer");
        match error.kind {
            StripeErrorKind::Authentication | StripeErrorKind::Permission { .. } => {
                Self::key_refused(words(&error))
            }
            _ => Self::upstream(words(&error)),
        }
    }
}

/// Whether Stripe no longer has the customer that it was told of.
pub fn is_about_customer(error: &StripeError) -> bool {
    error.param.as_deref() == Some("customer") && error.code.as_deref() == Some("resource_missing")
}

/// One sentence for a person.
pub fn words(error: &StripeError) -> String {
    match &error.kind {
        StripeErrorKind::Authentication => {
            "Stripe no longer accepts the key. Connect Stripe again with a new one.".to_owned()
        }
        StripeErrorKind::Permission { missing: Some(missing) } => {
            format!("The Stripe key lacks the permission {missing}. Add it in Stripe, or use another key.")
        }
        StripeErrorKind::Permission { missing: None } => {
            format!("The Stripe key may not do this. Stripe says: {}", error.message)
        }
        StripeErrorKind::Connection | StripeErrorKind::Api | StripeErrorKind::UnreadableAnswer => {
            "Stripe does not answer right now. Try again in a moment.".to_owned()
        }
        StripeErrorKind::RateLimited => "Stripe is being asked too often. Try again in a moment.".to_owned(),
        _ => format!("Stripe refused. It says: {}", error.message),
    }
}
