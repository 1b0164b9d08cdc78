//! Stripe clients, one per connected account, made from the sealed key.

use std::{collections::HashMap, sync::Mutex};

use latchkey_shared::ids::StripeAccountId;
use latchkey_stripe::{StripeClient, StripeOptions};

use crate::{
    error::{AppError, AppResult},
    state::AppState,
};

/// Clients made so far; they share connections, and each account has a token bucket of its own.
#[derive(Default)]
pub struct StripeClients {
    http: reqwest::Client,
    made: Mutex<HashMap<(i64, String), StripeClient>>,
}

impl StripeClients {
    /// A client for a key that is being tried or was just read.
    ///
    /// # Errors
    /// 500 where the configured base address is not an address.
    pub fn for_key(&self, base: &str, account: i64, key: &str) -> AppResult<StripeClient> {
        let mut made =
            self.made.lock().map_err(|_| AppError::internal("the list of Stripe clients is poisoned"))?;
        if let Some(client) = made.get(&(account, key.to_owned())) {
            return Ok(client.clone());
        }
        let mut options = StripeOptions::new(base, key);
        options.http = self.http.clone();
        let client = StripeClient::new(options).map_err(AppError::internal)?;
        made.insert((account, key.to_owned()), client.clone());
        Ok(client)
    }
}

/// The name under which an account's key is sealed.
pub fn key_secret(account: StripeAccountId) -> String {
    format!("stripe/{account}/key")
}

/// The client of a connected account: the key set by flag, else the sealed one.
///
/// # Errors
/// 503 `stripe_not_connected` where there is none.
pub async fn client(app: &AppState, account: StripeAccountId) -> AppResult<StripeClient> {
    let key = match &app.config.stripe_secret_key {
        Some(key) => Some(key.clone()),
        None => app.sealer.get(app.store.read(), &key_secret(account)).await?,
    };
    let key = key.ok_or_else(|| {
        AppError::unavailable(
            "stripe_not_connected",
            "Stripe is not connected yet. Connect it on the Stripe page.",
        )
    })?;
    app.stripe.for_key(&app.config.stripe_api_base, account.0, &key)
}
