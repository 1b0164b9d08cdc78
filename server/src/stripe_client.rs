//! Stripe clients, one per connected account, made from the sealed key.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use latchkey_shared::{
    api::{
        portal::{Card, Invoice},
        stripe::MissingPermission,
    },
    ids::StripeAccountId,
};
use latchkey_store::stripe_accounts;
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
    known: Mutex<Known>,
}

/// What Stripe said a moment ago and pages ask for again and again.
#[derive(Default)]
struct Known {
    /// Per account.
    health: HashMap<i64, (Instant, Health)>,
    /// Per account and Stripe customer.
    billing: HashMap<(i64, String), (Instant, BillingFacts)>,
}

/// How an account's key and webhook endpoint stand.
#[derive(Clone, Debug, Default)]
pub struct Health {
    pub missing_permissions: Vec<MissingPermission>,
    /// Stripe's word: `enabled` or `disabled`; absent where it could not be asked.
    pub endpoint_status: Option<String>,
    /// Stripe says that the endpoint Latchkey made is gone.
    pub endpoint_is_gone: bool,
    /// Events that the endpoint is not asked to send.
    pub missing_events: Vec<String>,
}

/// What a customer's billing page shows and Latchkey does not keep.
#[derive(Clone, Debug, Default)]
pub struct BillingFacts {
    pub invoices: Vec<Invoice>,
    pub card: Option<Card>,
}

const HEALTH_KEPT: Duration = Duration::from_mins(1);
const BILLING_KEPT: Duration = Duration::from_secs(10);
/// Beyond so many customers what is old is thrown away.
const BILLING_MOST: usize = 1_000;

impl StripeClients {
    /// A client for a key that is being tried or was just read.
    ///
    /// # Errors
    /// 500 where the configured base address is not an address.
    pub fn for_key(&self, base: &str, account: i64, key: &str) -> AppResult<StripeClient> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = made.get(&(account, key.to_owned())) {
            return Ok(client.clone());
        }
        let mut options = StripeOptions::new(base, key);
        options.http = self.http.clone();
        let client = StripeClient::new(options).map_err(AppError::internal)?;
        made.insert((account, key.to_owned()), client.clone());
        Ok(client)
    }

    pub fn known_health(&self, account: i64) -> Option<Health> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, health) = known.health.get(&account)?;
        (at.elapsed() < HEALTH_KEPT).then(|| health.clone())
    }

    pub fn keep_health(&self, account: i64, health: Health) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.health.insert(account, (Instant::now(), health));
    }

    pub fn known_billing(&self, account: i64, customer: &str) -> Option<BillingFacts> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, facts) = known.billing.get(&(account, customer.to_owned()))?;
        (at.elapsed() < BILLING_KEPT).then(|| facts.clone())
    }

    pub fn keep_billing(&self, account: i64, customer: &str, facts: BillingFacts) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.billing.len() >= BILLING_MOST {
            known.billing.retain(|_, (at, _)| at.elapsed() < BILLING_KEPT);
        }
        known.billing.insert((account, customer.to_owned()), (Instant::now(), facts));
    }

    /// After something at a customer's billing changed.
    pub fn forget_billing(&self, account: i64, customer: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.billing.remove(&(account, customer.to_owned()));
    }

    /// After the key or the endpoint changed.
    pub fn forget_what_is_known(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }
}

/// The name under which an account's key is sealed.
pub fn key_secret(account: StripeAccountId) -> String {
    format!("stripe/{account}/key")
}

/// 503 where no account is connected.
pub fn not_connected() -> AppError {
    AppError::unavailable(
        "stripe_not_connected",
        "Stripe is not connected yet. Connect it on the Stripe page.",
    )
}

async fn key(app: &AppState, account: StripeAccountId) -> AppResult<Option<String>> {
    match &app.config.stripe_secret_key {
        Some(key) if is_first(app, account).await? => Ok(Some(key.clone())),
        _ => app.sealer.get(app.store.read(), &key_secret(account)).await,
    }
}

/// Whether it is the account that is meant where none is named.
pub async fn is_first(app: &AppState, account: StripeAccountId) -> AppResult<bool> {
    let first = stripe_accounts::first(app.store.read()).await?;
    Ok(first.is_some_and(|first| first.id == account.0))
}

/// Whether an account's key was set by flag or environment, so that it cannot be changed on the screen. Flags are about
/// the first account.
pub async fn is_fixed(app: &AppState, account: StripeAccountId) -> AppResult<bool> {
    Ok(app.config.stripe_secret_key.is_some() && is_first(app, account).await?)
}

/// Whether an account's key is known: set by flag, or sealed.
pub async fn has_key(app: &AppState, account: StripeAccountId) -> AppResult<bool> {
    Ok(key(app, account).await?.is_some())
}

/// The client of a connected account: the key set by flag, else the sealed one.
///
/// # Errors
/// 503 `stripe_not_connected` where there is none.
pub async fn client(app: &AppState, account: StripeAccountId) -> AppResult<StripeClient> {
    let key = key(app, account).await?.ok_or_else(not_connected)?;
    app.stripe.for_key(&app.config.stripe_api_base, account.0, &key)
}
