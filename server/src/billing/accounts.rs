//! Connected Stripe accounts. Where none is named, the first one is meant.

use latchkey_shared::{
    api::stripe::{RenameStripeAccount, StripeAccountRow, StripeAccounts},
    ids::StripeAccountId,
};
use latchkey_store::{entity::stripe_account, stripe_accounts as store};
use latchkey_stripe::StripeClient;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    stripe_client,
};

/// An account and a client that speaks for it.
#[derive(Clone, Debug)]
pub struct Connected {
    pub account: stripe_account::Model,
    pub client: StripeClient,
}

/// An account's row, whether or not its key is known: the one that is named, or the first one, if there is one.
///
/// # Errors
/// 404 where a named one does not exist.
pub async fn row(app: &AppState, which: Option<StripeAccountId>) -> AppResult<Option<stripe_account::Model>> {
    match which {
        None => Ok(store::first(app.store.read()).await?),
        Some(id) => {
            let found = store::find(app.store.read(), id.0).await?;
            found.map(Some).ok_or_else(|| AppError::not_found("Stripe account"))
        }
    }
}

/// An account whose key is known.
///
/// # Errors
/// 404 where a named one does not exist.
pub async fn named(
    app: &AppState,
    which: Option<StripeAccountId>,
) -> AppResult<Option<stripe_account::Model>> {
    let Some(account) = row(app, which).await? else { return Ok(None) };
    let known = stripe_client::has_key(app, StripeAccountId(account.id)).await?;
    Ok(Some(account).filter(|_| known))
}

/// An account with its client; 503 where it is not connected.
pub async fn connected(app: &AppState, which: Option<StripeAccountId>) -> AppResult<Connected> {
    let account = named(app, which).await?.ok_or_else(stripe_client::not_connected)?;
    of(app, account).await
}

/// An account by its number here, with its client.
pub async fn by_id(app: &AppState, id: i64) -> AppResult<Connected> {
    let account = store::find(app.store.read(), id).await?.ok_or_else(stripe_client::not_connected)?;
    of(app, account).await
}

/// An account with its client.
pub async fn of(app: &AppState, account: stripe_account::Model) -> AppResult<Connected> {
    let client = stripe_client::client(app, StripeAccountId(account.id)).await?;
    Ok(Connected { account, client })
}

/// All accounts whose key is known, the oldest first.
pub async fn all_connected(app: &AppState) -> AppResult<Vec<Connected>> {
    let mut connected = Vec::new();
    for account in store::all(app.store.read()).await? {
        if stripe_client::has_key(app, StripeAccountId(account.id)).await? {
            connected.push(of(app, account).await?);
        }
    }
    Ok(connected)
}

/// Whether an account in live mode is connected.
pub async fn any_live<C: ConnectionTrait>(connection: &C) -> AppResult<bool> {
    Ok(store::all(connection).await?.iter().any(|account| account.live))
}

/// The accounts that are connected, and the first one even when it is not.
pub async fn list(app: &AppState) -> AppResult<StripeAccounts> {
    let mut accounts = Vec::new();
    for row in store::all(app.store.read()).await? {
        let id = StripeAccountId(row.id);
        let connected = stripe_client::has_key(app, id).await?;
        let first = accounts.is_empty();
        if connected || first {
            accounts.push(StripeAccountRow {
                number: id,
                id: row.stripe_id,
                name: row.name,
                live: row.live,
                first,
                connected,
            });
        }
    }
    Ok(StripeAccounts { accounts })
}

/// Gives an account another name; Stripe's own stays what it is.
pub async fn rename(
    app: &AppState,
    origin: &Origin,
    which: Option<StripeAccountId>,
    form: &RenameStripeAccount,
) -> AppResult<StripeAccounts> {
    let account = row(app, which).await?.ok_or_else(|| AppError::not_found("Stripe account"))?;
    let now = app.clock.now();
    let before = account.name.clone();
    let named = stripe_account::Model { name: form.name.trim().to_owned(), updated_at: now, ..account };
    let transaction = app.store.begin().await?;
    store::save(&transaction, named.clone()).await?;
    let entry = Entry {
        action: "stripe_account_renamed",
        subject_kind: "stripe_account",
        subject_id: named.id,
        text: format!("Stripe account {} is called {} now.", named.stripe_id, named.name),
        before: Some(json!({"name": before})),
        after: Some(json!({"name": named.name})),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    list(app).await
}
