//! Subscriptions and licences as staff and customers see them.

use std::collections::HashMap;

use latchkey_engine::status::{self, Dates};
use latchkey_shared::{
    api::{
        catalog::{Interval, IntervalUnit},
        changes::PendingChange,
        portal::{PortalLicence, PortalSubscription},
        subscriptions::{SubscriptionKey, SubscriptionRow},
    },
    ids::{CustomerId, KeyGlobalId, ProductId, SubscriptionId},
    money::{Currency, Money},
    status::{BlockSource, KeyStatus, SubscriptionStatus},
    time::Timestamp,
};
use latchkey_store::{
    Access, changes, customers,
    entity::{
        self, licence_key, offline_contract, pending_change, product, subscription, subscription_item,
        subscription_key,
    },
    keys, offline, plans, stripe_accounts, subscription_keys, subscriptions,
};

use crate::{
    billing::{
        dashboard_links,
        sync::{self, features},
    },
    error::AppResult,
    licensing::{reissue, words},
    state::AppState,
    vendor,
};

/// Some subscriptions with all that is shown beside them.
struct Shelf {
    /// What customers may do by themselves.
    rules: entity::vendor::Model,
    planned: Vec<pending_change::Model>,
    items: Vec<subscription_item::Model>,
    keys: Vec<(subscription_key::Model, licence_key::Model)>,
    offline: Vec<offline_contract::Model>,
}

impl Shelf {
    async fn load(app: &AppState, rows: &[subscription::Model]) -> AppResult<Self> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let connection = app.store.read();
        Ok(Self {
            rules: vendor::load(connection).await?,
            planned: changes::pending_of(connection, &ids).await?,
            items: subscriptions::items(connection, &ids).await?,
            keys: subscription_keys::of_subscriptions(connection, &ids).await?,
            offline: offline::contracts(connection, &ids).await?,
        })
    }

    fn items_of(&self, row: &subscription::Model) -> Vec<&subscription_item::Model> {
        self.items.iter().filter(|item| item.subscription_id == row.id).collect()
    }

    fn keys_of(&self, row: &subscription::Model) -> Vec<&licence_key::Model> {
        self.keys.iter().filter(|(tie, _)| tie.subscription_id == row.id).map(|(_, key)| key).collect()
    }

    /// The status as of now; what is stored is as of the last look.
    fn status(&self, row: &subscription::Model, now: i64) -> SubscriptionStatus {
        let lead = self.keys_of(row).first().copied();
        sync::standing_status(
            row,
            lead.and_then(|key| key.expires_at),
            lead.and_then(|key| key.extended_until),
            now,
        )
    }
}

/// Subscriptions as staff see them.
pub async fn rows(app: &AppState, rows: Vec<subscription::Model>) -> AppResult<Vec<SubscriptionRow>> {
    let shelf = Shelf::load(app, &rows).await?;
    let buyers: Vec<i64> = rows.iter().map(|row| row.customer_id).collect();
    let names = customers::names(app.store.read(), &buyers).await?;
    let accounts = stripe_accounts::all(app.store.read()).await?;
    let live: HashMap<i64, bool> = accounts.into_iter().map(|account| (account.id, account.live)).collect();
    let now = app.clock.now();
    let shown = rows.into_iter().map(|row| {
        let items = shelf.items_of(&row);
        let base = items.first().copied();
        let is_live = row.account_id.and_then(|id| live.get(&id).copied()).unwrap_or_default();
        SubscriptionRow {
            id: SubscriptionId(row.id),
            customer: CustomerId(row.customer_id),
            customer_name: names.get(&row.customer_id).cloned().unwrap_or_default(),
            plan_name: base.map(|item| item.plan_name.clone()).unwrap_or_default(),
            product_name: base.map(|item| item.product_name.clone()).unwrap_or_default(),
            status: shelf.status(&row, now),
            price: total(&items),
            interval: base.and_then(interval),
            quantity: base.map_or(0, |item| item.quantity),
            extras: extras(&items),
            paid_through: row.paid_through.map(Timestamp::from_millis),
            extended_until: shelf
                .keys_of(&row)
                .iter()
                .filter_map(|key| key.extended_until)
                .max()
                .filter(|until| *until > now)
                .map(Timestamp::from_millis),
            trial_ends: trial_ends(&row),
            cancels_at: row.cancels_at.map(Timestamp::from_millis),
            ended: row.ended_at.map(Timestamp::from_millis),
            created: Timestamp::from_millis(row.created_at),
            stripe_url: row.stripe_id.as_deref().map(|id| dashboard_links::subscription(is_live, id)),
            keys: shelf
                .keys_of(&row)
                .into_iter()
                .map(|key| SubscriptionKey {
                    global_id: KeyGlobalId(key.id),
                    id: key.number,
                    key: key.key_text.clone(),
                })
                .collect(),
            key_pending: row.key_pending_since.is_some(),
            stripe_id: row.stripe_id,
        }
    });
    Ok(shown.collect())
}

/// A customer's subscriptions as staff see them, the newest first.
pub async fn rows_of_customer(app: &AppState, customer: CustomerId) -> AppResult<Vec<SubscriptionRow>> {
    rows(app, subscriptions::of_customer(app.store.read(), customer).await?).await
}

/// A customer's own subscriptions, the newest first. What was never paid for the first time is left out.
pub async fn for_customer(app: &AppState, customer: CustomerId) -> AppResult<Vec<PortalSubscription>> {
    let rows = subscriptions::of_customer(app.store.read(), customer).await?;
    let rows: Vec<_> =
        rows.into_iter().filter(|row| row.stripe_status.as_deref() != Some("incomplete_expired")).collect();
    let shelf = Shelf::load(app, &rows).await?;
    let now = app.clock.now();
    Ok(rows.iter().map(|row| shelf.for_customer(row, now)).collect())
}

/// One subscription as its customer sees it.
pub async fn one_for_customer(app: &AppState, row: &subscription::Model) -> AppResult<PortalSubscription> {
    let shelf = Shelf::load(app, std::slice::from_ref(row)).await?;
    Ok(shelf.for_customer(row, app.clock.now()))
}

impl Shelf {
    fn for_customer(&self, row: &subscription::Model, now: i64) -> PortalSubscription {
        let items = self.items_of(row);
        let base = items.first().copied();
        let goes_on = is_running(row);
        PortalSubscription {
            id: SubscriptionId(row.id),
            product_name: base.map(|item| item.product_name.clone()).unwrap_or_default(),
            plan_name: base.map(|item| item.plan_name.clone()).unwrap_or_default(),
            quantity: base.map_or(0, |item| item.quantity),
            extras: extras(&items),
            status: self.status(row, now),
            price: total(&items),
            interval: base.and_then(interval),
            next_payment: next_payment(row, &items),
            paid_through: row.paid_through.map(Timestamp::from_millis),
            works_until: self
                .keys_of(row)
                .iter()
                .filter(|key| !key.blocked)
                .filter_map(|key| key.expires_at)
                .max()
                .map(Timestamp::from_millis),
            trial_ends: trial_ends(row),
            cancels_at: row.cancels_at.map(Timestamp::from_millis),
            ended: row.ended_at.map(Timestamp::from_millis),
            can_change: goes_on
                && row.cancels_at.is_none()
                && (self.rules.customers_upgrade || self.rules.customers_downgrade),
            planned: self.planned.iter().find(|planned| planned.subscription_id == row.id).map(|planned| {
                PendingChange {
                    text: planned.text.clone(),
                    due: Timestamp::from_millis(planned.due_at),
                    error: None,
                }
            }),
            renews_from_balance: goes_on
                && row.cancels_at.is_none()
                && self.offline.iter().any(|held| held.subscription_id == row.id && held.auto_renew),
            can_cancel: self.rules.customers_cancel
                && goes_on
                && !awaits_sign_in(row)
                && row.cancels_at.is_none(),
            can_keep: goes_on && row.cancels_at.is_some(),
            key_pending: row.key_pending_since.is_some(),
            keys: self.keys_of(row).into_iter().map(|key| KeyGlobalId(key.id)).collect(),
        }
    }
}

/// Whether whoever bills it goes on with it: it can be ended, and an end can be taken back.
pub fn is_running(row: &subscription::Model) -> bool {
    let at_stripe = |word: &str| matches!(word, "trialing" | "active" | "past_due" | "unpaid" | "paused");
    row.ended_at.is_none() && row.stripe_status.as_deref().is_none_or(at_stripe)
}

/// Whether it is agreed and paid for, but begins with the customer's first sign-in only. What Stripe bills never waits.
pub const fn awaits_sign_in(row: &subscription::Model) -> bool {
    row.stripe_status.is_none() && row.paid_through.is_none() && row.ended_at.is_none()
}

/// A customer's keys with what they allow, the newest first, without those that others took the place of.
pub async fn licences(app: &AppState, customer: CustomerId) -> AppResult<Vec<PortalLicence>> {
    let keys = keys::of_customer(app.store.read(), Access::All, customer).await?;
    describe(app, keys.into_iter().filter(|key| !reissue::is_replaced(key)).collect()).await
}

/// The keys of one subscription.
pub async fn licences_of(app: &AppState, row: &subscription::Model) -> AppResult<Vec<PortalLicence>> {
    let ties = subscription_keys::of_subscription(app.store.read(), row.id).await?;
    describe(app, ties.into_iter().map(|(_, key)| key).collect()).await
}

async fn describe(app: &AppState, keys: Vec<licence_key::Model>) -> AppResult<Vec<PortalLicence>> {
    let connection = app.store.read();
    let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
    let ties = subscription_keys::of_keys(connection, &ids).await?;
    let contracts: Vec<i64> = ties.iter().map(|tie| tie.subscription_id).collect();
    let contracts = subscriptions::by_ids(connection, &contracts).await?;
    let items =
        subscriptions::items(connection, &contracts.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let products: HashMap<i64, product::Model> =
        plans::all_products(connection).await?.into_iter().map(|product| (product.id, product)).collect();
    let now = app.clock.now();
    let described = keys.into_iter().map(|key| {
        let tie = ties.iter().find(|tie| tie.key_id == key.id);
        let contract = tie.and_then(|tie| contracts.iter().find(|row| row.id == tie.subscription_id));
        let product = products.get(&key.product_id);
        let of_contract: Vec<_> =
            items.iter().filter(|item| contract.is_some_and(|row| row.id == item.subscription_id)).collect();
        let names =
            product.map_or_else(Default::default, |product| words::feature_names(&product.feature_names));
        PortalLicence {
            id: KeyGlobalId(key.id),
            product: ProductId(key.product_id),
            product_name: product.map(|product| product.name.clone()).unwrap_or_default(),
            status: key_status(&key, contract.map(|row| row.paid_through), now),
            allows: words::allows(features(&key), &names, key.max_machines),
            expires: key.expires_at.map(Timestamp::from_millis),
            max_machines: key.max_machines,
            subscription: contract.map(|row| SubscriptionId(row.id)),
            next_payment: contract.and_then(|row| next_payment(row, &of_contract)),
            created: Timestamp::from_millis(key.created_at),
            key: key.key_text,
        }
    });
    Ok(described.collect())
}

/// The status of a key as of `now`. `paid_through` is its subscription's, where it has one: until then it is
/// active, afterwards in grace.
pub fn key_status(key: &licence_key::Model, paid_through: Option<Option<i64>>, now: i64) -> KeyStatus {
    let source = key.block_source.as_deref().and_then(BlockSource::parse).unwrap_or(BlockSource::Staff);
    let dates = Dates {
        starts_at: Some(Timestamp::from_millis(key.created_at)),
        paid_through: paid_through.unwrap_or(key.expires_at).map(Timestamp::from_millis),
        expires: key.expires_at.map(Timestamp::from_millis),
        extended_until: key.extended_until.map(Timestamp::from_millis),
    };
    status::key(key.blocked.then_some(source), &dates, Timestamp::from_millis(now))
}

fn trial_ends(row: &subscription::Model) -> Option<Timestamp> {
    let on_trial = match row.stripe_status.as_deref() {
        Some(word) => word == "trialing",
        None => row.status == SubscriptionStatus::Trial.as_str(),
    };
    row.trial_ends_at.filter(|_| on_trial).map(Timestamp::from_millis)
}

/// When money is taken next; none where it ends before, or takes a break.
fn next_payment(row: &subscription::Model, items: &[&subscription_item::Model]) -> Option<Timestamp> {
    let word = row.stripe_status.as_deref().unwrap_or_default();
    let charges = matches!(word, "trialing" | "active") && row.cancels_at.is_none() && row.pause.is_none();
    let period_end = items.iter().filter_map(|item| item.period_end).min();
    let next = if word == "trialing" { row.trial_ends_at.or(period_end) } else { period_end };
    next.filter(|_| charges).map(Timestamp::from_millis)
}

/// What is in a subscription beside its first item.
fn extras(items: &[&subscription_item::Model]) -> Vec<String> {
    let named = |item: &&subscription_item::Model| {
        let name = if item.product_name.is_empty() { &item.plan_name } else { &item.product_name };
        if item.quantity == 1 { name.clone() } else { format!("{name} × {}", item.quantity) }
    };
    items.iter().skip(1).map(named).collect()
}

/// What all items cost per period of the first one; nothing where they do not go together.
fn total(items: &[&subscription_item::Model]) -> Option<Money> {
    let base = items.first()?;
    let same = |item: &&&subscription_item::Model| {
        item.currency == base.currency
            && item.interval_unit == base.interval_unit
            && item.interval_count == base.interval_count
    };
    let sum = items.iter().filter(same).map(|item| item.amount.saturating_mul(item.quantity)).sum();
    money(sum, &base.currency)
}

pub fn money(minor: i64, currency: &str) -> Option<Money> {
    Currency::parse(currency).ok().map(|currency| Money::new(minor, currency))
}

fn interval(item: &subscription_item::Model) -> Option<Interval> {
    let unit = interval_unit(item.interval_unit.as_deref()?)?;
    Some(Interval { unit, count: item.interval_count })
}

/// Stripe's word for an interval.
pub fn interval_unit(word: &str) -> Option<IntervalUnit> {
    match word {
        "day" => Some(IntervalUnit::Day),
        "week" => Some(IntervalUnit::Week),
        "month" => Some(IntervalUnit::Month),
        "year" => Some(IntervalUnit::Year),
        _ => None,
    }
}
