//! Subscriptions listed at Stripe and compared with their mirrors. What differs, or is not here at all, is
//! fetched; lost webhooks are made good by this.

use latchkey_shared::ids::SubscriptionId;
use latchkey_store::{
    entity::{subscription, subscription_item},
    subscriptions, sweeps,
    sync_jobs::Target,
};
use latchkey_stripe::{ListQuery, Raw, Subscription, subscription as shapes};
use serde_json::json;

use super::{Ages, counted, per_account::PerAccount, run::Run};
use crate::{
    billing::{accounts::Connected, work},
    clock::{DAY, MINUTE},
    error::AppResult,
};

/// How far back the frequent sweep looks.
const SPAN: i64 = 2 * DAY;
/// A placeholder that stands for longer than this is a key that was not made.
const PATIENCE: i64 = 2 * MINUTE;

/// Subscriptions of the last two days.
pub async fn recent(run: &mut Run) -> AppResult<String> {
    let since = (run.app.clock.now() - SPAN) / 1_000;
    let (mut per_account, all) = PerAccount::begin(&run.app).await?;
    for connected in all {
        let before = if per_account.are_several() { Seen::by(run) } else { Seen::default() };
        let query = ListQuery::new().filter("status", "all").created_from(since).limit(100);
        let compared = compare(run, &connected, query).await;
        per_account.note(&connected, compared.map(|()| words(run, before)))?;
    }
    Ok(per_account.words())
}

/// All subscriptions, however old, and those here that Stripe's list does not name. A run that was broken off
/// goes on behind the last page that it worked off.
pub async fn full(run: &mut Run) -> AppResult<String> {
    let (done_with, last) = match run.position().and_then(|position| position.split_once(':')) {
        Some((account, last)) => (account.parse().unwrap_or_default(), Some(last.to_owned())),
        None => (0, None),
    };
    let (mut per_account, all) = PerAccount::begin(&run.app).await?;
    for connected in all {
        let account = connected.account.id;
        if account < done_with {
            continue;
        }
        let mut query = ListQuery::new().filter("status", "all").limit(100);
        if let Some(last) = last.as_deref().filter(|_| account == done_with) {
            query = query.starting_after(last);
        }
        let before = if per_account.are_several() { Seen::by(run) } else { Seen::default() };
        let compared = compare_all(run, &connected, query).await;
        per_account.note(&connected, compared.map(|()| words(run, before)))?;
    }
    Ok(per_account.words())
}

async fn compare_all(run: &mut Run, connected: &Connected, query: ListQuery) -> AppResult<()> {
    compare(run, connected, query).await?;
    unlisted(run, connected.account.id).await
}

/// How much a run had looked at and found.
#[derive(Clone, Copy, Default)]
struct Seen {
    looked_at: i64,
    found: i64,
}

impl Seen {
    fn by(run: &Run) -> Self {
        Self { looked_at: run.looked_at(), found: run.found() }
    }
}

fn words(run: &Run, before: Seen) -> String {
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let looked_at = counted(count(run.looked_at() - before.looked_at), "subscription", "subscriptions");
    match run.found() - before.found {
        0 => format!("Compared {looked_at} with Stripe: nothing differs."),
        1 => format!("Compared {looked_at} with Stripe: 1 differs and is fetched."),
        found => format!("Compared {looked_at} with Stripe: {found} differ and are fetched."),
    }
}

/// Compares every subscription that `query` lists, page by page, so that memory stays flat.
async fn compare(run: &mut Run, connected: &Connected, query: ListQuery) -> AppResult<()> {
    let (app, account) = (run.app.clone(), connected.account.id);
    let patience = if run.ages == Ages::Ignore { 0 } else { PATIENCE };
    let mut pages = connected.client.pages::<Raw<Subscription>>(query);
    loop {
        run.breathe().await;
        let Some(page) = pages.next().await? else { return Ok(()) };
        let ids: Vec<String> = page.iter().map(|listed| listed.id.clone()).collect();
        let mirrors = subscriptions::by_stripe_ids(app.store.read(), account, &ids).await?;
        let local: Vec<i64> = mirrors.iter().map(|row| row.id).collect();
        let items = subscriptions::items(app.store.read(), &local).await?;
        let now = app.clock.now();
        let differing = page.iter().filter(|listed| {
            let mirror = mirrors.iter().find(|row| row.stripe_id.as_deref() == Some(&listed.id));
            mirror.is_none_or(|row| {
                let own: Vec<_> = items.iter().filter(|item| item.subscription_id == row.id).collect();
                differs(listed, row, &own, now - patience)
            })
        });
        let targets = differing.map(|listed| Target::subscription(account, &listed.id));
        let transaction = app.store.begin().await?;
        let found = work::request_all(&transaction, targets, now).await?;
        sweeps::listed(&transaction, &local, now).await?;
        transaction.commit().await?;
        let position = ids.last().map(|last| format!("{account}:{last}"));
        run.page(ids.len(), found, position).await?;
    }
}

/// Requests what counts as running here although Stripe's list did not name it: deleted, or living on a test
/// clock, which the list leaves out.
async fn unlisted(run: &mut Run, account: i64) -> AppResult<()> {
    let app = run.app.clone();
    let mut after = SubscriptionId(0);
    loop {
        let rows = sweeps::unlisted(app.store.read(), account, run.started_at(), after).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = SubscriptionId(last.id);
        let transaction = app.store.begin().await?;
        let ids = rows.iter().filter_map(|row| row.stripe_id.as_deref());
        let targets = ids.map(|id| Target::subscription(account, id));
        work::request_all(&transaction, targets, app.clock.now()).await?;
        transaction.commit().await?;
        let position = run.position().map(str::to_owned);
        run.page(rows.len(), rows.len(), position).await?;
    }
}

/// Whether Stripe's subscription is another than the one mirrored, or has waited for its key since before
/// `long_ago`.
fn differs(
    listed: &Subscription,
    mirror: &subscription::Model,
    items: &[&subscription_item::Model],
    long_ago: i64,
) -> bool {
    let placeholder = listed.metadata.get("skm_temp_var").is_some_and(|text| !text.is_empty());
    let waits = placeholder && listed.created.saturating_mul(1_000) < long_ago;
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
