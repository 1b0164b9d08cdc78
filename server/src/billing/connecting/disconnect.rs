//! Letting go of an account.

use latchkey_shared::ids::StripeAccountId;
use latchkey_store::{
    entity::{stripe_account, stripe_endpoint},
    plans, stripe_accounts as store,
};
use sea_orm::ConnectionTrait;

use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        endpoints,
    },
    error::{AppError, AppResult},
    state::AppState,
    stripe_client,
};

/// Forgets the key. What was mirrored stays, so that connecting again goes on where it was. Of a further account the
/// endpoints go too, and its plans are withdrawn.
///
/// # Errors
/// 404 where it is not connected; 409 for a key that was set at start, and for a further account that something
/// depends on.
pub async fn disconnect(app: &AppState, origin: &Origin, which: Option<StripeAccountId>) -> AppResult<()> {
    let account = accounts::named(app, which).await?;
    let account = account.ok_or_else(|| AppError::not_found("connected Stripe account"))?;
    let id = StripeAccountId(account.id);
    if stripe_client::is_fixed(app, id).await? {
        return Err(AppError::conflict(
            "stripe_key_is_fixed",
            "The Stripe key is set when Latchkey is started. Start it without the key to disconnect.",
        ));
    }
    let is_first = stripe_client::is_first(app, id).await?;
    let connected = accounts::of(app, account.clone()).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut gone = Vec::new();
    if !is_first {
        refuse_in_use(&transaction, &account).await?;
        gone = store::endpoints_of(&transaction, account.id).await?;
        for endpoint in &gone {
            endpoints::forget_secrets(app, &transaction, endpoint.id).await?;
            store::remove_endpoint(&transaction, endpoint.id).await?;
        }
        let plans: Vec<i64> =
            plans::of_account(&transaction, account.id).await?.iter().map(|plan| plan.id).collect();
        plans::withdraw(&transaction, &plans, now).await?;
    }
    app.sealer.remove(&transaction, &stripe_client::key_secret(id)).await?;
    let entry = Entry {
        action: "stripe_disconnected",
        subject_kind: "stripe_account",
        subject_id: account.id,
        text: format!("Stripe account {} was disconnected.", account.stripe_id),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.stripe.forget_what_is_known();
    delete_at_stripe(&connected, &gone).await;
    Ok(())
}

/// Nobody listens at their addresses any more. A key that Stripe no longer accepts must not stand in the way.
async fn delete_at_stripe(connected: &Connected, gone: &[stripe_endpoint::Model]) {
    for id in gone.iter().filter_map(|endpoint| endpoint.stripe_id.as_deref()) {
        if let Err(error) = connected.client.delete_webhook_endpoint(id).await {
            tracing::info!(%error, endpoint = %id, "the endpoint of a disconnected account was not deleted");
        }
    }
}

/// 409 with what depends on a further account.
async fn refuse_in_use<C: ConnectionTrait>(connection: &C, account: &stripe_account::Model) -> AppResult<()> {
    let uses = store::uses(connection, account.id).await?;
    let counts = [
        (uses.webshops, "webshop", "webshops"),
        (uses.subscriptions, "subscription", "subscriptions"),
        (uses.customers, "customer", "customers"),
        (uses.purchases, "purchase under way", "purchases under way"),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    if said.is_empty() {
        return Ok(());
    }
    let words = format!("{} stays connected, since these depend on it: {}.", account.name, said.join(", "));
    Err(AppError::conflict("stripe_account_in_use", words))
}
