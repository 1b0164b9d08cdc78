//! The webhook endpoints as staff manage them: beside the one that Latchkey makes there can be others, for another
//! account, or while an endpoint is replaced.

use latchkey_shared::{
    api::inbox::{SetEndpointSecret, StripeEndpoint, StripeEndpoints},
    ids::StripeAccountId,
    time::Timestamp,
};
use latchkey_store::{entity::stripe_endpoint, stripe_accounts as store};
use latchkey_stripe::StripeError;
use sea_orm::ConnectionTrait;

use crate::{
    audit::{self, Entry, Origin},
    billing::{accounts, endpoints},
    error::{AppError, AppResult},
    state::AppState,
};

/// All of an account.
pub async fn list(app: &AppState, which: Option<StripeAccountId>) -> AppResult<StripeEndpoints> {
    let mut shown = Vec::new();
    let Some(account) = accounts::row(app, which).await? else {
        return Ok(StripeEndpoints { endpoints: shown });
    };
    for endpoint in store::endpoints_of(app.store.read(), account.id).await? {
        let secrets = endpoints::secrets(app, &endpoint).await?.len();
        let since = endpoints::secret_since(app, endpoint.id).await?;
        shown.push(StripeEndpoint {
            id: endpoint.id,
            url: endpoint.url,
            default: endpoint.is_default,
            stripe_id: endpoint.stripe_id,
            api_version: endpoint.api_version,
            secrets: i64::try_from(secrets).unwrap_or(i64::MAX),
            secret_since: since.map(Timestamp::from_millis),
            last_received: endpoint.last_received_at.map(Timestamp::from_millis),
        });
    }
    Ok(StripeEndpoints { endpoints: shown })
}

/// Adds an address for an endpoint that is made by hand at Stripe; its secret is entered afterwards.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    which: Option<StripeAccountId>,
) -> AppResult<StripeEndpoints> {
    let connected = accounts::connected(app, which).await?;
    let transaction = app.store.begin().await?;
    let row = endpoints::fresh(app, &connected.account, false);
    let row = store::insert_endpoint(&transaction, row).await?;
    note(app, &transaction, origin, &row, "stripe_endpoint_added", "was added").await?;
    transaction.commit().await?;
    list(app, which).await
}

/// Enters a signing secret; the one before stays good beside it.
pub async fn set_secret(
    app: &AppState,
    origin: &Origin,
    id: i64,
    form: &SetEndpointSecret,
) -> AppResult<StripeEndpoints> {
    let secret = form.secret.trim();
    if !secret.starts_with("whsec_") {
        return Err(AppError::field("secret", "A signing secret begins with whsec_."));
    }
    let endpoint = find(app, id).await?;
    let transaction = app.store.begin().await?;
    endpoints::set_secret(app, &transaction, endpoint.id, secret).await?;
    note(app, &transaction, origin, &endpoint, "stripe_endpoint_secret_set", "got another secret").await?;
    transaction.commit().await?;
    list(app, Some(endpoint.account_id.into())).await
}

/// Removes an endpoint, at Stripe too where Latchkey made it.
///
/// # Errors
/// 409 for the default one; 502 where Stripe does not let go of it.
pub async fn remove(app: &AppState, origin: &Origin, id: i64) -> AppResult<StripeEndpoints> {
    let endpoint = find(app, id).await?;
    if endpoint.is_default {
        return Err(AppError::conflict(
            "default_endpoint",
            "Latchkey's own endpoint stays. Set it up anew, or disconnect Stripe.",
        ));
    }
    if let Some(stripe_id) = &endpoint.stripe_id {
        let connected = accounts::by_id(app, endpoint.account_id).await?;
        let gone = connected.client.delete_webhook_endpoint(stripe_id).await;
        if let Err(error) = gone.map(|_| ())
            && !StripeError::is_not_found(&error)
        {
            return Err(error.into());
        }
    }
    let transaction = app.store.begin().await?;
    endpoints::forget_secrets(app, &transaction, id).await?;
    store::remove_endpoint(&transaction, id).await?;
    note(app, &transaction, origin, &endpoint, "stripe_endpoint_removed", "was removed").await?;
    transaction.commit().await?;
    list(app, Some(endpoint.account_id.into())).await
}

async fn find(app: &AppState, id: i64) -> AppResult<stripe_endpoint::Model> {
    let found = store::find_endpoint(app.store.read(), id).await?;
    found.ok_or_else(|| AppError::not_found("webhook endpoint"))
}

async fn note<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    origin: &Origin,
    endpoint: &stripe_endpoint::Model,
    action: &'static str,
    what: &str,
) -> AppResult<()> {
    let entry = Entry {
        action,
        subject_kind: "stripe_account",
        subject_id: endpoint.account_id,
        text: format!("Webhook endpoint {} {what}.", endpoint.id),
        ..Entry::default()
    };
    audit::record(connection, app.clock.now(), origin, entry).await
}
