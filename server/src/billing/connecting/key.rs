//! Trying a key at Stripe before it is kept.

use latchkey_stripe::{Account, StripeErrorKind};

use crate::{
    billing::stripe_errors,
    config,
    error::{AppError, AppResult},
    state::AppState,
};

/// What stands for the account's id where a restricted key may not read it.
pub(super) const UNREADABLE_ACCOUNT: &str = "acct_unknown";

/// What Stripe says about a key.
pub(super) struct Found {
    pub account: Account,
    pub live: bool,
    pub restricted: bool,
    /// Last four characters of the key.
    pub hint: String,
}

impl Found {
    /// Whether it was told which account it is.
    pub fn is_readable(&self) -> bool {
        self.account.id != UNREADABLE_ACCOUNT
    }
}

/// Whether it can be a key that is allowed here.
pub(super) fn check_shape(app: &AppState, key: &str) -> AppResult<()> {
    if key.starts_with("pk_") {
        return Err(AppError::field(
            "secret_key",
            "This is the publishable key. Paste the secret or a restricted key.",
        ));
    }
    let known = ["sk_live_", "sk_test_", "rk_live_", "rk_test_"].iter().any(|prefix| key.starts_with(prefix));
    if !known || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(AppError::field(
            "secret_key",
            "A Stripe key begins with sk_live_, rk_live_, sk_test_ or rk_test_ and has only letters and digits.",
        ));
    }
    app.config.check_stripe_key(key).map_err(|error| AppError::field("secret_key", format!("{error}.")))
}

/// Asks Stripe whose key it is.
pub(super) async fn look_up(app: &AppState, key: &str) -> AppResult<Found> {
    let client = app.stripe.for_key(&app.config.stripe_api_base, 0, key)?;
    let account = match client.account().await {
        Ok(account) => account,
        // A restricted key works without this permission; the Stripe page lists it as missing.
        Err(error) if matches!(error.kind, StripeErrorKind::Permission { .. }) => {
            Account { id: UNREADABLE_ACCOUNT.to_owned(), ..Account::default() }
        }
        Err(error) if error.kind == StripeErrorKind::Authentication => {
            return Err(AppError::field(
                "secret_key",
                "Stripe does not accept this key. Copy it again from Stripe's dashboard.",
            ));
        }
        Err(error) => return Err(AppError::upstream(stripe_errors::words(&error))),
    };
    let hint = key.get(key.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    Ok(Found { account, live: !config::is_test_key(key), restricted: key.starts_with("rk_"), hint })
}
