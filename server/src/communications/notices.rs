//! What customers are told of as it happens, in the transaction that does it, as far as the vendor has it switched on.

use latchkey_engine::period::{self, Tz, days_until, local_date};
use latchkey_shared::{
    ids::CustomerId, message_template::Placeholder, reminder::ReminderKind, time::Timestamp,
};
use latchkey_store::{
    entity::{subscription, subscription_item},
    subscription_keys,
};
use sea_orm::ConnectionTrait;

use super::{reminder_rules, reminders::total, templates, values::Values};
use crate::{error::AppResult, state::AppState, vendor};

/// A subscription was cancelled and ends at that moment, milliseconds since 1970.
pub async fn cancelled<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    row: &subscription::Model,
    items: &[subscription_item::Model],
    at: i64,
) -> AppResult<()> {
    let keys = subscription_keys::of_subscription(connection, row.id).await?;
    let until = keys.iter().filter_map(|(_, key)| key.expires_at).max().unwrap_or(at);
    let told = Told { kind: ReminderKind::Cancelled, at, until: until.max(at), reason: "" };
    tell(app, connection, row, items, &told).await
}

/// A subscription was not renewed from the balance: what was paid for ended at the first moment, and it works until
/// the second.
pub async fn renewal_missed<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    row: &subscription::Model,
    items: &[subscription_item::Model],
    (at, until): (i64, i64),
    reason: &str,
) -> AppResult<()> {
    let told = Told { kind: ReminderKind::RenewalMissed, at, until, reason };
    tell(app, connection, row, items, &told).await
}

/// What happened.
struct Told<'a> {
    kind: ReminderKind,
    at: i64,
    until: i64,
    reason: &'a str,
}

async fn tell<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    row: &subscription::Model,
    items: &[subscription_item::Model],
    told: &Told<'_>,
) -> AppResult<()> {
    let Some(base) = items.first() else { return Ok(()) };
    if !reminder_rules::is_on(connection, told.kind).await? {
        return Ok(());
    }
    let id = CustomerId(row.customer_id);
    let Some((customer, address)) = super::addressee(connection, id).await? else { return Ok(()) };
    if customer.disabled {
        return Ok(());
    }
    let zone = period::zone(&vendor::load(connection).await?.time_zone).unwrap_or(Tz::UTC);
    let (now, at) = (Timestamp::from_millis(app.clock.now()), Timestamp::from_millis(told.at));
    let values = Values::default()
        .with(Placeholder::Customer, &customer.name)
        .with(Placeholder::Product, &base.product_name)
        .with(Placeholder::Plan, &base.plan_name)
        .with(Placeholder::Date, local_date(at, zone).to_string())
        .with_distance(days_until(now, at, zone))
        .with(Placeholder::Until, local_date(Timestamp::from_millis(told.until - 1), zone).to_string())
        .with(Placeholder::Amount, total(items))
        .with(Placeholder::Reason, told.reason)
        .with(Placeholder::Link, app.config.url("/Portal/Billing"));
    let letter = templates::letter(connection, told.kind.template(), values).await?;
    super::send(app, connection, Some(id), &address, letter).await?;
    Ok(())
}
