//! Subscriptions made in the last two days, listed at Stripe and compared with their mirrors. What differs, or
//! is not here at all, is fetched; lost webhooks are made good by this.

use latchkey_store::{
    entity::{subscription, subscription_item},
    subscriptions,
    sync_jobs::Target,
};
use latchkey_stripe::{ListQuery, Raw, Subscription, subscription as shapes};
use serde_json::json;

use crate::{
    billing::{accounts::Connected, work},
    clock::{DAY, MINUTE},
    error::AppResult,
    state::AppState,
};

/// How far back it looks.
const SPAN: i64 = 2 * DAY;
/// A placeholder that stands for longer than this is a key that was not made.
const PATIENCE: i64 = 2 * MINUTE;

/// Requests what differs, over all accounts. Answers how much that is.
pub async fn sweep(app: &AppState) -> AppResult<usize> {
    let mut found = 0;
    for connected in super::connected(app).await? {
        let since = (app.clock.now() - SPAN) / 1_000;
        let query = ListQuery::new().filter("status", "all").created_from(since).limit(100);
        found += compare(app, &connected, query).await?;
    }
    Ok(found)
}

/// Compares every subscription that `query` lists, page by page, so that memory stays flat.
async fn compare(app: &AppState, connected: &Connected, query: ListQuery) -> AppResult<usize> {
    let account = connected.account.id;
    let mut pages = connected.client.pages::<Raw<Subscription>>(query);
    let mut found = 0;
    while let Some(page) = pages.next().await? {
        let ids: Vec<String> = page.iter().map(|listed| listed.id.clone()).collect();
        let mirrors = subscriptions::by_stripe_ids(app.store.read(), account, &ids).await?;
        let local: Vec<i64> = mirrors.iter().map(|row| row.id).collect();
        let items = subscriptions::items(app.store.read(), &local).await?;
        let now = app.clock.now();
        let differing = page.iter().filter(|listed| {
            let mirror = mirrors.iter().find(|row| row.stripe_id.as_deref() == Some(&listed.id));
            mirror.is_none_or(|row| {
                let own: Vec<_> = items.iter().filter(|item| item.subscription_id == row.id).collect();
                differs(listed, row, &own, now)
            })
        });
        let targets: Vec<_> = differing.map(|listed| Target::subscription(account, &listed.id)).collect();
        if targets.is_empty() {
            continue;
        }
        let transaction = app.store.begin().await?;
        for target in &targets {
            work::request(&transaction, target, now).await?;
        }
        transaction.commit().await?;
        found += targets.len();
    }
    Ok(found)
}

/// Whether Stripe's subscription is another than the one mirrored, or still waits for its key.
fn differs(
    listed: &Subscription,
    mirror: &subscription::Model,
    items: &[&subscription_item::Model],
    now: i64,
) -> bool {
    let placeholder = listed.metadata.get("skm_temp_var").is_some_and(|text| !text.is_empty());
    let waits = placeholder && now - listed.created.saturating_mul(1_000) > PATIENCE;
    let millis = |seconds: Option<i64>| seconds.map(|seconds| seconds.saturating_mul(1_000));
    let mut bought: Vec<_> = items
        .iter()
        .map(|item| (item.stripe_id.as_deref(), item.stripe_price.as_deref(), item.quantity, item.period_end))
        .collect();
    let mut sold: Vec<_> = listed
        .items
        .data
        .iter()
        .map(|item| {
            let period_end = shapes::item_period(listed, item).map(|(_, end)| end);
            let price = item.price.as_ref().map(|price| price.id.as_str());
            (Some(item.id.as_str()), price, item.quantity.unwrap_or(1), millis(period_end))
        })
        .collect();
    bought.sort_unstable();
    sold.sort_unstable();
    waits
        || mirror.stripe_status.as_deref() != Some(listed.status.as_str())
        || mirror.metadata != json!(listed.metadata)
        || mirror.cancels_at != millis(shapes::scheduled_end(listed)).filter(|_| mirror.ended_at.is_none())
        || mirror.pause.is_some() != listed.pause_collection.is_some()
        || bought != sold
}
