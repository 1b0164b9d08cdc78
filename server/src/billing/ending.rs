//! A customer ends their subscription with what is paid for, or changes their mind.

use latchkey_shared::{
    api::portal::PortalSubscription,
    ids::SubscriptionId,
    transaction::{TransactionKind, TransactionSource},
};
use latchkey_store::{
    Access,
    entity::subscription,
    subscriptions,
    sync_jobs::Target,
    transactions::{self, NewEntry},
};
use latchkey_stripe::params::{CancelSubscription, Change, UpdateSubscription};

use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        view, work,
    },
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// Ends a subscription with the period that is paid for. One whose payment failed has none: it ends now, since
/// another period would be a gift.
pub async fn cancel(
    app: &AppState,
    origin: &Origin,
    access: Access,
    id: SubscriptionId,
    reason: &str,
) -> AppResult<PortalSubscription> {
    if !vendor::load(app.store.read()).await?.customers_cancel {
        return Err(AppError::conflict(
            "not_by_customers",
            "This cannot be cancelled here. Write to us, and we will do it for you.",
        ));
    }
    let mine = find(app, access, id).await?;
    if !view::is_running(&mine.row) || mine.row.cancels_at.is_some() {
        return Err(AppError::conflict("already_ending", "This subscription is already ending or over."));
    }
    let unpaid = matches!(mine.row.stripe_status.as_deref(), Some("past_due" | "unpaid"));
    if unpaid {
        mine.connected.client.cancel_subscription(&mine.stripe_id, &CancelSubscription::default()).await?;
    } else {
        let change = UpdateSubscription { cancel_at_period_end: Some(true), ..UpdateSubscription::default() };
        mine.connected.client.update_subscription(&mine.stripe_id, &change, None).await?;
    }
    let text = if unpaid {
        "The subscription was cancelled."
    } else {
        "The subscription was cancelled for its period's end."
    };
    settle(app, origin, access, mine, TransactionKind::SubscriptionCancelled, (text, reason)).await
}

/// Takes a planned end back, in whichever of Stripe's two ways it was planned.
pub async fn keep(
    app: &AppState,
    origin: &Origin,
    access: Access,
    id: SubscriptionId,
) -> AppResult<PortalSubscription> {
    let mine = find(app, access, id).await?;
    if !view::is_running(&mine.row) {
        return Err(AppError::conflict(
            "already_over",
            "This subscription is over. Choose a plan to begin a new one.",
        ));
    }
    let at_stripe = mine.connected.client.subscription(&mine.stripe_id, &[]).await?;
    let change = if at_stripe.cancel_at_period_end {
        Some(UpdateSubscription { cancel_at_period_end: Some(false), ..UpdateSubscription::default() })
    } else {
        at_stripe
            .cancel_at
            .map(|_| UpdateSubscription { cancel_at: Some(Change::Clear), ..UpdateSubscription::default() })
    };
    if let Some(change) = change {
        mine.connected.client.update_subscription(&mine.stripe_id, &change, None).await?;
    }
    settle(
        app,
        origin,
        access,
        mine,
        TransactionKind::SubscriptionKept,
        ("The planned end of the subscription was taken back.", ""),
    )
    .await
}

struct Mine {
    row: subscription::Model,
    stripe_id: String,
    connected: Connected,
}

async fn find(app: &AppState, access: Access, id: SubscriptionId) -> AppResult<Mine> {
    let row = subscriptions::find(app.store.read(), access, id)
        .await?
        .ok_or_else(|| AppError::not_found("subscription"))?;
    let (Some(account), Some(stripe_id)) = (row.account_id, row.stripe_id.clone()) else {
        return Err(AppError::conflict(
            "not_billed_by_stripe",
            "This subscription is not billed through Stripe. Ask the vendor.",
        ));
    };
    Ok(Mine { row, stripe_id, connected: accounts::by_id(app, account).await? })
}

/// Converges at once, and writes who did it.
async fn settle(
    app: &AppState,
    origin: &Origin,
    access: Access,
    mine: Mine,
    kind: TransactionKind,
    (text, reason): (&str, &str),
) -> AppResult<PortalSubscription> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let entry = Entry {
        action: kind.as_str(),
        subject_kind: "subscription",
        subject_id: mine.row.id,
        customer_id: Some(mine.row.customer_id),
        text: text.to_owned(),
        reason: reason.trim().to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    let name = format!("subscription:{}:{}:{now}", mine.row.id, kind.as_str());
    let source = TransactionSource::parse(origin.source).unwrap_or(TransactionSource::Portal);
    let entry = NewEntry {
        subscription: Some(mine.row.id),
        actor: origin.name.clone().map(|name| (origin.id, name)),
        ..NewEntry::of(mine.row.customer_id, kind, source, name, now)
    };
    transactions::add(&transaction, entry, now).await?;
    transaction.commit().await?;
    work::converge_now(app, &Target::subscription(mine.connected.account.id, &mine.stripe_id)).await?;
    let row = subscriptions::find(app.store.read(), access, SubscriptionId(mine.row.id))
        .await?
        .ok_or_else(|| AppError::not_found("subscription"))?;
    view::one_for_customer(app, &row).await
}
