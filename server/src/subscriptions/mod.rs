//! Subscriptions as staff work with them.

pub mod balance;
pub mod changes;
pub mod offline;
pub mod tax;

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        subscriptions::SubscriptionRow,
    },
    ids::SubscriptionId,
};
use latchkey_store::{Access, entity::subscription, subscriptions as store, sync_jobs::Target};

use crate::{
    audit::{self, Entry, Origin},
    billing::{view, work},
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// One page of the list.
pub async fn list(app: &AppState, access: Access, query: &ListQuery) -> AppResult<List<SubscriptionRow>> {
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    let page = store::list(app.store.read(), access, &predicate, query).await?;
    Ok(List { items: view::rows(app, page.rows).await?, meta: page.meta })
}

/// One subscription.
pub async fn show(app: &AppState, access: Access, id: SubscriptionId) -> AppResult<SubscriptionRow> {
    let row = find(app, access, id).await?;
    let shown = view::rows(app, vec![row]).await?.into_iter().next();
    shown.ok_or_else(|| AppError::not_found("subscription"))
}

/// Fetches one from Stripe and answers how it stands afterwards.
pub async fn sync(
    app: &AppState,
    origin: &Origin,
    access: Access,
    id: SubscriptionId,
) -> AppResult<SubscriptionRow> {
    let row = find(app, access, id).await?;
    let (Some(account), Some(stripe_id)) = (row.account_id, &row.stripe_id) else {
        return Err(AppError::conflict(
            "not_billed_by_stripe",
            "This subscription is not billed through Stripe.",
        ));
    };
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let entry = Entry {
        action: "subscription_synced",
        subject_kind: "subscription",
        subject_id: row.id,
        customer_id: Some(row.customer_id),
        text: "The subscription was fetched from Stripe by hand.".to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    work::converge_now(app, &Target::subscription(account, stripe_id)).await?;
    show(app, access, id).await
}

async fn find(app: &AppState, access: Access, id: SubscriptionId) -> AppResult<subscription::Model> {
    store::find(app.store.read(), access, id).await?.ok_or_else(|| AppError::not_found("subscription"))
}
