//! Webhook endpoints: what Stripe is asked to send, where to, and the secrets it signs with.

use std::collections::BTreeSet;

use latchkey_store::{
    entity::{stripe_account, stripe_endpoint},
    stripe_accounts as store,
};
use latchkey_stripe::{
    API_VERSION, ListQuery,
    params::{CreateWebhookEndpoint, UpdateWebhookEndpoint},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use crate::{
    audit::{self, Entry, Origin},
    billing::accounts::Connected,
    error::AppResult,
    random,
    state::AppState,
    stripe_client,
};

/// The events Latchkey acts upon, those that correctness needs first. `invoice.created` is left out on
/// purpose: an endpoint that does not answer it delays invoices.
pub const EVENTS: &[&str] = &[
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "invoice.paid",
    "invoice.payment_failed",
    "customer.deleted",
    "checkout.session.expired",
    "customer.subscription.trial_will_end",
    "customer.subscription.pending_update_applied",
    "customer.subscription.pending_update_expired",
    "invoice.payment_action_required",
    "invoice.finalization_failed",
    "invoice.voided",
    "invoice.marked_uncollectible",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.closed",
    "customer.updated",
    "product.created",
    "product.updated",
    "product.deleted",
    "price.created",
    "price.updated",
    "price.deleted",
];

fn secret_name(endpoint: i64) -> String {
    format!("stripe/endpoint/{endpoint}/secret")
}

fn previous_secret_name(endpoint: i64) -> String {
    format!("stripe/endpoint/{endpoint}/previous")
}

/// The address of an endpoint here.
fn url(app: &AppState, slug: &str) -> String {
    app.config.url(&format!("/webhooks/stripe/{slug}"))
}

/// Every secret an endpoint's events may be signed with: the flag's for the first account's, the current one, and
/// the one before it, since both sign for a while when a secret is rolled.
pub async fn secrets(app: &AppState, endpoint: &stripe_endpoint::Model) -> AppResult<Vec<String>> {
    let mut secrets = Vec::new();
    // The flag is about the first account, like that of the key.
    if let Some(secret) = &app.config.stripe_webhook_secret
        && endpoint.is_default
        && stripe_client::is_first(app, endpoint.account_id.into()).await?
    {
        secrets.push(secret.clone());
    }
    for name in [secret_name(endpoint.id), previous_secret_name(endpoint.id)] {
        secrets.extend(app.sealer.get(app.store.read(), &name).await?);
    }
    Ok(secrets)
}

/// When the current secret of an endpoint was stored.
pub async fn secret_since(app: &AppState, endpoint: i64) -> AppResult<Option<i64>> {
    app.sealer.stored_at(app.store.read(), &secret_name(endpoint)).await
}

/// Makes a secret the current one; the one before stays good beside it.
pub async fn set_secret<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    endpoint: i64,
    secret: &str,
) -> AppResult<()> {
    let now = app.clock.now();
    let before = app.sealer.get(connection, &secret_name(endpoint)).await?;
    if let Some(before) = before.filter(|before| before != secret) {
        app.sealer.put(connection, &previous_secret_name(endpoint), &before, now).await?;
    }
    app.sealer.put(connection, &secret_name(endpoint), secret, now).await
}

/// An account's own endpoint, made where there is none yet.
pub async fn ensure_default<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    account: &stripe_account::Model,
) -> AppResult<stripe_endpoint::Model> {
    if let Some(mut endpoint) = store::default_endpoint(connection, account.id).await? {
        if endpoint.live != account.live {
            endpoint.live = account.live;
            store::save_endpoint(connection, endpoint.clone()).await?;
        }
        return Ok(endpoint);
    }
    Ok(store::insert_endpoint(connection, fresh(app, account, true)).await?)
}

/// An endpoint with an address of its own that nobody can guess.
pub fn fresh(
    app: &AppState,
    account: &stripe_account::Model,
    is_default: bool,
) -> stripe_endpoint::ActiveModel {
    let slug = random::token();
    stripe_endpoint::ActiveModel {
        id: NotSet,
        account_id: Set(account.id),
        url: Set(url(app, &slug)),
        slug: Set(slug),
        is_default: Set(is_default),
        stripe_id: Set(None),
        api_version: Set(None),
        live: Set(account.live),
        last_received_at: Set(None),
        created_at: Set(app.clock.now()),
    }
}

/// Forgets the secrets of an endpoint that is removed.
pub async fn forget_secrets<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    endpoint: i64,
) -> AppResult<()> {
    app.sealer.remove(connection, &secret_name(endpoint)).await?;
    app.sealer.remove(connection, &previous_secret_name(endpoint)).await
}

/// Makes the endpoint at Stripe, or mends the one that Latchkey made before: right address, right events,
/// switched on. One whose secret is lost is replaced.
pub async fn provision(app: &AppState, origin: &Origin, connected: &Connected) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let endpoint = ensure_default(app, &transaction, &connected.account).await?;
    transaction.commit().await?;
    let sealed = app.sealer.get(app.store.read(), &secret_name(endpoint.id)).await?.is_some();
    let before = endpoint.stripe_id.clone();
    if let Some(id) = before.as_deref().filter(|_| sealed)
        && mend(app, connected, &endpoint, id).await?
    {
        return Ok(());
    }
    let address = url(app, &endpoint.slug);
    let mut params = CreateWebhookEndpoint::new(&address, EVENTS);
    params.description = Some("Latchkey".to_owned());
    // A key of its own each time: Stripe tells the secret only to the call that makes the endpoint.
    let idempotency_key = format!("{}:endpoint:{}", connected.account.stripe_id, random::token());
    let made = connected.client.create_webhook_endpoint(&params, &idempotency_key).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = ensure_default(app, &transaction, &connected.account).await?;
    row.stripe_id = Some(made.id.clone());
    row.url = address;
    row.api_version = made.api_version.or_else(|| Some(API_VERSION.to_owned()));
    store::save_endpoint(&transaction, row).await?;
    if let Some(secret) = &made.secret {
        set_secret(app, &transaction, endpoint.id, secret).await?;
    }
    let entry = Entry {
        action: "stripe_webhook_made",
        subject_kind: "stripe_account",
        subject_id: connected.account.id,
        text: format!("Webhook endpoint {} was made at Stripe.", made.id),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.stripe.forget_what_is_known();
    remove_others(connected, &made.id, before.as_deref(), &made.url).await;
    Ok(())
}

/// Deletes what would only deliver everything twice: the endpoint before, and any other with the same address,
/// which a crash may have left.
async fn remove_others(connected: &Connected, made: &str, before: Option<&str>, address: &str) {
    let listed = connected.client.list_webhook_endpoints(&ListQuery::new().limit(100)).await;
    let same_address = listed.map(|page| page.data).unwrap_or_default().into_iter();
    let same_address = same_address.filter(|endpoint| endpoint.url == address).map(|endpoint| endpoint.id);
    let others: BTreeSet<String> =
        same_address.chain(before.map(str::to_owned)).filter(|id| id != made).collect();
    for id in others {
        if let Err(error) = connected.client.delete_webhook_endpoint(&id).await {
            tracing::info!(%error, endpoint = %id, "a former webhook endpoint was not deleted");
        }
    }
}

/// Sets an existing endpoint right; false where Stripe no longer has it or it speaks another version.
async fn mend(
    app: &AppState,
    connected: &Connected,
    endpoint: &stripe_endpoint::Model,
    id: &str,
) -> AppResult<bool> {
    let address = url(app, &endpoint.slug);
    let change = UpdateWebhookEndpoint {
        url: Some(address.clone()),
        enabled_events: EVENTS.iter().map(|&name| name.to_owned()).collect(),
        disabled: Some(false),
        ..UpdateWebhookEndpoint::default()
    };
    let mended = match connected.client.update_webhook_endpoint(id, &change, None).await {
        Ok(mended) => mended,
        Err(error) if error.is_not_found() => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    if mended.api_version.as_deref().is_some_and(|version| version != API_VERSION) {
        return Ok(false);
    }
    let transaction = app.store.begin().await?;
    let mut row = endpoint.clone();
    row.url = address;
    store::save_endpoint(&transaction, row).await?;
    transaction.commit().await?;
    app.stripe.forget_what_is_known();
    Ok(true)
}
